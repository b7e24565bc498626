/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circuit_draw.c -- a circuit on the screen: wires, the gates' signs, on each wire the name and the
 * value of what flows there, and below it the gradient that comes back. */
#include "circuit.h"
#include "network_lines.h"

/* A circuit and the lines of its wires. */
struct canvas {
	struct circuit *c;
	struct lines lines;
};

static struct value value_of(const struct circuit *c, const struct circuit_cell *cell)
{
	const struct node *node = cell->node;
	const struct ref ref = node->kind == NODE_PARAM
				   ? ref_param(REF_PARAM, node_param(node, cell->e))
				   : ref_unit(node, cell->e);
	return value_get(c->highlight.stepper, &ref);
}

static struct value gradient_of(const struct circuit *c, const struct circuit_cell *cell)
{
	const struct stepper *stepper = c->highlight.stepper;
	const struct node *node = cell->node;
	const struct ref ref = node->kind == NODE_PARAM
				   ? ref_gradient(stepper, node_param(node, cell->e))
				   : ref_delta(stepper, node, cell->e);
	return value_get(stepper, &ref);
}

/* A constant is called by its number: once is enough. */
static const char *name_text(struct drawing *d, const struct circuit_cell *cell)
{
	if (cell->node->kind == NODE_CONSTANT)
		return "";
	return cell->node->kind == NODE_PARAM ? param_text(d, node_param(cell->node, cell->e))
					      : element_text(d, cell->node, cell->e);
}

static int text_column(const struct circuit *c, const struct circuit_cell *cell)
{
	const struct circuit_column *column = &c->columns[cell->column];
	return column->x + column->sign + 1;
}

/* A number of a cell: as long as it can be before the wires. */
static const char *number_of(const struct circuit *c, const struct circuit_cell *cell,
			     const struct value *value)
{
	const struct circuit_column *column = &c->columns[cell->column], *next = column - 1;
	int from = text_column(c, cell) + pane_columns(name_text(c->d, cell)) + 1;
	int end = cell->column > 0 ? next->x - column->tracks - 3 : c->d->grid->clip.columns - 2;
	return value_text(c->d, value, end - from);
}

/* Where the wires out of each cell begin. */
static void measure(struct circuit *c)
{
	for (size_t k = 0; k < c->n_cells; k++) {
		struct circuit_cell *cell = &c->cells[k];
		if (cell->passes) {
			cell->text_end = c->columns[cell->column].x;
			continue;
		}
		const char *name = name_text(c->d, cell);
		const struct value value = value_of(c, cell);
		cell->text_end = text_column(c, cell) + pane_columns(name) + (*name != '\0') +
				 pane_columns(number_of(c, cell, &value)) + 1;
	}
}

static void line_wire(struct canvas *canvas, const struct circuit_wire *wire)
{
	struct circuit *c = canvas->c;
	const struct circuit_cell *from = &c->cells[wire->from], *to = &c->cells[wire->to];
	int meet = c->columns[to->column].x;
	if (from->track < 0) {
		lines_across(&canvas->lines, from->row, from->text_end, meet, wire->lit);
		lines_down(&canvas->lines, meet, wire->pin, to->row, wire->lit);
		return;
	}
	int track = meet - 1 - c->columns[from->column].tracks + from->track;
	lines_across(&canvas->lines, from->row, from->text_end, track, wire->lit);
	lines_down(&canvas->lines, track, from->row, wire->pin, wire->lit);
	lines_across(&canvas->lines, wire->pin, track, meet, wire->lit);
	lines_down(&canvas->lines, meet, wire->pin, to->row, wire->lit);
	if (wire->pin == from->row)
		lines_join(&canvas->lines, wire->pin, track);
}

static enum lit lit_of(const struct circuit *c, const struct circuit_cell *cell)
{
	const struct node *node = cell->node;
	return node->kind == NODE_PARAM ? highlight_param(&c->highlight, node_param(node, cell->e))
					: highlight_element(&c->highlight, node, cell->e);
}

static void line_cell(struct canvas *canvas, const struct circuit_cell *cell)
{
	struct circuit *c = canvas->c;
	int meet = c->columns[cell->column].x;
	enum lit lit = LIT_NONE;
	for (size_t k = 0; k < c->n_wires; k++)
		if (&c->cells[c->wires[k].to] == cell && c->wires[k].lit > lit)
			lit = c->wires[k].lit;
	if (cell->stub >= 0) {
		lines_across(&canvas->lines, cell->stub, meet - 1, meet, LIT_NONE);
		lines_down(&canvas->lines, meet, cell->stub, cell->row, LIT_NONE);
	}
	if (!cell->passes && cell->node->op)
		lines_across(&canvas->lines, cell->row, meet, text_column(c, cell) - 1, lit);
}

static bool is_read_unseen(const struct circuit *c, const struct circuit_cell *cell)
{
	const struct graph *graph = &c->d->session->built.model->graph;
	for (size_t k = cell->node->index + 1; k < graph->n_nodes; k++)
		for (size_t row = 0; graph->nodes[k]->op && row < graph->nodes[k]->rows; row++) {
			const struct element reader = {
			    graph->nodes[k], node_element(graph->nodes[k], row, c->example)};
			if (node_reads(reader.node, reader.e, cell->node, cell->e) &&
			    !circuit_sees(c, reader))
				return true;
		}
	return false;
}

static void draw_signs(struct circuit *c, const struct circuit_cell *cell)
{
	struct drawing *d = c->d;
	bool is_here = c->elements[0].node == cell->node && c->elements[0].e == cell->e;
	int x = c->columns[cell->column].x;
	if (cell->stub >= 0)
		grid_text(d->grid, cell->stub, x - 2, style_muted, sign_text(d, SIGN_CUT));
	grid_text(d->grid, cell->row, x, is_here && c->highlight.step ? style_lit : style_bold,
		  circuit_sign(d, cell));
	if (!c->is_whole && cell->node->op && is_read_unseen(c, cell))
		grid_text(d->grid, cell->row, cell->text_end, style_muted, sign_text(d, SIGN_CUT));
}

static void draw_cell(struct circuit *c, const struct circuit_cell *cell)
{
	struct drawing *d = c->d;
	const struct value value = value_of(c, cell), gradient = gradient_of(c, cell);
	enum lit lit = lit_of(c, cell);
	const char *name = name_text(d, cell);
	int x = text_column(c, cell);
	struct style plain = cell->node->op                   ? style_plain
			     : cell->node->kind == NODE_PARAM ? style_weight
							      : style_input;
	int number = grid_text(d->grid, cell->row, x, lit_style(lit, plain), name);
	if (cell->node->kind == NODE_PARAM)
		plain = param_style(d, plain);
	if (*name)
		number = grid_text(d->grid, cell->row, number,
				   lit == LIT_HEAD ? style_current : style_plain, " ");
	grid_text(d->grid, cell->row, number, value_style(d, &value, lit_style(lit, plain)),
		  number_of(c, cell, &value));
	if (!circuit_has_gradient(cell))
		return;
	grid_text(d->grid, cell->row + 1, x, style_muted, sign_text(d, SIGN_SLOPE));
	number = number > x + 2 ? number : x + 2;
	grid_text(
	    d->grid, cell->row + 1, number,
	    value_style(d, &gradient, gradient.known ? lit_style(lit, style_plain) : style_muted),
	    number_of(c, cell, &gradient));
}

void circuit_draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	struct canvas canvas = {.c = circuit_make(d, clip->rows, clip->columns)};
	struct circuit *c = canvas.c;
	if (!c || !lines_init(&canvas.lines, d, c->rows, clip->columns, true))
		return;
	measure(c);
	for (size_t k = 0; k < c->n_wires; k++)
		line_wire(&canvas, &c->wires[k]);
	for (size_t k = 0; k < c->n_cells; k++)
		line_cell(&canvas, &c->cells[k]);
	lines_draw(&canvas.lines, d, 0);
	for (size_t k = 0; k < c->n_cells; k++) {
		if (c->cells[k].passes)
			continue;
		draw_signs(c, &c->cells[k]);
		draw_cell(c, &c->cells[k]);
	}
}
