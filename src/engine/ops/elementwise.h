/* SPDX-License-Identifier: GPL-3.0-or-later */
/* elementwise.h -- what every op shares whose output i depends on one element of each input: the
 * op's page has value and slope, and from these follow its loops, its partial and its reach.
 *
 * In layers and losses output i reads element i of each input. The arguments of a gate may also be
 * parameters [units][1], which serve every example, and an argument of a single unit serves every
 * unit of the other one.
 *
 * The loops call value and slope for each element. Where that counts, fast/ has loops into which
 * they are compiled; it reads the pages for that, with FUNCTIONS_ONLY defined. */
#ifndef BACKSTEP_ENGINE_ELEMENTWISE_H
#define BACKSTEP_ENGINE_ELEMENTWISE_H

#include "backstep/base/real.h"
#include "backstep/engine/graph.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define SLOTS(table) .slots = (table), .n_slots = LENGTH(table)
#define ATTRIBUTES(table) .attributes = (table), .n_attributes = LENGTH(table)

/* Rows: those of every input. Errors: STATUS_BAD_INPUT. */
enum status elementwise_infer(struct node *node, struct error *err);
/* Rows: those of the longest argument of a gate. Errors: STATUS_BAD_INPUT. */
enum status gate_infer(struct node *node, struct error *err);
/* The element of a slot that output i is computed from. */
size_t elementwise_element(const struct node *node, size_t slot, size_t i);
struct range elementwise_inputs(const struct node *node, size_t i, size_t slot);
void elementwise_forward(struct node *node);
void elementwise_backward(struct node *node);
double elementwise_partial(const struct node *node, size_t i, size_t slot, size_t j);
/* The piece of a function with one kink, at x = 0. */
int elementwise_side_of_zero(const struct node *node, size_t i);

/* The fields of an elementwise row, but value and slope. */
#define ELEMENTWISE .infer = elementwise_infer, ELEMENTWISE_LOOPS
#define GATE .family = OP_ARITHMETIC, .infer = gate_infer, ELEMENTWISE_LOOPS
#define ELEMENTWISE_LOOPS                                                 \
	.forward = elementwise_forward, .backward = elementwise_backward, \
	.inputs = elementwise_inputs, .partial = elementwise_partial

#endif
