/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curve.c -- points of a curve that come in one by one. */
#include "backstep/trace/curve.h"

#include "backstep/base/contract.h"

void curve_start(struct curve *curve, uint64_t first)
{
	curve->first = curve->next = first;
	curve->stride = 1;
	curve->n_points = 0;
	curve->sum = 0.0;
	curve->n_summed = 0;
}

/* Two points become one. */
static void halve(struct curve *curve)
{
	for (size_t k = 0; k < CURVE_POINTS / 2; k++)
		curve->points[k] = (curve->points[2 * k] + curve->points[2 * k + 1]) / 2.0;
	curve->n_points = CURVE_POINTS / 2;
	curve->stride *= 2;
}

static void add(struct curve *curve, double loss)
{
	if (curve->n_points == CURVE_POINTS)
		halve(curve);
	curve->next++;
	curve->sum += loss;
	curve->n_summed++;
	if (((curve->next - curve->first) & (curve->stride - 1)) != 0)
		return;
	curve->points[curve->n_points++] = curve->sum / (double)curve->n_summed;
	curve->sum = 0.0;
	curve->n_summed = 0;
}

void curve_add(struct curve *curve, uint64_t update, const double *losses, size_t n)
{
	if (update > curve->next) /* one is missing before it */
		return;
	for (uint64_t k = curve->next - update; k < n; k++)
		add(curve, losses[k]);
}

void curve_cut(struct curve *curve, uint64_t update)
{
	CONTRACT(update >= curve->first);
	if (update >= curve->next)
		return;
	uint64_t whole = (update - curve->first) / curve->stride;
	curve->n_points = whole < curve->n_points ? (size_t)whole : curve->n_points;
	curve->sum = 0.0;
	curve->n_summed = 0;
	curve->next = update;
}

size_t curve_count(const struct curve *curve)
{
	return curve->n_points + (curve->n_summed > 0);
}

double curve_at(const struct curve *curve, size_t k)
{
	CONTRACT(k < curve_count(curve));
	return k < curve->n_points ? curve->points[k] : curve->sum / (double)curve->n_summed;
}
