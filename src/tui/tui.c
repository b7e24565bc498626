/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui.c -- binds a session to the terminal: keys and prompt lines become commands, their answers
 * become a message or a page, and the view draws the rest. */
#include "backstep/tui/tui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/session/setting.h"
#include "backstep/build/lesson_describe.h"
#include "backstep/base/paths.h"
#include "backstep/base/text.h"
#include "backstep/base/work.h"
#include "backstep/command/command.h"
#include "backstep/command/progress.h"
#include "backstep/view/view.h"
#include "terminal.h"
#include "tui_private.h"

void tui_close_page(struct tui *tui)
{
	tui->state.pager = NULL;
	tui->state.pager_line = tui->state.pager_link = 0;
	strbuf_clear(&tui->pasted);
}

void tui_open_page(struct tui *tui)
{
	tui->state.pager = strbuf_str(&tui->page);
	tui->state.pager_line = tui->state.pager_link = 0;
}

enum tui_mode tui_mode(const struct tui *tui)
{
	bool is_asked = tui->context.tutor && tui->context.tutor->open;
	const struct picture *rows = tui->state.is_choosing ? rows_picture(&tui->state) : NULL;
	bool is_remote = setting_value(tui->context.session, "clicker");
	return tui->pasted.len                      ? TUI_PASTE
	       : tui->asked.len && tui->state.pager ? TUI_LINKS
	       : tui->state.pager                   ? TUI_PAGE
	       : tui->state.lessons                 ? TUI_CHOICE
	       : is_asked                           ? TUI_QUESTION
	       : tui->state.is_pointing             ? TUI_NUMBERS
	       : rows == &picture_table             ? TUI_TABLE
	       : rows                               ? TUI_ROWS
	       : is_remote                          ? TUI_CLICKER
						    : TUI_WALK;
}

/* What is done, and what comes next: there the list is opened. */
static enum status mark_lessons(struct tui *tui, struct error *err)
{
	static const struct learner nobody;
	const struct tutor *tutor = tui->context.tutor;
	free(tui->marks);
	tui->marks = calloc(tui->lessons.n_items + 1, sizeof *tui->marks);
	if (!tui->marks)
		return error_no_memory(err);
	course_mark(&tui->lessons, tutor ? &tutor->learner : &nobody, tui->marks);
	tui->state.marks = tui->marks;
	if (!tui->context.session->lesson)
		tui->state.chosen = course_next(&tui->lessons, tui->marks);
	return STATUS_OK;
}

enum status tui_choose_lesson(void *ctx, struct error *err)
{
	struct tui *tui = ctx;
	lesson_list_free(&tui->lessons);
	enum status status = lesson_list_read(&tui->lessons, err);
	tui->state.lessons = tui->lessons.items;
	tui->state.n_lessons = tui->lessons.n_items;
	tui->state.marks = NULL;
	if (!status)
		status = mark_lessons(tui, err);
	if (tui->state.chosen >= tui->state.n_lessons)
		tui->state.chosen = 0;
	return status;
}

static bool fits_message(const struct tui *tui)
{
	return tui->columns == 0 || view_fits_message(&tui->state, strbuf_str(&tui->message));
}

/* What was said of a question that is over: there is no pane for it any more. It is a message, a
 * line for each thought or else all in one, where it has the room, so that the step stays in sight;
 * else a page. */
static void take_last_word(struct tui *tui, const char *out)
{
	strbuf_clear(&tui->said);
	strbuf_add(&tui->message, out);
	while (tui->message.len > 0 && tui->message.data[tui->message.len - 1] == '\n')
		strbuf_truncate(&tui->message, tui->message.len - 1);
	if (fits_message(tui))
		return;
	for (size_t i = 0; i < tui->message.len; i++)
		if (tui->message.data[i] == '\n')
			tui->message.data[i] = ' ';
	if (fits_message(tui))
		return;
	strbuf_clear(&tui->message);
	strbuf_clear(&tui->page);
	strbuf_add(&tui->page, out);
	tui_open_page(tui);
}

/* The first error is the message; of several, and of one that would be cut before its cure, there
 * is a page. */
static void take_errors(struct tui *tui)
{
	const struct error_list *errors = &tui->context.errors;
	if (errors->n_items == 0)
		return;
	strbuf_clear(&tui->message);
	error_print(&errors->items[0], &tui->message);
	if (tui->state.pager || (errors->n_items == 1 && fits_message(tui)))
		return;
	strbuf_clear(&tui->page);
	for (size_t i = 0; i < errors->n_items; i++) {
		error_print(&errors->items[i], &tui->page);
		strbuf_add_char(&tui->page, '\n');
	}
	tui_open_page(tui);
}

void tui_mark_link(struct tui *tui)
{
	const struct command_context *context = &tui->context;
	bool has_link = tui->state.pager && tui->link < context->n_links;
	tui->state.pager_link = has_link ? context->links[tui->link].line + 1 : 0;
}

void tui_take_answer(struct tui *tui)
{
	struct command_context *context = &tui->context;
	const char *out = strbuf_str(&context->out);
	const char *end = strchr(out, '\n');
	strbuf_clear(&tui->message);
	tui_close_page(tui);
	tui->state.is_error = context->errors.n_items > 0;
	if (context->is_about_question && tui_mode(tui) == TUI_QUESTION) {
		strbuf_clear(&tui->said);
		strbuf_add(&tui->said, out);
	} else if (context->is_about_question) {
		take_last_word(tui, out);
	} else if (end && end[1]) {
		strbuf_clear(&tui->page);
		strbuf_add(&tui->page, out);
		tui_open_page(tui);
		tui->link = 0;
		tui_mark_link(tui);
	} else {
		strbuf_add_len(&tui->message, out, strcspn(out, "\n"));
	}
	take_errors(tui);
	tui->state.message = strbuf_str(&tui->message);
	tui->state.said = strbuf_str(&tui->said);
	context->is_about_question = false;
	error_list_free(&context->errors);
	strbuf_clear(&context->out);
}

void tui_exec_line(struct tui *tui, const char *line)
{
	const struct command_context *context = &tui->context;
	const struct lesson *before = context->session->lesson;
	uint64_t asked = context->session->stepper.asked;
	tui->progress = tui->work = (struct progress){0};
	bool is_own = tui_command_is_own(line);
	if (!is_own)
		tui->context.n_links = 0;
	command_exec(&tui->context, line);
	if (!is_own) {
		strbuf_clear(&tui->trail);
		strbuf_clear(&tui->asked);
		strbuf_add(&tui->asked, tui->context.n_links ? line : "");
	}
	if (context->session->stepper.asked != asked) /* it was said of another question */
		strbuf_clear(&tui->said);
	tui->was_stopped = terminal_interrupted();
	if (tui_mode(tui) == TUI_QUESTION)
		tui->state.is_pointing = false;
	if (context->session->lesson != before) {
		tui->state.lessons = NULL;
		tui->state.is_choosing = tui->state.is_pointing = false;
		tui_take_lesson_view(tui);
	}
}

void tui_run_line(struct tui *tui, const char *line)
{
	const struct command_context *context = &tui->context;
	tui_exec_line(tui, line);
	/* what only moves the view has shown its effect already */
	if (!tui_command_is_own(line) || context->errors.n_items || context->out.len)
		tui_take_answer(tui);
}

/* While a training goes on the screen shows it: its line, and the network with its new numbers. */
static void on_update(void *ctx, const struct training_progress *at)
{
	struct tui *tui = ctx;
	struct session *session = tui->context.session;
	if (!progress_is_due(&tui->progress))
		return;
	strbuf_clear(&tui->message);
	progress_print(&tui->progress, at, tui->columns > 2 ? (size_t)tui->columns - 2 : 0,
		       &session->style, &tui->message);
	tui->state.message = strbuf_str(&tui->message);
	tui->state.is_error = false;
	session_refresh(session, NULL);
	terminal_redraw();
}

void tui_say(struct tui *tui, struct strbuf *line)
{
	strbuf_clear(&tui->message);
	text_sanitize(&tui->message, strbuf_str(line), line->len);
	strbuf_free(line);
	tui->state.message = strbuf_str(&tui->message);
	tui->state.is_error = false;
}

static void say_unknown(struct tui *tui, const char *key)
{
	struct strbuf line = {0};
	tui->count = 0;
	strbuf_addf(&line, _("%s does nothing here; ? lists the keys"), key);
	tui_say(tui, &line);
}

/* Runs what a key types; what is about the key itself (a digit of a count, the start of a number)
 * is not over with it. */
static void type_key(struct tui *tui, const struct tui_key *row, const char *key)
{
	struct strbuf line = {0};
	if (row->takes_key)
		strbuf_addf(&line, "%s %s", row->command, key);
	else
		tui_key_type(row, tui->count, &line);
	if (!row->takes_key) {
		tui->count = 0;
		strbuf_clear(&tui->message);
		strbuf_clear(&tui->last_key);
		strbuf_addf(&tui->last_key, "%s %s",
			    row->shown && !strchr(row->shown, ' ') ? tr(row->shown) : key,
			    strbuf_str(&line));
	}
	tui_run_line(tui, strbuf_str(&line));
	strbuf_free(&line);
}

/* Of other work the last row alone shows how far it is: in the middle of it the session may not be
 * in a state to be drawn. */
static bool on_work(void *ctx, const struct work *work)
{
	struct tui *tui = ctx;
	bool is_stopped = terminal_interrupted();
	progress_hear(&tui->work, work);
	if (!is_stopped && !progress_is_due(&tui->work))
		return true;
	if (!is_stopped && tui->work.work.what) {
		struct strbuf line = {0};
		progress_print_work(&tui->work, tui->columns > 2 ? (size_t)tui->columns - 2 : 0,
				    &tui->context.session->style, &line);
		terminal_show_line(strbuf_str(&line));
		strbuf_free(&line);
	}
	return terminal_work_goes_on();
}

static void on_key(void *ctx, const char *key)
{
	struct tui *tui = ctx;
	bool was_stopped = tui->was_stopped;
	tui->was_stopped = false;
	if (was_stopped && strcmp(key, "ctrl-c") == 0)
		return;
	const char *bound = tui_mode(tui) <= TUI_CLICKER ? command_bound(&tui->context, key) : NULL;
	const struct tui_key own = {.keys = key, .command = bound};
	const struct tui_key *row = bound ? &own : tui_key_find(tui_mode(tui), key);
	bool is_sign = text_columns(key) == 1; /* not f1, which would be a formula */
	bool is_field =
	    tui_mode(tui) == TUI_QUESTION && is_sign && command_is_answer(&tui->context, key);
	bool is_rule =
	    tui->context.tutor && !tui->state.pager && tutor_is_rule(tui->context.tutor, key);
	if (is_field || is_rule)
		strbuf_clear(&tui->last_key);
	if (is_rule) /* one key is the whole answer */
		tui_run_line(tui, key);
	else if (is_field) /* the answer begins with what was pressed */
		terminal_prompt_open(key);
	else if (row)
		type_key(tui, row, key);
	else
		say_unknown(tui, key);
}

static void on_line(void *ctx, const char *line)
{
	tui_run_line(ctx, line);
}

static void on_paste(void *ctx, const char *text, bool is_at_prompt)
{
	tui_paste(ctx, text, is_at_prompt);
}

static char *on_complete(void *ctx, const char *line, size_t start, const char *word, int state)
{
	struct tui *tui = ctx;
	return command_complete(&tui->context, line, start, word, state);
}

/* Nobody waits: what was done is kept. */
static void on_idle(void *ctx)
{
	struct tui *tui = ctx;
	command_save_sitting(&tui->context);
	tui_keep_view(tui);
	if (tui->context.out.len == 0)
		return;
	tui_take_answer(tui);
	terminal_redraw();
}

static bool is_done(void *ctx)
{
	const struct tui *tui = ctx;
	return tui->context.session->quit;
}

static void on_draw(void *ctx, struct grid *grid)
{
	struct tui *tui = ctx;
	terminal_set_theme((enum theme)setting_value(tui->context.session, "theme"));
	tui->columns = grid->columns;
	strbuf_clear(&tui->task);
	command_print_task(&tui->context, &tui->task);
	tui->state.task = strbuf_str(&tui->task);
	tui->state.hints = tui->hints;
	tui->state.mode = tui_mode(tui) == TUI_WALK ? NULL : tui_mode_title(tui_mode(tui));
	tui->state.last_key = strbuf_str(&tui->last_key);
	tui->state.n_hints = tui_key_hints(tui_mode(tui), tui->hints, TUI_MAX_HINTS, tui->ascii);
	view_draw(tui->context.session, &tui->state, grid);
}

static bool has_more(void *ctx)
{
	const struct tui *tui = ctx;
	return tui->state.is_unfinished;
}

bool tui_is_usable(struct error *err)
{
	return terminal_is_usable(err);
}

/* What the person answers is kept in a file of their own; one that is damaged is named with the
 * first answer, and left alone. Owns: the caller (free). */
static char *keep_progress(struct tui *tui)
{
	struct error err = {0};
	char *path = paths_state("progress.bsp");
	if (!path)
		return NULL;
	if (command_keep_progress(&tui->context, path, &err))
		error_list_add(&tui->context.errors, &err);
	return path;
}

/* Somebody who has answered nothing yet is told where to begin. */
static void begin_with_choice(struct tui *tui)
{
	const struct tutor *tutor = tui->context.tutor;
	tui_run_line(tui, "lesson");
	if (tui->message.len > 0 || tui->state.pager || (tutor && tutor->learner.n_events > 0))
		return;
	strbuf_add(&tui->message, _("Enter opens the first lesson: it teaches the keys, in two "
				    "minutes."));
	tui->state.message = strbuf_str(&tui->message);
}

static void go_to_place(struct tui *tui, const char *place)
{
	struct strbuf line = {0};
	strbuf_addf(&line, "goto %s", place);
	tui_run_line(tui, strbuf_str(&line));
	strbuf_free(&line);
}

static void leave_screen(void *ctx, void (*work)(void *work_ctx), void *work_ctx)
{
	(void)ctx;
	terminal_leave_for(work, work_ctx);
}

/* Between two steps of `play`. */
static bool pause_between(void *ctx, double seconds)
{
	struct tui *tui = ctx;
	strbuf_clear(&tui->message);
	strbuf_add(&tui->message, _("any key stops"));
	tui->state.message = strbuf_str(&tui->message);
	tui->state.is_error = false;
	return terminal_pause(seconds);
}

static const char *key_of(void *ctx, const char *command)
{
	const struct tui *tui = ctx;
	return tui_key_of(command, tui->ascii);
}

static void tui_free(struct tui *tui)
{
	view_state_free(&tui->state);
	session_free(tui->context.session);
	lesson_list_free(&tui->lessons);
	free(tui->marks);
	strbuf_free(&tui->message);
	strbuf_free(&tui->page);
	strbuf_free(&tui->asked);
	strbuf_free(&tui->trail);
	strbuf_free(&tui->said);
	strbuf_free(&tui->pasted);
	strbuf_free(&tui->kept_view);
	strbuf_free(&tui->wanted);
	strbuf_free(&tui->prefill);
	strbuf_free(&tui->last_key);
	strbuf_free(&tui->task);
	command_context_free(&tui->context);
}

enum status tui_run(struct command_context *context, const char *place, const char *remarks,
		    bool colour, bool ascii, struct error *err)
{
	CONTRACT(context->session);
	struct session *session = context->session;
	struct tui tui = {.context = *context, .ascii = ascii};
	const struct command_front front = {
	    .ctx = &tui,
	    .commands = tui_commands,
	    .choose_lesson = tui_choose_lesson,
	    .show_view = tui_show_view,
	    .leave_screen = leave_screen,
	    .pause = pause_between,
	    .key_of = key_of,
	};
	char *history = paths_xdg("XDG_STATE_HOME", ".local/state", "history");
	struct terminal_options options = {colour, ascii, history};
	struct terminal_app app = {.ctx = &tui,
				   .draw = on_draw,
				   .key = on_key,
				   .line = on_line,
				   .paste = on_paste,
				   .complete = on_complete,
				   .idle = on_idle,
				   .done = is_done,
				   .more = has_more};
	tui.context.front = &front;
	const struct training_watch watch = {.ctx = &tui, .update = on_update};
	const struct work_watch work_watch = {&tui, on_work};
	work_set_watch(&work_watch);
	session->watch = &watch;
	char *progress = keep_progress(&tui);
	char *sittings = paths_xdg("XDG_STATE_HOME", ".local/state", "sittings");
	strbuf_add(&tui.context.out, remarks);
	if (session->lesson)
		lesson_warn(session->lesson, &session->built, &tui.context.out);
	command_keep_sittings(&tui.context, sittings);
	tui_recall_view(&tui);
	tui_take_lesson_view(&tui);
	if (!session->lesson)
		begin_with_choice(&tui);
	else if (place)
		go_to_place(&tui, place);
	else if (tui.context.out.len || tui.context.errors.n_items)
		tui_take_answer(&tui);
	enum status status = terminal_run(&app, &options, err);
	work_set_watch(NULL);
	tui_keep_view(&tui);
	tui_free(&tui);
	free(history);
	free(progress);
	free(sittings);
	return status;
}
