/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gen_digits.c -- small images of the ten digits, drawn for this program: moved a little, and with
 * a noisy grey in every pixel. */
#include "generate.h"

#include "backstep/base/i18n.h"

enum { GLYPH_ROWS = 7, GLYPH_COLUMNS = 5, GLYPH_ROOM = 8 };

static const char *const glyphs[10][GLYPH_ROWS] = {
    {" ### ", "#   #", "#   #", "#   #", "#   #", "#   #", " ### "},
    {"  #  ", " ##  ", "# #  ", "  #  ", "  #  ", "  #  ", "#####"},
    {" ### ", "#   #", "    #", "   # ", "  #  ", " #   ", "#####"},
    {"#### ", "    #", "    #", " ### ", "    #", "    #", "#### "},
    {"   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "},
    {"#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "},
    {"  ## ", " #   ", "#    ", "#### ", "#   #", "#   #", " ### "},
    {"#####", "    #", "   # ", "   # ", "  #  ", "  #  ", "  #  "},
    {" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "},
    {" ### ", "#   #", "#   #", " ####", "    #", "   # ", " ##  "},
};

/* Where the glyph begins: in the middle, moved by at most one of its points. */
static size_t begin(struct generator_row *row, size_t side, size_t used, size_t scale)
{
	size_t room = (side - used) / 2, reach = scale < room ? scale : room;
	return room - reach + random_below(row->random, 2 * reach + 1);
}

static void make_digits(struct generator_row *row)
{
	size_t side = GLYPH_ROOM, digit = row->index % 10;
	while (side * side < row->n_inputs)
		side++;
	size_t scale = side / GLYPH_ROOM; /* pixels of a point of the glyph */
	size_t top = begin(row, side, GLYPH_ROWS * scale, scale);
	size_t left = begin(row, side, GLYPH_COLUMNS * scale, scale);
	for (size_t p = 0; p < row->n_inputs; p++) {
		/* above or left of the glyph the difference wraps to a large number */
		size_t y = (p / side - top) / scale, x = (p % side - left) / scale;
		bool ink = y < GLYPH_ROWS && x < GLYPH_COLUMNS && glyphs[digit][y][x] == '#';
		double grey = ink + row->noise * generate_between(row, -1.0, 1.0);
		row->x[p] = grey < 0.0 ? 0.0 : grey > 1.0 ? 1.0 : grey;
	}
	row->target = (double)digit;
}

const struct generator generator_digits = {
    .name = "digits",
    .summary = N_("images of the digits 0 to 9, of 8 x 8, 28 x 28 or other square sizes"),
    .rule = "x = min(1, max(0, g + noise U(-1, 1))), g = 0 / 1",
    .n_inputs = 0,
    .n_classes = 10,
    .make = make_digits,
};
