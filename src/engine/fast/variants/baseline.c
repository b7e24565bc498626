/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baseline.c -- the loops that every machine of the target can run. */
#ifdef __SSE2__
#define VARIANT_NAME "sse2"
#else
#define VARIANT_NAME "portable"
#endif
#define KERNELS kernels_baseline
#define LANES 2
#define TALL 4
#include "variant.h"
