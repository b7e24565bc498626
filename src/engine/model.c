/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.c -- putting a network together, and loading batches. Its passes are in passes.c. */
#include "backstep/engine/model.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "numbers.h"
#include "passes.h"

const struct loss_class loss_registry[] = {
    {"half-squared-error", N_("half the squared error of each output, summed"),
     &op_half_squared_error, &op_sum, TARGETS_ANY},
    {"squared-error", N_("the squared error of each output, summed: no half, no mean"),
     &op_squared_error, &op_sum, TARGETS_ANY},
    {"mean-squared-error", N_("the squared error of each output, averaged over the outputs"),
     &op_squared_error, &op_mean, TARGETS_ANY},
    {"absolute-error", N_("the distance of each output from its target, averaged"),
     &op_absolute_error, &op_mean, TARGETS_ANY},
    {"huber", N_("squared near the target, linear far from it, averaged over the outputs"),
     &op_huber, &op_mean, TARGETS_ANY},
    {"binary-cross-entropy", N_("for probabilities of yes, summed over the outputs"),
     &op_binary_cross_entropy, &op_sum, TARGETS_PROBABILITIES},
    {"binary-cross-entropy-logits", N_("the same before the sigmoid, summed over the outputs"),
     &op_binary_cross_entropy_logits, &op_sum, TARGETS_PROBABILITIES},
    {"cross-entropy", N_("for probabilities of classes, summed over the classes"),
     &op_cross_entropy, &op_sum, TARGETS_PARTS},
    {"softmax-cross-entropy", N_("for scores of classes: softmax and cross-entropy in one"),
     &op_softmax_cross_entropy, &op_sum, TARGETS_PARTS},
    {"hinge", N_("for scores of classes: by how much each wrong one comes too near the right one"),
     &op_hinge, &op_sum, TARGETS_ONE},
    {"error", N_("target minus output, with its sign: what the perceptron rule learns from"),
     &op_error, &op_sum, TARGETS_ANY},
    {0},
};

const struct loss_class loss_own = {"own", N_("the formula that the lesson gives"), NULL, NULL,
				    TARGETS_ANY};

const struct loss_class *loss_find(const char *name)
{
	for (const struct loss_class *loss = loss_registry; loss->name; loss++)
		if (strcmp(loss->name, name) == 0)
			return loss;
	return NULL;
}

enum status model_new(size_t n_inputs, size_t n_targets, size_t max_examples, struct model **model,
		      struct error *err)
{
	struct arena *arena = arena_new();
	struct model *m = arena ? ARENA_NEW(arena, struct model) : NULL;
	if (!m)
		goto fail;
	m->arena = arena;
	graph_init(&m->graph, arena, max_examples);
	m->input = graph_add_data(&m->graph, NODE_INPUT, n_inputs);
	m->target = graph_add_data(&m->graph, NODE_TARGET, n_targets);
	if (!m->input || !m->target)
		goto fail;
	m->input->prefix = "x";
	m->target->prefix = "t";
	m->output = m->input;
	m->goal = m->target;
	*model = m;
	return STATUS_OK;
fail:
	arena_free(arena);
	return error_no_memory(err);
}

void model_free(struct model *model)
{
	if (model)
		arena_free(model->arena);
}

enum status model_smooth_targets(struct model *model, const struct op *op, double epsilon,
				 struct error *err)
{
	CONTRACT(!model->total);
	double attributes[] = {epsilon, (double)model->target->rows};
	if (model->target->rows < 2)
		return error_set(
		    err, STATUS_BAD_INPUT,
		    _("smoothing shares targets out among classes: there is only one"));
	enum status status =
	    graph_add_op(&model->graph, op, attributes, &model->target, &model->goal, err);
	if (status)
		return status;
	model->goal->layer = model->n_layers + 1;
	model->goal->prefix = "s_t";
	return STATUS_OK;
}

enum status model_add_loss(struct model *model, const struct loss_class *loss, enum reduction over,
			   struct error *err)
{
	CONTRACT(!model->total);
	struct node *inputs[] = {model->output, model->goal};
	enum status status =
	    graph_add_op(&model->graph, loss->term, NULL, inputs, &model->terms, err);
	if (status)
		return status;
	model->loss_class = loss;
	model->over = over;
	model->batch_name = "J";
	model->terms->layer = model->n_layers + 1;
	model->terms->prefix = "E";
	model->total = model->terms;
	if (model->terms->rows == 1)
		return STATUS_OK;
	status = graph_add_op(&model->graph, loss->total, NULL, &model->terms, &model->total, err);
	if (status)
		return status;
	static const struct label total = {.name = "E"};
	model->total->labels = &total;
	model->total->layer = model->terms->layer;
	return STATUS_OK;
}

void model_use_loss(struct model *model, struct node *loss, enum reduction over)
{
	CONTRACT(!model->total && loss->rows == 1);
	model->terms = model->total = loss;
	model->loss_class = &loss_own;
	model->over = over;
	model->batch_name = "J";
}

enum status model_use_output(struct model *model, enum reduction over, struct error *err)
{
	CONTRACT(!model->total);
	if (model->output->rows != 1)
		return error_set(err, STATUS_BAD_INPUT,
				 _("only a single number has a gradient: there are %zu"),
				 model->output->rows);
	model->terms = model->total = model->output;
	model->over = over;
	model->batch_name = "J";
	return STATUS_OK;
}

static void mark_params(const struct node *params, bool *marks, bool mark)
{
	for (size_t e = 0; e < params->rows * params->cols; e++)
		marks[node_param(params, e)] = mark;
}

/* Tells biases and scales from weights. */
static void find_weights(struct model *model)
{
	const struct graph *graph = &model->graph;
	for (size_t p = 0; p < graph->n_params; p++)
		model->is_weight[p] = true;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		bool scales = node->op && node->op->family == OP_SCALING;
		if (!node->op || (node->op->family != OP_LINEAR && !scales))
			continue;
		for (size_t slot = 1; slot < node->op->n_slots; slot++) {
			bool is_bias = strcmp(node->op->slots[slot].name, "b") == 0;
			if (is_bias)
				mark_params(node->inputs[slot], model->is_bias, true);
			if (is_bias || scales)
				mark_params(node->inputs[slot], model->is_weight, false);
		}
	}
}

enum status model_finish(struct model *model, struct error *err)
{
	CONTRACT(model->total);
	struct graph *graph = &model->graph;
	enum status status = graph_allocate(graph, err);
	if (status)
		return status;
	model->order = ARENA_ARRAY(model->arena, size_t, graph->n_params);
	bool *seen = ARENA_ARRAY(model->arena, bool, graph->n_params);
	model->is_bias = ARENA_ARRAY(model->arena, bool, graph->n_params);
	model->is_weight = ARENA_ARRAY(model->arena, bool, graph->n_params);
	model->rows = ARENA_ARRAY(model->arena, size_t, graph->max_examples);
	if (!model->order || !seen || !model->is_bias || !model->is_weight || !model->rows)
		return error_no_memory(err);
	for (size_t k = 0; graph->is_coupled && k < graph->n_nodes; k++)
		if (graph->nodes[k]->kind != NODE_PARAM && !graph->nodes[k]->per_batch)
			graph->nodes[k]->examples = model->rows;
	for (size_t layer = model->n_layers; layer > 0; layer--) {
		for (size_t k = 0; k < graph->n_nodes; k++) {
			const struct node *node = graph->nodes[k];
			if (node->kind != NODE_PARAM || node->layer != layer)
				continue;
			for (size_t e = 0; e < node->rows * node->cols; e++) {
				size_t p = node_param(node, e);
				if (!seen[p])
					model->order[model->n_order++] = p;
				seen[p] = true;
			}
		}
	}
	find_weights(model);
	return STATUS_OK;
}

/* Whether rows follow one another in the data set. */
static bool are_consecutive(const size_t *rows, size_t n)
{
	for (size_t k = 1; k < n; k++)
		if (rows[k] != rows[0] + k)
			return false;
	return true;
}

/* Puts n rows of a data set, from first on, into the columns of node from k on. */
static void load_columns(struct node *node, const double *data, size_t first, size_t n, size_t k)
{
	numbers_transpose(n, node->rows, data + first * node->rows, node->value + k, node->stride);
}

void model_load(struct model *model, const double *x, const double *t, const size_t *rows, size_t n)
{
	CONTRACT(n > 0 && n <= model->graph.stride);
	model->n_loads++;
	graph_set_examples(&model->graph, n);
	size_t at_once = are_consecutive(rows, n) ? n : 1;
	memcpy(model->rows, rows, n * sizeof *rows);
	for (size_t k = 0; k < n; k += at_once) {
		load_columns(model->input, x, rows[k], at_once, k);
		load_columns(model->target, t, rows[k], at_once, k);
	}
}

/* The first parameter node, and its element, that looks at place param of theta. */
static const struct node *find_element(const struct model *model, size_t param, size_t *element)
{
	const struct graph *graph = &model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		*element = 0;
		if (node_find_param(graph->nodes[k], param, element))
			return graph->nodes[k];
	}
	return NULL;
}

const char *model_param_name(const struct model *model, size_t param, char buf[LABEL_TEXT])
{
	CONTRACT(param < model->graph.n_params);
	size_t element;
	const struct node *node = find_element(model, param, &element);
	buf[0] = '\0';
	return node ? node_name(node, element, buf) : buf;
}

const char *model_param_symbol(const struct model *model, size_t param)
{
	size_t element;
	const struct node *node = find_element(model, param, &element);
	return node ? node_symbol(node, element) : NULL;
}

/* Reads "prefix[row,column]" as an element of node. */
static bool parse_indexed(const struct node *node, const char *name, size_t *element)
{
	size_t len = strlen(node->prefix), row, col;
	int used = 0;
	if (strncmp(name, node->prefix, len) != 0 ||
	    sscanf(name + len, "[%zu,%zu]%n", &row, &col, &used) != 2 || name[len + (size_t)used])
		return false;
	*element = (row - 1) * node->stride + col - 1;
	return row >= 1 && col >= 1 && row <= node->rows && col <= node->cols;
}

bool model_find_param(const struct model *model, const char *name, size_t *param)
{
	const struct graph *graph = &model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (node->kind != NODE_PARAM)
			continue;
		size_t e = 0;
		bool found = !node->labels && node->prefix && parse_indexed(node, name, &e);
		for (size_t i = 0; node->labels && !found && i < node->rows * node->cols; i++) {
			found = strcmp(node->labels[i].name, name) == 0;
			e = i;
		}
		if (found) {
			*param = node_param(node, e);
			return true;
		}
	}
	return false;
}
