/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson.c -- from a file to a checked lesson: tree, schema, names and sizes, in this order. */
#include "backstep/lesson/lesson.h"

#include <string.h>

#include "backstep/base/number.h"
#include "backstep/text/text_file.h"
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
	    number_parse_count(node->text, SIZE_MAX, &format, NULL) != STATUS_OK ||
	    format <= LESSON_FORMAT)
		return true;
	report_error(report, node->mark,
		     _("the lesson has format %zu, and this program reads format %d"), format,
		     (int)LESSON_FORMAT);
	report_hint(report, "%s", _("a newer backstep is needed"));
	return false;
}

static void read_draft(const struct tree_node *root, struct arena *arena, struct report *report,
		       struct lesson_draft *draft)
{
	struct schema_reader reader = {.arena = arena, .report = report};
	struct schema_value value = {.type = &schema_type_map, .map = &lesson_schema};
	schema_read(&reader, root, &value, draft);
}

static void resolve_draft(struct lesson *lesson, const struct lesson_draft *draft,
			  struct report *report)
{
	struct resolver r = {.lesson = lesson, .draft = draft, .report = report};
	lesson->id = draft->id;
	lesson->title = draft->title;
	lesson->text = draft->text;
	lesson->document = draft->source.document;
	lesson->author = draft->source.author;
	lesson->tries = draft->tries.items;
	lesson->n_tries = draft->tries.n_items;
	name_table_init(&r.names, lesson->arena, report);
	if (report->no_memory)
		return;
	if (draft->graph.nodes.mark.line)
		lesson_resolve_graph(&r);
	else
		lesson_resolve_network(&r);
	if (!report->no_memory)
		lesson_resolve_data(&r);
	if (!report->no_memory)
		lesson_resolve_figures(&r);
}

static void read_lesson(const char *text, size_t len, struct lesson *lesson, struct report *report)
{
	struct lesson_draft *draft = ARENA_NEW(lesson->arena, struct lesson_draft);
	struct tree_node *root;
	if (!report_has_memory(report, draft))
		return;
	root = yaml_tree_read(text, len, lesson->arena, report);
	if (!root || !format_is_known(root, report))
		return;
	read_draft(root, lesson->arena, report, draft);
	if (root->kind == TREE_MAP && !report->no_memory)
		resolve_draft(lesson, draft, report);
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

enum status lesson_read_file(const char *path, struct lesson **lesson, struct error_list *errors)
{
	struct strbuf text = {0};
	struct error err;
	enum status status = text_file_read(path, &file_kind, &text, &err);
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

const char *lesson_note_at(const struct lesson *lesson, const char *place, enum language language)
{
	for (size_t i = 0; i < lesson->n_notes; i++)
		if (strcmp(lesson->notes[i].at.text, place) == 0)
			return lesson->notes[i].text.in[language].text;
	return NULL;
}
