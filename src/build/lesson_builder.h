/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_builder.h -- what the files that build a lesson's model share. Private to
 * the files lesson_build*.c. */
#ifndef BACKSTEP_BUILD_LESSON_BUILDER_H
#define BACKSTEP_BUILD_LESSON_BUILDER_H

#include "backstep/build/lesson_build.h"
#include "backstep/engine/init.h"
#include "backstep/text/report.h"

/* A matrix of made parameters. */
struct start {
	const struct lesson_made *made;
	const struct node *node;
	struct init init;
};

/* One lesson being built. */
struct builder {
	const struct lesson *lesson;
	struct lesson_model *built;
	struct report report;
	struct start *starts; /* [n_starts] of each matrix that is made */
	size_t n_starts;
};

/* Makes the rows. Errors: STATUS_BAD_INPUT, STATUS_IO, STATUS_NO_MEMORY, all with their place. */
enum status lesson_rows_make(const struct lesson *lesson, struct arena *arena,
			     struct lesson_rows *rows, struct error *err);

/* Whether nothing was reported so far. */
static inline bool builder_is_fine(const struct builder *b)
{
	return b->report.n_errors == 0 && !b->report.no_memory;
}

/* Adds the gates of a graph; the last one is the output. */
void builder_add_graph(struct builder *b);
/* Adds the gates of a loss that the lesson writes itself. */
void builder_add_own_loss(struct builder *b, enum reduction over);
/* Without a loss: the gradient is that of the output. */
void builder_use_output(struct builder *b);
/* Finds the matrices that are made, after the layers; fills in their first numbers. */
void builder_find_starts(struct builder *b);
void builder_fill_starts(struct builder *b);
/* Puts the parameters that are trained in their order; the model is finished. */
void builder_choose_trained(struct builder *b);

#endif
