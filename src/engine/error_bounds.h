/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error_bounds.h -- how far rounding may take the loss and the gradient of a pass.
 *
 * Math: an op's number y of inputs x is off by its own rounding, eps (|y| + sum |dy/dx x|), and by
 * sum |dy/dx| times what each x is off by. Backwards it is the same with dJ/dx, the sum over what
 * reads x of dJ/dy dy/dx. Both are first estimates: what a partial is off by is that of a product.
 */
#ifndef BACKSTEP_ENGINE_ERROR_BOUNDS_H
#define BACKSTEP_ENGINE_ERROR_BOUNDS_H

#include "backstep/engine/model.h"

/* Owns: grad. */
struct error_bounds {
	double loss;  /* of model->loss; infinite where there is no saying */
	double *grad; /* [n_params] of model->graph.grad */
};

/* Follows a forward and a backward pass. Errors: STATUS_NO_MEMORY,
 * STATUS_INTERRUPTED. */
enum status error_bounds_find(struct error_bounds *bounds, const struct model *model,
			      struct error *err);
void error_bounds_free(struct error_bounds *bounds);

#endif
