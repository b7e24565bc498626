/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assess.c -- judging, and what is said of it. */
#include "backstep/teach/assess.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/session/session.h"
#include "assess_private.h"
#include "board_private.h"
#include "verdict_private.h"

enum status assess_open(struct assessment *a, const struct stepper *stepper, uint64_t index,
			bool hides, struct error *err)
{
	return assess_open_with(a, stepper, NULL, index, hides, err);
}

enum status assess_open_with(struct assessment *a, const struct stepper *stepper,
			     const struct board_steps *steps, uint64_t index, bool hides,
			     struct error *err)
{
	*a = (struct assessment){.text = ""};
	enum status status = board_init(&a->board, stepper, steps, index, err);
	if (!status)
		status = slips_find(&a->slips, &a->board, hides, err);
	if (status)
		assess_close(a);
	return status;
}

enum status assess_open_printed(struct assessment *a, const struct stepper *stepper, uint64_t index,
				struct error *err)
{
	*a = (struct assessment){.text = ""};
	enum status status = board_init(&a->board, stepper, NULL, index, err);
	if (status)
		return status;
	board_note_later(&a->board);
	status = slips_find(&a->slips, &a->board, true, err);
	if (status)
		assess_close(a);
	return status;
}

void assess_close(struct assessment *a)
{
	board_free(&a->board);
}

enum status assess_new(struct assessment **a, const struct session *session, uint64_t index,
		       bool hides, struct error *err)
{
	*a = calloc(1, sizeof **a);
	if (!*a)
		return error_no_memory(err);
	enum status status = assess_open(*a, &session->stepper, index, hides, err);
	if (status) {
		free(*a);
		return status;
	}
	assess_allow_shown(*a, session->style.digits);
	assess_take_lesson(*a, session->lesson);
	return STATUS_OK;
}

void assess_free(struct assessment *a)
{
	if (a)
		assess_close(a);
	free(a);
}

void assess_allow(struct assessment *a, double value)
{
	if (a->rights.n < sizeof a->rights.values / sizeof *a->rights.values && isfinite(value))
		a->rights.values[a->rights.n++] = value;
}

void assess_allow_shown(struct assessment *a, int digits)
{
	rights_add_shown(&a->rights, &a->board, digits);
}

void assess_take_lesson(struct assessment *a, const struct lesson *lesson)
{
	const struct lesson_slips *words = &lesson->quiz.slips;
	a->rights.digits = lesson->quiz.digits.value;
	for (size_t i = 0; i < a->slips.n_items; i++)
		for (size_t k = 0; k < words->n_items; k++)
			if (strcmp(words->items[k].class.text, a->slips.items[i].class->name) == 0)
				a->slips.items[i].words = &words->items[k].says;
}

enum status assess_text(struct assessment *a, const char *text, struct error *err)
{
	enum status status = answer_read(&a->answer, &a->board, text, err);
	if (status)
		return status;
	snprintf(a->text, sizeof a->text, "%s", text);
	verdict_of_answer(&a->verdict, &a->slips, &a->rights, &a->answer);
	return STATUS_OK;
}

/* Far from every reading no tolerance makes it right. */
static bool is_read_near(const struct answer *answer, double value)
{
	for (size_t i = 0; i < answer->n_readings; i++)
		if (fabs(answer->readings[i].value - value) <= 0.1 * fabs(value))
			return true;
	return false;
}

bool assess_carried(struct assessment *a, const char *text, const struct missed *missed)
{
	double value = NAN;
	if (*missed->name)
		value = verdict_carried_value(&a->board, missed);
	if (!isfinite(value) || !is_read_near(&a->answer, value))
		return false;
	const struct rights kept = a->rights;
	assess_allow(a, value);
	bool is_right = !assess_text(a, text, NULL) && assess_is_right(a);
	a->rights = kept;
	a->verdict.is_carried = is_right;
	if (!is_right)
		assess_text(a, text, NULL);
	return is_right;
}

void assess_missed(const struct assessment *a, struct missed *missed)
{
	char buf[BOARD_NAME];
	snprintf(missed->name, sizeof missed->name, "%s",
		 board_step_name(&a->board.question.step, buf));
	missed->value = a->board.question.value;
	missed->typed = a->answer.readings[0].value;
}

void assess_number(struct assessment *a, double value, double unit)
{
	verdict_of_number(&a->verdict, &a->slips, &a->rights, value, unit);
}

static void tell_right(const struct assessment *a, const struct formula_style *style,
		       struct strbuf *out)
{
	strbuf_addf(out, "%s ",
		    a->verdict.is_carried ? _("Right from your earlier number; the exact one is")
					  : _("Right:"));
	step_print_number(a->board.question.value, style, out);
	strbuf_add(out, ".");
	if (a->verdict.kind != VERDICT_REMARK)
		return;
	strbuf_addf(out, " %s ", _("But just these digits come out when"));
	slip_tell(a->verdict.slips[0], style, out);
	strbuf_addf(out, ". %s", _("Was that it?"));
}

static void tell_wrong(const struct assessment *a, const struct formula_style *style,
		       struct strbuf *out)
{
	const struct verdict *verdict = &a->verdict;
	strbuf_add(out, _("Not yet."));
	if (verdict->kind == VERDICT_NAMED) {
		strbuf_addf(out, " %s ", _("That comes out when"));
		slip_tell(verdict->slips[0], style, out);
		strbuf_add(out, ".");
	} else if (verdict->kind == VERDICT_LISTED) {
		strbuf_addf(out, " %s",
			    verdict->n_slips == 2
				? _("Two slips give this number here; type what you worked out, "
				    "e.g. 0.68*0.19*0.6.")
				: _("Three slips give this number here; type what you worked out, "
				    "e.g. 0.68*0.19*0.6."));
	} else if (verdict->is_wrong_form) {
		strbuf_addf(out, " %s",
			    _("With these numbers it comes to the right one, with others it does "
			      "not: the formula is another."));
	} else {
		strbuf_addf(out, " %s", _("It is not this number."));
	}
}

static void tell_more_digits(const struct assessment *a, struct strbuf *out)
{
	if (a->board.question.is_update)
		strbuf_add(out, _("More digits, please: with so few the old and the new number may "
				  "look alike."));
	else
		strbuf_addf(out, _("More digits, please: %zu that count, or more."),
			    rights_digits(&a->rights));
}

void assess_tell(const struct assessment *a, const struct formula_style *style, struct strbuf *out)
{
	if (assess_is_right(a))
		tell_right(a, style, out);
	else if (a->verdict.kind == VERDICT_MORE_DIGITS)
		tell_more_digits(a, out);
	else
		tell_wrong(a, style, out);
}

void assess_nudge(const struct assessment *a, struct strbuf *out)
{
	if (a->verdict.kind == VERDICT_NAMED)
		strbuf_add(out, tr(a->verdict.slips[0]->class->nudge));
}

bool assess_show(const struct assessment *a, const struct formula_style *style, struct strbuf *out)
{
	for (size_t i = 0; i < a->verdict.n_slips; i++) {
		if (i > 0)
			strbuf_add(out, "\n");
		slip_show(&a->slips, a->verdict.slips[i], style, out);
		strbuf_add(out, ": ");
		slip_tell(a->verdict.slips[i], style, out);
	}
	return a->verdict.n_slips > 0;
}
