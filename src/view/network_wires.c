/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_wires.c -- draws the edges of a network.
 *
 * Each unit has a trunk in the lane after its column, from which its edges branch off: lines that
 * branch are joined, lines that cross are not. In detail every edge has a row with its parameter,
 * and the edges into a unit meet in front of it, where they are added up. */
#include "network_wires.h"

#include <math.h>

#include "network_lines.h"

/* The network, its lines and the drawing they go to. */
struct canvas {
	const struct net *net;
	struct drawing *d;
	struct lines lines;
	double largest; /* parameter, which has a whole bar */
};

enum { BAR = 6 };

static int arrow_column(const struct canvas *canvas, const struct net_column *column)
{
	return column->column - 1 - canvas->net->form.roomy;
}

static int trunk_column(const struct canvas *canvas, const struct net_column *column, size_t s)
{
	return column->column - column->lane + 2 +
	       (net_trunks(canvas->net, column) == 1 ? 0 : (int)s);
}

static int label_column(const struct canvas *canvas, const struct net_column *column)
{
	const struct net_form *form = &canvas->net->form;
	return column->column - column->lane + 2 + net_trunks(canvas->net, column) + 1 +
	       form->roomy;
}

const char *net_number_text(const struct net *net, struct drawing *d,
			    const struct net_column *column, const struct node *node, size_t e)
{
	const struct ref ref = ref_unit(node, e);
	const struct value value = value_get(net->highlight.stepper, &ref);
	return value_text(d, &value, column->number_width);
}

/* Finds where the lines out of each unit begin: after its text. false on lack of memory. */
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

static enum lit skip_lit(const struct net *net, size_t c, size_t k)
{
	const struct net_column *column = &net->columns[c];
	const struct node *skip;
	size_t e;
	if (!net_find_skip(net, c, column->first + k, &skip, &e))
		return LIT_NONE;
	return highlight_edge(&net->highlight, column->to,
			      net_element(net, column->to, column->first + k), 1, e);
}

/* The edges into a unit that have rows of their own, up to where they meet. A skip comes from
 * farther back: like a bias it begins with its name. */
static void line_block(struct canvas *canvas, size_t c, size_t k)
{
	const struct net *net = canvas->net;
	const struct net_column *column = &net->columns[c];
	int row, end, meet = arrow_column(canvas, column) - 1, unit = column->row[k];
	enum lit lit, all = LIT_NONE;
	const struct node *skip;
	struct net_edge edge;
	size_t e;
	net_block(net, c, k, &row, &end);
	for (size_t s = 0; s < column[-1].shown; s++) {
		if (!net_find_edge(net, c, column->first + k, column[-1].first + s, &edge))
			continue;
		lit = net_edge_lit(net, &edge);
		all = strongest(all, lit);
		line_edge(canvas, column, s, row, meet, lit);
		lines_down(&canvas->lines, meet, row++, unit, lit);
	}
	if (net_find_bias(net, c, column->first + k, &edge)) {
		lit = net_edge_lit(net, &edge);
		all = strongest(all, lit);
		lines_across(&canvas->lines, row, label_column(canvas, column), meet, lit);
		lines_down(&canvas->lines, meet, row++, unit, lit);
	}
	if (net_find_skip(net, c, column->first + k, &skip, &e)) {
		lit = skip_lit(net, c, k);
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
	return net->form.detailed && !column->joins && !net_is_terms(net, column) &&
	       !net_is_total(net, column);
}

/* A name with its number, "w₅ 0.5", on an edge. Returns the column after it; -1: there is no room.
 */
static int draw_name(const struct canvas *canvas, const struct net_column *column, int row,
		     const char *name, const char *number, struct style style)
{
	const struct net *net = canvas->net;
	struct grid *grid = canvas->d->grid;
	const char *blank = net->form.roomy ? " " : "";
	int column_of = label_column(canvas, column) - net->form.roomy;
	if (net->form.has_values)
		name = *name ? pane_printf(canvas->d, "%s %s", name, number) : number;
	if (column_of + pane_columns(name) > arrow_column(canvas, column))
		return -1; /* a name cut in the middle would be another one */
	column_of = grid_text(grid, net->top + row, column_of, style_plain, blank);
	column_of = grid_text(grid, net->top + row, column_of, style, name);
	return grid_text(grid, net->top + row, column_of, style_plain, blank);
}

const char *net_bar_sign(const struct drawing *d, double value)
{
	return value < 0.0 ? (d->ascii ? "=" : "▓") : (d->ascii ? "#" : "█");
}

/* How large the parameter is beside the others, where the lane has room for it. */
static void draw_bar(const struct canvas *canvas, const struct net_column *column, int row, int x,
		     double value, struct style style)
{
	const struct net *net = canvas->net;
	struct grid *grid = canvas->d->grid;
	int bar = (int)lround(fabs(value) / canvas->largest * BAR);
	/* all of a column have one, or none */
	int longest = label_column(canvas, column) + column->label_name + 1 + net_label_number(net);
	if (x < 0 || !net->form.detailed || !(canvas->largest > 0.0) ||
	    arrow_column(canvas, column) - 3 - longest <= BAR || bar == 0)
		return;
	grid_fill(grid, net->top + row, x, bar, style, net_bar_sign(canvas->d, value));
	grid_text(grid, net->top + row, x + bar, style_plain, " ");
}

static void draw_label(const struct canvas *canvas, const struct net_column *column, int row,
		       const struct net_edge *edge)
{
	const struct net *net = canvas->net;
	struct drawing *d = canvas->d;
	enum lit lit =
	    strongest(highlight_param(&net->highlight, edge->param), net_edge_lit(net, edge));
	const struct ref ref = ref_param(REF_PARAM, edge->param);
	const struct value value = value_get(net->highlight.stepper, &ref);
	/* a constant is called by its number: once is enough */
	bool is_constant = net->model->is_constant && net->model->is_constant[edge->param];
	struct style style = param_style(d, lit_style(lit, style_weight));
	int x = draw_name(canvas, column, row,
			  is_constant && net->form.has_values ? "" : param_text(d, edge->param),
			  value_text(d, &value, net_label_number(net)), style);
	if (net->form.has_values && !is_constant)
		draw_bar(canvas, column, row, x, value.value, lit_style(lit, style_weight));
}

/* What a residual block adds to unit k. */
static void draw_skip(const struct canvas *canvas, size_t c, size_t k, int row)
{
	const struct net *net = canvas->net;
	struct drawing *d = canvas->d;
	const struct node *skip;
	size_t e;
	if (!net_find_skip(net, c, net->columns[c].first + k, &skip, &e))
		return;
	const struct ref ref = ref_unit(skip, e);
	const struct value value = value_get(net->highlight.stepper, &ref);
	draw_name(canvas, &net->columns[c], row, element_text(d, skip, e),
		  value_text(d, &value, net_label_number(net)),
		  lit_style(skip_lit(net, c, k), value_style(d, &value, style_plain)));
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

/* The parameters on the edges of a block; after them, where the edges are added up. */
static void label_block(const struct canvas *canvas, size_t c, size_t k)
{
	const struct net *net = canvas->net;
	const struct net_column *column = &net->columns[c];
	const struct node *skip;
	struct net_edge edge;
	int row, end, n_edges = 0;
	size_t e;
	bool has_skip = net_find_skip(net, c, column->first + k, &skip, &e);
	net_block(net, c, k, &row, &end);
	for (size_t s = 0; s < column[-1].shown; s++) {
		if (!net_find_edge(net, c, column->first + k, column[-1].first + s, &edge))
			continue;
		if (edge.has_param)
			draw_label(canvas, column, row, &edge);
		/* weighted inputs are added up, and what a residual block adds */
		n_edges += edge.has_param || has_skip;
		row++;
	}
	if (net_find_bias(net, c, column->first + k, &edge)) {
		draw_label(canvas, column, row++, &edge);
		n_edges++;
	}
	if (has_skip) {
		draw_skip(canvas, c, k, row);
		n_edges++;
	}
	if (n_edges > 1)
		draw_sign(canvas, column->row[k], arrow_column(canvas, column) - 1, SIGN_SUM);
}

/* Of the edges in one row the parameter of the strongest lit one; in front of it, what is added to
 * them in a residual block. */
static void label_unit(const struct canvas *canvas, size_t c, size_t k)
{
	const struct net *net = canvas->net;
	const struct net_column *column = &net->columns[c];
	struct net_edge edge, best = {0};
	enum lit most = LIT_NONE;
	if (column->label_name == 0)
		return;
	if (column->to->op == &op_residual) {
		if (net->form.has_labels)
			draw_skip(canvas, c, k, column->row[k]);
		draw_sign(canvas, column->row[k], arrow_column(canvas, column) - 1, SIGN_SUM);
	}
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

/* Of the parameters in force. */
static double largest_param(const struct net *net)
{
	double largest = 0.0;
	for (size_t p = 0; p < net->model->graph.n_params; p++) {
		const struct ref ref = ref_param(REF_PARAM, p);
		double size = fabs(value_get(net->highlight.stepper, &ref).value);
		largest = size > largest ? size : largest;
	}
	return largest;
}

void net_draw_wires(const struct net *net, struct drawing *d)
{
	struct canvas canvas = {.net = net, .d = d};
	/* drawn in detail there are not many */
	canvas.largest = net->form.detailed ? largest_param(net) : 0.0;
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
				  net_is_off(net, column, column->first + k) ? SIGN_OFF
									     : SIGN_ARROW);
		}
	}
}
