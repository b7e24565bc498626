/* SPDX-License-Identifier: GPL-3.0-or-later */
/* elementwise.c -- shape, reach and kink of element-by-element ops. */
#include "elementwise.h"

#include "backstep/base/i18n.h"

enum status elementwise_infer(struct node *node, struct error *err)
{
	node->rows = node->inputs[0]->rows;
	for (size_t slot = 1; slot < node->op->n_slots; slot++)
		if (node->inputs[slot]->rows != node->rows)
			return error_set(err, STATUS_BAD_INPUT,
					 _("%s: %zu and %zu elements do not fit together"),
					 node->op->name, node->rows, node->inputs[slot]->rows);
	return STATUS_OK;
}

struct range elementwise_inputs(const struct node *node, size_t i, size_t slot)
{
	(void)node, (void)slot;
	return (struct range){i, 1, 1};
}

int elementwise_side_of_zero(const struct node *node, size_t i)
{
	double x = node->inputs[0]->value[i];
	return (x > 0.0) - (x < 0.0);
}
