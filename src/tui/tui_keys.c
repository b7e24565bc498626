/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_keys.c -- the tables of keys. What they type are commands of the language, and those of the
 * screen's own (tui_commands.c). */
#include "tui_keys.h"

#include <string.h>

#include "tui_private.h"

#include <ctype.h>
#include <stdlib.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { KEYS_COLUMNS = 26, COMMAND_COLUMNS = 15 };

static const struct tui_key walk_keys[] = {
    {
	.keys = "right enter space l n",
	.shown = "→",
	.plain = N_("Right"),
	.command = "next",
	.counts = true,
	.summary = N_("next factor"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "left backspace h b",
	.shown = "←",
	.plain = N_("Left"),
	.command = "back",
	.counts = true,
	.summary = N_("back"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "down j",
	.shown = "↓",
	.plain = N_("Down"),
	.command = "chain",
	.summary = N_("whole chain"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "up k",
	.shown = "↑",
	.plain = N_("Up"),
	.command = "back chain",
	.summary = N_("chain's start"),
    },
    {
	.keys = "pagedown",
	.shown = N_("PgDn"),
	.command = "phase",
	.summary = N_("phase"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "pageup",
	.shown = N_("PgUp"),
	.command = "back phase",
	.summary = N_("phase's start"),
    },
    {.keys = "u", .command = "update", .counts = true, .summary = N_("update")},
    {.keys = "e", .command = "epoch", .counts = true, .summary = N_("epoch")},
    {.keys = "c", .command = "continue", .summary = N_("on to the next breakpoint")},
    {
	.keys = "home",
	.shown = N_("Home"),
	.command = "goto 0",
	.summary = N_("back to the start"),
    },
    {
	.keys = "1 2 3 4 5 6 7 8 9 0",
	.shown = "1-9",
	.command = "count",
	.summary = N_("a count for the next key"),
    },
    {.keys = "a", .command = "from", .summary = N_("where this number comes from")},
    {.keys = "f", .command = "show formula", .summary = N_("the whole chain in symbols")},
    {.keys = "v", .command = "show values", .summary = N_("all numbers computed so far")},
    {.keys = "w", .command = "show network", .summary = N_("every unit's formula")},
    {.keys = "t", .command = "show lesson", .summary = N_("the lesson's text")},
    {.keys = "alt-1",
     .shown = "Alt-1",
     .command = "view network",
     .summary = N_("look at the network")},
    {.keys = "alt-2",
     .shown = "Alt-2",
     .command = "view chain",
     .summary = N_("look at the chain")},
    {.keys = "alt-3",
     .shown = "Alt-3",
     .command = "view table",
     .summary = N_("look at the table of parameters")},
    {.keys = "alt-4", .shown = "Alt-4", .command = "view loss", .summary = N_("look at the loss")},
    {.keys = "alt-5",
     .shown = "Alt-5",
     .command = "view plane",
     .summary = N_("look at the answers in the plane")},
    {.keys = "alt-6",
     .shown = "Alt-6",
     .command = "view slope",
     .summary = N_("look at the slope at hand")},
    {.keys = "alt-7",
     .shown = "Alt-7",
     .command = "view map",
     .summary = N_("look at the map of the update")},
    {.keys = "alt-8",
     .shown = "Alt-8",
     .command = "view valley",
     .summary = N_("look at the loss as a valley")},
    {.keys = "alt-9",
     .shown = "Alt-9",
     .command = "view image",
     .summary = N_("look at the row as an image")},
    {.keys = "tab", .shown = "Tab", .command = "view next", .summary = N_("the next view")},
    {.keys = "z", .command = "view zoom", .summary = N_("this view alone, and back")},
    {.keys = "s", .command = "choose", .summary = N_("choose a row of the view, or of the table")},
    {.keys = "o", .command = "lesson", .summary = N_("choose another lesson")},
    {.keys = "ctrl-c", .command = "stop", .summary = N_("stop a long command")},
    {
	.keys = "x",
	.command = "cut",
	.summary = N_("what is cut on the screen, whole"),
	.hint = HINT_IF_CUT,
    },
    {.keys = ":", .command = "prompt", .summary = N_("command"), .hint = HINT_WHERE_ROOM},
    {.keys = "? f1", .shown = "?", .command = "keys", .summary = N_("keys"), .hint = HINT_ALWAYS},
    {.keys = "q", .command = "quit", .summary = N_("quit"), .hint = HINT_WHERE_ROOM},
    {.keys = NULL},
};

static const struct tui_key question_keys[] = {
    {
	.keys = "0 1 2 3 4 5 6 7 8 9 - . ,",
	.shown = "0-9",
	.command = "prompt",
	.summary = N_("type a number"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = "h", .command = "hint", .summary = N_("hint"), .hint = HINT_WHERE_ROOM},
    {.keys = "w", .command = "why", .summary = N_("why"), .hint = HINT_WHERE_ROOM},
    {.keys = "g", .command = "reveal", .summary = N_("give up"), .hint = HINT_WHERE_ROOM},
    {
	.keys = "escape",
	.shown = "Esc",
	.command = "predict off",
	.summary = N_("back to the walk: nothing is asked"),
    },
    {
	.keys = "left backspace b",
	.shown = "←",
	.plain = N_("Left"),
	.command = "back",
	.summary = N_("look back"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = ":", .command = "prompt", .summary = N_("command"), .hint = HINT_WHERE_ROOM},
    {.keys = "? f1", .shown = "?", .command = "keys", .summary = N_("keys"), .hint = HINT_ALWAYS},
    {.keys = NULL},
};

static const struct tui_key choice_keys[] = {
    {
	.keys = "enter right",
	.shown = "Enter",
	.command = "open",
	.summary = N_("open the lesson"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "down j",
	.command = "select 1",
	.counts = true,
	.summary = N_("the lesson after this one"),
    },
    {
	.keys = "up k",
	.command = "select -1",
	.counts = true,
	.summary = N_("the lesson before this one"),
    },
    {
	.keys = "pagedown space",
	.shown = N_("PgDn"),
	.command = "select 10",
	.counts = true,
	.summary = N_("ten lessons on"),
    },
    {
	.keys = "pageup",
	.shown = N_("PgUp"),
	.command = "select -10",
	.counts = true,
	.summary = N_("ten lessons back"),
    },
    {.keys = "g home", .command = "select start", .summary = N_("the first one")},
    {.keys = "G end", .command = "select end", .summary = N_("the last one")},
    {.keys = "/", .command = "prompt find", .summary = N_("search"), .hint = HINT_WHERE_ROOM},
    {.keys = "n", .command = "find", .summary = N_("the next one found")},
    {.keys = "N", .command = "find -", .summary = N_("the one found before")},
    {
	.keys = "1 2 3 4 5 6 7 8 9 0",
	.shown = "1-9",
	.command = "count",
	.summary = N_("a count for the next key"),
    },
    {.keys = "escape o", .command = "close", .summary = N_("back to the lesson that is open")},
    {.keys = "ctrl-c", .command = "stop", .summary = N_("stop a long command")},
    {
	.keys = "x",
	.command = "cut",
	.summary = N_("what is cut on the screen, whole"),
	.hint = HINT_IF_CUT,
    },
    {.keys = ":", .command = "prompt", .summary = N_("command"), .hint = HINT_WHERE_ROOM},
    {.keys = "? f1", .shown = "?", .command = "keys", .summary = N_("keys"), .hint = HINT_ALWAYS},
    {.keys = "q", .command = "quit", .summary = N_("quit"), .hint = HINT_WHERE_ROOM},
    {.keys = NULL},
};

static const struct tui_key page_keys[] = {
    {
	.keys = "pagedown space",
	.shown = N_("PgDn PgUp"),
	.command = "scroll 10",
	.summary = N_("scroll"),
	.counts = true,
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "pageup b",
	.command = "scroll -10",
	.counts = true,
	.summary = N_("scroll back"),
    },
    {.keys = "down j enter", .command = "scroll 1", .counts = true, .summary = N_("one line on")},
    {.keys = "up k", .command = "scroll -1", .counts = true, .summary = N_("one line back")},
    {.keys = "g home", .command = "scroll start", .summary = N_("the beginning")},
    {.keys = "G end", .command = "scroll end", .summary = N_("the end")},
    {.keys = "/", .command = "prompt find", .summary = N_("search"), .hint = HINT_WHERE_ROOM},
    {.keys = "n", .command = "find", .summary = N_("the next one found")},
    {.keys = "N", .command = "find -", .summary = N_("the one found before")},
    {
	.keys = "1 2 3 4 5 6 7 8 9 0",
	.shown = "1-9",
	.command = "count",
	.summary = N_("a count for the next key"),
    },
    {.keys = ":", .command = "prompt", .summary = N_("command")},
    {.keys = "? f1", .shown = "?", .command = "keys", .summary = N_("keys")},
    {.keys = "ctrl-c", .command = "stop", .summary = N_("stop a long command")},
    {
	.keys = "q escape",
	.shown = "q",
	.command = "close",
	.summary = N_("close"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = NULL},
};

/* A remote has two keys that matter; some have more, which are those of a walk. */
static const struct tui_key clicker_keys[] = {
    {
	.keys = "pagedown",
	.shown = N_("PgDn"),
	.command = "next",
	.counts = true,
	.summary = N_("next factor"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "pageup",
	.shown = N_("PgUp"),
	.command = "back",
	.counts = true,
	.summary = N_("back"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = NULL},
};

static const struct tui_key link_keys[] = {
    {
	.keys = "down j",
	.shown = "↓",
	.plain = N_("Down"),
	.command = "pick 1",
	.counts = true,
	.summary = N_("next number"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "up k",
	.shown = "↑",
	.plain = N_("Up"),
	.command = "pick -1",
	.counts = true,
	.summary = N_("the number before"),
    },
    {
	.keys = "enter right",
	.shown = "Enter",
	.command = "follow",
	.summary = N_("its origin"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "escape backspace left",
	.shown = "Esc",
	.command = "return",
	.summary = N_("back"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = NULL},
};

static const struct tui_key rows_keys[] = {
    {
	.keys = "enter right",
	.shown = "Enter",
	.command = "open",
	.summary = N_("go there"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "down j",
	.shown = "↓",
	.plain = N_("Down"),
	.command = "select 1",
	.counts = true,
	.summary = N_("the row after this one"),
    },
    {.keys = "up k", .command = "select -1", .counts = true, .summary = N_("the row before it")},
    {
	.keys = "pagedown space",
	.command = "select 10",
	.counts = true,
	.summary = N_("ten rows on"),
    },
    {.keys = "pageup", .command = "select -10", .counts = true, .summary = N_("ten rows back")},
    {.keys = "g home", .command = "select start", .summary = N_("the first one")},
    {.keys = "G end", .command = "select end", .summary = N_("the last one")},
    {.keys = "/", .command = "prompt find", .summary = N_("search"), .hint = HINT_WHERE_ROOM},
    {.keys = "n", .command = "find", .summary = N_("the next one found")},
    {.keys = "N", .command = "find -", .summary = N_("the one found before")},
    {
	.keys = "1 2 3 4 5 6 7 8 9 0",
	.shown = "1-9",
	.command = "count",
	.summary = N_("a count for the next key"),
    },
    {.keys = "tab", .command = "view next", .summary = N_("the next view")},
    {.keys = "z", .command = "view zoom", .summary = N_("this view alone, and back")},
    {.keys = "ctrl-c", .command = "stop", .summary = N_("stop a long command")},
    {
	.keys = "x",
	.command = "cut",
	.summary = N_("what is cut on the screen, whole"),
	.hint = HINT_IF_CUT,
    },
    {.keys = ":", .command = "prompt", .summary = N_("command")},
    {.keys = "? f1", .shown = "?", .command = "keys", .summary = N_("keys"), .hint = HINT_ALWAYS},
    {
	.keys = "q escape s left",
	.shown = "q",
	.command = "close",
	.summary = N_("close"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = NULL},
};

static const struct tui_key table_keys[] = {
    {
	.keys = "enter right",
	.shown = "Enter",
	.command = "open",
	.summary = N_("its chain"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = "o", .command = "sort", .summary = N_("sort"), .hint = HINT_WHERE_ROOM},
    {.keys = "f", .command = "prompt filter", .summary = N_("filter"), .hint = HINT_WHERE_ROOM},
    {.keys = "/", .command = "prompt find", .summary = N_("search"), .hint = HINT_WHERE_ROOM},
    {.keys = "q escape s left",
     .shown = "q",
     .command = "close",
     .summary = N_("close"),
     .hint = HINT_WHERE_ROOM},
    {.keys = NULL},
};

static const struct tui_key paste_keys[] = {
    {
	.keys = "enter",
	.shown = "Enter",
	.command = "pasted",
	.summary = N_("run the pasted lines"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = "q escape",
     .shown = "q",
     .command = "close",
     .summary = N_("close"),
     .hint = HINT_WHERE_ROOM},
    {.keys = NULL},
};

/* The line editor's own, which types no commands. */
static const struct tui_key prompt_keys[] = {
    {.keys = "enter", .summary = N_("run the line")},
    {.keys = "tab", .summary = N_("complete the word; what is possible is listed")},
    {.keys = "up down", .summary = N_("lines of before")},
    {.keys = "ctrl-r", .summary = N_("search the lines of before")},
    {.keys = "ctrl-_", .summary = N_("take back the last change of the line")},
    {.keys = "ctrl-c", .summary = N_("leave the line; so does Esc where it is empty")},
    {.keys = NULL},
};

static const char *const mode_titles[N_TUI_MODES] = {
    [TUI_WALK] = N_("walk"),
    [TUI_CLICKER] = N_("remote"),
    [TUI_QUESTION] = N_("question"),
    [TUI_CHOICE] = N_("list of lessons"),
    [TUI_PAGE] = N_("page of text"),
    [TUI_PASTE] = N_("pasted lines"),
    [TUI_LINKS] = N_("origin of a number"),
    [TUI_ROWS] = N_("rows of a view"),
    [TUI_TABLE] = N_("table"),
};

const struct tui_key *const tui_keys[N_TUI_MODES] = {
    [TUI_WALK] = walk_keys,     [TUI_CLICKER] = clicker_keys, [TUI_QUESTION] = question_keys,
    [TUI_CHOICE] = choice_keys, [TUI_PAGE] = page_keys,       [TUI_PASTE] = paste_keys,
    [TUI_ROWS] = rows_keys,     [TUI_TABLE] = table_keys,     [TUI_LINKS] = link_keys,
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

const struct tui_key *tui_key_find(enum tui_mode mode, const char *key)
{
	CONTRACT(mode < N_TUI_MODES);
	static const enum tui_mode bases[N_TUI_MODES] = {
	    [TUI_WALK] = TUI_WALK, [TUI_CLICKER] = TUI_WALK,  [TUI_CHOICE] = TUI_CHOICE,
	    [TUI_PAGE] = TUI_PAGE, [TUI_QUESTION] = TUI_WALK, [TUI_PASTE] = TUI_PAGE,
	    [TUI_ROWS] = TUI_ROWS, [TUI_TABLE] = TUI_ROWS,    [TUI_LINKS] = TUI_PAGE};
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

static void add_rows(const struct tui_key *row, struct strbuf *out)
{
	for (; row->keys; row++) {
		const char *command = row->command ? row->command : "";
		strbuf_add(out, "  ");
		text_pad(out, row->keys, KEYS_COLUMNS);
		text_pad(out, tui_command_is_own(command) ? "" : command, COMMAND_COLUMNS);
		strbuf_addf(out, "%s\n", _(row->summary));
	}
}

const char *tui_mode_title(enum tui_mode mode)
{
	return tr(mode_titles[mode]);
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
	add_rows(prompt_keys, out);
	strbuf_addf(out, "\n%s\n", _("Every key types a command; :help explains the commands."));
}
