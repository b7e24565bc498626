/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_console_script.c -- what may be a script, or lines for the console: text, and not without an
 * end. */
#include "program.h"
#include "temporary.h"

#include "backstep/base/file.h"

static struct program run_input(const char *args, const char *input)
{
	return program_run(&(struct program_options){.args = args, .input = input});
}

static void long_lines_are_refused(void **state)
{
	struct strbuf text = {0};
	struct program program;
	(void)state;
	strbuf_add(&text, "lesson or-perceptron\n#");
	strbuf_repeat(&text, "x", 4094);
	strbuf_add(&text, "\nnext\n");
	program = run_input("run -", strbuf_str(&text));
	assert_program(&program, 0, "> next\n[1]", "");
	program_free(&program);
	strbuf_clear(&text);
	strbuf_add(&text, "lesson or-perceptron\n#");
	strbuf_repeat(&text, "x", 4095);
	strbuf_add(&text, "\nnext\n");
	program = run_input("run -", strbuf_str(&text));
	assert_program(&program, 2, NULL, "-:2: error: a line is longer than 4095 bytes\n");
	assert_null(strstr(program_out(&program), "> next"));
	program_free(&program);
	strbuf_free(&text);
}

/* What is no text, or holds what nobody sees, is refused with its place before anything of it is
 * run. */
static void what_is_no_text_is_no_script(void **state)
{
	static const char *const rows[][2] = {
	    {"# good\n# \033[31mred\n",
	     "-:2:3: error: the character \\u{001B} is not allowed here"},
	    {"# good\n  # \xff\n", "-:2:5: error: the byte \\x{FF} is not valid UTF-8"},
	    {"# good\n# a\rb\n", "-:2:4: error: the character \\u{000D} is not allowed here"},
	};
	struct program program;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		program = run_input("run -", rows[i][0]);
		assert_program(&program, 2, NULL, rows[i][1]);
		assert_string_equal(program_out(&program), "");
		program_free(&program);
	}
	program = program_args("run " BACKSTEP_PROGRAM);
	assert_program(&program, 2, "", ": error: the file is larger than 1048576 bytes\n");
	program_free(&program);
	program = run_input("run -", "# \xe2\x80\xae\n");
	assert_program(&program, 0, "> # \\u{202E}\n", "");
	program_free(&program);
}

/* What stands after a NUL would not be run, and run --update would write the file without it. */
static void a_nul_hides_nothing(void **state)
{
	static const char script[] = "lesson or-perceptron\nnext\nexpect z = 9\0\nexpect z = 8\n";
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH], wanted[2 * TEMPORARY_PATH];
	struct strbuf kept = {0};
	(void)state;
	temporary_write_bytes(path, ".script", script, sizeof script - 1);
	snprintf(wanted, sizeof wanted, "%s:3:13: error: the character \\u{0000}", path);
	snprintf(args, sizeof args, "run %s", path);
	assert_run(args, 2, "", wanted);
	snprintf(args, sizeof args, "run --update %s", path);
	assert_run(args, 2, "", wanted);
	assert_int_equal(file_read(path, 4096, &kept, NULL), STATUS_OK);
	assert_int_equal(kept.len, sizeof script - 1);
	assert_memory_equal(kept.data, script, sizeof script - 1);
	strbuf_free(&kept);
}

/* As editors of another system write it; the mark stays where expectations are written anew. */
static void a_byte_order_mark_is_no_command(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	struct strbuf text = {0};
	struct program program;
	(void)state;
	temporary_write(path, ".script",
			"\xEF\xBB\xBFlesson or-perceptron\r\nnext\r\nexpect z = 0.25\r\n");
	snprintf(args, sizeof args, "run %s", path);
	assert_run(args, 1, "> lesson or-perceptron\n", ":3: error: z: got -0.5, wanted 0.25");
	snprintf(args, sizeof args, "run --update %s", path);
	assert_run(args, 0, ":3: expect z = 0.25 -> -0.50\n", "");
	assert_int_equal(file_read(path, 4096, &text, NULL), STATUS_OK);
	assert_string_equal(strbuf_str(&text), "\xEF\xBB\xBFlesson or-perceptron\r\nnext\r\n"
					       "expect z = -0.50\r\n");
	strbuf_free(&text);
	unlink(path);
	program = run_input("--console or-perceptron", "\xEF\xBB\xBFnext\n");
	assert_program(&program, 0, "\n[1] forward", "");
	program_free(&program);
}

/* Input without an end: it meets a limit. */
static void endless_input_ends(void **state)
{
	struct program program = program_args("run /dev/zero");
	struct strbuf long_line = {0};
	(void)state;
	assert_program(&program, 2, "",
		       "/dev/zero: error: the file is larger than 1048576 bytes\n");
	program_free(&program);
	strbuf_repeat(&long_line, "x", (1 << 20) + 1);
	program = run_input("run -", strbuf_str(&long_line));
	assert_program(&program, 2, "", "-: error: the file is larger than 1048576 bytes\n");
	program_free(&program);
	static const char *const readers[] = {"--console or-perceptron", "exam or-perceptron"};
	for (size_t k = 0; k < 2; k++) {
		program = run_input(readers[k], strbuf_str(&long_line));
		assert_program(&program, 2, NULL, "error: a line is longer than 4095 bytes\n");
		assert_int_equal(count_lines(program_err(&program)), 1);
		program_free(&program);
	}
	strbuf_free(&long_line);
}

/* As in scripts; the lines after it are heard. */
static void the_console_reads_text(void **state)
{
	struct program program;
	static const char input[] = "# \xff\nnext\n";
	(void)state;
	program = run_input("--console or-perceptron", input);
	assert_program(&program, 2, "\n[1] forward", "1:3: error: the byte \\x{FF}");
	program_free(&program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(long_lines_are_refused),
	    cmocka_unit_test(what_is_no_text_is_no_script),
	    cmocka_unit_test(a_nul_hides_nothing),
	    cmocka_unit_test(a_byte_order_mark_is_no_command),
	    cmocka_unit_test(endless_input_ends),
	    cmocka_unit_test(the_console_reads_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
