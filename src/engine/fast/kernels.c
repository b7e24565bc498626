/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.c -- which variants this processor can run, and which one is in use. */
#include "kernels.h"

#include <string.h>

#include "variants/variants.h"

static const struct kernels *current;

const struct kernels *const *kernels_all(void)
{
	static const struct kernels *all[4];
	if (all[0])
		return all;
	size_t n = 1;
#ifdef VARIANT_AVX2
	if (__builtin_cpu_supports("avx2"))
		all[n++] = &kernels_avx2;
#endif
#ifdef VARIANT_AVX512
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
	    __builtin_cpu_supports("avx512vl"))
		all[n++] = &kernels_avx512;
#endif
	all[n] = NULL;
	all[0] = &kernels_baseline;
	return all;
}

const struct kernels *kernels_current(void)
{
	if (!current)
		kernels_use(NULL);
	return current;
}

bool kernels_use(const char *name)
{
	const struct kernels *const *all = kernels_all();
	const struct kernels *found = NULL;
	for (size_t k = 0; all[k]; k++)
		if (!name || strcmp(all[k]->name, name) == 0)
			found = all[k];
	if (found)
		current = found;
	return found != NULL;
}
