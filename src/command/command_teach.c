/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_teach.c -- the learner does the step: predict, answer, hint, reveal, why, quiz, progress.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/session/renumber.h"

struct tutor *command_tutor(struct command_context *context, struct error *err)
{
	if (context->tutor)
		return context->tutor;
	context->tutor = calloc(1, sizeof *context->tutor);
	if (!context->tutor) {
		error_no_memory(err);
		return NULL;
	}
	tutor_init(context->tutor, context->session);
	context->session->tutor = context->tutor;
	return context->tutor;
}

/* y1*(1-y1): no command's name has such signs. */
static bool is_formula(const char *line)
{
	size_t sign = strcspn(line, "0123456789*/+(^");
	return *line != '#' && sign > 0 && sign < strcspn(line, " ");
}

bool command_is_asked(const struct command_context *context)
{
	return context->tutor && context->tutor->open;
}

bool command_is_answer(const struct command_context *context, const char *line)
{
	if (context->tutor && tutor_is_rule(context->tutor, line))
		return true;
	return command_is_asked(context) && *line &&
	       (strchr("0123456789-.,(", *line) || strncmp(line, "−", 3) == 0 || is_formula(line));
}

enum status command_refuse_open(const struct command_context *context, struct error *err)
{
	if (!command_is_asked(context))
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT,
		  _("a question is open, and this tells numbers that come later"));
	error_hint(err, _("answer it first, or give up: reveal"));
	return STATUS_BAD_INPUT;
}

/* Appends text, line by line, each after a margin. */
static void say(struct command_context *context, struct strbuf *text)
{
	context->is_about_question = true;
	if (context->reports_steps)
		command_add_text(context, "     ", strbuf_str(text));
	else /* the pane breaks it */
		strbuf_addf(&context->out, "%s\n", strbuf_str(text));
	strbuf_clear(text);
}

void command_ask(struct command_context *context)
{
	const struct tutor *tutor = context->tutor;
	struct strbuf text = {0};
	if (!tutor || !tutor->open || !context->reports_steps)
		return;
	strbuf_addf(&context->out, "[%llu] ", (unsigned long long)tutor->number);
	tutor_print_question(tutor, &context->session->style, &text);
	const char *rest = strchr(strbuf_str(&text), '\n');
	if (rest) {
		size_t len = (size_t)(rest - strbuf_str(&text)) + 1;
		strbuf_add_len(&context->out, strbuf_str(&text), len);
		command_add_text(context, "     ", rest + 1);
	}
	context->out.failed |= text.failed; /* then it may have no line at all */
	strbuf_free(&text);
}

void command_ask_or_report(struct command_context *context)
{
	if (command_is_asked(context))
		command_ask(context);
	else
		command_report(context);
}

static void say_skill(struct command_context *context, enum skill skill)
{
	static const char *const states[] = {
	    [STATE_UNSEEN] = N_("not seen"),
	    [STATE_TRYING] = N_("trying"),
	    [STATE_ONCE] = N_("once; once more with fresh numbers and you can do it"),
	    [STATE_CAN] = N_("you can do it"),
	};
	struct skill_report report;
	struct strbuf text = {0};
	learner_skill(&context->tutor->learner, skill, &report);
	strbuf_addf(&text, _("Skill %s: %s."), tr(skill_table[skill].title),
		    tr(states[report.state]));
	say(context, &text);
	strbuf_free(&text);
}

/* What is said of a wrong number: at the first miss a question that points at the idea, later the
 * formula that gives the number. */
static void say_wrong(struct command_context *context, const struct assessment *a, size_t tries,
		      size_t attempts)
{
	struct strbuf text = {0};
	char typed[TEXT_EXCERPT];
	if (!context->reports_steps) /* the line that was typed is gone from the screen */
		strbuf_addf(&text, "%s: ", text_excerpt(typed, a->text));
	assess_tell(a, &context->session->style, &text);
	if (attempts > 0 && tries > 0 && a->verdict.kind != VERDICT_MORE_DIGITS)
		strbuf_addf(&text, _(" Try %zu of %zu."), tries, attempts);
	say(context, &text);
	if (tries <= 1)
		assess_nudge(a, &text);
	else
		assess_show(a, &context->session->style, &text);
	if (text.len > 0)
		say(context, &text);
	strbuf_free(&text);
}

static void say_value(struct command_context *context, const struct assessment *a)
{
	struct strbuf text = {0};
	formula_print(a->board.question.step.left, &context->session->style, &text);
	strbuf_add(&text, " = ");
	step_print_number(a->board.question.value, &context->session->style, &text);
	strbuf_add(&text, ".");
	say(context, &text);
	strbuf_free(&text);
}

enum status command_leave_practice(struct command_context *context, struct error *err)
{
	struct strbuf text = {0};
	if (!context->session->has_fresh)
		return STATUS_OK;
	enum status status = session_own_numbers(context->session, err);
	if (status)
		return status;
	strbuf_add(&text, _("The practice is over: the lesson's own numbers are back."));
	say(context, &text);
	strbuf_free(&text);
	return STATUS_OK;
}

static void say_text(struct command_context *context, const char *words)
{
	struct strbuf text = {0};
	strbuf_add(&text, words);
	say(context, &text);
	strbuf_free(&text);
}

/* Another level, where one suits better. */
static void say_level(struct command_context *context)
{
	struct tutor *tutor = context->tutor;
	int level = tutor_level(tutor), other = tutor_propose_level(tutor);
	struct strbuf text = {0};
	if (other == level)
		return;
	strbuf_addf(&text,
		    other > level ? _("Twice in a row, each kind of this level. One level up, "
				      "predict %d asks: %s.")
				  : _("Twice in a row not found. One level down, predict %d asks: "
				      "%s."),
		    other, tr(level_titles[other]));
	say(context, &text);
	strbuf_free(&text);
}

/* After a question of a walk: the step itself; what was not got comes back after the last. */
static enum status go_on_walking(struct command_context *context, struct error *err)
{
	struct tutor *tutor = context->tutor;
	bool asked, was_again = tutor->is_again;
	if (!was_again)
		command_report(context);
	enum status status = tutor_again(tutor, &asked, err);
	if (status)
		return status;
	if (asked)
		say_text(context, _("Once more, with fresh numbers."));
	else if (was_again)
		say_text(context, _("The numbers of before are back."));
	if (asked)
		command_ask(context);
	else
		say_level(context);
	return STATUS_OK;
}

static void say_rule(struct command_context *context)
{
	struct strbuf text = {0};
	if (context->tutor->rule.is_open && context->reports_steps) { /* the screen has a pane */
		tutor_print_rule(context->tutor, &text);
		say(context, &text);
	}
	strbuf_free(&text);
}

/* After a question: the next one of a practice, or the walk goes on. While it is asked which rule
 * it was, that goes first. */
static enum status go_on(struct command_context *context, struct error *err)
{
	struct tutor *tutor = context->tutor;
	bool is_done = false;
	enum status status = STATUS_OK;
	if (!tutor->is_quiz)
		status = go_on_walking(context, err);
	say_rule(context);
	if (status || !tutor->is_quiz || tutor->rule.is_open)
		return status;
	status = tutor_quiz_next(tutor, &is_done, err);
	if (status)
		return status;
	if (!is_done) {
		command_ask(context);
		return STATUS_OK;
	}
	return command_leave_practice(context, err);
}

static enum status answer_rule(struct command_context *context, const char *args, struct error *err)
{
	struct tutor *tutor = context->tutor;
	const struct skill_row *row = &skill_table[tutor->rule.options[tutor->rule.right]];
	struct strbuf text = {0};
	bool is_right;
	enum status status = tutor_take_rule(tutor, args, &is_right, err);
	if (status)
		return status;
	if (is_right)
		strbuf_add(&text, _("Yes."));
	else
		strbuf_addf(&text, _("It was %s: %s."), tr(row->title), tr(row->rule));
	say(context, &text);
	strbuf_free(&text);
	return tutor->is_quiz ? go_on(context, err) : STATUS_OK;
}

/* The part is over: its number, and the question itself again. */
static void end_part(struct command_context *context, bool is_given)
{
	struct strbuf text = {0};
	const struct assessment *a = context->tutor->open;
	if (is_given) {
		say_wrong(context, a, 2, 0);
		say_value(context, a);
	} else {
		assess_tell(a, &context->session->style, &text);
		say(context, &text);
	}
	strbuf_free(&text);
	tutor_close_part(context->tutor);
	command_ask(context);
}

enum status command_follow(struct command_context *context, uint64_t before, size_t answered,
			   struct error *err)
{
	struct tutor *tutor = context->tutor;
	bool stopped, was_rule = tutor && tutor->rule.is_open;
	if (!tutor)
		return STATUS_OK;
	enum status status = tutor_follow(tutor, before, &stopped, err);
	if (!status && was_rule && !tutor->rule.is_open && tutor->is_quiz && !tutor->open)
		return go_on(context, err);
	if (status || !stopped)
		return status;
	/* what was answered may be about steps that are still to be asked */
	strbuf_truncate(&context->out, answered);
	command_ask(context);
	return STATUS_OK;
}

static enum status say_outcome(struct command_context *context, enum outcome outcome,
			       enum skill skill, size_t tries, struct error *err)
{
	struct tutor *tutor = context->tutor;
	const struct assessment *a = tutor->open ? tutor->open : tutor->last;
	struct strbuf text = {0};
	switch (outcome) {
	case OUTCOME_RIGHT:
		assess_tell(a, &context->session->style, &text);
		say(context, &text);
		strbuf_free(&text);
		say_skill(context, skill);
		return go_on(context, err);
	case OUTCOME_GIVEN:
		say_wrong(context, a, tries, tutor->rules.attempts);
		say_value(context, tutor->last);
		return go_on(context, err);
	case OUTCOME_SHOWN:
		say_wrong(context, a, 0, 0);
		return STATUS_OK;
	case OUTCOME_PART_RIGHT:
	case OUTCOME_PART_GIVEN:
		end_part(context, outcome == OUTCOME_PART_GIVEN);
		return STATUS_OK;
	default:
		say_wrong(context, a, tries, tutor->part.is_open ? 0 : tutor->rules.attempts);
		if (tutor->part.is_wanted && tutor_open_part(tutor))
			command_ask(context);
		tutor->part.is_wanted = false;
		return STATUS_OK;
	}
}

COMMAND(answer)
{
	struct tutor *tutor = command_tutor(context, err);
	enum outcome outcome;
	if (!tutor)
		return STATUS_NO_MEMORY;
	if (tutor_is_rule(tutor, args))
		return answer_rule(context, args, err);
	if (tutor->rule.is_open && tutor->is_quiz) { /* it is left, and this is about no question */
		tutor->rule.is_open = false;
		return go_on(context, err);
	}
	enum skill skill = tutor->skill;
	size_t tries = tutor->open ? tutor->tries + 1 : 0;
	enum status status = tutor_answer(tutor, args, &outcome, err);
	return status ? status : say_outcome(context, outcome, skill, tries, err);
}

COMMAND(hint)
{
	struct tutor *tutor = command_tutor(context, err);
	struct strbuf text = {0};
	enum status status = command_no_args(args, err);
	if (!tutor || status)
		return tutor ? status : STATUS_NO_MEMORY;
	enum hint_rung rung = tutor->hint + 1U;
	status = tutor_hint(tutor, err);
	if (status)
		return status;
	if (tutor->part.is_open)
		rung = tutor->part.hint;
	tutor_print_hint(tutor, rung, &context->session->style, &text);
	say(context, &text);
	strbuf_free(&text);
	if (tutor->part.is_open && rung == HINT_VALUE) {
		tutor_close_part(tutor);
		command_ask(context);
	}
	return tutor->open ? STATUS_OK : go_on(context, err);
}

COMMAND(reveal)
{
	struct tutor *tutor = command_tutor(context, err);
	enum status status = command_no_args(args, err);
	if (!tutor || status)
		return tutor ? status : STATUS_NO_MEMORY;
	status = tutor_reveal(tutor, err);
	if (status)
		return status;
	say_value(context, tutor->last);
	return go_on(context, err);
}

COMMAND(why)
{
	struct tutor *tutor = command_tutor(context, err);
	enum status status = command_no_args(args, err);
	if (!tutor || status)
		return tutor ? status : STATUS_NO_MEMORY;
	const struct assessment *a = tutor_judged(tutor);
	struct strbuf text = {0};
	if (!a) {
		error_set(err, STATUS_BAD_INPUT, _("nothing was answered yet"));
		error_hint(err, _("answer NUMBER"));
		return STATUS_BAD_INPUT;
	}
	if (!assess_show(a, &context->session->style, &text))
		strbuf_add(&text, assess_is_right(a) ? _("That was right.")
						     : _("No slip is known that gives it."));
	say(context, &text);
	strbuf_free(&text);
	return STATUS_OK;
}

const struct command command_answer = {
    .name = "answer",
    .aliases = "responder",
    .usage = N_("NUMBER|EXPRESSION"),
    .summary = N_("answer the question, or say what the number means at the step shown"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_answer,
};

const struct command command_hint = {
    .name = "hint",
    .aliases = "pista",
    .summary = N_("the rule, then in symbols, then with the numbers, then the value"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_hint,
};

const struct command command_reveal = {
    .name = "reveal",
    .aliases = "revelar",
    .summary = N_("give up: the value, and on"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_reveal,
};

const struct command command_why = {
    .name = "why",
    .aliases = "porque",
    .summary = N_("the formula that gives the wrong number"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_why,
};
