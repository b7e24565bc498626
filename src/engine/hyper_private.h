/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hyper_private.h -- numbers that the user sets, started and set. Private to engine/. */
#ifndef BACKSTEP_ENGINE_HYPER_PRIVATE_H
#define BACKSTEP_ENGINE_HYPER_PRIVATE_H

#include "backstep/base/status.h"
#include "backstep/engine/hyper.h"

/* values [n] = the usual ones. */
void hypers_start(const struct hyper *rows, size_t n, double *values);
/* *value = number. Errors: STATUS_BAD_INPUT where the row does not allow it, of what messages call
 * name. */
enum status hyper_set(const struct hyper *row, const char *name, double number, double *value,
		      struct error *err);

#endif
