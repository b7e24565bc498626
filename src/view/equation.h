/* SPDX-License-Identifier: GPL-3.0-or-later */
/* equation.h -- left = rule = numbers = value over as many lines as there is room for. Private to
 * view/. */
#ifndef BACKSTEP_VIEW_EQUATION_H
#define BACKSTEP_VIEW_EQUATION_H

#include "pane.h"

enum { EQUATION_SIDES = 3 };

/* Texts live in the drawing's arena. */
struct equation {
	const char *left;
	const char *sign;                  /* between left and the first side */
	const char *sides[EQUATION_SIDES]; /* the last one is the value */
	int n_sides;
	const char *remark; /* after the value; "": none */
	bool finite;
	bool is_part; /* the value stands elsewhere */
};

/* The equation of a step, sides that would repeat left out; of a step whose rule is on the screen
 * already only the numbers and the value. */
struct equation equation_make(struct drawing *d, const struct step *step, bool has_rule);

/* The fewest rows that hold all of it at this width. */
int equation_rows(struct drawing *d, const struct equation *equation, int columns);

/* Draws it in at most where.rows rows, each side on its own line if they suffice. Returns the
 * rows used. */
int equation_draw(struct drawing *d, const struct equation *equation, struct rect where);

#endif
