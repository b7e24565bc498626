/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema_entries.c -- types of a scalar that says two things: a weight or bias, w1=0.1, w1 or 0.1;
 * a setting, beta1=0.9; one that may be a word, schedule=step; a column, by name or number.
 *
 * Whether what has a name alone was given before is not known here. */
#include <stdint.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/text/schema_reader.h"

/* Copies the part of a scalar between two places, without the blanks around it. */
static char *entry_part(struct schema_reader *reader, const char *start, const char *end)
{
	char *part;
	while (start < end && *start == ' ')
		start++;
	while (end > start && end[-1] == ' ')
		end--;
	part = arena_strndup(reader->arena, start, (size_t)(end - start));
	report_has_memory(reader->report, part);
	return part;
}

static bool entry_read_number(struct schema_reader *reader, const struct tree_node *node,
			      const char *text, struct source_entry *entry)
{
	struct error err;
	entry->has_value = true;
	if (number_parse(text, &entry->value, &err) == STATUS_OK)
		return true;
	report_error(reader->report, node->mark, "%s", err.message);
	report_hint(reader->report, "%s", err.hint);
	return false;
}

/* w1=0.1, w1 or 0.1 */
static void entry_read(struct schema_reader *reader, const struct tree_node *node,
		       const struct schema_value *value, void *out)
{
	struct source_entry entry = {.mark = node->mark};
	const char *equals, *number;
	if (node->kind != TREE_SCALAR || !node->plain || !node->text[0]) {
		schema_report_type(reader, node, value);
		return;
	}
	equals = strchr(node->text, '=');
	if (!equals && strchr("+-.0123456789", node->text[0])) {
		if (entry_read_number(reader, node, node->text, &entry))
			memcpy(out, &entry, sizeof entry);
		return;
	}
	entry.name =
	    entry_part(reader, node->text, equals ? equals : node->text + strlen(node->text));
	number = equals ? entry_part(reader, equals + 1, equals + strlen(equals)) : NULL;
	if (reader->report->no_memory ||
	    !schema_check_identifier(reader, node->mark, entry.name, &schema_type_name))
		return;
	if (!number || entry_read_number(reader, node, number, &entry))
		memcpy(out, &entry, sizeof entry);
}

const struct schema_type schema_type_entry = {
    .name = N_("NAME=NUMBER, the NAME of a parameter given before, or a NUMBER"),
    .read = entry_read,
};

static void setting_read(struct schema_reader *reader, const struct tree_node *node,
			 const struct schema_value *value, void *out)
{
	struct source_entry entry = {0};
	entry_read(reader, node, value, &entry);
	if (!entry.mark.line)
		return;
	if (entry.name && entry.has_value)
		memcpy(out, &entry, sizeof entry);
	else
		schema_report_type(reader, node, value);
}

const struct schema_type schema_type_setting = {
    .name = N_("NAME=NUMBER"),
    .read = setting_read,
};

/* l2=0.01, schedule=step: what the names and words mean is not known here. */
static void assignment_read(struct schema_reader *reader, const struct tree_node *node,
			    const struct schema_value *value, void *out)
{
	const char *equals =
	    node->kind == TREE_SCALAR && node->plain ? strchr(node->text, '=') : NULL;
	if (!equals || equals == node->text || !equals[1]) {
		schema_report_type(reader, node, value);
		return;
	}
	*(struct source_assignment *)out = (struct source_assignment){
	    entry_part(reader, node->text, equals),
	    entry_part(reader, equals + 1, equals + strlen(equals)), node->mark};
}

const struct schema_type schema_type_assignment = {
    .name = N_("NAME=WORD or NAME=NUMBER"),
    .read = assignment_read,
};

/* 3, variance, or "the variance". A quoted number is a name. */
static void column_read(struct schema_reader *reader, const struct tree_node *node,
			const struct schema_value *value, void *out)
{
	struct source_column *column = out;
	if (node->kind != TREE_SCALAR || !node->text[0]) {
		schema_report_type(reader, node, value);
		return;
	}
	column->mark = node->mark;
	if (!node->plain || strspn(node->text, SCHEMA_DIGITS) < strlen(node->text))
		column->name = node->text;
	else if (number_parse_count(node->text, 0, SIZE_MAX, &column->number, NULL) ||
		 column->number == 0)
		schema_report_type(reader, node, value);
}

const struct schema_type schema_type_column = {
    .name = N_("the name of a column, or its number from 1"),
    .read = column_read,
};
