/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_readme.c -- the tables of README.md and lessons/README.md against the rows that they are
 * about, both ways: every row is there, and what is there has a row. */
#include "check.h"

#include <string.h>

#include "../../src/command/command_private.h"
#include "../../src/console/option_rows.h"
#include "backstep/base/file.h"
#include "backstep/console/subcommand.h"
#include "backstep/engine/generator.h"
#include "backstep/engine/init.h"
#include "backstep/engine/model.h"
#include "backstep/session/setting.h"

static struct strbuf readme, lessons;

static int read_documents(void **state)
{
	(void)state;
	return file_read(BACKSTEP_SOURCE_DIR "/README.md", 1 << 20, &readme, NULL) ||
	       file_read(BACKSTEP_SOURCE_DIR "/lessons/README.md", 1 << 20, &lessons, NULL);
}

static int free_documents(void **state)
{
	(void)state;
	strbuf_free(&readme);
	strbuf_free(&lessons);
	return 0;
}

/* The line of a document that begins so, or NULL. */
static const char *find_line(const struct strbuf *document, const char *start)
{
	const char *line = strbuf_str(document);
	while (line && strncmp(line, start, strlen(start)) != 0) {
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return line;
}

static bool is_part_of_word(char c)
{
	return c && strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", c);
}

/* Whether the word stands on the line. */
static bool line_has(const char *line, const char *word)
{
	size_t len = strlen(word);
	const char *end = line + strcspn(line, "\n");
	for (const char *at = line; (at = strstr(at, word)) && at < end; at += len)
		if (!is_part_of_word(at[len]) && (at == line || !is_part_of_word(at[-1])))
			return true;
	return false;
}

static void assert_line_has(const struct strbuf *document, const char *start, const char *word)
{
	const char *line = find_line(document, start);
	if (!line || !line_has(line, word))
		fail_msg("'%s' does not stand on the line '%s'", word, start);
}

/* "| `goto STEP\|PARAMETER` |": how a row of a table begins. */
static void row_start(const char *name, const char *usage, char start[128])
{
	size_t n = (size_t)snprintf(start, 100, "| `%s%s", name, usage ? " " : "");
	for (; usage && *usage && n < 120; usage++) {
		if (*usage == '|')
			start[n++] = '\\';
		start[n++] = *usage;
	}
	snprintf(start + n, 128 - n, "` |");
}

/* Lines of the document that begin a table's row with a word in backquotes, after this heading and
 * before the next. */
static size_t count_rows(const struct strbuf *document, const char *heading)
{
	size_t n = 0;
	const char *line = find_line(document, heading);
	assert_non_null(line);
	while ((line = strchr(line, '\n')) && strncmp(++line, "## ", 3) != 0)
		n += strncmp(line, "| `", 3) == 0;
	return n;
}

static void every_command_has_its_row(void **state)
{
	size_t n = 0;
	char start[128];
	(void)state;
	for (const struct command *const *at = command_registry, *row; (row = *at); at++, n++) {
		row_start(row->name, row->usage, start);
		if (!find_line(&readme, start))
			fail_msg("README.md has no row '%s'", start);
	}
	assert_int_equal(count_rows(&readme, "## Commands"), n);
	for (const struct show *const *at = show_registry, *row; (row = *at); at++)
		assert_line_has(&readme, "| `show ", row->name);
	for (const struct setting *row = setting_table; row->name; row++)
		assert_line_has(&readme, "| `set ", row->name);
}

static void every_subcommand_and_option_is_there(void **state)
{
	char start[64], option[64];
	(void)state;
	for (const struct subcommand *const *at = subcommand_registry, *row; (row = *at); at++) {
		snprintf(start, sizeof start, "| `backstep %s", row->name);
		if (!find_line(&readme, start))
			fail_msg("README.md has no row '%s'", start);
	}
	for (const struct option_row *row = option_table; row->name; row++) {
		snprintf(option, sizeof option, "--%s", row->name);
		bool is_there = false;
		for (const char *line = strbuf_str(&readme); line && !is_there;) {
			is_there = line_has(line, option);
			line = strchr(line, '\n');
			line = line ? line + 1 : NULL;
		}
		if (!is_there)
			fail_msg("README.md says nothing of %s", option);
	}
}

/* What a row of lessons/README.md lists is what the registry has: names between commas, with what
 * stands in brackets left out. */
static void check_names(const char *start, const char *const names[], size_t n_names)
{
	const char *line = find_line(&lessons, start);
	size_t n_listed = 0, depth = 0;
	assert_non_null(line);
	for (size_t k = 0; k < n_names; k++)
		assert_line_has(&lessons, start, names[k]);
	for (line += strlen(start); *line != '|'; line++) {
		depth += *line == '(';
		depth -= *line == ')';
		n_listed += depth == 0 && *line == ',';
	}
	if (n_listed + 1 != n_names)
		fail_msg("%s %zu names instead of %zu", start, n_listed + 1, n_names);
}

enum { MAX_NAMES = 64 };

static void every_name_of_a_lesson_is_listed(void **state)
{
	const char *names[MAX_NAMES];
	size_t n = 0;
	(void)state;
	for (const struct op *const *at = op_registry; *at; at++)
		if ((*at)->family == OP_ACTIVATION)
			names[n++] = (*at)->name;
	check_names("| activations |", names, n);
	for (n = 0; loss_registry[n].name; n++)
		names[n] = loss_registry[n].name;
	check_names("| losses |", names, n);
	for (n = 0; optimizer_registry[n]; n++)
		names[n] = optimizer_registry[n]->name;
	check_names("| optimizers |", names, n);
	for (n = 0; init_registry[n].name; n++)
		names[n] = init_registry[n].name;
	check_names("| initialisations |", names, n);
	for (n = 0; generator_registry[n]; n++)
		names[n] = generator_registry[n]->name;
	check_names("| generators |", names, n);
	assert_true(n < MAX_NAMES);
}

static void every_form_and_stage_is_listed(void **state)
{
	char name[STAGE_NAME];
	(void)state;
	for (const struct optimizer_class *const *at = optimizer_registry; *at; at++)
		for (size_t k = 0; (*at)->n_forms > 1 && k < (*at)->n_forms; k++)
			assert_line_has(&lessons, "| optimizers |", (*at)->forms[k].name);
	for (size_t k = 0; stage_setting_name(k, name); k++) {
		bool is_there = false;
		const char *line = find_line(&lessons, "| stage |");
		assert_non_null(line);
		for (; *line == '|'; line += strcspn(line, "\n") + 1)
			is_there = is_there || line_has(line, name);
		if (!is_there)
			fail_msg("lessons/README.md says nothing of %s", name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_command_has_its_row),
	    cmocka_unit_test(every_subcommand_and_option_is_there),
	    cmocka_unit_test(every_name_of_a_lesson_is_listed),
	    cmocka_unit_test(every_form_and_stage_is_listed),
	};
	return cmocka_run_group_tests(tests, read_documents, free_documents);
}
