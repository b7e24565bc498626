/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_registry.c -- the table of ops, made from op_list.h, and what its readers ask of a row. */
#include <string.h>

#include "passes.h"

const struct op *const op_registry[] = {
#define OP(name) &op_##name,
#include "backstep/engine/op_list.h"
#undef OP
    NULL,
};

const struct op *op_find(enum op_family family, const char *name)
{
	for (const struct op *const *op = op_registry; *op; op++)
		if ((*op)->family == family && strcmp((*op)->name, name) == 0)
			return *op;
	return NULL;
}

const char *op_rule(const struct node *node, size_t i)
{
	const struct op *op = node->op;
	return op->cases && op->cases->rule ? op->cases->rule(node, i) : op->rule;
}

const char *op_partial_rule(const struct node *node, size_t i, size_t slot, size_t j)
{
	const struct op *op = node->op;
	return op->cases && op->cases->partial ? op->cases->partial(node, i, slot, j)
					       : op->slots[slot].partial;
}

int op_side(const struct node *node, size_t i)
{
	const struct op *op = node->op;
	return op->cases && op->cases->side ? op->cases->side(node, i) : 1;
}

bool op_is_at_kink(const struct node *node, size_t i)
{
	return op_side(node, i) == 0;
}
