/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.h -- template: the passes of a dense layer of a few units whose activation is OP, one or
 * two units at a time. */
#include "names.h"

INLINE void NAME(units_forward)(struct units units)
{
	const struct fused_layer *layer = units.layer;
	const size_t size = units.n_units * units.n_examples;
	double z[4], y[4], sum = 0.0;
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
	const size_t size = units.n_units * units.n_examples;
	const double *z = layer->z + units.o * units.n_examples;
	const double *y = layer->y + units.o * units.n_examples;
	const double *dy = layer->dy + units.o * units.n_examples;
	double dz[4];
	SMALL_VECTOR (e, size)
		dz[e] = dy[e] * NAME(slope)(z[e], y[e], layer->attributes);
	put(layer->dz + units.o * units.n_examples, dz, size);
	unit_gradients(units, dz);
	if (layer->db)
		bias_gradients(units, dz);
}

/* Of one example two units at once. */
INLINE void NAME(layer_forward)(const struct fast_step *step, size_t n_inputs, size_t n_examples)
{
	struct units units = {&step->fused->layer, 0, 2, n_inputs, n_examples};
	const size_t n = units.layer->n_units;
	for (; n_examples == 1 && units.o + 2 <= n; units.o += 2)
		NAME(units_forward)(units);
	for (units.n_units = 1; units.o < n; units.o++)
		NAME(units_forward)(units);
}

INLINE void NAME(layer_backward)(const struct fast_step *step, size_t n_inputs, size_t n_examples)
{
	struct units units = {&step->fused->layer, 0, 2, n_inputs, n_examples};
	const size_t n = units.layer->n_units;
	for (; n_examples == 1 && units.o + 2 <= n; units.o += 2)
		NAME(units_backward)(units);
	for (units.n_units = 1; units.o < n; units.o++)
		NAME(units_backward)(units);
}

/* What the plan calls: any number of inputs or two, one example or four. */
static void NAME(layer_forward_any_1)(const struct fast_step *step)
{
	NAME(layer_forward)(step, step->fused->layer.n_inputs, 1);
}
static void NAME(layer_forward_any_4)(const struct fast_step *step)
{
	NAME(layer_forward)(step, step->fused->layer.n_inputs, 4);
}
static void NAME(layer_forward_2_1)(const struct fast_step *step)
{
	NAME(layer_forward)(step, 2, 1);
}
static void NAME(layer_forward_2_4)(const struct fast_step *step)
{
	NAME(layer_forward)(step, 2, 4);
}
static void NAME(layer_backward_any_1)(const struct fast_step *step)
{
	NAME(layer_backward)(step, step->fused->layer.n_inputs, 1);
}
static void NAME(layer_backward_any_4)(const struct fast_step *step)
{
	NAME(layer_backward)(step, step->fused->layer.n_inputs, 4);
}
static void NAME(layer_backward_2_1)(const struct fast_step *step)
{
	NAME(layer_backward)(step, 2, 1);
}
static void NAME(layer_backward_2_4)(const struct fast_step *step)
{
	NAME(layer_backward)(step, 2, 4);
}

static const struct fused_passes NAME(fused) = {
    .forward = {{NAME(layer_forward_any_1), NAME(layer_forward_any_4)},
		{NAME(layer_forward_2_1), NAME(layer_forward_2_4)}},
    .backward = {{NAME(layer_backward_any_1), NAME(layer_backward_any_4)},
		 {NAME(layer_backward_2_1), NAME(layer_backward_2_4)}},
};
