/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_topic.c -- the table of topics. */
#include "backstep/lesson/lesson_topic.h"

#include <stddef.h>

#define WORD(name, word, title) [TOPIC_##name] = word,
const char *const lesson_topic_words[] = {LESSON_TOPICS(WORD)[N_TOPICS] = NULL};
#undef WORD

#define TITLE(name, word, title) [TOPIC_##name] = title,
const char *const lesson_topic_titles[] = {LESSON_TOPICS(TITLE)[TOPIC_NONE] = N_("Other lessons")};
#undef TITLE
