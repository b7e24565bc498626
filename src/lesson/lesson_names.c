/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_names.c -- all names of a lesson: each means one thing; and names made of others.
 *
 * A hash table: a lesson may hold thousands of names, and comparing each with each would let a
 * hostile file take seconds. */
#include "lesson_names.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/text/report.h"

enum { FIRST_CAPACITY = 64, MAX_CANDIDATES = 300 };

/* What the walk calls its parts; notes may be placed at them. */
static const char *const phases[] = {"forward", "loss", "backward", "update", "commit"};

/* The slot of the index that holds name, or the free one where it belongs. */
static size_t find_slot(const struct name_table *table, const char *name)
{
	size_t mask = 2 * table->capacity - 1, slot = (size_t)hash_text(HASH_START, name) & mask;
	while (table->index[slot] && strcmp(table->rows[table->index[slot] - 1].name, name) != 0)
		slot = (slot + 1) & mask;
	return slot;
}

/* The index is at most half full, so that find_slot ends soon. */
static bool table_grow(struct name_table *table)
{
	size_t capacity = table->capacity ? 2 * table->capacity : FIRST_CAPACITY;
	struct name_row *rows = ARENA_ARRAY(table->arena, struct name_row, capacity);
	size_t *index = ARENA_ARRAY(table->arena, size_t, 2 * capacity);
	if (!report_has_memory(table->report, rows) || !report_has_memory(table->report, index))
		return false;
	if (table->n_rows)
		memcpy(rows, table->rows, table->n_rows * sizeof *rows);
	table->rows = rows;
	table->index = index;
	table->capacity = capacity;
	for (size_t i = 0; i < table->n_rows; i++)
		index[find_slot(table, rows[i].name)] = i + 1;
	return true;
}

void name_table_init(struct name_table *table, struct arena *arena, struct report *report)
{
	*table = (struct name_table){.arena = arena, .report = report};
	for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
		name_add(table, phases[i], (struct source_mark){0}, NAME_IS_NO_PARAM);
}

static void report_taken(struct report *report, const char *name, struct source_mark mark,
			 const struct name_row *taken)
{
	if (taken->mark.line == 0) {
		report_error(report, mark, _("'%s' is the name of a phase"), name);
		report_hint(report, "%s", _("choose another name"));
		return;
	}
	report_error(report, mark, _("the name '%s' is taken (line %zu, column %zu)"), name,
		     taken->mark.line, taken->mark.column);
}

static void hint_key(struct name_table *table, const char *key)
{
	report_hint(table->report, _("it is a default; give another with '%s'"), key);
}

/* Puts the row into the index; false, reported, where its name is taken, or was made too long. */
static bool place_row(struct name_table *table, size_t row)
{
	const struct name_row *added = &table->rows[row];
	size_t slot = find_slot(table, added->name);
	if (added->key && strlen(added->name) > SCHEMA_MAX_NAME) {
		report_error(table->report, added->mark,
			     _("the name '%s' would be longer than %d characters"), added->name,
			     (int)SCHEMA_MAX_NAME);
		return false;
	}
	if (table->index[slot]) {
		report_taken(table->report, added->name, added->mark,
			     &table->rows[table->index[slot] - 1]);
		return false;
	}
	table->index[slot] = row + 1;
	return true;
}

/* Joins a made name and its key: all who hold it see the longer one. It moves no more. */
static void lengthen(struct name_row *row)
{
	row->made[strlen(row->made)] = '_';
	row->made = NULL;
}

static bool add_row(struct name_table *table, struct name_row row)
{
	size_t slot, taken;
	if (table->n_rows == table->capacity && !table_grow(table))
		return false;
	slot = find_slot(table, row.name);
	taken = table->index[slot];
	table->rows[table->n_rows] = row;
	if (!taken || row.made || !table->rows[taken - 1].made) {
		bool is_placed = place_row(table, table->n_rows);
		table->n_rows += is_placed;
		return is_placed;
	}
	table->index[slot] = ++table->n_rows;
	lengthen(&table->rows[taken - 1]);
	if (!place_row(table, taken - 1))
		hint_key(table, table->rows[taken - 1].key);
	return true;
}

bool name_add(struct name_table *table, const char *name, struct source_mark mark, size_t param)
{
	return add_row(table, (struct name_row){name, mark, param, NULL, NULL});
}

/* A made name with its key after its end. NULL on lack of memory. */
static char *make(struct name_table *table, const char *name, const char *key)
{
	char *made = arena_printf(table->arena, "%s_%s", name, key);
	if (report_has_memory(table->report, made))
		made[strlen(name)] = '\0';
	return made;
}

const char *name_add_made(struct name_table *table, const char *name, struct source_mark mark,
			  const char *key, size_t param)
{
	struct name_row row = {name, mark, param, NULL, key};
	const struct name_row *taken = name_find(table, name);
	if (param != NAME_IS_MATRIX) {
		row.made = make(table, name, key);
		row.name = row.made;
	}
	if (!row.name)
		return NULL;
	if (row.made && taken && !taken->made && taken->mark.line)
		lengthen(&row);
	if (add_row(table, row))
		return row.name;
	hint_key(table, key);
	return NULL;
}

const struct name_row *name_find(const struct name_table *table, const char *name)
{
	size_t row = table->capacity ? table->index[find_slot(table, name)] : 0;
	return row ? &table->rows[row - 1] : NULL;
}

/* The candidates of text_nearest, asked for in order. */
struct candidates {
	const struct name_table *table;
	bool params_only;
	size_t row;
};

static const char *next_candidate(void *ctx, size_t i)
{
	struct candidates *c = ctx;
	while (c->params_only && c->row < c->table->n_rows &&
	       !name_is_param(&c->table->rows[c->row]))
		c->row++;
	return i < MAX_CANDIDATES && c->row < c->table->n_rows ? c->table->rows[c->row++].name
							       : NULL;
}

void name_hint(const struct name_table *table, const char *name, bool params_only)
{
	struct candidates candidates = {.table = table, .params_only = params_only};
	const char *nearest =
	    table->report->kept ? text_nearest(name, next_candidate, &candidates) : NULL;
	if (nearest)
		report_hint(table->report, _("did you mean '%s'?"), nearest);
}

void labels_add(struct name_table *table, struct source_labels *labels,
		const struct source_texts *symbols)
{
	if (symbols && labels->n_items)
		report_count(table->report, symbols->mark, _("symbols"), symbols->n_items,
			     labels->n_items);
	for (size_t i = 0; i < labels->n_items; i++) {
		struct label *label = &labels->items[i];

		if (symbols && i < symbols->n_items)
			label->symbol = symbols->items[i].text;
		if (label->name && !name_add(table, label->name, label->mark, NAME_IS_NO_PARAM))
			label->name = NULL;
	}
}

struct label label_derive(struct name_table *table, const char *prefix, const struct label *from,
			  const char *key)
{
	struct label label = {.mark = from->mark};
	if (!from->name)
		return label;
	label.name = arena_printf(table->arena, "%s%s", prefix, from->name);
	if (from->symbol)
		label.symbol = arena_printf(table->arena, "%s%s", prefix, from->symbol);
	if (report_has_memory(table->report, label.name) &&
	    (!from->symbol || report_has_memory(table->report, label.symbol)))
		label.name = name_add_made(table, label.name, label.mark, key, NAME_IS_NO_PARAM);
	return label;
}

struct label *labels_derive(struct name_table *table, const char *prefix, const struct label *from,
			    size_t n, const char *key)
{
	struct label *labels = ARENA_ARRAY(table->arena, struct label, n);
	if (!report_has_memory(table->report, labels))
		return NULL;
	for (size_t i = 0; i < n && !table->report->no_memory; i++)
		labels[i] = label_derive(table, prefix, &from[i], key);
	return labels;
}

struct label *labels_count(struct name_table *table, const char *prefix, struct source_count count)
{
	struct label *labels = ARENA_ARRAY(table->arena, struct label, count.value);
	if (!report_has_memory(table->report, labels))
		return NULL;
	for (size_t i = 0; i < count.value && !table->report->no_memory; i++) {
		char digits[24];
		struct label number = {.name = digits, .mark = count.mark};

		snprintf(digits, sizeof digits, "%zu", i + 1);
		labels[i] = label_derive(table, prefix, &number, "name");
	}
	return labels;
}
