/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build.h -- from a lesson to a model and an optimizer with the lesson's numbers. */
#ifndef BACKSTEP_LESSON_LESSON_BUILD_H
#define BACKSTEP_LESSON_LESSON_BUILD_H

#include "backstep/engine/trainer.h"
#include "backstep/lesson/lesson.h"

/* What a lesson describes. The data belong to the lesson, which must live as long.
 * Owns: model (lesson_model_free). */
struct lesson_model {
	struct model *model;
	struct optimizer optimizer;
	struct dataset data;
	size_t batch;
};

/* Every name that is unknown (activation, loss, optimizer, rule) and every setting out of its
 * range is appended to errors with its place in the file.
 * Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY. */
enum status lesson_build(const struct lesson *lesson, struct lesson_model *built,
			 struct error_list *errors);
void lesson_model_free(struct lesson_model *built);

#endif
