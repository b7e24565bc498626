/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_dropout.h -- the dropout layer: m x / (1 - rate), with a mask m drawn for each update. */
#ifndef BACKSTEP_ENGINE_LAYER_DROPOUT_H
#define BACKSTEP_ENGINE_LAYER_DROPOUT_H

#include "backstep/engine/model.h"

/* Labels may be NULL, then prefix and the element's number make the names. */
struct layer_dropout {
	double rate;        /* the probability with which a unit is dropped, 0 to 0.99 */
	uint64_t seed;      /* of the masks */
	const double *mask; /* [units] of every update; NULL: drawn */
	const struct label *units, *masks; /* [units] */
	const char *prefix;                /* "h": units h1.., masks m_h1.. */
};

/* Adds the layer on top of model->output. Errors: STATUS_BAD_INPUT, the rate; STATUS_NO_MEMORY. */
enum status layer_dropout_add(struct model *model, const struct layer_dropout *layer,
			      struct error *err);

#endif
