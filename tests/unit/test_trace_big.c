/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_big.c -- networks whose steps and paths nobody could list: counts, jumps, and sums
 * that are too long to read. */
#include "check.h"

#include <string.h>

#include "support/formulas.h"
#include "support/networks.h"

static size_t param_called(const struct network *net, const char *name)
{
	size_t param;
	assert_true(model_find_param(net->model, name, &param));
	return param;
}

/* Goes to the first step about the parameter. */
static struct step go_to_param(struct stepper *stepper, struct arena *arena, size_t param)
{
	struct step step;
	const struct plan *plan = &stepper->plan;
	uint64_t index = walk_param(stepper_walk(stepper), PHASE_BACKWARD, plan->rank[param]);
	assert_int_equal(stepper_go_index(stepper, index + 1, NULL), STATUS_OK);
	assert_int_equal(stepper_current(stepper, arena, &step, NULL), STATUS_OK);
	assert_int_equal(step.place.param, param);
	return step;
}

/* 784-128-10: a weight of the first layer has a path through each output. */
static void test_784_128_10(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	struct arena *arena = arena_new();
	assert_int_equal(network_784_128_10(&net), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
	const struct plan *plan = &stepper.plan;
	size_t w1 = param_called(&net, "W_h1_[100,700]"), w2 = param_called(&net, "W_h2_[3,5]");
	assert_int_equal(plan->form, CHAIN_PATHS);
	assert_int_equal(plan->max_paths, 10);
	assert_int_equal(plan->paths[plan->rank[w1]], 10);
	assert_int_equal(plan->paths[plan->rank[w2]], 1);
	/* units and losses; 1 path of 3 factors or 10 of 5, with products and the gradient; new
	 * values and the commit */
	uint64_t n1 = 784 * 128 + 128, n2 = 128 * 10 + 10;
	assert_int_equal(stepper_n_steps(&stepper), 2 * 138 + 11 + n2 * 5 + n1 * 61 + n1 + n2 + 1);
	struct step step = go_to_param(&stepper, arena, w1);
	assert_string_equal(step.place.class->name, "factor");
	assert_string_equal(step.of, "E1");
	assert_int_equal(stepper_go_index(&stepper, stepper.index + 60, NULL), STATUS_OK);
	assert_int_equal(stepper_current(&stepper, arena, &step, NULL), STATUS_OK);
	assert_string_equal(step.place.class->name, "gradient");
	assert_int_equal(step.place.param, w1);
	double scale = formula_scale(step.rule), sum = formula_eval(step.rule);
	assert_true(fabs(sum - net.model->graph.grad[w1]) <= 1e-12 * scale);
	assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_next(&stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_go(&stepper, 17, NULL), STATUS_OK);
	arena_free(arena);
	stepper_free(&stepper);
	network_free(&net);
}

/* 20 layers of 16: 16^20 paths to the first layer. Deltas walk it; paths are refused. */
static void test_deep(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	struct plan plan;
	struct error err = {0};
	struct arena *arena = arena_new();
	assert_int_equal(network_deep(&net), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
	assert_int_equal(stepper.plan.form, CHAIN_DELTAS);
	assert_int_equal(stepper.plan.max_paths, UINT64_MAX); /* more than can be counted */
	uint64_t n = 20 * 17 * 16;
	assert_int_equal(stepper_n_steps(&stepper), 640 + 17 + 640 + n + n + 1);
	struct step step = go_to_param(&stepper, arena, param_called(&net, "W_h1_[2,3]"));
	assert_string_equal(step.place.class->name, "gradient");
	assert_true(fabs(formula_eval(step.rule) - step.value) <= 1e-12 * formula_scale(step.rule));
	assert_int_equal(stepper_set_chain(&stepper, CHAIN_PATHS, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message,
			    "a parameter of this network has more than 100000 paths to the loss");
	assert_string_equal(err.hint, "use set chain deltas");
	assert_int_equal(stepper.plan.form, CHAIN_DELTAS); /* nothing has changed */
	assert_int_equal(stepper.plan.form, CHAIN_DELTAS);
	assert_int_equal(plan_init(&plan, net.model, &net.optimizer, CHAIN_PATHS, NULL),
			 STATUS_BAD_INPUT);
	arena_free(arena);
	stepper_free(&stepper);
	network_free(&net);
}

/* The widest network that paths is the default for has 64 of them; 65 are too many. */
static void test_when_deltas_are_the_default(void **state)
{
	(void)state;
	static const struct {
		size_t sizes[4];
		enum chain_form form;
	} cases[] = {{{1, 1, 8, 8}, CHAIN_PATHS},
		     {{1, 1, 64, 1}, CHAIN_PATHS},
		     {{1, 1, 65, 1}, CHAIN_DELTAS},
		     {{1, 1, 13, 5}, CHAIN_DELTAS}};
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct network net;
		struct plan plan;
		assert_int_equal(network_dense(&net, cases[k].sizes, 4, &op_sigmoid, 1, 1),
				 STATUS_OK);
		assert_int_equal(plan_init(&plan, net.model, &net.optimizer, CHAIN_AUTO, NULL),
				 STATUS_OK);
		assert_int_equal(plan.form, cases[k].form);
		plan_free(&plan);
		network_free(&net);
	}
}

/* Where path number q of the 40 * 40 of a weight goes: first the loss, then the outer unit. */
static void test_paths_by_number(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 1, 40, 40};
	struct network net;
	struct stepper stepper;
	assert_int_equal(network_dense(&net, sizes, 4, &op_sigmoid, 1, 1), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_PATHS), STATUS_OK);
	size_t k = stepper.plan.rank[param_called(&net, "W_h1_[1,1]")];
	assert_int_equal(stepper.plan.paths[k], 1600);
	double sum = 0.0, scale = 0.0;
	struct arena *arena = arena_new();
	for (uint64_t path = 0; path < 1600; path++) {
		struct chain chain;
		arena_reset(arena);
		assert_true(chain_make(&stepper.plan, k, 0, path, arena, &chain));
		assert_int_equal(chain.n_links, 7);
		const struct link *links = chain.links;
		assert_int_equal(node_row(links[0].node, links[0].i), path / 40);
		assert_int_equal(node_row(links[2].node->inputs[0], links[2].j), path % 40);
		double product = chain_value(&chain, 7);
		sum += product;
		scale += fabs(product);
	}
	arena_free(arena);
	assert_true(fabs(sum - net.model->graph.grad[stepper.plan.order[k]]) <= 1e-12 * scale);
	stepper_free(&stepper);
	network_free(&net);
}

static void assert_shortened(struct stepper *stepper, uint64_t index, struct arena *arena,
			     const char *first, const char *last)
{
	struct step step;
	struct strbuf line = {0};
	struct formula_style style = {GLYPHS_ASCII, false, 6};
	assert_int_equal(stepper_at(stepper, index, arena, &step, NULL), STATUS_OK);
	assert_true(formula_is_shortened(step.rule));
	assert_true(isfinite(step.value));
	formula_print(step.rule, &style, &line);
	assert_non_null(strstr(line.data, first));
	assert_non_null(strstr(line.data, "..."));
	assert_non_null(strstr(line.data, last));
	assert_true(line.len < 600);
	strbuf_free(&line);
}

/* Sums of more than 16 terms show the first ones, an ellipsis, and the last. */
static void test_long_sums(void **state)
{
	(void)state;
	static const size_t sizes[] = {20, 2, 18};
	struct network net;
	struct stepper stepper;
	struct arena *arena = arena_new();
	assert_int_equal(network_dense(&net, sizes, 3, &op_sigmoid, 17, 17), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_DELTAS), STATUS_OK);
	const struct plan *plan = &stepper.plan;
	uint64_t loss = walk_phase(&stepper.full, PHASE_BACKWARD);
	assert_shortened(&stepper, 1, arena, "x1 * W_h1_[1,1] + ", "x20 * W_h1_[1,20] + b_h1_");
	assert_shortened(&stepper, loss, arena, "1/17 (E(1) + E(2) + ", " + E(17))");
	/* the delta of h1_1 is fed by 18 units; its place is after those of the outputs */
	uint64_t delta = loss + 17 * (18 + 18) + 1;
	assert_shortened(&stepper, delta, arena, "dE/dsum_h2_1 * W_h2_[1,1] + ",
			 "dE/dsum_h2_18 * W_h2_[18,1]");
	assert_int_equal(stepper_set_chain(&stepper, CHAIN_PATHS, NULL), STATUS_OK);
	size_t w = param_called(&net, "W_h1_[1,1]");
	uint64_t index = walk_param(&stepper.full, PHASE_BACKWARD, plan->rank[w]) + 18 * 6 + 1;
	assert_shortened(&stepper, index, arena, "dE1/dW_h1_[1,1] + ", "dE18/dW_h1_[1,1]");
	index = walk_param(&stepper.full, PHASE_BACKWARD, plan->rank[w] + 1);
	assert_shortened(&stepper, index, arena, "dE(1)/dW_h1_[1,1] + ", "dE(17)/dW_h1_[1,1]");
	arena_free(arena);
	stepper_free(&stepper);
	network_free(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_784_128_10),
	    cmocka_unit_test(test_deep),
	    cmocka_unit_test(test_when_deltas_are_the_default),
	    cmocka_unit_test(test_paths_by_number),
	    cmocka_unit_test(test_long_sums),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
