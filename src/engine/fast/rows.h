/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h -- the tables of quick ops, each up to a row whose op is NULL. To add one: its file, its
 * line here, its name in find.c; for an elementwise op: its lines in variants/variant.h. */
#ifndef BACKSTEP_ENGINE_FAST_ROWS_H
#define BACKSTEP_ENGINE_FAST_ROWS_H

#include "plan.h"

extern const struct fast_op fast_linear[], fast_reductions[], fast_softmax[];

/* A node's elements as runs of neighbours: run k begins at k * stride. */
struct runs {
	size_t count, length;
};
static inline struct runs runs_of(const struct node *node)
{
	if (node->cols == node->stride)
		return (struct runs){1, node->rows * node->cols};
	return (struct runs){node->rows, node->cols};
}

#endif
