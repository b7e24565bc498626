/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_start.c -- the parameters that an initialisation starts, and the numbers that come of it.
 */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/unknown.h"
#include "lesson_builder.h"

static const char *next_init(void *ctx, size_t i)
{
	(void)ctx;
	return init_registry[i].name;
}

/* The node of a matrix that is made: its numbers have no places that the lesson gives. */
static const struct node *find_node(const struct graph *graph, const char *name)
{
	for (size_t i = 0; i < graph->n_nodes; i++) {
		const struct node *node = graph->nodes[i];
		if (node->kind == NODE_PARAM && !node->ids && strcmp(node->prefix, name) == 0)
			return node;
	}
	return NULL;
}

/* Looks up what a layer asks for. Returns false, reported, where that is nothing. */
static bool choose_init(struct builder *b, const struct lesson_made *made, struct init *init)
{
	const struct lesson_init *asked = made->init;
	const struct init_class *class = init_find(asked->kind.text);
	struct error err = {0};
	if (!class) {
		error_unknown(&err, _("initialisation"), asked->kind.text, next_init);
		report_failure(&b->report, asked->kind.mark, &err);
		return false;
	}
	init_begin(init, class, made->n_inputs, made->n_units);
	for (size_t k = 0; k < asked->with.n_items; k++) {
		const struct source_entry *with = &asked->with.items[k];
		if (init_set(init, with->name, with->value, &err)) {
			report_failure(&b->report, with->mark, &err);
			return false;
		}
	}
	return true;
}

void builder_find_starts(struct builder *b)
{
	const struct lesson_made *made;
	size_t n = 0;
	for (made = b->lesson->made; made; made = made->next)
		n++;
	b->starts = ARENA_ARRAY(b->built->arena, struct start, n);
	if (!report_has_memory(&b->report, b->starts))
		return;
	for (made = b->lesson->made; made; made = made->next) {
		struct start *start = &b->starts[b->n_starts];
		start->made = made;
		start->node = find_node(&b->built->model->graph, made->name);
		if (start->node && choose_init(b, made, &start->init))
			b->n_starts++;
	}
}

void builder_fill_starts(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	for (size_t k = 0; k < b->n_starts; k++) {
		const struct start *start = &b->starts[k];
		const struct source_count *own = &start->made->init->seed;
		struct random random;
		random_stream(&random,
			      own->mark.line && !lesson->is_reseeded ? own->value
								     : lesson->seed.value,
			      start->made->is_bias ? "biases" : "weights", start->node->layer);
		init_fill(&start->init, &random, b->built->model->graph.theta + start->node->first,
			  start->node->rows * start->node->cols);
	}
}
