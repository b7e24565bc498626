/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot.c -- numbers to cells. */
#include "plot.h"

#include <math.h>

#include "backstep/base/text.h"
#include "backstep/session/setting.h"

enum { EIGHTHS = 8, LABEL_MAX = 10, TICK_ROWS = 3, TICK_COLUMNS = 10, BRAILLE = 0x2800 };

static const char *const blocks[EIGHTHS + 1] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
static const char *const lying[EIGHTHS + 1] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

static double height_of(const struct plot *plot, double y)
{
	double at = plot->is_log ? log10(y) : y;
	return (at - plot->bottom) / (plot->top - plot->bottom);
}

double plot_x(const struct plot *plot, int column)
{
	double share = (column + 0.5) / plot->where.columns;
	return plot->left + share * (plot->right - plot->left);
}

/* The cell at share (0 to 1) of n; what is outside goes to the next cell there. */
static int cell_of(double share, int n)
{
	if (!(share >= 0.0))
		return -1;
	if (share > 1.0)
		return n;
	int cell = (int)(share * n);
	return cell < n ? cell : n - 1;
}

int plot_column(const struct plot *plot, double x)
{
	return cell_of((x - plot->left) / (plot->right - plot->left), plot->where.columns);
}

int plot_row(const struct plot *plot, double y)
{
	double share = height_of(plot, y);
	return share < 0.0 ? plot->where.rows : cell_of(1.0 - share, plot->where.rows);
}

static void widen(double *low, double *high)
{
	double margin = *high > *low ? 0.0 : *low != 0.0 ? fabs(*low) / 2.0 : 1.0;
	*low -= margin;
	*high += margin;
}

static const char *label(struct drawing *d, double value)
{
	return number_fit(d, value, LABEL_MAX - 1);
}

/* The least of 1, 2, 5, 10, ... times a power of ten that a range has at most n steps of. */
static double round_step(double range, int n)
{
	static const double factors[] = {1.0, 2.0, 5.0};
	double power = pow(10.0, floor(log10(range / n)));
	for (size_t k = 0; k < sizeof factors / sizeof *factors; k++)
		if (factors[k] * power * n >= range)
			return factors[k] * power;
	return 10.0 * power;
}

/* How many multiples of step lie in a range. */
static int count_ticks(double low, double high, double step)
{
	return (int)(floor(high / step) - ceil(low / step)) + 1;
}

/* Of a log axis the numbers at both ends, and 1, 2 and 5 times the power of ten that lies in the
 * row, of several powers only these; NULL: none does. */
static const char *log_tick(const struct plot *plot, int row)
{
	static const double factors[] = {1.0, 2.0, 5.0};
	double step = (plot->top - plot->bottom) / plot->where.rows;
	double high = plot->top - row * step;
	size_t n = plot->top - plot->bottom < 1.0 ? sizeof factors / sizeof *factors : 1;
	if (row == 0 || row == plot->where.rows - 1)
		return label(plot->d, pow(10.0, row == 0 ? plot->top : plot->bottom));
	for (size_t k = 0; k < n; k++) {
		double part = log10(factors[k]), power = floor(high - part);
		if (power + part > high - step)
			return label(plot->d, factors[k] * pow(10.0, power));
	}
	return NULL;
}

/* The round number that lies in the row, else NULL; where there is only one, both ends. */
static const char *linear_tick(const struct plot *plot, int row)
{
	int n = plot->where.rows / TICK_ROWS > 2 ? plot->where.rows / TICK_ROWS : 2;
	double range = plot->top - plot->bottom, height = range / plot->where.rows;
	double high = plot->top - row * height, step = round_step(range, n);
	if (count_ticks(plot->bottom, plot->top, step) < 2 && plot->where.rows > 1)
		return row == 0                      ? label(plot->d, plot->top)
		       : row == plot->where.rows - 1 ? label(plot->d, plot->bottom)
						     : NULL;
	double tick = floor(high / step) * step;
	bool is_first = row == 0 && high - tick < height / 2.0;
	bool is_here =
	    tick > high - height || (row == plot->where.rows - 1 && tick >= plot->bottom);
	return is_here || is_first ? label(plot->d, tick == 0.0 ? 0.0 : tick) : NULL;
}

/* Round numbers below the axis, each below its column; where there is only one, both ends. */
static void draw_ticks_across(const struct plot *plot, int row)
{
	struct drawing *d = plot->d;
	int columns = plot->where.columns, first = plot->where.column, end = -1;
	int n = columns / TICK_COLUMNS > 2 ? columns / TICK_COLUMNS : 2;
	double step = round_step(plot->right - plot->left, n);
	if (count_ticks(plot->left, plot->right, step) < 2) {
		const char *left = label(d, plot->left);
		pane_draw(d, row, first, columns, style_muted, left);
		pane_draw_right(d, row, first + columns, columns - pane_columns(left) - 1,
				style_muted, label(d, plot->right));
		return;
	}
	for (double k = ceil(plot->left / step); k * step <= plot->right; k++) {
		const char *text = label(d, k == 0.0 ? 0.0 : k * step);
		int width = pane_columns(text), at = plot_column(plot, k * step) - width / 2;
		at = at > columns - width ? columns - width : at < 0 ? 0 : at;
		if (at <= end)
			continue;
		grid_text(d->grid, row, first + at, style_muted, text);
		end = at + width;
	}
}

static void draw_axes(const struct plot *plot)
{
	struct drawing *d = plot->d;
	const struct rect *where = &plot->where;
	for (int row = 0; row < where->rows; row++) {
		const char *text = plot->is_log ? log_tick(plot, row) : linear_tick(plot, row);
		if (text)
			pane_draw_right(d, where->row + row, where->column - 1, LABEL_MAX - 1,
					style_muted, text);
		grid_text(d->grid, where->row + row, where->column - 1, style_muted,
			  sign_text(d, text ? SIGN_BAR_LEFT : SIGN_BAR));
	}
	draw_ticks_across(plot, where->row + where->rows);
}

struct rect plot_inside(struct rect where)
{
	struct rect inside = {where.row, where.column + LABEL_MAX, where.rows - 1,
			      where.columns - LABEL_MAX - 1};
	inside.rows = inside.rows > 1 ? inside.rows : 1;
	inside.columns = inside.columns > 1 ? inside.columns : 1;
	return inside;
}

void plot_begin(struct plot *plot, struct drawing *d, struct rect where, double left, double right,
		double bottom, double top, bool is_log)
{
	*plot = (struct plot){.d = d, .left = left, .right = right, .is_log = is_log};
	plot->bottom = is_log ? log10(bottom) : bottom;
	plot->top = is_log ? log10(top) : top;
	widen(&plot->left, &plot->right);
	widen(&plot->bottom, &plot->top);
	plot->where = plot_inside(where);
	draw_axes(plot);
}

static void put(const struct plot *plot, int row, int column, struct style style, const char *text)
{
	if (row >= 0 && row < plot->where.rows && column >= 0 && column < plot->where.columns)
		grid_text(plot->d->grid, plot->where.row + row, plot->where.column + column, style,
			  text);
}

/* A column filled up to a height, in eighths of a cell. */
static void draw_filled(const struct plot *plot, int column, double share, struct style style)
{
	int most = plot->where.rows * EIGHTHS, height;
	share = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
	height = (int)lround(share * most);
	height = height ? height : 1;
	for (int row = plot->where.rows - 1; row >= 0 && height > 0; row--) {
		put(plot, row, column, style, blocks[height < EIGHTHS ? height : EIGHTHS]);
		height -= EIGHTHS;
	}
}

static bool is_braille(const struct plot *plot)
{
	return !plot->d->ascii && setting_value(plot->d->session, "plot") == PLOT_BRAILLE;
}

/* The dots of a cell: bit of its row, of its left or right column. */
static unsigned char dot(int row, int right)
{
	static const unsigned char bits[4][2] = {{1, 8}, {2, 16}, {4, 32}, {64, 128}};
	return bits[row][right];
}

/* A line of dots, two in a cell's width and four in its height; jumps are joined. */
static void draw_dots(const struct plot *plot, double (*y)(const void *ctx, double x),
		      const void *ctx, struct style style)
{
	int rows = plot->where.rows * 4, columns = plot->where.columns * 2, last = -1;
	unsigned char *cells = ARENA_ARRAY(plot->d->arena, unsigned char,
					   (size_t)plot->where.rows *(size_t)plot->where.columns);
	for (int k = 0; cells && k < columns; k++) {
		double x = plot->left + (plot->right - plot->left) * (k + 0.5) / columns;
		double share = height_of(plot, y(ctx, x));
		if (!(share >= 0.0 && share <= 1.0)) {
			last = -1;
			continue;
		}
		int at = rows - 1 - (int)(share * (rows - 1) + 0.5);
		int from = last < 0 || last == at ? at : last < at ? last + 1 : last - 1;
		for (int row = from; row != at + (from <= at ? 1 : -1); row += from <= at ? 1 : -1)
			cells[row / 4 * plot->where.columns + k / 2] |= dot(row % 4, k % 2);
		last = at;
	}
	for (int k = 0; cells && k < plot->where.rows * plot->where.columns; k++) {
		char text[5] = {0};
		if (cells[k] && utf8_encode(BRAILLE + cells[k], text))
			put(plot, k / plot->where.columns, k % plot->where.columns, style, text);
	}
}

void plot_curve(const struct plot *plot, double (*y)(const void *ctx, double x), const void *ctx,
		struct style style)
{
	if (is_braille(plot)) {
		draw_dots(plot, y, ctx, style);
		return;
	}
	for (int column = 0; column < plot->where.columns; column++) {
		double at = y(ctx, plot_x(plot, column));
		if (isnan(at))
			continue;
		if (plot->d->ascii)
			put(plot, plot_row(plot, at), column, style, "*");
		else
			draw_filled(plot, column, height_of(plot, at), style);
	}
}

/* Whether nothing is drawn in some cells of the plane. */
static bool is_free(const struct plot *plot, int row, int column, int width)
{
	const struct grid *grid = plot->d->grid;
	if (row < 0 || row >= plot->where.rows || column < 0 ||
	    column + width > plot->where.columns)
		return false;
	for (int k = 0; k < width; k++) {
		const struct cell *cell =
		    grid_at(plot->d->grid, grid->clip.row + plot->where.row + row,
			    grid->clip.column + plot->where.column + column + k);
		if (!cell || cell->text[0] != ' ')
			return false;
	}
	return true;
}

void plot_mark(const struct plot *plot, double x, double y, struct style style, const char *sign,
	       const char *text)
{
	int row = plot_row(plot, y), column = plot_column(plot, x);
	int width = text ? pane_columns(text) : 0;
	/* where the text may stand, the best first: beside the mark or a row above or below it */
	const int places[][2] = {{row, column + 2},         {row - 1, column + 1},
				 {row, column - 1 - width}, {row - 1, column - 1 - width},
				 {row + 1, column + 1},     {row + 1, column - 1 - width}};
	put(plot, row, column, style, sign);
	for (size_t k = 0; text && k < sizeof places / sizeof *places; k++) {
		if (!is_free(plot, places[k][0], places[k][1], width))
			continue;
		put(plot, places[k][0], places[k][1], style, text);
		return;
	}
}

void plot_bar(struct drawing *d, int row, int column, int width, double share, struct style style)
{
	int eighths = (int)(share * width * EIGHTHS + 0.5);
	eighths = share > 0.0 && eighths == 0 ? 1 : eighths;
	for (; eighths > 0; eighths -= EIGHTHS) {
		int part = eighths < EIGHTHS ? eighths : EIGHTHS;
		column = grid_text(d->grid, row, column, style, d->ascii ? "#" : lying[part]);
	}
}

const char *plot_block(const struct drawing *d, double share)
{
	static const char *const steps[] = {"_", ".", ":", "-", "=", "+", "*", "#"};
	int step = isfinite(share) ? (int)(share * (EIGHTHS - 1) + 0.5) : EIGHTHS - 1;
	return d->ascii ? steps[step] : blocks[step + 1];
}

const char *plot_sparkline(struct drawing *d, const double *numbers, size_t n)
{
	double low = INFINITY, high = -INFINITY;
	struct strbuf text = {0};
	for (size_t k = 0; k < n; k++) {
		low = fmin(low, numbers[k]);
		high = fmax(high, numbers[k]);
	}
	for (size_t k = 0; k < n; k++)
		strbuf_add(&text,
			   plot_block(d, high > low ? (numbers[k] - low) / (high - low) : 0.0));
	const char *kept = pane_printf(d, "%s", strbuf_str(&text));
	strbuf_free(&text);
	return kept;
}
