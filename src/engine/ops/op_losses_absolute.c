/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses_absolute.c -- the absolute error, and Huber's, which is squared near the target. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "elementwise.h"
#include "loss.h"

/* A NaN and 0 stay what they are. */
static inline double sign_of(double x)
{
	return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x;
}

static inline double absolute_error_value(double p, double t, const double *attributes)
{
	(void)attributes;
	return fabs(p - t);
}

static inline double absolute_error_slope(double p, double t, double y, const double *attributes,
					  size_t slot)
{
	(void)y, (void)attributes;
	return slot == SLOT_P ? sign_of(p - t) : sign_of(t - p);
}

static inline double huber_value(double p, double t, const double *attributes)
{
	const double delta = attributes[0];
	return fabs(p - t) <= delta ? 0.5 * ((p - t) * (p - t))
				    : delta * (fabs(p - t) - 0.5 * delta);
}

static inline double huber_slope(double p, double t, double y, const double *attributes,
				 size_t slot)
{
	const double delta = attributes[0], distance = slot == SLOT_P ? p - t : t - p;
	(void)y;
	return fabs(p - t) <= delta ? distance : delta * sign_of(distance);
}

#ifndef FUNCTIONS_ONLY
#define SIGN_RULE(a, b) "if(" a " > " b ", 1, if(" a " < " b ", -1, 0))"
#define WHY_SIDE N_("only the side counts, not how far")

static const struct op_slot absolute_error_slots[] = {
    {.name = "p", .partial = SIGN_RULE("p", "t"), .why = WHY_SIDE},
    {.name = "t", .partial = SIGN_RULE("t", "p"), .why = WHY_SIDE},
};

/* The kink is at the target. */
static int absolute_error_side(const struct node *node, size_t i)
{
	double distance = node->inputs[0]->value[i] - node->inputs[1]->value[i];
	return (distance > 0.0) - (distance < 0.0);
}

static const struct op_cases absolute_error_cases = {.side = absolute_error_side};

const struct op op_absolute_error = {
    .name = "absolute-error",
    .summary = N_("the distance of one output from its target"),
    .family = OP_LOSS,
    SLOTS(absolute_error_slots),
    .rule = "abs(p - t)",
    .cases = &absolute_error_cases,
    .value2 = absolute_error_value,
    .slope2 = absolute_error_slope,
    ELEMENTWISE,
};

#define HUBER_RULE(a, b) "if(abs(p - t) <= delta, " a " - " b ", if(" a " > " b ", delta, -delta))"
#define WHY_DELTA N_("the distance, but never more than delta")

static const struct op_slot huber_slots[] = {
    {.name = "p", .partial = HUBER_RULE("p", "t"), .why = WHY_DELTA},
    {.name = "t", .partial = HUBER_RULE("t", "p"), .why = WHY_DELTA},
};
static const struct hyper huber_attributes[] = {
    {"delta", "δ", N_("where the squared part ends"), 1.0, 1e-6, 1e6},
};

/* Both pieces have the same slope where they meet, but the slope bends there: a central difference
 * across the joint is off by h / 4. Two pieces on each side, and no kink between them. */
static int huber_side(const struct node *node, size_t i)
{
	double p = node->inputs[0]->value[i], t = node->inputs[1]->value[i];
	return fabs(p - t) <= node->attributes[0] ? 2 : p > t ? 1 : -1;
}

static const struct op_cases huber_cases = {.side = huber_side};

const struct op op_huber = {
    .name = "huber",
    .summary = N_("squared near the target, linear far from it"),
    .family = OP_LOSS,
    SLOTS(huber_slots),
    ATTRIBUTES(huber_attributes),
    .rule = "if(abs(p - t) <= delta, 1/2*(p - t)^2, delta*(abs(p - t) - 1/2*delta))",
    .cases = &huber_cases,
    .value2 = huber_value,
    .slope2 = huber_slope,
    ELEMENTWISE,
};
#endif
