/* SPDX-License-Identifier: GPL-3.0-or-later */
/* values.h -- a number of the walk by its reference, in a word. */
#ifndef BACKSTEP_TESTS_VALUES_H
#define BACKSTEP_TESTS_VALUES_H

#include "backstep/trace/value.h"

static inline bool knows(const struct stepper *stepper, struct ref ref)
{
	return value_get(stepper, &ref).known;
}

/* The parameter in force. */
static inline double in_force(const struct stepper *stepper, size_t param)
{
	const struct ref ref = ref_param(REF_PARAM, param);
	return value_get(stepper, &ref).value;
}

#endif
