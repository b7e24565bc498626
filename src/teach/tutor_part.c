/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_part.c -- a part of the open question, asked first where the whole has failed: the number
 * of a factor that is hidden, or the first piece of the formula with something to work out. It is
 * judged as the question is, by the same board; then the question is back. It is noted as a part:
 * no skill is told by it. */
#include <math.h>

#include "backstep/formula/formula_place.h"
#include "assess_private.h"
#include "board_private.h"
#include "tutor_private.h"
#include "verdict_private.h"

enum { PART_TRIES = 2 };

/* What is asked in place of the question. */
struct piece {
	struct formula *left, *tree;
	struct entry *entry; /* whose number it is; NULL: a piece of the formula */
};

/* Keeps the first number below that was worked out from others. */
static void find_worked(void *ctx, struct formula *leaf)
{
	struct piece *piece = ctx;
	struct entry *entry = board_entry(leaf);
	if (!piece->entry && entry && entry->tree && !formula_is_leaf(entry->tree))
		*piece = (struct piece){leaf, entry->tree, entry};
}

/* The numbers in a question with a hidden chain, or the factor in which listed slips differ. */
static struct piece find_factor(const struct tutor *tutor)
{
	const struct assessment *a = tutor->open;
	struct piece piece = {NULL, NULL, NULL};
	for (size_t i = 0; i < a->verdict.n_slips && !piece.entry; i++) {
		struct entry *below = a->verdict.slips[i]->below;
		if (below && below->tree && !formula_is_leaf(below->tree))
			piece = (struct piece){&below->leaf, below->tree, below};
	}
	struct formula *tree = a->board.question.tree;
	while (formula_is_leaf(tree) &&
	       board_entry(tree)->tree) /* the same number by another name */
		tree = board_entry(tree)->tree;
	if (!piece.entry && tutor_hides(tutor))
		formula_visit(tree, find_worked, &piece);
	return piece;
}

static void count_leaf(void *ctx, struct formula *leaf)
{
	(void)leaf;
	++*(size_t *)ctx;
}

/* Whether there is something to work out: a name alone is given, 1/2 has none. */
static bool is_worked(struct formula *f)
{
	size_t n_leaves = 0;
	formula_visit(f, count_leaf, &n_leaves);
	return n_leaves > 0 && !formula_is_leaf(f) && f->kind != FORMULA_NEGATE &&
	       f->kind != FORMULA_COMPARE;
}

/* Of a sum its first product, of 1/(1 + e^-z) the sum below: what is worked out first. */
static struct piece find_piece(struct board *board)
{
	struct formula *tree = board->question.tree, *made;
	for (size_t i = 0; i < tree->n_args; i++) {
		struct formula *arg = tree->args[i];
		if (is_worked(arg))
			return (struct piece){arg, arg, NULL};
	}
	if (tree->kind != FORMULA_PRODUCT || tree->n_args < 3)
		return (struct piece){NULL, NULL, NULL};
	made = formula_node(board->arena, FORMULA_PRODUCT, 2, tree->args);
	return (struct piece){made, made, NULL};
}

static void enter(struct board *board, enum world world, struct formula *tree, double *value)
{
	board_enter(board, world);
	*value = formula_eval(tree);
}

/* The piece as a question of the board; false: it has no number. */
static bool make_question(struct board *board, const struct piece *piece, struct question *question)
{
	*question = board->question;
	question->tree = piece->tree;
	question->step.left = piece->left;
	question->of = piece->entry ? piece->entry->of : NULL;
	question->wrt = piece->entry ? piece->entry->wrt : NULL;
	question->base = 0.0;
	question->is_update = question->is_slope = false;
	question->is_derivative = piece->entry && piece->entry->of;
	if (piece->entry && piece->entry->index > 0 && piece->entry->index < question->from)
		question->from = piece->entry->index;
	enter(board, WORLD_SHIFTED, piece->tree, &question->shifted);
	enter(board, WORLD_REAL, piece->tree, &question->value);
	return isfinite(question->value);
}

/* Puts a question in the place of the board's. Errors: STATUS_NO_MEMORY. */
static enum status take_question(struct assessment *a, const struct question *question, int digits)
{
	a->board.question = *question;
	a->rights.n = 0;
	assess_allow_shown(a, digits);
	return slips_find(&a->slips, &a->board, false, NULL);
}

bool assess_ask_piece(struct assessment *a, int digits)
{
	struct piece piece = find_piece(&a->board);
	struct question question;
	return piece.tree && make_question(&a->board, &piece, &question) &&
	       !take_question(a, &question, digits);
}

bool tutor_open_part(struct tutor *tutor)
{
	struct assessment *a = tutor->open;
	struct part_question *part = &tutor->part;
	struct piece piece = find_factor(tutor);
	struct question question;
	if (!piece.tree)
		piece = find_piece(&a->board);
	if (!piece.tree || part->was_asked || !make_question(&a->board, &piece, &question))
		return false;
	*part = (struct part_question){.is_open = true,
				       .was_asked = true,
				       .index = piece.entry ? piece.entry->index : 0,
				       .whole = a->board.question,
				       .slips = a->slips,
				       .rights = a->rights};
	if (take_question(a, &question, tutor->session->style.digits))
		tutor_close_part(tutor);
	return part->is_open;
}

void tutor_close_part(struct tutor *tutor)
{
	struct assessment *a = tutor->open;
	if (!tutor->part.is_open)
		return;
	tutor->part.is_open = false;
	a->board.question = tutor->part.whole;
	a->slips = tutor->part.slips;
	a->rights = tutor->part.rights;
}

const struct question *tutor_question(const struct tutor *tutor)
{
	return tutor->part.is_open ? &tutor->part.whole : &tutor->open->board.question;
}

bool tutor_answers_whole(struct tutor *tutor, const char *text)
{
	struct assessment *a = tutor->open;
	const struct part_question part = tutor->part;
	const struct question question = a->board.question;
	const struct slips slips = a->slips;
	const struct rights rights = a->rights;
	if (!part.is_open || assess_is_right(a))
		return false;
	tutor_close_part(tutor);
	if (!assess_text(a, text, NULL) && assess_is_right(a))
		return true;
	tutor->part = part;
	a->board.question = question;
	a->slips = slips;
	a->rights = rights;
	assess_text(a, text, NULL);
	return false;
}

enum status tutor_answer_part(struct tutor *tutor, const char *text, enum outcome *outcome,
			      struct error *err)
{
	const struct assessment *a = tutor->open;
	bool is_spent = a->verdict.kind != VERDICT_MORE_DIGITS;
	tutor->part.tries += is_spent;
	if (assess_is_right(a))
		*outcome = OUTCOME_PART_RIGHT;
	else if (is_spent && tutor->part.tries >= PART_TRIES)
		*outcome = OUTCOME_PART_GIVEN;
	else
		*outcome = OUTCOME_AGAIN;
	return tutor_note(tutor, EVENT_ANSWER, text, err);
}
