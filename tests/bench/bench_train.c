/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_train.c -- what a training costs beside its updates: 1,000 epochs of XOR through `train`,
 * through `update`, and in a bare loop. It prints ratios and decides nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "backstep/base/text.h"
#include "backstep/command/command.h"

enum { EPOCHS = 1000, ROUNDS = 9 };

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void exec(struct command_context *context, const char *line)
{
	if (!command_exec(context, line))
		return;
	fprintf(stderr, "'%s' failed\n", line);
	exit(1);
}

/* The shortest time of a line, each from the start. */
static double time_line(const char *lesson, const char *line)
{
	double best = 1e9;
	for (int round = 0; round < ROUNDS; round++) {
		struct command_context context = {0};
		if (session_new(&context.session, NULL))
			exit(1);
		exec(&context, lesson);
		double start = now();
		exec(&context, line);
		double spent = now() - start;
		best = spent < best ? spent : best;
		session_free(context.session);
		command_context_free(&context);
	}
	return best;
}

static double time_loop(const char *lesson)
{
	double best = 1e9;
	for (int round = 0; round < ROUNDS; round++) {
		struct command_context context = {0};
		struct trainer trainer;
		if (session_new(&context.session, NULL))
			exit(1);
		exec(&context, lesson);
		const struct lesson_model *built = &context.session->built;
		if (trainer_init(&trainer, built->model, &built->optimizer, &built->data,
				 built->batch, NULL))
			exit(1);
		double start = now();
		for (int k = 0; k < EPOCHS; k++)
			trainer_commit(&trainer);
		double spent = now() - start;
		best = spent < best ? spent : best;
		trainer_free(&trainer);
		session_free(context.session);
		command_context_free(&context);
	}
	return best;
}

int main(void)
{
	const char *lesson = "lesson xor-relu-learn";
	text_locale_init();
	double loop = time_loop(lesson);
	printf("loop   %8.3f us an update\n", 1e6 * loop / EPOCHS);
	printf("train  %8.3f times the loop\n", time_line(lesson, "train 1000") / loop);
	printf("update %8.3f times the loop\n", time_line(lesson, "update 1000") / loop);
	return 0;
}
