/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_properties.c -- what holds of every answer on random networks: what is right is never
 * told wrong, in whatever notation, and a verdict is the same in every language and glyph.
 * BACKSTEP_NETWORKS=10000 looks at so many networks, for a night. */
#include "../../src/teach/assess_private.h"
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "support/networks.h"
#include "support/rates.h"

enum { N_NETWORKS = 500, FIRST_SEED = 300000, STEPS_OF_EACH = 3, TEXT = 256 };

struct asked {
	struct assessment a;
	uint64_t seed, index;
};

static void assert_right(struct asked *asked, const char *text)
{
	struct error err = {0};
	struct strbuf line = {0};
	if (assess_text(&asked->a, text, &err))
		fail_msg("seed %llu, step %llu: %s: %s", (unsigned long long)asked->seed,
			 (unsigned long long)asked->index, text, err.message);
	verdict_print_line(&asked->a.verdict, &line);
	if (!assess_is_right(&asked->a) && asked->a.verdict.kind != VERDICT_MORE_DIGITS)
		fail_msg("seed %llu, step %llu: %s is called %s", (unsigned long long)asked->seed,
			 (unsigned long long)asked->index, text, strbuf_str(&line));
	strbuf_free(&line);
}

/* With a decimal comma, and with the minus of typography. */
static void assert_right_as_written(struct asked *asked, const char *text)
{
	char comma[TEXT];
	struct strbuf minus = {0};
	snprintf(comma, sizeof comma, "%s", text);
	for (char *c = comma; *c; c++)
		*c = *c == '.' ? ',' : *c;
	for (const char *c = text; *c; c++)
		strbuf_addf(&minus, *c == '-' ? "−" : "%c", *c);
	assert_right(asked, text);
	assert_right(asked, comma);
	assert_right(asked, strbuf_str(&minus));
	strbuf_free(&minus);
}

/* The value with so many significant digits, the rest cut off. Returns false where the rest is all
 * but a whole unit: of what is seen as 1.21 nobody cuts 1.20. */
static bool cut(double value, int digits, char text[TEXT])
{
	char exact[TEXT];
	snprintf(exact, sizeof exact, "%.17e", value);
	const char *point = strchr(exact, '.');
	int kept = (int)(point - exact) + (digits > 1 ? digits : 0);
	const char *exponent = strchr(exact, 'e');
	snprintf(text, TEXT, "%.*s%s", kept, exact, exponent);
	double unit = pow(10.0, strtol(exponent + 1, NULL, 10) - (digits - 1));
	return fabs(value - strtod(text, NULL)) < 0.999 * unit;
}

static void check_digits(struct asked *asked)
{
	double value = asked->a.board.question.value;
	char text[TEXT];
	for (int digits = 3; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*e", digits - 1, value);
		assert_right_as_written(asked, text);
		snprintf(text, sizeof text, "%.*g", digits, value);
		assert_right_as_written(asked, text);
		if (cut(value, digits, text))
			assert_right(asked, text);
	}
	snprintf(text, sizeof text, "%.17g/8", 8 * value);
	assert_right(asked, text);
	snprintf(text, sizeof text, "-(%.17g)", -value);
	assert_right(asked, text);
}

/* The rule itself, with its names, and with its numbers at full length. */
static void check_expressions(struct asked *asked)
{
	const struct question *question = &asked->a.board.question;
	struct formula_style style = {.glyphs = GLYPHS_ASCII, .digits = 17};
	for (int k = 0; k < 2; k++) {
		struct strbuf text = {0};
		style.numbers = k == 1;
		formula_print(question->tree, &style, &text);
		/* what a person types has no cases, and no more than the line holds */
		bool is_typed =
		    text.len <= ANSWER_MAX_TEXT && !strpbrk(strbuf_str(&text), "{}<>=[]") &&
		    !strstr(strbuf_str(&text), "if") && !strstr(strbuf_str(&text), "...");
		if (is_typed && !assess_text(&asked->a, strbuf_str(&text), NULL))
			assert_right(asked, strbuf_str(&text));
		strbuf_free(&text);
	}
}

/* The same answer is the same verdict, whatever is shown. */
static void check_language(struct asked *asked, struct random *r)
{
	char text[TEXT];
	struct strbuf lines[2] = {{0}, {0}}, said = {0};
	double away = asked->a.board.question.value * (0.5 + random_uniform(r));
	snprintf(text, sizeof text, "%.4g", away);
	for (int k = 0; k < 2; k++) {
		const struct formula_style style = {k ? GLYPHS_ASCII : GLYPHS_UNICODE, false,
						    k ? 3 : 9};
		language_set(k ? LANGUAGE_ES : LANGUAGE_EN);
		assert_int_equal(assess_text(&asked->a, text, NULL), STATUS_OK);
		assess_tell(&asked->a, &style, &said);
		assess_show(&asked->a, &style, &said);
		verdict_print_line(&asked->a.verdict, &lines[k]);
	}
	language_set(LANGUAGE_EN);
	assert_string_equal(strbuf_str(&lines[0]), strbuf_str(&lines[1]));
	strbuf_free(&lines[0]);
	strbuf_free(&lines[1]);
	strbuf_free(&said);
}

static void check_step(const struct stepper *stepper, uint64_t seed, uint64_t index,
		       struct random *r)
{
	static struct asked asked;
	asked.seed = seed;
	asked.index = index;
	if (assess_open(&asked.a, stepper, index, false, NULL))
		return;
	double value = asked.a.board.question.value;
	assess_allow_shown(&asked.a, 6);
	if (isfinite(value) && value != 0.0) {
		check_digits(&asked);
		check_expressions(&asked);
		check_language(&asked, r);
	}
	assess_close(&asked.a);
}

static void check_network(uint64_t seed, struct random *r)
{
	struct network net;
	struct stepper stepper;
	assert_int_equal(network_exercise(&net, seed), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, seed % 6 ? CHAIN_AUTO : CHAIN_DELTAS),
			 STATUS_OK);
	trainer_prepare(&stepper.trainer);
	for (size_t i = 0; i < STEPS_OF_EACH; i++) {
		uint64_t n = stepper_n_steps(&stepper);
		check_step(&stepper, seed, 1 + random_below(r, (size_t)n), r);
	}
	stepper_free(&stepper);
	network_free(&net);
}

static void test_what_is_right_is_never_told_wrong(void **state)
{
	(void)state;
	const char *wanted = getenv("BACKSTEP_NETWORKS");
	uint64_t n = wanted ? strtoull(wanted, NULL, 10) : N_NETWORKS;
	struct random r;
	random_seed(&r, 23);
	for (uint64_t seed = 0; seed < n; seed++)
		check_network(FIRST_SEED + seed, &r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_right_is_never_told_wrong),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
