/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_save.c -- a sitting that is saved is a script that leads to the same bits; saving
 * never harms a file. And `lesson`: the one that is open stays until another one is good. */
#include "sitting.h"
#include "temporary.h"

#include <sys/stat.h>

#include "backstep/base/file.h"

/* Types every line of a file. */
static void replay(struct sitting *sitting, const char *path)
{
	char line[256];
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	while (fgets(line, sizeof line, file))
		type(sitting, line);
	fclose(file);
}

static void save(struct sitting *sitting, char path[TEMPORARY_PATH])
{
	struct strbuf line = {0};
	temporary_name(path, ".script");
	strbuf_addf(&line, "save %s", path);
	type_good(sitting, strbuf_str(&line));
	assert_contains(answer(sitting), "saved; replay it with: backstep run /tmp/backstep-test-");
	strbuf_free(&line);
}

/* A file may be called as no line of a script can be: nothing is saved that could not be read, and
 * the record shows no control character. */
static void a_name_that_no_script_can_have_is_refused(void **state)
{
	static const char *const suffixes[] = {"\033[31m.yaml", "\nnext.yaml", "\xFF.yaml",
					       "\xE2\x80\xAE.yaml"};
	char name[TEMPORARY_PATH], path[TEMPORARY_PATH], script[TEMPORARY_PATH], line[128];
	struct error_list errors = {0};
	(void)state;
	for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++) {
		struct sitting sitting;
		temporary_lesson(path, "graph:\n  parameters: [x=2]\n  nodes: [\"f = x^2\"]\n"
				       "training: {optimizer: gd, rate: 0.1}\n");
		temporary_name(name, suffixes[k]);
		assert_int_equal(rename(path, name), 0);
		sitting_begin(&sitting);
		assert_int_equal(session_open(sitting.session, name, &errors), STATUS_OK);
		type_good(&sitting, "next");
		temporary_name(script, ".script");
		snprintf(line, sizeof line, "save %s", script);
		assert_refused(&sitting, line, "characters that a script cannot have");
		assert_int_not_equal(access(script, F_OK), 0);
		type_good(&sitting, "log");
		assert_true(text_is_safe(answer(&sitting), strlen(answer(&sitting))));
		sitting_end(&sitting);
		unlink(name);
	}
}

/* The sitting, and one that replays what was saved of it, are at the same moment. */
static void assert_replays(struct sitting *sitting)
{
	struct sitting again;
	struct moment one, other;
	char path[TEMPORARY_PATH];
	save(sitting, path);
	sitting_begin(&again);
	replay(&again, path);
	moment_take(sitting, &one);
	moment_take(&again, &other);
	assert_same_moment(&other, &one);
	moment_free(&one);
	moment_free(&other);
	sitting_end(&again);
}

static void a_saved_sitting_is_a_script(void **state)
{
	static const char *const lines[] = {
	    "next 3",
	    "nxt",
	    "expect n1 = 0.601088",
	    "expect n1 = 0.7",
	    "phase",
	    "set rate 0.25",
	    "goto w1",
	    "set rate 0,5",
	    "chain",
	    "break w3",
	    "continue",
	    "back 4",
	    "update 3",
	    "set chain deltas",
	    "next 14",
	    "set digits 9",
	    "restart",
	    "epoch 2",
	    "back phase",
	    "siguiente 2",
	    "show values",
	    "ir 7",
	    "u",
	};
	struct sitting sitting;
	char path[TEMPORARY_PATH], text[1024];
	size_t n;
	FILE *file;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		type(&sitting, lines[i]);
		assert_replays(&sitting);
	}
	save(&sitting, path);
	file = fopen(path, "re");
	assert_non_null(file);
	n = fread(text, 1, sizeof text - 1, file);
	text[n] = '\0';
	fclose(file);
	unlink(path);
	assert_string_equal(text,
			    "lesson sigmoid-2-2-2\nnext 3\nexpect n1 = 0.601088\nphase\n"
			    "set rate 0.25\ngoto w1\nchain\nbreak w3\ncontinue\nback 4\nupdate 3\n"
			    "set chain deltas\nnext 14\nset digits 9\nrestart\nepoch 2\n"
			    "back phase\nnext 2\ngoto 7\nupdate\n");
	sitting_end(&sitting);
}

/* Steps are counted in the form of the chain that was chosen before the lesson was opened. */
static void what_was_set_before_is_kept(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	type_good(&sitting, "set chain deltas");
	type_good(&sitting, "lesson sigmoid-2-2-2");
	type_good(&sitting, "next 30");
	assert_replays(&sitting);
	type_good(&sitting, "lesson xor-relu-learn");
	type_good(&sitting, "next 50");
	assert_replays(&sitting);
	sitting_end(&sitting);
}

/* The text of a script that the sitting is saved as. */
static void assert_saved(struct sitting *sitting, const char *wanted)
{
	char path[TEMPORARY_PATH];
	struct strbuf text = {0};
	save(sitting, path);
	assert_int_equal(file_read(path, 10000, &text, NULL), STATUS_OK);
	unlink(path);
	assert_string_equal(strbuf_str(&text), wanted);
	strbuf_free(&text);
}

/* Every setting that needs no lesson, in the order of the table; what nobody has set is left to
 * whoever replays the script. */
static void settings_stand_before_the_lesson(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	type_good(&sitting, "set digits 9");
	type_good(&sitting, "set seed 7");
	type_good(&sitting, "set chain deltas");
	type_good(&sitting, "set language en");
	type_good(&sitting, "lesson dropout");
	type_good(&sitting, "next 2");
	assert_saved(&sitting, "set chain deltas\nset digits 9\nset language en\nset seed 7\n"
			       "lesson dropout\nnext 2\n");
	assert_replays(&sitting);
	/* what was set in one lesson holds in the next, and is saved with it */
	type_good(&sitting, "set digits 4");
	type_good(&sitting, "set seed lesson");
	assert_refused(&sitting, "set batch 2", "at the start only");
	assert_refused(&sitting, "set batch 0", "batch: expected a whole number from 1 to");
	type_good(&sitting, "restart");
	assert_refused(&sitting, "set batch 2", "more than all rows");
	type_good(&sitting, "lesson xor-relu-learn");
	type_good(&sitting, "set batch 2");
	type_good(&sitting, "lesson xor-relu-learn");
	type_good(&sitting, "next");
	assert_saved(&sitting, "set batch 2\nset chain deltas\nset digits 4\nset language en\n"
			       "set seed lesson\nlesson xor-relu-learn\nnext\n");
	assert_replays(&sitting);
	sitting_end(&sitting);
}

/* A folder with lessons/line.yaml in it, and walks/. */
struct course {
	char folder[64], lesson[96], script[96];
};

static void course_make(struct course *course)
{
	struct strbuf text = {0};
	char path[TEMPORARY_PATH], walks[96];
	temporary_folder(course->folder);
	snprintf(course->lesson, sizeof course->lesson, "%s/line.yaml", course->folder);
	snprintf(walks, sizeof walks, "%s/walks", course->folder);
	snprintf(course->script, sizeof course->script, "%s/walks/one.script", course->folder);
	assert_int_equal(mkdir(walks, 0700), 0);
	temporary_lesson(path, lesson_line);
	assert_int_equal(file_read(path, 10000, &text, NULL), STATUS_OK);
	assert_int_equal(file_create(course->lesson, text.data, text.len, NULL), STATUS_OK);
	strbuf_free(&text);
}

/* The lesson's path is written as it is seen from the script, and read so: both can be moved. */
static void a_lesson_is_looked_for_beside_the_script(void **state)
{
	struct course course, moved;
	struct sitting sitting;
	struct strbuf line = {0}, text = {0};
	(void)state;
	course_make(&course);
	assert_int_equal(chdir(course.folder), 0);
	sitting_open(&sitting, "line.yaml");
	type_good(&sitting, "next 2");
	strbuf_addf(&line, "save %s", course.script);
	type_good(&sitting, strbuf_str(&line));
	sitting_end(&sitting);
	assert_int_equal(file_read(course.script, 10000, &text, NULL), STATUS_OK);
	assert_string_equal(strbuf_str(&text), "lesson ../line.yaml\nnext 2\n");
	assert_int_equal(chdir("/"), 0);
	/* elsewhere, and from elsewhere */
	moved = course;
	snprintf(moved.folder, sizeof moved.folder, "%.40s-moved", course.folder);
	snprintf(moved.lesson, sizeof moved.lesson, "%s/line.yaml", moved.folder);
	snprintf(moved.script, sizeof moved.script, "%s/walks/one.script", moved.folder);
	assert_int_equal(rename(course.folder, moved.folder), 0);
	sitting_begin(&sitting);
	assert_int_equal(session_follow_script(sitting.session, moved.script, NULL), STATUS_OK);
	type_good(&sitting, "lesson ../line.yaml");
	assert_string_equal(sitting.session->lesson_file, moved.lesson);
	/* what is not beside it is found as ever; and an id is never a file beside it */
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_null(sitting.session->lesson_file);
	assert_refused(&sitting, "lesson ../none.yaml", "none.yaml");
	sitting_end(&sitting);
	strbuf_free(&line);
	strbuf_free(&text);
}

/* Where a command was stopped half-way, by Ctrl-C or at a number that is not finite, the way goes
 * on from there. */
static void what_was_stopped_is_kept(void **state)
{
	struct sitting sitting;
	enum status status;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_stopped(&sitting, "update 100", 1, &status);
	assert_int_equal(status, STATUS_INTERRUPTED);
	type_good(&sitting, "next 5");
	assert_replays(&sitting);
	sitting_end(&sitting);

	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "set rate 2");
	assert_int_equal(type(&sitting, "epoch 1000000"), STATUS_NUMERIC);
	assert_replays(&sitting);
	type_good(&sitting, "back 3");
	assert_replays(&sitting);
	sitting_end(&sitting);
}

static void no_file_is_harmed(void **state)
{
	char path[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	struct sitting sitting;
	struct stat status;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "next");
	temporary_write(path, ".script", "precious\n");
	snprintf(line, sizeof line, "save %s", path);
	assert_refused(&sitting, line, "exists already; choose another name");
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_size, strlen("precious\n"));
	unlink(path);
	assert_refused(&sitting, "save", "save needs the name of a file");
	assert_refused(&sitting, "save /dev/null/at/all",
		       "/dev/null/at/all cannot be written: there is no such");
	assert_refused(&sitting, "save /tmp", "/tmp exists already");
	assert_refused(&sitting, "save /proc/new.script", "cannot be written");
	assert_refused(&sitting, "save /dev/null/\033[31m", "/dev/null/\\u{001B}[31m cannot be");
	sitting_end(&sitting);

	/* a link that leads nowhere is not followed */
	sitting_open(&sitting, "sigmoid-2-2-2");
	temporary_name(path, ".script");
	assert_int_equal(symlink("/tmp/backstep-test-nowhere", path), 0);
	snprintf(line, sizeof line, "save %s", path);
	assert_refused(&sitting, line, "exists already");
	sitting_end(&sitting);
}

static void lessons_are_listed_and_switched(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_begin(&sitting);
	type_good(&sitting, "lesson");
	for (size_t i = 0; i < N_SHIPPED; i++)
		assert_contains(answer(&sitting), shipped_lessons[i]);
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_contains(answer(&sitting), "sigmoid-2-2-2: Backpropagation step by step");
	type_good(&sitting, "next 5");
	type_good(&sitting, "break w5");
	type_good(&sitting, "set digits 3");
	type_good(&sitting, "lección or-perceptron");
	assert_string_equal(sitting.session->lesson->id.text, "or-perceptron");
	assert_int_equal(stepper_number(&sitting.session->stepper), 0);
	assert_int_equal(sitting.session->n_breaks, 0);
	assert_int_equal(sitting.session->style.digits, 3);
	struct strbuf done = {0};
	journal_script(&sitting.session->journal, &done);
	assert_int_equal(done.len, 0);
	strbuf_free(&done);
	/* the same again starts anew */
	type_good(&sitting, "next 5");
	type_good(&sitting, "lesson or-perceptron");
	assert_int_equal(stepper_number(&sitting.session->stepper), 0);
	sitting_end(&sitting);
}

static void a_bad_lesson_leaves_the_old_one_open(void **state)
{
	char path[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "next 20");
	type_good(&sitting, "break w5");
	assert_refused(&sitting, "lesson nosuch", "there is no lesson 'nosuch'");
	assert_refused(&sitting, "lesson sigmoid-2-2-3", "did you mean 'sigmoid-2-2-1'?");
	assert_refused(&sitting, "lesson /nowhere/x.yaml", "/nowhere/x.yaml");
	assert_refused(&sitting, "lesson /tmp", "/tmp");
	temporary_lesson(path, "network: {inputs: [x], layers: []}\n");
	snprintf(line, sizeof line, "lesson %s", path);
	assert_refused(&sitting, line, ":5:");
	/* all errors of a file in one pass */
	assert_contains(complaint(&sitting), "'loss'");
	assert_contains(complaint(&sitting), "'data'");
	unlink(path);
	type_good(&sitting, "next");
	assert_int_equal(stepper_number(&sitting.session->stepper), 21);
	sitting_end(&sitting);
}

/* A good file that cannot be walked in the form that was chosen. */
static void a_lesson_of_too_many_paths_leaves_the_old_one_open(void **state)
{
	char path[TEMPORARY_PATH], line[2 * TEMPORARY_PATH];
	struct sitting sitting;
	(void)state;
	temporary_deep_lesson(path);
	snprintf(line, sizeof line, "lesson %s", path);
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set chain paths");
	type_good(&sitting, "next 20");
	assert_refused(&sitting, line, "paths");
	type_good(&sitting, "set chain auto");
	type_good(&sitting, line);
	type_good(&sitting, "goto w5");
	sitting_end(&sitting);
}

static void quit_ends_the_sitting(void **state)
{
	static const char *const words[] = {"quit", "q", "exit", "salir", "qui"};
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct sitting sitting;
		sitting_begin(&sitting);
		type_good(&sitting, words[i]);
		assert_true(sitting.session->quit);
		sitting_end(&sitting);
	}
}

static void empty_lines_and_comments_do_nothing(void **state)
{
	static const char *const lines[] = {"",     "   ",    "\t",      "\n",
					    "\r\n", "# next", "  #next", "#"};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "next\r\n");
	type_good(&sitting, "\t next \t 2 \r\n");
	assert_int_equal(stepper_number(&sitting.session->stepper), 3);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct moment before, after;
		moment_take(&sitting, &before);
		type_good(&sitting, lines[i]);
		assert_string_equal(answer(&sitting), "");
		moment_take(&sitting, &after);
		assert_same_moment(&after, &before);
		moment_free(&before);
		moment_free(&after);
	}
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_saved_sitting_is_a_script),
	    cmocka_unit_test(what_was_set_before_is_kept),
	    cmocka_unit_test(settings_stand_before_the_lesson),
	    cmocka_unit_test(a_lesson_is_looked_for_beside_the_script),
	    cmocka_unit_test(what_was_stopped_is_kept),
	    cmocka_unit_test(no_file_is_harmed),
	    cmocka_unit_test(a_name_that_no_script_can_have_is_refused),
	    cmocka_unit_test(lessons_are_listed_and_switched),
	    cmocka_unit_test(a_bad_lesson_leaves_the_old_one_open),
	    cmocka_unit_test(a_lesson_of_too_many_paths_leaves_the_old_one_open),
	    cmocka_unit_test(quit_ends_the_sitting),
	    cmocka_unit_test(empty_lines_and_comments_do_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
