/* SPDX-License-Identifier: GPL-3.0-or-later */
/* word.h -- what words of the language (names of settings, and of what they may be) are called in
 * other languages. Rows, files and addresses have the English word; a person may type either, and
 * sees choices in the language in force.
 *
 * To add a word: a row in word.c. A word that is the same everywhere (unicode, adam) has none. */
#ifndef BACKSTEP_BASE_WORD_H
#define BACKSTEP_BASE_WORD_H

#include <stdbool.h>

/* Whether typed is the word, in any language. */
bool word_is(const char *typed, const char *word);
/* The word as it is shown in the current language. */
const char *word_shown(const char *word);

#endif
