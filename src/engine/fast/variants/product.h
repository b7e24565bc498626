/* SPDX-License-Identifier: GPL-3.0-or-later */
/* product.h -- the product of two matrices, and sums of rows; part of variant.h.
 *
 * The result is computed in tiles whose sums stay in registers while k runs, so each element's
 * sum has the order of the plain loop. Tiles cover the matrix exactly: nothing outside it is
 * read or written. */

enum {
	BLOCK = 64,                 /* columns of b that all rows of a pass over at a time */
	COLUMN = LANES < 4 ? 2 : 4, /* rows in a vector where there is one column */
	COLUMN_GROUPS = 4
};

#define OP wide
#define OP_LANES LANES
#include "tile.h"
#define OP quad
#define OP_LANES 4
#include "tile.h"
#define OP pair
#define OP_LANES 2
#include "tile.h"
#define OP one
#define OP_LANES 1
#include "tile.h"

/* Columns j to end of a few rows. */
INLINE void strip(const struct product *p, size_t i, size_t j, size_t end, size_t rows)
{
	for (; rows == 1 && end - j >= 4 * LANES; j += 4 * LANES)
		wide_tile(p, i, j, rows, 4);
	for (; end - j >= 2 * LANES; j += 2 * LANES)
		wide_tile(p, i, j, rows, 2);
	if (end - j >= LANES) {
		wide_tile(p, i, j, rows, 1);
		j += LANES;
	}
	if (LANES > 4 && end - j >= 4) {
		quad_tile(p, i, j, rows, 1);
		j += 4;
	}
	if (LANES > 2 && end - j >= 2) {
		pair_tile(p, i, j, rows, 1);
		j += 2;
	}
	if (end > j)
		one_tile(p, i, j, rows, 1);
}

/* Rows first and below, of columns j to end. */
static void strips(const struct product *p, size_t first, size_t j, size_t end)
{
	size_t i = first;
	for (; p->rows - i >= TALL; i += TALL)
		strip(p, i, j, end, TALL);
	/* Fewer at once, not one after another: a row alone waits for its own additions. */
	switch (p->rows - i) {
#if TALL > 4
	case 7:
		strip(p, i, j, end, 7);
		break;
	case 6:
		strip(p, i, j, end, 6);
		break;
	case 5:
		strip(p, i, j, end, 5);
		break;
	case 4:
		strip(p, i, j, end, 4);
		break;
#endif
	case 3:
		strip(p, i, j, end, 3);
		break;
	case 2:
		strip(p, i, j, end, 2);
		break;
	case 1:
		strip(p, i, j, end, 1);
		break;
	}
}

/* Elements k and k + 1 of COLUMN rows, each as a vector. */
#if LANES < 4
typedef pair rows_vector;
INLINE void load_rows(const double *const *rows, size_t k, rows_vector *even, rows_vector *odd)
{
	pair r0 = *(const pair *)(rows[0] + k), r1 = *(const pair *)(rows[1] + k);
	*even = __builtin_shufflevector(r0, r1, 0, 2);
	*odd = __builtin_shufflevector(r0, r1, 1, 3);
}
#else
typedef quad rows_vector;
INLINE void load_rows(const double *const *rows, size_t k, rows_vector *even, rows_vector *odd)
{
	pair r0 = *(const pair *)(rows[0] + k), r1 = *(const pair *)(rows[1] + k);
	pair r2 = *(const pair *)(rows[2] + k), r3 = *(const pair *)(rows[3] + k);
	quad r02 = __builtin_shufflevector(r0, r2, 0, 1, 2, 3);
	quad r13 = __builtin_shufflevector(r1, r3, 0, 1, 2, 3);
	*even = __builtin_shufflevector(r02, r13, 0, 4, 2, 6);
	*odd = __builtin_shufflevector(r02, r13, 1, 5, 3, 7);
}
#endif

static void transpose(size_t rows, size_t cols, const double *restrict from, size_t from_row,
		      double *restrict to, size_t to_row)
{
	size_t i = 0;
	if (cols == 1 && from_row == 1) {
		memcpy(to, from, rows * sizeof *to);
		return;
	}
	for (; i + COLUMN <= rows; i += COLUMN, from += COLUMN * from_row) {
		const double *row[COLUMN];
		FOR_EACH (r, COLUMN)
			row[r] = from + r * from_row;
		size_t j = 0;
		for (; j + 2 <= cols; j += 2) {
			rows_vector even, odd;
			load_rows(row, j, &even, &odd);
			*(rows_vector *)(to + j * to_row + i) = even;
			*(rows_vector *)(to + (j + 1) * to_row + i) = odd;
		}
		for (size_t r = 0; j < cols && r < COLUMN; r++)
			to[j * to_row + i + r] = from[r * from_row + j];
	}
	for (; i < rows; i++, from += from_row)
		for (size_t j = 0; j < cols; j++)
			to[j * to_row + i] = from[j];
}

/* groups * COLUMN rows of a product with one column, the rows of a being contiguous: the lanes
 * are rows, two columns of a at a time are transposed in registers. */
INLINE void column_tile(const struct product *p, size_t i, size_t groups)
{
	const double *a = p->a + i * p->a_row, *b = p->b;
	const size_t a_row = p->a_row, b_row = p->b_row;
	rows_vector sum[COLUMN_GROUPS];
	FOR_EACH (g, groups) {
		double start[COLUMN];
		for (size_t lane = 0; lane < COLUMN; lane++)
			start[lane] = p->add ? p->c[(i + g * COLUMN + lane) * p->c_row] : -0.0;
		sum[g] = *(const rows_vector *)start;
	}
	const double *row[COLUMN_GROUPS * COLUMN];
	FOR_EACH (r, groups * COLUMN)
		row[r] = a + r * a_row;
	size_t k = 0;
	for (; k + 2 <= p->inner; k += 2, b += 2 * b_row)
		FOR_EACH (g, groups) {
			rows_vector even, odd;
			load_rows(row + g * COLUMN, k, &even, &odd);
			sum[g] += even * b[0];
			sum[g] += odd * b[b_row];
		}
	FOR_EACH (g, groups)
		FOR_EACH (lane, COLUMN) {
			size_t r = g * COLUMN + lane;
			double total = sum[g][lane];
			if (k < p->inner)
				total += a[r * a_row + k] * b[0];
			if (p->bias)
				total += p->bias[(i + r) * p->bias_row];
			p->c[(i + r) * p->c_row] = total;
		}
}

static void column(const struct product *p)
{
	size_t i = 0;
	for (; p->rows - i >= COLUMN_GROUPS * COLUMN; i += COLUMN_GROUPS * COLUMN)
		column_tile(p, i, COLUMN_GROUPS);
	for (; p->rows - i >= COLUMN; i += COLUMN)
		column_tile(p, i, 1);
	strips(p, i, 0, 1);
}

/* A product with one column, the columns of a being contiguous: the transposed product has the
 * same sums, and its columns are contiguous. */
static void turned(const struct product *p)
{
	struct product t = {.rows = 1,
			    .cols = p->rows,
			    .inner = p->inner,
			    .a = p->b,
			    .a_col = p->b_row,
			    .b = p->a,
			    .b_row = p->a_col,
			    .c = p->c,
			    .add = p->add};
	strip(&t, 0, 0, t.cols, 1);
}

/* One product per sum: writing takes the time, so row after row. */
static void outer(const struct product *p)
{
	const double *restrict b = p->b;
	for (size_t i = 0; i < p->rows; i++) {
		double *restrict c = p->c + i * p->c_row;
		const double a = p->a[i * p->a_row],
			     bias = p->bias ? p->bias[i * p->bias_row] : -0.0;
		if (p->add)
			for (size_t j = 0; j < p->cols; j++)
				c[j] = (c[j] + a * b[j]) + bias;
		else if (p->bias)
			for (size_t j = 0; j < p->cols; j++)
				c[j] = a * b[j] + bias;
		else
			for (size_t j = 0; j < p->cols; j++)
				c[j] = a * b[j];
	}
}

static void product(const struct product *p)
{
	if (p->cols == 1 && p->a_col == 1)
		column(p);
	else if (p->cols == 1 && p->a_row == 1 && p->c_row == 1 && !p->bias)
		turned(p);
	else if (p->inner == 1)
		outer(p);
	else
		for (size_t j = 0; j < p->cols; j += BLOCK)
			strips(p, 0, j, p->cols - j < BLOCK ? p->cols : j + BLOCK);
}

/* The product with a column of ones: multiplying by 1 changes no bit. */
static void row_sums(size_t rows, size_t cols, const double *x, size_t x_row, double *sum, bool add)
{
	const double unit = 1.0;
	product(&(struct product){.rows = rows,
				  .cols = 1,
				  .inner = cols,
				  .a = x,
				  .a_row = x_row,
				  .a_col = 1,
				  .b = &unit,
				  .c = sum,
				  .c_row = 1,
				  .add = add});
}
