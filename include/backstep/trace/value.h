/* SPDX-License-Identifier: GPL-3.0-or-later */
/* value.h -- the read model: a number by reference, a reference by name. Whoever shows, compares or
 * draws a number of the walk asks here, and nowhere else.
 *
 * A value says more than its number: whether the walk has computed it yet (known), whether it was
 * computed with parameters that are no longer in force (stale, after a commit), whether it is what
 * somebody is being asked (open), and which step computes it (where). What is not known is NaN: who
 * forgets to ask shows it.
 *
 * Names are those that steps are printed with, in ASCII or Unicode, and a few more:
 *   w5, w5', ahead_w5        a parameter in force, its new value, the point where the gradient is
 *                            taken by a rule that looks ahead
 *   sum_n1, y1, E1, E, J     values; J is the batch's loss
 *   dE/dw5, dJ/dw5           gradients; dE1/dw5 one term's share
 *   dE/dsum_y1               the gradient of a unit, of an input or a target
 *   dy1/dsum_y1, dsum_y1/dw5 a local partial, where the first reads the second itself
 *   dy1/dn1, dy1/dw1         else the sum over all paths between the two
 *   path2                    a path's product, of the parameter that the step is about
 *   v_w5, g_w5, dR2/dw5      slots of the optimizer, what stages hand to it
 *   norm, rate, E_reg, norm_sum_n1   numbers of stages, of a unit
 *   run_mu_z, run_mu_z'      running statistics
 * y(3) is y of row 3 of the data, dE(2)/dw5 and dy(3)/dz(2) likewise. */
#ifndef BACKSTEP_TRACE_VALUE_H
#define BACKSTEP_TRACE_VALUE_H

#include "backstep/trace/ref.h"
#include "backstep/trace/stepper.h"

/* An element of a data node. */
struct element {
	const struct node *node; /* NULL: none */
	size_t e;
};

/* Plain data; it may be kept, as long as the batch and the optimizer are the same. Fields that the
 * kind does not name are 0. */
struct ref {
	enum ref_kind kind;
	struct element of, wrt;
	size_t param, unit, which;
};

static inline bool ref_is_same(const struct ref *a, const struct ref *b)
{
	return a->kind == b->kind && a->of.node == b->of.node && a->of.e == b->of.e &&
	       a->wrt.node == b->wrt.node && a->wrt.e == b->wrt.e && a->param == b->param &&
	       a->unit == b->unit && a->which == b->which;
}

struct value {
	double value; /* NaN where it is not known */
	bool known;
	bool stale;
	bool
	    open; /* the number of the step stepper.asked, or it would tell that: nobody shows it */
	uint64_t
	    where; /* index (from 1) of the step that computes it in this update; 0: none does */
};

/* The number alone, of the update as it is computed, be it known yet or not; NaN: there is none. */
double value_number(const struct stepper *stepper, const struct ref *ref);
struct value value_get(const struct stepper *stepper, const struct ref *ref);
/* The index (from 1) of the step that one goes to for it: of a parameter the first about it, else
 * the one that computes it; 0: no step is about it. */
uint64_t value_step(const struct stepper *stepper, const struct ref *ref);

/* The usual references. loss: what the update makes small, the batch's or that of its only example;
 * gradient: its derivative. */
struct ref ref_loss(const struct stepper *stepper);
struct ref ref_unit(const struct node *node, size_t e);
struct ref ref_param(enum ref_kind kind, size_t param);
struct ref ref_gradient(const struct stepper *stepper, size_t param);
/* The gradient as stages hand it to the optimizer; false: it is the backward pass's. */
bool ref_handed(const struct stepper *stepper, size_t param, struct ref *ref);
struct ref ref_delta(const struct stepper *stepper, const struct node *node, size_t e);

/* What a symbol or a derivative in a step's rule is a number of: a slot's name is that of the
 * step's parameter, also where the rule reads what the last update left in it; where gradients are
 * taken ahead, the network's parameters are those ahead. Errors: as ref_parse. */
enum status ref_of_leaf(const struct stepper *stepper, const struct step *step,
			const struct formula *leaf, struct ref *ref);

enum { REF_TEXT = 2 * LABEL_TEXT + 64 };

/* Reads a name. here (may be NULL) is the place that it is read at: it says which row is meant
 * where none is given, and whose v or g is meant. Errors: STATUS_BAD_INPUT, nothing is called so,
 * with the nearest name. */
enum status ref_parse(const struct stepper *stepper, const struct place *here, const char *text,
		      struct ref *ref, struct error *err);
/* The number called name, which must be known, and its reference. Errors: as ref_parse;
 * STATUS_BAD_INPUT where it has not been computed yet. */
enum status value_find(const struct stepper *stepper, const struct place *here, const char *name,
		       struct ref *ref, struct value *value, struct error *err);
/* The name nearest to a misspelt one; false: none is near, or there are too many to look through.
 */
bool ref_nearest(const struct stepper *stepper, const char *text, char name[REF_TEXT]);
/* The name in ASCII; it reads back as the same. rows: with the row, where the batch has several. */
const char *ref_print(const struct stepper *stepper, const struct ref *ref, bool rows,
		      char text[REF_TEXT]);
/* Reference number i of those that have a name of their own, for completion; values first, then
 * parameters and their gradients. Rows are left out. false at the end. */
bool ref_nth(const struct stepper *stepper, size_t i, struct ref *ref);

#endif
