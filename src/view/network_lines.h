/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_lines.h -- lines that meet and cross: collected first, then drawn with the box-drawing
 * character that each cell needs. Private to view/. */
#ifndef BACKSTEP_VIEW_NETWORK_LINES_H
#define BACKSTEP_VIEW_NETWORK_LINES_H

#include "highlight.h"
#include "pane.h"

/* Lies in the drawing's arena. */
struct lines {
	int rows, columns;
	bool passes;              /* four arms are two lines that pass each other */
	struct lines_cell *cells; /* [rows * columns] */
};

/* false on lack of memory. passes: whether lines that cross have nothing to do with each other,
 * except where they are joined. */
bool lines_init(struct lines *lines, struct drawing *d, int rows, int columns, bool passes);
/* From one cell to another in a row or in a column; ends may come in either order. */
void lines_across(struct lines *lines, int row, int from, int to, enum lit lit);
void lines_down(struct lines *lines, int column, int from, int to, enum lit lit);
/* Where a line that goes on is also joined to the one that crosses it. */
void lines_join(struct lines *lines, int row, int column);
/* Draws them at the left of the clip rectangle, from row top on. */
void lines_draw(const struct lines *lines, struct drawing *d, int top);

/* How lines and what stands on them look. */
struct style lit_style(enum lit lit, struct style plain);

#endif
