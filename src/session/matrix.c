/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matrix.c -- which matrices a step is an entry of.
 *
 * A dense layer is a product, or an affine op, of weights W [out][in]: unit i is row i of W times
 * what comes in. To show another op: a row of fact_makers. */
#include "backstep/session/matrix.h"

#include <stdio.h>

#include "backstep/base/i18n.h"

enum { SLOT_X, SLOT_W, SLOT_B };

static bool has_weights(const struct node *node)
{
	return (node->op == &op_affine || node->op == &op_product) &&
	       node->inputs[SLOT_W]->kind == NODE_PARAM;
}

/* The op that takes the product z = W x up: it adds the biases, and its delta is that of z. NULL:
 * none does. */
static const struct node *bias_after(const struct graph *graph, const struct node *product)
{
	for (size_t k = product->index + 1; k < graph->n_nodes; k++)
		if (graph->nodes[k]->op == &op_bias && graph->nodes[k]->inputs[0] == product)
			return graph->nodes[k];
	return NULL;
}

/* What the layer's sums are, with its biases. */
static const struct node *sums_of(const struct graph *graph, const struct node *layer)
{
	const struct node *with_bias = bias_after(graph, layer);
	return with_bias ? with_bias : layer;
}

/* The biases of a layer, one for each unit or one that all share; NULL: it has none. */
static const struct node *biases_of(const struct graph *graph, const struct node *layer)
{
	const struct node *sums = sums_of(graph, layer);
	const struct node *b = sums->op == &op_affine ? sums->inputs[SLOT_B]
			       : sums != layer        ? sums->inputs[1]
						      : NULL;
	return b && b->kind == NODE_PARAM ? b : NULL;
}

/* Where parameter number param stands in a node of them; SIZE_MAX: nowhere. */
static size_t entry_of(const struct node *params, size_t param)
{
	size_t e = 0;
	return node_find_param(params, param, &e) ? e : SIZE_MAX;
}

static size_t count_examples(const struct session *session)
{
	size_t n;
	stepper_rows(&session->stepper, &n);
	return n;
}

static struct matrix units(const struct session *session, const struct node *node, size_t row,
			   size_t col)
{
	return (struct matrix){.kind = MATRIX_UNITS,
			       .node = node,
			       .rows = node->rows,
			       .cols = count_examples(session),
			       .row = row,
			       .col = col};
}

static struct matrix params(enum matrix_kind kind, const struct node *node, size_t row, size_t col)
{
	return (struct matrix){.kind = kind,
			       .node = node,
			       .rows = node->rows,
			       .cols = node->cols,
			       .row = row,
			       .col = col};
}

static struct matrix transposed(struct matrix m)
{
	struct matrix t = m;
	t.is_transposed = !m.is_transposed;
	t.rows = m.cols;
	t.cols = m.rows;
	t.row = m.col;
	t.col = m.row;
	return t;
}

/* z = W x + b: entry i is row i of W times the column x, and b i. */
static bool make_forward(const struct session *session, struct matrix_fact *fact)
{
	const struct place *place = &session->step.place;
	const struct graph *graph = &session->built.model->graph;
	const struct node *z = place->node;
	const struct node *layer = z && z->op == &op_bias ? z->inputs[0] : z;
	if (place->phase != PHASE_FORWARD || !layer || !has_weights(layer))
		return false;
	const struct node *b = biases_of(graph, layer);
	size_t i = node_row(z, place->element), n = session_column(session);
	bool has_biases = b && sums_of(graph, layer) == z;
	fact->left = units(session, z, i, n);
	fact->factors[0] = params(MATRIX_WEIGHTS, layer->inputs[SLOT_W], i, SIZE_MAX);
	fact->factors[1] = units(session, layer->inputs[SLOT_X], SIZE_MAX, n);
	if (has_biases)
		fact->factors[2] = (struct matrix){.kind = MATRIX_BIASES,
						   .node = b,
						   .is_bias = true,
						   .rows = z->rows,
						   .cols = 1,
						   .row = i};
	fact->n_factors = 2 + has_biases;
	fact->why = N_("an entry is a row of W, the weights into one unit, times the column that "
		       "comes in");
	return true;
}

/* A mean over the rows divides by their number. */
static void set_scale(const struct session *session, struct matrix_fact *fact)
{
	size_t n = count_examples(session);
	if (n > 1 && session->built.model->over == REDUCE_MEAN) {
		snprintf(fact->scale_text, sizeof fact->scale_text, "1/%zu", n);
		fact->scale = fact->scale_text;
	}
}

/* ∂E/∂W = δ xᵀ: entry i, j is δ i times x j, added up over the rows of the batch. */
static bool make_weight(const struct session *session, struct matrix_fact *fact)
{
	const struct place *place = &session->step.place;
	const struct graph *graph = &session->built.model->graph;
	if (place->phase != PHASE_BACKWARD || !place->has_param)
		return false;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *layer = graph->nodes[k];
		if (!layer->op || !has_weights(layer))
			continue;
		const struct node *w = layer->inputs[SLOT_W], *z = sums_of(graph, layer);
		size_t e = entry_of(w, place->param);
		if (e == SIZE_MAX)
			continue;
		struct matrix x = units(session, layer->inputs[SLOT_X], e % w->cols, SIZE_MAX);
		fact->left = params(MATRIX_GRADIENTS, w, e / w->cols, e % w->cols);
		fact->factors[0] = units(session, z, e / w->cols, SIZE_MAX);
		fact->factors[0].kind = MATRIX_DELTAS;
		fact->factors[1] = transposed(x);
		fact->n_factors = 2;
		fact->why = N_("what came in lies on its side, as a row: so each δ meets each "
			       "input, and the product has the shape of W");
		set_scale(session, fact);
		return true;
	}
	return false;
}

/* Where a parameter is a bias: its layer, and its entry. NULL: nowhere. */
static const struct node *layer_of_bias(const struct graph *graph, size_t param, size_t *entry)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *layer = graph->nodes[k];
		if (!layer->op || !has_weights(layer))
			continue;
		const struct node *b = biases_of(graph, layer);
		*entry = b ? entry_of(b, param) : SIZE_MAX;
		if (*entry != SIZE_MAX)
			return layer;
	}
	return NULL;
}

static struct matrix biases(enum matrix_kind kind, const struct node *b, size_t row)
{
	struct matrix m = params(kind, b, row, 0);
	m.rows = b->rows * b->cols;
	m.cols = 1;
	m.is_bias = true;
	return m;
}

/* ∂E/∂b = δ 1: the row of δ is added up over the examples. A bias that the units share gets those
 * of all of them, 1ᵀ δ, which is shown of a single example. */
static bool make_bias(const struct session *session, struct matrix_fact *fact)
{
	const struct place *place = &session->step.place;
	const struct graph *graph = &session->built.model->graph;
	size_t e, n = count_examples(session);
	if (place->phase != PHASE_BACKWARD || !place->has_param)
		return false;
	const struct node *layer = layer_of_bias(graph, place->param, &e);
	if (!layer)
		return false;
	const struct node *b = biases_of(graph, layer), *z = sums_of(graph, layer);
	bool is_shared = b->rows * b->cols < z->rows;
	struct matrix ones = {.kind = MATRIX_ONES, .rows = n, .cols = 1, .row = SIZE_MAX};
	if (is_shared && n > 1)
		return false;
	fact->left = biases(MATRIX_GRADIENTS, b, e);
	fact->factors[is_shared] = units(session, z, is_shared ? SIZE_MAX : e, SIZE_MAX);
	fact->factors[is_shared].kind = MATRIX_DELTAS;
	ones.rows = is_shared ? z->rows : n;
	fact->factors[!is_shared] = is_shared ? transposed(ones) : ones;
	fact->n_factors = 2;
	fact->why =
	    N_("a bias reads an input that is always 1: its gradient is δ times ones, which "
	       "adds up what there is of δ");
	set_scale(session, fact);
	return true;
}

/* The matrix of weights, or the column of biases, that a parameter is an entry of. */
static bool find_params(const struct session *session, size_t param, struct matrix *m)
{
	const struct graph *graph = &session->built.model->graph;
	size_t e;
	const struct node *layer = layer_of_bias(graph, param, &e);
	if (layer) {
		*m = biases(MATRIX_NEW, biases_of(graph, layer), e);
		return true;
	}
	for (size_t k = 0; k < graph->n_nodes; k++) {
		layer = graph->nodes[k];
		if (!layer->op || !has_weights(layer))
			continue;
		const struct node *w = layer->inputs[SLOT_W];
		e = entry_of(w, param);
		if (e == SIZE_MAX)
			continue;
		*m = params(MATRIX_NEW, w, e / w->cols, e % w->cols);
		return true;
	}
	return false;
}

/* W ← W − η ∂E/∂W; another rule than descent, or with stages beside it, W ← W + ΔW. */
static bool make_update(const struct session *session, struct matrix_fact *fact)
{
	const struct place *place = &session->step.place;
	const struct optimizer *optimizer = stepper_optimizer(&session->stepper);
	if (place->phase != PHASE_UPDATE || !place->has_param ||
	    place->class->computes != REF_NEW || !find_params(session, place->param, &fact->left))
		return false;
	fact->is_update = true;
	fact->has_rate =
	    optimizer->class == &optimizer_gd && !stepper_has_stages(&session->stepper);
	fact->rate = optimizer->hypers[optimizer_rate_index(optimizer)];
	fact->factors[0] = fact->factors[1] = fact->left;
	fact->factors[0].kind = fact->left.is_bias ? MATRIX_BIASES : MATRIX_WEIGHTS;
	fact->factors[1].kind = fact->has_rate ? MATRIX_GRADIENTS : MATRIX_CHANGES;
	fact->n_factors = 2;
	fact->why = fact->has_rate
			? N_("entry by entry, and all at once: the gradient has the shape of what "
			     "it is taken from")
			: N_("entry by entry: the rule makes each change out of that entry's own "
			     "numbers");
	return true;
}

/* The layer that reads a node. */
static const struct node *layer_after(const struct graph *graph, const struct node *node)
{
	for (size_t k = node->index + 1; k < graph->n_nodes; k++)
		if (graph->nodes[k]->op && has_weights(graph->nodes[k]) &&
		    graph->nodes[k]->inputs[SLOT_X] == node)
			return graph->nodes[k];
	return NULL;
}

/* ∂E/∂x = Wᵀ δ: entry j is column j of W times δ. */
static bool make_delta(const struct session *session, struct matrix_fact *fact)
{
	const struct place *place = &session->step.place;
	const struct graph *graph = &session->built.model->graph;
	if (place->phase != PHASE_BACKWARD || place->has_param || !place->node)
		return false;
	const struct node *x = place->node, *layer = layer_after(graph, x);
	if (!layer)
		return false;
	size_t j = node_row(x, place->element), n = session_column(session);
	fact->left = units(session, x, j, n);
	fact->left.kind = MATRIX_DELTAS;
	fact->factors[0] = transposed(params(MATRIX_WEIGHTS, layer->inputs[SLOT_W], SIZE_MAX, j));
	fact->factors[1] = units(session, sums_of(graph, layer), SIZE_MAX, n);
	fact->factors[1].kind = MATRIX_DELTAS;
	fact->n_factors = 2;
	fact->why =
	    N_("forwards, row i of W led into unit i; backwards, what unit j sent out to all of "
	       "them comes back by column j: hence the transpose");
	return true;
}

bool matrix_fact_find(const struct session *session, struct matrix_fact *fact)
{
	static bool (*const makers[])(const struct session *session, struct matrix_fact *fact) = {
	    make_forward, make_weight, make_bias, make_delta, make_update};
	*fact = (struct matrix_fact){.scale = ""};
	if (!session->has_step || session->built.model->graph.is_coupled)
		return false;
	for (size_t k = 0; k < sizeof makers / sizeof *makers; k++)
		if (makers[k](session, fact))
			return true;
	return false;
}

struct value matrix_value(const struct session *session, const struct matrix *matrix, size_t row,
			  size_t col)
{
	const struct stepper *stepper = &session->stepper;
	size_t r = matrix->is_transposed ? col : row, c = matrix->is_transposed ? row : col;
	const struct node *node = matrix->node;
	size_t e = matrix->is_bias ? r : r * (node ? node->cols : 1) + c;
	struct ref ref;
	if (matrix->kind == MATRIX_ONES)
		return (struct value){.value = 1.0, .known = true};
	if (matrix->kind == MATRIX_UNITS)
		ref = ref_unit(node, node_element(node, r, c));
	else if (matrix->kind == MATRIX_DELTAS)
		ref = ref_delta(stepper, node, node_element(node, r, c));
	else if (matrix->kind == MATRIX_GRADIENTS)
		ref = ref_gradient(stepper, node_param(node, e));
	else if (matrix->kind == MATRIX_NEW || matrix->kind == MATRIX_CHANGES)
		ref = ref_param(REF_NEW, node_param(node, e));
	else if (matrix->kind == MATRIX_BIASES) /* one may be shared */
		ref = ref_param(REF_PARAM, node_param(node, r < node->rows ? r : 0));
	else
		ref = ref_param(REF_PARAM, node_param(node, e));
	struct value value = value_get(stepper, &ref);
	if (matrix->kind == MATRIX_CHANGES) {
		ref.kind = REF_OLD;
		value.value -= value_get(stepper, &ref).value;
	}
	return value;
}
