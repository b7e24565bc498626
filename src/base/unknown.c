/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unknown.c -- the nearest name, or the list of all. */
#include "backstep/base/unknown.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

void error_hint_known(struct error *err, const char *name, const char *(*next)(void *ctx, size_t i),
		      void *ctx)
{
	const char *nearest = text_nearest(name, next, ctx);
	struct strbuf all = {0};
	if (!err)
		return;
	for (size_t i = 0; next(ctx, i); i++)
		strbuf_addf(&all, "%s%s", i ? ", " : "", next(ctx, i));
	if (nearest)
		error_hint(err, _("did you mean '%s'?"), nearest);
	else if (all.len)
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
