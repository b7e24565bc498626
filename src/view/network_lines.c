/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_lines.c -- a cell knows how strong its line is in each of four directions. Strong lines
 * are heavy, so that a path is seen without colour; four arms are two lines that cross, unless
 * they were joined; a single arm is the end of a line, which fills its cell. */
#include "network_lines.h"

enum arm { ARM_UP, ARM_DOWN, ARM_LEFT, ARM_RIGHT, N_ARMS };

struct lines_cell {
	unsigned char arms[N_ARMS]; /* enum lit + 1; 0: no line */
	bool joined;
};

/* By the weights of the arms (0 none, 1 light, 2 heavy): up, down, left, right. */
static const char *const boxes[3][3][3][3] = {
    {{{" ", "╶", "╺"}, {"╴", "─", "╼"}, {"╸", "╾", "━"}},
     {{"╷", "┌", "┍"}, {"┐", "┬", "┮"}, {"┑", "┭", "┯"}},
     {{"╻", "┎", "┏"}, {"┒", "┰", "┲"}, {"┓", "┱", "┳"}}},
    {{{"╵", "└", "┕"}, {"┘", "┴", "┶"}, {"┙", "┵", "┷"}},
     {{"│", "├", "┝"}, {"┤", "┼", "┾"}, {"┥", "┽", "┿"}},
     {{"╽", "┟", "┢"}, {"┧", "╁", "╆"}, {"┪", "╅", "╈"}}},
    {{{"╹", "┖", "┗"}, {"┚", "┸", "┺"}, {"┛", "┹", "┻"}},
     {{"╿", "┞", "┡"}, {"┦", "╀", "╄"}, {"┩", "╃", "╇"}},
     {{"┃", "┠", "┣"}, {"┨", "╂", "╊"}, {"┫", "╉", "╋"}}},
};

bool lines_init(struct lines *lines, struct drawing *d, int rows, int columns, bool passes)
{
	*lines = (struct lines){rows, columns, passes, NULL};
	lines->cells = ARENA_ARRAY(d->arena, struct lines_cell, (size_t)rows * (size_t)columns);
	return lines->cells != NULL;
}

static void set_arm(struct lines *lines, int row, int column, enum arm arm, enum lit lit)
{
	if (row < 0 || row >= lines->rows || column < 0 || column >= lines->columns)
		return;
	unsigned char *strength = &lines->cells[row * lines->columns + column].arms[arm];
	if (*strength < lit + 1u)
		*strength = (unsigned char)(lit + 1u);
}

void lines_across(struct lines *lines, int row, int from, int to, enum lit lit)
{
	for (int column = from < to ? from : to; column < (from < to ? to : from); column++) {
		set_arm(lines, row, column, ARM_RIGHT, lit);
		set_arm(lines, row, column + 1, ARM_LEFT, lit);
	}
}

void lines_down(struct lines *lines, int column, int from, int to, enum lit lit)
{
	for (int row = from < to ? from : to; row < (from < to ? to : from); row++) {
		set_arm(lines, row, column, ARM_DOWN, lit);
		set_arm(lines, row + 1, column, ARM_UP, lit);
	}
}

void lines_join(struct lines *lines, int row, int column)
{
	if (row >= 0 && row < lines->rows && column >= 0 && column < lines->columns)
		lines->cells[row * lines->columns + column].joined = true;
}

struct style lit_style(enum lit lit, struct style plain)
{
	return lit == LIT_NONE ? plain : lit == LIT_HEAD ? style_current : style_lit;
}

static int weight(const struct lines_cell *cell, enum arm arm)
{
	static const enum arm opposite[N_ARMS] = {ARM_DOWN, ARM_UP, ARM_RIGHT, ARM_LEFT};
	int strength = cell->arms[arm], n_arms = 0;
	for (enum arm other = 0; other < N_ARMS; other++)
		n_arms += cell->arms[other] > 0;
	if (n_arms == 1 && strength == 0)
		strength = cell->arms[opposite[arm]];
	return strength == 0 ? 0 : strength > LIT_PATH + 1 ? 2 : 1;
}

/* ASCII has corners of two kinds, one sign for lines that meet, and lets one line pass below the
 * other where they cross. */
static const char *ascii_box(const struct lines_cell *cell, bool crosses)
{
	bool up = cell->arms[ARM_UP], down = cell->arms[ARM_DOWN];
	bool left = cell->arms[ARM_LEFT], right = cell->arms[ARM_RIGHT];
	bool heavy_down = weight(cell, ARM_UP) == 2 || weight(cell, ARM_DOWN) == 2;
	bool heavy_across = weight(cell, ARM_LEFT) == 2 || weight(cell, ARM_RIGHT) == 2;
	if (crosses)
		return heavy_across ? "=" : heavy_down ? "#" : "-";
	if ((left || right) && (up || down)) {
		if (heavy_down || heavy_across)
			return "#";
		return left && right ? "+" : up && down ? "+" : down ? "." : "'";
	}
	if (left || right)
		return heavy_across ? "=" : "-";
	return heavy_down ? "#" : "|";
}

static void draw_cell(const struct lines *lines, const struct lines_cell *cell, struct drawing *d,
		      int row, int column)
{
	unsigned strongest = 0;
	int n_arms = 0;
	const char *text;
	for (enum arm arm = 0; arm < N_ARMS; arm++) {
		strongest = cell->arms[arm] > strongest ? cell->arms[arm] : strongest;
		n_arms += cell->arms[arm] > 0;
	}
	if (n_arms == 0)
		return;
	if (lines->passes && cell->joined && n_arms == N_ARMS)
		text = sign_text(d, SIGN_JOINT);
	else if (d->ascii)
		text = ascii_box(cell, lines->passes && n_arms == N_ARMS);
	else
		text = boxes[weight(cell, ARM_UP)][weight(cell, ARM_DOWN)][weight(cell, ARM_LEFT)]
			    [weight(cell, ARM_RIGHT)];
	grid_text(d->grid, row, column, strongest > LIT_NONE + 1 ? style_lit : style_muted, text);
}

void lines_draw(const struct lines *lines, struct drawing *d, int top)
{
	for (int row = 0; row < lines->rows; row++)
		for (int column = 0; column < lines->columns; column++)
			draw_cell(lines, &lines->cells[row * lines->columns + column], d, top + row,
				  column);
}
