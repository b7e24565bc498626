/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sitting.h -- a session to type commands into, for tests of the language: what a command answered,
 * what it complained of, and whether it left everything as it was. */
#ifndef BACKSTEP_TESTS_SITTING_H
#define BACKSTEP_TESTS_SITTING_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/text.h"
#include "backstep/base/work.h"
#include "backstep/command/command.h"
#include "backstep/session/setting.h"

/* Lessons of every sort that comes with the program, for tests that would take long with all. */
static const char *const shipped_lessons[] = {"or-perceptron",      "sigmoid-2-2-2",  "xor-relu",
					      "xor-relu-learn",     "residual-block", "dropout",
					      "batch-normalisation"};
enum { N_SHIPPED = sizeof shipped_lessons / sizeof *shipped_lessons };

/* Owns: all of it. */
struct sitting {
	struct command_context context;
	struct session *session;
	struct strbuf errors; /* of the last command, a line each */
};

/* All that a command could change. Owns: state and text. */
struct moment {
	struct trainer_state *state; /* NULL: no lesson */
	uint64_t n_updates, index;
	struct strbuf text; /* the step, the settings, the breakpoints, the record */
};

static inline void sitting_end(struct sitting *sitting)
{
	session_free(sitting->session);
	command_context_free(&sitting->context);
	strbuf_free(&sitting->errors);
}

/* Types a line. Its answer stands in context.out, its errors in errors. */
static inline enum status type(struct sitting *sitting, const char *line)
{
	struct error_list *list = &sitting->context.errors;
	strbuf_clear(&sitting->context.out);
	strbuf_clear(&sitting->errors);
	enum status status = command_exec(&sitting->context, line);
	sitting->session = sitting->context.session;
	for (size_t i = 0; i < list->n_items; i++) {
		error_print(&list->items[i], &sitting->errors);
		strbuf_add_char(&sitting->errors, '\n');
	}
	error_list_free(list);
	return status;
}

static inline const char *answer(const struct sitting *sitting)
{
	return strbuf_str(&sitting->context.out);
}

static inline const char *complaint(const struct sitting *sitting)
{
	return strbuf_str(&sitting->errors);
}

static inline void type_good_at(struct sitting *sitting, const char *text, const char *file,
				int line)
{
	if (type(sitting, text) == STATUS_OK && sitting->errors.len == 0)
		return;
	print_error("'%s': %s\n", text, complaint(sitting));
	_fail(file, line);
}

static inline void check_contains(const char *text, const char *part, const char *file, int line)
{
	if (strstr(text, part))
		return;
	print_error("'%s' is not in:\n%s\n", part, text);
	_fail(file, line);
}

#define type_good(sitting, text) type_good_at((sitting), (text), __FILE__, __LINE__)
#define assert_contains(text, part) check_contains((text), (part), __FILE__, __LINE__)

/* A sitting without a lesson, in English. */
static inline void sitting_begin(struct sitting *sitting)
{
	*sitting = (struct sitting){.context.reports_steps = true};
	text_locale_init();
	language_set(LANGUAGE_EN);
	assert_int_equal(session_new(&sitting->session, NULL), STATUS_OK);
	sitting->context.session = sitting->session;
}

static inline void sitting_open(struct sitting *sitting, const char *lesson)
{
	struct strbuf line = {0};
	sitting_begin(sitting);
	strbuf_addf(&line, "lesson %s", lesson);
	type_good(sitting, strbuf_str(&line));
	strbuf_free(&line);
}

/* How often long work has asked whether to go on, and when it is to stop; 0: never. */
struct work_stop {
	size_t asked, at;
};

static inline bool work_stop_ask(void *ctx, const struct work *work)
{
	struct work_stop *stop = ctx;
	(void)work;
	return ++stop->asked != stop->at;
}

/* Types a line of which the work is stopped when it asks for the n-th time, 0: never. Returns how
 * often it asked. */
static inline size_t type_stopped(struct sitting *sitting, const char *line, size_t n,
				  enum status *status)
{
	struct work_stop stop = {.at = n};
	const struct work_watch watch = {&stop, work_stop_ask};
	work_set_watch(&watch);
	*status = type(sitting, line);
	work_set_watch(NULL);
	return stop.asked;
}

static inline void moment_take(const struct sitting *sitting, struct moment *moment)
{
	const struct session *session = sitting->session;
	*moment = (struct moment){0};
	strbuf_addf(&moment->text, "%s\n", session->lesson ? session->lesson->id.text : "");
	char name[SETTING_NAME];
	for (size_t i = 0; setting_name(session, i, name); i++) {
		strbuf_addf(&moment->text, "%s ", name);
		setting_get(session, name, &moment->text, NULL);
		strbuf_add_char(&moment->text, '\n');
	}
	for (size_t i = 0; i < session->n_breaks; i++)
		strbuf_addf(&moment->text, "break %s\n", session->breaks[i].text);
	journal_script(&session->journal, &moment->text);
	if (!session->lesson)
		return;
	const struct stepper *stepper = &session->stepper;
	moment->state = trainer_save(&stepper->trainer);
	assert_non_null(moment->state);
	moment->n_updates = stepper->trainer.n_updates;
	moment->index = stepper->index;
	if (session->has_step)
		step_print_report(&session->step, &session->style, &moment->text);
}

static inline void moment_free(struct moment *moment)
{
	free(moment->state);
	strbuf_free(&moment->text);
}

static inline void check_same_moment(const struct moment *got, const struct moment *wanted,
				     const char *file, int line)
{
	if (got->n_updates == wanted->n_updates && got->index == wanted->index &&
	    !got->state == !wanted->state &&
	    (!got->state || trainer_state_equal(got->state, wanted->state)) &&
	    strcmp(strbuf_str(&got->text), strbuf_str(&wanted->text)) == 0)
		return;
	print_error("update %llu, step %llu:\n%s\ninstead of update %llu, step %llu:\n%s\n",
		    (unsigned long long)got->n_updates, (unsigned long long)got->index,
		    strbuf_str(&got->text), (unsigned long long)wanted->n_updates,
		    (unsigned long long)wanted->index, strbuf_str(&wanted->text));
	_fail(file, line);
}

#define assert_same_moment(got, wanted) check_same_moment((got), (wanted), __FILE__, __LINE__)

/* Types a line that must be refused with part in its complaint, and change nothing. */
static inline void refuse_at(struct sitting *sitting, const char *text, const char *part,
			     const char *file, int line)
{
	struct moment before, after;
	moment_take(sitting, &before);
	enum status status = type(sitting, text);
	moment_take(sitting, &after);
	check_same_moment(&after, &before, file, line);
	moment_free(&before);
	moment_free(&after);
	if (status == STATUS_OK)
		print_error("'%s' was not refused\n", text);
	check_contains(complaint(sitting), part, file, line);
	if (status == STATUS_OK)
		_fail(file, line);
}

#define assert_refused(sitting, text, part) refuse_at((sitting), (text), (part), __FILE__, __LINE__)

#endif
