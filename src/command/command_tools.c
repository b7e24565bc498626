/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_tools.c -- set, check, lesson, save, help, quit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/file.h"
#include "backstep/base/i18n.h"
#include "backstep/build/lesson_describe.h"
#include "backstep/base/number.h"
#include "backstep/base/paths.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"
#include "backstep/engine/gradcheck.h"
#include "backstep/teach/course.h"
#include "backstep/session/setting.h"

COMMAND(set)
{
	char name[LABEL_TEXT];
	const char *value = command_word(args, name, sizeof name);
	if (strchr(args, '='))
		return command_set_number(context, args, err);
	if (*value)
		return setting_set(context->session, name, value, err);
	context->only_told = true;
	if (!*args)
		return command_show.run(context, "settings", err);
	struct strbuf text = {0};
	enum status status = setting_get(context->session, name, &text, err);
	if (!status)
		strbuf_addf(&context->out, "%s %s\n", name, strbuf_str(&text));
	strbuf_free(&text);
	return status;
}

COMPLETE(set)
{
	const struct session *session = context->session;
	char name[LABEL_TEXT], setting[SETTING_NAME];
	const char *word, *value = command_word(args, name, sizeof name);
	for (size_t i = 0; !*name && setting_name(session, i, setting); i++)
		words_add(words, setting);
	for (size_t i = 0; *name && !*value && (word = setting_choice(session, name, i)); i++)
		words_add(words, word_shown(word));
}

/* What is said of a parameter beside its numbers. */
static const char *const verdict_words[] = {
    [GRADCHECK_AGREES] = NULL,
    [GRADCHECK_DIFFERS] = N_("DIFFERS"),
    [GRADCHECK_CANNOT_TELL] = N_("cannot tell"),
    [GRADCHECK_AT_KINK] = N_("skipped: a unit is at its kink"),
    [GRADCHECK_AT_PENALTY_KINK] = N_("skipped: the penalty has its kink here"),
};

/* What a gradient check prints as it goes. */
static void add_param(struct command_context *context, const struct gradcheck_param *param)
{
	const struct model *model = context->session->built.model;
	const double values[] = {param->analytic, param->numeric};
	struct formula_style style = context->session->style;
	char name[LABEL_TEXT];
	const char *word = verdict_words[param->verdict];
	bool is_skipped = param->verdict > GRADCHECK_CANNOT_TELL;
	if (model->n_order > 50 && (!word || is_skipped))
		return;
	style.digits = 9;
	strbuf_addf(&context->out, "  %-8s ", model_param_name(model, param->param, name));
	for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
		size_t start = context->out.len;
		if (isnan(values[k])) /* no difference was to be had */
			strbuf_add(&context->out, command_blank(context->session));
		else
			step_print_number(values[k], &style, &context->out);
		command_pad_from(&context->out, start, 17);
	}
	style.digits = 2;
	if (!is_skipped)
		step_print_number(param->distance, &style, &context->out);
	strbuf_addf(&context->out, "%s%s\n", word && !is_skipped ? "  " : "", word ? _(word) : "");
}

static void report_param(void *ctx, const struct gradcheck_param *param)
{
	add_param(ctx, param);
}

static size_t count_looked_at(const struct gradcheck *result)
{
	size_t n = 0;
	for (size_t k = 0; k < N_GRADCHECK_VERDICTS; k++)
		n += result->n_of[k];
	return n;
}

COMMAND(check)
{
	size_t n_params = context->session->built.model->n_order;
	const size_t before = context->out.len;
	struct gradcheck result;
	enum status status = command_no_args(args, err);
	if (status)
		return status;
	strbuf_addf(&context->out, "  %-8s %-17s%-17s%s\n", "", _("gradient"), _("difference"),
		    _("distance"));
	status =
	    stepper_check_gradient(&context->session->stepper, &result, report_param, context, err);
	if (status == STATUS_INTERRUPTED) {
		strbuf_truncate(&context->out, before);
		error_set(err, status, _("interrupted: %zu parameters were looked at, %zu differ"),
			  count_looked_at(&result), result.n_of[GRADCHECK_DIFFERS]);
	}
	if (status)
		return status;
	if (count_looked_at(&result) < n_params)
		strbuf_addf(&context->out, _("%zu of %zu parameters were looked at\n"),
			    count_looked_at(&result), n_params);
	strbuf_addf(&context->out, _("%zu checked, %zu skipped at kinks, %zu differ\n"),
		    gradcheck_checked(&result), gradcheck_skipped(&result),
		    result.n_of[GRADCHECK_DIFFERS]);
	if (result.n_of[GRADCHECK_CANNOT_TELL])
		strbuf_addf(&context->out,
			    _("%zu cannot be told: rounding hides a millionth of them\n"),
			    result.n_of[GRADCHECK_CANNOT_TELL]);
	if (result.n_of[GRADCHECK_DIFFERS] == 0)
		return STATUS_OK;
	return error_set(err, STATUS_FAILED, _("the gradient is not the slope of the loss"));
}

static enum status list_lessons(struct command_context *context, struct error *err)
{
	struct lesson_list list;
	enum status status = lesson_list_read(&list, err);
	if (status)
		return status;
	status = course_print(&list, context->tutor ? &context->tutor->learner : NULL,
			      &context->out, err);
	for (size_t i = 0; i < list.errors.n_items; i++)
		error_list_add(&context->errors, &list.errors.items[i]);
	lesson_list_free(&list);
	return status;
}

COMMAND(lesson)
{
	struct session *session = context->session;
	const struct command_front *front = context->front;
	if (!*args)
		return front && front->choose_lesson ? front->choose_lesson(front->ctx, err)
						     : list_lessons(context, err);
	command_save_sitting(context);
	enum status status = session_open(session, args, &context->errors);
	if (status)
		return status; /* all errors are in the list already */
	command_forget_notes(context);
	if (context->reports_steps) {
		strbuf_addf(&context->out, "%s: %s\n", session->lesson->id.text,
			    lesson_text_in(&session->lesson->title, language_current()));
		command_add_text(context, "",
				 lesson_text_in(&session->lesson->text, language_current()));
	}
	lesson_warn(session->lesson, &session->built, &context->out);
	command_offer(context);
	(void)err;
	return STATUS_OK;
}

COMPLETE(lesson)
{
	struct lesson_list list;
	(void)context;
	if (*args || lesson_list_read(&list, NULL))
		return;
	for (size_t i = 0; i < list.n_items; i++)
		words_add(words, list.items[i].id);
	lesson_list_free(&list);
}

/* Appends the line that opens the lesson: a relative path as seen from where the script will be. */
static void add_lesson_line(const struct session *session, const char *script, struct strbuf *text)
{
	bool is_relative = session->lesson_file && *session->lesson_name != '/';
	char *seen = is_relative ? paths_relative(script, session->lesson_file) : NULL;
	const char *name = seen ? seen : is_relative ? session->lesson_file : session->lesson_name;
	strbuf_addf(text, "lesson %s\n", name);
	free(seen);
}

enum status command_check_name(const struct session *session, struct error *err)
{
	const char *name = session->lesson_file ? session->lesson_file : session->lesson_name;
	if (!name || (text_is_safe(name, strlen(name)) && !strpbrk(name, "\n\t")))
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, "%s",
		  _("the name of the lesson's file has characters that a script cannot have"));
	error_hint(err, "%s", _("rename the file"));
	return STATUS_BAD_INPUT;
}

COMMAND(save)
{
	struct session *session = context->session;
	struct strbuf text = {0};
	if (command_check_name(session, err))
		return STATUS_BAD_INPUT;
	if (!*args) {
		error_set(err, STATUS_BAD_INPUT, _("save needs the name of a file"));
		error_hint(err, _("for example: save my-walk.script"));
		return STATUS_BAD_INPUT;
	}
	strbuf_add(&text, strbuf_str(&session->record_before));
	add_lesson_line(session, args, &text);
	journal_script(&session->journal, &text);
	bool is_whole = !text.failed && !session->record_before.failed;
	enum status status =
	    is_whole ? file_create(args, text.data, text.len, err) : error_no_memory(err);
	strbuf_clear(&text);
	if (!status)
		strbuf_addf(&text, _("saved; replay it with: backstep run %s\n"), args);
	command_add_safe(context, &text);
	return status;
}

static void add_usage(struct strbuf *out, const struct command *row)
{
	strbuf_add(out, row->name);
	if (row->usage)
		strbuf_addf(out, " %s", _(row->usage));
}

static void add_summary(struct strbuf *out, const struct command *row)
{
	struct strbuf usage = {0};
	add_usage(&usage, row);
	if (text_columns(strbuf_str(&usage)) > 26)
		strbuf_addf(out, "%s\n%28s", strbuf_str(&usage), "");
	else
		text_pad(out, strbuf_str(&usage), 28);
	strbuf_addf(out, "%s\n", _(row->summary));
	strbuf_free(&usage);
}

COMMAND(help)
{
	const struct command *row;
	struct strbuf *out = &context->out;
	if (*args) {
		enum status status = command_find(args, &row, err);
		if (status)
			return status;
		add_usage(out, row);
		strbuf_addf(out, "\n  %s\n", _(row->summary));
		if (row->aliases)
			strbuf_addf(out, "  %s: %s\n", _("also"), row->aliases);
		if (row->more)
			command_add_text(context, "  ", _(row->more));
		return STATUS_OK;
	}
	for (const struct command *const *at = command_registry; *at; at++)
		add_summary(out, *at);
	strbuf_add(out, _("A unique start of a name is enough. help COMMAND says more.\n"));
	return STATUS_OK;
}

COMPLETE(command)
{
	(void)context;
	for (const struct command *const *at = command_registry; !*args && *at; at++)
		words_add(words, (*at)->name);
}

COMMAND(quit)
{
	enum status status = command_no_args(args, err);
	if (!status)
		context->session->quit = true;
	return status;
}

const struct command command_set = {
    .name = "set",
    .enough = 2,
    .aliases = "poner",
    .usage = N_("NAME VALUE|NAME = NUMBER"),
    .summary = N_("change a setting, or with = a parameter, an input, a target; without one: all "
		  "settings"),
    .more = N_(
	"w5 = 0.7 prepares the update at hand anew, with the position as it is; before it the old "
	"numbers are still there. restart drops it."),
    .recorded = true,
    .run = run_set,
    .complete = complete_set,
};

const struct command command_check = {
    .name = "check",
    .enough = 3,
    .aliases = "comprobar",
    .summary = N_("compare the gradient with central differences"),
    .needs_lesson = true,
    .reveals = true,
    .run = run_check,
};

const struct command command_lesson = {
    .name = "lesson",
    .enough = 2,
    .aliases = "l leccion lección",
    .usage = N_("[NAME|FILE]"),
    .summary = N_("open a lesson; without one: all of them"),
    .run = run_lesson,
    .complete = complete_lesson,
};

const struct command command_save = {
    .name = "save",
    .enough = 4,
    .aliases = "guardar",
    .usage = N_("FILE"),
    .summary = N_("write this sitting as a script"),
    .needs_lesson = true,
    .run = run_save,
};

const struct command command_help = {
    .name = "help",
    .enough = 1,
    .aliases = "h ayuda",
    .usage = N_("[COMMAND]"),
    .summary = N_("explain the commands"),
    .run = run_help,
    .complete = complete_command,
};

const struct command command_quit = {
    .name = "quit",
    .enough = 1,
    .aliases = "q exit salir",
    .summary = N_("leave"),
    .run = run_quit,
};
