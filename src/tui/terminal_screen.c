/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_screen.c -- grid -> curses: cells, attributes, colours, the cursor.
 *
 * Every cell is handed to curses every time, and curses sends what changed. Frames and marks are
 * characters of the grid like any other: curses' own line drawing depends on the terminal.
 * To add a colour or an attribute: a row in the tables here, and grid.h; a theme: base/theme.h. */
#include "terminal_screen.h"

#include <curses.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "terminal_signals.h"
#include "terminal_terminfo.h"

enum {
	ESCAPE_DELAY = 25, /* milliseconds to wait for the rest of a key's sequence */
	CELLS_AT_ONCE = 256,
	CELL_CHARACTERS = 1 + 4, /* and combining marks */
};

/* How a role looks. */
struct role {
	short colour; /* an index of the palette; -1: the terminal's own */
	attr_t attributes;
};

/* The 256-colour indices of dark and light have a contrast of more than 5.7 on black and on white;
 * those of auto, where the ground is not known, of 3.9 and mostly 4.5 on both. */
static const struct role themes[N_THEMES][N_GRID_COLOURS] =
    {
	[THEME_AUTO] =
	    {
		[GRID_DEFAULT] = {-1, A_NORMAL},
		[GRID_ACCENT] = {130, A_NORMAL},
		[GRID_GOOD] = {29, A_NORMAL},
		[GRID_BAD] = {196, A_NORMAL},
		[GRID_MUTED] = {243, A_NORMAL},
		[GRID_INPUT] = {30, A_NORMAL},
		[GRID_WEIGHT] = {163, A_NORMAL},
	    },
	[THEME_DARK] =
	    {
		[GRID_DEFAULT] = {-1, A_NORMAL},
		[GRID_ACCENT] = {220, A_NORMAL},
		[GRID_GOOD] = {78, A_NORMAL},
		[GRID_BAD] = {203, A_NORMAL},
		[GRID_MUTED] = {248, A_NORMAL},
		[GRID_INPUT] = {80, A_NORMAL},
		[GRID_WEIGHT] = {176, A_NORMAL},
	    },
	[THEME_LIGHT] =
	    {
		[GRID_DEFAULT] = {-1, A_NORMAL},
		[GRID_ACCENT] = {94, A_NORMAL},
		[GRID_GOOD] = {22, A_NORMAL},
		[GRID_BAD] = {124, A_NORMAL},
		[GRID_MUTED] = {240, A_NORMAL},
		[GRID_INPUT] = {24, A_NORMAL},
		[GRID_WEIGHT] = {90, A_NORMAL},
	    },
	[THEME_CONTRAST] =
	    {
		[GRID_DEFAULT] = {-1, A_NORMAL},
		[GRID_ACCENT] = {-1, A_BOLD},
		[GRID_GOOD] = {-1, A_NORMAL},
		[GRID_BAD] = {-1, A_BOLD | A_UNDERLINE},
		[GRID_MUTED] = {-1, A_NORMAL},
		[GRID_INPUT] = {-1, A_NORMAL},
		[GRID_WEIGHT] = {-1, A_BOLD},
	    },
	[THEME_MONO] =
	    {
		[GRID_DEFAULT] = {-1, A_NORMAL},
		[GRID_ACCENT] = {-1, A_BOLD},
		[GRID_GOOD] = {-1, A_NORMAL},
		[GRID_BAD] = {-1, A_BOLD},
		[GRID_MUTED] = {-1, A_DIM},
		[GRID_INPUT] = {-1, A_NORMAL},
		[GRID_WEIGHT] = {-1, A_NORMAL},
	    },
};

/* Where a palette has but eight colours, the terminal's owner has chosen what they are. */
static const struct role eight_colours[N_GRID_COLOURS] = {
    [GRID_DEFAULT] = {-1, A_NORMAL},
    [GRID_ACCENT] = {COLOR_YELLOW, A_BOLD},
    [GRID_GOOD] = {COLOR_GREEN, A_NORMAL},
    [GRID_BAD] = {COLOR_RED, A_BOLD},
    [GRID_MUTED] = {-1, A_DIM},
    [GRID_INPUT] = {COLOR_CYAN, A_NORMAL},
    [GRID_WEIGHT] = {COLOR_MAGENTA, A_NORMAL},
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
	bool has_colours;
	enum theme theme,
	    ground; /* as set; what the terminal says of itself, THEME_AUTO: nothing */
	const struct role *roles; /* [N_GRID_COLOURS] in force; pair i is that of role i */
} screen;

/* What curses has no words for goes to the terminal by the same stream, which curses flushes. */
static void mark_pastes(bool are_marked)
{
	fputs(are_marked ? TERMINAL_PASTE_MARKED : TERMINAL_PASTE_UNMARKED, stdout);
	fflush(stdout);
}

static void roles_choose(void)
{
	enum theme theme = screen.theme == THEME_AUTO ? screen.ground : screen.theme;
	bool is_plain = theme == THEME_CONTRAST || theme == THEME_MONO;
	screen.roles = themes[screen.has_colours ? theme : THEME_MONO];
	/* Of more colours than 256 the index is red, green and blue. */
	if (screen.has_colours && !is_plain && COLORS != 256)
		screen.roles = eight_colours;
	for (short i = 1; screen.has_colours && i < N_GRID_COLOURS; i++)
		init_pair(i, screen.roles[i].colour, -1);
}

static void roles_open(bool colour)
{
	screen.has_colours = colour && has_colors() && start_color() == OK;
	screen.theme = screen.ground = THEME_AUTO;
	if (screen.has_colours)
		use_default_colors();
	roles_choose();
}

void terminal_screen_set_theme(enum theme theme)
{
	CONTRACT(theme < N_THEMES);
	if (theme == screen.theme)
		return;
	screen.theme = theme;
	roles_choose();
}

void terminal_screen_set_ground(enum theme ground)
{
	screen.ground = ground;
	roles_choose();
}

bool terminal_screen_asks_ground(void)
{
	return screen.has_colours && COLORS == 256;
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
	attr_t attributes = screen.roles[cell->style.colour].attributes;
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
	setcchar(out, text, attributes, screen.has_colours ? cell->style.colour : 0, NULL);
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
