/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gather.h -- what gates of vectors and matrices share. Private to ops/. */
#ifndef BACKSTEP_ENGINE_GATHER_H
#define BACKSTEP_ENGINE_GATHER_H

#include "elementwise.h"

/* Whether an input is a vector: data, or a parameter of one column. */
bool gather_is_vector(const struct node *in);
/* All of an input: of a parameter the same for every example. */
struct range gather_all(const struct node *in, size_t example);
/* Every input's gradient gets upstream times partial. */
void gather_backward(struct node *node);

#endif
