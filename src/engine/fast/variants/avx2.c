/* SPDX-License-Identifier: GPL-3.0-or-later */
/* avx2.c -- the loops for x86-64 with AVX2. */
#define VARIANT_NAME "avx2"
#define KERNELS kernels_avx2
#define LANES 4
#define TALL 4
#include "variant.h"
