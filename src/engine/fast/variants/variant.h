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
#include "linear.h"
#include "reductions.h"
#include "softmax.h"
#include "descend.h"

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
    .descend = descend,
    .ops = ops,
    .optimizers = optimizers,
};
