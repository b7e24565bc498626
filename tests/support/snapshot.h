/* SPDX-License-Identifier: GPL-3.0-or-later */
/* snapshot.h -- every number of a walk at one moment, to be compared bit for bit. */
#ifndef BACKSTEP_TESTS_SNAPSHOT_H
#define BACKSTEP_TESTS_SNAPSHOT_H

#include "backstep/trace/stepper.h"

/* theta, grad, next, the loss, the settings, values and gradients of every node, the position.
 * Owns: bytes. */
struct snapshot {
	unsigned char *bytes;
	size_t size;
};

/* false on lack of memory. */
bool snapshot_take(struct snapshot *snapshot, const struct stepper *stepper);
bool snapshot_equal(const struct snapshot *a, const struct snapshot *b);
void snapshot_free(struct snapshot *snapshot);

#endif
