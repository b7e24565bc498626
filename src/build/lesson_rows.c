/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_rows.c -- from what a lesson says of its rows to a data set: where they come from, what
 * the outputs are to say, which rows are for what, and the scale of the inputs, in this order. */
#include "lesson_builder.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "backstep/base/i18n.h"
#include "backstep/base/random.h"
#include "backstep/base/unknown.h"
#include "backstep/base/work.h"
#include "lesson_targets.h"

/* The rows while they are being made. */
struct making {
	const struct lesson *lesson;
	struct arena *arena;
	struct lesson_rows *rows;
	struct table_rows raw;
	size_t n_tested; /* the last rows, of a file of their own */
};

/* Places an error in the lesson. */
static enum status fail_at(const struct making *m, struct source_mark mark, struct error *err)
{
	error_at(err, m->lesson->file, mark.line, mark.column);
	return STATUS_BAD_INPUT;
}

static const char *next_generator(void *ctx, size_t i)
{
	(void)ctx;
	return generator_registry[i] ? generator_registry[i]->name : NULL;
}

static enum status generate(struct making *m, const struct lesson_generate *asked,
			    struct error *err)
{
	const struct generator *generator = generator_find(asked->name.text);
	struct table_rows *raw = &m->raw;
	struct random random;
	if (!generator) {
		error_unknown(err, _("generator"), asked->name.text, next_generator);
		return fail_at(m, asked->name.mark, err);
	}
	if (generator_fits(generator, m->lesson->n_inputs, err))
		return fail_at(m, asked->name.mark, err);
	*raw = (struct table_rows){.n_rows = asked->rows.value,
				   .n_inputs = m->lesson->n_inputs,
				   .n_targets = 1,
				   .n_classes = generator->n_classes};
	if (raw->n_rows * raw->n_inputs > TABLE_MAX_NUMBERS) {
		error_set(err, STATUS_BAD_INPUT, _("%zu rows of %zu inputs are too many"),
			  raw->n_rows, raw->n_inputs);
		return fail_at(m, asked->name.mark, err);
	}
	raw->x = ARENA_ARRAY(m->arena, double, raw->n_rows * raw->n_inputs);
	raw->t = ARENA_ARRAY(m->arena, double, raw->n_rows);
	if (!raw->x || !raw->t)
		return error_no_memory(err);
	random_stream(&random, asked->seed.mark.line ? asked->seed.value : m->lesson->seed.value,
		      "data", 0);
	m->rows->generator = generator;
	m->rows->made = asked;
	return generator_fill(generator, &random, raw->n_rows, asked->noise.value, raw->n_inputs,
			      raw->x, raw->t, err);
}

static bool is_missing(const char *path)
{
	struct stat info;
	return stat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

const char *lesson_rows_file(const struct lesson *lesson, const char *name, struct arena *arena)
{
	const char *slash = strrchr(lesson->file, '/'), *path;
	if (name[0] == '/' || !slash)
		return arena_strdup(arena, name);
	path = arena_printf(arena, "%.*s%s", (int)(slash + 1 - lesson->file), lesson->file, name);
	return path && is_missing(path) && !is_missing(name) ? arena_strdup(arena, name) : path;
}

/* Whether two files make the same inputs. */
static bool same_columns(const struct table_rows *a, const struct table_rows *b)
{
	bool same = a->n_inputs == b->n_inputs && a->n_targets == b->n_targets &&
		    !a->input_names == !b->input_names;
	for (size_t k = 0; same && a->input_names && k < a->n_inputs; k++)
		same = strcmp(a->input_names[k], b->input_names[k]) == 0;
	return same;
}

/* Two arrays one after the other. NULL: no memory. */
static double *join(struct arena *arena, const double *a, size_t n_a, const double *b, size_t n_b)
{
	double *all = ARENA_ARRAY(arena, double, n_a + n_b);
	if (!all)
		return NULL;
	memcpy(all, a, n_a * sizeof *all);
	memcpy(all + n_a, b, n_b * sizeof *all);
	return all;
}

/* Puts the rows of the file to test with after the others. */
static enum status read_tested(struct making *m, struct error *err)
{
	struct table_request request = m->lesson->data.table;
	struct table_rows *raw = &m->raw, tested;
	const char *path = lesson_rows_file(m->lesson, m->lesson->data.test_file.text, m->arena);
	enum status status = path ? STATUS_OK : error_no_memory(err);
	request.file = m->lesson->data.test_file;
	request.max_rows = 0;
	request.like = raw;
	if (!status)
		status = table_read(&request, m->lesson->file, path, m->arena, &tested, err);
	if (status)
		return status;
	if (!same_columns(raw, &tested)) {
		error_set(err, STATUS_BAD_INPUT,
			  _("the file to test with makes other inputs than the first one"));
		return fail_at(m, request.file.mark, err);
	}
	raw->x = join(m->arena, raw->x, raw->n_rows * raw->n_inputs, tested.x,
		      tested.n_rows * raw->n_inputs);
	raw->t = join(m->arena, raw->t, raw->n_rows * raw->n_targets, tested.t,
		      tested.n_rows * raw->n_targets);
	if (!raw->x || !raw->t)
		return error_no_memory(err);
	raw->n_rows += m->n_tested = tested.n_rows;
	m->rows->n_dropped += tested.n_dropped;
	m->rows->n_filled += tested.n_filled;
	return STATUS_OK;
}

static enum status read_file(struct making *m, struct error *err)
{
	const struct lesson_data *data = &m->lesson->data;
	enum status status;
	m->rows->path = lesson_rows_file(m->lesson, data->table.file.text, m->arena);
	if (!m->rows->path)
		return error_no_memory(err);
	if (data->otherwise.name.text && is_missing(m->rows->path))
		return generate(m, &data->otherwise, err);
	status = table_read(&data->table, m->lesson->file, m->rows->path, m->arena, &m->raw, err);
	m->rows->columns = m->raw.input_names;
	m->rows->n_dropped = m->raw.n_dropped;
	m->rows->n_filled = m->raw.n_filled;
	m->rows->has_numbers = m->raw.has_numbers;
	if (!status && data->test_file.text)
		status = read_tested(m, err);
	if (status || m->raw.n_inputs == m->lesson->n_inputs)
		return status;
	error_set(err, STATUS_BAD_INPUT, _("the columns make %zu inputs; the network has %zu"),
		  m->raw.n_inputs, m->lesson->n_inputs);
	return fail_at(m, lesson_data_mark(m->lesson), err);
}

static void take_inline(struct making *m)
{
	const struct lesson *lesson = m->lesson;
	m->raw = (struct table_rows){.n_rows = lesson->n_examples,
				     .n_inputs = lesson->n_inputs,
				     .x = lesson->x,
				     .t = lesson->targets,
				     .n_targets = lesson->n_outputs};
}

/* How many classes a single column of numbers is of, where it has to be classes. */
static size_t count_classes(const struct making *m)
{
	const struct lesson *lesson = m->lesson;
	if (m->raw.n_classes || m->raw.n_targets > 1)
		return m->raw.n_classes;
	if (lesson->n_outputs > 1)
		return lesson->n_outputs;
	return lesson->data.labels.n_items;
}

static enum status check_classes(const struct making *m, size_t n_classes, struct error *err)
{
	const struct lesson *lesson = m->lesson;
	size_t n_outputs = lesson->n_outputs, n_labels = lesson->data.labels.n_items;
	if (n_outputs == 1 ? n_classes > 2 && !n_labels : n_classes != n_outputs) {
		error_set(err, STATUS_BAD_INPUT,
			  tr_n("there are %zu classes; the network has %zu output",
			       "there are %zu classes; the network has %zu outputs", n_outputs),
			  n_classes, n_outputs);
		error_hint(err, "%s", _("one output for each class, or a single one for two"));
		return fail_at(m, lesson_data_mark(lesson), err);
	}
	if (n_labels && n_labels != n_classes) {
		error_set(err, STATUS_BAD_INPUT, _("labels: %zu given, %zu needed"), n_labels,
			  n_classes);
		return fail_at(m, lesson_data_mark(lesson), err);
	}
	for (size_t row = 0; row < m->raw.n_rows; row++) {
		double class = m->raw.t[row];

		if (class >= 0.0 && class < (double)n_classes && class == floor(class))
			continue;
		error_set(err, STATUS_BAD_INPUT, _("row %zu: %g is not the number of a class"),
			  row + 1, class);
		error_hint(err, _("they count from 0 to %zu; one_hot: true takes any values"),
			   n_classes - 1);
		return fail_at(m, lesson_data_mark(lesson), err);
	}
	return STATUS_OK;
}

/* Makes of each class what the outputs are to say. */
static enum status spread_classes(struct making *m, struct error *err)
{
	size_t n_classes = count_classes(m), n_outputs = m->lesson->n_outputs;
	const struct source_numbers *labels = &m->lesson->data.labels;
	const double *classes = m->raw.t;
	double *t;
	enum status status;
	if (lesson_data_mark(m->lesson).line == 0 || n_classes == 0)
		return STATUS_OK;
	status = check_classes(m, n_classes, err);
	if (status)
		return status;
	t = ARENA_ARRAY(m->arena, double, m->raw.n_rows *n_outputs);
	if (!t)
		return error_no_memory(err);
	for (size_t row = 0; row < m->raw.n_rows; row++) {
		size_t class = (size_t)classes[row];

		if (n_outputs > 1)
			t[row * n_outputs + class] = 1.0;
		else
			t[row] = labels->n_items ? labels->items[class].value : classes[row];
	}
	m->raw.t = t;
	m->rows->classes = m->raw.class_names;
	m->rows->n_classes = n_classes;
	return STATUS_OK;
}

/* The whole rows next to part of n, rounded. */
static size_t part_of(double part, size_t n)
{
	return (size_t)(part * (double)n + 0.5);
}

static double *take_rows(struct arena *arena, const double *from, const size_t *order, size_t n,
			 size_t width)
{
	double *to = ARENA_ARRAY(arena, double, n *width);
	for (size_t row = 0; to && row < n; row++)
		memcpy(to + row * width, from + order[row] * width, width * sizeof *to);
	return to;
}

/* Puts the rows in an order that the seed draws. */
static enum status draw_rows(struct making *m, struct error *err)
{
	size_t n = m->raw.n_rows, *order = ARENA_ARRAY(m->arena, size_t, n);
	struct random random;
	if (!order)
		return error_no_memory(err);
	for (size_t row = 0; row < n; row++)
		order[row] = row;
	random_stream(&random, m->lesson->seed.value, "split", 0);
	random_shuffle(&random, order, n - m->n_tested);
	m->raw.x = take_rows(m->arena, m->raw.x, order, n, m->raw.n_inputs);
	m->raw.t = take_rows(m->arena, m->raw.t, order, n, m->lesson->n_outputs);
	return m->raw.x && m->raw.t ? STATUS_OK : error_no_memory(err);
}

/* Which rows are for what: those to train with come first, then those to validate with. */
static enum status split(struct making *m, struct error *err)
{
	const struct lesson_split *parts = &m->lesson->split;
	struct dataset *data = &m->rows->data;
	size_t n = m->raw.n_rows - m->n_tested;
	enum status status = STATUS_OK;
	*data = (struct dataset){.n_rows = n,
				 .n_test = m->n_tested,
				 .n_inputs = m->raw.n_inputs,
				 .n_targets = m->lesson->n_outputs};
	if (parts->train.mark.line) {
		data->n_validation = part_of(parts->validation.value, n);
		data->n_test += part_of(parts->test.value, n);
		if (data->n_validation + data->n_test >= m->raw.n_rows) {
			error_set(err, STATUS_BAD_INPUT,
				  _("the split leaves no rows to train with"));
			return fail_at(m, parts->train.mark, err);
		}
		data->n_rows = m->raw.n_rows - data->n_validation - data->n_test;
		if (!parts->in_order)
			status = draw_rows(m, err);
	}
	data->x = m->raw.x;
	data->t = m->raw.t;
	return status;
}

/* Mean and deviation, least value and range, or 0 and what the lesson says, of a column over n
 * rows. A column that is the same everywhere is only moved. */
static struct lesson_scale measure(const struct lesson_data *data, const double *x, size_t n,
				   size_t stride)
{
	double sum = 0.0, squares = 0.0, least = x[0], most = x[0];
	struct lesson_scale scale = {NULL, 0.0, data->scale.value};
	for (size_t row = 0; row < n; row++) {
		double value = x[row * stride];

		sum += value;
		least = value < least ? value : least;
		most = value > most ? value : most;
	}
	for (size_t row = 0; row < n; row++) {
		double off = x[row * stride] - sum / (double)n;

		squares += off * off;
	}
	if (data->standardise)
		scale = (struct lesson_scale){NULL, sum / (double)n, sqrt(squares / (double)n)};
	else if (data->min_max)
		scale = (struct lesson_scale){NULL, least, most - least};
	if (scale.by == 0.0)
		scale.by = 1.0;
	return scale;
}

/* Scales all rows by what the training rows say. */
static enum status scale(struct making *m, struct error *err)
{
	struct lesson_rows *rows = m->rows;
	size_t n_inputs = m->raw.n_inputs, n_rows = m->raw.n_rows;
	const struct lesson_data *data = &m->lesson->data;
	if (!data->standardise && !data->min_max && !data->scale.mark.line)
		return STATUS_OK;
	rows->scales = ARENA_ARRAY(m->arena, struct lesson_scale, n_inputs);
	if (!rows->scales)
		return error_no_memory(err);
	for (size_t k = 0; k < n_inputs; k++) {
		if (work_ask(err))
			return STATUS_INTERRUPTED;
		struct lesson_scale found =
		    measure(data, m->raw.x + k, rows->data.n_rows, n_inputs);

		if (m->raw.is_category && m->raw.is_category[k])
			continue;
		found.column =
		    m->raw.input_names ? m->raw.input_names[k] : m->lesson->inputs[k].name;
		rows->scales[rows->n_scales++] = found;
		for (size_t row = 0; row < n_rows; row++) {
			double *x = m->raw.x + row * n_inputs + k;

			*x = (*x - found.from) / found.by;
		}
	}
	return STATUS_OK;
}

enum status lesson_rows_make(const struct lesson *lesson, struct arena *arena,
			     struct lesson_rows *rows, struct error *err)
{
	struct making m = {.lesson = lesson, .arena = arena, .rows = rows};
	enum status status = STATUS_OK;
	*rows = (struct lesson_rows){0};
	if (lesson->data.table.file.text)
		status = read_file(&m, err);
	else if (lesson->data.generate.name.text)
		status = generate(&m, &lesson->data.generate, err);
	else
		take_inline(&m);
	if (!status)
		status = spread_classes(&m, err);
	if (!status)
		status = targets_check(lesson, m.raw.t, m.raw.n_rows, err);
	if (!status)
		status = split(&m, err);
	if (!status)
		status = scale(&m, err);
	rows->data.shuffling = (struct shuffling){lesson->training.shuffle, lesson->seed.value};
	return status;
}
