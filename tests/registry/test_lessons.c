/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lessons.c -- what every shipped lesson has: a purpose, a source, a text at every phase that
 * its walk has, and two or three things to try, which are commands that work.
 *
 * Whether the texts are right, and whether the numbers in them are, is for its transcript and for
 * whoever reads it. A new lesson is tested by the loops that are there. */
#include "sitting.h"

#include "backstep/lesson/lesson_find.h"
#include "support/layout.h"

enum { TRIES_LEAST = 2, TRIES_MOST = 3, PURPOSE_LEAST = 200 /* bytes: two sentences or so */ };

static struct lesson_list lessons;

static int group_setup(void **state)
{
	struct error err = {0};
	(void)state;
	text_locale_init();
	return lesson_list_read(&lessons, &err) || lessons.n_items == 0;
}

static int group_teardown(void **state)
{
	(void)state;
	lesson_list_free(&lessons);
	return 0;
}

/* Calls check with each lesson, freshly opened. */
static void each_lesson(void (*check)(struct sitting *sitting, const struct lesson *lesson))
{
	for (size_t i = 0; i < lessons.n_items; i++) {
		struct sitting sitting;
		sitting_open(&sitting, lessons.items[i].id);
		check(&sitting, sitting.session->lesson);
		sitting_end(&sitting);
	}
}

static void fail_lesson(const struct lesson *lesson, const char *what, const char *of)
{
	print_error("%s: %s %s\n", lesson->id.text, what, of);
	fail();
}

static void check_purpose(struct sitting *sitting, const struct lesson *lesson)
{
	(void)sitting;
	if (!lesson->source.document.text || !*lesson->source.document.text)
		fail_lesson(lesson, "there is no", "source");
	for (enum language l = 0; l < N_LANGUAGES; l++)
		if (strlen(lesson->text.in[l].text) < PURPOSE_LEAST)
			fail_lesson(lesson, "the text is too short in", language_codes[l]);
}

/* Notes are in every language: the reader refuses others. */
static void assert_note(const struct lesson *lesson, const char *phase)
{
	for (size_t k = 0; k < lesson->notes.n_items; k++)
		if (strcmp(lesson->notes.items[k].at.text, phase) == 0)
			return;
	fail_lesson(lesson, "there is no note at", phase);
}

static void check_phases(struct sitting *sitting, const struct lesson *lesson)
{
	const struct stepper *stepper = &sitting->session->stepper;
	for (size_t phase = 0; phase < N_PHASES; phase++)
		if (stepper_walk(stepper)->phases[phase].steps > 0)
			assert_note(lesson, phase_names[phase]);
	assert_note(lesson, "commit"); /* where every update ends */
}

/* The steps of an update have numbers, in each form that the network has. */
static void check_layout(struct sitting *sitting, const struct lesson *lesson)
{
	enum { MOST = 1000 };
	struct stepper *stepper = &sitting->session->stepper;
	(void)lesson;
	for (enum chain_form form = CHAIN_AUTO; form <= CHAIN_DELTAS; form++) {
		if (stepper_set_chain(stepper, form, NULL))
			continue;
		layout_check(&stepper->full, MOST);
		layout_check(&stepper->last, MOST);
	}
}

static void check_tries(struct sitting *sitting, const struct lesson *lesson)
{
	(void)sitting;
	if (lesson->tries.n_items < TRIES_LEAST || lesson->tries.n_items > TRIES_MOST)
		fail_lesson(lesson, "two or three things to try are wanted:", lesson->file);
	for (size_t k = 0; k < lesson->tries.n_items; k++) {
		struct sitting fresh;
		sitting_open(&fresh, lesson->id.text);
		type_good(&fresh, lesson->tries.items[k].command.text);
		assert_false(fresh.session->quit);
		sitting_end(&fresh);
	}
}

/* As many epochs as a lesson's own suggestion needs are what train takes. */
static void check_epochs(struct sitting *sitting, const struct lesson *lesson)
{
	static const char go[] = "epoch ";
	(void)sitting;
	for (size_t k = 0; k < lesson->tries.n_items; k++) {
		const char *command = lesson->tries.items[k].command.text;
		size_t n = strncmp(command, go, strlen(go)) == 0
			       ? strtoul(command + strlen(go), NULL, 10)
			       : 0;

		if (n > lesson->training.epochs.value)
			fail_lesson(lesson, "train alone takes fewer epochs than", command);
	}
}

static void all_are_read(void **state)
{
	(void)state;
	assert_int_equal(lessons.errors.n_items, 0);
}

static void they_have_a_purpose_and_a_source(void **state)
{
	(void)state;
	each_lesson(check_purpose);
}

static void each_phase_has_a_note(void **state)
{
	(void)state;
	each_lesson(check_phases);
}

static void each_step_has_its_number(void **state)
{
	(void)state;
	each_lesson(check_layout);
}

static void things_to_try_work(void **state)
{
	(void)state;
	each_lesson(check_tries);
}

static void train_takes_as_many_epochs_as_are_suggested(void **state)
{
	(void)state;
	each_lesson(check_epochs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_are_read),
	    cmocka_unit_test(they_have_a_purpose_and_a_source),
	    cmocka_unit_test(each_phase_has_a_note),
	    cmocka_unit_test(each_step_has_its_number),
	    cmocka_unit_test(things_to_try_work),
	    cmocka_unit_test(train_takes_as_many_epochs_as_are_suggested),
	};
	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
