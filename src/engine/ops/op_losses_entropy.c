/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses_entropy.c -- cross-entropies of one output: binary from a probability, binary from a
 * logit, and one class's share of the categorical one.
 *
 * From a logit p, log(1 + exp(p)) - t p is computed as max(p, 0) - t p + log(1 + exp(-|p|)), which
 * never overflows. A class whose target is 0 adds 0, also where its probability is 0. */
#include <math.h>

#include "backstep/base/i18n.h"
#include "loss.h"

/* The test of p lets a NaN through. */
#define ABSENT(p, t) ((t) == 0.0 && (p) >= 0.0)

LOSS(binary_cross_entropy, -(t * real_log(p) + (1.0 - t) * real_log(1.0 - p)),
     (p - t) / (p * (1.0 - p)), real_log(1.0 - p) - real_log(p))
LOSS(binary_cross_entropy_logits,
     (p < 0.0 ? 0.0 : p) - t * p + real_log1p(real_exp(-fabs(p))), real_sigmoid(p) - t, -p)
LOSS(cross_entropy, ABSENT(p, t) ? 0.0 : -t * real_log(p), ABSENT(p, t) ? 0.0 : -t / p,
     -real_log(p))

const struct op op_binary_cross_entropy = {
	.name = "binary-cross-entropy",
	.summary = N_("minus the log of the probability given to the right answer"),
	.least = 0.0, .most = 1.0,
	.rule = "-(t*log(p) + (1 - t)*log(1 - p))",
	.partial_rule = {"(p - t)/(p*(1 - p))", "log(1 - p) - log(p)"},
	.partial_why = {N_("how far off, and steeper the surer the wrong answer"),
			N_("how improbable the other answer is held to be")},
	LOSS_ROW(binary_cross_entropy),
};

const struct op op_binary_cross_entropy_logits = {
	.name = "binary-cross-entropy-logits",
	.summary = N_("the sigmoid and the binary cross-entropy in one"),
	.rule = "log(1 + exp(p)) - t*p", .partial_rule = {"1/(1 + exp(-p)) - t", "-p"},
	.partial_why = {N_("the probability minus the target: sigmoid and logarithm cancel"),
			N_("minus the logit")},
	LOSS_ROW(binary_cross_entropy_logits),
};

const struct op op_cross_entropy = {
	.name = "cross-entropy",
	.summary = N_("minus the target times the log of its probability"),
	.least = 0.0, .most = 1.0,
	.rule = "-t*log(p)", .partial_rule = {"-t/p", "-log(p)"},
	.partial_why = {N_("steeper the less probable the right class is held to be"),
			N_("how improbable this class is held to be")},
	LOSS_ROW(cross_entropy),
};
