/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c -- which pictures there are, and what they are called. */
#include "backstep/view/picture.h"

#include <string.h>

#include "table.h"

const struct picture *const picture_registry[] = {
#define PICTURE(name) &picture_##name,
#include "backstep/view/picture_list.h"
#undef PICTURE
    NULL,
};

const struct picture *picture_find(const char *name)
{
	const struct picture *found = NULL;
	size_t n = strlen(name), n_found = 0;
	for (const struct picture *const *at = picture_registry; n > 0 && *at; at++) {
		if (strcmp((*at)->name, name) == 0 || strcmp((*at)->spanish, name) == 0)
			return *at;
		if (strncmp((*at)->name, name, n) == 0 || strncmp((*at)->spanish, name, n) == 0) {
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
