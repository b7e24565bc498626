/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_fast_kernels.c -- every variant gives, bit for bit, what loops written as the textbook
 * writes them give, for shapes of all kinds, and touches nothing outside its matrices. */
#include <stdlib.h>
#include <string.h>

#include "../../src/engine/fast/kernels.h"
#include "../../src/engine/fast/plan.h"
#include "../../src/engine/numbers.h"
#include "backstep/base/real.h"
#include "check.h"
#include "support/plain.h"

static uint64_t state;

static uint64_t random_bits(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1d;
}

static size_t random_below(size_t n)
{
	return (size_t)(random_bits() % n);
}

/* Of many magnitudes, so that the order of a sum shows; now and then 0 or -0. */
static double random_number(void)
{
	static const double scales[] = {1.0, 1e-3, 1e3, 1e-8, 0.0, -0.0};
	double x = (double)(random_bits() >> 11) * 0x1p-52 - 1.0;
	return x * scales[random_below(8) < 6 ? random_below(4) : 4 + random_below(2)];
}

/* Exactly as long as it is used, for a memory checker to see what goes beyond. */
static double *new_numbers(size_t n)
{
	double *numbers = malloc((n ? n : 1) * sizeof *numbers);
	assert_non_null(numbers);
	for (size_t i = 0; i < n; i++)
		numbers[i] = random_number();
	return numbers;
}

static double *copy_numbers(const double *from, size_t n)
{
	double *numbers = malloc((n ? n : 1) * sizeof *numbers);
	assert_non_null(numbers);
	memcpy(numbers, from, n * sizeof *numbers);
	return numbers;
}

/* Length of an array of rows, the last of which ends with its last element. */
static size_t length(size_t rows, size_t cols, size_t row)
{
	return rows && cols ? (rows - 1) * row + cols : 0;
}

/* The textbook: the first product, plus each further one, plus the bias. */
static void expect_product(const struct product *p, double *c)
{
	for (size_t i = 0; i < p->rows; i++)
		for (size_t j = 0; j < p->cols; j++) {
			const double *a = p->a + i * p->a_row;
			double sum = a[0] * p->b[j];
			if (p->add)
				sum = c[i * p->c_row + j] + a[0] * p->b[j];
			for (size_t k = 1; k < p->inner; k++)
				sum = sum + a[k * p->a_col] * p->b[k * p->b_row + j];
			c[i * p->c_row + j] = p->bias ? sum + p->bias[i * p->bias_row] : sum;
		}
}

static void check_product(struct product p, size_t gap)
{
	bool turned = random_below(2) == 0; /* a is the transpose of what lies in memory */
	size_t a_rows = turned ? p.inner : p.rows, a_cols = turned ? p.rows : p.inner;
	size_t a_row = a_cols + gap;
	p.a_row = turned ? 1 : a_row;
	p.a_col = turned ? a_row : 1;
	p.b_row = p.cols + gap;
	p.c_row = p.cols + gap;
	p.add = random_below(3) == 0;
	double *a = new_numbers(length(a_rows, a_cols, a_row));
	double *b = new_numbers(length(p.inner, p.cols, p.b_row));
	double *bias = new_numbers(p.rows);
	size_t n_c = length(p.rows, p.cols, p.c_row);
	double *start = new_numbers(n_c), *wanted = copy_numbers(start, n_c);
	p.a = a;
	p.b = b;
	p.bias = random_below(2) ? bias : NULL;
	p.bias_row = random_below(2);
	expect_product(&p, wanted);
	for (const struct kernels *const *k = kernels_all(); *k; k++) {
		p.c = copy_numbers(start, n_c);
		(*k)->product(&p);
		assert_memory_equal(p.c, wanted, n_c * sizeof *wanted);
		memcpy(p.c, start, n_c * sizeof *start);
		plain_product(&p);
		assert_memory_equal(p.c, wanted, n_c * sizeof *wanted);
		free(p.c);
	}
	free(a);
	free(b);
	free(bias);
	free(start);
	free(wanted);
}

static void test_product(void **context)
{
	(void)context;
	state = 1;
	for (size_t rows = 1; rows <= 19; rows++)
		for (size_t cols = 1; cols <= 35; cols++)
			check_product((struct product){.rows = rows,
						       .cols = cols,
						       .inner = 1 + random_below(6)},
				      random_below(3));
	for (size_t n = 0; n < 300; n++)
		check_product((struct product){.rows = 1 + random_below(40),
					       .cols = 1 + random_below(150),
					       .inner = 1 + random_below(70)},
			      random_below(9));
	/* One column: a matrix times a vector, both ways. */
	for (size_t n = 0; n < 300; n++)
		check_product((struct product){.rows = 1 + random_below(70),
					       .cols = 1,
					       .inner = 1 + random_below(40)},
			      random_below(3));
	check_product((struct product){.rows = 128, .cols = 32, .inner = 784}, 0);
	check_product((struct product){.rows = 5, .cols = 1372, .inner = 4}, 4);
}

static void expect_gradient(const struct gradient *g, double *w, double *b)
{
	for (size_t o = 0; o < g->units; o++) {
		const double *d = g->d + o * g->d_row;
		for (size_t k = 0; k < g->inputs; k++) {
			const double *x = g->x + k * g->x_row;
			double sum = d[0] * x[0];
			if (g->add)
				sum = w[o * g->w_row + k] + d[0] * x[0];
			for (size_t n = 1; n < g->examples; n++)
				sum = sum + d[n] * x[n];
			w[o * g->w_row + k] = sum;
		}
		double sum = g->add ? b[o] + d[0] : d[0];
		for (size_t n = 1; n < g->examples; n++)
			sum = sum + d[n];
		if (g->b)
			b[o] = sum;
	}
}

static void check_gradient(struct gradient g, size_t gap)
{
	g.d_row = g.examples + gap;
	g.x_row = g.examples + random_below(3);
	g.w_row = g.inputs + gap;
	g.add = random_below(3) == 0;
	bool bias = random_below(3) > 0;
	double *d = new_numbers(length(g.units, g.examples, g.d_row));
	double *x = new_numbers(length(g.inputs, g.examples, g.x_row));
	size_t n_w = length(g.units, g.inputs, g.w_row), n_b = g.units;
	double *start_w = new_numbers(n_w), *start_b = new_numbers(n_b);
	double *wanted_w = copy_numbers(start_w, n_w), *wanted_b = copy_numbers(start_b, n_b);
	double *w = copy_numbers(start_w, n_w), *b = copy_numbers(start_b, n_b);
	g.d = d;
	g.x = x;
	g.w = w;
	g.b = bias ? b : NULL;
	expect_gradient(&g, wanted_w, wanted_b);
	for (const struct kernels *const *k = kernels_all();; k++) {
		memcpy(w, start_w, n_w * sizeof *w);
		memcpy(b, start_b, n_b * sizeof *b);
		if (*k)
			(*k)->gradient(&g);
		else
			plain_gradient(&g);
		assert_memory_equal(w, wanted_w, n_w * sizeof *w);
		assert_memory_equal(b, wanted_b, n_b * sizeof *b);
		if (!*k)
			break;
	}
	double *const all[] = {d, x, start_w, start_b, wanted_w, wanted_b, w, b};
	for (size_t k = 0; k < sizeof all / sizeof *all; k++)
		free(all[k]);
}

static void test_gradient(void **context)
{
	(void)context;
	state = 2;
	for (size_t units = 1; units <= 11; units++)
		for (size_t inputs = 1; inputs <= 35; inputs++)
			check_gradient((struct gradient){.units = units,
							 .inputs = inputs,
							 .examples = 1 + random_below(10)},
				       random_below(3));
	/* Several chunks of examples, several blocks of units. */
	for (size_t n = 0; n < 200; n++)
		check_gradient((struct gradient){.units = 1 + random_below(80),
						 .inputs = 1 + random_below(40),
						 .examples = 1 + random_below(200)},
			       random_below(5));
	/* A unit alone, whose bias may fill the last lane. */
	for (size_t inputs = 1; inputs <= 9; inputs++)
		for (size_t examples = 62; examples <= 66; examples++)
			for (int n = 0; n < 6; n++)
				check_gradient((struct gradient){.units = 1,
								 .inputs = inputs,
								 .examples = examples},
					       random_below(3));
	check_gradient((struct gradient){.units = 12, .inputs = 784, .examples = 1}, 0);
	check_gradient((struct gradient){.units = 12, .inputs = 784, .examples = 32}, 0);
	check_gradient((struct gradient){.units = 5, .inputs = 4, .examples = 1372}, 4);
}

/* By hand: [1 2; 3 4] [5; 6] + [0.5; 0.25]. */
static void test_by_hand(void **context)
{
	(void)context;
	const double a[] = {1, 2, 3, 4}, b[] = {5, 6}, bias[] = {0.5, 0.25};
	double c[2], w[4], db[2];
	kernels_current()->product(&(struct product){.rows = 2,
						     .cols = 1,
						     .inner = 2,
						     .a = a,
						     .a_row = 2,
						     .a_col = 1,
						     .b = b,
						     .b_row = 1,
						     .bias = bias,
						     .bias_row = 1,
						     .c = c,
						     .c_row = 1});
	assert_same_bits(c[0], 17.5);
	assert_same_bits(c[1], 39.25);
	/* d = [1 2; 3 4] (two examples), x = [5 6; 0.5 0.25]. */
	const double x[] = {5, 6, 0.5, 0.25};
	kernels_current()->gradient(&(struct gradient){.units = 2,
						       .inputs = 2,
						       .examples = 2,
						       .d = a,
						       .d_row = 2,
						       .x = x,
						       .x_row = 2,
						       .w = w,
						       .w_row = 2,
						       .b = db});
	assert_same_bits(w[0], 17.0);
	assert_same_bits(w[1], 1.0);
	assert_same_bits(w[2], 39.0);
	assert_same_bits(w[3], 2.5);
	assert_same_bits(db[0], 3.0);
	assert_same_bits(db[1], 7.0);
}

/* By powers of 2 and by other numbers. */
static void test_divide(void **context)
{
	(void)context;
	state = 5;
	for (size_t n = 0; n < 70; n++) {
		double *start = new_numbers(n), *x = copy_numbers(start, n);
		double by = (double)(1 + random_below(64));
		numbers_divide(n, by, x);
		for (size_t i = 0; i < n; i++)
			assert_same_bits(x[i], start[i] / by);
		free(start);
		free(x);
	}
}

static void test_transpose(void **context)
{
	(void)context;
	state = 7;
	for (size_t n = 0; n < 300; n++) {
		size_t rows = 1 + random_below(20), cols = 1 + random_below(20);
		size_t to_row = rows + random_below(3), size = length(cols, rows, to_row);
		double *from = new_numbers(rows * cols), *to = new_numbers(size);
		double *start = copy_numbers(to, size);
		numbers_transpose(rows, cols, from, to, to_row);
		for (size_t e = 0; e < size; e++) {
			size_t i = e % to_row, j = e / to_row;
			assert_same_bits(to[e], i < rows ? from[i * cols + j] : start[e]);
		}
		free(from);
		free(to);
		free(start);
	}
}

/* Number k belongs to sum k mod 8, up to the last eight that are whole. */
static void test_sum(void **context)
{
	(void)context;
	state = 8;
	for (size_t n = NUMBERS_IN_SUM; n < 100; n++) {
		double *x = new_numbers(n), sums[8] = {0.0};
		for (size_t k = 0; k < n / 8 * 8; k++)
			sums[k % 8] += x[k];
		for (size_t half = 1; half < 8; half *= 2)
			for (size_t s = 0; s < 8; s += 2 * half)
				sums[s] += sums[s + half];
		for (size_t k = n / 8 * 8; k < n; k++)
			sums[0] += x[k];
		assert_same_bits(numbers_sum(n, x), sums[0]);
		free(x);
	}
}

/* The update that looks at its numbers, of few and of many. */
static void test_descent(void **context)
{
	(void)context;
	state = 9;
	struct optimizer gd;
	optimizer_init(&gd, &optimizer_gd);
	gd.hypers[0] = 0.3;
	for (const struct kernels *const *k = kernels_all(); *k; k++)
		for (size_t n = 1; n < 80; n++) {
			double *g = new_numbers(n), *start = new_numbers(n);
			double *w = copy_numbers(start, n);
			const struct update update = {.signal = g, .theta = w, .hi = n};
			assert_true(kernels_use((*k)->name));
			assert_true(fast_find_checked_update(&gd)(&gd, &update));
			for (size_t i = 0; i < n; i++)
				assert_same_bits(w[i], start[i] - 0.3 * g[i]);
			g[random_below(n)] = n % 2 ? HUGE_VAL : (double)NAN;
			assert_false(fast_find_checked_update(&gd)(&gd, &update));
			double *const all[] = {g, start, w};
			for (size_t i = 0; i < sizeof all / sizeof *all; i++)
				free(all[i]);
		}
	kernels_use(NULL);
}

/* Infinite numbers and NaN are seen wherever they are, and the largest numbers are none. */
static void test_all_finite(void **context)
{
	(void)context;
	state = 6;
	static const double bad[] = {HUGE_VAL, -HUGE_VAL, (double)NAN};
	for (size_t n = 1; n < 80; n++) {
		double *x = new_numbers(n);
		x[random_below(n)] = DBL_MAX;
		x[random_below(n)] = n % 2 ? DBL_MAX : -DBL_MAX; /* a sum may overflow */
		assert_true(numbers_are_finite(n, x));
		x[random_below(n)] = bad[n % 3];
		assert_false(numbers_are_finite(n, x));
		free(x);
	}
}

static void test_choice(void **context)
{
	(void)context;
	const struct kernels *const *all = kernels_all();
	assert_non_null(all[0]);
	for (size_t k = 0; all[k]; k++) {
		assert_true(kernels_use(all[k]->name));
		assert_ptr_equal(kernels_current(), all[k]);
	}
	assert_false(kernels_use("no such variant"));
	assert_true(kernels_use(NULL));
	size_t last = 0;
	while (all[last + 1])
		last++;
	assert_ptr_equal(kernels_current(), all[last]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_product),   cmocka_unit_test(test_gradient),
	    cmocka_unit_test(test_by_hand),   cmocka_unit_test(test_divide),
	    cmocka_unit_test(test_sum),       cmocka_unit_test(test_descent),
	    cmocka_unit_test(test_transpose), cmocka_unit_test(test_all_finite),
	    cmocka_unit_test(test_choice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
