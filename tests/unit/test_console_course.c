/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_console_course.c -- what a course needs to keep its own lessons right: a file to start
 * from, the guide, folders of lessons and scripts, results for a build server, expectations
 * written anew. */
#include "program.h"
#include "temporary.h"

#include "backstep/base/text.h"
#include "backstep/lesson/lesson.h"
#include "backstep/lesson/lesson_guide.h"

/* A folder of its own. */
struct folder {
	char path[TEMPORARY_PATH];
};

static void folder_make(struct folder *folder)
{
	temporary_folder(folder->path);
}

static void folder_write(const struct folder *folder, const char *name, const char *text)
{
	char path[2 * TEMPORARY_PATH];
	snprintf(path, sizeof path, "%s/%s", folder->path, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void folder_read(const struct folder *folder, const char *name, char *text, size_t size)
{
	char path[2 * TEMPORARY_PATH];
	snprintf(path, sizeof path, "%s/%s", folder->path, name);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	text[fread(text, 1, size - 1, file)] = '\0';
	fclose(file);
}

static struct program run_in(const struct folder *folder, const char *format)
{
	char args[8 * TEMPORARY_PATH];
	struct strbuf text = {0};
	for (const char *c = format; *c; c++)
		if (*c == '%')
			strbuf_add(&text, folder->path);
		else
			strbuf_add_char(&text, *c);
	snprintf(args, sizeof args, "%s", strbuf_str(&text));
	strbuf_free(&text);
	return program_args(args);
}

static void the_starting_file_is_a_lesson(void **state)
{
	(void)state;
	for (enum language language = 0; language < N_LANGUAGES; language++) {
		struct strbuf text = {0};
		struct error_list errors = {0};
		struct lesson *lesson;
		language_set(language);
		lesson_guide_starter(&text);
		assert_int_equal(
		    lesson_read_text("s", strbuf_str(&text), text.len, &lesson, &errors),
		    STATUS_OK);
		lesson_free(lesson);
		error_list_free(&errors);
		strbuf_free(&text);
	}
	language_set(LANGUAGE_EN);
}

static void new_writes_it_once(void **state)
{
	struct folder folder;
	char text[16384];
	(void)state;
	folder_make(&folder);
	struct program program = run_in(&folder, "new %/mine.yaml");
	assert_program(&program, 0, "prove it with: backstep check /tmp", "");
	program_free(&program);
	program = run_in(&folder, "check %/mine.yaml");
	assert_program(&program, 0, "ok 5 - ", "");
	program_free(&program);
	folder_write(&folder, "mine.yaml", "mine");
	program = run_in(&folder, "new %/mine.yaml");
	assert_program(&program, 2, "", "exists already; choose another name");
	program_free(&program);
	folder_read(&folder, "mine.yaml", text, sizeof text);
	assert_string_equal(text, "mine");
	program = run_in(&folder, "new %/no/such/folder.yaml");
	assert_program(&program, 2, "", "cannot be written");
	program_free(&program);
}

/* A copy is the lesson with another id, made of the file's name: it can be proved at once. */
static void new_copies_a_lesson(void **state)
{
	struct folder folder;
	static char text[1 << 16], copy[1 << 16];
	(void)state;
	folder_make(&folder);
	struct program program = run_in(&folder, "new --like xor-relu %/My_XOR.yaml");
	assert_program(&program, 0, "prove it with: backstep check /tmp", "");
	program_free(&program);
	folder_read(&folder, "My_XOR.yaml", copy, sizeof copy);
	const struct folder shipped = {BACKSTEP_SOURCE_DIR "/lessons"};
	folder_read(&shipped, "24-xor-relu.yaml", text, sizeof text);
	const char *id = strstr(text, "\nid: xor-relu\n"), *mine = strstr(copy, "\nid: my-xor\n");
	assert_non_null(id);
	assert_non_null(mine);
	assert_int_equal(mine - copy, id - text);
	assert_memory_equal(copy, text, (size_t)(id - text));
	assert_string_equal(mine + strlen("\nid: my-xor"), id + strlen("\nid: xor-relu"));
	program = run_in(&folder, "check %/My_XOR.yaml");
	assert_program(&program, 0, "ok 5 - ", "");
	program_free(&program);
}

struct seen {
	const char *guide, *manual;
	size_t n_keys;
};

/* Roff without its backslashes: \\- is -. */
static void add_plain(struct strbuf *out, const char *roff)
{
	for (; *roff; roff++)
		if (*roff != '\\')
			strbuf_add_char(out, *roff);
}

static void assert_explained(void *ctx, const struct lesson_guide_key *key)
{
	struct seen *seen = ctx;
	assert_non_null(strstr(seen->guide, key->path));
	assert_non_null(strstr(seen->guide, key->example));
	assert_non_null(strstr(seen->manual, key->path));
	seen->n_keys++;
}

static void every_key_is_explained(void **state)
{
	struct program guide = program_args("help lesson"), manual = program_args("help manual");
	struct strbuf plain = {0};
	(void)state;
	add_plain(&plain, program_out(&manual));
	struct seen seen = {program_out(&guide), strbuf_str(&plain), 0};
	assert_program(&guide, 0, "network.layers[].units\n    the names of the layer", "");
	assert_program(&guide, 0, "    leaky-relu (slope): ", "");
	assert_program(&guide, 0, "    huber (delta): ", "");
	assert_program(&guide, 0, "    leaky_relu: ", "");
	assert_program(
	    &guide, 0,
	    "    momentum (lecture, pytorch; rate=0.1, momentum=0.9, dampening=0): ", "");
	assert_program(&guide, 0, "    clip-norm (paper, pytorch): ", "");
	assert_program(&guide, 0, "    uniform (low, high): ", "");
	assert_program(&guide, 0, "    moons: ", "");
	assert_program(&manual, 0, ".TH BACKSTEP 1", "");
	lesson_guide_each(assert_explained, &seen);
	assert_true(seen.n_keys >= 40);
	program_free(&guide);
	program_free(&manual);
	strbuf_free(&plain);
	assert_run("help", 0, "backstep help [lesson|manual|SUBCOMMAND|KEY]", "");
	assert_run("help lesson --lang es", 0, "Obligatoria.", "");
}

static void a_folder_of_lessons_is_proved(void **state)
{
	struct folder folder;
	char xml[8192];
	(void)state;
	folder_make(&folder);
	struct program program = run_in(&folder, "check %");
	assert_program(&program, 2, "", "there is no .yaml file in /tmp");
	program_free(&program);
	program = run_in(&folder, "new %/b.yaml");
	program_free(&program);
	folder_write(&folder, "a.yaml", "format: 1\n<&\n");
	folder_write(&folder, "c.txt", "no lesson");
	program = run_in(&folder, "check --junit %/result.xml %");
	assert_program(&program, 2, "1..6\n", "a.yaml:");
	assert_non_null(strstr(program_out(&program), "TAP version 13\nnot ok 1 - /tmp"));
	program_free(&program);
	folder_read(&folder, "result.xml", xml, sizeof xml);
	assert_non_null(
	    strstr(xml, "<testsuite name=\"backstep check\" tests=\"6\" failures=\"1\""));
	assert_non_null(strstr(xml, "a.yaml\" name=\"reads\">\n    <failure"));
	assert_non_null(strstr(xml, "b.yaml\" name=\"going back is exact\"/>"));
	assert_null(strstr(xml, "<&"));
}

/* Words that only the teaching half and the language know, each with its place. */
static void words_of_quiz_and_tasks_are_checked(void **state)
{
	struct folder folder;
	(void)state;
	folder_make(&folder);
	folder_write(&folder, "a.yaml",
		     "format: 2\nid: a\ntitle: {es: \"A\", en: \"A\"}\n"
		     "text: {es: \"A.\", en: \"A.\"}\n"
		     "network: {inputs: [x], layers: [{units: [y], weights: [[w=1]]}]}\n"
		     "loss: {kind: half-squared-error}\n"
		     "data: [{x: [1], target: [2]}]\n"
		     "training: {optimizer: gd, rate: 0.5}\n"
		     "tasks: [{do: nxet, es: \"A\", en: \"A\"}]\n"
		     "quiz: {kinds: [slop], slips: [{class: new-weigt, es: \"A\", en: \"A\"}]}\n"
		     "...\n");
	struct program program = run_in(&folder, "check --quiz %");
	assert_program(&program, 2, "not ok 1 - ", "a.yaml:9:14: error: unknown command 'nxet'");
	assert_program(&program, 2, NULL,
		       "a.yaml:10:16: error: 'slop' is no kind of step; did you mean 'slope'?");
	assert_program(&program, 2, NULL,
		       "a.yaml:10:39: error: 'new-weigt' is no class of slips; did you mean "
		       "'new-weight'?");
	program_free(&program);
}

static void a_folder_of_scripts_is_run(void **state)
{
	struct folder folder;
	(void)state;
	folder_make(&folder);
	folder_write(&folder, "1.script", "lesson sigmoid-2-2-2\nupdate\nexpect w5 = 0.451878\n");
	folder_write(&folder, "2.script", "lesson sigmoid-2-2-2\nupdate\nexpect w5 = 0.0188\n");
	folder_write(&folder, "3.script", "nxt\n");
	struct program program = run_in(&folder, "run %");
	assert_program(&program, 2, "ok 1 - /tmp", "");
	assert_program(&program, 2, "\nnot ok 2 - /tmp", "");
	assert_program(&program, 2, "2.script:3: error: w5: got 0.4518781254241036, wanted 0.0188",
		       "");
	assert_program(&program, 2, "3.script:1: error: unknown command 'nxt'", "");
	assert_program(&program, 2, "\n1..3\n", "");
	program_free(&program);
	program = run_in(&folder, "run %/1.script %/2.script");
	assert_program(&program, 1, "\n1..2\n", "");
	program_free(&program);
}

/* New numbers have as many decimals as the old ones, or as many as it takes to hold; all else stays
 * to the byte. */
static void expectations_are_written_anew(void **state)
{
	struct folder folder;
	char text[4096];
	(void)state;
	folder_make(&folder);
	folder_write(&folder, "s.script",
		     "lesson sigmoid-2-2-2\nupdate\n"
		     "  expect w5 = 0.0188\nexpect w5 =0.9 +- 1e-3\r\n"
		     "expect w5 = 0.451878\nexpect w5 = 4.4e-1\nquit\nleft");
	struct program program = run_in(&folder, "run --update %/s.script");
	assert_program(&program, 0, "s.script:3:   expect w5 = 0.0188 -> 0.4519\n", "");
	assert_program(&program, 0, "s.script:4: expect w5 =0.9 -> 0.452\n", "");
	assert_program(&program, 0, "s.script:6: expect w5 = 4.4e-1 -> 0.45\n", "");
	assert_int_equal(count_lines(program_out(&program)), 3);
	program_free(&program);
	folder_read(&folder, "s.script", text, sizeof text);
	assert_string_equal(text, "lesson sigmoid-2-2-2\nupdate\n"
				  "  expect w5 = 0.4519\nexpect w5 =0.452 +- 1e-3\r\n"
				  "expect w5 = 0.451878\nexpect w5 = 0.45\nquit\nleft");
	/* and now they hold */
	program = run_in(&folder, "run %/s.script");
	assert_program(&program, 0, "\n4 expectations, 0 failed\n", "");
	program_free(&program);
}

/* A script that cannot be run to its end is not touched. */
static void a_broken_script_is_not_updated(void **state)
{
	static const char broken[] = "lesson sigmoid-2-2-2\nupdate\nexpect w5 = 1\nnxt\n";
	struct folder folder;
	char text[4096];
	(void)state;
	folder_make(&folder);
	folder_write(&folder, "s.script", broken);
	struct program program = run_in(&folder, "run --update %/s.script");
	assert_program(&program, 2, NULL, "s.script:4: error: unknown command");
	program_free(&program);
	folder_read(&folder, "s.script", text, sizeof text);
	assert_string_equal(text, broken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_starting_file_is_a_lesson),
	    cmocka_unit_test(new_writes_it_once),
	    cmocka_unit_test(new_copies_a_lesson),
	    cmocka_unit_test(every_key_is_explained),
	    cmocka_unit_test(a_folder_of_lessons_is_proved),
	    cmocka_unit_test(words_of_quiz_and_tasks_are_checked),
	    cmocka_unit_test(a_folder_of_scripts_is_run),
	    cmocka_unit_test(expectations_are_written_anew),
	    cmocka_unit_test(a_broken_script_is_not_updated),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
