/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_watch.c -- numbers over time: watch, history; and places that have a name: bookmark. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"
#include "backstep/base/work.h"
#include "backstep/trace/expression.h"

enum { MOST_LINES = 40, COLUMN = 16, SPARKS = 60 };

/* The number of an expression at the position, of the row at hand; NaN where it is not known, or
 * not in this batch. */
static struct value look(const struct session *session, const char *text, const struct place *here)
{
	struct expression expression;
	struct arena *arena = arena_new();
	struct value value = {.value = NAN};
	if (arena && !expression_read(&expression, &session->stepper, here, text, arena, NULL))
		value = expression_value(&expression, &session->stepper);
	arena_free(arena);
	return value;
}

/* Whether it can be read. Errors: as expression_read. */
static enum status check(const struct session *session, const char *text, const struct place *here,
			 struct error *err)
{
	struct expression expression;
	struct arena *arena = arena_new();
	enum status status =
	    arena ? expression_read(&expression, &session->stepper, here, text, arena, err)
		  : error_no_memory(err);
	arena_free(arena);
	return status;
}

static void add_number(struct command_context *context, const struct value *value)
{
	if (value->stale)
		strbuf_add_char(&context->out, '~');
	if (value->known)
		step_print_number(value->value, &context->session->style, &context->out);
	else
		strbuf_add(&context->out, value->open ? "?" : command_blank(context->session));
}

static void add_watch(struct command_context *context, size_t k)
{
	struct watch *watch = &context->session->watches[k];
	const struct value value =
	    look(context->session, watch->text, session_here(context->session));
	struct strbuf line = {0};
	strbuf_addf(&line, "%s = ", watch->text);
	command_add_safe(context, &line);
	add_number(context, &value);
	strbuf_add_char(&context->out, '\n');
	watch->was_known = value.known;
	watch->said = value.value;
}

void command_report_watches(struct command_context *context)
{
	struct session *session = context->session;
	for (size_t k = 0; context->reports_steps && session->lesson && k < session->n_watches;
	     k++) {
		const struct watch *watch = &session->watches[k];
		const struct value value = look(session, watch->text, session_here(session));
		if (value.known != watch->was_known || (value.known && value.value != watch->said))
			add_watch(context, k);
	}
}

static enum status unwatch(struct command_context *context, const char *args, struct error *err)
{
	struct session *session = context->session;
	size_t number = 0;
	enum status status =
	    *args ? number_parse_count(args, 1, SESSION_MAX_WATCHES, &number, err) : STATUS_OK;
	if (!status && number > session->n_watches)
		status = error_set(err, STATUS_BAD_INPUT, _("there is no watch %zu"), number);
	if (status)
		return status;
	if (number == 0) {
		session->n_watches = 0;
		return STATUS_OK;
	}
	memmove(session->watches + number - 1, session->watches + number,
		(session->n_watches - number) * sizeof *session->watches);
	session->n_watches--;
	return STATUS_OK;
}

COMMAND(watch)
{
	struct session *session = context->session;
	char word[LABEL_TEXT];
	const char *rest = command_word(args, word, sizeof word);
	if (word_is(word, "off"))
		return unwatch(context, rest, err);
	context->only_told = !*args;
	if (!*args) {
		for (size_t k = 0; k < session->n_watches; k++) {
			strbuf_addf(&context->out, "%zu  ", k + 1);
			add_watch(context, k);
		}
		if (session->n_watches == 0)
			strbuf_addf(&context->out, "%s\n", _("nothing is watched"));
		return STATUS_OK;
	}
	enum status status = check(session, args, session_here(session), err);
	if (!status && session->n_watches == SESSION_MAX_WATCHES)
		status = error_set(err, STATUS_BAD_INPUT, _("at most %d are watched"),
				   SESSION_MAX_WATCHES);
	if (status)
		return status;
	struct watch *watch = &session->watches[session->n_watches++];
	snprintf(watch->text, sizeof watch->text, "%s", args);
	add_watch(context, session->n_watches - 1);
	return STATUS_OK;
}

/* The values of an expression: at which step, of which update or row. */
struct past {
	struct point {
		uint64_t step, at;
		struct value value;
	} * points; /* [n] */
	size_t n, capacity;
	bool failed;
};

static void add_point(struct past *past, uint64_t step, uint64_t at, const struct value *value)
{
	if (past->n == past->capacity) {
		size_t capacity = past->capacity ? 2 * past->capacity : 64;
		struct point *points = realloc(past->points, capacity * sizeof *points);
		past->failed |= !points;
		if (!points)
			return;
		past->points = points;
		past->capacity = capacity;
	}
	past->points[past->n++] = (struct point){step, at, *value};
}

/* Takes it as it is at step index of the current update. */
static void take_point(struct session *session, const char *text, const struct place *here,
		       uint64_t index, struct past *past)
{
	struct stepper *stepper = &session->stepper;
	stepper->index = index;
	const struct value value = look(session, text, here);
	uint64_t update = stepper_updates(stepper), step = value.where ? value.where : index;
	if (value.known)
		add_point(past, stepper_before(stepper, update) + step, update + (index > 0),
			  &value);
}

/* At the start, where it is known there, at the end of each update so far, and now, where a step of
 * this update computes it. */
static enum status collect_updates(struct session *session, const char *text,
				   const struct place *here, struct past *past, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	stepper_begin_visit(stepper);
	const uint64_t update = stepper_updates(stepper), index = stepper->index;
	const uint64_t first = stepper_first(stepper);
	enum status status = STATUS_OK;
	for (uint64_t u = first; !status && u <= update; u++) {
		stepper_visit(stepper, u);
		status = stepper_try_end_pass(stepper, err);
		if (status)
			break;
		if (u == first)
			take_point(session, text, here, 0, past);
		stepper->index = u < update ? stepper_n_steps(stepper) : index;
		const struct value value = look(session, text, here);
		if (value.where || stepper_at_commit(stepper))
			take_point(session, text, here, stepper->index, past);
		status = work_tell(N_("looking back"), u + 1 - first, update + 1 - first, err);
	}
	return stepper_return(stepper, update, index, status, err);
}

/* Wherever it became another number in this update. */
static enum status collect_steps(struct session *session, const char *text,
				 const struct place *here, struct past *past, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	const uint64_t index = stepper->index, before = stepper_number(stepper) - index;
	struct value last = {0};
	enum status status = STATUS_OK;
	for (uint64_t at = 0; !status && at <= index; at++) {
		stepper->index = at;
		const struct value value = look(session, text, here);
		if (value.known && !(last.known && last.value == value.value))
			add_point(past, before + at, before + at, &value);
		last = value;
		status = work_ask(err);
	}
	stepper->index = index;
	return status;
}

/* Of each row of the batch. */
static enum status collect_rows(struct session *session, const char *text, const struct place *here,
				struct past *past, struct error *err)
{
	const struct stepper *stepper = &session->stepper;
	size_t n;
	const size_t *rows = stepper_rows(stepper, &n);
	struct place place = here ? *here : (struct place){0};
	(void)err;
	place.whole_batch = false;
	for (place.example = 0; place.example < n; place.example++) {
		const struct value value = look(session, text, &place);
		if (value.known)
			add_point(past,
				  stepper_before(stepper, stepper_updates(stepper)) + value.where,
				  rows[place.example] + 1, &value);
	}
	return STATUS_OK;
}

/* What a history goes over. */
static const struct past_axis {
	const char *word;
	const char *title; /* N_() */
	enum status (*collect)(struct session *session, const char *text, const struct place *here,
			       struct past *past, struct error *err);
} axes[] = {
    {"update", N_("update"), collect_updates},
    {"step", N_("step"), collect_steps},
    {"row", N_("row"), collect_rows},
};
enum { N_HISTORY_AXES = sizeof axes / sizeof *axes };

/* Takes the axis off the end of the text. */
static const struct past_axis *take_axis(char *text)
{
	char *blank = strrchr(text, ' ');
	for (size_t k = 0; blank && k < N_HISTORY_AXES; k++)
		if (word_is(blank + 1, axes[k].word)) {
			*blank = '\0';
			return &axes[k];
		}
	return &axes[0];
}

/* A line of blocks, as high as the numbers are between the least and the most. */
static void add_sparkline(struct command_context *context, const struct past *past)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char *const marks[] = {"_", "_", ".", "-", "-", "=", "^", "^"};
	bool is_ascii = context->session->style.glyphs == GLYPHS_ASCII;
	double low = INFINITY, high = -INFINITY;
	size_t n = past->n < SPARKS ? past->n : SPARKS;
	for (size_t k = 0; k < past->n; k++) {
		low = fmin(low, past->points[k].value.value);
		high = fmax(high, past->points[k].value.value);
	}
	if (n < 2 || !isfinite(high - low))
		return;
	strbuf_add(&context->out, "  ");
	for (size_t k = 0; k < n; k++) {
		double value = past->points[k * (past->n - 1) / (n - 1)].value.value;
		size_t level = high > low ? (size_t)(7.999 * (value - low) / (high - low)) : 0;
		strbuf_add(&context->out, is_ascii ? marks[level] : blocks[level]);
	}
	strbuf_add_char(&context->out, '\n');
}

/* The first and the last of them, with the step that goto takes. */
static void add_past(struct command_context *context, const struct past *past,
		     const struct past_axis *axis)
{
	struct strbuf *out = &context->out;
	char line[LABEL_TEXT];
	size_t skipped = past->n > MOST_LINES ? past->n - MOST_LINES : 0;
	size_t start = out->len;
	strbuf_addf(out, "  %s", _(axis->title));
	command_pad_from(out, start, COLUMN);
	start = out->len;
	strbuf_addf(out, "goto");
	command_pad_from(out, start, COLUMN);
	strbuf_addf(out, "%s\n", _("value"));
	for (size_t k = 0; k < past->n; k++) {
		const struct point *point = &past->points[k];
		if (skipped && k == MOST_LINES / 2) {
			strbuf_addf(out, _("  ... %zu left out\n"), skipped);
			k += skipped;
			point = &past->points[k];
		}
		start = out->len;
		strbuf_addf(out, "  %llu", (unsigned long long)point->at);
		command_pad_from(out, start, COLUMN);
		start = out->len;
		strbuf_addf(out, "%llu", (unsigned long long)point->step);
		command_pad_from(out, start, COLUMN);
		step_print_number(point->value.value, &context->session->style, out);
		snprintf(line, sizeof line, "goto %llu", (unsigned long long)point->step);
		command_add_link(context, line);
		strbuf_add_char(out, '\n');
	}
}

COMMAND(history)
{
	struct session *session = context->session;
	struct past past = {0};
	char *text = strdup(args);
	if (!text)
		return error_no_memory(err);
	const struct past_axis *axis = take_axis(text);
	context->n_links = 0;
	const struct place *here = session_here(session);
	struct place place = here ? *here : (struct place){0};
	place.whole_batch = false;
	enum status status = stepper_try_end_pass(&session->stepper, err);
	if (!status)
		status = check(session, text, &place, err);
	if (!status)
		status = axis->collect(session, text, &place, &past, err);
	if (!status && past.failed)
		status = error_no_memory(err);
	if (!status && past.n == 0)
		strbuf_addf(&context->out, "%s\n", _("it has not been computed yet"));
	else if (!status) {
		add_past(context, &past, axis);
		add_sparkline(context, &past);
	}
	free(past.points);
	free(text);
	return status;
}

/* A name of its own, of letters, digits, - and _. Errors: STATUS_BAD_INPUT. */
static enum status check_bookmark(const struct session *session, const char *name,
				  struct error *err)
{
	bool is_number = true, is_name = *name && strlen(name) < LABEL_TEXT;
	char shown[TEXT_EXCERPT];
	for (const char *c = name; *c; c++) {
		is_number &= isdigit((unsigned char)*c) != 0;
		is_name &= isalnum((unsigned char)*c) || *c == '-' || *c == '_';
	}
	if (!is_name || is_number)
		return error_set(err, STATUS_BAD_INPUT,
				 _("a bookmark's name is a word of letters, digits, - and _"));
	if (command_find_step(session, name))
		return error_set(err, STATUS_BAD_INPUT, _("'%s' is the name of a place already"),
				 text_excerpt(shown, name));
	return STATUS_OK;
}

COMMAND(bookmark)
{
	struct session *session = context->session;
	const uint64_t number = stepper_number(&session->stepper);
	context->only_told = !*args;
	for (size_t k = 0; !*args && k < session->n_bookmarks; k++)
		strbuf_addf(&context->out, "%s  %llu\n", session->bookmarks[k].name,
			    (unsigned long long)session->bookmarks[k].number);
	if (!*args && session->n_bookmarks == 0)
		strbuf_addf(&context->out, "%s\n", _("no bookmarks"));
	if (!*args)
		return STATUS_OK;
	const struct bookmark *known = command_find_bookmark(session, args);
	struct bookmark *mark = known ? &session->bookmarks[known - session->bookmarks] : NULL;
	enum status status = mark ? STATUS_OK : check_bookmark(session, args, err);
	if (!status && !mark && session->n_bookmarks == SESSION_MAX_BOOKMARKS)
		status = error_set(err, STATUS_BAD_INPUT, _("at most %d bookmarks"),
				   SESSION_MAX_BOOKMARKS);
	if (status)
		return status;
	mark = mark ? mark : &session->bookmarks[session->n_bookmarks++];
	snprintf(mark->name, sizeof mark->name, "%s", args);
	mark->number = number;
	strbuf_addf(&context->out, _("goto %s comes back to step %llu\n"), args,
		    (unsigned long long)number);
	return STATUS_OK;
}

const struct command command_watch = {
    .name = "watch",
    .aliases = "vigilar",
    .usage = N_("[EXPRESSION|off [N]]"),
    .summary = N_("say a number again after each command that changes it; alone lists them"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_watch,
    .complete = command_complete_number,
};

const struct command command_history = {
    .name = "history",
    .aliases = "historia",
    .usage = N_("EXPRESSION [update|step|row]"),
    .summary = N_("the numbers that it had so far, with the steps that goto takes"),
    .needs_lesson = true,
    .run = run_history,
    .complete = command_complete_number,
    .more = N_("After each update; step: wherever it changed in this one; row: of each row of the "
	       "batch."),
};

const struct command command_bookmark = {
    .name = "bookmark",
    .aliases = "marca",
    .usage = N_("[NAME]"),
    .summary = N_("give this place a name, which goto takes; alone lists them"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_bookmark,
};
