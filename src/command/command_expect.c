/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_expect.c -- expect: a number of the walk against one that was typed.
 *
 * The digits that were typed say how near is near enough, and they must be enough of them to notice
 * a mistake: w5 = 0.5 would hold for all between 0.45 and 0.55, and so for the weight before its
 * update and after it. Such a line fails, and is told what to type instead. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/word.h"
#include "backstep/trace/value.h"

/* Numbers no farther apart are the same, of whole ones absolutely: rounding alone makes so much
 * difference. */
#define SAME 1e-12
/* The most room that digits may leave: this part of the number, and this part of what the update
 * changes it by. */
#define ROOM 0.02
#define ROOM_OF_CHANGE 0.5

enum { DECIMALS_MOST = 17 };

struct expectation {
	char name[2 * LABEL_TEXT];
	double wanted, tolerance;
	bool is_implied; /* the tolerance: by the digits of wanted */
	int decimals;    /* of wanted, as it was typed */
};

/* Digits after the point, before an exponent; -1: it has neither point nor exponent. */
static int count_decimals(const char *text)
{
	const char *exponent = strpbrk(text, "eE"), *dot = strchr(text, '.');
	if (!dot)
		return exponent ? 0 : -1;
	return (int)((exponent ? exponent : text + strlen(text)) - dot) - 1;
}

static double rounding_of(double wanted)
{
	return SAME * (wanted == floor(wanted) ? fmax(1.0, fabs(wanted)) : fabs(wanted));
}

/* Half of the last place that was typed. A whole number is meant as it stands. */
static double implied_tolerance(const char *text)
{
	const char *exponent = strpbrk(text, "eE");
	int decimals = count_decimals(text);
	long scale = exponent ? strtol(exponent + 1, NULL, 10) : 0;
	return decimals < 0 ? 0.0 : 0.5 * pow(10.0, (double)scale - decimals);
}

static enum status read_tolerance(const char *text, double *tolerance, struct error *err)
{
	enum status status = number_parse_typed(text, tolerance, err);
	if (!status && *tolerance < 0.0)
		status = error_set(err, STATUS_BAD_INPUT, _("a tolerance is not negative"));
	return status;
}

/* 6.7·10⁻⁵ becomes 6.7e-5: never longer. */
static void make_plain(char *number)
{
	struct strbuf plain = {0};
	number_plain(number, &plain);
	if (!plain.failed)
		memcpy(number, strbuf_str(&plain), plain.len + 1);
	strbuf_free(&plain);
}

/* Reads NAME = NUMBER [+- TOLERANCE]. */
static enum status read_expectation(const char *args, struct expectation *asked, struct error *err)
{
	char number[64], given[64] = "";
	const char *equals = strchr(args, '=');
	size_t len = equals ? (size_t)(equals - args) : 0;
	while (len && strchr(" \t", args[len - 1]))
		len--;
	int used = 0;
	bool plain = equals && sscanf(equals + 1, " %63s %n", number, &used) == 1;
	const char *rest = plain ? equals + 1 + used : "";
	int read = 0;
	bool fits = plain && len > 0 && len < sizeof asked->name &&
		    (!*rest || (strncmp(rest, "+-", 2) == 0 &&
				sscanf(rest + 2, " %63s%n", given, &read) == 1 && !rest[2 + read]));
	if (!fits) {
		error_set(err, STATUS_BAD_INPUT, _("expected NAME = NUMBER [+- TOLERANCE]"));
		error_hint(err, _("for example: expect w5 = 0.25 +- 1e-6"));
		return STATUS_BAD_INPUT;
	}
	snprintf(asked->name, sizeof asked->name, "%.*s", (int)len, args);
	enum status status = number_parse_typed(number, &asked->wanted, err);
	if (status)
		return status;
	make_plain(number);
	asked->is_implied = !*given;
	asked->decimals = count_decimals(number);
	if (*given)
		return read_tolerance(given, &asked->tolerance, err);
	/* a half is one also where its last bit is not; never tighter than rounding allows */
	asked->tolerance =
	    fmax(implied_tolerance(number) * (1.0 + 1e-9), rounding_of(asked->wanted));
	return STATUS_OK;
}

/* By how much the update at hand changes the parameter, its new value included; 0 where ref is
 * another number. */
static double change_of(const struct session *session, const struct ref *ref)
{
	return ref->kind == REF_PARAM || ref->kind == REF_NEW
		   ? stepper_change(&session->stepper, ref->param)
		   : 0.0;
}

/* How far off a number may be that an expectation still takes for this one. */
static double room_of(double value, double change)
{
	double room = ROOM * fabs(value), of_change = ROOM_OF_CHANGE * fabs(change);
	return of_change > SAME * fmax(1.0, fabs(value)) && of_change < room ? of_change : room;
}

/* Writes the number with no fewer decimals than were typed, and as many as leave no more room. What
 * is not finite cannot be expected: "". */
static void write_number(char buf[NUMBER_TEXT], double value, double room, int decimals)
{
	bool is_plain = fabs(value) >= 1e-4 && fabs(value) < 1e9;
	if (!isfinite(value) || fabs(value) <= SAME) {
		snprintf(buf, NUMBER_TEXT, "%s", isfinite(value) ? "0" : "");
		return;
	}
	for (int k = decimals > 1 ? decimals : 1; k <= DECIMALS_MOST; k++) {
		snprintf(buf, NUMBER_TEXT, is_plain ? "%.*f" : "%.*e", k, value);
		if (implied_tolerance(buf) <= room)
			return;
	}
	number_format_exact(buf, value);
}

/* The number is near, but so would others be that it must not be taken for. */
static enum status fail_roomy(const struct command_context *context, double got,
			      const struct expectation *asked, struct error *err)
{
	char got_text[NUMBER_TEXT], low[NUMBER_TEXT], high[NUMBER_TEXT];
	error_set(
	    err, STATUS_FAILED,
	    _("%s: got %s; the digits typed would hold from %s to %s, too far apart to notice "
	      "a mistake"),
	    asked->name, number_format(got_text, got, 9),
	    number_format(low, asked->wanted - asked->tolerance, 6),
	    number_format(high, asked->wanted + asked->tolerance, 6));
	error_hint(err, _("type %s, or say how near it must be, as in +- 1e-6"), context->fresh);
	return STATUS_FAILED;
}

/* Compares what the walk has with what was asked. */
static enum status judge(struct command_context *context, double got, double change,
			 const struct expectation *asked, struct error *err)
{
	char got_text[NUMBER_TEXT], wanted_text[NUMBER_TEXT], tolerance_text[NUMBER_TEXT];
	double distance = fabs(got - asked->wanted);
	bool is_same = distance <= rounding_of(asked->wanted);
	double room = asked->is_implied ? room_of(got, change) : asked->tolerance;
	number_format_exact(wanted_text, asked->wanted);
	if (distance <= asked->tolerance && (asked->tolerance <= room || is_same)) {
		strbuf_addf(&context->out, _("ok: %s = %s\n"), asked->name, wanted_text);
		return STATUS_OK;
	}
	write_number(context->fresh, got, room, asked->decimals);
	if (distance <= asked->tolerance)
		return fail_roomy(context, got, asked, err);
	return error_set(err, STATUS_FAILED, _("%s: got %s, wanted %s (+- %s)"), asked->name,
			 number_format_exact(got_text, got), wanted_text,
			 number_format(tolerance_text, asked->tolerance, 2));
}

void command_fail_at(const struct session *session, uint64_t index, struct error *err)
{
	struct strbuf text = {0};
	if (index == 0 || index > stepper_n_steps(&session->stepper))
		return;
	strbuf_add(&text, err->message);
	strbuf_add(&text, _(", at "));
	address_print(session, index, ASK_NOT, &text);
	if (!text.failed && text.len < sizeof err->message)
		memcpy(err->message, strbuf_str(&text), text.len + 1);
	strbuf_free(&text);
}

COMMAND(expect)
{
	struct session *session = context->session;
	struct expectation asked;
	struct ref ref;
	struct value got;
	char word[LABEL_TEXT];
	int read = 0;
	context->fresh[0] = '\0';
	if (sscanf(args, "%63s = %n", word, &read) == 1 && read > 0 && word_is(word, "verdict"))
		return command_expect_verdict(context, args + read, err);
	enum status status = read_expectation(args, &asked, err);
	if (status)
		return status;
	session->n_expected++;
	status = value_find(&session->stepper, session_here(session), asked.name, &ref, &got, err);
	if (!status) {
		status = judge(context, got.value, change_of(session, &ref), &asked, err);
		if (status == STATUS_FAILED)
			command_fail_at(session, got.where ? got.where : session->stepper.index,
					err);
	} else if (status == STATUS_BAD_INPUT) /* nothing is called so, or it is not known yet */
		err->code = status = STATUS_FAILED;
	session->n_failed += status == STATUS_FAILED;
	return status;
}

static const char more[] =
    /* xgettext:no-c-format */
    N_("Without a tolerance the digits typed say how near: 0.3142 holds from 0.31415 to 0.31425. "
       "Digits that leave more room than 2 % of the number, or than half of what this update "
       "changes a parameter by, would not notice a mistake: the line fails and says what to type. "
       "A number without a point is exact: E = 0. A tolerance says how near by itself: "
       "w5 = 0.45 +- 0.01. A name that does not exist, or a number that is not computed yet, "
       "fails as well.");

const struct command command_expect = {
    .name = "expect",
    .enough = 2,
    .aliases = "espera",
    .usage = N_("NAME = NUMBER [+- TOLERANCE]"),
    .summary = N_("fail unless the number is as expected"),
    .needs_lesson = true,
    .recorded = true,
    .run = run_expect,
    .complete = command_complete_number,
    .more = more,
};
