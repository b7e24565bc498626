/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loss.h -- template: the passes of a loss OP of a few outputs together with their total. */
#include "names.h"

INLINE void NAME(terms_forward)(const struct fused_loss *loss, size_t first, size_t size,
				size_t n_examples, double *total)
{
	const double *p = loss->p + first, *t = loss->t + first;
	double term[4];
	SMALL_VECTOR (e, size)
		term[e] = NAME(value)(p[e], t[e], loss->attributes);
	put(loss->terms + first, term, size);
	SMALL_EACH (e, 0, size)
		total[e % n_examples] += term[e];
}

/* Of one example two terms at once. */
INLINE void NAME(loss_forward)(const struct fused_loss *loss, size_t n_examples)
{
	double total[4] = {-0.0, -0.0, -0.0, -0.0};
	const size_t n = loss->n_outputs * n_examples;
	size_t e = 0;
	for (; n_examples == 1 && e + 2 <= n; e += 2)
		NAME(terms_forward)(loss, e, 2, n_examples, total);
	for (; e < n; e += n_examples)
		NAME(terms_forward)(loss, e, n_examples, n_examples, total);
	if (loss->total)
		SMALL_EACH (k, 0, n_examples)
			loss->total[k] = total[k] * loss->share;
}

INLINE void NAME(terms_backward)(const struct fused_loss *loss, size_t first, size_t size,
				 size_t n_examples)
{
	const double *p = loss->p + first, *t = loss->t + first, *y = loss->terms + first;
	double d[4], dp[4];
	SMALL_VECTOR (e, size)
		d[e] = loss->dtotal[n_examples == 1 ? 0 : e] * loss->share;
	SMALL_VECTOR (e, size)
		dp[e] = d[e] * NAME(slope)(p[e], t[e], y[e], loss->attributes, 0);
	put(loss->dterms + first, d, size);
	put(loss->dp + first, dp, size);
	for (size_t e = 0; e < size && loss->dt; e++)
		loss->dt[first + e] = d[e] * NAME(slope)(p[e], t[e], y[e], loss->attributes, 1);
}

INLINE void NAME(loss_backward)(const struct fused_loss *loss, size_t n_examples)
{
	const size_t n = loss->n_outputs * n_examples;
	size_t e = 0;
	for (; n_examples == 1 && e + 2 <= n; e += 2)
		NAME(terms_backward)(loss, e, 2, n_examples);
	for (; e < n; e += n_examples)
		NAME(terms_backward)(loss, e, n_examples, n_examples);
}

/* What the plan calls: one example or four. */
static void NAME(loss_forward_1)(const struct fast_step *step)
{
	NAME(loss_forward)(&step->fused->loss, 1);
}
static void NAME(loss_forward_4)(const struct fast_step *step)
{
	NAME(loss_forward)(&step->fused->loss, 4);
}
static void NAME(loss_backward_1)(const struct fast_step *step)
{
	NAME(loss_backward)(&step->fused->loss, 1);
}
static void NAME(loss_backward_4)(const struct fast_step *step)
{
	NAME(loss_backward)(&step->fused->loss, 4);
}

static const struct fused_passes NAME(fused) = {
    .forward = {{NAME(loss_forward_1), NAME(loss_forward_4)},
		{NAME(loss_forward_1), NAME(loss_forward_4)}},
    .backward = {{NAME(loss_backward_1), NAME(loss_backward_4)},
		 {NAME(loss_backward_1), NAME(loss_backward_4)}},
};
