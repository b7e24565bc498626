/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variants.h -- the tables that the files of this folder define; which of them are compiled in,
 * CMakeLists.txt says with VARIANT_AVX2 and VARIANT_AVX512. */
#ifndef BACKSTEP_ENGINE_FAST_VARIANTS_H
#define BACKSTEP_ENGINE_FAST_VARIANTS_H

#include "../kernels.h"

extern const struct kernels kernels_baseline, kernels_avx2, kernels_avx512;

#endif
