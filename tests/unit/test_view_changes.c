/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_view_changes.c -- what has been computed since the stop before is marked, and nothing else:
 * numbers are underlined, which is seen without colour too. */
#include "sitting.h"

#include "backstep/view/view.h"

enum { ROWS = 24, COLUMNS = 80 };

struct stand {
	struct sitting sitting;
	struct view_state state;
	struct grid grid;
};

static void stand_open(struct stand *stand)
{
	*stand = (struct stand){.state = {.hints = NULL}};
	sitting_open(&stand->sitting, "sigmoid-2-2-2");
	assert_int_equal(grid_init(&stand->grid, ROWS, COLUMNS, false, NULL), STATUS_OK);
	view_draw(stand->sitting.session, &stand->state, &stand->grid);
}

static void stand_close(struct stand *stand)
{
	grid_free(&stand->grid);
	view_state_free(&stand->state);
	sitting_end(&stand->sitting);
}

static void walk(struct stand *stand, const char *command)
{
	type_good(&stand->sitting, command);
	view_draw(stand->sitting.session, &stand->state, &stand->grid);
}

static bool shows_at(const struct stand *stand, int row, int column, const char *text)
{
	char cells[COLUMNS * 4 + 1] = "";
	for (int k = column; k < COLUMNS && k < column + (int)text_columns(text); k++)
		strcat(cells, stand->grid.cells[row * COLUMNS + k].text);
	return strcmp(cells, text) == 0;
}

/* Whether the first place where a text stands, after a name, is underlined; the text has to be
 * there. */
static bool is_marked(const struct stand *stand, const char *name, const char *number)
{
	char text[64];
	snprintf(text, sizeof text, "%s %s", name, number);
	for (int row = 0; row < ROWS; row++)
		for (int column = 0; column < COLUMNS; column++)
			if (shows_at(stand, row, column, text)) {
				int at = column + (int)text_columns(name) + 1;
				struct style style = stand->grid.cells[row * COLUMNS + at].style;
				return style.attributes & GRID_UNDERLINE;
			}
	fail_msg("%s is not on the screen", text);
	return false;
}

/* n₁ is step 2, n₂ step 4, ŷ₁ step 6; numbers as in the lecture. */
static void test_forward(void **state)
{
	struct stand stand;
	(void)state;
	stand_open(&stand);
	walk(&stand, "next 3");
	assert_true(is_marked(&stand, "n₁", "0.601088"));
	walk(&stand, "next 3");
	assert_false(is_marked(&stand, "n₁", "0.601088"));
	assert_true(is_marked(&stand, "n₂", "0.615384"));
	assert_true(is_marked(&stand, "ŷ₁", "0.734929"));
	assert_false(is_marked(&stand, "x₁", "0.1"));
	assert_false(is_marked(&stand, "w₅", "0.5"));
	stand_close(&stand);
}

/* What does not move keeps the marks; the way back has none, for nothing on it is new. */
static void test_still_and_back(void **state)
{
	struct stand stand;
	(void)state;
	stand_open(&stand);
	walk(&stand, "next 3");
	walk(&stand, "show loss");
	assert_true(is_marked(&stand, "n₁", "0.601088"));
	walk(&stand, "back 1");
	assert_false(is_marked(&stand, "n₁", "0.601088"));
	stand_close(&stand);
}

/* w₅ = 0.5 − 0.6 · 0.0802031 = 0.451878 comes into force at the commit; it is new also where the
 * next update has begun, and no longer a key later. */
static void test_commit(void **state)
{
	struct stand stand;
	(void)state;
	stand_open(&stand);
	walk(&stand, "goto update");
	assert_false(is_marked(&stand, "w₅", "0.5"));
	walk(&stand, "update");
	assert_true(is_marked(&stand, "w₅", "0.4518…"));
	walk(&stand, "restart");
	walk(&stand, "goto update");
	walk(&stand, "next 12");
	assert_true(is_marked(&stand, "w₅", "0.4518…"));
	assert_false(is_marked(&stand, "x₁", "0.1"));
	walk(&stand, "next");
	assert_false(is_marked(&stand, "w₅", "0.4518…"));
	stand_close(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_forward),
	    cmocka_unit_test(test_still_and_back),
	    cmocka_unit_test(test_commit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
