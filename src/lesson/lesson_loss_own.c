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

/* Makes a name of the expression out of the outputs or the targets, numbers first to first + n. */
static bool add_vector(struct graph_reader *reader, const struct label *labels, size_t first)
{
	struct resolver *r = reader->resolver;
	struct lesson_leaves *inputs = &reader->graph->inputs;
	size_t n = r->lesson->n_outputs;
	struct lesson_leaf leaf = {.rows = n, .cols = 1, .first = first};
	struct graph_thing thing = {.is = {.reads = LESSON_READS_INPUT, .index = inputs->n_items}};
	if (!labels || !labels[0].name)
		return false;
	leaf.name = labels[0];
	leaf.name.name = common_name(r->lesson->arena, labels, n);
	if (!leaf.name.name) {
		report_error(r->report, labels[0].mark,
			     _("an own loss reads its numbers by one name, as y1, y2, ... by y"));
		return false;
	}
	leaf.names = ARENA_ARRAY(r->lesson->arena, struct label, n);
	if (!report_has_memory(r->report, leaf.names))
		return false;
	memcpy(leaf.names, labels, n * sizeof *labels);
	inputs->items[inputs->n_items++] = leaf;
	thing.name = leaf.name;
	reader->things[reader->n_things++] = thing;
	return true;
}

/* The outputs, the targets, and what the ops that will be made read of them. */
static bool add_inputs(struct graph_reader *reader)
{
	struct lesson *lesson = reader->resolver->lesson;
	const struct node *input =
	    graph_add_data(&reader->scratch, NODE_INPUT, 2 * lesson->n_outputs);
	if (!add_vector(reader, lesson->outputs, 0) ||
	    !add_vector(reader, lesson->loss.targets.items, lesson->n_outputs))
		return false;
	return report_has_memory(reader->resolver->report, input) &&
	       report_has_memory(
		   reader->resolver->report,
		   graph_nodes_init(&reader->nodes, &reader->scratch, input, reader->graph) ? input
											    : NULL);
}

/* The loss is one number that depends on the outputs. */
static void check_loss(struct graph_reader *reader, struct source_mark mark)
{
	const struct lesson_gate *last = &reader->graph->gates[reader->graph->n_gates - 1];
	struct report *report = reader->resolver->report;
	if (last->rows > 1) {
		report_error(report, mark, _("the loss is one number: there are %zu"), last->rows);
		report_hint(report, "%s", _("sum(...) or mean(...) makes one of them"));
	} else if (!reader->things[0].used) {
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
	if (report_has_memory(r->report, formulas) && report_has_memory(r->report, own))
		own->inputs.items = ARENA_ARRAY(r->lesson->arena, struct lesson_leaf, 2);
	if (own && report_has_memory(r->report, own->inputs.items) &&
	    report_has_memory(r->report, graph_reader_init(&reader, r, own) ? own : NULL)) {
		reader.formulas = formulas;
		if (add_inputs(&reader) && graph_read_expression(&reader, &expression)) {
			check_loss(&reader, expression.text.mark);
			own->gates[own->n_gates - 1].names = &loss->total;
			loss->own = own;
		}
	}
	arena_free(formulas);
}
