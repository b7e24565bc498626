/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unknown.h -- what to say of a name that is none of those that are known. */
#ifndef BACKSTEP_BASE_UNKNOWN_H
#define BACKSTEP_BASE_UNKNOWN_H

#include <stdbool.h>

#include "backstep/base/status.h"

/* Says that name is not one of the candidates (what: their kind), and which they are. next gives
 * candidate i, NULL at the end. */
void error_unknown(struct error *err, const char *what, const char *name,
		   const char *(*next)(void *ctx, size_t i));
/* The hint that names the nearest candidate; false: none is near, and err is as it was. In all
 * of these err may be NULL. */
bool error_hint_nearest(struct error *err, const char *name,
			const char *(*next)(void *ctx, size_t i), void *ctx);
/* That value is none of the words that what may be, and which they are; false: it is one, number
 * *which. */
bool error_no_choice(struct error *err, const char *what, const char *value,
		     const char *(*next)(void *ctx, size_t i), void *ctx, size_t *which);
/* The hint that lists all candidates to choose from. */
void error_hint_choice(struct error *err, const char *(*next)(void *ctx, size_t i), void *ctx);
/* Only what to do instead: the nearest candidate, or the list of all. */
void error_hint_known(struct error *err, const char *name, const char *(*next)(void *ctx, size_t i),
		      void *ctx);

#endif
