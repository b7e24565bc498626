/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema_reader.h -- for the types of values: what a read function is given, and how it reports.
 */
#ifndef BACKSTEP_TEXT_SCHEMA_READER_H
#define BACKSTEP_TEXT_SCHEMA_READER_H

#include "backstep/base/arena.h"
#include "backstep/text/schema.h"
#include "backstep/text/report.h"
#include "backstep/text/yaml_tree.h"

struct schema_reader {
	struct arena *arena;
	struct report *report;
	const struct schema_key *key; /* the key whose value is being read */
};

/* Reads node into out (zeroed), where value says what it may be. */
void schema_read(struct schema_reader *reader, const struct tree_node *node,
		 const struct schema_value *value, void *out);

/* Reports that node is not of value's type; the hint is an example. */
void schema_report_type(struct schema_reader *reader, const struct tree_node *node,
			const struct schema_value *value);

/* Reads an identifier of value's type, which has a charset, into a struct source_text. */
void schema_read_identifier(struct schema_reader *reader, const struct tree_node *node,
			    const struct schema_value *value, void *out);

/* Whether text is an identifier of the type; reports at mark where it is not. */
bool schema_check_identifier(struct schema_reader *reader, struct source_mark mark,
			     const char *text, const struct schema_type *type);

#endif
