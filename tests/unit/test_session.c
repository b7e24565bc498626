/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_session.c -- what views and commands ask a session: the row that is meant, the note that
 * belongs to the step. */
#include "check.h"

#include <string.h>

#include "backstep/session/breakpoint.h"
#include "backstep/base/text.h"
#include "backstep/session/setting.h"

static struct session *open_session(const char *lesson)
{
	struct session *session;
	struct error_list errors = {0};
	text_locale_init();
	language_set(LANGUAGE_EN);
	assert_int_equal(session_new(&session, NULL), STATUS_OK);
	assert_int_equal(session_open(session, lesson, &errors), STATUS_OK);
	assert_int_equal(errors.n_items, 0);
	return session;
}

static void go(struct session *session, uint64_t number)
{
	assert_int_equal(stepper_go(&session->stepper, number, NULL), STATUS_OK);
	assert_int_equal(session_refresh(session, NULL), STATUS_OK);
}

static void a_new_session_is_empty(void **state)
{
	struct session *session;
	(void)state;
	language_set(LANGUAGE_EN);
	assert_int_equal(session_new(&session, NULL), STATUS_OK);
	assert_null(session->lesson);
	assert_int_equal(session_refresh(session, NULL), STATUS_OK);
	assert_false(session->has_step);
	assert_int_equal(session_row(session), 0);
	assert_int_equal(session_column(session), 0);
	assert_null(session_note(session));
	assert_null(session_phase_note(session));
	assert_false(session->quit);
	session_free(session);
	session_free(NULL);
}

static void the_row_is_the_steps_own(void **state)
{
	struct session *session = open_session("xor-relu-learn");
	(void)state;
	assert_int_equal(session_row(session), 0);
	go(session, 1);
	assert_int_equal(session_row(session), 1);
	go(session, 12);
	assert_int_equal(session->step.example, 2);
	assert_int_equal(session_row(session), 2);
	assert_int_equal(session_column(session), 1);
	/* a step about all rows */
	go(session, stepper_n_steps(&session->stepper));
	assert_int_equal(session_row(session), 0);
	session_free(session);

	/* one row a batch: also before the first step, and at the commit */
	session = open_session("or-perceptron");
	assert_int_equal(session_row(session), 1);
	go(session, 7);
	assert_string_equal(session->step.place.class->name, "commit");
	assert_int_equal(session_row(session), 1);
	go(session, 8);
	assert_int_equal(session_row(session), 2);
	assert_int_equal(session_column(session), 0);
	session_free(session);
}

static void assert_starts(const char *text, const char *start)
{
	assert_non_null(text);
	if (strncmp(text, start, strlen(start)) != 0)
		print_error("'%s'\n", text);
	assert_int_equal(strncmp(text, start, strlen(start)), 0);
}

static void notes_belong_to_steps(void **state)
{
	struct session *session = open_session("sigmoid-2-2-2");
	(void)state;
	assert_null(session_note(session));
	go(session, 1);
	assert_starts(session_note(session), "Mind the indices");
	assert_starts(session_phase_note(session), "Each unit does two things");
	go(session, 3);
	assert_starts(session_note(session), "Each unit does two things");
	go(session, 14);
	assert_starts(session_note(session), "Three factors");
	/* w8 has none of its own */
	go(session, 30);
	assert_starts(session_note(session), "The question is always the same");
	/* w5's update: the note about its chain stays away */
	go(session, 118);
	assert_starts(session_note(session), "New weight = old weight");
	go(session, 128);
	assert_starts(session_note(session), "Only now do the new weights");
	assert_null(session_phase_note(session));
	language_set(LANGUAGE_ES);
	assert_starts(session_note(session), "Solo ahora los pesos nuevos");
	language_set(LANGUAGE_EN);
	session_free(session);

	/* a rule without a backward phase: the update is all that there is to say of a parameter */
	session = open_session("or-perceptron");
	go(session, 6);
	assert_string_equal(session->step.param, "b");
	assert_starts(session_note(session), "In the lecture's form the bias");
	session_free(session);
}

/* By deltas: a unit's note is about its value, not about its delta. */
static void deltas_have_notes(void **state)
{
	struct session *session = open_session("xor-relu");
	(void)state;
	assert_int_equal(setting_set(session, "chain", "deltas", NULL), STATUS_OK);
	for (uint64_t n = 1; n <= stepper_n_steps(&session->stepper); n++) {
		go(session, n);
		if (strcmp(session->step.place.class->name, "delta") == 0 &&
		    strcmp(session->step.name, "h2") == 0)
			assert_starts(session_note(session), "Each chain begins with");
	}
	session_free(session);
}

static void breakpoints_toggle(void **state)
{
	struct session *session = open_session("sigmoid-2-2-2");
	static const char *const names[] = {"w1", "loss", "w2"};
	struct error err = {0};
	bool set;
	size_t number;
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(breakpoint_toggle(session, names[i], &set, &number, &err),
				 STATUS_OK);
		assert_true(set);
	}
	assert_int_equal(breakpoint_toggle(session, "loss", &set, &number, &err), STATUS_OK);
	assert_false(set);
	assert_int_equal(session->n_breaks, 2);
	assert_string_equal(session->breaks[0].text, "w1");
	assert_string_equal(session->breaks[1].text, "w2");
	assert_int_equal(breakpoint_toggle(session, "", &set, &number, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.hint, "phases: forward, loss, backward, update");
	session_free(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_new_session_is_empty), cmocka_unit_test(the_row_is_the_steps_own),
	    cmocka_unit_test(notes_belong_to_steps),  cmocka_unit_test(deltas_have_notes),
	    cmocka_unit_test(breakpoints_toggle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
