/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_parameters.c -- the table of parameters: old, gradient (and what stages make
 * of it), change and new value of each, those
 * that are trained in the order of the walk, then the others, unless it is sorted (table.h). Its
 * headings stand on the rule. */
#include "table.h"

#include <string.h>

enum {
	LEAST = 2,
	MARGIN = 2, /* holds the mark of the current row */
	NAME_LEAST = 5,
	HEADED_COLUMNS = 64, /* from here on the names have a heading */
	GAP = 2,
	RANGE_MARGIN = 5,  /* columns around the range on the rule */
	EXTRA_DIGITS = 6,  /* of a number beside its digits: -0.00, e-05 */
	NUMBER_LEAST = 10, /* below, a column is left out */
};

/* What of the table is visible, and where. */
struct table {
	size_t first, shown, count;
	size_t current, chosen; /* rows: of the walk, of the person; SIZE_MAX: none */
	size_t *params;         /* [shown] */
	int name_width, number_width, gap;
	bool shows[N_COLUMNS];
	int column[N_COLUMNS], whole[N_COLUMNS]; /* where it begins; columns before the point */
};

/* Columns before the decimal point. */
static int whole_columns(const char *number)
{
	size_t bytes = strcspn(number, ".e·"); /* · begins like no other part of a number */
	int columns = 0;
	for (size_t i = 0; i < bytes; i++)
		columns += ((unsigned char)number[i] & 0xC0) != 0x80;
	return columns;
}

static void choose_rows(struct drawing *d, struct table *table)
{
	const struct session *session = d->session;
	size_t rows = d->rows > 0 ? (size_t)d->rows : 1;
	table->count = table_count(session, d->state);
	table->shown = table->count < rows ? table->count : rows;
	table->current = table->chosen = SIZE_MAX;
	if (session->has_step && session->step.param[0])
		table->current = table_row_of(session, d->state, session->step.place.k);
	table->chosen = rows_chosen(d, &picture_table);
	table->first = rows_first(table->count, table->shown,
				  table->chosen == SIZE_MAX ? table->current : table->chosen);
	table->params = ARENA_ARRAY(d->arena, size_t, table->shown);
	if (!table->params)
		table->shown = 0;
	else
		table_rows(session, d->state, table->first, table->shown, table->params);
}

/* "4–6 of 10", or NULL where all rows are visible. */
static const char *range_text(struct drawing *d, const struct table *table)
{
	if (table->shown == table->count)
		return NULL;
	return pane_text(d, pane_printf(d, _("%zu%s%zu of %zu"), table->first + 1,
					sign_text(d, SIGN_TO), table->first + table->shown,
					table->count));
}

/* Columns for the numbers: a wide table keeps what the range needs on the rule free. */
static int number_room(struct drawing *d, const struct table *table)
{
	const char *range = range_text(d, table);
	int width = d->grid->clip.columns, room = width - MARGIN - table->name_width;
	return range && width >= HEADED_COLUMNS ? room - pane_columns(range) - RANGE_MARGIN : room;
}

static void choose_columns(struct drawing *d, struct table *table)
{
	int n_columns = 0, x = MARGIN, room;
	table->name_width = NAME_LEAST;
	if (d->grid->clip.columns >= HEADED_COLUMNS)
		table->name_width = pane_columns(pane_text(d, _("parameter")));
	for (size_t r = 0; r < table->shown; r++) {
		int columns = pane_columns(param_text(d, table->params[r]));
		table->name_width = columns > table->name_width ? columns : table->name_width;
	}
	for (int c = 0; c < N_COLUMNS; c++)
		n_columns += table->shows[c] = table_has(d->session, c);
	room = number_room(d, table);
	if (room / n_columns - 1 < NUMBER_LEAST) {
		table->shows[COLUMN_CHANGE] = false;
		n_columns--;
	}
	table->number_width = d->numbers.digits + EXTRA_DIGITS;
	table->gap = GAP;
	if (room / n_columns < table->number_width + GAP) {
		table->gap = 1;
		table->number_width = room / n_columns - table->gap;
	}
	x += table->name_width;
	for (int c = 0; c < N_COLUMNS; c++) {
		table->column[c] = x + table->gap;
		x += table->shows[c] ? table->gap + table->number_width : 0;
	}
}

/* The number with all its digits. */
static const char *cell_text(struct drawing *d, const struct value *value)
{
	return value_text(d, value, GRID_SIZE_MAX);
}

static void choose_points(struct drawing *d, struct table *table)
{
	const struct stepper *stepper = &d->session->stepper;
	for (int c = 0; c < N_COLUMNS; c++) {
		table->whole[c] = 2;
		for (size_t r = 0; table->shows[c] && r < table->shown; r++) {
			struct value value = table_columns[c].get(stepper, table->params[r]);
			int whole = value.known ? whole_columns(cell_text(d, &value)) : 0;
			table->whole[c] = whole > table->whole[c] ? whole : table->whole[c];
		}
	}
}

static struct table table_make(struct drawing *d)
{
	struct table table = {0};
	choose_rows(d, &table);
	choose_columns(d, &table);
	choose_points(d, &table);
	return table;
}

static void want(struct drawing *d, int columns, int *least, int *most)
{
	size_t n = d->session->built.model->graph.n_params;
	(void)columns;
	*most = pane_is_asked(d) ? 0 : n < GRID_SIZE_MAX ? (int)n : GRID_SIZE_MAX;
	*least = *most < LEAST ? *most : LEAST;
}

/* Whether the range leaves the heading of the last column free. */
static bool range_fits(struct drawing *d, const struct table *table, const char *range)
{
	int end = d->grid->clip.columns - RANGE_MARGIN - pane_columns(range);
	const char *last = pane_text(d, table_columns[COLUMN_NEW].head(d));
	return table->column[COLUMN_NEW] + 2 + pane_columns(last) <= end;
}

static void head(struct drawing *d)
{
	struct table table = table_make(d);
	const char *range = range_text(d, &table);
	bool committed = stepper_at_commit(&d->session->stepper);
	pane_rule(d, NULL, range && range_fits(d, &table, range) ? range : NULL);
	if (d->grid->clip.columns >= HEADED_COLUMNS)
		grid_text(d->grid, 0, MARGIN - 1, style_bold,
			  pane_printf(d, " %s ", pane_text(d, _("parameter"))));
	for (int c = 0; c < N_COLUMNS; c++) {
		bool in_force = c == (committed ? COLUMN_NEW : COLUMN_OLD);
		bool is_sorted = c == table_sorted_by(d->state);
		if (table.shows[c])
			grid_text(d->grid, 0, table.column[c],
				  is_sorted  ? style_lit
				  : in_force ? style_bold
					     : style_plain,
				  pane_printf(d, " %s%s ", table_columns[c].head(d),
					      is_sorted ? sign_text(d, SIGN_FALLS) : ""));
	}
}

/* How a number looks: what is in force stands out, what is not any more recedes. */
static struct style number_style(const struct drawing *d, int c, const struct value *value,
				 bool current)
{
	bool committed = stepper_at_commit(&d->session->stepper);
	struct style style = style_plain;
	if (committed && c == COLUMN_NEW)
		style = style_lit;
	else if (!value->known || (committed && c == COLUMN_OLD))
		style = style_muted;
	return value_style(d, value, current ? style_current : style);
}

static void draw_number(struct drawing *d, const struct table *table, int row, int c, size_t param,
			bool current)
{
	struct value value = table_columns[c].get(&d->session->stepper, param);
	int point = table->column[c] + table->whole[c], room = table->number_width;
	struct style style = number_style(d, c, &value, current);
	const char *text = cell_text(d, &value);
	if (!value.known) {
		grid_text(d->grid, row, point - 1, style, text);
		return;
	}
	text = value_text(d, &value, room - (table->whole[c] - whole_columns(text)));
	pane_draw(d, row, point - whole_columns(text), room, style, text);
}

/* Why the parameter will not change, or NULL. */
static const char *kept_text(const struct drawing *d, size_t param)
{
	static const char *const texts[] = {
	    [FATE_CHANGES] = NULL,
	    [FATE_NOT_TRAINED] = N_("not trained"),
	    [FATE_KEPT] = N_("the rule keeps it"),
	};
	const char *text = texts[stepper_fate(&d->session->stepper, param)];
	return text ? tr(text) : NULL;
}

static void draw_row(struct drawing *d, const struct table *table, int row)
{
	size_t param = table->params[row];
	size_t at = table->first + (size_t)row;
	bool is_chosen = at == table->chosen, is_here = at == table->current;
	bool current = table->chosen == SIZE_MAX ? is_here : is_chosen;
	const char *kept = kept_text(d, param);
	int width = d->grid->clip.columns;
	if (current)
		grid_fill(d->grid, row, 0, width, style_current, " ");
	if (is_here)
		grid_text(d->grid, row, 0, current ? style_current : style_lit,
			  sign_text(d, SIGN_CURRENT));
	pane_draw(d, row, MARGIN, table->name_width, current ? style_current : style_weight,
		  param_text(d, param));
	for (int c = 0; c < N_COLUMNS; c++) {
		if (!table->shows[c] || (kept && c >= COLUMN_CHANGE))
			continue;
		draw_number(d, table, row, c, param, current);
	}
	if (kept) {
		int column = table->column[COLUMN_CHANGE] + 1;
		pane_draw(d, row, column, width - column, current ? style_current : style_muted,
			  kept);
		if (!current)
			grid_style(d->grid, row, 0, width, (struct style){GRID_DIM, GRID_DEFAULT});
	}
}

static void draw(struct drawing *d)
{
	struct table table = table_make(d);
	for (size_t r = 0; r < table.shown; r++)
		draw_row(d, &table, (int)r);
}

const struct view view_parameters = {
    .screens = SCREEN_WALK,
    .place = VIEW_RIGHT,
    .priority = 11,
    .growth = 2,
    .want = want,
    .head = head,
    .draw = draw,
};
