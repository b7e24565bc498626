/* SPDX-License-Identifier: GPL-3.0-or-later */
/* grid.c -- cells, clipping, wide characters and combining marks; knows no terminal and no view.
 *
 * A wide character owns two cells: its text is in the left one, the right one holds "". Whatever
 * overwrites one of the two blanks the other, so that a row always has as many columns as the
 * grid. To add an attribute or a colour: grid.h, the marks below, and the terminal's table. */
#include "backstep/view/grid.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { MARKS_MAX = 4 }; /* combining marks on one character: what curses can hold */

/* One character as it is drawn: its bytes, which are not terminated. */
struct glyph {
	const char *bytes;
	size_t len;
	int columns;
};

/* Reads the character at s and returns the bytes read. A control character is a blank, a byte
 * that is not UTF-8 a question mark: neither may reach a terminal. */
static size_t glyph_read(const char *s, struct glyph *glyph)
{
	uint32_t code;
	size_t n = utf8_decode(s, strnlen(s, 4), &code);
	*glyph = (struct glyph){.bytes = s, .len = n, .columns = n ? utf8_columns(code) : 1};
	if (!n)
		*glyph = (struct glyph){.bytes = "?", .len = 1, .columns = 1};
	else if (code < 0x20 || (code >= 0x7F && code < 0xA0))
		*glyph = (struct glyph){.bytes = " ", .len = 1, .columns = 1};
	return n ? n : 1;
}

static struct cell *cell_at(struct grid *grid, int row, int column)
{
	return &grid->cells[(size_t)row * (size_t)grid->columns + (size_t)column];
}

static void cell_blank(struct cell *cell)
{
	strcpy(cell->text, " ");
}

/* Blanks the other half of a wide character that loses this cell. */
static void cell_detach(struct grid *grid, int row, int column)
{
	struct cell *cell = cell_at(grid, row, column);
	if (cell->text[0] == '\0')
		cell_blank(cell - 1);
	if (column + 1 < grid->columns && cell[1].text[0] == '\0')
		cell_blank(cell + 1);
}

static struct cell *cell_put(struct grid *grid, int row, int column, struct style style,
			     const char *bytes, size_t len)
{
	struct cell *cell = cell_at(grid, row, column);
	cell_detach(grid, row, column);
	memcpy(cell->text, bytes, len);
	cell->text[len] = '\0';
	cell->style = style;
	return cell;
}

/* Draws a character that takes columns at row, column of the clip rectangle, inside it in its
 * rows. Of a wide character cut by an edge a blank is left. Returns the cell it went to, for its
 * combining marks, or NULL where it is out of sight. */
static struct cell *glyph_put(struct grid *grid, int row, int column, struct style style,
			      const struct glyph *glyph)
{
	const struct rect *clip = &grid->clip;
	int y = clip->row + row, x = clip->column + column;
	bool left = column >= 0 && column < clip->columns;
	bool right = column + 1 >= 0 && column + 1 < clip->columns;
	struct cell *cell;
	if (glyph->columns == 1)
		return left ? cell_put(grid, y, x, style, glyph->bytes, glyph->len) : NULL;
	if (left && right) {
		cell_put(grid, y, x + 1, style, " ", 1);
		cell = cell_put(grid, y, x, style, glyph->bytes, glyph->len);
		cell[1].text[0] = '\0';
		return cell;
	}
	if (left || right)
		cell_put(grid, y, left ? x : x + 1, style, " ", 1);
	return NULL;
}

static bool row_is_visible(const struct grid *grid, int row)
{
	return row >= 0 && row < grid->clip.rows;
}

/* Draws text that needs no more spelling; returns the column after it. */
static int draw_line(struct grid *grid, int row, int column, struct style style, const char *text)
{
	struct cell *cell = NULL;
	int n_marks = 0;
	while (*text && row_is_visible(grid, row)) {
		struct glyph glyph;
		size_t n = glyph_read(text, &glyph);

		if (glyph.columns > 0 && column >= grid->clip.columns)
			break;
		text += n;
		if (glyph.columns > 0) {
			cell = glyph_put(grid, row, column, style, &glyph);
			n_marks = 0;
		} else if (cell && n_marks++ < MARKS_MAX) {
			strncat(cell->text, glyph.bytes, glyph.len);
		}
		column += glyph.columns;
	}
	return column + (int)text_columns(text);
}

enum status grid_init(struct grid *grid, int rows, int columns, bool ascii, struct error *err)
{
	*grid = (struct grid){0};
	if (rows < 1 || rows > GRID_SIZE_MAX || columns < 1 || columns > GRID_SIZE_MAX)
		return error_set(err, STATUS_BAD_INPUT,
				 _("a screen of %d rows and %d columns cannot be drawn"), rows,
				 columns);
	grid->cells = calloc((size_t)rows * (size_t)columns, sizeof *grid->cells);
	if (!grid->cells)
		return error_no_memory(err);
	grid->rows = rows;
	grid->columns = columns;
	grid->ascii = ascii;
	grid_clear(grid);
	return STATUS_OK;
}

void grid_free(struct grid *grid)
{
	free(grid->cells);
	*grid = (struct grid){0};
}

void grid_clear(struct grid *grid)
{
	static const struct cell blank = {.text = " "};
	size_t n = (size_t)grid->rows * (size_t)grid->columns;
	for (size_t i = 0; i < n; i++)
		grid->cells[i] = blank;
	grid->clip = (struct rect){0, 0, grid->rows, grid->columns};
	grid->cursor_row = grid->cursor_column = -1;
}

/* Cuts the stretch from *start on, *len long, to 0 .. limit. */
static void stretch_cut(int *start, int *len, int limit)
{
	long end = (long)*start + *len;
	if (*start < 0)
		*start = 0;
	if (*start > limit)
		*start = limit;
	if (end > limit)
		end = limit;
	*len = end > *start ? (int)(end - *start) : 0;
}

void grid_clip(struct grid *grid, struct rect rect)
{
	stretch_cut(&rect.row, &rect.rows, grid->rows);
	stretch_cut(&rect.column, &rect.columns, grid->columns);
	grid->clip = rect;
}

int grid_text(struct grid *grid, int row, int column, struct style style, const char *text)
{
	struct strbuf ascii = {0};
	if (!grid->ascii)
		return draw_line(grid, row, column, style, text);
	text_ascii(&ascii, text);
	column = draw_line(grid, row, column, style, strbuf_str(&ascii));
	strbuf_free(&ascii);
	return column;
}

int grid_textf(struct grid *grid, int row, int column, struct style style, const char *fmt, ...)
{
	va_list args;
	char *text;
	int len;
	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	if (len < 0)
		return column;
	column = grid_text(grid, row, column, style, text);
	free(text);
	return column;
}

void grid_fill(struct grid *grid, int row, int column, int columns, struct style style,
	       const char *character)
{
	CONTRACT(*character);
	struct strbuf ascii = {0};
	struct glyph glyph = {.bytes = " ", .len = 1, .columns = 1};
	if (!row_is_visible(grid, row))
		return;
	stretch_cut(&column, &columns, grid->clip.columns);
	if (grid->ascii) {
		text_ascii(&ascii, character);
		character = strbuf_str(&ascii);
	}
	if (*character)
		glyph_read(character, &glyph);
	for (int i = 0; glyph.columns > 0 && i + glyph.columns <= columns; i += glyph.columns)
		glyph_put(grid, row, column + i, style, &glyph);
	strbuf_free(&ascii);
}

void grid_style(struct grid *grid, int row, int column, int columns, struct style style)
{
	if (!row_is_visible(grid, row))
		return;
	stretch_cut(&column, &columns, grid->clip.columns);
	for (int i = 0; i < columns; i++) {
		struct cell *cell =
		    cell_at(grid, grid->clip.row + row, grid->clip.column + column + i);

		cell->style.attributes |= style.attributes;
		if (style.colour != GRID_DEFAULT)
			cell->style.colour = style.colour;
	}
}

struct cell *grid_at(struct grid *grid, int row, int column)
{
	if (row < 0 || row >= grid->rows || column < 0 || column >= grid->columns)
		return NULL;
	return cell_at(grid, row, column);
}
