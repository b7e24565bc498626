/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_describe.c -- where the rows come from and how everything starts, in words. */
#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/engine/init.h"
#include "backstep/build/lesson_describe.h"
#include "lesson_targets.h"

enum { MAX_LINES = 12, MAX_NAMES = 8, DIGITS = 6 };

static void add_generator(const struct lesson_rows *rows, size_t n, struct strbuf *out)
{
	const struct generator *generator = rows->generator;
	char noise[NUMBER_TEXT];
	strbuf_addf(out,
		    tr_n("data: %zu row made by %s (%s), noise %s",
			 "data: %zu rows made by %s (%s), noise %s", n),
		    n, generator->name, _(generator->summary),
		    number_format(noise, rows->made->noise.value, DIGITS));
	if (rows->made->seed.mark.line)
		strbuf_addf(out, _(", seed %zu"), rows->made->seed.value);
	strbuf_addf(out, "\n  %s\n", generator->rule);
	if (generator->source)
		strbuf_addf(out, _("  after %s\n"), generator->source);
}

static void add_split(const struct lesson *lesson, const struct dataset *data, struct strbuf *out)
{
	if (lesson->data.test_file.text)
		strbuf_addf(out, _("rows to test with: %zu, of %s\n"), data->n_test,
			    lesson->data.test_file.text);
	if (lesson->split.train.mark.line)
		strbuf_addf(out,
			    lesson->split.in_order
				? _("split: the first %zu rows to train with, then %zu to validate "
				    "with, %zu to test with\n")
				: _("split: %zu rows to train with, %zu to validate with, %zu to "
				    "test with, drawn by the seed\n"),
			    data->n_rows, data->n_validation, data->n_test);
	if (data->shuffling.on)
		strbuf_add(out, _("every epoch takes the rows in another order\n"));
}

/* What the outputs say of each class: one of them 1, or the only one a number. */
static void add_classes(const struct lesson *lesson, const struct lesson_rows *rows,
			struct strbuf *out)
{
	const struct source_numbers *labels = &lesson->data.labels;
	char shown[TEXT_EXCERPT], label[NUMBER_TEXT];
	bool has_outputs = rows->n_classes == lesson->n_outputs;
	if (!rows->classes)
		return;
	strbuf_add(out, has_outputs ? _("outputs and their classes:") : _("classes:"));
	for (size_t k = 0; k < rows->n_classes && k < MAX_LINES; k++) {
		number_format(label, labels->n_items ? labels->items[k].value : (double)k, DIGITS);
		strbuf_addf(out, "%s %s: %s", k ? "," : "",
			    has_outputs ? lesson->outputs[k].name : label,
			    text_excerpt(shown, rows->classes[k]));
	}
	strbuf_add(out, rows->n_classes > MAX_LINES ? ", …\n" : "\n");
}

/* Which column feeds which input: a word of a category has an input of its own. */
static void add_columns(const struct lesson *lesson, const struct lesson_rows *rows,
			struct strbuf *out)
{
	char shown[TEXT_EXCERPT];
	if (!rows->columns)
		return;
	strbuf_add(out, _("inputs and their columns:"));
	for (size_t k = 0; k < lesson->n_inputs && k < MAX_LINES; k++)
		strbuf_addf(out, "%s %s: %s", k ? "," : "", lesson->inputs[k].name,
			    text_excerpt(shown, rows->columns[k]));
	strbuf_add(out, lesson->n_inputs > MAX_LINES ? ", …\n" : "\n");
}

static void add_scales(const struct lesson *lesson, const struct lesson_rows *rows,
		       struct strbuf *out)
{
	char from[NUMBER_TEXT], by[NUMBER_TEXT], shown[TEXT_EXCERPT];
	if (rows->n_scales == 0)
		return;
	if (lesson->data.scale.mark.line) {
		strbuf_addf(out, _("inputs: divided by %s\n"),
			    number_format(by, lesson->data.scale.value, DIGITS));
		return;
	}
	strbuf_add(out, lesson->data.standardise
			    ? _("inputs: less their mean, divided by their deviation (of the "
				"training rows)\n")
			    : _("inputs: less their least value, divided by their range (of "
				"the training rows)\n"));
	for (size_t k = 0; k < rows->n_scales && k < MAX_LINES; k++)
		strbuf_addf(out, "  (%s %c %s) / %s\n", text_excerpt(shown, rows->scales[k].column),
			    rows->scales[k].from < 0.0 ? '+' : '-',
			    number_format(from, fabs(rows->scales[k].from), DIGITS),
			    number_format(by, rows->scales[k].by, DIGITS));
	if (rows->n_scales > MAX_LINES)
		strbuf_addf(out, _("  and %zu more\n"), rows->n_scales - MAX_LINES);
}

static void add_missing(const struct lesson_rows *rows, struct strbuf *out)
{
	if (rows->n_dropped)
		strbuf_addf(out,
			    tr_n("%zu row with missing values was left out\n",
				 "%zu rows with missing values were left out\n", rows->n_dropped),
			    rows->n_dropped);
	if (rows->n_filled)
		strbuf_addf(out,
			    tr_n("%zu missing value is the mean of its column\n",
				 "%zu missing values are the means of their columns\n",
				 rows->n_filled),
			    rows->n_filled);
}

static void add_init(const char *what, const struct lesson_init *init, struct strbuf *out)
{
	const struct init_class *class = init->kind.text ? init_find(init->kind.text) : NULL;
	if (!class)
		return;
	strbuf_addf(out, "  %s: %s", what, class->name);
	for (size_t k = 0; k < init->with.n_items; k++) {
		char value[NUMBER_TEXT];

		strbuf_addf(out, " %s=%s", init->with.items[k].name,
			    number_format(value, init->with.items[k].value, DIGITS));
	}
	if (class->source)
		strbuf_addf(out, ", %s (%s)", class->rule, class->source);
	if (init->seed.mark.line)
		strbuf_addf(out, _(", seed %zu"), init->seed.value);
	strbuf_add_char(out, '\n');
}

/* The matrices of one layer stand one after the other. */
static void add_layers(const struct lesson *lesson, struct strbuf *out)
{
	const char *layer = "";
	for (const struct lesson_made *made = lesson->made; made; made = made->next) {
		if (strcmp(made->layer, layer) != 0)
			strbuf_addf(out, _("layer %s: n_in = %zu, n_out = %zu\n"), made->layer,
				    made->n_inputs, made->n_units);
		add_init(made->is_bias ? _("biases") : _("weights"), made->init, out);
		layer = made->layer;
	}
}

/* Names of parameters, "w_n1_x2, w_n2_x1, …"; with their numbers where so asked. */
static void add_names(const struct lesson *lesson, bool constants, struct strbuf *out)
{
	size_t n = 0;
	for (size_t p = 0; p < lesson->n_params && n <= MAX_NAMES; p++) {
		const struct lesson_parameter *param = &lesson->params[p];
		char value[NUMBER_TEXT];

		if (!param->is_made || param->is_constant != constants)
			continue;
		strbuf_add(out, n ? ", " : " ");
		if (n++ == MAX_NAMES)
			strbuf_add(out, "…");
		else if (constants)
			strbuf_addf(out, "%s=%s", param->label.name,
				    number_format(value, param->value, DIGITS));
		else
			strbuf_add(out, param->label.name);
	}
	strbuf_add_char(out, '\n');
}

static bool has_made(const struct lesson *lesson, bool constants)
{
	for (size_t p = 0; p < lesson->n_params; p++)
		if (lesson->params[p].is_made && lesson->params[p].is_constant == constants)
			return true;
	return false;
}

static void add_unused(const struct lesson *lesson, struct strbuf *out)
{
	for (size_t k = 0; k < lesson->graph.inputs.n_items; k++)
		if (lesson->graph.inputs.items[k].is_unused)
			strbuf_addf(out, _("no node reads the input %s\n"),
				    lesson->graph.inputs.items[k].name.name);
}

static void add_params(const struct lesson *lesson, struct strbuf *out)
{
	if (has_made(lesson, true)) {
		strbuf_add(out, _("constants, for they have no name beside named numbers:"));
		add_names(lesson, true, out);
	}
	if (has_made(lesson, false)) {
		strbuf_add(out, _("the lesson gives these parameters no names:"));
		add_names(lesson, false, out);
	}
}

/* Rules of which `optimizer:` alone meant another form in lessons of format 1. */
static const struct {
	const char *optimizer, *form;
} old_defaults[] = {{"perceptron", "lecture"}, {"adadelta", "lecture"}};

/* What a lesson of format 1 meant otherwise. */
static void warn_of_format(const struct lesson *lesson, struct strbuf *out)
{
	const struct lesson_training *training = &lesson->training;
	if (has_made(lesson, true)) {
		strbuf_add(out, _("in format 1 these were trained; give them names if they are to "
				  "be:"));
		add_names(lesson, true, out);
	}
	for (size_t k = 0; k < sizeof old_defaults / sizeof *old_defaults; k++) {
		const char *name = old_defaults[k].optimizer;
		if (training->rule.text || strcmp(training->optimizer.text, name) != 0)
			continue;
		strbuf_addf(out, _("in format 1 %s alone meant rule: %s; now it means rule: %s\n"),
			    name, old_defaults[k].form, optimizer_find(name)->forms[0].name);
	}
}

static void add_stand_in(const struct lesson *lesson, const struct lesson_rows *rows,
			 struct strbuf *out)
{
	char shown[TEXT_EXCERPT];
	if (lesson->data.table.file.text && rows->generator)
		strbuf_addf(out, _("%s is not there: made rows (%s) stand in for it\n"),
			    text_excerpt(shown, lesson->data.table.file.text),
			    rows->generator->name);
}

/* A row that stands in the lesson may ask for what the outputs never give: an example may be about
 * that, and a person should know. */
static void warn_of_targets(const struct lesson *lesson, const struct lesson_model *built,
			    struct strbuf *out)
{
	size_t n = lesson->n_outputs;
	struct error err;
	for (size_t row = 0; lesson->loss.class && row < lesson->n_examples; row++) {
		if (!targets_reach(built->model, lesson->targets + row * n, n, &err))
			continue;
		strbuf_addf(out, _("row %zu: %s\n"), row + 1, err.message);
		return;
	}
}

/* A loss that does the last step itself is given outputs that have had it. */
static void warn_of_loss(const struct lesson *lesson, const struct lesson_model *built,
			 struct strbuf *out)
{
	static const struct {
		const struct op *term, *output;
	} twice[] = {{&op_softmax_cross_entropy, &op_softmax},
		     {&op_binary_cross_entropy_logits, &op_sigmoid}};
	for (size_t k = 0; lesson->loss.class && k < sizeof twice / sizeof *twice; k++)
		if (lesson->loss.class->term == twice[k].term &&
		    built->model->output->op == twice[k].output)
			strbuf_addf(out, _("%s takes the %s itself: here it is taken twice\n"),
				    lesson->loss.class->name, twice[k].output->name);
}

/* Shares of one are 1, be the sum what it may: nothing is learnt. */
static void warn_of_softmax(const struct lesson *lesson, const struct lesson_model *built,
			    struct strbuf *out)
{
	if (lesson->n_outputs == 1 && built->model->output->op == &op_softmax)
		strbuf_add(out, _("softmax of a single output is always 1: for yes or no of one "
				  "take sigmoid\n"));
}

bool lesson_warn(const struct lesson *lesson, const struct lesson_model *built, struct strbuf *out)
{
	char shown[TEXT_EXCERPT];
	size_t len = out->len;
	if (lesson->format.value < LESSON_FORMAT)
		warn_of_format(lesson, out);
	if (out->len > len)
		strbuf_add(out, _("with format: 2 the lesson says that it is meant so\n"));
	add_stand_in(lesson, &built->rows, out);
	if (built->rows.has_numbers)
		strbuf_addf(out,
			    _("the first line of %s holds numbers only: header: true takes it "
			      "for names\n"),
			    text_excerpt(shown, lesson->data.table.file.text));
	warn_of_targets(lesson, built, out);
	warn_of_loss(lesson, built, out);
	warn_of_softmax(lesson, built, out);
	return out->len > len;
}

void lesson_describe(const struct lesson *lesson, const struct lesson_rows *rows,
		     struct strbuf *out)
{
	const struct dataset *data = &rows->data;
	size_t n = data->n_rows + data->n_validation + data->n_test;
	char shown[TEXT_EXCERPT];
	add_stand_in(lesson, rows, out);
	if (rows->generator)
		add_generator(rows, n, out);
	else if (rows->path)
		strbuf_addf(out, tr_n("data: %zu row of %s\n", "data: %zu rows of %s\n", n), n,
			    text_excerpt(shown, rows->path));
	add_missing(rows, out);
	add_split(lesson, data, out);
	add_columns(lesson, rows, out);
	add_classes(lesson, rows, out);
	add_scales(lesson, rows, out);
	add_layers(lesson, out);
	add_params(lesson, out);
	add_unused(lesson, out);
}
