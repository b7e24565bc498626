/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer_kind.h -- the kinds of layers that a lesson may have: rows.
 *
 * A kind has a struct of its own, which begins with struct lesson_layer and is private to its file:
 * the keys are read into it, resolve completes it, build adds it to a model.
 *
 * To add a kind: a file in src/lesson/layers/ with its row, a line in LAYER_KINDS. */
#ifndef BACKSTEP_LESSON_LAYER_KIND_H
#define BACKSTEP_LESSON_LAYER_KIND_H

#include "backstep/engine/model.h"
#include "backstep/lesson/lesson.h"
#include "backstep/text/report.h"

struct resolver;

/* What layers of every kind have. */
struct lesson_layer {
	struct schema_item read;    /* its map is the beginning of its kind's row */
	struct source_text kind;    /* text NULL: the first */
	struct source_labels units; /* read, or made; items [n_units] */
	struct source_texts symbols;
	bool frozen;              /* or inside of a layer that is */
	size_t n_units, n_inputs; /* 0: unknown, and reported */
};

/* A model being built out of layers; what is wrong goes into the report. */
struct layer_builder {
	const struct lesson *lesson;
	struct model *model;
	struct report *report;
};

struct layer_kind {
	struct schema_map map; /* its word, its keys, the size of its struct */
	const char *summary;   /* N_() */
	/* Gives names their meaning and compares sizes; inputs [layer->n_inputs] stand before it.
	 */
	void (*resolve)(struct resolver *r, struct lesson_layer *layer, const struct label *inputs);
	/* Adds the layer to the model; what is wrong is reported. */
	void (*build)(struct layer_builder *b, const struct lesson_layer *layer);
};

/* The first is the kind of a layer that says none. */
#define LAYER_KINDS(X) X(dense) X(residual) X(dropout) X(batch_norm) X(layer_norm)

#define LAYER_KIND_ROW(name) extern const struct layer_kind layer_kind_##name;
LAYER_KINDS(LAYER_KIND_ROW)
#undef LAYER_KIND_ROW

/* The maps of all kinds, each the beginning of its row; then NULL. */
extern const struct schema_map *const layer_kind_maps[];

/* The row whose map it is. */
static inline const struct layer_kind *layer_kind_of(const struct schema_map *map)
{
	return (const struct layer_kind *)map;
}

/* Where messages about the whole layer point. */
struct source_mark layer_mark(const struct lesson_layer *layer);

/* Builds layers one after another. */
void layers_build(struct layer_builder *b, const struct lesson_layers *layers);

#endif
