/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_gates.h -- what the files that make gates of an expression share. Private to
 * lesson_gates.c and lesson_calls.c. */
#ifndef BACKSTEP_LESSON_LESSON_GATES_H
#define BACKSTEP_LESSON_LESSON_GATES_H

#include "backstep/formula/formula.h"
#include "lesson_graph.h"

/* What a part of an expression has become. is_good false: reported. */
struct operand {
	struct lesson_argument arg;
	bool is_good, is_matrix, is_transposed;
};

/* Makes the gates of a part of the expression. */
struct operand gates_convert(struct graph_reader *reader, const struct formula *f);
struct operand gates_convert_call(struct graph_reader *reader, const struct formula *f);
/* Whether f is made of numbers alone. */
bool gates_is_number(const struct formula *f);
/* Adds a gate at column, or the one of an op. */
struct operand gates_add(struct graph_reader *reader, size_t column, struct lesson_gate gate);
struct operand gates_add_op(struct graph_reader *reader, size_t column, const struct op *op,
			    struct operand a, struct operand b);
/* How many numbers are a row of the picture that an argument is; 0: it is none. */
size_t gates_width(const struct graph_reader *reader, const struct lesson_argument *arg);
/* Layers' ops read data only: a parameter or a number becomes a value first. */
struct operand gates_as_data(struct graph_reader *reader, struct operand in, size_t column);
/* The place of the character where a part of the expression begins. */
struct source_mark gates_mark(const struct graph_reader *reader, size_t column);

#endif
