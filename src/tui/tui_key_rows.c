/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_key_rows.c -- the tables of keys. What they type are commands of the language, and those of
 * the screen's own (tui_commands.c). */
#include "tui_keys.h"

#include "backstep/base/i18n.h"

/* What several modes have. */
#define KEY_COUNT                                                                  \
	{                                                                          \
		.keys = "1 2 3 4 5 6 7 8 9 0", .shown = "1-9", .command = "count", \
		.takes_key = true, .summary = N_("a count for the next key"),      \
	}
#define KEY_CUT                                                                                   \
	{                                                                                         \
		.keys = "x", .command = "cut", .summary = N_("what is cut on the screen, whole"), \
		.hint = HINT_IF_CUT,                                                              \
	}
#define KEYS_FIND                                                                                  \
	{.keys = "/", .command = "prompt find", .summary = N_("search"), .hint = HINT_WHERE_ROOM}, \
	    {.keys = "n", .command = "find", .summary = N_("the next one found")},                 \
	{                                                                                          \
		.keys = "N", .command = "find -", .summary = N_("the one found before")            \
	}

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
    {.keys = "p", .command = "play", .counts = true, .summary = N_("steps go by themselves")},
    {.keys = "c", .command = "continue", .summary = N_("on to the next breakpoint")},
    {
	.keys = "home",
	.shown = N_("Home"),
	.command = "goto 0",
	.summary = N_("back to the start"),
    },
    KEY_COUNT,
    {
	.keys = "- , .",
	.shown = ".",
	.command = "number",
	.takes_key = true,
	.summary = N_("a number: an answer to the step that is shown"),
    },
    {.keys = "a", .command = "from", .summary = N_("where this number comes from")},
    {.keys = "i", .command = "point", .summary = N_("choose a number on the screen")},
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
    KEY_CUT,
    {.keys = ":", .command = "prompt", .summary = N_("command"), .hint = HINT_WHERE_ROOM},
    {.keys = "? f1", .shown = "?", .command = "keys", .summary = N_("keys"), .hint = HINT_ALWAYS},
    {.keys = "q", .command = "quit", .summary = N_("quit"), .hint = HINT_WHERE_ROOM},
    {.keys = NULL},
};

static const struct tui_key question_keys[] = {
    {
	.keys = "0 1 2 3 4 5 6 7 8 9 - . , (",
	.shown = "0-9",
	.command = "prompt",
	.summary = N_("a number"),
	.hint = HINT_ALWAYS,
    },
    {.keys = "h", .command = "hint", .summary = N_("hint"), .hint = HINT_ALWAYS},
    {.keys = "w", .command = "why", .summary = N_("why"), .hint = HINT_ALWAYS},
    {.keys = "g", .command = "reveal", .summary = N_("give up"), .hint = HINT_ALWAYS},
    {
	.keys = "escape",
	.shown = "Esc",
	.command = "predict off",
	.summary = N_("stop asking"),
	.hint = HINT_ALWAYS,
    },
    {
	.keys = "left backspace b",
	.shown = "←",
	.plain = N_("Left"),
	.command = "back",
	.summary = N_("look back"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = ":",
	.command = "prompt",
	.summary = N_("a formula, or a command"),
	.hint = HINT_WHERE_ROOM,
    },
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
    KEYS_FIND,
    KEY_COUNT,
    {.keys = "escape o", .command = "close", .summary = N_("back to the lesson that is open")},
    {.keys = "ctrl-c", .command = "stop", .summary = N_("stop a long command")},
    KEY_CUT,
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
    KEYS_FIND,
    KEY_COUNT,
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
	.summary = N_("the next one"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "up k",
	.shown = "↑",
	.plain = N_("Up"),
	.command = "pick -1",
	.counts = true,
	.summary = N_("the one before"),
    },
    {
	.keys = "enter right",
	.shown = "Enter",
	.command = "follow",
	.summary = N_("go there"),
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
    KEYS_FIND,
    KEY_COUNT,
    {.keys = "tab", .command = "view next", .summary = N_("the next view")},
    {.keys = "z", .command = "view zoom", .summary = N_("this view alone, and back")},
    {.keys = "ctrl-c", .command = "stop", .summary = N_("stop a long command")},
    KEY_CUT,
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

static const struct tui_key number_keys[] = {
    {
	.keys = "enter",
	.shown = "Enter",
	.command = "ask",
	.summary = N_("where it comes from"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "right l tab",
	.shown = "→",
	.plain = N_("Right"),
	.command = "point 1",
	.counts = true,
	.summary = N_("the next one"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "left h backtab",
	.shown = "←",
	.plain = N_("Left"),
	.command = "point -1",
	.counts = true,
	.summary = N_("the one before"),
	.hint = HINT_WHERE_ROOM,
    },
    {
	.keys = "down j",
	.shown = "↓",
	.plain = N_("Down"),
	.command = "point down",
	.summary = N_("the one below"),
	.hint = HINT_WHERE_ROOM,
    },
    {.keys = "up k", .command = "point up", .summary = N_("the one above")},
    {.keys = "g home", .command = "point start", .summary = N_("the first one")},
    {.keys = "G end", .command = "point end", .summary = N_("the last one")},
    {
	.keys = "q escape i",
	.shown = "q",
	.command = "close",
	.summary = N_("close"),
	.hint = HINT_WHERE_ROOM,
    },
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
const struct tui_key tui_prompt_keys[] = {
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
    [TUI_LINKS] = N_("lines that lead on"),
    [TUI_ROWS] = N_("rows of a view"),
    [TUI_TABLE] = N_("table"),
    [TUI_NUMBERS] = N_("numbers on the screen"),
};

const struct tui_key *const tui_keys[N_TUI_MODES] = {
    [TUI_WALK] = walk_keys,      [TUI_CLICKER] = clicker_keys, [TUI_QUESTION] = question_keys,
    [TUI_CHOICE] = choice_keys,  [TUI_PAGE] = page_keys,       [TUI_PASTE] = paste_keys,
    [TUI_ROWS] = rows_keys,      [TUI_TABLE] = table_keys,     [TUI_LINKS] = link_keys,
    [TUI_NUMBERS] = number_keys,
};

const char *tui_mode_title(enum tui_mode mode)
{
	return tr(mode_titles[mode]);
}
