/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.c -- the line of a training on its way. */
#include "backstep/command/progress.h"

#include <math.h>

#include "command_private.h"

#include "backstep/base/clock.h"
#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

static const double between_drawings = 0.05;
enum { BAR_LEAST = 10, BAR_MOST = 40 };

bool progress_is_due(struct progress *progress)
{
	double time = clock_seconds();
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
	    [GLYPHS_WORDS] = {"#", ":", "."},
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

static void add_left(const struct progress *progress, uint64_t done, uint64_t left,
		     struct strbuf *out)
{
	double spent = progress->drawn - progress->began;
	struct strbuf time = {0};
	add_time(done ? spent / (double)done * (double)left : 0.0, &time);
	strbuf_addf(out, _("  %s left"), strbuf_str(&time));
	strbuf_free(&time);
}

enum { N_REMARKS = 3 };

/* A line that is being put together. Owns: the buffers. */
struct line {
	struct strbuf head, remarks[N_REMARKS]; /* the most telling first */
	uint64_t done, all;
};

/* Appends head, bar and remarks in at most columns: the last remark is left out first, then the
 * bar. Frees the line. */
static void print_line(struct line *line, size_t columns, const struct formula_style *style,
		       struct strbuf *out)
{
	struct strbuf tail = {0};
	size_t used = text_columns(strbuf_str(&line->head));
	for (size_t k = 0; k < N_REMARKS; k++) {
		size_t size = text_columns(strbuf_str(&line->remarks[k]));
		size_t kept = k + 1 == N_REMARKS ? BAR_LEAST + 3 : 0; /* for the bar */
		if (used + size + kept <= columns) {
			used += size;
			strbuf_add(&tail, strbuf_str(&line->remarks[k]));
		}
		strbuf_free(&line->remarks[k]);
	}
	if (used + BAR_LEAST + 3 <= columns) {
		size_t width = columns - used - 3;
		strbuf_add(&line->head, " [");
		progress_bar(line->all ? (double)line->done / (double)line->all : 1.0,
			     width < BAR_MOST ? width : BAR_MOST, true, style, &line->head);
		strbuf_add(&line->head, "]");
	}
	strbuf_add(&line->head, strbuf_str(&tail));
	text_clip(out, strbuf_str(&line->head), columns, style->glyphs != GLYPHS_UNICODE);
	strbuf_free(&line->head);
	strbuf_free(&tail);
}

void progress_print(const struct progress *progress, const struct training_progress *at,
		    size_t columns, const struct formula_style *style, struct strbuf *out)
{
	struct line line = {.done = at->n_updates, .all = at->n_updates + at->updates_left};
	struct formula_style brief = *style;
	double spent = progress->drawn - progress->began;
	brief.digits = style->digits < 4 ? style->digits : 4;
	strbuf_addf(&line.head, _("epoch %zu/%zu"), at->epoch, at->n_epochs);
	strbuf_addf(&line.remarks[0], " %s ", at->goal);
	step_print_number(at->loss, &brief, &line.remarks[0]);
	add_left(progress, at->n_updates, at->updates_left, &line.remarks[1]);
	strbuf_addf(&line.remarks[2], _("  %.0f rows/s"),
		    spent > 0.0 ? (double)at->n_rows / spent : 0.0);
	print_line(&line, columns, style, out);
}

void progress_hear(struct progress *progress, const struct work *work)
{
	const struct work *before = &progress->work;
	if (work->what && (!work->is_part || !before->what || before->is_part))
		progress->work = *work;
}

void progress_print_work(const struct progress *progress, size_t columns,
			 const struct formula_style *style, struct strbuf *out)
{
	const struct work *work = &progress->work;
	CONTRACT(work->what);
	struct line line = {.done = work->done, .all = work->all};
	strbuf_addf(&line.head, "%s %llu/%llu", _(work->what), (unsigned long long)work->done,
		    (unsigned long long)work->all);
	add_left(progress, work->done, work->all - work->done, &line.remarks[0]);
	print_line(&line, columns, style, out);
}
