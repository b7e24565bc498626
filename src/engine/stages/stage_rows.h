/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_rows.h -- what the rows of several stages share. */
#ifndef BACKSTEP_ENGINE_STAGE_ROWS_H
#define BACKSTEP_ENGINE_STAGE_ROWS_H

#include "backstep/base/i18n.h"
#include "backstep/engine/trainer.h"

/* What a stage works with. in is what it takes, where that is a number for each parameter; its own
 * numbers go to numbers[]: one, [n_units] or [n_params]. Of a number that is handed on for each
 * parameter, numbers[] holds a copy of in already. */
struct stage_work {
	const struct model *model;
	const struct trainer_range *ranges; /* the parameters that it may touch */
	size_t n_ranges;
	const double *theta; /* [n_params] penalties: where the gradient is taken; else in force */
	const double *in;
	double before; /* the rate or the loss that it takes */
	double rate;   /* in force */
	uint64_t k;
	double *const *numbers;
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define HYPERS(table) .hypers = table, .n_hypers = LENGTH(table)
#define FORMS(table) .forms = table, .n_forms = LENGTH(table)
#define NUMBERS(table) .numbers = table, .n_numbers = LENGTH(table)

/* For each parameter p that the stage may touch. */
#define EACH_PARAM(work, p)                                          \
	for (size_t range_ = 0; range_ < (work)->n_ranges; range_++) \
		for (size_t p = (work)->ranges[range_].lo; p < (work)->ranges[range_].hi; p++)

#define HYPER_LIMIT                                        \
	{                                                  \
		"c", NULL, N_("the limit"), 1.0, 0.0, 1e12 \
	}
#define HYPER_LAMBDA(summary)                          \
	{                                              \
		"lambda", "λ", summary, 0.01, 0.0, 1e6 \
	}

#endif
