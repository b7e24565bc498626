/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_screen.c -- grid -> curses: cells, attributes, colours, the cursor.
 *
 * Every cell is handed to curses every time, and curses sends what changed. Frames and marks are
 * characters of the grid like any other: curses' own line drawing depends on the terminal.
 * To add a colour or an attribute: a row in a table here, and grid.h. */
#include "terminal_screen.h"

#include <curses.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "terminal_signals.h"
#include "terminal_terminfo.h"

enum {
	ESCAPE_DELAY = 25, /* milliseconds to wait for the rest of a key's sequence */
	CELLS_AT_ONCE = 256,
	CELL_CHARACTERS = 1 + 4, /* and combining marks */
};

/* How a role looks. The 256-colour indices are of a middling lightness, and so stand off from
 * black as well as from white (a contrast of more than 3.3 on both); with fewer colours the
 * terminal's own palette has to know; without any, attributes are left. */
static const struct role {
	short colour256, colour8;
	attr_t attributes8, attributes_plain;
} roles[N_GRID_COLOURS] = {
    [GRID_DEFAULT] = {-1, -1, A_NORMAL, A_NORMAL},
    [GRID_ACCENT] = {136, COLOR_YELLOW, A_BOLD, A_BOLD},
    [GRID_GOOD] = {28, COLOR_GREEN, A_NORMAL, A_NORMAL},
    [GRID_BAD] = {160, COLOR_RED, A_BOLD, A_BOLD},
    [GRID_MUTED] = {243, -1, A_DIM, A_DIM},
    [GRID_INPUT] = {31, COLOR_CYAN, A_NORMAL, A_NORMAL},
    [GRID_WEIGHT] = {133, COLOR_MAGENTA, A_NORMAL, A_NORMAL},
};

static const struct attribute_row {
	unsigned char attribute;
	attr_t attr;
} attribute_rows[] = {
    {GRID_BOLD, A_BOLD},
    {GRID_REVERSE, A_REVERSE},
    {GRID_DIM, A_DIM},
    {GRID_UNDERLINE, A_UNDERLINE},
};

/* Curses keeps one current screen for the whole process, and so does this. */
static struct {
	SCREEN *curses;
	attr_t role_attributes[N_GRID_COLOURS];
	short role_pairs[N_GRID_COLOURS];
} screen;

/* What curses has no words for goes to the terminal by the same stream, which curses flushes. */
static void mark_pastes(bool are_marked)
{
	fputs(are_marked ? TERMINAL_PASTE_MARKED : TERMINAL_PASTE_UNMARKED, stdout);
	fflush(stdout);
}

static void roles_open(bool colour)
{
	bool has_palette, has_colours = colour && has_colors() && start_color() == OK;
	if (has_colours)
		use_default_colors();
	/* Of more colours than 256 the index is red, green and blue. */
	has_palette = has_colours && COLORS == 256;
	for (short i = 0; i < N_GRID_COLOURS; i++) {
		const struct role *role = &roles[i];

		screen.role_pairs[i] = 0;
		screen.role_attributes[i] = role->attributes_plain;
		if (i == GRID_DEFAULT || !has_colours)
			continue;
		init_pair(i, has_palette ? role->colour256 : role->colour8, -1);
		screen.role_pairs[i] = i;
		screen.role_attributes[i] = has_palette ? A_NORMAL : role->attributes8;
	}
}

enum status terminal_screen_open(bool colour, struct error *err)
{
	/* LINES and COLUMNS of the environment are those of the shell's start. */
	use_env(FALSE);
	use_tioctl(TRUE);
	screen.curses = newterm(NULL, stdout, stdin);
	if (!screen.curses)
		return error_set(err, STATUS_IO, _("the terminal cannot be opened"));
	set_escdelay(ESCAPE_DELAY);
	cbreak();
	noecho();
	nonl();
	roles_open(colour);
	mark_pastes(true);
	return STATUS_OK;
}

void terminal_screen_close(void)
{
	if (!screen.curses)
		return;
	if (!isendwin() && terminal_signals_foreground())
		terminal_screen_suspend();
	delscreen(screen.curses);
	screen.curses = NULL;
}

void terminal_screen_measure(int *rows, int *columns)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
	    is_term_resized(size.ws_row, size.ws_col))
		resizeterm(size.ws_row, size.ws_col);
	*rows = getmaxy(stdscr);
	*columns = getmaxx(stdscr);
	terminal_screen_repaint();
}

void terminal_screen_repaint(void)
{
	clearok(curscr, TRUE);
}

void terminal_screen_suspend(void)
{
	mark_pastes(false);
	endwin();
}

static void cell_convert(const struct cell *cell, cchar_t *out)
{
	wchar_t text[CELL_CHARACTERS + 1];
	attr_t attributes = screen.role_attributes[cell->style.colour];
	const char *s = cell->text;
	int n = 0;
	uint32_t code;
	while (*s && n < CELL_CHARACTERS) {
		s += utf8_decode(s, GRID_CELL_TEXT, &code);
		text[n++] = (wchar_t)code;
	}
	text[n] = L'\0';
	/* Curses leaves out what the C library cannot print: the row would be too short. */
	if (wcwidth(text[0]) < 1) {
		text[0] = L'?';
		text[1] = L'\0';
	}
	for (size_t i = 0; i < sizeof attribute_rows / sizeof *attribute_rows; i++)
		if (cell->style.attributes & attribute_rows[i].attribute)
			attributes |= attribute_rows[i].attr;
	setcchar(out, text, attributes, screen.role_pairs[cell->style.colour], NULL);
}

static void row_show(const struct grid *grid, int row)
{
	const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];
	cchar_t out[CELLS_AT_ONCE];
	int start = 0, n = 0;
	for (int column = 0; column < grid->columns; column++) {
		if (cells[column].text[0] == '\0')
			continue; /* the right half of a wide character */
		if (n == CELLS_AT_ONCE) {
			mvadd_wchnstr(row, start, out, n);
			start = column;
			n = 0;
		}
		cell_convert(&cells[column], &out[n++]);
	}
	mvadd_wchnstr(row, start, out, n);
}

void terminal_screen_show(const struct grid *grid)
{
	bool has_cursor = grid->cursor_row >= 0 && grid->cursor_column >= 0;
	if (isendwin())
		mark_pastes(true);
	for (int row = 0; row < grid->rows; row++)
		row_show(grid, row);
	/* A hidden cursor rests where it is out of the way. */
	move(has_cursor ? grid->cursor_row : grid->rows - 1, has_cursor ? grid->cursor_column : 0);
	curs_set(has_cursor);
	refresh();
}
