/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_edit.c -- reload: a lesson's file is changed while the lesson is open, and the
 * sitting goes on at the same step with the new numbers.
 *
 * The lesson is y = w x + b with w = 2, b = 1, x = 3 and target 5: E = (7 - 5)^2 / 2 = 2, and dE/dw
 * = 2 * 3 = 6. With w = 4 it is y = 13, dE/dw = 8 * 3 = 24. */
#include "sitting.h"
#include "temporary.h"

static const char header[] = "format: 2\nid: changed\nlanguage: en\ntitle: T\ntext: T.\n";

struct changed {
	struct sitting sitting;
	char path[TEMPORARY_PATH];
	struct strbuf text;
};

/* The file gets the lesson of line with a part of it replaced. */
static void change(struct changed *changed, const char *part, const char *by)
{
	const char *at = strstr(strbuf_str(&changed->text), part);
	struct strbuf text = {0};
	assert_non_null(at);
	strbuf_add_len(&text, changed->text.data, (size_t)(at - changed->text.data));
	strbuf_addf(&text, "%s%s", by, at + strlen(part));
	FILE *file = fopen(changed->path, "w");
	assert_non_null(file);
	assert_true(fputs(strbuf_str(&text), file) >= 0);
	assert_int_equal(fclose(file), 0);
	strbuf_free(&text);
}

static void begin(struct changed *changed)
{
	*changed = (struct changed){0};
	strbuf_addf(&changed->text, "%s%s...\n", header, lesson_line);
	temporary_write(changed->path, ".yaml", strbuf_str(&changed->text));
	sitting_open(&changed->sitting, changed->path);
}

static void end(struct changed *changed)
{
	sitting_end(&changed->sitting);
	strbuf_free(&changed->text);
}

static void the_step_stays_with_its_new_numbers(void **state)
{
	struct changed changed;
	struct sitting *sitting = &changed.sitting;
	(void)state;
	begin(&changed);
	type_good(sitting, "set digits 9");
	type_good(sitting, "goto w");
	type_good(sitting, "expect y = 7");
	type_good(sitting, "next 2");
	assert_contains(answer(sitting), "∂E/∂w = ∂E/∂y · ∂y/∂w = 2 · 3 = 6");
	change(&changed, "w=2", "w=4");
	type_good(sitting, "back"); /* nothing is read before it is asked for */
	type_good(sitting, "next");
	assert_contains(answer(sitting), "= 2 · 3 = 6");
	type_good(sitting, "reload"); /* also where an expectation does not hold any more */
	assert_contains(answer(sitting), "∂E/∂w = ∂E/∂y · ∂y/∂w = 8 · 3 = 24");
	type_good(sitting, "where");
	assert_contains(answer(sitting), "place: changed@1.backward.w.p1\n");
	type_good(sitting, "show settings");
	assert_contains(answer(sitting), "digits    9 ");
	type_good(sitting, "undo"); /* the moves from before are still there */
	type_good(sitting, "where");
	assert_contains(answer(sitting), "backward.w.p1.f2");
	end(&changed);
}

/* With another layer before, the same step has another number in the walk. */
static void a_longer_walk_has_the_step_elsewhere(void **state)
{
	struct changed changed;
	struct sitting *sitting = &changed.sitting;
	(void)state;
	begin(&changed);
	type_good(sitting, "goto w");
	uint64_t before = stepper_number(&sitting->session->stepper);
	change(&changed, "layers: [", "layers: [{units: [h], weights: [[a=1]]}, ");
	type_good(sitting, "reload");
	type_good(sitting, "where");
	assert_contains(answer(sitting), "@1.backward.w.p1.f1\n");
	assert_true(stepper_number(&sitting->session->stepper) > before);
	assert_int_equal(
	    sitting->session->journal.entries[sitting->session->journal.n_done - 1].number,
	    stepper_number(&sitting->session->stepper));
	end(&changed);
}

/* What is not there any more is named, and the walk is before its update. */
static void a_step_that_is_gone_is_named(void **state)
{
	struct changed changed;
	struct sitting *sitting = &changed.sitting;
	(void)state;
	begin(&changed);
	type_good(sitting, "update 2");
	type_good(sitting, "goto w");
	change(&changed, "train: [w]", "train: [v]");
	assert_int_equal(type(sitting, "reload"), STATUS_BAD_INPUT); /* there is no v */
	assert_contains(complaint(sitting), ".yaml:9:9: error:");
	type_good(sitting, "where");
	assert_contains(answer(sitting), "@2.backward.w.p1.f1\n");
	change(&changed, "train: [w]", "train: [b]");
	type_good(sitting, "reload");
	assert_contains(answer(sitting), "there is no step 2.backward.w.p1.f1 any more\n[");
	assert_contains(answer(sitting), "next update: nothing of it has been computed yet");
	end(&changed);
}

/* All that is wrong is told, and nothing has changed. */
static void a_bad_file_changes_nothing(void **state)
{
	struct changed changed;
	struct moment before, after;
	struct sitting *sitting = &changed.sitting;
	(void)state;
	begin(&changed);
	type_good(sitting, "goto w");
	moment_take(sitting, &before);
	change(&changed, "loss: {kind: half-squared-error, total: E}",
	       "loss: {kind: half, totel: E}");
	assert_int_equal(type(sitting, "reload"), STATUS_BAD_INPUT);
	assert_contains(complaint(sitting), "unknown key 'totel'");
	assert_contains(complaint(sitting), "unknown loss 'half'");
	moment_take(sitting, &after);
	assert_same_moment(&before, &after);
	moment_free(&before);
	moment_free(&after);
	assert_refused(sitting, "reload it", "takes no 'it'");
	assert_refused(sitting, "edit", "an editor needs a terminal");
	end(&changed);
}

/* What was trained is trained again: w' = 2 - 0.5 * 6 = -1 becomes 4 - 0.5 * 24 = -8. */
static void trainings_are_done_again(void **state)
{
	struct changed changed;
	struct sitting *sitting = &changed.sitting;
	(void)state;
	begin(&changed);
	type_good(sitting, "train 1");
	type_good(sitting, "expect w = -1");
	change(&changed, "w=2", "w=4");
	type_good(sitting, "reload");
	type_good(sitting, "expect w = -8");
	change(&changed, "training: {optimizer: gd, rate: 0.5}",
	       "training: {optimizer: adam, rate: 0.5}");
	type_good(sitting, "reload");
	type_good(sitting, "show optimizer");
	assert_contains(answer(sitting), "adam");
	end(&changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_step_stays_with_its_new_numbers),
	    cmocka_unit_test(a_longer_walk_has_the_step_elsewhere),
	    cmocka_unit_test(a_step_that_is_gone_is_named),
	    cmocka_unit_test(a_bad_file_changes_nothing),
	    cmocka_unit_test(trainings_are_done_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
