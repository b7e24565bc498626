/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gen_moons.c -- two half circles that reach into each other. */
#include "generate.h"

#include "backstep/base/i18n.h"

static void make_moons(struct generator_row *row)
{
	size_t inner = row->index % 2;
	double share = generate_share(row->index / 2, generate_count(row, 2, inner));
	generate_polar(row, 1.0, CIRCULAR_PI * share);
	if (inner) {
		row->x[0] = 1.0 - row->x[0];
		row->x[1] = 0.5 - row->x[1];
	}
	for (size_t k = 0; k < 2; k++)
		row->x[k] += row->noise * random_normal(row->random);
	row->target = (double)inner;
}

const struct generator generator_moons = {
    .name = "moons",
    .summary = N_("two half circles that reach into each other"),
    .rule = "x = (cos a, sin a) / (1 - cos a, 0.5 - sin a), + noise N(0, 1), a = pi i / (n - 1)",
    .source = "scikit-learn, sklearn.datasets.make_moons",
    .n_inputs = 2,
    .n_classes = 2,
    .make = make_moons,
};
