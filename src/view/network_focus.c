/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_focus.c -- of each layer the unit at hand and what stands near it. Into a unit lead the
 * units that add most to its sum, the largest first, each with its weight as a bar; where none is
 * at hand in a layer, the weights out of the one before it are shown. */
#include "network_focus.h"

#include <math.h>

#include "network_lines.h"
#include "network_wires.h"

enum {
	WIDE = 5,   /* so many edges into a unit are a bundle */
	UNITS = 40, /* of a layer that are seen at most */
	COLUMNS = 32,
	LANE_ENDS = 6, /* lines before and after what stands on them, and the arrow */
	EXTRA = 4,     /* columns of a number beside its digits */
	LANE_EXTRA = 8,
};

enum fan { FAN_NONE, FAN_IN, FAN_OUT };

/* A layer as far as it is seen. */
struct layer {
	struct net_column *column;
	size_t focus; /* SIZE_MAX: none */
	size_t units[UNITS];
	int n_units, focus_row;
	struct net_edge bias; /* of the unit at hand, where there is a row for it */
	bool is_cut;
	enum fan fan;             /* of the edges into it */
	double largest;           /* of these edges' weights */
	int x, lane, name, label; /* label: columns of the weights' names */
	int rows[UNITS], text_end[UNITS];
};

/* How much stands on an edge. */
struct fan_form {
	bool has_names, has_numbers;
	int bar; /* columns of the largest weight's */
};

struct focus {
	struct net *net;
	struct drawing *d;
	struct layer layers[COLUMNS];
	int first, n_layers, rows;
	struct fan_form form;
	struct lines lines;
};

bool net_is_wide(const struct net *net)
{
	for (size_t c = 1; c < net->n_columns; c++)
		if (net->columns[c - 1].count >= WIDE && !net->columns[c].joins &&
		    !net_is_total(net, &net->columns[c]) && !net_is_terms(net, &net->columns[c]))
			return net->n_columns <= COLUMNS;
	return false;
}

static double weight_of(const struct net *net, const struct net_edge *edge)
{
	const struct ref ref = ref_param(REF_PARAM, edge->param);
	return edge->has_param ? value_get(net->highlight.stepper, &ref).value : 0.0;
}

/* How much an edge adds to the sum it leads into; where its unit is not known yet, its weight. */
static double share_of(const struct net *net, const struct net_edge *edge)
{
	const struct ref ref = ref_unit(edge->node->inputs[edge->slot], edge->j);
	const struct value value = value_get(net->highlight.stepper, &ref);
	return fabs(weight_of(net, edge)) * (value.known ? fabs(value.value) : 1.0);
}

/* The units that add most to the one that the next layer is about, the largest first. */
static void take_largest(struct focus *f, struct layer *layer, int room)
{
	const struct net *net = f->net;
	const struct layer *next = layer + 1;
	size_t c = (size_t)(next->column - net->columns);
	double shares[UNITS];
	for (size_t unit = 0; unit < layer->column->count; unit++) {
		struct net_edge edge;
		if (!net_find_edge(net, c, next->focus, unit, &edge))
			continue;
		double share = unit == layer->focus ? INFINITY : share_of(net, &edge);
		int at = layer->n_units;
		while (at > 0 && shares[at - 1] < share)
			at--;
		if (at == room)
			continue;
		layer->n_units += layer->n_units < room;
		for (int k = layer->n_units - 1; k > at; k--) {
			shares[k] = shares[k - 1];
			layer->units[k] = layer->units[k - 1];
		}
		shares[at] = share;
		layer->units[at] = unit;
	}
}

/* The units around the one at hand. */
static void take_window(struct layer *layer, int room)
{
	size_t count = layer->column->count, first = 0;
	layer->n_units = count < (size_t)room ? (int)count : room;
	if (layer->focus != SIZE_MAX && layer->focus > (size_t)layer->n_units / 2)
		first = layer->focus - (size_t)layer->n_units / 2;
	if (first + (size_t)layer->n_units > count)
		first = count - (size_t)layer->n_units;
	for (int k = 0; k < layer->n_units; k++)
		layer->units[k] = first + (size_t)k;
}

static void choose_units(struct focus *f, int k)
{
	struct layer *layer = &f->layers[k];
	int room = f->rows < UNITS ? f->rows : UNITS;
	layer->is_cut = layer->column->count > (size_t)room;
	if (k + 1 < f->n_layers && layer[1].fan == FAN_IN &&
	    net_find_bias(f->net, (size_t)k + 1, layer[1].focus, &layer[1].bias) &&
	    layer->column->count == (size_t)room)
		layer->is_cut = true; /* the mark for it and the bias have one row */
	room -= layer->is_cut;
	if (layer->is_cut && k + 1 < f->n_layers && layer[1].fan == FAN_IN &&
	    !layer[1].column->joins && !net_is_terms(f->net, layer[1].column))
		take_largest(f, layer, room);
	else
		take_window(layer, room);
	layer->focus_row = layer->n_units / 2;
	for (int i = 0; i < layer->n_units; i++)
		if (layer->units[i] == layer->focus)
			layer->focus_row = i;
}

/* The edge in row i of a layer, between a unit and the one at hand in its neighbour layer. */
static bool edge_at(const struct focus *f, int k, int i, struct net_edge *edge)
{
	const struct layer *layer = &f->layers[k];
	size_t c = (size_t)(layer->column - f->net->columns);
	return layer->fan == FAN_IN
		   ? net_find_edge(f->net, c, layer->focus, layer[-1].units[i], edge)
		   : net_find_edge(f->net, c, layer->units[i], layer[-1].focus, edge);
}

/* Rows of the edges into a layer. */
static int edge_rows(const struct layer *layer)
{
	return layer->fan == FAN_IN    ? layer[-1].n_units
	       : layer->fan == FAN_OUT ? layer->n_units
				       : 0;
}

/* The row of the bias: after the others. */
static bool has_bias(const struct focus *f, const struct layer *layer)
{
	return layer->bias.has_param && layer->fan == FAN_IN && layer[-1].n_units < f->rows;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static void measure_label(struct focus *f, struct layer *layer, const struct net_edge *edge)
{
	if (!edge->has_param)
		return;
	layer->label = larger(layer->label, pane_columns(param_text(f->d, edge->param)));
	layer->largest = fmax(layer->largest, fabs(weight_of(f->net, edge)));
}

static const char *unit_number(struct focus *f, const struct layer *layer, int i)
{
	size_t e = net_element(f->net, layer->column->unit, layer->units[i]);
	return net_number_text(f->net, f->d, layer->column, layer->column->unit, e);
}

static void measure_layer(struct focus *f, int k)
{
	struct layer *layer = &f->layers[k];
	struct drawing *d = f->d;
	int data = 1;
	layer->column->number_width = d->numbers.digits + EXTRA;
	for (int i = 0; i < layer->n_units; i++) {
		size_t e = net_element(f->net, layer->column->unit, layer->units[i]);
		layer->name =
		    larger(layer->name, pane_columns(element_text(d, layer->column->unit, e)));
	}
	/* data are known from the beginning: they need no more room than they take */
	for (int i = 0; k == 0 && i < layer->n_units; i++)
		data = larger(data, pane_columns(unit_number(f, layer, i)));
	layer->column->number_width = k == 0 ? data : d->numbers.digits + EXTRA;
	for (int i = 0; i < edge_rows(layer); i++) {
		struct net_edge edge;
		if (edge_at(f, k, i, &edge))
			measure_label(f, layer, &edge);
	}
	if (has_bias(f, layer))
		measure_label(f, layer, &layer->bias);
}

/* What is at hand in each layer; before the first step the first unit of the first layer. */
static void find_focus(struct focus *f)
{
	struct net *net = f->net;
	bool found = false;
	f->n_layers = (int)net->n_columns -
		      (net->n_columns > 1 && net_is_total(net, &net->columns[net->n_columns - 1]));
	for (int k = 0; k < f->n_layers; k++) {
		struct layer *layer = &f->layers[k];
		layer->column = &net->columns[k];
		layer->focus = net_focus(net, f->d, (size_t)k);
		if (layer->column->count == 1)
			layer->focus = 0;
		found |= layer->focus != SIZE_MAX && layer->column->count > 1;
	}
	if (!found)
		f->layers[1].focus = 0;
	for (int k = 1; k < f->n_layers; k++) {
		struct layer *layer = &f->layers[k];
		layer->fan = layer->focus != SIZE_MAX      ? FAN_IN
			     : layer[-1].focus != SIZE_MAX ? FAN_OUT
							   : FAN_NONE;
	}
}

static int label_columns(const struct focus *f, const struct layer *layer)
{
	if (layer->label == 0)
		return 0;
	return (f->form.has_names ? layer->label + 1 : 0) +
	       (f->form.has_numbers ? f->d->numbers.digits + EXTRA + 1 : 0) + f->form.bar + 2;
}

/* Columns that the layers take from first on. */
static int measure_width(struct focus *f)
{
	int width = NET_MARGIN;
	for (int k = f->first; k < f->n_layers; k++) {
		struct layer *layer = &f->layers[k];
		layer->lane = k > f->first ? LANE_ENDS + label_columns(f, layer) : 0;
		layer->lane -= k > f->first && layer->label == 0 ? 2 : 0;
		width += layer->lane + layer->name + 1 + layer->column->number_width;
	}
	return width + NET_MARGIN;
}

/* The layer that the step is about: the last one of those at hand that is not the loss. */
static int layer_at_hand(const struct focus *f)
{
	int at = 1;
	for (int k = 0; k < f->n_layers; k++)
		if (f->layers[k].focus != SIZE_MAX && f->layers[k].column->count > 1)
			at = k;
	return at;
}

/* The form that says most and fits; where none does, layers are left out far from what is at hand.
 */
static void choose_form(struct focus *f, int columns)
{
	static const struct fan_form forms[] = {
	    {true, true, 8}, {false, true, 8}, {false, false, 8}, {false, false, 4}};
	for (;;) {
		for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
			f->form = forms[k];
			if (measure_width(f) <= columns)
				return;
		}
		if (f->n_layers - f->first <= 2)
			return;
		if (layer_at_hand(f) - f->first > f->n_layers - 1 - layer_at_hand(f))
			f->first++;
		else
			f->n_layers--;
	}
}

static void place_layers(struct focus *f, int columns)
{
	int lanes = f->n_layers - f->first - 1, x = NET_MARGIN;
	int extra = lanes > 0 ? (columns - measure_width(f)) / lanes : 0;
	extra = extra < 0 ? 0 : extra < LANE_EXTRA ? extra : LANE_EXTRA;
	x += larger(0, (columns - measure_width(f) - extra * lanes) / 2);
	for (int k = f->first; k < f->n_layers; k++) {
		struct layer *layer = &f->layers[k];
		layer->lane += k > f->first ? extra : 0;
		x += layer->lane;
		layer->x = layer->column->column = x;
		x += layer->name + 1 + layer->column->number_width;
		layer->column->shown = (size_t)layer->n_units;
		layer->column->row = layer->rows;
		for (int i = 0; i < layer->n_units; i++) {
			size_t e = net_element(f->net, layer->column->unit, layer->units[i]);
			const char *name = element_text(f->d, layer->column->unit, e);
			layer->rows[i] = i;
			layer->text_end[i] = layer->x + pane_columns(name) + 1 +
					     pane_columns(unit_number(f, layer, i)) + 1;
		}
	}
}

/* "W_h[2,510] −0.17 ▓▓▓▓": light bars are below 0. */
static void draw_label(struct focus *f, const struct layer *layer, int row,
		       const struct net_edge *edge)
{
	struct drawing *d = f->d;
	enum lit lit = net_edge_lit(f->net, edge);
	struct style style = param_style(d, lit_style(lit, style_weight));
	const struct ref ref = ref_param(REF_PARAM, edge->param);
	const struct value value = value_get(f->net->highlight.stepper, &ref);
	double share = layer->largest > 0.0 ? fabs(value.value) / layer->largest : 0.0;
	int bar = (int)lround(share * f->form.bar);
	int x = layer->x - 3 - label_columns(f, layer);
	bar = bar > 0 ? bar : 1;
	grid_fill(d->grid, row, x++, label_columns(f, layer) - f->form.bar + bar, style_plain, " ");
	if (f->form.has_names) {
		pane_draw(d, row, x, layer->label, style, param_text(d, edge->param));
		x += layer->label + 1;
	}
	if (f->form.has_numbers) {
		x += d->numbers.digits + EXTRA;
		pane_draw_right(d, row, x++, d->numbers.digits + EXTRA, style,
				value_text(d, &value, d->numbers.digits + EXTRA));
	}
	grid_fill(d->grid, row, x, bar, style,
		  value.value == 0.0 ? "0" : net_bar_sign(d, value.value));
}

/* The edges into a layer as lines: all into one unit, or out of one. */
static void line_layer(struct focus *f, int k)
{
	const struct layer *layer = &f->layers[k];
	bool is_in = layer->fan == FAN_IN;
	for (int i = 0; i < edge_rows(layer); i++) {
		struct net_edge edge;
		if (!edge_at(f, k, i, &edge))
			continue;
		enum lit lit = net_edge_lit(f->net, &edge);
		int from = is_in ? i : layer[-1].focus_row, to = is_in ? layer->focus_row : i;
		int bend =
		    is_in ? layer->x - 2
			  : layer[-1].x + layer[-1].name + 1 + layer[-1].column->number_width + 1;
		lines_across(&f->lines, from, layer[-1].text_end[from], bend, lit);
		lines_down(&f->lines, bend, from, to, lit);
		lines_across(&f->lines, to, bend, layer->x - 1, lit);
	}
	if (!has_bias(f, layer))
		return;
	enum lit lit = net_edge_lit(f->net, &layer->bias);
	int row = layer[-1].n_units, label = layer->x - 3 - label_columns(f, layer);
	lines_across(&f->lines, row, label + 1, layer->x - 2, lit);
	lines_down(&f->lines, layer->x - 2, row, layer->focus_row, lit);
	lines_across(&f->lines, layer->focus_row, layer->x - 2, layer->x - 1, lit);
}

static void draw_edges(struct focus *f, int k)
{
	const struct layer *layer = &f->layers[k];
	int top = f->net->top;
	for (int i = 0; i < edge_rows(layer); i++) {
		struct net_edge edge;
		if (!edge_at(f, k, i, &edge))
			continue;
		if (edge.has_param)
			draw_label(f, layer, top + i, &edge);
		if (layer->fan == FAN_OUT)
			grid_text(f->d->grid, top + i, layer->x - 1, style_muted,
				  sign_text(f->d, SIGN_ARROW));
	}
	if (layer->fan != FAN_IN)
		return;
	if (has_bias(f, layer))
		draw_label(f, layer, top + layer[-1].n_units, &layer->bias);
	if (layer->label > 0)
		grid_text(f->d->grid, top + layer->focus_row, layer->x - 2, style_muted,
			  sign_text(f->d, SIGN_SUM));
	grid_text(f->d->grid, top + layer->focus_row, layer->x - 1, style_muted,
		  sign_text(f->d, SIGN_ARROW));
}

static void draw_layer(struct focus *f, int k)
{
	const struct layer *layer = &f->layers[k];
	struct drawing *d = f->d;
	int top = f->net->top;
	for (int i = 0; i < layer->n_units; i++)
		net_draw_unit(f->net, d, layer->column, layer->units[i], top + i);
	/* the target below the only term */
	bool is_term = net_is_terms(f->net, layer->column) && layer->n_units == 1;
	for (int p = 0; is_term && p < (int)layer->column->n_parts && p + 1 < f->rows; p++)
		net_draw_element(f->net, d, layer->column, layer->column->parts[p], 0, top + 1 + p,
				 layer->x);
	if (layer->is_cut)
		grid_text(d->grid, top + layer->n_units, layer->x, style_muted,
			  pane_printf(d, "%s %zu", sign_text(d, SIGN_MORE),
				      layer->column->count - (size_t)layer->n_units));
}

void net_draw_focus(struct net *net, struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	struct focus *f = ARENA_ARRAY(d->arena, struct focus, 1);
	if (!f)
		return;
	f->net = net;
	f->d = d;
	net->top = clip->rows > 2;
	f->rows = net->rows = clip->rows - net->top;
	find_focus(f);
	for (int k = 0; k < f->n_layers; k++)
		choose_units(f, k);
	for (int k = 0; k < f->n_layers; k++)
		measure_layer(f, k);
	choose_form(f, clip->columns);
	place_layers(f, clip->columns);
	net->first = (size_t)f->first;
	net->end = (size_t)f->n_layers;
	if (!lines_init(&f->lines, d, f->rows, clip->columns, true))
		return;
	for (int k = f->first + 1; k < f->n_layers; k++)
		line_layer(f, k);
	lines_draw(&f->lines, d, net->top);
	for (int k = f->first; k < f->n_layers; k++) {
		if (k > f->first)
			draw_edges(f, k);
		draw_layer(f, k);
	}
}
