/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph_nodes.h -- from the gates of a lesson's graph to nodes of the engine.
 *
 * Once while a lesson is read, for the ops themselves say which shapes fit; and once, out of the
 * same gates, for the model. */
#ifndef BACKSTEP_LESSON_GRAPH_NODES_H
#define BACKSTEP_LESSON_GRAPH_NODES_H

#include "backstep/engine/graph.h"
#include "backstep/lesson/lesson.h"

/* The nodes made so far: of each input, parameter and gate. */
struct graph_nodes {
	struct graph *graph;
	struct node **inputs, **params, **gates;
};

/* Makes the nodes of the leaves; input holds all inputs. false on lack of memory. */
bool graph_nodes_init(struct graph_nodes *nodes, struct graph *graph, const struct node *input,
		      const struct lesson_graph *lesson);
/* Makes the node of gate number k. Errors: STATUS_BAD_INPUT for shapes that do not fit. */
enum status graph_nodes_add(struct graph_nodes *nodes, const struct lesson_graph *lesson, size_t k,
			    struct error *err);

#endif
