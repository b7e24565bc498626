/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.h -- rows that say what a file may hold.
 *
 * They are the only place that knows the keys: the reader walks them, and whatever explains the
 * format (a guide, a commented starting file) prints them. What a value means together with
 * other values (sizes that must fit, names that must exist) is checked after them.
 *
 * To add a type of value: one struct schema_type with a read function (schema_reader.h). */
#ifndef BACKSTEP_TEXT_SCHEMA_H
#define BACKSTEP_TEXT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/text/source.h"

struct schema_map;
struct schema_reader;
struct schema_value;
struct tree_node;

/* Letters that names are made of, and how long they may be. */
#define SCHEMA_LOWER "abcdefghijklmnopqrstuvwxyz"
#define SCHEMA_LETTERS SCHEMA_LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SCHEMA_DIGITS "0123456789"
enum {
	SCHEMA_MAX_NAME = 31,  /* bytes */
	SCHEMA_MAX_ID = 63,    /* bytes */
	SCHEMA_MAX_SYMBOL = 8, /* columns */
};

/* What an identifier is made of. */
struct schema_charset {
	const char *first, *rest; /* the characters it may start with, and go on with */
	size_t max;               /* bytes */
	const char *hint;         /* the same in words, N_() */
};

/* A type of value. name completes "expected ...", N_(). */
struct schema_type {
	const char *name;
	/* Reads node into out, which is zeroed; reports what is wrong and then leaves it so (but a
	 * list's mark is set). */
	void (*read)(struct schema_reader *reader, const struct tree_node *node,
		     const struct schema_value *value, void *out);
	const struct schema_charset *charset; /* identifiers only */
};

/* The types, and what out points to. */
extern const struct schema_type schema_type_text;      /* struct source_text, any lines */
extern const struct schema_type schema_type_line;      /* struct source_text, one line */
extern const struct schema_type schema_type_character; /* struct source_text, or a word for one */
extern const struct schema_type schema_type_name;    /* struct source_text: what formulas call it */
extern const struct schema_type schema_type_label;   /* struct label: the same, as a name */
extern const struct schema_type schema_type_word;    /* struct source_text: a name in a registry */
extern const struct schema_type schema_type_id;      /* struct source_text */
extern const struct schema_type schema_type_symbol;  /* struct source_text, few columns */
extern const struct schema_type schema_type_number;  /* struct source_number */
extern const struct schema_type schema_type_count;   /* struct source_count */
extern const struct schema_type schema_type_choice;  /* struct source_count, index into choices */
extern const struct schema_type schema_type_boolean; /* bool */
extern const struct schema_type schema_type_entry;   /* struct source_entry */
extern const struct schema_type schema_type_setting; /* struct source_entry: NAME=NUMBER */
extern const struct schema_type schema_type_assignment; /* struct source_assignment */
extern const struct schema_type schema_type_column;     /* struct source_column */
extern const struct schema_type schema_type_list;       /* struct schema_list */
extern const struct schema_type schema_type_map;   /* the struct that the map's offsets belong to */
extern const struct schema_type schema_type_kinds; /* a pointer to the struct of the map's kind */
extern const struct schema_type schema_type_kind;  /* struct source_text: the word of a kind */

/* What a value may be, within its type. */
struct schema_value {
	const struct schema_type *type;
	size_t min, max;              /* count: the value; list: its length (max 0: no limit) */
	bool positive;                /* number: above 0 */
	const char *word;             /* a word that may stand for the value ("all"), or NULL */
	const char *const *choices;   /* choice: the words, at most 100 bytes in all, then NULL */
	const struct schema_map *map; /* map: its keys */
	const struct schema_map *const *kinds; /* kinds, kind: the maps, then NULL */
	const struct schema_value *item;       /* list: each item */
	size_t size;                           /* list: bytes of one item in memory */
	bool bare;                             /* list: a single item may go without brackets */
};

/* One key of a map. */
struct schema_key {
	const char *name;
	bool required;
	const char *unless;  /* another key of the map, with which it is not required; or NULL */
	bool usual;          /* not required, but nearly every lesson has it */
	const char *initial; /* what holds where the key is left out, N_(); NULL: required */
	const char *summary; /* one line, N_() */
	const char *example; /* the value as a file has it */
	size_t offset;       /* of the value in the map's struct */
	struct schema_value value;
	/* What may stand there instead, of another YAML kind (a map for a list, say), and where its
	 * value goes; or NULL. */
	const struct schema_value *other;
	size_t other_offset;
	const char *instead_of; /* the key that this one stands for: one of them, not both */
	const char *shown;      /* of a text that is told: the words before it, N_(); or NULL */
};

enum { SCHEMA_MAX_KEYS = 32 };

/* At most SCHEMA_MAX_KEYS keys. Of maps whose keys depend on their kind, kind is the word of the
 * map (it holds where no kind is given if it is the first), every one has the row of `kind`, and
 * its struct has size bytes and begins with a struct schema_item. */
struct schema_map {
	const struct schema_key *keys;
	size_t n_keys;
	const char *kind;
	size_t size;
};

struct schema_item {
	const struct schema_map *map; /* that it was read by */
	bool is_broken;               /* something in it was reported */
};

#define SCHEMA_KEYS(rows) .keys = (rows), .n_keys = sizeof(rows) / sizeof *(rows)

/* Word i of a choice or of the kinds; NULL after the last. */
const char *schema_word(const struct schema_value *value, size_t i);

/* A list as read. A struct made by SCHEMA_LIST_OF has the same layout with a typed pointer. */
struct schema_list {
	void *items; /* [n_items] */
	size_t n_items;
	struct source_mark mark; /* line 0: left out */
	bool bare;               /* written without brackets */
};

#define SCHEMA_LIST_OF(tag, type)        \
	struct tag {                     \
		type *items;             \
		size_t n_items;          \
		struct source_mark mark; \
		bool bare;               \
	}

SCHEMA_LIST_OF(source_texts, struct source_text);
SCHEMA_LIST_OF(source_labels, struct label);
SCHEMA_LIST_OF(source_numbers, struct source_number);
SCHEMA_LIST_OF(source_entries, struct source_entry);
SCHEMA_LIST_OF(source_entry_rows, struct source_entries);
SCHEMA_LIST_OF(source_assignments, struct source_assignment);
SCHEMA_LIST_OF(source_columns, struct source_column);

#endif
