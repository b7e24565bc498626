/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_activations.c -- slips with an activation and its slope. */
#include <string.h>

#include "slip_make.h"

/* The unit and its sum, in the formula of the activation's slope. */
static struct formula *sum_for_unit(struct slips *slips, const struct slip_site *site,
				    size_t variant)
{
	(void)variant;
	if (!site->is_slope || !has_leaf(site->tree, site->of))
		return NULL;
	return make_replaced(slips, site->tree, site->of, &site->wrt->leaf);
}

static struct formula *sum_of_leaf(void *ctx, struct formula *leaf)
{
	struct entry *sum = board_entry(leaf)->sum;
	(void)ctx;
	return sum ? &sum->leaf : leaf;
}

static void make_sum_for_unit(struct slips *slips)
{
	struct formula *f = sum_for_unit(slips, &slips->site, 0);
	if (f)
		slip_try(slips, f);
	slip_confuse(slips, CONFUSED_SUM);
	if (slips->site.task == TASK_VALUE && slips->site.tree->kind == FORMULA_SUM)
		slip_try(slips, /* of all the units that are added up */
			 formula_map(slips->arena, slips->site.tree, sum_of_leaf, NULL));
}

const struct slip_class slip_sum_for_unit = {
    .name = "sum-for-unit",
    .prior = 7,
    .title = N_("the sum where the unit belongs"),
    .says = N_("the sum stands where the unit belongs"),
    .nudge = N_("Is it written with the sum or with the unit?"),
    .make = make_sum_for_unit,
    .is_deep = true,
    .everywhere = sum_for_unit,
    .n_everywhere = 1,
};

static struct formula *double_slope(struct slips *slips, const struct slip_site *site,
				    size_t variant)
{
	(void)variant;
	if (!site->is_slope || !site->of->tree || !has_leaf(site->tree, site->of))
		return NULL;
	return make_replaced(slips, site->tree, site->of,
			     make_act(slips, site->of, &site->of->leaf));
}

static void make_double_act(struct slips *slips)
{
	struct formula *tree = slips->site.tree, *z;
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (is_sigmoid(f, &z))
			slip_try_at(slips, place, make_sigmoid(slips, f));
		else if (f->kind == FORMULA_CALL && strcmp(f->name, "tanh") == 0)
			slip_try_at(slips, place, make_tanh(slips, f));
	}
	struct formula *slope = double_slope(slips, &slips->site, 0);
	if (slope)
		slip_try(slips, slope);
	slip_confuse(slips, CONFUSED_UNIT);
}

const struct slip_class slip_double_act = {
    .name = "double-act",
    .prior = 6,
    .title = N_("the activation applied twice"),
    .says = N_("the activation is applied to what it was applied to already"),
    .nudge = N_("Has the function been applied to this number already?"),
    .make = make_double_act,
    .is_deep = true,
    .everywhere = double_slope,
    .n_everywhere = 1,
};

/* e^z / (e^z + ...); *z gets what stands for z. */
static bool is_softmax(const struct formula *f, struct formula **z)
{
	if (f->kind != FORMULA_QUOTIENT || f->args[0]->kind != FORMULA_CALL ||
	    strcmp(f->args[0]->name, "exp") != 0)
		return false;
	*z = f->args[0]->args[0];
	return true;
}

static void make_no_act(struct slips *slips)
{
	struct formula *tree = slips->site.tree, *z;
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (is_sigmoid(f, &z) || is_softmax(f, &z))
			slip_try_at(slips, place, z);
		else if (f->kind == FORMULA_CALL &&
			 (strcmp(f->name, "tanh") == 0 || strcmp(f->name, "max") == 0))
			slip_try_at(slips, place, f->args[f->n_args - 1]);
	}
}

const struct slip_class slip_no_act = {
    .name = "no-act",
    .prior = 6,
    .title = N_("the activation not applied"),
    .says = N_("the activation is not applied"),
    .nudge = N_("What is still to be done with the sum?"),
    .make = make_no_act,
};

/* 1 - y^2 */
static struct formula *make_one_minus_square(struct slips *slips, struct formula *y)
{
	struct formula *square[] = {y, make_number(slips, 2.0)};
	return make_one_minus(slips, formula_node(slips->arena, FORMULA_POWER, 2, square));
}

/* Of the slope y (1 - y) only one part; the unit itself; the slope where the unit is asked. */
static void make_value_for_slope(struct slips *slips)
{
	const struct slip_site *site = &slips->site;
	struct formula *tree = site->tree, *z;
	slip_drop_factors(slips, FACTOR_OF_SLOPE);
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (is_sigmoid(f, &z))
			slip_try_at(slips, place, make_product(slips, f, make_one_minus(slips, f)));
		else if (f->kind == FORMULA_CALL && strcmp(f->name, "tanh") == 0)
			slip_try_at(slips, place, make_one_minus_square(slips, f));
	}
	if (!site->is_slope)
		return;
	slip_try(slips, &site->of->leaf);
	slip_try(slips, &site->wrt->leaf);
}

const struct slip_class slip_value_for_slope = {
    .name = "value-for-slope",
    .prior = 5,
    .title = N_("the value instead of the slope"),
    .says = N_("it is the value, or a part of the slope, and not the whole slope"),
    .nudge = N_("Is the number of the unit asked, or how much it changes?"),
    .make = make_value_for_slope,
    .is_deep = true,
};

/* The slope written as that of another function of the same unit. */
static void try_other_slopes(struct slips *slips)
{
	struct formula *a = &slips->site.of->leaf;
	slip_try(slips, make_product(slips, a, make_one_minus(slips, a)));
	slip_try(slips, make_one_minus_square(slips, a));
}

static void make_other_act(struct slips *slips)
{
	struct formula *tree = slips->site.tree, *z;
	slip_drop_terms(slips, TERM_OF_SLOPE);
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (is_sigmoid(f, &z))
			slip_try_at(slips, place, make_tanh(slips, z));
		else if (is_softmax(f, &z))
			slip_try_at(slips, place, make_sigmoid(slips, z));
		else if (f->kind == FORMULA_CALL && strcmp(f->name, "tanh") == 0)
			slip_try_at(slips, place, make_sigmoid(slips, f->args[0]));
	}
	if (slips->site.is_slope)
		try_other_slopes(slips);
}

const struct slip_class slip_other_act = {
    .name = "other-act",
    .prior = 4,
    .title = N_("another activation"),
    .says = N_("another activation, or the slope of another one, is used"),
    .nudge = N_("Which activation does this unit have?"),
    .make = make_other_act,
};

static void make_no_power(struct slips *slips)
{
	static const char *const functions[] = {"sqrt", "abs", "log"};
	struct formula *tree = slips->site.tree;
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (f->kind == FORMULA_POWER)
			slip_try_at(slips, place, f->args[0]);
		for (size_t i = 0; f->kind == FORMULA_CALL && i < 3; i++)
			if (strcmp(f->name, functions[i]) == 0)
				slip_try_at(slips, place, f->args[0]);
	}
}

const struct slip_class slip_no_power = {
    .name = "no-power",
    .prior = 4,
    .title = N_("a square, a root or a logarithm left out"),
    .says = N_("a square, a root or a logarithm is left out"),
    .nudge = N_("Is there a square, a root or a logarithm still to be taken?"),
    .make = make_no_power,
};

static struct formula *negate_leaf(void *ctx, struct formula *leaf)
{
	return make_negate(ctx, leaf);
}

static void make_exp_sign(struct slips *slips)
{
	struct formula *tree = slips->site.tree, *z;
	if (is_softmax(tree, &z)) /* its leaves are the exponents */
		slip_try(slips, formula_map(slips->arena, tree, negate_leaf, slips));
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (f->kind != FORMULA_CALL || strcmp(f->name, "exp") != 0 ||
		    f->args[0]->kind != FORMULA_NEGATE)
			continue;
		slip_try_at(slips, place, formula_call(slips->arena, "exp", 1, f->args[0]->args));
	}
}

const struct slip_class slip_exp_sign = {
    .name = "exp-sign",
    .prior = 4,
    .title = N_("the other sign in the exponent"),
    .says = N_("the exponent has the other sign"),
    .nudge = N_("Which sign does the exponent have?"),
    .make = make_exp_sign,
};
