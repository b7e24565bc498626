/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unknown.h -- what a file names and no registry has. */
#ifndef BACKSTEP_TEXT_UNKNOWN_H
#define BACKSTEP_TEXT_UNKNOWN_H

#include "backstep/base/status.h"

/* Says that name is not one of the candidates (what: their kind), and which they are. next gives
 * candidate i, NULL at the end. */
void error_unknown(struct error *err, const char *what, const char *name,
		   const char *(*next)(void *ctx, size_t i));

#endif
