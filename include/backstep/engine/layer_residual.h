/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_residual.h -- the end of a residual block: act(x + F(x)), built out of ops.
 *
 * F(x) is whatever layers were added since the model's output was x. */
#ifndef BACKSTEP_ENGINE_LAYER_RESIDUAL_H
#define BACKSTEP_ENGINE_LAYER_RESIDUAL_H

#include "backstep/engine/model.h"

/* Labels may be NULL, then prefix and the element's number make the names. */
struct layer_residual {
	const struct op *activation; /* after the addition; NULL: the unit is the sum itself */
	bool has_projection;         /* W x + F(x), where x has another size than F(x) */
	const size_t *weight_ids;    /* [units * rows of x] places in theta, or NULL: new ones */
	const struct label *units, *sums, *skips; /* [units]; skips: of W x */
	const struct label *weights;              /* one per element of W */
	const char *prefix; /* "h": units h1.., sums sum_h1.., W x skip_h1.., weights W_h[r,c] */
};

/* Adds x to model->output. Errors: STATUS_BAD_INPUT where x has another size and there is no
 * projection; STATUS_NO_MEMORY. */
enum status layer_residual_add(struct model *model, struct node *x,
			       const struct layer_residual *layer, struct error *err);

#endif
