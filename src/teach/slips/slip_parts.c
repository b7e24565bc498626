/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_parts.c -- factors and terms: what each is in its formula, and the formula without it. */
#include <string.h>

#include "slip_make.h"

/* The factors of a product, through quotients and signs: a b / c has a, b and c. */
static size_t n_factors(const struct formula *f)
{
	if (f->kind == FORMULA_PRODUCT)
		return f->n_args;
	if (f->kind == FORMULA_QUOTIENT)
		return n_factors(f->args[0]) + 1;
	return f->kind == FORMULA_NEGATE ? n_factors(f->args[0]) : 1;
}

static struct formula *factor(struct formula *f, size_t k)
{
	if (f->kind == FORMULA_PRODUCT)
		return f->args[k];
	if (f->kind == FORMULA_QUOTIENT && k == n_factors(f->args[0]))
		return f->args[1];
	if (f->kind == FORMULA_QUOTIENT || f->kind == FORMULA_NEGATE)
		return factor(f->args[0], k);
	return f;
}

static struct formula *without_factor(struct slips *slips, struct formula *f, size_t k)
{
	if (f->kind == FORMULA_PRODUCT) {
		struct formula *rest = make_without(slips, f, k);
		bool is_minus = f->args[k]->kind == FORMULA_NEGATE; /* the sign stays */
		return is_minus && rest ? make_negate(slips, rest) : rest;
	}
	if (f->kind == FORMULA_NEGATE)
		return make_negate(slips, without_factor(slips, f->args[0], k));
	if (f->kind != FORMULA_QUOTIENT)
		return make_number(slips, 1.0);
	if (k == n_factors(f->args[0]))
		return f->args[0];
	struct formula *args[] = {without_factor(slips, f->args[0], k), f->args[1]};
	return formula_node(slips->arena, FORMULA_QUOTIENT, 2, args);
}

/* 1 divided by a number. */
static bool is_share(const struct formula *f)
{
	return f->kind == FORMULA_QUOTIENT && is_number(f->args[0], 1.0) &&
	       f->args[1]->kind == FORMULA_NUMBER;
}

static enum factor_meaning meaning_of(const struct slips *slips, struct formula *x)
{
	const struct entry *entry = board_entry(x);
	if (is_number(x, 1.0))
		return FACTOR_NONE;
	if (is_slope_entry(entry) ||
	    (entry && entry->role == ROLE_DERIVATIVE && is_act(entry->of, entry->wrt)))
		return FACTOR_SLOPE;
	if (slips->site.is_slope && x->kind != FORMULA_NUMBER)
		return FACTOR_OF_SLOPE;
	if (entry && entry->role == ROLE_SETTING && strncmp(entry->name, "rate", 4) == 0)
		return FACTOR_RATE;
	bool is_half = is_share(x) && is_number(x->args[1], 2.0) && !slips->site.is_mean;
	if (is_number(x, 2.0) || is_half)
		return FACTOR_TWO;
	return is_share(x) ? FACTOR_COUNT : FACTOR_PLAIN;
}

static bool is_multiplied(const struct formula *f)
{
	while (f->kind == FORMULA_NEGATE)
		f = f->args[0];
	return f->kind == FORMULA_PRODUCT || f->kind == FORMULA_QUOTIENT;
}

void slip_drop_factors(struct slips *slips, enum factor_meaning meaning)
{
	struct formula *tree = slips->site.tree, *z;
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (!is_multiplied(f) || is_sigmoid(f, &z))
			continue;
		if (is_share(f) && meaning_of(slips, f) == meaning)
			slip_try_at(slips, place, make_number(slips, 1.0));
		for (size_t k = 0; !is_share(f) && k < n_factors(f); k++)
			if (meaning_of(slips, factor(f, k)) == meaning)
				slip_try_at(slips, place, without_factor(slips, f, k));
	}
}

static enum term_meaning term_of(const struct slips *slips, const struct formula *sum, size_t i)
{
	enum role role = role_of(sum->args[i]);
	const struct slip_site *site = &slips->site;
	if (site->is_update && i == 0 && (role == ROLE_WEIGHT || role == ROLE_BIAS))
		return TERM_START;
	if (site->is_slope)
		return TERM_OF_SLOPE;
	if (role == ROLE_BIAS && !site->is_update)
		return TERM_BIAS;
	return site->task == TASK_GRADIENT && sum->n_args == 2 ? TERM_PATH : TERM_PLAIN;
}

void slip_drop_terms(struct slips *slips, enum term_meaning meaning)
{
	struct formula *tree = slips->site.tree;
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		for (size_t i = 0; f->kind == FORMULA_SUM && i < f->n_args; i++)
			if (term_of(slips, f, i) == meaning)
				slip_try_at(slips, place, make_without(slips, f, i));
	}
}

struct entry *slip_number(struct formula *f)
{
	struct entry *entry = board_entry(f);
	while (entry && entry->tree && board_entry(entry->tree))
		entry = board_entry(entry->tree);
	return entry;
}

struct formula *slip_swap(struct slips *slips, struct entry *entry, struct entry *other)
{
	if (!slips->meant) {
		slips->meant = entry;
		slips->taken = other;
	}
	return &other->leaf;
}

struct count {
	const struct entry *entry;
	size_t n;
};

static void count_leaf(void *ctx, struct formula *leaf)
{
	struct count *count = ctx;
	count->n += board_entry(leaf) == count->entry;
}

/* Whether the number stands in the formula more than once. */
static bool is_repeated(struct formula *tree, const struct entry *entry)
{
	struct count count = {entry, 0};
	formula_visit(tree, count_leaf, &count);
	return count.n > 1;
}

void slip_confuse(struct slips *slips, enum confusion confusion)
{
	struct formula *tree = slips->site.tree;
	struct entry *others[BOARD_MAX_CONFUSED];
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct entry *named = board_entry(formula_at(tree, place));
		struct entry *entry = named;
		size_t n = entry ? board_confused(slips->board, entry, confusion, others) : 0;
		if (n == 0 && entry && (entry = slip_number(formula_at(tree, place))) != named)
			n = board_confused(slips->board, entry, confusion, others);
		bool is_everywhere = n > 0 && is_repeated(tree, named);
		for (size_t i = 0; i < n; i++) {
			slips->meant = entry;
			slips->taken = others[i];
			slip_try_at(slips, place, &others[i]->leaf);
			if (is_everywhere) /* at every place of it */
				slip_try(slips,
					 make_replaced(slips, tree, named, &others[i]->leaf));
		}
	}
	slips->meant = slips->taken = NULL;
}
