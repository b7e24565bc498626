/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matrix.h -- the step at hand as a line of code has it: a product of matrices, of which the step
 * is one entry. z = W h + b, ∂E/∂h = Wᵀ δ, ∂E/∂W = δ hᵀ, ∂E/∂b = δ 1, W ← W − η ∂E/∂W, where a
 * dense layer is walked.
 *
 * Of the matrices nothing is stored: every entry is a number of the walk (trace/value.h), and a
 * blank where the walk has not come to it. */
#ifndef BACKSTEP_SESSION_MATRIX_H
#define BACKSTEP_SESSION_MATRIX_H

#include "backstep/session/session.h"

/* What a matrix holds: units and deltas have a column for each row of the batch. */
enum matrix_kind {
	MATRIX_UNITS,
	MATRIX_DELTAS,
	MATRIX_WEIGHTS,
	MATRIX_BIASES,
	MATRIX_GRADIENTS, /* of weights or biases, as the two below */
	MATRIX_CHANGES,   /* new minus old */
	MATRIX_NEW,
	MATRIX_ONES,
};

struct matrix {
	enum matrix_kind kind;
	const struct node *node; /* of the units, or of the parameters */
	bool is_transposed;
	bool is_bias;      /* the parameters are biases */
	size_t rows, cols; /* as it stands, transposed */
	size_t row, col;   /* the entry at hand; SIZE_MAX: a whole row or column */
};

enum { MATRIX_FACTORS = 3, MATRIX_LINES = 6, MATRIX_SPANS = 24 };

/* left = factors[0] factors[1] + factors[2]; of an update left <- factors[0] - rate factors[1], or
 * where the rule is no such difference, left <- factors[0] + factors[1]. */
struct matrix_fact {
	struct matrix left, factors[MATRIX_FACTORS];
	size_t n_factors;
	bool is_update, has_rate;
	double rate;
	const char *scale; /* before the product: 1/4 of a mean; or "" */
	char scale_text[24];
	const char *why; /* N_(): how the entry comes about, and why something is transposed */
};

/* The step's fact; false: it is none of matrices. */
bool matrix_fact_find(const struct session *session, struct matrix_fact *fact);

/* The number of an entry. */
struct value matrix_value(const struct session *session, const struct matrix *matrix, size_t row,
			  size_t col);

/* Columns of a line that are lit. */
struct matrix_span {
	size_t line;
	int column, columns;
};
/* A fact as text: the equation with its shapes, then the matrices beside one another; of large ones
 * what is around the entry at hand. Owns: lines. */
struct matrix_text {
	struct strbuf lines[MATRIX_LINES];
	size_t n_lines;
	struct matrix_span spans[MATRIX_SPANS];
	size_t n_spans;
};
void matrix_text_make(const struct session *session, const struct matrix_fact *fact, int columns,
		      struct matrix_text *text);
void matrix_text_free(struct matrix_text *text);

/* Appends the fact as lines, where `set notation matrix` is in force and there is one. */
void matrix_print(const struct session *session, struct strbuf *out);

#endif
