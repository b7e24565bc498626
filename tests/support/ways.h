/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ways.h -- the ways in which passes and updates can run, to the same bits: by each variant of the
 * kernels that the processor has, and as they are written, without src/engine/fast/. A build
 * without that has the last way only. */
#ifndef BACKSTEP_TESTS_WAYS_H
#define BACKSTEP_TESTS_WAYS_H

#include <stdbool.h>
#include <stddef.h>

/* The name of way k, "written" the last one; NULL after it. */
const char *ways_name(size_t k);
/* Networks and trainers that are made from now on go this way. Those that are there go on, with the
 * loops of the variant; a plan of their passes is made anew by fast_forget. */
void ways_use(size_t k);
/* The way called name; false where there is none. */
bool ways_use_name(const char *name);
/* The usual way: the fastest. */
void ways_reset(void);

#endif
