/* SPDX-License-Identifier: GPL-3.0-or-later */
/* few.h -- the passes of a dense layer of a few units, and of the loss of a few outputs, over one
 * example or the four of a truth table.
 *
 * Here a call for each op and a loop that copes with any shape would cost more than the arithmetic:
 * the weighted sums and the function on top of them are one pass, whose loops over examples have
 * lengths that the compiler knows. Every sum has the order of the ops', so the bits are theirs, and
 * every number lies where the ops would put it.
 *
 * The passes are compiled once for each variant of the kernels. To give an activation of
 * unary_list.h or a loss of loss_list.h these passes: .few in its row. */
#ifndef BACKSTEP_ENGINE_FEW_H
#define BACKSTEP_ENGINE_FEW_H

#include "backstep/engine/graph.h"
#include "backstep/engine/kernels.h"
#include "../paths.h"

/* A layer z = W x + b, y = f(z), and where its numbers are. Without f, y is z. Shapes: W [units]
 * [inputs], b [units], [1] or none; x [inputs], z and y [units], each times the examples. */
struct few_layer {
	size_t n_units, n_inputs;
	size_t b_step; /* from a unit's bias to the next one's: 1, or 0 where they share it */
	const double *w, *b, *x; /* b: without biases, that which changes no sum */
	double *z, *y;
	double *dw, *db, *dx, *dz; /* db: NULL without biases; dx: where nobody asks for it */
	const double *dy;
	double *doubt; /* += 0, or NaN where some z is none finite, which y might not show */
};

/* The terms E = loss(p, t) of some outputs, and their total, the sum times share; of a single one,
 * total is NULL. Shapes: total [examples], the others [outputs][examples]. */
struct few_loss {
	size_t n_outputs;
	double share;
	const double *p, *t, *attributes;
	double *terms, *total;
	double *dterms, *dp, *dt; /* dt: NULL where nobody asks for it */
	const double *dtotal;
};

/* Some ops that follow one another, as one. */
struct few {
	union {
		struct few_layer layer;
		struct few_loss loss;
	};
	const struct few_passes *passes;
	size_t n_ops;
};

/* By what the compiler knows: any number of inputs, or two; one example, or four. Of a node whose
 * few it is. */
struct few_passes {
	void (*forward[2][2])(struct node *node);
	void (*backward[2][2])(struct node *node);
};

#ifdef __clang__
#define FEW_UNROLL
#else
#define FEW_UNROLL _Pragma("GCC unroll 4")
#endif
#define FEW_EACH(n, first, n_examples) FEW_UNROLL for (size_t n = (first); n < (n_examples); n++)
/* A loop over one or two vectors, which would not become vectors if it were unrolled before. */
#ifdef __clang__
#define FEW_VECTOR(e, size) for (size_t e = 0; e < (size); e++)
#else
#define FEW_VECTOR(e, size) _Pragma("GCC unroll 1") for (size_t e = 0; e < (size); e++)
#endif

/* Some units of a layer, from o on, and the lengths of the loops over them: constants where the
 * passes are compiled for them. */
struct few_units {
	const struct few_layer *layer;
	size_t o, n_units, n_inputs, n_examples;
};

/* Writes 1, 2, 4 or 8 numbers, as pairs where there are two. */
INLINE void few_put(double *to, const double *from, size_t n)
{
	if (n == 1)
		*to = *from;
	else
		FEW_EACH (k, 0, n / 2)
			*(kernels_pair *)(to + 2 * k) =
			    (kernels_pair){from[2 * k], from[2 * k + 1]};
}

/* Shapes: z [n_units][n_examples]. Math: every sum starts with its first product. */
INLINE void few_sums(struct few_units units, double *z)
{
	const size_t n_inputs = units.n_inputs, b_step = units.layer->b_step;
	const double *w = units.layer->w + units.o * n_inputs, *x = units.layer->x;
	const double *b = units.layer->b + units.o * b_step;
	FEW_EACH (u, 0, units.n_units)
		FEW_EACH (n, 0, units.n_examples)
			z[u * units.n_examples + n] = w[u * n_inputs] * x[n];
	for (size_t k = 1; k < n_inputs; k++) {
		x += units.n_examples;
		FEW_EACH (u, 0, units.n_units)
			FEW_EACH (n, 0, units.n_examples)
				z[u * units.n_examples + n] += w[u * n_inputs + k] * x[n];
	}
	FEW_EACH (u, 0, units.n_units)
		FEW_EACH (n, 0, units.n_examples)
			z[u * units.n_examples + n] += b[u * b_step];
}

/* What units hand to width of their weights, from input k on. Shapes: dz, the gradients of the
 * units' sums, [n_units][n_examples]. */
INLINE void few_weight_gradients(struct few_units units, const double *dz, size_t k, size_t width)
{
	const size_t n_examples = units.n_examples;
	const double *x = units.layer->x + k * n_examples;
	double *dw = units.layer->dw + units.o * units.n_inputs + k;
	FEW_EACH (u, 0, units.n_units) {
		double sum[2];
		for (size_t j = 0; j < width; j++) {
			sum[j] = dz[u * n_examples] * x[j * n_examples];
			FEW_EACH (n, 1, n_examples)
				sum[j] += dz[u * n_examples + n] * x[j * n_examples + n];
		}
		few_put(dw + u * units.n_inputs, sum, width);
	}
}

/* What they hand to width of their inputs, from input k on; first: nobody has handed those anything
 * yet. */
INLINE void few_input_gradients(struct few_units units, const double *dz, size_t k, size_t width,
				bool first)
{
	const size_t n_examples = units.n_examples, size = width * n_examples;
	const double *w = units.layer->w + units.o * units.n_inputs + k;
	double *dx = units.layer->dx + k * n_examples;
	double sum[8];
	for (size_t j = 0; j < width; j++)
		FEW_EACH (n, 0, n_examples) {
			double part = w[j] * dz[n];
			part = first ? part : dx[j * n_examples + n] + part;
			FEW_EACH (u, 1, units.n_units)
				part += w[u * units.n_inputs + j] * dz[u * n_examples + n];
			sum[j * n_examples + n] = part;
		}
	few_put(dx, sum, size);
}

/* Two inputs at a time, for what is written as a pair can be read as one. Whether the units are the
 * first is a constant where the sums are compiled: they have no branches then. */
INLINE void few_gradients(struct few_units units, const double *dz)
{
	size_t k = 0;
	for (; k + 2 <= units.n_inputs; k += 2) {
		if (units.layer->dx && units.o == 0)
			few_input_gradients(units, dz, k, 2, true);
		else if (units.layer->dx)
			few_input_gradients(units, dz, k, 2, false);
		few_weight_gradients(units, dz, k, 2);
	}
	if (k == units.n_inputs)
		return;
	if (units.layer->dx)
		few_input_gradients(units, dz, k, 1, units.o == 0);
	few_weight_gradients(units, dz, k, 1);
}

INLINE void few_bias_gradients(struct few_units units, const double *dz)
{
	const size_t b_step = units.layer->b_step;
	double *db = units.layer->db + units.o * b_step, sum[2];
	FEW_EACH (u, 0, units.n_units) {
		sum[u] = dz[u * units.n_examples];
		if (b_step == 0 && units.o + u > 0)
			sum[u] = (u ? sum[0] : *db) + sum[u];
		FEW_EACH (n, 1, units.n_examples)
			sum[u] += dz[u * units.n_examples + n];
	}
	if (b_step == 0)
		*db = sum[units.n_units - 1];
	else
		few_put(db, sum, units.n_units);
}

/* Calls inline function for the units of a layer: of one example two at once. */
#define FEW_EACH_UNITS(few, inputs, examples, function)                           \
	do {                                                                      \
		struct few_units units = {&(few)->layer, 0, 2, inputs, examples}; \
		const size_t n = units.layer->n_units;                            \
		for (; (examples) == 1 && units.o + 2 <= n; units.o += 2)         \
			function(units);                                          \
		for (units.n_units = 1; units.o < n; units.o++)                   \
			function(units);                                          \
	} while (0)

/* name_few_pass_suffix: what that pass of few is with these arguments. */
#define FEW_PASS(name, pass, suffix, arguments)                     \
	static void name##_few_##pass##_##suffix(struct node *node) \
	{                                                           \
		const struct few *few = node->few;                  \
		name##_few_##pass arguments;                        \
	}

/* name_few_passes of a layer whose activation has these expressions, in terms of x and y. */
#define FEW_LAYER(name, value, slope)                                                              \
	INLINE void name##_few_units_forward(struct few_units units)                               \
	{                                                                                          \
		const size_t size = units.n_units * units.n_examples;                              \
		double *to_z = units.layer->z + units.o * units.n_examples;                        \
		double *to_y = units.layer->y + units.o * units.n_examples;                        \
		double z[4], y[4], doubt = 0.0;                                                    \
		few_sums(units, z);                                                                \
		FEW_VECTOR(e, size)                                                                \
		{                                                                                  \
			double x = z[e];                                                           \
			y[e] = value;                                                              \
		}                                                                                  \
		few_put(to_z, z, size);                                                            \
		few_put(to_y, y, size);                                                            \
		FEW_EACH (e, 0, size)                                                              \
			doubt += z[e] - z[e];                                                      \
		*units.layer->doubt += doubt;                                                      \
	}                                                                                          \
	INLINE void name##_few_forward(const struct few *few, size_t n_inputs, size_t n_examples)  \
	{                                                                                          \
		FEW_EACH_UNITS(few, n_inputs, n_examples, name##_few_units_forward);               \
	}                                                                                          \
	INLINE void name##_few_units_backward(struct few_units units)                              \
	{                                                                                          \
		const struct few_layer *layer = units.layer;                                       \
		const size_t size = units.n_units * units.n_examples;                              \
		const double *zs = layer->z + units.o * units.n_examples;                          \
		const double *ys = layer->y + units.o * units.n_examples;                          \
		const double *dys = layer->dy + units.o * units.n_examples;                        \
		double *dzs = layer->dz + units.o * units.n_examples;                              \
		double dz[4];                                                                      \
		FEW_VECTOR(e, size)                                                                \
		{                                                                                  \
			double x = zs[e], y = ys[e];                                               \
			(void)x, (void)y;                                                          \
			dz[e] = dys[e] * (slope);                                                  \
		}                                                                                  \
		few_put(dzs, dz, size);                                                            \
		few_gradients(units, dz);                                                          \
		if (layer->db)                                                                     \
			few_bias_gradients(units, dz);                                             \
	}                                                                                          \
	INLINE void name##_few_backward(const struct few *few, size_t n_inputs, size_t n_examples) \
	{                                                                                          \
		FEW_EACH_UNITS(few, n_inputs, n_examples, name##_few_units_backward);              \
	}                                                                                          \
	FEW_PASS(name, forward, any_1, (few, few->layer.n_inputs, 1))                              \
	FEW_PASS(name, forward, any_4, (few, few->layer.n_inputs, 4))                              \
	FEW_PASS(name, forward, 2_1, (few, 2, 1))                                                  \
	FEW_PASS(name, forward, 2_4, (few, 2, 4))                                                  \
	FEW_PASS(name, backward, any_1, (few, few->layer.n_inputs, 1))                             \
	FEW_PASS(name, backward, any_4, (few, few->layer.n_inputs, 4))                             \
	FEW_PASS(name, backward, 2_1, (few, 2, 1))                                                 \
	FEW_PASS(name, backward, 2_4, (few, 2, 4))                                                 \
	static const struct few_passes name##_few_passes = {                                       \
	    {{name##_few_forward_any_1, name##_few_forward_any_4},                                 \
	     {name##_few_forward_2_1, name##_few_forward_2_4}},                                    \
	    {{name##_few_backward_any_1, name##_few_backward_any_4},                               \
	     {name##_few_backward_2_1, name##_few_backward_2_4}},                                  \
	};

/* Calls inline function(loss, first, size, ...) for a loss's terms: of one example two at once. */
#define FEW_EACH_TERMS(loss, examples, function, ...)             \
	do {                                                      \
		const size_t n = (loss)->n_outputs * (examples);  \
		size_t e = 0;                                     \
		for (; (examples) == 1 && e + 2 <= n; e += 2)     \
			function(loss, e, 2, __VA_ARGS__);        \
		for (; e < n; e += (examples))                    \
			function(loss, e, examples, __VA_ARGS__); \
	} while (0)

/* name_few_passes of a loss whose functions are name_value and name_slope. */
#define FEW_LOSS(name)                                                                        \
	INLINE void name##_few_terms(const struct few_loss *loss, size_t first, size_t size,  \
				     size_t n_examples, double *total)                        \
	{                                                                                     \
		const double *p = loss->p + first, *t = loss->t + first;                      \
		double term[4];                                                               \
		FEW_VECTOR(e, size)                                                           \
		term[e] = name##_value(p[e], t[e], loss->attributes);                         \
		few_put(loss->terms + first, term, size);                                     \
		FEW_EACH (e, 0, size)                                                         \
			total[e % n_examples] += term[e];                                     \
	}                                                                                     \
	INLINE void name##_few_forward(const struct few_loss *loss, size_t n_examples)        \
	{                                                                                     \
		double total[4] = {-0.0, -0.0, -0.0, -0.0};                                   \
		FEW_EACH_TERMS(loss, n_examples, name##_few_terms, n_examples, total);        \
		if (loss->total)                                                              \
			FEW_EACH (n, 0, n_examples)                                           \
				loss->total[n] = total[n] * loss->share;                      \
	}                                                                                     \
	INLINE void name##_few_slopes(const struct few_loss *loss, size_t first, size_t size, \
				      size_t n_examples)                                      \
	{                                                                                     \
		const double *p = loss->p + first, *t = loss->t + first;                      \
		double d[4], dp[4];                                                           \
		if (loss->total)                                                              \
			FEW_VECTOR(e, size)                                                   \
		d[e] = loss->dtotal[n_examples == 1 ? 0 : e] * loss->share;                   \
		else FEW_VECTOR(e, size) d[e] = loss->dterms[first + e];                      \
		FEW_VECTOR(e, size)                                                           \
		dp[e] = d[e] * name##_slope(p[e], t[e], loss->attributes, 0);                 \
		few_put(loss->dterms + first, d, size);                                       \
		few_put(loss->dp + first, dp, size);                                          \
		for (size_t e = 0; e < size && loss->dt; e++)                                 \
			loss->dt[first + e] =                                                 \
			    d[e] * name##_slope(p[e], t[e], loss->attributes, 1);             \
	}                                                                                     \
	INLINE void name##_few_backward(const struct few_loss *loss, size_t n_examples)       \
	{                                                                                     \
		FEW_EACH_TERMS(loss, n_examples, name##_few_slopes, n_examples);              \
	}                                                                                     \
	FEW_PASS(name, forward, 1, (&few->loss, 1))                                           \
	FEW_PASS(name, forward, 4, (&few->loss, 4))                                           \
	FEW_PASS(name, backward, 1, (&few->loss, 1))                                          \
	FEW_PASS(name, backward, 4, (&few->loss, 4))                                          \
	static const struct few_passes name##_few_passes = {                                  \
	    {{name##_few_forward_1, name##_few_forward_4},                                    \
	     {name##_few_forward_1, name##_few_forward_4}},                                   \
	    {{name##_few_backward_1, name##_few_backward_4},                                  \
	     {name##_few_backward_1, name##_few_backward_4}},                                 \
	};

/* name_few, for an op's row: the passes that the variant in use has for kernel. */
#define FEW_KERNEL(name, kernel)                         \
	static const struct few_passes *name##_few(void) \
	{                                                \
		return kernels_current()->kernel;        \
	}

/* Finds the ops of graph that have such passes, for the plan that stands. */
void few_plan(struct graph *graph);
/* What a pass, forward or backward, calls for the small ops of which node is the first. */
struct pass_call few_call(struct node *node, bool backward);

#endif
