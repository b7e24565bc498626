/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.c -- the line of a training on its way. */
#include "backstep/command/progress.h"

#include <math.h>
#include <time.h>

#include "command_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

static const double between_drawings = 0.05;
enum { BAR_LEAST = 10, BAR_MOST = 40 };

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

bool progress_is_due(struct progress *progress)
{
	double time = now();
	if (progress->began == 0.0)
		progress->began = progress->drawn = time;
	if (time - progress->drawn < between_drawings)
		return false;
	progress->drawn = time;
	return true;
}

void progress_bar(double share, size_t width, bool has_rest, const struct formula_style *style,
		  struct strbuf *out)
{
	CONTRACT(!(share < 0.0)); /* a share of nothing is NaN: an empty bar */
	static const char *const cells[N_GLYPHS][3] = {
	    [GLYPHS_UNICODE] = {"█", "▌", "░"},
	    [GLYPHS_ASCII] = {"#", ":", "."},
	    [GLYPHS_LATEX] = {"#", ":", "."},
	};
	const char *const *cell = cells[style->glyphs];
	double filled = isfinite(share) ? fmin(fmax(share, 0.0), 1.0) * (double)width : 0.0;
	size_t full = (size_t)filled, rest = width - full;
	bool half = filled > (double)full && (full == 0 || filled - (double)full >= 0.5);
	strbuf_repeat(out, cell[0], full);
	if (half && rest--)
		strbuf_add(out, cell[1]);
	if (has_rest)
		strbuf_repeat(out, cell[2], rest);
}

/* "0:07", "12:40", "3:05:00". */
static void add_time(double seconds, struct strbuf *out)
{
	unsigned long whole = seconds < 1e7 ? (unsigned long)(seconds + 0.5) : 9999999;
	if (whole >= 3600)
		strbuf_addf(out, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
	else
		strbuf_addf(out, "%lu:%02lu", whole / 60, whole % 60);
}

/* The remarks after the bar, the most telling first. */
static void add_remark(const struct progress *progress, const struct training_progress *at,
		       size_t which, const struct formula_style *style, struct strbuf *out)
{
	double spent = progress->drawn - progress->began;
	double per_update = at->n_updates ? spent / (double)at->n_updates : 0.0;
	struct formula_style brief = *style;
	brief.digits = style->digits < 4 ? style->digits : 4;
	if (which == 0) {
		strbuf_addf(out, " %s ", at->goal);
		step_print_number(at->loss, &brief, out);
	} else if (which == 1) {
		struct strbuf time = {0};
		add_time(per_update * (double)at->updates_left, &time);
		strbuf_addf(out, _("  %s left"), strbuf_str(&time));
		strbuf_free(&time);
	} else {
		strbuf_addf(out, _("  %.0f rows/s"),
			    spent > 0.0 ? (double)at->n_rows / spent : 0.0);
	}
}

void progress_print(const struct progress *progress, const struct training_progress *at,
		    size_t columns, const struct formula_style *style, struct strbuf *out)
{
	struct strbuf head = {0}, tail = {0};
	strbuf_addf(&head, _("epoch %zu/%zu"), at->epoch, at->n_epochs);
	size_t used = text_columns(strbuf_str(&head));
	for (size_t which = 0; which < 3; which++) {
		struct strbuf remark = {0};
		add_remark(progress, at, which, style, &remark);
		if (used + text_columns(strbuf_str(&remark)) <= columns) {
			used += text_columns(strbuf_str(&remark));
			strbuf_add(&tail, strbuf_str(&remark));
		}
		strbuf_free(&remark);
	}
	if (used + BAR_LEAST + 3 <= columns) {
		uint64_t all = at->n_updates + at->updates_left;
		size_t width = columns - used - 3;
		strbuf_add(&head, " [");
		progress_bar(all ? (double)at->n_updates / (double)all : 1.0,
			     width < BAR_MOST ? width : BAR_MOST, true, style, &head);
		strbuf_add(&head, "]");
	}
	strbuf_add(&head, strbuf_str(&tail));
	text_clip(out, strbuf_str(&head), columns, style->glyphs != GLYPHS_UNICODE);
	strbuf_free(&head);
	strbuf_free(&tail);
}
