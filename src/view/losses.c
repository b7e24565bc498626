/* SPDX-License-Identifier: GPL-3.0-or-later */
/* losses.c -- what is known of the losses at a position. */
#include "losses.h"

#include <math.h>

static void take(struct losses *losses, double y)
{
	if (!isfinite(y))
		return;
	losses->low = fmin(losses->low, y);
	losses->high = fmax(losses->high, y);
	if (y > 0.0)
		losses->least = fmin(losses->least, y);
}

double losses_validation(const struct session *session, size_t k, double *x)
{
	const struct curve *curve = &session->validation;
	uint64_t epoch = curve->first + (uint64_t)(k + 1) * curve->stride;
	epoch = epoch < curve->next ? epoch : curve->next;
	*x = (double)(epoch * stepper_epoch(&session->stepper));
	return curve_at(curve, k);
}

/* The lines beside that of the training rows. */
static void take_others(struct losses *losses, const struct session *session)
{
	double x, y;
	for (size_t k = 0; k < curve_count(&session->validation); k++) {
		y = losses_validation(session, k, &x);
		if (x > (double)losses->last)
			break;
		losses->n_validation++;
		take(losses, y);
	}
	losses->comparison = session->stepper.asked ? NULL : session->comparison;
	for (size_t i = 0; losses->comparison && i < losses->comparison->n_entries; i++) {
		const struct curve *curve = &losses->comparison->entries[i].curve;
		for (size_t k = 0; k < curve_count(curve); k++)
			take(losses, curve_at(curve, k));
		losses->last = curve->next > losses->last ? curve->next : losses->last;
	}
}

struct losses losses_make(const struct session *session)
{
	const struct stepper *stepper = &session->stepper;
	struct losses losses = {
	    .curve = stepper_curve(stepper), .low = INFINITY, .high = -INFINITY, .least = INFINITY};
	const struct curve *curve = losses.curve;
	const struct ref ref = {.kind = REF_LOSS};
	const struct value here = value_get(stepper, &ref);
	uint64_t updates = stepper_updates(stepper);
	losses.n = curve_count(curve);
	losses.last = curve->next;
	if (stepper->asked && updates < curve->next) {
		losses.n = (size_t)((updates - curve->first) / curve->stride);
		losses.last = updates;
	}
	losses.here_x = (double)updates + 1.0;
	losses.here_y = here.known ? here.value : NAN;
	for (size_t k = 0; k < losses.n; k++)
		take(&losses, curve_at(curve, k));
	take(&losses, losses.here_y);
	if (here.known && updates >= losses.last)
		losses.last = updates + 1;
	losses.own_last = losses.last;
	take_others(&losses, session);
	losses.is_log = losses.low >= 0.0 && losses.high > 0.0;
	return losses;
}

double losses_at(const void *ctx, double x)
{
	const struct losses *losses = ctx;
	const struct curve *curve = losses->curve;
	double k = fmax(floor((x - 0.5 - (double)curve->first) / (double)curve->stride), 0.0);
	double y = losses->here_y;
	if (x > (double)losses->own_last + 0.5) /* only others came so far */
		return NAN;
	if (k < (double)losses->n)
		y = curve_at(curve, (size_t)k);
	else if (losses->n > 0 && x < losses->here_x - 0.5)
		y = curve_at(curve, losses->n - 1);
	return losses->is_log && y < losses->least ? losses->least : y;
}

const char *losses_sparkline(struct drawing *d, int width)
{
	struct losses losses = losses_make(d->session);
	uint64_t first = losses.curve->first, n = losses.own_last - first;
	width = n < (uint64_t)width ? (int)n : width;
	double *numbers = ARENA_ARRAY(d->arena, double, (size_t)width + 1);
	if (!numbers || width < 2)
		return "";
	for (int k = 0; k < width; k++) {
		double share = width > 1 ? (double)k / (width - 1) : 0.0;
		double y = losses_at(&losses, (double)first + 1.0 + share * (double)(n - 1));
		numbers[k] = losses.is_log ? log10(y) : y;
	}
	return plot_sparkline(d, numbers, (size_t)width);
}
