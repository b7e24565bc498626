/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_loss_own.c -- a loss that the lesson writes down itself: an expression over the outputs
 * and the targets. It becomes gates, as the expressions of a graph do; the last one is the loss. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "lesson_graph.h"

/* What numbered labels have before their number: y of y1, y2; of a single one all. NULL where they
 * are not numbered so. */
static const char *common_name(struct arena *arena, const struct label *labels, size_t n)
{
	const char *first = labels[0].name;
	size_t len = first ? strlen(first) : 0;
	if (n == 1 || len < 2)
		return n == 1 ? first : NULL;
	char *base = arena_strndup(arena, first, len - 1);
	for (size_t k = 0; base && k < n; k++) {
		const char *wanted = arena_printf(arena, "%s%zu", base, k + 1);
		if (!wanted || !labels[k].name || strcmp(labels[k].name, wanted) != 0)
			return NULL;
	}
	return base;
}

/* Makes names of the expression out of the outputs or the targets, numbers first to first + n: y
 * for all of y1, y2; else each has its own. */
static bool add_names(struct graph_reader *reader, const struct label *labels, size_t first)
{
	struct resolver *r = reader->resolver;
	struct lesson_leaves *inputs = &reader->graph->inputs;
	size_t n = r->lesson->n_outputs;
	struct lesson_leaf leaf = {.rows = n, .cols = 1, .first = first};
	struct graph_thing thing = {.is = {.reads = LESSON_READS_INPUT, .index = inputs->n_items}};
	if (!labels || !labels[0].name)
		return false;
	leaf.names = ARENA_ARRAY(r->lesson->arena, struct label, n);
	if (!report_has_memory(r->report, leaf.names))
		return false;
	memcpy(leaf.names, labels, n * sizeof *labels);
	inputs->items[inputs->n_items++] = leaf;
	thing.name = labels[0];
	thing.name.name = common_name(r->lesson->arena, labels, n);
	if (thing.name.name)
		reader->things[reader->n_things++] = thing;
	for (size_t k = 0; !thing.name.name && k < n; k++)
		if (labels[k].name) /* or refused */
			reader->things[reader->n_things++] = (struct graph_thing){
			    .name = labels[k], .is = thing.is, .element = k + 1};
	return true;
}

/* The outputs, which have the first *n_names names, the targets, and what the ops that will be made
 * read of them. */
static bool add_inputs(struct graph_reader *reader, size_t *n_names)
{
	struct lesson *lesson = reader->resolver->lesson;
	const struct node *input =
	    graph_add_data(&reader->scratch, NODE_INPUT, 2 * lesson->n_outputs);
	reader->known = N_("names are those of the outputs and the targets");
	if (!add_names(reader, lesson->outputs, 0))
		return false;
	*n_names = reader->n_things;
	if (!add_names(reader, lesson->loss.targets.items, lesson->n_outputs))
		return false;
	return report_has_memory(reader->resolver->report, input) &&
	       report_has_memory(
		   reader->resolver->report,
		   graph_nodes_init(&reader->nodes, &reader->scratch, input, reader->graph) ? input
											    : NULL);
}

static bool reads_outputs(const struct graph_reader *reader, size_t n_names)
{
	for (size_t k = 0; k < n_names; k++)
		if (reader->things[k].used)
			return true;
	return false;
}

/* The loss is one number that depends on the outputs. */
static void check_loss(struct graph_reader *reader, size_t n_names, struct source_mark mark)
{
	const struct lesson_gate *last = &reader->graph->gates[reader->graph->n_gates - 1];
	struct report *report = reader->resolver->report;
	if (last->rows > 1) {
		report_error(report, mark, _("the loss is one number: there are %zu"), last->rows);
		report_hint(report, "%s", _("sum(...) or mean(...) makes one of them"));
	} else if (!reads_outputs(reader, n_names)) {
		report_error(report, mark, _("the loss does not read the outputs '%s'"),
			     reader->things[0].name.name);
	}
}

void lesson_resolve_own_loss(struct resolver *r)
{
	struct lesson_loss *loss = &r->lesson->loss;
	const struct lesson_expression expression = {.text = loss->expression};
	struct arena *formulas = arena_new();
	struct lesson_graph *own = ARENA_NEW(r->lesson->arena, struct lesson_graph);
	struct graph_reader reader;
	size_t n_names = 0;
	if (report_has_memory(r->report, formulas) && report_has_memory(r->report, own))
		own->inputs.items = ARENA_ARRAY(r->lesson->arena, struct lesson_leaf, 2);
	if (own && report_has_memory(r->report, own->inputs.items) &&
	    report_has_memory(r->report, graph_reader_init(&reader, r, own) ? own : NULL)) {
		reader.formulas = formulas;
		reader.things = ARENA_ARRAY(r->lesson->arena, struct graph_thing,
					    2 * r->lesson->n_outputs + LESSON_MAX_GATES);
		if (report_has_memory(r->report, reader.things) && add_inputs(&reader, &n_names) &&
		    graph_read_expression(&reader, &expression)) {
			check_loss(&reader, n_names, expression.text.mark);
			own->gates[own->n_gates - 1].names = &loss->total;
			loss->own = own;
		}
	}
	arena_free(formulas);
}
