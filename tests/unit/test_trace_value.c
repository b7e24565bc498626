/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_value.c -- numbers by name: what steps print reads back as the step's number, in every
 * shipped lesson; derivatives by name are slopes; the index of names. */
#include "sitting.h"

#include "backstep/lesson/lesson_find.h"
#include "backstep/trace/value.h"
#include "support/networks.h"

enum { MAX_STEPS = 600 }; /* of an update that are looked at, spread evenly */

static struct stepper *stepper_of(struct sitting *sitting)
{
	return &sitting->session->stepper;
}

static void names_come_in_order(void **state)
{
	static const char *const wanted[] = {
	    "sum_n1", "sum_n2", "n1", "n2", "sum_y1", "sum_y2", "y1",     "y2",
	    "E1",     "E2",     "E",  "w5", "w6",     "w7",     "w8",     "w1",
	    "w2",     "w3",     "w4", "B1", "B2",     "dE/dw5", "dE/dw6",
	};
	struct sitting sitting;
	struct ref ref, read;
	char name[REF_TEXT];
	size_t n = 0;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	struct stepper *stepper = stepper_of(&sitting);
	for (; ref_nth(stepper, n, &ref); n++) {
		ref_print(stepper, &ref, true, name);
		if (n < sizeof wanted / sizeof *wanted)
			assert_string_equal(name, wanted[n]);
	}
	/* units, parameters, gradients; inputs, targets; new values; what each unit reads: two sums
	 * of two inputs and two weights and a bias, four sigmoids, ... */
	assert_int_equal(n, 11 + 10 + 10 + 4 + 10 + (4 * 5 + 4 + 2 * 2 + 2));
	/* every one of them is a number, once the update is done, and its name reads back */
	type_good(&sitting, "update");
	for (size_t i = 0; i < n; i++) {
		assert_true(ref_nth(stepper, i, &ref));
		ref_print(stepper, &ref, true, name);
		assert_int_equal(ref_parse(stepper, NULL, name, &read, NULL), STATUS_OK);
		struct value value = value_get(stepper, &ref);
		assert_true(value.known && isfinite(value.value));
		assert_true(value_get(stepper, &read).value == value.value);
	}
	sitting_end(&sitting);
}

/* The text must name a number that is known here and is this one. */
static void check_text(struct sitting *sitting, const char *text, double wanted)
{
	const struct session *session = sitting->session;
	struct value value = {0};
	struct error err = {0};
	struct ref ref;
	if (value_find(&session->stepper, session_here(session), text, &ref, &value, &err) ==
		STATUS_OK &&
	    (value.value == wanted || (isnan(value.value) && isnan(wanted))))
		return;
	struct strbuf report = {0};
	step_print_report(&session->step, &session->style, &report);
	print_error("%s, at\n%s\n'%s': %s; got %.17g, wanted %.17g\n", session->lesson->id.text,
		    strbuf_str(&report), text, err.message, value.value, wanted);
	strbuf_free(&report);
	fail();
}

static void check_leaf(struct sitting *sitting, const struct formula *leaf)
{
	static const enum formula_glyphs glyphs[] = {GLYPHS_UNICODE, GLYPHS_ASCII};
	struct formula_style style = sitting->session->style;
	for (size_t k = 0; k < 2; k++) {
		struct strbuf text = {0};
		style.glyphs = glyphs[k];
		formula_print(leaf, &style, &text);
		check_text(sitting, strbuf_str(&text), leaf->value);
		strbuf_free(&text);
	}
}

/* Each name and each derivative in a rule. */
static void check_leaves(struct sitting *sitting, const struct formula *f)
{
	if (f->kind == FORMULA_DERIVATIVE || (f->kind == FORMULA_SYMBOL && !f->is_setting))
		check_leaf(sitting, f);
	for (size_t k = 0; f->kind != FORMULA_DERIVATIVE && k < f->n_args; k++)
		check_leaves(sitting, f->args[k]);
}

static void check_update(struct sitting *sitting)
{
	struct session *session = sitting->session;
	uint64_t n = stepper_n_steps(&session->stepper), stride = 1 + n / MAX_STEPS;
	for (uint64_t index = 1; index <= n; index += stride) {
		const struct step *step = &session->step;
		assert_int_equal(stepper_go_index(&session->stepper, index, NULL), STATUS_OK);
		assert_int_equal(session_refresh(session, NULL), STATUS_OK);
		/* w <- w - ...: one name for two numbers */
		bool has_name = step->left && !step->assigns;
		if (has_name)
			check_leaf(sitting, step->left);
		/* rules of the update have numbers of the last one: v <- m v - eta g */
		if (step->rule && step->place.phase != PHASE_UPDATE && !step->stage &&
		    step->place.class->computes != REF_GRADIENT)
			check_leaves(sitting, step->rule);
	}
}

static void check_lesson(const char *lesson)
{
	struct sitting sitting;
	sitting_open(&sitting, lesson);
	check_update(&sitting);
	type(&sitting, "restart");
	if (type(&sitting, "set chain deltas") == STATUS_OK)
		check_update(&sitting);
	sitting_end(&sitting);
}

static void what_steps_print_reads_back(void **state)
{
	struct lesson_list list;
	(void)state;
	assert_int_equal(lesson_list_read(&list, NULL), STATUS_OK);
	for (size_t i = 0; i < list.n_items; i++)
		check_lesson(list.items[i].id);
	lesson_list_free(&list);
	check_lesson(BACKSTEP_SOURCE_DIR "/tests/published/sum-times.yaml");
	check_lesson(BACKSTEP_SOURCE_DIR "/tests/support/straight.yaml");
}

/* A path of one factor is known with it, and so is a gradient that has no other path. */
static void a_single_factor_is_the_gradient(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, BACKSTEP_SOURCE_DIR "/tests/published/sum-times.yaml");
	type_good(&sitting, "goto z");
	type_good(&sitting, "expect df/dz = 3");
	sitting_end(&sitting);
	sitting_open(&sitting, BACKSTEP_SOURCE_DIR "/tests/support/straight.yaml");
	type_good(&sitting, "goto w"); /* path1: dL/du, du/dw_a, dw_a/dw, product; path2 */
	type_good(&sitting, "next 4");
	assert_contains(answer(&sitting), "path\xe2\x82\x82 = u = 3");
	type_good(&sitting, "expect path2 = 3");
	assert_true(type(&sitting, "expect dL/dw = 6") != STATUS_OK);
	type_good(&sitting, "next 2");
	type_good(&sitting, "expect dL/dw = 6");
	sitting_end(&sitting);
}

/* A unit or parameter moved by h: what becomes of everything computed from it. */
static double moved(const struct network *net, const struct ref *ref, double h)
{
	struct graph *graph = &net->model->graph;
	struct node *wrt = graph->nodes[ref->wrt.node->index];
	double *at = &wrt->value[ref->wrt.e], before = *at;
	*at += h;
	for (size_t k = wrt->index + 1; k < graph->n_nodes; k++)
		if (graph->nodes[k]->op)
			graph->nodes[k]->op->forward(graph->nodes[k]);
	double value = ref->of.node->value[ref->of.e];
	*at = before;
	return value;
}

/* Compares with central differences of two widths, which agree away from kinks, as the differences
 * to either side do at none. Returns whether they do. */
static bool check_slope(struct stepper *stepper, const struct network *net, const struct ref *ref)
{
	struct value value = value_get(stepper, ref);
	double wide = (moved(net, ref, 1e-4) - moved(net, ref, -1e-4)) / 2e-4;
	double narrow = (moved(net, ref, 1e-5) - moved(net, ref, -1e-5)) / 2e-5;
	double bend = moved(net, ref, 1e-5) + moved(net, ref, -1e-5) - 2.0 * moved(net, ref, 0.0);
	if (fabs(wide - narrow) > 1e-6 * (1.0 + fabs(narrow)) ||
	    fabs(bend) > 1e-8 * (1.0 + fabs(narrow)))
		return false;
	char name[REF_TEXT];
	assert_true(value.known);
	if (fabs(value.value - narrow) > 1e-5 * (1.0 + fabs(narrow)))
		fail_msg("%s is %.17g, the slope %.17g", ref_print(stepper, ref, true, name),
			 value.value, narrow);
	return true;
}

/* Of every unit of an example by every other one before it, where no name means a part of it only.
 */
static size_t check_slopes(struct stepper *stepper, const struct network *net)
{
	const struct graph *graph = &net->model->graph;
	size_t n = 0;
	for (size_t a = 0; a < graph->n_nodes * graph->n_nodes; a++) {
		const struct node *of = graph->nodes[a / graph->n_nodes];
		const struct node *wrt = graph->nodes[a % graph->n_nodes];
		char name[REF_TEXT], label[LABEL_TEXT], other[LABEL_TEXT];
		struct ref ref;
		if (!of->op || wrt->index >= of->index || wrt->kind == NODE_PARAM ||
		    wrt->kind == NODE_CONSTANT || wrt->kind == NODE_MASK)
			continue;
		snprintf(name, sizeof name, "d%s/d%s", node_name(of, 0, label),
			 node_name(wrt, (wrt->rows - 1) * wrt->stride, other));
		struct place here = {.phase = PHASE_BACKWARD};
		if (ref_parse(stepper, &here, name, &ref, NULL) == STATUS_OK && ref.of.node == of &&
		    ref.wrt.node == wrt && ref.kind != REF_PARTIAL)
			n += check_slope(stepper, net, &ref);
	}
	return n;
}

static void derivatives_are_slopes(void **state)
{
	size_t n = 0;
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct network net;
		struct stepper stepper;
		assert_int_equal(network_random(&net, seed), STATUS_OK);
		assert_int_equal(network_walk(&net, &stepper, CHAIN_DELTAS), STATUS_OK);
		uint64_t end = stepper_n_steps(&stepper) - 1;
		if (stepper_go(&stepper, end, NULL) == STATUS_OK)
			n += check_slopes(&stepper, &net);
		stepper_free(&stepper);
		network_free(&net);
	}
	print_message("%zu derivatives checked\n", n);
	assert_true(n > 500);
}

/* Before the second factor of w5 (step 13): it is asked for, and so nothing tells it, however it is
 * called; what was computed before, and what stands in no later step, is there as always. */
static void questions_are_not_given_away(void **state)
{
	static const char *const hidden[] = {"dy1/dsum_y1", "dE1/dsum_y1", "dE/dw5", "dE/dsum_y1",
					     "dE1/dw5",     "w5'",         "dE/dn1", "dy1/dw5"};
	static const char *const told[] = {"dE1/dy1", "y1", "E", "w5", "x1"};
	struct sitting sitting;
	struct value value;
	struct ref ref;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 12");
	struct session *session = sitting.session;
	session->stepper.asked = 13;
	for (size_t k = 0; k < sizeof hidden / sizeof *hidden; k++) {
		assert_int_equal(ref_parse(&session->stepper, NULL, hidden[k], &ref, NULL),
				 STATUS_OK);
		value = value_get(&session->stepper, &ref);
		assert_true(!value.known && isnan(value.value));
	}
	for (size_t k = 0; k < sizeof told / sizeof *told; k++)
		assert_int_equal(value_find(&session->stepper, NULL, told[k], &ref, &value, NULL),
				 STATUS_OK);
	assert_int_equal(ref_parse(&session->stepper, NULL, "dy1/dsum_y1", &ref, NULL), STATUS_OK);
	assert_true(value_get(&session->stepper, &ref).open);
	session->stepper.asked = 0;
	assert_true(value_get(&session->stepper, &ref).known);
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_come_in_order),
	    cmocka_unit_test(what_steps_print_reads_back),
	    cmocka_unit_test(a_single_factor_is_the_gradient),
	    cmocka_unit_test(derivatives_are_slopes),
	    cmocka_unit_test(questions_are_not_given_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
