/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid_print.h -- a grid as text: what golden screens and the tests of views compare. */
#ifndef BACKSTEP_TESTS_GRID_PRINT_H
#define BACKSTEP_TESTS_GRID_PRINT_H

#include <string.h>

#include "backstep/view/grid.h"

/* Appends one row of text without its trailing blanks. */
static inline void print_text(const struct cell *cells, int columns, struct strbuf *out)
{
	while (columns > 0 && strcmp(cells[columns - 1].text, " ") == 0)
		columns--;
	for (int i = 0; i < columns; i++)
		strbuf_add(out, cells[i].text);
	strbuf_add_char(out, '\n');
}

/* What stands under a cell in a golden file; the first row whose attributes are all there. */
static const struct attribute_mark {
	unsigned char attributes;
	char mark;
} attribute_marks[] = {
    {GRID_BOLD | GRID_REVERSE, 'R'}, {GRID_REVERSE, 'r'}, {GRID_BOLD, 'b'},
    {GRID_UNDERLINE, 'u'},           {GRID_DIM, 'd'},
};

static const char colour_marks[N_GRID_COLOURS] = {
    [GRID_DEFAULT] = ' ', [GRID_ACCENT] = 'a', [GRID_GOOD] = 'g',   [GRID_BAD] = 'x',
    [GRID_MUTED] = 'm',   [GRID_INPUT] = 'i',  [GRID_WEIGHT] = 'w',
};

static inline char style_mark(struct style style)
{
	for (size_t i = 0; i < sizeof attribute_marks / sizeof *attribute_marks; i++) {
		const struct attribute_mark *mark = &attribute_marks[i];

		if ((style.attributes & mark->attributes) == mark->attributes)
			return mark->mark;
	}
	return colour_marks[style.colour];
}

/* Appends the marks of one row, or nothing where it has no style. */
static inline void print_marks(const struct cell *cells, int columns, struct strbuf *out)
{
	while (columns > 0 && style_mark(cells[columns - 1].style) == ' ')
		columns--;
	if (columns == 0)
		return;
	for (int i = 0; i < columns; i++)
		strbuf_add_char(out, style_mark(cells[i].style));
	strbuf_add_char(out, '\n');
}

/* Prints the grid as text lines (trailing blanks dropped). */
static inline void grid_print(const struct grid *grid, struct strbuf *out)
{
	for (int row = 0; row < grid->rows; row++)
		print_text(&grid->cells[(size_t)row * (size_t)grid->columns], grid->columns, out);
}

/* Prints the grid for golden files: each line of text, and under every line that has any style a
 * line of marks: b bold, r reverse, R both, d dim, u underline, and a letter for a colour where
 * there is no attribute (a accent, g good, x bad, m muted, i input, w weight). */
static inline void grid_print_styled(const struct grid *grid, struct strbuf *out)
{
	for (int row = 0; row < grid->rows; row++) {
		const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];

		print_text(cells, grid->columns, out);
		print_marks(cells, grid->columns, out);
	}
}

#endif
