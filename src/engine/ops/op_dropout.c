/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_dropout.c -- dropout, y = m x / (1 - rate): the mask m is 0 with probability rate, else 1.
 *
 * What is kept is scaled up in training (the inverted form), so that nothing has to be scaled where
 * the network is only used: there y = x. The op draws its mask itself, out of the seed, the update,
 * the layer and the column alone: going back to an update draws the same mask again, and none is
 * stored.
 * Source: N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: a
 * simple way to prevent neural networks from overfitting", JMLR 15 (2014), section 10 for the
 * scaling in training. */
#include "backstep/base/i18n.h"
#include "backstep/base/random.h"
#include "elementwise.h"

enum { SLOT_X, SLOT_M };

/* The mask that is given, the same in every update and column; false: it is drawn. */
static bool copy_column(struct node *m, size_t n)
{
	for (size_t row = 0; m->given && row < m->rows; row++)
		m->value[row * m->stride + n] = m->given[row];
	return m->given;
}

/* The mask of one column; a seed that differs in any part gives another one. */
static void draw_column(struct node *m, size_t n, double rate)
{
	const uint64_t parts[] = {m->graph->update, m->layer, n};
	struct random random;
	uint64_t key = m->seed;
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
		random_seed(&random, key ^ parts[k]);
		key = random_next(&random);
	}
	random_seed(&random, key);
	for (size_t row = 0; row < m->rows; row++)
		m->value[row * m->stride + n] = random_uniform(&random) < rate ? 0.0 : 1.0;
}

static void dropout_forward(struct node *node)
{
	const struct node *x = node->inputs[SLOT_X];
	struct node *m = node->inputs[SLOT_M];
	double rate = node->attributes[0];
	bool training = node->graph->mode == GRAPH_TRAIN;
	for (size_t n = 0; training && m->kind == NODE_MASK && n < m->cols; n++)
		if (!copy_column(m, n))
			draw_column(m, n, rate);
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)
			node->value[e] =
			    training ? m->value[e] * x->value[e] / (1.0 - rate) : x->value[e];
}

static double dropout_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	const struct node *other = node->inputs[slot == SLOT_X ? SLOT_M : SLOT_X];
	return i == j ? other->value[i] / (1.0 - node->attributes[0]) : 0.0;
}

static void dropout_backward(struct node *node)
{
	for (size_t slot = 0; slot < 2; slot++)
		for (size_t row = 0; row < node->rows; row++)
			for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)
				node->inputs[slot]->grad[e] +=
				    node->grad[e] * dropout_partial(node, e, slot, e);
}

static const struct hyper attributes[] = {
    {"rate", "p", N_("the share of units that are dropped"), 0.5, 0.0, 0.99},
};

static const struct op_slot slots[] = {
    [SLOT_X] = {.name = "x",
		.partial = "m/(1 - rate)",
		.why = N_("a unit that was dropped passes nothing back")},
    [SLOT_M] = {.name = "m",
		.partial = "x/(1 - rate)",
		.why = N_("what the unit would have given")},
};

const struct op op_dropout = {
    .name = "dropout",
    .summary = N_("drop units at random, scale up those that are kept"),
    .family = OP_LAYER,
    SLOTS(slots),
    ATTRIBUTES(attributes),
    .rule = "m*x/(1 - rate)",
    .infer = elementwise_infer,
    .forward = dropout_forward,
    .backward = dropout_backward,
    .inputs = elementwise_inputs,
    .partial = dropout_partial,
};
