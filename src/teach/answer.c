/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer.c -- a number is itself; an expression is parsed, and its numbers are looked up on the
 * board. */
#include "backstep/teach/answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer_text.h"
#include "backstep/base/decimal.h"
#include "backstep/base/i18n.h"
#include "backstep/formula/formula_place.h"
#include "board_private.h"
#include "verdict_private.h"

enum { MAX_CHOICES = 5, MAX_TYPED = 12 };

/* A number within an expression, and what it may stand for: first the numbers of the board. */
struct typed {
	size_t place;
	struct formula *choices[MAX_CHOICES];
	size_t n_choices;
};

struct reader {
	struct board *board;
	struct plain_text plain;
	bool has_names;
	char early[LABEL_TEXT]; /* a name whose number is not known yet, as it was read; "": none */
	struct typed typed[MAX_TYPED];
	size_t n_typed;
};

static struct formula *bind_name(void *ctx, struct arena *arena, const char *name, size_t k)
{
	struct reader *reader = ctx;
	struct entry *entry;
	(void)arena, (void)k;
	if (strncmp(name, "D_", 2) == 0) {
		size_t which = strtoul(name + 2, NULL, 10);
		entry =
		    which < reader->plain.n_derivatives ? reader->plain.derivatives[which] : NULL;
	} else {
		entry = board_find(reader->board, name);
	}
	reader->has_names |= entry != NULL;
	if (entry && entry->index >= reader->board->question.from)
		snprintf(reader->early, sizeof reader->early, "%s", name);
	return entry ? &entry->leaf : NULL;
}

/* Digits after the point of the number at s; -1: it has no point, or is written with e. */
static int n_decimals(const char *s)
{
	size_t whole = strspn(s, "0123456789");
	if (s[whole] != '.')
		return -1;
	size_t decimals = strspn(s + whole + 1, "0123456789");
	char after = s[whole + 1 + decimals];
	return after == 'e' || after == 'E' ? -1 : (int)decimals;
}

/* Whether typed is value rounded, or cut, to the unit of its last digit. Signs are of the formula.
 */
static bool is_shortened(double typed, double unit, double value)
{
	double beyond = fabs(value) - typed;
	return beyond >= -0.5000001 * unit && beyond < 0.9999999 * unit;
}

/* Whether the number is there for everybody to see when the question is asked. */
static bool is_visible(const struct board *board, const struct entry *entry)
{
	return entry->role == ROLE_NEW ? false : entry->index < board->question.index;
}

static void choose(struct typed *typed, struct formula *f)
{
	if (typed->n_choices == MAX_CHOICES)
		return;
	for (size_t i = 0; i < typed->n_choices; i++)
		if (fabs(typed->choices[i]->value) == fabs(f->value))
			return;
	typed->choices[typed->n_choices++] = f;
}

/* The numbers of the board that it may be: those of the asked formula first, and of these the very
 * number that was typed before one that it shortens. */
static void find_choices(const struct board *board, struct typed *typed, double value, double unit)
{
	for (int pass = 0; pass < 4; pass++)
		for (size_t i = 0; i < board->n_entries; i++) {
			struct entry *entry = board->entries[i];
			bool is_own = entry->in_cone == (pass < 2);
			bool is_it = (fabs(entry->value) == fabs(value)) == (pass % 2 == 0);
			if (is_own && is_it && is_visible(board, entry) &&
			    is_shortened(value, unit, entry->value))
				choose(typed, &entry->leaf);
		}
}

static void note_numbers(struct reader *reader, struct formula *tree)
{
	for (size_t place = 0; place < formula_n_places(tree); place++) {
		struct formula *f = formula_at(tree, place);
		if (f->kind != FORMULA_NUMBER || f->column == 0 || f->column > reader->plain.len)
			continue;
		int decimals = n_decimals(reader->plain.text + f->column - 1);
		if (decimals < 1 || reader->n_typed == MAX_TYPED)
			continue;
		struct typed *typed = &reader->typed[reader->n_typed++];
		*typed = (struct typed){.place = place};
		find_choices(reader->board, typed, f->value, pow(10.0, -decimals));
		choose(typed, f);
	}
}

/* A leaf of the board that is negative was typed by its size: the sign is of the formula. */
static struct formula *sized(struct board *board, struct formula *f)
{
	if (f->kind == FORMULA_NUMBER || f->value >= 0.0)
		return f;
	return formula_node(board->arena, FORMULA_NEGATE, 1, &f);
}

/* Combination number c of the choices; false where there are no more. */
static bool read_combination(const struct reader *reader, struct formula *tree, size_t c,
			     struct formula **read)
{
	*read = tree;
	/* from the last place on, so that the places before it stay what they are */
	for (size_t i = reader->n_typed; i-- > 0; c /= reader->typed[i].n_choices) {
		const struct typed *typed = &reader->typed[i];
		struct formula *f = typed->choices[c % typed->n_choices];
		*read =
		    formula_put(reader->board->arena, *read, typed->place, sized(reader->board, f));
		if (!*read)
			return true;
	}
	return c == 0;
}

static enum status read_all(struct answer *answer, struct reader *reader, struct formula *tree,
			    struct error *err)
{
	struct formula *read;
	struct board *board = reader->board;
	note_numbers(reader, tree);
	for (size_t c = 0; c < ANSWER_MAX_READINGS - 1 && read_combination(reader, tree, c, &read);
	     c++) {
		if (!read)
			return error_no_memory(err);
		answer->readings[answer->n_readings++] =
		    (struct reading){.value = formula_eval(read), .tree = read};
	}
	/* and each number as it stands */
	answer->readings[answer->n_readings++] =
	    (struct reading){.value = formula_eval(tree), .tree = tree};
	board_enter(board, WORLD_SHIFTED);
	for (size_t i = 0; i < answer->n_readings; i++)
		answer->readings[i].shifted = formula_eval(answer->readings[i].tree);
	board_enter(board, WORLD_REAL);
	if (!isfinite(answer->readings[0].value))
		return error_set(err, STATUS_BAD_INPUT, _("that comes to no number"));
	return STATUS_OK;
}

/* The parser's complaint, at the character that was typed. */
static enum status complain(const struct reader *reader, const struct error *from,
			    struct error *err)
{
	size_t at = from->column > 0 ? from->column - 1 : 0;
	size_t last = reader->plain.len > 0 ? reader->plain.len - 1 : 0;
	size_t column = reader->plain.column[at < last ? at : last] + (at > last ? 1U : 0U);
	error_set(err, from->code, _("character %zu: %s"), column, from->message);
	error_at(err, NULL, 0, column); /* the message says where */
	error_hint(err, _("a number (0.194 or 0,194), a fraction or what you multiplied: "
			  "0.73*(1-0.73)"));
	return from->code;
}

/* What is asked, and what comes after it, is no answer by its name. */
static enum status refuse_early(const struct reader *reader, struct error *err)
{
	const char *at = strstr(reader->plain.text, reader->early);
	size_t column = reader->plain.column[at ? at - reader->plain.text : 0];
	error_set(err, STATUS_BAD_INPUT,
		  _("character %zu: the number of this name is not known yet"), column);
	error_at(err, NULL, 0, column);
	error_hint(err, _("type what it is worked out from"));
	return STATUS_BAD_INPUT;
}

static enum status read_expression(struct answer *answer, struct reader *reader, const char *text,
				   struct error *err)
{
	struct error own;
	struct formula *tree = NULL;
	struct formula_binding binding = {.bind = bind_name, .ctx = reader};
	enum status status = plain_text_make(&reader->plain, reader->board, text, err);
	if (status)
		return status;
	status = formula_parse(reader->board->arena, reader->plain.text, &binding, &tree, &own);
	if (status)
		return complain(reader, &own, err);
	if (*reader->early)
		return refuse_early(reader, err);
	answer->has_names = reader->has_names;
	return read_all(answer, reader, tree, err);
}

/* Whether the text is a number as decimal_parse takes it, with one separator at most. */
static bool read_number(const char *text, struct decimal *number)
{
	size_t separators = 0;
	for (const char *c = text; *c; c++)
		separators += *c == '.' || *c == ',';
	return separators <= 1 && decimal_parse(text, number, NULL) == STATUS_OK;
}

enum status answer_read(struct answer *answer, struct board *board, const char *text,
			struct error *err)
{
	struct decimal number;
	struct reader reader = {.board = board};
	*answer = (struct answer){.n_readings = 0};
	if (!read_number(text, &number))
		return read_expression(answer, &reader, text, err);
	answer->is_number = true;
	answer->unit = pow(10.0, -number.places);
	answer->n_readings = 1;
	answer->readings[0] = (struct reading){.value = number.value};
	return STATUS_OK;
}
