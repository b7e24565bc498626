/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_session_rounding.c -- the example done by hand: against tests/reference/rounding.txt, which
 * another program made; its way back; what it refuses; every optimizer. */
#include "sitting.h"
#include "temporary.h"

#include "backstep/session/rounding.h"

/* The numbers of a line of the reference. */
static const char *const names[] = {"E",   "y1",  "y2",  "dE/dw1", "dE/dB1", "w1'", "w2'", "w3'",
				    "w4'", "w5'", "w6'", "w7'",    "w8'",    "B1'", "B2'"};
enum { N_NAMES = sizeof names / sizeof *names };

static double by_hand(const struct sitting *sitting, const char *name)
{
	struct ref ref;
	const struct replay_number *number = NULL;
	if (!ref_parse(&sitting->session->stepper, NULL, name, &ref, NULL))
		number = rounding_find(sitting->session, &ref);
	if (!number)
		fail_msg("nothing is called %s", name);
	return number->other.value;
}

/* A row of the reference, in the sitting's current update. */
static void check_row(struct sitting *sitting, char *numbers)
{
	for (size_t k = 0; k < N_NAMES; k++) {
		double wanted = strtod(numbers, &numbers), got = by_hand(sitting, names[k]);
		if (got != wanted)
			fail_msg("%s: %.17g instead of %.17g", names[k], got, wanted);
	}
}

static void it_is_what_another_program_computes(void **state)
{
	char text[2048], optimizer[32], mode[32];
	size_t n = 0;
	(void)state;
	FILE *file = fopen(BACKSTEP_SOURCE_DIR "/tests/reference/rounding.txt", "r");
	assert_non_null(file);
	for (; fgets(text, sizeof text, file); n++) {
		struct sitting sitting;
		char line[80];
		int places, update, used;
		assert_int_equal(
		    sscanf(text, "%31s %31s %d %d %n", optimizer, mode, &places, &update, &used),
		    4);
		sitting_open(&sitting, "sigmoid-2-2-2");
		if (strcmp(optimizer, "gd") != 0)
			type_good(&sitting, "set optimizer momentum");
		snprintf(line, sizeof line, "set rounding %d %s", places, mode);
		type_good(&sitting, line);
		snprintf(line, sizeof line, "update %d", update);
		type_good(&sitting, line);
		check_row(&sitting, text + used);
		sitting_end(&sitting);
	}
	fclose(file);
	assert_int_equal(n, 54);
}

/* With 2 decimals, by hand: sum_n1 = 0.41, n1 = 0.60, sum_n2 = 0.47, n2 = 0.62, sum_y1 = 0.6 0.5 +
 * 0.62 0.6 + 0.35 = 1.022 is 1.02, y1 = 0.73, dE1/dy1 = 0.68, its slope 0.73 0.27 = 0.1971 is
 * 0.20, dE/dw5 = 0.68 0.2 0.6 = 0.0816 is 0.08, and w5 = 0.5 - 0.6 0.08 = 0.452 is 0.45. */
static void steps_say_both_numbers(void **state)
{
	static const struct {
		const char *line, *said;
	} rows[] = {
	    {"goto n1", "by hand with 2 decimals: 0.60"},
	    {"goto sum_y1", "by hand with 2 decimals: 1.02"},
	    {"goto E1", "by hand with 2 decimals: 0.23"},
	    {"goto 13", "by hand with 2 decimals: 0.20"},
	    {"goto 15", "by hand with 2 decimals: 0.08"},
	    {"goto update", "by hand with 2 decimals: 0.45"},
	    {"goto 20", "by hand with 2 decimals: 0.08"},
	    {"set rounding 1 cut", ""},
	    /* 0.47 is cut to 0.4, and its sigmoid 0.598 to 0.5 */
	    {"goto n2", "by hand with 1 decimal: 0.5"},
	    {"set rounding 0", ""},
	    {"goto y1", "by hand with 0 decimals: 1"},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rounding 2");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		type_good(&sitting, rows[i].line);
		assert_contains(answer(&sitting), rows[i].said);
	}
	type_good(&sitting, "set rounding off");
	type_good(&sitting, "next");
	assert_null(strstr(answer(&sitting), "by hand"));
	sitting_end(&sitting);
}

/* Collects what is said at each step of three updates, walked forwards. */
static void record(struct sitting *sitting, struct strbuf *out, const char *move, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		double value = 0.0;
		type_good(sitting, move);
		bool known = rounding_step_value(sitting->session, &value);
		strbuf_addf(out, "%llu %d %.17g;",
			    (unsigned long long)stepper_number(&sitting->session->stepper), known,
			    value);
	}
}

static void the_way_back_is_exact(void **state)
{
	enum { STEPS = 300 };
	struct sitting sitting;
	struct strbuf there = {0}, again = {0}, back = {0};
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rounding 3 cut");
	record(&sitting, &there, "next", STEPS);
	double w1 = by_hand(&sitting, "w1");
	record(&sitting, &back, "back", STEPS - 1);
	record(&sitting, &back, "restart", 1);
	record(&sitting, &again, "next", STEPS);
	assert_string_equal(strbuf_str(&again), strbuf_str(&there));
	/* in one jump, and when it is switched on only there */
	type_good(&sitting, "set rounding off");
	type_good(&sitting, "restart");
	type_good(&sitting, "goto 300");
	type_good(&sitting, "set rounding 3 cut");
	assert_true(by_hand(&sitting, "w1") == w1);
	assert_int_equal(stepper_number(&sitting.session->stepper), 300);
	strbuf_free(&there);
	strbuf_free(&again);
	strbuf_free(&back);
	sitting_end(&sitting);
}

/* The walk itself must not notice. */
static void the_exact_run_is_untouched(void **state)
{
	static const char *const moves[] = {"next 5", "update 3",         "back 40", "set rate 0.1",
					    "next",   "update 2",         "goto w1", "restart",
					    "epoch",  "set chain deltas", "goto 70", "back"};
	struct sitting plain, rounded;
	struct moment a, b;
	(void)state;
	sitting_open(&plain, "sigmoid-2-2-2");
	sitting_open(&rounded, "sigmoid-2-2-2");
	type_good(&rounded, "set rounding 2");
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		type_good(&plain, moves[i]);
		type_good(&rounded, moves[i]);
		moment_take(&plain, &a);
		moment_take(&rounded, &b);
		assert_true(trainer_state_equal(a.state, b.state));
		assert_true(a.n_updates == b.n_updates && a.index == b.index);
		moment_free(&a);
		moment_free(&b);
	}
	sitting_end(&plain);
	sitting_end(&rounded);
}

/* A setting that changes on the way changes the hand-made run from there on, not before. */
static void settings_count_from_where_they_change(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set rounding 4");
	type_good(&sitting, "update 2");
	double old = by_hand(&sitting, "w5'"), before = by_hand(&sitting, "w5");
	type_good(&sitting, "back 5");
	type_good(&sitting, "set rate 0.3");
	type_good(&sitting, "update");
	assert_true(by_hand(&sitting, "w5") == before);
	/* half the rate, half the way: to the 4 decimals that are kept */
	assert_near(by_hand(&sitting, "w5'"), (before + old) / 2, 1e-4);
	sitting_end(&sitting);
}

/* The hand-made parameters are the exact ones to a few digits less than are kept. */
static void assert_followed(const struct sitting *sitting)
{
	const struct stepper *stepper = &sitting->session->stepper;
	for (size_t k = 0; k < stepper->plan.n_order; k++) {
		size_t param = stepper->plan.order[k];
		char label[LABEL_TEXT], name[LABEL_TEXT + 1];
		model_param_name(stepper->plan.model, param, label);
		snprintf(name, sizeof name, "%s'", label);
		assert_near(by_hand(sitting, name), trainer_next(&stepper->trainer)[param], 1e-6);
	}
}

/* Every form of an optimizer, by paths and by deltas. */
static void follow_forms(const char *lesson, const struct optimizer_class *class)
{
	static const char *const chains[] = {"set chain paths", "set chain deltas"};
	struct sitting sitting;
	char line[100];
	sitting_open(&sitting, lesson);
	snprintf(line, sizeof line, "set optimizer %s", class->name);
	bool fits = type(&sitting, line) == STATUS_OK;
	for (size_t f = 0; fits && f < 2 * class->n_forms; f++) {
		snprintf(line, sizeof line, "set rule %s", class->forms[f / 2].name);
		type_good(&sitting, line);
		type_good(&sitting, chains[f % 2]);
		type_good(&sitting, "restart");
		type_good(&sitting, "set rounding 12");
		type_good(&sitting, "update 3");
		assert_followed(&sitting);
	}
	sitting_end(&sitting);
}

/* With 12 places the hand-made run is the exact one, whatever the optimizer: no number of a rule
 * is taken for another. (Not in xor-relu: there the adaptive ones divide by what rounds to 0.) */
static void every_optimizer_is_followed(void **state)
{
	(void)state;
	for (size_t i = 0; optimizer_registry[i]; i++) {
		follow_forms("or-perceptron", optimizer_registry[i]);
		follow_forms("sigmoid-2-2-2", optimizer_registry[i]);
		follow_forms("xor-relu-learn", optimizer_registry[i]);
	}
}

/* The same of residual blocks, masks that are drawn, and what a batch is normalised by. */
static void layers_of_every_kind_are_followed(void **state)
{
	static const char *const lessons[] = {"residual-block", "dropout", "batch-normalisation"};
	static const char *const chains[] = {"paths", "deltas"};
	struct sitting sitting;
	char line[40];
	(void)state;
	for (size_t i = 0; i < 6; i++) {
		sitting_open(&sitting, lessons[i / 2]);
		snprintf(line, sizeof line, "set chain %s", chains[i % 2]);
		if (type(&sitting, line) == STATUS_OK) { /* batches have no paths */
			type_good(&sitting, "set optimizer nesterov");
			type_good(&sitting, "set rounding 12");
			type_good(&sitting, "update 3");
			assert_followed(&sitting);
		}
		sitting_end(&sitting);
	}
}

/* With 2 decimals, cut, z = 1, 7, 7, 9: mu = 6 and var = 9; hat_z = -5/3, 1/3, 1/3, 1 - 5.6e-10 are
 * cut to -1.66, 0.33, 0.33, 0.99. y = 1.5 hat_z + 0.5 = -1.99, 0.99, 0.99, 1.98 (from 0.995 and
 * 1.985); E = (t - y)^2 / 2 = 0.49, 0.12, 0.49, 0.11, and J = 1.21/4 is cut to 0.30. dJ/dy = (y -
 * t)/4 = -0.24 (from -0.2475), 0.12, 0.24, 0.12: they add up to 0.24 = dJ/dbeta; times hat_z they
 * are 0.3984 + 0.0396 + 0.0792 + 0.1188 = 0.636, which is cut to 0.63 = dJ/dgamma. With rate 0.5
 * beta becomes 0.38 and gamma 1.185, cut to 1.18. The running statistics: 0.1 * 6 and 0.9 * 1 + 0.1
 * * 4/3 * 9. */
static void a_batch_is_normalised_by_hand(void **state)
{
	static const struct {
		const char *name;
		double value;
	} rows[] = {
	    {"mu_z", 6.0},       {"var_z", 9.0},      {"hat_z(1)", -1.66}, {"hat_z(4)", 0.99},
	    {"y(1)", -1.99},     {"y(4)", 1.98},      {"E(2)", 0.12},      {"J", 0.30},
	    {"dJ/dE(3)", 0.25},  {"dJ/dy(1)", -0.24}, {"dJ/dy(4)", 0.12},  {"dJ/dbeta", 0.24},
	    {"dJ/dgamma", 0.63}, {"beta'", 0.38},     {"gamma'", 1.18},    {"run_mu_z", 0.0},
	    {"run_mu_z'", 0.60}, {"run_var_z", 1.0},  {"run_var_z'", 2.1},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "batch-normalisation");
	type_good(&sitting, "set rounding 2 cut");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (by_hand(&sitting, rows[i].name) != rows[i].value)
			fail_msg("%s is %.17g", rows[i].name, by_hand(&sitting, rows[i].name));
	type_good(&sitting, "goto y");
	assert_contains(answer(&sitting), "by hand with 2 decimals: −1.99");
	type_good(&sitting, "update 2");
	type_good(&sitting, "back");
	assert_contains(answer(&sitting), "by hand with 2 decimals");
	assert_true(by_hand(&sitting, "run_mu_z") == 0.6);
	assert_true(by_hand(&sitting, "run_var_z") == 2.1);
	assert_true(by_hand(&sitting, "gamma") == 1.18);
	sitting_end(&sitting);
}

/* The seed drops some of four units; what is kept counts double: d = 2 h. Masks are numbers that
 * figures can name, and no rounding touches them. */
static void dropped_units_stay_dropped(void **state)
{
	struct sitting sitting;
	char name[8];
	(void)state;
	sitting_open(&sitting, "dropout");
	type_good(&sitting, "set rounding 1 cut");
	for (int update = 0; update < 3; update++) {
		for (int unit = 1; unit <= 4; unit++) {
			snprintf(name, sizeof name, "m%d", unit);
			double mask = by_hand(&sitting, name);
			snprintf(name, sizeof name, "h%d", unit);
			double h = by_hand(&sitting, name);
			snprintf(name, sizeof name, "d%d", unit);
			assert_true(mask == 0.0 || mask == 1.0);
			assert_near(by_hand(&sitting, name), 2.0 * mask * h, 1e-12);
		}
		type_good(&sitting, "update");
		type_good(&sitting, "next");
	}
	sitting_end(&sitting);
}

static void the_table_shows_both_runs(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "show rounding");
	assert_contains(answer(&sitting), "rounding is off");
	type_good(&sitting, "set rounding 2");
	type_good(&sitting, "update");
	type_good(&sitting, "show rounding");
	assert_contains(answer(&sitting), "by hand with 2 decimals (half-up), update 1\n");
	assert_contains(answer(&sitting), "  w5          0.451878     0.45         −0.00187813\n");
	assert_contains(answer(&sitting), "  E           0.24909      0.24         −0.00908954\n");
	type_good(&sitting, "next");
	type_good(&sitting, "show rounding");
	assert_contains(answer(&sitting), "  E           ·\n");
	type_good(&sitting, "update 1000");
	type_good(&sitting, "show rounding");
	assert_contains(answer(&sitting), "nothing is done by hand after update 1000\n");
	sitting_end(&sitting);
}

static void what_cannot_be_done_is_refused(void **state)
{
	static const struct {
		const char *line, *said;
	} rows[] = {
	    {"set rounding two", "rounding cannot be 'two'; off, or digits"},
	    {"set rounding 2 down", "rounding cannot be '2 down'"},
	    {"set rounding 13", "rounding cannot be '13'"},
	    {"set rounding -1", "rounding cannot be '-1'"},
	    {"set rounding 2 cut off", "rounding cannot be '2 cut off'"},
	};
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i].line, rows[i].said);
	temporary_deep_lesson(path);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	type_good(&sitting, "set rounding 2"); /* by deltas it is short enough */
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "by hand with 2 decimals: 0.30");
	sitting_end(&sitting);
}

/* A batch of 5 inputs by 600 rows has more numbers than are done by hand; a sum of 20 terms is
 * shown with an ellipsis. */
static void large_networks_are_refused(void **state)
{
	struct strbuf text = {0};
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	(void)state;
	sitting_begin(&sitting);
	for (size_t n_inputs = 1; n_inputs <= 20; n_inputs += 19) {
		size_t n_rows = n_inputs == 1 ? 900 : 1;
		strbuf_clear(&text);
		strbuf_add(&text, "network: {inputs: [");
		for (size_t i = 0; i < n_inputs; i++)
			strbuf_addf(&text, "%sx%zu", i ? ", " : "", i);
		strbuf_add(&text, "], layers: [{units: [y], weights: [[");
		for (size_t i = 0; i < n_inputs; i++)
			strbuf_addf(&text, "%sw%zu=0.1", i ? ", " : "", i);
		strbuf_add(&text, "]]}]}\nloss: {kind: half-squared-error}\ndata:\n");
		for (size_t r = 0; r < n_rows; r++) {
			strbuf_add(&text, "  - {x: [1");
			strbuf_repeat(&text, ", 1", n_inputs - 1);
			strbuf_add(&text, "], target: [1]}\n");
		}
		strbuf_add(&text, "training: {optimizer: gd, rate: 0.5}\n");
		temporary_lesson(path, strbuf_str(&text));
		snprintf(line, sizeof line, "lesson %s", path);
		type_good(&sitting, line);
		assert_refused(&sitting, "set rounding 2",
			       n_inputs == 1 ? "is too much to do by hand (at most 5000)"
					     : "a sum of this network is too long");
		unlink(path);
	}
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* y = 2 * 3 + 1.25 = 7.25, which 1 digit cuts to 7.2 from the start. */
static void a_lesson_can_ask_for_it(void **state)
{
	struct sitting sitting;
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 8];
	(void)state;
	temporary_lesson(path, "network: {inputs: [x], layers: [{units: [y], weights: [[w=2]], "
			       "bias: b=1.25}]}\n"
			       "loss: {kind: half-squared-error}\ndata: [{x: [3], target: [5]}]\n"
			       "training: {optimizer: gd, rate: 0.5}\n"
			       "rounding: {digits: 1, mode: cut}\n");
	sitting_begin(&sitting);
	snprintf(line, sizeof line, "lesson %s", path);
	type_good(&sitting, line);
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "by hand with 1 decimal: 7.2\n");
	type_good(&sitting, "set rounding");
	assert_string_equal(answer(&sitting), "rounding 1 cut\n");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_is_what_another_program_computes),
	    cmocka_unit_test(steps_say_both_numbers),
	    cmocka_unit_test(the_way_back_is_exact),
	    cmocka_unit_test(the_exact_run_is_untouched),
	    cmocka_unit_test(settings_count_from_where_they_change),
	    cmocka_unit_test(every_optimizer_is_followed),
	    cmocka_unit_test(layers_of_every_kind_are_followed),
	    cmocka_unit_test(a_batch_is_normalised_by_hand),
	    cmocka_unit_test(dropped_units_stay_dropped),
	    cmocka_unit_test(the_table_shows_both_runs),
	    cmocka_unit_test(what_cannot_be_done_is_refused),
	    cmocka_unit_test(large_networks_are_refused),
	    cmocka_unit_test(a_lesson_can_ask_for_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
