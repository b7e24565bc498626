/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.h -- a growing list of words: what completion offers, what a misspelt name is compared
 * with.
 *
 * Like a strbuf it does nothing more after memory was lacking. */
#ifndef BACKSTEP_BASE_WORDS_H
#define BACKSTEP_BASE_WORDS_H

#include <stdbool.h>

#include "backstep/base/status.h"
#include "backstep/base/strbuf.h"

/* Owns: text, every word terminated. Starts as = {0}; ends with words_free. */
struct words {
	struct strbuf text;
	size_t n;
};

/* Appends a copy of a word that is not empty. */
void words_add(struct words *words, const char *word);
/* The word that comes after one of the list's, or its first (word NULL); NULL at the end. Valid
 * until the next word is added. */
const char *words_next(const struct words *words, const char *word);
/* The hint that names the word nearest to a misspelt one; false: none is near, and err (may be
 * NULL) is as it was. */
bool words_hint_nearest(const struct words *words, const char *misspelt, struct error *err);
void words_clear(struct words *words);
void words_free(struct words *words);

/* How true and false are written, in this order. NULL at the end. */
extern const char *const truth_words[];
const char *truth_word(bool truth);

#endif
