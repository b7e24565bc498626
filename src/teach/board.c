/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board.c -- entries by name and number, and the two worlds. */
#include "backstep/teach/board.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/base/i18n.h"
#include "board_private.h"

void board_free(struct board *board)
{
	arena_free(board->arena);
	*board = (struct board){0};
}

static bool is_same(double a, double b)
{
	return a == b || fabs(a - b) <= 1e-12 * fabs(b) || (isnan(a) && isnan(b));
}

static struct entry **chain_of(const struct board *board, const char *name)
{
	return &board->chains[hash_text(HASH_START, name) % BOARD_CHAINS];
}

struct entry *board_look(const struct board *board, const char *name, double value)
{
	struct entry *entry = *chain_of(board, name);
	while (entry && (!is_same(entry->value, value) || strcmp(entry->name, name) != 0))
		entry = entry->next;
	return entry;
}

/* Puts an entry at the end of the list of all. */
static bool list_entry(struct board *board, struct entry *entry)
{
	if (board->n_entries == board->capacity) {
		size_t capacity = board->capacity ? 2 * board->capacity : 256;
		struct entry **entries = ARENA_ARRAY(board->arena, struct entry *, capacity);
		if (!entries)
			return false;
		if (board->n_entries)
			memcpy(entries, board->entries, board->n_entries * sizeof(struct entry *));
		board->entries = entries;
		board->capacity = capacity;
	}
	board->entries[board->n_entries++] = entry;
	return true;
}

/* What a derivative is of (or, by its second argument, by what) has its number as a leaf. */
static struct entry *part_of(struct board *board, const struct formula *f, size_t k)
{
	const struct formula *part = f->args[k];
	return part->kind == FORMULA_SYMBOL ? board_look(board, part->name, part->value) : NULL;
}

struct entry *board_add(struct board *board, const struct formula *f, const char *name,
			double value)
{
	struct entry *entry = board_look(board, name, value);
	if (entry)
		return entry;
	entry = ARENA_NEW(board->arena, struct entry);
	char *own = arena_strdup(board->arena, name);
	board->failed |= !entry || !own || !list_entry(board, entry);
	if (board->failed)
		return NULL;
	entry->leaf = *f;
	entry->leaf.value = entry->value = value;
	entry->name = own;
	if (f->kind == FORMULA_DERIVATIVE) {
		entry->role = ROLE_DERIVATIVE;
		entry->of = part_of(board, f, 0);
		entry->wrt = part_of(board, f, 1);
	} else if (f->is_setting) {
		entry->role = ROLE_SETTING;
	}
	struct entry **chain = chain_of(board, name);
	entry->next = *chain;
	*chain = entry;
	return entry;
}

/* Appends a label at `to`, and returns its end; a board has thousands, so no format is read. */
static char *add_label(char *to, const char *label)
{
	size_t len = strnlen(label, LABEL_TEXT - 1);
	memcpy(to, label, len + 1);
	to[len] = '\0';
	return to + len;
}

const char *board_leaf_name(const struct formula *leaf, char buf[BOARD_NAME])
{
	if (leaf->kind == FORMULA_SYMBOL)
		return leaf->name;
	char *to = add_label(buf, "d");
	to = add_label(to, leaf->args[0]->name);
	to = add_label(to, "/d");
	add_label(to, leaf->args[1]->name);
	return buf;
}

static struct formula *intern_leaf(void *ctx, struct formula *leaf)
{
	char buf[BOARD_NAME];
	struct entry *entry = board_add(ctx, leaf, board_leaf_name(leaf, buf), leaf->value);
	return entry ? &entry->leaf : NULL;
}

struct formula *board_intern(struct board *board, struct formula *rule)
{
	struct formula *f = formula_map(board->arena, rule, intern_leaf, board);
	board->failed |= !f;
	return f;
}

struct entry *board_entry(struct formula *leaf)
{
	return formula_is_leaf(leaf) ? (struct entry *)leaf : NULL;
}

struct search {
	const char *name;
	struct entry *found;
};

static void match_leaf(void *ctx, struct formula *leaf)
{
	struct search *search = ctx;
	struct entry *entry = board_entry(leaf);
	if (!search->found && strcmp(entry->name, search->name) == 0)
		search->found = entry;
}

struct entry *board_find(const struct board *board, const char *name)
{
	struct search search = {.name = name};
	if (board->question.tree) /* what the asked formula calls so goes first */
		formula_visit(board->question.tree, match_leaf, &search);
	struct entry *found = search.found;
	for (struct entry *entry = *chain_of(board, name); entry && !search.found;
	     entry = entry->next) {
		bool fits = strcmp(entry->name, name) == 0;
		bool is_own = entry->in_cone || entry->role == ROLE_SETTING;
		if (fits && (!found || (is_own && !found->in_cone)))
			found = entry;
	}
	return found;
}

void board_enter(const struct board *board, enum world world)
{
	for (size_t i = 0; i < board->n_entries; i++) {
		struct entry *entry = board->entries[i];
		entry->leaf.value = world == WORLD_REAL ? entry->value : entry->shifted;
	}
}

static void find_moved(void *ctx, struct formula *leaf)
{
	*(bool *)ctx |= board_entry(leaf)->is_moved;
}

/* Marks what comes of a number, once for all the slips in its formula. */
static void mark_moved(struct board *board, const struct entry *entry)
{
	if (board->moved_by == entry)
		return;
	board->moved_by = entry;
	for (size_t i = 0; i < board->n_entries; i++)
		board->entries[i]->is_moved = board->entries[i] == entry;
	for (size_t i = 0; i < board->n_cone; i++) {
		struct entry *later = board->cone[i];
		bool is_moved = false;
		if (later->index >= entry->index)
			formula_visit(later->tree, find_moved, &is_moved);
		later->is_moved |= is_moved;
	}
}

double board_work_after(struct board *board, const struct entry *entry)
{
	mark_moved(board, entry);
	for (size_t i = 0; i < board->n_cone; i++) {
		struct entry *later = board->cone[i];
		if (later != entry && later->is_moved)
			later->leaf.value = formula_eval(later->tree);
	}
	return formula_eval(board->question.tree);
}

void board_restore(const struct board *board, enum world world)
{
	for (size_t i = 0; i < board->n_cone; i++) {
		struct entry *entry = board->cone[i];
		entry->leaf.value = world == WORLD_REAL ? entry->value : entry->shifted;
	}
}

/* Another number for root i: 7 to 20 % farther from 0, each by its own part, always the same. A
 * setting comes nearer: of many 1 - beta is taken, and a root of what it makes. */
static double shift_root(const struct entry *root, size_t i)
{
	double part = 0.5 + (double)((i * 2654435761U) % 1000) / 1000.0;
	double away = root->role == ROLE_SETTING ? -0.13 : 0.13;
	return root->value != 0.0 ? root->value * (1.0 + away * part) : 0.01 * part;
}

void board_shift(struct board *board)
{
	struct question *question = &board->question;
	for (size_t i = 0; i < board->n_entries; i++) {
		struct entry *entry = board->entries[i];
		entry->shifted = entry->leaf.value = shift_root(entry, i);
	}
	for (size_t i = 0; i < board->n_computed; i++) {
		struct entry *entry = board->computed[i];
		double value = formula_eval(entry->tree);
		if (isfinite(value))
			entry->shifted = entry->leaf.value = value;
	}
	question->shifted = formula_eval(question->tree);
	board_enter(board, WORLD_REAL);
}
