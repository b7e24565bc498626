/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verdict.h -- what a typed number means: right, a slip by name, or nothing that can be said.
 *
 * Hypotheses are weighed: right, each class of slips (its prior, shared among its places), and
 * something else. How likely a number is under each is how well its digits fit, or how near it
 * comes for somebody who worked with rounded numbers. A slip is named only where it stands out: a
 * guess is never told as a fact, and what is right within 1 % is never told wrong. */
#ifndef BACKSTEP_TEACH_VERDICT_H
#define BACKSTEP_TEACH_VERDICT_H

#include "backstep/teach/answer.h"
#include "backstep/teach/slip.h"

enum verdict_kind {
	VERDICT_RIGHT,
	VERDICT_REMARK,      /* right, and a slip gives just these digits */
	VERDICT_NAMED,       /* one slip */
	VERDICT_LISTED,      /* two or three: ask, do not tell */
	VERDICT_MORE_DIGITS, /* too few to judge by; no attempt is spent */
	VERDICT_NONE,        /* not this number, and nothing can be said of the cause */
	N_VERDICT_KINDS,
};
/* What scripts call them: right, remark, named, ... */
extern const char *const verdict_kind_names[N_VERDICT_KINDS];

enum { VERDICT_MAX_SLIPS = 3 };

struct verdict {
	enum verdict_kind kind;
	const struct slip *slips[VERDICT_MAX_SLIPS]; /* [n_slips] likeliest first, one of a class */
	size_t n_slips;
	double probability; /* of the first */
	bool is_carried;    /* right from an earlier number of one's own that was wrong */
	bool is_wrong_form; /* the number is right; with other numbers the formula is not */
};

/* What is right beside the exact number: numbers worked out from those that are shown, or that were
 * rounded by hand; and how many significant digits it takes. */
struct rights {
	double values[4];
	size_t n;
	size_t digits; /* 0: as many as it takes to judge */
};
enum { FEWEST_DIGITS = 3 };
static inline size_t rights_digits(const struct rights *rights)
{
	return rights->digits > FEWEST_DIGITS ? rights->digits : FEWEST_DIGITS;
}

/* Appends what scripts see: right, right remark CLASS, named CLASS, listed CLASS CLASS,
 * more-digits, none. */
void verdict_print_line(const struct verdict *verdict, struct strbuf *out);

#endif
