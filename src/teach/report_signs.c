/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_signs.c -- what is odd about a class's files: edited lines, a clock set back, the same
 * numbers in two of them, the same wrong number where nothing explains it. Signs to ask about, no
 * proofs. */
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "student_private.h"

enum { ALIKE_DIGITS = 5, MOST_SIGNS = 10 };

/* Something that two students have alike. */
struct sign {
	uint64_t key;
	size_t student;
	const struct event *event;
};

static int compare_signs(const void *a, const void *b)
{
	const struct sign *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->student < y->student ? -1 : x->student > y->student;
}

/* Those that count: zeros in front do not. */
static size_t count_digits(const char *text)
{
	size_t n = 0;
	for (text += strcspn(text, "123456789"); *text; text++)
		n += *text >= '0' && *text <= '9';
	return n;
}

/* An exam in numbers of its own: nobody else has them. */
static bool read_numbers(const struct event *event, uint64_t *key)
{
	*key = hash_number(hash_text(HASH_START, event->lesson), event->seed);
	return event->kind == EVENT_HAND_IN && event->has_seed;
}

/* A long wrong number that no slip gives: two do not come to it each alone. */
static bool read_wrong(const struct event *event, uint64_t *key)
{
	if (event->kind != EVENT_ANSWER || event_is_right(event) || *event->slip || !event->typed ||
	    count_digits(event->typed) < ALIKE_DIGITS)
		return false;
	*key =
	    hash_text(hash_text(hash_text(HASH_START, event->lesson), event->place), event->typed);
	return true;
}

/* [*n] of all students, those that are alike beside one another; NULL where there is no memory. */
static struct sign *collect(const struct class_report *report,
			    bool (*read)(const struct event *event, uint64_t *key), size_t *n)
{
	size_t n_events = 0;
	for (size_t i = 0; i < report->n_students; i++)
		n_events += report->students[i].learner.n_events;
	struct sign *signs = calloc(n_events + 1, sizeof *signs);
	*n = 0;
	for (size_t i = 0; signs && i < report->n_students; i++) {
		const struct learner *learner = &report->students[i].learner;
		for (size_t e = 0; e < learner->n_events; e++) {
			const struct event *event = &learner->events[e];
			if (read(event, &signs[*n].key)) {
				signs[*n].student = i;
				signs[(*n)++].event = event;
			}
		}
	}
	if (signs)
		qsort(signs, *n, sizeof *signs, compare_signs);
	return signs;
}

static void add_pair(const struct class_report *report, const struct sign *a, const struct sign *b,
		     bool is_wrong, struct strbuf *out)
{
	struct strbuf line = {0};
	report_name(report, a->student, &line);
	strbuf_add(&line, ", ");
	report_name(report, b->student, &line);
	strbuf_addf(&line,
		    is_wrong ? _(": the same wrong number %s, at %s\n")
			     : _(": the same numbers in the exam %s\n"),
		    is_wrong ? a->event->typed : a->event->lesson, a->event->at);
	text_sanitize(out, strbuf_str(&line), line.len);
	strbuf_free(&line);
}

static void add_alike(const struct class_report *report, bool is_wrong, struct strbuf *out)
{
	size_t n, n_told = 0;
	struct sign *signs = collect(report, is_wrong ? read_wrong : read_numbers, &n);
	for (size_t i = 1; signs && i < n && n_told < MOST_SIGNS; i++) {
		if (signs[i].key != signs[i - 1].key || signs[i].student == signs[i - 1].student)
			continue;
		add_pair(report, &signs[i - 1], &signs[i], is_wrong, out);
		n_told++;
	}
	free(signs);
}

/* What a file itself says of how it came about. */
static void add_file(const struct class_report *report, size_t i, struct strbuf *out)
{
	const struct student *student = &report->students[i];
	struct strbuf name = {0};
	report_name(report, i, &name);
	if (student->n_edited > 0)
		strbuf_addf(out, _("%s: edited by hand, from line %zu on\n"), strbuf_str(&name),
			    student->first_edited);
	if (student->first_back > 0)
		strbuf_addf(out, _("%s: the clock runs back at line %zu\n"), strbuf_str(&name),
			    student->first_back);
	if (student->is_cut)
		strbuf_addf(out, _("%s: the last line is cut off\n"), strbuf_str(&name));
	strbuf_free(&name);
}

void report_add_signs(const struct class_report *report, struct strbuf *out)
{
	for (size_t i = 0; i < report->n_students; i++)
		add_file(report, i, out);
	add_alike(report, false, out);
	add_alike(report, true, out);
	if (report->n_changed > 0)
		strbuf_addf(out, _("%zu answers were given to another version of their lesson\n"),
			    report->n_changed);
	if (report->n_lost > 0)
		strbuf_addf(out,
			    _("%zu answers are about questions that are not in the lessons any "
			      "more; they keep the verdicts that they had\n"),
			    report->n_lost);
}
