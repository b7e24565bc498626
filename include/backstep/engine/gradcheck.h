/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gradcheck.h -- the gradient against the slope of the loss, by central differences (slope.h).
 *
 * A gradient differs where it is farther from the estimated slope than the estimate may be off.
 * An estimate that may be off by more than what tells a gradient from one that is wrong by a
 * millionth proves nothing: then the check cannot tell, and says so. A gradient by which the
 * parameter, moved by its own size, would change no digit of the loss counts as 0.
 * Parameters for which a unit is at a kink, or crosses one close by, are skipped and counted. */
#ifndef BACKSTEP_ENGINE_GRADCHECK_H
#define BACKSTEP_ENGINE_GRADCHECK_H

#include "backstep/engine/slope.h"
#include "backstep/engine/stage.h"

/* Of a gradient: by so much it may be wrong without being found. */
#define GRADCHECK_TOLERANCE 1e-6

enum gradcheck_verdict {
	GRADCHECK_AGREES,
	GRADCHECK_DIFFERS,
	GRADCHECK_CANNOT_TELL,
	GRADCHECK_AT_KINK,         /* of a unit: skipped */
	GRADCHECK_AT_PENALTY_KINK, /* skipped too */
	N_GRADCHECK_VERDICTS,
};

struct gradcheck_param {
	size_t param;
	double analytic, numeric;
	double distance; /* |analytic - numeric| / max(1, |analytic|, |numeric|) */
	double error;    /* what the estimate may be off by, in the same measure */
	enum gradcheck_verdict verdict;
};

struct gradcheck {
	size_t n_of[N_GRADCHECK_VERDICTS];
	struct gradcheck_param worst; /* the one that differs most, else the farthest */
};

static inline size_t gradcheck_checked(const struct gradcheck *result)
{
	return result->n_of[GRADCHECK_AGREES] + result->n_of[GRADCHECK_DIFFERS];
}

static inline size_t gradcheck_skipped(const struct gradcheck *result)
{
	return result->n_of[GRADCHECK_AT_KINK] + result->n_of[GRADCHECK_AT_PENALTY_KINK];
}

/* Checks grad [n_params] for the batch that is loaded, over the trained parameters: the gradient of
 * the loss, normally model->graph.grad after a backward pass; or where stages (or NULL) has
 * penalties in force, of the loss with these. each (may be NULL) is called for every parameter. The
 * model's values are left as a forward pass makes them.
 * Errors: STATUS_NO_MEMORY; STATUS_INTERRUPTED, with what was found so far in result;
 * then the model's values are only left so if its passes are not long. */
enum status gradcheck_run(struct model *model, const struct stages *stages, const double *grad,
			  struct gradcheck *result,
			  void (*each)(void *ctx, const struct gradcheck_param *param), void *ctx,
			  struct error *err);

#endif
