/* SPDX-License-Identifier: GPL-3.0-or-later */
/* setting.c -- reading, storing and listing settings, whatever the rows say; they stand in
 * setting_rows.c. */
#include "backstep/session/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "backstep/base/word.h"
#include "backstep/base/words.h"

static size_t count_rows(void)
{
	size_t n = 0;
	while (setting_table[n].name)
		n++;
	return n;
}

struct setting_value *setting_store_new(void)
{
	size_t n = count_rows();
	struct setting_value *store = calloc(n, sizeof *store);
	for (size_t k = 0; store && k < n; k++)
		store[k].value = store[k].own = setting_table[k].initial;
	return store;
}

/* Where the session keeps the row's value. */
static struct setting_value *place_of(const struct session *session, const struct setting *row)
{
	return &session->settings[row - setting_table];
}

size_t setting_value(const struct session *session, const char *name)
{
	const struct setting *row = setting_find(name);
	CONTRACT(row && row->kind != SETTING_OTHER);
	return place_of(session, row)->value;
}

void setting_begin_with(struct session *session, const char *name, size_t value)
{
	const struct setting *row = setting_find(name);
	CONTRACT(row && row->kind != SETTING_OTHER && !session->lesson);
	CONTRACT(!place_of(session, row)->is_set);
	place_of(session, row)->value = value;
	if (row->apply)
		row->apply(session, value, NULL);
}

void setting_suggest(struct session *session, const char *name, struct source_count suggested)
{
	const struct setting *row = setting_find(name);
	struct setting_value *place = place_of(session, row);
	place->own = suggested.mark.line ? suggested.value : row->initial;
	if (!place->is_set)
		setting_begin_with(session, name, place->own);
}

/* Appends a value of a row in the store, as it is typed. */
static void add_stored(const struct setting *row, size_t value, struct strbuf *out)
{
	if (row->kind == SETTING_CHOICE)
		strbuf_add(out, row->words[value]);
	else if (value == SETTING_NONE)
		strbuf_add(out, row->none);
	else
		strbuf_addf(out, "%zu", value);
}

static void add_value(const struct session *session, const struct setting *row, struct strbuf *out)
{
	if (row->kind == SETTING_OTHER)
		row->get(session, out);
	else
		add_stored(row, place_of(session, row)->value, out);
}

void setting_write_all(const struct session *session, struct strbuf *out)
{
	for (const struct setting *row = setting_table; row->name; row++) {
		if (row->needs_lesson || !place_of(session, row)->is_set)
			continue;
		strbuf_addf(out, "set %s ", row->name);
		add_value(session, row, out);
		strbuf_add_char(out, '\n');
	}
}

/* The optimizer's number called name, or NULL. */
static const struct hyper *find_hyper(const struct session *session, const char *name, size_t *k)
{
	if (!session->lesson)
		return NULL;
	const struct optimizer_class *class = stepper_optimizer(&session->stepper)->class;
	*k = hypers_find(class->hypers, class->n_hypers, name);
	return *k < class->n_hypers ? &class->hypers[*k] : NULL;
}

const struct setting *setting_find(const char *name)
{
	for (const struct setting *row = setting_table; row->name; row++)
		if (word_is(name, row->name))
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
	const struct optimizer_class *class = stepper_optimizer(&session->stepper)->class;
	if (i >= class->n_hypers)
		return stage_setting_name(i - class->n_hypers, name) != NULL;
	snprintf(name, SETTING_NAME, "%s", class->hypers[i].name);
	return true;
}

/* The name that the rows have, of one that was typed: into buf; the typed one where there is no
 * such setting. */
static const char *own_name(const struct session *session, const char *typed,
			    char buf[SETTING_NAME])
{
	for (size_t i = 0; setting_name(session, i, buf); i++)
		if (word_is(typed, buf))
			return buf;
	return typed;
}

/* Word i of a row's, of those that its value can be. */
static const char *row_word(const struct session *session, const struct setting *row, size_t i)
{
	if (row->choice)
		return row->choice(session, i);
	if (row->words)
		return row->words[i];
	return i == 0 ? row->none : NULL;
}

const char *setting_choice(const struct session *session, const char *name, size_t i)
{
	const struct setting *row = setting_find(name);
	if (row && row->needs_lesson && !session->lesson)
		return NULL;
	if (row)
		return row_word(session, row, i);
	char own[SETTING_NAME];
	return session->lesson ? stage_setting_word(own_name(session, name, own), i) : NULL;
}

bool setting_is_shown(const struct session *session, const char *name)
{
	const struct setting *row = setting_find(name);
	if (row)
		return !row->is_rare || place_of(session, row)->is_set;
	return !stage_setting_summary(name) ||
	       stages_use(&stepper_optimizer(&session->stepper)->stages, name);
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
	if (!words_hint_nearest(&names, name, err))
		error_hint(err, "%s",
			   session->lesson ? _("show settings lists them")
					   : _("open a lesson first"));
	words_free(&names);
	return STATUS_BAD_INPUT;
}

/* Appends a value as it is shown: each of its words in the current language. */
static void add_shown(struct strbuf *value, struct strbuf *out)
{
	char *rest = value->data, *word;
	for (const char *gap = ""; (word = strsep(&rest, " ")); gap = " ")
		strbuf_addf(out, "%s%s", gap, word_shown(word));
}

enum status setting_get(const struct session *session, const char *name, struct strbuf *out,
			struct error *err)
{
	const struct setting *row = setting_find(name);
	struct strbuf value = {0};
	enum status status = setting_get_value(session, name, &value, err);
	if (!status)
		add_shown(&value, out);
	if (!status && row && row->remark)
		row->remark(session, out);
	strbuf_free(&value);
	return status;
}

enum status setting_get_value(const struct session *session, const char *name, struct strbuf *out,
			      struct error *err)
{
	const struct setting *row = setting_find(name);
	if (row && (session->lesson || !row->needs_lesson)) {
		add_value(session, row, out);
		return STATUS_OK;
	}
	size_t k;
	char number[STAGE_NAME], own[SETTING_NAME];
	name = own_name(session, name, own);
	if (!find_hyper(session, name, &k)) {
		if (!session->lesson ||
		    !stages_get(&stepper_optimizer(&session->stepper)->stages, name, number))
			return unknown_setting(session, name, err);
		strbuf_add(out, number);
		return STATUS_OK;
	}
	strbuf_add(out,
		   number_format_exact(number, stepper_optimizer(&session->stepper)->hypers[k]));
	return STATUS_OK;
}

/* A number of the optimizer in force: the lesson's, or where that has another one the usual. */
static double own_hyper(const struct session *session, size_t k)
{
	const struct optimizer *lesson = &session->built.optimizer;
	const struct optimizer_class *class = stepper_optimizer(&session->stepper)->class;
	return lesson->class == class ? lesson->hypers[k] : class->hypers[k].initial;
}

bool setting_own(const struct session *session, const char *name, struct strbuf *out)
{
	const struct setting *row = setting_find(name);
	char text[STAGE_NAME];
	size_t k;
	if (row && row->kind != SETTING_OTHER)
		add_stored(row, place_of(session, row)->own, out);
	else if (row && !place_of(session, row)->is_set)
		row->get(session, out);
	else if (!row && find_hyper(session, name, &k))
		strbuf_add(out, number_format_exact(text, own_hyper(session, k)));
	else if (!row && stages_get(&session->built.optimizer.stages, name, text))
		strbuf_add(out, text);
	return !row || !row->is_look;
}

void setting_forget(struct session *session)
{
	for (const struct setting *row = setting_table; row->name; row++)
		if (!row->is_look)
			*place_of(session, row) =
			    (struct setting_value){row->initial, row->initial, false};
}

/* Whose words are read. */
struct words_of {
	const struct session *session;
	const struct setting *row;
};

static const char *next_word(void *ctx, size_t i)
{
	const struct words_of *of = ctx;
	return row_word(of->session, of->row, i);
}

static enum status read_count(const struct setting *row, const char *text, size_t *value,
			      struct error *err)
{
	if (row->none && word_is(text, row->none)) {
		*value = SETTING_NONE;
		return STATUS_OK;
	}
	struct error why = {0};
	enum status status = number_parse_count(text, row->least, row->most, value, &why);
	return status ? error_set(err, status, "%s: %s", row->name, why.message) : STATUS_OK;
}

/* Errors: as setting_set. */
static enum status set_row(struct session *session, const struct setting *row, const char *text,
			   struct error *err)
{
	size_t value = 0;
	struct words_of of = {session, row};
	enum status status = STATUS_OK;
	bool has_words = row->words || row->choice;
	if (row->kind == SETTING_COUNT)
		status = read_count(row, text, &value, err);
	else if (has_words && error_no_choice(err, row->name, text, next_word, &of, &value))
		status = STATUS_BAD_INPUT;
	if (!status && row->kind == SETTING_OTHER)
		status = row->set(session, has_words ? row_word(session, row, value) : text, err);
	else if (!status && row->apply)
		status = row->apply(session, value, err);
	if (status)
		return status;
	CONTRACT(row->kind != SETTING_CHOICE || word_is(text, row->words[value]));
	CONTRACT(row->kind != SETTING_COUNT || value == SETTING_NONE ||
		 (value >= row->least && value <= row->most));
	place_of(session, row)->value = value;
	place_of(session, row)->is_set = true;
	return STATUS_OK;
}

static enum status set_hyper(struct session *session, const char *name, const char *value,
			     struct error *err)
{
	double number;
	struct optimizer optimizer = *stepper_optimizer(&session->stepper);
	enum status status = number_parse_typed(value, &number, err);
	if (!status)
		status = optimizer_set(&optimizer, name, number, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

static enum status set_stage(struct session *session, const char *name, const char *value,
			     struct error *err)
{
	struct optimizer optimizer = *stepper_optimizer(&session->stepper);
	enum status status = stages_set(&optimizer.stages, name, value, err);
	if (!status)
		status = optimizer_fits(&optimizer, session->built.model, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

enum status setting_set(struct session *session, const char *name, const char *value,
			struct error *err)
{
	size_t k;
	char own[SETTING_NAME];
	const struct setting *row = setting_find(name);
	enum status status = STATUS_OK;
	name = own_name(session, name, own);
	if (row && (session->lesson || !row->needs_lesson)) {
		status = set_row(session, row, value, err);
	} else if (find_hyper(session, name, &k)) {
		status = set_hyper(session, name, value, err);
	} else if (session->lesson && stage_setting_summary(name)) {
		status = set_stage(session, name, value, err);
	} else {
		status = unknown_setting(session, name, err);
	}
	return status ? status : session_refresh(session, err);
}
