/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build.c -- looks up what the lesson names, builds the layers, fills in the numbers. */
#include "lesson_builder.h"

#include "backstep/base/i18n.h"
#include "backstep/engine/layer_dense.h"
#include "lesson_start.h"
#include "backstep/text/unknown.h"

void builder_fail(struct builder *b, struct error *err, struct source_mark mark)
{
	error_at(err, b->lesson->file, mark.line, mark.column);
	error_list_add(b->errors, err);
	if (!b->status)
		b->status = err->code;
}

static const char *next_activation(void *ctx, size_t i)
{
	(void)ctx;
	for (const struct op *const *op = op_registry; *op; op++)
		if ((*op)->family == OP_ACTIVATION && i-- == 0)
			return (*op)->name;
	return NULL;
}

static const char *next_loss(void *ctx, size_t i)
{
	(void)ctx;
	return loss_registry[i].name;
}

static const char *next_optimizer(void *ctx, size_t i)
{
	(void)ctx;
	return optimizer_registry[i] ? optimizer_registry[i]->name : NULL;
}

/* Says that name is not one of the candidates, and which they are. */
static void unknown(struct builder *b, const char *what, const struct source_text *name,
		    const char *(*next)(void *ctx, size_t i))
{
	struct error err = {0};
	error_unknown(&err, what, name->text, next);
	builder_fail(b, &err, name->mark);
}

struct label *builder_labels(struct arena *arena, const struct lesson_name *names, size_t n)
{
	struct label *labels = names ? ARENA_ARRAY(arena, struct label, n) : NULL;
	for (size_t k = 0; labels && k < n; k++) {
		labels[k].name = arena_strdup(arena, names[k].name);
		labels[k].symbol = names[k].symbol ? arena_strdup(arena, names[k].symbol) : NULL;
	}
	return labels;
}

struct label *builder_param_labels(struct arena *arena, const struct lesson *lesson,
				   const size_t *params, size_t n)
{
	struct label *labels = params ? ARENA_ARRAY(arena, struct label, n) : NULL;
	for (size_t k = 0; labels && k < n; k++)
		labels[k].name = arena_strdup(arena, lesson->params[params[k]].name);
	return labels;
}

/* Sets the attributes that the lesson gives for an activation or a loss. */
static void set_attributes(struct builder *b, const struct lesson_setting *with, size_t n_with,
			   struct node *node)
{
	for (size_t k = 0; k < n_with; k++) {
		struct error err = {0};
		if (node_set_attribute(node, with[k].name, with[k].value, &err))
			builder_fail(b, &err, with[k].mark);
	}
}

void builder_set_attributes(struct builder *b, const struct lesson_layer *layer, struct node *node)
{
	set_attributes(b, layer->with, layer->n_with, node);
}

/* Notes what starts a matrix of parameters, unless they are given. */
static void add_start(struct builder *b, const struct lesson_layer *layer,
		      const struct lesson_init *asked, const char *purpose, const struct node *node)
{
	struct start *start = &b->starts[b->n_starts];
	struct error err = {0};
	struct source_mark at;
	if (!asked->kind.text)
		return;
	*start = (struct start){.node = node,
				.init = {.n_in = layer->n_inputs, .n_out = layer->n_units},
				.purpose = purpose,
				.layer = node->layer,
				.frozen = layer->frozen};
	if (start_find(b->lesson, asked, start, &at, &err))
		builder_fail(b, &err, at);
	else
		b->n_starts++;
}

/* The same for the layer that was just added: its nodes are those from first on, the weights before
 * the biases. */
static void add_starts(struct builder *b, const struct lesson_layer *layer, size_t first)
{
	const struct graph *graph = &b->built->model->graph;
	bool is_bias = false;
	for (size_t i = first; i < graph->n_nodes; i++) {
		const struct node *node = graph->nodes[i];
		if (node->kind != NODE_PARAM)
			continue;
		add_start(b, layer, is_bias ? &layer->bias_init : &layer->init,
			  is_bias ? "biases" : "weights", node);
		is_bias = true;
	}
}

const struct op *builder_activation(struct builder *b, const struct lesson_layer *layer)
{
	const struct op *activation = NULL;
	if (layer->activation.text) {
		activation = op_find(OP_ACTIVATION, layer->activation.text);
		if (!activation) {
			unknown(b, _("activation"), &layer->activation, next_activation);
			activation = &op_identity; /* go on: report the other errors too */
		}
	}
	return activation;
}

void builder_add_dense(struct builder *b, const struct lesson_layer *layer)
{
	const struct lesson *lesson = b->lesson;
	struct model *model = b->built->model;
	struct arena *arena = model->arena;
	const struct op *activation = builder_activation(b, layer);
	struct layer_dense dense = {
	    .n_units = layer->n_units,
	    .pieces = layer->pieces,
	    .activation = activation,
	    .bias = layer->n_biases == 0 ? BIAS_NONE
		    : layer->shared_bias ? BIAS_SHARED
					 : BIAS_PER_UNIT,
	    .separate_bias = layer->separate_bias,
	    .weight_ids = layer->weights,
	    .bias_ids = layer->biases,
	    .units = builder_labels(arena, layer->units, layer->n_units),
	    .sums = builder_labels(arena, layer->sums, layer->n_sums),
	    .products = builder_labels(arena, layer->products, layer->n_sums),
	    .weights = builder_param_labels(arena, lesson, layer->weights,
					    layer->n_sums * layer->n_inputs),
	    .biases = builder_param_labels(arena, lesson, layer->biases, layer->n_biases),
	    .prefix = layer->name ? layer->name : "h",
	};
	struct error err = {0};
	size_t first = model->graph.n_nodes;
	if (!dense.units || (layer->weights && !dense.weights))
		error_no_memory(&err);
	else if (!layer_dense_add(model, &dense, &err)) {
		builder_set_attributes(b, layer, model->output);
		add_starts(b, layer, first);
		return;
	}
	builder_fail(b, &err, layer->mark);
}

/* Smooths the targets where the lesson says so; false, reported, where that cannot be. */
static bool smooth(struct builder *b)
{
	const struct lesson_loss *loss = &b->lesson->loss;
	struct model *model = b->built->model;
	struct error err = {0};
	if (!loss->smoothing.mark.line)
		return true;
	const struct op *op = op_find(OP_TARGET, loss->smoothing_form);
	enum status status = model_smooth_targets(model, op, loss->smoothing.value, &err);
	if (!status)
		status = node_set_attribute(model->wanted, "epsilon", loss->smoothing.value, &err);
	if (status)
		builder_fail(b, &err, loss->smoothing.mark);
	else
		model->wanted->labels =
		    builder_labels(model->arena, loss->smoothed, b->lesson->n_outputs);
	return !status;
}

static void add_loss(struct builder *b)
{
	const struct lesson_loss *loss = &b->lesson->loss;
	struct model *model = b->built->model;
	struct arena *arena = model->arena;
	struct error err = {0};
	if (!loss->kind.text) {
		builder_use_output(b);
		return;
	}
	const struct loss_class *class = loss_find(loss->kind.text);
	if (!class) {
		unknown(b, _("loss"), &loss->kind, next_loss);
		return;
	}
	if (!smooth(b))
		return;
	enum reduction over = loss->over == LESSON_OVER_SUM ? REDUCE_SUM : REDUCE_MEAN;
	if (model_add_loss(model, class, over, &err)) {
		builder_fail(b, &err, loss->kind.mark);
		return;
	}
	set_attributes(b, loss->with, loss->n_with, model->terms);
	model->input->labels = builder_labels(arena, b->lesson->inputs, b->lesson->n_inputs);
	model->target->labels = builder_labels(arena, loss->targets, b->lesson->n_outputs);
	/* a loss that joins all outputs has one term, the total */
	bool joined = model->terms->rows == 1;
	model->terms->labels =
	    builder_labels(arena, joined ? &loss->total : loss->terms, model->terms->rows);
	if (model->total != model->terms)
		model->total->labels = builder_labels(arena, &loss->total, 1);
	model->batch_name = arena_strdup(arena, loss->batch.name);
	if (model->input->labels && model->target->labels && model->terms->labels &&
	    model->total->labels && model->batch_name)
		return;
	error_no_memory(&err);
	builder_fail(b, &err, loss->kind.mark);
}

static void choose_optimizer(struct builder *b)
{
	const struct lesson_training *training = &b->lesson->training;
	struct optimizer *optimizer = &b->built->optimizer;
	struct error err = {0};
	const struct optimizer_class *class = optimizer_find(training->optimizer.text);
	if (!class) {
		unknown(b, _("optimizer"), &training->optimizer, next_optimizer);
		return;
	}
	optimizer_init(optimizer, class);
	if (optimizer_set(optimizer, "rate", training->rate.value, &err))
		builder_fail(b, &err, training->rate.mark);
	for (size_t k = 0; k < training->n_with; k++)
		if (optimizer_set(optimizer, training->with[k].name, training->with[k].value, &err))
			builder_fail(b, &err, training->with[k].mark);
	for (size_t k = 0; k < training->n_stages; k++) {
		const struct lesson_assignment *stage = &training->stages[k];
		if (stage->name && stage->value &&
		    stages_set(&optimizer->stages, stage->name, stage->value, &err))
			builder_fail(b, &err, stage->mark);
	}
	if (training->rule.text && optimizer_set_form(optimizer, training->rule.text, &err))
		builder_fail(b, &err, training->rule.mark);
	if (!b->status && optimizer_fits(optimizer, b->built->model, &err))
		builder_fail(b, &err, training->optimizer.mark);
}

/* Puts the lesson's numbers and its order of training into the model. */
static void fill_in(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	struct model *model = b->built->model;
	struct error err = {0};
	if (model_finish(model, &err)) {
		builder_fail(b, &err, (struct source_mark){0});
		return;
	}
	for (size_t p = 0; p < lesson->n_params; p++)
		model->graph.theta[p] = lesson->params[p].value;
	for (size_t k = 0; k < b->n_starts; k++)
		start_fill(&b->starts[k], model->graph.theta);
	builder_choose_trained(b);
}

/* Makes the rows, and says how many of them are a batch. */
static enum status add_rows(struct builder *b, struct error *err)
{
	const struct lesson_training *training = &b->lesson->training;
	struct lesson_model *built = b->built;
	enum status status = lesson_rows_make(b->lesson, built->arena, &built->rows, err);
	if (status)
		return status;
	built->data = built->rows.data;
	built->batch = training->batch ? training->batch : built->data.n_rows;
	if (built->batch <= built->data.n_rows)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("a batch of %zu is more than all rows (%zu)"),
		  built->batch, built->data.n_rows);
	error_at(err, b->lesson->file, training->batch_mark.line, training->batch_mark.column);
	return STATUS_BAD_INPUT;
}

/* Those in residual blocks too. */
static size_t count_layers(const struct lesson_layer *layers, size_t n_layers)
{
	size_t n = n_layers;
	for (size_t k = 0; k < n_layers; k++)
		n += count_layers(layers[k].layers, layers[k].n_layers);
	return n;
}

/* What the parts of the model are put into. Errors are in the list. */
static enum status begin(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	struct lesson_model *built = b->built;
	struct error err = {0};
	*built = (struct lesson_model){.arena = arena_new()};
	if (built->arena)
		b->starts = ARENA_ARRAY(built->arena, struct start,
					2 * count_layers(lesson->layers, lesson->n_layers));
	enum status status = b->starts ? add_rows(b, &err) : error_no_memory(&err);
	if (!status)
		status = model_new(lesson->n_inputs, lesson->n_outputs, built->batch, &built->model,
				   &err);
	if (status) {
		error_list_add(b->errors, &err);
		return status;
	}
	/* the lesson's own parameters take the first places, those that are made follow */
	built->model->graph.n_params = lesson->n_params;
	return STATUS_OK;
}

enum status lesson_build(const struct lesson *lesson, struct lesson_model *built,
			 struct error_list *errors)
{
	struct builder b = {.lesson = lesson, .built = built, .errors = errors};
	struct error err = {0};
	b.status = begin(&b);
	if (b.status) {
		lesson_model_free(built);
		return b.status;
	}
	builder_add_layers(&b, lesson->layers, lesson->n_layers);
	if (lesson->graph.n_gates)
		builder_add_graph(&b);
	add_loss(&b);
	if (!b.status)
		fill_in(&b);
	choose_optimizer(&b);
	if (!b.status && trainer_check_batch(built->model, built->data.n_rows, built->batch, &err))
		builder_fail(&b, &err, lesson->training.optimizer.mark);
	if (b.status)
		lesson_model_free(built);
	return b.status;
}

void lesson_model_free(struct lesson_model *built)
{
	model_free(built->model);
	arena_free(built->arena);
	built->model = NULL;
	built->arena = NULL;
}
