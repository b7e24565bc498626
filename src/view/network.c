/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network.c -- reads the graph: which nodes make a column, which edges lead into it. */
#include "network.h"

static bool is_loss(const struct model *model, const struct node *node)
{
	return node == model->terms || node == model->total;
}

/* Whether all units come together in each: softmax, and a loss of all outputs. */
static bool joins_units(const struct node *node)
{
	enum op_family family = node->op ? node->op->family : OP_LINEAR;
	return (family == OP_ACTIVATION || family == OP_LOSS) && node->inputs[0]->rows > 1 &&
	       node->op->inputs(node, 0, 0).count == node->inputs[0]->rows;
}

/* Starts a column whose edges end in node. */
static struct net_column *add_column(struct net *net, const struct node *node)
{
	struct net_column *column = &net->columns[net->n_columns++];
	*column = (struct net_column){
	    .unit = node, .to = node, .joins = joins_units(node), .count = node->rows};
	return column;
}

/* The node is computed out of what the column was so far. */
static void extend_column(struct net_column *column, const struct node *node)
{
	if (column->n_parts < NET_PARTS)
		column->parts[column->n_parts++] = column->unit;
	column->unit = node;
	column->count = node->rows;
	if (!node->per_batch && node->inputs[0]->layer != node->layer)
		column->to = node;
}

/* Targets stand below the terms, or where one term joins them all, below the outputs. */
static void add_targets(const struct node *terms, struct net_column *outputs,
			struct net_column *column)
{
	struct net_column *to = terms->rows == outputs->count ? column : outputs;
	if (to->n_parts < NET_PARTS)
		to->parts[to->n_parts++] = terms->inputs[1];
}

struct net net_make(struct drawing *d)
{
	const struct session *session = d->session;
	const struct model *model = session->built.model;
	const struct graph *graph = &model->graph;
	struct net net = {.model = model,
			  .highlight = highlight_make(session),
			  .example = session_column(session)};
	struct net_column *column;
	net.columns = ARENA_ARRAY(d->arena, struct net_column, graph->n_nodes + 1);
	if (!net.columns)
		return net;
	column = add_column(&net, model->input);
	column->to = NULL;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (!node->op)
			continue;
		if (node->layer == model->terms->layer && !is_loss(model, node))
			continue; /* the targets, made ready for the loss */
		if (!is_loss(model, node) && node->layer == column->unit->layer &&
		    node->rows == column->unit->rows && !joins_units(node)) {
			extend_column(column, node);
			continue;
		}
		struct net_column *outputs = column;
		column = add_column(&net, node);
		if (node == model->terms && node->op->family == OP_LOSS)
			add_targets(node, outputs, column);
	}
	net.end = net.n_columns;
	return net;
}

/* The parameter that element i of node multiplies with input number position of count. */
static void find_weight(struct net_edge *edge, const struct node *node, size_t i, size_t position,
			size_t count)
{
	for (size_t slot = 1; slot < node->op->n_slots; slot++) {
		struct range params = node->op->inputs(node, i, slot);

		if (node->inputs[slot]->kind != NODE_PARAM || params.count != count ||
		    edge->has_param)
			continue;
		edge->has_param = true;
		edge->param_node = node;
		edge->param_i = i;
		edge->param_slot = slot;
		edge->param_e = range_at(params, position);
		edge->param = node_param(node->inputs[slot], edge->param_e);
	}
}

/* A constant 0 stands for a connection that is not there. */
static bool is_missing(const struct net *net, const struct net_edge *edge)
{
	const bool *is_constant = net->model->is_constant;
	const struct ref ref = ref_param(REF_PARAM, edge->param);
	return edge->has_param && is_constant && is_constant[edge->param] &&
	       value_get(net->highlight.stepper, &ref).value == 0.0;
}

bool net_find_edge(const struct net *net, size_t c, size_t unit, size_t source,
		   struct net_edge *edge)
{
	const struct node *to = net->columns[c].to, *unit_node = net->columns[c].unit;
	size_t i = net_element(net, to, unit);
	struct range range = to->op->inputs(to, i, 0);
	*edge = (struct net_edge){.node = to, .i = i, .has_source = true, .slot = 0};
	edge->j = net_element(net, to->inputs[0], source);
	if (!range_contains(range, edge->j))
		return false;
	find_weight(edge, to, i, range_position(range, edge->j), range.count);
	/* a scale after a normalisation */
	if (!edge->has_param && to != unit_node && unit_node->op->family == OP_SCALING)
		find_weight(edge, unit_node, net_element(net, unit_node, unit), 0, 1);
	return !is_missing(net, edge);
}

bool net_find_skip(const struct net *net, size_t c, size_t unit, const struct node **node,
		   size_t *e)
{
	const struct node *to = net->columns[c].to;
	if (!to || to->op != &op_residual)
		return false;
	*node = to->inputs[1];
	*e = net_element(net, *node, unit);
	return true;
}

bool net_is_off(const struct net *net, const struct net_column *column, size_t unit)
{
	const struct node *node = column->unit;
	return node->op == &op_dropout &&
	       node->inputs[1]->value[net_element(net, node->inputs[1], unit)] == 0.0;
}

/* The bias of unit in one of the column's nodes: the last slot of an op may be one. */
static bool find_bias_in(const struct net *net, const struct node *node, size_t unit,
			 struct net_edge *edge)
{
	size_t slot, i = net_element(net, node, unit);
	const struct node *input;
	if (!node->op || (node->op->family != OP_LINEAR && node->op->family != OP_SCALING))
		return false;
	slot = node->op->n_slots - 1;
	input = node->inputs[slot];
	struct range range = node->op->inputs(node, i, slot);
	if (input->kind != NODE_PARAM || range.count != 1)
		return false;
	*edge = (struct net_edge){
	    .has_param = true,
	    .param_node = node,
	    .param_i = i,
	    .param_slot = slot,
	    .param_e = range.first,
	};
	edge->param = node_param(input, range.first);
	return net->model->is_bias[edge->param] && !is_missing(net, edge);
}

bool net_find_bias(const struct net *net, size_t c, size_t unit, struct net_edge *edge)
{
	const struct net_column *column = &net->columns[c];
	if (find_bias_in(net, column->unit, unit, edge))
		return true;
	for (size_t p = 0; p < column->n_parts; p++)
		if (find_bias_in(net, column->parts[p], unit, edge))
			return true;
	return false;
}

enum lit net_edge_lit(const struct net *net, const struct net_edge *edge)
{
	const struct highlight *h = &net->highlight;
	enum lit lit = LIT_NONE, param = LIT_NONE;
	if (edge->has_source)
		lit = highlight_edge(h, edge->node, edge->i, edge->slot, edge->j);
	if (edge->has_param)
		param = highlight_edge(h, edge->param_node, edge->param_i, edge->param_slot,
				       edge->param_e);
	return lit > param ? lit : param;
}

/* Whether a node belongs to a column. */
static bool has_node(const struct net_column *column, const struct node *node)
{
	bool found = column->unit == node;
	for (size_t p = 0; p < column->n_parts; p++)
		found = found || column->parts[p] == node;
	return found;
}

/* Unit and source of the first edge that param stands on in the layer that ends in node to. */
static bool find_param(const struct node *to, size_t param, size_t *unit, size_t *source)
{
	for (size_t slot = 1; slot < to->op->n_slots; slot++) {
		const struct node *w = to->inputs[slot];

		if (w->kind != NODE_PARAM)
			continue;
		size_t size = w->rows * w->cols, e = param - w->first;
		for (e = w->ids ? 0 : e; w->ids && e < size && w->ids[e] != param;)
			e++;
		if (e >= size)
			continue;
		*unit = e / w->cols;
		*source = e % w->cols;
		return true;
	}
	return false;
}

/* Where on a chain the column is: the unit on it. */
static size_t chain_focus(const struct net *net, const struct net_column *column)
{
	const struct chain *chain = &net->highlight.step->chain;
	for (size_t f = 0; f < chain->n_links; f++) {
		const struct link *link = &chain->links[f];
		if (has_node(column, link->node))
			return node_row(link->node, link->i);
		if (has_node(column, link->node->inputs[link->slot]))
			return node_row(link->node->inputs[link->slot], link->j);
	}
	return SIZE_MAX;
}

size_t net_focus(const struct net *net, const struct drawing *d, size_t c)
{
	const struct net_column *column = &net->columns[c];
	const struct place *place = &d->session->step.place;
	size_t unit, source, focus;
	if (d->session->has_step && place->node)
		return has_node(column, place->node) ? node_row(place->node, place->element)
						     : SIZE_MAX;
	if (!d->session->has_step || !place->has_param)
		return SIZE_MAX;
	focus = chain_focus(net, column);
	if (focus == SIZE_MAX && column->to && find_param(column->to, place->param, &unit, &source))
		focus = unit;
	if (focus == SIZE_MAX && c + 1 < net->n_columns &&
	    find_param(net->columns[c + 1].to, place->param, &unit, &source))
		focus = source;
	return focus;
}
