/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson.c -- from a file to a checked lesson: tree, keys, names and sizes, in this order. */
#include "backstep/lesson/lesson.h"

#include <string.h>

#include "backstep/base/number.h"
#include "backstep/text/yaml_tree.h"
#include "lesson_resolve.h"
#include "backstep/text/schema_reader.h"

/* Whether the lesson is of a format that this program can read. A newer one is not looked at
 * further: what else is wrong with it would only confuse. */
static bool format_is_known(const struct tree_node *root, struct report *report)
{
	const struct tree_node *node = root->kind == TREE_MAP ? root->first : NULL;
	size_t format;
	while (node && strcmp(node->key->text, "format") != 0)
		node = node->next;
	if (!node || node->kind != TREE_SCALAR || !node->plain ||
	    number_parse_count(node->text, 0, SIZE_MAX, &format, NULL) != STATUS_OK ||
	    format <= LESSON_FORMAT)
		return true;
	report_error(report, node->mark,
		     _("the lesson has format %zu, and this program reads format %d"), format,
		     (int)LESSON_FORMAT);
	report_hint(report, "%s", _("a newer backstep is needed"));
	return false;
}

static void read_keys(const struct tree_node *root, struct report *report, struct lesson *lesson)
{
	struct schema_reader reader = {.arena = lesson->arena, .report = report};
	struct schema_value value = {.type = &schema_type_map, .map = &lesson_schema};
	lesson->seed.value = 1;
	schema_read(&reader, root, &value, lesson);
}

/* Whether something in the value of a key of the lesson was reported. */
static bool has_error(const struct tree_node *root, const char *key, const struct report *report)
{
	const struct tree_node *item = root->first, *next;
	while (item && strcmp(item->key->text, key) != 0)
		item = item->next;
	next = item ? item->next : NULL;
	for (size_t i = report->first; item && i < report->errors->n_items; i++) {
		const struct error *err = &report->errors->items[i];
		if (err->line >= item->key->mark.line &&
		    (!next || err->line < next->key->mark.line ||
		     next->key->mark.line == item->key->mark.line))
			return true;
	}
	return false;
}

/* Whether what gives names was refused, or is not there. */
static bool is_broken(const struct tree_node *root, const struct lesson *lesson,
		      const struct report *report)
{
	return has_error(root, "network", report) || has_error(root, "graph", report) ||
	       has_error(root, "loss", report) ||
	       (!lesson_is_graph(lesson) && !lesson->network.layers.mark.line);
}

/* Data after the names of the network and the loss, notes after all names. */
static void resolve(struct lesson *lesson, const struct tree_node *root, struct report *report)
{
	static void (*const parts[])(struct resolver * r) = {
	    lesson_resolve_loss,  lesson_resolve_data,    lesson_resolve_training,
	    lesson_resolve_notes, lesson_resolve_figures,
	};
	struct resolver r = {.lesson = lesson,
			     .report = report,
			     .is_broken = is_broken(root, lesson, report),
			     .is_data_broken = has_error(root, "data", report)};
	name_table_init(&r.names, lesson->arena, report);
	if (report->no_memory)
		return;
	size_t n_errors = report->n_errors;
	if (lesson_is_graph(lesson))
		lesson_resolve_graph(&r);
	else
		lesson_resolve_network(&r);
	r.is_broken = r.is_broken || report->n_errors > n_errors;
	for (size_t i = 0; i < sizeof parts / sizeof *parts && !report->no_memory; i++)
		parts[i](&r);
}

static void read_lesson(const char *text, size_t len, struct lesson *lesson, struct report *report)
{
	struct tree_node *root = yaml_tree_read(text, len, lesson->arena, report);
	if (!root || !format_is_known(root, report))
		return;
	read_keys(root, report, lesson);
	if (root->kind == TREE_MAP && !report->no_memory)
		resolve(lesson, root, report);
}

static struct lesson *lesson_new(const char *file)
{
	struct arena *arena = arena_new();
	struct lesson *lesson = arena ? ARENA_NEW(arena, struct lesson) : NULL;
	if (lesson) {
		lesson->arena = arena;
		lesson->file = arena_strdup(arena, file);
	}
	if (lesson && lesson->file)
		return lesson;
	arena_free(arena);
	return NULL;
}

enum status lesson_read_text(const char *file, const char *text, size_t len, struct lesson **lesson,
			     struct error_list *errors)
{
	struct lesson *read = lesson_new(file);
	struct report report;
	enum status status;
	*lesson = NULL;
	report_init(&report, file, errors);
	if (report_has_memory(&report, read)) {
		if (len <= LESSON_MAX_BYTES)
			read_lesson(text, len, read, &report);
		else
			report_error(&report, (struct source_mark){0},
				     _("the file is larger than %d bytes"), (int)LESSON_MAX_BYTES);
	}
	status = report_finish(&report);
	if (status == STATUS_OK)
		*lesson = read;
	else
		lesson_free(read);
	return status;
}

static const struct text_file_kind file_kind = {
    .max = LESSON_MAX_BYTES,
    .unreadable = N_("the lesson cannot be read"),
    .is_folder = N_("this is a folder, not a lesson"),
};

enum status lesson_read_bytes(const char *path, struct strbuf *out, struct error *err)
{
	bool is_input = strcmp(path, LESSON_ON_INPUT) == 0;
	return is_input ? text_input_read(&file_kind, out, err)
			: text_file_read(path, &file_kind, out, err);
}

enum status lesson_read_file(const char *path, struct lesson **lesson, struct error_list *errors)
{
	struct strbuf text = {0};
	struct error err;
	enum status status = lesson_read_bytes(path, &text, &err);
	*lesson = NULL;
	if (status == STATUS_OK)
		status = lesson_read_text(path, strbuf_str(&text), text.len, lesson, errors);
	else
		error_list_add(errors, &err);
	strbuf_free(&text);
	return status;
}

void lesson_free(struct lesson *lesson)
{
	if (lesson)
		arena_free(lesson->arena);
}

static bool draws_data(const struct lesson_generate *generate)
{
	return generate->name.text && !generate->seed.mark.line;
}

static bool draws(const struct lesson *lesson)
{
	return lesson->made || lesson->has_masks || lesson->training.shuffle ||
	       (lesson->split.train.mark.line && !lesson->split.in_order) ||
	       draws_data(&lesson->data.generate) || draws_data(&lesson->data.otherwise);
}

enum status lesson_set_seed(struct lesson *lesson, uint64_t seed, struct error *err)
{
	if (!draws(lesson)) {
		error_set(err, STATUS_BAD_INPUT, _("the lesson %s draws no random numbers"),
			  lesson->id.text);
		error_hint(err, _("leave out the seed"));
		return STATUS_BAD_INPUT;
	}
	lesson->seed.value = seed;
	lesson->is_reseeded = true;
	return STATUS_OK;
}
