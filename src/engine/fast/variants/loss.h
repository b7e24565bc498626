/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loss.h -- template: the loops of a loss OP; and some of its terms, as part of the passes of the
 * small layer before. */
#include "pair.h"

static pair NAME(terms)(const struct fused_loss *loss, size_t e, size_t n, pair p, pair slope)
{
	const size_t other = e + n - 1, examples = loss->n_examples - 1; /* 0, or 3: a mask */
	const double *a = loss->attributes;
	const pair t = {loss->t[e], loss->t[other]};
	const pair y = {NAME(value)(p[0], t[0], a), NAME(value)(p[1], t[1], a)};
	const pair by_p = {NAME(slope)(p[0], t[0], y[0], a, 0),
			   NAME(slope)(p[1], t[1], y[1], a, 0)};
	const pair by_t = {NAME(slope)(p[0], t[0], y[0], a, 1),
			   NAME(slope)(p[1], t[1], y[1], a, 1)};
	const pair dy =
	    loss->share * (pair){loss->dtotal[e & examples], loss->dtotal[other & examples]};
	const pair dp = dy * by_p;
	put_pair(loss->terms + e, y, n);
	put_pair(loss->dterms + e, dy, n);
	put_pair(loss->dp + e, dp, n);
	if (loss->dt)
		put_pair(loss->dt + e, dy * by_t, n);
	return dp * slope;
}
#undef OP
