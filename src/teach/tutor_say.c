/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_say.c -- the question and its hints in words, one thought a line, for ears as well. */
#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "board_private.h"
#include "backstep/formula/formula_place.h"
#include "tutor_private.h"

enum { MOST_KNOWN = 6 };

static void add_symbols(const struct formula *f, const struct formula_style *style,
			struct strbuf *out)
{
	struct formula_style symbols = *style;
	symbols.numbers = false;
	formula_print(f, &symbols, out);
}

/* How much one changes with the other, in words. */
static void add_meaning(const struct step *step, const struct formula_style *style,
			struct strbuf *out)
{
	if (step->left->kind != FORMULA_DERIVATIVE)
		return;
	strbuf_addf(out, ", %s ", _("how much"));
	add_symbols(step->left->args[0], style, out);
	strbuf_addf(out, " %s ", _("changes when"));
	add_symbols(step->left->args[1], style, out);
	strbuf_addf(out, " %s", _("changes a little"));
}

struct known {
	const struct board *board;
	const struct entry *entries[MOST_KNOWN];
	size_t n;
};

static void add_known(void *ctx, struct formula *leaf)
{
	struct known *known = ctx;
	const struct entry *entry = board_entry(leaf);
	for (size_t i = 0; i < known->n; i++)
		if (known->entries[i] == entry)
			return;
	if (known->n < MOST_KNOWN && entry->index < known->board->question.index)
		known->entries[known->n++] = entry;
}

/* The numbers that go in; not where the number is one of them and the question is which. */
static void find_known(const struct board *board, struct known *known)
{
	const struct question *question = &board->question;
	*known = (struct known){.board = board};
	if (formula_is_leaf(question->tree))
		return;
	formula_visit(question->tree, add_known, known);
	if (question->is_slope)
		add_known(known, &question->wrt->leaf);
}

/* Which question of the exam has this number, from 1; 0: none. */
static size_t place_on_sheet(const struct tutor *tutor, const struct step *step)
{
	for (size_t i = 0; i < tutor->n_sheet; i++)
		if (tutor->sheet[i]->number == step->number)
			return i + 1;
	return 0;
}

/* Which question's answer a number computed by step index would tell: another name may have the
 * same; 0 and 1 tell nothing. */
static size_t question_told(const struct tutor *tutor, const struct entry *entry)
{
	double size = fabs(entry->value);
	for (size_t i = 0; i < tutor->n_sheet && entry->index > 0; i++)
		if (tutor->sheet[i]->number == entry->index ||
		    (fabs(tutor->sheet[i]->value) == size && size != 0.0 && size != 1.0))
			return i + 1;
	return 0;
}

static void print_known(const struct tutor *tutor, const struct formula_style *style,
			struct strbuf *out)
{
	struct known known;
	find_known(&tutor->open->board, &known);
	for (size_t i = 0; i < known.n; i++) {
		size_t question = question_told(tutor, known.entries[i]);
		strbuf_addf(out, "%s ", i == 0 ? _("Known:") : ",");
		add_symbols(&known.entries[i]->leaf, style, out);
		strbuf_add(out, " = ");
		if (question > 0)
			strbuf_addf(out, _("what question %zu asks"), question);
		else
			step_print_number(known.entries[i]->value, style, out);
	}
	if (known.n > 0)
		strbuf_add(out, ".\n");
}

/* Whether the number takes the place of one of the same name: v = 0.9 v + ... */
static bool is_renewed(const struct question *question)
{
	struct formula *left = question->step.left;
	size_t n_places = formula_n_places(question->tree);
	if (question->step.place.class->assigns)
		return true;
	for (size_t place = 0; left->kind == FORMULA_SYMBOL && place < n_places; place++) {
		const struct formula *f = formula_at(question->tree, place);
		if (f->kind == FORMULA_SYMBOL && strcmp(f->name, left->name) == 0)
			return true;
	}
	return false;
}

void tutor_print_question(const struct tutor *tutor, const struct formula_style *style,
			  struct strbuf *out)
{
	const struct board *board = &tutor->open->board;
	const struct step *step = &board->question.step;
	bool is_drawn = tutor->is_quiz || tutor->is_again;
	size_t place = place_on_sheet(tutor, &board->question.step), n = tutor->n_sheet;
	if (n == 0 && !is_drawn)
		n = tutor_count(tutor, &place);
	if (tutor->part.is_open)
		strbuf_addf(out, "%s ", _("First a part of it:"));
	else if (place > 0)
		strbuf_addf(out, _("Question %zu of %zu: "), place, n);
	else
		strbuf_addf(out, "%s ", _("Question:"));
	step_print_subject(step, step->param, style, out);
	strbuf_add(out, ".\n");
	add_symbols(step->left, style, out);
	add_meaning(step, style, out);
	strbuf_addf(out, ": %s",
		    is_renewed(&board->question) && !tutor->part.is_open ? _("its new value?")
									 : "?");
	if (tutor->open->rights.digits > FEWEST_DIGITS)
		strbuf_addf(out, _(" (%zu digits)"), tutor->open->rights.digits);
	strbuf_add_char(out, '\n');
	if (!tutor_hides(tutor) || tutor->part.is_open)
		print_known(tutor, style, out);
}

/* The rule in words: of a gate its own, else what the skill is about. */
static const char *rule_text(const struct tutor *tutor, const struct step *step)
{
	const struct node *node = step->place.node;
	bool is_gate = tutor->skill == SKILL_SUM && node && node->kind == NODE_OP &&
		       node->op->family == OP_ARITHMETIC;
	return tr(is_gate ? node->op->summary : skill_table[tutor->skill].rule);
}

void tutor_print_hint(const struct tutor *tutor, enum hint_rung rung,
		      const struct formula_style *style, struct strbuf *out)
{
	static const char *const titles[] = {
	    [HINT_NONE] = "",
	    [HINT_RULE] = N_("Hint 1 of 4, the rule: "),
	    [HINT_SYMBOLS] = N_("Hint 2 of 4, in symbols: "),
	    [HINT_NUMBERS] = N_("Hint 3 of 4, with the numbers: "),
	    [HINT_VALUE] = N_("Hint 4 of 4, the value: "),
	};
	const struct assessment *a = tutor->open ? tutor->open : tutor->last;
	const struct question *question = &a->board.question;
	struct formula_style numbers = *style;
	numbers.numbers = true;
	if (rung == HINT_NONE)
		return;
	strbuf_add(out, tr(titles[rung]));
	if (rung == HINT_RULE) {
		strbuf_add(out, rule_text(tutor, &question->step));
		strbuf_add(out, ".");
		return;
	}
	add_symbols(question->step.left, style, out);
	strbuf_add(out, " = ");
	if (rung == HINT_SYMBOLS)
		add_symbols(question->tree, style, out);
	else if (rung == HINT_NUMBERS)
		formula_print(question->tree, &numbers, out);
	else
		step_print_number(question->value, style, out);
}
