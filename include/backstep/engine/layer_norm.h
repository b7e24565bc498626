/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_norm.h -- batch and layer normalisation, built out of ops: mean, variance, normalised
 * value, and w times it plus b (the papers' gamma and beta). */
#ifndef BACKSTEP_ENGINE_LAYER_NORM_H
#define BACKSTEP_ENGINE_LAYER_NORM_H

#include "backstep/engine/model.h"

/* Over what mean and variance are taken: the examples of a batch, for each unit; the units of an
 * example. */
enum norm_over { NORM_BATCH, NORM_UNITS };

/* Labels may be NULL, then prefix and the element's number make the names. */
struct layer_norm {
	enum norm_over over;
	double epsilon;                      /* added to the variance, 0 to 1 */
	double momentum;                     /* NORM_BATCH: of the running statistics, 0 to 1 */
	const size_t *scale_ids, *shift_ids; /* [units] places in theta, or NULL: new ones */
	const struct label *units, *normalised, *scales, *shifts; /* [units] */
	const struct label *means, *variances; /* NORM_BATCH: [units], else [1] */
	const char *prefix; /* "h": units h1.., mu_h1, var_h1, hat_h1, gamma_h[r,1], beta_h[r,1] */
};

/* Adds the layer on top of model->output; NORM_BATCH makes the graph coupled. Errors:
 * STATUS_BAD_INPUT, epsilon or momentum; STATUS_NO_MEMORY. */
enum status layer_norm_add(struct model *model, const struct layer_norm *layer, struct error *err);

#endif
