/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_train.c -- `backstep train` in a pipe and at a terminal: what it prints, its files,
 * its bar, and Ctrl-C; and the same bar in the line console and on the full screen. */
#include "program.h"
#include "screen.h"
#include "start.h"
#include "temporary.h"

#include <sched.h>

#include "backstep/base/file.h"

/* Where a training that nobody stops would go on for hours. */
#define LONG "--epochs=1000000000"

static void a_pipe_gets_few_lines(void **state)
{
	static const char *const wanted =
	    "xor-relu-learn: gd (descent), 1000 epochs, 4 rows, batches of 4\n"
	    "epoch 1: loss 0.372501\nepoch 2: loss 0.35828\nepoch 5: loss 0.329448\n"
	    "epoch 10: loss 0.300467\nepoch 20: loss 0.273379\nepoch 50: loss 0.253801\n"
	    "epoch 100: loss 0.247587\nepoch 200: loss 0.169199\nepoch 500: loss 0.0880068\n"
	    "epoch 1000: loss 2.00839·10⁻⁸\n"
	    "1000 epochs, 1000 updates: loss 0.39525 → 2.00839·10⁻⁸\n\n"
	    "                training\n";
	struct program program = program_args("train xor-relu-learn --epochs 1000");
	(void)state;
	assert_program(&program, 0, wanted, "");
	assert_ptr_equal(strstr(program_out(&program), wanted), program_out(&program));
	assert_non_null(strstr(program_out(&program), "accuracy        100 %"));
	program_free(&program);
	assert_run("train xor-relu-learn --epochs=1 --lang es", 0,
		   "1 época, 1 actualización: pérdida 0.39525", "");
}

static void options_say_how_to_train(void **state)
{
	(void)state;
	assert_run("train xor-relu-learn --rate=0.05 --optimizer adam --rule inside --batch 3 "
		   "--epochs=2 --quiet",
		   0, "2 epochs, 4 updates: loss 0.39525", "");
	/* the optimizer comes first, whatever the order */
	assert_run("train xor-relu-learn --set beta1=0.5 --set optimizer=adam --epochs 3", 0,
		   "adam (outside), 3 epochs, 4 rows, batches of 4\n", "");
	assert_run("train xor-relu-learn --epochs 2 --glyphs ascii --quiet", 0,
		   "2 epochs, 2 updates: loss 0.39525 -> 0.35828\n", "");
	assert_run("train xor-relu-learn --batch 9", 2, "",
		   "a batch of 9 is more than all rows (4)");
	assert_run("train xor-relu-learn --seed 7", 2, "", "draws no random numbers");
	assert_run("train xor-relu-learn --set rates=1", 2, "", "did you mean 'rate'?");
	assert_run("train xor-relu-learn --set rate", 2, "", "--set cannot be 'rate'");
	assert_run("train xor-relu-learn --rate 0,1", 2, "", "write the decimal point as '.'");
	assert_run("train xor-relu-learn --optimizer adan", 2, "", "optimizer cannot be 'adan'");
	assert_run("train xor-relu-learn --epochs 0", 2, "",
		   "--epochs: expected a whole number from 1 to 1000000000, found '0'");
	assert_run("train", 2, "", "usage: backstep train [OPTION]... LESSON");
	assert_run("train nosuch", 2, "", "there is no lesson 'nosuch'");
	assert_run("train xor-relu-learn --rate 3 --epochs 100000 --quiet", 1,
		   "not a finite number", "is infinite: the walk stops here");
	assert_run("--help", 0, "--metrics FILE.csv", "");
}

static void metrics_go_into_a_file(void **state)
{
	char path[TEMPORARY_PATH], args[128];
	struct strbuf text = {0};
	(void)state;
	temporary_name(path, ".csv");
	snprintf(args, sizeof args, "train xor-relu-learn --epochs 3 --quiet --metrics=%s", path);
	assert_run(args, 0, "3 epochs", "");
	assert_int_equal(file_read(path, 10000, &text, NULL), STATUS_OK);
	assert_int_equal(count_lines(strbuf_str(&text)), 5);
	assert_ptr_equal(strstr(strbuf_str(&text),
				"epoch,updates,loss,accuracy,gradient_norm_1,gradient_norm_2,"
				"dead_relu_1\n0,0,0.3952"),
			 strbuf_str(&text));
	assert_non_null(strstr(strbuf_str(&text), "\n2,2,0.35828"));
	/* what stands there stays where a training is refused */
	assert_run("train xor-relu-learn --metrics /dev/null/x.csv", 2, "", "cannot be written");
	strbuf_free(&text);
}

static void begin(struct pty *pty, const struct start *start)
{
	text_locale_init();
	pty_start(pty, 24, 100, start_child, start);
}

static void assert_ended(struct pty *pty, int status)
{
	int got = pty_end(pty);
	assert_true(WIFEXITED(got));
	assert_int_equal(WEXITSTATUS(got), status);
	assert_true(pty_is_restored(pty));
	pty_free(pty);
}

static void a_terminal_gets_a_bar(void **state)
{
	const struct start start = {.args = {"train", "xor-relu-learn", LONG}};
	struct pty pty;
	(void)state;
	begin(&pty, &start);
	pty_wait(&pty, "1000000000 epochs");
	pty_wait(&pty, "/1000000000 [");
	pty_wait(&pty, "░] loss ");
	pty_wait(&pty, " left");
	pty_wait(&pty, " rows/s");
	pty_send(&pty, "\003");
	/* it ends cleanly, with all that there is */
	pty_wait(&pty, "interrupted after epoch ");
	pty_wait(&pty, "gradient norm");
	assert_false(pty_showed(&pty, "epoch 1: loss"));
	assert_ended(&pty, 130);
}

/* A dumb terminal cannot draw one; a screen reader would read it anew at each drawing. */
static void others_get_lines(void **state)
{
	static const struct start starts[] = {
	    {.args = {"train", "xor-relu-learn", LONG}, .term = "dumb"},
	    {.args = {"train", "xor-relu-learn", LONG, "--glyphs=words"}},
	};
	(void)state;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		struct pty pty;
		begin(&pty, &starts[i]);
		pty_wait(&pty, "epoch 1000: loss ");
		kill(pty.pid, SIGTERM);
		pty_wait(&pty, "interrupted after epoch ");
		assert_false(pty_showed(&pty, "rows/s"));
		assert_ended(&pty, 143);
	}
}

/* With nobody to read on, it ends as other programs do, without a word. */
static void a_closed_pipe_ends_it(void **state)
{
	char path[TEMPORARY_PATH], line[600];
	struct strbuf said = {0};
	(void)state;
	temporary_name(path, ".txt");
	snprintf(line, sizeof line,
		 "{ { BACKSTEP_LESSONS=%s/lessons %s train --epochs 300000 xor-relu-learn; "
		 "echo $? >&2; } | true; } 2>%s",
		 BACKSTEP_SOURCE_DIR, BACKSTEP_PROGRAM, path);
	assert_int_equal(system(line), 0);
	assert_int_equal(file_read(path, 1000, &said, NULL), STATUS_OK);
	assert_string_equal(strbuf_str(&said), "141\n");
	strbuf_free(&said);
}

/* What is drawn never wraps, and never takes more columns than there are. */
static void the_bar_follows_the_width(void **state)
{
	const struct start start = {.args = {"train", "xor-relu-learn", LONG, "--glyphs=ascii"}};
	struct pty pty;
	(void)state;
	text_locale_init();
	pty_start(&pty, 24, 41, start_child, &start);
	pty_wait(&pty, "/1000000000 loss ");
	assert_false(pty_showed(&pty, "rows/s"));
	pty_resize(&pty, 24, 100);
	pty_wait(&pty, "..] loss ");
	pty_wait(&pty, "rows/s");
	pty_send(&pty, "\003");
	pty_wait(&pty, "interrupted");
	assert_ended(&pty, 130);
}

static void the_console_shows_it_too(void **state)
{
	const struct start start = {.args = {"--console", "spirals"}};
	struct pty pty;
	(void)state;
	begin(&pty, &start);
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "set batch 280\r");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "train 1000000\r");
	pty_wait(&pty, "/1000000 [");
	pty_send(&pty, "\003");
	pty_wait(&pty, "interrupted after epoch ");
	pty_wait(&pty, "backstep> ");
	/* the place that was reached is one to step from, and back */
	pty_send(&pty, "next\r");
	pty_wait(&pty, " · sum_h1");
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "back\r");
	pty_wait(&pty, "update · commit");
	assert_false(pty_showed(&pty, "\033["));
	pty_wait(&pty, "backstep> ");
	pty_send(&pty, "quit\r");
	assert_ended(&pty, 0);
}

static void the_full_screen_shows_it_too(void **state)
{
	const struct start start = {.args = {"spirals"}};
	struct screen screen;
	struct pty pty;
	(void)state;
	begin(&pty, &start);
	screen_start(&screen, &pty, 24, 80);
	screen_wait(&screen, "? keys");
	pty_send(&pty, ":set batch 280\r");
	pty_send(&pty, ":train 1000000\r");
	screen_wait(&screen, "/1000000 [");
	pty_send(&pty, "\003");
	screen_wait(&screen, "interrupted after epoch ");
	pty_send(&pty, ":train 3\r");
	screen_wait(&screen, "3 epochs, 3 updates: loss ");
	screen_wait(&screen, "▸update");
	pty_send(&pty, ":show metrics\r");
	screen_wait(&screen, "gradient norm");
	pty_send(&pty, "qq");
	assert_ended(&pty, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_pipe_gets_few_lines),
	    cmocka_unit_test(options_say_how_to_train),
	    cmocka_unit_test(metrics_go_into_a_file),
	    cmocka_unit_test(a_terminal_gets_a_bar),
	    cmocka_unit_test(others_get_lines),
	    cmocka_unit_test(a_closed_pipe_ends_it),
	    cmocka_unit_test(the_bar_follows_the_width),
	    cmocka_unit_test(the_console_shows_it_too),
	    cmocka_unit_test(the_full_screen_shows_it_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
