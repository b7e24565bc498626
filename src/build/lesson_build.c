/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build.c -- builds the layers that a lesson has, and the loss; fills in the numbers. */
#include "lesson_builder.h"
#include "lesson_targets.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/lesson/layer_kind.h"

/* Targets that are made or read are numbers that nobody has written down beside the outputs. */
static void check_reach(struct builder *b)
{
	const struct dataset *data = &b->built->data;
	size_t n = (data->n_rows + data->n_validation + data->n_test) * data->n_targets;
	struct error err = {0};
	if (lesson_data_mark(b->lesson).line && targets_reach(b->built->model, data->t, n, &err))
		report_failure(&b->report, lesson_data_mark(b->lesson), &err);
}

/* Smooths the targets where the lesson says so. */
static void smooth(struct builder *b, const struct loss_class *class)
{
	const struct lesson_loss *loss = &b->lesson->loss;
	struct model *model = b->built->model;
	struct error err = {0};
	if (!loss->smoothing.mark.line)
		return;
	if (class->targets == TARGETS_ONE) {
		report_error(&b->report, loss->smoothing.mark,
			     _("%s asks which class is the right one: smoothed it has no answer"),
			     class->name);
		report_hint(&b->report, "%s", _("leave smoothing out"));
		return;
	}
	const struct op *op =
	    op_find(OP_TARGET, lesson_smoothing_forms[loss->smoothing_form.value]);
	enum status status = model_smooth_targets(model, op, loss->smoothing.value, &err);
	if (!status)
		status = node_set_attribute(model->goal, "epsilon", loss->smoothing.value, &err);
	if (status)
		report_failure(&b->report, loss->smoothing.mark, &err);
	else
		model->goal->labels = loss->smoothed;
}

/* Names what the loss has added. One that joins all outputs has one term, the total. */
static void name_loss(struct builder *b)
{
	const struct lesson_loss *loss = &b->lesson->loss;
	struct model *model = b->built->model;
	model->target->labels = loss->targets.items;
	model->terms->labels = model->terms->rows == 1 ? &loss->total : loss->terms.items;
	if (model->total != model->terms)
		model->total->labels = &loss->total;
	model->batch_name = loss->batch.name;
}

static void add_loss(struct builder *b)
{
	const struct lesson_loss *loss = &b->lesson->loss;
	struct model *model = b->built->model;
	struct error err = {0};
	if (!loss->class) {
		builder_use_output(b);
		return;
	}
	size_t n_errors = b->report.n_errors;
	smooth(b, loss->class);
	check_reach(b);
	if (b->report.n_errors > n_errors || b->report.no_memory)
		return;
	enum reduction over = loss->over.value == LESSON_OVER_SUM ? REDUCE_SUM : REDUCE_MEAN;
	if (loss->own) {
		builder_add_own_loss(b, over);
		return;
	}
	if (model_add_loss(model, loss->class, over, &err)) {
		report_failure(&b->report, loss->kind.mark, &err);
		return;
	}
	for (size_t k = 0; k < loss->with.n_items; k++)
		if (node_set_attribute(model->terms, loss->with.items[k].name,
				       loss->with.items[k].value, &err))
			report_failure(&b->report, loss->with.items[k].mark, &err);
	name_loss(b);
}

/* Puts the lesson's numbers and its order of training into the model. */
static void fill_in(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	struct model *model = b->built->model;
	struct error err = {0};
	if (model_finish(model, &err)) {
		report_failure(&b->report, (struct source_mark){0}, &err);
		return;
	}
	bool *is_constant = ARENA_ARRAY(model->arena, bool, model->graph.n_params);
	if (!report_has_memory(&b->report, is_constant))
		return;
	for (size_t p = 0; p < lesson->n_params; p++) {
		model->graph.theta[p] = lesson->params[p].value;
		is_constant[p] = lesson->params[p].is_constant;
	}
	model->is_constant = is_constant;
	builder_fill_starts(b);
	builder_choose_trained(b);
}

/* Gives the optimizer what it has kept from the updates that it has made before. */
static void begin_optimizer(struct builder *b)
{
	const struct lesson_training *training = &b->lesson->training;
	struct model *model = b->built->model;
	struct optimizer_start *start;
	b->built->optimizer = training->chosen;
	if (!training->n_starts && !training->made.value)
		return;
	start = ARENA_NEW(model->arena, struct optimizer_start);
	if (!report_has_memory(&b->report, start))
		return;
	start->t = training->made.value;
	for (size_t k = 0; k < training->n_starts; k++) {
		const struct lesson_slot *from = &training->starts[k];
		double **slot = &start->slots[from->slot];

		if (!*slot)
			*slot = ARENA_ARRAY(model->arena, double, model->graph.n_params);
		if (!report_has_memory(&b->report, *slot))
			return;
		(*slot)[from->param] = from->value;
	}
	b->built->optimizer.start = start;
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
	built->batch = training->batch.value ? training->batch.value : built->data.n_rows;
	if (built->batch <= built->data.n_rows)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("a batch of %zu is more than all rows (%zu)"),
		  built->batch, built->data.n_rows);
	error_at(err, b->lesson->file, training->batch.mark.line, training->batch.mark.column);
	return STATUS_BAD_INPUT;
}

/* Makes what the parts of the model are put into. */
static enum status begin(struct builder *b, struct error *err)
{
	const struct lesson *lesson = b->lesson;
	struct lesson_model *built = b->built;
	*built = (struct lesson_model){.arena = arena_new()};
	enum status status = built->arena ? add_rows(b, err) : error_no_memory(err);
	if (!status)
		status = model_new(lesson->n_inputs, lesson->n_outputs, built->batch, &built->model,
				   err);
	/* the lesson's own parameters take the first places, those that are made follow */
	if (!status)
		built->model->graph.n_params = lesson->n_params;
	return status;
}

/* Adds what the lesson says, part after part, as far as one can be understood without the other. */
static void add_parts(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	struct lesson_model *built = b->built;
	struct layer_builder layers = {lesson, built->model, &b->report};
	struct error err = {0};
	built->model->input->labels = lesson->inputs;
	layers_build(&layers, &lesson->network.layers);
	if (lesson->graph.n_gates)
		builder_add_graph(b);
	builder_find_starts(b);
	add_loss(b);
	if (builder_is_fine(b))
		fill_in(b);
	begin_optimizer(b);
	if (builder_is_fine(b) && optimizer_fits(&built->optimizer, built->model, &err))
		report_failure(&b->report, lesson->training.optimizer.mark, &err);
	if (builder_is_fine(b) && optimizer_takes_batch(&built->optimizer, built->batch, &err))
		report_failure(&b->report, lesson->training.optimizer.mark, &err);
	if (builder_is_fine(b) &&
	    trainer_check_batch(built->model, built->data.n_rows, built->batch, &err))
		report_failure(&b->report, lesson->training.optimizer.mark, &err);
}

enum status lesson_build(const struct lesson *lesson, struct lesson_model *built,
			 struct error_list *errors)
{
	CONTRACT(errors);
	struct builder b = {.lesson = lesson, .built = built};
	struct error err = {0};
	enum status status = begin(&b, &err);
	if (status) {
		error_list_add(errors, &err);
	} else {
		report_init(&b.report, lesson->file, errors);
		add_parts(&b);
		status = report_finish(&b.report);
	}
	if (status)
		lesson_model_free(built);
	return status;
}

void lesson_model_free(struct lesson_model *built)
{
	model_free(built->model);
	arena_free(built->arena);
	built->model = NULL;
	built->arena = NULL;
}
