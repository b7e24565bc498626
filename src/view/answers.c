/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers.c -- borrowing the network for pictures, a slice at a time. */
#include "answers.h"
#include "points.h"
#include "table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"

enum {
	COARSE = 8,          /* every so manieth point of the first, coarse plane; a power of 2 */
	SLICE_WORK = 400000, /* parameters times points in one slice: about a millisecond */
	MARGIN_SHARE = 16,   /* of the data's range, on each side of it */
};

/* Where answers were computed; they hold nowhere else. */
struct moment {
	const struct model *model;
	uint64_t settings, updates, theta; /* theta: a hash of the parameters in force */
	bool at_commit;
};

/* Owns: its arrays. */
struct answers {
	struct moment moment;
	struct plane plane;
	struct row_answers rows;
	double *x, *t, *y; /* [batch] of a slice: inputs, targets that nobody looks at, answers */
	size_t *points;    /* [batch] where in the plane they lie */
};

static void answers_clear(struct answers *answers)
{
	free(answers->plane.y);
	free(answers->plane.done);
	free(answers->rows.y);
	free(answers->x);
	free(answers->t);
	free(answers->y);
	free(answers->points);
	*answers = (struct answers){0};
}

void view_state_free(struct view_state *state)
{
	if (state->answers)
		answers_clear(state->answers);
	free(state->answers);
	state->answers = NULL;
	points_free(state);
	table_order_free(state);
	strbuf_free(&state->cut);
}

static struct moment moment_now(const struct session *session)
{
	const struct stepper *stepper = &session->stepper;
	const struct model *model = session->built.model;
	size_t size = model->graph.n_params * sizeof(double);
	return (struct moment){.model = model,
			       .settings = stepper_settings(stepper),
			       .updates = stepper_updates(stepper),
			       .theta = hash_bytes(HASH_START, stepper_theta(stepper), size),
			       .at_commit = stepper_at_commit(stepper)};
}

/* The answers of now, empty where the parameters have become others. NULL on lack of memory. */
static struct answers *answers_now(struct drawing *d)
{
	struct answers *answers = d->state->answers;
	struct moment now = moment_now(d->session);
	if (!answers)
		answers = d->state->answers = calloc(1, sizeof *answers);
	if (!answers)
		return NULL;
	const struct moment *then = &answers->moment;
	if (then->model != now.model || then->settings != now.settings ||
	    then->updates != now.updates || then->theta != now.theta ||
	    then->at_commit != now.at_commit)
		answers_clear(answers);
	answers->moment = now;
	return answers;
}

static size_t count_rows(const struct dataset *data)
{
	return data->n_rows + data->n_validation + data->n_test;
}

void answers_range(const struct dataset *data, double low[2], double high[2])
{
	for (size_t k = 0; k < 2 && k < data->n_inputs; k++) {
		low[k] = INFINITY;
		high[k] = -INFINITY;
		for (size_t row = 0; row < count_rows(data); row++) {
			low[k] = fmin(low[k], data->x[row * data->n_inputs + k]);
			high[k] = fmax(high[k], data->x[row * data->n_inputs + k]);
		}
		double margin = high[k] > low[k] ? (high[k] - low[k]) / MARGIN_SHARE : 1.0;
		low[k] -= margin;
		high[k] += margin;
	}
}

static size_t count_points(const struct plane_of *of)
{
	return (size_t)of->rows * (size_t)of->columns;
}

/* Points in a slice. */
static size_t slice_size(const struct session *session, const struct plane_of *of)
{
	const struct model *model = session->built.model;
	size_t work = model->graph.n_params + 1, n = count_points(of);
	if (of->is_loss) /* of all rows, and then the update anew */
		work *= session->built.data.n_rows + 3 * model->graph.max_examples;
	size_t size = SLICE_WORK / work + 1;
	return size < n ? size : n;
}

static bool plane_start(struct answers *answers, const struct session *session,
			const struct plane_of *of)
{
	const struct dataset *data = &session->built.data;
	size_t n = count_points(of), batch = slice_size(session, of);
	answers->plane = (struct plane){
	    .of = *of, .y = calloc(n, sizeof(double)), .done = calloc(n, sizeof(bool))};
	answers->x = calloc(batch * (data->n_inputs > 2 ? data->n_inputs : 2), sizeof *answers->x);
	answers->t = calloc(batch * data->n_targets + 1, sizeof *answers->t);
	answers->y = calloc(batch, sizeof *answers->y);
	answers->points = calloc(batch, sizeof *answers->points);
	return answers->plane.y && answers->plane.done && answers->x && answers->t && answers->y &&
	       answers->points;
}

static void point_inputs(const struct plane *plane, size_t n_inputs, size_t point, double *x)
{
	double across = ((double)(point % (size_t)plane->of.columns) + 0.5) / plane->of.columns;
	double up = 1.0 - ((double)(point / (size_t)plane->of.columns) + 0.5) / plane->of.rows;
	x[0] = plane->of.low[0] + across * (plane->of.high[0] - plane->of.low[0]);
	if (n_inputs > 1)
		x[1] = plane->of.low[1] + up * (plane->of.high[1] - plane->of.low[1]);
}

/* Takes the next points of the finest grid that is not complete; returns how many. */
static size_t choose_points(struct answers *answers, size_t n_inputs, size_t most)
{
	const struct plane *plane = &answers->plane;
	size_t n = 0;
	for (int stride = COARSE; stride > 0; stride /= 2) {
		for (int row = 0; row < plane->of.rows; row += stride) {
			for (int column = 0; column < plane->of.columns && n < most;
			     column += stride) {
				size_t point =
				    (size_t)row * (size_t)plane->of.columns + (size_t)column;

				if (plane->done[point])
					continue;
				point_inputs(plane, n_inputs, point, answers->x + n * n_inputs);
				answers->points[n++] = point;
				plane->done[point] = true;
			}
		}
	}
	return n;
}

/* The losses at n points, each with its two parameters put in. Errors: STATUS_INTERRUPTED,
 * STATUS_NO_MEMORY. */
static enum status find_losses(struct answers *answers, struct evaluation *evaluation,
			       const struct session *session, size_t n)
{
	const struct plane_of *of = &answers->plane.of;
	size_t n_params = session->built.model->graph.n_params;
	double *theta = malloc(n_params * sizeof *theta);
	enum status status = theta ? STATUS_OK : STATUS_NO_MEMORY;
	for (size_t k = 0; !status && k < n; k++) {
		memcpy(theta, stepper_theta(&session->stepper), n_params * sizeof *theta);
		theta[of->params[0]] = answers->x[2 * k];
		theta[of->params[1]] = answers->x[2 * k + 1];
		status =
		    evaluation_run(evaluation, theta, 0, session->built.data.n_rows, false, NULL);
		answers->y[k] = evaluation->loss;
	}
	free(theta);
	return status;
}

/* Computes the next slice. */
static void refine(struct drawing *d, struct answers *answers)
{
	struct plane *plane = &answers->plane;
	struct evaluation evaluation;
	size_t batch = slice_size(d->session, &plane->of);
	size_t n_inputs = plane->of.is_loss ? 2 : d->session->built.data.n_inputs;
	size_t n = choose_points(answers, n_inputs, batch);
	if (n == 0 || stepper_evaluation(&d->lent->stepper, &evaluation, NULL))
		return;
	enum status status =
	    plane->of.is_loss ? find_losses(answers, &evaluation, d->session, n)
			      : evaluation_outputs(&evaluation, stepper_theta(&d->session->stepper),
						   answers->x, answers->t, n, answers->y, NULL);
	evaluation_free(&evaluation);
	for (size_t k = 0; k < n; k++) {
		plane->y[answers->points[k]] = answers->y[k];
		plane->done[answers->points[k]] = !status;
	}
	if (status) /* somebody does not wait: it goes on when it is drawn again */
		return;
	d->state->is_unfinished |= n == batch && n < count_points(&plane->of);
}

static bool is_same(const struct plane_of *a, const struct plane_of *b)
{
	bool same = a->rows == b->rows && a->columns == b->columns && a->is_loss == b->is_loss;
	for (size_t k = 0; k < 2; k++)
		same = same && a->params[k] == b->params[k] && a->low[k] == b->low[k] &&
		       a->high[k] == b->high[k];
	return same;
}

const struct plane *answers_plane(struct drawing *d, const struct plane_of *of)
{
	struct answers *answers = answers_now(d);
	if (!answers)
		return NULL;
	if (!is_same(&answers->plane.of, of)) {
		struct moment now = answers->moment;
		answers_clear(answers);
		answers->moment = now;
		if (!plane_start(answers, d->session, of)) {
			answers_clear(answers);
			return NULL;
		}
	}
	refine(d, answers);
	return &answers->plane;
}

bool plane_at(const struct plane *plane, int row, int column, double *y)
{
	for (int stride = 1; stride <= COARSE; stride *= 2) {
		int r = row / stride * stride, c = column / stride * stride;
		size_t point = (size_t)r * (size_t)plane->of.columns + (size_t)c;
		if (plane->done[point]) {
			*y = plane->y[point];
			return true;
		}
	}
	return false;
}

bool row_answers_make(struct row_answers *answers, struct stepper *stepper, size_t first, size_t n)
{
	struct evaluation evaluation;
	size_t n_outputs = stepper_model(stepper)->output->rows;
	*answers = (struct row_answers){.first = first, .n = n, .n_outputs = n_outputs};
	answers->y = calloc(n * n_outputs + 1, sizeof *answers->y);
	if (!answers->y || stepper_evaluation(stepper, &evaluation, NULL))
		return false;
	answers->classes = evaluation.classes;
	answers->threshold = evaluation.threshold;
	enum status status =
	    evaluation_answers(&evaluation, stepper_theta(stepper), first, n, answers->y, NULL);
	evaluation_free(&evaluation);
	return !status;
}

const struct row_answers *answers_rows(struct drawing *d, size_t first, size_t n)
{
	struct answers *answers = answers_now(d);
	if (!answers)
		return NULL;
	struct row_answers *rows = &answers->rows;
	if (rows->y && rows->first == first && rows->n == n)
		return rows;
	free(rows->y);
	if (row_answers_make(rows, &d->lent->stepper, first, n))
		return rows;
	free(rows->y); /* it is asked for anew when it is drawn again */
	rows->y = NULL;
	return NULL;
}

size_t row_largest(const double *y, size_t n)
{
	size_t largest = 0;
	for (size_t k = 1; k < n; k++)
		largest = y[k] > y[largest] ? k : largest;
	return largest;
}

bool row_is_right(const struct row_answers *answers, const struct dataset *data, size_t k,
		  bool *is_class)
{
	const double *y = answers->y + k * answers->n_outputs;
	const double *t = data->t + (answers->first + k) * data->n_targets;
	*is_class = answers->classes != CLASSES_NONE;
	if (answers->classes == CLASSES_LARGEST)
		return row_largest(y, answers->n_outputs) == row_largest(t, data->n_targets);
	return (y[0] >= answers->threshold) == (t[0] >= answers->threshold);
}
