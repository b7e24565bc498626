/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_plane.c -- what a network of two inputs answers all over the plane, with the rows on top,
 * right and wrong; of one input, the curve that it has learnt. */
#include "../answers.h"
#include "../plot.h"

#include <math.h>

enum { SHADES = 5, MARKED_ROWS = 400, TEXT_SIDE = 5 };

static const char *missing(const struct session *session)
{
	const struct model *model = session->built.model;
	if (session->stepper.asked)
		return N_("the network's answers are not shown while a question is open");
	return model->input->rows <= 2 && model->output->rows == 1 && model->loss_class &&
		       !model->graph.is_coupled
		   ? NULL
		   : N_("only networks with one or two inputs and one output have a plane");
}

static void find_outputs(const struct plane *plane, double *low, double *high)
{
	double y;
	*low = INFINITY;
	*high = -INFINITY;
	for (int row = 0; row < plane->of.rows; row++) {
		for (int column = 0; column < plane->of.columns; column++) {
			if (!plane_at(plane, row, column, &y) || !isfinite(y))
				continue;
			*low = fmin(*low, y);
			*high = fmax(*high, y);
		}
	}
}

static const char *shade(const struct drawing *d, double share)
{
	static const char *const shades[SHADES][2] = {
	    {"·", "."}, {"░", ":"}, {"▒", "+"}, {"▓", "%"}, {"█", "#"}};
	int step = (int)(share * SHADES);
	step = step < 0 ? 0 : step < SHADES ? step : SHADES - 1;
	return shades[step][d->ascii];
}

/* A row of the data as (1): its target; (1)! where the network's answer is another class. */
static void draw_row(const struct plot *plot, const struct row_answers *answers, size_t k)
{
	struct drawing *d = plot->d;
	const struct dataset *data = &d->session->built.data;
	const double *x = data->x + (answers->first + k) * data->n_inputs;
	double t = data->t[(answers->first + k) * data->n_targets];
	bool is_class, is_right = row_is_right(answers, data, k, &is_class);
	bool is_wrong = is_class && !is_right;
	int row = plot_row(plot, data->n_inputs > 1 ? x[1] : t), column = plot_column(plot, x[0]);
	if (row < 0 || row >= plot->where.rows || column < 0 || column >= plot->where.columns)
		return;
	const char *text = data->n_inputs == 1 ? sign_text(d, SIGN_HERE)
			   : is_wrong          ? pane_printf(d, "(%s)!", number_fit(d, t, 3))
					       : pane_printf(d, "(%s)", number_fit(d, t, 3));
	int width = pane_columns(text);
	column = data->n_inputs == 1 ? column : column - 1;
	column = column < 0 ? 0 : column;
	if (column + width > plot->where.columns)
		column = plot->where.columns - width;
	grid_text(d->grid, plot->where.row + row, plot->where.column + column,
		  is_wrong ? style_bad : style_bold, text);
}

static void draw_rows(const struct plot *plot)
{
	struct drawing *d = plot->d;
	size_t n = d->session->built.data.n_rows;
	const struct row_answers *answers = answers_rows(d, 0, n < MARKED_ROWS ? n : MARKED_ROWS);
	for (size_t k = 0; answers && k < answers->n; k++)
		draw_row(plot, answers, k);
}

static void draw_plane(struct drawing *d, const struct plane *plane, struct rect where)
{
	struct plot plot;
	double low, high, y;
	find_outputs(plane, &low, &high);
	plot_begin(&plot, d, where, plane->of.low[0], plane->of.high[0], plane->of.low[1],
		   plane->of.high[1], false);
	for (int row = 0; row < plane->of.rows && row < plot.where.rows; row++)
		for (int column = 0; column < plane->of.columns && column < plot.where.columns;
		     column++)
			if (plane_at(plane, row, column, &y) && isfinite(y))
				grid_text(d->grid, plot.where.row + row, plot.where.column + column,
					  style_weight,
					  shade(d, high > low ? (y - low) / (high - low) : 0.5));
	draw_rows(&plot);
	const char *legend =
	    pane_printf(d, "%s %s  %s %s  (t)  (t)! %s", shade(d, 0.0), number_fit(d, low, 8),
			shade(d, 1.0), number_fit(d, high, 8), _("wrong"));
	pane_draw(d, where.row + where.rows, plot.where.column, plot.where.columns, style_muted,
		  legend);
}

/* The answer at x, between the points of a plane of one row. */
static double fitted_at(const void *ctx, double x)
{
	const struct plane *plane = ctx;
	double share = (x - plane->of.low[0]) / (plane->of.high[0] - plane->of.low[0]), y;
	int column = (int)(share * plane->of.columns);
	column = column < 0 ? 0 : column < plane->of.columns ? column : plane->of.columns - 1;
	return plane_at(plane, 0, column, &y) ? y : NAN;
}

static void draw_fit(struct drawing *d, const struct plane *plane, struct rect where)
{
	const struct dataset *data = &d->session->built.data;
	struct plot plot;
	double low, high;
	find_outputs(plane, &low, &high);
	for (size_t row = 0; row < data->n_rows; row++) {
		low = fmin(low, data->t[row * data->n_targets]);
		high = fmax(high, data->t[row * data->n_targets]);
	}
	plot_begin(&plot, d, where, plane->of.low[0], plane->of.high[0], low, high, false);
	plot_curve(&plot, fitted_at, plane, style_weight);
	draw_rows(&plot);
}

static void draw(struct drawing *d)
{
	bool is_flat = d->session->built.model->input->rows == 1;
	/* a row below a plane is for its legend */
	struct rect where = {0, 0, d->grid->clip.rows - !is_flat, d->grid->clip.columns};
	struct rect inside = plot_inside(where);
	struct plane_of of = {.rows = is_flat ? 1 : inside.rows,
			      .columns = is_flat ? 2 * inside.columns : inside.columns};
	answers_range(&d->session->built.data, of.low, of.high);
	const struct plane *plane = answers_plane(d, &of);
	if (plane && is_flat)
		draw_fit(d, plane, where);
	else if (plane)
		draw_plane(d, plane, where);
}

static void title(const struct session *session, struct strbuf *out)
{
	const struct node *input = session->built.model->input;
	struct arena *arena = arena_new();
	const char *answer = unit_name(session, arena, session->built.model->output, 0);
	const char *across = unit_name(session, arena, input, 0);
	if (input->rows == 1)
		strbuf_addf(out, _("%s, what the network answers to %s"), answer, across);
	else
		strbuf_addf(out, _("%s, what the network answers: %s across, %s upwards"), answer,
			    across, unit_name(session, arena, input, input->stride));
	arena_free(arena);
}

/* A line of answers: to x alone, or to x with the second input from low to high. */
static void add_line(struct session *session, const double *numbers, size_t n, struct strbuf *out)
{
	for (size_t k = 0; k < n; k++) {
		strbuf_add(out, "  ");
		step_print_number(numbers[k], &session->style, out);
	}
	strbuf_add_char(out, '\n');
}

/* A table: with one input x and the answer in each line, with two a line for each second input, the
 * largest first, and a column for each first one. */
static void print(struct session *session, struct strbuf *out)
{
	const struct dataset *data = &session->built.data;
	bool is_flat = data->n_inputs == 1;
	size_t across = is_flat ? 1 : TEXT_SIDE, n = TEXT_SIDE * across;
	double x[2 * TEXT_SIDE * TEXT_SIDE], t[TEXT_SIDE * TEXT_SIDE] = {0}, line[TEXT_SIDE + 1];
	double y[TEXT_SIDE * TEXT_SIDE], low[2], high[2];
	struct evaluation evaluation;
	if (stepper_evaluation(&session->stepper, &evaluation, NULL))
		return;
	answers_range(data, low, high);
	for (size_t k = 0; k < n; k++) {
		double share = (double)(k / across) / (TEXT_SIDE - 1);
		x[k * data->n_inputs] =
		    low[0] +
		    (is_flat ? share : (double)(k % across) / (across - 1)) * (high[0] - low[0]);
		if (!is_flat)
			x[k * 2 + 1] = high[1] - share * (high[1] - low[1]);
	}
	enum status status =
	    evaluation_outputs(&evaluation, stepper_theta(&session->stepper), x, t, n, y, NULL);
	evaluation_free(&evaluation);
	if (status)
		return;
	for (size_t k = 0; k < n; k += across) {
		line[0] = is_flat ? x[k] : x[2 * k + 1];
		for (size_t c = 0; c < across; c++)
			line[c + 1] = y[k + c];
		add_line(session, line, across + 1, out);
	}
	if (is_flat)
		return;
	strbuf_addf(out, "  %s:", _("from left to right"));
	for (size_t c = 0; c < across; c++)
		line[c] = x[2 * c];
	add_line(session, line, across, out);
}

const struct picture picture_plane = {
    .name = "plane",
    .spanish = "plano",
    .summary = N_("what the network answers all over its inputs, with the data on top"),
    .missing = missing,
    .title = title,
    .draw = draw,
    .print = print,
};
