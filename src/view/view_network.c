/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_network.c -- the network: units with their numbers and, from network_wires.c, what flows
 * into each of them and by which parameter. */
#include "circuit.h"
#include "network_focus.h"
#include "network_lines.h"
#include "network_wires.h"

enum {
	LEAST_MAX = 7, /* taller networks can be drawn without details */
	LEAST_MANY = 6,
	MOST_MANY = 14,
	TALL_ROWS = 40, /* screens that have rows for air between units */
};

static void want(struct drawing *d, int columns, int *least, int *most)
{
	if (circuit_is_shown(d)) {
		circuit_want(d, columns, least, most);
		return;
	}
	struct net net = net_make(d);
	int rows = net.n_columns ? net_rows_compact(&net) : 0;

	*least = rows > 0 && rows <= LEAST_MAX ? rows : LEAST_MANY;
	*most = rows == 0 ? MOST_MANY : d->grid->rows >= TALL_ROWS ? net_rows_most(&net) : rows;
}

/* "n₁ 0.601088" at row, column. */
void net_draw_element(const struct net *net, struct drawing *d, const struct net_column *column,
		      const struct node *node, size_t unit, int row, int x)
{
	size_t e = net_element(net, node, unit);
	enum lit lit = highlight_element(&net->highlight, node, e);
	bool is_data = node->kind != NODE_OP;
	bool is_part = node != column->unit || net_is_off(net, column, unit);
	const struct ref ref = ref_unit(node, e);
	const struct value number = value_get(net->highlight.stepper, &ref);
	struct style name = is_data ? style_input : is_part ? style_muted : style_bold;
	struct style value = is_data ? style_input : is_part ? style_muted : style_plain;

	value = value_style(d, &number, lit_style(lit, value));
	x = grid_text(d->grid, row, x, lit_style(lit, name), element_text(d, node, e));
	x = grid_text(d->grid, row, x, lit == LIT_HEAD ? style_current : style_plain, " ");
	grid_text(d->grid, row, x, value, value_text(d, &number, column->number_width));
}

/* Where part p of a unit goes: the last one below it, those before that above. */
static int part_row(const struct net_column *column, size_t k, size_t p)
{
	int above = (int)(column->n_parts - 1) - (int)p;
	return column->row[k] + (above == 0 ? 1 : -above);
}

/* Whether the row is one of the network's and no other unit's. */
static bool is_free(const struct net *net, const struct net_column *column, int row)
{
	for (size_t k = 0; k < column->shown; k++)
		if (column->row[k] == row)
			return false;
	return row >= 0 && row < net->rows;
}

/* The lit parts of a unit that are not shown light the unit. */
static void draw_hidden(const struct net *net, struct drawing *d, const struct net_column *column,
			size_t k, int row)
{
	enum lit lit = LIT_NONE;
	size_t e = net_element(net, column->unit, k);
	int name = pane_columns(element_text(d, column->unit, e));
	int number = pane_columns(net_number_text(net, d, column, column->unit, e));
	for (size_t p = 0; p < column->n_parts; p++) {
		/* all units may share one, the mean of a layer */
		size_t unit = k < column->parts[p]->rows ? k : 0;
		size_t part = net_element(net, column->parts[p], unit);
		enum lit own = highlight_element(&net->highlight, column->parts[p], part);
		lit = own > lit ? own : lit;
	}
	if (lit > LIT_NONE)
		grid_style(d->grid, row, column->column, name + 1 + number,
			   lit_style(lit, style_plain));
}

void net_draw_unit(const struct net *net, struct drawing *d, const struct net_column *column,
		   size_t unit, int row)
{
	net_draw_element(net, d, column, column->unit, unit, row, column->column);
	draw_hidden(net, d, column, unit, row);
}

static void draw_units(const struct net *net, struct drawing *d, const struct net_column *column)
{
	bool has_parts = net->form.has_parts || net_is_terms(net, column);
	for (size_t k = 0; k < column->shown; k++) {
		size_t unit = column->first + k;

		net_draw_element(net, d, column, column->unit, unit, net->top + column->row[k],
				 column->column);
		for (size_t p = 0; has_parts && p < column->n_parts; p++)
			if (unit < column->parts[p]->rows &&
			    is_free(net, column, part_row(column, k, p)))
				net_draw_element(net, d, column, column->parts[p], unit,
						 net->top + part_row(column, k, p), column->column);
		if (!has_parts)
			draw_hidden(net, d, column, unit, net->top + column->row[k]);
	}
}

/* Signs above and below the units for those that are left out. */
static void draw_more(const struct net *net, struct drawing *d, const struct net_column *column)
{
	int first = net->top, last = net->top + net->rows - 1;
	if (column->first > 0)
		grid_text(d->grid, first, column->column, style_muted, sign_text(d, SIGN_MORE));
	if (column->first + column->shown < column->count)
		grid_text(d->grid, last, column->column, style_muted, sign_text(d, SIGN_MORE));
}

/* Signs at the sides for layers that are left out. */
static void draw_cut(const struct net *net, struct drawing *d)
{
	const struct net_column *column = &net->columns[net->first];
	int width = d->grid->clip.columns;
	for (size_t k = 0; net->first > 0 && k < column->shown; k++)
		grid_text(d->grid, net->top + column->row[k], 0, style_muted,
			  sign_text(d, SIGN_CUT));
	column = &net->columns[net->end - 1];
	for (size_t k = 0; net->end + 1 < net->n_columns && k < column->shown; k++)
		grid_text(d->grid, net->top + column->row[k], width - 1, style_muted,
			  sign_text(d, SIGN_CUT));
}

/* What the column is, and how many units it has where not all are to be seen. */
static void draw_caption(const struct net *net, struct drawing *d, size_t c)
{
	const struct net_column *column = &net->columns[c];
	const struct model *model = d->session->built.model;
	const char *name = column->unit->op ? column->unit->op->name : _("inputs");
	int room = c + 1 < net->end ? column[1].column - column->column - 1
				    : d->grid->clip.columns - column->column;
	if (net_is_total(net, column))
		return;
	if (column->to == model->terms && model->loss_class)
		name = model->loss_class->name;
	else if (column->to && column->to->op->family == OP_LAYER)
		name = column->to->op->name;
	else if (column->unit->op && column->unit->op->family == OP_LINEAR)
		name = _("linear");
	if (column->shown < column->count)
		name = pane_printf(d, "%zu %s", column->count, name);
	pane_draw(d, 0, column->column, room, style_muted, name);
}

/* The total that has no column of its own. */
static void draw_total(const struct net *net, struct drawing *d)
{
	struct net_column column = *net->total;
	column.number_width = net->total[-1].number_width;
	net_draw_element(net, d, &column, column.unit, 0, net->top + net->total_row,
			 net->total[-1].column);
}

/* The loss of a batch of several examples, below that of the example shown. */
static void draw_batch_loss(const struct net *net, struct drawing *d)
{
	const struct model *model = net->model;
	const struct net_column *last = &net->columns[net->end - 1];
	const struct place *place = &d->session->step.place;
	bool current = d->session->has_step && place->class->computes == REF_LOSS;
	int row = last->row[last->shown - 1] + 1 + (int)last->n_parts;
	const char *name = formula_text(
	    d, formula_symbol(d->arena, model->batch_name, NULL, model->loss), &d->symbols);
	const struct ref ref = {.kind = REF_LOSS};
	const struct value value = value_get(&d->session->stepper, &ref);
	size_t n_rows;
	stepper_rows(&d->session->stepper, &n_rows);
	if (n_rows < 2 || row >= net->rows || !last->to)
		return;
	struct style style = current ? style_current : style_bold;
	int column =
	    grid_text(d->grid, net->top + row, last->column, style, pane_printf(d, "%s ", name));
	grid_text(d->grid, net->top + row, column, value_style(d, &value, style),
		  value_text(d, &value, last->number_width));
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	if (circuit_is_shown(d)) {
		circuit_draw(d);
		return;
	}
	struct net net = net_make(d);

	if (net.n_columns == 0 || !net_fit(&net, d, clip->rows, clip->columns))
		return;
	if (!net.form.detailed && net_is_wide(&net)) {
		net_draw_focus(&net, d);
		for (size_t c = net.first; net.top > 0 && c < net.end; c++)
			draw_caption(&net, d, c);
		if (net.columns[net.end - 1].to == net.model->terms)
			draw_batch_loss(&net, d);
		return;
	}
	net_draw_wires(&net, d);
	for (size_t c = net.first; c < net.end; c++) {
		draw_units(&net, d, &net.columns[c]);
		draw_more(&net, d, &net.columns[c]);
		if (net.has_caption)
			draw_caption(&net, d, c);
	}
	draw_cut(&net, d);
	if (net.total)
		draw_total(&net, d);
	draw_batch_loss(&net, d);
}

const struct view view_network = {
    .screens = SCREEN_WALK,
    .place = VIEW_TOP,
    .priority = 4,
    .projected = true,
    .want = want,
    .draw = draw,
};
