/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain.h -- the product and the gradient as plain loops: what a kernel is compared with. */
#ifndef BACKSTEP_TESTS_PLAIN_H
#define BACKSTEP_TESTS_PLAIN_H

#include "../../src/engine/fast/kernels.h"

/* Sums start from -0.0, as -0.0 + x is x for every x, -0.0 included. */
static inline void plain_product(const struct product *p)
{
	for (size_t i = 0; i < p->rows; i++) {
		const double *a = p->a + i * p->a_row;
		double *c = p->c + i * p->c_row;
		for (size_t j = 0; j < p->cols; j++) {
			double sum = p->add ? c[j] : -0.0;
			for (size_t k = 0; k < p->inner; k++)
				sum += a[k * p->a_col] * p->b[k * p->b_row + j];
			c[j] = p->bias ? sum + p->bias[i * p->bias_row] : sum;
		}
	}
}

static inline void plain_gradient(const struct gradient *g)
{
	for (size_t o = 0; o < g->units; o++) {
		const double *d = g->d + o * g->d_row;
		double *w = g->w + o * g->w_row;
		for (size_t k = 0; k < g->inputs; k++) {
			double sum = g->add ? w[k] : -0.0;
			for (size_t n = 0; n < g->examples; n++)
				sum += d[n] * g->x[k * g->x_row + n];
			w[k] = sum;
		}
		if (!g->b)
			continue;
		double sum = g->add ? g->b[o] : -0.0;
		for (size_t n = 0; n < g->examples; n++)
			sum += d[n];
		g->b[o] = sum;
	}
}

#endif
