/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_graph.c -- inputs, parameters and expressions of a lesson's graph.
 *
 * What an expression means is in lesson_gates.c. */
#include "lesson_graph.h"

#include <ctype.h>
#include <string.h>

#include "backstep/base/i18n.h"

struct graph_thing *graph_thing_find(const struct graph_reader *reader, const char *name)
{
	for (size_t k = 0; k < reader->n_things; k++)
		if (strcmp(reader->things[k].name.name, name) == 0)
			return &reader->things[k];
	return NULL;
}

/* Whether an input, a parameter or a node of the file is called name. */
static bool is_given(const struct lesson_graph *graph, const char *name)
{
	const struct lesson_leaves *leaves[] = {&graph->inputs, &graph->params};
	for (size_t of = 0; of < 2; of++)
		for (size_t k = 0; k < leaves[of]->n_items; k++)
			if (leaves[of]->items[k].name.name &&
			    strcmp(leaves[of]->items[k].name.name, name) == 0)
				return true;
	for (size_t k = 0; k < graph->nodes.n_items; k++)
		if (graph->nodes.items[k].name.name &&
		    strcmp(graph->nodes.items[k].name.name, name) == 0)
			return true;
	return false;
}

/* The name of one element with its indices in brackets. */
static const char *indexed_name(struct arena *arena, const char *base, size_t rows, size_t cols,
				size_t e)
{
	if (rows == 1 || cols == 1)
		return arena_printf(arena, "%s[%zu]", base, e + 1);
	return arena_printf(arena, "%s[%zu,%zu]", base, e / cols + 1, e % cols + 1);
}

/* The name of one element, the indices after the base; in brackets where something else is called
 * so. A blank index between two numbers would read as one number. */
static const char *element_name(const struct lesson_graph *graph, struct arena *arena,
				const char *base, size_t rows, size_t cols, size_t e)
{
	const char *gap = isdigit((unsigned char)base[strlen(base) - 1]) ? "_" : "", *name;
	if (rows == 1 && cols == 1)
		return base;
	if (rows == 1 || cols == 1)
		name = arena_printf(arena, "%s%s%zu", base, gap, e + 1);
	else
		name = arena_printf(arena, "%s%s%zu%s%zu", base, gap, e / cols + 1,
				    rows > 9 || cols > 9 ? "_" : "", e % cols + 1);
	return name && is_given(graph, name) ? indexed_name(arena, base, rows, cols, e) : name;
}

struct label *graph_element_names(struct graph_reader *reader, struct label base, size_t rows,
				  size_t cols, size_t first_param)
{
	struct resolver *r = reader->resolver;
	struct label *names = ARENA_ARRAY(r->lesson->arena, struct label, rows * cols);
	if (!report_has_memory(r->report, names))
		return NULL;
	for (size_t e = 0; e < rows * cols; e++) {
		const char *name =
		    element_name(reader->graph, r->lesson->arena, base.name, rows, cols, e);

		if (!report_has_memory(r->report, name))
			return NULL;
		names[e] = (struct label){.name = name, .mark = base.mark};
		if (first_param == GRAPH_MADE)
			names[e].name =
			    name_add_made(&r->names, name, base.mark, "gate", NAME_IS_NO_PARAM);
		else if (strlen(name) > SCHEMA_MAX_NAME)
			report_error(r->report, base.mark,
				     _("the name '%s' would be longer than %d characters"), name,
				     (int)SCHEMA_MAX_NAME);
		else
			name_add(&r->names, name, base.mark,
				 first_param == NAME_IS_NO_PARAM ? first_param : first_param + e);
	}
	return names;
}

/* Rows and columns of what a name stands for. */
static void find_size(const struct graph_reader *reader, const struct graph_thing *thing,
		      size_t *rows, size_t *cols)
{
	const struct lesson_graph *graph = reader->graph;
	const struct lesson_leaf *leaf = NULL;
	if (thing->is.reads == LESSON_READS_INPUT)
		leaf = &graph->inputs.items[thing->is.index];
	else if (thing->is.reads == LESSON_READS_PARAM)
		leaf = &graph->params.items[thing->is.index];
	*rows = leaf ? leaf->rows : graph->gates[thing->is.index].rows;
	*cols = leaf ? leaf->cols : 1;
	if (leaf ? leaf->width : graph->gates[thing->is.index].width) {
		*cols = leaf ? leaf->width : graph->gates[thing->is.index].width;
		*rows /= *cols;
	}
}

/* Whether name is that of element e of base, as it is printed or with its indices in brackets. */
static bool is_element_name(const struct graph_reader *reader, const char *name, const char *base,
			    size_t rows, size_t cols, size_t e)
{
	const char *printed = element_name(reader->graph, reader->formulas, base, rows, cols, e);
	const char *indexed = indexed_name(reader->formulas, base, rows, cols, e);
	return (printed && strcmp(name, printed) == 0) || (indexed && strcmp(name, indexed) == 0);
}

struct graph_thing *graph_element_find(const struct graph_reader *reader, const char *name,
				       size_t *e)
{
	for (size_t k = 0; k < reader->n_things; k++) {
		struct graph_thing *thing = &reader->things[k];
		size_t rows, cols, len = strlen(thing->name.name);

		*e = 0;
		if (thing->element || strncmp(name, thing->name.name, len) != 0)
			continue;
		if (thing->is_broken &&
		    strspn(name + len, "[_,]" SCHEMA_DIGITS) == strlen(name + len))
			return thing;
		if (thing->is_broken)
			continue;
		find_size(reader, thing, &rows, &cols);
		for (*e = 0; rows * cols > 1 && *e < rows * cols; ++*e)
			if (is_element_name(reader, name, thing->name.name, rows, cols, *e))
				return thing;
	}
	return NULL;
}

const char *graph_element_name(const struct graph_reader *reader, const struct graph_thing *of,
			       size_t e)
{
	size_t rows, cols;
	find_size(reader, of, &rows, &cols);
	return element_name(reader->graph, reader->resolver->lesson->arena, of->name.name, rows,
			    cols, e);
}

void graph_add_element(struct graph_reader *reader, const char *name, struct source_mark mark,
		       struct lesson_argument is)
{
	reader->things[reader->n_things++] =
	    (struct graph_thing){.name = {.name = name, .mark = mark}, .is = is, .used = true};
}

/* A vector's or matrix's own name is no element's, but nothing else may have it either. That of a
 * single number was looked at when it was added to all names. */
static void add_thing(struct graph_reader *reader, struct graph_thing thing, bool is_number)
{
	const struct label *name = &thing.name;
	const struct graph_thing *other = graph_thing_find(reader, name->name);
	struct name_table *names = &reader->resolver->names;
	if (!is_number && other)
		report_error(reader->resolver->report, name->mark,
			     _("the name '%s' is taken (line %zu, column %zu)"), name->name,
			     other->name.mark.line, other->name.mark.column);
	else if (!is_number && name_find(names, name->name))
		name_add(names, name->name, name->mark, NAME_IS_NO_PARAM); /* which reports it */
	if (!other)
		reader->things[reader->n_things++] = thing;
}

/* A leaf whose name was refused is none: nothing can read it. */
static void resolve_leaf(struct graph_reader *reader, struct lesson_leaf *leaf,
			 struct lesson_argument is, size_t first_param)
{
	if (!leaf->name.name)
		return;
	size_t cols = leaf->width ? leaf->width : leaf->cols;
	leaf->names = graph_element_names(reader, leaf->name, leaf->rows * leaf->cols / cols, cols,
					  first_param);
	add_thing(reader,
		  (struct graph_thing){.name = leaf->name, .is = is, .is_matrix = leaf->is_matrix},
		  leaf->rows * leaf->cols == 1);
}

static void resolve_inputs(struct graph_reader *reader)
{
	struct lesson *lesson = reader->resolver->lesson;
	struct lesson_leaves *leaves = &reader->graph->inputs;
	for (size_t k = 0; k < leaves->n_items; k++) {
		struct lesson_leaf *leaf = &leaves->items[k];

		leaf->first = lesson->n_inputs;
		lesson->n_inputs += leaf->rows;
		resolve_leaf(reader, leaf, (struct lesson_argument){LESSON_READS_INPUT, k, 0.0},
			     NAME_IS_NO_PARAM);
	}
	lesson->inputs = ARENA_ARRAY(lesson->arena, struct label, lesson->n_inputs);
	if (!report_has_memory(reader->resolver->report, lesson->inputs))
		return;
	for (size_t k = 0; k < leaves->n_items; k++)
		if (leaves->items[k].names)
			memcpy(lesson->inputs + leaves->items[k].first, leaves->items[k].names,
			       leaves->items[k].rows * sizeof *lesson->inputs);
}

/* Declares the numbers of the parameters, row by row. */
static void resolve_params(struct graph_reader *reader)
{
	struct lesson *lesson = reader->resolver->lesson;
	struct lesson_leaves *leaves = &reader->graph->params;
	size_t n = 0;
	for (size_t k = 0; k < leaves->n_items; k++)
		n += leaves->items[k].rows * leaves->items[k].cols;
	lesson->params = ARENA_ARRAY(lesson->arena, struct lesson_parameter, n);
	if (!report_has_memory(reader->resolver->report, lesson->params))
		return;
	for (size_t k = 0; k < leaves->n_items && !reader->resolver->report->no_memory; k++) {
		struct lesson_leaf *leaf = &leaves->items[k];

		leaf->first = lesson->n_params;
		resolve_leaf(reader, leaf, (struct lesson_argument){LESSON_READS_PARAM, k, 0.0},
			     leaf->first);
		for (size_t e = 0; leaf->names && e < leaf->rows * leaf->cols; e++)
			lesson->params[lesson->n_params++] = (struct lesson_parameter){
			    .label = leaf->names[e], .value = leaf->values[e]};
	}
}

/* Whether the expression has errors that were reported: when it was unrolled, or of a step before.
 */
static bool is_known_broken(const struct graph_reader *reader,
			    const struct lesson_expression *expression)
{
	const struct source_mark mark = expression->name.mark;
	for (size_t k = 0; k < reader->n_things; k++)
		if (reader->things[k].is_broken && reader->things[k].name.mark.line == mark.line &&
		    reader->things[k].name.mark.column == mark.column)
			return true;
	return !expression->text.text;
}

static void resolve_nodes(struct graph_reader *reader)
{
	const struct lesson_expressions *nodes = &reader->graph->nodes;
	for (size_t k = 0; k < nodes->n_items && !reader->resolver->report->no_memory; k++) {
		const struct lesson_expression *expression = &nodes->items[k];
		struct graph_thing thing = {.name = expression->name};

		if (!expression->name.name)
			continue;
		thing.is_broken = is_known_broken(reader, expression) ||
				  !graph_read_expression(reader, expression);
		thing.is =
		    (struct lesson_argument){LESSON_READS_GATE, reader->graph->n_gates - 1, 0.0};
		thing.used = k + 1 == nodes->n_items; /* the output */
		add_thing(reader, thing,
			  !thing.is_broken && reader->graph->gates[thing.is.index].rows == 1);
	}
}

/* Whether the thing is used, or what is written at the same place in another step. */
static bool is_used(const struct graph_reader *reader, const struct graph_thing *thing)
{
	const struct source_mark mark = thing->name.mark;
	for (size_t k = 0; k < reader->n_things; k++) {
		const struct graph_thing *other = &reader->things[k];

		if (other->used && other->name.mark.line == mark.line &&
		    other->name.mark.column == mark.column)
			return true;
	}
	return false;
}

/* An input may be there for the picture; what else leads nowhere is nearly always misspelt. */
static void report_unused(const struct graph_reader *reader)
{
	for (size_t k = 0; k < reader->n_things; k++) {
		const struct graph_thing *thing = &reader->things[k];
		const struct label *name = &thing->name;

		if (is_used(reader, thing))
			continue;
		if (thing->is.reads == LESSON_READS_INPUT) {
			reader->graph->inputs.items[thing->is.index].is_unused = true;
			continue;
		}
		report_error(reader->resolver->report, name->mark, _("nothing uses '%s'"),
			     name->name);
		report_hint(reader->resolver->report, "%s",
			    _("every parameter and node leads to the last node"));
	}
}

bool graph_reader_init(struct graph_reader *reader, struct resolver *r, struct lesson_graph *graph)
{
	struct arena *arena = r->lesson->arena;
	size_t n = graph->inputs.n_items + graph->params.n_items + graph->nodes.n_items;
	*reader = (struct graph_reader){
	    .resolver = r,
	    .graph = graph,
	    .known = N_("names are those of inputs, parameters and nodes before this one")};
	reader->things = ARENA_ARRAY(arena, struct graph_thing, n + LESSON_MAX_GATES);
	graph->gates = ARENA_ARRAY(arena, struct lesson_gate, LESSON_MAX_GATES);
	graph_init(&reader->scratch, arena, 1);
	return reader->things && graph->gates && graph_name_functions(reader, arena);
}

static void read_graph(struct resolver *r, struct arena *formulas)
{
	struct graph_reader reader;
	const struct node *input;
	graph_unroll(r, &r->lesson->graph);
	if (r->report->no_memory)
		return;
	if (!report_has_memory(r->report,
			       graph_reader_init(&reader, r, &r->lesson->graph) ? r : NULL))
		return;
	reader.formulas = formulas;
	resolve_inputs(&reader);
	resolve_params(&reader);
	input = graph_add_data(&reader.scratch, NODE_INPUT, r->lesson->n_inputs);
	if (!report_has_memory(r->report, input) ||
	    !report_has_memory(r->report,
			       graph_nodes_init(&reader.nodes, &reader.scratch, input, reader.graph)
				   ? input
				   : NULL))
		return;
	resolve_nodes(&reader);
	if (r->report->n_errors == 0 && !r->report->no_memory) /* or what uses them is not known */
		report_unused(&reader);
	if (reader.graph->n_gates && lesson_has_loss(r->lesson)) {
		const struct lesson_gate *last = &reader.graph->gates[reader.graph->n_gates - 1];

		r->lesson->n_outputs = last->rows;
		r->lesson->outputs = last->names;
	}
}

void lesson_resolve_graph(struct resolver *r)
{
	struct arena *formulas = arena_new();
	if (r->lesson->network.layers.mark.line)
		report_error(r->report, r->lesson->graph.nodes.mark, "%s",
			     _("a lesson has a network or a graph, not both"));
	if (report_has_memory(r->report, formulas))
		read_graph(r, formulas);
	arena_free(formulas);
}
