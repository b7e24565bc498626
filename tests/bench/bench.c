/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench.c -- how fast networks are trained, in the units of the workloads.
 *
 * Usage: backstep-bench [W1 ... W7]
 * Prints "W1 backstep VALUE UNIT", the median of some measurements. With CHECK=1 in the
 * environment also "W1 check LOSS" on standard error; WAY=sse2 chooses a variant of the kernels,
 * WAY=written the engine without fast/. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/ways.h"
#include "support/workloads.h"

enum { N_RUNS = 5 };

/* Of the processor, so that what else the machine does counts as little as possible. */
static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int measure(const struct workload_row *row)
{
	struct workload workload;
	double rates[N_RUNS];
	if (workload_start(&workload, row)) {
		fprintf(stderr, "backstep-bench: out of memory\n");
		return 1;
	}
	for (size_t run = 0; run < N_RUNS; run++) {
		workload_restart(&workload);
		workload_train(&workload, row->n_check - row->n_mean);
		double loss = workload_train(&workload, row->n_mean);
		if (run == 0 && getenv("CHECK"))
			fprintf(stderr, "%s check %.12g\n", row->name, loss);
		double start = seconds();
		workload_train(&workload, row->n_timed);
		rates[run] = (double)(row->n_timed * row->units_per_update) / (seconds() - start);
	}
	qsort(rates, N_RUNS, sizeof *rates, compare);
	printf("%s backstep %.6g %s\n", row->name, rates[N_RUNS / 2], row->unit);
	fflush(stdout);
	workload_free(&workload);
	return 0;
}

int main(int argc, char **argv)
{
	const char *way = getenv("WAY");
	int failed = 0;
	if (way && !ways_use_name(way)) {
		fprintf(stderr, "backstep-bench: there is no way %s\n", way);
		return 2;
	}
	for (int k = 1; k < argc; k++)
		if (!workload_find(argv[k])) {
			fprintf(stderr, "backstep-bench: no workload %s\n", argv[k]);
			return 2;
		}
	for (const struct workload_row *row = workload_rows; row->name; row++) {
		bool wanted = argc == 1;
		for (int k = 1; k < argc; k++)
			wanted = wanted || strcmp(argv[k], row->name) == 0;
		if (wanted)
			failed |= measure(row);
	}
	return failed;
}
