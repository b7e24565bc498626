/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strip.c -- a bar for each unit, between the least and the most of those that are known. */
#include "strip.h"

#include <math.h>

#include "plot.h"

enum { WIDEST = 4, GAP = 2 };

/* Columns of one bar. */
static int bar_columns(const struct node *node, int columns)
{
	int width = columns / (int)node->rows;
	return width < 1 ? 1 : width < WIDEST ? width : WIDEST;
}

static int units_in_row(const struct node *node, int columns)
{
	int n = columns / bar_columns(node, columns);
	return n > 1 ? n : 1;
}

int strip_rows(const struct node *node, int columns)
{
	int n = units_in_row(node, columns);
	return 1 + ((int)node->rows + n - 1) / n;
}

static struct value unit_value(const struct drawing *d, const struct node *node, size_t unit)
{
	const struct ref ref = ref_unit(node, node_element(node, unit, session_column(d->session)));
	return value_get(&d->session->stepper, &ref);
}

/* "h₁–h₁₂₈, h₂ 0.685405" */
static void draw_head(struct drawing *d, const struct node *node, size_t at, struct rect where)
{
	size_t example = session_column(d->session);
	const char *first = element_text(d, node, node_element(node, 0, example));
	const char *last = element_text(d, node, node_element(node, node->rows - 1, example));
	int column = pane_draw(d, where.row, where.column, where.columns, style_muted,
			       pane_printf(d, "%s%s%s", first, sign_text(d, SIGN_TO), last));
	if (at == SIZE_MAX)
		return;
	const struct value value = unit_value(d, node, at);
	const char *name = element_text(d, node, node_element(node, at, example));
	pane_draw(d, where.row, column + GAP, where.column + where.columns - column - GAP,
		  style_lit,
		  pane_printf(d, "%s%s %s", sign_text(d, SIGN_CURRENT), name,
			      value_text(d, &value, GRID_SIZE_MAX)));
}

void strip_draw(struct drawing *d, const struct node *node, size_t at, struct rect where)
{
	int width = bar_columns(node, where.columns), in_row = units_in_row(node, where.columns);
	double least = 0.0, most = 0.0;
	draw_head(d, node, at, where);
	for (size_t unit = 0; unit < node->rows; unit++) {
		const struct value value = unit_value(d, node, unit);
		least = value.known ? fmin(least, value.value) : least;
		most = value.known ? fmax(most, value.value) : most;
	}
	for (size_t unit = 0; unit < node->rows; unit++) {
		const struct value value = unit_value(d, node, unit);
		int row = 1 + (int)unit / in_row, column = (int)unit % in_row * width;
		if (row >= where.rows)
			return;
		double share = most > least ? (value.value - least) / (most - least) : 0.0;
		struct style style = unit == at    ? style_current
				     : value.known ? style_plain
						   : style_muted;
		grid_fill(d->grid, where.row + row, where.column + column, width, style,
			  value.known ? plot_block(d, share) : sign_text(d, SIGN_BLANK));
	}
}
