/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_journal.c -- nothing is lost: what was undone was as if it had never been typed, and
 * what was done is found again when the lesson is opened the next time. */
#include "sitting.h"
#include "temporary.h"

#include <dirent.h>
#include <sys/stat.h>

#include "backstep/base/file.h"

static void type_all(struct sitting *sitting, const char *const *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		type_good(sitting, lines[i]);
}

/* Moves, settings that change the numbers, breakpoints, a restart, questions. */
static const char *const walk[] = {
    "lesson sigmoid-2-2-2",
    "next 7",
    "set rate 0.25",
    "update 2",
    "break w1",
    "continue",
    "set optimizer adam",
    "train 3",
    "set digits 9",
    "restart",
    "epoch 2",
    "back 3",
    "predict slope",
    "goto w5",
    "predict off",
    "set chain deltas",
    "lesson xor-relu",
    "next 4",
};
enum { N_WALK = sizeof walk / sizeof *walk };

/* After n commands and as many undos as there are from the end: the same moment, to the bit; and
 * after as many redos the same as at the end. */
static void undone_is_as_if_never_typed(void **state)
{
	(void)state;
	for (size_t n = 1; n < N_WALK; n++) {
		struct sitting sitting, other;
		struct moment there, back, end, again;
		char line[64];
		sitting_begin(&sitting);
		sitting_begin(&other);
		type_all(&sitting, walk, N_WALK);
		type_all(&other, walk, n);
		moment_take(&sitting, &end);
		moment_take(&other, &there);
		snprintf(line, sizeof line, "undo %zu", N_WALK - n);
		type_good(&sitting, line);
		moment_take(&sitting, &back);
		assert_same_moment(&back, &there);
		snprintf(line, sizeof line, "redo %zu", N_WALK - n);
		type_good(&sitting, line);
		moment_take(&sitting, &again);
		assert_same_moment(&again, &end);
		moment_free(&there);
		moment_free(&back);
		moment_free(&end);
		moment_free(&again);
		sitting_end(&other);
		sitting_end(&sitting);
	}
}

static void what_cannot_be_undone_is_refused(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	assert_int_equal(type(&sitting, "undo"), STATUS_BAD_INPUT);
	assert_contains(complaint(&sitting), "there is nothing to undo");
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_int_equal(type(&sitting, "redo"), STATUS_BAD_INPUT);
	type_good(&sitting, "next");
	type_good(&sitting, "next");
	assert_int_equal(type(&sitting, "undo 3"), STATUS_BAD_INPUT);
	assert_contains(complaint(&sitting), "at most: undo 2");
	assert_int_equal(stepper_number(&sitting.session->stepper), 2);
	type_good(&sitting, "undo 2");
	assert_contains(answer(&sitting), "undone: next, next");
	assert_int_equal(type(&sitting, "redo 3"), STATUS_BAD_INPUT);
	assert_contains(complaint(&sitting), "at most: redo 2");
	/* something else takes the place of what was undone */
	type_good(&sitting, "phase");
	assert_int_equal(type(&sitting, "redo"), STATUS_BAD_INPUT);
	type_good(&sitting, "log");
	assert_string_equal(answer(&sitting), "lesson sigmoid-2-2-2\nphase\n");
	sitting_end(&sitting);
}

/* A command of those that stay cannot be done again: the file of a state is gone. */
static void an_undo_that_fails_changes_nothing(void **state)
{
	struct sitting sitting;
	struct moment before, after;
	char path[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	temporary_name(path, ".state");
	type_good(&sitting, "next 9");
	snprintf(line, sizeof line, "save-state %s", path);
	type_good(&sitting, line);
	snprintf(line, sizeof line, "load-state %s", path);
	type_good(&sitting, line);
	assert_int_equal(unlink(path), 0);
	type_good(&sitting, "set rate 0.3");
	type_good(&sitting, "next 2");
	moment_take(&sitting, &before);
	assert_int_equal(type(&sitting, "undo 2"), STATUS_IO);
	moment_take(&sitting, &after);
	assert_same_moment(&after, &before);
	/* a move alone needs no file */
	type_good(&sitting, "undo");
	assert_int_equal(stepper_number(&sitting.session->stepper), 9);
	moment_free(&before);
	moment_free(&after);
	sitting_end(&sitting);
}

struct home {
	char folder[TEMPORARY_PATH], file[2 * TEMPORARY_PATH];
};

static void home_make(struct home *home)
{
	temporary_folder(home->folder);
	snprintf(home->file, sizeof home->file, "%s/sigmoid-2-2-2", home->folder);
}

/* Lines that end without a farewell, as with kill -9; each is kept as it goes. */
static void sit(const struct home *home, const char *const *lines, size_t n)
{
	struct sitting sitting;
	sitting_begin(&sitting);
	command_keep_sittings(&sitting.context, home->folder);
	for (size_t i = 0; i < n; i++) {
		type_good(&sitting, lines[i]);
		command_save_sitting(&sitting.context);
	}
	assert_int_equal(sitting.context.errors.n_items, 0);
	sitting_end(&sitting);
}
#define SIT(home, ...)                                                          \
	sit((home), (const char *const[]){"lesson sigmoid-2-2-2", __VA_ARGS__}, \
	    1 + sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *))

/* What is said when the lesson is opened again, and where the command leads that it names. */
static void assert_offers(const struct home *home, const char *offer, const char *command,
			  uint64_t number)
{
	struct sitting sitting;
	sitting_begin(&sitting);
	command_keep_sittings(&sitting.context, home->folder);
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_contains(answer(&sitting), offer);
	type_good(&sitting, command);
	assert_int_equal(stepper_number(&sitting.session->stepper), number);
	sitting_end(&sitting);
}

static void the_place_is_offered_again(void **state)
{
	struct home home;
	(void)state;
	home_make(&home);
	SIT(&home, "next 5", "set rate 0.25", "update 2", "next 7");
	assert_offers(&home, "the last time you got to step 263: undo goes back there\n", "undo",
		      263);
	/* who looks at it, and goes no further, loses nothing */
	assert_offers(&home, "step 263: undo goes back there\n", "undo", 263);
	/* Home, a restart: the place is that of before */
	SIT(&home, "next 5", "goto 0");
	assert_offers(&home, "step 5: undo 2 goes back there\n", "undo 2", 5);
	SIT(&home, "undo 2", "next", "restart");
	assert_offers(&home, "step 6: undo 2 goes back there\n", "undo 2", 6);
	/* a sitting of one step leaves the one before within reach */
	SIT(&home, "next");
	assert_offers(&home, "step 1: undo goes back there\n", "undo 3", 0);
	assert_offers(&home, "step 1: undo goes back there\n", "undo 4", 6);
}

/* The numbers that the settings led to are there again, not only the step. */
static void a_sitting_comes_back_to_the_bit(void **state)
{
	static const char *const lines[] = {"next 5", "set rate 0.25", "train 4",
					    "set optimizer adam", "next 20"};
	struct home home;
	struct sitting one, other;
	struct moment there, again;
	(void)state;
	home_make(&home);
	sitting_open(&one, "sigmoid-2-2-2");
	type_all(&one, lines, sizeof lines / sizeof *lines);
	SIT(&home, lines[0], lines[1], lines[2], lines[3], lines[4]);
	sitting_begin(&other);
	command_keep_sittings(&other.context, home.folder);
	type_good(&other, "lesson sigmoid-2-2-2");
	type_good(&other, "undo");
	moment_take(&one, &there);
	moment_take(&other, &again);
	assert_same_moment(&again, &there);
	moment_free(&there);
	moment_free(&again);
	sitting_end(&one);
	sitting_end(&other);
}

/* Every file that is cut off, or has a byte that is another, is refused by its name or read; the
 * lesson is open all the same. */
static void a_damaged_file_is_said_and_left_alone(void **state)
{
	struct home home;
	struct sitting sitting;
	struct strbuf whole = {0}, text = {0};
	(void)state;
	home_make(&home);
	SIT(&home, "next 5", "set rate 0.25", "next");
	assert_int_equal(file_read(home.file, 4096, &whole, NULL), STATUS_OK);
	static const char lines[] = "backstep-sitting 1\n0 open lesson sigmoid-2-2-2\n"
				    "5 move next 5\n5 do set rate 0.25\n6 move next\nlesson ";
	assert_memory_equal(whole.data, lines, sizeof lines - 1);
	assert_int_equal(whole.len, sizeof lines - 1 + 16 + 1); /* the hash of the lesson's file */
	for (size_t i = 1; i < whole.len; i++) {
		strbuf_clear(&text);
		strbuf_add_len(&text, whole.data, i);
		assert_int_equal(file_replace(home.file, text.data, text.len, NULL), STATUS_OK);
		sitting_begin(&sitting);
		command_keep_sittings(&sitting.context, home.folder);
		bool is_line = text.data[i - 1] == '\n';
		assert_int_equal(type(&sitting, "lesson sigmoid-2-2-2"), STATUS_OK);
		assert_int_equal(sitting.errors.len == 0, is_line);
		if (!is_line)
			assert_contains(complaint(&sitting), home.file);
		assert_non_null(sitting.session->lesson);
		sitting_end(&sitting);
	}
	strbuf_free(&whole);
	strbuf_free(&text);
}

/* What was done is done again with the lesson as it is now, and that is said. */
static void an_edited_lesson_is_said(void **state)
{
	static const char said[] = "the lesson's file has changed since then";
	struct home home;
	char lesson[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	(void)state;
	home_make(&home);
	temporary_lesson(lesson, lesson_line);
	snprintf(line, sizeof line, "lesson %s", lesson);
	for (size_t i = 0; i < 4; i++) {
		struct sitting sitting;
		struct strbuf text = {0};
		sitting_begin(&sitting);
		command_keep_sittings(&sitting.context, home.folder);
		type_good(&sitting, line);
		assert_int_equal(strstr(answer(&sitting), "last time") != NULL, i > 0);
		assert_int_equal(strstr(answer(&sitting), said) != NULL, i == 2);
		type_good(&sitting, "next 2");
		command_save_sitting(&sitting.context);
		sitting_end(&sitting);
		assert_int_equal(file_read(lesson, 4096, &text, NULL), STATUS_OK);
		if (i == 1) { /* w = 2 becomes 3 */
			memcpy(strstr(text.data, "w=2"), "w=3", 3);
			assert_int_equal(file_replace(lesson, text.data, text.len, NULL),
					 STATUS_OK);
		}
		strbuf_free(&text);
	}
}

/* Where nothing can be written it is said once, and the walk goes on. */
static void a_folder_that_cannot_be_written_is_said_once(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	command_keep_sittings(&sitting.context, "/dev/null/sittings");
	assert_contains(answer(&sitting), "this sitting is not kept: there is no such file");
	type_good(&sitting, "lesson sigmoid-2-2-2");
	type_good(&sitting, "next");
	strbuf_clear(&sitting.context.out);
	command_save_sitting(&sitting.context);
	assert_string_equal(answer(&sitting), "");
	sitting_end(&sitting);
}

/* What only lists is no part of the script. */
static void lists_are_not_recorded(void **state)
{
	static const char *const lines[] = {"break",    "watch", "bookmark", "set",
					    "break w1", "break", "predict",  "set rate"};
	struct sitting sitting;
	struct strbuf script = {0};
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
		type_good(&sitting, lines[k]);
	journal_script(&sitting.session->journal, &script);
	assert_string_equal(strbuf_str(&script), "break w1\n");
	strbuf_free(&script);
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(undone_is_as_if_never_typed),
	    cmocka_unit_test(what_cannot_be_undone_is_refused),
	    cmocka_unit_test(an_undo_that_fails_changes_nothing),
	    cmocka_unit_test(the_place_is_offered_again),
	    cmocka_unit_test(a_sitting_comes_back_to_the_bit),
	    cmocka_unit_test(a_damaged_file_is_said_and_left_alone),
	    cmocka_unit_test(an_edited_lesson_is_said),
	    cmocka_unit_test(a_folder_that_cannot_be_written_is_said_once),
	    cmocka_unit_test(lists_are_not_recorded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
