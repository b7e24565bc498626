/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c -- which pictures there are, and what they are called. */
#include "backstep/view/picture.h"

#include <string.h>

#include "backstep/base/text.h"
#include "table.h"

const struct picture *const picture_registry[] = {
#define PICTURE(name) &picture_##name,
#include "backstep/view/picture_list.h"
#undef PICTURE
    NULL,
};

static bool is_start(const char *text, const char *name, bool is_whole)
{
	return is_whole ? strcmp(text, name) == 0 : strncmp(text, name, strlen(name)) == 0;
}

/* Whether a picture is called so, or begins so; typed without accents too. */
static bool is_called(const struct picture *picture, const char *name, bool is_whole)
{
	struct strbuf plain = {0};
	text_ascii(&plain, picture->spanish);
	bool is = is_start(picture->name, name, is_whole) ||
		  is_start(picture->spanish, name, is_whole) ||
		  is_start(strbuf_str(&plain), name, is_whole);
	strbuf_free(&plain);
	return is;
}

const struct picture *picture_find(const char *name)
{
	const struct picture *found = NULL;
	size_t n_found = 0;
	for (const struct picture *const *at = picture_registry; *name && *at; at++) {
		if (is_called(*at, name, true))
			return *at;
		if (is_called(*at, name, false)) {
			found = *at;
			n_found++;
		}
	}
	return n_found == 1 ? found : NULL;
}

const char *picture_name(const struct picture *picture)
{
	return language_current() == LANGUAGE_ES ? picture->spanish : picture->name;
}

bool picture_is_closed(const struct picture *picture, const struct session *session)
{
	const struct source_texts *open = session->lesson ? &session->lesson->quiz.views : NULL;
	if (!open || open->n_items == 0 || session->stepper.asked == 0)
		return false;
	for (size_t i = 0; i < open->n_items; i++)
		if (picture_find(open->items[i].text) == picture)
			return false;
	return true;
}

const char *picture_missing(const struct picture *picture, const struct session *session)
{
	if (picture_is_closed(picture, session))
		return N_("this view is closed while a question is open");
	return picture->missing ? picture->missing(session) : NULL;
}

void picture_print(const struct picture *picture, struct session *session, struct strbuf *out)
{
	const char *missing = picture_missing(picture, session);
	if (missing) {
		strbuf_addf(out, "%s\n", tr(missing));
		return;
	}
	if (picture->title)
		picture->title(session, out);
	else
		strbuf_add(out, tr(picture->summary));
	strbuf_add_char(out, '\n');
	picture->print(session, out);
}

/* Panes that are always there, and what a command lists. */

const struct picture picture_network = {
    .name = "network",
    .spanish = "red",
    .summary = N_("the network with its numbers"),
    .pane = &view_network,
    .shown = "network",
};

const struct picture picture_chain = {
    .name = "chain",
    .spanish = "cadena",
    .summary = N_("the chain of factors at hand"),
    .pane = &view_chain,
    .shown = "formula",
};

const struct picture picture_table = {
    .name = "table",
    .spanish = "tabla",
    .summary = N_("the parameters, their gradients and new values"),
    .pane = &view_parameters,
    .shown = "weights",
    .list = &table_list,
};
