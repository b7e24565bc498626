/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gen_sine.c -- one wave of a sine, to be fitted. */
#include "generate.h"

#include "backstep/base/i18n.h"

static void make_sine(struct generator_row *row)
{
	double x = CIRCULAR_PI * (2.0 * generate_share(row->index, row->n_rows) - 1.0);
	row->x[0] = x;
	row->target = circular_sin(x) + row->noise * random_normal(row->random);
}

const struct generator generator_sine = {
    .name = "sine",
    .summary = N_("one wave of a sine, from -pi to pi; the target is its height"),
    .rule = "x = -pi + 2 pi i / (n - 1), t = sin x + noise N(0, 1)",
    .source = "C. Bishop, Pattern Recognition and Machine Learning, 2006, section 1.1",
    .n_inputs = 1,
    .n_classes = 0,
    .make = make_sine,
};
