/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluation.c -- passes over rows that no update is made of. */
#include "backstep/engine/evaluation.h"

#include <math.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/work.h"
#include "passes.h"

/* Activations whose units die or saturate, and the largest slope of those that saturate. */
static const struct {
	const struct op *op;
	double largest_slope;
} watched_ops[] = {
    {&op_relu, 0.0},
    {&op_sigmoid, 0.25},
    {&op_tanh, 1.0},
};

static bool watch_node(struct evaluation *e, const struct node *node)
{
	for (size_t k = 0; node->op && k < sizeof watched_ops / sizeof *watched_ops; k++) {
		if (node->op != watched_ops[k].op || node->layer == 0)
			continue;
		struct evaluation_units *units = &e->units[e->n_units++];
		units->node = node;
		units->layer = SIZE_MAX; /* until add_layer finds it */
		units->largest_slope = watched_ops[k].largest_slope;
		if (units->largest_slope == 0.0)
			units->alive = ARENA_ARRAY(e->arena, bool, node->rows);
		return units->largest_slope != 0.0 || units->alive;
	}
	return true;
}

/* Says of the watched units of a layer of the graph which of layers they belong to. Returns whether
 * there are any. */
static bool claim_units(struct evaluation *e, size_t number)
{
	bool found = false;
	for (size_t k = 0; k < e->n_units; k++) {
		if (e->units[k].node->layer != number)
			continue;
		e->units[k].layer = e->n_layers;
		found = true;
	}
	return found;
}

/* Adds layer number (from 1) of the graph with its trained parameters; one that is shared within it
 * counts once. */
static bool add_layer(struct evaluation *e, size_t number)
{
	const struct model *model = e->trainer->model;
	const struct graph *graph = &model->graph;
	struct evaluation_layer *found = &e->layers[e->n_layers];
	bool counts = claim_units(e, number);
	*found = (struct evaluation_layer){.has = ARENA_ARRAY(e->arena, bool, graph->n_params)};
	if (!found->has)
		return false;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (node->kind != NODE_PARAM || node->layer != number)
			continue;
		counts = true;
		for (size_t i = 0; i < node->rows * node->cols; i++)
			found->has[node_param(node, i)] = true;
	}
	for (size_t k = 0; k < model->n_order; k++)
		found->n_params += found->has[model->order[k]];
	e->n_layers += counts;
	return true;
}

/* Whether every target is one of two values. */
static bool are_all(const struct dataset *data, size_t n, double one, double other)
{
	for (size_t k = 0; k < n; k++)
		if (data->t[k] != one && data->t[k] != other)
			return false;
	return true;
}

/* Whether each row of targets says one class: shares that add up to 1 with one largest (one-hot, or
 * softened), or one 1 among -1. */
static bool are_shares(const struct dataset *data, size_t n_rows)
{
	bool signs = are_all(data, n_rows * data->n_targets, -1.0, 1.0);
	for (size_t row = 0; row < n_rows; row++) {
		const double *t = data->t + row * data->n_targets;
		double sum = 0.0, largest = -INFINITY;
		size_t n_largest = 0;
		for (size_t k = 0; k < data->n_targets; k++) {
			double share = signs ? (t[k] + 1.0) / 2.0 : t[k];
			sum += share;
			n_largest = share > largest ? 1 : n_largest + (share == largest);
			largest = fmax(largest, share);
			if (share < 0.0)
				return false;
		}
		if (fabs(sum - 1.0) > 1e-9 || n_largest != 1)
			return false;
	}
	return true;
}

static void find_classes(struct evaluation *e)
{
	const struct dataset *data = &e->trainer->data;
	size_t n_rows = data->n_rows + data->n_validation + data->n_test;
	size_t n_outputs = e->trainer->model->output->rows;
	if (n_outputs == 1 && data->n_targets == 1) {
		if (are_all(data, n_rows, 0.0, 1.0))
			e->classes = CLASSES_ONE;
		else if (are_all(data, n_rows, -1.0, 1.0))
			e->classes = CLASSES_SIGN;
	} else if (n_outputs == data->n_targets && are_shares(data, n_rows)) {
		e->classes = CLASSES_LARGEST;
	}
	/* a logit above 0 is a probability above 1/2 */
	bool is_logit = e->trainer->model->terms->op == &op_binary_cross_entropy_logits;
	e->threshold = e->classes == CLASSES_ONE && !is_logit ? 0.5 : 0.0;
	e->n_classes = e->classes == CLASSES_NONE      ? 0
		       : e->classes == CLASSES_LARGEST ? n_outputs
						       : 2;
}

enum status evaluation_init(struct evaluation *e, struct trainer *trainer, struct error *err)
{
	const struct model *model = trainer->model;
	const struct graph *graph = &model->graph;
	*e = (struct evaluation){.arena = arena_new(), .trainer = trainer};
	if (!e->arena)
		return error_no_memory(err);
	find_classes(e);
	e->rows = ARENA_ARRAY(e->arena, size_t, graph->max_examples);
	e->theta = ARENA_ARRAY(e->arena, double, graph->n_params);
	e->grad = ARENA_ARRAY(e->arena, double, graph->n_params);
	e->state = ARENA_ARRAY(e->arena, double, graph->n_state);
	e->units = ARENA_ARRAY(e->arena, struct evaluation_units, graph->n_nodes);
	e->layers = ARENA_ARRAY(e->arena, struct evaluation_layer, model->n_layers);
	e->confusion = ARENA_ARRAY(e->arena, size_t, e->n_classes * e->n_classes);
	bool good =
	    e->rows && e->theta && e->grad && e->state && e->units && e->layers && e->confusion;
	e->has_modes = graph->n_state > 0;
	for (size_t k = 0; good && k < graph->n_nodes; k++) {
		e->has_modes |= graph->nodes[k]->kind == NODE_MASK;
		good = watch_node(e, graph->nodes[k]);
	}
	for (size_t number = 1; good && number <= model->n_layers; number++)
		good = add_layer(e, number);
	if (good)
		return STATUS_OK;
	evaluation_free(e);
	return error_no_memory(err);
}

void evaluation_free(struct evaluation *e)
{
	arena_free(e->arena);
	*e = (struct evaluation){0};
}

/* The class that a column of outputs or targets says; n_classes where they are not numbers. */
static size_t find_class(const struct evaluation *e, const struct node *node, size_t col)
{
	size_t best = e->n_classes;
	double largest = -INFINITY;
	if (e->classes != CLASSES_LARGEST) {
		double limit = node == e->trainer->model->target && e->classes == CLASSES_ONE
				   ? 0.5
				   : e->threshold;
		return isnan(node->value[col]) ? best : node->value[col] >= limit;
	}
	for (size_t row = 0; row < node->rows; row++) {
		double value = node->value[row * node->stride + col];
		if (value > largest) { /* of equal ones the first */
			largest = value;
			best = row;
		}
	}
	return best;
}

static void count_classes(struct evaluation *e)
{
	const struct model *model = e->trainer->model;
	for (size_t col = 0; e->n_classes && col < model->target->cols; col++) {
		size_t target = find_class(e, model->target, col);
		size_t answer = find_class(e, model->output, col);
		if (target == e->n_classes || answer == e->n_classes)
			continue;
		e->confusion[target * e->n_classes + answer]++;
		e->n_correct += target == answer;
	}
}

static void count_units(struct evaluation_units *units)
{
	const struct node *node = units->node;
	for (size_t row = 0; row < node->rows; row++) {
		for (size_t col = 0; col < node->cols; col++) {
			size_t i = row * node->stride + col;
			if (units->alive)
				units->alive[row] |= node->value[i] > 0.0;
			else
				units->n_saturated += node->op->partial(node, i, 0, i) <
						      EVALUATION_SATURATED * units->largest_slope;
		}
	}
}

static void start_sums(struct evaluation *e)
{
	e->n_rows = e->n_correct = 0;
	e->loss = 0.0;
	memset(e->confusion, 0, e->n_classes * e->n_classes * sizeof *e->confusion);
	if (e->has_gradient)
		memset(e->grad, 0, e->trainer->model->graph.n_params * sizeof *e->grad);
	for (size_t k = 0; k < e->n_units; k++) {
		e->units[k].n_saturated = 0;
		if (e->units[k].alive)
			memset(e->units[k].alive, 0, e->units[k].node->rows * sizeof(bool));
	}
}

/* Adds the gradient of the rows that are loaded, by a pass of training. Errors: STATUS_INTERRUPTED.
 */
static enum status add_gradient(struct evaluation *e, double share, struct error *err)
{
	struct model *model = e->trainer->model;
	double weight = model->over == REDUCE_MEAN ? share : 1.0;
	enum status status = STATUS_OK;
	if (e->has_modes) {
		model->graph.mode = GRAPH_TRAIN;
		status = model_try_forward(model, err);
	}
	if (!status)
		status = model_try_backward(model, GRAPH_ALL, err);
	model->graph.mode = GRAPH_EVALUATE;
	for (size_t p = 0; p < model->graph.n_params; p++)
		e->grad[p] += weight * model->graph.grad[p];
	return status;
}

/* Adds what n rows of the share of all that they are say. Errors: STATUS_INTERRUPTED. */
static enum status add_batch(struct evaluation *e, size_t n, double share, struct error *err)
{
	struct model *model = e->trainer->model;
	model_load(model, e->trainer->data.x, e->trainer->data.t, e->rows, n);
	enum status status = model_try_forward(model, err);
	if (status)
		return status;
	for (size_t col = 0; col < n; col++)
		e->loss += model->total->value[col];
	count_classes(e);
	for (size_t k = 0; k < e->n_units; k++)
		count_units(&e->units[k]);
	e->n_rows += n;
	return e->has_gradient ? add_gradient(e, share, err) : STATUS_OK;
}

static void find_norms(struct evaluation *e)
{
	const struct model *model = e->trainer->model;
	for (size_t layer = 0; layer < e->n_layers; layer++) {
		struct evaluation_layer *found = &e->layers[layer];
		double sum = 0.0;
		for (size_t k = 0; k < model->n_order; k++) {
			size_t p = model->order[k];
			sum += found->has[p] ? e->grad[p] * e->grad[p] : 0.0;
		}
		found->norm = sqrt(sum);
	}
}

static void borrow_model(struct evaluation *e, const double *theta)
{
	const struct trainer *trainer = e->trainer;
	struct graph *graph = &trainer->model->graph;
	memcpy(e->state, graph->state, graph->n_state * sizeof *graph->state);
	e->replaces_theta = theta != graph->theta;
	if (e->replaces_theta) {
		memcpy(e->theta, graph->theta, graph->n_params * sizeof *graph->theta);
		memcpy(graph->theta, theta, graph->n_params * sizeof *graph->theta);
	}
	if (theta == trainer_next(trainer))
		memcpy(graph->state, trainer_next_state(trainer),
		       graph->n_state * sizeof *graph->state);
	e->mode = graph->mode;
	e->model_loss = trainer->model->loss;
	graph->mode = GRAPH_EVALUATE;
}

/* Errors: STATUS_INTERRUPTED; then, and where work was stopped before and passes are long, nothing
 * is prepared. */
static enum status give_back_model(struct evaluation *e, bool is_stopped, struct error *err)
{
	struct trainer *trainer = e->trainer;
	struct graph *graph = &trainer->model->graph;
	if (e->replaces_theta)
		memcpy(graph->theta, e->theta, graph->n_params * sizeof *graph->theta);
	memcpy(graph->state, e->state, graph->n_state * sizeof *graph->state);
	graph->mode = e->mode;
	trainer->model->loss = e->model_loss;
	if (!trainer->prepared)
		return STATUS_OK;
	trainer->prepared = false; /* its passes were overwritten */
	return is_stopped && trainer->is_long ? STATUS_OK : trainer_try_prepare(trainer, err);
}

enum status evaluation_run(struct evaluation *e, const double *theta, size_t first, size_t n,
			   bool with_gradient, struct error *err)
{
	CONTRACT(first + n <=
		 e->trainer->data.n_rows + e->trainer->data.n_validation + e->trainer->data.n_test);
	enum status status = STATUS_OK;
	size_t batch = e->trainer->model->graph.max_examples;
	e->has_gradient = with_gradient && !e->trainer->optimizer.class->signal;
	start_sums(e);
	borrow_model(e, theta);
	for (size_t done = 0; !status && done < n; done += batch) {
		size_t size = n - done < batch ? n - done : batch;
		for (size_t k = 0; k < size; k++)
			e->rows[k] = first + done + k;
		status = add_batch(e, size, (double)size / (double)n, err);
		if (!status)
			status = work_ask(err);
	}
	if (e->trainer->model->over == REDUCE_MEAN && n)
		e->loss /= (double)n;
	if (e->has_gradient)
		find_norms(e);
	enum status given = give_back_model(e, status != STATUS_OK, err);
	return status ? status : given;
}

/* The first n_outputs outputs of n rows, row by row. Errors: STATUS_INTERRUPTED. */
static enum status find_outputs(struct evaluation *e, const double *theta, const double *x,
				const double *t, size_t n, size_t n_outputs, double *y,
				struct error *err)
{
	struct model *model = e->trainer->model;
	const struct node *output = model->output;
	size_t batch = model->graph.max_examples;
	enum status status = STATUS_OK;
	borrow_model(e, theta);
	for (size_t done = 0; !status && done < n; done += batch) {
		size_t size = n - done < batch ? n - done : batch;
		for (size_t k = 0; k < size; k++)
			e->rows[k] = done + k;
		model_load(model, x, t, e->rows, size);
		status = model_try_forward(model, err);
		for (size_t k = 0; !status && k < size * n_outputs; k++)
			*y++ = output->value[node_element(output, k % n_outputs, k / n_outputs)];
		if (!status && n - done > batch)
			status = work_ask(err);
	}
	enum status given = give_back_model(e, status != STATUS_OK, err);
	return status ? status : given;
}

enum status evaluation_outputs(struct evaluation *e, const double *theta, const double *x,
			       const double *t, size_t n, double *y, struct error *err)
{
	return find_outputs(e, theta, x, t, n, 1, y, err);
}

enum status evaluation_answers(struct evaluation *e, const double *theta, size_t first, size_t n,
			       double *y, struct error *err)
{
	const struct dataset *data = &e->trainer->data;
	return find_outputs(e, theta, data->x + first * data->n_inputs,
			    data->t + first * data->n_targets, n, e->trainer->model->output->rows,
			    y, err);
}

/* The pass over one row is never long; whether the trainer is prepared again does not matter. */
void evaluation_row(struct evaluation *e, const double *theta, const double *x, const double *t,
		    double *y)
{
	find_outputs(e, theta, x, t, 1, e->trainer->model->output->rows, y, NULL);
}
