/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.c -- walks a tree along the rows of a schema: maps, lists, and what no row allows.
 *
 * The types of single values are in schema_types.c. */
#include "backstep/text/schema_reader.h"
#include "report_path.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

/* What a value of the wrong type is, into buf. */
static const char *node_found(const struct tree_node *node, char buf[TEXT_EXCERPT + 32])
{
	char excerpt[TEXT_EXCERPT];
	if (node->kind == TREE_LIST)
		return _("a list");
	if (node->kind == TREE_MAP)
		return _("keys with values");
	if (node->plain && !node->text[0])
		return _("nothing");
	snprintf(buf, TEXT_EXCERPT + 32, node->plain ? "'%s'" : _("the quoted '%s'"),
		 text_excerpt(excerpt, node->text));
	return buf;
}

static void hint_example(struct schema_reader *reader, const struct schema_key *key)
{
	report_hint(reader->report, _("for example %s: %s"), key->name, key->example);
}

const char *schema_word(const struct schema_value *value, size_t i)
{
	if (!value->kinds)
		return value->choices[i];
	return value->kinds[i] ? value->kinds[i]->kind : NULL;
}

/* What value may be: a type, or its words ("true or false"), into buf. */
static const char *value_wanted(const struct schema_value *value, char *buf, size_t size)
{
	size_t len = 0;
	if (!value->choices && value->type != &schema_type_kind)
		return tr(value->type->name);
	buf[0] = '\0';
	for (size_t i = 0; schema_word(value, i) && len < size; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s%s",
					i == 0                      ? ""
					: schema_word(value, i + 1) ? ", "
								    : _(" or "),
					schema_word(value, i));
	return buf;
}

void schema_report_type(struct schema_reader *reader, const struct tree_node *node,
			const struct schema_value *value)
{
	char buf[TEXT_EXCERPT + 32], words[128], other_words[128];
	const struct schema_key *key = reader->key;
	const char *wanted = value_wanted(value, words, sizeof words);
	const char *found = node_found(node, buf);
	if (key && key->other && (value == &key->value || value == key->other))
		report_error(reader->report, node->mark, _("expected %s or %s, found %s"),
			     value_wanted(&key->value, words, sizeof words),
			     value_wanted(key->other, other_words, sizeof other_words), found);
	else if (value->word)
		report_error(reader->report, node->mark, _("expected %s or '%s', found %s"), wanted,
			     value->word, found);
	else
		report_error(reader->report, node->mark, _("expected %s, found %s"), wanted, found);
	if (reader->key)
		hint_example(reader, reader->key);
}

void schema_read(struct schema_reader *reader, const struct tree_node *node,
		 const struct schema_value *value, void *out)
{
	bool is_word = value->word && node->kind == TREE_SCALAR && node->plain &&
		       strcmp(node->text, value->word) == 0;
	if (!is_word)
		value->type->read(reader, node, value, out);
}

static bool list_length_fits(struct schema_reader *reader, const struct tree_node *node,
			     const struct schema_value *value)
{
	if (node->n_items < value->min) {
		report_error(reader->report, node->mark, "%s", _("the list is empty"));
		hint_example(reader, reader->key);
		return false;
	}
	if (value->max && node->n_items > value->max) {
		report_error(reader->report, node->mark,
			     _("the list is too long: %zu items, at most %zu are possible"),
			     node->n_items, value->max);
		return false;
	}
	return true;
}

static void list_read_items(struct schema_reader *reader, const struct tree_node *item,
			    const struct schema_value *value, struct schema_list *list)
{
	char *out = list->items;
	for (size_t i = 1; item; item = item->next, i++, out += value->size) {
		size_t len = report_enter(reader->report, "[%zu]", i);

		schema_read(reader, item, value->item, out);
		report_leave(reader->report, len);
	}
}

/* A list that is refused keeps its place: it was not left out. */
static void list_read(struct schema_reader *reader, const struct tree_node *node,
		      const struct schema_value *value, void *out)
{
	struct schema_list list = {.mark = node->mark};
	list.bare = value->bare && node->kind == TREE_SCALAR && (node->text[0] || !node->plain);
	if (!list.bare && node->kind != TREE_LIST) {
		schema_report_type(reader, node, value);
	} else if (list.bare || list_length_fits(reader, node, value)) {
		list.n_items = list.bare ? 1 : node->n_items;
		list.items = arena_alloc(reader->arena, list.n_items, value->size);
		if (!report_has_memory(reader->report, list.items))
			list.n_items = 0;
		else if (list.bare)
			schema_read(reader, node, value->item, list.items);
		else
			list_read_items(reader, node->first, value, &list);
	}
	memcpy(out, &list, sizeof list);
}

const struct schema_type schema_type_list = {.name = N_("a list"), .read = list_read};

/* Whether a value of the type is written as such a node. */
static bool type_takes(const struct schema_type *type, const struct tree_node *node)
{
	bool is_map = type == &schema_type_map || type == &schema_type_kinds;
	return node->kind == (type == &schema_type_list ? TREE_LIST
			      : is_map                  ? TREE_MAP
							: TREE_SCALAR);
}

static size_t map_find(const struct schema_map *map, const char *name)
{
	size_t i = 0;
	while (i < map->n_keys && strcmp(map->keys[i].name, name) != 0)
		i++;
	return i;
}

static const char *next_key(void *ctx, size_t i)
{
	const struct schema_map *map = *(const struct schema_map **)ctx;
	return i < map->n_keys ? map->keys[i].name : NULL;
}

static void hint_keys(struct schema_reader *reader, const struct schema_map *map)
{
	struct strbuf keys = {0};
	for (size_t i = 0; i < map->n_keys; i++)
		strbuf_addf(&keys, "%s%s", i ? ", " : "", map->keys[i].name);
	report_hint(reader->report, _("the keys here are %s"), strbuf_str(&keys));
	strbuf_free(&keys);
}

/* Returns the number of the key that is meant, or n_keys. */
static size_t report_unknown_key(struct schema_reader *reader, const struct tree_node *key,
				 const struct schema_map *map)
{
	size_t len = strcspn(key->text, ":");
	const char *name = arena_printf(reader->arena, "%.*s", (int)len, key->text);
	char excerpt[TEXT_EXCERPT];
	report_error(reader->report, key->mark, _("unknown key '%s'"),
		     text_excerpt(excerpt, key->text));
	if (!report_has_memory(reader->report, name))
		return map->n_keys;
	const char *nearest = text_nearest(name, next_key, &map);
	if (nearest && key->text[len])
		report_hint(reader->report, _("a blank belongs after the ':' of %s"), nearest);
	else if (nearest)
		report_hint(reader->report, _("did you mean '%s'?"), nearest);
	else
		hint_keys(reader, map);
	return nearest ? map_find(map, nearest) : map->n_keys;
}

/* What {rate: 0,6} has become: the key rate with 0, and the key 6 without a value. */
static bool has_decimal_comma(const struct tree_node *item)
{
	const struct tree_node *rest = item->next, *key = rest ? rest->key : NULL;
	const char *digits = "0123456789";
	return item->kind == TREE_SCALAR && item->plain && key && item->text[0] &&
	       strspn(item->text, "+-0123456789") == strlen(item->text) &&
	       strspn(key->text, digits) == strlen(key->text) && rest->kind == TREE_SCALAR &&
	       !rest->text[0] && key->mark.line == item->mark.line &&
	       key->mark.column == item->mark.column + strlen(item->text) + 1;
}

static void map_read_key(struct schema_reader *reader, const struct tree_node *node,
			 const struct schema_key *key, char *out)
{
	const struct schema_key *outer = reader->key;
	size_t len =
	    report_enter(reader->report, reader->report->path.len ? ".%s" : "%s", key->name);
	reader->key = key;
	if (key->other && type_takes(key->other->type, node))
		schema_read(reader, node, key->other, out + key->other_offset);
	else
		schema_read(reader, node, &key->value, out + key->offset);
	reader->key = outer;
	report_leave(reader->report, len);
}

/* Whether a key that was given stands for key i. */
static bool is_replaced(const struct schema_map *map, const bool given[], size_t i)
{
	for (size_t k = 0; k < map->n_keys; k++)
		if (given[k] && map->keys[k].instead_of &&
		    strcmp(map->keys[k].instead_of, map->keys[i].name) == 0)
			return true;
	return false;
}

/* Reports each key that stands for another one that is given too. */
static void report_double_keys(struct schema_reader *reader, const struct schema_map *map,
			       const bool given[], const struct source_mark marks[])
{
	for (size_t i = 0; i < map->n_keys; i++) {
		const char *other = map->keys[i].instead_of;

		if (given[i] && other && given[map_find(map, other)])
			report_error(reader->report, marks[i],
				     _("'%s' stands for '%s': give one of them"), map->keys[i].name,
				     other);
	}
}

/* What has been seen of the keys of a map. A key is known of where it was given, or where another
 * was that means it; one that may mean any stands at the end. */
struct keys_seen {
	struct source_mark first[SCHEMA_MAX_KEYS];
	bool given[SCHEMA_MAX_KEYS], meant[SCHEMA_MAX_KEYS + 1];
};

static void report_missing_keys(struct schema_reader *reader, const struct tree_node *node,
				const struct schema_map *map, const struct keys_seen *seen)
{
	for (size_t i = 0; i < map->n_keys; i++) {
		const char *unless = map->keys[i].unless;

		if (!map->keys[i].required || seen->given[i] || seen->meant[i] ||
		    is_replaced(map, seen->given, i) ||
		    (unless && seen->given[map_find(map, unless)]))
			continue;
		report_error(reader->report, node->mark, _("the key '%s' is missing"),
			     map->keys[i].name);
		hint_example(reader, &map->keys[i]);
	}
}

static void read_key(struct schema_reader *reader, const struct tree_node *item,
		     const struct schema_map *map, struct keys_seen *seen, void *out)
{
	size_t i = map_find(map, item->key->text);
	if (i == map->n_keys) {
		seen->meant[report_unknown_key(reader, item->key, map)] = true;
	} else if (seen->given[i]) {
		report_error(reader->report, item->key->mark,
			     _("the key '%s' is given twice (first on line %zu)"),
			     map->keys[i].name, seen->first[i].line);
	} else {
		seen->given[i] = true;
		seen->first[i] = item->key->mark;
		map_read_key(reader, item, &map->keys[i], out);
	}
}

/* Reads the keys of node into out. */
static void read_keys(struct schema_reader *reader, const struct tree_node *node,
		      const struct schema_map *map, void *out)
{
	struct keys_seen seen = {0};
	for (const struct tree_node *item = node->first; item; item = item->next) {
		struct tree_node joined = *item;
		if (has_decimal_comma(item)) {
			joined.text =
			    arena_printf(reader->arena, "%s,%s", item->text, item->next->key->text);
			if (!report_has_memory(reader->report, joined.text))
				return;
			item = item->next;
		}
		read_key(reader, &joined, map, &seen, out);
	}
	report_double_keys(reader, map, seen.given, seen.first);
	if (!seen.meant[map->n_keys])
		report_missing_keys(reader, node, map, &seen);
}

static void map_read(struct schema_reader *reader, const struct tree_node *node,
		     const struct schema_value *value, void *out)
{
	if (node->kind == TREE_MAP)
		read_keys(reader, node, value->map, out);
	else
		schema_report_type(reader, node, value);
}

const struct schema_type schema_type_map = {.name = N_("keys with values"), .read = map_read};

/* The map for the kind that node gives; NULL where there is no such kind. */
static const struct schema_map *choose_map(const struct schema_map *const *kinds,
					   const struct tree_node *kind)
{
	if (!kind)
		return kinds[0];
	while (*kinds && (kind->kind != TREE_SCALAR || strcmp((*kinds)->kind, kind->text) != 0))
		kinds++;
	return *kinds;
}

/* An unknown kind is left to its row to report, and nothing more can be said of the other keys. */
static void kinds_read(struct schema_reader *reader, const struct tree_node *node,
		       const struct schema_value *value, void *out)
{
	const struct schema_map *first = value->kinds[0], *map;
	const struct tree_node *kind = node->first;
	size_t n_errors = reader->report->n_errors;
	struct schema_item *read;
	if (node->kind != TREE_MAP) {
		schema_report_type(reader, node, value);
		return;
	}
	while (kind && strcmp(kind->key->text, "kind") != 0)
		kind = kind->next;
	map = choose_map(value->kinds, kind);
	read = arena_alloc(reader->arena, 1, map ? map->size : first->size);
	if (!report_has_memory(reader->report, read))
		return;
	if (!map) {
		map_read_key(reader, kind, &first->keys[map_find(first, "kind")], (char *)read);
		return;
	}
	memcpy(out, &read, sizeof read);
	read->map = map;
	read_keys(reader, node, map, read);
	read->is_broken = reader->report->n_errors > n_errors;
}

const struct schema_type schema_type_kinds = {.name = N_("keys with values"), .read = kinds_read};
