/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_dense.h -- the dense layer: act(W x + b), built out of ops.
 *
 * An activation that gathers (maxout) makes each unit out of several weighted sums: then there are
 * n_sums = n_units * pieces rows of weights, biases and sums, those of one unit side by side. */
#ifndef BACKSTEP_ENGINE_LAYER_DENSE_H
#define BACKSTEP_ENGINE_LAYER_DENSE_H

#include "backstep/engine/model.h"

enum bias_kind { BIAS_NONE, BIAS_PER_UNIT, BIAS_SHARED };

/* Labels may be NULL, then prefix and the element's number make the names. */
struct layer_dense {
	size_t n_units;
	size_t pieces;               /* of an activation that gathers; 0: its usual number */
	const struct op *activation; /* NULL: the unit is the weighted sum itself */
	const struct op_part *parts; /* [n_units] where that is per-unit */
	bool only_activation; /* no sums: the activation takes the units before as they are */
	enum bias_kind bias;
	bool separate_bias;        /* W x and + b are two nodes */
	const size_t *weight_ids;  /* [n_sums * inputs] places in theta, or NULL: new ones */
	const size_t *bias_ids;    /* [n_sums] or [1], or NULL: new ones */
	const struct label *units; /* [n_units] */
	const struct label *sums, *products;  /* [n_sums] */
	const struct label *weights, *biases; /* one per element */
	const char *prefix; /* "h": units h1.., sums sum_h1.., weights W_h[r,c], b_h[r,1] */
};

/* Adds the layer on top of model->output (or the input). Errors: STATUS_NO_MEMORY. */
enum status layer_dense_add(struct model *model, const struct layer_dense *layer,
			    struct error *err);

#endif
