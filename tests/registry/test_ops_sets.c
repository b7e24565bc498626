/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_ops_sets.c -- for every op: backward that sets gradients gives what adding to 0 gives, and
 * leaves alone what is not wanted. */
#include <string.h>

#include "check.h"
#include "support/trial.h"

enum { ROOM = 64 };

/* Runs backward with every input's gradient at start before. */
static void backward_from(struct trial *trial, double start, bool sets)
{
	struct node *node = trial->node;
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		struct node *in = node->inputs[slot];
		node->sets[slot] = sets;
		for (size_t e = 0; e < in->rows * in->stride; e++)
			in->grad[e] = start;
	}
	node->op->backward(node);
}

static void check_sets(struct trial *trial)
{
	struct node *node = trial->node;
	double wanted[OP_MAX_SLOTS][ROOM];
	backward_from(trial, 0.0, false);
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *in = node->inputs[slot];
		assert_true(in->rows * in->stride <= ROOM);
		memcpy(wanted[slot], in->grad, in->rows * in->stride * sizeof(double));
	}
	backward_from(trial, 777.0, true);
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *in = node->inputs[slot];
		for (size_t e = 0; e < in->rows * in->stride; e++)
			assert_true(in->grad[e] == (node_holds(in, e) ? wanted[slot][e] : 777.0));
	}
}

static void check_unwanted(struct trial *trial)
{
	struct node *node = trial->node;
	for (size_t slot = 0; slot < node->op->n_slots; slot++)
		node->inputs[slot]->grad_unwanted = node->inputs[slot]->kind != NODE_PARAM;
	backward_from(trial, 777.0, true);
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *in = node->inputs[slot];
		for (size_t e = 0; in->grad_unwanted && e < in->rows * in->stride; e++)
			assert_same_bits(in->grad[e], 777.0);
	}
}

static void check_trial(struct trial *trial)
{
	if (!trial->node->op->minds_sets)
		return;
	check_sets(trial);
	check_unwanted(trial);
}

static void test_every_op(void **state)
{
	(void)state;
	for (const struct op *const *op = op_registry; *op; op++)
		assert_true(trial_each(*op, 17, check_trial) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_op)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
