/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_marks.c -- what a state holds beside its numbers: those that were set by hand, and when;
 * what is watched, bookmarks, breakpoints. A kind of line is a row. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "state_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/session/breakpoint.h"
#include "session_private.h"

static const char *const edit_words[N_EDIT_KINDS] = {
    [EDIT_PARAM] = "weight",
    [EDIT_INPUT] = "input",
    [EDIT_TARGET] = "target",
};

void state_add_marks(const struct session *session, const struct stepper_save *save,
		     struct strbuf *out)
{
	for (size_t k = 0; k < save->edits.n; k++) {
		const struct edit *edit = &save->edits.items[k];
		strbuf_addf(out, "set %" PRIu64 " %s %zu %.17g\n", edit->update,
			    edit_words[edit->kind], edit->at, edit->value);
	}
	for (size_t k = 0; k < session->n_watches; k++)
		strbuf_addf(out, "watch %s\n", session->watches[k].text);
	for (size_t k = 0; k < session->n_bookmarks; k++)
		strbuf_addf(out, "bookmark %s %" PRIu64 "\n", session->bookmarks[k].name,
			    session->bookmarks[k].number);
	for (size_t k = 0; k < session->n_breaks; k++)
		strbuf_addf(out, "break %s\n", session->breaks[k].text);
}

static enum status refuse(const char *message, struct error *err)
{
	return error_set(err, STATUS_BAD_INPUT, "%s", message);
}

/* How many numbers of a kind there are. */
static size_t count_numbers(const struct session *session, enum edit_kind kind)
{
	const struct dataset *data = stepper_data(&session->stepper);
	const size_t rows = data->n_rows + data->n_validation + data->n_test;
	return kind == EDIT_PARAM   ? session->built.model->graph.n_params
	       : kind == EDIT_INPUT ? rows * data->n_inputs
				    : rows * data->n_targets;
}

/* UPDATE KIND PLACE VALUE */
static enum status read_set(struct state_marks *marks, struct session *session, const char *text,
			    struct error *err)
{
	char word[LABEL_TEXT];
	struct edit edit = {0};
	const struct edits *before = &marks->save->edits;
	int used = 0;
	bool good =
	    sscanf(text, "%" SCNu64 " %63s %zu %n", &edit.update, word, &edit.at, &used) == 3;
	while (good && edit.kind < N_EDIT_KINDS && strcmp(word, edit_words[edit.kind]) != 0)
		edit.kind++;
	good = good && edit.kind < N_EDIT_KINDS && edit.at < count_numbers(session, edit.kind) &&
	       !number_parse(text + used, &edit.value, NULL) &&
	       (before->n == 0 || before->items[before->n - 1].update <= edit.update);
	if (!good)
		return refuse(_("this is no number that can be set"), err);
	return stepper_save_edit(marks->save, &edit) ? STATUS_OK : error_no_memory(err);
}

static enum status read_watch(struct state_marks *marks, struct session *session, const char *text,
			      struct error *err)
{
	(void)session;
	if (marks->n_watches == SESSION_MAX_WATCHES || strlen(text) > EXPRESSION_TEXT)
		return refuse(_("that is more than can be watched"), err);
	struct watch *watch = &marks->watches[marks->n_watches++];
	*watch = (struct watch){0};
	snprintf(watch->text, sizeof watch->text, "%s", text);
	return STATUS_OK;
}

/* NAME NUMBER */
static enum status read_bookmark(struct state_marks *marks, struct session *session,
				 const char *text, struct error *err)
{
	struct bookmark *mark = &marks->bookmarks[marks->n_bookmarks];
	const char *blank = strchr(text, ' ');
	size_t len = blank ? (size_t)(blank - text) : 0, number;
	(void)session;
	if (marks->n_bookmarks == SESSION_MAX_BOOKMARKS || len == 0 || len >= sizeof mark->name ||
	    number_parse_count(blank + 1, 0, SIZE_MAX / 2, &number, NULL))
		return refuse(_("this is no bookmark"), err);
	snprintf(mark->name, sizeof mark->name, "%.*s", (int)len, text);
	mark->number = number;
	marks->n_bookmarks++;
	return STATUS_OK;
}

static enum status read_break(struct state_marks *marks, struct session *session, const char *text,
			      struct error *err)
{
	if (marks->n_breaks == SESSION_MAX_BREAKS)
		return refuse(_("there are too many breakpoints"), err);
	return breakpoint_read(session, text, &marks->breaks[marks->n_breaks++], err);
}

static const struct {
	const char *word;
	enum status (*read)(struct state_marks *marks, struct session *session, const char *text,
			    struct error *err);
} rows[] = {
    {"set", read_set},
    {"watch", read_watch},
    {"bookmark", read_bookmark},
    {"break", read_break},
};

const char *state_mark_word(size_t i)
{
	return i < sizeof rows / sizeof *rows ? rows[i].word : NULL;
}

enum status state_read_mark(size_t i, struct state_marks *marks, struct session *session,
			    const char *text, struct error *err)
{
	return rows[i].read(marks, session, text, err);
}

void state_take_marks(const struct state_marks *marks, struct session *session)
{
	memcpy(session->watches, marks->watches, sizeof marks->watches);
	memcpy(session->bookmarks, marks->bookmarks, sizeof marks->bookmarks);
	memcpy(session->breaks, marks->breaks, sizeof marks->breaks);
	session->n_watches = marks->n_watches;
	session->n_bookmarks = marks->n_bookmarks;
	session->n_breaks = marks->n_breaks;
}
