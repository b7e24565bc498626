/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_make.c -- small rewritings and looks that the rows of slips share. */
#include "slip_make.h"

#include <string.h>

struct slip *slip_add(struct slips *slips)
{
	if (slips->n_made == slips->capacity) {
		size_t capacity = slips->capacity ? 2 * slips->capacity : 64;
		struct slip *made = ARENA_ARRAY(slips->arena, struct slip, capacity);
		slips->failed |= !made;
		if (!made)
			return NULL;
		if (slips->n_made)
			memcpy(made, slips->made, slips->n_made * sizeof *made);
		slips->made = made;
		slips->capacity = capacity;
	}
	struct slip *slip = &slips->made[slips->n_made++];
	*slip = (struct slip){.class = slips->class,
			      .scope = slips->scope,
			      .below = slips->below,
			      .meant = slips->meant,
			      .taken = slips->taken};
	return slip;
}

void slip_try(struct slips *slips, struct formula *tree)
{
	struct slip *slip = tree ? slip_add(slips) : NULL;
	slips->failed |= !slip;
	if (slip)
		slip->tree = tree;
}

void slip_try_at(struct slips *slips, size_t place, struct formula *with)
{
	slip_try(slips, formula_put(slips->arena, slips->site.tree, place, with));
}

struct formula *make_number(struct slips *slips, double value)
{
	return formula_number(slips->arena, value);
}

struct formula *make_negate(struct slips *slips, struct formula *f)
{
	return formula_node(slips->arena, FORMULA_NEGATE, 1, &f);
}

struct formula *make_product(struct slips *slips, struct formula *a, struct formula *b)
{
	struct formula *args[] = {a, b};
	return formula_node(slips->arena, FORMULA_PRODUCT, 2, args);
}

struct formula *make_one_minus(struct slips *slips, struct formula *f)
{
	struct formula *args[] = {make_number(slips, 1.0), make_negate(slips, f)};
	return formula_node(slips->arena, FORMULA_SUM, 2, args);
}

struct formula *make_sigmoid(struct slips *slips, struct formula *f)
{
	struct formula *minus = make_negate(slips, f);
	struct formula *terms[] = {make_number(slips, 1.0),
				   formula_call(slips->arena, "exp", 1, &minus)};
	struct formula *args[] = {make_number(slips, 1.0),
				  formula_node(slips->arena, FORMULA_SUM, 2, terms)};
	return formula_node(slips->arena, FORMULA_QUOTIENT, 2, args);
}

struct formula *make_tanh(struct slips *slips, struct formula *f)
{
	return formula_call(slips->arena, "tanh", 1, &f);
}

struct formula *make_slice(struct slips *slips, const struct formula *f, size_t first, size_t k)
{
	return formula_node(slips->arena, f->kind, k, f->args + first);
}

struct formula *make_without(struct slips *slips, const struct formula *f, size_t i)
{
	struct formula **args = ARENA_ARRAY(slips->arena, struct formula *, f->n_args);
	if (!args)
		return NULL;
	memcpy(args, f->args, i * sizeof *args);
	memcpy(args + i, f->args + i + 1, (f->n_args - i - 1) * sizeof *args);
	return formula_node(slips->arena, f->kind, f->n_args - 1, args);
}

struct replacement {
	const struct entry *entry;
	struct formula *other;
};

static struct formula *replace_leaf(void *ctx, struct formula *leaf)
{
	const struct replacement *r = ctx;
	return board_entry(leaf) == r->entry ? r->other : leaf;
}

struct formula *make_replaced(struct slips *slips, struct formula *f, const struct entry *entry,
			      struct formula *other)
{
	struct replacement r = {entry, other};
	return other ? formula_map(slips->arena, f, replace_leaf, &r) : NULL;
}

struct formula *make_act(struct slips *slips, const struct entry *unit, struct formula *of)
{
	return make_replaced(slips, unit->tree, unit->sum, of);
}

bool is_number(const struct formula *f, double value)
{
	return f->kind == FORMULA_NUMBER && f->value == value;
}

bool is_sigmoid(const struct formula *f, struct formula **z)
{
	if (f->kind != FORMULA_QUOTIENT || !is_number(f->args[0], 1.0))
		return false;
	const struct formula *sum = f->args[1];
	if (sum->kind != FORMULA_SUM || sum->n_args != 2 || !is_number(sum->args[0], 1.0))
		return false;
	const struct formula *e = sum->args[1];
	if (e->kind != FORMULA_CALL || strcmp(e->name, "exp") != 0 ||
	    e->args[0]->kind != FORMULA_NEGATE)
		return false;
	*z = e->args[0]->args[0];
	return true;
}

bool is_slope_entry(const struct entry *entry)
{
	return entry && entry->role == ROLE_DERIVATIVE && entry->of && entry->wrt &&
	       entry->of->sum == entry->wrt;
}

bool is_act(const struct entry *of, const struct entry *wrt)
{
	return of && wrt && of->sum && of->tree && wrt->role == ROLE_SUM &&
	       (of->sum == wrt || has_leaf(of->tree, wrt));
}

struct search {
	const struct entry *entry;
	bool found;
};

static void search_leaf(void *ctx, struct formula *leaf)
{
	struct search *search = ctx;
	search->found |= board_entry(leaf) == search->entry;
}

bool has_leaf(struct formula *f, const struct entry *entry)
{
	struct search search = {entry, false};
	formula_visit(f, search_leaf, &search);
	return search.found;
}

enum role role_of(struct formula *f)
{
	const struct entry *entry = board_entry(f);
	return entry ? entry->role : ROLE_OTHER;
}

bool is_gradient(struct formula *f)
{
	const struct entry *entry = board_entry(f);
	return entry && (entry->role == ROLE_DERIVATIVE || entry->task == TASK_STAGE);
}
