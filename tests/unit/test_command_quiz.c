/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_quiz.c -- how a lesson says that it asks, what is asked of whom, and which level
 * suits. */
#include "sitting.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "backstep/teach/quiz_check.h"
#include "temporary.h"

/* Opens a lesson of 2-2-2 with a quiz. */
static void open_with(struct sitting *sitting, const char *quiz)
{
	struct strbuf text = {0};
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 16];
	strbuf_addf(
	    &text,
	    "network:\n  inputs: [x1, x2]\n  layers:\n"
	    "    - {units: [h1, h2], activation: sigmoid, weights: [[w1=0.15, w2=0.2], [w3=0.25, "
	    "w4=0.3]], bias: [b1=0.35, b2=0.36]}\n"
	    "    - {units: [o1, o2], activation: sigmoid, weights: [[w5=0.4, w6=0.45], [w7=0.5, "
	    "w8=0.55]], bias: [b3=0.6, b4=0.61]}\n"
	    "loss: {kind: half-squared-error}\n"
	    "data: [{x: [0.6, 0.9], target: [0.2, 0.7]}]\n"
	    "training: {optimizer: gd, rate: 0.5}\n"
	    "quiz: {%s}\n",
	    quiz);
	temporary_lesson(path, strbuf_str(&text));
	sitting_begin(sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(sitting, line);
	strbuf_free(&text);
}

static double asked_value(const struct sitting *sitting)
{
	assert_non_null(sitting->context.tutor->open);
	return sitting->context.tutor->open->board.question.value;
}

/* Answers the open question with its own number, to so many digits. */
static void answer_right(struct sitting *sitting, int digits)
{
	char line[64];
	snprintf(line, sizeof line, "answer %.*e", digits - 1, asked_value(sitting));
	type_good(sitting, line);
}

/* Three digits are judged where nothing is said; where four are asked for they are not enough, and
 * no try is spent. A wrong number is wrong with any. */
static void digits_are_asked_for(void **state)
{
	struct sitting sitting;
	(void)state;
	open_with(&sitting, "attempts: 2");
	type_good(&sitting, "predict slope");
	type_good(&sitting, "update");
	answer_right(&sitting, 3);
	assert_contains(answer(&sitting), "Right: ");
	sitting_end(&sitting);
	open_with(&sitting, "digits: 4");
	type_good(&sitting, "predict slope");
	type_good(&sitting, "update");
	assert_contains(answer(&sitting), "changes a little: ? (4\n");
	answer_right(&sitting, 3);
	assert_contains(answer(&sitting), "More digits, please: 4 that count, or more.");
	assert_int_equal(sitting.context.tutor->tries, 0);
	type_good(&sitting, "answer 0.777");
	assert_int_equal(sitting.context.tutor->tries, 1);
	answer_right(&sitting, 4);
	assert_contains(answer(&sitting), "Right: ");
	sitting_end(&sitting);
}

/* A move over many updates ends at the first question on its way: of its first update, and where
 * all of that one's were answered, of the next. Where nothing is left to ask it goes through. */
static void no_move_is_long_enough_to_pass_a_question(void **state)
{
	static const char *const moves[] = {"update 7", "goto 5000", "train 50"};
	struct sitting sitting;
	(void)state;
	open_with(&sitting, "ask_rule: false");
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		type_good(&sitting, "predict off");
		type_good(&sitting, "goto 0");
		type_good(&sitting, "predict slope");
		type_good(&sitting, moves[i]);
		assert_true(asked_value(&sitting) > 0.0);
		assert_int_equal(stepper_updates(&sitting.session->stepper), 0);
	}
	while (sitting.context.tutor->open && stepper_updates(&sitting.session->stepper) == 0) {
		answer_right(&sitting, 9);
		type_good(&sitting, "update 7");
	}
	assert_true(asked_value(&sitting) > 0.0);
	assert_int_equal(stepper_updates(&sitting.session->stepper), 1);
	type_good(&sitting, "predict stage"); /* there is none */
	type_good(&sitting, "update 7");
	assert_null(sitting.context.tutor->open);
	assert_int_equal(stepper_updates(&sitting.session->stepper), 7);
	assert_true(stepper_at_commit(&sitting.session->stepper));
	sitting_end(&sitting);
}

/* A number that takes the place of one of its name is asked as new; a gate's rule is its own. */
static void questions_say_what_they_are_about(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson rmsprop-and-adam");
	type_good(&sitting, "predict memory");
	type_good(&sitting, "update");
	assert_contains(answer(&sitting), "v: its new value?");
	type_good(&sitting, "reveal");
	type_good(&sitting, "update");
	assert_contains(answer(&sitting), "d: ?");
	type_good(&sitting, "lesson graph-examples");
	type_good(&sitting, "predict sum");
	type_good(&sitting, "next");
	type_good(&sitting, "hint");
	assert_contains(answer(&sitting), "the rule: multiply gate");
	sitting_end(&sitting);
}

static void the_rule_is_asked_or_not(void **state)
{
	static const char *const quiz[] = {"ask_rule: true", "ask_rule: false"};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct sitting sitting;
		open_with(&sitting, quiz[i]);
		type_good(&sitting, "predict slope");
		type_good(&sitting, "update");
		answer_right(&sitting, 5);
		assert_int_equal(strstr(answer(&sitting), "Which rule was it?") != NULL, i == 0);
		sitting_end(&sitting);
	}
}

/* With a seed the questions have its numbers, the same each time; afterwards the lesson's own are
 * back, where the walk was. The check looks at the seed's numbers too. */
static void a_lesson_asks_on_a_seed(void **state)
{
	struct sitting sitting;
	struct quiz_check checks[N_SKILLS];
	(void)state;
	open_with(&sitting, "seed: 7, at: [w5, w1]");
	type_good(&sitting, "goto w5");
	type_good(&sitting, "where");
	char *place = strdup(answer(&sitting));
	type_good(&sitting, "predict slope");
	assert_contains(answer(&sitting), "numbers of seed 7");
	assert_true(sitting.session->has_fresh && sitting.session->fresh == 7);
	assert_int_equal(sitting.session->stepper.index, 0);
	type_good(&sitting, "update");
	double value = asked_value(&sitting);
	answer_right(&sitting, 5);
	type_good(&sitting, "update");
	/* three misses, a part of it between: the same with other numbers, after which those of the
	 * seed are back */
	while (sitting.context.tutor->n_again == 0)
		type_good(&sitting, "answer 0.777");
	for (int i = 0; i < 9 && !sitting.context.tutor->is_again; i++) {
		type_good(&sitting, "update");
		answer_right(&sitting, 5);
	}
	assert_true(sitting.context.tutor->is_again && sitting.session->fresh != 7);
	answer_right(&sitting, 5);
	assert_true(sitting.session->has_fresh && sitting.session->fresh == 7);
	type_good(&sitting, "predict off");
	assert_false(sitting.session->has_fresh);
	type_good(&sitting, "where");
	assert_string_equal(answer(&sitting), place);
	type_good(&sitting, "predict slope");
	type_good(&sitting, "update");
	assert_true(asked_value(&sitting) == value);
	type_good(&sitting, "predict off");
	assert_int_equal(quiz_check_lesson(sitting.session, checks, NULL), STATUS_OK);
	assert_true(sitting.session->has_fresh && sitting.session->fresh == 7);
	assert_int_equal(checks[SKILL_SLOPE].n_questions, 4);
	free(place);
	sitting_end(&sitting);
}

/* Every number that is drawn has so many decimals. */
static void variants_have_their_decimals(void **state)
{
	static const struct {
		const char *quiz;
		double parts;
	} cases[] = {{"seed: 3", 100.0},
		     {"seed: 3, variants: {decimals: 1}", 10.0},
		     {"seed: 3, variants: {decimals: 3}", 1000.0}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sitting sitting;
		bool has_finer = false;
		open_with(&sitting, cases[i].quiz);
		type_good(&sitting, "predict slope");
		const struct graph *graph = &sitting.session->built.model->graph;
		for (size_t p = 0; p < graph->n_params; p++) {
			double parts = graph->theta[p] * cases[i].parts;
			assert_true(fabs(parts - round(parts)) < 1e-9);
			has_finer |= fabs(parts / 10.0 - round(parts / 10.0)) > 0.01;
		}
		assert_true(has_finer);
		sitting_end(&sitting);
	}
}

/* A practice ends after as many in a row as the lesson says. */
static void a_practice_ends_when_the_lesson_says(void **state)
{
	(void)state;
	for (size_t until = 1; until <= 4; until++) {
		struct sitting sitting;
		char quiz[32];
		size_t n = 0;
		snprintf(quiz, sizeof quiz, "until: %zu, ask_rule: false", until);
		open_with(&sitting, quiz);
		type_good(&sitting, "quiz slope --seed 1");
		for (; n < 9 && sitting.context.tutor->open; n++)
			answer_right(&sitting, 5);
		assert_int_equal(n, until);
		assert_false(sitting.session->has_fresh);
		sitting_end(&sitting);
	}
}

static void views_are_closed_at_a_question(void **state)
{
	struct sitting sitting;
	(void)state;
	open_with(&sitting, "views: [map]");
	type_good(&sitting, "view slope");
	type_good(&sitting, "predict slope");
	type_good(&sitting, "update");
	assert_non_null(sitting.context.tutor->open);
	type_good(&sitting, "view map");
	assert_refused(&sitting, "view slope", "closed while a question is open");
	assert_refused(&sitting, "view table", "closed while a question is open");
	type_good(&sitting, "reveal");
	type_good(&sitting, "predict off");
	type_good(&sitting, "view slope");
	sitting_end(&sitting);
}

/* What the check says of words of a quiz that mean nothing. */
static void words_are_looked_up(void **state)
{
	struct sitting sitting;
	struct error_list errors = {0};
	struct strbuf text = {0};
	(void)state;
	open_with(&sitting, "views: [mapp]");
	assert_int_equal(command_check_views(sitting.session->lesson, &errors), STATUS_BAD_INPUT);
	assert_int_equal(errors.n_items, 1);
	error_print(&errors.items[0], &text);
	assert_contains(strbuf_str(&text), ":13:16: error: there is no view called 'mapp'");
	assert_contains(strbuf_str(&text), "'map'");
	strbuf_free(&text);
	error_list_free(&errors);
	errors = (struct error_list){0};
	sitting.session->lesson->quiz.views.n_items = 0;
	sitting.session->lesson->show.view = (struct source_text){"mapp", {13, 16}};
	assert_int_equal(command_check_views(sitting.session->lesson, &errors), STATUS_BAD_INPUT);
	assert_int_equal(errors.n_items, 1);
	error_list_free(&errors);
	sitting_end(&sitting);
}

/* Walks through an update; every question is answered, or given up. Returns how many there were,
 * and their parameters in their order. */
static size_t walk(struct sitting *sitting, bool knows, struct strbuf *params)
{
	size_t n = 0;
	strbuf_clear(params);
	for (; n < 40; n++) {
		type_good(sitting, "update");
		if (!sitting->context.tutor->open)
			break;
		const struct step *step = &sitting->context.tutor->open->board.question.step;
		strbuf_addf(params, "%s%s", n ? " " : "", step->param);
		if (knows)
			answer_right(sitting, 6);
		else
			type_good(sitting, "reveal");
	}
	return n;
}

/* One parameter of each layer is asked, w5 and w1; while somebody cannot do it, the others of the
 * layer too, until two are right in a row. Where the lesson names them, only those. */
static void others_are_asked_until_the_skill_is_there(void **state)
{
	struct sitting sitting;
	struct strbuf params = {0};
	size_t place;
	(void)state;
	open_with(&sitting, "ask_rule: false");
	type_good(&sitting, "predict 5");
	assert_int_equal(tutor_count(sitting.context.tutor, &place), 2);
	assert_int_equal(walk(&sitting, true, &params), 3);
	assert_string_equal(strbuf_str(&params), "w5 w6 w1");
	assert_int_equal(walk(&sitting, true, &params),
			 2); /* one can do it, and the level goes on */
	assert_string_equal(strbuf_str(&params), "w5 w1");
	sitting_end(&sitting);
	open_with(&sitting, "");
	type_good(&sitting, "predict 5");
	assert_int_equal(walk(&sitting, false, &params), 12);
	sitting_end(&sitting);
	open_with(&sitting, "at: [w7, w4]");
	type_good(&sitting, "predict 5");
	assert_int_equal(walk(&sitting, false, &params), 2);
	assert_string_equal(strbuf_str(&params), "w7 w4");
	strbuf_free(&params);
	sitting_end(&sitting);
}

/* Up after each kind of the level was right twice in a row; down after two that were not found;
 * said once; not beyond the last level that the lesson has. */
static void another_level_is_proposed(void **state)
{
	struct sitting sitting;
	struct strbuf params = {0};
	(void)state;
	open_with(&sitting, "ask_rule: false");
	type_good(&sitting, "predict 4");
	type_good(&sitting, "update");
	answer_right(&sitting, 6);
	assert_null(strstr(answer(&sitting), "One level up"));
	for (int i = 0; i < 9 && !strstr(answer(&sitting), "One level up"); i++) {
		type_good(&sitting, "update");
		answer_right(&sitting, 6);
	}
	assert_contains(answer(&sitting), "One level up, predict 5 asks: the\n");
	walk(&sitting, true, &params);
	assert_null(strstr(answer(&sitting), "level"));
	type_good(&sitting, "predict 5"); /* the last */
	type_good(&sitting, "progress forget");
	for (int i = 0; i < 2; i++) {
		walk(&sitting, true, &params);
		assert_null(strstr(answer(&sitting), "One level"));
	}
	type_good(&sitting, "predict 3");
	type_good(&sitting, "update");
	type_good(&sitting, "reveal");
	assert_null(strstr(answer(&sitting), "One level"));
	type_good(&sitting, "update");
	type_good(&sitting, "reveal");
	assert_contains(answer(&sitting), "One level down, predict 2 asks: the factors.");
	type_good(&sitting, "predict 1");
	assert_int_equal(tutor_level(sitting.context.tutor), LEVEL_KIND);
	for (int i = 0; i < 2; i++) {
		type_good(&sitting, "update");
		type_good(&sitting, "reveal");
	}
	assert_contains(answer(&sitting), "One level down, predict 0 asks: no step.");
	strbuf_free(&params);
	sitting_end(&sitting);
}

/* What suits the lesson is said as it is typed. */
static void predict_tells_what_suits_the_lesson(void **state)
{
	struct sitting sitting;
	(void)state;
	open_with(&sitting, "kinds: [slope, mean]");
	type_good(&sitting, "predict");
	assert_contains(answer(&sitting), "suits this lesson: predict slope mean\n");
	sitting_end(&sitting);
	open_with(&sitting, "level: 4");
	type_good(&sitting, "predict");
	assert_contains(answer(&sitting), "suits this lesson: predict 4\n");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(digits_are_asked_for),
	    cmocka_unit_test(no_move_is_long_enough_to_pass_a_question),
	    cmocka_unit_test(questions_say_what_they_are_about),
	    cmocka_unit_test(the_rule_is_asked_or_not),
	    cmocka_unit_test(a_lesson_asks_on_a_seed),
	    cmocka_unit_test(variants_have_their_decimals),
	    cmocka_unit_test(a_practice_ends_when_the_lesson_says),
	    cmocka_unit_test(views_are_closed_at_a_question),
	    cmocka_unit_test(words_are_looked_up),
	    cmocka_unit_test(others_are_asked_until_the_skill_is_there),
	    cmocka_unit_test(another_level_is_proposed),
	    cmocka_unit_test(predict_tells_what_suits_the_lesson),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
