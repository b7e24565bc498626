/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_image.c -- inputs that are a picture: the row at hand, the weights into the unit at hand,
 * and their products, each as an image; and the largest terms of the sum. */
#include "../strip.h"
#include "../terms.h"

#include <math.h>

enum {
	LEAST_SIDE = 5, /* fewer inputs are not an image */
	GAP = 2,
	TERMS_COLUMNS = 24,
	SHADES = 5,
};

/* What there is to see: the sum of a unit that reads all inputs. */
struct stencil {
	const struct node *node; /* the weighted sum; NULL: none is at hand */
	size_t unit, column;     /* its row; the example's column */
	size_t side;             /* of the image */
	const double *theta;
};

static size_t side_of(const struct model *model)
{
	size_t side = (size_t)lround(sqrt((double)model->input->rows));
	return side >= LEAST_SIDE && side * side == model->input->rows ? side : 0;
}

/* A weighted sum of the inputs: the one that the step is about, else the first. */
static const struct node *find_sum(const struct session *session)
{
	const struct model *model = session->built.model;
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		if (node->op && node->op->family == OP_LINEAR &&
		    (node->inputs[0] == model->input || node->inputs[1] == model->input))
			return node;
	}
	return NULL;
}

/* The unit of that layer that the step is about, or whose sum leads to what it is about. */
static size_t find_unit(const struct session *session, const struct node *sum)
{
	const struct place *place = session_here(session);
	if (place && place->has_param) {
		const struct graph *graph = &session->built.model->graph;
		for (size_t k = 0; k < graph->n_nodes; k++) {
			const struct node *node = graph->nodes[k];
			if (node->kind != NODE_PARAM || node->layer != sum->layer || node->ids ||
			    place->param < node->first ||
			    place->param >= node->first + node->rows * node->cols)
				continue;
			return (place->param - node->first) / node->cols;
		}
	}
	if (place && place->node && place->node->layer == sum->layer &&
	    node_row(place->node, place->element) < sum->rows)
		return node_row(place->node, place->element);
	return 0;
}

/* The matrix of weights among what the sum reads. */
static const struct node *weights_of(const struct node *sum)
{
	for (size_t k = 0; k < sum->op->n_slots; k++)
		if (sum->inputs[k] && sum->inputs[k]->kind == NODE_PARAM &&
		    sum->inputs[k]->cols > 1)
			return sum->inputs[k];
	return NULL;
}

static struct stencil stencil_make(const struct session *session)
{
	struct stencil stencil = {.side = side_of(session->built.model)};
	stencil.node = stencil.side ? find_sum(session) : NULL;
	stencil.theta = stepper_theta(&session->stepper);
	if (stencil.node && !weights_of(stencil.node))
		stencil.node = NULL;
	if (stencil.node) {
		stencil.unit = find_unit(session, stencil.node);
		stencil.column = session_column(session);
	}
	return stencil;
}

static double input_at(const struct session *session, const struct stencil *s, size_t j)
{
	const struct node *input = session->built.model->input;
	return input->value[node_element(input, j, s->column)];
}

static double weight_at(const struct stencil *s, size_t j)
{
	const struct node *weights = weights_of(s->node);
	return s->theta[node_param(weights, s->unit * weights->stride + j)];
}

enum kind { OF_INPUT, OF_WEIGHT, OF_PRODUCT, N_KINDS };

static double cell_of(const struct session *session, const struct stencil *s, enum kind kind,
		      size_t j)
{
	return kind == OF_INPUT    ? input_at(session, s, j)
	       : kind == OF_WEIGHT ? weight_at(s, j)
				   : input_at(session, s, j) * weight_at(s, j);
}

static const char *missing(const struct session *session)
{
	struct stencil s = stencil_make(session);
	return s.node ? NULL
		      : N_("this lesson's inputs are no image: they would have to be a square of "
			   "25 or "
			   "more");
}

/* Dark to bright; what is negative has signs of its own, so that no colour is needed. */
static const char *shade(const struct drawing *d, double share)
{
	static const char *const above[SHADES][2] = {
	    {"·", "."}, {"░", ":"}, {"▒", "+"}, {"▓", "%"}, {"█", "#"}};
	static const char *const below[SHADES][2] = {
	    {"·", "."}, {"-", "-"}, {"-", "-"}, {"=", "="}, {"≡", "="}};
	int step = (int)(fabs(share) * (SHADES - 1) + 0.5);
	return share < 0.0 ? below[step][d->ascii] : above[step][d->ascii];
}

/* How an image is laid out: rows x columns cells of so many characters, each for a block of pixels.
 * A character is about twice as high as it is wide. */
struct layout {
	size_t row_step, column_step;
	int width, rows, columns;
};

/* The mean of the block of a cell, as far as it lies in the image. */
static double block_mean(const struct session *session, const struct stencil *s, enum kind kind,
			 const struct layout *layout, size_t row, size_t column)
{
	double sum = 0.0;
	size_t n = 0, r = row * layout->row_step;
	for (; r < (row + 1) * layout->row_step && r < s->side; r++) {
		size_t c = column * layout->column_step;
		for (; c < (column + 1) * layout->column_step && c < s->side; c++, n++)
			sum += cell_of(session, s, kind, r * s->side + c);
	}
	return sum / (double)n;
}

static void draw_image(struct drawing *d, const struct stencil *s, enum kind kind, int column,
		       const struct layout *layout)
{
	static const char *const titles[N_KINDS] = {N_("row"), N_("weights"), N_("products")};
	int width = layout->width;
	size_t across = (size_t)layout->columns, n = across * (size_t)layout->rows;
	double largest = 0.0, *values = ARENA_ARRAY(d->arena, double, n);
	struct style style = kind == OF_INPUT ? style_input : style_weight;
	for (size_t k = 0; values && k < n; k++) {
		values[k] = block_mean(d->session, s, kind, layout, k / across, k % across);
		largest = fmax(largest, fabs(values[k]));
	}
	pane_draw(d, 0, column, layout->columns * width, style_muted, tr(titles[kind]));
	for (size_t k = 0; values && k < n; k++)
		grid_fill(d->grid, 1 + (int)(k / across), column + (int)(k % across) * width, width,
			  style, shade(d, largest > 0.0 ? values[k] / largest : 0.0));
}

/* The largest terms of the unit's sum: of rows only so many. */
static bool find_terms(const struct session *session, const struct stencil *s, size_t most,
		       struct terms *terms)
{
	return terms_find(session, s->node, node_element(s->node, s->unit, s->column), most, terms);
}

static void draw_terms(struct drawing *d, const struct stencil *s, struct rect where)
{
	struct terms terms;
	if (!find_terms(d->session, s, where.rows > 3 ? (size_t)where.rows - 2 : 1, &terms))
		return;
	int row = where.row + 1, end = where.column + TERMS_COLUMNS;
	pane_draw(d, where.row, where.column, TERMS_COLUMNS, style_muted, _("largest terms"));
	for (size_t k = 0; k < terms.n_largest; k++, row++) {
		const struct term *term = &terms.largest[k];
		grid_text(d->grid, row, where.column, style_input,
			  element_text(d, term->x.node, term->x.e));
		pane_draw_right(d, row, end, TERMS_COLUMNS / 2, style_plain,
				number_text(d, term->product));
	}
	pane_draw(d, row, where.column, TERMS_COLUMNS / 2, style_muted, _("all others"));
	pane_draw_right(d, row, end, TERMS_COLUMNS / 2, style_plain, number_text(d, terms.others));
}

/* Columns of the three images. */
static int images_columns(const struct layout *layout)
{
	return N_KINDS * (layout->columns * layout->width + GAP);
}

/* The finest layout whose three images fit side by side, with the terms beside them, or below them
 * where there are rows enough. */
static struct layout layout_make(const struct stencil *s, int rows, int columns)
{
	struct layout layout = {.row_step = 1, .column_step = 1, .width = 2};
	for (;;) {
		layout.rows = (int)((s->side + layout.row_step - 1) / layout.row_step);
		layout.columns = (int)((s->side + layout.column_step - 1) / layout.column_step);
		int left = rows - 1 - layout.rows;
		bool is_beside = images_columns(&layout) + TERMS_COLUMNS <= columns;
		bool is_below = images_columns(&layout) <= columns && left >= TERMS_MOST + 2;
		if ((left >= 0 && (is_beside || is_below)) || layout.columns == 1)
			return layout;
		layout.column_step += layout.width == 1;
		layout.width = 1;
		layout.row_step = 2 * layout.column_step;
	}
}

/* The unit of a layer that the step is about. */
static size_t unit_at_hand(const struct session *session, const struct node *node)
{
	const struct chain *chain = &session->step.chain;
	const struct place *place = session_here(session);
	for (size_t k = 0; place && k < chain->n_links; k++)
		if (chain->links[k].node->layer == node->layer)
			return node_row(chain->links[k].node, chain->links[k].i);
	return place && place->node && place->node->layer == node->layer
		   ? node_row(place->node, place->element)
		   : SIZE_MAX;
}

/* The units of a layer are those of its last node. */
static bool is_layer(const struct session *session, size_t k)
{
	const struct model *model = session->built.model;
	const struct node *node = model->graph.nodes[k];
	bool is_last = k + 1 == model->graph.n_nodes;
	return node->op && node->rows > 1 && node->layer != model->terms->layer &&
	       (is_last || model->graph.nodes[k + 1]->layer != node->layer);
}

/* The layers behind the images, a strip for each that there is room for. */
static void draw_layers(struct drawing *d, struct rect where)
{
	const struct graph *graph = &d->session->built.model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (!is_layer(d->session, k))
			continue;
		int rows = strip_rows(node, where.columns);
		if (rows > where.rows)
			return;
		strip_draw(d, node, unit_at_hand(d->session, node), where);
		where.row += rows;
		where.rows -= rows;
	}
}

/* The images side by side, the terms beside or below them, then the layers. */
static void draw(struct drawing *d)
{
	struct stencil s = stencil_make(d->session);
	int rows = d->grid->clip.rows, columns = d->grid->clip.columns;
	struct layout layout = layout_make(&s, rows, columns);
	int wide = layout.columns * layout.width + GAP, below = 1 + layout.rows;
	struct rect terms = {0, 1 + N_KINDS * wide, below, TERMS_COLUMNS};
	for (enum kind kind = 0; kind < N_KINDS; kind++)
		draw_image(d, &s, kind, 1 + (int)kind * wide, &layout);
	if (terms.column + TERMS_COLUMNS > columns)
		terms = (struct rect){below, 1, TERMS_MOST + 2, TERMS_COLUMNS};
	draw_terms(d, &s, terms);
	below = terms.row > 0 ? terms.row + terms.rows : below;
	draw_layers(d, (struct rect){below, 1, rows - below, columns - 2});
}

static void title(const struct session *session, struct strbuf *out)
{
	struct stencil s = stencil_make(session);
	struct arena *arena = arena_new();
	strbuf_addf(out, _("%zu × %zu inputs, weights into %s"), s.side, s.side,
		    unit_name(session, arena, s.node, node_element(s.node, s.unit, s.column)));
	arena_free(arena);
}

/* How many units of a layer are above 0, and the largest; nothing where one is not known yet. */
static void print_layer(const struct session *session, const struct node *node, struct strbuf *out)
{
	size_t n_above = 0, largest = 0;
	double most = -INFINITY;
	char name[LABEL_TEXT];
	for (size_t unit = 0; unit < node->rows; unit++) {
		const struct ref ref =
		    ref_unit(node, node_element(node, unit, session_column(session)));
		const struct value value = value_get(&session->stepper, &ref);
		if (!value.known)
			return;
		n_above += value.value > 0.0;
		largest = value.value > most ? unit : largest;
		most = fmax(most, value.value);
	}
	strbuf_addf(out, _("  layer %zu: %zu of %zu units are above 0, the largest is %s, "),
		    node->layer, n_above, node->rows,
		    node_name(node, node_element(node, largest, session_column(session)), name));
	step_print_number(most, &session->style, out);
	strbuf_add_char(out, '\n');
}

static void print(struct session *session, struct strbuf *out)
{
	struct stencil s = stencil_make(session);
	struct terms terms;
	char name[LABEL_TEXT];
	if (!find_terms(session, &s, TERMS_MOST, &terms))
		return;
	strbuf_addf(out, "  %s\n", _("largest terms"));
	for (size_t k = 0; k < terms.n_largest; k++) {
		const struct term *term = &terms.largest[k];
		strbuf_addf(out, "  %s  ", node_name(term->x.node, term->x.e, name));
		step_print_number(term->product, &session->style, out);
		strbuf_add_char(out, '\n');
	}
	strbuf_addf(out, "  %s  ", _("all others"));
	step_print_number(terms.others, &session->style, out);
	strbuf_add_char(out, '\n');
	const struct graph *graph = &session->built.model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (is_layer(session, k))
			print_layer(session, graph->nodes[k], out);
}

const struct picture picture_image = {
    .name = "image",
    .spanish = "imagen",
    .summary = N_("the row as an image, the weights into a unit, and their products"),
    .missing = missing,
    .title = title,
    .draw = draw,
    .print = print,
};
