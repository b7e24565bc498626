/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_residual.c -- what a residual block ends in: y = x + F(x), the input added to what the block
 * made of it. The slot of F(x) comes first: it is the layer before, and x the one that was skipped.
 * Source: K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition" (2015),
 * eq. 1. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

static void residual_forward(struct node *node)
{
	const struct node *f = node->inputs[0], *x = node->inputs[1];
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)
			node->value[e] = x->value[e] + f->value[e];
}

static void residual_backward(struct node *node)
{
	for (size_t slot = 0; slot < 2; slot++)
		for (size_t row = 0; row < node->rows; row++)
			for (size_t n = 0, e = row * node->stride; n < node->cols; n++, e++)
				node->inputs[slot]->grad[e] += node->grad[e];
}

static double residual_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)node, (void)slot;
	return i == j ? 1.0 : 0.0;
}

const struct op op_residual = {
    .name = "residual",
    .summary = N_("the block's input added to its output"),
    .family = OP_LAYER,
    .n_slots = 2,
    .slots = {"f", "x"},
    .rule = "x + f",
    .partial_rule = {"1", "1"},
    .partial_why = {N_("a sum passes a change of any of its terms on as it is"),
		    N_("the skip passes a change on whole: this path cannot vanish")},
    .infer = elementwise_infer,
    .forward = residual_forward,
    .backward = residual_backward,
    .inputs = elementwise_inputs,
    .partial = residual_partial,
};
