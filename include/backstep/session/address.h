/* SPDX-License-Identifier: GPL-3.0-or-later */
/* address.h -- a place for good: the lesson, the step by name, and after ? what makes its numbers
 * others than those of the lesson's file.
 *
 *   sigmoid-2-2-2@1.backward.w5.p1.f2
 *   spirals@2.update.W_h[1,1].v?seed=7&optimizer=adam&rate=0.01
 *   sigmoid-2-2-2@1.backward.w5.p1.f2?fresh=7&draw=2&ask
 *
 * fresh and draw: numbers of a seed, as practice has them. ask: the step is asked, not shown;
 * ask=chain with the numbers below it hidden, ask=part a part of it first. A blank in a value is
 * written +. The same in every language. Without ? an address is about the settings and the numbers
 * that are in force, with it about just those that it names: a ? alone means the lesson's own.
 * Numbers that were set by hand are in no address. */
#ifndef BACKSTEP_SESSION_ADDRESS_H
#define BACKSTEP_SESSION_ADDRESS_H

#include "backstep/session/session.h"

enum { ADDRESS_MAX_ITEMS = 32, ADDRESS_TEXT = 512 };

struct address_item {
	const char *name, *value;
};

/* How an address's step is asked. */
enum address_ask {
	ASK_NOT, /* it is shown */
	ASK_STEP,
	ASK_CHAIN, /* without the numbers that it rests on */
	ASK_PART,  /* what of its formula is worked out first */
	N_ADDRESS_ASKS,
};

/* Owns: text, in which the rest lies. */
struct address {
	char *text;
	const char *lesson, *place;
	struct address_item items[ADDRESS_MAX_ITEMS]; /* settings */
	size_t n_items;
	bool has_query; /* else it is about the numbers that are in force */
	bool has_fresh;
	enum address_ask ask;
	uint64_t fresh;
	size_t draw;
};

/* Whether text is meant as an address: a lesson, @, the number of an update. */
bool address_may_be(const char *text);
/* The lesson of what the command line names: that of an address, where no file is called so; else
 * all of it. NULL on lack of memory. Owns: the caller (free). */
char *address_lesson(const char *name);
/* Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY. Owns: the caller (address_free). */
enum status address_read(struct address *address, const char *text, struct error *err);
void address_free(struct address *address);

/* Appends the address of step index (from 1) of the current update. */
void address_print(const struct session *session, uint64_t index, enum address_ask ask,
		   struct strbuf *out);

/* Whether going there changes numbers: the settings in force are others. */
bool address_changes_numbers(const struct session *session, const struct address *address);
/* Puts the address's settings and numbers in force, in its lesson, which is open, and goes to
 * before its update; *index gets its step there (from 1). Errors: STATUS_BAD_INPUT with everything
 * as it was; STATUS_NUMERIC on the way; as session_rebuild. */
enum status address_enter(struct session *session, const struct address *address, uint64_t *index,
			  struct error *err);

/* The number of its step with the numbers that are in force; the position stays. Errors: as
 * address_enter. */
enum status address_number(struct session *session, const struct address *address, uint64_t *number,
			   struct error *err);

#endif
