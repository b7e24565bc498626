/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_trail.c -- the steps of this update that led here, a line each, as on a blackboard; where
 * there is room to spare. */
#include "equation.h"

enum { LEAST = 3, MARGIN = 1, NUMBER_WIDTH = 6 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)d, (void)columns;
	*least = LEAST;
	*most = GRID_SIZE_MAX;
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

static void draw(struct drawing *d)
{
	struct stepper *stepper = &d->session->stepper;
	int rows = d->grid->clip.rows, width = d->grid->clip.columns;
	uint64_t end = stepper->index, first = end > (uint64_t)rows + 1 ? end - (uint64_t)rows : 1;

	for (uint64_t index = first; index < end; index++) {
		int row = (int)(index - first);
		struct step step;
		int column = NUMBER_WIDTH + 2, room = width - column - MARGIN;

		if (stepper_at(stepper, index, d->arena, &step, NULL))
			return;
		pane_draw_right(d, row, NUMBER_WIDTH, NUMBER_WIDTH - MARGIN, style_muted,
				pane_printf(d, "%llu", (unsigned long long)index));
		pane_draw(d, row, column, room, step.finite ? style_plain : style_bad,
			  line_text(d, &step, room));
	}
}

const struct view view_trail = {.place = VIEW_LEFT,
				.priority = 7,
				.spare = true,
				.want = want,
				.head = head,
				.draw = draw};
