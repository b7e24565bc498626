/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_place_name.c -- a step's name, and back, of every step of many lessons. */
#include "sitting.h"

#include <stdio.h>

#include "backstep/lesson/lesson_find.h"
#include "backstep/trace/place_name.h"

enum { MOST_STEPS = 500 }; /* of a lesson's update are looked at, evenly */

static void assert_names(const struct stepper *stepper, const char *lesson)
{
	uint64_t n_steps = stepper_n_steps(stepper), stride = n_steps / MOST_STEPS + 1;
	struct strbuf name = {0};
	for (uint64_t index = 1; index <= n_steps; index += stride) {
		strbuf_clear(&name);
		place_name_print(stepper, index, &name);
		uint64_t found = place_name_find(stepper, strbuf_str(&name));
		if (found != index)
			fail_msg("%s: step %llu is called %s, which is step %llu", lesson,
				 (unsigned long long)index, strbuf_str(&name),
				 (unsigned long long)found);
	}
	strbuf_free(&name);
}

/* Two steps that had the same name would both lead to the first of them. */
static void test_every_step_has_a_name_of_its_own(void **state)
{
	(void)state;
	struct lesson_list list;
	text_locale_init();
	assert_int_equal(lesson_list_read(&list, NULL), STATUS_OK);
	assert_true(list.n_items > 40);
	for (size_t i = 0; i < list.n_items; i++) {
		struct sitting sitting;
		sitting_open(&sitting, list.items[i].path);
		assert_names(&sitting.session->stepper, list.items[i].id);
		type_good(&sitting, "update 2");
		stepper_leave_commit(&sitting.session->stepper);
		stepper_end_pass(&sitting.session->stepper);
		assert_names(&sitting.session->stepper, list.items[i].id);
		sitting_end(&sitting);
	}
	lesson_list_free(&list);
}

/* Other optimizers and stages have slots and numbers of their own; deltas too. */
static void test_names_of_what_an_optimizer_has(void **state)
{
	static const char *const lines[] = {"set optimizer adam", "set l2 0.1", "set clip-norm 1",
					    "set chain deltas"};
	(void)state;
	struct sitting sitting;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		type_good(&sitting, lines[i]);
		assert_names(&sitting.session->stepper, lines[i]);
	}
	sitting_end(&sitting);
}

/* Steps of the lecture, as it counts them: w5 has one path of three factors, steps 12 to 14, their
 * product is 15 and its gradient 16; w1 has two paths. */
static void test_names_that_people_type(void **state)
{
	static const struct {
		const char *name;
		uint64_t number;
	} rows[] = {
	    {"1.forward.sum_n1", 1},
	    {"1.loss.E1", 9},
	    {"1.backward.w5.p1.f2", 13},
	    {"1.backward.w5.p1", 15},
	    {"1.backward.w5", 16},
	    {"1.update.w5", 118},
	    {"1.update.commit", 128},
	    {"1.backward.w5.p2", 0},
	    {"1.backward.w5.p1.f9", 0},
	    {"1.backward.w5.p0.f2", 0},
	    {"1.backward.w55", 0},
	    {"1.loss.w5", 0},
	    {"1.row2.forward.sum_n1", 0},
	    {"2.forward.sum_n1", 0}, /* of another update */
	    {"1.backward", 0},
	    {"1.", 0},
	    {"", 0},
	};
	(void)state;
	struct sitting sitting;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (place_name_find(&sitting.session->stepper, rows[i].name) != rows[i].number)
			fail_msg("%s", rows[i].name);
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_step_has_a_name_of_its_own),
	    cmocka_unit_test(test_names_of_what_an_optimizer_has),
	    cmocka_unit_test(test_names_that_people_type),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
