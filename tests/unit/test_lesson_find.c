/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_find.c -- finding and listing lessons, in folders made for it, and files that are
 * none. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/text.h"
#include "backstep/lesson/lesson_find.h"
#include "check.h"
#include "temporary.h"

/* The folder that a test works in: first/ and second/ are named by BACKSTEP_LESSONS, data/ is
 * XDG_DATA_HOME. */
static char folder[TEMPORARY_PATH];

static void write_lesson(const char *path, const char *id, const char *title)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file,
		"format: 1\nid: %s\ntitle: {es: %s, en: %s}\ntext: {es: a, en: b}\n"
		"network: {inputs: [x], layers: [{units: [y], weights: [[w=1]]}]}\n"
		"loss: {kind: error}\ndata: [{x: [1], target: [2]}]\n"
		"training: {optimizer: gd, rate: 1}\n...\n",
		id, title, title);
	assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *path)
{
	assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
}

static int group_setup(void **state)
{
	char lessons[4 * TEMPORARY_PATH];
	(void)state;
	temporary_folder(folder);
	assert_int_equal(chdir(folder), 0);
	make_folder("first");
	make_folder("second");
	make_folder("data");
	make_folder("data/backstep");
	make_folder("data/backstep/lessons");
	write_lesson("first/20-beta.yaml", "beta", "first beta");
	write_lesson("first/30-other-name.yaml", "gamma", "first gamma");
	write_lesson("second/10-alpha.yaml", "alpha", "second alpha");
	write_lesson("second/25-beta.yaml", "beta", "second beta");
	write_lesson("second/05-gamma.yaml", "gamma", "second gamma");
	write_lesson("second/delta.yaml", "delta", "second delta");
	write_lesson("second/.hidden.yaml", "hidden", "hidden");
	write_lesson("second/11-alpha.yml", "eta", "not yaml");
	write_lesson("data/backstep/lessons/40-mine.yaml", "mine", "my own");
	write_lesson("here.yaml", "here", "here");
	snprintf(lessons, sizeof lessons, "%s/first::%s/none:%s/second", folder, folder, folder);
	setenv("BACKSTEP_LESSONS", lessons, 1);
	snprintf(lessons, sizeof lessons, "%s/data", folder);
	setenv("XDG_DATA_HOME", lessons, 1);
	return 0;
}

/* The part of the path after the test's folder. */
static void assert_found(const char *name, const char *wanted)
{
	struct error err = {0};
	char *path;
	assert_int_equal(lesson_find(name, &path, &err), STATUS_OK);
	assert_non_null(path);
	if (strncmp(path, folder, strlen(folder)) == 0)
		assert_string_equal(path + strlen(folder), wanted);
	else
		assert_string_equal(path, wanted);
	free(path);
}

static void by_id(void **state)
{
	(void)state;
	assert_found("alpha", "/second/10-alpha.yaml");
	assert_found("delta", "/second/delta.yaml");
	assert_found("mine", "/data/backstep/lessons/40-mine.yaml");
	/* The earlier folder wins. */
	assert_found("beta", "/first/20-beta.yaml");
}

static void by_file_name(void **state)
{
	(void)state;
	assert_found("25-beta.yaml", "/second/25-beta.yaml");
	assert_found("25-beta", "/second/25-beta.yaml");
	assert_found("delta.yaml", "/second/delta.yaml");
	assert_found("30-other-name", "/first/30-other-name.yaml");
}

static void by_path(void **state)
{
	(void)state;
	assert_found("here.yaml", "here.yaml");
	assert_found("./anything", "./anything");
	assert_found("/no/such/file.yaml", "/no/such/file.yaml");
}

/* A program in its build folder finds those of its source tree, by a link beside it. */
static void in_build_folder(void **state)
{
	char *path, *real;
	(void)state;
	assert_int_equal(lesson_find("sigmoid-2-2-2", &path, NULL), STATUS_OK);
	real = realpath(path, NULL);
	assert_non_null(real);
	assert_string_equal(real, BACKSTEP_SOURCE_DIR "/lessons/18-sigmoid-2-2-2.yaml");
	free(real);
	free(path);
}

/* A file whose name does not say its id is found by reading. */
static void by_reading(void **state)
{
	(void)state;
	assert_int_equal(rename("second/delta.yaml", "second/50-unlike.yaml"), 0);
	assert_found("delta", "/second/50-unlike.yaml");
	assert_int_equal(rename("second/50-unlike.yaml", "second/delta.yaml"), 0);
}

static void unknown(void **state)
{
	struct error err = {0};
	char *path;
	(void)state;
	assert_int_equal(lesson_find("alpah", &path, &err), STATUS_BAD_INPUT);
	assert_null(path);
	assert_string_equal(err.message, "there is no lesson 'alpah'");
	assert_string_equal(err.hint, "did you mean 'alpha'?");
	assert_int_equal(lesson_find("\x1b[31mzzzzzzzzzzz", &path, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "there is no lesson '\\u{001B}[31mzzzzzzzzzzz'");
	assert_string_equal(err.hint, "'backstep list' shows all lessons");
	assert_int_equal(lesson_find("hidden", &path, &err), STATUS_BAD_INPUT);
	assert_int_equal(lesson_find("eta", &path, &err), STATUS_BAD_INPUT);
	assert_int_equal(lesson_find("", &path, &err), STATUS_BAD_INPUT);
}

static const struct lesson_item *item(const struct lesson_list *list, const char *id, size_t *at)
{
	for (*at = 0; *at < list->n_items; ++*at)
		if (strcmp(list->items[*at].id, id) == 0)
			return &list->items[*at];
	fail_msg("%s is not listed", id);
	return NULL;
}

static void list(void **state)
{
	static const char *const order[] = {"alpha", "beta", "gamma", "mine", "delta"};
	struct lesson_list list;
	struct error err;
	size_t at, before = 0;
	(void)state;
	assert_int_equal(lesson_list_read(&list, &err), STATUS_OK);
	assert_int_equal(list.errors.n_items, 0);
	/* 05-gamma is of the later folder, so gamma stands where 30-other-name does. */
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		item(&list, order[i], &at);
		assert_true(i == 0 || at > before);
		before = at;
	}
	assert_string_equal(item(&list, "beta", &at)->title[LANGUAGE_ES], "first beta");
	assert_string_equal(item(&list, "gamma", &at)->title[LANGUAGE_EN], "first gamma");
	assert_string_equal(item(&list, "sigmoid-2-2-2", &at)->title[LANGUAGE_EN],
			    "Backpropagation step by step: a 2-2-2 network");
	assert_true(list.n_items >= 5 + 4);
	lesson_list_free(&list);
}

static void broken_is_reported(void **state)
{
	struct lesson_list list;
	struct error err;
	size_t n_items;
	FILE *file;
	(void)state;
	assert_int_equal(lesson_list_read(&list, &err), STATUS_OK);
	n_items = list.n_items;
	lesson_list_free(&list);
	file = fopen("first/15-broken.yaml", "w");
	assert_non_null(file);
	fputs("format: 1\nid: broken\n", file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(lesson_list_read(&list, &err), STATUS_OK);
	assert_int_equal(list.n_items, n_items);
	assert_int_equal(list.errors.n_items, 1);
	assert_non_null(strstr(list.errors.items[0].file, "first/15-broken.yaml"));
	lesson_list_free(&list);
	remove("first/15-broken.yaml");
}

static void assert_unreadable(const char *path, const char *message)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	assert_int_equal(lesson_read_file(path, &lesson, &errors), STATUS_IO);
	assert_null(lesson);
	assert_int_equal(errors.n_items, 1);
	assert_string_equal(errors.items[0].message, message);
	assert_string_equal(errors.items[0].file, path);
	error_list_free(&errors);
}

static void not_a_file(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("fifo.yaml", 0644), 0);
	assert_unreadable("fifo.yaml", "this is not a regular file");
	assert_unreadable("/dev/zero", "this is not a regular file");
	assert_unreadable("first", "this is a folder, not a lesson");
	assert_unreadable("none.yaml", "the lesson cannot be read: there is no such file");
	assert_unreadable("here.yaml/x", "the lesson cannot be read: there is no such file");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(by_id),      cmocka_unit_test(by_file_name),
	    cmocka_unit_test(by_path),    cmocka_unit_test(in_build_folder),
	    cmocka_unit_test(by_reading), cmocka_unit_test(unknown),
	    cmocka_unit_test(list),       cmocka_unit_test(broken_is_reported),
	    cmocka_unit_test(not_a_file),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, group_setup, NULL);
}
