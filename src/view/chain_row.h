/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain_row.h -- a chain of factors: their symbols, their values below, the current one marked.
 * Private to view/. */
#ifndef BACKSTEP_VIEW_CHAIN_ROW_H
#define BACKSTEP_VIEW_CHAIN_ROW_H

#include "pane.h"

/* One factor on its line of factors. */
struct chain_cell {
	const char *symbol, *value;
	int column, width, line;
	bool finite;
};

/* Lies in the drawing's arena. */
struct chain_row {
	const char *left; /* what the product is: ∂E₁/∂w₅ */
	struct chain_cell *cells;
	size_t n_cells, current; /* current n_cells: all are computed, none is marked */
	size_t n_known;
	bool is_asked; /* the current one, by an open question */
	int n_lines;
};

/* Lays the step's chain out in columns. n_cells is 0 on lack of memory. */
struct chain_row chain_row_make(struct drawing *d, const struct step *step, int columns);

/* Draws n_lines lines of factors (two rows each) from row on, among them the one with the current
 * factor, and under that one the pointer with its remark where has_pointer. Returns the row
 * below. */
int chain_row_draw(struct drawing *d, const struct chain_row *chain, int row, int n_lines,
		   bool has_pointer, const char *remark);

#endif
