/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variant.h -- the kernels of one instruction set; each kernels_NAME.c includes it once, after
 * defining
 *   KERNELS       the table to define, and VARIANT_NAME, its name
 *   LANES         doubles in a vector register: 2, 4 or 8 (wider types than the registers are
 *                 lowered to memory and cost 20 times as much)
 *   TALL          rows of the largest tile, 4 or 8: TALL * 2 vectors of sums stay in registers
 * The flags of that file, not this text, choose the instructions; without optimisation the
 * results are the same, but the tiles live in memory. */
#include "backstep/base/real.h"
#include "../../paths.h"
#include "../../numbers.h"
#include "../fused.h"
#include "row.h"
#include "variants.h"

/* A loop whose trip count, small, is a constant once inlined: unrolled at any level. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif
#define FOR_EACH(i, n) UNROLL for (size_t i = 0; i < (n); i++)

/* Vectors that may stand at any double. Only those of at most LANES are ever executed. */
#define VECTOR(lanes) __attribute__((vector_size(8 * (lanes)), aligned(8), may_alias))
typedef double wide VECTOR(LANES);
typedef double quad VECTOR(4);
typedef kernels_pair pair;
typedef double one;

#include "product.h"
#include "gradient.h"

/* Adding 1 to an exponent of which all bits are set, as infinity and NaN have, carries into the
 * sign. */
INLINE uint64_t carry(double x)
{
	return (real_bits(x) & 0x7ff0000000000000) + 0x0010000000000000;
}

static bool all_finite(size_t n, const double *x)
{
	uint64_t carried = 0;
	for (size_t k = 0; k < n; k++)
		carried |= carry(x[k]);
	return carried >> 63 == 0;
}

static double sum(size_t n, const double *x)
{
	enum { SUMS = NUMBERS_IN_SUM };
	double sums[SUMS] = {0.0}, sum = 0.0;
	size_t k = 0;
	for (; k + SUMS <= n; k += SUMS)
		FOR_EACH (s, SUMS)
			sums[s] += x[k + s];
	if (k > 0)
		sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
		      ((sums[4] + sums[5]) + (sums[6] + sums[7]));
	for (; k < n; k++)
		sum += x[k];
	return sum;
}

/* By a power of 2 the product has the bits of the quotient, in a tenth of the time. */
static void divide(size_t n, double by, double *x)
{
	const double share = 1.0 / by;
	if ((real_bits(by) & 0x000fffffffffffff) == 0)
		for (size_t k = 0; k < n; k++)
			x[k] *= share;
	else
		for (size_t k = 0; k < n; k++)
			x[k] /= by;
}

#include "linear.h"
#include "reductions.h"
#include "softmax.h"

/* A node's elements as runs of neighbours: run k begins at k * stride. */
struct runs {
	size_t count, length;
};
static inline struct runs runs_of(const struct node *node)
{
	if (node->cols == node->stride)
		return (struct runs){1, node->rows * node->cols};
	return (struct runs){node->rows, node->cols};
}

#include "units.h"
#include "pages.h"

static const struct optimizer_class *const optimizers[] = {
#define OPTIMIZER(name) &ROW(optimizer_##name),
#include "backstep/engine/optimizer_list.h"
#undef OPTIMIZER
    NULL,
};

const struct kernels KERNELS = {
    .name = VARIANT_NAME,
    .product = product,
    .gradient = gradient,
    .transpose = transpose,
    .all_finite = all_finite,
    .sum = sum,
    .divide = divide,
    .ops = ops,
    .optimizers = optimizers,
};
