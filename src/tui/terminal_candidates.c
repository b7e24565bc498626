/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_candidates.c -- lays candidates out in columns, row by row; knows no readline. */
#include "terminal_candidates.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { GAP = 2 }; /* blank columns between candidates */

void terminal_candidates_clear(struct terminal_candidates *candidates)
{
	strbuf_clear(&candidates->text);
	candidates->n_candidates = 0;
	candidates->columns = 0;
}

void terminal_candidates_add(struct terminal_candidates *candidates, const char *candidate)
{
	size_t start = candidates->text.len;
	int columns;
	text_sanitize(&candidates->text, candidate, strlen(candidate));
	strbuf_add_char(&candidates->text, '\0');
	if (candidates->text.failed)
		return;
	columns = (int)text_columns(candidates->text.data + start);
	if (columns > candidates->columns)
		candidates->columns = columns;
	candidates->n_candidates++;
}

void terminal_candidates_free(struct terminal_candidates *candidates)
{
	strbuf_free(&candidates->text);
	*candidates = (struct terminal_candidates){0};
}

/* Where the candidates go: a rule, and n_rows below it. */
struct layout {
	int top, n_rows, per_row, columns;
};

static struct layout layout_make(const struct terminal_candidates *candidates,
				 const struct grid *grid)
{
	struct layout layout = {.columns = candidates->columns + GAP};
	int room = grid->rows - 2; /* without the prompt and the rule */

	if (layout.columns > grid->columns)
		layout.columns = grid->columns;
	layout.per_row = grid->columns / layout.columns;
	layout.n_rows = ((int)candidates->n_candidates + layout.per_row - 1) / layout.per_row;
	if (layout.n_rows > room)
		layout.n_rows = room;
	layout.top = grid->rows - 2 - layout.n_rows;
	return layout;
}

void terminal_candidates_draw(const struct terminal_candidates *candidates, struct grid *grid)
{
	static const struct style muted = {0, GRID_MUTED}, plain = {0, GRID_DEFAULT};
	struct layout layout = layout_make(candidates, grid);
	const char *candidate = strbuf_str(&candidates->text);
	size_t n_fit, n = candidates->n_candidates;
	if (n == 0 || layout.n_rows < 1)
		return;
	n_fit = (size_t)layout.n_rows * (size_t)layout.per_row;
	if (n > n_fit) /* the last row says how many are left out */
		n = n_fit - (size_t)layout.per_row;
	grid_fill(grid, layout.top, 0, grid->columns, muted, "─");
	for (int row = 1; row <= layout.n_rows; row++)
		grid_fill(grid, layout.top + row, 0, grid->columns, plain, " ");
	for (size_t i = 0; i < n; i++) {
		grid_text(grid, layout.top + 1 + (int)i / layout.per_row,
			  (int)i % layout.per_row * layout.columns, plain, candidate);
		candidate += strlen(candidate) + 1;
	}
	if (n < candidates->n_candidates)
		grid_textf(grid, layout.top + layout.n_rows, 0, muted, _("%zu more"),
			   candidates->n_candidates - n);
}
