/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_words.c -- names of settings and words of their choices: either language is read, the one in
 * force is shown, files and addresses have the English word. A row that is added is tested without
 * a line written for it. */
#include "sitting.h"

#include "../../src/console/option_rows.h"
#include "backstep/base/i18n.h"
#include "backstep/base/word.h"
#include "backstep/engine/optimizer.h"

/* What is called the same in both languages: names of people and programs, letters, what is one
 * word in both. Read when a row is added: what is no such name wants a row in word.c. */
static const char *const the_same[] = {
    "adadelta", "adagrad", "adam",       "adamax",   "adamw",   "amsgrad",      "ascii",
    "auto",     "beta",    "beta1",      "beta2",    "braille", "csv",          "deltas",
    "dozat",    "en",      "epsilon",    "es",       "gd",      "irprop-minus", "jsonl",
    "l1",       "l2",      "md",         "momentum", "nadam",   "nesterov",     "perceptron",
    "pytorch",  "rmsprop", "rosenblatt", "rprop",    "unicode", "zeiler",
};

static const char *spanish(const char *word)
{
	language_set(LANGUAGE_ES);
	const char *shown = word_shown(word);
	language_set(LANGUAGE_EN);
	return shown;
}

/* The word has a Spanish one that can be typed, or is one of those that need none. */
static void check_word(const char *word)
{
	const char *shown = spanish(word);
	assert_string_equal(word_shown(word), word);
	assert_true(word_is(word, word) && word_is(shown, word));
	assert_int_equal(strspn(shown, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(shown));
	for (size_t i = 0; i < sizeof the_same / sizeof *the_same; i++)
		if (strcmp(the_same[i], word) == 0)
			return;
	if (strcmp(shown, word) == 0)
		fail_msg("'%s' has no Spanish: a row in base/word.c", word);
}

/* The value of a setting as it is shown. */
static void read_value(const struct sitting *sitting, const char *name, struct strbuf *value)
{
	strbuf_clear(value);
	assert_int_equal(setting_get(sitting->session, name, value, NULL), STATUS_OK);
}

/* Sets one choice in English and in Spanish: the same comes of both. */
static void check_choice(struct sitting *sitting, const char *name, const char *word)
{
	struct strbuf english = {0}, other = {0};
	struct session *session = sitting->session;
	const char *another = setting_choice(session, name, 1);
	check_word(word);
	if (setting_set(session, name, word, NULL)) { /* one that does not go with this network */
		assert_int_not_equal(setting_set(session, name, spanish(word), NULL), STATUS_OK);
		return;
	}
	language_set(LANGUAGE_EN);
	read_value(sitting, name, &english);
	setting_set(session, name, another ? another : "1", NULL); /* something else */
	assert_int_equal(setting_set(session, spanish(name), spanish(word), NULL), STATUS_OK);
	language_set(LANGUAGE_EN);
	read_value(sitting, name, &other);
	assert_string_equal(strbuf_str(&other), strbuf_str(&english));
	assert_ptr_equal(strstr(strbuf_str(&english), word), strbuf_str(&english));
	language_set(LANGUAGE_ES);
	read_value(sitting, name, &other);
	assert_ptr_equal(strstr(strbuf_str(&other), word_shown(word)), other.data);
	language_set(LANGUAGE_EN);
	strbuf_free(&english);
	strbuf_free(&other);
}

static void check_setting(struct sitting *sitting, const char *name)
{
	const char *word, *before;
	struct strbuf value = {0}, own = {0};
	check_word(name);
	read_value(sitting, name, &own);
	read_value(sitting, spanish(name), &value);
	assert_string_equal(strbuf_str(&value), strbuf_str(&own));
	for (size_t i = 0; (word = setting_choice(sitting->session, name, i)); i++)
		for (size_t k = 0; k < i; k++) {
			before = setting_choice(sitting->session, name, k);
			assert_false(word_is(spanish(word), before));
			assert_false(word_is(spanish(before), word));
		}
	/* an optimizer brings other settings, a language is shown in itself */
	bool is_apart = strcmp(name, "optimizer") == 0 || strcmp(name, "language") == 0;
	for (size_t i = 0; !is_apart && (word = setting_choice(sitting->session, name, i)); i++)
		check_choice(sitting, name, word);
	strbuf_free(&value);
	strbuf_free(&own);
}

/* With each optimizer, each with its own numbers and forms, and all stages. */
static void settings_take_both_languages(void **state)
{
	struct sitting sitting;
	char name[SETTING_NAME], other[SETTING_NAME];
	(void)state;
	for (size_t k = 0; optimizer_registry[k]; k++) {
		const char *optimizer = optimizer_registry[k]->name;
		check_word(optimizer);
		sitting_open(&sitting, strcmp(optimizer, "perceptron") == 0 ? "or-perceptron"
									    : "sigmoid-2-2-2");
		assert_int_equal(setting_set(sitting.session, "optimizador", optimizer, NULL), 0);
		for (size_t i = 0; setting_name(sitting.session, i, name); i++) {
			for (size_t m = 0; m < i && setting_name(sitting.session, m, other); m++)
				assert_false(word_is(spanish(name), other));
			check_setting(&sitting, name);
		}
		sitting_end(&sitting);
	}
}

static void options_have_their_words(void **state)
{
	(void)state;
	for (const struct option_row *row = option_table; row->name; row++)
		for (size_t k = 0; row->words && row->words[k]; k++)
			if (strcmp(row->words[k], "text") != 0)
				check_word(row->words[k]);
}

/* Words that commands take are read in both languages, and answered alike. */
static void arguments_take_both_languages(void **state)
{
	static const struct {
		const char *english, *spanish;
	} lines[] = {
	    {"train until E < 0.2 within 9", "entrenar hasta E < 0.2 en 9"},
	    {"history w5 update", "historia w5 actualizacion"},
	    {"history E step", "historia E paso"},
	    {"history y1 row", "historia y1 fila"},
	    {"break if E < 0.2", "parada si E < 0.2"},
	    {"break change w5 > 0.01", "parada cambio w5 > 0.01"},
	    {"break off", "parada no"},
	    {"watch off", "vigilar no"},
	    {"back chain", "atras cadena"},
	    {"back phase", "atras fase"},
	    {"view loss", "vista perdida"},
	};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	sitting.context.reports_steps = false; /* notes are told once */
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		struct strbuf wanted = {0};
		type_good(&sitting, "goto 300");
		type_good(&sitting, lines[k].english);
		strbuf_add(&wanted, answer(&sitting));
		type_good(&sitting, "break off");
		type_good(&sitting, "goto 300");
		type_good(&sitting, lines[k].spanish);
		if (!strstr(lines[k].english, "break")) /* which says what was typed */
			assert_string_equal(answer(&sitting), strbuf_str(&wanted));
		strbuf_free(&wanted);
	}
	type_good(&sitting, "goto 12");
	type_good(&sitting, "answer 0.7"); /* 0.684929 */
	type_good(&sitting, "expect veredicto = more-digits");
	type_good(&sitting, "break w6");
	type_good(&sitting, "update");
	type_good(&sitting, "atras parada");
	assert_string_equal(session_here(sitting.session)->class->name, "factor");
	sitting_end(&sitting);
}

/* Of several words each is read, and shown; what is written down is English. */
static void files_have_the_english_word(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set language es");
	type_good(&sitting, "poner redondeo 3 mitad-par");
	type_good(&sitting, "set rounding");
	assert_string_equal(answer(&sitting), "rounding 3 mitad-par\n");
	type_good(&sitting, "set rounding no");
	type_good(&sitting, "set cadena deltas");
	type_good(&sitting, "set l2 0.1");
	type_good(&sitting, "set l2-forma completa");
	type_good(&sitting, "set tasa 0.25");
	type_good(&sitting, "next");
	type_good(&sitting, "where");
	assert_contains(answer(&sitting), "chain=deltas&rate=0.25&l2=0.1&l2-form=full");
	assert_refused(&sitting, "set cadena senderos", "opciones: auto, caminos, deltas");
	assert_refused(&sitting, "set l2 x", "no");
	language_set(LANGUAGE_EN);
	assert_refused(&sitting, "set cadena senderos", "choose one of: auto, paths, deltas");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(settings_take_both_languages),
	    cmocka_unit_test(options_have_their_words),
	    cmocka_unit_test(arguments_take_both_languages),
	    cmocka_unit_test(files_have_the_english_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
