/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terms.c -- sums that would be too long to read keep their first terms, an ellipsis and the
 * last; the step's value never comes from such a shortened formula. */
#include "terms.h"

#include <math.h>
#include <stdio.h>

#include "backstep/base/i18n.h"
#include "paths.h"
#include "steps.h"

/* Collects the terms of a sum. */
struct terms {
	struct arena *arena;
	struct formula **args;  /* [most] */
	size_t n_args, n, most; /* kept; in all; to be kept */
	bool failed;
};

static struct terms terms_start(struct arena *arena, const struct step_source *source)
{
	size_t most = source->most_terms ? source->most_terms : BIND_MAX_TERMS;
	struct formula **args = ARENA_ARRAY(arena, struct formula *, most);
	return (struct terms){.arena = arena, .args = args, .most = most, .failed = !args};
}

/* Whether term number n would be kept if it were not the last. */
static bool has_room(const struct terms *terms)
{
	return terms->n_args < terms->most - 1;
}

static void terms_add(struct terms *terms, struct formula *term)
{
	terms->n++;
	terms->failed |= !term;
	if (terms->failed)
		return;
	if (terms->n_args < terms->most)
		terms->args[terms->n_args++] = term;
	else
		terms->args[terms->most - 1] = term;
}

static struct formula *terms_sum(struct terms *terms)
{
	if (terms->failed)
		return NULL;
	if (terms->n > terms->most)
		terms->args[terms->most - 2] =
		    formula_node(terms->arena, FORMULA_ELLIPSIS, 0, NULL);
	return formula_node(terms->arena, FORMULA_SUM, terms->n_args, terms->args);
}

/* Whether the paths of the parameter that pass the loss term of the chain are just one. */
static bool is_only_path(const struct plan *plan, const struct place *place,
			 const struct chain *chain)
{
	return !plan->has_lead &&
	       paths_below(plan, place->k, plan->model->terms, chain->links[0].i) == 1;
}

struct formula *terms_path(struct arena *arena, const struct step_source *source,
			   const struct place *place, const struct chain *chain)
{
	const struct model *model = source->plan->model;
	double value = chain_value(chain, chain->n_links);
	if (!is_only_path(source->plan, place, chain)) {
		char *name =
		    arena_printf(arena, "%s%llu", _("path"), (unsigned long long)place->path + 1);
		return name ? formula_symbol(arena, name, NULL, value) : NULL;
	}
	return bind_derivative(arena,
			       step_element_symbol(arena, model->terms, chain->links[0].i, NULL),
			       step_param_symbol(arena, model, place->param, NULL), value);
}

/* first times rest; one product where rest is a product already. */
static struct formula *prepend_factor(struct arena *arena, struct formula *first,
				      struct formula *rest)
{
	bool is_product = rest && rest->kind == FORMULA_PRODUCT;
	size_t n = is_product ? rest->n_args + 1 : 2;
	struct formula **factors = ARENA_ARRAY(arena, struct formula *, n);
	if (!factors)
		return NULL;
	factors[0] = first;
	factors[1] = rest;
	for (size_t k = 0; is_product && k < rest->n_args; k++)
		factors[k + 1] = rest->args[k];
	return formula_node(arena, FORMULA_PRODUCT, n, factors);
}

struct formula *terms_loss(struct arena *arena, const struct model *model, size_t n,
			   char name[LABEL_TEXT])
{
	if (!model->graph.is_coupled)
		return step_element_symbol(arena, model->total, n, name);
	if (name)
		snprintf(name, LABEL_TEXT, "%s", model->batch_name);
	return bind_batch_loss(arena, model);
}

/* The element of node through which the gradient arrives at element i, times the partial. The
 * loss itself has gradient 1, which is left out. */
static struct formula *upstream_term(struct arena *arena, const struct step_source *source,
				     const struct link *link)
{
	const struct model *model = source->plan->model;
	struct formula *partial = bind_partial(arena, link);
	bool is_one =
	    link->node == model->total || (link->node == model->terms && !source->plan->has_lead);
	if (is_one && !model->graph.is_coupled)
		return partial;
	struct formula *loss = terms_loss(arena, model, node_col(link->node, link->i), NULL);
	struct formula *unit = step_element_symbol(arena, link->node, link->i, NULL);
	return prepend_factor(arena, bind_derivative(arena, loss, unit, link->node->grad[link->i]),
			      partial);
}

/* Calls visit with every edge from an op's element in column n to element e of node. What is about
 * the whole batch feeds, and is fed by, all columns. */
static void visit_consumers(const struct model *model, const struct node *node, size_t e, size_t n,
			    void (*visit)(void *ctx, const struct link *link), void *ctx)
{
	const struct graph *graph = &model->graph;
	for (size_t k = node->index + 1; k < graph->n_nodes; k++) {
		const struct node *to = graph->nodes[k];
		for (size_t slot = 0; to->op && slot < to->op->n_slots; slot++) {
			if (to->inputs[slot] != node)
				continue;
			bool all = n == STEP_ALL_EXAMPLES || to->per_batch || node->per_batch;
			size_t first = all ? 0 : n, end = all ? to->cols : n + 1;
			for (size_t i = 0; i < to->rows * (end - first); i++) {
				size_t row = i / (end - first), col = first + i % (end - first);
				struct link link = {to, row * to->stride + col, slot, e};
				if (range_contains(to->op->inputs(to, link.i, slot), e))
					visit(ctx, &link);
			}
		}
	}
}

/* Calls visit for all places of the graph that look at param. */
static void visit_param_consumers(const struct model *model, size_t param, size_t n,
				  void (*visit)(void *ctx, const struct link *link), void *ctx)
{
	const struct graph *graph = &model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++)
		for (size_t e = 0; node_find_param(graph->nodes[k], param, &e); e++)
			visit_consumers(model, graph->nodes[k], e, n, visit, ctx);
}

static void add_gradient(void *ctx, const struct link *link)
{
	*(double *)ctx += link->node->grad[link->i] * link_value(link);
}

double step_example_gradient(const struct model *model, size_t param, size_t n)
{
	double sum = 0.0;
	visit_param_consumers(model, param, n, add_gradient, &sum);
	return sum;
}

static void add_size(void *ctx, const struct link *link)
{
	*(double *)ctx += fabs(link->node->grad[link->i] * link_value(link));
}

double step_gradient_size(const struct model *model, size_t param, size_t n)
{
	double sum = 0.0;
	visit_param_consumers(model, param, n, add_size, &sum);
	return sum;
}

struct upstream {
	struct terms terms;
	const struct step_source *source;
	bool at_kink; /* one of the partials is a convention */
};

static void add_upstream(void *ctx, const struct link *link)
{
	struct upstream *upstream = ctx;
	if (op_is_at_kink(link->node, link->i))
		upstream->at_kink = true;
	terms_add(&upstream->terms, upstream_term(upstream->terms.arena, upstream->source, link));
}

/* The share that an example's loss has in the batch's. */
static struct formula *loss_share(struct arena *arena, const struct model *model)
{
	struct formula *quotient[] = {formula_number(arena, 1.0),
				      formula_number(arena, (double)model->total->cols)};
	return model->over == REDUCE_MEAN ? formula_node(arena, FORMULA_QUOTIENT, 2, quotient)
					  : quotient[0];
}

struct formula *terms_delta(struct arena *arena, const struct step_source *source,
			    const struct node *node, size_t e, bool *at_kink)
{
	*at_kink = false;
	if (node == source->plan->model->total)
		return loss_share(arena, source->plan->model);
	struct upstream upstream = {terms_start(arena, source), source, false};
	visit_consumers(source->plan->model, node, e, node_col(node, e), add_upstream, &upstream);
	*at_kink = upstream.at_kink;
	return terms_sum(&upstream.terms);
}

struct formula *terms_gradient(struct arena *arena, const struct step_source *source,
			       const struct place *place)
{
	if (source->plan->form == CHAIN_DELTAS) {
		struct upstream upstream = {terms_start(arena, source), source, false};
		visit_param_consumers(source->plan->model, place->param,
				      plan_is_coupled(source->plan) ? STEP_ALL_EXAMPLES
								    : place->example,
				      add_upstream, &upstream);
		return terms_sum(&upstream.terms);
	}
	struct terms terms = terms_start(arena, source);
	struct place path = *place;
	for (path.path = 0; path.path < place->n_paths; path.path++) {
		bool last = path.path + 1 == place->n_paths;
		if (!has_room(&terms) && !last && place->n_paths > terms.most) {
			terms.n++; /* left out: no need to look for it */
			continue;
		}
		terms_add(&terms, terms_path(arena, source, &path,
					     paths_chain(source->plan, place->k, place->example,
							 path.path)));
	}
	return terms_sum(&terms);
}

/* The sum of terms, or a mean of n of them. */
static struct formula *reduce(struct terms *terms, enum reduction over, size_t n)
{
	struct formula *sum = terms_sum(terms);
	if (over == REDUCE_SUM)
		return sum;
	struct formula *quotient[] = {formula_number(terms->arena, 1.0),
				      formula_number(terms->arena, (double)n)};
	struct formula *factors[] = {formula_node(terms->arena, FORMULA_QUOTIENT, 2, quotient),
				     sum};
	return formula_node(terms->arena, FORMULA_PRODUCT, 2, factors);
}

struct formula *terms_batch_gradient(struct arena *arena, const struct step_source *source,
				     size_t param)
{
	const struct trainer *trainer = source->trainer;
	const struct model *model = trainer->model;
	struct terms terms = terms_start(arena, source);
	for (size_t n = 0; n < trainer->n_examples; n++) {
		bool last = n + 1 == trainer->n_examples;
		if (!has_room(&terms) && !last && trainer->n_examples > terms.most) {
			terms.n++;
			continue;
		}
		struct formula *loss =
		    step_example_symbol(arena, model, trainer->rows[n] + 1, model->total->value[n]);
		terms_add(&terms,
			  bind_derivative(arena, loss, step_param_symbol(arena, model, param, NULL),
					  step_example_gradient(model, param, n)));
	}
	return reduce(&terms, model->over, trainer->n_examples);
}

struct formula *terms_batch_loss(struct arena *arena, const struct step_source *source)
{
	const struct trainer *trainer = source->trainer;
	const struct model *model = trainer->model;
	struct terms terms = terms_start(arena, source);
	for (size_t n = 0; n < trainer->n_examples; n++)
		terms_add(&terms, step_example_symbol(arena, model, trainer->rows[n] + 1,
						      model->total->value[n]));
	return reduce(&terms, model->over, trainer->n_examples);
}
