/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_worlds.c -- a question that gets other numbers is the question that is opened with
 * them: its number, its slips, its verdicts. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "../../src/teach/assess_private.h"
#include "../../src/teach/tutor_private.h"
#include "../../src/teach/worlds.h"
#include "backstep/base/text.h"
#include "backstep/session/address.h"
#include "backstep/session/renumber.h"

enum { N_SEEDS = 4, N_STEPS = 9 };

/* Rules of every kind: with cases (ReLU, softmax, the largest), slots, rows that depend on one
 * another, masks, stages. */
static const struct {
	const char *lesson;
	uint64_t update;
} rows[] = {
    {"sigmoid-2-2-2", 1},    {"sigmoid-2-2-2", 2},       {"xor-relu", 1},
    {"rmsprop-and-adam", 1}, {"rmsprop-and-adam", 3},    {"softmax-cross-entropy", 1},
    {"two-tanh", 1},         {"batch-normalisation", 1}, {"dropout", 2},
    {"graph-examples", 1},   {"regularisation", 2},      {"delta-rule", 2},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

static void open_lesson(struct session **session, const char *lesson)
{
	struct error_list errors = {0};
	assert_int_equal(session_new(session, NULL), STATUS_OK);
	if (session_open(*session, lesson, &errors))
		fail_msg("%s", errors.items[0].message);
}

static void draw(struct session *session, uint64_t seed, uint64_t update)
{
	struct stepper *stepper = &session->stepper;
	assert_int_equal(session_renumber(session, seed, 0, NULL), STATUS_OK);
	assert_int_equal(stepper_go(&session->stepper, stepper_before(stepper, update - 1), NULL),
			 STATUS_OK);
	stepper_leave_commit(stepper);
	stepper_end_pass(stepper);
}

static void assert_same_slips(const struct slips *a, const struct slips *b)
{
	assert_int_equal(a->n_items, b->n_items);
	for (size_t i = 0; i < a->n_items; i++) {
		assert_ptr_equal(a->items[i].class, b->items[i].class);
		assert_relative(a->items[i].value, b->items[i].value, 1e-12);
		assert_relative(a->items[i].shifted, b->items[i].shifted, 1e-9);
	}
}

/* Types the right number, what each slip comes to, and numbers near by. */
static void assert_same_verdicts(struct assessment *a, struct assessment *b)
{
	for (size_t i = 0; i <= a->slips.n_items; i++) {
		double value = i ? a->slips.items[i - 1].value : a->board.question.value;
		for (size_t k = 0; k < 3; k++) {
			char text[32];
			struct strbuf one = {0}, other = {0};
			snprintf(text, sizeof text, "%.4g", value * (1.0 + 0.02 * (double)k));
			assert_int_equal(assess_text(a, text, NULL), STATUS_OK);
			assert_int_equal(assess_text(b, text, NULL), STATUS_OK);
			verdict_print_line(&a->verdict, &one);
			verdict_print_line(&b->verdict, &other);
			assert_string_equal(strbuf_str(&one), strbuf_str(&other));
			strbuf_free(&one);
			strbuf_free(&other);
		}
	}
}

/* The question of a step, opened here and got from the worlds. */
static void compare(struct session *session, struct worlds *worlds, uint64_t index)
{
	struct assessment a;
	struct strbuf at = {0}, place = {0}, lesson = {0};
	if (assess_open(&a, &session->stepper, index, false, NULL))
		return;
	assess_take_lesson(&a, session->lesson);
	assess_allow_shown(&a, session->style.digits);
	address_print(session, index, ASK_STEP, &at);
	tutor_print_place(&a.board.question.step, &place);
	strbuf_add(&lesson, session->lesson->id.text);
	struct event event = {.kind = EVENT_ANSWER,
			      .lesson = lesson.data,
			      .place = place.data,
			      .at = at.data,
			      .has_seed = true,
			      .seed = session->fresh};
	struct assessment *got = worlds_question(worlds, &event);
	if (!got)
		fail_msg("%s is not found", at.data);
	assert_same_bits(got->board.question.value, a.board.question.value);
	assert_relative(got->board.question.shifted, a.board.question.shifted, 1e-9);
	assert_same_slips(&got->slips, &a.slips);
	assert_same_verdicts(&a, got);
	assess_close(&a);
	strbuf_free(&lesson);
	strbuf_free(&at);
	strbuf_free(&place);
}

static void test_a_question_with_other_numbers(void **state)
{
	(void)state;
	struct worlds *worlds = worlds_new();
	struct session *sessions[N_ROWS];
	assert_non_null(worlds);
	text_locale_init();
	for (size_t i = 0; i < N_ROWS; i++)
		open_lesson(&sessions[i], rows[i].lesson);
	for (uint64_t seed = 1; seed <= N_SEEDS; seed++)
		for (size_t i = 0; i < N_ROWS; i++) {
			draw(sessions[i], seed, rows[i].update);
			uint64_t n = stepper_n_steps(&sessions[i]->stepper);
			for (uint64_t k = 0; k < N_STEPS; k++)
				compare(sessions[i], worlds, 1 + k * (n - 1) / N_STEPS);
		}
	for (size_t i = 0; i < N_ROWS; i++)
		session_free(sessions[i]);
	worlds_free(worlds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_question_with_other_numbers)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
