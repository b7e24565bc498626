/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_kernels.c -- how long the kernels take on the shapes that training meets, per variant, and
 * how many times as fast as the plain loops they are. Usage: backstep-bench-kernels */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../src/engine/fast/kernels.h"
#include "support/plain.h"

/* Where the arrays of a shape lie: enough for 128 x 784 x 1372. */
enum { ROOM = 1 << 21 };
static double *a, *b, *c, *bias;

struct shape {
	size_t units, inputs, examples;
};

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef void work(const struct kernels *kernels, struct shape s);

/* The least of several measurements, in seconds per call. */
static double measure(work *f, const struct kernels *kernels, struct shape s)
{
	double best = 1e9;
	size_t calls = 1;
	for (int round = 0; round < 12; round++) {
		double start = seconds();
		for (size_t k = 0; k < calls; k++)
			f(kernels, s);
		double time = seconds() - start;
		if (time < 2e-3 && round == 0) {
			calls *= 2;
			round = -1;
			continue;
		}
		if (time / (double)calls < best)
			best = time / (double)calls;
	}
	return best;
}

static struct product forward_of(struct shape s)
{
	return (struct product){.rows = s.units,
				.cols = s.examples,
				.inner = s.inputs,
				.a = a,
				.a_row = s.inputs,
				.a_col = 1,
				.b = b,
				.b_row = s.examples,
				.bias = bias,
				.bias_row = 1,
				.c = c,
				.c_row = s.examples};
}

/* kernels NULL: the plain loops. */
static void forward(const struct kernels *kernels, struct shape s)
{
	struct product p = forward_of(s);
	if (kernels)
		kernels->product(&p);
	else
		plain_product(&p);
}

/* What the inputs receive: the transposed weights times the gradients of the units. */
static void backward(const struct kernels *kernels, struct shape s)
{
	struct product p = {.rows = s.inputs,
			    .cols = s.examples,
			    .inner = s.units,
			    .a = a,
			    .a_row = 1,
			    .a_col = s.inputs,
			    .b = b,
			    .b_row = s.examples,
			    .c = c,
			    .c_row = s.examples};
	if (kernels)
		kernels->product(&p);
	else
		plain_product(&p);
}

static void weights(const struct kernels *kernels, struct shape s)
{
	struct gradient g = {.units = s.units,
			     .inputs = s.inputs,
			     .examples = s.examples,
			     .d = b,
			     .d_row = s.examples,
			     .x = a,
			     .x_row = s.examples,
			     .w = c,
			     .w_row = s.inputs,
			     .b = bias};
	if (kernels)
		kernels->gradient(&g);
	else
		plain_gradient(&g);
}

static void compare(const char *what, work *f, struct shape s, double operations)
{
	double plain = measure(f, NULL, s);
	printf("%-8s %4zux%zux%zu: plain %.3g GFLOP/s", what, s.units, s.inputs, s.examples,
	       operations / plain * 1e-9);
	for (const struct kernels *const *k = kernels_all(); *k; k++) {
		double time = measure(f, *k, s);
		printf(", %s %.3g (%.1f x)", (*k)->name, operations / time * 1e-9, plain / time);
	}
	printf("\n");
}

int main(void)
{
	static const struct shape shapes[] = {
	    {2, 2, 1},    {2, 2, 4},     {5, 4, 8},      {5, 4, 1372},  {1, 5, 1372},
	    {16, 16, 32}, {10, 128, 32}, {128, 784, 32}, {128, 784, 4}, {128, 784, 1}};
	double **all[] = {&a, &b, &c, &bias};
	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		*all[k] = malloc(ROOM * sizeof **all[k]);
		if (!*all[k])
			return 1;
		for (size_t i = 0; i < ROOM; i++)
			(*all[k])[i] = (double)(i * 7919 % 1000) / 250.0 - 2.0;
	}
	for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
		struct shape s = shapes[k];
		double operations = 2.0 * (double)(s.units * s.inputs * s.examples);
		compare("forward", forward, s, operations);
		compare("backward", backward, s, operations);
		compare("weights", weights, s, operations);
	}
	for (size_t k = 0; k < sizeof all / sizeof *all; k++)
		free(*all[k]);
	return 0;
}
