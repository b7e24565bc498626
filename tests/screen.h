/* SPDX-License-Identifier: GPL-3.0-or-later */
/* screen.h -- what stands on the screen of a pty_session: a small terminal, enough of an xterm for
 * what curses sends to one.
 *
 * It has no colours and no attributes; tests that care for those look into the session's output.
 * An escape sequence that it does not know fails the test, so that nothing is shown by luck. */
#ifndef BACKSTEP_TESTS_SCREEN_H
#define BACKSTEP_TESTS_SCREEN_H

#include "pty_session.h"

#include "backstep/base/text.h"

enum { SCREEN_ROWS = 60, SCREEN_COLUMNS = 200, SCREEN_CELL = 16, SCREEN_PARAMETERS = 16 };

struct screen {
	struct pty *pty;
	int rows, columns, row, column;
	int top, bottom; /* of the scrolling region */
	char cells[SCREEN_ROWS][SCREEN_COLUMNS][SCREEN_CELL];
	char last[SCREEN_CELL]; /* the character printed last, which may be repeated */
	size_t n_read;          /* bytes of the session's output that are on the screen */
};

static inline void screen_clear(struct screen *screen, int row, int from, int to)
{
	for (int column = from; column < to && row >= 0 && row < SCREEN_ROWS; column++)
		strcpy(screen->cells[row][column], " ");
}

static inline void screen_clear_rows(struct screen *screen, int from, int to)
{
	for (int row = from; row < to; row++)
		screen_clear(screen, row, 0, SCREEN_COLUMNS);
}

/* Moves the rows from top to bottom by n (up where positive). */
static inline void screen_scroll(struct screen *screen, int top, int bottom, int n)
{
	int height = bottom - top + 1, by = abs(n) < height ? abs(n) : height;
	size_t row_size = sizeof *screen->cells, kept = (size_t)(height - by) * row_size;
	if (n > 0)
		memmove(screen->cells + top, screen->cells + top + by, kept);
	else
		memmove(screen->cells + top + by, screen->cells + top, kept);
	screen_clear_rows(screen, n > 0 ? bottom + 1 - by : top, n > 0 ? bottom + 1 : top + by);
}

static inline void screen_put(struct screen *screen, const char *s, size_t len, int columns)
{
	size_t have;
	if (columns == 0) { /* a combining mark belongs to the character before */
		char *cell = screen->cells[screen->row][screen->column ? screen->column - 1 : 0];
		have = strlen(cell);
		if (have + len < SCREEN_CELL)
			memcpy(cell + have, s, len), cell[have + len] = '\0';
		return;
	}
	if (screen->column + columns > screen->columns) {
		screen->column = 0;
		screen->row += screen->row + 1 < screen->rows;
	}
	memmove(screen->last, s, len); /* s may be last itself */
	screen->last[len] = '\0';
	strcpy(screen->cells[screen->row][screen->column], screen->last);
	for (int i = 1; i < columns; i++)
		screen->cells[screen->row][screen->column + i][0] = '\0';
	screen->column += columns;
}

static inline void screen_control(struct screen *screen, char c)
{
	switch (c) {
	case '\r':
		screen->column = 0;
		break;
	case '\n':
		if (screen->row == screen->bottom)
			screen_scroll(screen, screen->top, screen->bottom, 1);
		else
			screen->row += screen->row + 1 < screen->rows;
		break;
	case '\b':
		screen->column -= screen->column > 0;
		break;
	case '\t':
		screen->column = screen->column / 8 * 8 + 8;
		break;
	default: /* a bell, a shift */
		break;
	}
}

static inline int screen_clip(int value, int end)
{
	return value < 0 ? 0 : value >= end ? end - 1 : value;
}

/* Sequences that erase: J, K, X. */
static inline void screen_erase(struct screen *screen, char final, int how)
{
	int row = screen->row, column = screen->column;
	if (final == 'X') {
		screen_clear(screen, row, column,
			     screen_clip(column + (how ? how : 1), SCREEN_COLUMNS));
		return;
	}
	screen_clear(screen, row, how == 0 ? column : 0, how == 1 ? column + 1 : SCREEN_COLUMNS);
	if (final == 'J' && how != 1)
		screen_clear_rows(screen, row + 1, SCREEN_ROWS);
	if (final == 'J' && how != 0)
		screen_clear_rows(screen, 0, row);
}

/* Sequences that move cells within the row: @ and P. */
static inline void screen_shift(struct screen *screen, char final, int n)
{
	char(*row)[SCREEN_CELL] = screen->cells[screen->row];
	int left = screen->columns - screen->column;
	size_t kept = (size_t)(left - (n < left ? n : left)) * SCREEN_CELL;

	if (final == '@') {
		memmove(row + screen->column + n, row + screen->column, kept);
		screen_clear(screen, screen->row, screen->column, screen->column + n);
	} else {
		memmove(row + screen->column, row + screen->column + n, kept);
		screen_clear(screen, screen->row, screen->columns - n, screen->columns);
	}
}

/* Sequences that move the cursor. Returns whether it is one of them. */
static inline bool screen_move(struct screen *screen, char final, const int *p)
{
	int n = p[0] ? p[0] : 1, row = screen->row, column = screen->column;
	switch (final) {
	case 'A':
		row -= n;
		break;
	case 'B':
		row += n;
		break;
	case 'C':
		column += n;
		break;
	case 'D':
		column -= n;
		break;
	case 'G':
		column = n - 1;
		break;
	case 'd':
		row = n - 1;
		break;
	case 'H':
		row = n - 1;
		column = p[1] ? p[1] - 1 : 0;
		break;
	default:
		return false;
	}
	screen->row = screen_clip(row, screen->rows);
	screen->column = screen_clip(column, screen->columns);
	return true;
}

static inline void screen_sequence(struct screen *screen, char final, bool is_private, const int *p)
{
	int n = p[0] ? p[0] : 1;
	if (is_private || strchr("mhltnc", final) || screen_move(screen, final, p))
		return;
	if (strchr("JKX", final))
		screen_erase(screen, final, p[0]);
	else if (strchr("@P", final))
		screen_shift(screen, final, n);
	else if (strchr("LM", final))
		screen_scroll(screen, screen->row, screen->bottom, final == 'M' ? n : -n);
	else if (strchr("ST", final))
		screen_scroll(screen, screen->top, screen->bottom, final == 'S' ? n : -n);
	else if (final == 'b')
		while (n-- > 0)
			screen_put(screen, screen->last, strlen(screen->last),
				   (int)text_columns(screen->last));
	else if (final == 'r') {
		screen->top = n - 1;
		screen->bottom = p[1] ? p[1] - 1 : screen->rows - 1;
	} else
		fail_msg("the screen does not know ESC [ %d %c", p[0], final);
}

/* Reads an escape sequence. Returns its bytes, 0 where it is cut off. */
static inline size_t screen_escape(struct screen *screen, const char *s, size_t len)
{
	int p[SCREEN_PARAMETERS] = {0};
	size_t n = 2, k = 0;
	bool is_private;
	if (len < 2)
		return 0;
	if (s[1] == '(' || s[1] == ')')
		return len < 3 ? 0 : 3;
	if (s[1] == 'M' && screen->row == screen->top)
		screen_scroll(screen, screen->top, screen->bottom, -1);
	else if (s[1] == 'M')
		screen->row--;
	if (s[1] != '[')
		return 2;
	is_private = len > 2 && strchr("?>=", s[2]);
	for (; n < len && (unsigned char)s[n] < 0x40; n++) {
		if (s[n] == 033)
			return n; /* Ctrl-C threw the rest of it away */
		if (s[n] == ';')
			k += k + 1 < SCREEN_PARAMETERS;
		else if (s[n] >= '0' && s[n] <= '9')
			p[k] = p[k] * 10 + (s[n] - '0');
	}
	if (n >= len)
		return 0;
	screen_sequence(screen, s[n], is_private, p);
	return n + 1;
}

/* Puts on the screen what has come in. */
static inline void screen_read(struct screen *screen)
{
	const struct strbuf *output = &screen->pty->output;
	while (screen->n_read < output->len) {
		const char *s = output->data + screen->n_read;
		size_t left = output->len - screen->n_read, used = 1;
		uint32_t code;

		if (*s == 033) {
			used = screen_escape(screen, s, left);
		} else if ((unsigned char)*s < 0x20) {
			screen_control(screen, *s);
		} else {
			used = utf8_decode(s, left, &code);
			if (used)
				screen_put(screen, s, used, utf8_columns(code));
		}
		if (used == 0)
			return; /* the rest is on its way */
		screen->n_read += used;
	}
}

/* A row's text without blanks at its end. */
static inline void screen_row(const struct screen *screen, int row, struct strbuf *text)
{
	strbuf_clear(text);
	for (int column = 0; column < screen->columns; column++)
		strbuf_add(text, screen->cells[row][column]);
	while (text->len && text->data[text->len - 1] == ' ')
		strbuf_truncate(text, text->len - 1);
}

static inline bool screen_has(const struct screen *screen, const char *wanted)
{
	struct strbuf text = {0};
	bool found = false;
	for (int row = 0; row < screen->rows && !found; row++) {
		screen_row(screen, row, &text);
		found = strstr(strbuf_str(&text), wanted) != NULL;
	}
	strbuf_free(&text);
	return found;
}

static inline void screen_fail(const struct screen *screen, const char *what, const char *wanted,
			       const char *file, int line)
{
	struct strbuf text = {0};
	fprintf(stderr, "waited %s: %s\n", what, wanted);
	for (int row = 0; row < screen->rows; row++) {
		screen_row(screen, row, &text);
		fprintf(stderr, "|%s\n", strbuf_str(&text));
	}
	strbuf_free(&text);
	kill(screen->pty->pid, SIGKILL);
	_fail(file, line);
}

/* Waits until a row holds text, or until none does. */
static inline void screen_wait_at(struct screen *screen, const char *wanted, bool there,
				  const char *file, int line)
{
	double deadline = pty_now() + PTY_SECONDS;
	screen_read(screen);
	while (screen_has(screen, wanted) != there) {
		if (!pty_pump(screen->pty, deadline))
			screen_fail(screen, there ? "for" : "for the end of", wanted, file, line);
		screen_read(screen);
	}
}

#define screen_wait(screen, text) screen_wait_at((screen), (text), true, __FILE__, __LINE__)
#define screen_wait_gone(screen, text) screen_wait_at((screen), (text), false, __FILE__, __LINE__)

/* An empty screen of the size that the session has. */
static inline void screen_start(struct screen *screen, struct pty *pty, int rows, int columns)
{
	*screen = (struct screen){.pty = pty, .rows = rows, .columns = columns, .bottom = rows - 1};
	screen_clear_rows(screen, 0, SCREEN_ROWS);
}

static inline void screen_resize(struct screen *screen, int rows, int columns)
{
	screen->rows = rows;
	screen->columns = columns;
	screen->top = 0;
	screen->bottom = rows - 1;
	screen->row = screen_clip(screen->row, rows);
	screen->column = screen_clip(screen->column, columns);
	pty_resize(screen->pty, rows, columns);
}

#endif
