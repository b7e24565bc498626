/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_check.c -- `backstep check`: proves lessons, and prints TAP (testanything.org).
 *
 * A folder means the lessons in it. For each: it reads; its gradient is the slope of its loss; its
 * steps are facts, by paths and by deltas; going back is exact; the lecture's printed figures have
 * the verdicts that it gives them. Checked are all batches of the first epoch, of large networks
 * and data sets so many, so many parameters and steps, that it does not take long. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console_private.h"
#include "file_list.h"
#include "file_watch.h"
#include "subcommand_list.h"
#include "tap.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/build/lesson_rows.h"
#include "backstep/engine/gradcheck.h"
#include "backstep/command/command.h"
#include "backstep/lesson/lesson_find.h"
#include "backstep/session/figure_text.h"
#include "backstep/teach/quiz_check.h"
#include "backstep/trace/verify.h"

/* One lesson's checks. */
struct check {
	struct tap *tap;
	struct session *session;
	const char *lesson;
	struct strbuf detail;
	struct error err;
	int code;
};

/* Prints a result, and what went wrong. */
static void report(struct check *check, const char *what, enum tap_result result)
{
	struct strbuf diagnostic = {0};
	if (result == TAP_FAILED && check->err.code)
		error_print(&check->err, &diagnostic);
	tap_add(check->tap, &(struct tap_case){.file = check->lesson,
					       .name = what,
					       .result = result,
					       .detail = strbuf_str(&check->detail),
					       .diagnostic = strbuf_str(&diagnostic)});
	strbuf_free(&diagnostic);
	strbuf_clear(&check->detail);
	if (result == TAP_FAILED && check->code == EXIT_GOOD)
		check->code = EXIT_CHECK_FAILED;
	check->err = (struct error){0};
}

static enum tap_result result_of(enum status status)
{
	return status ? TAP_FAILED : TAP_GOOD;
}

enum {
	MAX_STEPS = 200000, /* in the batches that are checked, but for the first */
};

/* How many batches of the first epoch are checked. */
static uint64_t count_batches(struct stepper *stepper)
{
	uint64_t few = 1 + MAX_STEPS / stepper_n_steps(stepper);
	uint64_t all = stepper_epoch(stepper);
	return few < all ? few : all;
}

/* Calls work for batches of the first epoch. Errors: as work. */
static enum status each_batch(struct check *check,
			      enum status (*work)(struct check *check, void *ctx), void *ctx)
{
	struct stepper *stepper = &check->session->stepper;
	enum status status = stepper_go(stepper, 0, &check->err);
	for (uint64_t batch = count_batches(stepper); !status && batch > 0; batch--) {
		stepper_end_pass(stepper);
		status = work(check, ctx);
		if (!status)
			status = stepper_update(stepper, &check->err);
		if (!status)
			stepper_leave_commit(stepper);
	}
	return status;
}

static enum status check_gradient(struct check *check, void *ctx)
{
	struct gradcheck *total = ctx, result;
	struct stepper *stepper = &check->session->stepper;
	const struct model *model = check->session->built.model;
	enum status status = stepper_check_gradient(stepper, &result, NULL, NULL, &check->err);
	if (status)
		return status;
	for (size_t k = 0; k < N_GRADCHECK_VERDICTS; k++)
		total->n_of[k] += result.n_of[k];
	if (result.worst.distance > total->worst.distance)
		total->worst = result.worst;
	if (result.n_of[GRADCHECK_DIFFERS] == 0)
		return STATUS_OK;
	char name[LABEL_TEXT], analytic[NUMBER_TEXT], numeric[NUMBER_TEXT];
	return error_set(&check->err, STATUS_FAILED,
			 _("the gradient of %s is %s, the difference quotient is %s"),
			 model_param_name(model, result.worst.param, name),
			 number_format(analytic, result.worst.analytic, 9),
			 number_format(numeric, result.worst.numeric, 9));
}

static void run_gradient(struct check *check)
{
	struct gradcheck total = {0};
	char worst[NUMBER_TEXT];
	enum status status = each_batch(check, check_gradient, &total);
	strbuf_addf(&check->detail, _("%zu checked, %zu skipped at kinks, farthest %s"),
		    gradcheck_checked(&total), gradcheck_skipped(&total),
		    number_format(worst, total.worst.distance, 2));
	if (total.n_of[GRADCHECK_CANNOT_TELL])
		strbuf_addf(&check->detail, _(", %zu cannot be told"),
			    total.n_of[GRADCHECK_CANNOT_TELL]);
	report(check, _("the gradient is the slope of the loss"), result_of(status));
}

/* Steps of the first epoch. */
struct step_count {
	uint64_t checked, all;
};

static enum status check_steps(struct check *check, void *ctx)
{
	struct step_count *count = ctx;
	return verify_update(&check->session->stepper, &count->checked, &check->err);
}

static void run_steps(struct check *check, enum chain_form form, const char *what)
{
	struct step_count count = {0};
	struct stepper *stepper = &check->session->stepper;
	const enum chain_form own = stepper_chain(stepper);
	enum status status = stepper_set_chain(stepper, form, &check->err);
	if (status == STATUS_BAD_INPUT) {
		strbuf_add(&check->detail, check->err.message);
		report(check, what, TAP_SKIPPED);
		return;
	}
	if (!status)
		status = each_batch(check, check_steps, &count);
	count.all = stepper_before(stepper, stepper_epoch(stepper));
	if (!status)
		status = stepper_set_chain(stepper, own, &check->err);
	if (status || count.checked == count.all)
		strbuf_addf(&check->detail, _("%llu steps"), (unsigned long long)count.checked);
	else
		strbuf_addf(&check->detail, _("%llu of %llu steps"),
			    (unsigned long long)count.checked, (unsigned long long)count.all);
	report(check, what, result_of(status));
}

enum { BACK_STEPS = 100 };

/* n steps forwards and n back, from the start: the state must be the same to the bit. */
static void run_back(struct check *check)
{
	struct stepper *stepper = &check->session->stepper;
	enum status status = stepper_go(stepper, 0, &check->err);
	struct stepper_save before = {0}, after = {0};
	uint64_t n = 0;
	if (!status)
		status = stepper_save(stepper, &before, &check->err);
	while (!status && n < BACK_STEPS && !stepper_next(stepper, NULL))
		n++;
	for (uint64_t k = stepper_number(stepper); !status && k > 0; k--)
		status = stepper_back(stepper, &check->err);
	if (!status)
		status = stepper_save(stepper, &after, &check->err);
	if (!status && !trainer_state_equal(before.entries[0].state, after.entries[0].state))
		status = error_set(&check->err, STATUS_FAILED, _("the state is not what it was"));
	stepper_save_free(&before);
	stepper_save_free(&after);
	strbuf_addf(&check->detail, _("%llu steps"), (unsigned long long)n);
	report(check, _("going back is exact"), result_of(status));
}

/* What went wrong has a place in the lesson: told as an error, and kept in the XML. */
static void report_errors(struct check *check, const char *what, enum status status,
			  struct error_list *errors)
{
	struct strbuf all = {0};
	for (size_t i = 0; i < errors->n_items; i++) {
		error_print(&errors->items[i], &all);
		strbuf_add_char(&all, '\n');
	}
	tap_add(check->tap, &(struct tap_case){.file = check->lesson,
					       .name = what,
					       .result = result_of(status),
					       .detail = strbuf_str(&check->detail),
					       .diagnostic = strbuf_str(&all),
					       .is_known = true});
	strbuf_free(&all);
	strbuf_clear(&check->detail);
	options_print_errors(check->tap->options, errors);
}

/* Where to look at the figures that differ, or that the lesson judges otherwise. */
static void note_places(const struct check *check, const struct figures *figures)
{
	struct strbuf lines = {0};
	for (size_t i = 0; i < figures->n_items; i++) {
		const struct figure *figure = &figures->items[i];
		struct strbuf place = {0};
		if (figure->verdict != FIGURE_DIFFERS &&
		    figure->verdict == figure->said->declared.value)
			continue;
		figure_print_address(check->session, figure, &place);
		if (place.len > 0)
			strbuf_addf(&lines, "%s = %s %s, place: %s\n", figure->said->of.text,
				    figure->said->printed.text,
				    figure_verdict_words[figure->verdict], strbuf_str(&place));
		strbuf_free(&place);
	}
	tap_note(check->tap, strbuf_str(&lines));
	strbuf_free(&lines);
}

/* Each printed figure is what the lesson says it is. */
static void run_figures(struct check *check)
{
	struct figures figures;
	struct error_list errors = {0};
	if (check->session->lesson->figures.n_items == 0)
		return;
	enum status status = figures_judge(check->session->lesson, &figures, &errors);
	figures_print_counts(&figures, &check->detail);
	report_errors(check, _("the printed figures have their verdicts"), status, &errors);
	note_places(check, &figures);
	if (status && check->code == EXIT_GOOD)
		check->code = EXIT_CHECK_FAILED;
	figures_free(&figures);
}

/* A line for each kind of question that the lesson has. Numbers that hide slips are no fault of a
 * lesson: it says so, and practice takes numbers of a seed. */
static void run_questions(struct check *check)
{
	struct quiz_check checks[N_SKILLS];
	enum status status = quiz_check_lesson(check->session, checks, &check->err);
	if (status)
		report(check, _("questions"), TAP_FAILED);
	for (size_t i = 0; !status && i < N_SKILLS; i++) {
		const struct quiz_check *one = &checks[i];
		if (one->n_questions == 0)
			continue;
		strbuf_addf(&check->detail, _("%zu questions, %zu tell slips apart, %zu are 0"),
			    one->n_questions, one->n_clean, one->n_zero);
		if (one->n_clean < one->n_questions)
			strbuf_addf(&check->detail, _("; for practice: quiz %s --seed 1"),
				    skill_word((enum skill)i));
		if (one->n_wrong > 0)
			error_set(
			    &check->err, STATUS_FAILED,
			    _("%zu of them are not right by their own number, first step %llu"),
			    one->n_wrong, (unsigned long long)one->wrong);
		report(check, tr(skill_table[i].title), one->n_wrong ? TAP_FAILED : TAP_GOOD);
	}
}

/* What only others than the reader know: kinds of step, classes of slips, commands,
 * views. */
static enum status check_words(const struct lesson *lesson, struct error_list *errors)
{
	enum status tasks = command_check_tasks(lesson, errors);
	enum status quiz = quiz_check_words(lesson, errors);
	enum status views = command_check_views(lesson, errors);
	return tasks ? tasks : quiz ? quiz : views;
}

static int check_lesson(struct tap *tap, const char *lesson)
{
	struct check check = {.tap = tap, .lesson = lesson};
	struct error_list errors = {0};
	if (options_session(tap->options, &check.session, &check.err))
		return options_fail(tap->options, &check.err);
	enum status status = session_open(check.session, lesson, &errors);
	if (!status)
		status = check_words(check.session->lesson, &errors);
	report_errors(&check, _("reads"), status, &errors);
	if (status) {
		check.code = EXIT_MISUSE;
	} else if (tap->options->quiz) {
		run_questions(&check);
	} else {
		run_gradient(&check);
		run_steps(&check, CHAIN_PATHS, _("the steps by paths are facts"));
		run_steps(&check, CHAIN_DELTAS, _("the steps by deltas are facts"));
		run_back(&check);
		run_figures(&check);
	}
	strbuf_free(&check.detail);
	session_free(check.session);
	return check.code;
}

static int check_all(const struct options *options, char *const *lessons, size_t n_lessons)
{
	struct tap tap;
	int code = EXIT_GOOD;
	tap_begin(&tap, options);
	for (size_t i = 0; i < n_lessons; i++) {
		int one = check_lesson(&tap, lessons[i]);
		code = one > code ? one : code;
	}
	return tap_end(&tap, "backstep check", code);
}

/* Names of lessons become their files. Errors: as lesson_find; standard input is none. */
static enum status find_files(struct file_list *lessons, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; !status && i < lessons->n_names; i++) {
		char *path;
		if (strcmp(lessons->names[i], LESSON_ON_INPUT) == 0)
			return error_set(err, STATUS_BAD_INPUT,
					 _("standard input cannot be watched"));
		status = lesson_find(lessons->names[i], &path, err);
		if (!status) {
			free(lessons->names[i]);
			lessons->names[i] = path;
		}
	}
	return status;
}

/* Looks at a lesson and at the files of rows that it names, as far as it can be read. Errors: as
 * file_watch_add, of the lesson. */
static enum status watch_lesson(struct file_watch *watch, const char *file, size_t number,
				struct error *err)
{
	struct error_list errors = {0};
	struct lesson *lesson = NULL;
	struct arena *arena = arena_new();
	enum status status = file_watch_add(watch, file, number, err);
	if (!status && arena && !lesson_read_file(file, &lesson, &errors)) {
		const char *const names[] = {lesson->data.table.file.text,
					     lesson->data.test_file.text};
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			const char *path =
			    names[i] ? lesson_rows_file(lesson, names[i], arena) : NULL;
			if (path)
				file_watch_add(watch, path, number, NULL);
		}
		lesson_free(lesson);
	}
	error_list_free(&errors);
	arena_free(arena);
	return status;
}

/* Checks all, and from then on each lesson that is saved, or whose rows are, until a signal ends
 * the program, which has changed nothing of the terminal. Returns where a file cannot be watched.
 */
static int check_and_watch(const struct options *options, struct file_list *lessons)
{
	struct file_watch watch = {.fd = -1};
	struct error err = {0};
	size_t which;
	enum status status = find_files(lessons, &err);
	if (!status)
		status = file_watch_begin(&watch, &err);
	for (size_t i = 0; !status && i < lessons->n_names; i++)
		status = watch_lesson(&watch, lessons->names[i], i, &err);
	if (!status)
		check_all(options, lessons->names, lessons->n_names);
	while (!status && fflush(stdout) == 0) {
		status = file_watch_next(&watch, &which, &err);
		if (!status)
			status = watch_lesson(&watch, lessons->names[which], which, &err);
		if (status)
			break;
		options_print(options, "\n");
		check_all(options, lessons->names + which, 1);
	}
	file_watch_end(&watch);
	return status ? options_fail(options, &err) : EXIT_MISUSE;
}

static int run(const struct options *options, char **args, int n_args)
{
	struct file_list lessons;
	int bad = file_list_make(&lessons, options, args, n_args, ".yaml"), code = EXIT_GOOD;
	if (lessons.n_names > 0)
		code = options->watch ? check_and_watch(options, &lessons)
				      : check_all(options, lessons.names, lessons.n_names);
	file_list_free(&lessons);
	return bad ? bad : code;
}

const struct subcommand subcommand_check = {
    .name = "check",
    .usage = "[--quiz] [--watch] [--junit FILE] LESSON|FOLDER...",
    .summary = N_("prove a lesson's numbers: gradient check, steps, way back"),
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
