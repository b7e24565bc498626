/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pair.h -- template: the loops of an elementwise op of two slots, OP: of a loss, p and t. Who
 * includes it undefines OP. */
#include "names.h"

static void NAME(values)(size_t n, const double *restrict p, const double *restrict t,
			 const double *restrict attributes, double *restrict y)
{
	for (size_t k = 0; k < n; k++)
		y[k] = NAME(value)(p[k], t[k], attributes);
}

static void NAME(forward)(const struct fast_step *step)
{
	const struct node *node = step->node;
	const struct runs runs = runs_of(node);
	for (size_t k = 0, e = 0; k < runs.count; k++, e += node->stride)
		NAME(values)
	(runs.length, node->inputs[0]->value + e, node->inputs[1]->value + e, node->attributes,
	 node->value + e);
}

/* Math: d = dy slope(p, t, y) by slot; where add is set, d += that. Shapes: all [n]. */
INLINE void NAME(slot_gradients)(size_t n, const double *restrict p, const double *restrict t,
				 const double *restrict y, const double *restrict attributes,
				 const double *restrict dy, double *restrict d, size_t slot,
				 bool add)
{
	for (size_t k = 0; k < n; k++) {
		double part = dy[k] * NAME(slope)(p[k], t[k], y[k], attributes, slot);
		d[k] = add ? d[k] + part : part;
	}
}

static void NAME(gradients)(size_t n, const double *p, const double *t, const double *y,
			    const double *attributes, const double *dy, double *d, size_t slot,
			    bool add)
{
	if (slot == 0 && !add)
		NAME(slot_gradients)(n, p, t, y, attributes, dy, d, 0, false);
	else
		NAME(slot_gradients)(n, p, t, y, attributes, dy, d, slot, add);
}

static void NAME(backward)(const struct fast_step *step)
{
	const struct node *node = step->node, *p = node->inputs[0], *t = node->inputs[1];
	const struct runs runs = runs_of(node);
	for (size_t k = 0, e = 0; k < runs.count; k++, e += node->stride)
		for (size_t slot = 0; slot < 2; slot++)
			if (step->grads[slot] != FAST_SKIP)
				NAME(gradients)
	(runs.length, p->value + e, t->value + e, node->value + e, node->attributes, node->grad + e,
	 node->inputs[slot]->grad + e, slot, step->grads[slot] == FAST_ADD);
}
