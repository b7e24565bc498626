/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.h -- which functions the path that every update takes goes through, and which it does not.
 * A small update is so short that what the compiler would inline, or leave a call, counts. */
#ifndef BACKSTEP_ENGINE_PATHS_H
#define BACKSTEP_ENGINE_PATHS_H

/* What only some graphs and updates need: kept apart, so that the path of all is short. */
#define SELDOM static __attribute__((cold, noinline))
/* What is compiled for the lengths, or the place, that it is called with. */
#define INLINE static inline __attribute__((always_inline))

#endif
