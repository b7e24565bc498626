/* SPDX-License-Identifier: GPL-3.0-or-later */
/* optimizer_rows.h -- what the rows of several optimizers share.
 *
 * A slot that is not kept is written only where somebody looks at it: then its array is there. The
 * loops are compiled for either case (update_either_way), so that the one that trains has no such
 * stores in it, which would keep it from being vectorised. */
#ifndef BACKSTEP_ENGINE_OPTIMIZER_ROWS_H
#define BACKSTEP_ENGINE_OPTIMIZER_ROWS_H

#include "backstep/engine/optimizer.h"
#include "../fast/variants/row.h"
#include "../paths.h"

typedef void update_loop(const struct optimizer *optimizer, const struct update *u, bool shows);

/* shown: the array of a slot that is not kept, or NULL. */
INLINE void update_either_way(update_loop *loop, const struct optimizer *optimizer,
			      const struct update *u, const double *shown)
{
	if (shown)
		loop(optimizer, u, true);
	else
		loop(optimizer, u, false);
}

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define HYPERS(table) .hypers = table, .n_hypers = LENGTH(table)
#define FORMS(table) .forms = table, .n_forms = LENGTH(table)
#define SLOTS(table) .slots = table, .n_slots = LENGTH(table)

#define HYPER_RATE(value)                                         \
	{                                                         \
		"rate", "η", N_("learning rate"), value, 0.0, 1e6 \
	}
/* At 1 the correction of the bias, 1 - beta^t, would be 0. */
#define HYPER_BETA_MAX 0.999999
#define HYPER_BETA(name, initial, summary)                        \
	{                                                         \
		name, NULL, summary, initial, 0.0, HYPER_BETA_MAX \
	}
#define HYPER_BETA1 HYPER_BETA("beta1", 0.9, N_("how slowly the mean forgets"))
#define HYPER_BETA2 HYPER_BETA("beta2", 0.999, N_("how slowly the mean square forgets"))
#define HYPER_MOMENTUM                                                                 \
	{                                                                              \
		"momentum", "μ", N_("how much of the velocity remains"), 0.9, 0.0, 1.0 \
	}
#define HYPER_EPSILON(value)                                                         \
	{                                                                            \
		"epsilon", "ε", N_("keeps the divisor away from 0"), value, 0.0, 1.0 \
	}

/* The slots of the Adam family. */
#define SLOT_MEAN                                                                       \
	{                                                                               \
		"m", NULL, "beta1*m + (1 - beta1)*g", N_("mean of the gradients"), true \
	}
#define SLOT_MEAN_SQUARE                                                                          \
	{                                                                                         \
		"v", NULL, "beta2*v + (1 - beta2)*g^2", N_("mean of the squared gradients"), true \
	}
#define SLOT_MEAN_CORRECTED                                                      \
	{                                                                        \
		"mhat", "m̂", "m/(1 - beta1^t)", N_("the mean, corrected"), false \
	}
#define SLOT_MEAN_SQUARE_CORRECTED                                                      \
	{                                                                               \
		"vhat", "v̂", "v/(1 - beta2^t)", N_("the mean square, corrected"), false \
	}

/* How far the parameter moves. */
#define SLOT_STEP(rule)                                                      \
	{                                                                    \
		"d", NULL, rule, N_("the step: the gradient, scaled"), false \
	}

#endif
