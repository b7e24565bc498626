/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_factors.c -- slips in a product: a factor too few, or too many. */
#include "slip_make.h"

/* A delta's product holds the slope of its unit as factors of its own: what is left without them is
 * the delta of the unit. */
static void drop_slope_of_delta(struct slips *slips)
{
	const struct slip_site *site = &slips->site;
	if (site->task != TASK_DELTA || !site->wrt || !site->wrt->unit ||
	    site->tree->kind != FORMULA_PRODUCT)
		return;
	const struct entry *first = board_entry(site->tree->args[0]);
	if (first && first->role == ROLE_DERIVATIVE && first->wrt == site->wrt->unit)
		slip_try(slips, site->tree->args[0]);
}

static void make_no_slope(struct slips *slips)
{
	slip_drop_factors(slips, FACTOR_SLOPE);
	if (slips->site.is_slope)
		slip_try(slips, make_number(slips, 1.0));
	drop_slope_of_delta(slips);
}

/* Variant 0: the slopes of outputs; 1: those of hidden units. */
static struct formula *no_slopes(struct slips *slips, const struct slip_site *site, size_t variant)
{
	bool is_slope = site->is_slope || (site->is_derivative && is_act(site->of, site->wrt));
	if (!is_slope || site->of->is_output != (variant == 0))
		return NULL;
	return make_number(slips, 1.0);
}

const struct slip_class slip_no_slope = {
    .name = "no-slope",
    .prior = 10,
    .title = N_("the slope of the activation left out"),
    .says = N_("the slope of the activation is left out"),
    .nudge = N_("Does what is passed on go through a function on the way?"),
    .make = make_no_slope,
    .is_deep = true,
    .everywhere = no_slopes,
    .n_everywhere = 2,
};

static void make_missing_factor(struct slips *slips)
{
	slip_drop_factors(slips, FACTOR_PLAIN);
}

const struct slip_class slip_missing_factor = {
    .name = "missing-factor",
    .prior = 8,
    .title = N_("a factor left out"),
    .says = N_("a factor is left out"),
    .nudge = N_("How many factors are there, and is each of them in?"),
    .make = make_missing_factor,
    .is_deep = true,
};

/* Whether twice or half of it is a slip that people make: losses, and what is derived from them. */
static bool has_free_two(const struct slip_site *site)
{
	bool is_loss_slope = site->is_derivative && site->of && site->of->role == ROLE_LOSS;
	return (site->phase == PHASE_LOSS && site->task == TASK_VALUE) || is_loss_slope ||
	       site->task == TASK_PRODUCT || (site->task == TASK_GRADIENT && !site->is_mean);
}

static void make_half_two(struct slips *slips)
{
	slip_drop_factors(slips, FACTOR_TWO);
	if (!has_free_two(&slips->site))
		return;
	slip_try(slips, make_product(slips, make_number(slips, 2.0), slips->site.tree));
	slip_try(slips, make_product(slips, make_number(slips, 0.5), slips->site.tree));
}

static bool is_loss_slope(const struct slip_site *site)
{
	return site->is_derivative && site->of && site->of->role == ROLE_LOSS && site->wrt &&
	       site->wrt->is_output;
}

static struct formula *double_errors(struct slips *slips, const struct slip_site *site,
				     size_t variant)
{
	(void)variant;
	if (!is_loss_slope(site))
		return NULL;
	return make_product(slips, make_number(slips, 2.0), site->tree);
}

const struct slip_class slip_half_two = {
    .name = "half-two",
    .prior = 7,
    .title = N_("a 2 or a 1/2 too many or too few"),
    .says = N_("there is a 2 (or a 1/2) too many or too few"),
    .nudge = N_("What becomes of the 1/2 and of the square?"),
    .make = make_half_two,
    .is_deep = true,
    .everywhere = double_errors,
    .n_everywhere = 1,
};

static void make_mean_sum(struct slips *slips)
{
	slip_drop_factors(slips, FACTOR_COUNT);
}

const struct slip_class slip_mean_sum = {
    .name = "mean-sum",
    .prior = 7,
    .title = N_("the sum instead of the mean"),
    .says = N_("the sum is not divided by the number of rows"),
    .nudge = N_("Is it the sum that is asked, or the mean?"),
    .make = make_mean_sum,
};

static void make_not_yet(struct slips *slips)
{
	struct formula *tree = slips->site.tree;
	bool is_product = slips->site.task == TASK_PRODUCT || slips->site.task == TASK_DELTA;
	if (!is_product || tree->kind != FORMULA_PRODUCT)
		return;
	for (size_t k = 1; k < tree->n_args; k++)
		slip_try(slips, make_slice(slips, tree, 0, k));
	for (size_t k = 2; k < tree->n_args; k++)
		slip_try(slips, make_slice(slips, tree, tree->n_args - k, k));
}

const struct slip_class slip_not_yet = {
    .name = "not-yet",
    .prior = 8,
    .title = N_("only a part of the product"),
    .says = N_("only a part of the product is worked out"),
    .nudge = N_("Is that the whole product, from the loss to the end?"),
    .make = make_not_yet,
    .is_shown = true,
};

/* The factors added up; the minus of -a b stays before all. */
static struct formula *make_added_up(struct slips *slips, const struct formula *product)
{
	struct formula *args[2];
	if (product->n_args != 2 || product->args[0]->kind != FORMULA_NEGATE)
		return formula_node(slips->arena, FORMULA_SUM, product->n_args, product->args);
	args[0] = product->args[0]->args[0];
	args[1] = product->args[1];
	struct formula *sum = formula_node(slips->arena, FORMULA_SUM, 2, args);
	return sum ? make_negate(slips, sum) : NULL;
}

static void make_added(struct slips *slips)
{
	struct formula *tree = slips->site.tree;
	for (size_t place = 0; !slips->site.is_update && place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		bool is_sum = f->kind == FORMULA_SUM && f->n_args == 2 &&
			      f->args[0]->kind != FORMULA_NEGATE &&
			      f->args[1]->kind != FORMULA_NEGATE;
		if (f->kind == FORMULA_PRODUCT)
			slip_try_at(slips, place, make_added_up(slips, f));
		else if (is_sum)
			slip_try_at(slips, place, make_product(slips, f->args[0], f->args[1]));
	}
}

const struct slip_class slip_added = {
    .name = "added",
    .prior = 3,
    .title = N_("added instead of multiplied, or the other way round"),
    .says = N_("it is added where it is to be multiplied, or the other way round"),
    .nudge = N_("Is it a sum or a product?"),
    .make = make_added,
};

static void make_inverted(struct slips *slips)
{
	struct formula *tree = slips->site.tree, *z;
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (f->kind != FORMULA_QUOTIENT || f->args[1]->kind == FORMULA_NUMBER ||
		    is_sigmoid(f, &z))
			continue;
		struct formula *turned[] = {f->args[1], f->args[0]};
		slip_try_at(slips, place, formula_node(slips->arena, FORMULA_QUOTIENT, 2, turned));
		slip_try_at(slips, place, make_product(slips, f->args[0], f->args[1]));
	}
}

const struct slip_class slip_inverted = {
    .name = "inverted",
    .prior = 3,
    .title = N_("divided the wrong way round"),
    .says = N_("it is divided the wrong way round"),
    .nudge = N_("What stands above the line, and what below it?"),
    .make = make_inverted,
};
