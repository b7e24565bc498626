/* SPDX-License-Identifier: GPL-3.0-or-later */
/* optimizer_rows.h -- what the rows of several optimizers share.
 *
 * A slot that is not kept is written only where somebody looks at it: SHOW. The compiler takes
 * the test out of the loop. */
#ifndef BACKSTEP_ENGINE_OPTIMIZER_ROWS_H
#define BACKSTEP_ENGINE_OPTIMIZER_ROWS_H

#include "backstep/engine/optimizer.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define HYPERS(table) .hypers = table, .n_hypers = LENGTH(table)
#define FORMS(table) .forms = table, .n_forms = LENGTH(table)
#define SLOTS(table) .slots = table, .n_slots = LENGTH(table)

#define SHOW(slot, p, value)                                                                       \
	do {                                                                                       \
		if (slot)                                                                          \
			(slot)[p] = (value);                                                       \
	} while (0)

#define HYPER_RATE(value) {"rate", "η", N_("learning rate"), value, 0.0, 1e6}
/* At 1 the correction of the bias, 1 - beta^t, would be 0. */
#define HYPER_BETA_MAX 0.999999
#define HYPER_EPSILON(value)                                                                       \
	{"epsilon", "ε", N_("keeps the divisor away from 0"), value, 0.0, 1.0}

#endif
