/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terms.h -- the formulas of products, sums over paths, deltas and batches. Private to trace/. */
#ifndef BACKSTEP_TRACE_TERMS_H
#define BACKSTEP_TRACE_TERMS_H

#include "bind.h"

/* What a chain contributes: ∂E₁/∂w₁ where only one path of the parameter starts at E₁, else
 * path₂. */
struct formula *terms_path(struct arena *arena, const struct step_source *source,
			   const struct place *place, const struct chain *chain);

/* The loss that example n's gradients are of: its own, or in a coupled graph the batch's. name (may
 * be NULL) gets its ASCII name. */
struct formula *terms_loss(struct arena *arena, const struct model *model, size_t n,
			   char name[LABEL_TEXT]);

/* The sum over paths, or over the units that the parameter feeds by their deltas: of one example,
 * or in a coupled graph of all. */
struct formula *terms_gradient(struct arena *arena, const struct step_source *source,
			       const struct place *place);
/* The sum or mean over the examples of the batch. */
struct formula *terms_batch_gradient(struct arena *arena, const struct step_source *source,
				     size_t param);
struct formula *terms_batch_loss(struct arena *arena, const struct step_source *source);
/* The sum over the units that element e of node feeds. *at_kink: whether one of them is at a kink,
 * where its partial is a convention. */
struct formula *terms_delta(struct arena *arena, const struct step_source *source,
			    const struct node *node, size_t e, bool *at_kink);

/* The gradient of one example's own loss with respect to a parameter, from the passes' unit
 * gradients. */
double step_example_gradient(const struct model *model, size_t param, size_t n);
/* The sizes of what it, or that of all examples, is the sum of, added up: what its rounding is
 * relative to. */
#define STEP_ALL_EXAMPLES SIZE_MAX
double step_gradient_size(const struct model *model, size_t param, size_t n);

#endif
