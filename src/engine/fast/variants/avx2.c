/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels_avx2.c -- the kernels for x86-64 with AVX2; nothing for other machines, where the build
 * does not turn those instructions on. */
#ifdef __AVX2__
#define VARIANT_NAME "avx2"
#define VARIANT kernels_avx2
#define LANES 4
#define TALL 4
#include "variant.h"
#endif
