/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_practice.c -- what is asked: predict, quiz; and what came of it: progress. */
#include <stdio.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "backstep/base/word.h"

/* What the lesson says that is asked in it. */
static void say_lesson_rules(const struct lesson *lesson, struct strbuf *text)
{
	struct tutor_rules rules;
	tutor_lesson_rules(lesson, &rules);
	strbuf_addf(text, "\n%s predict", _("suits this lesson:"));
	for (size_t i = 0; i < N_SKILLS; i++)
		if (rules.kinds[i])
			strbuf_addf(text, " %s", skill_word((enum skill)i));
	if (rules.level != LEVEL_KIND)
		strbuf_addf(text, " %d", rules.level);
}

/* What is asked now. */
static void add_asked(const struct tutor *tutor, struct strbuf *text)
{
	if (!tutor->is_asking)
		strbuf_add(text, _("nothing is asked"));
	else if (tutor->rules.level >= LEVEL_FACTORS)
		strbuf_addf(text, _("asked: level %d, %s"), tutor->rules.level,
			    tr(level_titles[tutor->rules.level]));
	else
		strbuf_addf(text, "%s", _("asked:"));
	for (size_t i = 0; tutor->is_asking && tutor->rules.level < LEVEL_FACTORS && i < N_SKILLS;
	     i++)
		if (tutor->rules.kinds[i])
			strbuf_addf(text, " %s", skill_word((enum skill)i));
}

/* What is asked from here on, and how often. */
static void say_asked(struct command_context *context, const struct tutor *tutor)
{
	size_t place, n = tutor_count(tutor, &place);
	add_asked(tutor, &context->out);
	if (n > 0)
		strbuf_addf(&context->out, _("; questions in an update: %zu"), n);
	else
		strbuf_add(&context->out, _("; this update has no such step, predict says more"));
	if (tutor->rules.has_seed)
		strbuf_addf(&context->out, _("; numbers of seed %llu"),
			    (unsigned long long)tutor->rules.seed);
	strbuf_add_char(&context->out, '\n');
}

/* The state of predict, and what can be asked. */
static void say_rules(struct command_context *context, const struct tutor *tutor)
{
	struct strbuf text = {0};
	add_asked(tutor, &text);
	strbuf_addf(&text, "\n%s", _("can be asked:"));
	for (size_t i = 0; i < N_SKILLS; i++)
		strbuf_addf(&text, " %s", skill_word((enum skill)i));
	strbuf_addf(&text, "\n%s", _("levels:"));
	for (size_t i = 0; i < N_LEVELS; i++)
		strbuf_addf(&text, "%s %zu %s", i ? "," : "", i, tr(level_titles[i]));
	say_lesson_rules(context->session->lesson, &text);
	command_add_text(context, "", strbuf_str(&text));
	strbuf_free(&text);
}

/* Whether word is a level; then it goes into rules. */
static bool read_level(const char *word, const struct tutor *tutor, struct tutor_rules *rules)
{
	if (word[0] < '0' || word[0] >= '0' + N_LEVELS || word[1])
		return false;
	rules->level = word[0] - '0';
	enum skill weakest = rules->level == LEVEL_KIND ? tutor_weakest(tutor) : SKILL_NONE;
	if (weakest != SKILL_NONE)
		rules->kinds[weakest] = true;
	return true;
}

static const char *next_skill(void *ctx, size_t i)
{
	(void)ctx;
	return i < N_SKILLS ? skill_word((enum skill)i) : NULL;
}

static enum status read_skill(const char *word, enum skill *skill, struct error *err)
{
	char shown[TEXT_EXCERPT];
	if (skill_find(word, skill))
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("'%s' is no kind of step"), text_excerpt(shown, word));
	if (!error_hint_nearest(err, word, next_skill, NULL))
		error_hint(err, _("predict lists them"));
	return STATUS_BAD_INPUT;
}

COMMAND(predict)
{
	struct tutor *tutor = command_tutor(context, err);
	struct tutor_rules rules;
	char word[LABEL_TEXT];
	if (!tutor)
		return STATUS_NO_MEMORY;
	/* how the lesson asks; what is asked says the line */
	tutor_lesson_rules(context->session->lesson, &rules);
	rules.level = LEVEL_NONE;
	rules.tells_later = false;
	rules.adapts = true;
	memset(rules.kinds, 0, sizeof rules.kinds);
	tutor->lesson = context->session->lesson;
	context->only_told = !*args;
	if (!*args) {
		say_rules(context, tutor);
		return STATUS_OK;
	}
	if (word_is(args, "off") || strcmp(args, "0") == 0) {
		tutor_stop(tutor);
		add_asked(tutor, &context->out);
		strbuf_add_char(&context->out, '\n');
		return command_leave_practice(context, err);
	}
	for (const char *rest = args; *rest;) {
		enum skill skill;
		rest = command_word(rest, word, sizeof word);
		if (read_level(word, tutor, &rules))
			continue;
		enum status status = read_skill(word, &skill, err);
		if (status)
			return status;
		rules.kinds[skill] = true;
	}
	tutor_stop(tutor);
	enum status status = command_leave_practice(context, err);
	if (status)
		return status;
	tutor_ask(tutor, &rules);
	status = tutor_draw_walk(tutor, err);
	if (!status)
		say_asked(context, tutor);
	return status;
}

COMPLETE(predict)
{
	(void)context, (void)args;
	for (size_t i = 0; i < N_SKILLS; i++)
		words_add(words, skill_word((enum skill)i));
	words_add(words, word_shown("off"));
}

/* --seed, in either language. */
static bool is_seed(const char *word)
{
	return strncmp(word, "--", 2) == 0 && word_is(word + 2, "seed");
}

/* Reads [SKILL] [--seed N]. */
static enum status read_quiz(const char *args, enum skill *skill, bool *has_seed, uint64_t *seed,
			     struct error *err)
{
	char word[LABEL_TEXT];
	while (*args) {
		size_t number = 0;
		enum status status;
		args = command_word(args, word, sizeof word);
		if (is_seed(word)) {
			args = command_word(args, word, sizeof word);
			status = number_parse_count(word, 0, SIZE_MAX, &number, err);
			*has_seed = true;
			*seed = number;
		} else {
			status = read_skill(word, skill, err);
		}
		if (status)
			return status;
	}
	return STATUS_OK;
}

COMMAND(quiz)
{
	struct tutor *tutor = command_tutor(context, err);
	enum skill skill = SKILL_NONE;
	bool has_seed = false;
	uint64_t seed = 0;
	if (!tutor)
		return STATUS_NO_MEMORY;
	enum status status = read_quiz(args, &skill, &has_seed, &seed, err);
	if (status)
		return status;
	tutor->lesson = context->session->lesson;
	skill = skill == SKILL_NONE ? tutor_weakest(tutor) : skill;
	if (skill == SKILL_NONE)
		return error_set(err, STATUS_BAD_INPUT, _("this lesson has nothing to be asked"));
	status = tutor_quiz(tutor, skill, has_seed ? &seed : NULL, err);
	if (status)
		return status;
	char line[2 * LABEL_TEXT];
	snprintf(line, sizeof line, "quiz %s --seed %llu", skill_table[skill].name,
		 (unsigned long long)tutor->quiz_seed);
	journal_add(&context->session->journal, JOURNAL_DOES,
		    stepper_number(&context->session->stepper), NULL, line);
	command_ask(context);
	return STATUS_OK;
}

COMPLETE(quiz)
{
	char seed[LABEL_TEXT];
	(void)context, (void)args;
	for (size_t i = 0; i < N_SKILLS; i++)
		words_add(words, skill_word((enum skill)i));
	snprintf(seed, sizeof seed, "--%s", word_shown("seed"));
	words_add(words, seed);
}

static void list_skills(struct command_context *context, const struct learner *learner)
{
	for (size_t i = 0; i < N_SKILLS; i++) {
		struct skill_report report;
		learner_skill(learner, (enum skill)i, &report);
		if (report.state == STATE_UNSEEN)
			continue;
		size_t start = context->out.len;
		strbuf_addf(&context->out, "  %c %s", skill_state_mark(report.state),
			    tr(skill_table[i].title));
		command_pad_from(&context->out, start, 26);
		strbuf_addf(&context->out, " %s\n", report.strip);
	}
}

static void list_slips(struct command_context *context, const struct learner *learner)
{
	for (size_t i = 0; slip_registry[i]; i++) {
		size_t n = learner_slips(learner, slip_registry[i]->name);
		if (n > 0)
			strbuf_addf(&context->out, "  %zux %s\n", n, tr(slip_registry[i]->title));
	}
}

COMMAND(progress)
{
	struct tutor *tutor = command_tutor(context, err);
	if (!tutor)
		return STATUS_NO_MEMORY;
	if (word_is(args, "forget"))
		return command_forget_progress(context, err);
	enum status status = command_no_args(args, err);
	if (status)
		return status;
	if (tutor->learner.n_events == 0) {
		strbuf_addf(&context->out, "%s\n", _("nothing was answered yet"));
		return STATUS_OK;
	}
	strbuf_addf(&context->out, "%s\n",
		    _("skills (# can do it, + once, - trying), the last five answers"));
	list_skills(context, &tutor->learner);
	list_slips(context, &tutor->learner);
	return STATUS_OK;
}

static const char quiz_more[] =
    N_("After it, and at predict off, the lesson's own numbers are back.");

const struct command command_predict = {
    .name = "predict",
    .aliases = "predecir",
    .usage = N_("[KIND...|LEVEL|off]"),
    .summary = N_("ask before these steps are shown; alone: what can be asked"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_predict,
    .complete = complete_predict,
};

const struct command command_quiz = {
    .name = "quiz",
    .aliases = "practicar",
    .usage = N_("[KIND] [--seed N]"),
    .summary = N_("questions of one kind with fresh numbers, until two are right in a row"),
    .needs_lesson = true,
    .run = run_quiz,
    .complete = complete_quiz,
    .more = quiz_more,
};

const struct command command_progress = {
    .name = "progress",
    .aliases = "progreso",
    .usage = N_("[forget]"),
    .summary = N_("skills and slips so far; forget deletes them"),
    .run = run_progress,
};
