/* SPDX-License-Identifier: GPL-3.0-or-later */
/* renumber.c -- drawing. A number is as large as the largest of its kind in the lesson, so that
 * nothing saturates that did not, and never 0: a 0 hides most slips. */
#include "backstep/session/renumber.h"

#include <math.h>
#include <string.h>

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

static bool draw_rows(struct lesson_model *built, struct drawing *d)
{
	struct dataset *data = &built->data;
	size_t n_all = data->n_rows + data->n_validation + data->n_test;
	size_t n_x = n_all * data->n_inputs, n_t = n_all * data->n_targets;
	double *x = ARENA_ARRAY(built->model->arena, double, n_x);
	double *t = ARENA_ARRAY(built->model->arena, double, n_t);
	if (!x || !t)
		return false;
	double size_x = largest(data->x, n_x), size_of_t = n_t ? largest(data->t, n_t) : 1.0;
	bool keeps = is_one_hot(data);
	for (size_t i = 0; i < n_x; i++)
		x[i] = draw(d, size_x, false);
	for (size_t i = 0; i < n_t; i++) {
		double size = size_of_t <= 1.0 ? 0.95 : size_of_t;
		t[i] = keeps ? data->t[i] : copysign(draw(d, size, false), data->t[i]);
	}
	data->x = x;
	data->t = t;
	return true;
}

bool renumber_draw(struct lesson_model *built, const struct lesson *lesson, uint64_t seed,
		   size_t attempt)
{
	const struct source_count *said = &lesson->quiz.variants.decimals;
	size_t decimals = said->mark.line ? said->value : USUAL_DECIMALS;
	struct model *model = built->model;
	struct drawing d = {.parts = 1.0};
	for (size_t i = 0; i < decimals; i++)
		d.parts *= 10.0;
	random_stream(&d.random, seed, "fresh numbers", attempt);
	double size = largest(model->graph.theta, model->graph.n_params);
	for (size_t p = 0; p < model->graph.n_params; p++)
		model->graph.theta[p] = draw(&d, fmin(size, 2.0), true);
	bool has_few = built->data.n_rows <= MOST_ROWS && built->data.n_inputs > 0;
	return !has_few || draw_rows(built, &d);
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
