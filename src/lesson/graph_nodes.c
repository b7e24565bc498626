/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph_nodes.c -- the nodes of the engine for the gates of a lesson. */
#include "lesson_graph.h"

static const enum op_family families[] = {OP_ARITHMETIC, OP_ACTIVATION, OP_REDUCTION};

enum { N_FAMILIES = sizeof families / sizeof *families };

const struct op *graph_op_find(const char *name)
{
	const struct op *op = NULL;
	for (size_t k = 0; k < N_FAMILIES && !op; k++)
		op = op_find(families[k], name);
	return op;
}

/* A power has its exponent above, an element its index beside it, a copy needs no function, what
 * gathers needs layers, and what lessons call conv and max_pool goes by what it is given. */
static bool is_function(const struct op *op)
{
	static const struct op *const others[] = {&op_power, &op_element, &op_spread,
						  &op_conv,  &op_conv_2d, &op_max_pool_2d};
	for (size_t k = 0; k < sizeof others / sizeof *others; k++)
		if (op == others[k])
			return false;
	for (size_t k = 0; k < N_FAMILIES; k++)
		if (op->family == families[k])
			return !op->gathers;
	return false;
}

const struct op *graph_op_at(size_t i)
{
	for (const struct op *const *op = op_registry; *op; op++)
		if (is_function(*op) && i-- == 0)
			return *op;
	return NULL;
}

/* A parameter's elements have the lesson's places. NULL on lack of memory. */
static struct node *add_param(struct graph *graph, const struct lesson_leaf *leaf)
{
	size_t n = leaf->rows * leaf->cols;
	size_t *ids = ARENA_ARRAY(graph->arena, size_t, n);
	for (size_t e = 0; ids && e < n; e++)
		ids[e] = leaf->first + e;
	return ids ? graph_add_param(graph, leaf->rows, leaf->cols, ids) : NULL;
}

bool graph_nodes_init(struct graph_nodes *nodes, struct graph *graph, const struct node *input,
		      const struct lesson_graph *lesson)
{
	*nodes = (struct graph_nodes){
	    .graph = graph,
	    .inputs = ARENA_ARRAY(graph->arena, struct node *, lesson->inputs.n_items),
	    .params = ARENA_ARRAY(graph->arena, struct node *, lesson->params.n_items),
	    .gates = ARENA_ARRAY(graph->arena, struct node *, LESSON_MAX_GATES)};
	if (!nodes->inputs || !nodes->params || !nodes->gates)
		return false;
	for (size_t k = 0; k < lesson->inputs.n_items; k++) {
		const struct lesson_leaf *leaf = &lesson->inputs.items[k];

		if (!leaf->names) /* refused */
			continue;
		nodes->inputs[k] = graph_add_view(graph, input, leaf->first, leaf->rows);
		if (!nodes->inputs[k])
			return false;
	}
	for (size_t k = 0; k < lesson->params.n_items; k++) {
		const struct lesson_leaf *leaf = &lesson->params.items[k];

		if (!leaf->names)
			continue;
		nodes->params[k] = add_param(graph, leaf);
		if (!nodes->params[k])
			return false;
	}
	return true;
}

/* The node of an argument; NULL on lack of memory. */
static struct node *argument_node(struct graph_nodes *nodes, const struct lesson_argument *arg)
{
	struct node **const made[] = {[LESSON_READS_INPUT] = nodes->inputs,
				      [LESSON_READS_PARAM] = nodes->params,
				      [LESSON_READS_GATE] = nodes->gates};
	if (arg->reads == LESSON_READS_NUMBER)
		return graph_add_constant(nodes->graph, arg->number);
	return made[arg->reads][arg->index];
}

enum status graph_nodes_add(struct graph_nodes *nodes, const struct lesson_graph *lesson, size_t k,
			    struct error *err)
{
	const struct lesson_gate *gate = &lesson->gates[k];
	const struct op *op = graph_op_find(gate->op);
	struct node *inputs[2] = {NULL};
	enum status status;
	for (size_t slot = 0; slot < gate->n_args; slot++) {
		inputs[slot] = argument_node(nodes, &gate->args[slot]);
		if (!inputs[slot])
			return error_no_memory(err);
	}
	status = graph_add_op(nodes->graph, op, gate->n_attributes ? gate->attributes : NULL,
			      inputs, &nodes->gates[k], err);
	for (size_t a = 0; a < gate->n_attributes && !status; a++)
		status = node_set_attribute(nodes->gates[k], op->attributes[a].name,
					    gate->attributes[a], err);
	return status;
}
