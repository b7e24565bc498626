/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_meaning.c -- what a lesson means where it says little: numbers without names, an
 * optimizer without its form; and what is told of both. */
#include "sitting.h"
#include "temporary.h"

#include "backstep/session/setting.h"

#define LAYERS(hidden)                                                                           \
	"network:\n  inputs: [x1, x2]\n  layers:\n    - {units: [n1, n2], activation: sigmoid, " \
	"weights: " hidden "}\n    - {units: [y], weights: [[w5=0.5, w6=0.6]]}\n"                \
	"loss: {kind: half-squared-error}\ndata: [{x: [1, 2], target: [3]}]\n"                   \
	"training: {optimizer: gd, rate: 0.1}\n"

/* x1 = x2 = 0 in the first row, and the sum is 1: the answer 1 is wrong, e = -1. */
#define PERCEPTRON(more)                                                                     \
	"network:\n  inputs: [x1, x2, x3]\n  layers:\n"                                      \
	"    - {units: [y], activation: step, weights: [[w1=0, w2=0, w3=-1]]}\n"             \
	"loss: {kind: error}\ndata: [{x: [0, 0, -1], target: [0]}, {x: [1, 1, -1], target: " \
	"[1]}]\n"                                                                            \
	"training: {optimizer: perceptron, rate: 0.5, batch: 1" more "}\n"

/* Opens a lesson of this format in a sitting that has begun. */
static void type_lesson(struct sitting *sitting, const char *format, const char *network)
{
	struct strbuf text = {0};
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 16];
	strbuf_addf(&text,
		    "format: %s\nid: t\ntitle: {es: a, en: b}\ntext: {es: c, en: d}\n%s...\n",
		    format, network);
	temporary_write(path, ".yaml", strbuf_str(&text));
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(sitting, line);
	strbuf_free(&text);
}

static void open_text(struct sitting *sitting, const char *format, const char *network)
{
	sitting_begin(sitting);
	type_lesson(sitting, format, network);
}

static double param(const struct sitting *sitting, const char *name)
{
	const struct model *model = sitting->session->built.model;
	size_t p;
	assert_true(model_find_param(model, name, &p));
	return stepper_theta(&sitting->session->stepper)[p];
}

/* The 0 of a missing connection, and the 1 of a fixed one, beside named weights. */
static void numbers_beside_names_are_constants(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "2", LAYERS("[[w1=0.1, 0], [-1, w4=0.4]]"));
	assert_int_equal(sitting.session->built.model->n_order, 4);
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "x₁ · w₁ + x₂ · 0 = 1 · 0.1 + 2 · 0 = 0.1");
	type_good(&sitting, "update 3");
	assert_same_bits(param(&sitting, "w_n1_x2"), 0.0);
	assert_same_bits(param(&sitting, "w_n2_x1"), -1.0);
	assert_true(param(&sitting, "w1") > 0.1);
	type_good(&sitting, "show lesson");
	assert_contains(answer(&sitting), "constants, for they have no name beside named numbers: "
					  "w_n1_x2=0, w_n2_x1=-1\n");
	assert_null(strstr(answer(&sitting), "no names"));
	sitting_end(&sitting);
}

static void a_matrix_without_names_is_trained(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "2", LAYERS("[[0.1, 0], [-1, 0.4]]"));
	assert_int_equal(sitting.session->built.model->n_order, 6);
	type_good(&sitting, "update");
	assert_true(param(&sitting, "w_n1_x2") > 0.0);
	type_good(&sitting, "show lesson");
	assert_contains(answer(&sitting), "the lesson gives these parameters no names: w_n1_x1,");
	assert_null(strstr(answer(&sitting), "constants"));
	sitting_end(&sitting);
}

/* A list of biases is a matrix of one column; one number that stands alone is trained. */
static void biases_may_be_constants_too(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "2", LAYERS("[[w1=0.1, w2=0.2], [w3=0.3, w4=0.4]], bias: [b1=1, 0]"));
	assert_int_equal(sitting.session->built.model->n_order, 7);
	type_good(&sitting, "update");
	assert_same_bits(param(&sitting, "b_n2"), 0.0);
	sitting_end(&sitting);
	open_text(&sitting, "2", LAYERS("[[w1=0.1, w2=0.2], [w3=0.3, w4=0.4]], bias: 0"));
	assert_int_equal(sitting.session->built.model->n_order, 7);
	sitting_end(&sitting);
}

/* Rosenblatt's rule: w + rate e x. The lecture's moves every weight by 0.5 * (-1). */
static void the_perceptron_alone_is_rosenblatts(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "2", PERCEPTRON(""));
	type_good(&sitting, "next 4");
	assert_contains(answer(&sitting), "w₁ ← w₁ + η · E · x₁ = 0 + 0.5 · (−1) · 0 = 0\n"
					  "     (rule rosenblatt: ");
	type_good(&sitting, "next");
	assert_null(strstr(answer(&sitting), "rosenblatt")); /* said once */
	type_good(&sitting, "update");
	assert_same_bits(param(&sitting, "w1"), 0.0);
	assert_same_bits(param(&sitting, "w2"), 0.0);
	assert_same_bits(param(&sitting, "w3"), -0.5);
	sitting_end(&sitting);
	open_text(&sitting, "2", PERCEPTRON(", rule: lecture"));
	type_good(&sitting, "update");
	assert_same_bits(param(&sitting, "w1"), -0.5);
	sitting_end(&sitting);
}

/* What an older lesson meant otherwise is told when it is opened, and only then. */
static void an_older_format_is_told_of(void **state)
{
	static const char *const said[] = {"in format 1 these were trained", "w_n1_x2=0",
					   "with format: 2 the lesson says that it is meant so"};
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "1", LAYERS("[[w1=0.1, 0], [-1, w4=0.4]]"));
	for (size_t k = 0; k < sizeof said / sizeof *said; k++)
		assert_contains(answer(&sitting), said[k]);
	sitting_end(&sitting);
	open_text(&sitting, "1", PERCEPTRON(""));
	assert_contains(answer(&sitting),
			"in format 1 perceptron alone meant rule: lecture; now it means rule: "
			"rosenblatt\n");
	sitting_end(&sitting);
	open_text(&sitting, "1", PERCEPTRON(", rule: lecture"));
	assert_null(strstr(answer(&sitting), "format"));
	sitting_end(&sitting);
	open_text(&sitting, "1", LAYERS("[[0.1, 0], [-1, 0.4]]"));
	assert_null(strstr(answer(&sitting), "format"));
	sitting_end(&sitting);
	open_text(&sitting, "2", LAYERS("[[w1=0.1, 0], [-1, w4=0.4]]"));
	assert_null(strstr(answer(&sitting), "format"));
	sitting_end(&sitting);
}

/* In a graph the rows of a matrix are what comes into a unit: (3, 4) has the norm 5, so that within
 * 1 it is (0.6, 0.8); (0.1, 0.2) keeps what it has. The rate is too small to be seen. */
static void a_graphs_rows_keep_their_norm(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "2",
		  "graph:\n  inputs: [x: 2]\n  parameters: [W: [[3, 4], [0.1, 0.2]], a=2]\n"
		  "  nodes: [\"u = W*x\", \"f = a*sum(u)\"]\ndata: [{x: [1, 2]}]\n"
		  "training: {optimizer: gd, rate: 1e-9, stages: [max-norm=1]}\n");
	type_good(&sitting, "update");
	assert_near(param(&sitting, "W11"), 0.6, 1e-7);
	assert_near(param(&sitting, "W12"), 0.8, 1e-7);
	assert_near(param(&sitting, "W21"), 0.1, 1e-7);
	assert_near(param(&sitting, "a"), 2.0, 1e-7);
	sitting_end(&sitting);
}

#define NEURON                                                                       \
	"network:\n  inputs: [x]\n  layers:\n    - {units: [y], weights: [[w=2]]}\n" \
	"loss: {kind: half-squared-error}\ndata: [{x: [1], target: [3]}]\n"          \
	"training: {optimizer: gd, rate: 0.1}\n"

/* What a lesson likes holds until somebody sets it, and only for that lesson. */
static void a_lesson_chooses_its_look(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "2", NEURON "show: {chain: deltas, digits: 3, notation: matrix}\n");
	assert_int_equal(setting_value(sitting.session, "chain"), CHAIN_DELTAS);
	assert_int_equal(setting_value(sitting.session, "notation"), NOTATION_MATRIX);
	assert_int_equal(setting_value(sitting.session, "digits"), 3);
	assert_int_equal(stepper_chain(&sitting.session->stepper), CHAIN_DELTAS);
	type_good(&sitting, "lesson two-tanh");
	assert_int_equal(setting_value(sitting.session, "chain"), CHAIN_AUTO);
	assert_int_equal(setting_value(sitting.session, "digits"), 6);
	assert_int_equal(setting_value(sitting.session, "notation"), NOTATION_SCALAR);
	type_good(&sitting, "set digits 9");
	type_lesson(&sitting, "2", NEURON "show: {chain: deltas, digits: 3}\n");
	assert_int_equal(setting_value(sitting.session, "digits"), 9);
	assert_int_equal(setting_value(sitting.session, "chain"), CHAIN_DELTAS);
	sitting_end(&sitting);
}

/* Adam in its tenth update: m = 0.9 * 0.5 + 0.1 * g, t = 10; and what it has kept is there again
 * when the lesson starts anew, with other batches too. */
static void an_optimizer_has_made_updates(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(
	    &sitting, "2",
	    "network:\n  inputs: [x]\n  layers:\n    - {units: [y], weights: [[w=2]]}\n"
	    "loss: {kind: half-squared-error}\ndata: [{x: [1], target: [3]}, {x: [1], target: "
	    "[3]}]\ntraining: {optimizer: adam, rate: 0.5, slots: [m_w=0.5, v_w=0.25], "
	    "updates: 9}\n");
	for (int again = 0; again < 3; again++) {
		type_good(&sitting, "goto m_w"); /* g = 2 - 3 = -1 */
		assert_contains(answer(&sitting), "= 0.9 · 0.5 + (1 − 0.9) · (−1) = 0.35");
		type_good(&sitting, "next 2");
		assert_contains(answer(&sitting), "m / (1 − β₁^t) = 0.35 / (1 − 0.9^10)");
		type_good(&sitting, "update 2");
		type_good(&sitting, "restart");
		if (again == 1)
			type_good(&sitting, "set batch 1");
	}
	type_good(&sitting, "set optimizer gd");
	type_good(&sitting, "set optimizer adam"); /* which begins anew */
	type_good(&sitting, "goto m_w");
	assert_contains(answer(&sitting), "= 0.9 · 0 + (1 − 0.9) · (−1)");
	sitting_end(&sitting);
}

/* A margin of 0 makes the hinge loss the perceptron's of several classes: only a class that beats
 * the right one counts. The scores are 2, 3, 1 and the first class is right: E = 3 - 2. */
static void a_hinge_without_margin_is_the_perceptrons(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(&sitting, "2",
		  "network:\n  inputs: [x]\n  layers:\n"
		  "    - {units: [s1, s2, s3], weights: [[a=2], [b=3], [c=1]]}\n"
		  "loss: {kind: hinge, with: [delta=0]}\n"
		  "data: [{x: [1], target: [1, 0, 0]}]\ntraining: {optimizer: gd, rate: 1}\n");
	type_good(&sitting, "update");
	type_good(&sitting, "expect E = 1");
	type_good(&sitting, "expect a = 3");
	type_good(&sitting, "expect b = 2");
	type_good(&sitting, "expect c = 1");
	sitting_end(&sitting);
}

/* Of -1 and 1: the sum 0 is answered by 1 there, so e = -1 - 1 = -2 and w = 0 + 0.5 (-2) (1, -1) =
 * (-1, 1), b = -1. The second row's sum is then 1 + 1 - 1: it is right. */
static void the_perceptron_may_be_bipolar(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(
	    &sitting, "2",
	    "network:\n  inputs: [x1, x2]\n  layers:\n    - {units: [y], activation: sign, with: "
	    "[at_zero=1], weights: [[w1=0, w2=0]], bias: b=0}\nloss: {kind: error}\n"
	    "data: [{x: [1, -1], target: [-1]}, {x: [-1, 1], target: [1]}]\n"
	    "training: {optimizer: perceptron, rate: 0.5, batch: 1}\n");
	for (int update = 0; update < 2; update++) {
		type_good(&sitting, "update");
		assert_near(param(&sitting, "w1"), -1, 0.0);
		assert_near(param(&sitting, "w2"), 1, 0.0);
		assert_near(param(&sitting, "b"), -1, 0.0);
	}
	sitting_end(&sitting);
}

/* (1, 3) has the mean 2 and the variance 1: normalised it is (-1, 1), times 2 and 3 it is (-2, 3),
 * and with what came in (-1, 6). E = 5^2 / 2, so dE/du1 = 5 (-1), but for epsilon. */
static void a_residual_block_may_normalise(void **state)
{
	struct sitting sitting;
	(void)state;
	open_text(
	    &sitting, "2",
	    "network:\n  inputs: [x1, x2]\n  layers:\n"
	    "    - {units: [h1, h2], weights: [[1, 0], [0, 1]]}\n    - kind: residual\n"
	    "      units: [r1, r2]\n      layers:\n        - {kind: layer-norm, units: [n1, n2]}\n"
	    "        - {units: [f1, f2], weights: [[u1=2, 0], [0, u2=3]]}\n"
	    "    - {units: [y], weights: [[v1=1, v2=1]]}\n"
	    "loss: {kind: half-squared-error, total: E}\ndata: [{x: [1, 3], target: [0]}]\n"
	    "training: {optimizer: gd, rate: 0.1}\n");
	type_good(&sitting, "update");
	type_good(&sitting, "expect n1 = -1.0000");
	type_good(&sitting, "expect r2 = 6.0000");
	type_good(&sitting, "expect dE/du1 = -5.000");
	type_good(&sitting, "expect dE/du2 = 5.000");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_lesson_chooses_its_look),
	    cmocka_unit_test(an_optimizer_has_made_updates),
	    cmocka_unit_test(the_perceptron_may_be_bipolar),
	    cmocka_unit_test(a_residual_block_may_normalise),
	    cmocka_unit_test(a_hinge_without_margin_is_the_perceptrons),
	    cmocka_unit_test(numbers_beside_names_are_constants),
	    cmocka_unit_test(a_matrix_without_names_is_trained),
	    cmocka_unit_test(biases_may_be_constants_too),
	    cmocka_unit_test(the_perceptron_alone_is_rosenblatts),
	    cmocka_unit_test(an_older_format_is_told_of),
	    cmocka_unit_test(a_graphs_rows_keep_their_norm),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
