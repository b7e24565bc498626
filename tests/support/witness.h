/* SPDX-License-Identifier: GPL-3.0-or-later */
/* witness.h -- says which network a test was at when it failed.
 *
 * The makers of networks report each one here, and network_free that a test is done with it. A test
 * that fails, or is ended by a broken contract or by a sanitizer, does not get that far: of what is
 * left when the program ends, the maker and the seed are printed, and a lesson file is written in
 * the current folder with which `backstep` walks through the same numbers. */
#ifndef BACKSTEP_TESTS_WITNESS_H
#define BACKSTEP_TESTS_WITNESS_H

#include "networks.h"

/* The network as it is now: its first parameters, its optimizer. Again: it has changed. */
void witness_see(const struct network *net);
void witness_dismiss(const struct network *net);

#endif
