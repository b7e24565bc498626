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

#endif
