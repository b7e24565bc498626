/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c -- words one after another in one buffer, each terminated. */
#include "backstep/base/words.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/unknown.h"

const char *const truth_words[] = {"true", "false", NULL};

const char *truth_word(bool truth)
{
	return truth_words[truth ? 0 : 1];
}

void words_add(struct words *words, const char *word)
{
	CONTRACT(*word);
	size_t len = words->text.len;
	strbuf_add_len(&words->text, word, strlen(word) + 1);
	words->n += words->text.len > len;
}

const char *words_next(const struct words *words, const char *word)
{
	const char *first = strbuf_str(&words->text), *end = first + words->text.len;
	CONTRACT(!word || (word >= first && word < end));
	const char *next = word ? word + strlen(word) + 1 : first;
	return next < end ? next : NULL;
}

/* Where a search for the nearest is in a list. */
struct walk {
	const struct words *words;
	const char *at;
};

static const char *walk_next(void *ctx, size_t i)
{
	struct walk *walk = ctx;
	walk->at = words_next(walk->words, i ? walk->at : NULL);
	return walk->at;
}

bool words_hint_nearest(const struct words *words, const char *misspelt, struct error *err)
{
	struct walk walk = {.words = words};
	return error_hint_nearest(err, misspelt, walk_next, &walk);
}

void words_clear(struct words *words)
{
	strbuf_clear(&words->text);
	words->n = 0;
}

void words_free(struct words *words)
{
	strbuf_free(&words->text);
	words->n = 0;
}
