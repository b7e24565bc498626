/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_loss.c -- the loss of every update that was made, and where in it the walk is. */
#include "../losses.h"

#include <math.h>

#include "backstep/session/training.h"

static const char *missing(const struct session *session)
{
	struct losses losses = losses_make(session);
	return losses.high >= losses.low
		   ? NULL
		   : N_("no update has come to its loss yet: go on, or train");
}

static void title(const struct session *session, struct strbuf *out)
{
	struct losses losses = losses_make(session);
	char name[LABEL_TEXT];
	unsigned long long n = losses.last - losses.curve->first;
	strbuf_addf(out, tr_n("%s of %llu update", "%s of %llu updates", n),
		    training_goal(session->built.model, name), n);
	if (losses.is_log)
		strbuf_addf(out, ", %s", _("log scale"));
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	struct losses losses = losses_make(d->session);
	struct plot plot;
	double first = (double)losses.curve->first + 1.0;
	double bottom = losses.is_log ? losses.least : fmin(losses.low, 0.0);
	plot_begin(&plot, d, (struct rect){0, 0, clip->rows, clip->columns}, first,
		   (double)losses.last, bottom, losses.high, losses.is_log);
	plot_curve(&plot, losses_at, &losses, style_weight);
	double y = losses_at(&losses, losses.here_x);
	y = isnan(losses.here_y) ? y : losses.here_y;
	if (losses.is_log)
		y = fmax(y, losses.least);
	if (!isnan(y))
		plot_mark(&plot, losses.here_x, y, style_current, sign_text(d, SIGN_HERE),
			  pane_printf(d, _("update %llu"), (unsigned long long)losses.here_x));
}

static void add_line(const struct session *session, uint64_t update, double loss, bool is_here,
		     struct strbuf *out)
{
	strbuf_addf(out, "  %8llu  ", (unsigned long long)update);
	step_print_number(loss, &session->style, out);
	strbuf_addf(out, "%s%s\n", is_here ? "  " : "", is_here ? _("you are here") : "");
}

static void print(struct session *session, struct strbuf *out)
{
	struct losses losses = losses_make(session);
	const struct curve *curve = losses.curve;
	uint64_t here = (uint64_t)losses.here_x;
	strbuf_addf(out, "  %8s  %s\n", _("update"), _("loss"));
	for (size_t k = 0; k < losses.n; k++) {
		uint64_t update = curve->first + (uint64_t)(k + 1) * curve->stride;
		update = update < curve->next ? update : curve->next;
		bool is_here = update >= here && update < here + curve->stride;
		if (training_is_milestone(update) || training_is_milestone(k + 1) ||
		    k + 1 == losses.n || is_here)
			add_line(session, update, curve_at(curve, k), is_here, out);
	}
	if (here > curve->next && !isnan(losses.here_y))
		add_line(session, here, losses.here_y, true, out);
	if (curve->stride > 1)
		strbuf_addf(out, _("  each number is the mean of %llu updates\n"),
			    (unsigned long long)curve->stride);
}

const struct picture picture_loss = {
    .name = "loss",
    .spanish = "pérdida",
    .summary = N_("the loss, update by update"),
    .missing = missing,
    .title = title,
    .draw = draw,
    .print = print,
};
