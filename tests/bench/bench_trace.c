/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_trace.c -- what a step, a jump and the way back cost in a small and in big networks.
 *
 * Prints the fastest of some runs in microseconds. The cost of what is shown (a step made and
 * printed, a jump within an update) must not grow with the network; whatever crosses an update
 * costs its passes. The last lines say by how much. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "support/networks.h"

enum { N_RUNS = 15 };

/* One network being measured. */
struct bench {
	struct network net;
	struct stepper stepper;
	struct arena *arena;
	uint64_t first, last; /* indices of the first and the last parameter's first step */
};

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e6 * (double)t.tv_sec + 1e-3 * (double)t.tv_nsec;
}

static void measure_plan(struct bench *bench)
{
	struct plan plan;
	if (plan_init(&plan, bench->net.model, &bench->net.optimizer, CHAIN_AUTO, NULL) ==
	    STATUS_OK)
		plan_free(&plan);
}

static void make_and_print(struct bench *bench)
{
	static const struct formula_style style = {GLYPHS_UNICODE, false, 6};
	struct strbuf line = {0};
	struct step step;
	arena_reset(bench->arena);
	if (stepper_current(&bench->stepper, bench->arena, &step, NULL) == STATUS_OK)
		step_print(&step, &style, &line);
	strbuf_free(&line);
}

static void measure_step(struct bench *bench)
{
	stepper_go_index(&bench->stepper, bench->last, NULL);
	make_and_print(bench);
}

/* To the other end of the backward phase and back again, both steps shown. */
static void measure_goto(struct bench *bench)
{
	stepper_go_index(&bench->stepper, bench->first, NULL);
	make_and_print(bench);
	stepper_go_index(&bench->stepper, bench->last, NULL);
	make_and_print(bench);
}

static void measure_back(struct bench *bench)
{
	stepper_back(&bench->stepper, NULL);
	make_and_print(bench);
	stepper_next(&bench->stepper, NULL);
	make_and_print(bench);
}

/* Over a commit and back over it. */
static void measure_commit(struct bench *bench)
{
	stepper_update(&bench->stepper, NULL);
	stepper_next(&bench->stepper, NULL);
	stepper_back(&bench->stepper, NULL);
	stepper_go_index(&bench->stepper, 1, NULL);
}

static void measure_update(struct bench *bench)
{
	bench->stepper.trainer.prepared = false;
	trainer_prepare(&bench->stepper.trainer);
}

static const struct {
	const char *name;
	void (*run)(struct bench *bench);
} rows[] = {
    {"plan_init", measure_plan},
    {"step made and printed", measure_step},
    {"goto far and near", measure_goto},
    {"back and next", measure_back},
    {"over a commit and back", measure_commit},
    {"passes of an update", measure_update},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

static double fastest(struct bench *bench, void (*run)(struct bench *bench))
{
	double best = 0.0;
	for (int k = 0; k < N_RUNS; k++) {
		double start = now_us();
		run(bench);
		double us = now_us() - start;
		if (k == 0 || us < best)
			best = us;
	}
	return best;
}

static enum status measure(enum status (*make)(struct network *net), double us[N_ROWS])
{
	struct bench bench = {.arena = arena_new()};
	enum status status = bench.arena ? make(&bench.net) : STATUS_NO_MEMORY;
	if (status)
		goto out;
	status = network_walk(&bench.net, &bench.stepper, CHAIN_AUTO);
	if (!status) {
		const struct walk *walk = stepper_walk(&bench.stepper);
		bench.first = walk_param(walk, PHASE_BACKWARD, 0) + 1;
		bench.last = walk_param(walk, PHASE_BACKWARD, bench.stepper.plan.n_order - 1) + 1;
		for (size_t k = 0; k < N_ROWS; k++)
			us[k] = fastest(&bench, rows[k].run);
		stepper_free(&bench.stepper);
	}
	network_free(&bench.net);
out:
	arena_free(bench.arena);
	return status;
}

int main(void)
{
	double small[N_ROWS], wide[N_ROWS], deep[N_ROWS];
	if (measure(network_222, small) || measure(network_784_128_10, wide) ||
	    measure(network_deep, deep)) {
		fputs("out of memory\n", stderr);
		return 1;
	}
	printf("%-24s %12s %12s %12s %10s\n", "microseconds", "2-2-2", "784-128-10", "20 x 16",
	       "784/2-2-2");
	for (size_t k = 0; k < N_ROWS; k++)
		printf("%-24s %12.2f %12.2f %12.2f %10.1f\n", rows[k].name, small[k], wide[k],
		       deep[k], wide[k] / small[k]);
	return 0;
}
