/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_lesson_private.h -- what the two kinds of networks share when they are written down. */
#ifndef BACKSTEP_TESTS_NETWORK_LESSON_PRIVATE_H
#define BACKSTEP_TESTS_NETWORK_LESSON_PRIVATE_H

#include "network_lesson.h"

struct lesson_writer {
	const struct model *model;
	const double *theta;
	struct strbuf *out;
	bool *used; /* by network: parameters that have been named; by graph: nodes that matter */
};

void write_number(struct lesson_writer *w, double value);
/* A list of numbers of row, the inputs or targets lo to hi, in square brackets. */
void write_numbers(struct lesson_writer *w, const double *numbers, size_t n);
/* `graph:` with its inputs, parameters and nodes. */
void write_graph(struct lesson_writer *w);

#endif
