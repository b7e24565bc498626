/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_trail.c -- the steps of this update that led here, a line each, as on a blackboard, with the
 * numbers that goto takes; where there is room to spare. */
#include "equation.h"

enum { LEAST = 3, MARGIN = 1, GAP = 2, NUMBER_LEAST = 5, ROW_WIDTH = 5 };

/* Where a parameter has very many paths, finding the steps before its first one takes too long. */
static void want(struct drawing *d, int columns, int *least, int *most)
{
	bool is_slow = stepper_has_many_paths(&d->session->stepper);
	(void)columns;
	*least = is_slow ? 0 : LEAST;
	*most = is_slow ? 0 : GRID_SIZE_MAX;
}

static void head(struct drawing *d)
{
	pane_rule(d, _("the steps before"), NULL);
}

/* The step in one line, without its inner sides where it would be too long. */
static const char *line_text(struct drawing *d, const struct step *step, int width)
{
	struct strbuf text = {0};
	const char *line;
	step_print(step, &d->symbols, &text);
	line = pane_printf(d, "%s", strbuf_str(&text));
	strbuf_free(&text);
	if (step->left && pane_columns(line) > width) {
		struct equation equation = equation_make(d, step, true);
		line = pane_printf(d, "%s %s %s", equation.left, equation.sign,
				   equation.sides[equation.n_sides - 1]);
	}
	return line;
}

/* Draws one step after its number and, in a batch, its row of the data. */
static void draw_step(struct drawing *d, int row, int number_end, const struct step *step)
{
	int width = d->grid->clip.columns, column = number_end + GAP;
	pane_draw_right(d, row, number_end, number_end - MARGIN, style_muted,
			pane_printf(d, "%llu", (unsigned long long)step->number));
	size_t n_rows;
	stepper_rows(&d->session->stepper, &n_rows);
	if (n_rows > 1) {
		if (step->example)
			grid_textf(d->grid, row, column, style_muted, "(%zu)", step->example);
		column += ROW_WIDTH;
	}
	width -= column + MARGIN;
	pane_draw(d, row, column, width, step->finite ? style_plain : style_bad,
		  line_text(d, step, width));
}

static void draw(struct drawing *d)
{
	const struct stepper *stepper = &d->session->stepper;
	uint64_t rows = (uint64_t)d->grid->clip.rows, end = stepper->index;
	uint64_t first = end > rows + 1 ? end - rows : 1;
	uint64_t before = stepper_number(stepper) - stepper->index;
	const char *last =
	    pane_printf(d, "%llu", (unsigned long long)(before + stepper_n_steps(stepper)));
	int number = pane_columns(last) > NUMBER_LEAST ? pane_columns(last) : NUMBER_LEAST;
	for (uint64_t index = first; index < end; index++) {
		struct step step;

		if (stepper_at(stepper, index, d->arena, &step, NULL))
			return;
		draw_step(d, (int)(index - first), MARGIN + number, &step);
	}
}

const struct view view_trail = {
    .screens = SCREEN_WALK,
    .place = VIEW_LEFT,
    .priority = 9,
    .spare = true,
    .want = want,
    .head = head,
    .draw = draw,
};
