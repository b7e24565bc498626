/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_start.c -- what a layer's init says, and the numbers that come of it. */
#include "lesson_start.h"

#include "backstep/base/i18n.h"
#include "backstep/text/unknown.h"

static const char *next_init(void *ctx, size_t i)
{
	(void)ctx;
	return init_registry[i].name;
}

enum status start_find(const struct lesson *lesson, const struct lesson_init *asked,
		       struct start *start, struct source_mark *at, struct error *err)
{
	const struct init_class *class = init_find(asked->kind.text);
	size_t n_in = start->init.n_in, n_out = start->init.n_out;
	*at = asked->kind.mark;
	if (!class) {
		error_unknown(err, _("initialisation"), asked->kind.text, next_init);
		return STATUS_BAD_INPUT;
	}
	init_begin(&start->init, class, n_in, n_out);
	for (size_t k = 0; k < asked->n_with; k++) {
		*at = asked->with[k].mark;
		if (init_set(&start->init, asked->with[k].name, asked->with[k].value, err))
			return STATUS_BAD_INPUT;
	}
	start->seed = asked->seed.mark.line ? asked->seed.value : lesson->seed;
	return STATUS_OK;
}

void start_fill(const struct start *start, double *theta)
{
	struct random random;
	random_stream(&random, start->seed, start->purpose, start->layer);
	init_fill(&start->init, &random, theta + start->node->first,
		  start->node->rows * start->node->cols);
}
