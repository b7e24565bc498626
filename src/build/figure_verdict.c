/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_verdict.c -- one printed number against the one that was computed.
 *
 * A number that is neither rounded nor cut may still be one off in its last place: a slip of the
 * pen, and no erratum. That can be said of two digits and more only: of a single one, an error of
 * one is an error of all there is. */
#include "figure_verdict.h"

#include <math.h>

#include "backstep/base/contract.h"

/* A lecture that does one of the two so many times as often as the other has a habit. */
enum { HABIT = 2 };

/* Whether printed is value but for one in the last place. */
static bool is_near(const struct decimal *printed, double value)
{
	double unit = pow(10.0, -printed->places);
	double off = fabs(decimal_round(value, printed->places, DECIMAL_HALF_UP) - printed->value);
	return printed->digits >= 2 && off < 1.5 * unit;
}

static enum figure_form form_of(const struct decimal *printed, double value)
{
	double wanted = printed->value;
	if (fabs(value - wanted) <= 1e-12 * fabs(wanted))
		return FIGURE_SAME;
	bool cut = decimal_round(value, printed->places, DECIMAL_CUT) == wanted;
	if (decimal_round(value, printed->places, DECIMAL_HALF_UP) == wanted ||
	    decimal_round(value, printed->places, DECIMAL_HALF_EVEN) == wanted)
		return cut ? FIGURE_EITHER : FIGURE_ROUNDED;
	if (cut)
		return FIGURE_CUT;
	return is_near(printed, value) ? FIGURE_NEAR : FIGURE_OTHER;
}

void figure_judge(struct figures *figures, struct figure *figure,
		  const struct replay_number *number)
{
	const struct decimal *printed = &figure->said->number;
	enum figure_form exact = form_of(printed, number->exact);
	enum figure_form carried = form_of(printed, number->other.value);
	figure->known = true;
	figure->exact = number->exact;
	figure->carried = number->other.value;
	figure->form = exact;
	if (exact > FIGURE_NEAR)
		figure->verdict = FIGURE_EXACT;
	else if (carried > FIGURE_NEAR)
		figure->verdict = FIGURE_CARRIED;
	else if (exact == FIGURE_NEAR || carried == FIGURE_NEAR)
		figure->verdict = FIGURE_LAST_DIGIT;
	else
		figure->verdict = FIGURE_DIFFERS;
	if (figure->verdict == FIGURE_CARRIED)
		figure->form = carried;
	if (figure->verdict == FIGURE_CARRIED && number->other.source)
		figure->origin = &figures->items[number->other.source - 1];
	figures->n_of[figure->verdict]++;
	if (figure->verdict <= FIGURE_CARRIED)
		figures->n_in_form[figure->form]++;
}

size_t figures_habit(const struct figures *figures, const struct figure *figure)
{
	CONTRACT(figure >= figures->items && figure < figures->items + figures->n_items);
	size_t n_rounded = figures->n_in_form[FIGURE_ROUNDED];
	size_t n_cut = figures->n_in_form[FIGURE_CUT];
	if (figure->form == FIGURE_CUT && n_rounded >= HABIT * n_cut)
		return n_rounded;
	return figure->form == FIGURE_ROUNDED && n_cut >= HABIT * n_rounded ? n_cut : 0;
}
