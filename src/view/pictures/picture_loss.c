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
	unsigned long long n = losses.own_last - losses.curve->first;
	const char *goal = training_goal(session->built.model, name);
	if (n == 0)
		strbuf_add(out, goal);
	else
		strbuf_addf(out, tr_n("%s of %llu update", "%s of %llu updates", n), goal, n);
	if (losses.is_log)
		strbuf_addf(out, ", %s", _("log scale"));
	if (losses.n_validation)
		strbuf_addf(out, ", v %s", _("validation"));
	for (size_t k = 0; losses.comparison && k < losses.comparison->n_entries; k++) {
		const struct comparison_entry *entry = &losses.comparison->entries[k];
		if (!entry->status)
			strbuf_addf(out, ", %c %s", entry->letter, entry->optimizer.class->name);
	}
}

static void mark(const struct plot *plot, const struct losses *losses, double x, double y,
		 struct style style, char letter)
{
	const char sign[] = {letter, '\0'};
	if (isfinite(y))
		plot_mark(plot, x, losses->is_log ? fmax(y, losses->least) : y, style, sign, NULL);
}

/* A line of its letter for each optimizer that was compared, and of v for the validation rows. */
static void draw_lines(const struct plot *plot, const struct losses *losses)
{
	const struct session *session = plot->d->session;
	const struct comparison *comparison = losses->comparison;
	for (size_t i = 0; comparison && i < comparison->n_entries; i++) {
		const struct curve *curve = &comparison->entries[i].curve;
		for (size_t k = 0; k < curve_count(curve); k++)
			mark(plot, losses, (double)(curve->first + k * curve->stride) + 1.0,
			     curve_at(curve, k), style_bold, comparison->entries[i].letter);
	}
	for (size_t k = 0; k < losses->n_validation; k++) {
		double x, y = losses_validation(session, k, &x);
		mark(plot, losses, x, y, style_lit, 'v');
	}
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
	draw_lines(&plot, &losses);
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

static void print_validation(const struct session *session, const struct losses *losses,
			     struct strbuf *out)
{
	if (losses->n_validation)
		strbuf_addf(out, "  %s\n", _("validation"));
	for (size_t k = 0; k < losses->n_validation; k++) {
		double x, y = losses_validation(session, k, &x);
		if (training_is_milestone(k + 1) || k + 1 == losses->n_validation)
			add_line(session, (uint64_t)x, y, false, out);
	}
}

/* Where each of those that were compared begins and ends. */
static void print_comparison(const struct session *session, const struct losses *losses,
			     struct strbuf *out)
{
	const struct comparison *comparison = losses->comparison;
	for (size_t i = 0; comparison && i < comparison->n_entries; i++) {
		const struct curve *curve = &comparison->entries[i].curve;
		size_t n = curve_count(curve);
		if (n == 0)
			continue;
		strbuf_addf(out, "  %s\n", comparison->entries[i].optimizer.class->name);
		add_line(session, curve->first + 1, curve_at(curve, 0), false, out);
		if (n > 1)
			add_line(session, curve->next, curve_at(curve, n - 1), false, out);
	}
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
	print_validation(session, &losses, out);
	print_comparison(session, &losses, out);
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
