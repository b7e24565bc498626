/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_map.c -- where in the update the walk is: its phases and parameters, done, at hand and
 * still to come. One row of it on a narrow screen, else an outline. */
#include "../rows.h"

enum { OUTLINE_ROWS = 5, MARGIN = 1, GAP = 1, INDENT = 3, TEXT_PARAMS = 64 };

enum progress { DONE, HERE, OPEN };

/* The rows that one can choose from: phases that have steps, then parameters. */
static size_t count_phases(const struct session *session)
{
	size_t n = 0;
	for (enum phase phase = 0; phase < N_PHASES; phase++)
		n += stepper_phase_steps(&session->stepper, phase) > 0;
	return n;
}

static enum progress phase_progress(const struct session *session, enum phase phase)
{
	const struct stepper *stepper = &session->stepper;
	uint64_t first = walk_phase(stepper_walk(stepper), phase);
	if (stepper->index <= first)
		return OPEN;
	return stepper->index < first + stepper_phase_steps(stepper, phase) ||
		       (session->has_step && session->step.place.phase == phase)
		   ? HERE
		   : DONE;
}

/* Of a parameter in the phase at hand: its gradient, or its new value. */
static enum progress param_progress(const struct session *session, size_t param)
{
	const struct stepper *stepper = &session->stepper;
	const struct place *here = session_here(session);
	bool is_update = phase_progress(session, PHASE_UPDATE) != OPEN;
	const struct ref ref = is_update ? ref_param(REF_NEW, param) : ref_gradient(stepper, param);
	if (here && here->has_param && here->param == param)
		return HERE;
	return value_get(stepper, &ref).known ? DONE : OPEN;
}

static struct style progress_style(enum progress progress)
{
	return progress == HERE ? style_current : progress == DONE ? style_bold : style_muted;
}

/* A name after the mark of the row that is chosen. */
static const char *marked(struct drawing *d, enum progress progress, bool is_chosen,
			  const char *name)
{
	const char *text = pane_text(d, name);
	if (is_chosen)
		text = pane_printf(d, "%s%s", sign_text(d, SIGN_CURRENT), text);
	return progress == HERE   ? pane_printf(d, "[%s]", text)
	       : progress == DONE ? pane_printf(d, "%s%s", text, sign_text(d, SIGN_DONE))
				  : text;
}

static size_t chosen_row(const struct drawing *d)
{
	return rows_chosen(d, &picture_map);
}

/* The parameter, by its place in the walk, that has to be seen: SIZE_MAX for none. */
static size_t param_in_sight(const struct drawing *d)
{
	const struct place *here = session_here(d->session);
	size_t chosen = chosen_row(d), n_phases = count_phases(d->session);
	if (chosen != SIZE_MAX)
		return chosen >= n_phases ? chosen - n_phases : SIZE_MAX;
	return here && here->has_param ? here->k : SIZE_MAX;
}

static const char *param_mark(struct drawing *d, size_t k)
{
	size_t param = d->session->built.model->order[k];
	bool is_chosen = chosen_row(d) == count_phases(d->session) + k;
	return marked(d, param_progress(d->session, param), is_chosen, param_text(d, param));
}

/* Parameters from first on in one row, as many as fit; returns how many. */
static size_t draw_params(struct drawing *d, int row, int column, size_t first, bool draws)
{
	const struct model *model = d->session->built.model;
	size_t k = first;
	for (; k < model->n_order; k++) {
		const char *text = param_mark(d, k);
		if (column + pane_columns(text) > d->grid->clip.columns - MARGIN)
			break;
		struct style style = progress_style(param_progress(d->session, model->order[k]));
		column += draws ? grid_text(d->grid, row, column, style, text) - column + GAP
				: pane_columns(text) + GAP;
	}
	return k - first;
}

/* From the first parameter on, or so far on that the one to be seen is. */
static size_t row_first(struct drawing *d, int column)
{
	size_t seen = param_in_sight(d), first = 0;
	if (seen == SIZE_MAX)
		return 0;
	if (seen > (size_t)d->grid->clip.columns)
		first = seen - (size_t)d->grid->clip.columns;
	while (first < seen && first + draw_params(d, 0, column, first, false) <= seen)
		first++;
	return first;
}

/* Draws a phase, which is row at of those that one can choose. Returns the column after it. */
static int draw_phase(struct drawing *d, int row, int column, enum phase phase, size_t at)
{
	enum progress progress = phase_progress(d->session, phase);
	return grid_text(d->grid, row, column, progress_style(progress),
			 marked(d, progress, chosen_row(d) == at, phase_title(phase)));
}

static void draw_row(struct drawing *d)
{
	int column = MARGIN;
	size_t at = 0;
	for (enum phase phase = 0; phase < N_PHASES; phase++)
		if (stepper_phase_steps(&d->session->stepper, phase))
			column = draw_phase(d, 0, column, phase, at++) + GAP;
	draw_params(d, 0, column + 2 * GAP, row_first(d, column + 2 * GAP), true);
}

static const char *range(struct drawing *d, enum phase phase)
{
	const struct stepper *stepper = &d->session->stepper;
	uint64_t before = stepper_before(stepper, stepper_updates(stepper));
	uint64_t first = before + walk_phase(stepper_walk(stepper), phase) + 1;
	uint64_t last = first + stepper_phase_steps(stepper, phase) - 1;
	return pane_printf(d, "%s %llu%s%llu", _("steps"), (unsigned long long)first,
			   sign_text(d, SIGN_TO), (unsigned long long)last);
}

/* The phases, a line each, and below the one that is about parameters these. */
static void draw_outline(struct drawing *d)
{
	int row = 0, rows = d->grid->clip.rows, width = d->grid->clip.columns;
	for (enum phase phase = 0; phase < N_PHASES; phase++) {
		if (!stepper_phase_steps(&d->session->stepper, phase))
			continue;
		int column = draw_phase(d, row, MARGIN, phase, (size_t)row);
		pane_draw_right(d, row++, width - MARGIN, width - column - 2 * MARGIN, style_muted,
				range(d, phase));
	}
	size_t n = (size_t)(rows > row ? rows - row : 0) * (size_t)(width / (INDENT + 1) + 1);
	size_t k = rows_first(d->session->built.model->n_order, n / 2, param_in_sight(d));
	for (; row < rows; row++) {
		size_t drawn = draw_params(d, row, INDENT, k, true);
		if (drawn == 0)
			break;
		k += drawn;
	}
}

static void draw(struct drawing *d)
{
	if (d->grid->clip.rows < OUTLINE_ROWS)
		draw_row(d);
	else
		draw_outline(d);
}

static const char *word(enum progress progress)
{
	static const char *const words[] = {
	    [DONE] = N_("done"), [HERE] = N_("here"), [OPEN] = N_("open")};
	return tr(words[progress]);
}

static void print(struct session *session, struct strbuf *out)
{
	const struct model *model = session->built.model;
	char name[LABEL_TEXT];
	for (enum phase phase = 0; phase < N_PHASES; phase++)
		if (stepper_phase_steps(&session->stepper, phase))
			strbuf_addf(out, "  %s: %s\n", phase_title(phase),
				    word(phase_progress(session, phase)));
	const struct place *here = session_here(session);
	size_t first =
	    rows_first(model->n_order, TEXT_PARAMS, here && here->has_param ? here->k : SIZE_MAX);
	size_t k = first;
	for (; k < model->n_order && k < first + TEXT_PARAMS; k++)
		strbuf_addf(out, "  %s: %s\n", model_param_name(model, model->order[k], name),
			    word(param_progress(session, model->order[k])));
	if (k < model->n_order)
		strbuf_addf(out, _("  and %zu more\n"), model->n_order - k);
}

static size_t count(const struct session *session, struct view_state *state)
{
	(void)state;
	return count_phases(session) + session->built.model->n_order;
}

static size_t here_row(const struct session *session)
{
	const struct place *here = session_here(session);
	if (here && here->has_param)
		return count_phases(session) + here->k;
	return here ? (size_t)here->phase : 0;
}

static void print_row(const struct session *session, struct view_state *state, size_t i,
		      struct strbuf *out)
{
	const struct model *model = session->built.model;
	char name[LABEL_TEXT];
	size_t n_phases = count_phases(session), at = 0;
	enum phase phase = 0;
	(void)state;
	if (i >= n_phases) {
		strbuf_add(out, model_param_name(model, model->order[i - n_phases], name));
		return;
	}
	while (!stepper_phase_steps(&session->stepper, phase) || at++ < i)
		phase++;
	strbuf_add(out, phase_names[phase]);
}

static void print_command(const struct session *session, struct view_state *state, size_t i,
			  struct strbuf *out)
{
	strbuf_add(out, "goto ");
	print_row(session, state, i, out);
}

static const struct picture_list list = {
    .count = count, .here = here_row, .print = print_row, .command = print_command};

const struct picture picture_map = {
    .name = "map",
    .spanish = "mapa",
    .summary = N_("the update: what is done, where the walk is, what is open"),
    .rows = 1,
    .list = &list,
    .draw = draw,
    .print = print,
};
