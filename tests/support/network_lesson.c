/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_lesson.c -- the layers of a network are read back out of its nodes.
 *
 * Parameters are called p and their place in theta; the first use gives the number. Units are
 * called n, their layer and their own number. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/number.h"
#include "network_lesson_private.h"

void write_number(struct lesson_writer *w, double value)
{
	char number[NUMBER_TEXT];
	strbuf_add(w->out, number_format_exact(number, value));
}

void write_numbers(struct lesson_writer *w, const double *numbers, size_t n)
{
	strbuf_add_char(w->out, '[');
	for (size_t k = 0; k < n; k++) {
		strbuf_add(w->out, k ? ", " : "");
		write_number(w, numbers[k]);
	}
	strbuf_add_char(w->out, ']');
}

static void write_param(struct lesson_writer *w, size_t p)
{
	strbuf_addf(w->out, "p%zu", p);
	if (!w->used[p]) {
		strbuf_add_char(w->out, '=');
		write_number(w, w->theta[p]);
	}
	w->used[p] = true;
}

/* One row of a parameter node, which is the whole of a list. */
static void write_row(struct lesson_writer *w, const struct node *params, size_t row)
{
	strbuf_add_char(w->out, '[');
	for (size_t col = 0; col < params->cols; col++) {
		strbuf_add(w->out, col ? ", " : "");
		write_param(w, node_param(params, row * params->stride + col));
	}
	strbuf_add_char(w->out, ']');
}

/* `key: [[..], [..]]`, or `key: [..]` of a column. */
static void write_params(struct lesson_writer *w, const char *key, const struct node *params)
{
	strbuf_addf(w->out, "%s: [", key);
	for (size_t row = 0; row < params->rows; row++) {
		strbuf_add(w->out, row ? ", " : "");
		if (strcmp(key, "weights") == 0 || strcmp(key, "projection") == 0)
			write_row(w, params, row);
		else
			write_param(w, node_param(params, row * params->stride));
	}
	strbuf_add_char(w->out, ']');
}

/* The node of layer with an op, or NULL; a second op may be meant as well. */
static const struct node *find_op(const struct lesson_writer *w, size_t layer, const struct op *op,
				  const struct op * or)
{
	const struct graph *graph = &w->model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (node->layer == layer && node->op && (node->op == op || node->op == or))
			return node;
	}
	return NULL;
}

/* What the layer hands on: its last node. */
static const struct node *last_of(const struct lesson_writer *w, size_t layer)
{
	const struct graph *graph = &w->model->graph;
	size_t k = graph->n_nodes;
	while (graph->nodes[k - 1]->layer != layer)
		k--;
	return graph->nodes[k - 1];
}

static double attribute_of(const struct node *node, const char *name)
{
	size_t k = 0;
	while (strcmp(node->op->attributes[k].name, name) != 0)
		k++;
	return node->attributes[k];
}

/* `, with: [NAME=NUMBER]` of the attributes that are not as usual. */
static void write_with(struct lesson_writer *w, const char *before, const struct node *node)
{
	size_t n = 0;
	for (size_t k = 0; k < node->op->n_attributes; k++) {
		const struct hyper *row = &node->op->attributes[k];
		if (node->attributes[k] == row->initial)
			continue;
		strbuf_addf(w->out, "%s%s=", n++ ? ", " : before, row->name);
		write_number(w, node->attributes[k]);
	}
	strbuf_add(w->out, n ? "]" : "");
}

static void begin_line(struct lesson_writer *w, size_t indent)
{
	strbuf_add_char(w->out, '\n');
	strbuf_repeat(w->out, " ", indent);
}

/* A function for each unit. */
static void write_parts(struct lesson_writer *w, const struct node *units, size_t indent)
{
	begin_line(w, indent);
	for (size_t row = 0; row < units->rows; row++)
		strbuf_addf(w->out, "%s%s", row ? ", " : "activation: [",
			    units->parts[row].op->name);
	strbuf_add(w->out, "]");
}

static void write_activation(struct lesson_writer *w, size_t layer, size_t indent)
{
	const struct node *units = last_of(w, layer);
	if (units->parts)
		write_parts(w, units, indent);
	if (units->op->family != OP_ACTIVATION)
		return;
	begin_line(w, indent);
	strbuf_addf(w->out, "activation: %s", units->op->name);
	if (units->op->n_attributes == 0)
		return;
	begin_line(w, indent);
	write_with(w, "with: [", units);
}

static void write_units(struct lesson_writer *w, size_t layer, size_t indent)
{
	const struct node *units = last_of(w, layer);
	begin_line(w, indent);
	strbuf_add(w->out, "units: [");
	for (size_t k = 0; k < units->rows; k++)
		strbuf_addf(w->out, "%sn%zu_%zu", k ? ", " : "", layer, k + 1);
	strbuf_add_char(w->out, ']');
}

static void write_dense(struct lesson_writer *w, size_t layer, size_t indent)
{
	const struct node *affine = find_op(w, layer, &op_affine, &op_product);
	const struct node *added = find_op(w, layer, &op_bias, NULL);
	const struct node *bias = added                      ? added->inputs[1]
				  : affine->op == &op_affine ? affine->inputs[2]
							     : NULL;
	strbuf_add(w->out, "kind: dense");
	write_units(w, layer, indent);
	write_activation(w, layer, indent);
	begin_line(w, indent);
	write_params(w, "weights", affine->inputs[1]);
	if (!bias)
		return;
	begin_line(w, indent);
	if (bias->rows == 1 && affine->rows > 1) {
		strbuf_add(w->out, "bias: ");
		write_param(w, node_param(bias, 0));
	} else {
		write_params(w, "bias", bias);
	}
	if (!added)
		return;
	begin_line(w, indent);
	strbuf_add(w->out, "separate_bias: true");
}

static void write_dropout(struct lesson_writer *w, const struct node *dropout, size_t indent)
{
	strbuf_add(w->out, "kind: dropout");
	write_units(w, dropout->layer, indent);
	begin_line(w, indent);
	strbuf_add(w->out, "rate: ");
	write_number(w, attribute_of(dropout, "rate"));
	begin_line(w, indent);
	strbuf_addf(w->out, "seed: %llu", (unsigned long long)dropout->inputs[1]->seed);
}

static void write_norm(struct lesson_writer *w, const struct node *normalise, size_t indent)
{
	bool over_batch = normalise->op == &op_batch_normalise;
	const struct node *units = last_of(w, normalise->layer);
	strbuf_addf(w->out, "kind: %s", over_batch ? "batch-norm" : "layer-norm");
	write_units(w, normalise->layer, indent);
	begin_line(w, indent);
	write_params(w, "gamma", units->inputs[1]);
	begin_line(w, indent);
	write_params(w, "beta", units->inputs[2]);
	begin_line(w, indent);
	strbuf_add(w->out, "epsilon: ");
	write_number(w, attribute_of(normalise, "epsilon"));
	if (!over_batch)
		return;
	begin_line(w, indent);
	strbuf_add(w->out, "momentum: ");
	write_number(w, attribute_of(normalise->inputs[1], "momentum"));
}

/* The projection of a residual block, or NULL. */
static const struct node *projection_of(const struct node *sum)
{
	const struct node *skip = sum->inputs[1];
	return skip->op == &op_product && skip->layer == sum->layer ? skip : NULL;
}

static void write_layers(struct lesson_writer *w, size_t first, size_t end, size_t indent);

static void write_residual(struct lesson_writer *w, const struct node *sum, size_t first,
			   size_t indent)
{
	const struct node *projection = projection_of(sum);
	strbuf_add(w->out, "kind: residual");
	write_units(w, sum->layer, indent);
	write_activation(w, sum->layer, indent);
	begin_line(w, indent);
	strbuf_add(w->out, "layers:");
	write_layers(w, first, sum->layer, indent + 2);
	if (!projection)
		return;
	begin_line(w, indent);
	write_params(w, "projection", projection->inputs[1]);
}

/* The sum of the residual block that begins with layer first and ends before end, or NULL. */
static const struct node *block_from(const struct lesson_writer *w, size_t first, size_t end)
{
	for (size_t layer = end; layer-- > first + 1;) {
		const struct node *sum = find_op(w, layer, &op_residual, NULL);
		if (!sum)
			continue;
		const struct node *projection = projection_of(sum);
		const struct node *x = projection ? projection->inputs[0] : sum->inputs[1];
		if (x->layer + 1 == first)
			return sum;
	}
	return NULL;
}

static void write_layers(struct lesson_writer *w, size_t first, size_t end, size_t indent)
{
	for (size_t layer = first; layer < end; layer++) {
		const struct node *sum = block_from(w, layer, end);
		const struct node *dropout = find_op(w, layer, &op_dropout, NULL);
		const struct node *norm =
		    find_op(w, layer, &op_batch_normalise, &op_unit_normalise);
		begin_line(w, indent);
		strbuf_add(w->out, "- ");
		if (sum)
			write_residual(w, sum, layer, indent + 2);
		else if (dropout)
			write_dropout(w, dropout, indent + 2);
		else if (norm)
			write_norm(w, norm, indent + 2);
		else
			write_dense(w, layer, indent + 2);
		layer = sum ? sum->layer : layer;
	}
}

static void write_network(struct lesson_writer *w)
{
	const struct model *model = w->model;
	strbuf_add(w->out, "network:\n  inputs: [");
	for (size_t k = 0; k < model->input->rows; k++)
		strbuf_addf(w->out, "%sx%zu", k ? ", " : "", k + 1);
	strbuf_add(w->out, "]\n  layers:");
	write_layers(w, 1, model->n_layers + 1, 4);
	strbuf_add(w->out, "\ntrain: [");
	for (size_t k = 0; k < model->n_order; k++)
		strbuf_addf(w->out, "%sp%zu", k ? ", " : "", model->order[k]);
	strbuf_add(w->out, "]\n");
}

static void write_loss(struct lesson_writer *w)
{
	const struct model *model = w->model;
	if (!model->loss_class)
		return;
	strbuf_addf(w->out, "loss: {kind: %s, over: %s", model->loss_class->name,
		    model->over == REDUCE_SUM ? "sum" : "mean");
	write_with(w, ", with: [", model->terms);
	if (model->goal != model->target) {
		strbuf_add(w->out, ", smoothing: ");
		write_number(w, attribute_of(model->goal, "epsilon"));
		strbuf_addf(w->out, ", smoothing_form: %s", model->goal->op->name);
	}
	strbuf_add(w->out, "}\n");
}

static void write_data(struct lesson_writer *w, const struct dataset *data)
{
	strbuf_add(w->out, "data:\n");
	for (size_t row = 0; row < data->n_rows; row++) {
		strbuf_add(w->out, "  - {x: ");
		write_numbers(w, data->x + row * data->n_inputs, data->n_inputs);
		if (w->model->loss_class) {
			strbuf_add(w->out, ", target: ");
			write_numbers(w, data->t + row * data->n_targets, data->n_targets);
		}
		strbuf_add(w->out, "}\n");
	}
}

static void write_stages(struct lesson_writer *w, const struct stages *stages)
{
	char name[STAGE_NAME], value[STAGE_NAME];
	size_t n = 0;
	for (size_t i = 0; stage_setting_name(i, name); i++) {
		if (!stages_use(stages, name) || !stages_get(stages, name, value))
			continue;
		strbuf_addf(w->out, "%s%s=%s", n++ ? ", " : "\n  stages: [", name, value);
	}
	strbuf_add(w->out, n ? "]" : "");
}

static void write_training(struct lesson_writer *w, const struct network *net)
{
	const struct optimizer *optimizer = &net->optimizer;
	const struct optimizer_class *class = optimizer->class;
	size_t rate = optimizer_rate_index(optimizer), n = 0;
	strbuf_addf(w->out,
		    "training:\n  optimizer: %s\n  rule: %s\n  batch: %zu\n  rate: ", class->name,
		    optimizer_form(optimizer)->name, net->batch);
	write_number(w, optimizer->hypers[rate]);
	for (size_t k = 0; k < class->n_hypers; k++) {
		if (k == rate || optimizer->hypers[k] == class->hypers[k].initial)
			continue;
		strbuf_addf(w->out, "%s%s=", n++ ? ", " : "\n  with: [", class->hypers[k].name);
		write_number(w, optimizer->hypers[k]);
	}
	strbuf_add(w->out, n ? "]" : "");
	write_stages(w, &optimizer->stages);
	strbuf_add_char(w->out, '\n');
}

void network_print_lesson(const struct network *net, const double *theta, struct strbuf *out)
{
	const struct model *model = net->model;
	struct lesson_writer w = {.model = model, .theta = theta, .out = out};
	w.used = calloc(model->graph.n_params + model->graph.n_nodes, sizeof *w.used);
	if (!w.used) {
		out->failed = true;
		return;
	}
	strbuf_add(out, "format: 2\nid: random-network\n"
			"title: {es: \"Red de una prueba\", en: \"A network of a test\"}\n"
			"text: {es: \"Falló una prueba.\", en: \"A test failed.\"}\n");
	if (find_op(&w, 1, &op_affine, &op_product))
		write_network(&w);
	else
		write_graph(&w);
	write_loss(&w);
	write_data(&w, &net->data);
	write_training(&w, net);
	strbuf_add(out, "...\n");
	free(w.used);
}
