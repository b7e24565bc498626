/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trial.c -- counts through the shapes of an op's inputs. */
#include "trial.h"

#include <math.h>

#include "../../src/engine/passes.h"

enum input_kind { DATA, PARAM, BATCH, N_INPUT_KINDS };

/* The inputs of one trial. */
struct shapes {
	enum input_kind kinds[OP_MAX_SLOTS];
	size_t rows[OP_MAX_SLOTS], cols[OP_MAX_SLOTS];
};

double trial_number(struct trial *trial)
{
	if (random_below(&trial->random, 8) == 0)
		return 0.0;
	return 4.0 * random_uniform(&trial->random) - 2.0;
}

/* Now and then a whole number, so that pieces that meet away from 0 are met too. */
static double one_of_few(struct trial *trial)
{
	if (random_below(&trial->random, 8) == 0)
		return (double)random_below(&trial->random, 3) - 1.0;
	return trial_number(trial);
}

/* A number in the domain of slot k of op: the targets of a loss may be at its ends, what else is
 * derived by keeps away from them. A domain without end is tried at its start, a wide one near 0.
 */
static double number_for(struct trial *trial, const struct op *op, size_t k)
{
	if (k >= op->n_slots) /* the op itself, until it is computed */
		return trial_number(trial);
	const struct op_slot *slot = &op->slots[k];
	double width = isinf(slot->most) ? TRIAL_WIDTH : slot->most - slot->least;
	if (width == 0.0 || width > 4.0 * TRIAL_WIDTH)
		return one_of_few(trial);
	if (op->family != OP_LOSS || k == 0)
		return slot->least + width * (0.1 + 0.8 * random_uniform(&trial->random));
	size_t choice = random_below(&trial->random, 4);
	return choice == 0   ? slot->least
	       : choice == 1 ? slot->most
			     : slot->least + width * random_uniform(&trial->random);
}

static bool add_inputs(struct trial *trial, const struct op *op, const struct shapes *shapes,
		       struct node *inputs[OP_MAX_SLOTS])
{
	for (size_t k = 0; k < op->n_slots; k++) {
		inputs[k] =
		    shapes->kinds[k] == PARAM
			? graph_add_param(&trial->graph, shapes->rows[k], shapes->cols[k], NULL)
			: graph_add_data(&trial->graph, NODE_INPUT, shapes->rows[k]);
		if (!inputs[k])
			return false;
		if (shapes->kinds[k] == BATCH)
			node_make_per_batch(inputs[k]);
		inputs[k]->prefix = op->slots[k].name;
	}
	return true;
}

static void fill_node(struct trial *trial, struct node *node, size_t slot)
{
	for (size_t e = 0; e < node->rows * node->stride; e++) {
		bool held = node_holds(node, e);
		node->value[e] = held ? number_for(trial, trial->node->op, slot) : TRIAL_UNUSED;
		node->grad[e] = held ? trial_number(trial) : TRIAL_UNUSED;
	}
}

/* Of the op that has one of its own in each row. */
static const struct op_part parts[TRIAL_MAX_ROWS] = {
    {&op_tanh, {0}}, {&op_relu, {0}}, {&op_leaky_relu, {0.25}}, {&op_sigmoid, {0}}};

static bool start(struct trial *trial, const struct op *op, const struct shapes *shapes)
{
	static const size_t rows[TRIAL_MAX_EXAMPLES] = {0, 1, 2, 3, 4};
	struct node *inputs[OP_MAX_SLOTS];
	graph_init(&trial->graph, trial->arena, TRIAL_MAX_EXAMPLES);
	if (!add_inputs(trial, op, shapes, inputs) ||
	    graph_add_op(&trial->graph, op, NULL, inputs, &trial->node, NULL) ||
	    graph_allocate(&trial->graph, NULL))
		return false;
	trial->node->prefix = "y";
	trial->node->parts = op == &op_per_unit ? parts : NULL;
	for (size_t k = 0; k < trial->graph.n_nodes; k++)
		if (trial->graph.is_coupled && trial->graph.nodes[k]->kind != NODE_PARAM)
			trial->graph.nodes[k]->examples = rows; /* as the model does */
	graph_set_examples(&trial->graph, TRIAL_EXAMPLES);
	for (size_t k = 0; k < trial->graph.n_nodes; k++)
		fill_node(trial, trial->graph.nodes[k], k);
	graph_forward(&trial->graph);
	return true;
}

/* The next combination; false after the last. Columns count for parameters only. */
static bool next_shapes(struct shapes *shapes, size_t n_slots)
{
	for (size_t k = 0; k < n_slots; k++) {
		if (++shapes->rows[k] <= TRIAL_MAX_ROWS)
			return true;
		shapes->rows[k] = 1;
		if (shapes->kinds[k] == PARAM && ++shapes->cols[k] <= TRIAL_MAX_ROWS)
			return true;
		shapes->cols[k] = 1;
	}
	return false;
}

/* The next combination of kinds; false after the last. The ops of a graph take parameters
 * anywhere; of the others what comes first is always data. */
static bool next_kinds(struct shapes *shapes, const struct op *op)
{
	bool anywhere = op->family == OP_ARITHMETIC;
	for (size_t k = anywhere ? 0 : 1; k < op->n_slots; k++) {
		if (++shapes->kinds[k] < (anywhere ? BATCH : N_INPUT_KINDS))
			return true;
		shapes->kinds[k] = DATA;
	}
	return false;
}

size_t trial_each(const struct op *op, uint64_t seed, void (*visit)(struct trial *trial))
{
	size_t n = 0;
	struct trial trial = {.arena = arena_new()};
	random_seed(&trial.random, seed);
	bool anywhere = op->family == OP_ARITHMETIC;
	struct shapes kinds = {.rows = {1, 1, 1}, .cols = {1, 1, 1}};
	do { /* until there are kinds that op accepts; the ops of a graph are tried with all */
		struct shapes shapes = kinds;
		while (trial.arena) {
			arena_reset(trial.arena);
			if (start(&trial, op, &shapes)) {
				visit(&trial);
				n++;
			}
			if (!next_shapes(&shapes, op->n_slots))
				break;
		}
	} while ((n == 0 || anywhere) && next_kinds(&kinds, op));
	arena_free(trial.arena);
	return n;
}
