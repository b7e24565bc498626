/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_new.c -- `backstep new`: a lesson to start from, commented, or a copy of another one. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "console_private.h"
#include "subcommand_list.h"

#include "backstep/base/file.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/lesson/lesson.h"
#include "backstep/lesson/lesson_find.h"
#include "backstep/lesson/lesson_guide.h"
#include "backstep/text/schema.h"

/* Appends the id of a lesson in this file: the file's name, in the signs that ids have. */
static void add_id(struct strbuf *out, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	const char *dot = strrchr(name, '.');
	size_t len = dot && dot > name ? (size_t)(dot - name) : strlen(name);
	size_t start = out->len;
	for (size_t i = 0; i < len && out->len - start < SCHEMA_MAX_ID; i++) {
		unsigned char c = (unsigned char)name[i];
		if (c < 0x80 && isalnum(c))
			strbuf_add_char(out, (char)tolower(c));
		else if (out->len > start)
			strbuf_add_char(out, '-');
	}
	if (out->len == start)
		strbuf_add(out, "lesson");
}

/* Appends the text of a lesson with another id. */
static void add_renamed(struct strbuf *out, const char *text, const char *file)
{
	const char *key = strncmp(text, "id:", 3) == 0 ? text : strstr(text, "\nid:");
	if (!key) { /* a lesson in braces keeps its own */
		strbuf_add(out, text);
		return;
	}
	const char *value = strchr(key, ':') + 1;
	strbuf_add_len(out, text, (size_t)(value - text));
	strbuf_add_char(out, ' ');
	add_id(out, file);
	strbuf_add(out, value + strcspn(value, "\n"));
}

/* Errors: as lesson_find and lesson_read_bytes. */
static enum status add_copy(struct strbuf *out, const char *lesson, const char *file,
			    struct error *err)
{
	struct strbuf text = {0};
	char *path;
	enum status status = lesson_find(lesson, &path, err);
	if (status)
		return status;
	status = lesson_read_bytes(path, &text, err);
	if (!status)
		add_renamed(out, strbuf_str(&text), file);
	strbuf_free(&text);
	free(path);
	return status;
}

static int run(const struct options *options, char **args, int n_args)
{
	struct strbuf text = {0};
	struct error err = {0};
	enum status status = STATUS_OK;
	char shown[TEXT_EXCERPT];
	(void)n_args;
	if (options->like)
		status = add_copy(&text, options->like, args[0], &err);
	else
		lesson_guide_starter(&text);
	if (!status)
		status = error_n_no_memory() ? error_no_memory(&err)
					     : file_create(args[0], text.data, text.len, &err);
	strbuf_clear(&text);
	strbuf_addf(&text, _("written; edit it, and prove it with: backstep check %s\n"),
		    text_excerpt(shown, args[0]));
	if (!status)
		options_print(options, strbuf_str(&text));
	strbuf_free(&text);
	return status ? options_fail(options, &err) : EXIT_GOOD;
}

const struct subcommand subcommand_new = {
    .name = "new",
    .usage = "[--like LESSON] FILE",
    .summary = N_("write a commented lesson to start from, or a copy of one"),
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
