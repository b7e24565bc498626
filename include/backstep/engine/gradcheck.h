/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gradcheck.h -- the gradient against a central difference of the loss.
 *
 * Math: (J(w + h) - J(w - h)) / ((w + h) - (w - h)); metric |a - n| / max(1, |a|, |n|), which is
 * at most the tolerance and what rounding explains where J is large or a sum over many rows.
 * Parameters for which a unit is at a kink, or crosses one within h, are skipped and counted. */
#ifndef BACKSTEP_ENGINE_GRADCHECK_H
#define BACKSTEP_ENGINE_GRADCHECK_H

#include "backstep/engine/stage.h"

#define GRADCHECK_H 1e-5
#define GRADCHECK_TOLERANCE 1e-8
/* With rounding too. Beyond it a difference would prove nothing: the gradient then counts as
 * wrong, though it may be right. */
#define GRADCHECK_MOST 5e-7

struct gradcheck_param {
	size_t param;
	double analytic, numeric, metric;
	double tolerance; /* of the metric */
	bool skipped;     /* at a kink of a unit, or of a penalty */
	bool at_penalty_kink;
};

/* Written so that a NaN fails. */
static inline bool gradcheck_fails(const struct gradcheck_param *param)
{
	return !param->skipped && !(param->metric <= param->tolerance);
}

struct gradcheck {
	size_t n_checked, n_skipped, n_failed;
	struct gradcheck_param worst; /* of the checked ones, as tolerances go */
};

/* Checks grad [n_params] for the batch that is loaded, over the trained parameters: the gradient of
 * the loss, normally model->graph.grad after a backward pass; or where stages (or NULL) has
 * penalties in force, of the loss with these. Parameters at or next to a penalty's kink are skipped
 * too. each (may be NULL) is called for every parameter. The model's values are left as a forward
 * pass makes them. Errors: STATUS_NO_MEMORY. */
enum status gradcheck_run(struct model *model, const struct stages *stages, const double *grad,
			  struct gradcheck *result,
			  void (*each)(void *ctx, const struct gradcheck_param *param), void *ctx,
			  struct error *err);

#endif
