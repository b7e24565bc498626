/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_console_options.c -- the command line of the real program: options, what it says of wrong
 * ones, where its messages go, and what becomes of output that cannot be written. */
#include "program.h"
#include "temporary.h"

#include "backstep/console/subcommand.h"

static void help_and_version(void **state)
{
	static const char *const wanted[] = {
	    "backstep [LESSON]",
	    "backstep run [--update] [--junit FILE] SCRIPT|FOLDER|-...",
	    "backstep trace ",
	    "backstep check [--quiz] [--watch] [--junit FILE] LESSON|FOLDER...",
	    "backstep list\n",
	    "--console",
	    "--lang en|es",
	    "--glyphs unicode|ascii|words",
	    "--color auto|always|never",
	    "--help",
	    "--version",
	    "Exit status: 0 good",
	};
	struct program program;
	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_run("--help", 0, wanted[i], "");
	assert_run("-h", 0, "a debugger for backpropagation", "");
	assert_run("--help --lang es", 0, "retropropagación", "");
	assert_run("xor-relu --help", 0, "a debugger for backpropagation", "");
	assert_run("--version", 0, "backstep 0.", "");
	assert_run("-V", 0, "backstep 0.", "");
	program = program_args("--help");
	for (const struct subcommand *const *at = subcommand_registry, *row; (row = *at); at++)
		assert_non_null(strstr(program_out(&program), row->summary));
	program_free(&program);
}

/* --help of a subcommand has the options that its usage names, and help of a key the keys that are
 * inside it. */
static void help_about_one_thing(void **state)
{
	(void)state;
	struct program check = program_args("check --help"), train = program_args("help train");
	struct program rate = program_args("--help training.rate");
	assert_program(&check, 0, "--junit FILE  ", "");
	assert_null(strstr(program_out(&check), "--epochs"));
	assert_program(&train, 0, "--epochs N  ", "");
	assert_program(&rate, 0, "training.rate\n    the learning rate", "");
	assert_null(strstr(program_out(&rate), "training.batch"));
	program_free(&check);
	program_free(&train);
	program_free(&rate);
	assert_run("help layers.activation", 0, "network.layers[].activation\n", "");
	assert_run("help dropout.seed", 0, "network.layers[](dropout).seed\n", "");
	assert_run("help residual", 0, "network.layers[](residual).units\n", "");
	assert_run("help split --lang es", 0, "split.train\n", "");
}

/* One line each: what is wrong, and what to do. */
static void wrong_options_get_one_clear_line(void **state)
{
	static const char *const rows[][2] = {
	    {"--nonsense", "unknown option --nonsense; backstep --help lists the options"},
	    {"-x", "unknown option -x"},
	    {"-xc", "unknown option -x"},
	    {"-cx", "unknown option -x"},
	    {"--lang", "the option --lang needs a value"},
	    {"--lang=fr", "--lang cannot be 'fr'; choose one of: en, es"},
	    {"--lang=", "--lang cannot be ''"},
	    {"--glyphs braille", "choose one of: unicode, ascii, words"},
	    {"--color red", "choose one of: auto, always, never"},
	    {"trace --chain path xor-relu", "choose one of: auto, paths, deltas"},
	    {"trace --format xml xor-relu", "choose one of: text, jsonl"},
	    {"trace --updates 0 xor-relu", "--updates: expected a whole number from 1 to"},
	    {"trace --updates -1 xor-relu", "expected a whole number"},
	    {"trace --updates many xor-relu", "expected a whole number"},
	    {"trace --updates 1.5 xor-relu", "expected a whole number"},
	    {"trace", "trace takes other arguments; usage: backstep trace ["},
	    {"trace xor-relu sigmoid-2-2-2", "trace takes other arguments"},
	    {"run", "usage: backstep run [--update] [--junit FILE] SCRIPT|FOLDER|-..."},
	    {"check", "usage: backstep check [--quiz] [--watch] [--junit FILE] LESSON|FOLDER..."},
	    {"new", "usage: backstep new [--like LESSON] FILE"},
	    {"help nosuch-thing", "there is no help on 'nosuch-thing'; topics: lesson, manual"},
	    {"help optimiser", "there is no help on 'optimiser'; did you mean 'optimizer'?"},
	    {"check --watch -", "standard input cannot be watched"},
	    {"check --watch /nowhere/x.yaml", "/nowhere/. cannot be watched: there is no such"},
	    {"new --like nosuch /nowhere/x.yaml", "there is no lesson 'nosuch'"},
	    {"trace --code ana xor-relu", "--code is an option of exam; usage: backstep exam [--"},
	    {"--anonymous xor-relu", "--anonymous is an option of report; usage"},
	    {"train --updates 3 xor-relu", "--updates is an option of trace; usage"},
	    {"run --update -", "--update needs a file"},
	    {"list xor-relu", "usage: backstep list\n"},
	    {"xor-relu sigmoid-2-2-2", "one lesson at a time; backstep --help lists"},
	    {"trian xor-relu", "one lesson at a time; did you mean 'train'?"},
	    {"run nosuch.script", "nosuch.script cannot be read: there is no such file"},
	    {"run /", "there is no .script file in /"},
	    {"trace nosuch", "there is no lesson 'nosuch'"},
	    {"trace sigmoid-2-2-3", "did you mean 'sigmoid-2-2-1'?"},
	    {"--console nosuch", "there is no lesson 'nosuch'"},
	    {"trace /nowhere/x.yaml", "/nowhere/x.yaml"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program program = program_args(rows[i][0]);
		assert_program(&program, 2, "", rows[i][1]);
		assert_int_equal(count_lines(program_err(&program)), 1);
		assert_non_null(strstr(program_err(&program), "error: "));
		program_free(&program);
	}
}

/* A folder without a file of the kind is said in one line, and what else was named is done. */
static void a_bad_folder_does_not_stop_the_others(void **state)
{
	char file[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	struct strbuf input = {0};
	(void)state;
	temporary_name(file, ".bsp");
	strbuf_addf(&input, "1: 0.5555\nhand-in %s\n", file);
	struct program exam = program_run(&(struct program_options){
	    .args = "exam --code ana sigmoid-2-2-2", .input = strbuf_str(&input)});
	assert_program(&exam, 0, "handed in: ", "");
	program_free(&exam);
	strbuf_free(&input);
	snprintf(args, sizeof args, "report / %s", file);
	struct program report = program_args(args);
	assert_program(&report, 2, "1 student, 1 file\n", "there is no .bsp file in /");
	assert_int_equal(count_lines(program_err(&report)), 1);
	program_free(&report);
	unlink(file);
	struct program check = program_args("check / or-perceptron");
	assert_program(&check, 2, "1..6\n", "there is no .yaml file in /");
	program_free(&check);
	/* a lesson alone, which answers may be about, is no report */
	report = program_args("report " BACKSTEP_SOURCE_DIR "/lessons/00-first-steps.yaml");
	assert_program(&report, 2, "", "none of these is a student's file");
	program_free(&report);
}

static void messages_are_translated(void **state)
{
	static const char *const rows[] = {"--nonsense",   "--lang",           "run",
					   "trace nosuch", "--console nosuch", "a b"};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program en, es;
		char args[128];
		en = program_args(rows[i]);
		es = program_run(
		    &(struct program_options){.args = rows[i], .variables = {"BACKSTEP_LANG=es"}});
		assert_int_equal(es.status, 2);
		assert_string_not_equal(program_err(&en), program_err(&es));
		program_free(&es);
		/* --lang goes before the environment */
		snprintf(args, sizeof args, "--lang en %s", rows[i]);
		es = program_run(
		    &(struct program_options){.args = args, .variables = {"BACKSTEP_LANG=es"}});
		assert_string_equal(program_err(&en), program_err(&es));
		program_free(&en);
		program_free(&es);
	}
}

/* The language is that of the message too; an optimizer goes before its form, and both before their
 * numbers; the last of the same option holds. */
static void the_order_of_options_does_not_matter(void **state)
{
	static const char *const rows[][2] = {
	    {"--lang es --nonsense", "--nonsense --lang es"},
	    {"--lang es --chain path", "--chain path --lang es"},
	    {"train --quiet --rate 0.3 --set beta=0.5 --optimizer momentum --rule keras xor-relu",
	     "--optimizer momentum --rule keras train xor-relu --set beta=0.5 --rate 0.3 --quiet"},
	    {"--glyphs ascii trace --format jsonl xor-relu",
	     "trace xor-relu --format jsonl --glyphs ascii"},
	    {"trace --updates 2 xor-relu", "trace --updates 3 xor-relu --updates 2"},
	    {"trace --rate 0.5 sigmoid-2-2-2", "trace sigmoid-2-2-2 --rate 0.1 --rate 0.5"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program one = program_args(rows[i][0]), other = program_args(rows[i][1]);
		assert_int_equal(one.status, other.status);
		assert_string_equal(program_out(&one), program_out(&other));
		assert_string_equal(program_err(&one), program_err(&other));
		assert_true(one.out.len + one.err.len > 0);
		program_free(&one);
		program_free(&other);
	}
}

/* Settings of the command line are as if they had been typed: they hold, and are saved. */
static void options_are_settings(void **state)
{
	struct program program = program_run(&(struct program_options){
	    .args = "--lang en --console --rate 0.25 --set digits=3 --chain=deltas "
		    "sigmoid-2-2-2",
	    .input = "set rate\nset chain\nset digits\nset seed\n"});
	(void)state;
	assert_program(&program, 0, "\nrate 0.25\nchain deltas\ndigits 3\nseed lesson\n", "");
	program_free(&program);
	program = program_run(&(struct program_options){.args = "--console --rate x xor-relu"});
	assert_program(&program, 2, NULL, "expected a number, found 'x'");
	program_free(&program);
	program = program_run(&(struct program_options){.args = "trace --set digits=99 xor-relu"});
	assert_program(&program, 2, "", "digits: expected a whole number from 1 to 17, found '99'");
	program_free(&program);
}

static void the_environment_chooses_the_language(void **state)
{
	static const struct {
		const char *locale, *variable;
		bool spanish;
	} rows[] = {
	    {"C.UTF-8", NULL, false},
	    {"C.UTF-8", "BACKSTEP_LANG=es", true},
	    {"C.UTF-8", "BACKSTEP_LANG=es_MX.UTF-8", true},
	    {"C.UTF-8", "BACKSTEP_LANG=fr", false},
	    {"C", "BACKSTEP_LANG=es", true},
	    {"es_MX.UTF-8", NULL, true},
	    {"es_MX.UTF-8", "BACKSTEP_LANG=en", false},
	    {"", "LANG=es_ES.UTF-8", true},
	    {"fr_FR.UTF-8", "LANG=es_ES.UTF-8", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program program = program_run(&(struct program_options){
		    .args = "list", .locale = rows[i].locale, .variables = {rows[i].variable}});
		assert_program(&program, 0, rows[i].spanish ? "aprende" : "learns", "");
		program_free(&program);
	}
}

static void list_has_the_id_first(void **state)
{
	struct program program = program_args("list");
	const char *out, *first, *title;
	(void)state;
	assert_program(&program, 0, NULL, "");
	out = program_out(&program);
	/* below the heading of its topic */
	first = strstr(out, "Neurons and gates\n  or-perceptron  ");
	assert_non_null(first);
	out = strchr(first, '\n') + 1;
	title = strstr(out, "A perceptron learns the OR function\n");
	assert_non_null(title);
	/* every title begins in the column of the first */
	for (const char *line = out; *line; line = strchr(line, '\n') + 1) {
		if (*line != ' ') /* a heading */
			continue;
		assert_int_equal(line[title - out - 1], ' ');
		assert_int_not_equal(line[title - out], ' ');
	}
	program_free(&program);
	assert_run("list --lang es", 0, "  XOR resuelto", "");
}

/* Every kind of output, and both languages, in a terminal that reads ASCII alone. */
static const char *const all_outputs[] = {
    "--help",
    "--version",
    "list",
    "trace sigmoid-2-2-2",
    "trace xor-relu",
    "trace or-perceptron",
    "trace --chain deltas xor-relu-learn",
    "trace --format jsonl sigmoid-2-2-2",
    "check sigmoid-2-2-2 xor-relu xor-relu-learn or-perceptron",
    "check nosuch",
    "run -",
    "--console sigmoid-2-2-2",
    "--nonsense",
    "trace ∂ŷ₁",
    "run ñandú",
};

/* Every command, so that every answer is in the output. */
static const char everything[] =
    "lesson sigmoid-2-2-2\nhelp\nset\nshow network\nphase\nphase\nchain\ngoto w1\nnext 20\n"
    "show formula\nshow values\nshow weights\nshow gradients\nshow loss\nshow lesson\ncheck\n"
    "break w3\nbreak\ncontinue\nexpect n1 = 0.5\nupdate 2\nshow weights\nback\nback phase\n"
    "lesson xor-relu\nshow lesson\nnext 100\nshow network\nset rate 0.3\nrestart\nlesson\n"
    "lesson or-perceptron\nepoch\nset rule rosenblatt\nset\nupdate\ngoto w1\n"
    "# ∂E/∂w₁ ñ\nexpect ŷ₁ = 3\n";

static void ascii_terminals_get_ascii(void **state)
{
	static const char *const languages[] = {"BACKSTEP_LANG=en", "BACKSTEP_LANG=es"};
	(void)state;
	for (size_t l = 0; l < 2; l++) {
		for (size_t i = 0; i < sizeof all_outputs / sizeof *all_outputs; i++) {
			struct program program =
			    program_run(&(struct program_options){.args = all_outputs[i],
								  .input = everything,
								  .locale = "C",
								  .variables = {languages[l]}});
			assert_true(program.status <= 2);
			assert_ascii(program_out(&program));
			assert_ascii(program_err(&program));
			assert_true(program.out.len + program.err.len > 0);
			program_free(&program);
		}
	}
}

static void glyphs_can_be_chosen(void **state)
{
	struct program program;
	(void)state;
	program = program_run(&(struct program_options){
	    .args = "--glyphs unicode trace sigmoid-2-2-2", .locale = "C"});
	assert_program(&program, 0, "∂E₁/∂ŷ₁ = ŷ₁ − t₁", "");
	program_free(&program);
	program = program_args("trace --glyphs ascii sigmoid-2-2-2");
	assert_program(&program, 0, "dE1/dy1 = y1 - t1 = 0.734929 - 0.05 = 0.684929", "");
	assert_ascii(program_out(&program));
	program_free(&program);
	program = program_args("trace --glyphs ascii --format jsonl sigmoid-2-2-2");
	assert_program(&program, 0, "\"text\":\"dE1/dy1 = y1 - t1", "");
	assert_ascii(program_out(&program));
	program_free(&program);
}

/* /dev/full takes nothing; a closed output cannot be written. */
static void output_that_cannot_be_written_is_an_error(void **state)
{
	static const char *const rows[] = {
	    "--help",
	    "--version",
	    "list",
	    "trace sigmoid-2-2-2",
	    "trace --format jsonl --updates 50 sigmoid-2-2-2",
	    "check sigmoid-2-2-2",
	    "run -",
	    "--console sigmoid-2-2-2",
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program program = program_run(
		    &(struct program_options){.args = rows[i],
					      .input = "lesson sigmoid-2-2-2\nnext 10\n",
					      .output = "/dev/full"});
		assert_program(&program, 2, NULL,
			       "backstep: error: the output cannot be written: no space is left");
		program_free(&program);
		program = program_run(
		    &(struct program_options){.args = rows[i],
					      .input = "lesson sigmoid-2-2-2\nnext 10\n",
					      .output = "closed"});
		assert_program(
		    &program, 2, NULL,
		    "backstep: error: the output cannot be written: Bad file descriptor");
		program_free(&program);
	}
}

/* Untrusted text never reaches the terminal as it is. */
static void messages_hold_no_control_characters(void **state)
{
	static const char *const rows[] = {
	    "\033[31m",       "trace \033]0;x\007", "run \033[2J",        "check \xff\xfe",
	    "--lang \033[0m", "--\033[1m",          "--console \302\233K"};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct program program = program_args(rows[i]);
		assert_int_equal(program.status, 2);
		assert_ascii(program_out(&program));
		assert_ascii(program_err(&program));
		program_free(&program);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(help_and_version),
	    cmocka_unit_test(help_about_one_thing),
	    cmocka_unit_test(wrong_options_get_one_clear_line),
	    cmocka_unit_test(a_bad_folder_does_not_stop_the_others),
	    cmocka_unit_test(messages_are_translated),
	    cmocka_unit_test(the_order_of_options_does_not_matter),
	    cmocka_unit_test(options_are_settings),
	    cmocka_unit_test(the_environment_chooses_the_language),
	    cmocka_unit_test(list_has_the_id_first),
	    cmocka_unit_test(ascii_terminals_get_ascii),
	    cmocka_unit_test(glyphs_can_be_chosen),
	    cmocka_unit_test(output_that_cannot_be_written_is_an_error),
	    cmocka_unit_test(messages_hold_no_control_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
