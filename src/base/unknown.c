/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unknown.c -- the nearest name, or the list of all. */
#include "backstep/base/unknown.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"

bool error_hint_nearest(struct error *err, const char *name,
			const char *(*next)(void *ctx, size_t i), void *ctx)
{
	const char *nearest = text_nearest(name, next, ctx);
	if (nearest)
		error_hint(err, _("did you mean '%s'?"), nearest);
	return nearest != NULL;
}

/* All candidates in one text. */
static struct strbuf join(const char *(*next)(void *ctx, size_t i), void *ctx)
{
	struct strbuf all = {0};
	const char *name;
	for (size_t i = 0; (name = next(ctx, i)); i++)
		strbuf_addf(&all, "%s%s", i ? ", " : "", name);
	return all;
}

void error_hint_choice(struct error *err, const char *(*next)(void *ctx, size_t i), void *ctx)
{
	struct strbuf all = join(next, ctx);
	error_hint(err, _("choose one of: %s"), strbuf_str(&all));
	strbuf_free(&all);
}

/* Candidates that are words of a choice. */
struct candidates {
	const char *(*next)(void *ctx, size_t i);
	void *ctx;
};

static const char *next_shown(void *ctx, size_t i)
{
	const struct candidates *candidates = ctx;
	const char *word = candidates->next(candidates->ctx, i);
	return word ? word_shown(word) : NULL;
}

bool error_no_choice(struct error *err, const char *what, const char *value,
		     const char *(*next)(void *ctx, size_t i), void *ctx, size_t *which)
{
	const char *word;
	char shown[TEXT_EXCERPT];
	for (*which = 0; (word = next(ctx, *which)); ++*which)
		if (word_is(value, word))
			return false;
	error_set(err, STATUS_BAD_INPUT, _("%s cannot be '%s'"), what, text_excerpt(shown, value));
	struct candidates candidates = {next, ctx};
	error_hint_choice(err, next_shown, &candidates);
	return true;
}

void error_hint_known(struct error *err, const char *name, const char *(*next)(void *ctx, size_t i),
		      void *ctx)
{
	struct strbuf all = join(next, ctx);
	if (!error_hint_nearest(err, name, next, ctx) && all.len)
		error_hint(err, _("known: %s"), strbuf_str(&all));
	strbuf_free(&all);
}

void error_unknown(struct error *err, const char *what, const char *name,
		   const char *(*next)(void *ctx, size_t i))
{
	char shown[TEXT_EXCERPT];
	error_set(err, STATUS_BAD_INPUT, _("unknown %s '%s'"), what, text_excerpt(shown, name));
	error_hint_known(err, name, next, NULL);
}
