/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_builder.h -- what the files that build a lesson's model share. Private to
 * the files lesson_build*.c. */
#ifndef BACKSTEP_BUILD_LESSON_BUILDER_H
#define BACKSTEP_BUILD_LESSON_BUILDER_H

#include "backstep/build/lesson_build.h"
#include "lesson_start.h"

/* One lesson being built. */
struct builder {
	const struct lesson *lesson;
	struct lesson_model *built;
	struct error_list *errors;
	enum status status;   /* the first failure */
	struct start *starts; /* [n_starts] at most two for each layer */
	size_t n_starts;
};

/* Adds err to the list, at mark (where it has a place). */
void builder_fail(struct builder *b, struct error *err, struct source_mark mark);

/* Labels of n names and of n parameters, in the model's arena. NULL on lack of memory, or for no
 * names. */
struct label *builder_labels(struct arena *arena, const struct lesson_name *names, size_t n);
struct label *builder_param_labels(struct arena *arena, const struct lesson *lesson,
				   const size_t *params, size_t n);
/* The layer's activation; NULL: none. One that is unknown is reported. */
const struct op *builder_activation(struct builder *b, const struct lesson_layer *layer);
/* Sets the attributes that the layer gives for its activation. */
void builder_set_attributes(struct builder *b, const struct lesson_layer *layer, struct node *node);

void builder_add_dense(struct builder *b, const struct lesson_layer *layer);
/* Adds the gates of a graph; the last one is the output. */
void builder_add_graph(struct builder *b);
/* Without a loss: the gradient is that of the output. */
void builder_use_output(struct builder *b);
/* Puts the parameters that are trained in their order; the model is finished. */
void builder_choose_trained(struct builder *b);
/* Adds layers of every kind. */
void builder_add_layers(struct builder *b, const struct lesson_layer *layers, size_t n_layers);

#endif
