/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variant.h -- the kernels of one instruction set; each kernels_NAME.c includes it once, after
 * defining
 *   VARIANT       the table to define, and VARIANT_NAME, its name
 *   LANES         doubles in a vector register: 2, 4 or 8 (wider types than the registers are
 *                 lowered to memory and cost 20 times as much)
 *   TALL          rows of the largest tile, 4 or 8: TALL * 2 vectors of sums stay in registers
 * The flags of that file, not this text, choose the instructions; without optimisation the
 * results are the same, but the tiles live in memory. */
#include "../ops/few.h"
#include "variants.h"

/* A loop whose trip count, small, is a constant once inlined: unrolled at any level. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif
#define EACH(i, n) UNROLL for (size_t i = 0; i < (n); i++)

/* Vectors that may stand at any double. Only those of at most LANES are ever executed. */
#define VECTOR(lanes) __attribute__((vector_size(8 * (lanes)), aligned(8), may_alias))
typedef double wide VECTOR(LANES);
typedef double quad VECTOR(4);
typedef kernels_pair pair;
typedef double one;

#include "variant_product.h"
#include "variant_gradient.h"

#define UNARY(name, value, slope)                                                                 \
	static void name##_forward(size_t n, const double *restrict x, double *restrict y)        \
	{                                                                                         \
		for (size_t i = 0; i < n; i++)                                                    \
			y[i] = unary_##name##_value(x[i]);                                        \
	}                                                                                         \
	static void name##_backward(size_t n, const double *restrict x, const double *restrict y, \
				    const double *restrict dy, double *restrict dx, bool add)     \
	{                                                                                         \
		(void)x, (void)y;                                                                 \
		if (add)                                                                          \
			for (size_t i = 0; i < n; i++)                                            \
				dx[i] += dy[i] * unary_##name##_slope(x[i], y[i]);                \
		else                                                                              \
			for (size_t i = 0; i < n; i++)                                            \
				dx[i] = dy[i] * unary_##name##_slope(x[i], y[i]);                 \
	}
#include "backstep/engine/unary_list.h"
#undef UNARY

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
	enum { SUMS = KERNELS_SMALL_SUM };
	double sums[SUMS] = {0.0}, sum = 0.0;
	size_t k = 0;
	for (; k + SUMS <= n; k += SUMS)
		EACH(s, SUMS)
	sums[s] += x[k + s];
	if (k > 0)
		sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
		      ((sums[4] + sums[5]) + (sums[6] + sums[7]));
	for (; k < n; k++)
		sum += x[k];
	return sum;
}

#define LOSS(name, value, slope_p, slope_t)                                                   \
	static void loss_##name##_forward(size_t n, const double *restrict p,                 \
					  const double *restrict t, const double *restrict a, \
					  double *restrict e)                                 \
	{                                                                                     \
		for (size_t i = 0; i < n; i++)                                                \
			e[i] = loss_##name##_value(p[i], t[i], a);                            \
	}                                                                                     \
	INLINE void loss_##name##_spread(size_t n, const double *restrict p,                  \
					 const double *restrict t, const double *restrict a,  \
					 const double *restrict de, double *restrict d,       \
					 size_t slot, bool add)                               \
	{                                                                                     \
		for (size_t i = 0; i < n; i++) {                                              \
			double part = de[i] * loss_##name##_slope(p[i], t[i], a, slot);       \
			d[i] = add ? d[i] + part : part;                                      \
		}                                                                             \
	}                                                                                     \
	static void loss_##name##_backward(size_t n, const double *p, const double *t,        \
					   const double *a, const double *de, double *d,      \
					   size_t slot, bool add)                             \
	{                                                                                     \
		if (slot == 0 && !add)                                                        \
			loss_##name##_spread(n, p, t, a, de, d, 0, false);                    \
		else                                                                          \
			loss_##name##_spread(n, p, t, a, de, d, slot, add);                   \
	}                                                                                     \
	FEW_LOSS(loss_##name)
#include "backstep/engine/loss_list.h"
#undef LOSS

FEW_LAYER(identity, x, 1.0)
#define UNARY(name, value, slope) \
	FEW_LAYER(name, unary_##name##_value(x), unary_##name##_slope(x, y))
#include "backstep/engine/unary_list.h"
#undef UNARY

static bool descend(size_t n, double rate, const double *restrict g, double *restrict w)
{
	uint64_t carried = 0;
	for (size_t k = 0; k < n; k++) {
		w[k] -= rate * g[k];
		carried |= carry(w[k]);
	}
	return carried >> 63 == 0;
}

const struct kernels VARIANT = {
    .name = VARIANT_NAME,
    .product = product,
    .gradient = gradient,
    .transpose = transpose,
    .all_finite = all_finite,
    .descend = descend,
    .sum = sum,
    .few_identity = &identity_few_passes,
#define LOSS(name, value, slope_p, slope_t) \
	.loss_##name = {loss_##name##_forward, loss_##name##_backward, &loss_##name##_few_passes},
#include "backstep/engine/loss_list.h"
#undef LOSS
#define UNARY(name, value, slope) .name = {name##_forward, name##_backward, &name##_few_passes},
#include "backstep/engine/unary_list.h"
#undef UNARY
};
