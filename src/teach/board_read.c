/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board_read.c -- one step onto the board: its number, its formula, and what each number in it is.
 */
#include <stdio.h>
#include <string.h>

#include "board_private.h"

enum step_task task_of(const struct place *place)
{
	static const enum step_task tasks[N_REF_KINDS + 1] = {
	    [REF_UNIT] = TASK_VALUE,   [REF_LOSS] = TASK_VALUE,   [REF_PARTIAL] = TASK_FACTOR,
	    [REF_PATH] = TASK_PRODUCT, [REF_DELTA] = TASK_DELTA,  [REF_GRADIENT] = TASK_GRADIENT,
	    [REF_STAGE] = TASK_STAGE,  [REF_SLOT] = TASK_MEMORY,  [REF_CARRIED_NEW] = TASK_MEMORY,
	    [REF_NEW] = TASK_UPDATE,   [REF_AHEAD] = TASK_UPDATE, [REF_NONE] = TASK_NONE,
	};
	return tasks[place->class->computes];
}

enum { MAX_NAMED = 64 }; /* of a longer sum the terms have no roles: nobody takes it by hand */

/* The entry of an element that some formula on the board has; NULL where none has it. */
static struct entry *element_entry(struct board *board, const struct node *node, size_t e)
{
	struct formula *symbol = step_element_symbol(board->arena, node, e, NULL);
	board->failed |= !symbol;
	if (!symbol || symbol->kind != FORMULA_SYMBOL)
		return NULL;
	return board_look(board, symbol->name, symbol->value);
}

/* A new value is written with a mark: w₅'. */
static void mark_new(struct board *board, struct entry *entry)
{
	entry->leaf.name = entry->name;
	entry->leaf.symbol = arena_printf(board->arena, "%s'", entry->leaf.symbol);
	board->failed |= !entry->leaf.symbol;
}

/* The entry of what a parameter becomes, where that is something else. */
static void note_param(struct board *board, const struct stepper *stepper, struct entry *entry,
		       size_t param)
{
	char name[LABEL_TEXT + 1];
	double next = stepper_param_after(stepper, param);
	bool is_bias = stepper_model(stepper)->is_bias[param];
	entry->role = is_bias ? ROLE_BIAS : ROLE_WEIGHT;
	if (entry->fresh || next == entry->value || strlen(entry->name) >= LABEL_TEXT)
		return;
	snprintf(name, sizeof name, "%s'", entry->name);
	entry->fresh = board_add(board, &entry->leaf, name, next);
	if (!entry->fresh)
		return;
	entry->fresh->role = ROLE_NEW;
	mark_new(board, entry->fresh);
}

static void note_input(struct board *board, const struct stepper *stepper, const struct node *node,
		       size_t e, bool is_loss)
{
	struct entry *entry = element_entry(board, node, e);
	const struct node *data = node->kind == NODE_VIEW ? node->of : node;
	if (!entry)
		return;
	if (node->kind == NODE_PARAM)
		note_param(board, stepper, entry, node_param(node, e));
	else if (data->kind == NODE_INPUT)
		entry->role = ROLE_INPUT;
	else if (data->kind == NODE_TARGET)
		entry->role = ROLE_TARGET;
	else if (node->kind == NODE_OP && is_loss)
		entry->is_output = true;
}

/* What the op of a unit tells of the unit and of what goes into it. */
static void note_value(struct board *board, const struct stepper *stepper,
		       const struct place *place, struct entry *entry)
{
	const struct node *node = place->node;
	if (place->phase == PHASE_LOSS)
		entry->role = ROLE_LOSS;
	for (size_t slot = 0; node && slot < node->op->n_slots; slot++) {
		struct range range = node->op->inputs(node, place->element, slot);
		for (size_t k = 0; k < range.count && k < MAX_NAMED; k++)
			note_input(board, stepper, node->inputs[slot], range_at(range, k),
				   node->op->family == OP_LOSS);
	}
	if (!node || node->op->family != OP_ACTIVATION || place->phase != PHASE_FORWARD)
		return;
	entry->role = ROLE_UNIT;
	if (node->op->n_slots != 1 || node->inputs[0]->rows != node->rows)
		return;
	entry->sum =
	    element_entry(board, node->inputs[0], place->element); /* its own, of softmax */
	if (entry->sum)
		entry->sum->unit = entry;
}

const char *board_step_name(const struct step *step, char buf[BOARD_NAME])
{
	const struct formula *left = step->left;
	enum ref_kind kind = step->place.class->computes;
	if (left->kind == FORMULA_DERIVATIVE)
		return board_leaf_name(left, buf);
	/* a stage may make another new value of it */
	bool is_stage = kind == REF_STAGE && step->place.has_param;
	bool is_new = kind == REF_NEW || kind == REF_CARRIED_NEW ||
		      (is_stage && strcmp(left->name, step->param) == 0);
	if (!is_new)
		return left->name;
	snprintf(buf, BOARD_NAME, "%s'", left->name);
	return buf;
}

struct entry *board_step_entry(const struct board *board, const struct step *step)
{
	char buf[BOARD_NAME];
	return board_look(board, board_step_name(step, buf), step->value);
}

/* Whether a formula needs the number that it gives. */
struct cycle {
	const struct entry *entry;
	bool found;
};

static void find_cycle(void *ctx, struct formula *leaf)
{
	struct cycle *cycle = ctx;
	if (board_entry(leaf) == cycle->entry)
		cycle->found = true;
}

static bool has_ellipsis(const struct formula *f)
{
	if (f->kind == FORMULA_ELLIPSIS)
		return true;
	for (size_t i = 0; f->kind != FORMULA_DERIVATIVE && i < f->n_args; i++)
		if (has_ellipsis(f->args[i]))
			return true;
	return false;
}

/* Where several stand together each has a name of its own: what is g in the step of w₅ is g_w5 in
 * the norm of all, and what is E in row 1 is E(1) in the batch's mean. It rests on that number. */
static void link_leaf(void *ctx, struct formula *leaf)
{
	struct board *board = ctx;
	struct entry *entry = board_entry(leaf), *own;
	char name[BOARD_NAME];
	size_t len = strcspn(entry->name, "_(");
	enum phase phase = entry->name[len] == '(' ? PHASE_LOSS : PHASE_UPDATE;
	if (entry->tree || entry->index || !entry->name[len] || len >= sizeof name)
		return;
	snprintf(name, sizeof name, "%.*s", (int)len, entry->name);
	own = board_look(board, name, entry->value);
	if (!own || !own->tree || own->phase != phase)
		return;
	entry->tree = &own->leaf;
	entry->index = own->index;
	board->computed[board->n_computed++] = entry;
}

void board_read_step(struct board *board, const struct stepper *stepper, const struct step *step,
		     uint64_t index)
{
	char buf[BOARD_NAME];
	struct formula *tree = board_intern(board, step->rule);
	struct entry *entry = board_add(board, step->left, board_step_name(step, buf), step->value);
	if (!tree || !entry)
		return;
	if (board->computed)
		formula_visit(tree, link_leaf, board);
	struct cycle cycle = {.entry = entry};
	formula_visit(tree, find_cycle, &cycle);
	if (!entry->tree && !cycle.found && !has_ellipsis(tree) && board->computed) {
		entry->tree = tree;
		entry->index = index;
		board->computed[board->n_computed++] = entry;
	}
	if (!entry->index)
		entry->index = index;
	entry->task = task_of(&step->place);
	entry->phase = step->place.phase;
	if (task_of(&step->place) == TASK_VALUE)
		note_value(board, stepper, &step->place, entry);
	if (step->place.phase == PHASE_UPDATE && step->place.has_param) {
		struct entry *old = board_look(board, step->param,
					       stepper_param_before(stepper, step->place.param));
		if (old)
			note_param(board, stepper, old, step->place.param);
	}
	if (step->place.class->computes == REF_NEW)
		entry->role = ROLE_NEW;
}
