/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ways.c -- choosing among the ways. */
#include "ways.h"

#include <string.h>

#ifdef BACKSTEP_FAST
#include "../../src/engine/fast/kernels.h"
#include "../../src/engine/fast/plan.h"

static const struct kernels *variant(size_t k)
{
	for (size_t i = 0; i <= k; i++)
		if (!kernels_all()[i])
			return NULL;
	return kernels_all()[k];
}

const char *ways_name(size_t k)
{
	if (variant(k))
		return variant(k)->name;
	return k == 0 || variant(k - 1) ? "written" : NULL;
}

void ways_use(size_t k)
{
	fast_turn(variant(k) != NULL);
	kernels_use(variant(k) ? variant(k)->name : NULL);
}

void ways_reset(void)
{
	fast_turn(true);
	kernels_use(NULL);
}
#else
const char *ways_name(size_t k)
{
	return k == 0 ? "written" : NULL;
}

void ways_use(size_t k)
{
	(void)k;
}

void ways_reset(void)
{
}
#endif

bool ways_use_name(const char *name)
{
	for (size_t k = 0; ways_name(k); k++) {
		if (strcmp(ways_name(k), name) != 0)
			continue;
		ways_use(k);
		return true;
	}
	return false;
}
