/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_grid.c -- what views may rely on: clipping, wide and combining characters, ASCII, marks. */
#include "check.h"
#include "grid_print.h"

#include <string.h>

#include "backstep/base/text.h"
#include "backstep/view/grid.h"

static const struct style plain = {0, GRID_DEFAULT};

static struct grid grid_new(int rows, int columns, bool ascii)
{
	struct grid grid;
	assert_int_equal(grid_init(&grid, rows, columns, ascii, NULL), STATUS_OK);
	return grid;
}

static void assert_printed(const struct grid *grid, bool styled, const char *wanted)
{
	struct strbuf out = {0};
	if (styled)
		grid_print_styled(grid, &out);
	else
		grid_print(grid, &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_free(&out);
}

static void sizes_are_checked(void **state)
{
	static const int bad[][2] = {{0, 10}, {10, 0}, {-1, 5}, {2001, 1}, {1, 2001}};
	struct grid grid;
	struct error err = {0};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(grid_init(&grid, bad[i][0], bad[i][1], false, &err),
				 STATUS_BAD_INPUT);
		assert_null(grid.cells);
	}
	assert_string_equal(err.message, "a screen of 1 rows and 2001 columns cannot be drawn");
	grid = grid_new(2000, 2000, false);
	assert_string_equal(grid_at(&grid, 1999, 1999)->text, " ");
	assert_null(grid_at(&grid, 2000, 0));
	assert_null(grid_at(&grid, 0, -1));
	grid_free(&grid);
	assert_null(grid.cells);
}

static void a_new_grid_is_blank(void **state)
{
	struct grid grid = grid_new(2, 3, false);
	(void)state;
	assert_printed(&grid, true, "\n\n");
	assert_int_equal(grid.cursor_row, -1);
	assert_int_equal(grid.cursor_column, -1);
	grid_text(&grid, 0, 0, (struct style){GRID_BOLD, GRID_BAD}, "abc");
	grid_clip(&grid, (struct rect){1, 1, 1, 1});
	grid.cursor_row = 1;
	grid_clear(&grid);
	assert_printed(&grid, true, "\n\n");
	assert_int_equal(grid.clip.columns, 3);
	assert_int_equal(grid.cursor_row, -1);
	grid_free(&grid);
}

static void text_is_clipped_at_every_side(void **state)
{
	struct grid grid = grid_new(3, 6, false);
	(void)state;
	assert_int_equal(grid_text(&grid, 0, 4, plain, "abcd"), 8);
	assert_int_equal(grid_text(&grid, 1, -2, plain, "abcd"), 2);
	assert_int_equal(grid_text(&grid, -1, 0, plain, "above"), 5);
	assert_int_equal(grid_text(&grid, 3, 0, plain, "below"), 5);
	assert_int_equal(grid_text(&grid, 2, 6, plain, "right"), 11);
	assert_int_equal(grid_text(&grid, 2, -5, plain, "leftm"), 0);
	assert_printed(&grid, false, "    ab\ncd\n\n");
	grid_free(&grid);
}

static void drawing_is_relative_to_the_clip_and_stays_in_it(void **state)
{
	struct grid grid = grid_new(4, 8, false);
	struct style bold = {GRID_BOLD, GRID_DEFAULT};
	(void)state;
	grid_clip(&grid, (struct rect){1, 2, 2, 4});
	assert_int_equal(grid_text(&grid, 0, 0, plain, "abcdefgh"), 8);
	grid_fill(&grid, 1, -3, 100, plain, "-");
	grid_fill(&grid, 2, 0, 4, plain, "!");
	grid_style(&grid, 1, 3, 9, bold);
	grid_style(&grid, -1, 0, 4, bold);
	assert_printed(&grid, true, "\n  abcd\n  ----\n     b\n\n");
	grid_clip(&grid, (struct rect){3, -2, 9, 4});
	assert_int_equal(grid.clip.row, 3);
	assert_int_equal(grid.clip.rows, 1);
	assert_int_equal(grid.clip.column, 0);
	assert_int_equal(grid.clip.columns, 2);
	grid_text(&grid, 0, 0, plain, "xyz");
	assert_string_equal(grid_at(&grid, 3, 1)->text, "y");
	assert_string_equal(grid_at(&grid, 3, 2)->text, " ");
	grid_clip(&grid, (struct rect){9, 9, 4, 4});
	assert_int_equal(grid.clip.rows, 0);
	grid_text(&grid, 0, 0, plain, "nowhere");
	grid_fill(&grid, 0, 0, 4, plain, "#");
	assert_printed(&grid, false, "\n  abcd\n  ----\nxy\n");
	grid_free(&grid);
}

static void wide_characters_own_two_cells(void **state)
{
	struct grid grid = grid_new(1, 6, false);
	(void)state;
	assert_int_equal(grid_text(&grid, 0, 1, plain, "漢字"), 5);
	assert_string_equal(grid_at(&grid, 0, 1)->text, "漢");
	assert_string_equal(grid_at(&grid, 0, 2)->text, "");
	assert_printed(&grid, false, " 漢字\n");
	/* Overwriting a half blanks the other, on either side. */
	grid_text(&grid, 0, 2, plain, "x");
	assert_printed(&grid, false, "  x字\n");
	grid_text(&grid, 0, 3, plain, "y");
	assert_printed(&grid, false, "  xy\n");
	grid_text(&grid, 0, 0, plain, "漢字語");
	grid_text(&grid, 0, 1, plain, "字");
	assert_printed(&grid, false, " 字 語\n");
	grid_free(&grid);
}

static void wide_characters_are_not_cut_in_halves(void **state)
{
	struct grid grid = grid_new(1, 6, false);
	(void)state;
	grid_fill(&grid, 0, 0, 6, plain, ".");
	assert_int_equal(grid_text(&grid, 0, 5, plain, "漢x"), 8);
	assert_printed(&grid, false, ".....\n");
	assert_int_equal(grid_text(&grid, 0, -1, plain, "漢x"), 2);
	assert_printed(&grid, false, " x...\n");
	grid_clip(&grid, (struct rect){0, 2, 1, 3});
	grid_text(&grid, 0, 0, plain, "字字");
	assert_string_equal(grid_at(&grid, 0, 4)->text, " ");
	assert_string_equal(grid_at(&grid, 0, 5)->text, " ");
	grid_fill(&grid, 0, 0, 3, plain, "漢");
	assert_printed(&grid, false, " x漢\n");
	grid_free(&grid);
}

static void combining_marks_stay_with_their_character(void **state)
{
	struct grid grid = grid_new(2, 3, false);
	(void)state;
	assert_int_equal(grid_text(&grid, 0, 0, plain, "y\u0302\u2081z"), 3);
	assert_string_equal(grid_at(&grid, 0, 0)->text, "y\u0302");
	assert_string_equal(grid_at(&grid, 0, 1)->text, "\u2081");
	/* At the right edge too; not where the character is out of sight; four at most. */
	grid_text(&grid, 1, 2, plain, "a\u0301b\u0301");
	assert_string_equal(grid_at(&grid, 1, 2)->text, "a\u0301");
	grid_text(&grid, 1, -1, plain, "a\u0301b");
	assert_string_equal(grid_at(&grid, 1, 0)->text, "b");
	grid_text(&grid, 1, 0, plain, "\u0301c\u0301\u0302\u0303\u0304\u0305\u0306");
	assert_string_equal(grid_at(&grid, 1, 0)->text, "c\u0301\u0302\u0303\u0304");
	grid_free(&grid);
}

static void nothing_that_is_not_text_gets_in(void **state)
{
	struct grid grid = grid_new(1, 10, false);
	(void)state;
	assert_int_equal(grid_text(&grid, 0, 0, plain, "a\033b\tc\nd\x7f\xc2\x9b\xff!"), 11);
	assert_printed(&grid, false, "a b c d  ?\n");
	grid_free(&grid);
}

static void ascii_spells_what_is_drawn(void **state)
{
	struct grid grid = grid_new(3, 12, true);
	(void)state;
	assert_int_equal(grid_text(&grid, 0, 0, plain, "∂E/∂ŷ₁ → ½"), 13);
	grid_fill(&grid, 1, 2, 4, plain, "─");
	grid_fill(&grid, 1, 8, 2, plain, "→");
	assert_int_equal(grid_textf(&grid, 2, 0, plain, "w%s %d", "₅", 31), 5);
	assert_printed(&grid, false, "dE/dy1 -> 1/\n  ----  --\nw5 31\n");
	grid_free(&grid);
}

static void styles_are_printed_as_marks(void **state)
{
	struct grid grid = grid_new(3, 12, false);
	struct style bold = {GRID_BOLD, GRID_ACCENT}, reverse = {GRID_REVERSE, GRID_DEFAULT};
	(void)state;
	grid_text(&grid, 0, 1, bold, "ab");
	grid_text(&grid, 0, 4, reverse, "漢");
	grid_text(&grid, 0, 7, plain, "cdefg");
	grid_style(&grid, 0, 2, 1, reverse);
	grid_style(&grid, 0, 7, 1, (struct style){GRID_DIM, GRID_GOOD});
	grid_style(&grid, 0, 8, 1, (struct style){GRID_UNDERLINE, GRID_GOOD});
	for (int colour = GRID_DEFAULT; colour < N_GRID_COLOURS; colour++)
		grid_text(&grid, 1, colour, (struct style){0, (unsigned char)colour}, "#");
	grid_text(&grid, 2, 0, plain, "x");
	grid_style(&grid, 2, 10, 2, reverse);
	assert_printed(&grid, true, " ab 漢 cdefg\n bR rr du\n#######\n agxmiw\nx\n          rr\n");
	/* Styling keeps a colour unless it brings one. */
	assert_int_equal(grid_at(&grid, 0, 2)->style.colour, GRID_ACCENT);
	assert_int_equal(grid_at(&grid, 0, 7)->style.colour, GRID_GOOD);
	grid_free(&grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sizes_are_checked),
	    cmocka_unit_test(a_new_grid_is_blank),
	    cmocka_unit_test(text_is_clipped_at_every_side),
	    cmocka_unit_test(drawing_is_relative_to_the_clip_and_stays_in_it),
	    cmocka_unit_test(wide_characters_own_two_cells),
	    cmocka_unit_test(wide_characters_are_not_cut_in_halves),
	    cmocka_unit_test(combining_marks_stay_with_their_character),
	    cmocka_unit_test(nothing_that_is_not_text_gets_in),
	    cmocka_unit_test(ascii_spells_what_is_drawn),
	    cmocka_unit_test(styles_are_printed_as_marks),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
