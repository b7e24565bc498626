/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_wires.c -- draws the edges of a network.
 *
 * Each unit has a trunk in the lane behind its column, from which its edges branch off: lines that
 * branch are joined, lines that cross are not. In detail every edge has a row with its parameter,
 * and the edges into a unit meet in front of it, where they are added up. */
#include "network_wires.h"

#include "network_lines.h"

/* The network, its lines and the drawing they go to. */
struct canvas {
	const struct net *net;
	struct drawing *d;
	struct lines lines;
};

static int arrow_column(const struct canvas *canvas, const struct net_column *column)
{
	return column->column - 1 - canvas->net->form.roomy;
}

static int trunk_column(const struct canvas *canvas, const struct net_column *column, size_t s)
{
	bool shared = canvas->net->form.is_bus || net_is_total(canvas->net, column);

	return column->column - column->lane + 2 + (shared ? 0 : (int)s);
}

static int label_column(const struct canvas *canvas, const struct net_column *column)
{
	const struct net_form *form = &canvas->net->form;
	int trunks = form->is_bus ? 1 : (int)column[-1].shown;

	return column->column - column->lane + 2 + trunks + 1 + form->roomy;
}

const char *net_number_text(const struct net *net, struct drawing *d,
			    const struct net_column *column, const struct node *node, size_t e)
{
	if (node->kind == NODE_OP && !stepper_knows_value(net->highlight.stepper, node, e))
		return sign_text(d, SIGN_BLANK);
	return number_fit(d, node->value[e], column->number_width);
}

/* Finds where the lines out of each unit begin: behind its text. false on lack of memory. */
static bool measure_text(const struct net *net, struct drawing *d, struct net_column *column)
{
	column->text_end = ARENA_ARRAY(d->arena, int, column->shown);
	for (size_t k = 0; column->text_end && k < column->shown; k++) {
		size_t e = net_element(net, column->unit, column->first + k);
		int name = pane_columns(element_text(d, column->unit, e));
		const char *number = net_number_text(net, d, column, column->unit, e);

		column->text_end[k] = column->column + name + 1 + pane_columns(number) + 1;
	}
	return column->text_end != NULL;
}

/* From unit s of the column before along its trunk into row, to column end. */
static void line_edge(struct canvas *canvas, const struct net_column *column, size_t s, int row,
		      int end, enum lit lit)
{
	const struct net_column *before = column - 1;
	int trunk = trunk_column(canvas, column, s), from = before->row[s];

	lines_across(&canvas->lines, from, before->text_end[s], trunk, lit);
	lines_down(&canvas->lines, trunk, from, row, lit);
	lines_across(&canvas->lines, row, trunk, end, lit);
	if (from == row)
		lines_join(&canvas->lines, row, trunk);
}

static enum lit strongest(enum lit a, enum lit b)
{
	return a > b ? a : b;
}

/* The edges into a unit that have rows of their own, up to where they meet. */
static void line_block(struct canvas *canvas, size_t c, size_t k)
{
	const struct net *net = canvas->net;
	const struct net_column *column = &net->columns[c];
	int row, end, meet = arrow_column(canvas, column) - 1, unit = column->row[k];
	enum lit lit, all = LIT_NONE;
	struct net_edge edge;

	net_block(net, c, k, &row, &end);
	for (size_t s = 0; s < column[-1].shown; s++, row++) {
		if (!net_find_edge(net, c, column->first + k, column[-1].first + s, &edge))
			continue;
		lit = net_edge_lit(net, &edge);
		all = strongest(all, lit);
		line_edge(canvas, column, s, row, meet, lit);
		lines_down(&canvas->lines, meet, row, unit, lit);
	}
	if (net_find_bias(net, c, column->first + k, &edge)) {
		lit = net_edge_lit(net, &edge);
		all = strongest(all, lit);
		lines_across(&canvas->lines, row, label_column(canvas, column), meet, lit);
		lines_down(&canvas->lines, meet, row, unit, lit);
	}
	lines_across(&canvas->lines, unit, meet, arrow_column(canvas, column), all);
}

/* The edges into a unit, all in its own row. */
static void line_unit(struct canvas *canvas, size_t c, size_t k)
{
	const struct net *net = canvas->net;
	const struct net_column *column = &net->columns[c];
	int end = arrow_column(canvas, column), row = column->row[k];
	struct net_edge edge;

	for (size_t s = 0; s < column[-1].shown; s++) {
		if (!net_find_edge(net, c, column->first + k, column[-1].first + s, &edge))
			continue;
		enum lit lit = net_edge_lit(net, &edge);
		if (net_is_terms(net, column))
			lines_across(&canvas->lines, row, column[-1].text_end[s], end, lit);
		else
			line_edge(canvas, column, s, row, end, lit);
	}
}

/* The total below the terms hangs on a line along their arrows. */
static void line_total(struct canvas *canvas)
{
	const struct net *net = canvas->net;
	const struct net_column *terms = net->total - 1;
	int x = arrow_column(canvas, terms);
	struct net_edge edge;

	for (size_t k = 0; k < terms->shown; k++) {
		if (!net_find_edge(net, (size_t)(net->total - net->columns), 0, terms->first + k,
				   &edge))
			continue;
		enum lit lit = net_edge_lit(net, &edge);
		lines_down(&canvas->lines, x, terms->row[k], net->total_row, lit);
		lines_across(&canvas->lines, net->total_row, x, x + 1 + net->form.roomy, lit);
	}
}

static bool has_blocks(const struct net *net, const struct net_column *column)
{
	return net->form.detailed && !net_is_terms(net, column) && !net_is_total(net, column);
}

/* "w₅ 0.5" on its edge. */
static void draw_label(const struct canvas *canvas, const struct net_column *column, int row,
		       const struct net_edge *edge)
{
	const struct net *net = canvas->net;
	struct drawing *d = canvas->d;
	enum lit lit =
	    strongest(highlight_param(&net->highlight, edge->param), net_edge_lit(net, edge));
	double value = stepper_param_value(net->highlight.stepper, edge->param);
	const char *text = param_text(d, edge->param), *blank = net->form.roomy ? " " : "";

	if (net->form.has_values)
		text = pane_printf(d, "%s %s", text, number_fit(d, value, net_label_number(net)));
	int column_of = label_column(canvas, column) - net->form.roomy;
	column_of = grid_text(d->grid, net->top + row, column_of, style_plain, blank);
	column_of =
	    grid_text(d->grid, net->top + row, column_of, lit_style(lit, style_weight), text);
	grid_text(d->grid, net->top + row, column_of, style_plain, blank);
}

/* Draws a sign on a line, as strong as the line is. */
static void draw_sign(const struct canvas *canvas, int row, int column, enum sign sign)
{
	struct grid *grid = canvas->d->grid;
	const struct cell *cell =
	    grid_at(grid, grid->clip.row + canvas->net->top + row, grid->clip.column + column);

	if (cell)
		grid_text(grid, canvas->net->top + row, column, cell->style,
			  sign_text(canvas->d, sign));
}

/* The parameters on the edges of a block; behind them, where the edges are added up. */
static void label_block(const struct canvas *canvas, size_t c, size_t k)
{
	const struct net *net = canvas->net;
	const struct net_column *column = &net->columns[c];
	struct net_edge edge;
	int row, end, n_edges = 0;

	net_block(net, c, k, &row, &end);
	for (size_t s = 0; s < column[-1].shown; s++, row++) {
		if (!net_find_edge(net, c, column->first + k, column[-1].first + s, &edge))
			continue;
		if (edge.has_param)
			draw_label(canvas, column, row, &edge);
		n_edges += edge.has_param; /* only weighted inputs are added up */
	}
	if (net_find_bias(net, c, column->first + k, &edge)) {
		draw_label(canvas, column, row, &edge);
		n_edges++;
	}
	if (n_edges > 1)
		draw_sign(canvas, column->row[k], arrow_column(canvas, column) - 1, SIGN_SUM);
}

/* Of the edges in one row the parameter of the strongest lit one. */
static void label_unit(const struct canvas *canvas, size_t c, size_t k)
{
	const struct net *net = canvas->net;
	const struct net_column *column = &net->columns[c];
	struct net_edge edge, best = {0};
	enum lit most = LIT_NONE;

	if (column->label_name == 0)
		return;
	for (size_t s = 0; s <= column[-1].shown; s++) {
		bool found = s < column[-1].shown ? net_find_edge(net, c, column->first + k,
								  column[-1].first + s, &edge)
						  : net_find_bias(net, c, column->first + k, &edge);
		enum lit lit = found && edge.has_param ? net_edge_lit(net, &edge) : LIT_NONE;
		if (lit > most) {
			most = lit;
			best = edge;
		}
	}
	if (most > LIT_NONE)
		draw_label(canvas, column, column->row[k], &best);
}

void net_draw_wires(const struct net *net, struct drawing *d)
{
	struct canvas canvas = {.net = net, .d = d};

	/* without details every line in a lane meets every other one */
	if (!lines_init(&canvas.lines, d, net->rows, d->grid->clip.columns, net->form.detailed))
		return;
	for (size_t c = net->first; c < net->end; c++)
		if (!measure_text(net, d, &net->columns[c]))
			return;
	for (size_t c = net->first + 1; c < net->end; c++) {
		const struct net_column *column = &net->columns[c];
		for (size_t k = 0; k < column->shown; k++)
			(has_blocks(net, column) ? line_block : line_unit)(&canvas, c, k);
	}
	if (net->total)
		line_total(&canvas);
	lines_draw(&canvas.lines, d, net->top);
	for (size_t c = net->first + 1; c < net->end; c++) {
		const struct net_column *column = &net->columns[c];
		for (size_t k = 0; k < column->shown; k++) {
			(has_blocks(net, column) ? label_block : label_unit)(&canvas, c, k);
			draw_sign(&canvas, column->row[k], arrow_column(&canvas, column),
				  SIGN_ARROW);
		}
	}
}
