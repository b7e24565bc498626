/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_record.c -- what a sitting notes of answers, to questions, to parts of them and to
 * "which rule was it?": each line's address opens what was asked, and a report comes to the
 * verdict that the sitting told, from what was typed alone. */
#include "sitting.h"

#include <stdio.h>
#include <unistd.h>

#include "backstep/teach/report.h"
#include "temporary.h"

static const struct assessment *asked(const struct sitting *sitting)
{
	return sitting->context.tutor->open;
}

/* Types a number this many times as large as the one that is asked; nothing where none is, for one
 * that was carried is right. */
static void answer_times(struct sitting *sitting, double factor)
{
	char line[64];
	if (!asked(sitting))
		return;
	snprintf(line, sizeof line, "answer %.9g", factor * asked(sitting)->board.question.value);
	type_good(sitting, line);
}

/* Each question of the update wrong twice, then its part, wrong once, then both right; the rules
 * that are asked named wrong and right in turn. */
static void answer_all(struct sitting *sitting)
{
	type(sitting, "update");
	for (size_t n = 0; asked(sitting) && n < 40; n++) {
		const struct part_question *part = &sitting->context.tutor->part;
		answer_times(sitting, 1.37);
		answer_times(sitting, 0.58);
		if (part->is_open) {
			answer_times(sitting, 1.44);
			type(sitting, "hint");
			answer_times(sitting, 1.0);
		}
		answer_times(sitting, 1.0);
		if (sitting->context.tutor->rule.is_open)
			type_good(sitting, n % 2 ? "1" : "2");
		type(sitting, "update");
	}
}

static size_t count(const struct learner *learner, enum event_kind kind, bool is_part)
{
	size_t n = 0;
	for (size_t i = 0; i < learner->n_events; i++)
		n += learner->events[i].kind == kind && learner->events[i].is_part == is_part;
	return n;
}

/* Sittings with something of their own: levels, rules of other optimizers, later updates, numbers
 * of a seed. */
static const struct {
	const char *lesson, *lines[4];
	bool has_parts;
} sittings[] = {
    {"sigmoid-2-2-2", {"predict loss-slope slope product"}, true},
    {"sigmoid-2-2-2", {"predict 4"}, true},
    {"sigmoid-2-2-2", {"set optimizer adam", "set rate 0.02", "predict new-weight"}, false},
    {"xor-relu", {"update 2", "predict 3"}, false},
    {"softmax-cross-entropy", {"predict activation loss 2"}, false},
    {"sigmoid-2-2-2", {"goto sigmoid-2-2-2@1.loss.E?fresh=5&draw=1", "predict 2"}, true},
};
enum { N_SITTINGS = sizeof sittings / sizeof *sittings };

static void sit(struct sitting *sitting, size_t which)
{
	sitting_open(sitting, sittings[which].lesson);
	for (size_t k = 0; k < 4 && sittings[which].lines[k]; k++)
		type_good(sitting, sittings[which].lines[k]);
	answer_all(sitting);
}

static size_t count_pieces(const struct learner *learner)
{
	size_t n = 0;
	for (size_t i = 0; i < learner->n_events; i++)
		n += strstr(learner->events[i].at, "ask=part") != NULL;
	return n;
}

static void test_parts_and_rules_are_lines(void **state)
{
	size_t n_pieces = 0;
	(void)state;
	for (size_t i = 0; i < N_SITTINGS; i++) {
		struct sitting sitting;
		sit(&sitting, i);
		const struct learner *learner = &sitting.context.tutor->learner;
		assert_true(count(learner, EVENT_ANSWER, false) >= 3);
		assert_true(count(learner, EVENT_RULE, false) >= 1);
		if (sittings[i].has_parts) {
			assert_true(count(learner, EVENT_ANSWER, true) >= 2);
			assert_true(count(learner, EVENT_HINT, true) >= 1);
		}
		n_pieces += count_pieces(learner);
		sitting_end(&sitting);
	}
	assert_true(n_pieces >= 2); /* of formulas; the other parts are steps */
}

/* In a sitting of its own the address opens a question with just this number. */
static void test_each_address_opens_its_question(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SITTINGS; i++) {
		struct sitting sitting, there;
		sit(&sitting, i);
		const struct learner *learner = &sitting.context.tutor->learner;
		sitting_open(&there, sittings[i].lesson);
		for (size_t e = 0; e < learner->n_events; e++) {
			const struct event *event = &learner->events[e];
			char line[512];
			if (event->kind != EVENT_ANSWER)
				continue;
			type(&there, "predict off");
			snprintf(line, sizeof line, "goto %s", event->at);
			type_good(&there, line);
			assert_non_null(asked(&there));
			bool opens_part = there.context.tutor->part.is_open;
			assert_int_equal(opens_part, strstr(event->at, "ask=part") != NULL);
			snprintf(line, sizeof line, "answer %s", event->typed);
			type_good(&there, line);
			const struct learner *noted = &there.context.tutor->learner;
			const struct event *again = &noted->events[noted->n_events - 1];
			if (again->verdict != event->verdict && !event->is_part)
				fail_msg("%s: %s was %s, is %s", event->at, event->typed,
					 verdict_kind_names[event->verdict],
					 verdict_kind_names[again->verdict]);
			assert_int_equal(event_is_right(again), event_is_right(event));
			assert_string_equal(again->at, event->at);
		}
		sitting_end(&there);
		sitting_end(&sitting);
	}
}

/* The file's verdicts are all made wrong first. */
static void test_a_report_comes_to_the_same_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_SITTINGS; i++) {
		struct sitting sitting;
		struct class_report report = {0};
		char path[TEMPORARY_PATH];
		sit(&sitting, i);
		const struct learner *learner = &sitting.context.tutor->learner;
		struct learner spoilt = {0};
		for (size_t e = 0; e < learner->n_events; e++) {
			struct event event = learner->events[e];
			event.verdict = event_is_right(&event) ? VERDICT_NONE : VERDICT_RIGHT;
			event.slip[0] = '\0';
			assert_int_equal(learner_note(&spoilt, &event, NULL), STATUS_OK);
		}
		temporary_name(path, ".bsp");
		assert_int_equal(student_write(path, &spoilt, NULL, NULL), STATUS_OK);
		assert_int_equal(report_add(&report, path, NULL), STATUS_OK);
		assert_int_equal(report_regrade(&report, NULL), STATUS_OK);
		assert_int_equal(report.n_lost, 0);
		for (size_t e = 0; e < learner->n_events; e++) {
			const struct event *told = &learner->events[e];
			const struct event *got = &report.students[0].learner.events[e];
			bool is_right = told->verdict == VERDICT_RIGHT; /* of a rule too */
			if (!told->typed)
				continue;
			if ((got->verdict == VERDICT_RIGHT) != is_right ||
			    (!told->is_part && strcmp(got->slip, told->slip) != 0))
				fail_msg("%s: %s was %d %s, is %d %s", told->at, told->typed,
					 told->verdict, told->slip, got->verdict, got->slip);
		}
		assert_int_equal(report.tallies[0][N_SKILLS].n_parts,
				 count(learner, EVENT_ANSWER, true));
		assert_int_equal(report.tallies[0][N_SKILLS].n_rules,
				 count(learner, EVENT_RULE, false));
		report_free(&report);
		learner_free(&spoilt);
		sitting_end(&sitting);
		unlink(path);
	}
}

/* A part or a rule tells of no skill, and is no question of its own. */
static void test_no_skill_is_told_by_a_part(void **state)
{
	(void)state;
	struct sitting sitting;
	sit(&sitting, 0);
	struct learner *learner = &sitting.context.tutor->learner;
	struct learner without = {0};
	struct skill_report all, whole;
	for (size_t e = 0; e < learner->n_events; e++)
		if (event_counts(&learner->events[e]))
			assert_int_equal(learner_note(&without, &learner->events[e], NULL),
					 STATUS_OK);
	assert_true(without.n_events < learner->n_events);
	for (size_t k = 0; k < N_SKILLS; k++) {
		learner_skill(learner, (enum skill)k, &all);
		learner_skill(&without, (enum skill)k, &whole);
		assert_int_equal(all.state, whole.state);
		assert_int_equal(all.n_tried, whole.n_tried);
		assert_string_equal(all.strip, whole.strip);
	}
	learner_free(&without);
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parts_and_rules_are_lines),
	    cmocka_unit_test(test_each_address_opens_its_question),
	    cmocka_unit_test(test_a_report_comes_to_the_same_verdicts),
	    cmocka_unit_test(test_no_skill_is_told_by_a_part),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
