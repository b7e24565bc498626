/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema_column.c -- the type of a column of a data file: 3, variance, or "the variance". A quoted
 * number is a name. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "lesson_draft.h"
#include "backstep/text/schema_reader.h"

static void column_read(struct schema_reader *reader, const struct tree_node *node,
			const struct schema_value *value, void *out)
{
	struct lesson_column *column = out;
	if (node->kind != TREE_SCALAR || !node->text[0]) {
		schema_report_type(reader, node, value);
		return;
	}
	column->mark = node->mark;
	if (!node->plain || strspn(node->text, "0123456789") < strlen(node->text))
		column->name = node->text;
	else if (number_parse_count(node->text, SIZE_MAX, &column->number, NULL) ||
		 column->number == 0)
		schema_report_type(reader, node, value);
}

const struct schema_type schema_type_column = {
    .name = N_("the name of a column, or its number from 1"),
    .read = column_read,
};
