/* SPDX-License-Identifier: GPL-3.0-or-later */
/* row.h -- the name of an optimizer's row. Its page is compiled once more for each instruction set,
 * with VARIANT defined as the set's name, and its row is then optimizer_adam_avx2. */
#ifndef BACKSTEP_ENGINE_FAST_ROW_H
#define BACKSTEP_ENGINE_FAST_ROW_H

#include "backstep/engine/optimizer.h"

#ifdef VARIANT
#define ROW_JOIN(name, variant) name##_##variant
#define ROW_OF(name, variant) ROW_JOIN(name, variant)
#define ROW(name) ROW_OF(name, VARIANT)
#define OPTIMIZER(name) extern const struct optimizer_class ROW(optimizer_##name);
#include "backstep/engine/optimizer_list.h"
#undef OPTIMIZER
#else
#define ROW(name) name
#endif

#endif
