/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks_private.h -- what the makers of networks share. */
#ifndef BACKSTEP_TESTS_NETWORKS_PRIVATE_H
#define BACKSTEP_TESTS_NETWORKS_PRIVATE_H

#include "backstep/base/random.h"
#include "networks.h"

/* An empty model and room for data. Whoever fails after it calls network_free. */
enum status network_begin(struct network *net, size_t n_inputs, size_t n_targets, size_t n_rows,
			  size_t batch);
/* The loss on top, the numbers allocated, the optimizer with its initial settings. */
enum status network_end(struct network *net, const char *loss, enum reduction over,
			const char *optimizer);

/* Between lo and hi; and true once in n. */
static inline double random_between(struct random *r, double lo, double hi)
{
	return lo + (hi - lo) * random_uniform(r);
}

static inline bool one_in(struct random *r, size_t n)
{
	return random_below(r, n) == 0;
}

/* Out of the tests' own lists: an activation, or NULL for none; an op of graphs; a loss. */
const struct op *random_activation(struct random *r);
const struct op *random_gate(struct random *r);
const struct loss_class *random_loss(struct random *r);

#endif
