/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fresh.c -- whether numbers tell slips apart. */
#include "fresh.h"

#include <math.h>

#include "backstep/formula/formula_place.h"
#include "board_private.h"
#include "verdict_private.h"

#define LIKELY 6.0     /* the prior from which a slip is looked at */
#define APART 0.002    /* so far must two numbers be apart, relatively */
#define KINK_AWAY 0.05 /* and a sum from a kink */

static bool is_near(double a, double b)
{
	return fabs(a - b) <= APART * fmax(fabs(a), fabs(b));
}

size_t fresh_collisions(const struct slips *slips)
{
	double right = slips->board->question.value;
	size_t n = 0;
	for (size_t i = 0; i < slips->n_items; i++) {
		const struct slip *slip = &slips->items[i];
		bool collides = is_near(slip->value, right);
		if (slip->class->prior < LIKELY || slip->scope == SLIP_DEEP)
			continue;
		for (size_t k = 0; !collides && k < slips->n_items; k++)
			collides = slips->items[k].class != slip->class &&
				   slips->items[k].scope != SLIP_DEEP &&
				   slips->items[k].class->prior >= LIKELY &&
				   is_near(slip->value, slips->items[k].value);
		n += collides;
	}
	return n;
}

size_t fresh_collisions_at(const struct stepper *stepper, uint64_t index)
{
	struct board board;
	struct slips slips;
	size_t n = SIZE_MAX;
	if (board_init(&board, stepper, NULL, index, NULL))
		return n;
	if (!slips_find(&slips, &board, false, NULL) && board.question.value != 0.0)
		n = fresh_collisions(&slips);
	board_free(&board);
	return n;
}

bool fresh_suits_kinks(const struct stepper *stepper)
{
	const struct graph *graph = &stepper_model(stepper)->graph;
	bool has_on = false, has_off = false, has_any = false;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		bool has_kink = node->op && node->op->cases && node->op->cases->side &&
				node->op->family == OP_ACTIVATION &&
				node->inputs[0]->rows == node->rows;
		for (size_t e = 0; has_kink && e < node->rows * node->stride; e++) {
			if (node_col(node, e) >= node->cols)
				continue;
			double z = node->inputs[0]->value[e];
			if (fabs(z) < KINK_AWAY)
				return false;
			has_any = true;
			has_on |= z > 0.0;
			has_off |= z < 0.0;
		}
	}
	return !has_any || (has_on && has_off);
}
