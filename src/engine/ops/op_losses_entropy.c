/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op_losses_entropy.c -- cross-entropies of one output: binary from a probability, binary from a
 * logit, and one class's share of the categorical one.
 *
 * From a logit p, log(1 + exp(p)) - t p is computed as max(p, 0) - t p + log(1 + exp(-|p|)), which
 * never overflows. A class whose target is 0 adds 0, also where its probability is 0: 0 log 0 is 0.
 * The binary one has two such classes, and where the right answer is given with all certainty its
 * slope is that of the one that is left: 1 / (1 - p) at p = 0, -1 / p at p = 1. */
#include "backstep/base/i18n.h"
#include "elementwise.h"
#include "loss.h"

static inline double binary_cross_entropy_value(double p, double t, const double *attributes)
{
	(void)attributes;
	double yes = t == 0.0 && p == 0.0 ? 0.0 : t * real_log(p);
	double no = t == 1.0 && p == 1.0 ? 0.0 : (1.0 - t) * real_log(1.0 - p);
	return -(yes + no);
}

static inline bool binary_is_certain(double p, double t)
{
	return p == t && (p == 0.0 || p == 1.0);
}

static inline double binary_cross_entropy_slope(double p, double t, double y,
						const double *attributes, size_t slot)
{
	(void)y, (void)attributes;
	if (slot == SLOT_T)
		return real_log(1.0 - p) - real_log(p);
	return binary_is_certain(p, t) ? 1.0 - 2.0 * t : (p - t) / (p * (1.0 - p));
}

static inline double binary_cross_entropy_logits_value(double p, double t, const double *attributes)
{
	(void)attributes;
	return (p < 0.0 ? 0.0 : p) - t * p + real_log1p(real_exp(-fabs(p)));
}

static inline double binary_cross_entropy_logits_slope(double p, double t, double y,
						       const double *attributes, size_t slot)
{
	(void)y, (void)attributes;
	return slot == SLOT_P ? real_sigmoid(p) - t : -p;
}

/* The test of p lets a NaN through. */
static inline bool cross_entropy_is_absent(double p, double t)
{
	return t == 0.0 && p >= 0.0;
}

static inline double cross_entropy_value(double p, double t, const double *attributes)
{
	(void)attributes;
	return cross_entropy_is_absent(p, t) ? 0.0 : -t * real_log(p);
}

static inline double cross_entropy_slope(double p, double t, double y, const double *attributes,
					 size_t slot)
{
	(void)y, (void)attributes;
	if (slot == SLOT_T)
		return -real_log(p);
	return cross_entropy_is_absent(p, t) ? 0.0 : -t / p;
}

#ifndef FUNCTIONS_ONLY
static double input_of(const struct node *node, size_t slot, size_t i)
{
	return node->inputs[slot]->value[i];
}

/* The rules that are used where the usual ones would be 0 log 0 and 0 / 0. */
static const char *binary_rule(const struct node *node, size_t i)
{
	double p = input_of(node, SLOT_P, i), t = input_of(node, SLOT_T, i);
	if (binary_is_certain(p, t))
		return t == 0.0 ? "-log(1 - p)" : "-log(p)";
	return node->op->rule;
}

static const char *binary_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	double p = input_of(node, SLOT_P, i), t = input_of(node, SLOT_T, i);
	(void)j;
	if (slot == SLOT_P && binary_is_certain(p, t))
		return t == 0.0 ? "1/(1 - p)" : "-1/p";
	return node->op->slots[slot].partial;
}

static const struct op_cases binary_cases = {.rule = binary_rule, .partial = binary_partial};

static bool is_impossible_and_absent(const struct node *node, size_t i)
{
	return input_of(node, SLOT_P, i) == 0.0 && input_of(node, SLOT_T, i) == 0.0;
}

static const char *cross_rule(const struct node *node, size_t i)
{
	return is_impossible_and_absent(node, i) ? "0" : node->op->rule;
}

static const char *cross_partial(const struct node *node, size_t i, size_t slot, size_t j)
{
	(void)j;
	return slot == SLOT_P && is_impossible_and_absent(node, i) ? "0"
								   : node->op->slots[slot].partial;
}

static const struct op_cases cross_cases = {.rule = cross_rule, .partial = cross_partial};

static const struct op_slot binary_cross_entropy_slots[] = {
    {.name = "p",
     .partial = "(p - t)/(p*(1 - p))",
     .why = N_("how far off, and steeper the surer the wrong answer"),
     .least = 0.0,
     .most = 1.0},
    {.name = "t",
     .partial = "log(1 - p) - log(p)",
     .why = N_("how improbable the other answer is held to be"),
     .least = 0.0,
     .most = 1.0},
};

const struct op op_binary_cross_entropy = {
    .name = "binary-cross-entropy",
    .summary = N_("minus the log of the probability given to the right answer"),
    .family = OP_LOSS,
    SLOTS(binary_cross_entropy_slots),
    .rule = "-(t*log(p) + (1 - t)*log(1 - p))",
    .cases = &binary_cases,
    .value2 = binary_cross_entropy_value,
    .slope2 = binary_cross_entropy_slope,
    ELEMENTWISE,
};

static const struct op_slot binary_cross_entropy_logits_slots[] = {
    {.name = "p",
     .partial = "1/(1 + exp(-p)) - t",
     .why = N_("the probability minus the target: sigmoid and logarithm cancel")},
    {.name = "t", .partial = "-p", .why = N_("minus the logit")},
};

const struct op op_binary_cross_entropy_logits = {
    .name = "binary-cross-entropy-logits",
    .summary = N_("the sigmoid and the binary cross-entropy in one"),
    .family = OP_LOSS,
    SLOTS(binary_cross_entropy_logits_slots),
    .rule = "log(1 + exp(p)) - t*p",
    .value2 = binary_cross_entropy_logits_value,
    .slope2 = binary_cross_entropy_logits_slope,
    ELEMENTWISE,
};

static const struct op_slot cross_entropy_slots[] = {
    {.name = "p",
     .partial = "-t/p",
     .why = N_("steeper the less probable the right class is held to be"),
     .least = 0.0,
     .most = 1.0},
    {.name = "t",
     .partial = "-log(p)",
     .why = N_("how improbable this class is held to be"),
     .least = 0.0,
     .most = 1.0},
};

const struct op op_cross_entropy = {
    .name = "cross-entropy",
    .summary = N_("minus the target times the log of its probability"),
    .family = OP_LOSS,
    SLOTS(cross_entropy_slots),
    .rule = "-t*log(p)",
    .cases = &cross_cases,
    .value2 = cross_entropy_value,
    .slope2 = cross_entropy_slope,
    ELEMENTWISE,
};
#endif
