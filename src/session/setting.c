/* SPDX-License-Identifier: GPL-3.0-or-later */
/* setting.c -- the table of settings. */
#include "backstep/session/setting.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/words.h"
#include "backstep/session/rounding.h"

/* Where value stands among the words, or -1. */
static int find_word(const char *const *words, size_t n, const char *value)
{
	for (size_t k = 0; k < n; k++)
		if (strcmp(words[k], value) == 0)
			return (int)k;
	return -1;
}

static const char *const chain_words[] = {"auto", "paths", "deltas"};

static const char *chain_choice(const struct session *session, size_t i)
{
	(void)session;
	return i < 3 ? chain_words[i] : NULL;
}

static void get_chain(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, chain_words[session->chain]);
	if (session->chain == CHAIN_AUTO && session->lesson)
		strbuf_addf(out, " (%s)", chain_words[session->stepper.plan.form]);
}

static enum status set_chain(struct session *session, const char *value, struct error *err)
{
	enum chain_form form = (enum chain_form)find_word(chain_words, 3, value);
	enum status status = STATUS_OK;
	if (session->lesson)
		status = stepper_set_chain(&session->stepper, form, err);
	if (!status)
		session->chain = form;
	return status;
}

static void get_digits(const struct session *session, struct strbuf *out)
{
	strbuf_addf(out, "%d", session->style.digits);
}

static enum status set_digits(struct session *session, const char *value, struct error *err)
{
	size_t digits;
	enum status status = number_parse_count(value, 17, &digits, err);
	if (!status && digits == 0)
		status = error_set(err, STATUS_BAD_INPUT, _("digits lies between 1 and 17"));
	if (!status)
		session->style.digits = (int)digits;
	return status;
}

static const char *const glyph_words[] = {"unicode", "ascii"};

static const char *glyphs_choice(const struct session *session, size_t i)
{
	(void)session;
	return i < 2 ? glyph_words[i] : NULL;
}

static void get_glyphs(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, glyph_words[session->style.glyphs]);
}

static enum status set_glyphs(struct session *session, const char *value, struct error *err)
{
	(void)err;
	session->style.glyphs = (enum formula_glyphs)find_word(glyph_words, 2, value);
	return STATUS_OK;
}

static const char *language_choice(const struct session *session, size_t i)
{
	(void)session;
	return i < N_LANGUAGES ? language_codes[i] : NULL;
}

static void get_language(const struct session *session, struct strbuf *out)
{
	(void)session;
	strbuf_add(out, language_codes[language_current()]);
}

static enum status set_language(struct session *session, const char *value, struct error *err)
{
	(void)session, (void)err;
	enum language language = LANGUAGE_EN;
	language_parse(value, &language);
	language_set(language);
	return STATUS_OK;
}

static const char *rule_choice(const struct session *session, size_t i)
{
	const struct optimizer_class *class = session->stepper.trainer.optimizer.class;
	return i < class->n_forms ? class->forms[i].name : NULL;
}

static void get_rule(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, optimizer_form(&session->stepper.trainer.optimizer)->name);
}

static enum status set_rule(struct session *session, const char *value, struct error *err)
{
	struct optimizer optimizer = session->stepper.trainer.optimizer;
	enum status status = optimizer_set_form(&optimizer, value, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

static const char *optimizer_choice(const struct session *session, size_t i)
{
	(void)session;
	return optimizer_registry[i] ? optimizer_registry[i]->name : NULL;
}

static void get_optimizer(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, session->stepper.trainer.optimizer.class->name);
}

static enum status set_optimizer(struct session *session, const char *value, struct error *err)
{
	struct optimizer optimizer;
	const struct optimizer_class *class = optimizer_find(value);
	optimizer_init(&optimizer, class);
	optimizer.stages = session->stepper.trainer.optimizer.stages;
	/* refused before the stepper moves on from a commit */
	enum status status = optimizer_fits(&optimizer, session->built.model, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

static void get_rounding(const struct session *session, struct strbuf *out)
{
	const struct lesson_rounding *how = rounding_how(session);
	if (how)
		strbuf_addf(out, "%d %s", how->places, rounding_words[how->mode]);
	else
		strbuf_add(out, "off");
}

static enum status set_rounding(struct session *session, const char *value, struct error *err)
{
	struct lesson_rounding how;
	if (strcmp(value, "off") == 0) {
		rounding_end(session);
		return STATUS_OK;
	}
	enum status status = rounding_parse(value, &how, err);
	if (!status)
		status = rounding_begin(session, &how, err);
	if (status)
		session_refresh(session, NULL); /* the chain of the current step again */
	return status;
}

static const char *const truth_words[] = {"false", "true"};

static const char *truth_choice(const struct session *session, size_t i)
{
	(void)session;
	return i < 2 ? truth_words[i] : NULL;
}

static void get_shuffle(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, truth_words[session->lesson->training.shuffle]);
}

/* The rows of an update follow from its number: those of the updates behind would become others. */
static enum status set_shuffle(struct session *session, const char *value, struct error *err)
{
	bool *shuffle = &session->lesson->training.shuffle, before = *shuffle;
	if (stepper_number(&session->stepper) > 0) {
		error_set(err, STATUS_BAD_INPUT, _("shuffle can be set at the start only"));
		error_hint(err, _("go there with: restart"));
		return STATUS_BAD_INPUT;
	}
	*shuffle = find_word(truth_words, 2, value) > 0;
	enum status status = *shuffle == before ? STATUS_OK : session_rebuild(session, err);
	if (status && session->lesson)
		*shuffle = before;
	return status;
}

const struct setting setting_table[] = {
    {"chain", N_("how a gradient is taken apart: along each path, or by each unit's delta"), false,
     chain_choice, get_chain, set_chain},
    {"digits", N_("significant digits shown, 1 to 17"), false, NULL, get_digits, set_digits},
    {"glyphs", N_("how formulas are written"), false, glyphs_choice, get_glyphs, set_glyphs},
    {"language", N_("the language of the program and of its lessons"), false, language_choice,
     get_language, set_language},
    {"optimizer", N_("how parameters are updated; its numbers start at their usual values"), true,
     optimizer_choice, get_optimizer, set_optimizer},
    {"rounding", N_("the example done by hand as well: digits kept of each number"), true, NULL,
     get_rounding, set_rounding},
    {"rule", N_("the form of the optimizer's update rule"), true, rule_choice, get_rule, set_rule},
    {"shuffle", N_("whether each epoch takes the rows in another order"), true, truth_choice,
     get_shuffle, set_shuffle},
    {0},
};

/* The optimizer's number called name, or NULL. */
static const struct hyper *find_hyper(const struct session *session, const char *name, size_t *k)
{
	if (!session->lesson)
		return NULL;
	const struct optimizer_class *class = session->stepper.trainer.optimizer.class;
	for (*k = 0; *k < class->n_hypers; ++*k)
		if (strcmp(class->hypers[*k].name, name) == 0)
			return &class->hypers[*k];
	return NULL;
}

const struct setting *setting_find(const char *name)
{
	for (const struct setting *row = setting_table; row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

bool setting_name(const struct session *session, size_t i, char name[SETTING_NAME])
{
	for (const struct setting *row = setting_table; row->name; row++) {
		if (!(session->lesson || !row->needs_lesson) || i-- > 0)
			continue;
		snprintf(name, SETTING_NAME, "%s", row->name);
		return true;
	}
	if (!session->lesson)
		return false;
	const struct optimizer_class *class = session->stepper.trainer.optimizer.class;
	if (i >= class->n_hypers)
		return stage_setting_name(i - class->n_hypers, name) != NULL;
	snprintf(name, SETTING_NAME, "%s", class->hypers[i].name);
	return true;
}

const char *setting_choice(const struct session *session, const char *name, size_t i)
{
	const struct setting *row = setting_find(name);
	if (row && row->needs_lesson && !session->lesson)
		return NULL;
	if (row)
		return row->choice ? row->choice(session, i) : NULL;
	return session->lesson ? stage_setting_word(name, i) : NULL;
}

bool setting_is_shown(const struct session *session, const char *name)
{
	return !stage_setting_summary(name) ||
	       stages_use(&session->stepper.trainer.optimizer.stages, name);
}

const char *setting_summary(const char *name)
{
	const struct setting *row = setting_find(name);
	return row ? row->summary : stage_setting_summary(name);
}

static enum status unknown_setting(const struct session *session, const char *name,
				   struct error *err)
{
	char shown[TEXT_EXCERPT];
	error_set(err, STATUS_BAD_INPUT, _("there is no setting '%s'"), text_excerpt(shown, name));
	struct words names = {0};
	char each[SETTING_NAME];
	for (size_t i = 0; setting_name(session, i, each); i++)
		words_add(&names, each);
	const char *nearest = words_nearest(&names, name);
	if (nearest)
		error_hint(err, _("did you mean '%s'?"), nearest);
	words_free(&names);
	if (nearest)
		return STATUS_BAD_INPUT;
	if (!session->lesson)
		error_hint(err, _("open a lesson first"));
	else
		error_hint(err, _("show settings lists them"));
	return STATUS_BAD_INPUT;
}

enum status setting_get(const struct session *session, const char *name, struct strbuf *out,
			struct error *err)
{
	const struct setting *row = setting_find(name);
	if (row && (session->lesson || !row->needs_lesson)) {
		row->get(session, out);
		return STATUS_OK;
	}
	size_t k;
	char number[STAGE_NAME];
	if (!find_hyper(session, name, &k)) {
		if (!session->lesson ||
		    !stages_get(&session->stepper.trainer.optimizer.stages, name, number))
			return unknown_setting(session, name, err);
		strbuf_add(out, number);
		return STATUS_OK;
	}
	strbuf_add(out, number_format_exact(number, session->stepper.trainer.optimizer.hypers[k]));
	return STATUS_OK;
}

/* Errors: STATUS_BAD_INPUT, value is not one of the setting's words. */
static enum status check_choice(const struct session *session, const struct setting *row,
				const char *value, struct error *err)
{
	struct strbuf words = {0};
	enum status status = STATUS_BAD_INPUT;
	for (size_t i = 0; row->choice(session, i); i++) {
		strbuf_addf(&words, "%s%s", i ? ", " : "", row->choice(session, i));
		if (strcmp(row->choice(session, i), value) == 0)
			status = STATUS_OK;
	}
	if (status) {
		char shown[TEXT_EXCERPT];
		error_set(err, status, _("%s cannot be '%s'"), row->name,
			  text_excerpt(shown, value));
		error_hint(err, _("choose one of: %s"), strbuf_str(&words));
	}
	strbuf_free(&words);
	return status;
}

static enum status set_hyper(struct session *session, const char *name, const char *value,
			     struct error *err)
{
	double number;
	struct optimizer optimizer = session->stepper.trainer.optimizer;
	enum status status = number_parse_typed(value, &number, err);
	if (!status)
		status = optimizer_set(&optimizer, name, number, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

static enum status set_stage(struct session *session, const char *name, const char *value,
			     struct error *err)
{
	struct optimizer optimizer = session->stepper.trainer.optimizer;
	enum status status = stages_set(&optimizer.stages, name, value, err);
	if (!status)
		status = optimizer_fits(&optimizer, session->built.model, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

enum status setting_set(struct session *session, const char *name, const char *value,
			struct error *err)
{
	size_t k;
	const struct setting *row = setting_find(name);
	enum status status = STATUS_OK;
	if (row && (session->lesson || !row->needs_lesson)) {
		if (row->choice)
			status = check_choice(session, row, value, err);
		if (!status)
			status = row->set(session, value, err);
	} else if (find_hyper(session, name, &k)) {
		status = set_hyper(session, name, value, err);
	} else if (session->lesson && stage_setting_summary(name)) {
		status = set_stage(session, name, value, err);
	} else {
		status = unknown_setting(session, name, err);
	}
	return status ? status : session_refresh(session, err);
}
