/* SPDX-License-Identifier: GPL-3.0-or-later */
/* names.c -- a hash table of labels and prefixes. Names go in before symbols: where a symbol is
 * spelt as the name of something else, the name means what it names. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/formula/formula.h"

/* A label, or the prefix of a node: then e is unused. */
struct entry {
	const char *text;
	bool is_prefix;
	struct named named;
};

/* Owns: its arena, in which all the rest lies. */
struct names {
	struct arena *arena;
	struct entry *entries; /* [capacity] hashed by text; text NULL: free */
	size_t capacity;
};

/* The entry of text, or the free one where it belongs. len bytes of text count. */
static struct entry *find_entry(const struct names *names, const char *text, size_t len,
				bool is_prefix)
{
	size_t mask = names->capacity - 1;
	size_t slot = (size_t)hash_bytes(HASH_START + is_prefix, text, len) & mask;
	struct entry *entry = &names->entries[slot];
	while (entry->text && (entry->is_prefix != is_prefix ||
			       strncmp(entry->text, text, len) != 0 || entry->text[len])) {
		slot = (slot + 1) & mask;
		entry = &names->entries[slot];
	}
	return entry;
}

/* Files text, which lasts, unless it is taken. */
static void add_entry(struct names *names, const char *text, bool is_prefix, struct named named)
{
	struct entry *entry = find_entry(names, text, strlen(text), is_prefix);
	if (!entry->text)
		*entry = (struct entry){text, is_prefix, named};
}

/* Files what is typed for a symbol. false on lack of memory. */
static bool add_symbol(struct names *names, const char *symbol, bool is_prefix, struct named named)
{
	struct strbuf typed = {0};
	formula_name_from_symbol(symbol, &typed);
	const char *kept = typed.failed ? NULL : arena_strdup(names->arena, strbuf_str(&typed));
	strbuf_free(&typed);
	if (kept)
		add_entry(names, kept, is_prefix, named);
	return kept != NULL;
}

static size_t count_labels(const struct node *node)
{
	return node->kind == NODE_PARAM ? node->rows * node->cols : node->rows;
}

static struct named label_of(const struct node *node, size_t k)
{
	return (struct named){node, node->kind == NODE_PARAM ? k : k * node->stride};
}

/* A view's elements are called as those that it shows; a constant is its number. */
static bool has_names(const struct node *node, bool is_param)
{
	return (node->kind == NODE_PARAM) == is_param && node->kind != NODE_VIEW &&
	       node->kind != NODE_CONSTANT && (node->labels || node->prefix);
}

/* Files the name of each element, or the prefix. */
static void add_names(struct names *names, const struct node *node)
{
	if (!node->labels)
		add_entry(names, node->prefix, true, (struct named){node, 0});
	for (size_t k = 0; node->labels && k < count_labels(node); k++)
		add_entry(names, node->labels[k].name, false, label_of(node, k));
}

static bool add_symbols(struct names *names, const struct node *node)
{
	if (!node->labels)
		return add_symbol(names, node->prefix, true, (struct named){node, 0});
	bool good = true;
	for (size_t k = 0; good && k < count_labels(node); k++)
		good = !node->labels[k].symbol ||
		       add_symbol(names, node->labels[k].symbol, false, label_of(node, k));
	return good;
}

/* Parameters go in before units. */
static bool add_nodes(struct names *names, const struct graph *graph)
{
	bool good = true;
	for (int is_unit = 0; is_unit < 2; is_unit++)
		for (size_t k = 0; k < graph->n_nodes; k++)
			if (has_names(graph->nodes[k], !is_unit))
				add_names(names, graph->nodes[k]);
	for (int is_unit = 0; is_unit < 2; is_unit++)
		for (size_t k = 0; good && k < graph->n_nodes; k++)
			if (has_names(graph->nodes[k], !is_unit))
				good = add_symbols(names, graph->nodes[k]);
	return good;
}

/* At most half of the entries are ever in use, so that find_entry ends soon. */
static size_t choose_capacity(const struct graph *graph)
{
	size_t n = 1, capacity = 64;
	for (size_t k = 0; k < graph->n_nodes; k++)
		n += graph->nodes[k]->labels ? 2 * count_labels(graph->nodes[k]) : 2;
	while (capacity < 2 * n)
		capacity *= 2;
	return capacity;
}

struct names *names_new(const struct model *model)
{
	struct arena *arena = arena_new();
	struct names *names = arena ? ARENA_NEW(arena, struct names) : NULL;
	const struct graph *graph = &model->graph;
	if (!names)
		goto fail;
	*names = (struct names){.arena = arena, .capacity = choose_capacity(graph)};
	names->entries = ARENA_ARRAY(arena, struct entry, names->capacity);
	if (names->entries && add_nodes(names, graph))
		return names;
fail:
	arena_free(arena);
	return NULL;
}

void names_free(struct names *names)
{
	if (names)
		arena_free(names->arena);
}

/* Reads a number without leading zeros, as names are made; 0 where there is none. */
static size_t read_index(const char **s)
{
	size_t index = 0;
	if (**s == '0')
		return 0;
	for (; **s >= '0' && **s <= '9' && index < SIZE_MAX / 16; ++*s)
		index = 10 * index + (size_t)(**s - '0');
	return index;
}

/* W_h[600,406]. */
static bool find_in_matrix(const struct names *names, const char *name, struct named *named)
{
	const char *open = strchr(name, '['), *at = open + 1;
	const struct entry *entry = find_entry(names, name, (size_t)(open - name), true);
	const struct node *node = entry->named.node;
	size_t row = read_index(&at), col = *at++ == ',' ? read_index(&at) : 0;
	if (!entry->text || node->kind != NODE_PARAM || !row || !col || strcmp(at, "]") != 0 ||
	    row > node->rows || col > node->cols)
		return false;
	*named = (struct named){node, (row - 1) * node->stride + col - 1};
	return true;
}

/* h12, with a prefix h or h1. */
static bool find_in_units(const struct names *names, const char *name, struct named *named)
{
	size_t len = strlen(name), first = len;
	while (first > 0 && name[first - 1] >= '0' && name[first - 1] <= '9')
		first--;
	for (; first < len; first++) {
		const char *at = name + first;
		const struct entry *entry = find_entry(names, name, first, true);
		size_t row = read_index(&at);
		if (!entry->text || entry->named.node->kind == NODE_PARAM || !row ||
		    row > entry->named.node->rows)
			continue;
		*named = (struct named){entry->named.node, (row - 1) * entry->named.node->stride};
		return true;
	}
	return false;
}

bool names_find(const struct names *names, const char *name, struct named *named)
{
	const struct entry *entry = find_entry(names, name, strlen(name), false);
	if (entry->text) {
		*named = entry->named;
		return true;
	}
	return strchr(name, '[') ? find_in_matrix(names, name, named)
				 : find_in_units(names, name, named);
}

bool names_match(const char *typed, const char *name, const char *symbol)
{
	struct strbuf as_typed = {0};
	if (strcmp(typed, name) == 0)
		return true;
	if (symbol)
		formula_name_from_symbol(symbol, &as_typed);
	bool same = symbol && strcmp(typed, strbuf_str(&as_typed)) == 0;
	strbuf_free(&as_typed);
	return same;
}
