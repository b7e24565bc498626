/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics_file.c -- writing metrics down while a training goes on. */
#include "metrics_file.h"

#include "backstep/base/number.h"
#include "backstep/engine/metric.h"

enum { FLUSH_BYTES = 64 * 1024 };

/* Appends each number of a metric, or its column's name. */
static void add_metric(struct metrics_file *file, const struct metric *metric,
		       const struct evaluation *evaluation, const char *prefix, bool names)
{
	char number[NUMBER_TEXT];
	double value;
	bool is_layer = metric->scope == METRIC_OF_LAYER;
	size_t n = is_layer ? evaluation->n_layers : 1;
	for (size_t k = 0; k < n; k++) {
		if (!metric->value(evaluation, k, &value))
			continue;
		strbuf_addf(&file->text, ",%s", names ? prefix : "");
		if (!names)
			strbuf_add(&file->text, number_format_exact(number, value));
		else if (is_layer)
			strbuf_addf(&file->text, "%s_%zu", metric->name, k + 1);
		else
			strbuf_add(&file->text, metric->name);
	}
}

static void add_all(struct metrics_file *file, bool names)
{
	static const enum metric_scope scopes[] = {METRIC_OF_ROWS, METRIC_OF_LAYER};
	for (size_t k = 0; k < sizeof scopes / sizeof *scopes; k++) {
		for (const struct metric *metric = metric_registry; metric->name; metric++) {
			if (metric->scope != scopes[k])
				continue;
			add_metric(file, metric, &file->training, "", names);
			if (metric->scope == METRIC_OF_ROWS)
				add_metric(file, metric, &file->validation, "validation_", names);
		}
	}
	strbuf_add_char(&file->text, '\n');
}

/* Errors: STATUS_INTERRUPTED. */
static enum status evaluate(struct metrics_file *file, const double *theta, struct error *err)
{
	enum status status = STATUS_OK;
	const struct dataset *data = &file->session->built.data;
	size_t first, n;
	training_part_rows(data, PART_VALIDATION, &first, &n);
	if (n)
		status = evaluation_run(&file->validation, theta, first, n, false, err);
	return status ? status : evaluation_run(&file->training, theta, 0, data->n_rows, true, err);
}

static enum status flush(struct metrics_file *file, size_t beyond, struct error *err)
{
	if (file->text.failed)
		return error_no_memory(err);
	if (file->text.len > beyond) {
		file_writer_add(&file->writer, strbuf_str(&file->text), file->text.len);
		strbuf_clear(&file->text);
	}
	return STATUS_OK;
}

static void release(struct metrics_file *file)
{
	evaluation_free(&file->training);
	evaluation_free(&file->validation);
	strbuf_free(&file->text);
}

enum status metrics_file_open(struct metrics_file *file, struct session *session, const char *path,
			      struct error *err)
{
	struct stepper *stepper = &session->stepper;
	*file = (struct metrics_file){.session = session};
	enum status status = stepper_evaluation(stepper, &file->training, err);
	if (!status)
		status = stepper_evaluation(stepper, &file->validation, err);
	if (!status)
		status = file_writer_open(&file->writer, path, err);
	if (status) {
		release(file);
		return status;
	}
	const double *theta = stepper_theta(stepper);
	strbuf_add(&file->text, "epoch,updates");
	status = evaluate(file, theta, err); /* which classes and layers there are */
	if (!status) {
		add_all(file, true);
		status = metrics_file_add(file, &(struct training_progress){0}, theta, err);
	}
	if (status) {
		file_writer_abandon(&file->writer);
		release(file);
	}
	return status;
}

enum status metrics_file_add(struct metrics_file *file, const struct training_progress *progress,
			     const double *theta, struct error *err)
{
	enum status status = evaluate(file, theta, err);
	if (status)
		return status;
	strbuf_addf(&file->text, "%zu,%llu", progress->epoch,
		    (unsigned long long)progress->n_updates);
	add_all(file, false);
	return flush(file, FLUSH_BYTES, err);
}

enum status metrics_file_finish(struct metrics_file *file, struct error *err)
{
	enum status status = flush(file, 0, err);
	if (status)
		file_writer_abandon(&file->writer);
	else
		status = file_writer_finish(&file->writer, err);
	release(file);
	return status;
}
