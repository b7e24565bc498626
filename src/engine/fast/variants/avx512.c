/* SPDX-License-Identifier: GPL-3.0-or-later */
/* avx512.c -- the loops for x86-64 with AVX-512. */
#define VARIANT_NAME "avx512"
#define KERNELS kernels_avx512
#define LANES 8
#define TALL 8
#include "variant.h"
