/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_guide.c -- prints the rows of the schema: as a guide, and as a file to start from.
 *
 * Not a second list of keys: a key that is added to the schema is explained without a line here. */
#include "backstep/lesson/lesson_guide.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/lesson/lesson.h"
#include "lesson_guide_words.h"

enum { GUIDE_COLUMNS = 79 };

/* "a list; each: a name", or a word that stands for it. */
static void add_type(struct strbuf *out, const struct schema_value *value)
{
	if (value->type == &schema_type_choice || value->type == &schema_type_kind)
		for (size_t i = 0; schema_word(value, i); i++)
			strbuf_addf(out, "%s%s", i ? ", " : _("one of: "), schema_word(value, i));
	else
		strbuf_add(out, _(value->type->name));
	if (value->type == &schema_type_list)
		strbuf_add(out, _("; each: "));
	if (value->type == &schema_type_list)
		add_type(out, value->item);
	if (value->word)
		strbuf_addf(out, _(" (or the word %s)"), value->word);
}

/* The maps of the kinds that a value may be of, or NULL. */
static const struct schema_map *const *inner_kinds(const struct schema_value *value)
{
	if (value->type == &schema_type_list)
		return inner_kinds(value->item);
	return value->type == &schema_type_kinds ? value->kinds : NULL;
}

/* What is inside a value: the keys of a map, of each map of a list, of the first kind. */
static const struct schema_map *inner_map(const struct schema_value *value)
{
	if (value->type == &schema_type_list)
		return inner_map(value->item);
	return value->type == &schema_type_kinds ? value->kinds[0] : value->map;
}

enum { MAX_DEPTH = 16 };

/* Layers hold layers: maps that the walk is inside of are not entered again. */
struct walk {
	void (*each)(void *ctx, const struct lesson_guide_key *key);
	void *ctx;
	struct strbuf path;
	const struct schema_map *inside[MAX_DEPTH];
	size_t depth;
};

static void walk_map(struct walk *walk, const struct schema_map *map);

static bool is_inside(const struct walk *walk, const struct schema_map *map)
{
	for (size_t i = 0; i < walk->depth; i++)
		if (walk->inside[i] == map)
			return true;
	return walk->depth == MAX_DEPTH;
}

/* The keys inside a value; those of the other kinds of a map after the first kind's. */
static void walk_inner(struct walk *walk, const struct schema_value *value)
{
	const struct schema_map *map = value ? inner_map(value) : NULL;
	size_t len = walk->path.len;
	if (!map || is_inside(walk, map))
		return;
	walk->inside[walk->depth++] = map;
	if (value->type == &schema_type_list)
		strbuf_add(&walk->path, "[]");
	walk_map(walk, map);
	for (const struct schema_map *const *other = inner_kinds(value); other && *other; other++) {
		size_t after = walk->path.len;
		if (*other == map)
			continue;
		strbuf_addf(&walk->path, "(%s)", (*other)->kind);
		walk_map(walk, *other);
		strbuf_truncate(&walk->path, after);
	}
	walk->depth--;
	strbuf_truncate(&walk->path, len);
}

static void walk_map(struct walk *walk, const struct schema_map *map)
{
	for (size_t i = 0; i < map->n_keys; i++) {
		const struct schema_key *key = &map->keys[i];
		size_t len = walk->path.len;
		struct strbuf type = {0};
		strbuf_addf(&walk->path, "%s%s", len ? "." : "", key->name);
		add_type(&type, &key->value);
		if (key->other)
			strbuf_add(&type, _(", or "));
		if (key->other)
			add_type(&type, key->other);
		walk->each(walk->ctx, &(struct lesson_guide_key){
					  .path = strbuf_str(&walk->path),
					  .type = strbuf_str(&type),
					  .initial = key->required ? NULL : _(key->initial),
					  .summary = _(key->summary),
					  .example = key->example,
				      });
		strbuf_free(&type);
		walk_inner(walk, &key->value);
		walk_inner(walk, key->other);
		strbuf_truncate(&walk->path, len);
	}
}

void lesson_guide_each(void (*each)(void *ctx, const struct lesson_guide_key *key), void *ctx)
{
	struct walk walk = {.each = each, .ctx = ctx};
	walk_map(&walk, &lesson_schema);
	strbuf_free(&walk.path);
}

/* A paragraph after a margin. */
struct paragraph {
	struct strbuf *out;
	const char *margin;
};

static void add_line(void *ctx, const char *text, size_t len)
{
	struct paragraph *paragraph = ctx;
	strbuf_add(paragraph->out, paragraph->margin);
	strbuf_add_len(paragraph->out, text, len);
	strbuf_add_char(paragraph->out, '\n');
}

static void add_paragraph(struct strbuf *out, const char *margin, const char *text)
{
	struct paragraph paragraph = {out, margin};
	text_wrap(text, GUIDE_COLUMNS - text_columns(margin), add_line, &paragraph);
}

static void print_key(void *ctx, const struct lesson_guide_key *key)
{
	struct strbuf *out = ctx, text = {0};
	strbuf_addf(&text, "%s. ", key->type);
	if (key->initial)
		strbuf_addf(&text, _("Left out: %s."), key->initial);
	else
		strbuf_add(&text, _("Required."));
	strbuf_addf(out, "%s\n", key->path);
	add_paragraph(out, "    ", key->summary);
	add_paragraph(out, "    ", strbuf_str(&text));
	strbuf_clear(&text);
	strbuf_addf(&text, _("Example: %s"), key->example);
	strbuf_addf(out, "    %s\n\n", strbuf_str(&text));
	strbuf_free(&text);
}

/* Appends the parts of a path, without the brackets of items; a kind is a part too, or none. */
static void add_parts(struct strbuf *out, const char *path, bool has_kinds)
{
	for (; *path; path++)
		if (*path == '(' && !has_kinds)
			path += strcspn(path, ")");
		else if (*path == '(')
			strbuf_add_char(out, '.');
		else if (!strchr("[])", *path))
			strbuf_add_char(out, *path);
}

/* Whether name is a part, or some parts on end, of a key's path. */
static bool is_on_path(const char *name, const char *path)
{
	size_t len = strlen(name);
	for (const char *at = path; len && (at = strstr(at, name)); at++)
		if ((at == path || at[-1] == '.') && (at[len] == '.' || !at[len]))
			return true;
	return false;
}

/* The keys that are asked for by name. */
struct wanted_key {
	const char *name;
	struct strbuf *out;
};

static void print_wanted(void *ctx, const struct lesson_guide_key *key)
{
	const struct wanted_key *wanted = ctx;
	struct strbuf asked = {0}, parts = {0}, kinds = {0};
	add_parts(&asked, wanted->name, true);
	add_parts(&parts, key->path, false);
	add_parts(&kinds, key->path, true);
	if (is_on_path(strbuf_str(&asked), strbuf_str(&parts)) ||
	    is_on_path(strbuf_str(&asked), strbuf_str(&kinds)))
		print_key(wanted->out, key);
	strbuf_free(&asked);
	strbuf_free(&parts);
	strbuf_free(&kinds);
}

bool lesson_guide_print_key(const char *name, struct strbuf *out)
{
	struct wanted_key wanted = {name, out};
	size_t before = out->len;
	lesson_guide_each(print_wanted, &wanted);
	return out->len > before;
}

void lesson_guide_print(struct strbuf *out)
{
	add_paragraph(
	    out, "",
	    _("A lesson is one YAML file (UTF-8, at most 1 MiB), from format: to a last "
	      "line of three dots. Its keys, in order; a dot leads into a map, [] into each "
	      "item of a list:"));
	strbuf_add_char(out, '\n');
	lesson_guide_each(print_key, out);
	lesson_guide_words(out);
	add_paragraph(out, "",
		      _("backstep new FILE writes a lesson to start from; backstep check "
			"FILE proves it."));
}

/* A line of the starting file, depth columns in; after a # where it may be left out. */
static void start_line(struct strbuf *out, size_t depth, bool commented)
{
	strbuf_repeat(out, " ", depth);
	strbuf_add(out, commented ? "# " : "");
}

/* A key's explanation: a comment in the language of whoever reads it. */
static void add_comment(struct strbuf *out, size_t depth, const struct schema_key *key)
{
	struct strbuf margin = {0}, text = {0};
	start_line(&margin, depth, true);
	strbuf_add(&text, _(key->summary));
	if (!key->required)
		strbuf_addf(&text, _(" (left out: %s)"), _(key->initial));
	add_paragraph(out, strbuf_str(&margin), strbuf_str(&text));
	strbuf_free(&margin);
	strbuf_free(&text);
}

/* Every key of a map, the required and the usual ones with all that is in them. */
static void start_map(struct strbuf *out, size_t depth, const struct schema_map *map)
{
	for (size_t i = 0; i < map->n_keys; i++) {
		const struct schema_key *key = &map->keys[i];
		const struct schema_map *inner = inner_map(&key->value);
		bool is_list = key->value.type == &schema_type_list;
		bool is_shown = key->required || key->usual;
		strbuf_add(out, depth == 0 ? "\n" : "");
		add_comment(out, depth, key);
		start_line(out, depth, !is_shown);
		strbuf_addf(out, "%s:", key->name);
		if (!inner || !is_shown) {
			strbuf_addf(out, " %s\n", key->example);
			continue;
		}
		strbuf_add_char(out, '\n');
		start_line(out, is_list ? depth + 2 : 0, false);
		strbuf_add(out, is_list ? "-\n" : "");
		start_map(out, depth + (is_list ? 4 : 2), inner);
	}
}

void lesson_guide_starter(struct strbuf *out)
{
	add_paragraph(out, "# ",
		      _("A lesson to start from. What stands after # may be left out: take the # "
			"away to use it. backstep help lesson explains every key."));
	start_map(out, 0, &lesson_schema);
	strbuf_add(out, "...\n");
}
