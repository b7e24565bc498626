/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_seed.c -- another seed than the one that a lesson's file gives. */
#include "backstep/base/i18n.h"
#include "backstep/lesson/lesson.h"

static bool draws_data(const struct lesson_generate *generate)
{
	return generate->name.text && !generate->seed.mark.line;
}

static bool layers_draw(const struct lesson_layer *layers, size_t n_layers)
{
	for (size_t k = 0; k < n_layers; k++)
		if (layers[k].init.kind.text || layers[k].bias_init.kind.text ||
		    layers[k].kind == LESSON_DROPOUT ||
		    layers_draw(layers[k].layers, layers[k].n_layers))
			return true;
	return false;
}

static bool draws(const struct lesson *lesson)
{
	return layers_draw(lesson->layers, lesson->n_layers) || lesson->training.shuffle ||
	       lesson->split.train > 0.0 || draws_data(&lesson->data.generate) ||
	       draws_data(&lesson->data.otherwise);
}

/* Masks have a seed of 32 bits, from 1 on. */
static void set_layers_seed(struct lesson_layer *layers, size_t n_layers, uint64_t seed)
{
	for (size_t k = 0; k < n_layers; k++) {
		layers[k].init.seed = (struct source_count){0};
		layers[k].bias_init.seed = (struct source_count){0};
		layers[k].seed = 1 + (seed - 1) % UINT32_MAX;
		set_layers_seed(layers[k].layers, layers[k].n_layers, seed);
	}
}

enum status lesson_set_seed(struct lesson *lesson, uint64_t seed, struct error *err)
{
	if (!draws(lesson)) {
		error_set(err, STATUS_BAD_INPUT, _("the lesson %s draws no random numbers"),
			  lesson->id.text);
		error_hint(err, _("leave out the seed"));
		return STATUS_BAD_INPUT;
	}
	lesson->seed = seed;
	set_layers_seed(lesson->layers, lesson->n_layers, seed);
	return STATUS_OK;
}
