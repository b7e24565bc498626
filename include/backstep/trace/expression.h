/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expression.h -- something to be worked out of the walk's numbers: 2*w5 - E1, (y1 - t1)^2,
 * E < 0.2. Names are those of value.h, functions and signs those of formulas. */
#ifndef BACKSTEP_TRACE_EXPRESSION_H
#define BACKSTEP_TRACE_EXPRESSION_H

#include "backstep/trace/value.h"

enum { EXPRESSION_MAX_NAMES = 16, EXPRESSION_TEXT = 200 };

/* A name in it, and the leaf that has its number. */
struct expression_name {
	struct ref ref;
	struct formula *leaf;
	char text[REF_TEXT]; /* as it was typed */
};

/* Owns: nothing; the tree lies in the arena that it was read into. */
struct expression {
	struct formula *tree;
	struct expression_name names[EXPRESSION_MAX_NAMES];
	size_t n_names;
};

/* Reads text, with names as at here (value.h). Errors: STATUS_BAD_INPUT, with the character where
 * it went wrong; STATUS_NO_MEMORY. */
enum status expression_read(struct expression *expression, const struct stepper *stepper,
			    const struct place *here, const char *text, struct arena *arena,
			    struct error *err);
/* The same for one that compares: E < 0.2. */
enum status expression_read_condition(struct expression *expression, const struct stepper *stepper,
				      const struct place *here, const char *text,
				      struct arena *arena, struct error *err);

/* Its number at the position: known where all of its names are, stale or open where one is; where:
 * the step (from 1) after which all are known, 0: no step makes them. Of a comparison 1, or 0. */
struct value expression_value(struct expression *expression, const struct stepper *stepper);

#endif
