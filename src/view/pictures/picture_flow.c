/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_flow.c -- how large the gradient is in each layer, as bars on a log axis: where it
 * vanishes on its way back, or grows. */
#include "../plot.h"

#include <math.h>

enum { MARGIN = 1, LABEL_COLUMNS = 8, NUMBER_COLUMNS = 13, ALL_LOOKED_AT = 256 };

/* A layer's gradient. */
struct layer {
	double norm;
	size_t n_params;
	bool is_known; /* the walk has come to every one of its parameters */
};

static bool is_known(const struct stepper *stepper, size_t param)
{
	const struct ref ref = ref_gradient(stepper, param);
	return value_get(stepper, &ref).known;
}

/* Adds a matrix of parameters. Of a large one the first and the last are asked for. */
static void add_node(const struct stepper *stepper, const struct node *node, struct layer *layer)
{
	size_t n = node->rows * node->cols, stride = n > ALL_LOOKED_AT ? n - 1 : 1;
	double sum = layer->norm * layer->norm;
	bool known = layer->n_params == 0 || layer->is_known;
	for (size_t e = 0; e < n; e++) {
		double gradient = stepper_model(stepper)->graph.grad[node_param(node, e)];
		if (stepper_fate(stepper, node_param(node, e)) == FATE_NOT_TRAINED)
			continue;
		if (e % stride == 0)
			known = known && is_known(stepper, node_param(node, e));
		sum += gradient * gradient;
		layer->n_params++;
	}
	layer->norm = sqrt(sum);
	layer->is_known = known;
}

static struct layer layer_make(const struct session *session, size_t k)
{
	const struct graph *graph = &session->built.model->graph;
	struct layer layer = {0};
	for (size_t i = 0; i < graph->n_nodes; i++) {
		const struct node *node = graph->nodes[i];
		if (node->kind == NODE_PARAM && node->layer == k)
			add_node(&session->stepper, node, &layer);
	}
	return layer;
}

static size_t count_layers(const struct session *session)
{
	const struct graph *graph = &session->built.model->graph;
	size_t n = 0;
	for (size_t i = 0; i < graph->n_nodes; i++)
		n = graph->nodes[i]->layer > n ? graph->nodes[i]->layer : n;
	return n + 1;
}

static const char *missing(const struct session *session)
{
	return stepper_phase_steps(&session->stepper, PHASE_BACKWARD) > 0
		   ? NULL
		   : N_("this rule learns from the error: no gradient flows back");
}

/* The powers of ten that the axis begins and ends at. */
static void find_range(const struct session *session, double *low, double *high)
{
	*low = INFINITY;
	*high = -INFINITY;
	for (size_t k = 0; k < count_layers(session); k++) {
		struct layer layer = layer_make(session, k);
		if (!layer.is_known || !(layer.norm > 0.0) || !isfinite(layer.norm))
			continue;
		*low = fmin(*low, floor(log10(layer.norm)));
		*high = fmax(*high, ceil(log10(layer.norm)));
	}
	*low -= 1.0; /* the smallest is to be seen too */
}

static void draw_axis(struct drawing *d, int row, int column, int width, double low, double high)
{
	int end = column, step = (int)fmax(1.0, ceil((high - low) * NUMBER_COLUMNS / width));
	for (double power = low; power <= high; power += step) {
		int at = column + (int)((power - low) / (high - low) * width);
		if (at >= end && at < column + width)
			end = pane_draw(d, row, at, column + width - at, style_muted,
					number_text(d, pow(10.0, power))) +
			      1;
	}
}

static void draw(struct drawing *d)
{
	size_t n_layers = count_layers(d->session);
	bool has_head = (int)n_layers - 1 <= d->grid->clip.rows;
	int column = MARGIN + LABEL_COLUMNS + NUMBER_COLUMNS, row = has_head;
	int width = d->grid->clip.columns - column - MARGIN;
	double low, high;
	find_range(d->session, &low, &high);
	if (has_head)
		pane_draw(d, 0, MARGIN, LABEL_COLUMNS - 1, style_muted, _("layer"));
	if (has_head && low < high && width > 0)
		draw_axis(d, 0, column, width, low, high);
	for (size_t k = 0; k < n_layers; k++) {
		struct layer layer = layer_make(d->session, k);
		struct value value = {.value = layer.norm, .known = layer.is_known};
		if (layer.n_params == 0)
			continue;
		value.stale = stepper_at_commit(&d->session->stepper);
		grid_textf(d->grid, row, MARGIN, style_bold, "%zu", k);
		pane_draw_right(d, row, column - 1, NUMBER_COLUMNS - 1,
				value_style(d, &value, style_plain),
				value_text(d, &value, NUMBER_COLUMNS - 1));
		if (layer.is_known && layer.norm > 0.0 && isfinite(layer.norm) && width > 0)
			plot_bar(d, row, column, width, (log10(layer.norm) - low) / (high - low),
				 style_weight);
		row++;
	}
}

static void print(struct session *session, struct strbuf *out)
{
	for (size_t k = 0; k < count_layers(session); k++) {
		struct layer layer = layer_make(session, k);
		if (layer.n_params == 0)
			continue;
		strbuf_addf(out, "  %s %zu  ", _("layer"), k);
		if (layer.is_known)
			step_print_number(layer.norm, &session->style, out);
		else
			strbuf_add(out, session->style.glyphs == GLYPHS_ASCII ? "." : "·");
		strbuf_add_char(out, '\n');
	}
}

const struct picture picture_flow = {
    .name = "flow",
    .spanish = "flujo",
    .summary = N_("the length of the gradient in each layer, log scale"),
    .missing = missing,
    .draw = draw,
    .print = print,
};
