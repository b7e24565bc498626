/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_names.c -- all names of a lesson: each means one thing.
 *
 * A hash table: a lesson may hold thousands of names, and comparing each with each would let a
 * hostile file take seconds. */
#include "lesson_names.h"

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
		name_add(table, (struct source_text){.text = phases[i]}, NAME_IS_NO_PARAM);
}

static void report_taken(struct report *report, struct source_text name,
			 const struct name_row *taken)
{
	if (taken->mark.line == 0) {
		report_error(report, name.mark, _("'%s' is the name of a phase"), name.text);
		report_hint(report, "%s", _("choose another name"));
		return;
	}
	report_error(report, name.mark, _("the name '%s' is taken (line %zu, column %zu)"),
		     name.text, taken->mark.line, taken->mark.column);
}

bool name_add(struct name_table *table, struct source_text name, size_t param)
{
	size_t slot;
	if (table->n_rows == table->capacity && !table_grow(table))
		return false;
	slot = find_slot(table, name.text);
	if (table->index[slot]) {
		report_taken(table->report, name, &table->rows[table->index[slot] - 1]);
		return false;
	}
	table->rows[table->n_rows++] = (struct name_row){name.text, name.mark, param};
	table->index[slot] = table->n_rows;
	return true;
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
