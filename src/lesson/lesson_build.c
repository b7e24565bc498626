/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build.c -- looks up what the lesson names, builds the layers, fills in the numbers. */
#include "backstep/lesson/lesson_build.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/engine/layer_dense.h"
#include "lesson_graph.h"

/* One lesson being built. */
struct builder {
	const struct lesson *lesson;
	struct lesson_model *built;
	struct error_list *errors;
	enum status status; /* the first failure */
};

/* Adds err to the list, at mark (where it has a place). */
static void fail(struct builder *b, struct error *err, struct source_mark mark)
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
	char shown[TEXT_EXCERPT];
	error_set(&err, STATUS_BAD_INPUT, _("unknown %s '%s'"), what,
		  text_excerpt(shown, name->text));
	const char *nearest = text_nearest(name->text, next, NULL);
	struct strbuf all = {0};
	for (size_t i = 0; next(NULL, i); i++)
		strbuf_addf(&all, "%s%s", i ? ", " : "", next(NULL, i));
	if (nearest)
		error_hint(&err, _("did you mean '%s'?"), nearest);
	else
		error_hint(&err, _("known: %s"), strbuf_str(&all));
	strbuf_free(&all);
	fail(b, &err, name->mark);
}

/* Labels of n names, in the model's arena. NULL on lack of memory, or for no names. */
static struct label *copy_labels(struct arena *arena, const struct lesson_name *names, size_t n)
{
	struct label *labels = names ? ARENA_ARRAY(arena, struct label, n) : NULL;
	for (size_t k = 0; labels && k < n; k++) {
		labels[k].name = arena_strdup(arena, names[k].name);
		labels[k].symbol = names[k].symbol ? arena_strdup(arena, names[k].symbol) : NULL;
	}
	return labels;
}

static struct label *param_labels(struct arena *arena, const struct lesson *lesson,
				  const size_t *params, size_t n)
{
	struct label *labels = ARENA_ARRAY(arena, struct label, n);
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
			fail(b, &err, with[k].mark);
	}
}

static void add_layer(struct builder *b, const struct lesson_layer *layer)
{
	const struct lesson *lesson = b->lesson;
	struct model *model = b->built->model;
	struct arena *arena = model->arena;
	const struct op *activation = NULL;
	if (layer->activation.text) {
		activation = op_find(OP_ACTIVATION, layer->activation.text);
		if (!activation) {
			unknown(b, _("activation"), &layer->activation, next_activation);
			activation = &op_identity; /* go on: report the other errors too */
		}
	}
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
	    .units = copy_labels(arena, layer->units, layer->n_units),
	    .sums = copy_labels(arena, layer->sums, layer->n_sums),
	    .products = copy_labels(arena, layer->products, layer->n_sums),
	    .weights =
		param_labels(arena, lesson, layer->weights, layer->n_sums * layer->n_inputs),
	    .biases = param_labels(arena, lesson, layer->biases, layer->n_biases),
	    .prefix = "h",
	};
	struct error err = {0};
	if (!dense.units || !dense.weights)
		error_no_memory(&err);
	else if (!layer_dense_add(model, &dense, &err)) {
		set_attributes(b, layer->with, layer->n_with, model->output);
		return;
	}
	fail(b, &err, layer->units[0].mark);
}

/* The gates of a graph; the last one is the output. */
static void add_graph(struct builder *b)
{
	const struct lesson_graph *graph = &b->lesson->graph;
	struct model *model = b->built->model;
	struct graph_nodes nodes;
	struct error err = {0};
	model->input->labels = copy_labels(model->arena, b->lesson->inputs, b->lesson->n_inputs);
	if (!graph_nodes_init(&nodes, &model->graph, model->input, graph)) {
		error_no_memory(&err);
		fail(b, &err, (struct source_mark){0});
		return;
	}
	for (size_t k = 0; k < graph->n_params; k++) {
		const struct lesson_leaf *leaf = &graph->params[k];
		nodes.params[k]->layer = 1;
		nodes.params[k]->labels =
		    copy_labels(model->arena, leaf->names, leaf->rows * leaf->cols);
	}
	for (size_t k = 0; k < graph->n_gates && !b->status; k++) {
		const struct lesson_gate *gate = &graph->gates[k];
		if (graph_nodes_add(&nodes, graph, k, &err)) {
			fail(b, &err, gate->mark);
			return;
		}
		model->output = nodes.gates[k];
		model->output->layer = 1;
		model->output->labels = copy_labels(model->arena, gate->names, gate->rows);
	}
	model->n_layers = 1;
}

/* Without a loss: the gradient is that of the output. */
static void use_output(struct builder *b)
{
	struct model *model = b->built->model;
	const struct lesson_graph *graph = &b->lesson->graph;
	struct error err = {0};
	enum status status = model_use_output(model, REDUCE_MEAN, &err);
	if (!status) {
		model->batch_name = arena_strdup(model->arena, b->lesson->loss.batch.name);
		status = model->batch_name ? STATUS_OK : error_no_memory(&err);
	} else {
		error_hint(&err, "%s", _("give a loss, or make one number of them: sum(v), norm2(v)"));
	}
	if (status)
		fail(b, &err, graph->gates[graph->n_gates - 1].mark);
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
		fail(b, &err, loss->smoothing.mark);
	else
		model->wanted->labels = copy_labels(model->arena, loss->smoothed, b->lesson->n_outputs);
	return !status;
}

static void add_loss(struct builder *b)
{
	const struct lesson_loss *loss = &b->lesson->loss;
	struct model *model = b->built->model;
	struct arena *arena = model->arena;
	struct error err = {0};
	if (!loss->kind.text) {
		use_output(b);
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
		fail(b, &err, loss->kind.mark);
		return;
	}
	set_attributes(b, loss->with, loss->n_with, model->terms);
	model->input->labels = copy_labels(arena, b->lesson->inputs, b->lesson->n_inputs);
	model->target->labels = copy_labels(arena, loss->targets, b->lesson->n_outputs);
	/* a loss that joins all outputs has one term, the total */
	bool joined = model->terms->rows == 1;
	model->terms->labels = copy_labels(arena, joined ? &loss->total : loss->terms,
					   model->terms->rows);
	if (model->total != model->terms)
		model->total->labels = copy_labels(arena, &loss->total, 1);
	model->batch_name = arena_strdup(arena, loss->batch.name);
	if (model->input->labels && model->target->labels && model->terms->labels &&
	    model->total->labels && model->batch_name)
		return;
	error_no_memory(&err);
	fail(b, &err, loss->kind.mark);
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
		fail(b, &err, training->rate.mark);
	for (size_t k = 0; k < training->n_with; k++)
		if (optimizer_set(optimizer, training->with[k].name, training->with[k].value, &err))
			fail(b, &err, training->with[k].mark);
	if (training->rule.text && optimizer_set_form(optimizer, training->rule.text, &err))
		fail(b, &err, training->rule.mark);
	if (!b->status && class->fits && class->fits(b->built->model, &err))
		fail(b, &err, training->optimizer.mark);
}

/* Puts the lesson's numbers and its order of training into the model. */
static void fill_in(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	struct model *model = b->built->model;
	struct error err = {0};
	if (model_finish(model, &err)) {
		fail(b, &err, (struct source_mark){0});
		return;
	}
	for (size_t p = 0; p < lesson->n_params; p++)
		model->graph.theta[p] = lesson->params[p].value;
	if (lesson->n_train == 0)
		return;
	model->n_order = lesson->n_train;
	for (size_t k = 0; k < lesson->n_train; k++)
		model->order[k] = lesson->train[k];
}

enum status lesson_build(const struct lesson *lesson, struct lesson_model *built,
			 struct error_list *errors)
{
	struct builder b = {lesson, built, errors, STATUS_OK};
	struct error err = {0};
	*built = (struct lesson_model){
	    .data = {lesson->x, lesson->targets, lesson->n_examples, lesson->n_inputs,
		     lesson->n_outputs},
	    .batch = lesson->training.batch,
	};
	if (model_new(lesson->n_inputs, lesson->n_outputs, built->batch, &built->model, &err)) {
		fail(&b, &err, (struct source_mark){0});
		return b.status;
	}
	for (size_t k = 0; k < lesson->n_layers; k++)
		add_layer(&b, &lesson->layers[k]);
	if (lesson->graph.n_gates)
		add_graph(&b);
	add_loss(&b);
	if (!b.status)
		fill_in(&b);
	choose_optimizer(&b);
	if (b.status)
		lesson_model_free(built);
	return b.status;
}

void lesson_model_free(struct lesson_model *built)
{
	model_free(built->model);
	built->model = NULL;
}
