/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_lesson.h -- a network of the tests as a lesson: a failure that a seed has found is then
 * walked through with the program itself. */
#ifndef BACKSTEP_TESTS_NETWORK_LESSON_H
#define BACKSTEP_TESTS_NETWORK_LESSON_H

#include "backstep/base/strbuf.h"
#include "networks.h"

/* Appends a lesson file with the network's layers or gates, its rows, its optimizer and stages, and
 * theta [n_params] as the parameters' first numbers. Left out is what changes no loss: inputs,
 * parameters and gates that lead nowhere. out->failed on lack of memory. */
void network_print_lesson(const struct network *net, const double *theta, struct strbuf *out);

#endif
