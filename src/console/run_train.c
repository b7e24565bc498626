/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_train.c -- `backstep train`: trains a lesson's network and says how it does.
 *
 * At a terminal a bar shows the progress. In a pipe a few lines do, without any time in them: the
 * same training prints the same text. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "console_private.h"
#include "metrics_file.h"
#include "subcommand_list.h"
#include "work_bar.h"

#include "backstep/base/i18n.h"
#include "backstep/command/command.h"

/* Owns: the session (in context), the evaluation, the file. */
struct training {
	const struct options *options;
	struct command_context context;
	struct evaluation evaluation; /* for the lines of progress */
	struct metrics_file file;
	bool prints_lines;
};

/* The number of the signal that asked to end, and whether it has still to be answered; 0: none. */
static volatile sig_atomic_t stopped, waits;

static void on_stop(int number)
{
	stopped = waits = number;
}

static bool on_work(void *ctx, const struct work *work)
{
	(void)ctx;
	work_bar_show(work);
	bool goes_on = !waits;
	waits = 0;
	return goes_on;
}

/* Asked to end, it still says what there is. With nobody to read on it ends, unless there is a file
 * to finish. */
static void catch_signals(bool writes_file)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = on_stop, .sa_flags = SA_RESTART}, old;
	sigemptyset(&action.sa_mask);
	for (size_t k = 0; k < sizeof signals / sizeof *signals; k++) {
		sigaction(signals[k], NULL, &old);
		if (old.sa_handler != SIG_IGN)
			sigaction(signals[k], &action, NULL);
	}
	signal(SIGPIPE, writes_file ? SIG_IGN : SIG_DFL);
}

static void flush_answer(struct training *training)
{
	options_print(training->options, strbuf_str(&training->context.out));
	strbuf_clear(&training->context.out);
	fflush(stdout);
}

/* "epoch 10: loss 0.0123, of the validation rows 0.0234" */
static enum status print_line(struct training *training, size_t epoch, const double *theta,
			      struct error *err)
{
	const struct session *session = training->context.session;
	struct evaluation *evaluation = &training->evaluation;
	struct strbuf *out = &training->context.out;
	char name[LABEL_TEXT];
	for (enum training_part part = PART_TRAINING; part <= PART_VALIDATION; part++) {
		size_t first, n;
		training_part_rows(&session->built.data, part, &first, &n);
		if (n == 0)
			continue;
		enum status status = evaluation_run(evaluation, theta, first, n, false, err);
		if (status) {
			strbuf_clear(out);
			return status;
		}
		if (part == PART_TRAINING)
			strbuf_addf(out, _("epoch %zu: %s "), epoch,
				    training_goal(session->built.model, name));
		else
			strbuf_add(out, _(", of the validation rows "));
		step_print_number(evaluation->loss, &session->style, out);
	}
	strbuf_add_char(out, '\n');
	flush_answer(training);
	return STATUS_OK;
}

static void on_update(void *ctx, const struct training_progress *progress)
{
	struct training *training = ctx;
	work_bar_show_training(training->context.session, progress);
}

static enum status on_epoch(void *ctx, const struct training_progress *progress,
			    const double *theta, struct error *err)
{
	struct training *training = ctx;
	bool prints =
	    training_is_milestone(progress->epoch) || progress->epoch == progress->n_epochs;
	enum status status = training->prints_lines && prints
				 ? print_line(training, progress->epoch, theta, err)
				 : STATUS_OK;
	if (status)
		return status;
	return training->options->metrics ? metrics_file_add(&training->file, progress, theta, err)
					  : STATUS_OK;
}

static void print_heading(struct training *training, size_t n_epochs)
{
	const struct session *session = training->context.session;
	const struct optimizer *optimizer = stepper_optimizer(&session->stepper);
	size_t n_rows = session->built.data.n_rows;
	struct strbuf *out = &training->context.out;
	strbuf_addf(out, "%s: %s (%s), ", session->lesson->id.text, optimizer->class->name,
		    optimizer_form(optimizer)->name);
	strbuf_addf(out, tr_n("%zu epoch, ", "%zu epochs, ", n_epochs), n_epochs);
	strbuf_addf(out, tr_n("%zu row, ", "%zu rows, ", n_rows), n_rows);
	strbuf_addf(out, _("batches of %zu\n"), session->built.batch);
	flush_answer(training);
}

/* Trains, and prints how it went. Returns the exit code. */
static int train(struct training *training, struct error *err)
{
	struct session *session = training->context.session;
	const struct options *options = training->options;
	const bool looks = training->prints_lines || options->metrics;
	const struct training_watch watch = {.ctx = training,
					     .update = on_update,
					     .at_milestones = !options->metrics,
					     .epoch = looks ? on_epoch : NULL};
	struct training_result result;
	size_t n = options->epochs ? options->epochs : session->lesson->training.epochs.value;
	if (!options->quiet)
		print_heading(training, n);
	enum status status = training_run(session, n, &watch, &result, err);
	status = command_report_training(&training->context, status, &result, n, err);
	flush_answer(training);
	if (status)
		options_fail(options, err);
	if (!options->quiet && (!status || status == STATUS_INTERRUPTED)) {
		options_print(options, "\n");
		command_exec(&training->context, "show metrics");
		flush_answer(training);
	}
	return !status ? EXIT_GOOD : status == STATUS_NUMERIC ? EXIT_CHECK_FAILED : EXIT_MISUSE;
}

/* With the lesson open. */
static int train_open(struct training *training)
{
	struct session *session = training->context.session;
	const struct options *options = training->options;
	struct error err = {0};
	enum status status = options_settings(options, session, &err);
	if (!status && training->prints_lines)
		status = stepper_evaluation(&session->stepper, &training->evaluation, &err);
	if (status)
		return options_fail(options, &err);
	int code = EXIT_GOOD;
	if (options->metrics &&
	    metrics_file_open(&training->file, session, options->metrics, &err)) {
		code = options_fail(options, &err);
	} else {
		code = train(training, &err);
		if (options->metrics && metrics_file_finish(&training->file, &err))
			code = options_fail(options, &err);
	}
	evaluation_free(&training->evaluation);
	return code;
}

static int run(const struct options *options, char **args, int n_args)
{
	(void)n_args;
	struct training training = {.options = options, .context = {.reports_steps = true}};
	static const struct work_watch watch = {NULL, on_work};
	struct error err = {0};
	struct error_list errors = {0};
	struct session *session;
	if (options_session(options, &session, &err))
		return options_fail(options, &err);
	training.context.session = session;
	training.prints_lines = !options->quiet && !work_bar_is_possible();
	work_set_watch(&watch);
	catch_signals(options->metrics != NULL);
	int code = EXIT_MISUSE;
	if (!session_open(session, args[0], &errors))
		code = train_open(&training);
	options_print_errors(options, &errors);
	session_free(session);
	command_context_free(&training.context);
	return code && stopped ? EXIT_BY_SIGNAL + stopped : code;
}

const struct subcommand subcommand_train = {
    .name = "train",
    .usage = "[OPTION]... LESSON",
    .summary = N_("train its network, and say how well it does"),
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
