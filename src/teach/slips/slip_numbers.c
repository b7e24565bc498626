/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip_numbers.c -- slips of the eye: another number of the board, the decimal point. */
#include <string.h>

#include "slip_make.h"

static void make_wrong_row(struct slips *slips)
{
	slip_confuse(slips, CONFUSED_TRANSPOSED);
	slip_confuse(slips, CONFUSED_COLUMN);
	slip_confuse(slips, CONFUSED_SOURCE);
}

struct swap {
	struct slips *slips;
	enum confusion confusion;
};

static struct formula *swap_leaf(void *ctx, struct formula *leaf)
{
	const struct swap *swap = ctx;
	struct entry *others[BOARD_MAX_CONFUSED];
	struct entry *entry = board_entry(leaf);
	size_t n = board_confused(swap->slips->board, entry, swap->confusion, others);
	return n > 0 ? slip_swap(swap->slips, entry, others[0]) : leaf;
}

/* In every slope that is a weight, and in the deltas made of such. */
static struct formula *swap_weights(struct slips *slips, const struct slip_site *site,
				    size_t variant)
{
	static const enum confusion variants[] = {CONFUSED_TRANSPOSED, CONFUSED_SOURCE,
						  CONFUSED_COLUMN};
	struct swap swap = {slips, variants[variant]};
	bool is_weight = site->task == TASK_FACTOR && board_entry(site->tree);
	if (!is_weight && site->task != TASK_DELTA)
		return NULL;
	return formula_map(slips->arena, site->tree, swap_leaf, &swap);
}

const struct slip_class slip_wrong_row = {
    .name = "wrong-row",
    .prior = 6,
    .title = N_("a weight of another row or column"),
    .says = N_("a weight of another row or column is used"),
    .nudge = N_("From which unit to which does the weight lead?"),
    .make = make_wrong_row,
    .is_deep = true,
    .everywhere = swap_weights,
    .n_everywhere = 3,
};

static void make_neighbour(struct slips *slips)
{
	slip_confuse(slips, CONFUSED_NEIGHBOUR);
}

const struct slip_class slip_neighbour = {
    .name = "neighbour",
    .prior = 5,
    .title = N_("the number of a neighbour"),
    .says = N_("the number of another unit of the layer is used"),
    .nudge = N_("Which unit is it about?"),
    .make = make_neighbour,
    .is_deep = true,
};

/* The whole formula worked out for row number of those that the data has beside this one. */
struct other_row {
	struct slips *slips;
	size_t number;
	bool has_more; /* a number has as many others */
};

static struct formula *take_row(void *ctx, struct formula *leaf)
{
	struct other_row *row = ctx;
	struct entry *others[BOARD_MAX_CONFUSED], *entry = board_entry(leaf);
	size_t n = board_confused(row->slips->board, entry, CONFUSED_NAMESAKE, others);
	row->has_more |= n > row->number;
	return n > row->number ? slip_swap(row->slips, entry, others[row->number]) : leaf;
}

static void make_other_row(struct slips *slips)
{
	struct other_row row = {.slips = slips, .has_more = true};
	slip_confuse(slips, CONFUSED_ROW);
	for (; row.has_more && row.number < BOARD_MAX_CONFUSED; row.number++) {
		row.has_more = false;
		struct formula *f = formula_map(slips->arena, slips->site.tree, take_row, &row);
		if (row.has_more)
			slip_try(slips, f);
		slips->meant = slips->taken = NULL;
	}
}

const struct slip_class slip_other_row = {
    .name = "other-row",
    .prior = 3,
    .title = N_("the number of another row of the data"),
    .says = N_("the number of another row of the data is used"),
    .nudge = N_("Which row of the data is it about?"),
    .make = make_other_row,
};

static void try_leaf(void *ctx, struct formula *leaf)
{
	slip_try(ctx, leaf);
}

/* A number of the formula alone, or one that was just computed; not what is asked in another row of
 * the data, which is a slip of its own. */
static void make_other_number(struct slips *slips)
{
	const struct board *board = slips->board;
	char buf[BOARD_NAME];
	const struct formula *left = board->question.step.left;
	const char *asked = formula_is_leaf(left) ? board_leaf_name(left, buf) : "";
	formula_visit(slips->site.tree, try_leaf, slips);
	for (size_t i = 0; i < board->n_recent; i++) {
		struct entry *recent = board->recent[i];
		if (!board_is_of_row(recent) || strcmp(recent->name, asked) != 0)
			slip_try(slips, &recent->leaf);
	}
}

const struct slip_class slip_other_number = {
    .name = "other-number",
    .prior = 4,
    .title = N_("another number of the board"),
    .says = N_("it is another number of the board"),
    .nudge = N_("Which number is asked, and which one is that?"),
    .make = make_other_number,
    .is_shown = true,
};

static struct formula *slide(struct slips *slips, double power, struct formula *f)
{
	return make_product(slips, make_number(slips, power), f);
}

/* Of the number; of an update also in the gradient that it takes. */
static void make_point(struct slips *slips)
{
	static const double powers[] = {0.01, 0.1, 10.0, 100.0};
	struct formula *tree = slips->site.tree;
	for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
		slip_try(slips, slide(slips, powers[i], tree));
		for (size_t place = 0; slips->site.is_update && place < formula_n_places(tree);
		     place++)
			if (is_gradient(formula_at(tree, place)))
				slip_try_at(slips, place,
					    slide(slips, powers[i], formula_at(tree, place)));
	}
}

const struct slip_class slip_point = {
    .name = "point",
    .prior = 5,
    .title = N_("the decimal point slipped"),
    .says = N_("the decimal point has slipped"),
    .nudge = N_("Look at the decimal point."),
    .make = make_point,
    .is_shown = true,
};
