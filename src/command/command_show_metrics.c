/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_show_metrics.c -- `show metrics`: how the network does, with the parameters in force. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/command/progress.h"
#include "backstep/engine/metric.h"
#include "backstep/session/training.h"

enum {
	FIRST_COLUMN = 16,
	COLUMN = 14,
	BAR_WIDTH = 20,
	LINE = 79,      /* columns for a confusion matrix, */
	MOST_NAME = 16, /* for the name of a class in it, */
	LEAST_CELL = 6, /* and for a cell of it */
};

/* Ends a line without the blanks that its last column was padded with. */
static void end_line(struct strbuf *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
}

static void add_cell(struct strbuf *out, const char *text, size_t width)
{
	size_t start = out->len;
	strbuf_add(out, text);
	command_pad_from(out, start, width);
}

/* A graph may have no loss: its output stands there by its own name. */
static bool is_of_output(const struct command_context *context, const struct metric *metric)
{
	return metric == metric_find("loss") && !context->session->built.model->loss_class;
}

static const char *metric_title(const struct command_context *context, const struct metric *metric,
				char name[LABEL_TEXT])
{
	return is_of_output(context, metric) ? training_goal(context->session->built.model, name)
					     : _(metric->title);
}

static const char *metric_rule(const struct command_context *context, const struct metric *metric)
{
	return is_of_output(context, metric)
		   ? _("its values in the rows, their mean or their sum, as the lesson says")
		   : _(metric->rule);
}

/* A metric's number k, or the blank mark. */
static void add_metric(struct command_context *context, const struct metric *metric,
		       const struct evaluation *evaluation, size_t k, size_t width)
{
	size_t start = context->out.len;
	char number[NUMBER_TEXT];
	double value;
	if (!metric->value(evaluation, k, &value))
		strbuf_add(&context->out, command_blank(context->session));
	else if (metric->is_share)
		strbuf_addf(&context->out, "%s %%", number_format(number, 100.0 * value, 4));
	else
		step_print_number(value, &context->session->style, &context->out);
	command_pad_from(&context->out, start, width);
}

/* The name that the data have for class k; NULL where they have none. */
static const char *name_in_data(const struct session *session, const struct evaluation *evaluation,
				size_t k)
{
	const struct lesson_rows *rows = &session->built.rows;
	const struct source_numbers *labels = &session->lesson->data.labels;
	if (!rows->classes || rows->n_classes != evaluation->n_classes)
		return NULL;
	/* the labels of a single output may be told in either order */
	bool reversed = evaluation->classes != CLASSES_LARGEST && labels->n_items == 2 &&
			labels->items[0].value > labels->items[1].value;
	return rows->classes[reversed ? 1 - k : k];
}

/* What a class is called: as in the data, by its number there, or after the output or the target
 * that says it. Returns name. */
static const char *class_name(const struct session *session, const struct evaluation *evaluation,
			      size_t k, char name[TEXT_EXCERPT])
{
	const struct node *output = session->built.model->output;
	const char *given = name_in_data(session, evaluation, k);
	const char *minus_one = session->style.glyphs == GLYPHS_UNICODE ? "−1" : "-1";
	bool is_sign = evaluation->classes == CLASSES_SIGN;
	if (given)
		text_excerpt(name, given);
	else if (evaluation->classes != CLASSES_LARGEST)
		snprintf(name, TEXT_EXCERPT, "%s", k ? "1" : is_sign ? minus_one : "0");
	else if (session->built.rows.n_classes)
		snprintf(name, TEXT_EXCERPT, "%zu", k);
	else
		node_name(output, k * output->stride, name);
	return name;
}

static void add_class(struct command_context *context, const struct evaluation *evaluation,
		      size_t k, size_t width)
{
	char name[TEXT_EXCERPT];
	size_t start = context->out.len;
	text_clip(&context->out, class_name(context->session, evaluation, k, name), width - 1,
		  context->session->style.glyphs != GLYPHS_UNICODE);
	command_pad_from(&context->out, start, width);
}

/* How many classes are shown, and in which columns: so wide that their names can be read, or where
 * there are too many for that, that their numbers can. */
struct confusion_shape {
	size_t n, first, width;
};

static struct confusion_shape shape_confusion(const struct session *session,
					      const struct evaluation *evaluation)
{
	struct confusion_shape shape = {evaluation->n_classes, FIRST_COLUMN, COLUMN / 2};
	size_t least = (size_t)snprintf(NULL, 0, "%zu", evaluation->n_rows) + 1;
	char name[TEXT_EXCERPT];
	for (size_t k = 0; k < shape.n; k++) {
		size_t columns = text_columns(class_name(session, evaluation, k, name));
		size_t wanted = (columns < MOST_NAME ? columns : MOST_NAME) + 2;
		shape.first = shape.first > 2 + wanted ? shape.first : 2 + wanted;
		shape.width = shape.width > wanted ? shape.width : wanted;
	}
	size_t room = LINE - shape.first;
	if (shape.n * shape.width > room)
		shape.width = room / shape.n;
	if (shape.width < least || shape.width < LEAST_CELL)
		shape.width = least > LEAST_CELL ? least : LEAST_CELL;
	if (shape.n * shape.width > room)
		shape.n = room / shape.width;
	return shape;
}

static void add_confusion(struct command_context *context, const struct metric *metric,
			  const struct evaluation *evaluation, const char *title)
{
	struct strbuf *out = &context->out;
	struct confusion_shape shape = shape_confusion(context->session, evaluation);
	if (shape.n == 0)
		return;
	strbuf_addf(out, _("\n%s, %s rows (down: target, across: answer)\n"), _(metric->title),
		    title);
	add_cell(out, "", shape.first);
	for (size_t k = 0; k < shape.n; k++)
		add_class(context, evaluation, k, shape.width);
	end_line(out);
	for (size_t target = 0; target < shape.n; target++) {
		strbuf_add(out, "  ");
		add_class(context, evaluation, target, shape.first - 2);
		for (size_t k = 0; k < shape.n; k++)
			add_metric(context, metric, evaluation, target * evaluation->n_classes + k,
				   shape.width);
		end_line(out);
	}
	if (evaluation->n_classes > shape.n)
		strbuf_addf(out, _("  and %zu more\n"), evaluation->n_classes - shape.n);
}

/* Evaluations of the parts of the data, side by side; n_rows is 0 where a part has none. */
struct parts {
	struct evaluation of[N_PARTS];
};

static void parts_free(struct parts *parts)
{
	for (enum training_part part = 0; part < N_PARTS; part++)
		evaluation_free(&parts->of[part]);
}

/* Evaluates with the parameters in force. Errors: STATUS_NO_MEMORY, STATUS_INTERRUPTED. */
static enum status parts_evaluate(struct parts *parts, struct session *session, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	enum status status = STATUS_OK;
	*parts = (struct parts){0};
	for (enum training_part part = 0; part < N_PARTS && !status; part++) {
		size_t first, n;
		training_part_rows(&session->built.data, part, &first, &n);
		status = stepper_evaluation(stepper, &parts->of[part], err);
		if (!status && n)
			status = evaluation_run(&parts->of[part], stepper_theta(stepper), first, n,
						part == PART_TRAINING, err);
	}
	if (status)
		parts_free(parts);
	return status;
}

static void add_of_rows(struct command_context *context, const struct parts *parts)
{
	struct strbuf *out = &context->out;
	add_cell(out, "", FIRST_COLUMN);
	for (enum training_part part = 0; part < N_PARTS; part++)
		if (parts->of[part].n_rows)
			add_cell(out, _(training_part_titles[part]), COLUMN);
	end_line(out);
	add_cell(out, _("rows"), FIRST_COLUMN);
	for (enum training_part part = 0; part < N_PARTS; part++) {
		size_t start = out->len;
		if (!parts->of[part].n_rows)
			continue;
		strbuf_addf(out, "%zu", parts->of[part].n_rows);
		command_pad_from(out, start, COLUMN);
	}
	end_line(out);
	for (const struct metric *metric = metric_registry; metric->name; metric++) {
		if (metric->scope != METRIC_OF_ROWS)
			continue;
		char name[LABEL_TEXT];
		add_cell(out, metric_title(context, metric, name), FIRST_COLUMN);
		for (enum training_part part = 0; part < N_PARTS; part++)
			if (parts->of[part].n_rows)
				add_metric(context, metric, &parts->of[part], 0, COLUMN);
		end_line(out);
	}
}

static bool has_any(const struct metric *metric, const struct evaluation *evaluation)
{
	double value;
	for (size_t k = 0; k < evaluation->n_layers; k++)
		if (metric->value(evaluation, k, &value))
			return true;
	return false;
}

/* The largest number of a metric of layers. */
static double find_largest(const struct metric *metric, const struct evaluation *evaluation)
{
	double largest = 0.0, value;
	for (size_t k = 0; k < evaluation->n_layers; k++)
		if (metric->value(evaluation, k, &value))
			largest = fmax(largest, value);
	return largest;
}

static bool has_any_of_layers(const struct evaluation *evaluation)
{
	for (const struct metric *metric = metric_registry; metric->name; metric++)
		if (metric->scope == METRIC_OF_LAYER && has_any(metric, evaluation))
			return true;
	return false;
}

/* A line for each layer. What is no share has a bar after it, so that a gradient that vanishes on
 * its way back is seen. */
static void add_of_layers(struct command_context *context, const struct evaluation *evaluation)
{
	struct strbuf *out = &context->out;
	if (!has_any_of_layers(evaluation))
		return;
	strbuf_add_char(out, '\n');
	add_cell(out, _("layer"), COLUMN / 2);
	for (const struct metric *metric = metric_registry; metric->name; metric++)
		if (metric->scope == METRIC_OF_LAYER && has_any(metric, evaluation))
			add_cell(out, _(metric->title),
				 metric->is_share ? COLUMN : COLUMN + BAR_WIDTH + 2);
	end_line(out);
	for (size_t k = 0; k < evaluation->n_layers; k++) {
		size_t start = out->len;
		strbuf_addf(out, "%zu", k + 1);
		command_pad_from(out, start, COLUMN / 2);
		for (const struct metric *metric = metric_registry; metric->name; metric++) {
			double value = 0.0;
			if (metric->scope != METRIC_OF_LAYER || !has_any(metric, evaluation))
				continue;
			add_metric(context, metric, evaluation, k, COLUMN);
			if (metric->is_share)
				continue;
			start = out->len;
			metric->value(evaluation, k, &value);
			progress_bar(value / find_largest(metric, evaluation), BAR_WIDTH, false,
				     &context->session->style, out);
			command_pad_from(out, start, BAR_WIDTH + 2);
		}
		end_line(out);
	}
}

/* How each metric that was shown comes about. */
static void add_rules(struct command_context *context, const struct evaluation *evaluation)
{
	strbuf_add_char(&context->out, '\n');
	for (const struct metric *metric = metric_registry; metric->name; metric++) {
		struct strbuf text = {0};
		char name[LABEL_TEXT];
		double value;
		bool shown = metric->scope == METRIC_OF_LAYER
				 ? has_any(metric, evaluation)
				 : metric->value(evaluation, 0, &value);
		if (!shown)
			continue;
		strbuf_addf(&text, "%s: %s", metric_title(context, metric, name),
			    metric_rule(context, metric));
		command_add_text(context, "  ", strbuf_str(&text));
		strbuf_free(&text);
	}
}

/* Whether a pass in training has other values than one of the network in use. */
static bool differs_in_use(const struct graph *graph)
{
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->kind == NODE_MASK)
			return true;
	return graph->n_state > 0;
}

static void print_metrics(struct command_context *context)
{
	struct session *session = context->session;
	struct parts parts;
	struct error err = {0};
	if (parts_evaluate(&parts, session, &err)) {
		error_list_add(&context->errors, &err);
		return;
	}
	add_of_rows(context, &parts);
	for (const struct metric *metric = metric_registry; metric->name; metric++)
		for (enum training_part part = 0; part < N_PARTS; part++)
			if (metric->scope == METRIC_OF_CLASSES && parts.of[part].n_rows)
				add_confusion(context, metric, &parts.of[part],
					      _(training_part_titles[part]));
	add_of_layers(context, &parts.of[PART_TRAINING]);
	add_rules(context, &parts.of[PART_TRAINING]);
	if (differs_in_use(&session->built.model->graph))
		command_add_text(
		    context, "  ",
		    _("measured as the network is used: nothing is dropped out, running "
		      "statistics normalise; the steps are those of training"));
	parts_free(&parts);
}

const struct show show_metrics = {
    .name = "metrics",
    .summary = N_("loss, accuracy, confusion, and how each layer learns"),
    .needs_lesson = true,
    .reveals = true,
    .print = print_metrics,
};
