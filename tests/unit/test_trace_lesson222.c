/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_lesson222.c -- the walk of the 2-2-2 sigmoid example, step by step: which steps, in
 * which order, with which numbers and which words. */
#include "check.h"

#include <string.h>

#include "support/networks.h"
#include "support/values.h"

struct trip {
	struct network net;
	struct stepper stepper;
	struct arena *arena;
};

static void start(struct trip *trip, enum chain_form chain)
{
	assert_int_equal(network_222(&trip->net), STATUS_OK);
	assert_int_equal(network_walk(&trip->net, &trip->stepper, chain), STATUS_OK);
	trip->arena = arena_new();
	assert_non_null(trip->arena);
}

static void stop(struct trip *trip)
{
	stepper_free(&trip->stepper);
	network_free(&trip->net);
	arena_free(trip->arena);
}

static struct step step_at(struct trip *trip, uint64_t index)
{
	struct step step;
	arena_reset(trip->arena);
	assert_int_equal(stepper_at(&trip->stepper, index, trip->arena, &step, NULL), STATUS_OK);
	return step;
}

static void assert_line(struct trip *trip, uint64_t index, enum formula_glyphs glyphs,
			const char *wanted)
{
	struct formula_style style = {glyphs, false, 6};
	struct strbuf out = {0};
	struct step step = step_at(trip, index);
	step_print(&step, &style, &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

static double gradient(const struct trip *trip, size_t param)
{
	return trip->net.model->graph.grad[param];
}

/* The numbers that are known for this example, to their printed digits. */
static void test_known_numbers(void **state)
{
	(void)state;
	struct trip trip;
	start(&trip, CHAIN_PATHS);
	assert_true(fabs(gradient(&trip, W5) - 0.0802031) <= 0.5e-7);
	assert_true(fabs(gradient(&trip, W1) - 0.00110806) <= 0.5e-8);
	assert_true(fabs(gradient(&trip, B1) - 0.0244830) <= 0.5e-7);
	assert_true(fabs(gradient(&trip, B2) - 0.1041388) <= 0.5e-7);
	assert_true(fabs(trainer_next(&trip.stepper.trainer)[W5] - 0.451878) <= 0.5e-6);
	stop(&trip);
}

static double sigmoid(double x)
{
	return 1.0 / (1.0 + exp(-x));
}

/* The whole example again, by hand. */
static void test_numbers_by_hand(void **state)
{
	(void)state;
	struct trip trip;
	start(&trip, CHAIN_PATHS);
	double n1 = sigmoid(.1 * .1 + .5 * .3 + .25), n2 = sigmoid(.1 * .2 + .5 * .4 + .25);
	double y1 = sigmoid(n1 * .5 + n2 * .6 + .35), y2 = sigmoid(n1 * .7 + n2 * .8 + .35);
	double d1 = (y1 - .05) * y1 * (1 - y1), d2 = (y2 - .95) * y2 * (1 - y2);
	double h1 = (d1 * .5 + d2 * .7) * n1 * (1 - n1), h2 = (d1 * .6 + d2 * .8) * n2 * (1 - n2);
	const double wanted[] = {
	    [W5] = d1 * n1, [W6] = d1 * n2, [W7] = d2 * n1, [W8] = d2 * n2, [B2] = d1 + d2,
	    [W1] = h1 * .1, [W2] = h2 * .1, [W3] = h1 * .5, [W4] = h2 * .5, [B1] = h1 + h2,
	};
	for (size_t p = 0; p < sizeof wanted / sizeof *wanted; p++)
		assert_relative(gradient(&trip, p), wanted[p], 1e-14);
	assert_relative(trip.net.model->loss,
			((.05 - y1) * (.05 - y1) + (.95 - y2) * (.95 - y2)) / 2, 1e-15);
	stop(&trip);
}

/* What a step is called in the list of test_order_*: the value's name, or kind and parameter. */
static void describe(const struct step *step, struct strbuf *out)
{
	if (place_is(&step->place, "value"))
		strbuf_addf(out, "%s ", step->name);
	else if (place_is(&step->place, "factor"))
		strbuf_addf(out, "%s/%s ", step->of, step->wrt);
	else if (place_is(&step->place, "product"))
		strbuf_addf(out, "%s:%d ", step->param, (int)step->place.path + 1);
	else if (place_is(&step->place, "delta"))
		strbuf_addf(out, "d%s ", step->name);
	else if (place_is(&step->place, "gradient"))
		strbuf_addf(out, "=%s ", step->param);
	else if (place_is(&step->place, "weight"))
		strbuf_addf(out, "%s' ", step->param);
	else
		strbuf_add(out, "commit");
}

static void assert_steps(struct trip *trip, uint64_t from, uint64_t to, const char *wanted)
{
	struct strbuf out = {0};
	for (uint64_t index = from; index <= to; index++) {
		struct step step = step_at(trip, index);
		assert_int_equal(step.number, index);
		assert_int_equal(step.update, 1);
		assert_int_equal(step.example, 1);
		assert_true(step.finite);
		describe(&step, &out);
	}
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

/* 8 units, 3 losses; w5..w8 have one path of 3 factors (with product and gradient 5 steps), w1..w4
 * two of 5 (13), B1 four of 5 (25), B2 two of 3 (9); 10 new values and the commit. */
static void test_order_by_paths(void **state)
{
	(void)state;
	struct trip trip;
	start(&trip, CHAIN_AUTO);
	assert_int_equal(trip.stepper.plan.form, CHAIN_PATHS);
	assert_int_equal(stepper_n_steps(&trip.stepper), 8 + 3 + 4 * 5 + 4 * 13 + 25 + 9 + 11);
	assert_steps(&trip, 1, 11, "sum_n1 n1 sum_n2 n2 sum_y1 y1 sum_y2 y2 E1 E2 E ");
	assert_steps(&trip, 12, 21,
		     "E1/y1 y1/sum_y1 sum_y1/w5 w5:1 =w5 E1/y1 y1/sum_y1 sum_y1/w6 w6:1 =w6 ");
	assert_steps(&trip, 32, 44,
		     "E1/y1 y1/sum_y1 sum_y1/n1 n1/sum_n1 sum_n1/w1 w1:1 "
		     "E2/y2 y2/sum_y2 sum_y2/n1 n1/sum_n1 sum_n1/w1 w1:2 =w1 ");
	assert_steps(&trip, 84, 108,
		     "E1/y1 y1/sum_y1 sum_y1/n1 n1/sum_n1 sum_n1/B1 B1:1 "
		     "E1/y1 y1/sum_y1 sum_y1/n2 n2/sum_n2 sum_n2/B1 B1:2 "
		     "E2/y2 y2/sum_y2 sum_y2/n1 n1/sum_n1 sum_n1/B1 B1:3 "
		     "E2/y2 y2/sum_y2 sum_y2/n2 n2/sum_n2 sum_n2/B1 B1:4 =B1 ");
	assert_steps(&trip, 118, 128, "w5' w6' w7' w8' w1' w2' w3' w4' B1' B2' commit");
	stop(&trip);
}

static void test_order_by_deltas(void **state)
{
	(void)state;
	struct trip trip;
	start(&trip, CHAIN_DELTAS);
	assert_int_equal(stepper_n_steps(&trip.stepper), 8 + 3 + 8 + 10 + 11);
	assert_steps(&trip, 12, 40,
		     "dy1 dy2 dsum_y1 dsum_y2 dn1 dn2 dsum_n1 dsum_n2 "
		     "=w5 =w6 =w7 =w8 =w1 =w2 =w3 =w4 =B1 =B2 "
		     "w5' w6' w7' w8' w1' w2' w3' w4' B1' B2' commit");
	stop(&trip);
}

/* Only what is trained is walked, in the order given; the rest keeps its value. */
static void test_training_some(void **state)
{
	(void)state;
	static const size_t order[] = {W1, W5};
	struct trip trip = {.arena = arena_new()};
	assert_int_equal(network_222(&trip.net), STATUS_OK);
	memcpy(trip.net.model->order, order, sizeof order);
	trip.net.model->n_order = 2;
	assert_int_equal(network_walk(&trip.net, &trip.stepper, CHAIN_PATHS), STATUS_OK);
	assert_int_equal(stepper_n_steps(&trip.stepper), 8 + 3 + 13 + 5 + 3);
	assert_steps(&trip, 25, 32, "E1/y1 y1/sum_y1 sum_y1/w5 w5:1 =w5 w1' w5' commit");
	assert_true(step_at(&trip, 25).reused); /* it stood in the chain of w1 */
	assert_false(knows(&trip.stepper, ref_gradient(&trip.stepper, B1)));
	assert_int_equal(stepper_update(&trip.stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_next(&trip.stepper, NULL), STATUS_OK);
	assert_same_bits(in_force(&trip.stepper, B1), 0.25);
	assert_same_bits(in_force(&trip.stepper, W2), 0.2);
	assert_true(in_force(&trip.stepper, W1) < 0.1);
	stop(&trip);
}

static void test_lines_of_paths(void **state)
{
	(void)state;
	static const struct {
		uint64_t index;
		const char *unicode, *ascii;
	} rows[] = {
	    {1, "sum_n₁ = x₁ · w₁ + x₂ · w₃ + B₁ = 0.1 · 0.1 + 0.5 · 0.3 + 0.25 = 0.41",
	     "sum_n1 = x1 * w1 + x2 * w3 + B1 = 0.1 * 0.1 + 0.5 * 0.3 + 0.25 = 0.41"},
	    {6, "ŷ₁ = 1 / (1 + e^(−sum_ŷ₁)) = 1 / (1 + e^(−1.01977)) = 0.734929",
	     "y1 = 1 / (1 + e^(-sum_y1)) = 1 / (1 + e^(-1.01977)) = 0.734929"},
	    {9, "E₁ = ½ (t₁ − ŷ₁)² = ½ · (0.05 − 0.734929)² = 0.234564",
	     "E1 = 1/2 (t1 - y1)^2 = 1/2 * (0.05 - 0.734929)^2 = 0.234564"},
	    {11, "E = E₁ + E₂ = 0.234564 + 0.0145259 = 0.24909",
	     "E = E1 + E2 = 0.234564 + 0.0145259 = 0.24909"},
	    {13, "∂ŷ₁/∂sum_ŷ₁ = ŷ₁ (1 − ŷ₁) = 0.734929 · (1 − 0.734929) = 0.194809",
	     "dy1/dsum_y1 = y1 (1 - y1) = 0.734929 * (1 - 0.734929) = 0.194809"},
	    {14, "∂sum_ŷ₁/∂w₅ = n₁ = 0.601088", "dsum_y1/dw5 = n1 = 0.601088"},
	    {15,
	     "∂E₁/∂w₅ = ∂E₁/∂ŷ₁ · ∂ŷ₁/∂sum_ŷ₁ · ∂sum_ŷ₁/∂w₅ "
	     "= 0.684929 · 0.194809 · 0.601088 = 0.0802031",
	     "dE1/dw5 = dE1/dy1 * dy1/dsum_y1 * dsum_y1/dw5 "
	     "= 0.684929 * 0.194809 * 0.601088 = 0.0802031"},
	    {16, "∂E/∂w₅ = ∂E₁/∂w₅ = 0.0802031", "dE/dw5 = dE1/dw5 = 0.0802031"},
	    {44, "∂E/∂w₁ = ∂E₁/∂w₁ + ∂E₂/∂w₁ = 0.0015997 + (−0.000491642) = 0.00110806",
	     "dE/dw1 = dE1/dw1 + dE2/dw1 = 0.0015997 + (-0.000491642) = 0.00110806"},
	    {88, "∂sum_n₁/∂B₁ = 1", "dsum_n1/dB1 = 1"},
	    {108,
	     "∂E/∂B₁ = path₁ + path₂ + path₃ + path₄ "
	     "= 0.015997 + 0.0189486 + (−0.00491642) + (−0.00554625) = 0.024483",
	     "dE/dB1 = path1 + path2 + path3 + path4 "
	     "= 0.015997 + 0.0189486 + (-0.00491642) + (-0.00554625) = 0.024483"},
	    {118, "w₅ ← w₅ − η · ∂E/∂w₅ = 0.5 − 0.6 · 0.0802031 = 0.451878",
	     "w5 <- w5 - rate * dE/dw5 = 0.5 - 0.6 * 0.0802031 = 0.451878"},
	    {128, "all parameters take their new values at once",
	     "all parameters take their new values at once"},
	};
	struct trip trip;
	start(&trip, CHAIN_PATHS);
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		assert_line(&trip, rows[k].index, GLYPHS_UNICODE, rows[k].unicode);
		assert_line(&trip, rows[k].index, GLYPHS_ASCII, rows[k].ascii);
	}
	assert_line(&trip, 13, GLYPHS_LATEX,
		    "\\frac{\\partial \\hat{y}_{1}}{\\partial \\mathrm{sum}_{\\hat{y}_{1}}} = "
		    "\\hat{y}_{1} (1 - \\hat{y}_{1}) = "
		    "0.734929 \\cdot (1 - 0.734929) = 0.194809");
	stop(&trip);
}

static void test_lines_of_deltas(void **state)
{
	(void)state;
	struct trip trip;
	start(&trip, CHAIN_DELTAS);
	assert_line(&trip, 14, GLYPHS_ASCII,
		    "dE/dsum_y1 = dE/dy1 * y1 (1 - y1) = "
		    "0.684929 * 0.734929 * (1 - 0.734929) = 0.13343");
	assert_line(&trip, 16, GLYPHS_UNICODE,
		    "∂E/∂n₁ = ∂E/∂sum_ŷ₁ · w₅ + ∂E/∂sum_ŷ₂ · w₇ = "
		    "0.13343 · 0.5 + (−0.0292911) · 0.7 = 0.0462112");
	assert_line(&trip, 28, GLYPHS_UNICODE,
		    "∂E/∂B₁ = ∂E/∂sum_n₁ · 1 + ∂E/∂sum_n₂ · 1 = "
		    "0.0110806 · 1 + 0.0134024 · 1 = 0.024483");
	stop(&trip);
}

static void test_so_far(void **state)
{
	(void)state;
	struct trip trip;
	struct formula_style style = {GLYPHS_UNICODE, false, 6};
	struct strbuf out = {0};
	start(&trip, CHAIN_PATHS);
	assert_null(step_at(&trip, 12).so_far);
	assert_null(step_at(&trip, 15).so_far);
	struct step step = step_at(&trip, 13);
	step_print_so_far(&step, &style, &out);
	assert_string_equal(strbuf_str(&out), "0.684929 · 0.194809 = 0.13343");
	strbuf_clear(&out);
	step = step_at(&trip, 14);
	step_print_so_far(&step, &style, &out);
	assert_string_equal(strbuf_str(&out), "0.684929 · 0.194809 · 0.601088 = 0.0802031");
	strbuf_free(&out);
	stop(&trip);
}

/* The lecture makes a point of reuse: one mark per factor, in the order of the trip. */
static void test_reused(void **state)
{
	(void)state;
	static const char wanted[] = "--- ++- --- ++- "         /* w5 w6 w7 w8 */
				     "++--- ++-++ ++--- ++-++ " /* w1 w2 */
				     "++++- +++++ ++++- +++++ " /* w3 w4 */
				     "++++- ++++- +++++ +++++ " /* B1 */
				     "++- ++- ";                /* B2 */
	struct trip trip;
	struct strbuf out = {0};
	start(&trip, CHAIN_PATHS);
	for (uint64_t index = 1; index <= stepper_n_steps(&trip.stepper); index++) {
		struct step step = step_at(&trip, index);
		if (place_is(&step.place, "factor"))
			strbuf_add(&out, step.reused ? "+" : "-");
		else
			assert_false(step.reused);
		if (place_is(&step.place, "product"))
			strbuf_add(&out, " ");
	}
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
	stop(&trip);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_known_numbers),   cmocka_unit_test(test_numbers_by_hand),
	    cmocka_unit_test(test_order_by_paths),  cmocka_unit_test(test_order_by_deltas),
	    cmocka_unit_test(test_training_some),   cmocka_unit_test(test_lines_of_paths),
	    cmocka_unit_test(test_lines_of_deltas), cmocka_unit_test(test_so_far),
	    cmocka_unit_test(test_reused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
