/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bind.h -- rules of ops and optimizers, bound to the symbols and numbers of one place. Private
 * to trace/. */
#ifndef BACKSTEP_TRACE_BIND_H
#define BACKSTEP_TRACE_BIND_H

#include "backstep/trace/step.h"

enum { BIND_MAX_TERMS = 16 }; /* longer sums are shown with an ellipsis */

/* A rule of a registry's row. One that does not parse is a fault of its row: it stands there as it
 * is written, without a number. NULL on lack of memory, as of all of these. */
struct formula *bind_parse(struct arena *arena, const char *rule,
			   const struct formula_binding *binding);
/* The rule of element e of an op's node; longer sums than max_terms are shortened. */
struct formula *bind_value(struct arena *arena, const struct node *node, size_t e,
			   size_t max_terms);
/* node->op->partial_rule[slot] for output i and input element j. */
struct formula *bind_partial(struct arena *arena, const struct link *link);
/* What an op carries from update to update: its symbol, and node->op->carry->rule for element e. */
struct formula *bind_state(struct arena *arena, const struct node *node, size_t e);
struct formula *bind_carry(struct arena *arena, const struct node *node, size_t e);
/* The optimizer's rule for a parameter: the parameter itself where the rule leaves it alone. */
struct formula *bind_update(struct arena *arena, const struct step_source *source, size_t param);
/* The rule of a slot, and of the point ahead. */
struct formula *bind_slot(struct arena *arena, const struct step_source *source, size_t param,
			  size_t slot);
struct formula *bind_ahead(struct arena *arena, const struct step_source *source, size_t param);

/* The rule of a stage's number at place, and what stands left of it. */
struct formula *bind_stage(struct arena *arena, const struct step_source *source,
			   const struct place *place);
struct formula *bind_stage_left(struct arena *arena, const struct step_source *source,
				const struct place *place, double value);
/* Whether the stage does nothing to the parameter, whatever its number: a bias. */
bool bind_stage_leaves_alone(const struct step_source *source, const struct place *place);
/* Which of the entry's numbers it is, and the number that it takes the place of (replaces_subject
 * only). */
size_t bind_stage_element(const struct step_source *source, const struct place *place);
double bind_stage_taken(const struct step_source *source, const struct place *place);

/* The backward pass's gradient of a parameter, the parameter with its value in force (not where a
 * rule that looks ahead computes), and the loss that the update makes small. */
struct formula *bind_raw_gradient(struct arena *arena, const struct trainer *trainer, size_t param);
struct formula *bind_old(struct arena *arena, const struct trainer *trainer, size_t param);
struct formula *bind_loss(struct arena *arena, const struct trainer *trainer);

/* d of / d wrt with its number. */
struct formula *bind_derivative(struct arena *arena, struct formula *of, struct formula *wrt,
				double value);
struct formula *bind_link(struct arena *arena, const struct link *link);

struct formula *bind_batch_loss(struct arena *arena, const struct model *model);

#endif
