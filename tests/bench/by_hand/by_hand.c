/* SPDX-License-Identifier: GPL-3.0-or-later */
/* by_hand.c -- how near the engine comes to a loop written by hand for the one network.
 *
 * Usage: backstep-bench-by-hand [W1 ... W7]
 * Both train in turns; printed are the medians, "W1 by-hand VALUE UNIT" and "W1 share VALUE", how
 * much of the loop's speed the engine has. Fails where the loop does not come to the loss that the
 * workload has to come to. */
#include "by_hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N_ROUNDS = 9 };

static const struct by_hand *const all[] = {&by_hand_w1, &by_hand_w2, &by_hand_w3, &by_hand_w4,
					    &by_hand_w5, &by_hand_w6, &by_hand_w7};

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

static double median(double *values)
{
	qsort(values, N_ROUNDS, sizeof *values, compare);
	return values[N_ROUNDS / 2];
}

/* Trains as far as the workload's loss is known; whether it comes out. */
static bool agrees(const struct by_hand *by_hand, const struct workload_row *row)
{
	by_hand->train(row->n_check - row->n_mean);
	double loss = by_hand->train(row->n_mean), right = row->loss_to_reproduce;
	if (getenv("CHECK"))
		fprintf(stderr, "%s by hand %.12g, of %.12g\n", row->name, loss, right);
	return fabs(loss - right) <= 1e-9 * right;
}

static int measure(const struct by_hand *by_hand, const struct workload_row *row)
{
	struct workload workload;
	double rates[N_ROUNDS], shares[N_ROUNDS];
	if (workload_start(&workload, row)) {
		fprintf(stderr, "backstep-bench-by-hand: out of memory\n");
		return 1;
	}
	by_hand->start(&workload);
	if (!agrees(by_hand, row)) {
		fprintf(stderr, "backstep-bench-by-hand: %s has another loss\n", row->name);
		return 1;
	}
	workload_train(&workload, row->n_check);
	for (size_t round = 0; round < N_ROUNDS; round++) {
		double start = seconds();
		by_hand->train(row->n_timed);
		double middle = seconds();
		workload_train(&workload, row->n_timed);
		double end = seconds();
		rates[round] = (double)(row->n_timed * row->units_per_update) / (middle - start);
		shares[round] = (middle - start) / (end - middle);
	}
	printf("%s by-hand %.6g %s\n", row->name, median(rates), row->unit);
	printf("%s share %.3f\n", row->name, median(shares));
	fflush(stdout);
	workload_free(&workload);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = 0;
	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		bool wanted = argc == 1;
		for (int i = 1; i < argc; i++)
			wanted = wanted || strcmp(argv[i], all[k]->workload) == 0;
		if (wanted)
			failed |= measure(all[k], workload_find(all[k]->workload));
	}
	return failed;
}
