/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_slips.c -- every class of slips: its row is complete, it is made somewhere, it tells one
 * mistake from another by more than chance. */
#include "check.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
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
	if (board_init(&board, stepper, index, NULL))
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
		assert_int_equal(board_init(&board, &stepper, index, NULL), STATUS_OK);
		assert_int_equal(slips_find(&slips, &board, true, NULL), STATUS_OK);
		for (size_t i = 0; i < slips.n_items; i++) {
			struct strbuf shown = {0}, number = {0};
			slip_show(&slips, &slips.items[i], &style, &shown);
			strbuf_add(&number, " = ");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),
	    cmocka_unit_test(test_every_class_is_made_somewhere),
	    cmocka_unit_test(test_every_slip_can_be_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
