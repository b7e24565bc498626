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
	model->input->labels = builder_labels(model->arena, b->lesson->inputs, b->lesson->n_inputs);
	if (!graph_nodes_init(&nodes, &model->graph, model->input, graph)) {
		error_no_memory(&err);
		builder_fail(b, &err, (struct source_mark){0});
		return;
	}
	for (size_t k = 0; k < graph->n_params; k++) {
		const struct lesson_leaf *leaf = &graph->params[k];
		nodes.params[k]->layer = 1;
		nodes.params[k]->labels =
		    builder_labels(model->arena, leaf->names, leaf->rows * leaf->cols);
	}
	for (size_t k = 0; k < graph->n_gates && !b->status; k++) {
		const struct lesson_gate *gate = &graph->gates[k];
		if (graph_nodes_add(&nodes, graph, k, &err)) {
			builder_fail(b, &err, gate->mark);
			return;
		}
		model->output = nodes.gates[k];
		model->output->layer = 1;
		model->output->labels = builder_labels(model->arena, gate->names, gate->rows);
	}
	model->n_layers = 1;
}

void builder_use_output(struct builder *b)
{
	struct model *model = b->built->model;
	const struct lesson_graph *graph = &b->lesson->graph;
	struct error err = {0};
	enum status status = model_use_output(model, REDUCE_MEAN, &err);
	if (!status) {
		model->batch_name = arena_strdup(model->arena, b->lesson->loss.batch.name);
		status = model->batch_name ? STATUS_OK : error_no_memory(&err);
	} else {
		error_hint(&err, "%s",
			   _("give a loss, or make one number of them: sum(v), norm2(v)"));
	}
	if (status)
		builder_fail(b, &err, graph->gates[graph->n_gates - 1].mark);
}
