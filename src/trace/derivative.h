/* SPDX-License-Identifier: GPL-3.0-or-later */
/* derivative.h -- derivatives of any unit by any unit or parameter. Private to trace/. */
#ifndef BACKSTEP_TRACE_DERIVATIVE_H
#define BACKSTEP_TRACE_DERIVATIVE_H

#include "backstep/trace/value.h"

/* Whether the factor is the local partial that ref names. */
bool derivative_is_of(const struct ref *ref, const struct link *link);
/* Whether the unit reads what it is derived by itself; *value gets the sum of the local partials of
 * all places where it does. ref: of, and wrt or param. */
bool derivative_local(const struct ref *ref, double *value);
/* What it is worked out from: the local partials by all that the unit reads, each times the
 * derivative of that by ref's other end (ref_print names it); a local partial by itself. NULL on
 * lack of memory. */
struct formula *derivative_rule(const struct plan *plan, const struct ref *ref,
				struct arena *arena);
/* The sum over all paths from the one to the other, each the product of its factors from the left;
 * 0 where there is none; NaN on lack of memory. */
double derivative_total(const struct plan *plan, const struct ref *ref);

#endif
