/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gen_banknotes.c -- rows that stand in for measured banknotes: normal clouds with the means and
 * covariances of the two classes of the UCI set. They are nobody's banknotes. */
#include "generate.h"

#include "backstep/base/i18n.h"

#define UCI                                                                               \
	"V. Lohweg, Banknote Authentication, UCI Machine Learning Repository, 2013, doi " \
	"10.24432/C55P57"

enum { MEASURES = 4 }; /* variance, skewness, curtosis, entropy */

struct cloud {
	double mean[MEASURES];
	double factor[MEASURES][MEASURES]; /* L of the covariance L L^T, by Cholesky */
};

/* Computed from the set's 762 genuine and 610 forged banknotes, rounded to two decimals. */
static const struct cloud clouds[] = {
    {{2.28, 4.26, 0.80, -1.15},
     {{2.02}, {-1.16, 5.00}, {-1.07, -2.74, 1.35}, {0.88, -1.26, 0.24, 1.44}}},
    {{-1.87, -0.99, 2.15, -1.25},
     {{1.88}, {0.40, 5.39}, {-2.49, -4.50, 1.11}, {0.67, -1.11, -0.27, 1.59}}},
};

static void draw_banknote(struct generator_row *row, double x[MEASURES])
{
	size_t class = row->index % 2;
	const struct cloud *cloud = &clouds[class];
	double z[MEASURES];
	for (size_t k = 0; k < MEASURES; k++) {
		z[k] = random_normal(row->random);
		x[k] = cloud->mean[k];
		for (size_t j = 0; j <= k; j++)
			x[k] += cloud->factor[k][j] * z[j];
		x[k] += row->noise * generate_between(row, -1.0, 1.0);
	}
	row->target = (double)class;
}

static void make_banknotes(struct generator_row *row)
{
	draw_banknote(row, row->x);
}

static void make_banknotes_2(struct generator_row *row)
{
	double x[MEASURES];
	draw_banknote(row, x);
	row->x[0] = x[0];
	row->x[1] = x[3];
}

const struct generator generator_banknotes = {
    .name = "banknotes",
    .summary = N_("invented banknotes, genuine and forged, spread like the measured ones of UCI"),
    .rule = "x ~ N(m_c, L_c L_c^T) + noise U(-1, 1), m_c and L_c those of class c of the UCI set",
    .source = UCI,
    .n_inputs = MEASURES,
    .n_classes = 2,
    .make = make_banknotes,
};

const struct generator generator_banknotes_2 = {
    .name = "banknotes-2",
    .summary = N_("variance and entropy of invented banknotes, genuine and forged"),
    .rule = "the first and the last of the four numbers of banknotes",
    .source = UCI,
    .n_inputs = 2,
    .n_classes = 2,
    .make = make_banknotes_2,
};
