/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variant.h -- the kernels of one instruction set; each kernels_NAME.c includes it once, after
 * defining
 *   VARIANT       the table to define, and VARIANT_NAME, its name
 *   LANES         doubles in a vector register: 2, 4 or 8 (wider types than the registers are
 *                 lowered to memory and cost 20 times as much)
 *   TALL          rows of the largest tile, 4 or 8: TALL * 2 vectors of sums stay in registers
 * The flags of that file, not this text, choose the instructions; without optimisation the
 * results are the same, but the tiles live in memory. */
#include "variants.h"

#define INLINE static inline __attribute__((always_inline))

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
typedef double pair VECTOR(2);
typedef double one;

#include "variant_product.h"
#include "variant_gradient.h"

#define UNARY(name, value, slope)                                                               \
	static void name##_forward(size_t n, const double *restrict x, double *restrict y)      \
	{                                                                                       \
		for (size_t i = 0; i < n; i++)                                                  \
			y[i] = unary_##name##_value(x[i]);                                      \
	}                                                                                       \
	static void name##_backward(size_t n, const double *restrict x,                         \
				    const double *restrict y, const double *restrict dy,        \
				    double *restrict dx, bool add)                              \
	{                                                                                       \
		(void)x, (void)y;                                                               \
		if (add)                                                                        \
			for (size_t i = 0; i < n; i++)                                          \
				dx[i] += dy[i] * unary_##name##_slope(x[i], y[i]);              \
		else                                                                            \
			for (size_t i = 0; i < n; i++)                                          \
				dx[i] = dy[i] * unary_##name##_slope(x[i], y[i]);               \
	}
#include "backstep/engine/unary_list.h"
#undef UNARY

static bool all_finite(size_t n, const double *x)
{
	return kernels_plain_all_finite(n, x);
}

const struct kernels VARIANT = {
	.name = VARIANT_NAME,
	.product = product,
	.gradient = gradient,
	.transpose = transpose,
	.all_finite = all_finite,
#define UNARY(name, value, slope) .name = {name##_forward, name##_backward},
#include "backstep/engine/unary_list.h"
#undef UNARY
};
