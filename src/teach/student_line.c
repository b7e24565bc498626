/* SPDX-License-Identifier: GPL-3.0-or-later */
/* student_line.c -- JSON by jansson: keys stay in the order in which they are set, so that the same
 * event is the same bytes. */
#include "student_line.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>

#include "backstep/base/i18n.h"
#include "student_private.h"

static const char begin_key[] = "backstep-student";
/* 1: without hand-ins, and with every verdict; 2: without parts of questions and rules */
enum { FILE_VERSION = 3 };

/* The object as text. NULL: memory ended. json_dumps would leave a key out where it ends. Owns: the
 * caller (free). */
static char *dump(const json_t *object)
{
	const size_t flags = JSON_COMPACT | JSON_ENSURE_ASCII,
		     len = json_dumpb(object, NULL, 0, flags);
	char *text = len ? malloc(len + 1) : NULL;
	if (!text || json_dumpb(object, text, len, flags) != len) {
		free(text);
		return NULL;
	}
	text[len] = '\0';
	return text;
}

/* Puts a value into an object, which is NULL from where memory ended. Takes value. */
static void set(json_t **object, const char *key, json_t *value)
{
	if (json_object_set_new(*object, key, value) == 0)
		return;
	json_decref(*object);
	*object = NULL;
}

/* h of an object without h, after the h before. */
static bool chain_of(const json_t *object, const char before[DIGEST_TEXT], char chain[DIGEST_TEXT])
{
	struct strbuf bytes = {0};
	char *text = dump(object);
	if (!text)
		return false;
	strbuf_add(&bytes, before);
	strbuf_add(&bytes, text);
	digest_bytes(strbuf_str(&bytes), bytes.len, chain);
	bool failed = bytes.failed;
	strbuf_free(&bytes);
	free(text);
	return !failed;
}

/* The address ends the line: it is for who reads it. Takes address, which may be NULL. */
static bool set_last(json_t *object, json_t *address)
{
	return !address || (json_object_del(object, "at") == 0 &&
			    json_object_set_new(object, "at", address) == 0);
}

/* Appends the object with its h, and forgets it. */
static enum status add_line(json_t *object, char chain[DIGEST_TEXT], struct strbuf *out,
			    struct error *err)
{
	char next[DIGEST_TEXT], *text = NULL;
	json_t *address = json_incref(json_object_get(object, "at"));
	bool done = object && chain_of(object, chain, next) &&
		    json_object_set_new(object, "h", json_string(next)) == 0 &&
		    set_last(object, address) && (text = dump(object));
	if (done) {
		strbuf_addf(out, "%s\n", text);
		memcpy(chain, next, DIGEST_TEXT);
	}
	free(text);
	json_decref(object);
	return done && !out->failed ? STATUS_OK : error_no_memory(err);
}

enum status student_line_begin(const char *code, char chain[DIGEST_TEXT], struct strbuf *out,
			       struct error *err)
{
	chain[0] = '\0';
	json_t *object = json_object();
	set(&object, begin_key, json_integer(FILE_VERSION));
	set(&object, "program", json_string("backstep"));
	set(&object, "code", json_string(code ? code : ""));
	return add_line(object, chain, out, err);
}

/* 2026-11-30T10:14:07Z */
static void write_time(int64_t seconds, char text[32])
{
	time_t time = (time_t)seconds;
	struct tm parts;
	gmtime_r(&time, &parts);
	strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

enum status student_line_event(const struct event *event, char chain[DIGEST_TEXT],
			       struct strbuf *out, struct error *err)
{
	char time[32];
	json_t *object = json_object();
	write_time(event->time, time);
	set(&object, "t", json_string(time));
	set(&object, "do", json_string(event_kind_names[event->kind]));
	set(&object, "lesson", json_string(event->lesson));
	if (*event->version)
		set(&object, "version", json_string(event->version));
	set(&object, "q", json_string(event->place));
	if (event->skill < N_SKILLS)
		set(&object, "skill", json_string(skill_table[event->skill].name));
	if (event->is_part)
		set(&object, "part", json_true());
	if (event->typed)
		set(&object, "typed", json_string(event->typed));
	if (event->typed && event->verdict < N_VERDICT_KINDS)
		set(&object, "verdict", json_string(verdict_kind_names[event->verdict]));
	if (*event->slip)
		set(&object, "slip", json_string(event->slip));
	set(&object, "try", json_integer((json_int_t)event->tries));
	set(&object, "hints", json_integer((json_int_t)event->hints));
	set(&object, "s", json_integer((json_int_t)event->seconds));
	if (event->has_seed)
		set(&object, "seed", json_integer((json_int_t)event->seed));
	if (event->attempt)
		set(&object, "draw", json_integer((json_int_t)event->attempt));
	if (event->is_edited)
		set(&object, "edited", json_true());
	if (event->at)
		set(&object, "at", json_string(event->at));
	return add_line(object, chain, out, err);
}

static char *take_text(const json_t *object, const char *key, bool *failed)
{
	const char *text = json_string_value(json_object_get(object, key));
	char *copy = text ? strdup(text) : NULL;
	*failed |= text && !copy;
	return copy;
}

static size_t take_count(const json_t *object, const char *key)
{
	json_int_t value = json_integer_value(json_object_get(object, key));
	return value > 0 ? (size_t)value : 0;
}

/* The place of a word in a list of n; n where it is in none. */
static size_t find_word(const json_t *object, const char *key, const char *const *words, size_t n)
{
	const char *text = json_string_value(json_object_get(object, key));
	for (size_t i = 0; text && i < n; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return n;
}

static bool read_time(const json_t *object, int64_t *seconds)
{
	struct tm parts = {0};
	const char *text = json_string_value(json_object_get(object, "t"));
	const char *end = text ? strptime(text, "%Y-%m-%dT%H:%M:%SZ", &parts) : NULL;
	*seconds = end ? (int64_t)timegm(&parts) : 0;
	return end && *end == '\0';
}

/* SKILL_NONE of a hand-in, which is about none. */
static bool read_skill(const json_t *object, struct event *event)
{
	const char *skill = json_string_value(json_object_get(object, "skill"));
	event->skill = SKILL_NONE;
	return event->kind == EVENT_HAND_IN || (skill && skill_find(skill, &event->skill));
}

static enum status read_event(const json_t *object, struct event *event, struct error *err)
{
	bool failed = false;
	const char *slip = json_string_value(json_object_get(object, "slip"));
	size_t kind = find_word(object, "do", event_kind_names, N_EVENT_KINDS);
	size_t verdict = find_word(object, "verdict", verdict_kind_names, N_VERDICT_KINDS);
	*event = (struct event){.kind = (enum event_kind)kind};
	if (kind == N_EVENT_KINDS || !read_skill(object, event) ||
	    !read_time(object, &event->time) || !json_is_string(json_object_get(object, "q")) ||
	    !json_is_string(json_object_get(object, "lesson")))
		return error_set(err, STATUS_BAD_INPUT, _("this is no event"));
	event->verdict = verdict < N_VERDICT_KINDS ? (enum verdict_kind)verdict : VERDICT_NONE;
	if (slip && strlen(slip) < sizeof event->slip)
		strcpy(event->slip, slip);
	const char *version = json_string_value(json_object_get(object, "version"));
	if (version && strlen(version) < sizeof event->version)
		strcpy(event->version, version);
	event->lesson = take_text(object, "lesson", &failed);
	event->place = take_text(object, "q", &failed);
	event->typed = take_text(object, "typed", &failed);
	event->at = take_text(object, "at", &failed);
	if (!event->at) /* whoever looks for a question by its address finds none */
		failed |= !(event->at = strdup(""));
	event->tries = take_count(object, "try");
	event->hints = take_count(object, "hints");
	event->seconds = take_count(object, "s");
	event->has_seed = json_object_get(object, "seed") != NULL;
	event->seed = take_count(object, "seed");
	event->attempt = take_count(object, "draw");
	event->is_part = json_is_true(json_object_get(object, "part"));
	event->is_edited = json_is_true(json_object_get(object, "edited"));
	if (failed)
		event_free(event);
	return failed ? error_no_memory(err) : STATUS_OK;
}

/* Whether a line that was written as this program writes it has the h that it must have: without h
 * it is the text that was summed up. */
static bool is_chained_as_it_stands(const char *text, size_t len, const char *before, const char *h)
{
	static const char key[] = ",\"h\":\"";
	const char *at = memmem(text, len, key, sizeof key - 1);
	const char *rest = at ? at + sizeof key + DIGEST_TEXT - 1 : NULL;
	if (!at || rest > text + len)
		return false;
	struct strbuf bytes = {0};
	char chain[DIGEST_TEXT];
	strbuf_add(&bytes, before);
	strbuf_add_len(&bytes, text, (size_t)(at - text));
	strbuf_add_len(&bytes, rest, (size_t)(text + len - rest));
	digest_bytes(strbuf_str(&bytes), bytes.len, chain);
	bool is_chained = !bytes.failed && strcmp(chain, h) == 0;
	strbuf_free(&bytes);
	return is_chained;
}

static enum status read_object(json_t *object, const char *text, size_t len,
			       const char before[DIGEST_TEXT], struct student_line *line,
			       struct error *err)
{
	bool failed = false;
	const json_t *version = json_object_get(object, begin_key);
	const char *h = json_string_value(json_object_get(object, "h"));
	if (!h || strlen(h) != DIGEST_TEXT - 1)
		return error_set(err, STATUS_BAD_INPUT, _("its checksum h is missing"));
	memcpy(line->chain, h, DIGEST_TEXT);
	json_object_del(object, "h");
	char chain[DIGEST_TEXT] = "";
	before = version ? "" : before;
	line->is_chained = is_chained_as_it_stands(text, len, before, line->chain) ||
			   (chain_of(object, before, chain) && strcmp(chain, line->chain) == 0);
	line->kind = version ? LINE_BEGIN : LINE_EVENT;
	if (!version)
		return read_event(object, &line->event, err);
	if (json_integer_value(version) < 1 || json_integer_value(version) > FILE_VERSION)
		return error_set(err, STATUS_BAD_INPUT,
				 _("it was written by a newer version of backstep"));
	line->code = take_text(object, "code", &failed);
	line->program = take_text(object, "program", &failed);
	return failed ? error_no_memory(err) : STATUS_OK;
}

enum status student_line_read(const char *text, size_t len, const char before[DIGEST_TEXT],
			      struct student_line *line, struct error *err)
{
	json_error_t why;
	json_t *object = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
	*line = (struct student_line){.kind = LINE_EVENT};
	if (!json_is_object(object)) {
		json_decref(object);
		return error_set(err, STATUS_BAD_INPUT, _("this is no line of a student's file"));
	}
	enum status status = read_object(object, text, len, before, line, err);
	json_decref(object);
	if (status)
		student_line_free(line);
	return status;
}

void student_line_free(struct student_line *line)
{
	free(line->code);
	free(line->program);
	event_free(&line->event);
	*line = (struct student_line){.kind = LINE_EVENT};
}
