/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pane.c -- text, numbers and signs for the panes. No pane, no layout: view.c has that. */
#include "pane.h"

#include "backstep/session/setting.h"
#include "backstep/teach/tutor.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "backstep/base/text.h"

const struct style style_plain = {0, GRID_DEFAULT};
const struct style style_muted = {0, GRID_MUTED};
const struct style style_bold = {GRID_BOLD, GRID_DEFAULT};
const struct style style_lit = {GRID_BOLD, GRID_ACCENT};
const struct style style_current = {GRID_BOLD | GRID_REVERSE, GRID_DEFAULT};
const struct style style_weight = {0, GRID_WEIGHT};
const struct style style_input = {0, GRID_INPUT};
const struct style style_bad = {GRID_BOLD, GRID_BAD};

const char *sign_text(const struct drawing *d, enum sign sign)
{
	static const char *const signs[N_SIGNS][2] = {
	    [SIGN_BLANK] = {"·", "."},    [SIGN_ASKED] = {"?", "?"},
	    [SIGN_STALE] = {"~", "~"},    [SIGN_CURRENT] = {"▸", ">"},
	    [SIGN_PHASE] = {"▸", "*"},    [SIGN_POINTER] = {"▲", "^"},
	    [SIGN_ARROW] = {"▶", ">"},    [SIGN_SUM] = {"Σ", "+"},
	    [SIGN_JOINT] = {"●", "*"},    [SIGN_HERE] = {"●", "o"},
	    [SIGN_RULE] = {"─", "-"},     [SIGN_BAR] = {"│", "|"},
	    [SIGN_BAR_TOP] = {"┬", "+"},  [SIGN_BAR_END] = {"┴", "+"},
	    [SIGN_BAR_LEFT] = {"┤", "+"}, [SIGN_BAR_RIGHT] = {"├", "+"},
	    [SIGN_BAR_BOTH] = {"┼", "+"}, [SIGN_MORE] = {"⋮", ":"},
	    [SIGN_CUT] = {"…", "~"},      [SIGN_DOT] = {" · ", " - "},
	    [SIGN_THEN] = {"›", ">"},     [SIGN_BECOMES] = {"←", "<-"},
	    [SIGN_TO] = {"–", "-"},       [SIGN_DONE] = {"✓", "*"},
	    [SIGN_FALLS] = {"↓", "v"},    [SIGN_OFF] = {"✗", "x"},
	    [SIGN_SLOPE] = {"∂", "d"},
	};
	return signs[sign][d->ascii];
}

bool pane_is_asked(const struct drawing *d)
{
	return d->session->tutor && d->session->tutor->open;
}

bool pane_is_crowded(const struct drawing *d)
{
	enum { LOW_ROWS = 22, MATRIX_ROWS = 30 };
	bool has_matrix = setting_value(d->session, "notation") == NOTATION_MATRIX;
	return d->grid->rows < (has_matrix ? MATRIX_ROWS : LOW_ROWS);
}

const char *pane_result(struct drawing *d, int width)
{
	const struct step *step = &d->session->step;
	if (d->has_chain || pane_is_asked(d) || !d->session->has_step || !step->left)
		return "";
	const char *number =
	    pane_printf(d, "%s %s", step->assigns ? sign_text(d, SIGN_BECOMES) : "=",
			number_text(d, step->value));
	const char *text =
	    pane_printf(d, "%s %s", formula_text(d, step->left, &d->symbols), number);
	return pane_columns(text) <= width ? text : number;
}

struct style pane_message_style(const struct drawing *d)
{
	return d->state->is_error ? style_bad : style_lit;
}

static const char *keep(struct drawing *d, struct strbuf *text)
{
	const char *kept = arena_strdup(d->arena, strbuf_str(text));
	strbuf_free(text);
	return kept ? kept : "";
}

const char *pane_printf(struct drawing *d, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	const char *text = arena_vprintf(d->arena, fmt, args);
	va_end(args);
	return text ? text : "";
}

const char *pane_text(struct drawing *d, const char *s)
{
	struct strbuf text = {0};
	if (!d->grid->ascii)
		return s;
	text_ascii(&text, s);
	return keep(d, &text);
}

/* Keeps a text that was cut, once, for who wants to read it whole. */
static void keep_cut(struct drawing *d, const char *s)
{
	struct strbuf *cut = &d->state->cut;
	if (strstr(strbuf_str(cut), s))
		return;
	strbuf_addf(cut, "%s\n", s);
}

const char *pane_clip(struct drawing *d, const char *s, int width)
{
	struct strbuf text = {0};
	if (width > 0 && pane_columns(pane_text(d, s)) > width)
		keep_cut(d, s);
	text_clip(&text, pane_text(d, s), width > 0 ? (size_t)width : 0, d->ascii);
	return keep(d, &text);
}

int pane_columns(const char *s)
{
	return (int)text_columns(s);
}

const char *formula_text(struct drawing *d, const struct formula *f,
			 const struct formula_style *style)
{
	struct strbuf text = {0};
	if (f)
		formula_print(f, style, &text);
	return keep(d, &text);
}

const char *element_text(struct drawing *d, const struct node *node, size_t e)
{
	return formula_text(d, step_unit_symbol(d->arena, node, e, NULL), &d->symbols);
}

const char *unit_name(const struct session *session, struct arena *arena, const struct node *node,
		      size_t e)
{
	struct formula_style symbols = session->style;
	struct strbuf text = {0};
	struct formula *symbol = arena ? step_unit_symbol(arena, node, e, NULL) : NULL;
	symbols.numbers = false;
	if (symbol)
		formula_print(symbol, &symbols, &text);
	const char *kept = arena ? arena_strdup(arena, strbuf_str(&text)) : NULL;
	strbuf_free(&text);
	return kept ? kept : "";
}

const char *param_text(struct drawing *d, size_t param)
{
	const struct model *model = d->session->built.model;
	return formula_text(d, step_param_symbol(d->arena, model, param, NULL), &d->symbols);
}

static const char *print_digits(struct drawing *d, double value, int digits)
{
	struct formula_style style = d->numbers;
	struct strbuf text = {0};
	style.digits = digits;
	step_print_number(value, &style, &text);
	return keep(d, &text);
}

const char *number_text(struct drawing *d, double value)
{
	return print_digits(d, value, d->numbers.digits);
}

/* The first digits of a number, and the mark that there are more: they are those that stand
 * elsewhere too. NULL: too few would be left, or a power of ten stands after them. */
static const char *cut_number(struct drawing *d, const char *text, int width)
{
	size_t digits = strspn(text, "−.0123456789"), first = strcspn(text, "123456789");
	const char *point = memchr(text, '.', digits);
	size_t minus = strncmp(text, "−", strlen("−")) == 0 ? strlen("−") - 1 : 0;
	size_t bytes = width > 1 ? (size_t)width - 1 + minus : 0;
	if (text[digits] || !point || bytes < (size_t)(point - text) + 2 || bytes < first + 2)
		return NULL;
	return pane_printf(d, "%.*s%s", (int)bytes, text, sign_text(d, SIGN_CUT));
}

const char *number_fit(struct drawing *d, double value, int width)
{
	const char *text = number_text(d, value);
	const char *cut = pane_columns(text) > width ? cut_number(d, text, width) : NULL;
	if (cut)
		return cut;
	for (int digits = d->numbers.digits - 1; digits > 0 && pane_columns(text) > width; digits--)
		text = print_digits(d, value, digits);
	return text;
}

const char *value_text(struct drawing *d, const struct value *value, int width)
{
	if (!value->known)
		return sign_text(d, value->open ? SIGN_ASKED : SIGN_BLANK);
	if (!value->stale)
		return number_fit(d, value->value, width);
	return pane_printf(d, "%s%s", sign_text(d, SIGN_STALE),
			   number_fit(d, value->value, width - 1));
}

/* Whether the walk was not yet there at the stop before. step: index in this update, from 0. */
static bool is_after_stop(const struct drawing *d, uint64_t step)
{
	const struct stepper *stepper = &d->session->stepper;
	uint64_t number = stepper_number(stepper), before = d->state->stop_before;
	return before > 0 && before - 1 < number && number - stepper->index + step > before - 1;
}

struct style value_style(const struct drawing *d, const struct value *value, struct style style)
{
	if (value->known && !isfinite(value->value))
		return style_bad;
	if (value->stale)
		style.attributes |= GRID_DIM;
	else if (value->known && value->where > 0 && is_after_stop(d, value->where))
		style.attributes |= GRID_UNDERLINE;
	return style;
}

struct style param_style(const struct drawing *d, struct style style)
{
	const struct stepper *stepper = &d->session->stepper;
	if (is_after_stop(d, stepper_at_commit(stepper) ? stepper->index : 0))
		style.attributes |= GRID_UNDERLINE;
	return style;
}

int pane_draw(struct drawing *d, int row, int column, int width, struct style style, const char *s)
{
	return grid_text(d->grid, row, column, style, pane_clip(d, s, width));
}

int pane_draw_right(struct drawing *d, int row, int end, int width, struct style style,
		    const char *s)
{
	const char *text = pane_clip(d, s, width);
	int column = end - pane_columns(text);
	grid_text(d->grid, row, column, style, text);
	return column;
}

/* Text being drawn line by line. */
struct wrapping {
	struct drawing *d;
	struct rect where;
	struct style style;
	int n_rows, end; /* rows so far; the column after the last one drawn */
};

static void wrap_line(void *ctx, const char *s, size_t len)
{
	struct wrapping *w = ctx;
	const struct rect *where = &w->where;
	if (w->n_rows < where->rows) {
		char *line = arena_strndup(w->d->arena, s, len);
		w->end = grid_text(w->d->grid, where->row + w->n_rows, where->column, w->style,
				   line ? line : "");
	} else if (w->n_rows == where->rows && where->rows > 0) {
		/* The last row that there is room for says that there is more. */
		int last = where->column + where->columns - 1;
		grid_text(w->d->grid, where->row + where->rows - 1, w->end < last ? w->end : last,
			  w->style, sign_text(w->d, SIGN_CUT));
	}
	w->n_rows++;
}

int pane_wrap(struct drawing *d, struct rect where, struct style style, const char *s)
{
	struct wrapping wrapping = {d, where, style, 0, 0};
	size_t width = where.columns > 1 ? (size_t)where.columns : 1;
	text_wrap(pane_text(d, s), width, wrap_line, &wrapping);
	if (where.rows > 0 && wrapping.n_rows > where.rows)
		keep_cut(d, s);
	return where.rows > 0 && wrapping.n_rows > where.rows ? where.rows : wrapping.n_rows;
}

int pane_message_rows(struct drawing *d, int columns)
{
	const char *message = d->state->message;
	struct rect where = {0, 0, 0, columns};
	return message && *message ? pane_wrap(d, where, pane_message_style(d), message) : 0;
}

void pane_message(struct drawing *d, struct rect *where)
{
	int rows = pane_message_rows(d, where->columns);
	if (rows == 0 || where->rows <= 0)
		return;
	rows = rows < where->rows ? rows : where->rows;
	where->rows -= rows;
	struct rect below = {where->row + where->rows, where->column, rows, where->columns};
	pane_wrap(d, below, pane_message_style(d), d->state->message);
}

void pane_rule(struct drawing *d, const char *title, const char *remark)
{
	int width = d->grid->clip.columns, end = width;
	grid_fill(d->grid, 0, 0, width, style_muted, sign_text(d, SIGN_RULE));
	if (remark && *remark) {
		const char *text = pane_printf(d, " %s ", remark);
		end = pane_draw_right(d, 0, width - 2, width - 4, style_muted, text);
	}
	if (title && *title && end > 6)
		pane_draw(d, 0, 2, end - 4, style_bold, pane_printf(d, " %s ", title));
}
