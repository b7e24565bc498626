/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_cut.c -- damaged copies of every shipped lesson, cut off and with one byte changed.
 * None crashes; a cut one is never accepted. Usage: test_lesson_cut PART PARTS, one of so many
 * equal parts of the lessons (without: all).
 *
 * Every byte is a place to damage. Reading all of a lesson for each of its bytes takes time that
 * grows with its square: so these are some places of each lesson, others in each one. With
 * BACKSTEP_EVERY_BYTE in the environment, which .ci/run sets, they are all. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backstep/base/text.h"
#include "backstep/lesson/lesson.h"
#include "check.h"

enum { MOST_PLACES = 1000 };

static int part = 1, n_parts = 1;
static size_t most_places = MOST_PLACES;

static int is_lesson(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');
	return dot && strcmp(dot, ".yaml") == 0;
}

static char *read_file(const char *name, size_t *len)
{
	FILE *file = fopen(name, "rb");
	char *text;
	long size;
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	text = malloc((size_t)size + 1);
	assert_non_null(text);
	*len = fread(text, 1, (size_t)size, file);
	fclose(file);
	return text;
}

/* Reads len bytes that end where their memory ends, and checks that refusing gives a reason. */
static bool is_accepted(const char *text, size_t len)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	char *copy = malloc(len ? len : 1);
	enum status status;
	assert_non_null(copy);
	memcpy(copy, text, len);
	status = lesson_read_text("cut.yaml", copy, len, &lesson, &errors);
	free(copy);
	assert_true(status == STATUS_OK || status == STATUS_BAD_INPUT);
	assert_int_equal(status == STATUS_OK, lesson != NULL);
	assert_int_equal(status == STATUS_OK, errors.n_items == 0);
	for (size_t i = 0; i < errors.n_items; i++) {
		assert_true(errors.items[i].line >= 1 && errors.items[i].column >= 1);
		assert_true(errors.items[i].message[0]);
	}
	error_list_free(&errors);
	lesson_free(lesson);
	return status == STATUS_OK;
}

/* The places of one lesson: first, first + step, ... */
struct places {
	size_t first, step;
};

static void each_lesson(void (*check)(char *text, size_t len, struct places places))
{
	struct dirent **names;
	int n;
	assert_int_equal(chdir(BACKSTEP_SOURCE_DIR "/lessons"), 0);
	n = scandir(".", &names, is_lesson, alphasort);
	assert_true(n >= n_parts);
	for (int i = 0; i < n; i++) {
		size_t len;
		char *text = read_file(names[i]->d_name, &len);
		struct places places = {.step = len / (most_places + 1) + 1};

		places.first = (size_t)i % places.step;
		if (i % n_parts == part - 1)
			check(text, len, places);
		free(text);
		free(names[i]);
	}
	free(names);
}

/* The lesson is whole once its end mark is, with or without the newline after it. */
static void check_cut(char *text, size_t len, struct places places)
{
	for (size_t n = places.first; n + 1 < len; n += places.step)
		assert_false(is_accepted(text, n));
	assert_true(is_accepted(text, len - 1));
	assert_true(is_accepted(text, len));
}

static void cut_lessons_are_refused(void **state)
{
	(void)state;
	each_lesson(check_cut);
}

static void check_changed(char *text, size_t len, struct places places)
{
	static const char changes[] = {'\0', '\x1b', '\x80', '\xff', '9', '\t', '[', '\n'};
	size_t accepted = 0, tried = 0;
	for (size_t i = places.first; i < len; i += places.step) {
		char kept = text[i];

		text[i] = changes[tried++ % sizeof changes];
		accepted += is_accepted(text, len);
		text[i] = kept;
	}
	assert_true(accepted > 0 && accepted < tried);
	assert_true(is_accepted(text, len));
}

static void changed_lessons_are_read_or_refused(void **state)
{
	(void)state;
	each_lesson(check_changed);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cut_lessons_are_refused),
	    cmocka_unit_test(changed_lessons_are_read_or_refused),
	};
	if (argc == 3) {
		part = atoi(argv[1]);
		n_parts = atoi(argv[2]);
	}
	if (getenv("BACKSTEP_EVERY_BYTE"))
		most_places = LESSON_MAX_BYTES;
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
