/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.c -- a file of commands is read as scripts are; its answers are not shown. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/paths.h"
#include "script_text.h"

static void add_remark(struct error *err, struct strbuf *remarks)
{
	error_print(err, remarks);
	strbuf_add_char(remarks, '\n');
}

static void run_line(struct command_context *context, const char *path, size_t number,
		     const char *line, struct strbuf *remarks)
{
	command_exec(context, line);
	for (size_t i = 0; i < context->errors.n_items; i++) {
		error_at(&context->errors.items[i], path, number, 0);
		add_remark(&context->errors.items[i], remarks);
	}
	error_list_free(&context->errors);
	strbuf_clear(&context->out);
}

static void run_file(struct command_context *context, const char *path, FILE *file,
		     struct strbuf *remarks)
{
	struct strbuf text = {0};
	struct error err = {0};
	size_t number = 0;
	if (script_text_read(file, path, &text, &err))
		add_remark(&err, remarks);
	else
		for (char *line = text.data, *end; line && *line; line = end) {
			end = line + strcspn(line, "\n");
			end += *end ? (*end = '\0', 1) : 0;
			run_line(context, path, ++number, line, remarks);
		}
	strbuf_free(&text);
}

void config_run(struct command_context *context, struct strbuf *remarks)
{
	char *path = paths_xdg("XDG_CONFIG_HOME", ".config", "config");
	FILE *file = path ? fopen(path, "re") : NULL;
	if (file) {
		run_file(context, path, file, remarks);
		fclose(file);
	}
	free(path);
}
