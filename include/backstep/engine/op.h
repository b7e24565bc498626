/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h -- an op: one differentiable operation, as a constant registry row.
 *
 * A row has the numbers (infer, forward, backward, partial; of an elementwise op value and slope)
 * and the same mathematics as text (rule, the slots' partials), which formula/ parses. Backward is
 * the sum of upstream times local partials; the registry tests prove it for every row, so the pass
 * that trains and the explained steps cannot drift apart. What makes passes quick is no part of a
 * row: it stands in src/engine/fast/, and gives the same bits.
 *
 * To add an op: one file in src/engine/ops/ and one line in op_list.h. */
#ifndef BACKSTEP_ENGINE_OP_H
#define BACKSTEP_ENGINE_OP_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"
#include "backstep/engine/hyper.h"

struct node;

enum { OP_MAX_SLOTS = 3, OP_MAX_ATTRIBUTES = 2 };

/* Elements first, first + stride, ... of a node, count of them; where run is not 0, run of them,
 * then as many from first + jump on, and so on: a window of a picture. */
struct range {
	size_t first, stride, count, run, jump;
};

enum op_family {
	OP_LINEAR,  /* weighted sums */
	OP_SCALING, /* a weight and a bias of its own for each unit, that scale and shift it */
	OP_ACTIVATION,
	OP_LOSS,
	OP_REDUCTION,
	OP_LAYER,
	OP_ARITHMETIC,
	OP_TARGET,
};

/* An input of an op. */
struct op_slot {
	const char *name;    /* in the rules */
	const char *partial; /* dy/d slot in terms of the slots and y; NULL: op_cases has it */
	const char *why;     /* what that slope means, one line, N_() */
	double least, most;  /* what its elements lie between; 0 and 0: anything. A divisor may be
			      * negative as well. */
};

/* Of an op whose outputs or slopes do not all have one rule, or that is made of pieces. Each may be
 * NULL. */
struct op_cases {
	/* Instead of the op's rule. */
	const char *(*rule)(const struct node *node, size_t i);
	/* Instead of the slots' partials. Such a rule may also name q, the output element that
	 * stands where j does. */
	const char *(*partial)(const struct node *node, size_t i, size_t slot, size_t j);
	/* The element of slot 0 that the op singles out: rules call it s. */
	size_t (*chosen)(const struct node *node, size_t i);
	/* Which smooth piece output i is on; 0 means exactly at a kink, where the partial is a
	 * convention. Pieces may join smoothly. */
	int (*side)(const struct node *node, size_t i);
};

/* Numbers that an op keeps from update to update, r, one for each row. */
struct op_carry {
	/* What node->state becomes after an update in which the op was computed. */
	void (*next)(const struct node *node, double *next);
	const char *rule, *summary; /* the same as text, in terms of r too; summary N_() */
	double initial;
};

/* Elements are addressed by their flat index e = row * node->stride + column. */
struct op {
	const char *name;    /* as lessons write it */
	const char *summary; /* one line, N_() */
	enum op_family family;
	const struct op_slot *slots; /* [n_slots] */
	size_t n_slots;
	const struct hyper *attributes; /* [n_attributes] without a symbol: written as numbers */
	size_t n_attributes;
	/* y in terms of the slots. Inside sum() a slot's name runs over what y depends on; outside
	 * it is the element in y's own row, and in a partial the one that is derived by. */
	const char *rule;
	const struct op_cases *cases; /* NULL: one rule, one smooth piece */
	const struct op_carry *carry; /* NULL: nothing is kept */
	/* An activation that makes each unit out of several sums; its first attribute says how
	 * many. */
	bool gathers;
	/* Elementwise ops: y = value(x), dy/dx = slope(x, y), with the op's attributes. From these
	 * the functions below follow (src/engine/ops/elementwise.h). Else NULL. */
	double (*value)(double x, const double *attributes);
	double (*slope)(double x, double y, const double *attributes);
	/* The same for elementwise ops of two slots, a and b. */
	double (*value2)(double a, double b, const double *attributes);
	double (*slope2)(double a, double b, double y, const double *attributes, size_t slot);
	/* Sets node->rows from the inputs. Errors: STATUS_BAD_INPUT, shapes that do not fit. */
	enum status (*infer)(struct node *node, struct error *err);
	/* Math: node->value from the inputs' values. */
	void (*forward)(struct node *node);
	/* Math: inputs' grad += node->grad times the local partials. */
	void (*backward)(struct node *node);
	/* The elements of input slot on which output element i depends. */
	struct range (*inputs)(const struct node *node, size_t i, size_t slot);
	/* d value[i] / d inputs[slot]->value[j]; 0 where i does not depend on j. */
	double (*partial)(const struct node *node, size_t i, size_t slot, size_t j);
};

/* Every op, in the order of op_list.h, then NULL. */
extern const struct op *const op_registry[];

#define OP(name) extern const struct op op_##name;
#include "backstep/engine/op_list.h"
#undef OP

/* The op called name in family, or NULL. */
const struct op *op_find(enum op_family family, const char *name);

/* The rule of output i, and of its partial by element j of slot. */
const char *op_rule(const struct node *node, size_t i);
const char *op_partial_rule(const struct node *node, size_t i, size_t slot, size_t j);
/* Whether output i lies exactly where two pieces meet with different slopes. */
bool op_is_at_kink(const struct node *node, size_t i);

static inline struct range range_of(size_t first, size_t stride, size_t count)
{
	return (struct range){.first = first, .stride = stride, .count = count};
}

/* Element number q of range. */
static inline size_t range_at(struct range range, size_t q)
{
	return range.first + (range.run ? q / range.run * range.jump + q % range.run * range.stride
					: q * range.stride);
}

/* Whether element j is in range. */
static inline bool range_contains(struct range range, size_t j)
{
	if (range.count == 0 || j < range.first)
		return false;
	if (range.count == 1)
		return j == range.first;
	size_t offset = j - range.first, run = range.run ? range.run : range.count;
	if (range.run && offset / range.jump >= range.count / range.run)
		return false;
	offset = range.run ? offset % range.jump : offset;
	return offset % range.stride == 0 && offset / range.stride < run;
}

/* Which term of range element j is (j must be in it). */
static inline size_t range_position(struct range range, size_t j)
{
	size_t offset = j - range.first;
	if (range.count == 1)
		return 0;
	return range.run ? offset / range.jump * range.run + offset % range.jump / range.stride
			 : offset / range.stride;
}

#endif
