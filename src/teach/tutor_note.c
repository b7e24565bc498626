/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_note.c -- what happens at a question, as events of the learner's record: each with the
 * address that opens the question again, or the part of it that was asked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/session/address.h"
#include "assess_private.h"
#include "student_private.h"
#include "tutor_private.h"

/* update=1 row=1 backward factor w5 path=1 y1/sum_y1 */
void tutor_print_place(const struct step *step, struct strbuf *out)
{
	strbuf_addf(out, "update=%llu", (unsigned long long)step->update);
	if (step->example)
		strbuf_addf(out, " row=%zu", step->example);
	strbuf_addf(out, " %s %s", phase_names[step->place.phase], step->place.class->name);
	if (*step->param)
		strbuf_addf(out, " %s", step->param);
	if (step->place.n_paths > 1)
		strbuf_addf(out, " path=%llu", (unsigned long long)step->place.path + 1);
	if (*step->of && *step->wrt)
		strbuf_addf(out, " %s/%s", step->of, step->wrt);
	else if (*step->name)
		strbuf_addf(out, " %s", step->name);
}

enum address_ask tutor_asks_how(const struct tutor *tutor)
{
	return tutor_hides(tutor) ? ASK_CHAIN : ASK_STEP;
}

/* What an event is about. Owns: its texts. */
struct subject {
	struct strbuf place, address;
	enum skill skill;
};

static void subject_free(struct subject *subject)
{
	strbuf_free(&subject->place);
	strbuf_free(&subject->address);
}

/* The open question itself. */
static void describe_question(const struct tutor *tutor, struct subject *subject)
{
	*subject = (struct subject){.skill = tutor->skill};
	tutor_print_place(&tutor_question(tutor)->step, &subject->place);
	strbuf_add(&subject->address, strbuf_str(&tutor->address));
}

/* The part that is asked: the step that computes it, else a piece of the question's formula. */
static void describe_part(const struct tutor *tutor, struct subject *subject)
{
	const struct stepper *stepper = &tutor->session->stepper;
	uint64_t index = tutor->part.index;
	struct arena *scratch = index ? arena_new() : NULL;
	struct step step;
	*subject = (struct subject){.skill = tutor->skill};
	address_print(tutor->session, index ? index : tutor_question(tutor)->index,
		      index ? ASK_STEP : ASK_PART, &subject->address);
	if (scratch && !stepper_at(stepper, index, scratch, &step, NULL)) {
		tutor_print_place(&step, &subject->place);
		subject->skill = skill_of_step(stepper, index, scratch);
	} else {
		tutor_print_place(&tutor_question(tutor)->step, &subject->place);
	}
	arena_free(scratch);
}

/* What was judged, unless it is kept back. */
static void set_verdict(const struct tutor *tutor, struct event *event)
{
	const struct verdict *verdict = &tutor->open->verdict;
	event->verdict = N_VERDICT_KINDS;
	if (event->kind != EVENT_ANSWER || tutor->rules.tells_later)
		return;
	event->verdict = verdict->kind;
	if (verdict->kind == VERDICT_NAMED)
		snprintf(event->slip, sizeof event->slip, "%s", verdict->slips[0]->class->name);
}

/* Brings what one can do by now up to date with the last event. */
static void note_skill(struct tutor *tutor)
{
	struct skill_report report;
	if (tutor->skill == SKILL_NONE)
		return;
	learner_skill(&tutor->learner, tutor->skill, &report);
	tutor->able[tutor->skill] = report.state == STATE_CAN;
}

enum status tutor_note(struct tutor *tutor, enum event_kind kind, const char *typed,
		       struct error *err)
{
	struct session *session = tutor->session;
	const struct part_question *part = &tutor->part;
	bool is_part = part->is_open;
	struct subject subject;
	int64_t now = learner_now(&tutor->learner);
	(is_part ? describe_part : describe_question)(tutor, &subject);
	char *lesson = strdup(session->lesson->id.text), *text = typed ? strdup(typed) : NULL;
	struct event event = {
	    .kind = kind,
	    .time = now,
	    .lesson = lesson,
	    .place = subject.place.data,
	    .typed = text,
	    .at = subject.address.data,
	    .skill = subject.skill,
	    .is_part = is_part,
	    .has_seed = session->has_fresh,
	    .seed = session->fresh,
	    .attempt = session->has_fresh ? session->fresh_attempt : 0,
	    .tries = is_part ? part->tries : tutor->tries,
	    .hints = is_part ? part->hint : tutor->hint,
	    .seconds = now > tutor->opened ? (size_t)(now - tutor->opened) : 0,
	};
	set_verdict(tutor, &event);
	digest_lesson(session->lesson_name, event.version);
	bool failed = subject.place.failed || subject.address.failed || !lesson || (typed && !text);
	enum status status =
	    failed ? error_no_memory(err) : learner_note(&tutor->learner, &event, err);
	note_skill(tutor);
	if (kind == EVENT_ANSWER) /* the next one took what comes from here on */
		tutor->opened = now;
	subject_free(&subject);
	free(lesson);
	free(text);
	return status;
}

enum status tutor_note_rule(struct tutor *tutor, enum skill picked, struct error *err)
{
	struct learner *learner = &tutor->learner;
	if (tutor->rule.event >= learner->n_events) /* forgotten since then */
		return STATUS_OK;
	struct event event = learner->events[tutor->rule.event]; /* the right answer before it */
	char text[LABEL_TEXT];
	int64_t now = learner_now(learner);
	snprintf(text, sizeof text, "%s", skill_table[picked].name);
	event.kind = EVENT_RULE;
	event.typed = text;
	event.verdict = picked == event.skill ? VERDICT_RIGHT : VERDICT_NONE;
	event.slip[0] = '\0';
	event.seconds = now > event.time ? (size_t)(now - event.time) : 0;
	event.time = now;
	event.tries = 1;
	event.hints = 0;
	return learner_note(learner, &event, err);
}
