/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matrix_text.c -- matrices as lines of text, beside one another. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/session/matrix.h"
#include "backstep/session/setting.h"

enum { MARGIN = 2, WINDOW_ROWS = 4, WINDOW_COLS = 4, TEXT_COLUMNS = 76, CELL_TEXT = 40 };

/* How many rows and columns of each matrix are seen, and the text that is made. */
struct composition {
	const struct session *session;
	size_t most_cols;
	bool is_ascii;
	struct matrix_text *text;
};

/* The rows or columns from first on that are seen: those around the one at hand. */
struct window {
	size_t first, shown;
};

static struct window window_of(size_t count, size_t most, size_t at)
{
	struct window window = {0, count < most ? count : most};
	if (at != SIZE_MAX && at > window.shown / 2)
		window.first = at - window.shown / 2;
	if (window.first + window.shown > count)
		window.first = count - window.shown;
	return window;
}

static bool is_lit(const struct matrix *m, size_t row, size_t col)
{
	return (m->row == SIZE_MAX || m->row == row) && (m->col == SIZE_MAX || m->col == col);
}

static void add_sign(const struct composition *c, const char *sign, struct strbuf *out)
{
	if (c->is_ascii)
		text_ascii(out, sign);
	else
		strbuf_add(out, sign);
}

/* One entry, in brackets where it is at hand. */
static void print_cell(const struct composition *c, const struct matrix *m, size_t row, size_t col,
		       struct strbuf *out)
{
	const struct value value = matrix_value(c->session, m, row, col);
	bool lit = is_lit(m, row, col);
	strbuf_add_char(out, lit ? '[' : ' ');
	if (value.known)
		step_print_number(value.value, &c->session->style, out);
	else
		strbuf_add(out, value.open ? "?" : c->is_ascii ? "." : "·");
	strbuf_add_char(out, lit ? ']' : ' ');
}

static size_t cell_columns(const struct composition *c, const struct matrix *m, size_t col,
			   struct window rows)
{
	size_t widest = 1;
	for (size_t row = rows.first; row < rows.first + rows.shown; row++) {
		struct strbuf cell = {0};
		print_cell(c, m, row, col, &cell);
		size_t columns = text_columns(strbuf_str(&cell));
		widest = columns > widest ? columns : widest;
		strbuf_free(&cell);
	}
	return widest;
}

static void note_span(struct matrix_text *text, size_t line, int column, int columns)
{
	if (text->n_spans < MATRIX_SPANS)
		text->spans[text->n_spans++] = (struct matrix_span){line, column, columns};
}

/* Adds one row of a matrix to a line, between bars; dots where more columns are. */
static void add_row(struct composition *c, const struct matrix *m, struct window rows,
		    struct window cols, size_t k)
{
	size_t line = 1 + k, row = rows.first + k;
	struct strbuf *out = &c->text->lines[line];
	bool cuts_rows = rows.shown < m->rows;
	add_sign(c,
		 cuts_rows && (k == 0 ? rows.first > 0
				      : k + 1 == rows.shown && rows.first + rows.shown < m->rows)
		     ? "⋮"
		     : "│",
		 out);
	add_sign(c, cols.first > 0 ? "…" : "", out);
	for (size_t col = cols.first; col < cols.first + cols.shown; col++) {
		struct strbuf cell = {0};
		print_cell(c, m, row, col, &cell);
		int at = (int)text_columns(strbuf_str(out));
		if (is_lit(m, row, col))
			note_span(c->text, line, at, (int)text_columns(strbuf_str(&cell)));
		text_pad(out, strbuf_str(&cell), cell_columns(c, m, col, rows));
		strbuf_free(&cell);
	}
	add_sign(c, cols.first + cols.shown < m->cols ? "…" : "", out);
	add_sign(c, "│", out);
}

static void pad_lines(struct composition *c)
{
	size_t widest = 0;
	for (size_t k = 1; k < MATRIX_LINES; k++) {
		size_t columns = text_columns(strbuf_str(&c->text->lines[k]));
		widest = columns > widest ? columns : widest;
	}
	for (size_t k = 1; k < MATRIX_LINES; k++) {
		struct strbuf *line = &c->text->lines[k];
		strbuf_repeat(line, " ", widest - text_columns(strbuf_str(line)));
	}
}

/* Adds a matrix after a sign, which stands on the first of its lines. */
static void add_matrix(struct composition *c, const struct matrix *m, const char *sign)
{
	struct window rows = window_of(m->rows, WINDOW_ROWS, m->row);
	struct window cols = window_of(m->cols, c->most_cols, m->col);
	add_sign(c, sign, &c->text->lines[1]);
	pad_lines(c);
	for (size_t k = 0; k < rows.shown; k++)
		add_row(c, m, rows, cols, k);
	pad_lines(c);
	if (rows.shown + 1 > c->text->n_lines)
		c->text->n_lines = rows.shown + 1;
}

/* What the units of a node are called without their numbers: n of n1 and n2; the inputs x and
 * others h where these have names of their own. */
static const char *base_name(const struct node *node, char name[LABEL_TEXT])
{
	char other[LABEL_TEXT];
	for (size_t row = 0; row < node->rows && row < WINDOW_ROWS; row++) {
		node_name(node, row * node->stride, row ? other : name);
		char *text = row ? other : name;
		size_t len = strcspn(text, "[(");
		while (len > 0 && isdigit((unsigned char)text[len - 1]))
			len--;
		text[len] = '\0';
		if (!*text || (row && strcmp(text, name) != 0))
			return node->layer == 0 ? "x" : "h";
	}
	return name;
}

static void print_name(const struct composition *c, const char *name, struct strbuf *out)
{
	struct arena *arena = arena_new();
	char *symbol = arena ? formula_symbol_from_name(arena, name) : NULL;
	add_sign(c, symbol ? symbol : name, out);
	arena_free(arena);
}

/* "∂E/∂"; of_batch: of the loss that the update makes small. */
static void print_by(const struct composition *c, bool of_batch, struct strbuf *out)
{
	const struct model *model = c->session->built.model;
	char name[LABEL_TEXT];
	size_t n;
	stepper_rows(&c->session->stepper, &n);
	add_sign(c, "∂", out);
	print_name(c, of_batch && n > 1 ? model->batch_name : node_name(model->total, 0, name),
		   out);
	add_sign(c, "/∂", out);
}

static void print_symbol(const struct composition *c, const struct matrix *m, bool is_left,
			 struct strbuf *out)
{
	char name[LABEL_TEXT];
	bool is_delta = m->kind == MATRIX_DELTAS;
	if (m->kind == MATRIX_GRADIENTS || (is_delta && is_left))
		print_by(c, !is_delta, out);
	if (m->kind == MATRIX_CHANGES)
		add_sign(c, "Δ", out);
	if (m->kind == MATRIX_ONES)
		strbuf_add_char(out, '1');
	else if (m->kind >= MATRIX_WEIGHTS)
		strbuf_add_char(out, m->is_bias ? 'b' : 'W');
	else if (is_delta && !is_left)
		add_sign(c, "δ", out);
	else
		print_name(c, base_name(m->node, name), out);
	add_sign(c, m->is_transposed ? "ᵀ" : "", out);
}

static void add_shape(const struct composition *c, const struct matrix *m, const char *before,
		      struct strbuf *out)
{
	strbuf_addf(out, "%s%zu", before, m->rows);
	add_sign(c, "×", out);
	strbuf_addf(out, "%zu", m->cols);
}

/* What W, b and δ stand for: the first and the last of the parameters, the derivative. */
static void add_legend(const struct composition *c, const struct matrix_fact *fact,
		       struct strbuf *out)
{
	const struct model *model = c->session->built.model;
	for (size_t k = 0; k < fact->n_factors; k++) {
		const struct matrix *m = &fact->factors[k];
		char name[LABEL_TEXT];
		if (m->kind == MATRIX_UNITS || m->kind > MATRIX_BIASES)
			continue;
		strbuf_add(out, "; ");
		print_symbol(
		    c, &(struct matrix){.kind = m->kind, .node = m->node, .is_bias = m->is_bias},
		    false, out);
		strbuf_add(out, m->kind == MATRIX_DELTAS ? " = " : ": ");
		if (m->kind == MATRIX_DELTAS) {
			print_by(c, false, out);
			print_name(c, base_name(m->node, name), out);
			continue;
		}
		print_name(c, model_param_name(model, node_param(m->node, 0), name), out);
		size_t last = m->node->rows * m->node->cols - 1;
		if (last == 0)
			continue;
		strbuf_add(out, " .. ");
		print_name(c, model_param_name(model, node_param(m->node, last), name), out);
	}
}

/* What stands before factor k. */
static const char *sign_before(const struct matrix_fact *fact, size_t k)
{
	if (k == 0)
		return fact->is_update ? " ← " : " = ";
	return fact->has_rate ? " − " : fact->is_update || k == 2 ? " + " : " ";
}

static void add_equation(const struct composition *c, const struct matrix_fact *fact)
{
	struct strbuf *out = &c->text->lines[0];
	print_symbol(c, &fact->left, true, out);
	add_sign(c, sign_before(fact, 0), out);
	strbuf_addf(out, "%s%s", fact->scale, *fact->scale ? " " : "");
	for (size_t k = 0; k < fact->n_factors; k++) {
		add_sign(c, k ? sign_before(fact, k) : "", out);
		add_sign(c, k == 1 && fact->has_rate ? "η " : "", out);
		print_symbol(c, &fact->factors[k], false, out);
	}
	add_shape(c, &fact->left, ", ", out);
	for (size_t k = 0; k < fact->n_factors && !fact->is_update; k++)
		add_shape(c, &fact->factors[k], sign_before(fact, k), out);
	add_legend(c, fact, out);
}

static void make(struct composition *c, const struct matrix_fact *fact)
{
	struct matrix_text *text = c->text;
	add_equation(c, fact);
	text->n_lines = 1;
	add_matrix(c, &fact->left, "");
	for (size_t k = 0; k < fact->n_factors; k++) {
		struct strbuf sign = {0};
		strbuf_add(&sign, sign_before(fact, k));
		if (k == 1 && fact->has_rate) {
			step_print_number(fact->rate, &c->session->style, &sign);
			strbuf_add_char(&sign, ' ');
		}
		add_matrix(c, &fact->factors[k], strbuf_str(&sign));
		strbuf_free(&sign);
	}
}

void matrix_text_make(const struct session *session, const struct matrix_fact *fact, int columns,
		      struct matrix_text *text)
{
	struct composition c = {.session = session,
				.most_cols = WINDOW_COLS,
				.is_ascii = session->style.glyphs == GLYPHS_ASCII,
				.text = text};
	*text = (struct matrix_text){0};
	make(&c, fact);
	while (c.most_cols > 1 && text_columns(strbuf_str(&text->lines[1])) > (size_t)columns) {
		matrix_text_free(text);
		c.most_cols--;
		make(&c, fact);
	}
}

void matrix_text_free(struct matrix_text *text)
{
	for (size_t k = 0; k < MATRIX_LINES; k++)
		strbuf_free(&text->lines[k]);
	*text = (struct matrix_text){0};
}

static void add_why_line(void *ctx, const char *s, size_t len)
{
	struct strbuf *out = ctx;
	strbuf_add(out, "       ");
	strbuf_add_len(out, s, len);
	strbuf_add_char(out, '\n');
}

/* Whether the step's number is the entry, and not a factor on the way to it. */
static bool is_whole(const struct session *session)
{
	const struct place *place = &session->step.place;
	size_t n;
	stepper_rows(&session->stepper, &n);
	return !place->has_param || place->phase == PHASE_UPDATE ||
	       (place->class->computes == REF_GRADIENT && (n == 1 || place->whole_batch));
}

void matrix_print(const struct session *session, struct strbuf *out)
{
	struct matrix_fact fact;
	struct matrix_text text;
	if (setting_value(session, "notation") != NOTATION_MATRIX ||
	    !matrix_fact_find(session, &fact) || !is_whole(session))
		return;
	matrix_text_make(session, &fact, TEXT_COLUMNS - MARGIN, &text);
	for (size_t k = 0; k < text.n_lines; k++) {
		struct strbuf *line = &text.lines[k];
		while (line->len > 0 && line->data[line->len - 1] == ' ')
			strbuf_truncate(line, line->len - 1);
		strbuf_addf(out, "     %s%s\n", k ? "  " : "", strbuf_str(line));
	}
	struct strbuf why = {0};
	if (session->style.glyphs == GLYPHS_ASCII)
		text_ascii(&why, tr(fact.why));
	else
		strbuf_add(&why, tr(fact.why));
	text_wrap(strbuf_str(&why), TEXT_COLUMNS - MARGIN, add_why_line, out);
	strbuf_free(&why);
	matrix_text_free(&text);
}
