/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terms.c -- the products of a weighted sum, looked through once. */
#include "terms.h"

#include <math.h>

enum { SLOT_X, SLOT_W, SLOT_B };

static double number_of(const struct session *session, struct ref ref)
{
	return value_get(&session->stepper, &ref).value;
}

/* Puts a term among the largest; what falls out of them, or is no larger, goes to the others. */
static void add_term(struct terms *terms, struct term term, size_t most)
{
	size_t at = terms->n_largest;
	while (at > 0 && fabs(terms->largest[at - 1].product) < fabs(term.product))
		at--;
	if (at == most || term.product == 0.0) {
		terms->others += term.product;
		return;
	}
	if (terms->n_largest == most)
		terms->others += terms->largest[most - 1].product;
	else
		terms->n_largest++;
	for (size_t k = terms->n_largest - 1; k > at; k--)
		terms->largest[k] = terms->largest[k - 1];
	terms->largest[at] = term;
}

bool terms_find(const struct session *session, const struct node *node, size_t e, size_t most,
		struct terms *terms)
{
	*terms = (struct terms){.n = 0};
	if (!node->op || (node->op != &op_affine && node->op != &op_product))
		return false;
	struct range x = node->op->inputs(node, e, SLOT_X), w = node->op->inputs(node, e, SLOT_W);
	const struct node *weights = node->inputs[SLOT_W];
	if (weights->kind != NODE_PARAM || x.count != w.count)
		return false;
	terms->n = x.count;
	for (size_t k = 0; k < x.count; k++) {
		struct term term = {.x = {node->inputs[SLOT_X], x.first + k * x.stride},
				    .param = node_param(weights, w.first + k * w.stride)};
		term.product = number_of(session, ref_unit(term.x.node, term.x.e)) *
			       number_of(session, ref_param(REF_PARAM, term.param));
		if (isnan(term.product))
			return false;
		terms->first = k == 0 ? term : terms->first;
		terms->last = term;
		terms->n_nonzero += term.product != 0.0;
		add_term(terms, term, most < TERMS_MOST ? most : TERMS_MOST);
	}
	terms->has_bias = node->op == &op_affine && node->inputs[SLOT_B]->kind == NODE_PARAM;
	if (terms->has_bias)
		terms->bias =
		    node_param(node->inputs[SLOT_B], node->op->inputs(node, e, SLOT_B).first);
	return true;
}
