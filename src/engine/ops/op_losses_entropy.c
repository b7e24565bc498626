/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses_entropy.c -- cross-entropies of one output: binary from a probability, binary from a
 * logit, and one class's share of the categorical one. */
#include "backstep/base/i18n.h"
#include "loss.h"

LOSS_KERNEL(binary_cross_entropy)
LOSS_KERNEL(binary_cross_entropy_logits)
LOSS_KERNEL(cross_entropy)

const struct op op_binary_cross_entropy = {
    .name = "binary-cross-entropy",
    .summary = N_("minus the log of the probability given to the right answer"),
    .least = 0.0,
    .most = 1.0,
    .rule = "-(t*log(p) + (1 - t)*log(1 - p))",
    .partial_rule = {"(p - t)/(p*(1 - p))", "log(1 - p) - log(p)"},
    .partial_why = {N_("how far off, and steeper the surer the wrong answer"),
		    N_("how improbable the other answer is held to be")},
    LOSS_ROW(binary_cross_entropy),
};

const struct op op_binary_cross_entropy_logits = {
    .name = "binary-cross-entropy-logits",
    .summary = N_("the sigmoid and the binary cross-entropy in one"),
    .rule = "log(1 + exp(p)) - t*p",
    .partial_rule = {"1/(1 + exp(-p)) - t", "-p"},
    .partial_why = {N_("the probability minus the target: sigmoid and logarithm cancel"),
		    N_("minus the logit")},
    LOSS_ROW(binary_cross_entropy_logits),
};

const struct op op_cross_entropy = {
    .name = "cross-entropy",
    .summary = N_("minus the target times the log of its probability"),
    .least = 0.0,
    .most = 1.0,
    .rule = "-t*log(p)",
    .partial_rule = {"-t/p", "-log(p)"},
    .partial_why = {N_("steeper the less probable the right class is held to be"),
		    N_("how improbable this class is held to be")},
    LOSS_ROW(cross_entropy),
};
