/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gen_playground.c -- the four sets of the TensorFlow Playground: points in the plane, roughly
 * between -6 and 6, of two classes. Here the classes take turns, so that a batch of some rows has
 * both. */
#include "generate.h"

#include <math.h>

#include "backstep/base/i18n.h"

#define PLAYGROUND "TensorFlow Playground, playground.tensorflow.org, dataset.ts"

/* The noise moves a point only for the moment in which its class is read off. */
static void make_circle(struct generator_row *row)
{
	const double radius = 5.0;
	bool inside = row->index % 2 == 1;
	double distance = inside ? generate_between(row, 0.0, 0.5 * radius)
				 : generate_between(row, 0.7 * radius, radius);
	generate_polar(row, distance, generate_between(row, 0.0, 2.0 * CIRCULAR_PI));
	double x1 = row->x[0] + generate_between(row, -radius, radius) * row->noise;
	double x2 = row->x[1] + generate_between(row, -radius, radius) * row->noise;
	row->target = x1 * x1 + x2 * x2 < 0.25 * radius * radius;
}

static void make_gaussians(struct generator_row *row)
{
	double sd = sqrt(0.5 + 7.0 * row->noise);
	row->target = (double)(row->index % 2);
	for (size_t k = 0; k < 2; k++)
		row->x[k] = (row->target > 0.0 ? 2.0 : -2.0) + sd * random_normal(row->random);
}

/* Points keep away from the axes; the noise moves one only while its class is read off. */
static void make_xor(struct generator_row *row)
{
	const double gap = 0.3;
	double moved[2];
	for (size_t k = 0; k < 2; k++) {
		double x = generate_between(row, -5.0, 5.0);
		row->x[k] = x + (x > 0.0 ? gap : -gap);
	}
	for (size_t k = 0; k < 2; k++)
		moved[k] = row->x[k] + generate_between(row, -5.0, 5.0) * row->noise;
	row->target = moved[0] * moved[1] < 0.0;
}

static void make_spiral(struct generator_row *row)
{
	size_t arm = row->index % 2;
	double way = (double)(row->index / 2) / (double)generate_count(row, 2, arm);
	double angle = 1.75 * way * 2.0 * CIRCULAR_PI + (arm ? CIRCULAR_PI : 0.0);
	/* the Playground's angle is from the axis of x2: its sine is x1 */
	row->x[0] = 5.0 * way * circular_sin(angle);
	row->x[1] = 5.0 * way * circular_cos(angle);
	for (size_t k = 0; k < 2; k++)
		row->x[k] += generate_between(row, -1.0, 1.0) * row->noise;
	row->target = (double)arm;
}

const struct generator generator_circle = {
    .name = "circle",
    .summary = N_("a disc (class 1) inside a ring (class 0)"),
    .rule = "x = r (cos a, sin a), r ~ U(3.5, 5) / U(0, 2.5), a ~ U(0, 2 pi); "
	    "c = [|x + noise U(-5, 5)| < 2.5]",
    .source = PLAYGROUND,
    .n_inputs = 2,
    .n_classes = 2,
    .make = make_circle,
};

const struct generator generator_gaussians = {
    .name = "gaussians",
    .summary = N_("two round clouds, around (-2, -2) and (2, 2)"),
    .rule = "x1, x2 ~ N(4 c - 2, sqrt(0.5 + 7 noise))",
    .source = PLAYGROUND,
    .n_inputs = 2,
    .n_classes = 2,
    .make = make_gaussians,
};

const struct generator generator_xor = {
    .name = "xor",
    .summary = N_("four quadrants; class 1 where the signs of x1 and x2 differ"),
    .rule = "x1, x2 = u + 0.3 sign(u), u ~ U(-5, 5); "
	    "c = [(x1 + noise U(-5, 5)) (x2 + noise U(-5, 5)) < 0]",
    .source = PLAYGROUND,
    .n_inputs = 2,
    .n_classes = 2,
    .make = make_xor,
};

const struct generator generator_spiral = {
    .name = "spiral",
    .summary = N_("two spirals, one inside the other"),
    .rule = "x = r (sin a, cos a) + noise U(-1, 1), r = 5 i / n, a = 1.75 (2 pi) i / n + pi c",
    .source = PLAYGROUND,
    .n_inputs = 2,
    .n_classes = 2,
    .make = make_spiral,
};
