/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_guide_words.h -- the words that a lesson may use: what the registries know. Private to
 * lesson/. */
#ifndef BACKSTEP_LESSON_LESSON_GUIDE_WORDS_H
#define BACKSTEP_LESSON_LESSON_GUIDE_WORDS_H

#include "backstep/base/strbuf.h"

/* Adds a list for each registry, a line for each of its rows. */
void lesson_guide_words(struct strbuf *out);

#endif
