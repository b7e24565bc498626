/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_keys.c -- which row a key is in, what it types, and the page that lists them. */
#include "tui_keys.h"

#include <stdlib.h>
#include <string.h>

#include "tui_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { KEYS_COLUMNS = 26, COMMAND_COLUMNS = 15, SUMMARY_COLUMNS = 35 };

static bool has_key(const char *keys, const char *key)
{
	size_t len = strlen(key);
	while (*keys) {
		size_t n = strcspn(keys, " ");
		if (n == len && strncmp(keys, key, len) == 0)
			return true;
		keys += n + (keys[n] == ' ');
	}
	return false;
}

const struct tui_key *tui_key_find(enum tui_mode mode, const char *key)
{
	CONTRACT(mode < N_TUI_MODES);
	static const enum tui_mode bases[N_TUI_MODES] = {
	    [TUI_WALK] = TUI_WALK,   [TUI_CLICKER] = TUI_WALK,  [TUI_CHOICE] = TUI_CHOICE,
	    [TUI_PAGE] = TUI_PAGE,   [TUI_QUESTION] = TUI_WALK, [TUI_PASTE] = TUI_PAGE,
	    [TUI_ROWS] = TUI_ROWS,   [TUI_TABLE] = TUI_ROWS,    [TUI_LINKS] = TUI_PAGE,
	    [TUI_NUMBERS] = TUI_ROWS};
	const struct tui_key *row = tui_keys[mode];
	while (row->keys && !has_key(row->keys, key))
		row++;
	if (!row->keys && bases[mode] != mode)
		return tui_key_find(bases[mode], key);
	return row->keys ? row : NULL;
}

void tui_key_type(const struct tui_key *key, size_t count, struct strbuf *line)
{
	const char *command = key->command, *last = strrchr(command, ' ');
	if (count == 0 || !key->counts)
		strbuf_add(line, command);
	else if (last) /* so many times what one press does */
		strbuf_addf(line, "%.*s %ld", (int)(last - command), command,
			    atol(last + 1) * (long)count);
	else
		strbuf_addf(line, "%s %zu", command, count);
}

/* How a key is written. */
static const char *shown(const struct tui_key *row, bool ascii)
{
	const char *written = ascii && row->plain ? row->plain : row->shown;
	return written ? tr(written) : row->keys;
}

const char *tui_key_of(const char *command, bool ascii)
{
	static const enum tui_mode modes[] = {TUI_WALK, TUI_QUESTION};
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		for (const struct tui_key *row = tui_keys[modes[i]]; row->keys; row++)
			if (strcmp(row->command, command) == 0)
				return shown(row, ascii);
	return NULL;
}

size_t tui_key_hints(enum tui_mode mode, struct view_hint *hints, size_t max, bool ascii)
{
	size_t n = 0;
	for (const struct tui_key *row = tui_keys[mode]; row->keys && n < max; row++)
		if (row->hint)
			hints[n++] = (struct view_hint){shown(row, ascii), row->summary, row->hint};
	return n;
}

/* What a row says is wrapped in its own column of a screen of 80. */
static void add_line(void *ctx, const char *text, size_t len)
{
	struct strbuf *out = ctx;
	if (out->len && out->data[out->len - 1] == '\n')
		strbuf_repeat(out, " ", 2 + KEYS_COLUMNS + COMMAND_COLUMNS);
	strbuf_add_len(out, text, len);
	strbuf_add_char(out, '\n');
}

static void add_rows(const struct tui_key *row, struct strbuf *out)
{
	for (; row->keys; row++) {
		const char *command = row->command ? row->command : "";
		strbuf_add(out, "  ");
		text_pad(out, row->keys, KEYS_COLUMNS);
		text_pad(out, tui_command_is_own(command) ? "" : command, COMMAND_COLUMNS);
		text_wrap(_(row->summary), SUMMARY_COLUMNS, add_line, out);
	}
}

void tui_key_help(enum tui_mode mode, struct strbuf *out)
{
	add_rows(tui_keys[mode], out);
	for (enum tui_mode other = 0; other < N_TUI_MODES; other++) {
		if (other == mode)
			continue;
		strbuf_addf(out, "\n%s\n", tui_mode_title(other));
		add_rows(tui_keys[other], out);
	}
	strbuf_addf(out, "\n%s\n", _("command line"));
	add_rows(tui_prompt_keys, out);
	strbuf_addf(out, "\n%s\n", _("Every key types a command; :help explains the commands."));
}
