/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hyper.h -- a number that the user sets, of an optimizer, a stage, an op or an initialisation: a
 * row of its owner's table. The values lie in an array beside it, in the rows' order. */
#ifndef BACKSTEP_ENGINE_HYPER_H
#define BACKSTEP_ENGINE_HYPER_H

#include <stddef.h>

/* Its name is the one that lessons, rules and `set` use. */
struct hyper {
	const char *name, *symbol, *summary; /* summary N_() */
	double initial, min, max;
};

/* The row called name; n: none is. */
size_t hypers_find(const struct hyper *rows, size_t n, const char *name);
#endif
