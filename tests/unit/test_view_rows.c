/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_view_rows.c -- lists and the table: which rows they have, in which order, what they tell,
 * and that the command of each leads to what the row is of. */
#include "sitting.h"

#include "backstep/view/view.h"

static const char *row_text(struct sitting *sitting, const struct picture *picture,
			    struct view_state *state, size_t i, struct strbuf *out)
{
	strbuf_clear(out);
	picture->list->print(sitting->session, state, i, out);
	return strbuf_str(out);
}

/* Types what Enter types at a row; returns it. */
static const char *open_row(struct sitting *sitting, const struct picture *picture,
			    struct view_state *state, size_t i, struct strbuf *out)
{
	strbuf_clear(out);
	picture->list->command(sitting->session, state, i, out);
	if (out->len > 0)
		type_good(sitting, strbuf_str(out));
	return strbuf_str(out);
}

/* In 2-2-2 the walk is w5 w6 w7 w8 w1 w2 w3 w4 B1 B2. After a whole backward pass the largest
 * amounts of gradients are those of B2, w6, w5: n1 = 0.601, n2 = 0.615 and 1 times the same delta
 * 0.1334, and for B2 the delta of the other output comes in (-0.0293): 0.1041. So w6 = 0.0821, w5 =
 * 0.0802 come after it. */
static void the_table_is_sorted_and_filtered(void **state)
{
	struct sitting sitting;
	struct view_state view = {0};
	struct strbuf text = {0};
	const struct picture *table = &picture_table;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto update");
	assert_int_equal(table->list->count(sitting.session, &view), 10);
	assert_string_equal(row_text(&sitting, table, &view, 0, &text), "w5");
	assert_true(view_sort_table(sitting.session, &view)); /* the old values: 0.8 0.7 0.6 */
	assert_string_equal(row_text(&sitting, table, &view, 0, &text), "w8");
	assert_true(view_sort_table(sitting.session, &view));
	assert_string_equal(row_text(&sitting, table, &view, 0, &text), "B2");
	assert_string_equal(row_text(&sitting, table, &view, 1, &text), "w6");
	assert_string_equal(row_text(&sitting, table, &view, 2, &text), "w5");
	assert_string_equal(open_row(&sitting, table, &view, 2, &text), "goto w5");
	assert_int_equal(stepper_number(&sitting.session->stepper), 12);
	/* there is no gradient of w6 to w4 any more: what is not known comes last, as it is walked
	 */
	assert_string_equal(row_text(&sitting, table, &view, 0, &text), "w5");
	assert_string_equal(row_text(&sitting, table, &view, 9, &text), "B2");
	assert_int_equal(view_filter_table(sitting.session, &view, "b"), 2);
	assert_string_equal(row_text(&sitting, table, &view, 1, &text), "B2");
	assert_int_equal(view_filter_table(sitting.session, &view, "w9"), 0);
	assert_int_equal(view_filter_table(sitting.session, &view, ""), 10);
	while (view_sort_table(sitting.session, &view))
		continue;
	assert_string_equal(row_text(&sitting, table, &view, 9, &text), "B2");
	view_state_free(&view);
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* Numbers that are set by hand are sorted anew. */
static void a_changed_number_is_sorted_anew(void **state)
{
	struct sitting sitting;
	struct view_state view = {0};
	struct strbuf text = {0};
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	view_sort_table(sitting.session, &view);
	assert_string_equal(row_text(&sitting, &picture_table, &view, 0, &text), "w8");
	type_good(&sitting, "set rate 1000");
	type_good(&sitting, "update");
	type_good(&sitting, "next");
	/* w6 = 0.6 - 1000 · 0.0821 = -81.5; B2 = 0.35 - 104.1 is farther from 0 */
	assert_string_equal(row_text(&sitting, &picture_table, &view, 0, &text), "B2");
	assert_string_equal(row_text(&sitting, &picture_table, &view, 1, &text), "w6");
	view_state_free(&view);
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* Each row of the map, of the table and of the steps leads to a step of what it is of. */
static void rows_lead_to_their_places(void **state)
{
	static const struct picture *const pictures[] = {&picture_map, &picture_table,
							 &picture_steps};
	(void)state;
	for (size_t k = 0; k < sizeof pictures / sizeof *pictures; k++) {
		const struct picture *picture = pictures[k];
		struct sitting sitting;
		struct view_state view = {0};
		struct strbuf text = {0};
		sitting_open(&sitting, "sigmoid-2-2-2");
		size_t n = picture->list->count(sitting.session, &view);
		assert_int_equal(n, picture == &picture_map     ? 14
				    : picture == &picture_table ? 10
								: 128);
		for (size_t i = 0; i < n; i++) {
			assert_memory_equal(open_row(&sitting, picture, &view, i, &text), "goto ",
					    5);
			assert_true(sitting.session->has_step);
			if (picture == &picture_map && i < N_PHASES)
				assert_int_equal(sitting.session->step.place.phase, i);
			else if (picture->list->here)
				assert_int_equal(picture->list->here(sitting.session), i);
			else
				assert_int_equal(sitting.session->step.place.k, i);
		}
		strbuf_free(&text);
		sitting_end(&sitting);
	}
}

/* A step that the walk has not come to is named, not told; nor is one that is asked. The slope at
 * ŷ1 is 0.734929 · (1 - 0.734929) = 0.194809. */
static void steps_to_come_are_named_only(void **state)
{
	struct sitting sitting;
	struct view_state view = {0};
	struct strbuf text = {0};
	const struct picture *steps = &picture_steps;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto w5");
	assert_string_equal(row_text(&sitting, steps, &view, 12, &text),
			    "   13  backward · w5 · factor 2 of 3");
	type_good(&sitting, "next");
	assert_string_equal(
	    row_text(&sitting, steps, &view, 12, &text),
	    "   13  ∂ŷ₁/∂sum_ŷ₁ = ŷ₁ (1 − ŷ₁) = 0.734929 · (1 − 0.734929) = 0.194809");
	type_good(&sitting, "back");
	type_good(&sitting, "predict slope");
	type(&sitting, "next");
	assert_string_equal(row_text(&sitting, steps, &view, 12, &text),
			    "   13  backward · w5 · factor 2 of 3");
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* The log has the commands with the step that each led to, those that were undone marked; a figure
 * is told at length; what a lesson proposes goes to the prompt. */
static void the_others_are_opened(void **state)
{
	struct sitting sitting;
	struct view_state view = {0};
	struct strbuf text = {0};
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto w5");
	type_good(&sitting, "next 2");
	type_good(&sitting, "undo");
	size_t n = picture_log.list->count(sitting.session, &view);
	assert_string_equal(row_text(&sitting, &picture_log, &view, n - 2, &text),
			    "step 12  goto w5");
	assert_string_equal(row_text(&sitting, &picture_log, &view, n - 1, &text),
			    "step 14  (undone) next 2");
	assert_int_equal(picture_log.list->here(sitting.session), n - 2);
	strbuf_clear(&text);
	picture_log.list->command(sitting.session, &view, n - 2, &text);
	assert_string_equal(strbuf_str(&text), "prompt goto w5");
	assert_string_equal(open_row(&sitting, &picture_figures, &view, 0, &text), "figures x1");
	assert_non_null(strstr(answer(&sitting), "x1, update 1: exact"));
	n = picture_lesson.list->count(sitting.session, &view);
	strbuf_clear(&text);
	picture_lesson.list->command(sitting.session, &view, n - 1, &text);
	assert_string_equal(strbuf_str(&text), "prompt update 100");
	assert_non_null(strstr(row_text(&sitting, &picture_lesson, &view, 0, &text), "One whole"));
	strbuf_free(&text);
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_table_is_sorted_and_filtered),
	    cmocka_unit_test(a_changed_number_is_sorted_anew),
	    cmocka_unit_test(rows_lead_to_their_places),
	    cmocka_unit_test(steps_to_come_are_named_only),
	    cmocka_unit_test(the_others_are_opened),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
