/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_place.c -- walks over a formula's places; only the way down to a place is copied. */
#include "backstep/formula/formula_place.h"

#include <string.h>

#include "backstep/base/contract.h"

bool formula_is_leaf(const struct formula *f)
{
	return f->kind == FORMULA_SYMBOL || f->kind == FORMULA_DERIVATIVE;
}

/* The arguments that are places. */
static size_t n_parts(const struct formula *f)
{
	return f->kind == FORMULA_DERIVATIVE ? 0 : f->n_args;
}

size_t formula_n_places(const struct formula *f)
{
	size_t n = 1;
	for (size_t i = 0; i < n_parts(f); i++)
		n += formula_n_places(f->args[i]);
	return n;
}

struct formula *formula_at(struct formula *f, size_t place)
{
	CONTRACT(place < formula_n_places(f));
	while (place > 0) {
		size_t i = 0, n;
		for (place--; place >= (n = formula_n_places(f->args[i])); i++)
			place -= n;
		f = f->args[i];
	}
	return f;
}

/* A copy of one node, with arguments of its own to be changed. */
static struct formula *copy(struct arena *arena, const struct formula *f)
{
	struct formula *new = ARENA_NEW(arena, struct formula);
	if (!new)
		return NULL;
	*new = *f;
	new->args = ARENA_ARRAY(arena, struct formula *, f->n_args);
	if (!new->args)
		return NULL;
	memcpy(new->args, f->args, f->n_args * sizeof *f->args);
	return new;
}

struct formula *formula_put(struct arena *arena, struct formula *f, size_t place,
			    struct formula *with)
{
	CONTRACT(place < formula_n_places(f));
	size_t i = 0, n;
	if (place == 0 || !with)
		return with;
	for (place--; place >= (n = formula_n_places(f->args[i])); i++)
		place -= n;
	struct formula *new = copy(arena, f);
	if (!new)
		return NULL;
	new->args[i] = formula_put(arena, f->args[i], place, with);
	return new->args[i] ? new : NULL;
}

struct formula *formula_map(struct arena *arena, struct formula *f,
			    struct formula *(*leaf)(void *ctx, struct formula *x), void *ctx)
{
	struct formula *new = f;
	if (formula_is_leaf(f))
		return leaf(ctx, f);
	for (size_t i = 0; i < n_parts(f); i++) {
		struct formula *arg = formula_map(arena, f->args[i], leaf, ctx);
		if (!arg)
			return NULL;
		if (arg == f->args[i])
			continue;
		if (new == f && !(new = copy(arena, f)))
			return NULL;
		new->args[i] = arg;
	}
	return new;
}

void formula_visit(struct formula *f, void (*visit)(void *ctx, struct formula *x), void *ctx)
{
	if (formula_is_leaf(f))
		visit(ctx, f);
	for (size_t i = 0; i < n_parts(f); i++)
		formula_visit(f->args[i], visit, ctx);
}
