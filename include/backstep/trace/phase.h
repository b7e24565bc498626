/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phase.h -- the four parts of an update, by name. */
#ifndef BACKSTEP_TRACE_PHASE_H
#define BACKSTEP_TRACE_PHASE_H

#include <stdbool.h>

enum phase { PHASE_FORWARD, PHASE_LOSS, PHASE_BACKWARD, PHASE_UPDATE, N_PHASES };

/* What scripts and the machine-readable trace call the phases. */
extern const char *const phase_names[N_PHASES];

/* The phase's name in the current language. */
const char *phase_title(enum phase phase);
/* The phase that name names: in English, or as the titles of another language of the program, whose
 * accents may be left out. Returns false where it names none. */
bool phase_find(const char *name, enum phase *phase);

#endif
