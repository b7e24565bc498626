/* SPDX-License-Identifier: GPL-3.0-or-later */
/* renumber.c -- drawing. A number is as large as the largest of its kind in the lesson, so that
 * nothing saturates that did not, and never 0: a 0 hides most slips. */
#include "backstep/session/renumber.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "session_private.h"

enum { MOST_UPDATES = 2000, USUAL_DECIMALS = 2 };
enum { MOST_ROWS = 64 }; /* of more rows nobody does each by hand */

static double largest(const double *values, size_t n)
{
	double most = 0.0;
	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(values[i]));
	return most > 0.0 ? most : 1.0;
}

/* Numbers of a seed; all have a whole number of parts of 1. */
struct drawing {
	struct random random;
	double parts; /* 100: two decimals */
};

/* From 0.05 of the size up to it. */
static double draw(struct drawing *d, double size, bool has_sign)
{
	double value =
	    round(d->parts * size * (0.05 + 0.95 * random_uniform(&d->random))) / d->parts;
	value = value > 0.0 ? value : 1.0 / d->parts;
	return has_sign && random_below(&d->random, 2) ? -value : value;
}

/* Whether the targets are 0 and 1 alone: classes, which stay what they are. */
static bool is_one_hot(const struct dataset *data)
{
	for (size_t i = 0; i < data->n_rows * data->n_targets; i++)
		if (data->t[i] != 0.0 && data->t[i] != 1.0)
			return false;
	return data->n_targets > 1;
}

/* How many numbers all rows have. */
static size_t n_rows_of(const struct dataset *data)
{
	return data->n_rows + data->n_validation + data->n_test;
}

static bool has_few_rows(const struct dataset *data)
{
	return data->n_rows <= MOST_ROWS && data->n_inputs > 0;
}

/* Draws what the lesson says of its rows into x and t, which may be those of data. */
static void draw_rows(struct drawing *d, const struct dataset *data, double *x, double *t)
{
	size_t n_x = n_rows_of(data) * data->n_inputs, n_t = n_rows_of(data) * data->n_targets;
	double size_x = largest(data->x, n_x), size_of_t = n_t ? largest(data->t, n_t) : 1.0;
	double size = size_of_t <= 1.0 ? 0.95 : size_of_t;
	bool keeps = is_one_hot(data);
	for (size_t i = 0; i < n_x; i++)
		x[i] = draw(d, size_x, false);
	for (size_t i = 0; i < n_t; i++)
		t[i] = keeps ? data->t[i] : copysign(draw(d, size, false), data->t[i]);
}

/* Draws all numbers: parameters, and rows where they are few. own: the lesson's. */
static void draw_numbers(const struct lesson_model *own, const struct lesson *lesson, uint64_t seed,
			 size_t attempt, double *theta, double *x, double *t)
{
	const struct source_count *said = &lesson->quiz.variants.decimals;
	size_t decimals = said->mark.line ? said->value : USUAL_DECIMALS;
	const struct graph *graph = &own->model->graph;
	struct drawing d = {.parts = 1.0};
	for (size_t i = 0; i < decimals; i++)
		d.parts *= 10.0;
	random_stream(&d.random, seed, "fresh numbers", attempt);
	double size = fmin(largest(graph->theta, graph->n_params), 2.0);
	for (size_t p = 0; p < graph->n_params; p++)
		theta[p] = draw(&d, size, true);
	if (has_few_rows(&own->data))
		draw_rows(&d, &own->data, x, t);
}

bool renumber_draw(struct lesson_model *built, const struct lesson *lesson, uint64_t seed,
		   size_t attempt)
{
	struct dataset *data = &built->data;
	struct arena *arena = built->model->arena;
	double *x = ARENA_ARRAY(arena, double, n_rows_of(data) * data->n_inputs);
	double *t = ARENA_ARRAY(arena, double, n_rows_of(data) * data->n_targets);
	if (!x || !t)
		return false;
	draw_numbers(built, lesson, seed, attempt, built->model->graph.theta, x, t);
	if (!has_few_rows(data))
		return true;
	data->x = built->drawn_x = x;
	data->t = built->drawn_t = t;
	return true;
}

enum status session_renumber_again(struct session *session, const struct lesson_model *own,
				   uint64_t seed, size_t attempt, struct error *err)
{
	CONTRACT(session->has_fresh);
	struct lesson_model *built = &session->built;
	struct stepper *stepper = &session->stepper;
	size_t n_params = built->model->graph.n_params;
	double *theta = malloc((n_params + 1) * sizeof *theta);
	if (!theta)
		return error_no_memory(err);
	stepper_visit(stepper, stepper_first(stepper));
	draw_numbers(own, session->lesson, seed, attempt, theta, built->drawn_x, built->drawn_t);
	enum status status = stepper_set_params(stepper, theta, err);
	free(theta);
	session->fresh = seed;
	session->fresh_attempt = attempt;
	return status ? status : session_refresh(session, err);
}

enum status session_renumber(struct session *session, uint64_t seed, size_t attempt,
			     struct error *err)
{
	if (!session->has_fresh) {
		enum status status = stepper_save(&session->stepper, &session->own_place, err);
		if (status)
			return status;
		session->own_chain = stepper_chain(&session->stepper);
		session->own_batch = session->built.batch;
	}
	session->has_fresh = true;
	session->fresh = seed;
	session->fresh_attempt = attempt;
	return session_rebuild(session, err);
}

/* Walks there again, so that one can go back from there as before. Where that leads elsewhere
 * (settings were changed on the way), or would take long, the saved numbers are taken. */
static void go_to_own_place(struct stepper *stepper, struct stepper_save *place)
{
	uint64_t update = place->entries[0].update;
	struct stepper_save walked = {0};
	bool is_there =
	    place->edits.n == 0 && update <= MOST_UPDATES &&
	    !stepper_go(stepper, stepper_before(stepper, update) + place->index, NULL) &&
	    !stepper_save(stepper, &walked, NULL) && walked.entries[0].update == update &&
	    trainer_state_equal(walked.entries[0].state, place->entries[0].state);
	stepper_save_free(&walked);
	place->asked = 0; /* what was asked there is asked no more */
	if (!is_there)
		stepper_load(stepper, place, NULL);
}

enum status session_own_numbers(struct session *session, struct error *err)
{
	if (!session->has_fresh)
		return STATUS_OK;
	session->has_fresh = false;
	enum status status = session_rebuild(session, err);
	if (status)
		return status;
	if (session->own_chain == stepper_chain(&session->stepper) &&
	    session->own_batch == session->built.batch)
		go_to_own_place(&session->stepper, &session->own_place);
	stepper_save_free(&session->own_place);
	return session_refresh(session, err);
}
