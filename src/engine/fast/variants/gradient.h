/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gradient.h -- the gradient of a dense layer's weights and biases; part of variant.h.
 *
 * The sums run over examples, along which d and x are contiguous; to have the lanes run over
 * inputs instead, x is transposed, a panel at a time, which stays in the first-level cache: CHUNK
 * examples of WIDTH inputs, or fewer examples of more inputs. Between chunks the sums rest in
 * memory. */

enum {
	WIDTH = 16,
	CHUNK = 64,
	UNITS = 32, /* whose sums of a narrow panel are kept at once */
	LONE = 8    /* inputs of a lone unit, and its bias */
};

/* A transposed part of x, and where its sums go. */
struct panel {
	size_t first, width; /* of the inputs */
	size_t row, cols;    /* row length; columns to compute, at least width */
	double *c;           /* [units][cols], rows c_row apart */
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
		product(&(struct product){.rows = units,
					  .cols = panel->cols,
					  .inner = examples,
					  .a = g->d + unit * g->d_row + n,
					  .a_row = g->d_row,
					  .a_col = 1,
					  .b = panel->at,
					  .b_row = panel->row,
					  .c = panel->c,
					  .c_row = panel->c_row,
					  .add = add});
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

/* One unit with few inputs: its sums are one or two chains of additions, each waiting for the one
 * before, and x is transposed in registers meanwhile. As above, the bias is the weight of an input
 * that is always 1; the lanes left over have an input that is always 0. */
INLINE void lone_unit(const struct gradient *g, size_t groups)
{
	const size_t lanes = groups * COLUMN, inputs = g->inputs;
	double start[LONE], always[2][CHUNK];
	rows_vector sum[LONE / COLUMN];
	for (size_t k = 0; k < lanes; k++)
		start[k] = !g->add               ? -0.0
			   : k < inputs          ? g->w[k]
			   : k == inputs && g->b ? g->b[0]
						 : 0.0;
	for (size_t j = 0; j < CHUNK; j++) {
		always[0][j] = 0.0;
		always[1][j] = 1.0;
	}
	FOR_EACH (q, groups)
		sum[q] = *(const rows_vector *)(start + q * COLUMN);
	for (size_t n = 0; n < g->examples; n += CHUNK) {
		const size_t size = g->examples - n < CHUNK ? g->examples - n : CHUNK;
		const double *rows[LONE], *d = g->d + n;
		for (size_t k = 0; k < lanes; k++)
			rows[k] = k < inputs ? g->x + k * g->x_row + n : always[k == inputs];
		size_t j = 0;
		for (; j + 2 <= size; j += 2)
			FOR_EACH (q, groups) {
				rows_vector even, odd;
				load_rows(rows + q * COLUMN, j, &even, &odd);
				sum[q] += even * d[j];
				sum[q] += odd * d[j + 1];
			}
		for (size_t k = 0; j < size && k < lanes; k++)
			sum[k / COLUMN][k % COLUMN] += rows[k][j] * d[j];
	}
	for (size_t k = 0; k < inputs; k++)
		g->w[k] = sum[k / COLUMN][k % COLUMN];
	if (g->b)
		g->b[0] = sum[inputs / COLUMN][inputs % COLUMN];
}

static void gradient(const struct gradient *g)
{
	if (g->units == 1 && g->inputs < COLUMN) {
		lone_unit(g, 1);
		return;
	}
	if (g->units == 1 && g->inputs < LONE) {
		lone_unit(g, LONE / COLUMN);
		return;
	}
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
