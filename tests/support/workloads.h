/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workloads.h -- trainings, W1 to W7, whose weights and data are formulas, so that any engine
 * can run them and be held to the same loss. Benchmarks time them; the test of sameness trains
 * them in every way. */
#ifndef BACKSTEP_TESTS_WORKLOADS_H
#define BACKSTEP_TESTS_WORKLOADS_H

#include "backstep/engine/trainer.h"

enum { WORKLOAD_MAX_SIZES = 22 };

/* What a workload is, without its numbers. */
struct workload_row {
	const char *name, *unit;
	size_t n_sizes, sizes[WORKLOAD_MAX_SIZES];
	const char *hidden, *last; /* activations; last NULL: linear */
	const char *loss, *optimizer;
	double rate;
	size_t n_rows, batch;
	/* The loss to reproduce is the mean over the last n_mean of the first n_check updates. */
	size_t n_check, n_mean;
	double loss_to_reproduce;
	size_t n_timed;          /* updates that a measurement takes, behind the first n_check */
	size_t units_per_update; /* of what unit counts */
	void (*fill)(double *x, double *t, double *theta);
};

/* Every workload, then a row whose name is NULL. */
extern const struct workload_row workload_rows[];
const struct workload_row *workload_find(const char *name);

/* Owns: its arrays, the model and the trainer.
 * Shapes: theta in the order of the model: of each layer the weights, row by row, one row per
 * unit, then the biases. */
struct workload {
	const struct workload_row *row;
	double *x, *t, *theta;
	size_t n_params;
	struct model *model;
	struct trainer trainer;
};

/* The numbers alone. Returns false on lack of memory. */
bool workload_fill(struct workload *workload, const struct workload_row *row);
/* Numbers, model and trainer. Errors: STATUS_NO_MEMORY. */
enum status workload_start(struct workload *workload, const struct workload_row *row);
void workload_free(struct workload *workload);

/* Back to the weights at the start and update 0. */
void workload_restart(struct workload *workload);
/* Commits n updates; returns the mean of their losses. */
double workload_train(struct workload *workload, size_t n);

#endif
