/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exercise.c -- opens one question after another on the same walk. */
#include "exercise.h"

#include <stdio.h>

#include "../../src/teach/assess_private.h"

enum status exercise_222(struct exercise *exercise)
{
	*exercise = (struct exercise){.is_open = false};
	enum status status = network_222(&exercise->net);
	return status ? status : network_walk(&exercise->net, &exercise->stepper, CHAIN_PATHS);
}

static void close_question(struct exercise *exercise)
{
	if (exercise->is_open)
		assess_close(&exercise->assessment);
	exercise->is_open = false;
}

void exercise_end(struct exercise *exercise)
{
	close_question(exercise);
	stepper_free(&exercise->stepper);
	network_free(&exercise->net);
}

struct assessment *exercise_ask(struct exercise *exercise, uint64_t index)
{
	close_question(exercise);
	exercise->is_open =
	    !assess_open(&exercise->assessment, &exercise->stepper, index, false, NULL);
	return exercise->is_open ? &exercise->assessment : NULL;
}

const char *exercise_say(struct exercise *exercise, const char *text, char buf[128])
{
	struct strbuf out = {0};
	if (assess_text(&exercise->assessment, text, NULL))
		strbuf_add(&out, "unreadable");
	else
		verdict_print_line(&exercise->assessment.verdict, &out);
	snprintf(buf, 128, "%s", strbuf_str(&out));
	strbuf_free(&out);
	return buf;
}
