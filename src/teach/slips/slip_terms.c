/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_terms.c -- slips in a sum: a term too few, a sign turned. */
#include "slip_make.h"

static void make_sign(struct slips *slips)
{
	slip_try(slips, make_negate(slips, slips->site.tree));
}

static struct formula *turn_errors(struct slips *slips, const struct slip_site *site,
				   size_t variant)
{
	(void)variant;
	bool is_error = site->is_derivative && site->of && site->of->role == ROLE_LOSS &&
			site->wrt && site->wrt->is_output;
	return is_error ? make_negate(slips, site->tree) : NULL;
}

const struct slip_class slip_sign = {
    .name = "sign",
    .prior = 10,
    .title = N_("the sign turned"),
    .says = N_("the sign is turned"),
    .nudge = N_("Which sign does it have, and which number comes first in the difference?"),
    .make = make_sign,
    .is_deep = true,
    .everywhere = turn_errors,
    .n_everywhere = 1,
};

/* Of two paths one left out; of more, one alone. */
static void make_one_path(struct slips *slips)
{
	struct formula *tree = slips->site.tree;
	slip_drop_terms(slips, TERM_PATH);
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		bool is_paths = slips->site.task == TASK_GRADIENT && f->kind == FORMULA_SUM;
		for (size_t i = 0; is_paths && f->n_args > 2 && i < f->n_args; i++)
			slip_try_at(slips, place, f->args[i]);
	}
}

const struct slip_class slip_one_path = {
    .name = "one-path",
    .prior = 9,
    .title = N_("only one of the paths"),
    .says = N_("only one of the terms is counted: one path, one row"),
    .nudge = N_("How many ways lead from it to the loss?"),
    .make = make_one_path,
};

static void make_missing_term(struct slips *slips)
{
	slip_drop_terms(slips, TERM_PLAIN);
}

const struct slip_class slip_missing_term = {
    .name = "missing-term",
    .prior = 5,
    .title = N_("a term left out"),
    .says = N_("a term is left out"),
    .nudge = N_("How many terms does the sum have, and is each of them in?"),
    .make = make_missing_term,
};

static void make_bias_ignored(struct slips *slips)
{
	slip_drop_terms(slips, TERM_BIAS);
}

static struct formula *no_biases(struct slips *slips, const struct slip_site *site, size_t variant)
{
	struct formula *f = site->tree;
	(void)variant;
	if (site->task != TASK_VALUE || site->phase != PHASE_FORWARD || f->kind != FORMULA_SUM)
		return NULL;
	for (size_t i = 0; i < f->n_args; i++)
		if (role_of(f->args[i]) == ROLE_BIAS)
			return make_without(slips, f, i);
	return NULL;
}

const struct slip_class slip_bias_ignored = {
    .name = "bias-ignored",
    .prior = 8,
    .title = N_("the bias left out"),
    .says = N_("the bias is left out"),
    .nudge = N_("What else goes into the sum?"),
    .make = make_bias_ignored,
    .everywhere = no_biases,
    .n_everywhere = 1,
};

static struct formula *turn_term(struct slips *slips, const struct formula *sum, size_t i)
{
	struct formula **args = ARENA_ARRAY(slips->arena, struct formula *, sum->n_args);
	if (!args)
		return NULL;
	for (size_t k = 0; k < sum->n_args; k++)
		args[k] = sum->args[k];
	bool is_minus = args[i]->kind == FORMULA_NEGATE;
	args[i] = is_minus ? args[i]->args[0] : make_negate(slips, args[i]);
	return formula_node(slips->arena, FORMULA_SUM, sum->n_args, args);
}

static void turn_terms(struct slips *slips)
{
	struct formula *tree = slips->site.tree;
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (f->kind != FORMULA_SUM)
			continue;
		for (size_t i = 0; i < f->n_args; i++)
			slip_try_at(slips, place, turn_term(slips, f, i));
	}
}

static void make_inner_sign(struct slips *slips)
{
	if (!slips->site.is_update)
		turn_terms(slips);
}

const struct slip_class slip_inner_sign = {
    .name = "inner-sign",
    .prior = 4,
    .title = N_("a sign inside the formula turned"),
    .says = N_("a sign inside the formula is turned"),
    .nudge = N_("Look at the signs inside: is each of them as the formula has it?"),
    .make = make_inner_sign,
};

static void make_ascent(struct slips *slips)
{
	if (slips->site.is_update)
		turn_terms(slips);
}

const struct slip_class slip_ascent = {
    .name = "ascent",
    .prior = 6,
    .title = N_("a step uphill"),
    .says = N_("the step goes up the slope: w + rate times gradient"),
    .nudge = N_("Is the loss to grow or to shrink?"),
    .make = make_ascent,
};
