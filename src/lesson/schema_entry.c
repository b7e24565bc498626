/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema_entry.c -- the types of one weight or bias, w1=0.1, w1 or 0.1, of one setting,
 * beta1=0.9, and of one that may be a word, schedule=step.
 *
 * Whether a name alone was given before is not known here: lesson_network.c resolves it. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "lesson_draft.h"
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
			      const char *text, struct draft_entry *entry)
{
	struct error err;
	entry->value_given = true;
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
	struct draft_entry entry = {.mark = node->mark};
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

static void setting_read(struct schema_reader *reader, const struct tree_node *node,
			 const struct schema_value *value, void *out)
{
	struct draft_entry entry = {0};
	entry_read(reader, node, value, &entry);
	if (!entry.mark.line)
		return;
	if (entry.name && entry.value_given)
		*(struct lesson_setting *)out =
		    (struct lesson_setting){entry.name, entry.value, entry.mark};
	else
		schema_report_type(reader, node, value);
}

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
	*(struct lesson_assignment *)out = (struct lesson_assignment){
	    entry_part(reader, node->text, equals),
	    entry_part(reader, equals + 1, equals + strlen(equals)), node->mark};
}

const struct schema_type schema_type_assignment = {
    .name = N_("NAME=WORD or NAME=NUMBER"),
    .read = assignment_read,
};

const struct schema_type schema_type_setting = {
    .name = N_("NAME=NUMBER"),
    .read = setting_read,
};

const struct schema_type schema_type_entry = {
    .name = N_("NAME=NUMBER, the NAME of a parameter given before, or a NUMBER"),
    .read = entry_read,
};
