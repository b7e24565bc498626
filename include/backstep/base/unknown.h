/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unknown.h -- what to say of a name that is none of those that are known. */
#ifndef BACKSTEP_BASE_UNKNOWN_H
#define BACKSTEP_BASE_UNKNOWN_H

#include "backstep/base/status.h"

/* Says that name is not one of the candidates (what: their kind), and which they are. next gives
 * candidate i, NULL at the end. */
void error_unknown(struct error *err, const char *what, const char *name,
		   const char *(*next)(void *ctx, size_t i));
/* Only what to do instead: the nearest candidate, or the list of all. err may be NULL. */
void error_hint_known(struct error *err, const char *name, const char *(*next)(void *ctx, size_t i),
		      void *ctx);

#endif
