/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_journal.c -- nothing is lost: undo and redo, the log, and sittings that are kept as they
 * go and can be taken up again.
 *
 * All of it is one journal (session/journal.h). A place in it is reached by doing its commands anew
 * in another session, which takes the place of this one when that went well; where they only moved,
 * by going to the step. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command_private.h"

#include "backstep/base/file.h"
#include "backstep/base/hash.h"
#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/lesson/lesson_find.h"

enum { MOST_KEPT = 16 * 1024 * 1024 }; /* bytes of a file of sittings */

static bool is_asking(const struct command_context *context)
{
	return context->tutor && context->tutor->is_asking;
}

/* Types a line where nobody looks. An expectation that held may not hold with a lesson's new
 * numbers. Errors: all of them stay in the context. */
static enum status redo_line(struct command_context *context, const char *line)
{
	enum status status = command_exec(context, line);
	status = status == STATUS_FAILED ? STATUS_OK : status;
	strbuf_clear(&context->out);
	if (!status)
		error_list_free(&context->errors);
	return status;
}

/* Does entries at to n - 1 of a journal: a lesson is opened, then what followed. Of moves one after
 * the other only the last counts, unless questions stop them. */
static enum status redo_entries(struct command_context *context, const struct journal *journal,
				size_t at, size_t n)
{
	const struct journal_entry *entry = &journal->entries[at];
	enum status status = STATUS_OK;
	char line[LABEL_TEXT];
	for (const char *rest = entry->settings; !status && *rest;) {
		size_t len = strcspn(rest, "\n");
		char *setting = strndup(rest, len);
		status = setting ? redo_line(context, setting) : error_no_memory(NULL);
		free(setting);
		rest += len + (rest[len] == '\n');
	}
	for (size_t i = at; !status && i < n; i++) {
		entry = &journal->entries[i];
		bool moves = entry->kind == JOURNAL_MOVES && !is_asking(context);
		if (moves && i + 1 < n && entry[1].kind == JOURNAL_MOVES)
			continue;
		snprintf(line, sizeof line, "goto %" PRIu64, entry->number);
		status = redo_line(context, moves ? line : entry->line);
	}
	return status;
}

/* What the sitting has beside its lesson goes on in another session, which is now the one. */
static void adopt(struct command_context *context, struct command_context *fresh)
{
	struct session *old = context->session, *session = fresh->session;
	if (context->tutor && fresh->tutor) {
		const struct learner learner = context->tutor->learner;
		context->tutor->learner = fresh->tutor->learner;
		fresh->tutor->learner = learner;
	}
	if (fresh->tutor) {
		struct tutor *tutor = context->tutor;
		context->tutor = fresh->tutor;
		fresh->tutor = tutor;
	} else if (context->tutor) { /* only the learner's record goes on */
		tutor_stop(context->tutor);
		context->tutor->session = session;
		context->tutor->lesson = session->lesson;
	}
	session->tutor = context->tutor;
	bool is_same = strcmp(session->lesson_name, old->lesson_name) == 0;
	if (is_same && context->tasked == old->lesson)
		context->tasked = session->lesson;
	session->watch = old->watch;
	session->script = old->script;
	old->script = NULL;
	session->n_expected = old->n_expected;
	session->n_failed = old->n_failed;
	journal_free(&session->journal);
	session->journal = old->journal;
	old->journal = (struct journal){0};
	session_free(old);
	context->session = session;
	command_forget_notes(context);
}

/* Goes to where the first n entries lead, of which entry at opens the lesson. Errors: as the
 * commands, all of them appended to the context's, where err is empty; then nothing has changed. */
static enum status replay(struct command_context *context, size_t at, size_t n, struct error *err)
{
	struct command_context fresh = {0};
	enum status status = session_new(&fresh.session, err);
	if (status)
		return status;
	if (context->session->script)
		status = session_follow_script(fresh.session, context->session->script, err);
	if (!status)
		status = redo_entries(&fresh, &context->session->journal, at, n);
	for (size_t i = 0; status && i < fresh.errors.n_items; i++)
		error_list_add(&context->errors, &fresh.errors.items[i]);
	if (status)
		session_free(fresh.session);
	else
		adopt(context, &fresh);
	command_context_free(&fresh);
	return status;
}

/* Goes to where the first n entries of the journal lead. Errors: as replay. */
static enum status travel(struct command_context *context, size_t n, struct error *err)
{
	struct session *session = context->session;
	const struct journal *journal = &session->journal;
	size_t from = n < journal->n_done ? n : journal->n_done, at;
	size_t end = n < journal->n_done ? journal->n_done : n;
	enum status status;
	if (!journal_opening(journal, n, &at))
		return error_no_memory(err); /* it ended before the lesson was noted */
	if (journal_only_moves(journal, from, end) && !is_asking(context)) {
		status = stepper_go(&session->stepper, journal->entries[n - 1].number, err);
		if (!status)
			status = session_refresh(session, err);
	} else {
		status = replay(context, at, n, err);
	}
	if (!status)
		journal_set_done(&context->session->journal, n);
	return status;
}

/* An exam notes what was answered; it cannot be taken back. */
static enum status refuse_in_exam(const struct command_context *context, struct error *err)
{
	if (!is_asking(context) || !context->tutor->rules.tells_later)
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("in an exam nothing is undone"));
}

enum status command_do_again(struct command_context *context, struct error *err)
{
	const struct journal *journal = &context->session->journal;
	size_t at;
	if (!journal_opening(journal, journal->n_done, &at))
		return error_no_memory(err); /* it ended before the lesson was noted */
	enum status status = refuse_in_exam(context, err);
	return status ? status : replay(context, at, journal->n_done, err);
}

/* Travels, and says which commands were undone or done again: entries from to end. */
static enum status travel_over(struct command_context *context, size_t n, const char *what,
			       size_t from, size_t end, struct error *err)
{
	struct strbuf text = {0};
	enum { SHOWN = 3 };
	strbuf_addf(&text, "%s ", what);
	for (size_t i = from; i < end && i < from + SHOWN; i++)
		strbuf_addf(&text, "%s%s", i == from ? "" : ", ",
			    context->session->journal.entries[i].line);
	if (end > from + SHOWN)
		strbuf_addf(&text, _(" and %zu more"), end - from - SHOWN);
	strbuf_add_char(&text, '\n');
	enum status status = refuse_in_exam(context, err);
	if (!status)
		status = travel(context, n, err);
	if (status)
		strbuf_clear(&text);
	command_add_safe(context, &text);
	if (!status)
		command_ask_or_report(context);
	return status;
}

COMMAND(undo)
{
	const struct journal *journal = &context->session->journal;
	size_t n, at, done = journal->n_done;
	enum status status = command_read_count(args, &n, err);
	if (status)
		return status;
	size_t first = n < done ? done - n : 0;
	if (!journal_opening(journal, first, &at)) {
		error_set(err, STATUS_BAD_INPUT, _("there is nothing to undo"));
		while (first < done && journal->entries[first].kind != JOURNAL_OPENS)
			first++;
		if (first + 1 < done)
			error_hint(err, _("at most: undo %zu"), done - first - 1);
		return STATUS_BAD_INPUT;
	}
	return travel_over(context, first, _("undone:"), first, done, err);
}

COMMAND(redo)
{
	const struct journal *journal = &context->session->journal;
	size_t n, done = journal->n_done;
	enum status status = command_read_count(args, &n, err);
	if (status)
		return status;
	if (n > journal->n_entries - done) {
		error_set(err, STATUS_BAD_INPUT, _("there is nothing to do again"));
		if (journal->n_entries > done)
			error_hint(err, _("at most: redo %zu"), journal->n_entries - done);
		return STATUS_BAD_INPUT;
	}
	return travel_over(context, done + n, _("done again:"), done, done + n, err);
}

COMMAND(log)
{
	const struct journal *journal = &context->session->journal;
	enum status status = command_no_args(args, err);
	size_t at;
	if (status)
		return status;
	size_t first = journal_opening(journal, journal->n_done, &at) ? at : 0;
	struct strbuf text = {0};
	for (size_t i = first; i < journal->n_entries; i++)
		strbuf_addf(&text, "%s%s\n", i < journal->n_done ? "" : _("(undone) "),
			    journal->entries[i].line);
	if (text.len == 0)
		strbuf_addf(&text, "%s\n", _("nothing has been done yet"));
	command_add_safe(context, &text);
	return STATUS_OK;
}

/* The file of the lesson's sittings. NULL on lack of memory. Owns: the caller (free). */
static char *sitting_file(const struct command_context *context)
{
	const struct session *session = context->session;
	struct strbuf path = {0};
	strbuf_addf(&path, "%s/%s", context->sittings, session->lesson->id.text);
	if (session->lesson_file) /* others may have its id */
		strbuf_addf(&path, "-%016" PRIx64, hash_text(HASH_START, session->lesson_file));
	if (!path.failed)
		return path.data;
	strbuf_free(&path);
	return NULL;
}

/* The last entry of a journal from at on that is not at the start; 0: none. */
static size_t last_place(const struct journal *journal, size_t at)
{
	size_t n = journal->n_entries;
	while (n > at + 1 && journal->entries[n - 1].number == 0)
		n--;
	return n > at + 1 ? n - 1 : 0;
}

/* Puts the sittings of a file before the one that has just begun, and says how to go there. */
static void take_up(struct command_context *context, struct journal *earlier, bool is_changed)
{
	struct journal *journal = &context->session->journal;
	size_t at, n = earlier->n_entries;
	journal_opening(earlier, n, &at);
	size_t place = last_place(earlier, at);
	if (place == 0)
		return;
	uint64_t number = earlier->entries[place].number;
	size_t opening;
	journal_opening(journal, journal->n_done, &opening);
	size_t count = n - place + (journal->n_done - 1 - opening);
	journal_insert(journal, opening, earlier);
	context->n_kept = journal->n_changes; /* the file is as it should be */
	if (count == 1)
		strbuf_addf(&context->out,
			    _("the last time you got to step %llu: undo goes back there\n"),
			    (unsigned long long)number);
	else
		strbuf_addf(&context->out,
			    _("the last time you got to step %llu: undo %zu goes back there\n"),
			    (unsigned long long)number, count);
	if (is_changed)
		strbuf_addf(&context->out, "%s\n",
			    _("the lesson's file has changed since then: its numbers there may be "
			      "others"));
}

void command_note_file(struct command_context *context)
{
	const struct session *session = context->session;
	const char *name = session->lesson_file ? session->lesson_file : session->lesson_name;
	struct strbuf text = {0};
	char *path = NULL;
	context->file_hash = 0;
	if (!session->lesson)
		return;
	if (!lesson_find(name, &path, NULL) && !file_read(path, MOST_KEPT, &text, NULL))
		context->file_hash = hash_text(HASH_START, strbuf_str(&text));
	strbuf_free(&text);
	free(path);
}

/* A file of sittings ends in the hash of the lesson that they were about. */
static const char file_word[] = "\nlesson ";

static void write_file_hash(const struct command_context *context, struct strbuf *text)
{
	strbuf_addf(text, "%s%016" PRIx64 "\n", file_word + 1, context->file_hash);
}

/* Takes it off the text's end; 0: it is not there. */
static uint64_t take_file_hash(struct strbuf *text)
{
	size_t len = sizeof file_word - 1 + 16 + 1;
	const char *end = text->len >= len ? text->data + text->len - len : "";
	if (strncmp(end, file_word, sizeof file_word - 1) != 0)
		return 0;
	uint64_t hash = strtoull(end + sizeof file_word - 1, NULL, 16);
	strbuf_truncate(text, text->len - len + 1);
	return hash;
}

void command_offer(struct command_context *context)
{
	struct strbuf text = {0};
	struct journal earlier = {0};
	struct error err = {0};
	command_note_file(context);
	if (!context->sittings || !context->session->lesson)
		return;
	context->n_kept = context->session->journal.n_changes;
	char *path = sitting_file(context);
	enum status status = STATUS_OK;
	if (path && access(path, F_OK) == 0)
		status = file_read(path, MOST_KEPT, &text, &err);
	uint64_t hash = take_file_hash(&text);
	if (!status && text.len > 0)
		status = journal_read(&earlier, strbuf_str(&text), &err);
	if (status == STATUS_BAD_INPUT)
		error_at(&err, path, err.line, 0);
	if (status)
		error_list_add(&context->errors, &err);
	else if (earlier.n_entries > 0)
		take_up(context, &earlier, hash && hash != context->file_hash);
	journal_free(&earlier);
	strbuf_free(&text);
	free(path);
}

static void refuse_to_keep(struct command_context *context, const char *reason)
{
	struct strbuf line = {0};
	strbuf_addf(&line, _("this sitting is not kept: %s\n"), reason);
	command_add_safe(context, &line);
	context->sittings = NULL;
}

void command_keep_sittings(struct command_context *context, const char *folder)
{
	struct strbuf path = {0};
	context->sittings = folder;
	strbuf_addf(&path, "%s/", folder ? folder : "");
	if (folder && !path.failed)
		paths_make_folders(path.data);
	if (folder && access(folder, W_OK))
		refuse_to_keep(context, error_reason(errno));
	strbuf_free(&path);
	command_offer(context);
}

void command_save_sitting(struct command_context *context)
{
	const struct session *session = context->session;
	struct strbuf text = {0};
	struct error err = {0};
	if (!context->sittings || !session->lesson || context->n_kept == session->journal.n_changes)
		return;
	context->n_kept = session->journal.n_changes;
	char *path = sitting_file(context);
	journal_write(&session->journal, &text);
	enum status status = command_check_name(session, &err);
	if (!path || text.failed)
		status = error_no_memory(&err);
	else if (!status && text.len > 0)
		write_file_hash(context, &text);
	if (!status && text.len > 0)
		status = file_replace(path, text.data, text.len, &err);
	if (status)
		refuse_to_keep(context, err.message);
	strbuf_free(&text);
	free(path);
}

const struct command command_undo = {
    .name = "undo",
    .aliases = "deshacer",
    .usage = "[N]",
    .summary = N_("take back the last N commands, also across lessons"),
    .retraces = true,
    .run = run_undo,
    .more = N_("Whatever led away is taken back: a move, a setting, a restart, another lesson. "
	       "Its line goes from what save writes; redo does it again, until something else is "
	       "done."),
};

const struct command command_redo = {
    .name = "redo",
    .aliases = "rehacer",
    .usage = "[N]",
    .summary = N_("do again what was undone"),
    .retraces = true,
    .run = run_redo,
};

const struct command command_log = {
    .name = "log",
    .aliases = "registro",
    .summary = N_("list the commands so far, those of keys too"),
    .run = run_log,
};
