/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot.h -- the plane that pictures are drawn in: axes with their numbers, bars, curves, marks, in
 * blocks of an eighth of a cell, in braille where `set plot braille` says so, or in ASCII. */
#ifndef BACKSTEP_VIEW_PLOT_H
#define BACKSTEP_VIEW_PLOT_H

#include "pane.h"

/* A plane on the grid. */
struct plot {
	struct drawing *d;
	struct rect where;               /* the cells inside the axes, within the clip */
	double left, right, bottom, top; /* what they stand for; of a log axis the logarithms */
	bool is_log;                     /* upwards */
};

/* Lays the plane out within some cells of the clip and draws its axes. The ranges may be empty: a
 * margin is then made. is_log: bottom and top must be above 0. */
void plot_begin(struct plot *plot, struct drawing *d, struct rect where, double left, double right,
		double bottom, double top, bool is_log);
/* The cells that are inside the axes where a plane is laid out so. */
struct rect plot_inside(struct rect where);
/* What the middle of a column of cells stands for. */
double plot_x(const struct plot *plot, int column);
/* The cell of a number, which may lie outside. */
int plot_column(const struct plot *plot, double x);
int plot_row(const struct plot *plot, double y);

/* Draws y(x) for every column: NaN where there is none. */
void plot_curve(const struct plot *plot, double (*y)(const void *ctx, double x), const void *ctx,
		struct style style);
/* Draws a sign at a point, with a text near it where nothing else is drawn (NULL: none). */
void plot_mark(const struct plot *plot, double x, double y, struct style style, const char *sign,
	       const char *text);
/* Draws a horizontal bar of share (0 to 1) of width cells; what is above 0 shows. */
void plot_bar(struct drawing *d, int row, int column, int width, double share, struct style style);
/* A block as high as a share (0 to 1) is. */
const char *plot_block(const struct drawing *d, double share);
/* A line of blocks as high as the numbers are between the least and the most of them. */
const char *plot_sparkline(struct drawing *d, const double *numbers, size_t n);

#endif
