/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_chain.c -- one local partial of a chain, and the product of all of them. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "../paths.h"
#include "../steps.h"
#include "../terms.h"

static const struct chain *chain_of(const struct step_source *source, const struct place *place)
{
	return paths_chain(source->plan, place->k, place->example, place->path);
}

static bool take_chain(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct place *place = &step->place;
	return chain_make(source->plan, place->k, place->example, place->path, arena, &step->chain);
}

/* The path as far as the walk is, then its rest. */
static enum lit chain_edge(const struct step_source *source, const struct step *step,
			   const struct link *edge)
{
	(void)source;
	for (size_t f = 0; f < step->chain.n_links; f++)
		if (link_is_same(&step->chain.links[f], edge))
			return f <= step->place.factor ? LIT_STRONG : LIT_PATH;
	return LIT_NONE;
}

static enum lit chain_element(const struct step_source *source, const struct step *step,
			      const struct node *node, size_t e)
{
	size_t current = step->place.factor;
	enum lit lit = LIT_NONE;
	(void)source;
	for (size_t f = 0; f < step->chain.n_links; f++) {
		const struct link *link = &step->chain.links[f];
		bool is_end = link->node->inputs[link->slot] == node && link->j == e;
		if (is_end && f == current)
			return LIT_HEAD;
		if (is_end || (link->node == node && link->i == e))
			lit = f <= current ? LIT_STRONG : lit == LIT_NONE ? LIT_PATH : lit;
	}
	return lit;
}

static double factor_of(const struct step_source *source, const struct place *place)
{
	return link_value(&chain_of(source, place)->links[place->factor]);
}

static void make_factor(const struct step_source *source, struct arena *arena, struct step *step)
{
	const struct place *place = &step->place;
	if (!take_chain(source, arena, step))
		return;
	const struct link *link = &step->chain.links[place->factor];
	const struct node *node = link->node;
	node_name(node, link->i, step->of);
	node_name(node->inputs[link->slot], link->j, step->wrt);
	step->left = step->chain.n_links == 1 ? terms_path(arena, source, place, &step->chain)
					      : bind_link(arena, link);
	step->rule = bind_partial(arena, link);
	step->why = node->op->slots[link->slot].why;
	step->at_kink = op_is_at_kink(node, link->i);
	if (place->factor > 0) {
		step->so_far = chain_product(&step->chain, place->factor + 1, arena);
		step->so_far_value = chain_value(&step->chain, place->factor + 1);
	}
	step->reused = paths_had_link(source->plan, place->k, place->example, place->path, link);
}

const struct step_class step_class_factor = {
    .name = "factor",
    .computes = REF_PARTIAL,
    .value = factor_of,
    .make = make_factor,
    .edge = chain_edge,
    .element = chain_element,
};

static double product_of(const struct step_source *source, const struct place *place)
{
	const struct chain *chain = chain_of(source, place);
	return chain_value(chain, chain->n_links);
}

static void make_product(const struct step_source *source, struct arena *arena, struct step *step)
{
	if (!take_chain(source, arena, step))
		return;
	const struct link *first = &step->chain.links[0];
	node_name(first->node, first->i, step->of);
	strcpy(step->wrt, step->param);
	step->left = terms_path(arena, source, &step->place, &step->chain);
	step->rule = chain_product(&step->chain, step->chain.n_links, arena);
	step->why = N_("the factors of this path, multiplied");
}

const struct step_class step_class_product = {
    .name = "product",
    .word = N_("product"),
    .computes = REF_PATH,
    .value = product_of,
    .make = make_product,
    .edge = chain_edge,
    .element = chain_element,
};
