/* SPDX-License-Identifier: GPL-3.0-or-later */
/* address.c -- printing and reading addresses, and going to them. Where one changes settings it is
 * tried in a sitting of its own first, so that a bad one leaves everything as it was. */
#include "backstep/session/address.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/session/renumber.h"
#include "backstep/trace/place_name.h"
#include "session_private.h"

enum { MOST_UPDATES = 1000000 }; /* away */

bool address_may_be(const char *text)
{
	const char *at = strchr(text, '@');
	return at && at > text && place_name_update(at + 1) > 0;
}

char *address_lesson(const char *name)
{
	bool is_address = address_may_be(name) && access(name, F_OK) != 0;
	return is_address ? strndup(name, strcspn(name, "@")) : strdup(name);
}

static enum status fail(const char *text, struct error *err)
{
	char shown[TEXT_EXCERPT];
	error_set(err, STATUS_BAD_INPUT, _("'%s' is no address"), text_excerpt(shown, text));
	error_hint(err, _("where prints that of a step: LESSON@1.backward.w5.p1.f2"));
	return STATUS_BAD_INPUT;
}

/* How it is asked, as it is written; a step that is shown has nothing. */
static const char *const asks[N_ADDRESS_ASKS] = {
    [ASK_NOT] = NULL,
    [ASK_STEP] = "ask",
    [ASK_CHAIN] = "ask=chain",
    [ASK_PART] = "ask=part",
};

static bool read_ask(struct address *address, const char *item)
{
	for (size_t i = 0; i < N_ADDRESS_ASKS; i++) {
		if (!asks[i] || strcmp(item, asks[i]) != 0)
			continue;
		address->ask = (enum address_ask)i;
		return true;
	}
	return false;
}

/* fresh, draw, ask, or a setting. */
static enum status read_item(struct address *address, char *name, struct error *err)
{
	size_t number = 0;
	char *value = strchr(name, '=');
	if (read_ask(address, name))
		return STATUS_OK;
	if (value)
		*value++ = '\0';
	for (char *plus = value; plus && (plus = strchr(plus, '+'));)
		*plus = ' ';
	if (!value || !*value || address->n_items == ADDRESS_MAX_ITEMS)
		return fail(name, err);
	if (strcmp(name, "fresh") != 0 && strcmp(name, "draw") != 0) {
		address->items[address->n_items++] = (struct address_item){name, value};
		return STATUS_OK;
	}
	bool is_seed = strcmp(name, "fresh") == 0;
	enum status status = number_parse_count(value, 0, is_seed ? SIZE_MAX : 1000, &number, err);
	address->has_fresh |= is_seed;
	if (is_seed)
		address->fresh = number;
	else
		address->draw = number;
	return status;
}

enum status address_read(struct address *address, const char *text, struct error *err)
{
	*address = (struct address){.text = strdup(text)};
	if (!address->text)
		return error_no_memory(err);
	char *at = strchr(address->text, '@');
	char *query = at ? strchr(at, '?') : NULL;
	enum status status = address_may_be(text) ? STATUS_OK : fail(text, err);
	if (!status) {
		*at = '\0';
		address->lesson = address->text;
		address->place = at + 1;
		address->has_query = query != NULL;
	}
	if (!status && query)
		*query++ = '\0';
	while (!status && query && *query) {
		char *next = strchr(query, '&');
		if (next)
			*next++ = '\0';
		status = read_item(address, query, err);
		query = next;
	}
	if (status)
		address_free(address);
	return status;
}

void address_free(struct address *address)
{
	free(address->text);
	*address = (struct address){.text = NULL};
}

/* Setting number i, where numbers depend on it and its value is not the lesson's own. */
static bool nth_changed(const struct session *session, size_t i, char name[SETTING_NAME],
			struct strbuf *value, bool *is_end)
{
	struct strbuf own = {0};
	strbuf_clear(value);
	*is_end = !setting_name(session, i, name);
	if (*is_end)
		return false;
	setting_get_value(session, name, value, NULL);
	bool is_changed =
	    setting_own(session, name, &own) && strcmp(strbuf_str(value), strbuf_str(&own)) != 0;
	strbuf_free(&own);
	return is_changed;
}

void address_print(const struct session *session, uint64_t index, enum address_ask ask,
		   struct strbuf *out)
{
	const char *mark = "?";
	char name[SETTING_NAME];
	struct strbuf value = {0};
	bool is_end = false;
	strbuf_addf(out, "%s@", session->lesson->id.text);
	place_name_print(&session->stepper, index, out);
	for (size_t i = 0; !is_end; i++) {
		if (!nth_changed(session, i, name, &value, &is_end))
			continue;
		for (size_t k = 0; k < value.len; k++)
			if (value.data[k] == ' ')
				value.data[k] = '+';
		strbuf_addf(out, "%s%s=%s", mark, name, strbuf_str(&value));
		out->failed |= value.failed;
		mark = "&";
	}
	if (session->has_fresh) {
		strbuf_addf(out, "%sfresh=%llu", mark, (unsigned long long)session->fresh);
		if (session->fresh_attempt > 0)
			strbuf_addf(out, "&draw=%zu", session->fresh_attempt);
		mark = "&";
	}
	if (asks[ask])
		strbuf_addf(out, "%s%s", mark, asks[ask]);
	strbuf_free(&value);
}

static const char *value_of(const struct address *address, const char *name)
{
	for (size_t i = 0; i < address->n_items; i++)
		if (strcmp(address->items[i].name, name) == 0)
			return address->items[i].value;
	return NULL;
}

bool address_changes_numbers(const struct session *session, const struct address *address)
{
	size_t n = 0;
	char name[SETTING_NAME];
	struct strbuf value = {0};
	bool is_end = false, changes = false;
	if (!address->has_query)
		return false;
	for (size_t i = 0; !is_end; i++) {
		if (!nth_changed(session, i, name, &value, &is_end))
			continue;
		const char *wanted = value_of(address, name);
		changes |= !wanted || strcmp(wanted, strbuf_str(&value)) != 0;
		n++;
	}
	strbuf_free(&value);
	return changes || stepper_edits(&session->stepper)->n > 0 || n != address->n_items ||
	       session->has_fresh != address->has_fresh ||
	       (session->has_fresh &&
		(session->fresh != address->fresh || session->fresh_attempt != address->draw));
}

/* Opens the lesson anew. In the journal that is a part of going to the address: what was done
 * before can be taken back. */
static enum status open_again(struct session *session, const char *name, struct error *err)
{
	struct error_list errors = {0};
	const struct strbuf before = session->record_before;
	session->record_before = (struct strbuf){0};
	enum status status = session_open(session, name, &errors);
	strbuf_free(&session->record_before);
	session->record_before = before;
	if (!status)
		journal_drop_last(&session->journal);
	error_list_end(&errors, err);
	return status;
}

/* The lesson from its start, with the address's settings and numbers. */
static enum status put_in_force(struct session *session, const struct address *address,
				struct error *err)
{
	char *name = strdup(session->lesson_file ? session->lesson_file : session->lesson_name);
	if (!name)
		return error_no_memory(err);
	setting_forget(session);
	enum status status = open_again(session, name, err);
	for (size_t i = 0; !status && i < address->n_items; i++)
		status = setting_set(session, address->items[i].name, address->items[i].value, err);
	if (!status && address->has_fresh)
		status = session_renumber(session, address->fresh, address->draw, err);
	free(name);
	return status;
}

/* Before the first step of the address's update; *index gets the step. */
static enum status find(struct session *session, const struct address *address, uint64_t *index,
			struct error *err)
{
	struct stepper *stepper = &session->stepper;
	uint64_t update = place_name_update(address->place), before = stepper_number(stepper);
	char shown[TEXT_EXCERPT];
	*index = 0;
	if (update > stepper_updates(stepper) + MOST_UPDATES)
		return error_set(err, STATUS_BAD_INPUT, _("that is more than %d updates away"),
				 MOST_UPDATES);
	enum status status = stepper_go(stepper, stepper_before(stepper, update - 1), err);
	if (status)
		return status;
	stepper_leave_commit(stepper);
	stepper_end_pass(stepper);
	*index = place_name_find(stepper, address->place);
	if (*index > 0)
		return STATUS_OK;
	stepper_go(stepper, before, NULL);
	return error_set(err, STATUS_BAD_INPUT, _("there is no step called '%s'"),
			 text_excerpt(shown, address->place));
}

enum status address_number(struct session *session, const struct address *address, uint64_t *number,
			   struct error *err)
{
	struct stepper *stepper = &session->stepper;
	const uint64_t update = stepper_updates(stepper), here = stepper->index;
	uint64_t index;
	enum status status = find(session, address, &index, err);
	*number = stepper_before(stepper, stepper_updates(stepper)) + index;
	stepper_visit(stepper, update);
	stepper_end_pass(stepper);
	stepper->index = here;
	return status;
}

/* In a sitting of its own. */
static enum status try_address(const struct session *session, const struct address *address,
			       struct error *err)
{
	struct session *trial;
	struct error_list errors = {0};
	uint64_t index;
	const char *name = session->lesson_file ? session->lesson_file : session->lesson_name;
	enum status status = session_new(&trial, err);
	if (status)
		return status;
	status = session_open(trial, name, &errors);
	error_list_end(&errors, err);
	if (!status)
		status = put_in_force(trial, address, err);
	if (!status)
		status = find(trial, address, &index, err);
	session_free(trial);
	return status;
}

enum status address_enter(struct session *session, const struct address *address, uint64_t *index,
			  struct error *err)
{
	if (!address_changes_numbers(session, address))
		return find(session, address, index, err);
	enum status status = try_address(session, address, err);
	if (!status)
		status = put_in_force(session, address, err);
	return status ? status : find(session, address, index, err);
}
