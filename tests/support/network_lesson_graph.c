/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_lesson_graph.c -- the gates of a graph as expressions, one a line.
 *
 * Every op has a function of its name; that a parameter has to be spread to be read by an op of
 * layers is the reader's business, and not written. Lessons have no inputs and parameters that lead
 * nowhere, networks of the tests do: such leaves are added to the output, times 0. */
#include <string.h>

#include "backstep/base/number.h"
#include "network_lesson_private.h"

/* A function's name in expressions: leaky-relu is leaky_relu. */
static void write_function(struct lesson_writer *w, const char *name)
{
	for (; *name; name++)
		strbuf_add_char(w->out, *name == '-' ? '_' : *name);
}

/* A spread parameter under its own name, where its reader spreads it anyway. */
static const struct node *argument_of(const struct node *reader, size_t slot)
{
	const struct node *in = reader->inputs[slot];
	bool spreads = reader->op->family != OP_ARITHMETIC;
	return spreads && in->op == &op_spread ? in->inputs[0] : in;
}

/* Marks node and all that it is made of, as they are written. */
static void use(struct lesson_writer *w, const struct node *node)
{
	w->used[node->index] = true;
	for (size_t slot = 0; node->op && slot < node->op->n_slots; slot++)
		use(w, argument_of(node, slot));
}

static void write_name(struct lesson_writer *w, const struct node *node)
{
	if (node->kind == NODE_CONSTANT)
		write_number(w, node->constant);
	else
		strbuf_addf(w->out, "%c%zu",
			    node->op                   ? 'g'
			    : node->kind == NODE_PARAM ? 'p'
						       : 'x',
			    node->index);
}

static void write_gate(struct lesson_writer *w, const struct node *node)
{
	strbuf_add(w->out, "\n    - ");
	write_name(w, node);
	strbuf_add(w->out, " = ");
	if (node->op == &op_power) {
		write_name(w, node->inputs[0]);
		strbuf_add_char(w->out, '^');
		write_number(w, node->attributes[0]);
		return;
	}
	write_function(w, node->op == &op_spread ? op_identity.name : node->op->name);
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		strbuf_add(w->out, slot ? ", " : "(");
		write_name(w, argument_of(node, slot));
	}
	strbuf_add_char(w->out, ')');
}

/* A number, a column or a matrix with its first values. */
static void write_leaf(struct lesson_writer *w, const struct node *node)
{
	write_name(w, node);
	strbuf_add(w->out, node->rows * node->cols == 1 ? "=" : node->cols > 1 ? ": [" : ": ");
	if (node->rows * node->cols == 1)
		write_number(w, w->theta[node_param(node, 0)]);
	else if (node->cols == 1)
		write_numbers(w, w->theta + node_param(node, 0), node->rows);
	for (size_t row = 0; node->cols > 1 && row < node->rows; row++) {
		strbuf_add(w->out, row ? ", " : "");
		write_numbers(w, w->theta + node_param(node, row * node->stride), node->cols);
	}
	strbuf_add(w->out, node->cols > 1 ? "]" : "");
}

static void write_input(struct lesson_writer *w, const struct node *node)
{
	write_name(w, node);
	if (node->rows > 1)
		strbuf_addf(w->out, ": %zu", node->rows);
}

static bool is_leaf(const struct node *node)
{
	return node->kind == NODE_VIEW || node->kind == NODE_PARAM;
}

/* The leaves of a kind, as `key: [...]`. */
static void write_leaves(struct lesson_writer *w, const char *key, enum node_kind kind,
			 void (*write)(struct lesson_writer *w, const struct node *node))
{
	const struct graph *graph = &w->model->graph;
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		if (graph->nodes[k]->kind != kind)
			continue;
		strbuf_addf(w->out, n++ ? ", " : "\n  %s: [", key);
		write(w, graph->nodes[k]);
	}
	strbuf_add(w->out, n ? "]" : "");
}

/* A leaf as one number: of a vector the sum, of a matrix an element. It must not multiply a vector:
 * its rows would be the weights into units, which max-norm limits. */
static void write_as_number(struct lesson_writer *w, const struct node *leaf)
{
	bool is_matrix = leaf->kind == NODE_PARAM && leaf->cols > 1;
	strbuf_add(w->out, leaf->rows > 1 && !is_matrix ? "sum(" : "(");
	write_name(w, leaf);
	strbuf_add(w->out, is_matrix ? "[1,1])" : ")");
}

/* The last node again, and with it what it was not made of. */
static void write_unused(struct lesson_writer *w)
{
	const struct graph *graph = &w->model->graph;
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		if (!is_leaf(graph->nodes[k]) || w->used[k])
			continue;
		strbuf_add(w->out, n++ ? " + " : "\n    - unused = 0*(");
		write_as_number(w, graph->nodes[k]);
	}
	if (n == 0)
		return;
	strbuf_add(w->out, ")\n    - output = unused + ");
	write_name(w, w->model->output);
}

void write_graph(struct lesson_writer *w)
{
	const struct graph *graph = &w->model->graph;
	use(w, w->model->output);
	strbuf_add(w->out, "graph:");
	write_leaves(w, "inputs", NODE_VIEW, write_input);
	write_leaves(w, "parameters", NODE_PARAM, write_leaf);
	strbuf_add(w->out, "\n  nodes:");
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (graph->nodes[k]->op && w->used[k])
			write_gate(w, graph->nodes[k]);
	write_unused(w);
	strbuf_add_char(w->out, '\n');
}
