/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_gates.c -- each gate of a graph in a row: what it computes, its value, and the gradient
 * that came back to it. Inputs and targets stand first, the
 * loss last. It draws no wires: names are the wires.
 */
#include "network_gates.h"

#include "highlight.h"
#include "network_lines.h"

enum {
	LEAST = 6,
	MARGIN = 2, /* holds the mark of the current row */
	NUMBER_WIDTH = 12,
	GAP = 2,
	HEADING_ROWS = 1,
	ROWS_MAX = 40, /* more are never asked for */
};

/* One row: an element of a node. */
struct gate_row {
	const struct node *node;
	size_t e;
};

struct gate_list {
	struct gate_row *rows;
	size_t n_rows, current, focus; /* focus: to be seen; SIZE_MAX: none */
	struct highlight highlight;
};

bool gates_are_shown(const struct drawing *d)
{
	return d->session->lesson->graph.n_gates > 0;
}

static bool is_listed(const struct node *node)
{
	return node->op || node->kind == NODE_VIEW || node->kind == NODE_TARGET;
}

static size_t count_rows(const struct graph *graph)
{
	size_t n = 0;
	for (size_t k = 0; k < graph->n_nodes; k++)
		if (is_listed(graph->nodes[k]))
			n += graph->nodes[k]->rows;
	return n;
}

void gates_want(struct drawing *d, int *least, int *most)
{
	size_t n = count_rows(&d->session->built.model->graph);
	int rows = (n < ROWS_MAX ? (int)n : ROWS_MAX) + HEADING_ROWS;
	*least = rows < LEAST ? rows : LEAST;
	*most = rows;
}

/* Adds a row, and notes whether the step is about it. Where a parameter is what the step is about,
 * the first lit gate is to be seen: the one that reads it. */
static void list_add(struct gate_list *list, const struct node *node, size_t e)
{
	enum lit lit = highlight_element(&list->highlight, node, e);
	if (lit == LIT_HEAD)
		list->current = list->focus = list->n_rows;
	else if (lit == LIT_STRONG && list->focus == SIZE_MAX)
		list->focus = list->n_rows;
	list->rows[list->n_rows++] = (struct gate_row){node, e};
}

static struct gate_list list_make(struct drawing *d)
{
	const struct graph *graph = &d->session->built.model->graph;
	struct gate_list list = {
	    .current = SIZE_MAX, .focus = SIZE_MAX, .highlight = highlight_make(d->session)};
	size_t example = session_column(d->session), n = count_rows(graph);
	list.rows = ARENA_ARRAY(d->arena, struct gate_row, n);
	for (size_t k = 0; list.rows && k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];

		for (size_t row = 0; is_listed(node) && row < node->rows; row++)
			list_add(&list, node, row * node->stride + example);
	}
	return list;
}

/* "q = w₀ · x₀"; an input is only its name. */
static const char *rule_text(struct drawing *d, const struct gate_row *row)
{
	const char *name = element_text(d, row->node, row->e);
	if (!row->node->op)
		return name;
	return pane_printf(
	    d, "%s = %s", name,
	    formula_text(d, step_value_rule(d->arena, row->node, row->e), &d->symbols));
}

static struct value value_of(const struct drawing *d, const struct gate_row *row)
{
	const struct ref ref = ref_unit(row->node, row->e);
	return value_get(&d->session->stepper, &ref);
}

static struct value gradient_of(const struct drawing *d, const struct gate_row *row)
{
	const struct stepper *stepper = &d->session->stepper;
	const struct ref ref = ref_delta(stepper, row->node, row->e);
	return value_get(stepper, &ref);
}

static struct style row_style(const struct gate_list *list, const struct gate_row *row,
			      const struct value *value)
{
	enum lit lit = highlight_element(&list->highlight, row->node, row->e);
	return value_style(value, lit_style(lit, row->node->op ? style_plain : style_input));
}

static void draw_headings(struct drawing *d, int value, int gradient)
{
	struct formula *total =
	    step_element_symbol(d->arena, d->session->built.model->total, 0, NULL);
	struct formula *any = formula_symbol(d->arena, ".", "·", 0.0);
	pane_draw(d, 0, MARGIN, value - MARGIN, style_muted, _("gate"));
	pane_draw(d, 0, value, NUMBER_WIDTH, style_muted, _("value"));
	pane_draw(d, 0, gradient, NUMBER_WIDTH, style_muted,
		  formula_text(d, formula_derivative(d->arena, total, any), &d->symbols));
}

/* The column of the values: after the longest rule, where there is room. */
static int value_column(struct drawing *d, const struct gate_list *list)
{
	int last = d->grid->clip.columns - 1 - 2 * NUMBER_WIDTH - GAP, widest = 0;
	for (size_t k = 0; k < list->n_rows && widest < last; k++) {
		int width = pane_columns(rule_text(d, &list->rows[k]));

		widest = width > widest ? width : widest;
	}
	widest += MARGIN + 2 * GAP;
	return widest < last ? widest : last;
}

void gates_draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	struct gate_list list = list_make(d);
	int value = value_column(d, &list), gradient = value + NUMBER_WIDTH + GAP;
	size_t rows = clip->rows > HEADING_ROWS ? (size_t)(clip->rows - HEADING_ROWS) : 0,
	       first = 0;
	if (list.n_rows > rows && list.focus != SIZE_MAX && list.focus > rows / 2)
		first = list.focus - rows / 2;
	if (list.n_rows > rows && first > list.n_rows - rows)
		first = list.n_rows - rows;
	draw_headings(d, value, gradient);
	for (size_t k = 0; k < rows && first + k < list.n_rows; k++) {
		const struct gate_row *row = &list.rows[first + k];
		const struct value number = value_of(d, row), slope = gradient_of(d, row);
		struct style style = row_style(&list, row, &number);
		bool is_cut =
		    (k == 0 && first > 0) || (k + 1 == rows && first + rows < list.n_rows);
		int y = HEADING_ROWS + (int)k;

		if (first + k == list.current)
			grid_text(d->grid, y, 0, style_current, sign_text(d, SIGN_CURRENT));
		else if (is_cut)
			grid_text(d->grid, y, 0, style_muted, sign_text(d, SIGN_MORE));
		pane_draw(d, y, MARGIN, value - MARGIN - GAP, style, rule_text(d, row));
		pane_draw(d, y, value, NUMBER_WIDTH, style, value_text(d, &number, NUMBER_WIDTH));
		if (row->node->op)
			pane_draw(d, y, gradient, NUMBER_WIDTH, style,
				  value_text(d, &slope, NUMBER_WIDTH));
	}
}
