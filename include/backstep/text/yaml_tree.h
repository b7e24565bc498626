/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yaml_tree.h -- a YAML text as a bounded tree in which every node knows its place.
 *
 * Only the part of YAML that a lesson needs: one document with its end mark, no anchors, aliases
 * or tags. It knows no keys: that is the schema's. */
#ifndef BACKSTEP_TEXT_YAML_TREE_H
#define BACKSTEP_TEXT_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/arena.h"
#include "backstep/text/source.h"

struct report;

enum {
	TREE_MAX_DEPTH = 16,    /* lists and maps inside one another */
	TREE_MAX_NODES = 20000, /* keys, values, lists and maps */
};

enum tree_kind { TREE_SCALAR, TREE_LIST, TREE_MAP };

/* Owns: nothing; all of it lies in the arena. */
struct tree_node {
	enum tree_kind kind;
	bool plain;              /* scalar: neither quoted nor a block */
	struct source_mark mark; /* where it begins */
	const char *text;        /* scalar */
	struct tree_node *key;   /* of a value in a map, a scalar */
	struct tree_node *next;  /* in the list or map around it */
	struct tree_node *first; /* list, map */
	size_t n_items;
};

/* The document's tree, or NULL where a reported error leaves none. Errors that leave a whole
 * tree (a missing end mark, a character that must not be shown) are reported too. */
struct tree_node *yaml_tree_read(const char *text, size_t len, struct arena *arena,
				 struct report *report);

#endif
