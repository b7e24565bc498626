/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stop_advice.c -- what to do where a walk stops at a number that is not finite, by its cause: a
 * function at the end of what it takes, or numbers that have grown. */
#include "stop_advice.h"

#include <math.h>
#include <stdio.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"

/* Whether v is where a slot's numbers end. A divisor may be negative. */
static bool is_at_end(const struct op_slot *slot, double v)
{
	if (slot->least >= slot->most)
		return false;
	return isinf(slot->most) ? v == 0.0 || (v < 0.0 && slot->least == 0.0)
				 : v <= slot->least || v >= slot->most;
}

/* Whether element e of an op has no value, or no slope by one of its inputs; a loss has none by its
 * targets. */
static bool is_broken(const struct node *node, size_t e)
{
	size_t n_slots = node->op->family == OP_LOSS ? 1 : node->op->n_slots;
	bool broken = !isfinite(node->value[e]);
	for (size_t slot = 0; slot < n_slots; slot++)
		broken |= !isfinite(
		    node->op->partial(node, e, slot, node->op->inputs(node, e, slot).first));
	return broken;
}

/* The first op that has no value, or no slope, for a number at the end of what it takes: *end. NULL
 * where there is none, and numbers have grown too large. */
static const struct op *find_end(const struct graph *graph, double *end, bool *has_value)
{
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t i = 0; node->op && i < node->rows * node->cols; i++) {
			size_t e = i / node->cols * node->stride + i % node->cols;
			*end = node->inputs[0]->value[node->op->inputs(node, e, 0).first];
			bool at_end = is_at_end(&node->op->slots[0], *end);
			if (node->op->n_slots > 1 && node->op->family != OP_LOSS && !at_end) {
				*end = node->inputs[1]->value[node->op->inputs(node, e, 1).first];
				at_end = is_at_end(&node->op->slots[1], *end);
			}
			*has_value = isfinite(node->value[e]);
			if (at_end && is_broken(node, e))
				return node->op;
		}
	}
	return NULL;
}

void stop_advise(const struct stepper *stepper, struct error *err)
{
	char number[NUMBER_TEXT], other[64];
	struct place place;
	double end;
	bool has_value;
	const struct op *op = find_end(&stepper->trainer.model->graph, &end, &has_value);
	if (!op) {
		stepper_place(stepper, stepper->index, &place);
		error_hint(err, "%s",
			   stepper->trainer.n_updates == 0 && place.phase != PHASE_UPDATE
			       ? _("start with smaller numbers: no rate has been used yet")
			       : _("go back, or start again with a smaller rate"));
		return;
	}
	number_format(number, end, 6);
	snprintf(other, sizeof other, "%s-logits", op->name);
	if (op->family == OP_LOSS && !op_find(OP_LOSS, other))
		snprintf(other, sizeof other, "softmax-%s", op->name);
	if (op->family == OP_LOSS && op_find(OP_LOSS, other))
		error_hint(err,
			   _("the loss %s has no number for an output of %s: take %s, of the sum "
			     "before the activation"),
			   op->name, number, other);
	else
		error_hint(err,
			   has_value ? _("%s has no slope at %s: keep its input away from there")
				     : _("%s has no number at %s: keep its input away from there"),
			   op->name, number);
}
