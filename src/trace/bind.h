/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bind.h -- rules of ops and optimizers, bound to the symbols and numbers of one place. Private
 * to trace/. */
#ifndef BACKSTEP_TRACE_BIND_H
#define BACKSTEP_TRACE_BIND_H

#include "backstep/trace/step.h"

enum { BIND_MAX_TERMS = 16 }; /* longer sums are shown with an ellipsis */

/* node->op->partial_rule[slot] for output i and input element j. NULL on lack of memory, as all of
 * these. */
struct formula *bind_partial(struct arena *arena, const struct link *link);
/* What an op carries from update to update: its symbol, and node->op->carry_rule for element e. */
struct formula *bind_state(struct arena *arena, const struct node *node, size_t e);
struct formula *bind_carry(struct arena *arena, const struct node *node, size_t e);
/* The optimizer's rule for a parameter: the parameter itself where the rule leaves it alone. */
struct formula *bind_update(struct arena *arena, const struct step_source *source, size_t param);
/* The rule of a slot, and of the point ahead. */
struct formula *bind_slot(struct arena *arena, const struct step_source *source, size_t param,
			  size_t slot);
struct formula *bind_ahead(struct arena *arena, const struct step_source *source, size_t param);

/* d of / d wrt with its number. */
struct formula *bind_derivative(struct arena *arena, struct formula *of, struct formula *wrt,
				double value);
struct formula *bind_link(struct arena *arena, const struct link *link);

/* E⁽ⁿ⁾ for row number row of the data (from 1). */
struct formula *bind_example_loss(struct arena *arena, const struct model *model, size_t row,
				  double value);
struct formula *bind_batch_loss(struct arena *arena, const struct model *model);

#endif
