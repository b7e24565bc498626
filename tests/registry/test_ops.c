/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_ops.c -- what every op of the registry promises, checked for every row alike.
 *
 * There is no line here for a particular op: a new row of op_list.h is tested as it is. */
#include "check.h"

#include <string.h>

#include "../../src/engine/passes.h"
#include "../../src/trace/bind.h"
#include "support/complex_step.h"
#include "support/formulas.h"
#include "support/trial.h"

enum { N_SEEDS = 16 };
#define STEP 1e-5 /* of central differences: as in the gradient check */

/* What test_partial_is_central_difference has seen of an op: slopes compared, kinks skipped. */
static size_t n_partials, n_kinks;

/* Runs visit on trials of op, of several seeds. */
static void each_trial(const struct op *op, void (*visit)(struct trial *trial))
{
	for (uint64_t seed = 1; seed <= N_SEEDS; seed++)
		if (trial_each(op, seed, visit) == 0)
			fail_msg("%s accepts no shapes at all", op->name);
}

static void each_op(void (*visit)(struct trial *trial))
{
	for (const struct op *const *op = op_registry; *op; op++)
		each_trial(*op, visit);
}

/* Runs visit on every edge: output element i, input element j of slot. */
static void each_edge(struct trial *trial,
		      void (*visit)(struct trial *trial, size_t i, size_t slot, size_t j))
{
	struct node *node = trial->node;
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		struct node *input = node->inputs[slot];
		for (size_t i = 0; i < node->rows * node->stride; i++)
			for (size_t j = 0; j < input->rows * input->stride; j++)
				if (node_holds(node, i) && node_holds(input, j))
					visit(trial, i, slot, j);
	}
}

static bool reaches(const struct node *node, size_t i, size_t slot, size_t j)
{
	return range_contains(node->op->inputs(node, i, slot), j);
}

/* y[i] with input element j moved by h; *side gets the piece that it is on. */
static double value_at(struct trial *trial, size_t i, size_t slot, size_t j, double h, int *side)
{
	struct node *node = trial->node;
	double *x = &node->inputs[slot]->value[j], kept = *x;
	*x = kept + h;
	node->op->forward(node);
	double y = node->value[i];
	*side = op_side(node, i);
	*x = kept;
	node->op->forward(node);
	return y;
}

static void check_slope(struct trial *trial, size_t i, size_t slot, size_t j)
{
	struct node *node = trial->node;
	double x = node->inputs[slot]->value[j], partial = node->op->partial(node, i, slot, j);
	int above, below;
	double up = value_at(trial, i, slot, j, STEP, &above);
	double down = value_at(trial, i, slot, j, -STEP, &below);
	if (above != below) {
		n_kinks++;
		return;
	}
	n_partials++;
	double numeric = (up - down) / ((x + STEP) - (x - STEP));
	/* the steeper, the more it bends within a step */
	assert_near(partial, numeric, 1e-8 * fmax(1.0, fabs(partial)));
}

static void partials_are_slopes(struct trial *trial)
{
	each_edge(trial, check_slope);
}

static void test_partial_is_central_difference(void **state)
{
	(void)state;
	for (const struct op *const *op = op_registry; *op; op++) {
		n_partials = n_kinks = 0;
		each_trial(*op, partials_are_slopes);
		assert_true(n_partials > 10 * n_kinks);
		if ((*op)->cases && (*op)->cases->side)
			assert_true(n_kinks > 0); /* the zeros among the inputs */
		else
			assert_int_equal(n_kinks, 0);
	}
}

/* An output depends on nothing outside op->inputs, and its partial there is exactly 0. */
static void check_reach(struct trial *trial, size_t i, size_t slot, size_t j)
{
	static const double moves[] = {-5.0, -0.5, 0.5, 5.0};
	struct node *node = trial->node;
	if (reaches(node, i, slot, j))
		return;
	int side;
	assert_same_bits(node->op->partial(node, i, slot, j), 0.0);
	double y = node->value[i];
	for (size_t k = 0; k < sizeof moves / sizeof *moves; k++)
		assert_same_bits(value_at(trial, i, slot, j, moves[k], &side), y);
}

static void inputs_cover_all(struct trial *trial)
{
	each_edge(trial, check_reach);
	struct node *node = trial->node;
	for (size_t i = 0; i < node->rows * node->stride; i++) {
		size_t n_inputs = 0;
		for (size_t slot = 0; node_holds(node, i) && slot < node->op->n_slots; slot++) {
			struct range range = node->op->inputs(node, i, slot);
			n_inputs += range.count;
			for (size_t q = 0; q < range.count; q++) {
				size_t j = range_at(range, q);
				assert_true(node_holds(node->inputs[slot], j));
				assert_true(range_contains(range, j));
				assert_int_equal(range_position(range, j), q);
				if (node->op->value && node->op->family != OP_ARITHMETIC)
					assert_int_equal(j, i);
			}
		}
		assert_true(n_inputs > 0 || !node_holds(node, i));
	}
}

static void test_inputs_cover_all_dependencies(void **state)
{
	(void)state;
	each_op(inputs_cover_all);
}

/* grad[j] before + sum over outputs of upstream times partial. */
static void backward_adds_up(struct trial *trial)
{
	struct node *node = trial->node;
	double before[OP_MAX_SLOTS][TRIAL_MAX_ROWS * TRIAL_MAX_EXAMPLES];
	for (size_t slot = 0; slot < node->op->n_slots; slot++)
		memcpy(before[slot], node->inputs[slot]->grad,
		       node->inputs[slot]->rows * node->inputs[slot]->stride * sizeof(double));
	node->op->backward(node);
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *input = node->inputs[slot];
		for (size_t j = 0; j < input->rows * input->stride; j++) {
			double sum = before[slot][j], scale = fabs(sum);
			for (size_t i = 0; i < node->rows * node->stride; i++) {
				if (!node_holds(node, i) || !node_holds(input, j))
					continue;
				double term = node->grad[i] * node->op->partial(node, i, slot, j);
				sum += term;
				scale += fabs(term);
			}
			assert_true(fabs(input->grad[j] - sum) <= 1e-14 * scale);
		}
	}
}

static void test_backward_is_upstream_times_partial(void **state)
{
	(void)state;
	each_op(backward_adds_up);
}

/* The passes leave alone what a batch smaller than the room for it does not use. */
static void unused_stays(struct trial *trial)
{
	trial->node->op->backward(trial->node);
	for (size_t k = 0; k < trial->graph.n_nodes; k++) {
		const struct node *node = trial->graph.nodes[k];
		for (size_t e = 0; e < node->rows * node->stride; e++) {
			if (node_holds(node, e))
				continue;
			assert_same_bits(node->value[e], TRIAL_UNUSED);
			assert_same_bits(node->grad[e], TRIAL_UNUSED);
		}
	}
}

static void test_unused_examples_stay(void **state)
{
	(void)state;
	each_op(unused_stays);
}

static void check_formula(const struct formula *f, double value)
{
	assert_non_null(f);
	assert_false(formula_is_shortened(f));
	assert_true(fabs(formula_eval(f) - value) <= 1e-12 * formula_scale(f));
}

static void check_partial_rule(struct trial *trial, size_t i, size_t slot, size_t j)
{
	const struct node *node = trial->node;
	if (!reaches(node, i, slot, j))
		return;
	struct link link = {node, i, slot, j};
	check_formula(bind_partial(trial->arena, &link), link_value(&link));
}

/* Also at kinks: the zeros among the inputs are not skipped here. */
static void rules_give_numbers(struct trial *trial)
{
	struct node *node = trial->node;
	for (size_t i = 0; i < node->rows * node->stride; i++)
		if (node_holds(node, i))
			check_formula(step_value_rule(trial->arena, node, i), node->value[i]);
	each_edge(trial, check_partial_rule);
}

static void test_rules_give_the_numbers(void **state)
{
	(void)state;
	each_op(rules_give_numbers);
}

/* The slope of the rule's text, by a derivation that shares nothing with the op's. */
static void check_complex_step(struct trial *trial, size_t i, size_t slot, size_t j)
{
	const struct node *node = trial->node;
	bool is_kink = op_is_at_kink(node, i);
	if (!reaches(node, i, slot, j) || is_kink)
		return;
	struct formula *rule = step_value_rule(trial->arena, node, i);
	struct formula *by = step_element_symbol(trial->arena, node->inputs[slot], j, NULL);
	assert_non_null(rule);
	assert_non_null(by);
	double slope = complex_step(rule, by->name), partial = node->op->partial(node, i, slot, j);
	n_partials++;
	assert_near(partial, slope, 1e-12);
}

static void partials_are_complex_steps(struct trial *trial)
{
	each_edge(trial, check_complex_step);
}

static void test_partial_is_complex_step(void **state)
{
	(void)state;
	for (const struct op *const *op = op_registry; *op; op++) {
		n_partials = 0;
		each_trial(*op, partials_are_complex_steps);
		assert_true(n_partials >= N_SEEDS);
	}
}

/* A NaN must reach the loss, or the walk would not stop at it. */
static void check_nan(struct trial *trial, size_t i, size_t slot, size_t j)
{
	int side;
	if (reaches(trial->node, i, slot, j))
		assert_true(isnan(value_at(trial, i, slot, j, (double)NAN, &side)));
}

static void nan_passes_on(struct trial *trial)
{
	each_edge(trial, check_nan);
}

static void test_nan_passes_on(void **state)
{
	(void)state;
	each_op(nan_passes_on);
}

/* What an op carries on is what its rule says, and stands in for its value where the network is
 * only used. */
static void carry_gives_numbers(struct trial *trial)
{
	struct node *node = trial->node;
	double next[TRIAL_MAX_ROWS], other[TRIAL_MAX_ROWS];
	assert_int_equal(trial->graph.n_state, node->op->carry ? node->rows : 0);
	if (!node->op->carry)
		return;
	for (size_t row = 0; row < node->rows; row++) {
		assert_same_bits(node->state[row], node->op->carry->initial);
		node->state[row] = trial_number(trial);
	}
	graph_carry(&trial->graph, next);
	for (size_t row = 0; row < node->rows; row++)
		check_formula(bind_carry(trial->arena, node, row * node->stride), next[row]);
	trial->graph.mode = GRAPH_EVALUATE;
	graph_forward(&trial->graph);
	assert_memory_equal(node->value, node->state, node->rows * sizeof *node->value);
	trial->graph.mode = GRAPH_TRAIN;
	graph_forward(&trial->graph);
	graph_carry(&trial->graph, other);
	assert_memory_equal(other, next, node->rows * sizeof *next);
}

static void test_carry_gives_the_numbers(void **state)
{
	(void)state;
	each_op(carry_gives_numbers);
}

/* Its whole range is accepted, and nothing outside. */
static void check_attribute(const struct op *op, const struct hyper *row)
{
	struct node node = {.op = op};
	assert_true(row->name && *row->name && row->summary && *row->summary);
	assert_true(row->min <= row->initial && row->initial <= row->max);
	assert_int_equal(node_set_attribute(&node, row->name, row->min, NULL), STATUS_OK);
	assert_int_equal(node_set_attribute(&node, row->name, row->max, NULL), STATUS_OK);
	double beyond[] = {nextafter(row->min, -INFINITY), nextafter(row->max, INFINITY),
			   (double)NAN};
	for (size_t k = 0; k < sizeof beyond / sizeof *beyond; k++) {
		struct error err = {0};
		assert_int_equal(node_set_attribute(&node, row->name, beyond[k], &err),
				 STATUS_BAD_INPUT);
		assert_non_null(strstr(err.message, row->name));
		assert_same_bits(node.attributes[row - op->attributes], row->max);
	}
	assert_int_equal(node_set_attribute(&node, "no-such", 1.0, NULL), STATUS_BAD_INPUT);
}

static void test_rows_are_complete(void **state)
{
	(void)state;
	for (const struct op *const *row = op_registry; *row; row++) {
		const struct op *op = *row;
		assert_true(op->name && *op->name && op->summary && *op->summary);
		assert_true(op->n_slots >= 1 && op->n_slots <= OP_MAX_SLOTS);
		assert_true(!op->value == !op->slope && !op->value2 == !op->slope2);
		assert_true(op->rule && op->infer && op->forward && op->backward && op->inputs &&
			    op->partial);
		for (size_t slot = 0; slot < op->n_slots; slot++) {
			const struct op_slot *s = &op->slots[slot];
			bool has_rule = op->cases && op->cases->partial;
			assert_true(s->name && *s->name && (has_rule || s->partial));
			assert_true(s->why && *s->why && s->least <= s->most);
		}
		if (op->carry)
			assert_true(op->carry->next && op->carry->rule && op->carry->summary);
		assert_true(op->n_attributes <= OP_MAX_ATTRIBUTES);
		for (size_t k = 0; k < op->n_attributes; k++)
			check_attribute(op, &op->attributes[k]);
		/* finds this very row: so no name stands twice in a family */
		assert_ptr_equal(op_find(op->family, op->name), op);
	}
	assert_null(op_find(OP_ACTIVATION, "no such op"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),
	    cmocka_unit_test(test_partial_is_central_difference),
	    cmocka_unit_test(test_partial_is_complex_step),
	    cmocka_unit_test(test_inputs_cover_all_dependencies),
	    cmocka_unit_test(test_backward_is_upstream_times_partial),
	    cmocka_unit_test(test_unused_examples_stay),
	    cmocka_unit_test(test_rules_give_the_numbers),
	    cmocka_unit_test(test_nan_passes_on),
	    cmocka_unit_test(test_carry_gives_the_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
