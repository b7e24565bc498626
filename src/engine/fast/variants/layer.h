/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.h -- template: the passes of a dense layer of a few units whose activation is OP, one or
 * two units at a time. */
#include "names.h"

/* Their sums z and outputs y, [n_units][n_examples] each. */
INLINE void NAME(units_forward)(struct units units, double *z, double *y)
{
	const struct fused_layer *layer = units.layer;
	const size_t size = units.n_units * units.n_examples;
	double sum = 0.0;
	unit_sums(units, z);
	SMALL_VECTOR (e, size)
		y[e] = NAME(value)(z[e], layer->attributes);
	put(layer->z + units.o * units.n_examples, z, size);
	put(layer->y + units.o * units.n_examples, y, size);
	SMALL_EACH (e, 0, size)
		sum += z[e];
	*layer->sum += sum;
}

INLINE void NAME(units_backward)(struct units units)
{
	const struct fused_layer *layer = units.layer;
	const size_t first = units.o * units.n_examples, size = units.n_units * units.n_examples;
	const double *z = layer->z + first, *y = layer->y + first, *dy = layer->dy + first;
	double dz[4];
	SMALL_VECTOR (e, size)
		dz[e] = dy[e] * NAME(slope)(z[e], y[e], layer->attributes);
	unit_gradients(units, dz);
}

/* Both, with the loss between them. */
INLINE void NAME(units_both)(struct units units, const struct fused_loss *loss)
{
	const double *attributes = units.layer->attributes;
	const size_t size = units.n_units * units.n_examples, other = size > 1;
	double z[4], y[4], dz[4];
	NAME(units_forward)(units, z, y);
	SMALL_EACH (k, 0, (size + 1) / 2) {
		const size_t a = 2 * k, b = a + other;
		const pair slope = {NAME(slope)(z[a], y[a], attributes),
				    NAME(slope)(z[b], y[b], attributes)};
		const pair part = loss->run(loss, units.o * units.n_examples + a, 1 + other,
					    (pair){y[a], y[b]}, slope);
		dz[a] = part[0];
		dz[b] = part[1];
	}
	unit_gradients(units, dz);
}

INLINE void NAME(units)(struct units units, const struct fused_loss *loss, enum fused_pass pass)
{
	double z[4], y[4];
	if (pass == FUSED_FORWARD)
		NAME(units_forward)(units, z, y);
	else if (pass == FUSED_BACKWARD)
		NAME(units_backward)(units);
	else
		NAME(units_both)(units, loss);
}

/* Of one example two units at once. */
INLINE void NAME(layer)(const struct fused *fused, size_t n_inputs, size_t n_examples,
			enum fused_pass pass)
{
	struct units units = {&fused->layer, 0, 2, n_inputs, n_examples};
	const size_t n = units.layer->n_units;
	for (; n_examples == 1 && units.o + 2 <= n; units.o += 2)
		NAME(units)(units, &fused->loss, pass);
	for (units.n_units = 1; units.o < n; units.o++)
		NAME(units)(units, &fused->loss, pass);
	if (pass == FUSED_BOTH)
		add_terms(&fused->loss, n_examples);
}

/* What the plan calls, compiled for any number of inputs or two, and for one example or four. */
#define LAYER_RUN(name, pass, n_inputs, n_examples)                   \
	static void NAME(name)(const struct fast_step *step)          \
	{                                                             \
		NAME(layer)(step->fused, n_inputs, n_examples, pass); \
	}
LAYER_RUN(forward_any_1, FUSED_FORWARD, step->fused->layer.n_inputs, 1)
LAYER_RUN(forward_any_4, FUSED_FORWARD, step->fused->layer.n_inputs, 4)
LAYER_RUN(forward_2_1, FUSED_FORWARD, 2, 1)
LAYER_RUN(forward_2_4, FUSED_FORWARD, 2, 4)
LAYER_RUN(backward_any_1, FUSED_BACKWARD, step->fused->layer.n_inputs, 1)
LAYER_RUN(backward_any_4, FUSED_BACKWARD, step->fused->layer.n_inputs, 4)
LAYER_RUN(backward_2_1, FUSED_BACKWARD, 2, 1)
LAYER_RUN(backward_2_4, FUSED_BACKWARD, 2, 4)
LAYER_RUN(both_any_1, FUSED_BOTH, step->fused->layer.n_inputs, 1)
LAYER_RUN(both_any_4, FUSED_BOTH, step->fused->layer.n_inputs, 4)
LAYER_RUN(both_2_1, FUSED_BOTH, 2, 1)
LAYER_RUN(both_2_4, FUSED_BOTH, 2, 4)
#undef LAYER_RUN

static const struct fused_passes NAME(fused) = {{
    {{NAME(forward_any_1), NAME(forward_any_4)}, {NAME(forward_2_1), NAME(forward_2_4)}},
    {{NAME(backward_any_1), NAME(backward_any_4)}, {NAME(backward_2_1), NAME(backward_2_4)}},
    {{NAME(both_any_1), NAME(both_any_4)}, {NAME(both_2_1), NAME(both_2_4)}},
}};
