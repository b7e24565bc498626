/* SPDX-License-Identifier: GPL-3.0-or-later */
/* variant_gradient.h -- the gradient of a dense layer's weights and biases; part of variant.h.
 *
 * The sums run over examples, along which d and x are contiguous; to have the lanes run over
 * inputs instead, x is transposed, a panel at a time, which stays in the first-level cache: CHUNK
 * examples of WIDTH inputs, or fewer examples of more inputs. Between chunks the sums rest in
 * memory. */

enum {
	WIDTH = 16,
	CHUNK = 64,
	UNITS = 32 /* whose sums of a narrow panel are kept at once */
};

/* A transposed part of x, and where its sums go. */
struct panel {
	size_t first, width;  /* of the inputs */
	size_t row, cols;     /* row length; columns to compute, at least width */
	double *c;            /* [units][cols], rows c_row apart */
	size_t c_row;
	_Alignas(64) double at[CHUNK * WIDTH]; /* [examples][row], no vector across cache lines */
};

/* The sums over all examples for a panel, of units rows of d. */
static void panel_sums(struct panel *panel, const struct gradient *g, size_t unit, size_t units)
{
	bool add = g->add;
	for (size_t n = 0; n < g->examples; n += CHUNK, add = true) {
		size_t examples = g->examples - n < CHUNK ? g->examples - n : CHUNK;
		transpose(panel->width, examples, g->x + panel->first * g->x_row + n, g->x_row,
			  panel->at, panel->row);
		product(&(struct product){.rows = units, .cols = panel->cols, .inner = examples,
					  .a = g->d + unit * g->d_row + n, .a_row = g->d_row,
					  .a_col = 1, .b = panel->at, .b_row = panel->row,
					  .c = panel->c, .c_row = panel->c_row, .add = add});
	}
}

/* Takes the sums from w and b, or puts them there. */
static void exchange(const struct gradient *g, double *sums, size_t first, size_t width,
		     size_t unit, size_t units, bool put)
{
	for (size_t o = 0; o < units; o++, sums += WIDTH) {
		double *w = g->w + (unit + o) * g->w_row + first;
		double *from = put ? sums : w, *to = put ? w : sums;
		for (size_t k = 0; k < width; k++)
			to[k] = from[k];
		if (g->b && put)
			g->b[unit + o] = sums[width];
		else if (g->b)
			sums[width] = g->b[unit + o];
	}
}

/* The last inputs, fewer than WIDTH, and with them the bias, as one more input that is always 1:
 * multiplying by it changes no bit. Whole vectors are computed, and those in use handed out. */
static void narrow_panel(struct panel *panel, const struct gradient *g)
{
	const size_t width = panel->width, used = width + (g->b ? 1 : 0);
	_Alignas(64) double sums[UNITS * WIDTH];
	panel->row = WIDTH;
	panel->cols = (used + LANES - 1) / LANES * LANES;
	panel->c = sums;
	panel->c_row = WIDTH;
	for (size_t n = 0; n < CHUNK && n < g->examples; n++)
		for (size_t k = width; k < panel->cols; k++)
			panel->at[n * WIDTH + k] = k < used ? 1.0 : 0.0;
	for (size_t unit = 0; unit < g->units; unit += UNITS) {
		size_t units = g->units - unit < UNITS ? g->units - unit : UNITS;
		if (g->add) {
			memset(sums, 0, sizeof sums);
			exchange(g, sums, panel->first, width, unit, units, false);
		}
		panel_sums(panel, g, unit, units);
		exchange(g, sums, panel->first, width, unit, units, true);
	}
}

static void gradient(const struct gradient *g)
{
	const size_t wide_inputs = g->inputs / WIDTH * WIDTH;
	struct panel panel;
	panel.first = 0;
	panel.row = (g->examples < CHUNK ? CHUNK / g->examples : 1) * WIDTH;
	panel.c_row = g->w_row;
	for (; panel.first < wide_inputs; panel.first += panel.width) {
		size_t left = wide_inputs - panel.first;
		panel.width = panel.cols = left < panel.row ? left : panel.row;
		panel.c = g->w + panel.first;
		panel_sums(&panel, g, 0, g->units);
	}
	panel.width = g->inputs - wide_inputs;
	if (panel.width > 0)
		narrow_panel(&panel, g);
	else if (g->b)
		row_sums(g->units, g->examples, g->d, g->d_row, g->b, g->add);
}
