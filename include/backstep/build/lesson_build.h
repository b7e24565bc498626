/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build.h -- from a lesson to a model, an optimizer and the rows to learn from. */
#ifndef BACKSTEP_BUILD_LESSON_BUILD_H
#define BACKSTEP_BUILD_LESSON_BUILD_H

#include "backstep/engine/trainer.h"
#include "backstep/build/lesson_rows.h"

/* What a lesson describes. Rows that stand in the lesson belong to it: it must live as long.
 * Owns: model, arena (lesson_model_free). */
struct lesson_model {
	struct model *model;
	struct optimizer optimizer;
	struct dataset data;
	size_t batch;
	struct lesson_rows rows; /* where the data come from */
	/* The numbers of data, where they were drawn; NULL: they are the lesson's. */
	double *drawn_x, *drawn_t;
	struct arena *arena; /* of the rows */
};

/* Every name that is unknown (activation, loss, optimizer, rule) and every setting out of its
 * range is appended to errors with its place in the file.
 * Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY. */
enum status lesson_build(const struct lesson *lesson, struct lesson_model *built,
			 struct error_list *errors);
void lesson_model_free(struct lesson_model *built);

#endif
