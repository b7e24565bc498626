/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generate.h -- what the generators share. */
#ifndef BACKSTEP_ENGINE_GENERATORS_GENERATE_H
#define BACKSTEP_ENGINE_GENERATORS_GENERATE_H

#include "backstep/base/circular.h"
#include "backstep/engine/generator.h"

static inline double generate_between(struct generator_row *row, double low, double high)
{
	return low + (high - low) * random_uniform(row->random);
}

/* A point at a distance from the origin, at an angle from the axis of x1. */
static inline void generate_polar(struct generator_row *row, double distance, double angle)
{
	row->x[0] = distance * circular_cos(angle);
	row->x[1] = distance * circular_sin(angle);
}

/* How far row number k of n is on the way from 0 to 1, both ends included. */
static inline double generate_share(size_t k, size_t n)
{
	return n > 1 ? (double)k / (double)(n - 1) : 0.0;
}

/* Rows of class c where rows take turns. */
static inline size_t generate_count(const struct generator_row *row, size_t n_classes, size_t c)
{
	return (row->n_rows - c + n_classes - 1) / n_classes;
}

#endif
