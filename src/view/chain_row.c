/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain_row.c -- factors in columns. A factor's column is as wide as its symbol and its value,
 * known or not yet, so that nothing moves while the walk goes along the chain. */
#include "chain_row.h"

#include <math.h>

enum {
	MARGIN = 1,
	GAP = 3, /* " · ": also the place of the current factor's brackets */
};

/* Puts the cells into columns, a new line where the next does not fit. */
static void place_cells(struct chain_row *chain, int columns)
{
	int start = MARGIN + pane_columns(chain->left) + GAP, x = start, line = 0;
	for (size_t f = 0; f < chain->n_cells; f++) {
		struct chain_cell *cell = &chain->cells[f];

		if (x > start && x + cell->width + 1 > columns) {
			line++;
			x = start;
		}
		cell->column = x;
		cell->line = line;
		x += cell->width + GAP;
	}
	chain->n_lines = line + 1;
}

/* The symbol of what the chain's product is: that of the PRODUCT step at the chain's end. */
static const char *left_text(struct drawing *d, const struct place *place)
{
	const struct stepper *stepper = &d->session->stepper;
	uint64_t index = stepper->index + (place->n_factors - place->factor);
	struct step product;
	if (stepper_at(stepper, index, d->arena, &product, NULL))
		return "";
	return formula_text(d, product.left, &d->symbols);
}

/* Where a factor of this chain is asked, that is the current one. */
static void mark_asked(struct drawing *d, const struct place *place, struct chain_row *chain)
{
	const struct stepper *stepper = &d->session->stepper;
	struct place asked;
	if (!stepper->asked || stepper->asked > stepper_n_steps(stepper))
		return;
	stepper_place(stepper, stepper->asked, &asked);
	chain->is_asked = asked.phase == place->phase && asked.k == place->k &&
			  asked.example == place->example && asked.path == place->path &&
			  asked.factor < asked.n_factors;
	if (!chain->is_asked)
		return;
	chain->current = asked.factor;
	chain->n_known = place->factor + 1;
}

struct chain_row chain_row_make(struct drawing *d, const struct step *step, int columns)
{
	size_t n = step->chain.n_links;
	struct chain_row chain = {.left = left_text(d, &step->place),
				  .current = step->place.factor,
				  .n_known = step->place.factor};
	chain.cells = ARENA_ARRAY(d->arena, struct chain_cell, n);
	struct formula *product = chain_product(&step->chain, n, d->arena);
	if (!chain.cells || !product)
		return chain;
	chain.n_cells = n;
	for (size_t f = 0; f < chain.n_cells; f++) {
		struct chain_cell *cell = &chain.cells[f];
		double value = link_value(&step->chain.links[f]);
		/* a product of one factor is that factor */
		const struct formula *factor = chain.n_cells == 1 ? product : product->args[f];

		cell->symbol = formula_text(d, factor, &d->symbols);
		cell->value = number_text(d, value);
		cell->finite = isfinite(value);
		int symbol = pane_columns(cell->symbol), number = pane_columns(cell->value);
		cell->width = symbol > number ? symbol : number;
	}
	mark_asked(d, &step->place, &chain);
	place_cells(&chain, columns);
	return chain;
}

static void draw_centred(struct drawing *d, int row, const struct chain_cell *cell,
			 struct style style, const char *text)
{
	grid_text(d->grid, row, cell->column + (cell->width - pane_columns(text)) / 2, style, text);
}

static void draw_current(struct drawing *d, int row, const struct chain_cell *cell, bool is_asked)
{
	struct style style = cell->finite || is_asked ? style_current : style_bad;
	for (int i = 0; i < 2; i++) {
		int end = cell->column + cell->width;

		grid_fill(d->grid, row + i, cell->column, cell->width, style_current, " ");
		grid_text(d->grid, row + i, cell->column - 1, style_current, "[");
		grid_text(d->grid, row + i, end, style_current, "]");
	}
	draw_centred(d, row, cell, style_current, cell->symbol);
	draw_centred(d, row + 1, cell, style, is_asked ? "?" : cell->value);
}

static void draw_cell(struct drawing *d, const struct chain_row *chain, int row, size_t f)
{
	const struct chain_cell *cell = &chain->cells[f];
	bool known = f < chain->n_known;
	bool ends_line = f + 1 < chain->n_cells && chain->cells[f + 1].line != cell->line;
	const char *times = d->ascii ? "*" : "·";
	if (f == chain->current) {
		draw_current(d, row, cell, chain->is_asked);
	} else {
		struct style style = !known ? style_muted : cell->finite ? style_bold : style_bad;
		draw_centred(d, row, cell, style_plain, cell->symbol);
		draw_centred(d, row + 1, cell, style,
			     known ? cell->value : sign_text(d, SIGN_BLANK));
	}
	if (f + 1 < chain->n_cells && !ends_line)
		grid_text(d->grid, row, cell->column + cell->width + 1, style_muted, times);
	if (f > 0 && chain->cells[f - 1].line != cell->line)
		grid_text(d->grid, row, cell->column - 2, style_muted, times);
}

/* The mark below the current factor, and what is to be said of it on the side with room. */
static void draw_pointer(struct drawing *d, const struct chain_row *chain, int row,
			 const char *remark)
{
	const struct chain_cell *cell = &chain->cells[chain->current];
	int column = cell->column + (cell->width - 1) / 2, width = d->grid->clip.columns;
	const char *text = pane_text(d, remark);
	grid_text(d->grid, row, column, style_lit, sign_text(d, SIGN_POINTER));
	if (column + 2 + pane_columns(text) < width)
		grid_text(d->grid, row, column + 2, style_muted, text);
	else
		pane_draw_right(d, row, column - 1, column - 1 - MARGIN, style_muted, remark);
}

int chain_row_draw(struct drawing *d, const struct chain_row *chain, int row, int n_lines,
		   bool has_pointer, const char *remark)
{
	bool has_current = chain->current < chain->n_cells;
	int current = has_current ? chain->cells[chain->current].line : chain->n_lines - 1;
	int first = current - n_lines + 1 > 0 ? current - n_lines + 1 : 0;
	int column;
	if (first == 0) {
		column = grid_text(d->grid, row, MARGIN, style_bold, chain->left);
		grid_text(d->grid, row, column + 1, style_plain, "=");
	} else {
		grid_text(d->grid, row, MARGIN, style_muted, sign_text(d, SIGN_CUT));
	}
	for (int line = first; line < first + n_lines; line++) {
		for (size_t f = 0; f < chain->n_cells; f++)
			if (chain->cells[f].line == line)
				draw_cell(d, chain, row, f);
		row += 2;
		if (line == current && has_pointer && has_current)
			draw_pointer(d, chain, row++, chain->is_asked ? "" : remark);
	}
	return row;
}
