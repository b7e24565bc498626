/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_commands.c -- every row of the tables of the language: commands, what `show` prints,
 * settings, subcommands, keys. A row that is added is tested without a line written for it. */
#include "sitting.h"

#include "../../src/command/command_private.h"
#include "../../src/console/option_rows.h"
#include "../../src/tui/tui_private.h"
#include "backstep/console/subcommand.h"

#include "backstep/base/i18n.h"

/* A text that is written in English, and is something else in Spanish. */
static void assert_translated(const char *msgid)
{
	assert_non_null(msgid);
	assert_true(strlen(msgid) > 0);
	language_set(LANGUAGE_ES);
	if (strcmp(tr(msgid), msgid) == 0) {
		language_set(LANGUAGE_EN);
		print_error("no Spanish: %s\n", msgid);
		fail();
	}
	language_set(LANGUAGE_EN);
	assert_string_equal(tr(msgid), msgid);
}

/* What does not apply is left out of a row: an empty text is none. */
static void assert_not_empty(const char *name, const char *field, const char *text)
{
	if (text && !*text)
		fail_msg("%s: leave %s out where there is none", name, field);
}

static void rows_say_what_they_are(void **state)
{
	(void)state;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		assert_true(strlen(row->name) > 1);
		assert_not_empty(row->name, "usage", row->usage);
		assert_not_empty(row->name, "aliases", row->aliases);
		if (!row->aliases)
			fail_msg("%s has no alias: its Spanish name, for one", row->name);
		assert_non_null(row->run);
		assert_translated(row->summary);
	}
	for (const struct show *const *at = show_registry, *row; (row = *at); at++) {
		assert_non_null(row->print);
		assert_translated(row->summary);
	}
	for (const struct setting *row = setting_table; row->name; row++) {
		assert_true(row->kind == SETTING_OTHER ? row->get && row->set : !row->set);
		assert_translated(row->summary);
	}
	for (const struct subcommand *const *at = subcommand_registry, *row; (row = *at); at++) {
		assert_not_empty(row->name, "usage", row->usage);
		assert_true(row->max_args < 0 || row->min_args <= row->max_args);
		assert_translated(row->summary);
		assert_ptr_equal(subcommand_find(row->name), row);
	}
	assert_null(subcommand_find("lst"));
	assert_null(subcommand_find(""));
}

static void options_say_what_they_are(void **state)
{
	struct strbuf usages = {0};
	(void)state;
	for (const struct subcommand *const *at = subcommand_registry, *row; (row = *at); at++)
		strbuf_addf(&usages, "%s ", row->usage ? row->usage : "");
	for (const struct option_row *row = option_table; row->name; row++) {
		struct strbuf written = {0};
		const struct setting *setting = option_setting(row);
		option_write(row, &written);
		bool has_value = strchr(strbuf_str(&written), ' ') != NULL;
		assert_int_equal(has_value, row->kind != OPTION_FLAG);
		assert_int_equal(row->kind == OPTION_WORD, row->words != NULL);
		/* an optimizer's number has no row of its own */
		assert_true(row->kind != OPTION_SETTING || setting ||
			    strcmp(row->name, "rate") == 0);
		if (row->group == OPTION_IN_USAGE)
			assert_contains(strbuf_str(&usages), row->name);
		else
			assert_translated(row->summary);
		for (const struct option_row *other = option_table; other != row; other++) {
			assert_string_not_equal(other->name, row->name);
			assert_true(!row->letter || other->letter != row->letter);
		}
		strbuf_free(&written);
	}
	strbuf_free(&usages);
}

/* Calls visit with each name and alias of a command. */
/* One that has none is told of once, by its row's own test. */
static const char *aliases_of(const struct command *row)
{
	return row->aliases ? row->aliases : "";
}

static void each_word(const struct command *row,
		      void (*visit)(const struct command *row, const char *word))
{
	char *words = strdup(aliases_of(row)), *rest = words, *word;
	assert_non_null(words);
	visit(row, row->name);
	while ((word = strsep(&rest, " ")))
		if (*word)
			visit(row, word);
	free(words);
}

/* What the word is to be unlike, while all others are looked at. */
static const char *unlike;
static size_t n_alike;

static void count_alike(const struct command *row, const char *word)
{
	(void)row;
	n_alike += strcmp(word, unlike) == 0;
}

static void assert_unique(const struct command *row, const char *word)
{
	const struct command *found = NULL;
	unlike = word;
	n_alike = 0;
	for (const struct command *const *at = command_registry, *other; (other = *at); at++)
		each_word(other, count_alike);
	assert_int_equal(n_alike, 1);
	assert_int_equal(command_find(word, &found, NULL), STATUS_OK);
	assert_ptr_equal(found, row);
}

static void names_and_aliases_are_unique(void **state)
{
	(void)state;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++)
		each_word(row, assert_unique);
}

/* What people have learnt to type, and scripts hold: a new name takes none of it away. */
static void abbreviations_keep_their_meaning(void **state)
{
	static const struct {
		const char *typed, *name;
	} pins[] = {
	    {"n", "next"},        {"s", "next"},          {"b", "back"},
	    {"ba", "back"},       {"bac", "back"},        {"cha", "chain"},
	    {"p", "phase"},       {"ph", "phase"},        {"u", "update"},
	    {"up", "update"},     {"e", "epoch"},         {"ep", "epoch"},
	    {"t", "train"},       {"tr", "train"},        {"g", "goto"},
	    {"go", "goto"},       {"r", "restart"},       {"re", "restart"},
	    {"res", "restart"},   {"br", "break"},        {"c", "continue"},
	    {"con", "continue"},  {"cont", "continue"},   {"sh", "show"},
	    {"se", "set"},        {"com", "compare"},     {"comp", "compare"},
	    {"che", "check"},     {"f", "figures"},       {"fig", "figures"},
	    {"ex", "expect"},     {"exp", "expect"},      {"l", "lesson"},
	    {"le", "lesson"},     {"les", "lesson"},      {"save-", "save-state"},
	    {"lo", "load-state"}, {"load", "load-state"}, {"h", "help"},
	    {"he", "help"},       {"q", "quit"},          {"qu", "quit"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof pins / sizeof *pins; i++) {
		const struct command *found = NULL;
		if (command_find(pins[i].typed, &found, NULL) ||
		    strcmp(found->name, pins[i].name) != 0)
			fail_msg("'%s' is %s no more", pins[i].typed, pins[i].name);
	}
}

static size_t n_starting(const char *start, size_t len)
{
	size_t n = 0;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++)
		n += strncmp(row->name, start, len) == 0;
	return n;
}

static bool is_word(const char *word)
{
	n_alike = 0;
	unlike = word;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++)
		each_word(row, count_alike);
	return n_alike > 0;
}

/* Whether another row settles what start is the start of. */
static bool is_settled_otherwise(const struct command *row, const char *start)
{
	for (const struct command *const *at = command_registry, *other; (other = *at); at++)
		if (other != row && other->enough && strlen(start) >= other->enough &&
		    strncmp(other->name, start, strlen(start)) == 0)
			return true;
	return false;
}

/* Every start of every name: it is the command, or lists those that it may mean. */
static void starts_of_names_are_enough(void **state)
{
	(void)state;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		for (size_t len = 1; len <= strlen(row->name); len++) {
			const struct command *found = NULL;
			struct error err = {0};
			char start[32];
			snprintf(start, sizeof start, "%.*s", (int)len, row->name);
			bool is_enough = row->enough && len >= row->enough;
			enum status status = command_find(start, &found, &err);
			if (len < strlen(row->name) && is_word(start)) {
				assert_int_equal(status, STATUS_OK);
			} else if (is_enough || n_starting(start, len) == 1) {
				assert_int_equal(status, STATUS_OK);
				assert_ptr_equal(found, row);
			} else if (!is_settled_otherwise(row, start)) {
				assert_int_equal(status, STATUS_BAD_INPUT);
				assert_contains(err.message, "several");
				assert_contains(err.hint, row->name);
			}
		}
	}
}

static void unknown_names_get_a_suggestion(void **state)
{
	const struct command *found;
	struct error err = {0};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	assert_refused(&sitting, "nxet", "did you mean 'next'?");
	assert_refused(&sitting, "updaet 3", "did you mean 'update'?");
	assert_refused(&sitting, "qqqqqqqqqq", "help lists the commands");
	assert_refused(&sitting, "NEXT", "unknown command 'NEXT'");
	assert_refused(&sitting, "\033[31mred", "unknown command '\\u{001B}[31mred'");
	assert_int_equal(command_find("", &found, &err), STATUS_BAD_INPUT);
	assert_null(found);
	sitting_end(&sitting);
}

/* One command for every row that can be typed without arguments. */
static void commands_ask_for_a_lesson(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		if (row->needs_lesson)
			assert_refused(&sitting, row->name, "no lesson is open; open one with");
	}
	for (const struct show *const *at = show_registry, *row; (row = *at); at++) {
		char line[64];
		snprintf(line, sizeof line, "show %s", row->name);
		if (row->needs_lesson)
			assert_refused(&sitting, line, "no lesson is open; open one with");
		else
			type_good(&sitting, line);
	}
	sitting_end(&sitting);
}

static void help_explains_every_command(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	type_good(&sitting, "help");
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		assert_contains(answer(&sitting), row->name);
		assert_contains(answer(&sitting), row->summary);
	}
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		char line[64];
		snprintf(line, sizeof line, "help %s", row->name);
		type_good(&sitting, line);
		assert_ptr_equal(strstr(answer(&sitting), row->name), answer(&sitting));
		assert_contains(answer(&sitting), row->usage ? row->usage : "");
		assert_contains(answer(&sitting), row->summary);
		assert_contains(answer(&sitting), aliases_of(row));
		assert_null(strstr(answer(&sitting), " \n"));
	}
	assert_refused(&sitting, "help nxet", "did you mean 'next'?");
	sitting_end(&sitting);
}

static void show_alone_lists_its_table(void **state)
{
	struct strbuf names = {0};
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	for (const struct show *const *at = show_registry, *row; (row = *at); at++)
		strbuf_addf(&names, "%s%s", names.len ? ", " : "", row->name);
	assert_refused(&sitting, "show", strbuf_str(&names));
	strbuf_free(&names);
	sitting_end(&sitting);
}

/* The completions of the last word of line, each after a blank. */
static void complete(struct sitting *sitting, const char *line, struct strbuf *out)
{
	const char *blank = strrchr(line, ' ');
	size_t start = blank ? (size_t)(blank - line) + 1 : 0;
	char *found;
	strbuf_clear(out);
	for (int i = 0; (found = command_complete(&sitting->context, line, start, line + start, i));
	     i++) {
		strbuf_addf(out, " %s", found);
		free(found);
	}
}

static void every_name_is_completed(void **state)
{
	struct sitting sitting;
	struct strbuf found = {0}, wanted = {0};
	(void)state;
	sitting_begin(&sitting);
	for (const struct command *const *at = command_registry, *row; (row = *at); at++)
		strbuf_addf(&wanted, " %s", row->name);
	complete(&sitting, "", &found);
	assert_string_equal(strbuf_str(&found), strbuf_str(&wanted));
	complete(&sitting, "  ", &found);
	assert_string_equal(strbuf_str(&found), strbuf_str(&wanted));
	complete(&sitting, "help ", &found);
	assert_string_equal(strbuf_str(&found), strbuf_str(&wanted));
	for (const struct command *const *at = command_registry, *row; (row = *at); at++) {
		complete(&sitting, row->name, &found);
		assert_contains(strbuf_str(&found), row->name);
	}
	complete(&sitting, "  rest", &found);
	assert_string_equal(strbuf_str(&found), " restart");
	complete(&sitting, "zz", &found);
	assert_string_equal(strbuf_str(&found), "");
	strbuf_free(&found);
	strbuf_free(&wanted);
	sitting_end(&sitting);
}

static void arguments_are_completed(void **state)
{
	static const char *const rows[][2] = {
	    {"lesson sigmoid-2-2-2", " sigmoid-2-2-2"},
	    {"l xor-relu-l", " xor-relu-learn"},
	    {"sh weig", " weights"},
	    {"set schedule ", " constant step exponential cosine inverse"},
	    {"set l2-form ", " half full"},
	    {"set l2 ", " off"},
	    {"set chai", " chain"},
	    {"set chain ", " auto paths deltas"},
	    {"set chain d", " deltas"},
	    {"set language ", " en es"},
	    {"set glyphs a", " ascii"},
	    {"set rule ", " descent"},
	    {"set digits ", ""},
	    {"set rate ", ""},
	    {"set nothing ", ""},
	    {"goto ", " forward loss backward update w5 w6 w7 w8 w1 w2 w3 w4 B1 B2"},
	    {"goto w", " w5 w6 w7 w8 w1 w2 w3 w4"},
	    {"break B", " B1 B2"},
	    {"back ", " chain phase break"},
	    {"expect sum", " sum_n1 sum_n2 sum_y1 sum_y2"},
	    {"expect E", " E1 E2 E"},
	    {"expect dE/dw1", " dE/dw1"},
	    {"expect w5 = ", ""},
	    {"next ", ""},
	    {"quit ", ""},
	    {"nothing ", ""},
	    /* one word is all that these take */
	    {"goto w5 w", ""},
	    {"show values ", ""},
	    {"set chain deltas ", ""},
	    {"back chain ", ""},
	    {"lesson sigmoid-2-2-2 ", ""},
	    {"help next ", ""},
	};
	struct sitting sitting;
	struct strbuf found = {0};
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		complete(&sitting, rows[i][0], &found);
		if (strcmp(strbuf_str(&found), rows[i][1]) != 0)
			print_error("'%s'\n", rows[i][0]);
		assert_string_equal(strbuf_str(&found), rows[i][1]);
	}
	strbuf_free(&found);
	sitting_end(&sitting);
}

/* The names of all settings that there are now, and those that begin with start. */
static void check_settings_completed(struct sitting *sitting, const char *start)
{
	struct strbuf line = {0}, found = {0}, wanted = {0};
	char name[SETTING_NAME];
	for (size_t i = 0; setting_name(sitting->session, i, name); i++)
		if (strncmp(name, start, strlen(start)) == 0)
			strbuf_addf(&wanted, " %s", name);
	strbuf_addf(&line, "set %s", start);
	complete(sitting, strbuf_str(&line), &found);
	assert_true(wanted.len > 0);
	assert_string_equal(strbuf_str(&found), strbuf_str(&wanted));
	strbuf_free(&line);
	strbuf_free(&found);
	strbuf_free(&wanted);
}

static void rows_are_completed(void **state)
{
	struct sitting sitting;
	struct strbuf found = {0}, wanted = {0};
	(void)state;
	sitting_begin(&sitting);
	check_settings_completed(&sitting, "");
	sitting_end(&sitting);
	sitting_open(&sitting, "sigmoid-2-2-2");
	check_settings_completed(&sitting, "");
	check_settings_completed(&sitting, "sch");
	for (const struct show *const *at = show_registry, *row; (row = *at); at++)
		strbuf_addf(&wanted, " %s", row->name);
	complete(&sitting, "show ", &found);
	assert_string_equal(strbuf_str(&found), strbuf_str(&wanted));
	strbuf_free(&found);
	strbuf_free(&wanted);
	sitting_end(&sitting);
}

/* What stands after the cursor does not matter, and without a lesson there is nothing to name. */
static void completion_looks_at_what_stands_before(void **state)
{
	struct sitting sitting;
	struct strbuf found = {0};
	char *one;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	one = command_complete(&sitting.context, "set cha deltas", 4, "cha", 0);
	assert_string_equal(one, "chain");
	free(one);
	one = command_complete(&sitting.context, "ne 3", 0, "ne", 0);
	assert_string_equal(one, "next");
	free(one);
	sitting_end(&sitting);
	sitting_begin(&sitting);
	complete(&sitting, "goto ", &found);
	assert_string_equal(strbuf_str(&found), "");
	complete(&sitting, "set rule ", &found);
	assert_string_equal(strbuf_str(&found), "");
	strbuf_free(&found);
	sitting_end(&sitting);
}

/* Every setting can be read, refuses nonsense, and can be set to each of its choices. */
static void settings_take_their_choices(void **state)
{
	struct sitting sitting;
	struct strbuf line = {0};
	(void)state;
	sitting_open(&sitting, "or-perceptron");
	for (const struct setting *row = setting_table; row->name; row++) {
		assert_ptr_equal(setting_find(row->name), row);
		strbuf_clear(&line);
		strbuf_addf(&line, "set %s nonsense", row->name);
		assert_refused(&sitting, strbuf_str(&line), "nonsense");
		for (size_t i = 0; row->choice && row->choice(sitting.session, i); i++) {
			const char *word = row->choice(sitting.session, i);
			strbuf_clear(&line);
			strbuf_addf(&line, "set %s %s", row->name, word);
			type_good(&sitting, strbuf_str(&line));
			strbuf_clear(&line);
			row->get(sitting.session, &line);
			assert_ptr_equal(strstr(strbuf_str(&line), word), strbuf_str(&line));
		}
		language_set(LANGUAGE_EN);
	}
	strbuf_free(&line);
	sitting_end(&sitting);
}

static bool has_word(const char *list, const char *word, size_t len)
{
	for (const char *at = list; *at; at += strcspn(at, " "), at += *at == ' ')
		if (strcspn(at, " ") == len && strncmp(at, word, len) == 0)
			return true;
	return false;
}

static size_t n_keys_called(enum tui_mode mode, const char *word, size_t len)
{
	size_t n = 0;
	for (const struct tui_key *row = tui_keys[mode]; row->keys; row++)
		n += has_word(row->keys, word, len);
	return n;
}

/* A command of the language or of the screen, by its full name. */
static void assert_is_command(const char *text)
{
	const struct command *command;
	char name[32];
	command_word(text, name, sizeof name);
	if (tui_command_is_own(text))
		return;
	assert_int_equal(command_find(name, &command, NULL), STATUS_OK);
	assert_string_equal(name, command->name);
}

static void check_key_row(enum tui_mode mode, const struct tui_key *row)
{
	assert_translated(row->summary);
	assert_is_command(row->command);
	for (const char *at = row->keys; *at; at += strcspn(at, " "), at += *at == ' ') {
		size_t len = strcspn(at, " ");
		char name[32];
		snprintf(name, sizeof name, "%.*s", (int)len, at);
		assert_int_equal(n_keys_called(mode, at, len), 1);
		assert_ptr_equal(tui_key_find(mode, name), row);
	}
}

static void keys_type_commands(void **state)
{
	(void)state;
	for (enum tui_mode mode = 0; mode < N_TUI_MODES; mode++) {
		const struct tui_key *row = tui_keys[mode];
		for (; row->keys; row++)
			check_key_row(mode, row);
		assert_null(tui_key_find(mode, "f12"));
	}
	assert_null(tui_key_find(TUI_WALK, ""));
}

/* The screen's own commands take no name, nor the start of one, from the language's. */
static void the_screens_commands_are_its_own(void **state)
{
	const struct command *found;
	(void)state;
	for (const struct command *const *at = tui_commands, *row; (row = *at); at++) {
		assert_translated(row->summary);
		assert_non_null(row->run);
		assert_false(row->recorded);
		if (!command_find(row->name, &found, NULL))
			fail_msg("'%s' is a command of the language too", row->name);
		assert_true(tui_command_is_own(row->name));
	}
	assert_false(tui_command_is_own("next"));
	assert_false(tui_command_is_own("scrol 1"));
	assert_true(tui_command_is_own("scroll 1"));
}

/* The text in one line, each run of blanks one blank. */
static void unwrap(struct strbuf *text)
{
	size_t n = 0;
	for (size_t k = 0; k < text->len; k++) {
		bool is_blank = text->data[k] == ' ' || text->data[k] == '\n';
		if (!is_blank || (n > 0 && text->data[n - 1] != ' '))
			text->data[n++] = is_blank ? ' ' : text->data[k];
	}
	strbuf_truncate(text, n);
}

/* The keys are all on the page that explains them; those of the last line too. */
static void keys_are_explained(void **state)
{
	(void)state;
	language_set(LANGUAGE_EN);
	for (enum tui_mode mode = 0; mode < N_TUI_MODES; mode++) {
		struct view_hint hints[64];
		struct strbuf page = {0};
		size_t n_hints = 0;
		tui_key_help(mode, &page);
		unwrap(&page);
		for (const struct tui_key *row = tui_keys[mode]; row->keys; row++) {
			assert_contains(strbuf_str(&page), row->keys);
			assert_contains(strbuf_str(&page), row->summary);
			n_hints += row->hint != HINT_NEVER;
		}
		assert_true(n_hints >= 2);
		assert_int_equal(tui_key_hints(mode, hints, 64, false), n_hints);
		assert_int_equal(tui_key_hints(mode, hints, 2, false), 2);
		assert_int_equal(tui_key_hints(mode, hints, 64, true), n_hints);
		strbuf_free(&page);
	}
}

/* In ASCII the arrow down would be a v, which is another key. */
static void arrows_are_words_in_ascii(void **state)
{
	struct view_hint hints[64];
	(void)state;
	tui_key_hints(TUI_WALK, hints, 64, false);
	assert_string_equal(hints[2].key, "↓");
	tui_key_hints(TUI_WALK, hints, 64, true);
	assert_string_equal(hints[2].key, "Down");
}

static void assert_types(enum tui_mode mode, const char *key, size_t count, const char *command)
{
	struct strbuf line = {0};
	tui_key_type(tui_key_find(mode, key), count, &line);
	assert_string_equal(strbuf_str(&line), command);
	strbuf_free(&line);
}

/* 5 → is next 5; 3 PgUp three pages back; what has no use for a count is done once. */
static void a_count_says_how_often(void **state)
{
	(void)state;
	assert_types(TUI_WALK, "right", 0, "next");
	assert_types(TUI_WALK, "right", 5, "next 5");
	assert_types(TUI_WALK, "u", 12, "update 12");
	assert_types(TUI_WALK, "pagedown", 4, "phase");
	assert_types(TUI_CLICKER, "pagedown", 4, "next 4");
	assert_types(TUI_CLICKER, "pageup", 0, "back");
	assert_types(TUI_CLICKER, "u", 0, "update"); /* the others are those of a walk */
	assert_types(TUI_PAGE, "pageup", 3, "scroll -30");
	assert_types(TUI_CHOICE, "j", 7, "select 7");
	assert_types(TUI_CHOICE, "G", 7, "select end");
}

/* What the keys of a walk type runs. */
static void commands_of_keys_run(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "break w5");
	for (const struct tui_key *row = tui_keys[TUI_WALK]; row->keys; row++) {
		if (tui_command_is_own(row->command))
			continue;
		type_good(&sitting, "goto 40");
		type_good(&sitting, row->command);
	}
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_say_what_they_are),
	    cmocka_unit_test(options_say_what_they_are),
	    cmocka_unit_test(names_and_aliases_are_unique),
	    cmocka_unit_test(abbreviations_keep_their_meaning),
	    cmocka_unit_test(starts_of_names_are_enough),
	    cmocka_unit_test(unknown_names_get_a_suggestion),
	    cmocka_unit_test(commands_ask_for_a_lesson),
	    cmocka_unit_test(help_explains_every_command),
	    cmocka_unit_test(show_alone_lists_its_table),
	    cmocka_unit_test(every_name_is_completed),
	    cmocka_unit_test(arguments_are_completed),
	    cmocka_unit_test(rows_are_completed),
	    cmocka_unit_test(completion_looks_at_what_stands_before),
	    cmocka_unit_test(settings_take_their_choices),
	    cmocka_unit_test(keys_type_commands),
	    cmocka_unit_test(the_screens_commands_are_its_own),
	    cmocka_unit_test(keys_are_explained),
	    cmocka_unit_test(arrows_are_words_in_ascii),
	    cmocka_unit_test(a_count_says_how_often),
	    cmocka_unit_test(commands_of_keys_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
