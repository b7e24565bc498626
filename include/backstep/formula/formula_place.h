/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_place.h -- the places of a formula, and the same formula with something else at one.
 *
 * Places are numbered as the formula reads: 0 is the whole, then its first argument with all that
 * is in it, and so on. What a derivative is of, and by what, are no places: it stands for one
 * number. A formula that is rewritten shares all that stays with the one that it was made from. */
#ifndef BACKSTEP_FORMULA_PLACE_H
#define BACKSTEP_FORMULA_PLACE_H

#include "backstep/formula/formula.h"

/* How many places f has, at least 1. */
size_t formula_n_places(const struct formula *f);
/* What stands at a place below formula_n_places. */
struct formula *formula_at(struct formula *f, size_t place);
/* f with `with` at that place. NULL on lack of memory, or where with is NULL. */
struct formula *formula_put(struct arena *arena, struct formula *f, size_t place,
			    struct formula *with);

/* Whether f stands for one number by its name: a symbol or a derivative. */
bool formula_is_leaf(const struct formula *f);
/* f with what leaf(ctx, x) gives in the place of each leaf x. NULL on lack of memory, or where leaf
 * gives NULL. */
struct formula *formula_map(struct arena *arena, struct formula *f,
			    struct formula *(*leaf)(void *ctx, struct formula *x), void *ctx);
/* Calls visit with each leaf, as they read. */
void formula_visit(struct formula *f, void (*visit)(void *ctx, struct formula *x), void *ctx);

#endif
