/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unary.h -- template: the loops of an elementwise op of one slot, OP, and its small layers. */
#include "names.h"

static void NAME(values)(size_t n, const double *restrict x, const double *restrict attributes,
			 double *restrict y)
{
	for (size_t k = 0; k < n; k++)
		y[k] = NAME(value)(x[k], attributes);
}

static void NAME(forward)(const struct fast_step *step)
{
	const struct node *node = step->node;
	const struct runs runs = runs_of(node);
	for (size_t k = 0, e = 0; k < runs.count; k++, e += node->stride)
		NAME(values)
	(runs.length, node->inputs[0]->value + e, node->attributes, node->value + e);
}

/* Math: dx = dy slope(x, y); where add is set, dx += that. Shapes: all [n]. */
static void NAME(gradients)(size_t n, const double *restrict x, const double *restrict y,
			    const double *restrict attributes, const double *restrict dy,
			    double *restrict dx, bool add)
{
	if (add)
		for (size_t k = 0; k < n; k++)
			dx[k] += dy[k] * NAME(slope)(x[k], y[k], attributes);
	else
		for (size_t k = 0; k < n; k++)
			dx[k] = dy[k] * NAME(slope)(x[k], y[k], attributes);
}

static void NAME(backward)(const struct fast_step *step)
{
	const struct node *node = step->node, *x = node->inputs[0];
	const struct runs runs = runs_of(node);
	if (step->grads[0] == FAST_SKIP)
		return;
	for (size_t k = 0, e = 0; k < runs.count; k++, e += node->stride)
		NAME(gradients)
	(runs.length, x->value + e, node->value + e, node->attributes, node->grad + e, x->grad + e,
	 step->grads[0] == FAST_ADD);
}

#include "layer.h"
#undef OP
