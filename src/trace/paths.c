/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.c -- counting the paths below each unit, then going down from the loss along one of them:
 * path number q, or the path that step r is on. */
#include "paths.h"

struct path_counts *paths_new(const struct plan *plan, size_t n_rows)
{
	struct path_counts *counts = ARENA_NEW(plan->arena, struct path_counts);
	if (!counts)
		return NULL;
	*counts = (struct path_counts){
	    .k = SIZE_MAX,
	    .below = ARENA_ARRAY(plan->arena, struct path_count, n_rows),
	    .reaches = ARENA_ARRAY(plan->arena, bool, plan->model->graph.n_nodes),
	    .chain.links = ARENA_ARRAY(plan->arena, struct link, plan->model->graph.n_nodes + 1),
	};
	return counts->below && counts->reaches && counts->chain.links ? counts : NULL;
}

/* How often range of a parameter node names param. */
static uint64_t count_param(const struct node *node, struct range range, size_t param)
{
	if (!node->ids)
		return param >= node->first && range_contains(range, param - node->first);
	uint64_t n = 0;
	for (size_t q = 0; q < range.count; q++)
		n += node->ids[range_at(range, q)] == param;
	return n;
}

/* What lies below element i of node through slot. */
static struct path_count count_slot(const struct plan *plan, const struct node *node, size_t i,
				    size_t slot, size_t param)
{
	const struct node *input = node->inputs[slot];
	struct range range = node->op->inputs(node, i, slot);
	struct path_count count = {0};
	if (input->kind == NODE_PARAM)
		count.paths = count_param(input, range, param);
	if (input->kind == NODE_PARAM || !plan->counts->reaches[input->index])
		return count;
	/* examples that do not depend on one another: the range keeps to its column */
	const struct path_count *below = &plan->counts->below[plan_row(plan, input, range.first)];
	const struct range rows = {.stride = range.stride / input->stride,
				   .run = range.run,
				   .jump = range.jump / input->stride};
	for (size_t q = 0; q < range.count; q++) {
		count.paths += below[range_at(rows, q)].paths;
		count.factors += below[range_at(rows, q)].factors;
	}
	return count;
}

/* Every path through an edge has the edge's factor too. */
static void count_below(const struct plan *plan, size_t k)
{
	const struct graph *graph = &plan->model->graph;
	struct path_counts *counts = plan->counts;
	size_t param = plan->order[k];
	counts->k = k;
	counts->chain.n_links = 0;
	for (size_t index = 0; index < graph->n_nodes; index++) {
		const struct node *node = graph->nodes[index];
		counts->reaches[index] = false;
		for (size_t row = 0; row < node->rows; row++) {
			struct path_count sum = {0};
			for (size_t slot = 0; node->op && slot < node->op->n_slots; slot++) {
				struct path_count count =
				    count_slot(plan, node, row * node->stride, slot, param);
				sum.paths += count.paths;
				sum.factors += count.factors + count.paths;
			}
			counts->below[plan->offset[index] + row] = sum;
			if (sum.paths)
				counts->reaches[index] = true;
		}
	}
}

uint64_t paths_below(const struct plan *plan, size_t k, const struct node *node, size_t e)
{
	if (plan->counts->k != k)
		count_below(plan, k);
	return plan->counts->below[plan_row(plan, node, e)].paths;
}

/* On the way down from the loss to a parameter. */
struct descent {
	const struct plan *plan;
	size_t param;
	bool by_step;         /* left counts steps; else paths */
	uint64_t left;        /* to be passed by before the one that is looked for */
	uint64_t path, steps; /* passed by */
	size_t n_links;       /* from the loss down to here */
	const struct node *node;
	size_t i; /* element of node */
};

/* Passes by what lies below an edge or a row that n_links lead to, unless what is looked for is
 * there. */
static bool pass(struct descent *d, struct path_count count)
{
	uint64_t steps = count.factors + count.paths * (d->n_links + 1); /* and each product */
	uint64_t size = d->by_step ? steps : count.paths;
	if (d->left < size)
		return false;
	d->left -= size;
	d->path += count.paths;
	d->steps += steps;
	return true;
}

/* Starts at the loss, in example n: at the row of the loss's terms where the path begins. *lead is
 * the factor of the mean over the terms, which is the first link where the loss takes one. */
static struct descent descend(const struct plan *plan, size_t k, size_t n, bool by_step,
			      uint64_t left, struct link *lead)
{
	const struct node *terms = plan->model->terms;
	struct descent d = {.plan = plan,
			    .param = plan->order[k],
			    .by_step = by_step,
			    .left = left,
			    .n_links = plan->has_lead,
			    .node = terms};
	if (plan->counts->k != k)
		count_below(plan, k);
	size_t row = 0;
	while (pass(&d, plan->counts->below[plan_row(plan, terms, row * terms->stride)]))
		row++;
	d.i = row * terms->stride + n;
	*lead = (struct link){plan->model->total, n, 0, d.i};
	return d;
}

/* What lies below an edge. */
static struct path_count count_edge(const struct descent *d, const struct edge *edge)
{
	if (edge->input->kind == NODE_PARAM)
		return (struct path_count){node_param(edge->input, edge->j) == d->param, 0};
	return d->plan->counts->below[plan_row(d->plan, edge->input, edge->j)];
}

/* Takes the edge down on which the path lies. */
static struct link take_link(struct descent *d)
{
	struct edge edge = edges_of(d->node, d->i);
	d->n_links++;
	do {
		edge_next(&edge);
	} while (pass(d, count_edge(d, &edge)));
	d->node = edge.input;
	d->i = edge.j;
	return (struct link){edge.node, edge.i, edge.slot, edge.j};
}

/* Makes the chain of a path, or of the path that step left is on, the one found last. */
static struct path_counts *find_chain(const struct plan *plan, size_t k, size_t n, bool by_step,
				      uint64_t left)
{
	struct path_counts *counts = plan->counts;
	struct chain *chain = &counts->chain;
	struct descent d = descend(plan, k, n, by_step, left, &chain->links[0]);
	while (d.node->op) {
		size_t f = d.n_links;
		chain->links[f] = take_link(&d);
	}
	chain->n_links = d.n_links;
	counts->example = n;
	counts->path = d.path;
	counts->steps = d.steps;
	return counts;
}

const struct chain *paths_chain(const struct plan *plan, size_t k, size_t n, uint64_t path)
{
	struct path_counts *counts = plan->counts;
	bool is_last = counts->k == k && counts->chain.n_links > 0 && counts->path == path &&
		       counts->example == n;
	return is_last ? &counts->chain : &find_chain(plan, k, n, false, path)->chain;
}

struct path_step paths_step(const struct plan *plan, size_t k, size_t n, uint64_t r)
{
	const struct path_counts *counts = plan->counts;
	bool is_on_last = counts->k == k && counts->chain.n_links > 0 && counts->example == n &&
			  r >= counts->steps && r - counts->steps <= counts->chain.n_links;
	if (!is_on_last)
		counts = find_chain(plan, k, n, true, r);
	return (struct path_step){counts->path, (size_t)(r - counts->steps), counts->chain.n_links};
}

uint64_t paths_before(const struct plan *plan, size_t k, size_t n, uint64_t path)
{
	paths_chain(plan, k, n, path);
	return plan->counts->steps;
}

bool paths_had_link(const struct plan *plan, size_t k, size_t n, uint64_t path,
		    const struct link *link)
{
	const struct node *input = link->node->inputs[link->slot];
	bool found =
	    input->kind != NODE_PARAM && plan->first_rank[plan_row(plan, input, link->j)] < k;
	for (uint64_t earlier = 0; earlier < path && !found; earlier++) {
		const struct chain *chain = paths_chain(plan, k, n, earlier);
		for (size_t f = 0; f < chain->n_links && !found; f++)
			found = link_is_same(&chain->links[f], link);
	}
	return found;
}
