/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circuit.c -- which elements of a graph are seen: all of them where there is room, else those
 * nearest to the gate at hand, its inputs first. */
#include "circuit.h"

#include <string.h>

enum { LEAST = 8, WANTED_ROWS = 16 };

/* The room there is. */
struct room {
	int rows, columns;
};

bool circuit_is_shown(const struct drawing *d)
{
	return d->session->lesson->graph.n_gates > 0;
}

static bool reads_param(const struct node *node, size_t e, size_t param)
{
	for (struct edge edge = edges_of(node, e); edge_next(&edge);)
		if (edge.input->kind == NODE_PARAM && node_param(edge.input, edge.j) == param)
			return true;
	return false;
}

/* The first gate that a parameter flows into; any: the first gate at all. */
static struct element first_reader(const struct circuit *c, size_t param, bool any)
{
	const struct graph *graph = &c->d->session->built.model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; node->op && row < node->rows; row++) {
			size_t e = node_element(node, row, c->example);
			if (any || reads_param(node, e, param))
				return (struct element){node, e};
		}
	}
	return (struct element){NULL, 0};
}

/* The gate that the step is about: that of the factor at hand, that which is computed, that which
 * the parameter flows into. */
static struct element find_focus(const struct circuit *c)
{
	const struct step *step = c->highlight.step;
	if (!step)
		return first_reader(c, 0, true);
	const struct place *place = &step->place;
	if (step->chain.n_links > 0) {
		size_t last = step->chain.n_links - 1;
		const struct link *link =
		    &step->chain.links[place->factor < last ? place->factor : last];
		return (struct element){link->node, link->i};
	}
	if (place->node && place->node->op)
		return (struct element){place->node, place->element};
	return place->has_param ? first_reader(c, place->param, false) : first_reader(c, 0, true);
}

bool circuit_sees(const struct circuit *c, struct element of)
{
	for (size_t k = 0; k < c->n_elements; k++)
		if (c->elements[k].node == of.node && c->elements[k].e == of.e)
			return true;
	return false;
}

/* false: there is no room for more. */
static bool add_element(struct circuit *c, const struct node *node, size_t e)
{
	if (circuit_sees(c, (struct element){node, e}))
		return true;
	if (c->n_elements == CIRCUIT_ELEMENTS)
		return false;
	c->is_after[c->n_elements] = false;
	c->elements[c->n_elements++] = (struct element){node, e};
	return true;
}

/* Takes away what was added after the first n where it does not all fit. */
static bool keep_if_fits(struct circuit *c, size_t n, bool added, struct room room)
{
	if (c->n_elements == n || (added && circuit_place(c, room.rows, room.columns, 0)))
		return true;
	c->n_elements = n;
	return false;
}

/* All that flows into a gate, or nothing of it; of the gate at hand what there is room for. */
static void add_inputs(struct circuit *c, struct element of, bool is_focus, struct room room)
{
	size_t n = c->n_elements;
	bool added = true;
	for (struct edge edge = edges_of(of.node, of.e); added && edge_next(&edge);)
		added = add_element(c, edge.input, edge.j);
	if (keep_if_fits(c, n, added, room) || !is_focus)
		return;
	for (struct edge edge = edges_of(of.node, of.e); edge_next(&edge);) {
		n = c->n_elements;
		if (!keep_if_fits(c, n, add_element(c, edge.input, edge.j), room))
			return;
	}
}

/* The gates that an element flows into, one after the other. */
static void add_readers(struct circuit *c, struct element of, struct room room)
{
	const struct graph *graph = &c->d->session->built.model->graph;
	for (size_t k = of.node->index + 1; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; node->op && row < node->rows; row++) {
			size_t e = node_element(node, row, c->example), n = c->n_elements;
			if (node_reads(node, e, of.node, of.e) &&
			    keep_if_fits(c, n, add_element(c, node, e), room) && c->n_elements > n)
				c->is_after[n] = true;
		}
	}
}

/* Whether the gates are looked for that an element flows into: those after the gate at hand, and
 * those of the parameter at hand. */
static bool is_followed(const struct circuit *c, size_t k)
{
	const struct step *step = c->highlight.step;
	const struct element *of = &c->elements[k];
	return c->is_after[k] || (step && step->place.has_param && of->node->kind == NODE_PARAM &&
				  node_param(of->node, of->e) == step->place.param);
}

/* All elements that flow into the loss. false: there is no room for them. */
static bool take_all(struct circuit *c, struct room room)
{
	const struct graph *graph = &c->d->session->built.model->graph;
	bool added = true;
	for (size_t k = 0; added && k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; node->op && added && row < node->rows; row++) {
			size_t e = node_element(node, row, c->example);
			added = add_element(c, node, e);
			for (struct edge edge = edges_of(node, e); added && edge_next(&edge);)
				added = add_element(c, edge.input, edge.j);
		}
	}
	if (added && circuit_place(c, room.rows, room.columns, 0))
		return true;
	c->n_elements = 0;
	return false;
}

struct circuit *circuit_make(struct drawing *d, int rows, int columns)
{
	struct circuit *c = ARENA_ARRAY(d->arena, struct circuit, 1);
	struct room room = {rows < CIRCUIT_ROWS ? rows : CIRCUIT_ROWS, columns};
	if (!c)
		return NULL;
	c->d = d;
	c->highlight = highlight_make(d->session);
	c->example = session_column(d->session);
	c->is_whole = take_all(c, room);
	if (!c->is_whole) {
		c->is_after[0] = true;
		c->elements[c->n_elements++] = find_focus(c);
		for (size_t k = 0; k < c->n_elements; k++) {
			add_inputs(c, c->elements[k], k == 0, room);
			if (is_followed(c, k))
				add_readers(c, c->elements[k], room);
		}
	}
	if (!circuit_place(c, room.rows, columns, 1))
		circuit_place(c, room.rows, columns, 0);
	return c;
}

void circuit_want(struct drawing *d, int columns, int *least, int *most)
{
	const struct circuit *c = circuit_make(d, GRID_SIZE_MAX, columns);
	*most = c && c->is_whole && c->rows < WANTED_ROWS ? c->rows : WANTED_ROWS;
	*least = *most < LEAST ? *most : LEAST;
}
