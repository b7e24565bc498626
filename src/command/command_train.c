/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_train.c -- the verbs that make many updates: train, compare. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "backstep/base/word.h"
#include "backstep/base/work.h"
#include "backstep/session/comparison.h"
#include "backstep/session/training.h"

enum { COMPARE_UPDATES = 50 };

static void add_number(struct command_context *context, double value)
{
	step_print_number(value, &context->session->style, &context->out);
}

/* "loss 0.39525 -> 0.0123" */
static void add_outcome(struct command_context *context, const struct training_result *result)
{
	char name[LABEL_TEXT];
	strbuf_addf(&context->out, "%s ", training_goal(context->session->built.model, name));
	add_number(context, result->loss_before);
	strbuf_add(&context->out,
		   context->session->style.glyphs == GLYPHS_UNICODE ? " → " : " -> ");
	add_number(context, result->loss);
	strbuf_add_char(&context->out, '\n');
}

/* Which pass was the best, of how many. One short line on the full screen. */
static void add_best(struct command_context *context, const struct training_result *result)
{
	struct strbuf *out = &context->out;
	size_t patience = context->session->lesson->training.early_stopping.patience.value;
	char name[LABEL_TEXT];
	strbuf_addf(out, _("best epoch %zu of %zu, its weights are in force: "), result->best_epoch,
		    result->epochs);
	add_outcome(context, result);
	if (!context->reports_steps)
		return;
	if (result->end == TRAINING_EARLY)
		strbuf_addf(out,
			    tr_n("stopped early: no better for %zu epoch; ",
				 "stopped early: no better for %zu epochs; ", patience),
			    patience);
	strbuf_addf(out,
		    result->on_validation
			? _("best %s of the validation rows ")
			: _("best %s of the training rows (there are no validation rows) "),
		    training_goal(context->session->built.model, name));
	add_number(context, result->best_loss);
	if (result->least_loss < result->best_loss) {
		strbuf_add(out, _("\nless was seen, by no more than min_delta: "));
		add_number(context, result->least_loss);
	}
	strbuf_add_char(out, '\n');
}

enum status command_report_training(struct command_context *context, enum status status,
				    const struct training_result *result, size_t n_epochs,
				    struct error *err)
{
	CONTRACT(context->session->lesson);
	enum status refreshed = session_refresh(context->session, status ? NULL : err);
	if (status == STATUS_NUMERIC)
		command_report(context);
	if (status || refreshed)
		return status ? status : refreshed;
	if (result->end == TRAINING_INTERRUPTED) {
		struct strbuf loss = {0};
		char name[LABEL_TEXT];
		step_print_number(result->loss, &context->session->style, &loss);
		error_set(err, STATUS_INTERRUPTED, _("interrupted after epoch %zu of %zu: %s %s"),
			  result->epochs, n_epochs,
			  training_goal(context->session->built.model, name), strbuf_str(&loss));
		strbuf_free(&loss);
		return STATUS_INTERRUPTED;
	}
	if (result->best_epoch) {
		add_best(context, result);
		return STATUS_OK;
	}
	strbuf_addf(&context->out, tr_n("%zu epoch, ", "%zu epochs, ", result->epochs),
		    result->epochs);
	strbuf_addf(&context->out, tr_n("%zu update: ", "%zu updates: ", result->updates),
		    (size_t)result->updates);
	add_outcome(context, result);
	return STATUS_OK;
}

enum { UNTIL_UPDATES = 100000 }; /* unless it is said otherwise */

/* Where `within N` begins, or the end of args; *number is then the N, or NULL. */
static size_t find_within(const char *args, const char **number)
{
	char word[LABEL_TEXT];
	*number = NULL;
	for (const char *blank = strchr(args, ' '); blank; blank = strchr(blank + 1, ' ')) {
		*number = command_word(blank + 1, word, sizeof word);
		if (word_is(word, "within") && **number)
			return (size_t)(blank - args);
	}
	*number = NULL;
	return strlen(args);
}

/* CONDITION [within N] */
static enum status read_until(const char *args, char condition[EXPRESSION_TEXT + 1], size_t *most,
			      struct error *err)
{
	const char *number;
	size_t len = find_within(args, &number);
	*most = UNTIL_UPDATES;
	if (len > EXPRESSION_TEXT)
		return error_set(err, STATUS_BAD_INPUT, _("at most %d characters"),
				 EXPRESSION_TEXT);
	snprintf(condition, EXPRESSION_TEXT + 1, "%.*s", (int)len, args);
	return number ? number_parse_count(number, 1, COMMAND_MAX_UPDATES, most, err) : STATUS_OK;
}

/* Whether the condition holds with the numbers of the update that was made last. */
static enum status holds_now(const struct session *session, const char *condition,
			     struct arena *arena, bool *holds, struct error *err)
{
	struct expression expression;
	arena_reset(arena);
	enum status status =
	    expression_read_condition(&expression, &session->stepper, NULL, condition, arena, err);
	const struct value value =
	    status ? (struct value){0} : expression_value(&expression, &session->stepper);
	*holds = value.known && value.value != 0.0;
	return status;
}

/* Updates until it holds. */
static enum status train_until(struct command_context *context, const char *condition, size_t most,
			       struct error *err)
{
	struct session *session = context->session;
	struct arena *arena = arena_new();
	size_t n = 0;
	bool holds = false;
	enum status status =
	    arena ? holds_now(session, condition, arena, &holds, err) : error_no_memory(err);
	for (holds = false; !status && !holds && n < most; n++) {
		status = stepper_update(&session->stepper, err);
		if (!status)
			status = holds_now(session, condition, arena, &holds, err);
		if (!status && !holds)
			status = work_tell(N_("training"), n + 1, most, err);
	}
	arena_free(arena);
	if (!status && !holds)
		status = error_set(err, STATUS_FAILED, _("%s was not reached in %zu updates"),
				   condition, most);
	if (!status) {
		struct strbuf line = {0};
		strbuf_addf(&line, tr_n("%zu update: ", "%zu updates: ", n), n);
		strbuf_addf(&line, "%s\n", condition);
		command_add_safe(context, &line);
	}
	return command_report_move(context, status, err);
}

COMMAND(train)
{
	char until[LABEL_TEXT], condition[EXPRESSION_TEXT + 1];
	const char *rest = command_word(args, until, sizeof until);
	if (word_is(until, "until")) {
		size_t most;
		enum status read = read_until(rest, condition, &most, err);
		return read ? read : train_until(context, condition, most, err);
	}
	struct session *session = context->session;
	struct training_result result = {0};
	size_t n = session->lesson->training.epochs.value;
	enum status status =
	    *args ? number_parse_count(args, 1, COMMAND_MAX_UPDATES, &n, err) : STATUS_OK;
	if (status)
		return status;
	status = training_run(session, n, session->watch, &result, err);
	return command_report_training(context, status, &result, n, err);
}

static const char *next_optimizer(void *ctx, size_t i)
{
	(void)ctx;
	return optimizer_registry[i] ? optimizer_registry[i]->name : NULL;
}

/* Reads CLASS or CLASS:RATE. The optimizer in force keeps its settings. */
static enum status read_entry(const struct session *session, char *word,
			      struct comparison_entry *entry, struct error *err)
{
	const struct optimizer *in_force = stepper_optimizer(&session->stepper);
	char shown[TEXT_EXCERPT], *colon = strchr(word, ':');
	double rate;
	if (colon)
		*colon = '\0';
	const struct optimizer_class *class = optimizer_find(word);
	if (!class) {
		error_set(err, STATUS_BAD_INPUT, _("unknown %s '%s'"), _("optimizer"),
			  text_excerpt(shown, word));
		if (!error_hint_nearest(err, word, next_optimizer, NULL))
			error_hint(err,
				   _("for example: compare gd momentum adam:0.01 --updates 50"));
		return STATUS_BAD_INPUT;
	}
	*entry = (struct comparison_entry){0};
	if (class == in_force->class)
		entry->optimizer = *in_force;
	else
		optimizer_init(&entry->optimizer, class);
	entry->optimizer.stages = in_force->stages;
	if (!colon)
		return STATUS_OK;
	enum status status = number_parse(colon + 1, &rate, err);
	return status ? status : optimizer_set(&entry->optimizer, "rate", rate, err);
}

static enum status read_comparison(const struct session *session, const char *args,
				   struct comparison *comparison, size_t *n_updates,
				   struct error *err)
{
	enum status status = STATUS_OK;
	*n_updates = COMPARE_UPDATES;
	while (!status && *args) {
		char word[LABEL_TEXT];
		args = command_word(args, word, sizeof word);
		if (strcmp(word, "--updates") == 0) {
			args = command_word(args, word, sizeof word);
			status = number_parse_count(word, 1, COMMAND_MAX_UPDATES, n_updates, err);
		} else if (comparison->n_entries == COMPARISON_MAX_ENTRIES) {
			status = error_set(err, STATUS_BAD_INPUT,
					   _("at most %d optimizers stand side by side"),
					   COMPARISON_MAX_ENTRIES);
		} else {
			status = read_entry(session, word,
					    &comparison->entries[comparison->n_entries++], err);
		}
	}
	if (!status && comparison->n_entries == 0) {
		status = error_set(err, STATUS_BAD_INPUT, _("compare which optimizers?"));
		error_hint(err, _("for example: compare gd momentum adam:0.01 --updates 50"));
	}
	return status;
}

static size_t column_width(const struct command_context *context)
{
	return (size_t)context->session->style.digits + 8;
}

static void add_name(struct command_context *context, const struct comparison_entry *entry)
{
	strbuf_add(&context->out, entry->optimizer.class->name);
}

static void add_rate(struct command_context *context, const struct comparison_entry *entry)
{
	const struct optimizer *optimizer = &entry->optimizer;
	size_t k = optimizer_rate_index(optimizer);
	bool is_unicode = context->session->style.glyphs == GLYPHS_UNICODE;
	strbuf_addf(&context->out, "%s ", is_unicode ? optimizer->class->hypers[k].symbol : "rate");
	add_number(context, optimizer->hypers[k]);
}

/* A line with a cell for each optimizer that fits the lesson. */
static void
add_heading(struct command_context *context, const struct comparison *comparison, const char *head,
	    void (*add)(struct command_context *context, const struct comparison_entry *entry))
{
	struct strbuf *out = &context->out;
	size_t start = out->len;
	strbuf_add(out, head);
	command_pad_from(out, start, 10);
	for (size_t k = 0; k < comparison->n_entries; k++) {
		if (comparison->entries[k].status)
			continue;
		start = out->len;
		add(context, &comparison->entries[k]);
		command_pad_from(out, start, column_width(context));
	}
	while (out->len && out->data[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
}

static void add_point(struct command_context *context, const struct comparison *comparison,
		      size_t point)
{
	struct strbuf *out = &context->out;
	size_t start = out->len;
	strbuf_addf(out, "%llu", (unsigned long long)comparison->points[point]);
	for (size_t k = 0, columns = 10; k < comparison->n_entries; k++) {
		const struct comparison_entry *entry = &comparison->entries[k];
		if (entry->status)
			continue;
		command_pad_from(out, start, columns);
		columns += column_width(context);
		if (isfinite(entry->losses[point]))
			add_number(context, entry->losses[point]);
		else
			strbuf_add(out, _("not finite"));
		if (entry->is_best && point + 1 == comparison->n_points)
			strbuf_add(out, " *");
	}
	strbuf_add_char(out, '\n');
}

static void add_comparison(struct command_context *context, const struct comparison *comparison)
{
	size_t n_fitting = 0;
	bool has_best = false;
	char name[LABEL_TEXT];
	for (size_t k = 0; k < comparison->n_entries; k++) {
		const struct comparison_entry *entry = &comparison->entries[k];
		n_fitting += !entry->status;
		has_best |= entry->is_best;
	}
	if (n_fitting) {
		add_heading(context, comparison, _("updates"), add_name);
		add_heading(context, comparison, "", add_rate);
		for (size_t point = 0; point < comparison->n_points; point++)
			add_point(context, comparison, point);
	}
	if (has_best) {
		strbuf_add(&context->out, "* ");
		strbuf_addf(&context->out, _("the lowest %s of the training rows\n"),
			    training_goal(context->session->built.model, name));
	}
	for (size_t k = 0; k < comparison->n_entries; k++)
		if (comparison->entries[k].status)
			strbuf_addf(&context->out, "%s: %s\n",
				    comparison->entries[k].optimizer.class->name,
				    comparison->entries[k].err.message);
}

COMMAND(compare)
{
	struct session *session = context->session;
	struct comparison *comparison = calloc(1, sizeof *comparison);
	size_t n_updates;
	if (!comparison)
		return error_no_memory(err);
	enum status status = read_comparison(session, args, comparison, &n_updates, err);
	if (!status)
		status = comparison_run(session, comparison, n_updates, err);
	if (status) {
		comparison_free(comparison);
		return status;
	}
	add_comparison(context, comparison);
	comparison_free(session->comparison);
	session->comparison = comparison;
	return STATUS_OK;
}

/* As many numbers as the network has inputs. */
static enum status read_row(const char *args, double *x, size_t n, struct error *err)
{
	char word[LABEL_TEXT];
	enum status status = STATUS_OK;
	size_t n_read = 0;
	for (; !status && *args; n_read++) {
		args = command_word(args, word, sizeof word);
		if (n_read < n)
			status = number_parse_typed(word, &x[n_read], err);
	}
	if (status || n_read == n)
		return status;
	return error_set(
	    err, STATUS_BAD_INPUT,
	    tr_n("the network has %zu input, not %zu", "the network has %zu inputs, not %zu", n), n,
	    n_read);
}

static void add_outputs(struct command_context *context, const double *y)
{
	const struct node *output = context->session->built.model->output;
	char name[LABEL_TEXT];
	for (size_t row = 0; row < output->rows; row++) {
		size_t e = row * output->stride;
		command_begin_line(context, node_name(output, e, name), COMMAND_NAME_COLUMN);
		add_number(context, y[row]);
		strbuf_add_char(&context->out, '\n');
	}
}

COMPLETE(optimizer)
{
	(void)context, (void)args;
	for (const struct optimizer_class *const *at = optimizer_registry; *at; at++)
		words_add(words, (*at)->name);
}

COMMAND(evaluate)
{
	struct session *session = context->session;
	const struct model *model = session->built.model;
	struct evaluation evaluation;
	struct arena *arena = arena_new();
	size_t n_inputs = session->built.data.n_inputs, n_targets = session->built.data.n_targets;
	double *x = arena ? ARENA_ARRAY(arena, double, n_inputs) : NULL;
	double *t = arena ? ARENA_ARRAY(arena, double, n_targets) : NULL;
	double *y = arena ? ARENA_ARRAY(arena, double, model->output->rows) : NULL;
	enum status status = x && t && y ? read_row(args, x, n_inputs, err) : error_no_memory(err);
	if (!status)
		status = stepper_evaluation(&session->stepper, &evaluation, err);
	if (!status) {
		evaluation_row(&evaluation, stepper_theta(&session->stepper), x, t, y);
		add_outputs(context, y);
		evaluation_free(&evaluation);
	}
	arena_free(arena);
	return status;
}

const struct command command_train = {
    .name = "train",
    .enough = 1,
    .aliases = "entrenar",
    .usage = N_("[N|until CONDITION [within N]]"),
    .summary = N_("train for N epochs, as many as the lesson says, or until it holds"),
    .more =
	N_("until looks at the numbers of each update, as train until E < 0.01, and stops after "
	   "the first for which it holds; it fails after 100000 updates, or as many as within "
	   "says."),
    .needs_lesson = true,
    .recorded = true,
    .moves = true,
    .run = run_train,
};

const struct command command_compare = {
    .name = "compare",
    .enough = 3,
    .aliases = "comparar",
    .usage = N_("OPTIMIZER[:RATE]... [--updates N]"),
    .summary = N_("train a copy of the network with each, from here"),
    .needs_lesson = true,
    .reveals = true,
    .run = run_compare,
    .complete = complete_optimizer,
};

const struct command command_evaluate = {
    .name = "evaluate",
    .aliases = "evaluar",
    .usage = N_("NUMBER..."),
    .summary = N_("what the network answers to a new row; nothing changes"),
    .needs_lesson = true,
    .run = run_evaluate,
};
