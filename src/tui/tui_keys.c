/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_keys.c -- the table of keys. Commands that start with ':' are the full screen's own: the
 * prompt, the list of keys, the list of lessons. */
#include "tui_keys.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

const struct tui_key tui_key_table[] = {
    {"right enter space l n", "→", "Right", "next", N_("next factor"), true},
    {"left backspace h b", "←", "Left", "back", N_("back"), true},
    {"down j", "↓", "Down", "chain", N_("whole chain"), true},
    {"up k", "↑", "Up", "back chain", N_("chain's start"), false},
    {"pagedown", "PgDn", NULL, "phase", N_("phase"), true},
    {"pageup", "PgUp", NULL, "back phase", N_("phase's start"), false},
    {"u", NULL, NULL, "update", N_("update"), false},
    {"e", NULL, NULL, "epoch", N_("epoch"), false},
    {"c", NULL, NULL, "continue", N_("on to the next breakpoint"), false},
    {"home", "Home", NULL, "goto 0", N_("back to the start"), false},
    {"f", NULL, NULL, "show formula", N_("the whole chain in symbols"), false},
    {"v", NULL, NULL, "show values", N_("all numbers computed so far"), false},
    {"w", NULL, NULL, "show network", N_("every unit's formula"), false},
    {"t", NULL, NULL, "show lesson", N_("the lesson's text"), false},
    {"o", NULL, NULL, ":lessons", N_("choose another lesson"), false},
    {"ctrl-c", NULL, NULL, ":stop", N_("stop a long command"), false},
    {":", NULL, NULL, ":prompt", N_("command"), true},
    {"? f1", "?", NULL, ":keys", N_("keys"), true},
    {"q", NULL, NULL, "quit", N_("quit"), true},
    {0},
};

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

const char *tui_key_command(const char *key)
{
	for (const struct tui_key *row = tui_key_table; row->keys; row++)
		if (has_key(row->keys, key))
			return row->command;
	return NULL;
}

/* At a question these mean something else. */
static const struct {
	const char *key, *command;
} question_keys[] = {{"h", "hint"}, {"w", "why"}, {"g", "reveal"}};

const char *tui_question_command(const char *key)
{
	for (size_t i = 0; i < sizeof question_keys / sizeof *question_keys; i++)
		if (strcmp(question_keys[i].key, key) == 0)
			return question_keys[i].command;
	return NULL;
}

size_t tui_key_hints(struct view_hint *hints, size_t max, bool ascii)
{
	size_t n = 0;
	for (const struct tui_key *row = tui_key_table; row->keys && n < max; row++)
		if (row->hint)
			hints[n++] = (struct view_hint){ascii && row->plain ? row->plain
							: row->shown        ? row->shown
									    : row->keys,
							row->summary};
	return n;
}

void tui_key_help(struct strbuf *out)
{
	for (const struct tui_key *row = tui_key_table; row->keys; row++) {
		strbuf_add(out, "  ");
		text_pad(out, row->keys, 26);
		text_pad(out, *row->command == ':' ? "" : row->command, 15);
		strbuf_addf(out, "%s\n", _(row->summary));
	}
	strbuf_addf(out, "%s\n", _("Every key types a command; :help explains the commands."));
}
