/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid.h -- a grid of styled cells: what a screen looks like, without a terminal.
 *
 * Views draw into it; the full screen copies it to curses; tests print it. Drawing outside the
 * grid or the clip rectangle does nothing, so no view needs to check sizes to be safe. */
#ifndef BACKSTEP_VIEW_GRID_H
#define BACKSTEP_VIEW_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"
#include "backstep/base/strbuf.h"

enum {
	GRID_SIZE_MAX = 2000, /* rows, columns */
	GRID_CELL_TEXT = 24,  /* one character and up to four combining marks, terminated */
};

/* A cell's style: attributes (bits) and one colour role. Meaning never hangs on colour alone. */
enum grid_attribute {
	GRID_BOLD = 1,
	GRID_REVERSE = 2,
	GRID_DIM = 4,
	GRID_UNDERLINE = 8,
};
enum grid_colour {
	GRID_DEFAULT,
	GRID_ACCENT, /* what is current: the factor, the path */
	GRID_GOOD,   /* a value that went the right way; a check that holds */
	GRID_BAD,    /* an error, a NaN */
	GRID_MUTED,  /* frames, hints */
	GRID_INPUT,  /* data and targets */
	GRID_WEIGHT, /* parameters */
	N_GRID_COLOURS,
};

struct style {
	unsigned char attributes; /* enum grid_attribute bits */
	unsigned char colour;     /* enum grid_colour */
};

/* text is "" for the right half of a wide character, else one character (a space where empty). */
struct cell {
	char text[GRID_CELL_TEXT];
	struct style style;
};

struct rect {
	int row, column, rows, columns;
};

/* Owns: cells [rows * columns]. */
struct grid {
	int rows, columns;
	struct cell *cells;
	struct rect clip;              /* drawing stays inside */
	int cursor_row, cursor_column; /* -1: no cursor */
	bool ascii;                    /* text is put through text_ascii before it is drawn */
};

/* Errors: STATUS_NO_MEMORY; STATUS_BAD_INPUT for sizes below 1 or above GRID_SIZE_MAX. */
enum status grid_init(struct grid *grid, int rows, int columns, bool ascii, struct error *err);
void grid_free(struct grid *grid);
/* All cells blank, clip the whole grid, no cursor. */
void grid_clear(struct grid *grid);
/* Sets the clip to rect (cut to the grid). */
void grid_clip(struct grid *grid, struct rect rect);

/* Draws text (one line) at row, column relative to the clip rectangle; returns the column after
 * it, as if nothing had been clipped. A control character is drawn as a blank. */
int grid_text(struct grid *grid, int row, int column, struct style style, const char *text);
int grid_textf(struct grid *grid, int row, int column, struct style style, const char *fmt, ...)
    PRINTF_LIKE(5, 6);
/* Fills columns from column on with one character. */
void grid_fill(struct grid *grid, int row, int column, int columns, struct style style,
	       const char *character);
/* Adds attributes and, unless it is GRID_DEFAULT, the colour to cells that are already drawn. */
void grid_style(struct grid *grid, int row, int column, int columns, struct style style);
/* The cell, or NULL outside the grid (absolute coordinates). */
struct cell *grid_at(struct grid *grid, int row, int column);

#endif
