/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_matrix.c -- the step at hand as an entry of a product of matrices, where `set notation
 * matrix` asks for it. */
#include "pane.h"

#include "backstep/session/matrix.h"
#include "backstep/session/setting.h"

enum { LEAST = 4, WHY_ROWS = 2, MARGIN = 1 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	bool is_asked_for = setting_value(d->session, "notation") == NOTATION_MATRIX;
	(void)columns;
	*least = is_asked_for && !pane_is_asked(d) ? LEAST : 0;
	*most = *least ? MATRIX_LINES + WHY_ROWS : 0;
}

static void head(struct drawing *d)
{
	pane_rule(d, _("as matrices"), NULL);
}

static void draw(struct drawing *d)
{
	struct matrix_fact fact;
	struct matrix_text text;
	int columns = d->grid->clip.columns - 2 * MARGIN, row = 0;
	if (!matrix_fact_find(d->session, &fact)) {
		pane_draw(d, 0, MARGIN, columns, style_muted,
			  _("this step is no entry of a product of matrices"));
		return;
	}
	matrix_text_make(d->session, &fact, columns, &text);
	for (; row < (int)text.n_lines; row++)
		pane_draw(d, row, MARGIN, columns, row ? style_plain : style_bold,
			  strbuf_str(&text.lines[row]));
	for (size_t k = 0; k < text.n_spans; k++)
		grid_style(d->grid, (int)text.spans[k].line, MARGIN + text.spans[k].column,
			   text.spans[k].columns, style_lit);
	matrix_text_free(&text);
	struct rect where = {row, MARGIN, d->grid->clip.rows - row, columns};
	if (where.rows > 0)
		pane_wrap(d, where, style_muted, tr(fact.why));
}

const struct view view_matrix = {
    .screens = SCREEN_WALK,
    .place = VIEW_LEFT,
    .priority = 7,
    .want = want,
    .head = head,
    .draw = draw,
};
