/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loss.h -- what every loss shares that compares one output p with its target t. */
#ifndef BACKSTEP_ENGINE_LOSS_H
#define BACKSTEP_ENGINE_LOSS_H

#include "elementwise.h"

/* Writes what the row of a loss of loss_list.h needs. */
#define LOSS_KERNEL(op)                                                                          \
	FEW_KERNEL(op, loss_##op.few)                                                            \
	static void op##_forward(struct node *node)                                              \
	{                                                                                        \
		const double *p = node->inputs[0]->value, *t = node->inputs[1]->value;           \
		struct runs runs = elementwise_runs(node);                                       \
		for (size_t k = 0, e = 0; k < runs.count; k++, e += node->stride)                \
			kernels_current()->loss_##op.forward(runs.length, p + e, t + e,          \
							     node->attributes, node->value + e); \
	}                                                                                        \
	static void op##_backward(struct node *node)                                             \
	{                                                                                        \
		const double *p = node->inputs[0]->value, *t = node->inputs[1]->value;           \
		struct runs runs = elementwise_runs(node);                                       \
		for (size_t slot = 0; slot < 2; slot++)                                          \
			for (size_t k = 0, e = 0;                                                \
			     k < runs.count && !node->inputs[slot]->grad_unwanted;               \
			     k++, e += node->stride)                                             \
				kernels_current()->loss_##op.backward(                           \
				    runs.length, p + e, t + e, node->attributes, node->grad + e, \
				    node->inputs[slot]->grad + e, slot, !node->sets[slot]);      \
	}                                                                                        \
	static double op##_partial(const struct node *node, size_t i, size_t slot, size_t j)     \
	{                                                                                        \
		if (i != j)                                                                      \
			return 0.0;                                                              \
		return loss_##op##_slope(node->inputs[0]->value[i], node->inputs[1]->value[i],   \
					 node->attributes, slot);                                \
	}

#define LOSS_ROW(op)                                                                      \
	.family = OP_LOSS, .n_slots = 2, .slots = {"p", "t"}, .infer = elementwise_infer, \
	.forward = op##_forward, .backward = op##_backward, .inputs = elementwise_inputs, \
	.partial = op##_partial, .minds_sets = true, .shows_grads = true, .few = op##_few

#endif
