/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contract.h -- what a function takes for granted, said in code.
 *
 * CONTRACT(condition) stands at the start of a public function for what its caller must see to,
 * and at the end of a pair (there and back, saved and loaded) for what must have come out. Bad
 * input is no broken contract: it is a status, in every build.
 *
 * On where BACKSTEP_CONTRACTS is defined: Debug, sanitizer and fuzz builds. Elsewhere the condition
 * is compiled and never computed, so it may cost what it likes, and must have no effects.
 *
 * Like assert.h, this may be included again after BACKSTEP_CONTRACTS has changed. */
#ifndef BACKSTEP_BASE_CONTRACT_H
#define BACKSTEP_BASE_CONTRACT_H

#include <stddef.h>

/* Says on stderr which condition did not hold, where, and what was going on, and aborts. */
void contract_broken(const char *condition, const char *file, int line, const char *function)
    __attribute__((noreturn, cold));

/* What is done before anything is said: the full screen gives the terminal back. NULL: nothing. */
void contract_on_broken(void (*leave)(void));

/* Who tells what is going on (the lesson, the step): tell writes it into buf, cut to size, or
 * nothing. It is called in the middle of what is broken, so it reads fields and allocates nothing.
 * The last one that was set tells. */
void contract_set_scene(void (*tell)(const void *ctx, char *buf, size_t size), const void *ctx);
/* Nobody tells any more, if it was this ctx's. */
void contract_clear_scene(const void *ctx);

#endif

#undef CONTRACT
#ifdef BACKSTEP_CONTRACTS
#define CONTRACT(condition) \
	((condition) ? (void)0 : contract_broken(#condition, __FILE__, __LINE__, __func__))
#else
#define CONTRACT(condition) ((void)(0 && (condition)))
#endif
