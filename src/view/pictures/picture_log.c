/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_log.c -- the commands of the sitting with this lesson, those of keys too. One that is
 * opened stands at the prompt, to be edited and run again. */
#include "../rows.h"

/* The entry of the journal that the list begins with. */
static size_t first_entry(const struct session *session)
{
	const struct journal *journal = &session->journal;
	size_t at;
	return journal_opening(journal, journal->n_done, &at) ? at : 0;
}

static const char *missing(const struct session *session)
{
	return session->journal.n_entries == 0 ? N_("nothing has been done yet") : NULL;
}

static size_t count(const struct session *session, struct view_state *state)
{
	(void)state;
	return session->journal.n_entries - first_entry(session);
}

static size_t here(const struct session *session)
{
	return session->journal.n_done - first_entry(session) - 1;
}

static const struct journal_entry *entry_of(const struct session *session, size_t i)
{
	return &session->journal.entries[first_entry(session) + i];
}

static void print_row(const struct session *session, struct view_state *state, size_t i,
		      struct strbuf *out)
{
	const struct journal_entry *entry = entry_of(session, i);
	bool is_done = first_entry(session) + i < session->journal.n_done;
	(void)state;
	strbuf_addf(out, _("step %llu"), (unsigned long long)entry->number);
	strbuf_addf(out, "  %s%s", is_done ? "" : _("(undone) "), entry->line);
}

static void print_command(const struct session *session, struct view_state *state, size_t i,
			  struct strbuf *out)
{
	(void)state;
	strbuf_addf(out, "prompt %s", entry_of(session, i)->line);
}

static const struct picture_list list = {
    .count = count, .here = here, .print = print_row, .command = print_command};

const struct picture picture_log = {
    .name = "log",
    .spanish = "registro",
    .summary = N_("the commands so far; Enter takes one to the prompt"),
    .list = &list,
    .shown = "log",
    .missing = missing,
    .draw = rows_draw,
};
