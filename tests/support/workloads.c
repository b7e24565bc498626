/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workloads.c -- the formulas of the trainings. Weights count from k = 0 through all layers.
 */
#include "workloads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/engine/layer_dense.h"
#include "../../src/engine/trainer_run.h"

static double wave(size_t k)
{
	return sin(1.3 * (double)k + 0.7);
}

static void fill_w1(double *x, double *t, double *theta)
{
	memcpy(x, (double[]){0.05, 0.10}, 2 * sizeof *x);
	memcpy(t, (double[]){0.01, 0.99}, 2 * sizeof *t);
	memcpy(theta,
	       (double[]){0.15, 0.20, 0.25, 0.30, 0.35, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.60},
	       12 * sizeof *theta);
}

static void fill_w2(double *x, double *t, double *theta)
{
	memcpy(x, (double[]){0, 0, 0, 1, 1, 0, 1, 1}, 8 * sizeof *x);
	memcpy(t, (double[]){0, 1, 1, 0}, 4 * sizeof *t);
	memcpy(theta, (double[]){0.8, 0.7, -0.6, 0.9, 0.1, 0.2, 0.5, -0.4, 0.1}, 9 * sizeof *theta);
}

static void fill_w3(double *x, double *t, double *theta)
{
	for (size_t r = 0; r < 1372; r++, x += 4) {
		for (size_t j = 0; j < 4; j++)
			x[j] = sin(0.1 * (double)(r * (j + 1)) + (double)j);
		t[r] = x[0] + 0.5 * x[1] - x[2] * x[3] > 0.0 ? 1.0 : 0.0;
	}
	/* Here a unit's bias follows its weights. */
	for (size_t unit = 0; unit < 5; unit++) {
		for (size_t j = 0; j < 4; j++)
			theta[4 * unit + j] = 0.5 * wave(5 * unit + j);
		theta[20 + unit] = 0.5 * wave(5 * unit + 4);
	}
	for (size_t k = 25; k < 31; k++)
		theta[k] = 0.5 * wave(k);
}

static void fill_w4(double *x, double *t, double *theta)
{
	for (size_t r = 0; r < 5984; r++, x += 784, t += 10) {
		size_t label = 7 * r % 10;
		for (size_t j = 0; j < 784; j++) {
			double angle = 0.7 * (double)r + 0.11 * (double)(j * (1 + r % 13));
			x[j] = 0.3 * fabs(sin(angle)) + (j / 78 == label ? 0.5 : 0.0);
		}
		for (size_t j = 0; j < 10; j++)
			t[j] = j == label ? 1.0 : 0.0;
	}
	const size_t first = 128 * 784, second = 10 * 128;
	for (size_t k = 0; k < first; k++)
		theta[k] = wave(k) / 28.0;
	for (size_t k = 0; k < second; k++)
		theta[first + 128 + k] = wave(first + k) / 11.3137;
}

static void fill_w5(double *x, double *t, double *theta)
{
	for (size_t r = 0; r < 1024; r++, x += 2) {
		x[0] = sin(0.37 * (double)r);
		x[1] = cos(0.73 * (double)r + 1.0);
		t[r] = x[0] * x[1] > 0.0 ? 0.8 : -0.8;
	}
	size_t k = 0;
	for (; k < 32; k++)
		theta[k] = wave(k);
	theta += 32 + 16;
	for (size_t layer = 1; layer < 20; layer++, theta += 256 + 16)
		for (size_t i = 0; i < 256; i++)
			theta[i] = 0.35 * wave(k++);
	for (size_t i = 0; i < 16; i++)
		theta[i] = 0.35 * wave(k++);
}

/* Rows of waves, and targets that are slower ones. */
static void fill_waves(double *x, size_t n_inputs, double *t, size_t n_targets, size_t n_rows)
{
	for (size_t r = 0; r < n_rows; r++, x += n_inputs, t += n_targets) {
		for (size_t j = 0; j < n_inputs; j++)
			x[j] = sin(0.1 * (double)(r * (j + 1)) + (double)j);
		for (size_t j = 0; j < n_targets; j++)
			t[j] = 0.5 * sin(0.01 * (double)(r * (j + 1)) + (double)j);
	}
}

static void fill_w6(double *x, double *t, double *theta)
{
	fill_waves(x, 24, t, 2, 200);
	for (size_t k = 0; k < 24 * 8; k++)
		theta[k] = 0.2 * wave(k);
	for (size_t k = 0; k < 8 * 2; k++)
		theta[24 * 8 + 8 + k] = 0.35 * wave(24 * 8 + k);
}

static void fill_w7(double *x, double *t, double *theta)
{
	static const size_t sizes[] = {4, 32, 16, 4};
	size_t k = 0;
	fill_waves(x, 4, t, 4, 10000);
	for (size_t layer = 1; layer < 4; layer++) {
		size_t n = sizes[layer - 1] * sizes[layer];
		for (size_t i = 0; i < n; i++)
			theta[i] = 0.5 / sqrt((double)sizes[layer - 1]) * wave(k++);
		theta += n + sizes[layer];
	}
}

#define SIXTEEN_5 16, 16, 16, 16, 16

const struct workload_row workload_rows[] = {
    {"W1",
     "updates/s",
     3,
     {2, 2, 2},
     "sigmoid",
     "sigmoid",
     "half-squared-error",
     "gd",
     0.5,
     1,
     1,
     10000,
     1,
     2.44833755763e-06,
     400000,
     1,
     fill_w1},
    {"W2",
     "epochs/s",
     3,
     {2, 2, 1},
     "relu",
     NULL,
     "mean-squared-error",
     "gd",
     0.1,
     4,
     4,
     1000,
     1,
     2.17931178307e-08,
     400000,
     1,
     fill_w2},
    {"W3",
     "epochs/s",
     3,
     {4, 5, 1},
     "sigmoid",
     "sigmoid",
     "half-squared-error",
     "gd",
     1.0,
     1372,
     1372,
     500,
     1,
     0.0181338705011,
     4000,
     1,
     fill_w3},
    /* 5984 of 6000 rows: the last, partial batch is dropped. */
    {"W4",
     "samples/s",
     3,
     {784, 128, 10},
     "relu",
     NULL,
     "softmax-cross-entropy",
     "adam",
     1e-3,
     5984,
     32,
     374,
     187,
     0.00122722762102,
     374,
     32,
     fill_w4},
    {"W5",
     "samples/s",
     22,
     {2, SIXTEEN_5, SIXTEEN_5, SIXTEEN_5, SIXTEEN_5, 1},
     "tanh",
     "tanh",
     "half-squared-error",
     "gd",
     0.01,
     1024,
     32,
     160,
     32,
     0.319976500545,
     3200,
     32,
     fill_w5},
    {"W6",
     "updates/s",
     3,
     {24, 8, 2},
     "tanh",
     NULL,
     "half-squared-error",
     "gd",
     0.1,
     200,
     200,
     500,
     1,
     0.0820219769632,
     20000,
     1,
     fill_w6},
    {"W7",
     "rows/s",
     4,
     {4, 32, 16, 4},
     "tanh",
     NULL,
     "half-squared-error",
     "adam",
     1e-3,
     10000,
     10000,
     50,
     1,
     0.250178514051,
     100,
     10000,
     fill_w7},
    {0},
};

const struct workload_row *workload_find(const char *name)
{
	for (const struct workload_row *row = workload_rows; row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

bool workload_fill(struct workload *workload, const struct workload_row *row)
{
	*workload = (struct workload){.row = row};
	for (size_t k = 1; k < row->n_sizes; k++)
		workload->n_params += row->sizes[k] * (row->sizes[k - 1] + 1);
	workload->x = calloc(row->n_rows * row->sizes[0], sizeof(double));
	workload->t = calloc(row->n_rows * row->sizes[row->n_sizes - 1], sizeof(double));
	workload->theta = calloc(workload->n_params, sizeof(double));
	if (!workload->x || !workload->t || !workload->theta) {
		workload_free(workload);
		return false;
	}
	row->fill(workload->x, workload->t, workload->theta);
	return true;
}

static enum status build_model(struct workload *workload)
{
	const struct workload_row *row = workload->row;
	enum status status = model_new(row->sizes[0], row->sizes[row->n_sizes - 1], row->batch,
				       &workload->model, NULL);
	struct model *model = workload->model;
	for (size_t k = 1; !status && k < row->n_sizes; k++) {
		const char *activation = k + 1 < row->n_sizes ? row->hidden : row->last;
		struct layer_dense layer = {
		    .n_units = row->sizes[k],
		    .activation = activation ? op_find(OP_ACTIVATION, activation) : NULL,
		    .bias = BIAS_PER_UNIT,
		    .prefix = arena_printf(model->arena, "h%zu_", k),
		};
		status = layer.prefix ? layer_dense_add(model, &layer, NULL) : STATUS_NO_MEMORY;
	}
	if (!status)
		status = model_add_loss(model, loss_find(row->loss), REDUCE_MEAN, NULL);
	return status ? status : model_finish(model, NULL);
}

enum status workload_start(struct workload *workload, const struct workload_row *row)
{
	if (!workload_fill(workload, row))
		return STATUS_NO_MEMORY;
	struct optimizer optimizer;
	struct dataset data = {.x = workload->x,
			       .t = workload->t,
			       .n_rows = row->n_rows,
			       .n_inputs = row->sizes[0],
			       .n_targets = row->sizes[row->n_sizes - 1]};
	optimizer_init(&optimizer, optimizer_find(row->optimizer));
	optimizer.hypers[0] = row->rate;
	enum status status = build_model(workload);
	if (!status)
		status = trainer_init(&workload->trainer, workload->model, &optimizer, &data,
				      row->batch, NULL);
	if (status)
		workload_free(workload);
	else
		workload_restart(workload);
	return status;
}

void workload_free(struct workload *workload)
{
	trainer_free(&workload->trainer);
	model_free(workload->model);
	free(workload->x);
	free(workload->t);
	free(workload->theta);
	*workload = (struct workload){0};
}

void workload_restart(struct workload *workload)
{
	struct trainer *trainer = &workload->trainer;
	memcpy(trainer->own->theta, workload->theta, workload->n_params * sizeof(double));
	for (size_t k = 0; k < OPTIMIZER_MAX_SLOTS; k++)
		if (trainer->own->slots[k])
			memset(trainer->own->slots[k], 0, workload->n_params * sizeof(double));
	trainer->n_updates = trainer->t = 0;
	trainer->prepared = false;
}

double workload_train(struct workload *workload, size_t n)
{
	double sum = 0.0;
	for (size_t k = 0; k < n; k++) {
		trainer_commit(&workload->trainer);
		sum += workload->model->loss;
	}
	return sum / (double)n;
}
