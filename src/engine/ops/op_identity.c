/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_identity.c -- identity, y = x: a linear unit whose activation is shown as a step. */
#include "backstep/base/i18n.h"
#include "elementwise.h"

ELEMENTWISE_UNARY(identity, x, 1.0)

const struct op op_identity = {
    .name = "identity",
    .summary = N_("the input as it is"),
    .family = OP_ACTIVATION,
    .rule = "x",
    .partial_rule = {"1"},
    .partial_why = {N_("a linear unit passes every change on as it is")},
    ELEMENTWISE_ROW(identity),
};
