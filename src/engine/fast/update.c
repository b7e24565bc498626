/* SPDX-License-Identifier: GPL-3.0-or-later */
/* update.c -- an optimizer's loops for the processor in use, and one that looks at its numbers
 * while it computes them. */
#include "../numbers.h"
#include "kernels.h"
#include "plan.h"

enum { RATE };
/* Below so many numbers a loop in place is faster than a call (measured); one that looks at numbers
 * just written, one by one, would have to wait before it could load them as vectors. */
enum { FEW = 24 };

/* Small layers leave their gradients in pairs. */
static bool descend_few(size_t n, double rate, const double *restrict g, double *restrict w)
{
	kernels_pair sums = {0.0, 0.0};
	size_t p = 0;
	for (; p + 2 <= n; p += 2) {
		kernels_pair next =
		    *(kernels_pair *)(w + p) - rate * *(const kernels_pair *)(g + p);
		*(kernels_pair *)(w + p) = next;
		sums += next;
	}
	double sum = sums[0] + sums[1];
	if (p < n) {
		w[p] -= rate * g[p];
		sum += w[p];
	}
	return sum - sum == 0.0 || numbers_many_are_finite(n, w);
}

static __attribute__((noinline)) bool descend_many(size_t n, double rate, const double *g,
						   double *w)
{
	return kernels_current()->descend(n, rate, g, w);
}

/* w - rate * g: not finite where g is not. */
static bool gd_update(const struct optimizer *optimizer, const struct update *u)
{
	const double rate = optimizer->hypers[RATE], *g = u->signal + u->lo;
	const size_t n = u->hi - u->lo;
	double *w = u->theta + u->lo;
	return n < FEW ? descend_few(n, rate, g, w) : descend_many(n, rate, g, w);
}

fast_checked_update *fast_find_checked_update(const struct optimizer *optimizer)
{
	return fast_is_on() && optimizer->class == &optimizer_gd ? gd_update : NULL;
}

fast_update *fast_find_update(const struct optimizer *optimizer)
{
	for (size_t k = 0; fast_is_on() && optimizer_registry[k]; k++)
		if (optimizer_registry[k] == optimizer->class)
			return kernels_current()->optimizers[k]->update;
	return optimizer->class->update;
}
