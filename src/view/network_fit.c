/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_fit.c -- chooses how much of the network is drawn, and puts units into rows and columns.
 *
 * The richest form that fits is taken; the widths of a form depend on the number of digits and not
 * on the numbers, so that nothing moves from step to step. Layers with too many units show those
 * around the current step, networks with too many layers the layers around it. */
#include "network.h"

enum {
	DETAILED_MAX = 60, /* rows; taller networks are not drawn in detail */
	AIR = 1,           /* rows between units where there is room */
	CAPTION_ROWS = 2,  /* the caption and a blank row */
	SHOWN_OF_MANY = 7, /* units of a layer that does not fit */
	TERM_ROWS = 2,     /* a term and its target */
	MARK_ROWS = 2,     /* above and below them, for what is left out */
	NUMBER_LEAST = 5,
	LANE_EXTRA = 10, /* most columns by which lanes grow into free space */
};

#define WITH_VALUES .has_labels = true, .has_values = true

/* Forms, the richest first, each tried with numbers of the style's digits plus most down to plus
 * least columns. */
static const struct {
	struct net_form form;
	int most, least;
} forms[] = {
    {{.detailed = true, .has_parts = true, .is_beside = true, WITH_VALUES, .roomy = true}, 4, 2},
    {{.detailed = true, .has_parts = true, WITH_VALUES, .roomy = true}, 3, 2},
    {{.detailed = true, .has_parts = true, .is_beside = true, WITH_VALUES}, 2, 2},
    {{.detailed = true, .has_parts = true, WITH_VALUES}, 2, 2},
    {{.detailed = true, .is_beside = true, WITH_VALUES, .roomy = true}, 3, 2},
    {{.detailed = true, WITH_VALUES, .roomy = true}, 2, 2},
    {{.detailed = true, WITH_VALUES}, 2, -1},
    {{.detailed = true, .has_labels = true}, 2, -1},
    {{.is_beside = true, WITH_VALUES, .roomy = true}, 3, 2},
    {{WITH_VALUES, .roomy = true}, 2, 2},
    {{WITH_VALUES}, 2, -1},
    {{.is_beside = false}, 2, -1},
    {{.is_bus = true}, 2, -1},
};

/* Rows that a unit of column c takes: its edges, or its own lines where those are more. Below an
 * output there is room for its target, which stands beside it. */
static int block_rows(const struct net *net, size_t c)
{
	const struct net_column *column = &net->columns[c];
	const struct node *skip;
	struct net_edge edge;
	size_t e;
	int lines = 1 + (net->form.has_parts ? (int)column->n_parts : 0), edges = 0;
	if (!column->to || net_is_total(net, column) || !net->form.detailed)
		return 1;
	if (net_is_terms(net, column))
		return TERM_ROWS;
	if (c + 1 < net->n_columns && net_is_terms(net, column + 1) && lines < TERM_ROWS)
		lines = TERM_ROWS;
	e = net_element(net, column->to, 0);
	edges = (column->joins ? 1 : (int)column->to->op->inputs(column->to, e, 0).count) +
		net_find_bias(net, c, 0, &edge) + net_find_skip(net, c, 0, &skip, &e);
	return edges > lines ? edges : lines;
}

/* Of these rows, those above the unit itself: all its parts but the last stand there. */
static int rows_above(const struct net *net, size_t c)
{
	const struct net_column *column = &net->columns[c];
	int above = (block_rows(net, c) - 1) / 2;
	bool has_parts = net->form.has_parts && !net_is_terms(net, column);
	return has_parts && above + 1 < (int)column->n_parts ? (int)column->n_parts - 1 : above;
}

int net_rows_least(const struct net *net)
{
	struct net detailed = *net;
	size_t most = 0;
	detailed.form = (struct net_form){.detailed = true, .has_parts = true};
	for (size_t c = 0; c < net->n_columns; c++) {
		if (net->columns[c].count > DETAILED_MAX)
			return 0;
		size_t rows = net->columns[c].count * (size_t)block_rows(&detailed, c);
		most = rows > most ? rows : most;
	}
	return most > DETAILED_MAX ? 0 : (int)most;
}

int net_rows_compact(const struct net *net)
{
	int rows = net_rows_least(net);
	const struct net_column *last = &net->columns[net->n_columns - 1];
	bool is_full = net_is_total(net, last) && (int)last[-1].count * TERM_ROWS >= rows;
	return rows > 0 && is_full ? rows + 1 : rows;
}

static int most_units(const struct net *net)
{
	size_t most = 1;
	for (size_t c = 0; c < net->n_columns; c++)
		most = net->columns[c].count > most ? net->columns[c].count : most;
	return most < GRID_SIZE_MAX ? (int)most : GRID_SIZE_MAX;
}

int net_rows_most(const struct net *net)
{
	return net_rows_least(net) + AIR * (most_units(net) - 1) + CAPTION_ROWS;
}

/* Which units of each column are visible in rows rows. */
static void choose_units(struct net *net, const struct drawing *d, int rows)
{
	for (size_t c = 0; c < net->n_columns; c++) {
		struct net_column *column = &net->columns[c];
		size_t focus = net_focus(net, d, c);
		/* a row less, for the caption */
		size_t shown = rows > MARK_ROWS + 1 ? (size_t)(rows - MARK_ROWS - 1) : 1;

		column->first = 0;
		column->shown = column->count;
		if (net->form.detailed || column->count <= (size_t)rows)
			continue;
		column->shown = shown < SHOWN_OF_MANY ? shown : SHOWN_OF_MANY;
		if (focus != SIZE_MAX && focus > column->shown / 2)
			column->first = focus - column->shown / 2;
		if (column->first + column->shown > column->count)
			column->first = column->count - column->shown;
	}
	for (size_t c = 1; c < net->n_columns; c++) {
		struct net_column *column = &net->columns[c];
		if (net_is_terms(net, column)) {
			column->first = column[-1].first;
			column->shown = column[-1].shown;
		}
	}
}

/* Puts the units of column c into rows: each in the middle of its share of all rows. */
static void place_rows(struct net *net, size_t c)
{
	struct net_column *column = &net->columns[c];
	int mark = column->shown < column->count ? 1 : 0;
	int n = (int)column->shown + 2 * mark, block = block_rows(net, c);
	for (int k = 0; k < (int)column->shown; k++) {
		/* from the middle of its share to its first row, in 2n-ths, rounded */
		int start = net->rows * (2 * (k + mark) + 1) - n * block;

		column->row[k] = (start > 0 ? (start + n - 1) / (2 * n) : 0) + rows_above(net, c);
		if (net_is_terms(net, column))
			column->row[k] = column[-1].row[k];
	}
}

static bool is_free(const struct net_column *column, int row)
{
	for (size_t k = 0; k < column->shown; k++)
		if (column->row[k] == row || column->row[k] + 1 == row)
			return false;
	return true;
}

/* The total that is drawn below the terms goes between them, as near to the middle as it can. */
static void place_total(struct net *net)
{
	const struct net_column *terms = net->total - 1;
	int last = terms->row[terms->shown - 1], row = (terms->row[0] + last + 1) / 2;
	while (row < last && !is_free(terms, row))
		row++;
	net->total_row = row;
	if (row >= last)
		net->total = NULL;
}

/* Whether units are left out: then the caption says how many there are. */
static bool is_summary(const struct net *net)
{
	bool summary = false;
	for (size_t c = 0; c < net->n_columns; c++)
		summary = summary || net->columns[c].shown < net->columns[c].count;
	return summary;
}

static bool choose_rows(struct net *net, struct drawing *d, int rows)
{
	int least = net_rows_least(net);
	int most =
	    net->form.detailed ? least + AIR * (most_units(net) - 1) : (AIR + 1) * most_units(net);
	net->top = is_summary(net) && rows > 1;
	net->has_caption = net->top > 0;
	rows -= net->top;
	net->rows = rows < most ? rows : most;
	if (rows - net->rows >= CAPTION_ROWS) {
		net->top = CAPTION_ROWS;
		net->has_caption = true;
	}
	for (size_t c = 0; c < net->n_columns; c++) {
		struct net_column *column = &net->columns[c];

		column->row = ARENA_ARRAY(d->arena, int, column->shown);
		if (!column->row)
			return false;
		place_rows(net, c);
	}
	if (net->total)
		place_total(net);
	return true;
}

/* Puts the columns beside one another, with lanes that grow into what is free. */
static void place_columns(struct net *net, int columns)
{
	int n_lanes = (int)(net->end - net->first) - 1, extra = 0, x = NET_MARGIN;
	if (n_lanes > 0)
		extra = (columns - net->width) / n_lanes;
	extra = extra < LANE_EXTRA ? extra : LANE_EXTRA;
	x += (columns - net->width - extra * n_lanes) / 2;
	for (size_t c = net->first; c < net->end; c++) {
		struct net_column *column = &net->columns[c];

		if (c > net->first) {
			column->lane += extra;
			x += column->lane;
		}
		column->column = x;
		x += column->name_width + 1 + column->number_width;
	}
}

/* A total that has no column of its own is drawn below the terms. */
static void choose_total(struct net *net)
{
	const struct net_column *last = &net->columns[net->n_columns - 1];
	net->end = net->n_columns;
	net->total = NULL;
	if (net_is_total(net, last) && !net->form.is_beside) {
		net->total = last;
		net->end--;
	}
}

/* What is visible, and so its names, is the same for all forms with details, and for all without.
 */
static void select_units(struct net *net, struct drawing *d, int rows)
{
	enum net_selection selection = net->form.detailed ? NET_DETAILED : NET_SUMMARY;
	if (net->selection == selection)
		return;
	net->selection = selection;
	choose_units(net, d, rows);
	net_measure_names(net, d);
}

static bool try_form(struct net *net, struct drawing *d, size_t f, int rows, int columns)
{
	int digits = d->numbers.digits, least = digits + forms[f].least;
	net->form = forms[f].form;
	net->first = 0;
	choose_total(net);
	if (net->form.detailed && (net_rows_least(net) == 0 || net_rows_least(net) > rows))
		return false;
	select_units(net, d, rows);
	least = least > NUMBER_LEAST ? least : NUMBER_LEAST;
	net->form.number = digits + forms[f].most;
	net->form.number = net->form.number > least ? net->form.number : least;
	while (net_measure_width(net) > columns)
		if (net->form.number-- == least)
			return false;
	return true;
}

/* Leaves out columns, those that are farthest from the current step first. */
static bool narrow(struct net *net, struct drawing *d, int columns)
{
	size_t focus = 0;
	for (size_t c = 0; c < net->end; c++)
		if (net_focus(net, d, c) != SIZE_MAX)
			focus = c;
	while (net_measure_width(net) > columns && net->end - net->first > 1) {
		if (focus - net->first > net->end - 1 - focus)
			net->first++;
		else
			net->end--;
		net->total = NULL;
	}
	return net->width <= columns;
}

bool net_fit(struct net *net, struct drawing *d, int rows, int columns)
{
	size_t f = 0;
	bool fits = false;
	while (f < sizeof forms / sizeof *forms && !fits)
		fits = try_form(net, d, f++, rows, columns);
	if (!fits && !narrow(net, d, columns))
		return false;
	place_columns(net, columns);
	return choose_rows(net, d, rows);
}

void net_block(const struct net *net, size_t c, size_t k, int *first, int *end)
{
	const struct net_column *column = &net->columns[c];
	*first = column->row[k] - rows_above(net, c);
	*end = *first + block_rows(net, c);
}
