/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain.c -- counting the paths below each unit, then choosing path number q from the top. */
#include "backstep/trace/chain.h"

#include <stdlib.h>
#include <string.h>

enum status chain_finder_init(struct chain_finder *finder, const struct plan *plan,
			      struct error *err)
{
	const struct graph *graph = &plan->model->graph;
	size_t n_rows = 1;
	for (size_t k = 0; k < graph->n_nodes; k++)
		n_rows += graph->nodes[k]->rows;
	*finder = (struct chain_finder){
	    .plan = plan,
	    .k = SIZE_MAX,
	    .below = calloc(n_rows, sizeof *finder->below),
	    .reaches = calloc(graph->n_nodes + 1, sizeof *finder->reaches),
	    .links = calloc(graph->n_nodes + 1, sizeof *finder->links),
	};
	if (finder->below && finder->reaches && finder->links)
		return STATUS_OK;
	chain_finder_free(finder);
	return error_no_memory(err);
}

void chain_finder_free(struct chain_finder *finder)
{
	free(finder->below);
	free(finder->reaches);
	free(finder->links);
	*finder = (struct chain_finder){0};
}

/* How often range of a parameter node names param. */
static uint64_t count_param(const struct node *node, struct range range, size_t param)
{
	if (!node->ids)
		return param >= node->first && range_contains(range, param - node->first);
	uint64_t n = 0;
	for (size_t q = 0; q < range.count; q++)
		n += node->ids[range.first + q * range.stride] == param;
	return n;
}

/* Paths that leave element i of node through slot. */
static uint64_t count_slot(const struct chain_finder *finder, const struct node *node, size_t i,
			   size_t slot, size_t param)
{
	const struct node *input = node->inputs[slot];
	struct range range = node->op->inputs(node, i, slot);
	if (input->kind == NODE_PARAM)
		return count_param(input, range, param);
	if (!finder->reaches[input->index])
		return 0;
	uint64_t n = 0;
	for (size_t q = 0; q < range.count; q++)
		n += finder->below[plan_row(finder->plan, input, range.first + q * range.stride)];
	return n;
}

static void count_below(struct chain_finder *finder, size_t k)
{
	const struct graph *graph = &finder->plan->model->graph;
	size_t param = finder->plan->order[k];
	finder->k = k;
	for (size_t index = 0; index < graph->n_nodes; index++) {
		const struct node *node = graph->nodes[index];
		finder->reaches[index] = false;
		for (size_t row = 0; row < node->rows; row++) {
			uint64_t n = 0;
			for (size_t slot = 0; node->op && slot < node->op->n_slots; slot++)
				n += count_slot(finder, node, row * node->stride, slot, param);
			finder->below[finder->plan->offset[index] + row] = n;
			if (n)
				finder->reaches[index] = true;
		}
	}
}

/* Takes the edge out of element i of node on which path number *path lies; *path becomes its
 * number among those. */
static struct link choose_link(const struct chain_finder *finder, const struct node *node, size_t i,
			       uint64_t *path)
{
	size_t param = finder->plan->order[finder->k];
	struct link link = {node, i, 0, 0};
	for (link.slot = 0; link.slot < node->op->n_slots; link.slot++) {
		uint64_t n = count_slot(finder, node, i, link.slot, param);
		if (*path < n)
			break;
		*path -= n;
	}
	const struct node *input = node->inputs[link.slot];
	struct range range = node->op->inputs(node, i, link.slot);
	for (size_t q = 0; q < range.count; q++) {
		link.j = range.first + q * range.stride;
		uint64_t n = input->kind == NODE_PARAM
				 ? node_param(input, link.j) == param
				 : finder->below[plan_row(finder->plan, input, link.j)];
		if (*path < n)
			break;
		*path -= n;
	}
	return link;
}

void chain_find(struct chain_finder *finder, size_t k, size_t n, uint64_t path)
{
	const struct model *model = finder->plan->model;
	const struct node *node = model->terms;
	if (finder->k != k)
		count_below(finder, k);
	size_t row = 0;
	while (path >= finder->below[plan_row(finder->plan, node, row * node->stride)])
		path -= finder->below[plan_row(finder->plan, node, row++ * node->stride)];
	size_t i = row * node->stride + n;
	finder->n_links = 0;
	if (finder->plan->has_lead)
		finder->links[finder->n_links++] = (struct link){model->total, n, 0, i};
	while (node->op) {
		struct link link = choose_link(finder, node, i, &path);
		finder->links[finder->n_links++] = link;
		node = node->inputs[link.slot];
		i = link.j;
	}
}

static bool contains_link(const struct chain_finder *finder, const struct link *link)
{
	for (size_t f = 0; f < finder->n_links; f++) {
		const struct link *other = &finder->links[f];
		if (other->node == link->node && other->i == link->i && other->slot == link->slot &&
		    other->j == link->j)
			return true;
	}
	return false;
}

bool chain_is_reused(struct chain_finder *finder, size_t k, size_t n, uint64_t path, size_t f)
{
	struct link link = finder->links[f];
	const struct node *input = link.node->inputs[link.slot];
	if (input->kind != NODE_PARAM &&
	    finder->plan->first_rank[plan_row(finder->plan, input, link.j)] < k)
		return true;
	bool reused = false;
	for (uint64_t earlier = 0; earlier < path && !reused; earlier++) {
		chain_find(finder, k, n, earlier);
		reused = contains_link(finder, &link);
	}
	chain_find(finder, k, n, path);
	return reused;
}
