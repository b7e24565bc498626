/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h -- an op: one differentiable operation, as a constant registry row.
 *
 * A row has the numbers (infer, forward, backward, partial) and the same mathematics as text
 * (rule, partial_rule), which formula/ parses. Backward is the sum of upstream times local
 * partials; the registry tests prove it for every row, so the fast pass and the explained steps
 * cannot drift apart.
 *
 * To add an op: one file in src/engine/ops/ and one line in op_list.h. */
#ifndef BACKSTEP_ENGINE_OP_H
#define BACKSTEP_ENGINE_OP_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"

struct node;
struct few_passes;

enum { OP_MAX_SLOTS = 3, OP_MAX_ATTRIBUTES = 2 };

/* A number that shapes an op, such as the slope of a leaky ReLU. Its name is the one that lessons
 * and rules use. Without a symbol it is written as its number. */
struct op_attribute {
	const char *name, *symbol, *summary; /* summary N_() */
	double initial, min, max;
};

/* Elements first, first + stride, ... of a node, count of them. */
struct range {
	size_t first, stride, count;
};

enum op_family {
	OP_LINEAR,
	OP_ACTIVATION,
	OP_LOSS,
	OP_REDUCTION,
	OP_LAYER,
	OP_ARITHMETIC,
	OP_TARGET,
};

/* Elements are addressed by their flat index e = row * node->stride + column. */
struct op {
	const char *name;    /* as lessons write it */
	const char *summary; /* one line, N_() */
	enum op_family family;
	size_t n_slots;
	const char *slots[OP_MAX_SLOTS]; /* the inputs' names in the rules */
	/* y in terms of the slots. Inside sum() a slot's name runs over what y depends on; outside
	 * it is the element in y's own row, and in a partial the one that is derived by. */
	const char *rule;
	/* For ops whose outputs do not all have one rule: replaces rule. */
	const char *(*rule_of)(const struct node *node, size_t i);
	const char *partial_rule[OP_MAX_SLOTS]; /* dy/d slot in terms of the slots and y */
	/* For ops whose slope is not one rule for all pairs: replaces partial_rule. Rules of
	 * partials may also name q, the output element that stands where j does. */
	const char *(*partial_rule_of)(const struct node *node, size_t i, size_t slot, size_t j);
	const char *partial_why[OP_MAX_SLOTS]; /* what that slope means, one line, N_() */
	size_t n_attributes;
	const struct op_attribute *attributes;
	/* What the elements of slot domain_slot lie between, and of a loss the targets too; 0 and
	 * 0: anything. A divisor may be negative as well. */
	double least, most;
	size_t domain_slot;
	unsigned positive; /* bit k: what slot k holds is above 0, as variances are */

	/* Sets node->rows from the inputs. Errors: STATUS_BAD_INPUT, shapes that do not fit. */
	enum status (*infer)(struct node *node, struct error *err);
	/* Math: node->value from the inputs' values. */
	void (*forward)(struct node *node);
	/* Math: inputs' grad += node->grad times the local partials. */
	void (*backward)(struct node *node);
	/* The passes of small dense layers with this activation (of a weighted sum: with none), or
	 * of this loss over few outputs; NULL: there are none. */
	const struct few_passes *(*few)(void);
	/* Backward minds node->sets, and leaves out what is grad_unwanted. Without it the inputs'
	 * gradients are set to 0 before, and all are computed. */
	bool minds_sets;
	/* What makes looking at every number for infinity and NaN needless: of an input element
	 * that is none finite some output is none either; of an output's such gradient, some
	 * gradient of slot 0 or of a parameter. */
	bool shows_values, shows_grads;
	/* The elements of input slot on which output element i depends. */
	struct range (*inputs)(const struct node *node, size_t i, size_t slot);
	/* d value[i] / d inputs[slot]->value[j]; 0 where i does not depend on j. */
	double (*partial)(const struct node *node, size_t i, size_t slot, size_t j);
	/* For ops that single out an element of slot 0: rules call it s. */
	size_t (*chosen)(const struct node *node, size_t i);
	/* Which smooth piece output i is on; 0 means exactly at a kink, where the partial is a
	 * convention. Pieces may join smoothly. NULL for ops of a single piece. */
	int (*side)(const struct node *node, size_t i);
	/* Output i depends only on element i of slot 0. */
	bool elementwise;
	/* For ops that keep numbers from update to update, r, one for each row: what node->state
	 * becomes behind an update in which the op was computed. The rule has the same as text, in
	 * terms of r too. NULL: there are none. */
	void (*carry)(const struct node *node, double *next);
	const char *carry_rule, *carry_summary; /* summary N_() */
	double carry_initial;
	/* An activation that makes each unit out of several sums; its first attribute says how
	 * many. */
	bool gathers;
	/* Slot w holds a scale for each unit, not weights: stages for weights leave it alone. */
	bool scales;
};

/* Every op, in the order of op_list.h, then NULL. */
extern const struct op *const op_registry[];

#define OP(name) extern const struct op op_##name;
#include "backstep/engine/op_list.h"
#undef OP

/* The op called name in family, or NULL. */
const struct op *op_find(enum op_family family, const char *name);

/* Whether element j is in range. */
static inline bool range_contains(struct range range, size_t j)
{
	if (range.count == 0 || j < range.first)
		return false;
	if (range.count == 1)
		return j == range.first;
	size_t offset = j - range.first;
	return offset % range.stride == 0 && offset / range.stride < range.count;
}

/* Which term of range element j is (j must be in it). */
static inline size_t range_position(struct range range, size_t j)
{
	return range.count == 1 ? 0 : (j - range.first) / range.stride;
}

#endif
