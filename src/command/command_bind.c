/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_bind.c -- keys of one's own: bind f5 "show values". */
#include <stdio.h>
#include <stdlib.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { KEY_COLUMNS = 16 };

static struct command_binding *find_binding(const struct command_context *context, const char *key)
{
	for (size_t i = 0; i < context->n_bindings; i++)
		if (strcmp(context->bindings[i].key, key) == 0)
			return &context->bindings[i];
	return NULL;
}

static void binding_free(struct command_binding *binding)
{
	free(binding->key);
	free(binding->line);
}

void command_forget_bindings(struct command_context *context)
{
	while (context->n_bindings)
		binding_free(&context->bindings[--context->n_bindings]);
	free(context->bindings);
	context->bindings = NULL;
}

static void unbind(struct command_context *context, struct command_binding *binding)
{
	binding_free(binding);
	*binding = context->bindings[--context->n_bindings];
}

/* Errors: STATUS_NO_MEMORY, with everything as it was. */
static enum status bind(struct command_context *context, const char *key, const char *line,
			size_t len, struct error *err)
{
	struct command_binding *bindings, made = {strdup(key), strndup(line, len)};
	bindings = realloc(context->bindings, (context->n_bindings + 1) * sizeof *bindings);
	context->bindings = bindings ? bindings : context->bindings;
	if (!bindings || !made.key || !made.line) {
		binding_free(&made);
		return error_no_memory(err);
	}
	struct command_binding *old = find_binding(context, key);
	if (old)
		unbind(context, old);
	bindings[context->n_bindings++] = made;
	return STATUS_OK;
}

/* The line without the quotes around it. */
static const char *unquote(const char *line, size_t *len)
{
	*len = strlen(line);
	bool is_quoted = *len >= 2 && *line == '"' && line[*len - 1] == '"';
	*len -= is_quoted ? 2 : 0;
	return line + is_quoted;
}

/* Whether the line begins with a command's name. Errors: STATUS_BAD_INPUT. */
static enum status check_line(const char *line, size_t len, struct error *err)
{
	char name[LABEL_TEXT];
	const struct command *command;
	size_t word = strcspn(line, " \t");
	snprintf(name, sizeof name, "%.*s", (int)(word < len ? word : len), line);
	return command_find(name, &command, err);
}

COMMAND(bind)
{
	char key[LABEL_TEXT];
	const char *line = command_word(args, key, sizeof key);
	struct command_binding *old = find_binding(context, key);
	size_t len;
	if (!*key && context->n_bindings == 0)
		strbuf_add(&context->out, _("no key has a command of yours; ? lists the keys\n"));
	if (!*key) {
		command_print_bindings(context, &context->out);
		return STATUS_OK;
	}
	line = unquote(line, &len);
	if (len > 0) {
		enum status status = check_line(line, len, err);
		return status ? status : bind(context, key, line, len, err);
	}
	if (!old) {
		error_set(err, STATUS_BAD_INPUT, _("%s has no command of yours"), key);
		error_hint(err, _("for example: bind f5 \"show values\""));
		return STATUS_BAD_INPUT;
	}
	unbind(context, old);
	return STATUS_OK;
}

const char *command_bound(const struct command_context *context, const char *key)
{
	const struct command_binding *binding = find_binding(context, key);
	return binding ? binding->line : NULL;
}

void command_print_bindings(const struct command_context *context, struct strbuf *out)
{
	for (size_t i = 0; i < context->n_bindings; i++) {
		strbuf_add(out, "  ");
		text_pad(out, context->bindings[i].key, KEY_COLUMNS);
		strbuf_addf(out, "%s\n", context->bindings[i].line);
	}
}

const struct command command_bind = {
    .name = "bind",
    .aliases = "asignar",
    .usage = N_("[KEY [COMMAND]]"),
    .summary = N_("a key of the full screen gets a command of yours; alone lists them"),
    .run = run_bind,
    .more =
	N_("Keys are called as ? lists them: f5, alt-x, ctrl-t, a. On a walk they then type the "
	   "command; without one the key means again what it did. Lines like these, and set, "
	   "stand in backstep/config in the folder of your settings (XDG_CONFIG_HOME, "
	   "~/.config), which is read where a person types, never by scripts."),
};
