/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_chain.c -- the step itself: the chain it belongs to, its equation, the running product and
 * the growing sum over paths. */
#include "pane.h"

#include "chain_row.h"
#include "equation.h"
#include "terms.h"

enum { LEAST = 6, CROWDED = 5, MOST = 10, MARGIN = 1, MAX_SHOWN_PATHS = 16 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)columns;
	*least = pane_is_crowded(d) ? CROWDED : LEAST;
	*most = MOST;
}

static const char *subject_text(struct drawing *d, const struct step *step)
{
	struct strbuf text = {0};
	const char *param = step->place.has_param ? param_text(d, step->place.param) : "";
	step_print_subject(step, param, &d->symbols, &text);
	const char *kept = pane_printf(d, "%s", strbuf_str(&text));
	strbuf_free(&text);
	return kept;
}

/* The title: what the step computes, and which part of it this is. */
static const char *title_text(struct drawing *d)
{
	const struct step *step = &d->session->step;
	const struct place *place = &step->place;
	bool is_equation = step->left && place->n_factors == 0;
	if (!is_equation)
		return subject_text(d, step);
	const char *title = formula_text(d, step->left, &d->symbols);
	return step->stage ? pane_printf(d, "%s%s%s", step->stage, sign_text(d, SIGN_DOT), title)
			   : title;
}

static void head(struct drawing *d)
{
	const struct step *step = &d->session->step;
	if (!d->session->has_step)
		pane_rule(d,
			  d->has_lesson_text
			      ? _("one update")
			      : lesson_text_in(&d->session->lesson->title, language_current()),
			  NULL);
	else
		pane_rule(d, title_text(d),
			  step->example && step->n_rows > 1
			      ? pane_printf(d, _("row %zu"), step->example)
			      : NULL);
}

/* What is to be said of the number: computed before, a convention, no number at all. */
static const char *remark_text(struct drawing *d, const struct step *step)
{
	const char *remark = "";
	if (step->reused)
		remark = _("computed before");
	if (step->at_kink)
		remark = pane_printf(d, "%s%s%s", remark, *remark ? ", " : "",
				     step->chain.n_links ? _("at the kink: 0 by convention")
							 : _("at the kink"));
	if (!step->finite)
		remark = _("not a finite number");
	return *remark ? pane_printf(d, "(%s)", remark) : "";
}

static struct rect inner(const struct drawing *d, int row)
{
	const struct rect *clip = &d->grid->clip;
	return (struct rect){row, MARGIN, clip->rows - row, clip->columns - 2 * MARGIN};
}

/* "x₁ · W[1,1] + … + x₇₈₄ · W[1,784] + b₁: 784 terms, 477 of them not 0" */
static const char *sum_symbols(struct drawing *d, const struct terms *terms)
{
	const struct term *first = &terms->first, *last = &terms->last;
	const char *times = d->ascii ? "*" : "·";
	const char *bias =
	    terms->has_bias ? pane_printf(d, " + %s", param_text(d, terms->bias)) : "";
	return pane_printf(d, _("%s %s %s + %s + %s %s %s%s: %zu terms, %zu of them not 0"),
			   element_text(d, first->x.node, first->x.e), times,
			   param_text(d, first->param), d->ascii ? "..." : "…",
			   element_text(d, last->x.node, last->x.e), times,
			   param_text(d, last->param), bias, terms->n, terms->n_nonzero);
}

/* "largest terms: x₅₁₀ −0.135723, …, all others 0.542079" */
static const char *sum_largest(struct drawing *d, const struct terms *terms)
{
	const char *text = "";
	for (size_t k = 0; k < terms->n_largest; k++)
		text = pane_printf(d, "%s%s %s, ", text,
				   element_text(d, terms->largest[k].x.node, terms->largest[k].x.e),
				   number_text(d, terms->largest[k].product));
	return pane_printf(d, "%s: %s%s %s", _("largest terms"), text, _("all others"),
			   number_text(d, terms->others));
}

/* A sum of very many terms: what they are, the largest, and the result. */
static bool draw_long_sum(struct drawing *d, const struct step *step)
{
	struct rect where = inner(d, d->grid->clip.rows > LEAST - 1);
	struct terms terms;
	if (!step->place.node || where.rows < 3 ||
	    !terms_find(d->session, step->place.node, step->place.element, TERMS_MOST, &terms) ||
	    terms.n < TERMS_LONG)
		return false;
	const char *left = pane_printf(d, "%s =", formula_text(d, step->left, &d->symbols));
	int indent = grid_text(d->grid, where.row, where.column, style_bold, left) + 1 - MARGIN;
	int end = where.row + where.rows - 1;
	where.column += indent;
	where.columns -= indent;
	where.rows = 2;
	where.rows = where.rows < end - where.row ? where.rows : end - where.row - 1;
	where.row += pane_wrap(d, where, style_plain, sum_symbols(d, &terms));
	where.rows = end - where.row;
	where.row += pane_wrap(d, where, style_muted, sum_largest(d, &terms));
	int column = grid_text(d->grid, where.row, where.column - 2, style_plain, "= ");
	column = grid_text(d->grid, where.row, column, step->finite ? style_lit : style_bad,
			   number_text(d, step->value));
	grid_text(d->grid, where.row, column + 2, style_muted, remark_text(d, step));
	return true;
}

/* Most kinds are an equation and no more. */
static void draw_equation(struct drawing *d, const struct step *step)
{
	if (draw_long_sum(d, step))
		return;
	struct equation equation = equation_make(d, step, true);
	equation.remark = remark_text(d, step);
	equation_draw(d, &equation, inner(d, d->grid->clip.rows > EQUATION_SIDES + 1));
}

static void draw_commit(struct drawing *d, const struct step *step)
{
	struct rect where = inner(d, 1);
	where.row += pane_wrap(d, where, style_lit, tr(step->why)) + 1;
	where.rows = d->grid->clip.rows - where.row;
	if (where.rows > 0)
		pane_wrap(d, where, style_plain,
			  pane_printf(d,
				      _("Update %llu is done: the next step begins update %llu."),
				      (unsigned long long)step->update,
				      (unsigned long long)step->update + 1));
}

/* The step that adds the paths of the chain's parameter and example. */
static bool find_gradient(struct drawing *d, const struct place *place, struct step *gradient)
{
	const struct stepper *stepper = &d->session->stepper;
	const struct node *total = d->session->built.model->total;
	const struct ref sum = {
	    .kind = REF_GRADIENT, .of = {total, place->example}, .param = place->param};
	return !stepper_at(stepper, value_get(stepper, &sum).where, d->arena, gradient, NULL);
}

/* The path that term i of the sum's formula stands for; long sums leave out the middle. */
static uint64_t path_of_term(const struct formula *sum, const struct place *place, size_t i)
{
	return i + 1 == sum->n_args ? place->n_paths - 1 : i;
}

/* One term of the growing sum: a number or the blank mark, the current path's in brackets. */
static const char *term_text(struct drawing *d, const struct formula *term, uint64_t path,
			     const struct place *place, bool leads)
{
	bool known =
	    path < place->path || (path == place->path && place->factor == place->n_factors);
	const char *text = sign_text(d, SIGN_BLANK);
	if (term->kind == FORMULA_ELLIPSIS)
		return formula_text(d, term, &d->numbers);
	if (known)
		text = formula_text(d, term, &d->numbers);
	if (path == place->path)
		return pane_printf(d, "[%s]", text);
	return known && !leads && term->value < 0.0 ? pane_printf(d, "(%s)", text) : text;
}

/* "0.0015997 + [·]" from term first on: the sum over paths as far as it has grown. */
static const char *sum_text(struct drawing *d, const struct formula *sum, const struct place *place,
			    size_t first)
{
	const char *text = first > 0 ? sign_text(d, SIGN_CUT) : "";
	for (size_t i = first; i < sum->n_args; i++) {
		const char *plus = *text ? " + " : "";

		text = pane_printf(
		    d, "%s%s%s", text, plus,
		    term_text(d, sum->args[i], path_of_term(sum, place, i), place, !*plus));
	}
	return text;
}

static void draw_paths(struct drawing *d, const struct place *place, int row)
{
	struct step gradient;
	int width = d->grid->clip.columns - 2 * MARGIN, column;
	const char *text, *symbols;
	size_t first = 0;
	if (!find_gradient(d, place, &gradient) || gradient.rule->kind != FORMULA_SUM)
		return;
	column = grid_text(d->grid, row, MARGIN, style_bold,
			   formula_text(d, gradient.left, &d->symbols));
	symbols = formula_text(d, gradient.rule, &d->symbols);
	text = sum_text(d, gradient.rule, place, 0);
	if (column + 6 + pane_columns(symbols) + pane_columns(text) <= width)
		column = grid_textf(d->grid, row, column, style_plain, " = %s", symbols);
	while (column + 3 + pane_columns(text) > width && first + 1 < gradient.rule->n_args)
		text = sum_text(d, gradient.rule, place, ++first);
	pane_draw(d, row, column, width + MARGIN - column, style_plain,
		  pane_printf(d, " = %s", text));
}

static void draw_so_far(struct drawing *d, const struct step *step, int row)
{
	struct strbuf text = {0};
	int column = grid_text(d->grid, row, MARGIN, style_muted, pane_text(d, _("so far"))) + 2;
	int width = d->grid->clip.columns - MARGIN - column;
	step_print_so_far(step, &d->numbers, &text);
	if (pane_columns(strbuf_str(&text)) > width) {
		strbuf_clear(&text);
		strbuf_addf(&text, "= %s", number_text(d, step->so_far_value));
	}
	pane_draw(d, row, column, width, step->finite ? style_plain : style_bad, strbuf_str(&text));
	strbuf_free(&text);
}

/* How the rows are shared among the parts of a chain's step. */
struct shares {
	int lines, equation;
	bool has_pointer, has_so_far, has_paths;
};

/* The equation and one line of factors come first, then the running product, the growing sum, the
 * other lines of factors, the pointer, and more rows for the equation. */
static struct shares share_rows(struct drawing *d, const struct chain_row *chain,
				const struct place *place, const struct equation *equation)
{
	int left = d->grid->clip.rows, room = d->grid->clip.columns - 2 * MARGIN;
	struct shares shares = {.lines = 1, .equation = equation_rows(d, equation, room)};
	left -= 2 + shares.equation;
	shares.has_so_far = left > 0 && place->factor < place->n_factors;
	left -= shares.has_so_far;
	shares.has_paths = left > 0 && place->n_paths > 1;
	left -= shares.has_paths;
	while (left >= 2 && shares.lines < chain->n_lines) {
		shares.lines++;
		left -= 2;
	}
	shares.has_pointer = left > 0 && place->factor < place->n_factors;
	left -= shares.has_pointer;
	shares.equation += left > 0 ? left : 0;
	return shares;
}

static void draw_chain(struct drawing *d, const struct step *step)
{
	bool factor = step->place.factor < step->place.n_factors;
	struct chain_row chain = chain_row_make(d, step, d->grid->clip.columns);
	struct equation equation = equation_make(d, step, factor);
	struct shares shares;
	struct rect where;
	int row;
	if (chain.n_cells == 0)
		return;
	shares = share_rows(d, &chain, &step->place, &equation);
	if (!shares.has_pointer)
		equation.remark = remark_text(d, step);
	row = chain_row_draw(d, &chain, 0, shares.lines, shares.has_pointer, remark_text(d, step));
	where = inner(d, row);
	where.rows = shares.equation < where.rows ? shares.equation : where.rows;
	row += equation_draw(d, &equation, where);
	if (shares.has_so_far && step->so_far)
		draw_so_far(d, step, row);
	if (shares.has_paths)
		draw_paths(d, &step->place, row + shares.has_so_far);
}

/* Before the first step: the lesson's text, or where that is on the screen already, what an
 * update consists of. */
static void draw_start(struct drawing *d)
{
	static const char *const about[N_PHASES] = {
	    N_("from the inputs to the outputs: each unit's weighted sum, then its activation"),
	    N_("how far the outputs are from their targets"),
	    N_("how the loss depends on each parameter: the chain rule, factor by factor"),
	    N_("a new value for each parameter; all come into force at once"),
	};
	enum { TITLE_WIDTH = 16 };
	const struct lesson *lesson = d->session->lesson;
	if (!d->has_lesson_text) {
		pane_wrap(d, inner(d, 0), style_plain,
			  lesson_text_in(&lesson->text, language_current()));
		return;
	}
	for (enum phase phase = 0; phase < N_PHASES; phase++) {
		struct rect where = {1 + 2 * (int)phase, MARGIN + TITLE_WIDTH, 2,
				     d->grid->clip.columns - 2 * MARGIN - TITLE_WIDTH};

		grid_text(d->grid, where.row, MARGIN, style_bold, pane_text(d, phase_title(phase)));
		pane_wrap(d, where, style_plain, tr(about[phase]));
	}
}

static void draw(struct drawing *d)
{
	const struct step *step = &d->session->step;
	if (!d->session->has_step)
		draw_start(d);
	else if (step->place.n_factors > 0)
		draw_chain(d, step);
	else if (step->left)
		draw_equation(d, step);
	else
		draw_commit(d, step);
}

const struct view view_chain = {
    .screens = SCREEN_WALK,
    .place = VIEW_LEFT,
    .priority = 2,
    .projected = true,
    .want = want,
    .head = head,
    .draw = draw,
};
