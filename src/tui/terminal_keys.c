/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_keys.c -- curses' key codes and bytes -> keys.
 *
 * Bytes are put together to characters here and not by wget_wch, which loses the start of a
 * character whose end has not arrived. To name another key: a row in function_names or
 * character_names. */
#include "terminal_keys.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/text.h"
#include "terminal_screen.h"

enum {
	ESCAPE = 0x1B,
	FUNCTION_KEYS = 24,
	PASTE_BEGIN = KEY_MAX + 1, /* codes of our own */
	PASTE_END,
	GROUND_BEGIN,
	PASTE_MOST = 1 << 20, /* bytes; what comes after them is dropped */
	GROUND_MOST = 40,
};

struct key_name {
	int code;
	const char *name;
};

static const struct key_name function_names[] = {
    {KEY_LEFT, "left"},
    {KEY_RIGHT, "right"},
    {KEY_UP, "up"},
    {KEY_DOWN, "down"},
    {KEY_PPAGE, "pageup"},
    {KEY_NPAGE, "pagedown"},
    {KEY_HOME, "home"},
    {KEY_END, "end"},
    {KEY_FIND, "home"},
    {KEY_SELECT, "end"},
    {KEY_ENTER, "enter"},
    {KEY_BTAB, "backtab"},
    {KEY_BACKSPACE, "backspace"},
    {KEY_DC, "delete"},
    {KEY_IC, "insert"},
    {KEY_SLEFT, "shift-left"},
    {KEY_SRIGHT, "shift-right"},
    {KEY_SR, "shift-up"},
    {KEY_SF, "shift-down"},
};

/* The others below 0x20 are ctrl-a ... ctrl-_. */
static const struct key_name character_names[] = {
    {'\0', "ctrl-space"}, {'\b', "backspace"}, {'\t', "tab"},  {'\n', "enter"},
    {'\r', "enter"},      {ESCAPE, "escape"},  {' ', "space"}, {0x7F, "backspace"},
};

/* There is one keyboard. Owns: pasted. */
static struct {
	WINDOW *window;
	bool pasting;
	struct strbuf pasted;
	char before; /* the first byte of the key that was pasted before this one */
	int pushed;  /* a code that was read too early, or ERR */
	bool alt;    /* an escape came right before what is read now */
	enum {
		ANSWER_NONE,
		ANSWER_ASKED,
		ANSWER_TEXT,
		ANSWER_END
	} answer;                     /* how far it has come */
	char ground[GROUND_MOST + 1]; /* its text so far */
	char partial[5];              /* the start of a character */
	size_t n_partial;
} keys;

enum status terminal_keys_open(struct error *err)
{
	/* Reading from a pad never refreshes the screen, as reading from a window would. */
	keys.window = newpad(1, 1);
	if (!keys.window)
		return error_no_memory(err);
	keypad(keys.window, TRUE);
	nodelay(keys.window, TRUE);
	define_key("\033[200~", PASTE_BEGIN);
	define_key("\033[201~", PASTE_END);
	define_key("\033]11;", GROUND_BEGIN);
	keys.pushed = ERR;
	keys.alt = false;
	keys.n_partial = 0;
	keys.answer = ANSWER_NONE;
	return STATUS_OK;
}

void terminal_keys_ask_ground(void)
{
	fputs("\033]11;?\033\\", stdout);
	fflush(stdout);
	keys.answer = ANSWER_ASKED;
}

void terminal_keys_close(void)
{
	if (keys.window)
		delwin(keys.window);
	keys.window = NULL;
	if (keys.answer != ANSWER_NONE) /* the shell has no use for it */
		flushinp();
	strbuf_free(&keys.pasted);
	keys.pasting = false;
}

static int code_read(void)
{
	int code = keys.pushed;
	keys.pushed = ERR;
	return code == ERR ? wgetch(keys.window) : code;
}

static const char *name_find(const struct key_name *rows, size_t n, int code)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].code == code)
			return rows[i].name;
	return NULL;
}

/* Appends what fits; the rest of text is 0. */
static void text_add(char text[KEY_TEXT], const char *s)
{
	size_t len = strlen(text);
	memcpy(text + len, s, strnlen(s, KEY_TEXT - 1 - len));
}

/* Returns false for codes that are no key (a change of size). */
static bool function_fill(struct terminal_key *key, int code)
{
	const char *name =
	    name_find(function_names, sizeof function_names / sizeof *function_names, code);
	char number[8], *bytes = keybound(code, 0);
	bool is_key = name || bytes;
	if (!name && code > KEY_F0 && code <= KEY_F(FUNCTION_KEYS)) {
		snprintf(number, sizeof number, "f%d", code - KEY_F0);
		name = number;
	}
	text_add(key->name, name ? name : "");
	text_add(key->bytes, bytes ? bytes : "");
	free(bytes);
	key->is_function = true;
	return is_key;
}

static void character_fill(struct terminal_key *key, const char *utf8)
{
	unsigned char first = (unsigned char)*utf8;
	char letter = (char)(first + (first <= 26 ? 'a' - 1 : '@'));
	const char control[] = {'c', 't', 'r', 'l', '-', letter, '\0'};
	const char *name =
	    name_find(character_names, sizeof character_names / sizeof *character_names, first);
	if (!name && first < 0x20)
		name = control;
	text_add(key->name, name ? name : utf8);
	text_add(key->bytes, utf8);
}

/* How many bytes a character has that starts with this one; 0 for none. */
static size_t character_size(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* Adds a byte to the character that is arriving; true when it is whole. What is not UTF-8 is
 * dropped. */
static bool character_add(struct terminal_key *key, int byte)
{
	uint32_t code;
	bool valid;
	if ((byte & 0xC0) != 0x80)
		keys.n_partial = 0;
	if (keys.n_partial == 0 && character_size((unsigned char)byte) == 0)
		return false;
	keys.partial[keys.n_partial++] = (char)byte;
	keys.partial[keys.n_partial] = '\0';
	if (keys.n_partial < character_size((unsigned char)keys.partial[0]))
		return false;
	valid = utf8_decode(keys.partial, keys.n_partial, &code) > 0;
	keys.n_partial = 0;
	if (valid)
		character_fill(key, keys.partial);
	return valid;
}

/* Escape alone is a key; before another one it is that terminal's way to say Alt. */
static bool escape_read(struct terminal_key *key)
{
	keys.pushed = code_read();
	keys.alt = keys.pushed != ERR && keys.pushed != ESCAPE;
	if (!keys.alt)
		character_fill(key, "\033");
	return !keys.alt;
}

static void alt_add(struct terminal_key *key)
{
	struct terminal_key plain = *key;
	*key = (struct terminal_key){.is_function = plain.is_function};
	text_add(key->name, plain.name[0] ? "alt-" : "");
	text_add(key->name, plain.name);
	text_add(key->bytes, "\033");
	text_add(key->bytes, plain.bytes);
}

/* A key that came while text is pasted is text; a line that ends in \r\n ends once. */
static void paste_add(const struct terminal_key *key)
{
	char first = key->bytes[0];
	bool ends_line = first == '\r' || first == '\n';
	if (key->is_function || keys.alt || keys.pasted.len >= PASTE_MOST)
		return;
	if (first == '\t')
		strbuf_add_char(&keys.pasted, ' ');
	else if (ends_line && !(first == '\n' && keys.before == '\r'))
		strbuf_add_char(&keys.pasted, '\n');
	else if (!ends_line && (unsigned char)first >= ' ' && first != 0x7F)
		strbuf_add(&keys.pasted, key->bytes);
	keys.before = first;
}

/* "rgb:ffff/ffff/dddd": how bright it is, from 0 to 1; -1 where it is something else. */
static double ground_brightness(const char *text)
{
	static const double shares[] = {0.2126, 0.7152, 0.0722}; /* ITU-R BT.709 */
	double brightness = 0.0;
	text = strchr(text, ':');
	for (size_t k = 0; text && k < sizeof shares / sizeof *shares; k++) {
		char *end;
		unsigned long part = strtoul(++text, &end, 16);
		if (end == text || end - text > 4)
			return -1.0;
		brightness += shares[k] * (double)part / (double)((1UL << (4 * (end - text))) - 1);
		text = end;
	}
	return text ? brightness : -1.0;
}

/* One more byte of the terminal's answer, which ends with BEL, or with escape and a backslash. */
static void answer_add(int code)
{
	size_t len = strlen(keys.ground);
	if (keys.answer == ANSWER_END || code == '\a' || code == ESCAPE) {
		keys.answer = code == ESCAPE ? ANSWER_END : ANSWER_NONE;
		double brightness = ground_brightness(keys.ground);
		if (brightness >= 0.0)
			terminal_screen_set_ground(brightness < 0.5 ? THEME_DARK : THEME_LIGHT);
	} else if (len < GROUND_MOST && code < KEY_MIN) {
		keys.ground[len] = (char)code;
		keys.ground[len + 1] = '\0';
	}
}

/* Whether the byte belongs to the terminal's answer. */
static bool answer_read(int code)
{
	bool is_start = code == GROUND_BEGIN, is_in = keys.answer >= ANSWER_TEXT;
	if (is_start) {
		keys.answer = ANSWER_TEXT;
		keys.ground[0] = '\0';
	} else if (is_in) {
		answer_add(code);
	}
	return is_start || is_in;
}

/* A whole key, or the mark of one that begins or ends a paste; false where none waits. */
static bool key_read(struct terminal_key *key, int *mark)
{
	bool whole = false;
	int code;
	*key = (struct terminal_key){0};
	*mark = 0;
	while (!whole && (code = code_read()) != ERR) {
		if (answer_read(code))
			continue;
		if (code == PASTE_BEGIN || code == PASTE_END)
			whole = (*mark = code) != 0;
		else if (code == ESCAPE && !keys.alt)
			whole = escape_read(key);
		else if (code >= KEY_MIN)
			whole = function_fill(key, code);
		else
			whole = character_add(key, code);
	}
	return whole;
}

bool terminal_keys_read(struct terminal_key *key)
{
	int mark;
	while (key_read(key, &mark)) {
		bool was_pasting = keys.pasting, is_alt = keys.alt;
		if (was_pasting && !mark)
			paste_add(key);
		keys.alt = false;
		if (mark) {
			keys.pasting = mark == PASTE_BEGIN;
			keys.before = '\0';
		} else if (!was_pasting) {
			if (is_alt)
				alt_add(key);
			return true;
		}
		if (was_pasting && !keys.pasting) {
			text_add(key->name, TERMINAL_PASTE);
			return true;
		}
	}
	return false;
}

void terminal_keys_take_paste(struct strbuf *text)
{
	strbuf_free(text);
	*text = keys.pasted;
	keys.pasted = (struct strbuf){0};
}

void terminal_keys_drop_paste(void)
{
	keys.pasting = false;
	strbuf_clear(&keys.pasted);
}
