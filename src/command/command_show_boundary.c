/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_show_boundary.c -- `show boundary`: what a network of two inputs answers all over the
 * plane, with the rows of the data in it. Plain signs: it is the same on every terminal. */
#include <math.h>
#include <stdlib.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/engine/evaluation.h"

enum { COLUMNS = 65, ROWS = 21, POINTS = COLUMNS * ROWS };

/* The plane that is drawn: input k from low[k] to high[k]. */
struct map {
	struct evaluation evaluation;
	const struct dataset *data;
	size_t n_rows; /* of all parts */
	double threshold, low[2], high[2];
	double x[POINTS * 2], y[POINTS];
	double *none, *answers; /* targets that nobody looks at; the answers to the rows */
	char signs[ROWS][COLUMNS + 1];
};

/* The rows, with a margin around them. */
static void find_range(struct map *map)
{
	for (size_t k = 0; k < 2; k++) {
		map->low[k] = map->high[k] = map->data->x[k];
		for (size_t row = 0; row < map->n_rows; row++) {
			double x = map->data->x[2 * row + k];
			map->low[k] = fmin(map->low[k], x);
			map->high[k] = fmax(map->high[k], x);
		}
		double margin =
		    map->high[k] > map->low[k] ? (map->high[k] - map->low[k]) / 16.0 : 1.0;
		map->low[k] -= margin;
		map->high[k] += margin;
	}
}

/* Errors: STATUS_INTERRUPTED. */
static enum status draw_plane(struct map *map, const double *theta, struct error *err)
{
	for (size_t row = 0; row < ROWS; row++) {
		for (size_t column = 0; column < COLUMNS; column++) {
			double *x = &map->x[2 * (row * COLUMNS + column)];
			x[0] = map->low[0] +
			       (map->high[0] - map->low[0]) * (double)column / (COLUMNS - 1);
			x[1] =
			    map->high[1] - (map->high[1] - map->low[1]) * (double)row / (ROWS - 1);
		}
	}
	enum status status =
	    evaluation_outputs(&map->evaluation, theta, map->x, map->none, POINTS, map->y, err);
	for (size_t k = 0; !status && k < POINTS; k++)
		map->signs[k / COLUMNS][k % COLUMNS] = map->y[k] >= map->threshold ? '+' : '.';
	return status;
}

/* x and o are right, X and O wrong. Errors: STATUS_INTERRUPTED. */
static enum status draw_rows(struct map *map, const double *theta, struct error *err)
{
	enum status status = evaluation_outputs(&map->evaluation, theta, map->data->x, map->data->t,
						map->n_rows, map->answers, err);
	for (size_t k = 0; !status && k < map->n_rows; k++) {
		const double *x = &map->data->x[2 * k];
		double across = (x[0] - map->low[0]) / (map->high[0] - map->low[0]);
		double down = (map->high[1] - x[1]) / (map->high[1] - map->low[1]);
		bool is_yes = map->data->t[k] >= map->threshold;
		bool is_right = (map->answers[k] >= map->threshold) == is_yes;
		map->signs[(size_t)(down * (ROWS - 1) + 0.5)]
			  [(size_t)(across * (COLUMNS - 1) + 0.5)] =
		    (is_right ? "ox" : "OX")[is_yes];
	}
	return status;
}

static void print_map(struct command_context *context, const struct map *map)
{
	struct strbuf *out = &context->out;
	const struct model *model = context->session->built.model;
	struct formula_style style = context->session->style;
	struct strbuf low[2] = {0}, high[2] = {0};
	char name[2][LABEL_TEXT];
	style.digits = 4;
	for (size_t k = 0; k < 2; k++) {
		node_name(model->input, k * model->input->stride, name[k]);
		step_print_number(map->low[k], &style, &low[k]);
		step_print_number(map->high[k], &style, &high[k]);
	}
	strbuf_addf(out, _("%s from %s to %s across, %s from %s to %s upwards\n"), name[0],
		    strbuf_str(&low[0]), strbuf_str(&high[0]), name[1], strbuf_str(&low[1]),
		    strbuf_str(&high[1]));
	for (size_t k = 0; k < 2; k++) {
		strbuf_free(&low[k]);
		strbuf_free(&high[k]);
	}
	for (size_t row = 0; row < ROWS; row++)
		strbuf_addf(out, "  %s\n", map->signs[row]);
	strbuf_add(out, _("+ the network says yes, . it says no\n"
			  "rows: x yes, o no, X and O those that it gets wrong\n"));
}

/* Errors: STATUS_BAD_INPUT for a network that has no such plane, STATUS_NO_MEMORY. */
static enum status make_map(struct map *map, struct session *session, struct error *err)
{
	const struct model *model = session->built.model;
	enum status status = stepper_evaluation(&session->stepper, &map->evaluation, err);
	if (status)
		return status;
	map->data = &session->built.data;
	map->n_rows = map->data->n_rows + map->data->n_validation + map->data->n_test;
	map->threshold = map->evaluation.threshold;
	bool is_class =
	    map->evaluation.classes == CLASSES_ONE || map->evaluation.classes == CLASSES_SIGN;
	if (model->input->rows != 2 || !is_class) {
		error_set(
		    err, STATUS_BAD_INPUT,
		    _("only networks with two inputs and one yes-or-no output have a boundary"));
		return STATUS_BAD_INPUT;
	}
	map->none = calloc(POINTS, sizeof *map->none);
	map->answers = calloc(map->n_rows, sizeof *map->answers);
	return map->none && map->answers ? STATUS_OK : error_no_memory(err);
}

static void print_boundary(struct command_context *context)
{
	const double *theta = stepper_theta(&context->session->stepper);
	struct map *map = calloc(1, sizeof *map);
	struct error err = {0};
	enum status status = map ? make_map(map, context->session, &err) : error_no_memory(&err);
	if (!status) {
		find_range(map);
		status = draw_plane(map, theta, &err);
	}
	if (!status)
		status = draw_rows(map, theta, &err);
	if (!status)
		print_map(context, map);
	if (status == STATUS_BAD_INPUT) /* an answer too: there is nothing to draw */
		strbuf_addf(&context->out, "%s\n", err.message);
	else if (status)
		error_list_add(&context->errors, &err);
	if (map) {
		evaluation_free(&map->evaluation);
		free(map->none);
		free(map->answers);
	}
	free(map);
}

const struct show show_boundary = {
    .name = "boundary",
    .summary = N_("what a network of two inputs answers all over the plane"),
    .needs_lesson = true,
    .reveals = true,
    .print = print_boundary,
};
