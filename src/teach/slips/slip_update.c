/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_update.c -- slips of an update: how far the step goes, and from where. */
#include "slip_make.h"

static void make_no_rate(struct slips *slips)
{
	slip_drop_factors(slips, FACTOR_RATE);
}

const struct slip_class slip_no_rate = {
    .name = "no-rate",
    .prior = 6,
    .title = N_("the learning rate left out"),
    .says = N_("the learning rate is left out"),
    .nudge = N_("How far does one step go?"),
    .make = make_no_rate,
};

/* The gradient that the update learns from, if its formula has one. */
static void try_gradient(void *ctx, struct formula *leaf)
{
	if (is_gradient(leaf))
		slip_try(ctx, leaf);
}

static void make_only_change(struct slips *slips)
{
	struct formula *tree = slips->site.tree;
	slip_drop_terms(slips, TERM_START);
	if (slips->site.is_update && tree->kind == FORMULA_SUM && tree->n_args == 2 &&
	    tree->args[1]->kind == FORMULA_NEGATE) /* how large the step is */
		slip_try(slips, tree->args[1]->args[0]);
	if (slips->site.is_update)
		formula_visit(slips->site.tree, try_gradient, slips);
}

const struct slip_class slip_only_change = {
    .name = "only-change",
    .prior = 5,
    .title = N_("the change instead of the new weight"),
    .says = N_("it is the change, or the gradient, and not the new weight"),
    .nudge = N_("Where does the step start from?"),
    .make = make_only_change,
};

static void make_new_weight(struct slips *slips)
{
	if (!slips->site.is_update && slips->site.phase == PHASE_BACKWARD)
		slip_confuse(slips, CONFUSED_UPDATED);
}

static struct formula *update_leaf(void *ctx, struct formula *leaf)
{
	struct entry *entry = board_entry(leaf);
	return entry->fresh ? slip_swap(ctx, entry, entry->fresh) : leaf;
}

static struct formula *new_weights(struct slips *slips, const struct slip_site *site,
				   size_t variant)
{
	(void)variant;
	if (site->phase != PHASE_BACKWARD)
		return NULL;
	return formula_map(slips->arena, site->tree, update_leaf, slips);
}

const struct slip_class slip_new_weight = {
    .name = "new-weight",
    .prior = 9,
    .title = N_("a weight that is already updated"),
    .says = N_("a weight is used that is already updated"),
    .nudge = N_("Which weights are in force until the update is done?"),
    .make = make_new_weight,
    .is_deep = true,
    .everywhere = new_weights,
    .n_everywhere = 1,
};
