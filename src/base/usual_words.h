/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usual_words.h -- what others call things. Private to base/. */
#ifndef BACKSTEP_BASE_USUAL_WORDS_H
#define BACKSTEP_BASE_USUAL_WORDS_H

#include <stdbool.h>

/* Whether others call word what is called so here: logistic is sigmoid. */
bool text_is_usual(const char *word, const char *here);

#endif
