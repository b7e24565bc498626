/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses_absolute.c -- the absolute error, and Huber's, which is squared near the target. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "loss.h"

LOSS_KERNEL(absolute_error)
LOSS_KERNEL(huber)

/* The kink of the absolute error is at the target. */
static int absolute_error_side(const struct node *node, size_t i)
{
	double distance = node->inputs[0]->value[i] - node->inputs[1]->value[i];
	return (distance > 0.0) - (distance < 0.0);
}

/* Both pieces have the same slope where they meet, but the slope bends there: a central difference
 * across the joint is off by h / 4. Two pieces on each side, and no kink between them. */
static int huber_side(const struct node *node, size_t i)
{
	double p = node->inputs[0]->value[i], t = node->inputs[1]->value[i];
	return fabs(p - t) <= node->attributes[0] ? 2 : p > t ? 1 : -1;
}

static const struct op_attribute huber_attributes[] = {
    {"delta", "δ", N_("where the squared part ends"), 1.0, 1e-6, 1e6},
};

#define SIGN_RULE(a, b) "if(" a " > " b ", 1, if(" a " < " b ", -1, 0))"
#define HUBER_RULE(a, b) "if(abs(p - t) <= delta, " a " - " b ", if(" a " > " b ", delta, -delta))"

const struct op op_absolute_error = {
    .name = "absolute-error",
    .summary = N_("the distance of one output from its target"),
    .rule = "abs(p - t)",
    .partial_rule = {SIGN_RULE("p", "t"), SIGN_RULE("t", "p")},
    .partial_why = {N_("only the side counts, not how far"),
		    N_("only the side counts, not how far")},
    .side = absolute_error_side,
    LOSS_ROW(absolute_error),
};

const struct op op_huber = {
    .name = "huber",
    .summary = N_("squared near the target, linear far from it"),
    .n_attributes = 1,
    .attributes = huber_attributes,
    .rule = "if(abs(p - t) <= delta, 1/2*(p - t)^2, delta*(abs(p - t) - 1/2*delta))",
    .partial_rule = {HUBER_RULE("p", "t"), HUBER_RULE("t", "p")},
    .partial_why = {N_("the distance, but never more than delta"),
		    N_("the distance, but never more than delta")},
    .side = huber_side,
    LOSS_ROW(huber),
};
