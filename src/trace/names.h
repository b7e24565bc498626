/* SPDX-License-Identifier: GPL-3.0-or-later */
/* names.h -- which element of the graph a name names. Private to trace/.
 *
 * The index holds the labels that were given, by name and by symbol, and the prefixes of nodes
 * without labels: W_h[600,406] and h12 are arithmetic, so a million parameters cost nothing. */
#ifndef BACKSTEP_TRACE_NAMES_H
#define BACKSTEP_TRACE_NAMES_H

#include "backstep/engine/model.h"

struct names;

/* An element of a node; of data that of the first column. */
struct named {
	const struct node *node;
	size_t e;
};

/* NULL on lack of memory. Owns: the caller (names_free). */
struct names *names_new(const struct model *model);
void names_free(struct names *names);

/* What is called name, in ASCII (formula_name_from_symbol); of a parameter and a unit that share a
 * name, the parameter. false: nothing is. */
bool names_find(const struct names *names, const char *name, struct named *named);
/* Whether the text typed is a number's name, or its symbol (NULL: made from the name). */
bool names_match(const char *typed, const char *name, const char *symbol);

#endif
