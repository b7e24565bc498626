/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_max.c -- the larger and the smaller of two inputs, maxout: the largest of the pieces of each
 * unit, and max pooling: the largest of each square of a picture.
 *
 * The gradient goes to the winner alone. On a tie there is no derivative; by convention all of it
 * goes to the first of the largest (of the smallest).
 * Source of maxout: I. J. Goodfellow et al., ICML 2013. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

/* Whether a wins against b that comes after it. A NaN wins. */
static bool first_wins(double a, double b)
{
	return !(b > a) && b == b;
}

static double max_value(double a, double b, const double *attributes)
{
	(void)attributes;
	return first_wins(a, b) ? a : b;
}

static double max_slope(double a, double b, double y, const double *attributes, size_t slot)
{
	(void)y, (void)attributes;
	return first_wins(a, b) == (slot == 0) ? 1.0 : 0.0;
}

static int max_side(const struct node *node, size_t i)
{
	double a = node->inputs[0]->value[elementwise_element(node, 0, i)];
	double b = node->inputs[1]->value[elementwise_element(node, 1, i)];
	return (a > b) - (a < b);
}

#define WHY_MAX N_("a max gate routes: the larger input gets the whole gradient, the other 0")

static const struct op_slot max_slots[] = {
    {.name = "a", .partial = "if(a >= b, 1, 0)", .why = WHY_MAX},
    {.name = "b", .partial = "if(b > a, 1, 0)", .why = WHY_MAX},
};
static const struct op_cases max_cases = {.side = max_side};

const struct op op_max = {
    .name = "max",
    .summary = N_("max gate: the larger of two inputs"),
    SLOTS(max_slots),
    .rule = "max(a, b)",
    .cases = &max_cases,
    .value2 = max_value,
    .slope2 = max_slope,
    GATE,
};

static double min_value(double a, double b, const double *attributes)
{
	return -max_value(-a, -b, attributes);
}

static double min_slope(double a, double b, double y, const double *attributes, size_t slot)
{
	return max_slope(-a, -b, y, attributes, slot);
}

#define WHY_MIN N_("a min gate routes: the smaller input gets the whole gradient, the other 0")

static const struct op_slot min_slots[] = {
    {.name = "a", .partial = "if(a <= b, 1, 0)", .why = WHY_MIN},
    {.name = "b", .partial = "if(b < a, 1, 0)", .why = WHY_MIN},
};

const struct op op_min = {
    .name = "min",
    .summary = N_("min gate: the smaller of two inputs"),
    SLOTS(min_slots),
    .rule = "min(a, b)",
    .cases = &max_cases,
    .value2 = min_value,
    .slope2 = min_slope,
    GATE,
};

/* Shapes: x [pieces * units][examples] -> y [units][examples]; the pieces of a unit stand side by
 * side. */
static enum status maxout_infer(struct node *node, struct error *err)
{
	double pieces = node->attributes[0];
	size_t n = (size_t)pieces, rows = node->inputs[0]->rows;
	if ((double)n != pieces || rows % n != 0)
		return error_set(err, STATUS_BAD_INPUT,
				 _("%zu sums cannot be shared out among units of %g pieces"), rows,
				 pieces);
	node->rows = rows / n;
	return STATUS_OK;
}

static struct range maxout_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	size_t n = (size_t)node->attributes[0], first = node_row(node, i) * n;
	return range_of(first * x->stride + node_col(node, i), x->stride, n);
}

/* The first of the largest; a NaN is the largest. */
static size_t largest_winner(const struct node *node, size_t i)
{
	const double *x = node->inputs[0]->value;
	struct range pieces = node->op->inputs(node, i, 0);
	size_t best = pieces.first;
	for (size_t q = 1; q < pieces.count; q++) {
		size_t e = range_at(pieces, q);
		if (!first_wins(x[best], x[e]) && x[best] == x[best])
			best = e;
	}
	return best;
}

static void largest_forward(struct node *node)
{
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++)
			node->value[i] = node->inputs[0]->value[largest_winner(node, i)];
}

/* What loses gets a gradient too: 0. */
static void largest_backward(struct node *node)
{
	for (size_t row = 0; row < node->rows; row++)
		for (size_t n = 0, i = row * node->stride; n < node->cols; n++, i++) {
			struct range pieces = node->op->inputs(node, i, 0);
			size_t winner = largest_winner(node, i);
			for (size_t q = 0; q < pieces.count; q++) {
				size_t e = range_at(pieces, q);
				node->inputs[0]->grad[e] += e == winner ? node->grad[i] : 0.0;
			}
		}
}

static double largest_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)slot;
	return j == largest_winner(node, i) ? 1.0 : 0.0;
}

static const char *largest_partial_rule(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)slot;
	return j == largest_winner(node, i) ? "1" : "0";
}

/* The winner's number, from 1; 0 where another piece is as large. */
static int largest_side(const struct node *node, size_t i)
{
	const double *x = node->inputs[0]->value;
	struct range pieces = node->op->inputs(node, i, 0);
	size_t winner = largest_winner(node, i);
	for (size_t q = 0; q < pieces.count; q++) {
		size_t e = range_at(pieces, q);
		if (e != winner && x[e] == x[winner])
			return 0;
	}
	return (int)range_position(pieces, winner) + 1;
}

static const struct op_cases largest_cases = {.partial = largest_partial_rule,
					      .side = largest_side};

#define LARGEST                                                                    \
	.rule = "largest(x)", .cases = &largest_cases, .forward = largest_forward, \
	.backward = largest_backward, .partial = largest_partial

static const struct op_slot maxout_slots[] = {
    {.name = "x", .why = N_("the largest piece gets the whole gradient, the others 0")},
};
static const struct hyper maxout_attributes[] = {
    {"pieces", "k", N_("how many weighted sums make one unit"), 2.0, 1.0, 16.0},
};
const struct op op_maxout = {
    .name = "maxout",
    .summary = N_("the largest of the weighted sums of each unit"),
    .family = OP_ACTIVATION,
    SLOTS(maxout_slots),
    ATTRIBUTES(maxout_attributes),
    .gathers = true,
    .infer = maxout_infer,
    .inputs = maxout_inputs,
    LARGEST,
};

/* Shapes: x [height * width] -> y [height/side * width/side]. */
static enum status pool_infer(struct node *node, struct error *err)
{
	size_t side = (size_t)node->attributes[0], width = (size_t)node->attributes[1];
	size_t n = node->inputs[0]->rows, height = n / width;
	if (height * width != n || height % side != 0 || width % side != 0)
		return error_set(err, STATUS_BAD_INPUT,
				 _("a picture of %zu by %zu is not cut into squares of %zu by %zu"),
				 height, width, side, side);
	node->rows = n / side / side;
	return STATUS_OK;
}

static struct range pool_inputs(const struct node *node, size_t i, size_t slot)
{
	const struct node *x = node->inputs[slot];
	size_t side = (size_t)node->attributes[0], width = (size_t)node->attributes[1];
	size_t row = node_row(node, i) / (width / side),
	       column = node_row(node, i) % (width / side);
	size_t first = row * side * width + column * side;
	return (struct range){.first = first * x->stride + node_col(node, i),
			      .stride = x->stride,
			      .count = side * side,
			      .run = side,
			      .jump = width * x->stride};
}

static const struct op_slot pool_slots[] = {
    {.name = "x", .why = N_("the largest of the square gets the whole gradient, the others 0")},
};
static const struct hyper pool_attributes[] = {
    {"side", NULL, N_("how long and wide a square is"), 2.0, 1.0, 16.0},
    {"width", NULL, N_("how many numbers are a row of the picture"), 2.0, 1.0, 1 << 14},
};

const struct op op_max_pool_2d = {
    .name = "max-pool-2d",
    .summary = N_("the largest of each square of a picture"),
    .family = OP_REDUCTION,
    SLOTS(pool_slots),
    ATTRIBUTES(pool_attributes),
    .infer = pool_infer,
    .inputs = pool_inputs,
    LARGEST,
};
