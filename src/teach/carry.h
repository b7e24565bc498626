/* SPDX-License-Identifier: GPL-3.0-or-later */
/* carry.h -- numbers that somebody got wrong, to be gone on from: an answer that is right from one
 * of them counts, once for each. The order is that in which they were typed, in an exam as in a
 * report. Private to teach/. */
#ifndef BACKSTEP_TEACH_CARRY_H
#define BACKSTEP_TEACH_CARRY_H

#include <stdint.h>

#include "backstep/teach/assess.h"

enum { CARRY_MOST = 16 };

struct carry {
	struct missed missed[CARRY_MOST]; /* [n] the newest takes the oldest's place */
	size_t n;
};

/* The number was missed; or it was got after all, and nobody goes on from the wrong one. */
void carry_miss(struct carry *carry, const struct missed *missed);
void carry_got(struct carry *carry, const struct missed *missed);
/* Whether text is right at the question from a number that was missed, which is used up then; the
 * question's verdict says so. */
bool carry_take(struct carry *carry, struct assessment *a, const char *text);

#endif
