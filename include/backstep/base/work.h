/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work.h -- work that may take long asks now and then whether to go on, and says how far it is.
 *
 * The wish to stop comes from a terminal and is the whole process's, as a signal is: whoever has
 * the terminal says here how to find it out, and no function has to hand it down. A loop that is
 * stopped leaves everything as it was before, or where it had come to, as its header says, and
 * returns STATUS_INTERRUPTED. What is longest without asking is one op that is about a whole batch,
 * or that src/engine/fast/ has no functions for. */
#ifndef BACKSTEP_BASE_WORK_H
#define BACKSTEP_BASE_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "backstep/base/status.h"

/* How far work is. */
struct work {
	const char *what; /* N_(); NULL: a part of other work, which says it */
	uint64_t done, all;
	bool is_part; /* of other work, if there is any: then that says it */
};

struct work_watch {
	void *ctx;
	/* Whether to go on. After false the wish is fulfilled: what is done next is other work. */
	bool (*goes_on)(void *ctx, const struct work *work);
};

/* Has watch asked from now on; NULL: nobody is, and all work goes on. It must live as long as it is
 * the one. */
void work_set_watch(const struct work_watch *watch);

/* Asks. Errors: STATUS_INTERRUPTED. */
enum status work_ask(struct error *err);
/* Says that so much of all is done, and asks. Errors: STATUS_INTERRUPTED. */
enum status work_tell(const char *what, uint64_t done, uint64_t all, struct error *err);
/* The same of what may be a part of other work. */
enum status work_tell_part(const char *what, uint64_t done, uint64_t all, struct error *err);

#endif
