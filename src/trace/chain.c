/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chain.c -- the factors of one path, kept. */
#include "backstep/trace/chain.h"

#include <string.h>

#include "bind.h"
#include "paths.h"

bool chain_make(const struct plan *plan, size_t k, size_t n, uint64_t path, struct arena *arena,
		struct chain *chain)
{
	const struct chain *found = paths_chain(plan, k, n, path);
	*chain = (struct chain){found->n_links, ARENA_ARRAY(arena, struct link, found->n_links)};
	if (chain->links)
		memcpy(chain->links, found->links, found->n_links * sizeof *found->links);
	return chain->links != NULL;
}

double chain_value(const struct chain *chain, size_t n)
{
	double product = link_value(&chain->links[0]);
	for (size_t f = 1; f < n; f++)
		product *= link_value(&chain->links[f]);
	return product;
}

struct formula *chain_product(const struct chain *chain, size_t n, struct arena *arena)
{
	struct formula **factors = ARENA_ARRAY(arena, struct formula *, n);
	if (!factors)
		return NULL;
	if (chain->n_links == 1) /* as a derivative it would have the name of the gradient */
		return bind_partial(arena, &chain->links[0]);
	for (size_t f = 0; f < n; f++)
		factors[f] = bind_link(arena, &chain->links[f]);
	return formula_node(arena, FORMULA_PRODUCT, n, factors);
}
