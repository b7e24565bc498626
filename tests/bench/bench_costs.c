/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_costs.c -- what all partials of one example cost beside its forward pass, and how the cost
 * of an update grows with depth. Both are ratios of times that are measured in turns (so that the
 * weights are as far from the processor for the one as for the other, as they are in training), and
 * each the least of many. Usage: backstep-bench-costs */
#include <stdio.h>
#include <time.h>

#include "../../src/engine/passes.h"
#include "support/networks.h"
#include "support/workloads.h"

enum { N_RUNS = 2000, DEPTH = 64, WIDTH = 16 };

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void forward(void *model)
{
	model_forward(model);
}

/* The gradients of all units and all parameters. */
static void all_partials(void *context)
{
	struct model *model = context;
	model_forward(model);
	model_backward(model, GRAPH_PARAMS);
}

/* And those of the inputs. */
static void all_gradients(void *model)
{
	model_forward(model);
	model_backward(model, GRAPH_ALL);
}

static void update(void *trainer)
{
	trainer_commit(trainer);
}

/* Lowers *least to the time that a call takes. */
static void measure(void (*f)(void *context), void *context, size_t n, double *least)
{
	double start = seconds();
	for (size_t k = 0; k < n; k++)
		f(context);
	double time = (seconds() - start) / (double)n;
	if (time < *least)
		*least = time;
}

static int compare_partials(void)
{
	struct workload_row row = *workload_find("W4");
	struct workload w;
	double once = 1.0, partials = 1.0, gradients = 1.0;
	row.batch = 1;
	if (workload_start(&w, &row))
		return 1;
	trainer_prepare(&w.trainer);
	for (size_t run = 0; run < N_RUNS; run++) {
		measure(forward, w.model, 1, &once);
		measure(all_partials, w.model, 1, &partials);
	}
	for (size_t run = 0; run < N_RUNS; run++) { /* another plan: not in turns with the first */
		measure(forward, w.model, 1, &once);
		measure(all_gradients, w.model, 1, &gradients);
	}
	printf("784-128-10, one example: forward %.1f us\n", 1e6 * once);
	printf("  with all partials  %.2f times as long (goal: at most 2.5)\n", partials / once);
	printf("  and dE/dx          %.2f times\n", gradients / once);
	workload_free(&w);
	return 0;
}

/* A network of depth layers and its trainer. */
static int start_deep(size_t depth, size_t batch, struct network *net, struct trainer *trainer)
{
	size_t sizes[DEPTH + 1];
	for (size_t k = 0; k <= depth; k++)
		sizes[k] = WIDTH;
	return network_dense(net, sizes, depth + 1, &op_tanh, batch, batch) ||
	       trainer_init(trainer, net->model, &net->optimizer, &net->data, batch, NULL);
}

static int compare_depths(size_t batch)
{
	struct network flat, deep;
	struct trainer flat_trainer, deep_trainer;
	double short_time = 1.0, long_time = 1.0;
	if (start_deep(2, batch, &flat, &flat_trainer) ||
	    start_deep(DEPTH, batch, &deep, &deep_trainer))
		return 1;
	for (size_t run = 0; run < N_RUNS; run++) {
		measure(update, &flat_trainer, 30, &short_time);
		measure(update, &deep_trainer, 1, &long_time);
	}
	printf("16 wide, batch %zu: update %.2f us at depth 2, t(64)/t(2) = %.1f "
	       "(goal: at most 36)\n",
	       batch, 1e6 * short_time, long_time / short_time);
	trainer_free(&flat_trainer);
	trainer_free(&deep_trainer);
	network_free(&flat);
	network_free(&deep);
	return 0;
}

/* The network of W7 over batches of any size, in turns: a batch too large for the cache may cost no
 * more by the row than one that fits. */
static int compare_batches(void)
{
	static const size_t batches[] = {125,  200,  250,  400,  500,  625,
					 1000, 2000, 2500, 5000, 10000};
	enum { N = sizeof batches / sizeof *batches, ROUNDS = 200 };
	struct workload w[N];
	double least[N];
	for (size_t k = 0; k < N; k++) {
		struct workload_row row = *workload_find("W7");
		row.batch = batches[k];
		least[k] = 1.0;
		if (workload_start(&w[k], &row))
			return 1;
	}
	for (size_t round = 0; round < ROUNDS; round++)
		for (size_t k = 0; k < N; k++)
			measure(update, &w[k].trainer, 10000 / batches[k], &least[k]);
	printf("4-32-16-4, Adam:");
	for (size_t k = 0; k < N; k++) {
		printf(" batch %zu: %.2f M rows/s%s", batches[k],
		       1e-6 * (double)batches[k] / least[k], k + 1 < N ? "," : "\n");
		workload_free(&w[k]);
	}
	return 0;
}

int main(void)
{
	return compare_partials() || compare_depths(1) || compare_depths(32) || compare_batches();
}
