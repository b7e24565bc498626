/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_stages.c -- stages as a person meets them: set, show, goto, expect, notes, lessons.
 */
#include "sitting.h"
#include "temporary.h"

/* Opens a lesson of one unit and two rows with these notes and what follows the rate. Returns
 * whether it was accepted. */
static bool open_lesson(struct sitting *sitting, const char *notes, const char *training)
{
	char text[2048], path[TEMPORARY_PATH], line[TEMPORARY_PATH + 16];
	snprintf(text, sizeof text,
		 "format: 1\n"
		 "id: two-rows\n"
		 "title: {es: \"Dos\", en: \"Two\"}\n"
		 "text: {es: \"Dos.\", en: \"Two.\"}\n"
		 "notes: [%s]\n"
		 "network:\n"
		 "  inputs: [x]\n"
		 "  layers: [{units: [y], weights: [[w=2]], bias: b=0.5}]\n"
		 "loss: {kind: half-squared-error}\n"
		 "data: [{x: [1], target: [0]}, {x: [2], target: [1]}]\n"
		 "training: {optimizer: gd, rate: 0.1%s}\n"
		 "...\n",
		 notes, training);
	temporary_write(path, ".yaml", text);
	snprintf(line, sizeof line, "lesson %s", path);
	bool good = type(sitting, line) == STATUS_OK;
	return good;
}

static void a_penalty_is_stepped(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set l2 0.01");
	type_good(&sitting, "set l2");
	assert_string_equal(answer(&sitting), "l2 0.01\n");
	type_good(&sitting, "show settings");
	assert_contains(answer(&sitting), "R2 = lambda/2*sum(w^2)");
	assert_contains(answer(&sitting), "I. Goodfellow");
	assert_refused(&sitting, "expect R2 = 0.0102", "has not been computed yet");
	assert_refused(&sitting, "expect g_w5 = 0", "has not been computed yet");
	type_good(&sitting, "goto E_reg");
	assert_contains(answer(&sitting), "E_reg = E + R₂ = 0.24909 + 0.0102 = 0.25929");
	type_good(&sitting, "expect R2 = 0.0102");
	type_good(&sitting, "expect E_reg = 0.2592895");
	type_good(&sitting, "goto g_w5");
	assert_contains(answer(&sitting), "g = ∂E/∂w₅ + ∂R₂/∂w₅ = 0.0802031 + 0.005");
	type_good(&sitting, "expect dR2/dw5 = 0.005");
	type_good(&sitting, "expect g_w5 = 0.0852031");
	type_good(&sitting, "expect dE_reg/dw5 = 0.0852031");
	type_good(&sitting, "expect dE/dw5 = 0.0802031");
	assert_refused(&sitting, "expect w5' = 0", "has not been computed yet");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "w₅ ← w₅ − η · g = 0.5 − 0.6 · 0.0852031 = 0.448878");
	type_good(&sitting, "expect w5' = 0.448878");
	type_good(&sitting, "check");
	assert_contains(answer(&sitting), "10 checked, 0 skipped at kinks, 0 differ");
	sitting_end(&sitting);
}

/* The new value is known when the last stage that changes it is done. */
static void stages_behind_the_rule_come_last(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set weight-decay 0.5");
	type_good(&sitting, "goto update");
	assert_refused(&sitting, "expect w5' = 0", "has not been computed yet");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "w₅ ← w₅′ − η · λ · w₅ = 0.451878 − 0.6 · 0.5 · 0.5");
	type_good(&sitting, "expect w5' = 0.301878");
	type_good(&sitting, "goto commit");
	type_good(&sitting, "expect B2 = 0.287517"); /* as without: biases are left alone */
	type_good(&sitting, "back 2");
	type_good(&sitting, "restart");
	type_good(&sitting, "set weight-decay");
	assert_string_equal(answer(&sitting), "weight-decay 0.5\n");
	sitting_end(&sitting);
}

static void slots_have_names(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set optimizer momentum");
	type_good(&sitting, "set rate 0.6");
	type_good(&sitting, "goto update");
	type_good(&sitting, "expect v_w5 = -0.0481219"); /* -0.6 * 0.0802031 */
	assert_refused(&sitting, "expect v_w6 = 0", "has not been computed yet");
	sitting_end(&sitting);
}

static void the_rate_of_each_update(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set schedule step");
	type_good(&sitting, "set schedule-every 1");
	type_good(&sitting, "update 3");
	type_good(&sitting, "expect rate = 0.15"); /* 0.6 / 2 / 2 in the third */
	type_good(&sitting, "set rate");
	assert_string_equal(answer(&sitting), "rate 0.6\n");
	type_good(&sitting, "set schedule constant");
	type_good(&sitting, "goto w5");
	assert_refused(&sitting, "expect rate = 0.6", "there is no number called 'rate'");
	type_good(&sitting, "goto 1");
	type_good(&sitting, "goto rate");
	type_good(&sitting, "expect rate = 0.6");
	sitting_end(&sitting);
}

static void settings_of_one_optimizer_and_the_next(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set clip-norm 1");
	type_good(&sitting, "set clip-norm-form pytorch");
	type_good(&sitting, "set optimizer adam");
	type_good(&sitting, "set clip-norm");
	assert_string_equal(answer(&sitting), "clip-norm 1\n");
	type_good(&sitting, "show stages");
	assert_contains(answer(&sitting), "g*min(c/(norm + 1e-6), 1)");
	assert_contains(answer(&sitting), "l1-form          full");
	type_good(&sitting, "set clip-norm off");
	type_good(&sitting, "show settings");
	assert_null(strstr(answer(&sitting), "clip-norm"));
	sitting_end(&sitting);
}

static void bad_values_change_nothing(void **state)
{
	static const char *const rows[][2] = {
	    {"set l2 much", "expected a number, found 'much'; a number, or off"},
	    {"set l2 -1", "l2 lies between 0 and"},
	    {"set l2-form third", "l2-form cannot be 'third'; choose one of: half, full"},
	    {"set schedule 3", "choose one of: constant, step, exponential, cosine, inverse"},
	    {"set schedule-every 0", "schedule-every lies between 1 and"},
	    {"set clip-nrom 1", "there is no setting 'clip-nrom'; did you mean 'clip-norm'?"},
	    {"expect R1 = 0", "there is no number called 'R1'"},
	    {"goto R1", "there is no step called 'R1'"},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set l2 0.01");
	type_good(&sitting, "goto update");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(&sitting, rows[i][0], rows[i][1]);
	sitting_end(&sitting);
	sitting_open(&sitting, "or-perceptron");
	assert_refused(&sitting, "set l2 0.1", "it has no gradient to penalise or to cut");
	type_good(&sitting, "set weight-decay 0.1");
	type_good(&sitting, "set schedule exponential");
	type_good(&sitting, "update 5");
	sitting_end(&sitting);
}

/* J = (2.5^2 + 3.5^2)/4 = 4.625, R1 = 0.1 * 2, R2 = 0.5 * 2^2 in its full form. */
static void a_lesson_names_stages(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	assert_true(open_lesson(&sitting,
				"{at: R2, es: \"La pena.\", en: \"The price.\"}, "
				"{at: J_reg, es: \"Suma.\", en: \"The sum.\"}",
				", stages: [l1=0.1, l2-form=full, l2=0.5]"));
	type_good(&sitting, "goto R2");
	assert_contains(answer(&sitting), "The price.");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "The sum.");
	assert_contains(answer(&sitting), "J_reg ← J_reg + R₂");
	type_good(&sitting, "expect R1 = 0.2");
	type_good(&sitting, "expect R2 = 2 +- 1e-12");
	type_good(&sitting, "expect J_reg = 6.825");
	type_good(&sitting, "check");
	sitting_end(&sitting);
}

static void a_lesson_with_bad_stages_is_refused(void **state)
{
	static const char *const rows[][2] = {
	    {"l3=0.1", "there is no stage 'l3'; choose one of: schedule, "},
	    {"schedule=fast", "schedule cannot be 'fast'"},
	    {"clip-norm=-1", "clip-norm lies between 0 and"},
	    {"l2=x", "expected a number, found 'x'; a number, or off"},
	};
	struct sitting sitting;
	char training[64];
	(void)state;
	sitting_begin(&sitting);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		snprintf(training, sizeof training, ", stages: [%s]", rows[i][0]);
		assert_false(open_lesson(&sitting, "{at: update, es: \"Pesos.\", en: \"Weights.\"}",
					 training));
		assert_contains(complaint(&sitting), rows[i][1]);
		assert_contains(complaint(&sitting), ".yaml:11:47: ");
	}
	assert_false(open_lesson(&sitting, "{at: R3, es: \"No.\", en: \"No.\"}", ""));
	assert_contains(complaint(&sitting), "nothing is called 'R3'");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_penalty_is_stepped),
	    cmocka_unit_test(stages_behind_the_rule_come_last),
	    cmocka_unit_test(slots_have_names),
	    cmocka_unit_test(the_rate_of_each_update),
	    cmocka_unit_test(settings_of_one_optimizer_and_the_next),
	    cmocka_unit_test(bad_values_change_nothing),
	    cmocka_unit_test(a_lesson_names_stages),
	    cmocka_unit_test(a_lesson_with_bad_stages_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
