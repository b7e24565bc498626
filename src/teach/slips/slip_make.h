/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_make.h -- what the rows of slips are written with: looking at a formula, and rewriting it.
 *
 * Every function that gives a formula gives NULL where memory ended or an argument is NULL, and
 * slip_try notes that, so that rewritings nest. */
#ifndef BACKSTEP_TEACH_SLIP_MAKE_H
#define BACKSTEP_TEACH_SLIP_MAKE_H

#include "backstep/base/i18n.h"
#include "backstep/formula/formula_place.h"
#include "backstep/teach/slip.h"
#include "../board_private.h"

#define SLIP(name) extern const struct slip_class slip_##name;
#include "backstep/teach/slip_list.h"
#undef SLIP

/* One more slip of the class at hand, without its formula. NULL on lack of memory. */
struct slip *slip_add(struct slips *slips);
/* A rewriting of the site's formula that is the class's mistake. */
void slip_try(struct slips *slips, struct formula *tree);
/* The same, of what stands at a place. */
void slip_try_at(struct slips *slips, size_t place, struct formula *with);

/* Builders. */
struct formula *make_number(struct slips *slips, double value);
struct formula *make_negate(struct slips *slips, struct formula *f);
struct formula *make_product(struct slips *slips, struct formula *a, struct formula *b);
struct formula *make_one_minus(struct slips *slips, struct formula *f);
struct formula *make_sigmoid(struct slips *slips, struct formula *f);
struct formula *make_tanh(struct slips *slips, struct formula *f);
/* A sum or a product without argument i, and of its first or last k arguments. */
struct formula *make_without(struct slips *slips, const struct formula *f, size_t i);
struct formula *make_slice(struct slips *slips, const struct formula *f, size_t first, size_t k);
/* f with other in the place of every leaf of entry. */
struct formula *make_replaced(struct slips *slips, struct formula *f, const struct entry *entry,
			      struct formula *other);
/* The activation once more: act(a) where a = act(z). NULL where a's formula is not known. */
struct formula *make_act(struct slips *slips, const struct entry *unit, struct formula *of);

/* Looks. */
bool is_number(const struct formula *f, double value);
/* 1 / (1 + e^-z); *z gets what stands for z. */
bool is_sigmoid(const struct formula *f, struct formula **z);
/* The slope of an activation, dŷ1/dsum_ŷ1. */
bool is_slope_entry(const struct entry *entry);
/* Whether a unit is worked out from a sum: its own, or with softmax also another's. */
bool is_act(const struct entry *of, const struct entry *wrt);
/* Whether the number depends on the entry by a leaf of f. */
bool has_leaf(struct formula *f, const struct entry *entry);
enum role role_of(struct formula *f);
/* Of an update: what it learns from, the gradient or what a stage has made of it. */
bool is_gradient(struct formula *f);

/* What a factor is in its formula. */
enum factor_meaning {
	FACTOR_NONE,     /* 1, which changes nothing */
	FACTOR_PLAIN,    /* any other */
	FACTOR_SLOPE,    /* the slope of an activation */
	FACTOR_OF_SLOPE, /* a part of such a slope: y, 1 - y */
	FACTOR_RATE,     /* the learning rate */
	FACTOR_TWO,      /* 2, 1/2 */
	FACTOR_COUNT,    /* 1/n of a mean */
};
/* Tries every rewriting that leaves out a factor which means this. */
void slip_drop_factors(struct slips *slips, enum factor_meaning meaning);

/* What a term is in its sum. */
enum term_meaning {
	TERM_PLAIN,
	TERM_START,    /* the old weight of an update */
	TERM_OF_SLOPE, /* the 1 of 1 - y^2 */
	TERM_BIAS,
	TERM_PATH, /* one of two paths */
};
/* Tries every rewriting that leaves out a term which means this. */
void slip_drop_terms(struct slips *slips, enum term_meaning meaning);
/* The number that a leaf is, where it is another's by a further name: of dsum/dw = x it is x. */
struct entry *slip_number(struct formula *f);
/* other in the place of an entry; of several in one formula the first is what is told. */
struct formula *slip_swap(struct slips *slips, struct entry *entry, struct entry *other);
/* Tries every rewriting that puts what the number may be taken for in the place of a number. */
void slip_confuse(struct slips *slips, enum confusion confusion);

#endif
