/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_parameters.c -- the table of parameters: old, gradient (and what stages make
 * of it), change and new value of each, those
 * that are trained in the order of the walk, then the others. Its headings stand on the rule.
 *
 * To add a column: a row of table_columns. */
#include "pane.h"

#include <math.h>
#include <string.h>

enum {
	LEAST = 2,
	MARGIN = 2, /* holds the mark of the current row */
	NAME_LEAST = 5,
	HEADED_COLUMNS = 64, /* from here on the names have a heading */
	GAP = 2,
	RANGE_MARGIN = 5, /* columns around the range on the rule */
	EXTRA_DIGITS = 6, /* of a number beside its digits: -0.00, e-05 */
	NUMBER_LEAST = 8, /* below, a column is left out */
};

static const char *head_old(struct drawing *d)
{
	(void)d;
	return _("old");
}

static const char *head_gradient(struct drawing *d)
{
	const struct model *model = d->session->built.model;
	struct formula *loss = d->session->stepper.trainer.n_examples > 1
				   ? formula_symbol(d->arena, model->batch_name, NULL, 0.0)
				   : step_element_symbol(d->arena, model->total, 0, NULL);
	struct formula *any = formula_symbol(d->arena, ".", "·", 0.0);
	return formula_text(d, formula_derivative(d->arena, loss, any), &d->symbols);
}

static const char *head_change(struct drawing *d)
{
	(void)d;
	return _("change");
}

static const char *head_new(struct drawing *d)
{
	if (!stepper_at_commit(&d->session->stepper))
		return _("new");
	return pane_printf(d, "%s %s", _("new"), sign_text(d, SIGN_DONE));
}

static bool get_old(const struct stepper *stepper, size_t param, double *value)
{
	*value = stepper->trainer.model->graph.theta[param];
	return true;
}

static bool get_gradient(const struct stepper *stepper, size_t param, double *value)
{
	*value = stepper->trainer.model->graph.grad[param];
	return stepper_knows_gradient(stepper, param);
}

/* The gradient as the stages hand it to the optimizer. */
static const char *head_handed(struct drawing *d)
{
	(void)d;
	return "g";
}

static bool get_handed(const struct stepper *stepper, size_t param, double *value)
{
	size_t last = stage_list_last(&stepper->plan.stages, STAGE_GRADIENT);
	size_t k = stepper->plan.rank[param];
	*value = stages_gradient(&stepper->trainer.stages)[param];
	return k != SIZE_MAX && stepper_knows_stage(stepper, last, k);
}

static bool get_new(const struct stepper *stepper, size_t param, double *value)
{
	*value = stepper->trainer.next[param];
	return stepper_knows_new(stepper, param);
}

static bool get_change(const struct stepper *stepper, size_t param, double *value)
{
	double old, next;
	bool known = get_old(stepper, param, &old) && get_new(stepper, param, &next);
	*value = known ? next - old : 0.0;
	return known;
}

enum { COLUMN_OLD, COLUMN_GRADIENT, COLUMN_HANDED, COLUMN_CHANGE, COLUMN_NEW, N_COLUMNS };

static const struct table_column {
	const char *(*head)(struct drawing *d);
	/* Whether the number is known, and which it is. */
	bool (*get)(const struct stepper *stepper, size_t param, double *value);
} table_columns[N_COLUMNS] = {
    [COLUMN_OLD] = {head_old, get_old},          [COLUMN_GRADIENT] = {head_gradient, get_gradient},
    [COLUMN_HANDED] = {head_handed, get_handed}, [COLUMN_CHANGE] = {head_change, get_change},
    [COLUMN_NEW] = {head_new, get_new},
};

/* What of the table is visible, and where. */
struct table {
	size_t first, shown, count, current; /* rows; current SIZE_MAX: none */
	size_t *params;                      /* [shown] */
	int name_width, number_width, gap;
	bool shows[N_COLUMNS];
	int column[N_COLUMNS], whole[N_COLUMNS]; /* where it begins; columns before the point */
};

/* Columns before the decimal point. */
static int whole_columns(const char *number)
{
	size_t bytes = strcspn(number, ".e");
	int columns = 0;
	for (size_t i = 0; i < bytes; i++)
		columns += ((unsigned char)number[i] & 0xC0) != 0x80;
	return columns;
}

static void choose_rows(struct drawing *d, struct table *table)
{
	const struct session *session = d->session;
	size_t rows = d->rows > 0 ? (size_t)d->rows : 1;
	table->count = session->built.model->graph.n_params;
	table->shown = table->count < rows ? table->count : rows;
	table->current = SIZE_MAX;
	if (!session->has_step || !session->step.param[0])
		return;
	table->current = session->step.place.k;
	if (table->current > table->shown / 2)
		table->first = table->current - table->shown / 2;
	if (table->first + table->shown > table->count)
		table->first = table->count - table->shown;
}

/* Fills in the parameters of the visible rows: those of the walk first. */
static void find_params(struct drawing *d, struct table *table)
{
	const struct plan *plan = &d->session->stepper.plan;
	size_t row = plan->n_order, n = 0, end = table->first + table->shown;
	table->params = ARENA_ARRAY(d->arena, size_t, table->shown);
	if (!table->params) {
		table->shown = 0;
		return;
	}
	for (size_t r = table->first; r < end && r < plan->n_order; r++)
		table->params[n++] = plan->order[r];
	for (size_t param = 0; n < table->shown; param++) {
		if (plan->rank[param] != SIZE_MAX)
			continue;
		if (row >= table->first)
			table->params[n++] = param;
		row++;
	}
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

static bool has_column(const struct stepper *stepper, int c)
{
	if (c == COLUMN_HANDED)
		return stepper->plan.stages.has[STAGE_GRADIENT];
	return c != COLUMN_GRADIENT || stepper->plan.has_backward;
}

static void choose_columns(struct drawing *d, struct table *table)
{
	const struct stepper *stepper = &d->session->stepper;
	int n_columns = 0, x = MARGIN, room;
	table->name_width = NAME_LEAST;
	if (d->grid->clip.columns >= HEADED_COLUMNS)
		table->name_width = pane_columns(pane_text(d, _("parameter")));
	for (size_t r = 0; r < table->shown; r++) {
		int columns = pane_columns(param_text(d, table->params[r]));
		table->name_width = columns > table->name_width ? columns : table->name_width;
	}
	for (int c = 0; c < N_COLUMNS; c++)
		n_columns += table->shows[c] = has_column(stepper, c);
	room = number_room(d, table);
	if (room / n_columns - 1 < NUMBER_LEAST) {
		table->shows[COLUMN_CHANGE] = false;
		n_columns--;
	}
	table->number_width = d->numbers.digits + EXTRA_DIGITS;
	table->gap = GAP;
	if (room / n_columns < table->number_width + GAP) {
		table->gap = room / n_columns < GAP + NUMBER_LEAST + 2 ? 1 : GAP;
		table->number_width = room / n_columns - table->gap;
	}
	x += table->name_width;
	for (int c = 0; c < N_COLUMNS; c++) {
		table->column[c] = x + table->gap;
		x += table->shows[c] ? table->gap + table->number_width : 0;
	}
}

static void choose_points(struct drawing *d, struct table *table)
{
	const struct stepper *stepper = &d->session->stepper;
	double value;
	for (int c = 0; c < N_COLUMNS; c++) {
		table->whole[c] = 2;
		for (size_t r = 0; table->shows[c] && r < table->shown; r++) {
			if (!table_columns[c].get(stepper, table->params[r], &value))
				continue;
			int whole = whole_columns(number_text(d, value));
			table->whole[c] = whole > table->whole[c] ? whole : table->whole[c];
		}
	}
}

static struct table table_make(struct drawing *d)
{
	struct table table = {0};
	choose_rows(d, &table);
	find_params(d, &table);
	choose_columns(d, &table);
	choose_points(d, &table);
	return table;
}

static void want(struct drawing *d, int columns, int *least, int *most)
{
	size_t n = d->session->built.model->graph.n_params;
	(void)columns;
	*most = n < GRID_SIZE_MAX ? (int)n : GRID_SIZE_MAX;
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

		if (table.shows[c])
			grid_text(d->grid, 0, table.column[c], in_force ? style_bold : style_plain,
				  pane_printf(d, " %s ", table_columns[c].head(d)));
	}
}

/* How a number looks: what is in force stands out, what is not any more recedes. */
static struct style number_style(const struct drawing *d, int c, double value, bool current)
{
	bool committed = stepper_at_commit(&d->session->stepper);
	if (!isfinite(value))
		return style_bad;
	if (current)
		return style_current;
	if (committed && c == COLUMN_NEW)
		return style_lit;
	return committed && c == COLUMN_OLD ? style_muted : style_plain;
}

static void draw_number(struct drawing *d, const struct table *table, int row, int c, size_t param,
			bool current)
{
	double value;
	int column = table->column[c], whole;
	const char *text;
	if (!table_columns[c].get(&d->session->stepper, param, &value)) {
		grid_text(d->grid, row, column + table->whole[c] - 1,
			  current ? style_current : style_muted, sign_text(d, SIGN_BLANK));
		return;
	}
	whole = table->whole[c] - whole_columns(number_text(d, value));
	text = number_fit(d, value, table->number_width - whole);
	pane_draw(d, row, column + table->whole[c] - whole_columns(text), table->number_width,
		  number_style(d, c, value, current), text);
}

/* Why the parameter will not change, or NULL. */
static const char *kept_text(const struct drawing *d, size_t param)
{
	const struct stepper *stepper = &d->session->stepper;
	const struct trainer *trainer = &stepper->trainer;
	if (stepper->plan.rank[param] == SIZE_MAX)
		return _("not trained");
	return optimizer_changes(&trainer->optimizer, trainer->model, param)
		   ? NULL
		   : _("the rule keeps it");
}

static void draw_row(struct drawing *d, const struct table *table, int row)
{
	size_t param = table->params[row];
	bool current = table->first + (size_t)row == table->current;
	const char *kept = kept_text(d, param);
	int width = d->grid->clip.columns;
	if (current) {
		grid_fill(d->grid, row, 0, width, style_current, " ");
		grid_text(d->grid, row, 0, style_current, sign_text(d, SIGN_CURRENT));
	}
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
    .priority = 5,
    .want = want,
    .head = head,
    .draw = draw,
};
