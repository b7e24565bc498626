/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_seed.c -- another seed than the one that a lesson's file gives. */
#include "backstep/base/i18n.h"
#include "backstep/lesson/lesson.h"

static bool draws_data(const struct lesson_generate *generate)
{
	return generate->name.text && !generate->seed.mark.line;
}

static bool draws(const struct lesson *lesson)
{
	for (size_t k = 0; k < lesson->n_layers; k++)
		if (lesson->layers[k].init.kind.text || lesson->layers[k].bias_init.kind.text)
			return true;
	return lesson->training.shuffle || lesson->split.train > 0.0 ||
	       draws_data(&lesson->data.generate) || draws_data(&lesson->data.otherwise);
}

enum status lesson_set_seed(struct lesson *lesson, uint64_t seed, struct error *err)
{
	if (!draws(lesson)) {
		error_set(err, STATUS_BAD_INPUT, _("the lesson %s draws no random numbers"),
			  lesson->id.text);
		return error_hint(err, _("leave out the seed"));
	}
	lesson->seed = seed;
	for (size_t k = 0; k < lesson->n_layers; k++) {
		lesson->layers[k].init.seed = (struct source_count){0};
		lesson->layers[k].bias_init.seed = (struct source_count){0};
	}
	return STATUS_OK;
}
