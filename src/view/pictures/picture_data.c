/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_data.c -- the rows of the data around the one at hand: what comes in, what the network
 * answers, what it should be, and whether that is right; those of this update's batch are marked.
 */
#include "../answers.h"

#include <stdlib.h>

enum { MARGIN = 1, ROW_COLUMNS = 8, NUMBER_COLUMNS = 10, MOST_OF_EACH = 4, TEXT_ROWS = 32 };

static const char *missing(const struct session *session)
{
	if (session->stepper.asked)
		return N_("the network's answers are not shown while a question is open");
	return session->built.model->loss_class && !session->built.model->graph.is_coupled
		   ? NULL
		   : N_("there are no rows with targets in this lesson");
}

static bool is_in_batch(const struct session *session, size_t row)
{
	size_t n;
	const size_t *rows = stepper_rows(&session->stepper, &n);
	for (size_t k = 0; k < n; k++)
		if (rows[k] == row)
			return true;
	return false;
}

/* How many of a node's units there are columns for. */
static size_t shown_of(const struct node *node)
{
	return node->rows < MOST_OF_EACH ? node->rows : MOST_OF_EACH;
}

/* Whether answers and targets are shown as the unit that is largest, and not each by its number. */
static bool shows_largest(const struct row_answers *answers)
{
	return answers->classes == CLASSES_LARGEST && answers->n_outputs > 2;
}

/* The names of a node's units. Returns the column after them. */
static int draw_names(struct drawing *d, int column, const struct node *node)
{
	for (size_t k = 0; k < shown_of(node); k++, column += NUMBER_COLUMNS)
		pane_draw(d, 0, column, NUMBER_COLUMNS - 1, style_muted,
			  element_text(d, node, k * node->stride));
	if (node->rows > MOST_OF_EACH)
		grid_text(d->grid, 0, column - 1, style_muted, sign_text(d, SIGN_CUT));
	return column + 1;
}

static int draw_numbers(struct drawing *d, int row, int column, size_t n, const double *numbers,
			struct style style)
{
	for (size_t k = 0; k < n; k++, column += NUMBER_COLUMNS)
		pane_draw(d, row, column, NUMBER_COLUMNS - 1, style,
			  number_fit(d, numbers[k], NUMBER_COLUMNS - 1));
	return column + 1;
}

/* The name of the unit whose number is largest, and that number. */
static int draw_largest(struct drawing *d, int row, int column, const struct node *node,
			const double *numbers, struct style style)
{
	size_t at = row_largest(numbers, node->rows);
	pane_draw(d, row, column, 2 * NUMBER_COLUMNS - 1, style,
		  pane_printf(d, "%s %s", element_text(d, node, at * node->stride),
			      number_fit(d, numbers[at], NUMBER_COLUMNS - 1)));
	return column + 2 * NUMBER_COLUMNS;
}

/* Answers or targets of a row. */
static int draw_outputs(struct drawing *d, int row, int column, const struct row_answers *answers,
			const struct node *node, const double *numbers, struct style style)
{
	return shows_largest(answers)
		   ? draw_largest(d, row, column, node, numbers, style)
		   : draw_numbers(d, row, column, shown_of(node), numbers, style);
}

static void draw_row(struct drawing *d, int row, const struct row_answers *answers, size_t k)
{
	const struct session *session = d->session;
	const struct model *model = session->built.model;
	const struct dataset *data = &session->built.data;
	size_t at = answers->first + k;
	bool is_class, is_right = row_is_right(answers, data, k, &is_class);
	bool is_here = session_row(session) == at + 1;
	if (is_here || is_in_batch(session, at))
		grid_text(d->grid, row, 0, style_lit,
			  is_here ? sign_text(d, SIGN_CURRENT) : sign_text(d, SIGN_BAR));
	grid_textf(d->grid, row, MARGIN, is_here ? style_current : style_bold, "%4zu", at + 1);
	int column = MARGIN + ROW_COLUMNS;
	if (is_class)
		grid_text(d->grid, row, column - 2, is_right ? style_plain : style_bad,
			  sign_text(d, is_right ? SIGN_DONE : SIGN_OFF));
	column = draw_outputs(d, row, column, answers, model->output,
			      answers->y + k * answers->n_outputs, style_plain);
	column = draw_outputs(d, row, column, answers, model->target,
			      data->t + at * data->n_targets, style_input);
	draw_numbers(d, row, column, shown_of(model->input), data->x + at * data->n_inputs,
		     style_input);
}

static void draw_head(struct drawing *d, const struct row_answers *answers)
{
	const struct model *model = d->session->built.model;
	int column = MARGIN + ROW_COLUMNS;
	pane_draw(d, 0, MARGIN, ROW_COLUMNS, style_muted, _("row"));
	if (shows_largest(answers)) {
		pane_draw(d, 0, column, 2 * NUMBER_COLUMNS - 1, style_muted, _("largest answer"));
		column += 2 * NUMBER_COLUMNS;
		pane_draw(d, 0, column, 2 * NUMBER_COLUMNS - 1, style_muted, _("target"));
		column += 2 * NUMBER_COLUMNS;
	} else {
		column = draw_names(d, column, model->output);
		column = draw_names(d, column, model->target);
	}
	draw_names(d, column, model->input);
}

static void draw(struct drawing *d)
{
	size_t n = d->session->built.data.n_rows, here = session_row(d->session), first = 0;
	size_t rows = d->grid->clip.rows > 1 ? (size_t)d->grid->clip.rows - 1 : 1;
	rows = rows < n ? rows : n;
	if (here > rows / 2)
		first = here - 1 - rows / 2 + rows > n ? n - rows : here - 1 - rows / 2;
	const struct row_answers *answers = answers_rows(d, first, rows);
	if (answers)
		draw_head(d, answers);
	for (size_t k = 0; answers && k < rows; k++)
		draw_row(d, (int)k + 1, answers, k);
}

static void add_numbers(const struct session *session, const double *numbers, size_t n,
			struct strbuf *out)
{
	for (size_t k = 0; k < n; k++) {
		strbuf_add(out, "  ");
		step_print_number(numbers[k], &session->style, out);
	}
	strbuf_add(out, "  |");
}

static void print(struct session *session, struct strbuf *out)
{
	const struct model *model = session->built.model;
	const struct dataset *data = &session->built.data;
	size_t n = data->n_rows < TEXT_ROWS ? data->n_rows : TEXT_ROWS;
	struct row_answers answers;
	if (!row_answers_make(&answers, &session->stepper, 0, n)) {
		free(answers.y);
		return;
	}
	strbuf_addf(out, "  %s  |  %s  |  %s  |  %s\n", _("row"), _("inputs"), _("answers"),
		    _("targets"));
	for (size_t k = 0; k < n; k++) {
		bool is_class, is_right = row_is_right(&answers, data, k, &is_class);
		strbuf_addf(out, "  %zu  |", k + 1);
		add_numbers(session, data->x + k * data->n_inputs, shown_of(model->input), out);
		add_numbers(session, answers.y + k * answers.n_outputs, shown_of(model->output),
			    out);
		add_numbers(session, data->t + k * data->n_targets, shown_of(model->target), out);
		if (is_class)
			strbuf_addf(out, "  %s", is_right ? _("right answer") : _("wrong answer"));
		strbuf_add_char(out, '\n');
	}
	if (n < data->n_rows)
		strbuf_addf(out, _("  and %zu more\n"), data->n_rows - n);
	free(answers.y);
}

const struct picture picture_data = {
    .name = "data",
    .spanish = "datos",
    .summary = N_("the rows, the network's answers to them, right or wrong"),
    .missing = missing,
    .draw = draw,
    .print = print,
};
