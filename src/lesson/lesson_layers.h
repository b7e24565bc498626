/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_layers.h -- resolving layers: what those of all kinds share. Private to lesson_network.c
 * (which has the dense layer) and lesson_layers.c (the others). */
#ifndef BACKSTEP_LESSON_LESSON_LAYERS_H
#define BACKSTEP_LESSON_LESSON_LAYERS_H

#include "lesson_resolve.h"

/* What names an entry that has no name of its own, letters_unit or letters_unit_input; key is what
 * gives it another one. */
struct default_name {
	const char *letters, *unit, *input, *key;
};

/* The layers one after another, from these inputs on. NULL on lack of memory. */
struct lesson_layer *resolve_layers(struct resolver *r, const struct draft_layers *draft,
				    const struct lesson_name *inputs, size_t n_inputs);
void resolve_dense(struct resolver *r, const struct draft_layer *draft,
		   const struct lesson_name *inputs, struct lesson_layer *layer);
/* The layer's activation, if it has one. */
void resolve_activation(struct resolver *r, const struct draft_layer *draft,
			struct lesson_layer *layer);
/* The place of the parameter that an entry declares or uses. */
size_t resolve_entry(struct resolver *r, const struct draft_entry *entry,
		     const struct default_name *fallback);
/* layer->weights, out of rows that key gives. */
void resolve_weights(struct resolver *r, const struct draft_rows *rows, const char *key,
		     const struct lesson_name *inputs, struct lesson_layer *layer);
/* Names of a step on the way to each unit, such as the weighted sums: given, or made from the
 * units' names. */
struct lesson_name *resolve_steps(struct resolver *r, const struct lesson_layer *layer,
				  const struct draft_texts *given, const char *prefix,
				  const char *key);

#endif
