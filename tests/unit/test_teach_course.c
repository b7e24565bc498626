/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_course.c -- the list of lessons as a course: by topic, with what a learner's answers
 * make of it. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/text.h"
#include "backstep/teach/course.h"

static void answer(struct learner *learner, const char *lesson, enum skill skill,
		   enum verdict_kind verdict)
{
	char id[32], place[] = "somewhere", at[] = "";
	snprintf(id, sizeof id, "%s", lesson);
	const struct event event = {
	    .kind = EVENT_ANSWER,
	    .lesson = id,
	    .place = place,
	    .at = at,
	    .skill = skill,
	    .verdict = verdict,
	    .tries = 1,
	};
	assert_int_equal(learner_note(learner, &event, NULL), STATUS_OK);
}

static void assert_marks(const struct lesson_list *list, const struct learner *learner,
			 const char *wanted)
{
	enum lesson_mark marks[8];
	course_mark(list, learner, marks);
	for (size_t i = 0; i < list->n_items; i++)
		if (course_mark_char(marks[i]) != wanted[i])
			fail_msg("lesson %zu: %c, wanted %c", i, course_mark_char(marks[i]),
				 wanted[i]);
}

static void test_marks_follow_from_answers(void **state)
{
	(void)state;
	const char *kinds[] = {"slope", "product"};
	struct lesson_item items[] = {
	    {.id = "one", .kinds = kinds, .n_kinds = 2}, {.id = "two"}, {.id = "three"}};
	const struct lesson_list list = {.items = items, .n_items = 3};
	struct learner learner = {.code = NULL};
	assert_marks(&list, &learner, ">  ");
	answer(&learner, "one", SKILL_SLOPE, VERDICT_NAMED);
	assert_marks(&list, &learner, "+> ");
	/* the product is still to come */
	answer(&learner, "one", SKILL_SLOPE, VERDICT_RIGHT);
	assert_marks(&list, &learner, "+> ");
	answer(&learner, "one", SKILL_PRODUCT, VERDICT_REMARK);
	assert_marks(&list, &learner, "#> ");
	/* a lesson that names no kinds: what was met in it */
	answer(&learner, "three", SKILL_SUM, VERDICT_RIGHT);
	assert_marks(&list, &learner, "#>#");
	answer(&learner, "three", SKILL_LOSS, VERDICT_NONE);
	assert_marks(&list, &learner, "#>+");
	answer(&learner, "two", SKILL_LOSS, VERDICT_RIGHT);
	assert_marks(&list, &learner, "##+");
	learner_free(&learner);
}

/* Every shipped lesson has a topic, and those of one stand together. */
static void test_lessons_stand_by_topic(void **state)
{
	(void)state;
	struct lesson_list list;
	struct strbuf text = {0};
	assert_int_equal(lesson_list_read(&list, NULL), STATUS_OK);
	assert_int_equal(list.errors.n_items, 0);
	for (size_t i = 0; i < list.n_items; i++) {
		assert_true(list.items[i].topic < TOPIC_NONE);
		assert_true(i == 0 || list.items[i - 1].topic <= list.items[i].topic);
	}
	assert_int_equal(course_print(&list, NULL, &text, NULL), STATUS_OK);
	for (enum lesson_topic topic = TOPIC_NEURONS; topic < N_TOPICS; topic++) {
		const char *heading = strstr(strbuf_str(&text), lesson_topic_titles[topic]);
		assert_non_null(heading);
		assert_true(heading == strbuf_str(&text) || heading[-1] == '\n');
	}
	assert_null(strstr(strbuf_str(&text), lesson_topic_titles[TOPIC_NONE]));
	strbuf_free(&text);
	lesson_list_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_marks_follow_from_answers),
	    cmocka_unit_test(test_lessons_stand_by_topic),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
