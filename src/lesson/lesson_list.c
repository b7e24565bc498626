/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_list.c -- all lessons there are, read for their ids and titles. */
#include <string.h>

#include "backstep/base/arena.h"
#include "backstep/base/i18n.h"
#include "backstep/lesson/lesson_find.h"
#include "lesson_folders.h"

/* The item that has the file's id already, or the list's end. */
static size_t find_item(const struct lesson_list *list, const char *id)
{
	size_t i = 0;
	while (i < list->n_items && strcmp(list->items[i].id, id) != 0)
		i++;
	return i;
}

/* What the lesson's quiz asks, by name. */
static bool fill_kinds(struct arena *arena, const struct source_texts *kinds,
		       struct lesson_item *item)
{
	item->n_kinds = kinds->n_items;
	item->kinds = ARENA_ARRAY(arena, const char *, kinds->n_items + 1);
	for (size_t i = 0; item->kinds && i < kinds->n_items; i++) {
		item->kinds[i] = arena_strdup(arena, kinds->items[i].text);
		if (!item->kinds[i])
			return false;
	}
	return item->kinds != NULL;
}

static enum status fill_item(struct lesson_list *list, const struct lesson *lesson,
			     const struct folder_file *file, struct lesson_item *item)
{
	item->path = file->path;
	item->topic = lesson->topic.mark.line ? (enum lesson_topic)lesson->topic.value : TOPIC_NONE;
	item->id = arena_strdup(list->arena, lesson->id.text);
	for (int i = 0; i < N_LANGUAGES; i++) {
		item->title[i] = arena_strdup(list->arena, lesson_text_in(&lesson->title, i));
		if (!item->title[i])
			return STATUS_NO_MEMORY;
	}
	bool is_filled = item->id && fill_kinds(list->arena, &lesson->quiz.kinds, item);
	return is_filled ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Lists a lesson. folders [n_items] says which folder each item is of. */
static enum status add_lesson(struct lesson_list *list, size_t *folders,
			      const struct lesson *lesson, const struct folder_file *file)
{
	struct lesson_item item;
	size_t same = find_item(list, lesson->id.text);
	if (same < list->n_items && folders[same] <= file->folder)
		return STATUS_OK;
	if (fill_item(list, lesson, file, &item) != STATUS_OK)
		return STATUS_NO_MEMORY;
	if (same < list->n_items) {
		/* The file names differ: the place in the list is that of the one that is kept. */
		size_t after = list->n_items - same - 1;

		memmove(&list->items[same], &list->items[same + 1], after * sizeof item);
		memmove(&folders[same], &folders[same + 1], after * sizeof *folders);
		list->n_items--;
	}
	folders[list->n_items] = file->folder;
	list->items[list->n_items++] = item;
	return STATUS_OK;
}

static enum status read_lesson(struct lesson_list *list, size_t *folders,
			       const struct folder_file *file)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	enum status status = lesson_read_file(file->path, &lesson, &errors);
	if (status == STATUS_OK) {
		status = add_lesson(list, folders, lesson, file);
		lesson_free(lesson);
	} else if (status != STATUS_NO_MEMORY) {
		if (errors.n_items)
			error_list_add(&list->errors, &errors.items[0]);
		status = STATUS_OK;
	}
	error_list_free(&errors);
	return status;
}

/* In a topic the order stays. */
static void sort_by_topic(struct lesson_list *list)
{
	for (size_t i = 1; i < list->n_items; i++) {
		struct lesson_item item = list->items[i];
		size_t k = i;
		for (; k > 0 && list->items[k - 1].topic > item.topic; k--)
			list->items[k] = list->items[k - 1];
		list->items[k] = item;
	}
}

enum status lesson_list_read(struct lesson_list *list, struct error *err)
{
	struct folder_files files;
	size_t *folders;
	enum status status;
	*list = (struct lesson_list){.arena = arena_new()};
	if (!list->arena)
		return error_no_memory(err);
	status = folder_files_read(&files, list->arena, err);
	if (status != STATUS_OK)
		goto out;
	list->items = ARENA_ARRAY(list->arena, struct lesson_item, files.n_items);
	folders = ARENA_ARRAY(list->arena, size_t, files.n_items);
	status = list->items && folders ? STATUS_OK : error_no_memory(err);
	for (size_t i = 0; i < files.n_items && status == STATUS_OK; i++)
		if (read_lesson(list, folders, &files.items[i]) != STATUS_OK)
			status = error_no_memory(err);
	sort_by_topic(list);
out:
	if (status != STATUS_OK)
		lesson_list_free(list);
	return status;
}

void lesson_list_free(struct lesson_list *list)
{
	arena_free(list->arena);
	error_list_free(&list->errors);
	*list = (struct lesson_list){0};
}
