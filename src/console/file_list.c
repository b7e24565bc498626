/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file_list.c -- arguments into files. */
#include "file_list.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "backstep/base/i18n.h"
#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"

/* Takes name, also where it fails. */
static enum status add(struct file_list *list, char *name, struct error *err)
{
	char **names = realloc(list->names, (list->n_names + 1) * sizeof *names);
	if (names)
		list->names = names;
	if (!names || !name) {
		free(name);
		return error_no_memory(err);
	}
	names[list->n_names++] = name;
	return STATUS_OK;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool ends_with(const char *name, const char *suffix)
{
	size_t len = strlen(name), tail = strlen(suffix);
	return len > tail && strcmp(name + len - tail, suffix) == 0;
}

static enum status add_folder(struct file_list *list, const char *folder, const char *suffix,
			      struct error *err)
{
	char shown[TEXT_EXCERPT];
	enum status status = STATUS_OK;
	size_t before = list->n_names;
	DIR *dir = opendir(folder);
	if (!dir)
		return error_set(err, STATUS_IO, _("%s cannot be read: %s"),
				 text_excerpt(shown, folder), error_reason(errno));
	for (struct dirent *entry; !status && (entry = readdir(dir));) {
		struct strbuf path = {0};
		if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix))
			continue;
		strbuf_addf(&path, "%s%s%s", folder, ends_with(folder, "/") ? "" : "/",
			    entry->d_name);
		status = add(list, path.failed ? NULL : strdup(path.data), err);
		strbuf_free(&path);
	}
	closedir(dir);
	if (!status && list->n_names == before)
		status = error_set(err, STATUS_BAD_INPUT, _("there is no %s file in %s"), suffix,
				   text_excerpt(shown, folder));
	if (list->n_names > before)
		qsort(list->names + before, list->n_names - before, sizeof *list->names, compare);
	return status;
}

int file_list_make(struct file_list *list, const struct options *options, char *const *args,
		   int n_args, const char *suffix)
{
	int code = EXIT_GOOD;
	*list = (struct file_list){0};
	for (int i = 0; i < n_args; i++) {
		struct stat info;
		struct error err = {0};
		bool is_folder = stat(args[i], &info) == 0 && S_ISDIR(info.st_mode);
		if (is_folder ? add_folder(list, args[i], suffix, &err)
			      : add(list, strdup(args[i]), &err))
			code = options_fail(options, &err);
	}
	return code;
}

void file_list_free(struct file_list *list)
{
	for (size_t i = 0; i < list->n_names; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct file_list){0};
}
