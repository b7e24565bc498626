/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_figures.c -- the verdicts on printed figures, in lessons whose numbers are known by
 * hand, and what is said of them. */
#include "sitting.h"
#include "temporary.h"

#include "backstep/build/figures.h"
#include "backstep/session/figure_text.h"

/* A lesson with its figures judged. Owns: all of it. */
struct judged {
	struct lesson *lesson;
	struct figures figures;
	struct strbuf errors;
};

static void judged_free(struct judged *judged)
{
	figures_free(&judged->figures);
	lesson_free(judged->lesson);
	strbuf_free(&judged->errors);
}

/* Judges a lesson of this network and these figures. */
static void judge(struct judged *judged, const char *network, const char *figures)
{
	struct strbuf text = {0};
	struct error_list errors = {0};
	*judged = (struct judged){0};
	strbuf_addf(
	    &text,
	    "format: 1\nid: t\ntitle: {es: \"P\", en: \"T\"}\ntext: {es: \"P\", en: \"T\"}\n"
	    "%sfigures:\n%s...\n",
	    network, figures);
	enum status status =
	    lesson_read_text("t", strbuf_str(&text), text.len, &judged->lesson, &errors);
	if (!status)
		figures_judge(judged->lesson, &judged->figures, &errors);
	for (size_t i = 0; i < errors.n_items; i++) {
		error_print(&errors.items[i], &judged->errors);
		strbuf_add_char(&judged->errors, '\n');
	}
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
	strbuf_free(&text);
}

static void assert_verdicts(struct judged *judged, const enum figure_verdict *wanted, size_t n)
{
	assert_int_equal(judged->figures.n_items, n);
	for (size_t i = 0; i < n; i++) {
		const struct figure *figure = &judged->figures.items[i];
		if (figure->known && figure->verdict == wanted[i])
			continue;
		fail_msg("%s printed as %s: %s instead of %s", figure->said->of.text,
			 figure->said->printed.text,
			 figure->known ? figure_verdict_words[figure->verdict] : "unknown",
			 figure_verdict_words[wanted[i]]);
	}
}

/* a = 2 * 0.333 = 0.666, y = 3 a = 1.998, E = (t - y)^2 / 2 with t = 1 is 0.498002. */
static const char *const two_steps =
    "network: {inputs: [x], layers: [{units: [a], weights: [[u=0.333]]},"
    " {units: [y], weights: [[v=3]]}]}\n"
    "loss: {kind: half-squared-error, total: E}\n"
    "data: [{x: [2], target: [1]}]\n"
    "training: {optimizer: gd, rate: 0.1}\n";

static void exact_is_rounded_or_cut(void **state)
{
	static const enum figure_verdict wanted[] = {FIGURE_EXACT,   FIGURE_EXACT, FIGURE_EXACT,
						     FIGURE_DIFFERS, FIGURE_EXACT, FIGURE_EXACT};
	struct judged judged;
	(void)state;
	judge(&judged, two_steps,
	      "- {of: a, printed: \"0.666\"}\n- {of: a, printed: \"0.67\"}\n"
	      "- {of: a, printed: \"0.66\"}\n- {of: a, printed: \"0.69\"}\n"
	      "- {of: a, printed: \"6.7e-1\"}\n- {of: a, printed: \"1\"}\n");
	assert_verdicts(&judged, wanted, 6);
	assert_int_equal(judged.figures.items[0].form, FIGURE_SAME);
	assert_int_equal(judged.figures.items[1].form, FIGURE_ROUNDED);
	assert_int_equal(judged.figures.items[2].form, FIGURE_CUT);
	judged_free(&judged);
}

/* a is 0.666: rounded 0.67, of which 0.68 is one off, as 0.665 is of 0.666; of a single digit all
 * is wrong. From a printed as 0.668 y is 2.004, and 2.005 one off from that, while from 1.998 it is
 * seven. */
static void one_off_in_the_last_place_is_a_verdict(void **state)
{
	static const enum figure_verdict wanted[] = {FIGURE_LAST_DIGIT, FIGURE_LAST_DIGIT,
						     FIGURE_DIFFERS,    FIGURE_DIFFERS,
						     FIGURE_DIFFERS,    FIGURE_LAST_DIGIT};
	struct judged judged;
	(void)state;
	judge(&judged, two_steps,
	      "- {of: a, printed: \"0.68\", verdict: last-digit}\n- {of: a, printed: \"0.665\"}\n"
	      "- {of: a, printed: \"0.8\"}\n- {of: a, printed: \"-0.66\"}\n"
	      "- {of: a, printed: \"0.668\"}\n- {of: y, printed: \"2.005\"}\n");
	assert_verdicts(&judged, wanted, 6);
	assert_int_equal(judged.figures.n_of[FIGURE_LAST_DIGIT], 3);
	assert_null(strstr(strbuf_str(&judged.errors), "0.68:"));
	assert_contains(
	    strbuf_str(&judged.errors),
	    "a is printed as 0.665: the verdict is 'last-digit', the lesson says 'exact'");
	judged_free(&judged);
}

/* From a printed as 0.67: y = 2.01, and from that y E = 1.01^2 / 2 = 0.51005; its last figure says
 * 0.53, which neither gives. Without a printed y the difference reaches E through it all the same.
 */
static void carried_goes_through_one_and_two_steps(void **state)
{
	static const enum figure_verdict wanted[] = {FIGURE_EXACT, FIGURE_CARRIED, FIGURE_CARRIED,
						     FIGURE_DIFFERS};
	struct judged judged;
	(void)state;
	judge(&judged, two_steps,
	      "- {of: a, printed: \"0.67\"}\n- {of: y, printed: \"2.01\"}\n"
	      "- {of: E, printed: \"0.51\"}\n- {of: E, printed: \"0.53\"}\n");
	assert_verdicts(&judged, wanted, 4);
	assert_near(judged.figures.items[2].carried, 0.51005, 1e-12);
	assert_ptr_equal(judged.figures.items[1].origin, &judged.figures.items[0]);
	assert_ptr_equal(judged.figures.items[2].origin, &judged.figures.items[0]);
	judged_free(&judged);

	judge(&judged, two_steps, "- {of: a, printed: \"0.67\"}\n- {of: E, printed: \"0.51\"}\n");
	assert_verdicts(&judged, (enum figure_verdict[]){FIGURE_EXACT, FIGURE_CARRIED}, 2);
	judged_free(&judged);
}

/* An erratum is carried as well: from a printed as 0.5 (it is 0.666) y = 1.5, dE/dy = 0.5, and
 * v' = 3 - 0.1 * 0.5 * 0.5 = 2.975; in the next update v is that, and u' = 0.333 - 0.1 * 0.5 * 3 *
 * 2 = 0.033, so that a = 0.066 and y = 0.19635. Exact: dE/dy = 0.998, v' = 2.9335332. */
static void an_erratum_is_carried_into_the_next_update(void **state)
{
	static const enum figure_verdict wanted[] = {FIGURE_DIFFERS, FIGURE_CARRIED,
						     FIGURE_CARRIED, FIGURE_CARRIED,
						     FIGURE_CARRIED, FIGURE_CARRIED};
	struct judged judged;
	(void)state;
	judge(&judged, two_steps,
	      "- {of: a, printed: \"0.5\"}\n- {of: dE/dy, printed: \"0.5\"}\n"
	      "- {of: \"v'\", printed: \"2.975\"}\n- {of: v, update: 2, printed: \"2.975\"}\n"
	      "- {of: a, update: 2, printed: \"0.066\"}\n"
	      "- {of: y, update: 2, printed: \"0.19635\"}\n");
	assert_verdicts(&judged, wanted, 6);
	assert_near(judged.figures.items[2].exact, 2.9335332, 1e-12);
	assert_ptr_equal(judged.figures.items[5].origin, &judged.figures.items[0]);
	judged_free(&judged);
}

/* A lecture's network: w5 = 0.14, w6 = 0.15, and the weights of the hidden units .11 .21 .12 .08;
 * with both updates worked out by hand at two digits. */
static const char *const linear = "network: {inputs: [x1, x2], layers: [{units: [h1, h2],"
				  " weights: [[w11=0.11, w21=0.21], [w12=0.12, w22=0.08]]},"
				  " {units: [p], weights: [[w5=0.14, w6=0.15]]}]}\n"
				  "loss: {kind: half-squared-error, total: C}\n"
				  "data: [{x: [2, 3], target: [1]}]\n"
				  "training: {optimizer: gd, rate: 0.05}\n";

static void a_lecture_is_judged(void **state)
{
	static const enum figure_verdict wanted[] = {
	    FIGURE_EXACT,   FIGURE_EXACT,   FIGURE_DIFFERS, FIGURE_DIFFERS, FIGURE_EXACT,
	    FIGURE_EXACT,   FIGURE_EXACT,   FIGURE_EXACT,   FIGURE_EXACT,   FIGURE_EXACT,
	    FIGURE_CARRIED, FIGURE_CARRIED, FIGURE_CARRIED};
	struct judged judged;
	(void)state;
	judge(&judged, linear,
	      "- {of: p, printed: \"0.191\"}\n- {of: C, printed: \"0.327\"}\n"
	      "- {of: w5, printed: \"0.19\"}\n- {of: \"w21'\", printed: \"-.23\"}\n"
	      "- {of: p, update: 2, printed: \".26\"}\n"
	      "- {of: \"w5'\", update: 2, printed: \".20\"}\n"
	      "- {of: \"w11'\", update: 2, printed: \".13\"}\n"
	      "- {of: \"w12'\", update: 2, printed: \".14\"}\n"
	      "- {of: \"w21'\", update: 2, printed: \".24\"}\n"
	      "- {of: \"w22'\", update: 2, printed: \".11\"}\n"
	      "- {of: h1, update: 3, printed: \".98\"}\n"
	      "- {of: h2, update: 3, printed: \".61\"}\n"
	      "- {of: h1*w5, update: 3, printed: \".196\"}\n");
	assert_verdicts(&judged, wanted, 13);
	/* h1 = 2 * .13 + 3 * .24: of the two, .24 for 0.246456 makes the greater difference */
	assert_string_equal(judged.figures.items[10].origin->said->of.text, "w21'");
	judged_free(&judged);
}

/* A term, two factors, an exponential, rows, deltas. */
static void formulas_and_rows_can_be_figures(void **state)
{
	struct judged judged;
	(void)state;
	judge(&judged, linear,
	      "- {of: x1*w11, printed: \".22\"}\n- {of: h1*w5 + h2*w6, printed: \"0.191\"}\n"
	      "- {of: dC/dp*dp/dw5, printed: \"-0.687\"}\n- {of: e^-p, printed: \"0.826\"}\n"
	      "- {of: sqrt(2*C), printed: \"0.809\"}\n- {of: dC/dh1, printed: \"-.113\"}\n"
	      "- {of: \"w5' - w5\", printed: \"0.034\"}\n- {of: x1, printed: \"2\"}\n"
	      "- {of: p(1), printed: \"0.191\"}\n");
	for (size_t i = 0; i < 9; i++)
		assert_true(judged.figures.items[i].known);
	assert_int_equal(judged.figures.n_of[FIGURE_EXACT], 9);
	assert_string_equal(strbuf_str(&judged.errors), "");
	/* told at the step that has all of it; what is given, where it is used first */
	assert_string_equal(judged.figures.items[0].at, "h1");
	assert_string_equal(judged.figures.items[1].at, "h2");
	assert_string_equal(judged.figures.items[7].at, "h1");
	judged_free(&judged);
}

/* h = w x = 1, y = v h = 3, E = y^2 / 2: dE/dw = y v x = 18, of which Adam's first m is a tenth,
 * and its corrections take that away again; dy/dw = v x, dy/dx = v w, dE/dx = y v w. */
static void names_are_those_of_expect(void **state)
{
	struct judged judged;
	(void)state;
	judge(&judged,
	      "network: {inputs: [x], layers: [{units: [h], weights: [[w=0.5]]}, "
	      "{units: [y], weights: [[v=3]]}]}\n"
	      "loss: {kind: half-squared-error, total: E}\n"
	      "data: [{x: [2], target: [0]}]\ntraining: {optimizer: adam, rate: 0.1}\n",
	      "- {of: m_w, printed: \"1.8\"}\n- {of: m̂_w, printed: \"18\"}\n"
	      "- {of: vhat_w, printed: \"324\"}\n- {of: ∂E/∂w, printed: \"18\"}\n"
	      "- {of: dy/dw, printed: \"6\"}\n- {of: ∂y/∂x, printed: \"1.5\"}\n"
	      "- {of: dE/dx, printed: \"4.5\"}\n- {of: dE/dh, printed: \"9\"}\n"
	      "- {of: m_u, printed: \"1\"}\n");
	assert_int_equal(judged.figures.n_of[FIGURE_EXACT], 8);
	assert_contains(strbuf_str(&judged.errors),
			"nothing is called 'm_u' in update 1; did you mean 'm_v'?");
	judged_free(&judged);
}

static void what_is_declared_otherwise_is_reported(void **state)
{
	struct judged judged;
	(void)state;
	judge(&judged, two_steps,
	      "- {of: a, printed: \"0.69\"}\n"
	      "- {of: y, printed: \"1.998\", verdict: carried}\n"
	      "- {of: dE/dz, printed: \"1\"}\n- {of: \"a*\", printed: \"1\"}\n"
	      "- {of: a + q_0, printed: \"1.332\"}\n"
	      "- {of: a, update: 3, printed: \"0.666\", verdict: differs, es: \"e\", en: \"e\"}\n");
	assert_contains(
	    strbuf_str(&judged.errors),
	    "t:10:20: error: a is printed as 0.69: the verdict is 'differs', the lesson "
	    "says 'exact'; it is 0.666; from the printed numbers 0.666\n"
	    "t:11:38: error: y is printed as 1.998: the verdict is 'exact', the lesson "
	    "says 'carried'; it is 1.998; from the printed numbers 2.07\n"
	    "t:12:8: error: nothing is called 'dE/dz' in update 1; did you mean 'dE/dv'?");
	assert_contains(strbuf_str(&judged.errors), "t:13:8: error: nothing is called 'a*'");
	assert_contains(strbuf_str(&judged.errors), "t:14:8: error: nothing is called 'a + q_0'");
	judged_free(&judged);
}

/* In a batch the row is part of the name. */
static void a_batch_has_figures_for_each_row(void **state)
{
	struct judged judged;
	(void)state;
	judge(&judged,
	      "network: {inputs: [x], layers: [{units: [y], weights: [[w=0.5]]}]}\n"
	      "loss: {kind: half-squared-error, total: E, batch: J}\n"
	      "data: [{x: [1], target: [1]}, {x: [3], target: [1]}]\n"
	      "training: {optimizer: gd, rate: 0.1}\n",
	      /* E: 0.125 in both rows, so J = 0.125; dE/dw: -0.5 and 1.5, so dJ/dw = 0.5 */
	      "- {of: y(1), printed: \"0.5\"}\n- {of: y(2), printed: \"1.5\"}\n"
	      "- {of: J, printed: \"0.125\"}\n- {of: dE/dw(1), printed: \"-0.5\"}\n"
	      "- {of: dE/dw(2), printed: \"1.5\"}\n- {of: dJ/dw, printed: \"0.5\"}\n"
	      "- {of: \"w'\", printed: \"0.45\"}\n- {of: E(1) + E(2), printed: \"0.25\"}\n"
	      "- {of: y, printed: \"0.5\"}\n");
	assert_int_equal(judged.figures.n_of[FIGURE_EXACT], 8);
	assert_contains(strbuf_str(&judged.errors), "nothing is called 'y' in update 1");
	judged_free(&judged);
}

/* Every number that expect knows has a verdict, those of stages and slots too. dE/dx and dy/du have
 * no step, and are told at the commit, as a formula of them is; the penalty R2 = 0.1 / 2 (0.5^2 +
 * 3^2) = 0.4625 at its step. In formulas names may be written as steps print them. */
static void every_name_can_be_a_figure(void **state)
{
	static const char lesson[] =
	    "network: {inputs: [x], layers: [{units: [h], weights: [[w=0.5]]}, "
	    "{units: [y], symbols: [ŷ], weights: [[v=3]]}]}\n"
	    "loss: {kind: half-squared-error, total: E}\n"
	    "data: [{x: [2], target: [0]}]\n"
	    "training: {optimizer: gd, rate: 0.1, stages: [l2=0.1, clip-norm=5]}\n"
	    "figures:\n- {of: R2, printed: \"0.4625\"}\n- {of: E_reg, printed: \"4.9625\"}\n"
	    "- {of: dR2/dw, printed: \"0.05\"}\n- {of: norm, printed: \"18.35\"}\n"
	    "- {of: dE/dx, printed: \"4.5\"}\n- {of: dy/dw, printed: \"6\"}\n"
	    "- {of: ∂E/∂ŷ · ∂ŷ/∂v, printed: \"3\"}\n- {of: 2 · dE/dx, printed: \"9\"}\n"
	    "- {of: R2 − ŷ, printed: \"-2.5375\"}\n- {of: g_w, printed: \"4.918\"}\n";
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	(void)state;
	temporary_lesson(path, lesson);
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	/* of w the gradient is 18 + 0.05, of v 3 + 0.3: their norm is 18.3492, and g 18.05
	 * 5/18.3492
	 */
	type_good(&sitting, "figures");
	assert_contains(answer(&sitting), "10 figures: 10 exact, 0 carried, 0 differ\n");
	type_good(&sitting, "figures ∂R2/∂w");
	assert_contains(answer(&sitting), "dR2/dw, update 1: exact\n");
	type_good(&sitting, "go R2");
	assert_contains(answer(&sitting), "     = the lecture prints 0.4625 too\n");
	type_good(&sitting, "update");
	assert_contains(answer(&sitting), "     = dE/dx: the lecture prints 4.5 too\n"
					  "     = dy/dw: the lecture prints 6 too\n");
	assert_contains(answer(&sitting), "     = 2 · dE/dx: the lecture prints 9 too\n");
	assert_null(strstr(answer(&sitting), "R2"));
	sitting_end(&sitting);
}

/* Two numbers are rounded, so the one that is cut says so; of a number it is told with two digits
 * more than the lecture has. */
static void a_number_that_is_cut_among_rounded_ones_says_so(void **state)
{
	struct strbuf text = {0};
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	(void)state;
	/* a = 2 u = 0.987654321012; y = 3 a = 2.962962963036; E = (y - 1)^2 / 2 */
	strbuf_addf(&text, "%s",
		    "network: {inputs: [x], layers: [{units: [a], weights: [[u=0.493827160506]]},"
		    " {units: [y], weights: [[v=3]]}]}\n"
		    "loss: {kind: half-squared-error, total: E}\n"
		    "data: [{x: [2], target: [1]}]\ntraining: {optimizer: gd, rate: 0.1}\n"
		    "figures:\n- {of: a, printed: \"0.9877\"}\n- {of: a, printed: \"0.99\"}\n"
		    "- {of: y, printed: \"2.96\"}\n- {of: y, printed: \"2.9629629\"}\n");
	temporary_lesson(path, strbuf_str(&text));
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	type_good(&sitting, "figures");
	assert_contains(answer(&sitting), "2.9629629    2.962962963  exact (cut off)\n");
	assert_contains(answer(&sitting), "2.96         2.96296      exact\n");
	type_good(&sitting, "next 2");
	assert_contains(answer(&sitting), "the lecture prints 2.96: 2.96296 rounded\n");
	assert_contains(answer(&sitting), "2.9629629: 2.962962963 cut off, where it rounds 2\n"
					  "     = other numbers\n");
	/* of y two figures are told: in few words the last, which has more digits than the step */
	struct strbuf few = {0};
	figure_print_short(sitting.session, figure_to_tell(sitting.session), &few);
	assert_string_equal(strbuf_str(&few), "the lecture: 2.9629629, here 2.962962963");
	strbuf_free(&few);
	type_good(&sitting, "set language es");
	type_good(&sitting, "cifras y");
	assert_contains(answer(&sitting), "truncado, donde redondea otros 2");
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* XOR, its four rows in one batch. */
static const char *const xor_batch =
    "network: {inputs: [x1, x2], layers: [{units: [a, c], activation: sigmoid,\n"
    " weights: [[u1=0.333, u2=-0.4], [u3=0.7, u4=0.1]], bias: [b1=0.1, b2=-0.2]},\n"
    " {units: [y], activation: sigmoid, weights: [[v1=0.3, v2=0.4]], bias: b3=0.2}]}\n"
    "loss: {kind: half-squared-error, batch: J}\n"
    "data: [{x: [0, 0], target: [0]}, {x: [0, 1], target: [1]}, {x: [1, 0], target: [1]},"
    " {x: [1, 1], target: [0]}]\n";

/* A number of update 10,000 is the walk's, to the bit. */
static void a_late_update_is_that_of_the_walk(void **state)
{
	static const char *const names[] = {"J", "v1'", "dJ/du3"};
	struct strbuf text = {0};
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	(void)state;
	strbuf_addf(&text, "%straining: {optimizer: momentum, rate: 2}\nfigures:\n", xor_batch);
	for (size_t i = 0; i < 3; i++)
		strbuf_addf(&text, "- {of: \"%s\", update: 10000, printed: \"7\"}\n", names[i]);
	temporary_lesson(path, strbuf_str(&text));
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	for (size_t k = 0; k < 9999; k++) {
		type_good(&sitting, "update");
	}
	type_good(&sitting, "next");
	for (size_t i = 0; i < 3; i++) {
		const struct figure *figure = &sitting.session->figures.items[i];
		struct stepper *stepper = &sitting.session->stepper;
		struct ref ref;
		struct value value;
		assert_true(figure->known);
		stepper_go_index(stepper, stepper_n_steps(stepper) - 1, NULL);
		assert_int_equal(value_find(stepper, NULL, names[i], &ref, &value, NULL),
				 STATUS_OK);
		assert_same_bits(figure->exact, value.value);
	}
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* What was printed in update 1 is carried through updates of which nothing is printed, as it is
 * where each of them has a figure and is replayed. */
static void a_printed_number_is_carried_through_trained_updates(void **state)
{
	static const char *const rules[] = {"gd, rate: 0.5", "adam, rate: 0.01",
					    "momentum, rate: 0.5, batch: 1"};
	(void)state;
	for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
		struct strbuf network = {0}, figures = {0};
		struct judged trained, replayed;
		strbuf_addf(&network, "%straining: {optimizer: %s}\n", xor_batch, rules[k]);
		strbuf_add(&figures, "- {of: \"u1'\", printed: \"0.5\"}\n"
				     "- {of: \"v2'\", update: 60, printed: \"7\"}\n");
		judge(&trained, strbuf_str(&network), strbuf_str(&figures));
		for (size_t update = 2; update < 60; update++)
			strbuf_addf(&figures, "- {of: 2*u1, update: %zu, printed: \"7\"}\n",
				    update);
		judge(&replayed, strbuf_str(&network), strbuf_str(&figures));
		const struct figure *a = &trained.figures.items[1], *b = &replayed.figures.items[1];
		assert_same_bits(a->exact, b->exact);
		assert_true(fabs(a->carried - a->exact) > 1e-4);
		assert_relative(a->carried, b->carried, 1e-10);
		judged_free(&trained);
		judged_free(&replayed);
		strbuf_free(&network);
		strbuf_free(&figures);
	}
}

/* An update that is too large to be replayed has its numbers from the engine; a run that is too
 * long has none, and says so. Each of three units is 0.001 (1 + ... + 1) of 1,000 inputs, so dE/dw
 * is 1 and w' -0.099. */
static void large_networks_and_long_runs_are_judged_or_say_so(void **state)
{
	struct judged judged;
	struct strbuf network = {0};
	(void)state;
	strbuf_add(&network, "network: {inputs: 1000, layers: [{name: y, units: 3, "
			     "init: {kind: constant, with: [value=0.001]}}]}\n"
			     "loss: {kind: half-squared-error, total: E}\ndata: [{x: [1");
	for (size_t i = 1; i < 1000; i++)
		strbuf_add(&network, ", 1");
	strbuf_add(&network, "], target: [0, 0, 0]}]\ntraining: {optimizer: gd, rate: 0.1}\n");
	judge(&judged, strbuf_str(&network),
	      "- {of: y1, printed: \"1\"}\n- {of: E, printed: \"1.5\"}\n"
	      "- {of: y1 - 8, printed: \"-7\"}\n- {of: \"W_y[1,2]'\", printed: \"-0.099\"}\n"
	      "- {of: \"W_y[1,2]\", printed: \"0.001\"}\n");
	assert_string_equal(strbuf_str(&judged.errors), "");
	assert_int_equal(judged.figures.n_of[FIGURE_EXACT], 5);
	judged_free(&judged);
	judge(&judged, strbuf_str(&network), "- {of: E, update: 900000, printed: \"0.5\"}\n");
	assert_contains(strbuf_str(&judged.errors), "too long a run");
	assert_true(judged.figures.too_long);
	judged_free(&judged);
	strbuf_free(&network);
}

/* What the walk says, in both languages. */
static void the_walk_tells_what_is_printed(void **state)
{
	struct sitting sitting;
	struct strbuf text = {0};
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	(void)state;
	strbuf_addf(&text,
		    "%sfigures:\n- {of: a, printed: \"0.67\"}\n"
		    "- {of: y, printed: \"2.01\", verdict: carried}\n"
		    "- {of: dE/dy, printed: \"9.98\", verdict: differs, es: \"sobra la coma.\","
		    " en: \"of a slipped point.\"}\n",
		    two_steps);
	temporary_lesson(path, strbuf_str(&text));
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "     = the lecture prints 0.67: 0.666 rounded\n");
	type_good(&sitting, "next");
	assert_contains(
	    answer(&sitting),
	    "     = this is 1.998; the lecture prints 2.01, and its own numbers give 2.01;\n"
	    "     = the difference came in with a (update 1), printed as 0.67 for 0.666\n");
	type_good(&sitting, "set language es");
	type_good(&sitting, "ir backward");
	assert_contains(answer(&sitting),
			"     = esto es 0.998; la clase imprime 9.98, porque sobra la coma.\n");
	type_good(&sitting, "cifras dE/dy");
	assert_contains(answer(&sitting), "dE/dy, actualización 1: distinto\n");
	/* of another run nothing is said */
	type_good(&sitting, "set language en");
	type_good(&sitting, "set rate 0.2");
	type_good(&sitting, "update");
	type_good(&sitting, "next");
	assert_null(strstr(answer(&sitting), "the lecture"));
	assert_refused(&sitting, "figures dE/dyy", "did you mean 'dE/dy'?");
	strbuf_free(&text);
	sitting_end(&sitting);
}

static void every_figure_of_a_shipped_lesson_is_told(void **state)
{
	(void)state;
	for (size_t k = 0; k < N_SHIPPED; k++) {
		struct sitting sitting;
		sitting_open(&sitting, shipped_lessons[k]);
		struct session *session = sitting.session;
		size_t told = 0, given = 0;
		for (size_t i = 0; i < session->figures.n_items; i++)
			given += !strpbrk(session->figures.items[i].at, "'(/");
		for (size_t n = 0; n < 300; n++) {
			type_good(&sitting, "next");
			for (size_t i = 0; figure_of_step(session, &i);)
				told++;
		}
		assert_true(told >= session->figures.n_items - given);
		sitting_end(&sitting);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(exact_is_rounded_or_cut),
	    cmocka_unit_test(one_off_in_the_last_place_is_a_verdict),
	    cmocka_unit_test(every_name_can_be_a_figure),
	    cmocka_unit_test(a_number_that_is_cut_among_rounded_ones_says_so),
	    cmocka_unit_test(a_late_update_is_that_of_the_walk),
	    cmocka_unit_test(a_printed_number_is_carried_through_trained_updates),
	    cmocka_unit_test(large_networks_and_long_runs_are_judged_or_say_so),
	    cmocka_unit_test(carried_goes_through_one_and_two_steps),
	    cmocka_unit_test(an_erratum_is_carried_into_the_next_update),
	    cmocka_unit_test(a_lecture_is_judged),
	    cmocka_unit_test(formulas_and_rows_can_be_figures),
	    cmocka_unit_test(names_are_those_of_expect),
	    cmocka_unit_test(what_is_declared_otherwise_is_reported),
	    cmocka_unit_test(a_batch_has_figures_for_each_row),
	    cmocka_unit_test(the_walk_tells_what_is_printed),
	    cmocka_unit_test(every_figure_of_a_shipped_lesson_is_told),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
