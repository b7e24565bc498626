/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_valley.c -- the loss over two parameters, the others held as they are: lines of equal
 * loss, and the path of the updates through them. */
#include "../answers.h"
#include "../plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"
#include "backstep/session/comparison.h"
#include "backstep/session/training.h"

enum { MOST_WORK = 100000, LEVELS = 8, MARGIN_SHARE = 3, NUMBERED = 9, TEXT_STATES = 24 };

/* The two parameters, and the part of their plane that the path lies in. */
struct valley {
	size_t params[2];
	double low[2], high[2];
};

static const char *missing(const struct session *session)
{
	if (session->stepper.asked)
		return N_("the loss elsewhere is not shown while a question is open");
	const struct model *model = session->built.model;
	size_t rows = session->built.data.n_rows + 3 * model->graph.max_examples;
	if (model->n_order < 2 || model->graph.is_coupled)
		return N_("a valley needs two parameters that are trained");
	return model->graph.n_params * rows <= MOST_WORK
		   ? NULL
		   : N_("this network is too large to compute its loss at every point of a valley");
}

/* Those that somebody chose; else the parameter at hand and the one after it in the walk, or the
 * first two. */
static void choose_params(const struct session *session, size_t params[2])
{
	const struct model *model = session->built.model;
	const struct place *here = session_here(session);
	if (session->has_valley) {
		params[0] = session->valley[0];
		params[1] = session->valley[1];
		return;
	}
	size_t first = here && here->has_param ? here->k : 0;
	first = first + 2 > model->n_order ? model->n_order - 2 : first;
	params[0] = model->order[first];
	params[1] = model->order[first + 1];
}

static void take(struct valley *valley, const double *theta)
{
	for (size_t k = 0; k < 2; k++) {
		double value = theta[valley->params[k]];
		if (!isfinite(value))
			continue;
		valley->low[k] = fmin(valley->low[k], value);
		valley->high[k] = fmax(valley->high[k], value);
	}
}

static struct valley valley_make(const struct session *session)
{
	struct valley valley = {.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
	const double *theta;
	uint64_t update;
	choose_params(session, valley.params);
	for (size_t k = 0; stepper_passed(&session->stepper, k, &update, &theta); k++)
		take(&valley, theta);
	for (size_t i = 0; session->comparison && i < session->comparison->n_entries; i++)
		for (size_t k = 0;
		     track_at(&session->comparison->entries[i].track, k, &update, &theta); k++)
			take(&valley, theta);
	take(&valley, stepper_theta(&session->stepper));
	for (size_t k = 0; k < 2; k++) {
		double span = valley.high[k] - valley.low[k];
		double margin = span > 0.0 ? span / MARGIN_SHARE : 1.0;
		valley.low[k] -= margin;
		valley.high[k] += margin;
	}
	return valley;
}

static void find_losses(const struct plane *plane, double *low, double *high)
{
	double y;
	*low = INFINITY;
	*high = -INFINITY;
	for (int k = 0; k < plane->of.rows * plane->of.columns; k++) {
		if (!plane_at(plane, k / plane->of.columns, k % plane->of.columns, &y) ||
		    !isfinite(y))
			continue;
		*low = fmin(*low, y);
		*high = fmax(*high, y);
	}
}

/* Which of the levels, denser at the bottom, a loss lies above. */
static int level_of(double loss, double low, double high)
{
	return high > low && isfinite(loss) ? (int)(LEVELS * sqrt((loss - low) / (high - low))) : 0;
}

/* Whether the level at a point is another one than to the right or below. */
static bool is_contour(const struct plane *plane, int row, int column, double low, double high)
{
	double y, right, below;
	if (!plane_at(plane, row, column, &y) || !plane_at(plane, row, column + 1, &right) ||
	    !plane_at(plane, row + 1, column, &below))
		return false;
	int level = level_of(y, low, high);
	return level != level_of(right, low, high) || level != level_of(below, low, high);
}

static void draw_contours(const struct plot *plot, const struct plane *plane)
{
	struct drawing *d = plot->d;
	double low, high;
	find_losses(plane, &low, &high);
	for (int row = 0; row + 1 < plane->of.rows; row++)
		for (int column = 0; column + 1 < plane->of.columns; column++)
			if (is_contour(plane, row, column, low, high))
				grid_text(d->grid, plot->where.row + row,
					  plot->where.column + column, style_muted,
					  sign_text(d, SIGN_BLANK));
}

/* The paths of the optimizers that were compared, in their letters. */
static void draw_compared(const struct plot *plot, const struct valley *valley)
{
	const struct comparison *comparison = plot->d->session->comparison;
	const double *theta;
	uint64_t update;
	for (size_t i = 0; comparison && i < comparison->n_entries; i++) {
		const char letter[] = {comparison->entries[i].letter, '\0'};
		for (size_t k = 0; track_at(&comparison->entries[i].track, k, &update, &theta); k++)
			plot_mark(plot, theta[valley->params[0]], theta[valley->params[1]],
				  style_lit, letter, NULL);
	}
}

/* S at the start, then 1 to 9, then o; what comes later lies on top. */
static void draw_path(const struct plot *plot, const struct valley *valley)
{
	const struct stepper *stepper = &plot->d->session->stepper;
	const double *theta;
	uint64_t update;
	for (size_t k = 0; stepper_passed(stepper, k, &update, &theta); k++) {
		const char *sign = update == stepper_first(stepper) ? "S"
				   : update <= NUMBERED
				       ? pane_printf(plot->d, "%llu", (unsigned long long)update)
				       : "o";
		plot_mark(plot, theta[valley->params[0]], theta[valley->params[1]], style_bold,
			  sign, NULL);
	}
	theta = stepper_theta(stepper);
	plot_mark(plot, theta[valley->params[0]], theta[valley->params[1]], style_current,
		  plot->d->ascii ? "@" : sign_text(plot->d, SIGN_HERE), NULL);
}

static void draw(struct drawing *d)
{
	struct valley valley = valley_make(d->session);
	struct rect where = {0, 0, d->grid->clip.rows, d->grid->clip.columns};
	struct rect inside = plot_inside(where);
	struct plane_of of = {.rows = inside.rows,
			      .columns = inside.columns,
			      .low = {valley.low[0], valley.low[1]},
			      .high = {valley.high[0], valley.high[1]},
			      .is_loss = true,
			      .params = {valley.params[0], valley.params[1]}};
	const struct plane *plane = answers_plane(d, &of);
	struct plot plot;
	plot_begin(&plot, d, where, valley.low[0], valley.high[0], valley.low[1], valley.high[1],
		   false);
	if (plane)
		draw_contours(&plot, plane);
	draw_compared(&plot, &valley);
	draw_path(&plot, &valley);
}

static void title(const struct session *session, struct strbuf *out)
{
	struct formula_style symbols = session->style;
	struct strbuf name[2] = {{0}, {0}};
	struct arena *arena = arena_new();
	size_t params[2];
	choose_params(session, params);
	symbols.numbers = false;
	for (size_t k = 0; arena && k < 2; k++)
		formula_print(step_param_symbol(arena, session->built.model, params[k], NULL),
			      &symbols, &name[k]);
	arena_free(arena);
	strbuf_addf(out, _("loss over %s across and %s upwards; S start, 1 2 3 ... updates"),
		    strbuf_str(&name[0]), strbuf_str(&name[1]));
	strbuf_free(&name[0]);
	strbuf_free(&name[1]);
	for (size_t k = 0; session->comparison && k < session->comparison->n_entries; k++) {
		const struct comparison_entry *entry = &session->comparison->entries[k];
		if (!entry->status)
			strbuf_addf(out, ", %c %s", entry->letter, entry->optimizer.class->name);
	}
}

static void add_state(const struct session *session, uint64_t update, const double *theta,
		      const size_t params[2], struct strbuf *out)
{
	strbuf_addf(out, "  %6llu  ", (unsigned long long)update);
	step_print_number(theta[params[0]], &session->style, out);
	strbuf_add(out, "  ");
	step_print_number(theta[params[1]], &session->style, out);
	strbuf_add_char(out, '\n');
}

static void print(struct session *session, struct strbuf *out)
{
	const struct stepper *stepper = &session->stepper;
	const double *theta;
	uint64_t update;
	size_t params[2], n = 0, first;
	choose_params(session, params);
	while (stepper_passed(stepper, n, &update, &theta))
		n++;
	first = n > TEXT_STATES ? n - TEXT_STATES : 0;
	for (size_t k = first; stepper_passed(stepper, k, &update, &theta); k++)
		add_state(session, update, theta, params, out);
	if (stepper_at_commit(stepper))
		add_state(session, stepper_updates(stepper) + 1, stepper_theta(stepper), params,
			  out);
	for (size_t i = 0; session->comparison && i < session->comparison->n_entries; i++) {
		const struct comparison_entry *entry = &session->comparison->entries[i];
		if (entry->track.n_states)
			strbuf_addf(out, "  %s\n", entry->optimizer.class->name);
		for (size_t k = 0; track_at(&entry->track, k, &update, &theta); k++)
			if (k == 0 || k + 1 == entry->track.n_states || training_is_milestone(k))
				add_state(session, update, theta, params, out);
	}
}

/* The parameter of a name as it is typed, or as it stands on the screen. */
static enum status find_param(const struct session *session, const char *name, size_t *param,
			      struct error *err)
{
	struct strbuf plain = {0};
	char shown[TEXT_EXCERPT];
	formula_name_from_symbol(name, &plain);
	bool is_found = model_find_param(session->built.model, strbuf_str(&plain), param);
	strbuf_free(&plain);
	return is_found ? STATUS_OK
			: error_set(err, STATUS_BAD_INPUT, _("no parameter is called '%s'"),
				    text_excerpt(shown, name));
}

/* `view valley W V`: over these two; `view valley here`: over those of the walk again. */
static enum status choose(struct session *session, const char *args, struct error *err)
{
	size_t params[2], len = strcspn(args, " ");
	char first[LABEL_TEXT];
	const char *second = args + len + strspn(args + len, " ");
	if (word_is(args, "here") || strcmp(args, "aquí") == 0) {
		session->has_valley = false;
		return STATUS_OK;
	}
	snprintf(first, sizeof first, "%.*s", (int)len, args);
	enum status status = find_param(session, first, &params[0], err);
	if (!status && *second)
		status = find_param(session, second, &params[1], err);
	if (!status && (!*second || params[0] == params[1]))
		status = error_set(err, STATUS_BAD_INPUT, _("a valley is over two parameters"));
	if (status) {
		error_hint(err, _("for example: view valley w1 w2; view valley here"));
		return status;
	}
	memcpy(session->valley, params, sizeof params);
	session->has_valley = true;
	return STATUS_OK;
}

const struct picture picture_valley = {
    .name = "valley",
    .spanish = "valle",
    .summary = N_("the loss over two parameters, and the path of the updates"),
    .missing = missing,
    .title = title,
    .draw = draw,
    .print = print,
    .choose = choose,
};
