/* SPDX-License-Identifier: GPL-3.0-or-later */
/* equation.c -- chooses which sides of an equation share a line. What is still too long is broken
 * at spaces, and cut only where no row is left. */
#include "equation.h"

#include <string.h>

/* Adds a side, unless it is what stands before it; of an assignment the left is another number. */
static void add_side(struct equation *equation, const struct step *step, const char *text)
{
	const char *before = equation->n_sides ? equation->sides[equation->n_sides - 1]
			     : step->assigns   ? ""
					       : equation->left;
	if (strcmp(before, text) != 0)
		equation->sides[equation->n_sides++] = text;
}

struct equation equation_make(struct drawing *d, const struct step *step, bool has_rule)
{
	bool becomes = step->assigns;
	struct equation equation = {
	    .left = formula_text(d, step->left, &d->symbols),
	    .sign = becomes ? sign_text(d, SIGN_BECOMES) : "=",
	    .remark = "",
	    .finite = step->finite,
	};
	if (has_rule)
		add_side(&equation, step, formula_text(d, step->rule, &d->symbols));
	add_side(&equation, step, formula_text(d, step->rule, &d->numbers));
	add_side(&equation, step, number_text(d, step->value));
	return equation;
}

/* Which sides begin a line, as bits: the ways to lay an equation out, the most spread one first. */
static const unsigned breaks[] = {7, 3, 5, 1};

/* Columns before the sides, sign included, and where the sides are drawn. */
static int indent_of(const struct equation *equation, int columns)
{
	int indent = pane_columns(equation->left) + pane_columns(equation->sign) + 2;
	return indent < columns / 2 ? indent : 4;
}

/* The line of sides from first on to where the next one begins, with its remark at the end. */
static const char *line_text(struct drawing *d, const struct equation *equation, int first, int end)
{
	const char *text = equation->sides[first];
	for (int i = first + 1; i < end; i++)
		text = pane_printf(d, "%s = %s", text, equation->sides[i]);
	return text;
}

static int line_end(const struct equation *equation, unsigned layout, int first)
{
	int end = first + 1;
	while (end < equation->n_sides && !(layout & 1u << end))
		end++;
	return end;
}

static bool is_short(const struct equation *equation, int indent)
{
	return indent == pane_columns(equation->left) + pane_columns(equation->sign) + 2;
}

/* Rows that a layout takes. */
static int layout_rows(struct drawing *d, const struct equation *equation, unsigned layout,
		       int columns)
{
	int indent = indent_of(equation, columns);
	int rows = !is_short(equation, indent);
	for (int first = 0; first < equation->n_sides;) {
		int end = line_end(equation, layout, first);
		const char *text = line_text(d, equation, first, end);

		if (end == equation->n_sides && *equation->remark)
			text = pane_printf(d, "%s  %s", text, equation->remark);
		rows += pane_wrap(d, (struct rect){0, 0, 0, columns - indent}, style_plain, text);
		first = end;
	}
	return rows;
}

int equation_rows(struct drawing *d, const struct equation *equation, int columns)
{
	int least = GRID_SIZE_MAX;
	for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
		int rows = layout_rows(d, equation, breaks[i], columns);
		least = rows < least ? rows : least;
	}
	return least;
}

/* The most spread layout that fits, else the one with the fewest rows. */
static unsigned choose_layout(struct drawing *d, const struct equation *equation,
			      const struct rect *where)
{
	unsigned best = breaks[0];
	int least = GRID_SIZE_MAX;
	for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
		int rows = layout_rows(d, equation, breaks[i], where->columns);
		if (rows <= where->rows)
			return breaks[i];
		if (rows < least) {
			least = rows;
			best = breaks[i];
		}
	}
	return best;
}

/* Draws the value, at the end of its line, and the remark after it. */
static void draw_value(struct drawing *d, const struct equation *equation, int row, int column)
{
	const char *value = equation->sides[equation->n_sides - 1];
	column = grid_text(d->grid, row, column, equation->finite ? style_lit : style_bad, value);
	grid_text(d->grid, row, column + 2, style_muted, pane_text(d, equation->remark));
}

/* Draws one line of the layout; returns its rows. */
static int draw_line(struct drawing *d, const struct equation *equation, int first, int end,
		     struct rect where)
{
	bool last = end == equation->n_sides && !equation->is_part;
	const char *text = line_text(d, equation, first, end);
	const char *value = equation->sides[equation->n_sides - 1];
	const char *remark = last ? equation->remark : "";
	int all = pane_columns(text) + (*remark ? 2 + pane_columns(pane_text(d, remark)) : 0);
	if (!last)
		return pane_wrap(d, where, style_plain, text);
	if (all > where.columns) /* the value is somewhere in the broken lines */
		return pane_wrap(d, where, equation->finite ? style_plain : style_bad,
				 *remark ? pane_printf(d, "%s  %s", text, remark) : text);
	if (where.rows > 0) {
		grid_text(d->grid, where.row, where.column, style_plain, text);
		draw_value(d, equation, where.row,
			   where.column + pane_columns(text) - pane_columns(value));
	}
	return 1;
}

/* Draws what of a long equation there is room for, and its value on a row of its own. */
static int draw_pinned(struct drawing *d, const struct equation *equation, struct rect where)
{
	struct equation part = *equation;
	part.n_sides--;
	part.remark = "";
	part.is_part = true;
	where.rows--;
	int rows = equation_draw(d, &part, where);
	int column = grid_text(d->grid, where.row + rows, where.column + 2, style_plain, "= ");
	draw_value(d, equation, where.row + rows, column);
	return rows + 1;
}

int equation_draw(struct drawing *d, const struct equation *equation, struct rect where)
{
	unsigned layout = choose_layout(d, equation, &where);
	bool is_cut = layout_rows(d, equation, layout, where.columns) > where.rows;
	if (is_cut && !equation->is_part && equation->n_sides > 1 && where.rows > 1)
		return draw_pinned(d, equation, where);
	int indent = indent_of(equation, where.columns), row = 0;
	int sign = is_short(equation, indent) ? indent - 1 - pane_columns(equation->sign) : 2;
	pane_draw(d, where.row, where.column, where.columns, style_bold, equation->left);
	row += !is_short(equation, indent);
	for (int first = 0; first < equation->n_sides && row < where.rows;) {
		int end = line_end(equation, layout, first);
		struct rect line = {where.row + row, where.column + indent, where.rows - row,
				    where.columns - indent};
		const char *mark = first == 0 ? equation->sign : "=";

		grid_text(d->grid, line.row,
			  where.column + sign + pane_columns(equation->sign) - pane_columns(mark),
			  style_plain, mark);
		row += draw_line(d, equation, first, end, line);
		first = end;
	}
	return row < where.rows ? row : where.rows;
}
