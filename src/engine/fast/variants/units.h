/* SPDX-License-Identifier: GPL-3.0-or-later */
/* units.h -- weighted sums of one or two units, and what they hand to weights, inputs and biases;
 * part of variant.h. Compiled into the passes of each activation, layer.h. */

#ifdef __clang__
#define SMALL_UNROLL
#else
#define SMALL_UNROLL _Pragma("GCC unroll 4")
#endif
#define SMALL_EACH(n, first, n_examples) \
	SMALL_UNROLL for (size_t n = (first); n < (n_examples); n++)
/* A loop over one or two vectors, which would not become vectors if it were unrolled before. */
#ifdef __clang__
#define SMALL_VECTOR(e, size) for (size_t e = 0; e < (size); e++)
#else
#define SMALL_VECTOR(e, size) _Pragma("GCC unroll 1") for (size_t e = 0; e < (size); e++)
#endif

/* Some units of a layer, from o on, and the lengths of the loops over them: constants where the
 * passes are compiled for them. */
struct units {
	const struct fused_layer *layer;
	size_t o, n_units, n_inputs, n_examples;
};

/* Writes 1, 2, 4 or 8 numbers in pieces as large as those that they are read in: what was written
 * in smaller ones keeps the reader waiting. */
INLINE void put(double *to, const double *from, size_t n)
{
	if (n == 1)
		*to = *from;
#if LANES >= 4
	else if (n >= 4)
		SMALL_EACH (k, 0, n / 4)
			*(quad *)(to + 4 * k) =
			    (quad){from[4 * k], from[4 * k + 1], from[4 * k + 2], from[4 * k + 3]};
#endif
	else
		SMALL_EACH (k, 0, n / 2)
			*(kernels_pair *)(to + 2 * k) =
			    (kernels_pair){from[2 * k], from[2 * k + 1]};
}

/* Writes the first 1 or 2 numbers of a pair. */
INLINE void put_pair(double *to, pair from, size_t n)
{
	if (n == 2)
		*(pair *)to = from;
	else
		*to = from[0];
}

/* Shapes: z [n_units][n_examples]. Math: every sum starts with its first product. */
INLINE void unit_sums(struct units units, double *z)
{
	const size_t n_inputs = units.n_inputs, b_step = units.layer->b_step;
	const double *w = units.layer->w + units.o * n_inputs, *x = units.layer->x;
	const double *b = units.layer->b + units.o * b_step;
	SMALL_EACH (u, 0, units.n_units)
		SMALL_EACH (n, 0, units.n_examples)
			z[u * units.n_examples + n] = w[u * n_inputs] * x[n];
	for (size_t k = 1; k < n_inputs; k++) {
		x += units.n_examples;
		SMALL_EACH (u, 0, units.n_units)
			SMALL_EACH (n, 0, units.n_examples)
				z[u * units.n_examples + n] += w[u * n_inputs + k] * x[n];
	}
	SMALL_EACH (u, 0, units.n_units)
		SMALL_EACH (n, 0, units.n_examples)
			z[u * units.n_examples + n] += b[u * b_step];
}

/* What units hand to width of their weights, from input k on. Shapes: dz, the gradients of the
 * units' sums, [n_units][n_examples]. */
INLINE void weight_gradients(struct units units, const double *dz, size_t k, size_t width)
{
	const size_t n_examples = units.n_examples;
	const double *x = units.layer->x + k * n_examples;
	double *dw = units.layer->dw + units.o * units.n_inputs + k;
	SMALL_EACH (u, 0, units.n_units) {
		double sum[2];
		for (size_t j = 0; j < width; j++) {
			sum[j] = dz[u * n_examples] * x[j * n_examples];
			SMALL_EACH (n, 1, n_examples)
				sum[j] += dz[u * n_examples + n] * x[j * n_examples + n];
		}
		put(dw + u * units.n_inputs, sum, width);
	}
}

/* What they hand to width of their inputs, from input k on; first: nobody has handed those anything
 * yet. */
INLINE void input_gradients(struct units units, const double *dz, size_t k, size_t width,
			    bool first)
{
	const size_t n_examples = units.n_examples, size = width * n_examples;
	const double *w = units.layer->w + units.o * units.n_inputs + k;
	double *dx = units.layer->dx + k * n_examples;
	double sum[8];
	for (size_t j = 0; j < width; j++)
		SMALL_EACH (n, 0, n_examples) {
			double part = w[j] * dz[n];
			part = first ? part : dx[j * n_examples + n] + part;
			SMALL_EACH (u, 1, units.n_units)
				part += w[u * units.n_inputs + j] * dz[u * n_examples + n];
			sum[j * n_examples + n] = part;
		}
	put(dx, sum, size);
}

/* Two inputs at a time, for what is written as a pair can be read as one. Whether the units are the
 * first is a constant where the sums are compiled: they have no branches then. */
INLINE void weight_and_input_gradients(struct units units, const double *dz)
{
	size_t k = 0;
	for (; k + 2 <= units.n_inputs; k += 2) {
		if (units.layer->dx && units.o == 0)
			input_gradients(units, dz, k, 2, true);
		else if (units.layer->dx)
			input_gradients(units, dz, k, 2, false);
		weight_gradients(units, dz, k, 2);
	}
	if (k == units.n_inputs)
		return;
	if (units.layer->dx)
		input_gradients(units, dz, k, 1, units.o == 0);
	weight_gradients(units, dz, k, 1);
}

INLINE void bias_gradients(struct units units, const double *dz)
{
	const size_t b_step = units.layer->b_step;
	double *db = units.layer->db + units.o * b_step, sum[2];
	SMALL_EACH (u, 0, units.n_units) {
		sum[u] = dz[u * units.n_examples];
		if (b_step == 0 && units.o + u > 0)
			sum[u] = (u ? sum[0] : *db) + sum[u];
		SMALL_EACH (n, 1, units.n_examples)
			sum[u] += dz[u * units.n_examples + n];
	}
	if (b_step == 0)
		*db = sum[units.n_units - 1];
	else
		put(db, sum, units.n_units);
}

/* All that the gradients dz of the units' sums lead to. Shapes: dz [n_units][n_examples]. */
INLINE void unit_gradients(struct units units, const double *dz)
{
	put(units.layer->dz + units.o * units.n_examples, dz, units.n_units * units.n_examples);
	weight_and_input_gradients(units, dz);
	if (units.layer->db)
		bias_gradients(units, dz);
}

/* The total of a loss, from its terms. */
INLINE void add_terms(const struct fused_loss *loss, size_t n_examples)
{
	for (size_t n = 0; n < n_examples && loss->total; n++) {
		double sum = loss->terms[n];
		for (size_t o = 1; o < loss->n_outputs; o++)
			sum += loss->terms[o * n_examples + n];
		loss->total[n] = sum * loss->share;
	}
}
