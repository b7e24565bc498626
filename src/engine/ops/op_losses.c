/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses.c -- the loss of one output p against its target t, element by element. */
#include "backstep/base/i18n.h"
#include "loss.h"

LOSS_KERNEL(half_squared_error)
LOSS_KERNEL(squared_error)
LOSS_KERNEL(error)

#define WHY_P N_("how far the output is from its target, and on which side")
#define WHY_T N_("how far the target is from the output, and on which side")

const struct op op_half_squared_error = {
    .name = "half-squared-error",
    .summary = N_("half the squared error of one output"),
    .rule = "1/2*(t - p)^2",
    .partial_rule = {"p - t", "t - p"},
    .partial_why = {WHY_P, WHY_T},
    LOSS_ROW(half_squared_error),
    .shows_values = true,
};

const struct op op_squared_error = {
    .name = "squared-error",
    .summary = N_("the squared error of one output"),
    .rule = "(p - t)^2",
    .partial_rule = {"2*(p - t)", "2*(t - p)"},
    .partial_why = {WHY_P, WHY_T},
    LOSS_ROW(squared_error),
    .shows_values = true,
};

const struct op op_error = {
    .name = "error",
    .summary = N_("target minus output"),
    .rule = "t - p",
    .partial_rule = {"-1", "1"},
    .partial_why = {N_("the error falls by as much as the output rises"),
		    N_("the error rises by as much as the target does")},
    LOSS_ROW(error),
};
