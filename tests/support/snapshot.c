/* SPDX-License-Identifier: GPL-3.0-or-later */
/* snapshot.c -- copies a walk's numbers one after another; what a smaller batch leaves unused in
 * a node is no part of them. */
#include "snapshot.h"

#include <stdlib.h>
#include <string.h>

/* Writes at bytes, or only counts where it is NULL. */
struct writer {
	unsigned char *bytes;
	size_t size;
};

static void put(struct writer *w, const void *from, size_t size)
{
	if (w->bytes)
		memcpy(w->bytes + w->size, from, size);
	w->size += size;
}

static void put_node(struct writer *w, const struct node *node)
{
	for (size_t row = 0; row < node->rows; row++) {
		put(w, node->value + row * node->stride, node->cols * sizeof(double));
		put(w, node->grad + row * node->stride, node->cols * sizeof(double));
	}
}

/* Of the last update only what the next one needs. */
static void put_slots(struct writer *w, const struct trainer *trainer, size_t size)
{
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	for (size_t k = 0; k < form->n_slots; k++) {
		if (form->slots[k].kept)
			put(w, trainer_slot(trainer, k), size);
		put(w, trainer_next_slot(trainer, k), size);
	}
}

static void put_stages(struct writer *w, const struct trainer *trainer)
{
	size_t sizes[] = {[STAGE_ONCE] = 1,
			  [STAGE_UNIT] = trainer->stages.n_units,
			  [STAGE_PARAM] = trainer->model->graph.n_params};
	for (size_t k = 0; k < trainer->stages.list.n; k++)
		put(w, stages_numbers(&trainer->stages, k),
		    sizes[trainer->stages.list.entries[k].row->scope] * sizeof(double));
	put(w, &trainer->optimizer.stages, sizeof trainer->optimizer.stages);
	put(w, trainer->now.hypers, sizeof trainer->now.hypers);
}

static void put_stepper(struct writer *w, const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	const struct model *model = trainer->model;
	const struct graph *graph = &model->graph;
	size_t size = graph->n_params * sizeof(double);
	put(w, graph->theta, size);
	put(w, graph->grad, size);
	put(w, trainer_theta(trainer), size);
	put(w, trainer_next(trainer), size);
	put_slots(w, trainer, size);
	put(w, graph->state, graph->n_state * sizeof(double));
	put(w, trainer_next_state(trainer), graph->n_state * sizeof(double));
	put_stages(w, trainer);
	put(w, &model->loss, sizeof model->loss);
	put(w, trainer->optimizer.hypers, sizeof trainer->optimizer.hypers);
	put(w, &trainer->optimizer.form, sizeof trainer->optimizer.form);
	put(w, &trainer->optimizer.class, sizeof trainer->optimizer.class);
	put(w, &trainer->t, sizeof trainer->t);
	put(w, &trainer->n_updates, sizeof trainer->n_updates);
	put(w, &trainer->prepared, sizeof trainer->prepared);
	put(w, &trainer->n_examples, sizeof trainer->n_examples);
	put(w, trainer->rows, trainer->n_examples * sizeof *trainer->rows);
	put(w, &stepper->index, sizeof stepper->index);
	for (size_t k = 0; k < graph->n_nodes; k++)
		put_node(w, graph->nodes[k]);
}

bool snapshot_take(struct snapshot *snapshot, const struct stepper *stepper)
{
	struct writer w = {0};
	put_stepper(&w, stepper);
	w.bytes = malloc(w.size);
	if (!w.bytes)
		return false;
	w.size = 0;
	put_stepper(&w, stepper);
	*snapshot = (struct snapshot){w.bytes, w.size};
	return true;
}

bool snapshot_equal(const struct snapshot *a, const struct snapshot *b)
{
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

void snapshot_free(struct snapshot *snapshot)
{
	free(snapshot->bytes);
	*snapshot = (struct snapshot){0};
}
