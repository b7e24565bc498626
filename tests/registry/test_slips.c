/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_slips.c -- every class of slips: its row is complete, it is made somewhere, it tells one
 * mistake from another by more than chance. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/file.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/lesson/lesson_find.h"
#include "backstep/session/session.h"
#include "support/networks.h"
#include "support/rates.h"

static void test_rows_are_complete(void **state)
{
	(void)state;
	size_t n = 0;
	for (const struct slip_class *const *row = slip_registry; *row; row++, n++) {
		const struct slip_class *class = *row;
		for (const struct slip_class *const *before = slip_registry; before < row; before++)
			assert_string_not_equal((*before)->name, class->name);
		assert_true(class->prior >= 2 && class->prior <= 10);
		assert_non_null(class->make);
		assert_non_null(class->title);
		assert_non_null(class->says);
		assert_int_equal(class->everywhere != NULL, class->n_everywhere > 0);
		/* a nudge is a question or a pointer, and gives no number away */
		char last = class->nudge[strlen(class->nudge) - 1];
		assert_true(last == '?' || last == '.');
	}
	assert_int_equal(n, 28);
	assert_true(n <= RATES_CLASSES);
}

static void count_classes(const struct stepper *stepper, uint64_t index, size_t *n_made)
{
	struct board board;
	struct slips slips;
	if (board_init(&board, stepper, NULL, index, NULL))
		return;
	assert_int_equal(slips_find(&slips, &board, true, NULL), STATUS_OK);
	for (size_t i = 0; i < slips.n_items; i++) {
		const struct slip *slip = &slips.items[i];
		for (size_t k = 0; slip_registry[k]; k++)
			n_made[k] += slip_registry[k] == slip->class;
		assert_true(isfinite(slip->value) && isfinite(slip->shifted));
		/* another number, here or in the other world, than the right one and every other's
		 */
		bool is_right =
		    fabs(slip->value - board.question.value) <= 1e-9 * fabs(board.question.value) &&
		    fabs(slip->shifted - board.question.shifted) <=
			1e-9 * fabs(board.question.shifted);
		assert_false(is_right);
		for (size_t k = 0; k < i; k++)
			assert_false(slips.items[k].value == slip->value &&
				     slips.items[k].shifted == slip->shifted);
	}
	board_free(&board);
}

static void test_every_class_is_made_somewhere(void **state)
{
	(void)state;
	size_t n_made[RATES_CLASSES] = {0};
	for (uint64_t seed = 0; seed < 10; seed++) {
		struct network net;
		struct stepper stepper;
		assert_int_equal(network_exercise(&net, seed), STATUS_OK);
		assert_int_equal(network_walk(&net, &stepper, CHAIN_PATHS), STATUS_OK);
		trainer_prepare(&stepper.trainer);
		uint64_t n = stepper_n_steps(&stepper);
		for (uint64_t index = 1; index <= n; index += 11)
			count_classes(&stepper, index, n_made);
		stepper_free(&stepper);
		network_free(&net);
	}
	for (size_t k = 0; slip_registry[k]; k++)
		if (n_made[k] == 0)
			fail_msg("%s is never made", slip_registry[k]->name);
}

/* What a slip shows ends in the number that it gives, and is formed with its own numbers. */
static void test_every_slip_can_be_shown(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	struct formula_style style = {GLYPHS_ASCII, false, 6};
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_PATHS), STATUS_OK);
	for (uint64_t index = 1; index < stepper_n_steps(&stepper); index += 5) {
		struct board board;
		struct slips slips;
		assert_int_equal(board_init(&board, &stepper, NULL, index, NULL), STATUS_OK);
		assert_int_equal(slips_find(&slips, &board, true, NULL), STATUS_OK);
		for (size_t i = 0; i < slips.n_items; i++) {
			struct strbuf shown = {0}, number = {0};
			slip_show(&slips, &slips.items[i], &style, &shown);
			bool is_bare = !strchr(strbuf_str(&shown), '='); /* the slip is 1 */
			strbuf_add(&number, is_bare ? "" : " = ");
			step_print_number(slips.items[i].value, &style, &number);
			const char *end = strbuf_str(&shown) + shown.len - number.len;
			assert_string_equal(end, strbuf_str(&number));
			/* the board is as it was */
			assert_near(formula_eval(board.question.tree), board.question.value, 1e-12);
			strbuf_free(&shown);
			strbuf_free(&number);
		}
		board_free(&board);
	}
	stepper_free(&stepper);
	network_free(&net);
}

enum { QUESTIONS_OF_A_KIND = 3 };

static void count_lesson(const char *id, struct rates *all, FILE *out)
{
	static struct rates rates;
	struct session *session;
	struct error_list errors = {0};
	struct random r;
	assert_int_equal(session_new(&session, NULL), STATUS_OK);
	assert_int_equal(session_open(session, id, &errors), STATUS_OK);
	rates = (struct rates){.n_boards = 0};
	random_seed(&r, 5);
	trainer_prepare(&session->stepper.trainer);
	rates_count_update(&rates, &session->stepper, QUESTIONS_OF_A_KIND, &r);
	fprintf(out, "%-28s %4zu %8.1f %8.2f\n", id, rates.n_boards, rate_told(&rates.all),
		rate_other(&rates.all));
	if (rates.n_passed_far > 0)
		fail_msg("%s: a slip more than 1 %% off is taken for right", id);
	all->all.made += rates.all.made;
	all->all.named += rates.all.named + rates.all.listed + rates.all.remarked;
	all->all.other += rates.all.other;
	session_free(session);
}

/* Every slip at up to three questions of each kind of every shipped lesson, typed with four digits:
 * questions, percent told (named, listed, remarked), percent told as another class. */
static void test_every_slip_of_every_lesson(void **state)
{
	(void)state;
	static struct rates all;
	struct lesson_list list;
	struct strbuf wanted = {0};
	char *got = NULL;
	size_t size;
	static const char golden[] = BACKSTEP_SOURCE_DIR "/tests/registry/slips-of-lessons.txt";
	FILE *out = open_memstream(&got, &size);
	assert_non_null(out);
	assert_int_equal(lesson_list_read(&list, NULL), STATUS_OK);
	assert_true(list.n_items > 0);
	for (size_t i = 0; i < list.n_items; i++)
		count_lesson(list.items[i].id, &all, out);
	fprintf(out, "%-28s %4s %8.1f %8.2f\n", "all", "", rate_told(&all.all),
		rate_other(&all.all));
	assert_int_equal(fclose(out), 0);
	if (getenv("BACKSTEP_UPDATE_GOLDEN")) {
		FILE *file = fopen(golden, "w");
		assert_non_null(file);
		assert_int_equal(fwrite(got, 1, size, file), size);
		assert_int_equal(fclose(file), 0);
	}
	assert_int_equal(file_read(golden, 1 << 20, &wanted, NULL), STATUS_OK);
	assert_string_equal(got, strbuf_str(&wanted));
	assert_true(rate_told(&all.all) >= 92.0);
	assert_true(rate_other(&all.all) <= 3.0);
	strbuf_free(&wanted);
	free(got);
	lesson_list_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),
	    cmocka_unit_test(test_every_class_is_made_somewhere),
	    cmocka_unit_test(test_every_slip_can_be_shown),
	    cmocka_unit_test(test_every_slip_of_every_lesson),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
