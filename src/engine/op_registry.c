/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_registry.c -- the table of ops, made from op_list.h. */
#include <string.h>

#include "backstep/engine/op.h"

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
