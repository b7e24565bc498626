/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_move.c -- the commands that change the position: where they lead, what they refuse,
 * and that a refusal changes nothing. In sigmoid-2-2-2 an update has 128 steps: 8 forward, 3 loss,
 * 106 backward (w5..w8 5 each, w1..w4 13 each, B1 25, B2 9), 10 update, 1 commit. */
#include "sitting.h"

#include "backstep/session/breakpoint.h"
#include "temporary.h"

static uint64_t number(const struct sitting *sitting)
{
	return stepper_number(&sitting->session->stepper);
}

/* Types a line that leads to step wanted. */
static void leads_to(struct sitting *sitting, const char *line, uint64_t wanted)
{
	type_good(sitting, line);
	if (number(sitting) != wanted)
		print_error("'%s' led to %llu\n", line, (unsigned long long)number(sitting));
	assert_int_equal(number(sitting), wanted);
}

static size_t n_lines_with(const char *text, const char *start)
{
	size_t n = 0;
	for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n')
		n += strncmp(at, start, strlen(start)) == 0;
	return n;
}

static void next_and_back_count(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	leads_to(&sitting, "next", 1);
	assert_contains(answer(&sitting), "[1] forward · sum_n1\n");
	leads_to(&sitting, "next 12", 13);
	assert_int_equal(n_lines_with(answer(&sitting), "["), 12);
	assert_contains(answer(&sitting), "∂ŷ₁/∂sum_ŷ₁ = ŷ₁ (1 − ŷ₁)");
	leads_to(&sitting, "n", 14);
	leads_to(&sitting, "siguiente 2", 16);
	leads_to(&sitting, "back", 15);
	leads_to(&sitting, "back 5", 10);
	assert_int_equal(n_lines_with(answer(&sitting), "["), 1);
	leads_to(&sitting, "atrás 1", 9);
	/* further back than there is leads to the start, and there is nothing before it */
	leads_to(&sitting, "back 1000000", 0);
	assert_contains(answer(&sitting), "[0] start");
	assert_refused(&sitting, "back", "this is the start");
	assert_refused(&sitting, "back 3", "this is the start");
	leads_to(&sitting, "next 200", 200);
	leads_to(&sitting, "back 200", 0);
	sitting_end(&sitting);
}

static void counts_are_read_strictly(void **state)
{
	static const char *const verbs[] = {"next", "back", "update", "epoch"};
	static const char *const counts[][2] = {
	    {"0", "whole number from 1 to"}, {"-1", "whole number"},
	    {"1.5", "whole number"},         {"1e3", "whole number"},
	    {"x", "whole number"},           {"1 2", "whole number"},
	    {"1000001", "whole number"},     {"99999999999999999999999", "whole number"},
	    {"0x10", "whole number"},        {"+3", "whole number"},
	};
	struct sitting sitting;
	char line[64];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "next 20");
	for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++) {
		for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
			snprintf(line, sizeof line, "%s %s", verbs[v], counts[i][0]);
			assert_refused(&sitting, line, counts[i][1]);
		}
	}
	sitting_end(&sitting);
}

static void commands_without_arguments_take_none(void **state)
{
	static const char *const lines[] = {"chain 2", "phase loss", "restart now", "check all",
					    "quit please"};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "next 20");
	type_good(&sitting, "break w1");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_refused(&sitting, lines[i], "this command takes no");
	assert_false(sitting.session->quit);
	sitting_end(&sitting);
}

static void chains_and_phases_have_ends(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	leads_to(&sitting, "phase", 8);
	leads_to(&sitting, "phase", 11);
	leads_to(&sitting, "chain", 16);
	assert_contains(answer(&sitting), "∂E/∂w₅ = ∂E₁/∂w₅ = 0.0802031");
	leads_to(&sitting, "next 2", 18);
	leads_to(&sitting, "chain", 21);
	leads_to(&sitting, "chain", 26);
	leads_to(&sitting, "chain", 31);
	leads_to(&sitting, "chain", 44);
	leads_to(&sitting, "phase", 117);
	/* after the last chain each step stands for itself */
	leads_to(&sitting, "chain", 118);
	leads_to(&sitting, "phase", 128);
	assert_contains(answer(&sitting), "[128] update · commit\n");
	/* after the commit is before the next update */
	leads_to(&sitting, "phase", 136);
	leads_to(&sitting, "update", 256);
	leads_to(&sitting, "chain", 256 + 16);
	sitting_end(&sitting);
}

static void the_way_back_stops_where_chains_and_phases_begin(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	leads_to(&sitting, "goto 120", 120);
	/* to before the first step of the update phase, of the last chain, and so on */
	leads_to(&sitting, "back phase", 117);
	leads_to(&sitting, "back chain", 108);
	leads_to(&sitting, "back chain", 83);
	leads_to(&sitting, "goto 18", 18);
	leads_to(&sitting, "back chain", 16);
	leads_to(&sitting, "back chain", 11);
	leads_to(&sitting, "back phase", 8);
	leads_to(&sitting, "back phase", 0);
	assert_refused(&sitting, "back phase", "this is the start");
	assert_refused(&sitting, "back chain", "this is the start");
	assert_refused(&sitting, "back chains", "whole number");
	/* over the border between two updates */
	leads_to(&sitting, "goto 130", 130);
	leads_to(&sitting, "back phase", 128);
	assert_contains(answer(&sitting), "commit");
	leads_to(&sitting, "back phase", 117);
	sitting_end(&sitting);
}

static void updates_and_epochs_count(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	leads_to(&sitting, "next 30", 30);
	leads_to(&sitting, "update", 128);
	leads_to(&sitting, "update 3", 4 * 128);
	leads_to(&sitting, "epoch 2", 6 * 128);
	assert_int_equal(n_lines_with(answer(&sitting), "["), 1);
	sitting_end(&sitting);

	/* four rows, one a batch, 7 steps each: z, y, eps, w1, w2, b, commit */
	sitting_open(&sitting, "or-perceptron");
	leads_to(&sitting, "epoch", 28);
	assert_contains(answer(&sitting), "row 4");
	leads_to(&sitting, "next", 29);
	leads_to(&sitting, "update", 35);
	leads_to(&sitting, "epoch", 56);
	leads_to(&sitting, "update 2", 70);
	leads_to(&sitting, "epoch 2", 112);
	leads_to(&sitting, "back 111", 1);
	leads_to(&sitting, "epoch", 28);
	sitting_end(&sitting);

	/* four rows in one batch: an update is an epoch */
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "epoch 3");
	assert_int_equal(sitting.session->step.update, 3);
	sitting_end(&sitting);
}

static void goto_finds_places(void **state)
{
	static const struct {
		const char *line;
		uint64_t number;
	} rows[] = {
	    {"goto 1", 1},
	    {"goto w5", 12},
	    {"goto w1", 32},
	    {"goto B2", 109},
	    {"goto forward", 1},
	    {"goto loss", 9},
	    {"goto E", 11},
	    {"goto backward", 12},
	    {"goto update", 118},
	    {"goto commit", 128},
	    {"goto n2", 4},
	    {"goto sum_y1", 5},
	    {"ir 300", 300},
	    {"goto w5", 268},
	    {"goto 128", 128},
	    {"goto 129", 129},
	    {"goto y1", 134},
	    {"goto commit", 256},
	    {"goto 256", 256},
	    {"goto 0", 0},
	    {"goto commit", 128},
	    {"goto 000", 0},
	    /* the phases in Spanish, as its titles have them or as one types them */
	    {"goto propagación", 1},
	    {"goto pérdida", 9},
	    {"goto perdida", 9},
	    {"ir hacia atrás", 12},
	    {"ir retropropagación", 12},
	    {"goto retropropagacion", 12},
	    {"goto actualización", 118},
	    {"goto relevo", 128},
	    {"goto hacia adelante", 1},
	    {"goto hacia delante", 1},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		leads_to(&sitting, rows[i].line, rows[i].number);
	type_good(&sitting, "break retropropagación");
	type_good(&sitting, "goto 0");
	leads_to(&sitting, "continue", 12);
	sitting_end(&sitting);
}

static void goto_refuses_what_is_no_place(void **state)
{
	static const char *const rows[][2] = {
	    {"goto", "give a step's number"},
	    {"goto w9", "there is no step called 'w9'; did you mean 'w5'?"},
	    {"goto bakward", "did you mean 'backward'?"},
	    {"goto x1", "there is no step called 'x1'"},
	    {"goto t1", "there is no step called 't1'"},
	    {"goto -3", "there is no step called '-3'"},
	    {"goto 3.5", "there is no step called '3.5'"},
	    {"goto w5 w6", "there is no step called 'w5 w6'"},
	    {"goto 99999999999999999999999999", "whole number"},
	    {"goto 999999999999", "more than 1000000 updates away"},
	    {"goto \033[2J", "there is no step called '\\u{001B}[2J'"},
	};
	struct sitting sitting;
	char path[TEMPORARY_PATH];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 200");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i][0], rows[i][1]);
	sitting_end(&sitting);

	/* a rule that learns from the error has no backward phase */
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "goto 8");
	assert_refused(&sitting, "goto backward", "there is no backward phase");
	assert_refused(&sitting, "goto hacia atrás", "there is no backward phase");
	sitting_end(&sitting);

	/* without a loss there is none to walk through, but with a penalty there is */
	sitting_open(&sitting, "gate-patterns");
	assert_refused(&sitting, "goto loss", "there is no loss phase");
	type_good(&sitting, "set l2 0.1");
	type_good(&sitting, "goto loss");
	assert_contains(answer(&sitting), "[5] loss · l2 · R2\n");
	sitting_end(&sitting);

	temporary_lesson(path, lesson_line);
	sitting_open(&sitting, path);
	type_good(&sitting, "goto w");
	assert_refused(&sitting, "goto b", "b is not trained: it has no steps");
	sitting_end(&sitting);
}

static void goto_stays_with_the_row(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "goto 12");
	assert_int_equal(sitting.session->step.example, 2);
	type_good(&sitting, "goto y");
	assert_int_equal(sitting.session->step.example, 2);
	sitting_end(&sitting);
}

static void restart_keeps_the_settings(void **state)
{
	struct sitting sitting;
	struct moment before, after;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rate 0.25");
	type_good(&sitting, "set digits 9");
	type_good(&sitting, "break w1");
	moment_take(&sitting, &before);
	type_good(&sitting, "update 5");
	type_good(&sitting, "next 7");
	leads_to(&sitting, "restart", 0);
	assert_contains(answer(&sitting), "[0] start");
	journal_set_done(&sitting.session->journal, 4); /* the opening, set, set, break */
	moment_take(&sitting, &after);
	assert_same_moment(&after, &before);
	/* w5' = 0.5 - 0.25 * 0.0802031 */
	type_good(&sitting, "goto commit");
	type_good(&sitting, "expect w5 = 0.479949219");
	moment_free(&before);
	moment_free(&after);
	sitting_end(&sitting);
}

/* Also what was set on the way, where the start had other settings. */
static void restart_takes_the_settings_along(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "update 2");
	type_good(&sitting, "set rate 0.25");
	type_good(&sitting, "restart");
	type_good(&sitting, "set rate");
	assert_string_equal(answer(&sitting), "rate 0.25\n");
	type_good(&sitting, "update");
	type_good(&sitting, "expect w5 = 0.479949219");
	sitting_end(&sitting);
}

static void a_rate_holds_from_where_it_was_set(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "update");
	type_good(&sitting, "expect w5 = 0.451878125");
	type_good(&sitting, "set rate 0.1");
	type_good(&sitting, "back");
	type_good(&sitting, "expect w5 = 0.451878125");
	type_good(&sitting, "goto B2");
	assert_int_equal(sitting.session->step.update, 1);
	type_good(&sitting, "set");
	assert_contains(answer(&sitting), "rate      0.6");
	type_good(&sitting, "update 2");
	type_good(&sitting, "set rate");
	assert_string_equal(answer(&sitting), "rate 0.1\n");
	sitting_end(&sitting);
}

static void breakpoints_stop_the_walk(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	assert_refused(&sitting, "continue", "there are no breakpoints; set one with: break w5");
	type_good(&sitting, "break");
	assert_string_equal(answer(&sitting), "no breakpoints\n");
	type_good(&sitting, "break w1");
	assert_string_equal(answer(&sitting), "breakpoint 1: w1\n");
	type_good(&sitting, "break update");
	type_good(&sitting, "break");
	assert_string_equal(answer(&sitting), "1  w1\n2  update\n");
	leads_to(&sitting, "continue", 32);
	leads_to(&sitting, "c", 118);
	leads_to(&sitting, "continue", 128 + 32);
	type_good(&sitting, "break update");
	assert_string_equal(answer(&sitting), "no breakpoint at update any more\n");
	leads_to(&sitting, "continue", 256 + 32);
	/* right after a commit too, none is passed over */
	leads_to(&sitting, "update", 384);
	leads_to(&sitting, "continue", 384 + 32);
	type_good(&sitting, "break forward");
	leads_to(&sitting, "continue", 512 + 1);
	leads_to(&sitting, "back", 512);
	leads_to(&sitting, "continue", 512 + 1);
	sitting_end(&sitting);
}

/* w6 is at 17 of each update of 128 steps, w1 at 32. */
static void breakpoints_are_counted_and_gone_back_to(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	assert_refused(&sitting, "back break", "there are no breakpoints; set one with: break w5");
	type_good(&sitting, "break w6");
	type_good(&sitting, "break w1");
	leads_to(&sitting, "continue 2", 32);
	leads_to(&sitting, "back break", 17);
	assert_refused(&sitting, "back break", "no breakpoint lies before this step");
	leads_to(&sitting, "continue 3", 128 + 32);
	leads_to(&sitting, "goto 140", 140);
	leads_to(&sitting, "back break", 32);
	/* at a commit, and right before the first step of an update */
	leads_to(&sitting, "goto 256", 256);
	leads_to(&sitting, "back break", 128 + 32);
	type_good(&sitting, "goto 256");
	type_good(&sitting, "set rate 0.25");
	leads_to(&sitting, "back break", 128 + 32);
	leads_to(&sitting, "c 5", 512 + 17);
	sitting_end(&sitting);
}

static void breakpoints_are_places_of_an_update(void **state)
{
	static const char *const bad[] = {"break y9", "break w9", "break 12", "break w5 w6",
					  "break commit"};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_refused(&sitting, bad[i], "is no parameter, value or phase");
	type_good(&sitting, "break y1");
	type_good(&sitting, "break dE/dw5");
	leads_to(&sitting, "continue", 6);
	leads_to(&sitting, "continue", 16);
	leads_to(&sitting, "continue", 128 + 6);
	sitting_end(&sitting);

	/* never met: nothing moves */
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "break backward");
	type_good(&sitting, "next 3");
	assert_refused(&sitting, "continue", "no breakpoint lies on the way");
	type_good(&sitting, "break loss");
	leads_to(&sitting, "continue", 7 + 3);
	sitting_end(&sitting);
}

/* 32 names of parameters and phases do not exist in a shipped lesson. */
static void there_is_room_for_32_breakpoints(void **state)
{
	struct sitting sitting;
	struct error err = {0};
	bool set = true;
	size_t number;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	sitting.session->n_breaks = SESSION_MAX_BREAKS;
	assert_int_equal(breakpoint_toggle(sitting.session, "w1", &set, &number, &err),
			 STATUS_BAD_INPUT);
	assert_contains(err.message, "at most 32");
	sitting.session->n_breaks = 0;
	sitting_end(&sitting);
}

/* What a full screen asks for: only where the move ended, nothing in between is made. */
static void moves_can_be_silent(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	sitting.context.reports_steps = false;
	leads_to(&sitting, "next 5", 5);
	assert_string_equal(answer(&sitting), "");
	assert_string_equal(sitting.session->step.name, "sum_y1");
	leads_to(&sitting, "phase", 8);
	leads_to(&sitting, "phase", 11);
	leads_to(&sitting, "chain", 16);
	leads_to(&sitting, "update", 128);
	assert_string_equal(answer(&sitting), "");
	assert_string_equal(sitting.session->step.place.class->name, "commit");
	sitting_end(&sitting);
}

/* Forwards what was reached stays: n steps ask n - 1 times, each time after one; many updates ask
 * after every 64, which are made at once. */
static void long_moves_can_be_interrupted(void **state)
{
	static const struct {
		const char *line;
		uint64_t number;
	} rows[] = {
	    {"next 100", 3},
	    {"update 1000", 192 * 128},
	    {"epoch 1000", 384 * 128},
	    {"phase", 384 * 128 + 3},
	};
	struct sitting sitting;
	enum status status;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		type_stopped(&sitting, rows[k].line, 3, &status);
		assert_int_equal(status, STATUS_INTERRUPTED);
		assert_string_equal(complaint(&sitting), "error: interrupted\n");
		assert_int_equal(number(&sitting), rows[k].number);
	}
	assert_int_equal(type_stopped(&sitting, "next 3", 0, &status), 2);
	assert_int_equal(number(&sitting), 384 * 128 + 6);
	sitting_end(&sitting);
}

/* xor-relu-learn with rate 2 blows up: the walk stops at the guilty step, and can go back. */
static void a_walk_stops_where_the_numbers_end(void **state)
{
	struct sitting sitting;
	struct moment before, after;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "set rate 2");
	assert_int_equal(type(&sitting, "epoch 100000"), STATUS_NUMERIC);
	assert_contains(complaint(&sitting), "the walk stops here; go back");
	assert_contains(answer(&sitting), "(not a finite number)");
	assert_false(sitting.session->step.finite);
	moment_take(&sitting, &before);
	assert_int_equal(type(&sitting, "next"), STATUS_NUMERIC);
	assert_int_equal(type(&sitting, "update 3"), STATUS_NUMERIC);
	moment_take(&sitting, &after);
	assert_same_moment(&after, &before);
	type_good(&sitting, "back");
	assert_true(sitting.session->step.finite);
	moment_free(&before);
	moment_free(&after);
	sitting_end(&sitting);
}

static size_t n_notes(const struct sitting *sitting, const char *start)
{
	return n_lines_with(answer(sitting), start);
}

static void notes_are_told_once_in_an_update(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "phase");
	assert_int_equal(n_notes(&sitting, "     > The same layers"), 1);
	assert_int_equal(n_notes(&sitting, "     > At the start z₂"), 1);
	type_good(&sitting, "back 3");
	assert_int_equal(n_notes(&sitting, "     >"), 0);
	/* a jump tells them again, and so does the next update */
	type_good(&sitting, "goto z2");
	assert_int_equal(n_notes(&sitting, "     > At the start z₂"), 1);
	type_good(&sitting, "update");
	type_good(&sitting, "next");
	assert_int_equal(n_notes(&sitting, "     > The same layers"), 1);
	sitting_end(&sitting);

	/* the phase's note comes first; a parameter's is about its chain, not about its update */
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto w5");
	assert_true(strstr(answer(&sitting), "The question is always") <
		    strstr(answer(&sitting), "Three factors"));
	type_good(&sitting, "goto update");
	assert_contains(answer(&sitting), "New weight = old weight");
	assert_null(strstr(answer(&sitting), "Three factors"));
	type_good(&sitting, "set language es");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "Peso nuevo");
	sitting_end(&sitting);
}

/* As word processors and web pages have them: no-break, narrow no-break, figure, wide. What nobody
 * sees is named. */
static void what_looks_like_a_blank_is_one(void **state)
{
	static const char *const blanks[] = {"\u00A0", "\u202F", "\u2007", "\u3000"};
	struct sitting sitting;
	char line[64];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
		snprintf(line, sizeof line, "%snext%s2%s", blanks[i], blanks[i], blanks[i]);
		type_good(&sitting, line);
		assert_int_equal(sitting.session->stepper.index, 2 * (i + 1));
		snprintf(line, sizeof line, "expect n1 =%s0.601088", blanks[i]);
		type_good(&sitting, line);
		snprintf(line, sizeof line, "%s# aside", blanks[i]);
		type_good(&sitting, line);
	}
	assert_refused(&sitting, "next\u200B2", "the character \\u{200B} is not allowed here");
	assert_refused(&sitting, "ex\u2060pect n1 = 1", "\\u{2060}");
	assert_refused(&sitting, "nxet\uFEFF", "\\u{FEFF}");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(next_and_back_count),
	    cmocka_unit_test(counts_are_read_strictly),
	    cmocka_unit_test(what_looks_like_a_blank_is_one),
	    cmocka_unit_test(commands_without_arguments_take_none),
	    cmocka_unit_test(chains_and_phases_have_ends),
	    cmocka_unit_test(the_way_back_stops_where_chains_and_phases_begin),
	    cmocka_unit_test(updates_and_epochs_count),
	    cmocka_unit_test(goto_finds_places),
	    cmocka_unit_test(goto_refuses_what_is_no_place),
	    cmocka_unit_test(goto_stays_with_the_row),
	    cmocka_unit_test(restart_keeps_the_settings),
	    cmocka_unit_test(restart_takes_the_settings_along),
	    cmocka_unit_test(a_rate_holds_from_where_it_was_set),
	    cmocka_unit_test(breakpoints_stop_the_walk),
	    cmocka_unit_test(breakpoints_are_counted_and_gone_back_to),
	    cmocka_unit_test(breakpoints_are_places_of_an_update),
	    cmocka_unit_test(there_is_room_for_32_breakpoints),
	    cmocka_unit_test(moves_can_be_silent),
	    cmocka_unit_test(long_moves_can_be_interrupted),
	    cmocka_unit_test(a_walk_stops_where_the_numbers_end),
	    cmocka_unit_test(notes_are_told_once_in_an_update),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
