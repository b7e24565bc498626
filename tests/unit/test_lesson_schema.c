/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_schema.c -- the rows of the lesson format are complete, and their examples together
 * make a lesson, so that what is generated from them is true. */
#include <string.h>

#include "backstep/base/text.h"
#include "backstep/lesson/lesson.h"
#include "backstep/text/schema.h"
#include "check.h"

/* The kinds of map that a value is, or is a list of. */
static const struct schema_map *const *kinds_of(const struct schema_value *value)
{
	if (value->type == &schema_type_list)
		value = value->item;
	return value->type == &schema_type_kinds ? value->kinds : NULL;
}

/* The map that a value is, or is a list of. */
static const struct schema_map *map_of(const struct schema_value *value)
{
	if (kinds_of(value))
		return kinds_of(value)[0];
	if (value->type == &schema_type_list)
		value = value->item;
	return value->type == &schema_type_map ? value->map : NULL;
}

static void check_value(const char *key, const struct schema_value *value)
{
	bool has_kinds = value->type == &schema_type_kinds || value->type == &schema_type_kind;
	if (!value->type || !value->type->name || !value->type->read)
		fail_msg("%s has no type", key);
	if (value->type == &schema_type_list) {
		assert_non_null(value->item);
		assert_true(value->size > 0);
		check_value(key, value->item);
	}
	assert_int_equal(value->type == &schema_type_choice, value->choices != NULL);
	assert_int_equal(value->type == &schema_type_map, value->map != NULL);
	assert_int_equal(has_kinds, value->kinds != NULL);
	if (value->type == &schema_type_count)
		assert_true(value->min <= value->max && value->max > 0);
}

/* A map may hold itself: layers in a layer. */
static const struct schema_map *checked[32];
static size_t n_checked;

static bool is_checked(const struct schema_map *map)
{
	for (size_t i = 0; i < n_checked; i++)
		if (checked[i] == map)
			return true;
	assert_true(n_checked < sizeof checked / sizeof *checked);
	checked[n_checked++] = map;
	return false;
}

static size_t check_map(const struct schema_map *map);

static size_t check_kinds(const struct schema_map *const *kinds)
{
	size_t n = 0;
	for (; kinds && *kinds; kinds++) {
		assert_string_equal((*kinds)->keys[0].name, "kind");
		assert_string_equal((*kinds)->keys[0].example, (*kinds)->kind);
		assert_true((*kinds)->size > 0);
		n += check_map(*kinds);
	}
	return n;
}

static size_t check_map(const struct schema_map *map)
{
	size_t n = map->n_keys;
	if (is_checked(map))
		return 0;
	assert_true(map->n_keys <= SCHEMA_MAX_KEYS);
	for (size_t i = 0; i < map->n_keys; i++) {
		const struct schema_key *key = &map->keys[i];
		const struct schema_map *inner = map_of(&key->value);
		const struct schema_map *other = key->other ? map_of(key->other) : NULL;

		assert_non_null(key->name);
		if (!key->summary || !key->example || key->required == (key->initial != NULL))
			fail_msg("the row of %s is not complete", key->name);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(key->name, map->keys[j].name);
		check_value(key->name, &key->value);
		if (key->other)
			check_value(key->name, key->other);
		n += inner ? check_map(inner) : 0;
		n += check_kinds(kinds_of(&key->value));
		n += other ? check_map(other) : 0;
	}
	return n;
}

static void rows_are_complete(void **state)
{
	(void)state;
	assert_true(check_map(&lesson_schema) >= 40);
}

/* Writes every key with its example; of keys that stand for one another the first. */
static void write_examples(const struct schema_map *map, struct strbuf *out)
{
	for (size_t i = 0; i < map->n_keys; i++)
		if (!map->keys[i].instead_of)
			strbuf_addf(out, "%s%s: %s", i ? ",\n" : "", map->keys[i].name,
				    map->keys[i].example);
}

static bool names(const char *unless, const struct schema_key *key)
{
	return unless && strcmp(unless, key->name) == 0;
}

/* Whether a key stands in for others of its map; of two that name each other both may be there. */
static bool is_replacement(const struct schema_map *map, const struct schema_key *key)
{
	for (size_t i = 0; i < map->n_keys; i++)
		if (names(map->keys[i].unless, key) && !names(key->unless, &map->keys[i]))
			return true;
	return false;
}

/* Which keys a lesson is written with: none that stand in for others, or those; then the others
 * may be there too where they still mean something. */
enum kind { USUAL, REPLACED };

/* The same, maps with all of their own keys. Where maps are of several kinds, the list has one of
 * the first kind and one of another (NULL: only the first). */
static void write_map(const struct schema_map *map, enum kind kind, const struct schema_map *second,
		      struct strbuf *out)
{
	for (size_t i = 0; i < map->n_keys; i++) {
		const struct schema_key *key = &map->keys[i];
		const struct schema_map *inner = map_of(&key->value);
		bool list = key->value.type == &schema_type_list;

		if (key->instead_of ||
		    (kind == USUAL ? is_replacement(map, key) : strcmp(key->name, "network") == 0))
			continue;
		strbuf_addf(out, "%s%s: ", i ? ",\n" : "", key->name);
		if (!inner) {
			strbuf_add(out, key->example);
			continue;
		}
		strbuf_add(out, list ? "[{" : "{");
		write_map(inner, kind, second, out);
		if (kinds_of(&key->value) && second) {
			strbuf_add(out, "},\n{");
			write_examples(second, out);
		}
		strbuf_add(out, list ? "}]" : "}");
	}
}

static void assert_lesson(struct strbuf *text)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	enum status status;
	assert_false(text->failed);
	status = lesson_read_text("e", strbuf_str(text), text->len, &lesson, &errors);
	for (size_t i = 0; i < errors.n_items; i++)
		print_error("%zu: %s\n%s\n", errors.items[i].line, errors.items[i].message,
			    strbuf_str(text));
	assert_int_equal(status, STATUS_OK);
	lesson_free(lesson);
	error_list_free(&errors);
	strbuf_free(text);
}

static void check_examples(enum kind kind, const struct schema_map *second)
{
	struct strbuf text = {0};
	strbuf_add(&text, "{");
	write_map(&lesson_schema, kind, second, &text);
	strbuf_add(&text, "}\n...\n");
	assert_lesson(&text);
}

/* With a layer of each kind after the first one. */
static void all_examples_make_a_lesson(void **state)
{
	size_t n_kinds = 0;
	(void)state;
	check_examples(USUAL, NULL);
	check_examples(REPLACED, NULL);
	for (size_t i = 0; i < n_checked; i++) {
		n_kinds += checked[i]->kind != NULL;
		if (checked[i]->kind && strcmp(checked[i]->kind, "dense") != 0)
			check_examples(USUAL, checked[i]);
	}
	assert_true(n_kinds >= 5);
}

/* The short examples of the outermost keys, one a line. */
static void outer_examples_make_a_lesson(void **state)
{
	(void)state;
	for (enum kind kind = USUAL; kind <= REPLACED; kind++) {
		struct strbuf text = {0};

		for (size_t i = 0; i < lesson_schema.n_keys; i++) {
			const struct schema_key *key = &lesson_schema.keys[i];

			if (kind == USUAL ? !is_replacement(&lesson_schema, key) : !key->unless)
				strbuf_addf(&text, "%s: %s\n", key->name, key->example);
		}
		strbuf_add(&text, "...\n");
		assert_lesson(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_are_complete),
	    cmocka_unit_test(all_examples_make_a_lesson),
	    cmocka_unit_test(outer_examples_make_a_lesson),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
