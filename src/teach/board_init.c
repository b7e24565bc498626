/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board_init.c -- which steps are read onto the board of a question.
 *
 * Of a small update all are. Of a large one those that a person would look back at: the units of
 * the row and of one beside it, the chains of the asked parameter, what its update is made of. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/trace/value.h"
#include "board_private.h"

enum {
	READ_ALL = 300,    /* steps of an update of which all are read */
	READ_AROUND = 200, /* of a large one, on either side of the question, of its parameter */
	READ_UNITS = 600,  /* and of the row's units */
	READ_MOST = READ_UNITS + 2 * READ_AROUND + 2,
};

/* The steps to be read, as indices from 1. */
struct choice {
	const struct stepper *stepper;
	const struct board_steps *made; /* may be NULL */
	uint64_t *items;
	size_t n;
};

static void choose(struct choice *choice, uint64_t index)
{
	if (choice->n < READ_MOST)
		choice->items[choice->n++] = index;
}

static int compare_indices(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

/* The units of a row, and the losses. */
static void choose_units(struct choice *choice, size_t example)
{
	const struct stepper *stepper = choice->stepper;
	const struct graph *graph = &stepper_model(stepper)->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; node->op && row < node->rows && choice->n < READ_UNITS;
		     row++) {
			struct ref ref = ref_unit(node, node_element(node, row, example));
			uint64_t index = value_step(stepper, &ref);
			if (index)
				choose(choice, index);
		}
	}
}

/* The question's row, and one beside it, with which it may be confused. */
static void choose_rows(struct choice *choice, const struct place *asked)
{
	size_t n_rows, example = asked->example;
	stepper_rows(choice->stepper, &n_rows);
	choose_units(choice, example);
	if (n_rows > 1)
		choose_units(choice, example + 1 < n_rows ? example + 1 : example - 1);
}

/* Steps beside the question, before it or after it, that are about the same parameter (or, where it
 * is about none, about any). */
static void choose_around(struct choice *choice, uint64_t index, const struct place *asked,
			  bool before)
{
	uint64_t n_steps = stepper_n_steps(choice->stepper);
	for (uint64_t k = 1; k <= READ_AROUND; k++) {
		struct place place;
		if (before ? index <= k : index + k > n_steps)
			break;
		stepper_place(choice->stepper, before ? index - k : index + k, &place);
		if (place.phase != asked->phase || place.k != asked->k)
			break;
		if (task_of(&place) != TASK_VALUE && task_of(&place) != TASK_NONE)
			choose(choice, before ? index - k : index + k);
	}
}

static void choose_steps(struct choice *choice, uint64_t index)
{
	uint64_t n_steps = stepper_n_steps(choice->stepper);
	struct place asked;
	stepper_place(choice->stepper, index, &asked);
	if (n_steps <= READ_ALL) {
		for (uint64_t k = 1; k <= n_steps; k++)
			choose(choice, k);
		return;
	}
	choose(choice, index);
	choose_rows(choice, &asked);
	choose_around(choice, index, &asked, true);
	choose_around(choice, index, &asked, false);
	qsort(choice->items, choice->n, sizeof *choice->items, compare_indices);
}

enum status board_steps_make(struct board_steps *steps, const struct stepper *stepper,
			     struct error *err)
{
	uint64_t n = stepper_n_steps(stepper);
	enum status status = STATUS_OK;
	*steps = (struct board_steps){.arena = arena_new()};
	if (!steps->arena)
		return error_no_memory(err);
	if (n > READ_ALL)
		return STATUS_OK;
	steps->items = ARENA_ARRAY(steps->arena, struct step, n);
	if (!steps->items)
		status = error_no_memory(err);
	for (uint64_t k = 0; !status && k < n; k++)
		status = stepper_at_whole(stepper, k + 1, steps->arena, &steps->items[k], err);
	if (status)
		board_steps_free(steps);
	else
		steps->n = n;
	return status;
}

void board_steps_free(struct board_steps *steps)
{
	arena_free(steps->arena);
	*steps = (struct board_steps){.n = 0};
}

/* Step index, which was made already or is made now. */
static enum status take_step(const struct board *board, const struct choice *choice, uint64_t index,
			     struct step *step, struct error *err)
{
	const struct board_steps *made = choice->made;
	if (!made || index > made->n)
		return stepper_at_whole(choice->stepper, index, board->arena, step, err);
	*step = made->items[index - 1];
	return STATUS_OK;
}

static enum status read_steps(struct board *board, const struct choice *choice, struct error *err)
{
	struct step step;
	uint64_t before = 0;
	for (size_t i = 0; i < choice->n; i++) {
		uint64_t index = choice->items[i];
		if (index == before)
			continue;
		before = index;
		enum status status = take_step(board, choice, index, &step, err);
		if (status)
			return status;
		if (task_of(&step.place) != TASK_NONE)
			board_read_step(board, choice->stepper, &step, index);
	}
	return board->failed ? error_no_memory(err) : STATUS_OK;
}

static void mark_cone(void *ctx, struct formula *leaf)
{
	struct entry *entry = board_entry(leaf);
	if (entry->in_cone)
		return;
	entry->in_cone = true;
	if (entry->tree)
		formula_visit(entry->tree, mark_cone, ctx);
}

/* The computed numbers that the question rests on, in their order. */
static void list_cone(struct board *board)
{
	board->cone = ARENA_ARRAY(board->arena, struct entry *, board->n_computed);
	board->failed |= !board->cone;
	for (size_t i = 0; board->cone && i < board->n_computed; i++)
		if (board->computed[i]->in_cone)
			board->cone[board->n_cone++] = board->computed[i];
}

static struct entry *named_part(const struct board *board, const struct formula *left, size_t k)
{
	if (left->kind != FORMULA_DERIVATIVE)
		return NULL;
	const struct formula *part = left->args[k];
	return part->kind == FORMULA_SYMBOL ? board_look(board, part->name, part->value) : NULL;
}

static void note_recent(struct board *board, uint64_t index)
{
	for (size_t i = board->n_computed; i-- > 0 && board->n_recent < 4;)
		if (board->computed[i]->index < index)
			board->recent[board->n_recent++] = board->computed[i];
}

void board_note_later(struct board *board)
{
	const struct question *question = &board->question;
	for (size_t i = 0; i < board->n_computed && board->n_recent < BOARD_MOST_RECENT; i++)
		if (board->computed[i]->index > question->index &&
		    board->computed[i]->phase == question->step.place.phase)
			board->recent[board->n_recent++] = board->computed[i];
}

static enum status ask(struct board *board, const struct choice *choice, uint64_t index,
		       struct error *err)
{
	struct question *question = &board->question;
	struct step *step = &question->step;
	enum status status = take_step(board, choice, index, step, err);
	if (status)
		return status;
	question->tree = board_intern(board, step->rule);
	if (!question->tree)
		return error_no_memory(err);
	enum step_task task = task_of(&step->place);
	question->index = question->from = index;
	question->value = step->value;
	question->of = named_part(board, step->left, 0);
	question->wrt = named_part(board, step->left, 1);
	question->is_update = task == TASK_UPDATE;
	question->is_derivative = task == TASK_FACTOR || task == TASK_DELTA;
	question->is_slope = task == TASK_FACTOR && question->of && question->wrt &&
			     question->of->sum == question->wrt;
	if (question->is_update)
		question->base = stepper_param_before(choice->stepper, step->place.param);
	formula_visit(question->tree, mark_cone, NULL);
	list_cone(board);
	note_recent(board, index);
	return STATUS_OK;
}

enum status board_init(struct board *board, const struct stepper *stepper,
		       const struct board_steps *steps, uint64_t index, struct error *err)
{
	struct place place;
	*board = (struct board){0};
	stepper_place(stepper, index, &place);
	if (task_of(&place) == TASK_NONE)
		return error_set(err, STATUS_BAD_INPUT, _("this step has no number to be asked"));
	board->arena = arena_new();
	struct choice choice = {.stepper = stepper, .made = steps};
	if (board->arena) {
		/* of each number there may be a second name */
		board->chains = ARENA_ARRAY(board->arena, struct entry *, BOARD_CHAINS);
		board->computed = ARENA_ARRAY(board->arena, struct entry *, 2 * READ_MOST);
		choice.items = ARENA_ARRAY(board->arena, uint64_t, READ_MOST);
	}
	enum status status = STATUS_OK;
	if (!board->arena || !board->chains || !board->computed || !choice.items)
		status = error_no_memory(err);
	if (status)
		goto out;
	choose_steps(&choice, index);
	status = read_steps(board, &choice, err);
	if (status)
		goto out;
	board_find_rows(board);
	status = ask(board, &choice, index, err);
	if (!status && board->failed)
		status = error_no_memory(err);
	if (!status)
		board_shift(board);
out:
	if (status)
		board_free(board);
	return status;
}
