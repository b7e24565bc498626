/* SPDX-License-Identifier: GPL-3.0-or-later */
/* leaf.h -- which number a leaf of a step's rule stands for. Private to trace/. */
#ifndef BACKSTEP_TRACE_LEAF_H
#define BACKSTEP_TRACE_LEAF_H

#include "backstep/trace/value.h"

/* Whether it stands for a number that has a name: a symbol or a derivative, no setting. */
bool leaf_is_named(const struct formula *f);
/* What a symbol or a derivative names at a place. Errors: as ref_parse. */
enum status leaf_read(const struct stepper *stepper, const struct place *here,
		      const struct formula *leaf, struct ref *ref);

#endif
