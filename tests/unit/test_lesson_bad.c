/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_bad.c -- every NAME.yaml of tests/lessons-bad is refused with exactly the messages
 * of NAME.expected, when it is read or when its printed figures are checked. To add one: write the
 * two files. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backstep/base/text.h"
#include "backstep/build/figures.h"
#include "check.h"

static int is_lesson(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');
	return dot && strcmp(dot, ".yaml") == 0;
}

static void read_expected(const char *lesson, struct strbuf *out)
{
	char name[300], block[4096];
	size_t n;
	FILE *file;
	snprintf(name, sizeof name, "%.*s.expected", (int)(strlen(lesson) - 5), lesson);
	file = fopen(name, "rb");
	if (!file)
		return;
	while ((n = fread(block, 1, sizeof block, file)) > 0)
		strbuf_add_len(out, block, n);
	fclose(file);
}

static bool check_lesson(const char *name)
{
	struct strbuf got = {0}, wanted = {0};
	struct error_list errors = {0};
	struct lesson *lesson;
	struct lesson_model built;
	struct figures figures = {0};
	enum status status = lesson_read_file(name, &lesson, &errors);
	bool same;
	/* what a lesson names, and its data, are looked at when a model is built of it */
	if (status == STATUS_OK) {
		status = lesson_build(lesson, &built, &errors);
		if (status == STATUS_OK) {
			lesson_model_free(&built);
			status = figures_judge(lesson, &figures, &errors);
		}
	}
	for (size_t i = 0; i < errors.n_items; i++) {
		error_print(&errors.items[i], &got);
		strbuf_add_char(&got, '\n');
	}
	read_expected(name, &wanted);
	same = status == STATUS_BAD_INPUT && got.len > 0 &&
	       strcmp(strbuf_str(&got), strbuf_str(&wanted)) == 0;
	if (!same)
		print_error("%s: status %d\ngot:\n%swanted:\n%s", name, (int)status,
			    strbuf_str(&got), strbuf_str(&wanted));
	figures_free(&figures);
	lesson_free(lesson);
	error_list_free(&errors);
	strbuf_free(&got);
	strbuf_free(&wanted);
	return same;
}

static void bad_lessons(void **state)
{
	struct dirent **names;
	int n, failures = 0;
	(void)state;
	assert_int_equal(chdir(BACKSTEP_SOURCE_DIR "/tests/lessons-bad"), 0);
	n = scandir(".", &names, is_lesson, alphasort);
	assert_true(n >= 40);
	for (int i = 0; i < n; i++) {
		failures += !check_lesson(names[i]->d_name);
		free(names[i]);
	}
	free(names);
	assert_int_equal(failures, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bad_lessons),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
