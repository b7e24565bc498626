/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board_near.c -- the weighted sums of the board, and what each of their numbers may be taken for.
 */
#include <string.h>

#include "board_private.h"

/* Terms of a sum, or the one term that is no sum. */
static size_t n_terms(const struct formula *f)
{
	return f->kind == FORMULA_SUM ? f->n_args : 1;
}

static struct formula *term(struct formula *f, size_t i)
{
	return f->kind == FORMULA_SUM ? f->args[i] : f;
}

static bool is_param(const struct entry *entry)
{
	return entry && (entry->role == ROLE_WEIGHT || entry->role == ROLE_BIAS);
}

/* Whether f is a number times a weight; which is which. */
static bool is_weighted(struct formula *f, struct entry **x, struct entry **w)
{
	if (f->kind != FORMULA_PRODUCT || f->n_args != 2)
		return false;
	struct entry *a = board_entry(f->args[0]), *b = board_entry(f->args[1]);
	if (!a || !b || is_param(a) == is_param(b))
		return false;
	*w = is_param(a) ? a : b;
	*x = is_param(a) ? b : a;
	return true;
}

static bool make_row(struct board *board, struct entry *sum, struct dense_row *row)
{
	size_t n = n_terms(sum->tree);
	*row = (struct dense_row){.sum = sum,
				  .x = ARENA_ARRAY(board->arena, struct entry *, n),
				  .w = ARENA_ARRAY(board->arena, struct entry *, n)};
	board->failed |= !row->x || !row->w;
	for (size_t i = 0; !board->failed && i < n; i++) {
		struct formula *f = term(sum->tree, i);
		struct entry *alone = board_entry(f);
		if (is_weighted(f, &row->x[row->n], &row->w[row->n]))
			row->n++;
		else if (is_param(alone))
			row->bias = alone;
	}
	return row->n > 0;
}

void board_find_rows(struct board *board)
{
	board->rows = ARENA_ARRAY(board->arena, struct dense_row, board->n_computed);
	board->failed |= !board->rows;
	for (size_t i = 0; !board->failed && i < board->n_computed; i++) {
		struct entry *entry = board->computed[i];
		struct dense_row *row = &board->rows[board->n_rows];
		if (entry->task != TASK_VALUE || entry->phase != PHASE_FORWARD ||
		    !make_row(board, entry, row))
			continue;
		board->n_rows++;
		entry->role = ROLE_SUM;
		if (row->bias)
			row->bias->role = ROLE_BIAS;
	}
}

struct others {
	const struct entry *entry;
	struct entry **list;
	size_t n;
};

static void add_other(struct others *others, struct entry *other)
{
	if (!other || other == others->entry || others->n == BOARD_MAX_CONFUSED)
		return;
	for (size_t i = 0; i < others->n; i++)
		if (others->list[i] == other)
			return;
	others->list[others->n++] = other;
}

/* Whether two sums are of one layer and one row of the data: they add up the same numbers. */
static bool is_one_layer(const struct dense_row *a, const struct dense_row *b)
{
	return a->n == b->n && memcmp(a->x, b->x, a->n * sizeof *a->x) == 0;
}

/* Of row b, what stands where the entry stands in row a. */
static void add_neighbours(struct others *others, const struct dense_row *a,
			   const struct dense_row *b)
{
	const struct entry *entry = others->entry;
	if (entry == a->sum)
		add_other(others, b->sum);
	if (entry == a->sum->unit)
		add_other(others, b->sum->unit);
	if (entry == a->bias)
		add_other(others, b->bias);
}

/* The length of a name without its row of the data: y(3) is y. */
static size_t plain_length(const char *name)
{
	return strcspn(name, "(");
}

static bool is_one_row(const char *a, const char *b)
{
	return strcmp(a + plain_length(a), b + plain_length(b)) == 0;
}

static void find_neighbours(const struct board *board, struct others *others)
{
	for (size_t i = 0; i < board->n_rows; i++) {
		const struct dense_row *row = &board->rows[i];
		for (size_t k = 0; k < row->n; k++)
			for (size_t q = 0; row->x[k] == others->entry && q < row->n; q++)
				add_other(others, row->x[q]);
		for (size_t k = 0; k < board->n_rows; k++)
			if (is_one_layer(row, &board->rows[k]))
				add_neighbours(others, row, &board->rows[k]);
	}
	for (size_t i = 0; others->entry->role == ROLE_TARGET && i < board->n_entries; i++)
		if (board->entries[i]->role == ROLE_TARGET &&
		    is_one_row(others->entry->name, board->entries[i]->name))
			add_other(others, board->entries[i]);
}

/* The place of row among the rows of its layer, and row number want of them. */
static size_t layer_place(const struct board *board, const struct dense_row *row, size_t want,
			  const struct dense_row **found)
{
	size_t n = 0, place = 0;
	for (size_t i = 0; i < board->n_rows; i++) {
		if (!is_one_layer(row, &board->rows[i]))
			continue;
		if (&board->rows[i] == row)
			place = n;
		if (n++ == want)
			*found = &board->rows[i];
	}
	return place;
}

/* Weight k of a row: what it is taken for. */
static void add_weights(const struct board *board, const struct dense_row *row, size_t k,
			enum confusion confusion, struct others *others)
{
	const struct dense_row *mirror = NULL;
	size_t place = layer_place(board, row, k, &mirror);
	if (confusion == CONFUSED_TRANSPOSED && mirror && place < mirror->n)
		add_other(others, mirror->w[place]);
	for (size_t q = 0; confusion == CONFUSED_COLUMN && q < board->n_rows; q++)
		if (is_one_layer(row, &board->rows[q]))
			add_other(others, board->rows[q].w[k]);
	for (size_t q = 0; confusion == CONFUSED_SOURCE && q < row->n; q++)
		add_other(others, row->w[q]);
}

static void find_weights(const struct board *board, enum confusion confusion, struct others *others)
{
	for (size_t i = 0; i < board->n_rows; i++)
		for (size_t k = 0; k < board->rows[i].n; k++)
			if (board->rows[i].w[k] == others->entry)
				add_weights(board, &board->rows[i], k, confusion, others);
}

bool board_is_of_row(const struct entry *entry)
{
	return entry->role == ROLE_INPUT || entry->role == ROLE_TARGET || entry->role == ROLE_SUM ||
	       entry->role == ROLE_UNIT || entry->role == ROLE_LOSS ||
	       (entry->role == ROLE_DERIVATIVE && entry->task == TASK_FACTOR);
}

/* Whether other is of another row, which its name tells: E(2) for E(1). */
static bool is_row_beside(const struct entry *entry, const struct entry *other)
{
	size_t len = plain_length(entry->name);
	return plain_length(other->name) == len && strcmp(other->name, entry->name) != 0 &&
	       strncmp(other->name, entry->name, len) == 0 && other->task == entry->task;
}

/* Whether other is of another row, where the name is the same in each. */
static bool is_namesake(const struct entry *entry, const struct entry *other)
{
	return other != entry && board_is_of_row(entry) && other->role == entry->role &&
	       strcmp(other->name, entry->name) == 0;
}

static void find_rows(const struct board *board,
		      bool (*is_other)(const struct entry *entry, const struct entry *other),
		      struct others *others)
{
	const struct entry *entry = others->entry;
	if (entry->role == ROLE_SETTING || entry->role == ROLE_WEIGHT || entry->role == ROLE_BIAS)
		return;
	for (size_t i = 0; i < board->n_entries; i++)
		if (is_other(entry, board->entries[i]))
			add_other(others, board->entries[i]);
}

size_t board_confused(const struct board *board, const struct entry *entry,
		      enum confusion confusion, struct entry *list[BOARD_MAX_CONFUSED])
{
	struct others others = {.entry = entry, .list = list};
	switch (confusion) {
	case CONFUSED_NEIGHBOUR:
		find_neighbours(board, &others);
		break;
	case CONFUSED_TRANSPOSED:
	case CONFUSED_COLUMN:
	case CONFUSED_SOURCE:
		find_weights(board, confusion, &others);
		break;
	case CONFUSED_ROW:
		find_rows(board, is_row_beside, &others);
		break;
	case CONFUSED_NAMESAKE:
		find_rows(board, is_namesake, &others);
		break;
	case CONFUSED_UPDATED:
		add_other(&others, entry->fresh);
		break;
	case CONFUSED_SUM:
		add_other(&others, entry->sum);
		break;
	case CONFUSED_UNIT:
		add_other(&others, entry->unit);
		break;
	}
	return others.n;
}
