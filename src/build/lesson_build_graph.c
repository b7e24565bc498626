/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build_graph.c -- the model of a lesson that is a computational graph. */
#include "lesson_builder.h"

#include "backstep/base/i18n.h"
#include "backstep/lesson/graph_nodes.h"

void builder_add_graph(struct builder *b)
{
	const struct lesson_graph *graph = &b->lesson->graph;
	struct model *model = b->built->model;
	struct graph_nodes nodes;
	struct error err = {0};
	if (!graph_nodes_init(&nodes, &model->graph, model->input, graph)) {
		b->report.no_memory = true;
		return;
	}
	for (size_t k = 0; k < graph->params.n_items; k++) {
		nodes.params[k]->layer = 1;
		nodes.params[k]->labels = graph->params.items[k].names;
	}
	for (size_t k = 0; k < graph->n_gates; k++) {
		if (graph_nodes_add(&nodes, graph, k, &err)) {
			report_failure(&b->report, graph->gates[k].mark, &err);
			return;
		}
		model->output = nodes.gates[k];
		model->output->layer = 1;
		model->output->labels = graph->gates[k].names;
	}
	model->n_layers = 1;
}

void builder_add_own_loss(struct builder *b, enum reduction over)
{
	const struct lesson_loss *loss = &b->lesson->loss;
	const struct lesson_graph *own = loss->own;
	struct model *model = b->built->model;
	struct node *read[] = {model->output, model->goal};
	struct graph_nodes nodes = {.graph = &model->graph,
				    .inputs = read,
				    .gates =
					ARENA_ARRAY(model->arena, struct node *, own->n_gates)};
	struct error err = {0};
	if (!report_has_memory(&b->report, nodes.gates))
		return;
	for (size_t k = 0; k < own->n_gates; k++) {
		if (graph_nodes_add(&nodes, own, k, &err)) {
			report_failure(&b->report, own->gates[k].mark, &err);
			return;
		}
		nodes.gates[k]->layer = model->n_layers + 1;
		nodes.gates[k]->labels = own->gates[k].names;
	}
	model_use_loss(model, nodes.gates[own->n_gates - 1], over);
	model->target->labels = loss->targets.items;
	model->batch_name = loss->batch.name;
}

void builder_use_output(struct builder *b)
{
	struct model *model = b->built->model;
	const struct lesson_graph *graph = &b->lesson->graph;
	struct error err = {0};
	if (!model_use_output(model, REDUCE_MEAN, &err)) {
		model->batch_name = b->lesson->loss.batch.name;
		return;
	}
	if (err.code != STATUS_NO_MEMORY)
		error_hint(&err, "%s",
			   _("give a loss, or make one number of them: sum(v), norm2(v)"));
	report_failure(&b->report, graph->gates[graph->n_gates - 1].mark, &err);
}
