/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels_avx512.c -- the kernels for x86-64 with AVX-512; nothing for other machines, where the
 * build does not turn those instructions on. */
#ifdef __AVX512F__
#define VARIANT_NAME "avx512"
#define VARIANT kernels_avx512
#define LANES 8
#define TALL 8
#include "variant.h"
#endif
