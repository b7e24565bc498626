/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui.c -- binds a session to the terminal: keys and prompt lines become commands, their answers
 * become a message or a page, and the view draws the rest. */
#include "backstep/tui/tui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/build/lesson_describe.h"
#include "backstep/base/paths.h"
#include "backstep/command/command.h"
#include "backstep/command/progress.h"
#include "backstep/view/view.h"
#include "tui_keys.h"

enum { TUI_MAX_HINTS = 12, TUI_PAGE = 10 };

/* What the last line says while a page is open, and while a lesson is chosen. */
static const struct view_hint page_hints[] = {
    {"PgDn PgUp", N_("scroll")},
    {"q", N_("close")},
};
static const struct view_hint question_hints[] = {
    {"0-9", N_("type a number")}, {"h", N_("hint")},    {"w", N_("why")},  {"g", N_("give up")},
    {"b", N_("look back")},       {":", N_("command")}, {"?", N_("keys")},
};
static const struct view_hint choice_hints[] = {
    {"Enter", N_("open the lesson")},
    {":", N_("command")},
    {"?", N_("keys")},
    {"q", N_("quit")},
};

/* Owns: everything but the session. */
struct tui {
	struct command_context context;
	struct view_state state;
	struct view_hint hints[TUI_MAX_HINTS];
	size_t n_hints;
	struct strbuf message, page, said;
	struct lesson_list lessons;
	bool was_stopped;         /* by a Ctrl-C that is still to come as a key */
	struct progress progress; /* of a training on its way */
	int columns;              /* of the screen drawn last */
};

static void close_page(struct tui *tui)
{
	tui->state.pager = NULL;
	tui->state.pager_line = 0;
}

static void open_page(struct tui *tui)
{
	tui->state.pager = strbuf_str(&tui->page);
	tui->state.pager_line = 0;
}

static void choose_lesson(struct tui *tui)
{
	struct error err = {0};
	lesson_list_free(&tui->lessons);
	if (lesson_list_read(&tui->lessons, &err))
		error_list_add(&tui->context.errors, &err);
	tui->state.lessons = tui->lessons.items;
	tui->state.n_lessons = tui->lessons.n_items;
	if (tui->state.chosen >= tui->state.n_lessons)
		tui->state.chosen = 0;
}

/* Turns what the command said into the message line, or into a page where it is longer. */
static void take_answer(struct tui *tui)
{
	struct command_context *context = &tui->context;
	const char *out = strbuf_str(&context->out);
	const char *end = strchr(out, '\n');
	strbuf_clear(&tui->message);
	tui->state.is_error = context->errors.n_items > 0;
	if (context->is_about_question) {
		strbuf_clear(&tui->said);
		strbuf_add(&tui->said, out);
	} else if (end && end[1]) {
		strbuf_clear(&tui->page);
		strbuf_add(&tui->page, out);
		open_page(tui);
	} else {
		strbuf_add_len(&tui->message, out, strcspn(out, "\n"));
	}
	if (context->errors.n_items > 1 && !tui->state.pager) {
		strbuf_clear(&tui->page);
		for (size_t i = 0; i < context->errors.n_items; i++) {
			error_print(&context->errors.items[i], &tui->page);
			strbuf_add_char(&tui->page, '\n');
		}
		open_page(tui);
	}
	if (context->errors.n_items > 0) {
		strbuf_clear(&tui->message);
		error_print(&context->errors.items[0], &tui->message);
	}
	tui->state.message = strbuf_str(&tui->message);
	tui->state.said = strbuf_str(&tui->said);
	context->is_about_question = false;
	error_list_free(&context->errors);
	strbuf_clear(&context->out);
}

static void run_command(struct tui *tui, const char *line)
{
	const struct lesson *before = tui->context.session->lesson;
	close_page(tui);
	tui->progress = (struct progress){0};
	command_exec(&tui->context, line);
	tui->was_stopped = terminal_interrupted();
	if (tui->context.session->lesson != before)
		tui->state.lessons = NULL;
	take_answer(tui);
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

static void show_keys(struct tui *tui)
{
	strbuf_clear(&tui->page);
	tui_key_help(&tui->page);
	open_page(tui);
}

/* Keys while a page is open: scroll it; any other key closes it. */
static bool page_key(struct tui *tui, const char *key)
{
	static const struct {
		const char *key;
		int lines;
	} moves[] = {{"down", 1},          {"j", 1},
		     {"up", -1},           {"k", -1},
		     {"space", TUI_PAGE},  {"pagedown", TUI_PAGE},
		     {"pageup", -TUI_PAGE}};
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		if (strcmp(key, moves[i].key) != 0)
			continue;
		size_t back = (size_t)-moves[i].lines;
		if (moves[i].lines > 0)
			tui->state.pager_line += (size_t)moves[i].lines;
		else
			tui->state.pager_line -=
			    back < tui->state.pager_line ? back : tui->state.pager_line;
		return true;
	}
	close_page(tui);
	return strcmp(key, ":") != 0;
}

/* Whether a key means the same while a lesson is being chosen. */
static bool stays_while_choosing(const char *key)
{
	const char *command = tui_key_command(key);
	return command && (*command == ':' || strcmp(command, "quit") == 0);
}

/* Keys while a lesson is being chosen. */
static bool lesson_key(struct tui *tui, const char *key)
{
	struct view_state *state = &tui->state;
	if (strcmp(key, "down") == 0 || strcmp(key, "j") == 0) {
		state->chosen += state->chosen + 1 < state->n_lessons;
	} else if (strcmp(key, "up") == 0 || strcmp(key, "k") == 0) {
		state->chosen -= state->chosen > 0;
	} else if ((strcmp(key, "enter") == 0 || strcmp(key, "right") == 0) && state->n_lessons) {
		struct strbuf line = {0};
		strbuf_addf(&line, "lesson %s", state->lessons[state->chosen].id);
		run_command(tui, strbuf_str(&line));
		strbuf_free(&line);
	} else if ((strcmp(key, "escape") == 0 || strcmp(key, "o") == 0) &&
		   tui->context.session->lesson) {
		state->lessons = NULL;
	} else {
		return !stays_while_choosing(key);
	}
	return true;
}

static void open_prompt(struct tui *tui)
{
	(void)tui;
	terminal_prompt_open("");
}

/* Ctrl-C while nothing runs: who presses it wants to leave. */
static void say_how_to_leave(struct tui *tui)
{
	strbuf_add(&tui->message, _("nothing is running; q leaves"));
	tui->state.message = strbuf_str(&tui->message);
	tui->state.is_error = false;
}

/* What only the full screen can do. */
static const struct {
	const char *name;
	void (*run)(struct tui *tui);
} own_commands[] = {
    {":prompt", open_prompt},
    {":keys", show_keys},
    {":lessons", choose_lesson},
    {":stop", say_how_to_leave},
};

static void on_key(void *ctx, const char *key)
{
	struct tui *tui = ctx;
	bool was_stopped = tui->was_stopped;
	tui->was_stopped = false;
	if (was_stopped && strcmp(key, "ctrl-c") == 0)
		return;
	if (tui->state.pager && page_key(tui, key))
		return;
	if (tui->state.lessons && lesson_key(tui, key))
		return;
	strbuf_clear(&tui->message);
	if (command_is_answer(&tui->context, key) && !key[1]) {
		terminal_prompt_open(key); /* the field of the answer */
		return;
	}
	bool is_asked = tui->context.tutor && tui->context.tutor->open;
	const char *command = is_asked ? tui_question_command(key) : NULL;
	if (!command)
		command = tui_key_command(key);
	if (!command)
		return;
	for (size_t i = 0; i < sizeof own_commands / sizeof *own_commands; i++) {
		if (strcmp(command, own_commands[i].name) != 0)
			continue;
		own_commands[i].run(tui);
		return;
	}
	run_command(tui, command);
}

/* Alone, the command that opens a lesson shows the list to choose from. */
static bool asks_for_lessons(const char *line)
{
	char name[LABEL_TEXT];
	const struct command *command;
	int end = 0;
	if (sscanf(line, " %15s %n", name, &end) != 1 || line[end])
		return false;
	return !command_find(name, &command, NULL) && strcmp(command->name, "lesson") == 0;
}

static void on_line(void *ctx, const char *line)
{
	struct tui *tui = ctx;
	if (asks_for_lessons(line))
		choose_lesson(tui);
	else
		run_command(tui, line);
}

static char *on_complete(void *ctx, const char *line, size_t start, const char *word, int state)
{
	struct tui *tui = ctx;
	return command_complete(&tui->context, line, start, word, state);
}

static bool is_done(void *ctx)
{
	const struct tui *tui = ctx;
	return tui->context.session->quit;
}

/* The keys that do something now. */
static void choose_hints(struct tui *tui)
{
	struct view_state *state = &tui->state;
	bool is_asked = tui->context.tutor && tui->context.tutor->open;
	state->hints = state->pager     ? page_hints
		       : state->lessons ? choice_hints
		       : is_asked       ? question_hints
					: tui->hints;
	state->n_hints = state->pager     ? sizeof page_hints / sizeof *page_hints
			 : state->lessons ? sizeof choice_hints / sizeof *choice_hints
			 : is_asked       ? sizeof question_hints / sizeof *question_hints
					  : tui->n_hints;
}

static void on_draw(void *ctx, struct grid *grid)
{
	struct tui *tui = ctx;
	tui->columns = grid->columns;
	choose_hints(tui);
	view_draw(tui->context.session, &tui->state, grid);
}

enum status tui_run(struct session *session, bool colour, bool ascii, struct error *err)
{
	struct tui tui = {.context = {.session = session}};
	char *history = paths_xdg("XDG_STATE_HOME", ".local/state", "history");
	struct terminal_options options = {colour, ascii, history};
	struct terminal_app app = {&tui, on_draw, on_key, on_line, on_complete, is_done};
	tui.n_hints = tui_key_hints(tui.hints, TUI_MAX_HINTS, ascii);
	const struct training_watch watch = {&tui, on_update, NULL};
	session->is_interrupted = terminal_interrupted;
	session->watch = &watch;
	char *progress_path = paths_xdg("XDG_STATE_HOME", ".local/state", "progress.bsp");
	if (progress_path) {
		struct error damaged = {0};
		paths_make_folders(progress_path);
		if (command_keep_progress(&tui.context, progress_path, &damaged))
			error_list_add(&tui.context.errors, &damaged);
	}
	if (tui.context.errors.n_items > 0)
		take_answer(&tui);
	if (!session->lesson)
		choose_lesson(&tui);
	else if (lesson_warn(session->lesson, &session->built.rows, &tui.context.out))
		take_answer(&tui);
	enum status status = terminal_run(&app, &options, err);
	session->watch = NULL;
	lesson_list_free(&tui.lessons);
	strbuf_free(&tui.message);
	strbuf_free(&tui.page);
	strbuf_free(&tui.said);
	command_context_free(&tui.context);
	free(history);
	free(progress_path);
	return status;
}
