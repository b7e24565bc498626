/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout.h -- whether the layout of an update holds together: each step has a number of its own,
 * and each number leads to its step. */
#ifndef BACKSTEP_TESTS_LAYOUT_H
#define BACKSTEP_TESTS_LAYOUT_H

#include "backstep/trace/walk.h"

/* Looks at every step of the walk, or at as many as most, spread evenly. Fails the test. */
void layout_check(const struct walk *walk, uint64_t most);

#endif
