/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circuit_place.c -- columns and rows of a circuit.
 *
 * A gate stands in the column before the first gate that it flows into, a leaf before each gate
 * that reads it; a wire that skips columns passes them in a row of its own. In a column the order
 * is that of the gates they flow into, and a row is as near as it can be to those of its
 * neighbours. */
#include "circuit.h"

#include <math.h>
#include <string.h>

enum {
	SWEEPS = 6, /* from right to left and back; the last one goes to the right */
	ELEMENT_ROWS = 2,
	NUMBER_EXTRA = 4, /* columns of a number beside its digits */
	LANE = 3,         /* between two columns, beside the tracks */
	MARGIN = 3,       /* at both ends, for the mark of what is left out */
};

/* How a rule is drawn that is one operation. */
static const char *rule_sign(struct drawing *d, const struct formula *rule)
{
	static const char *const signs[] = {
	    [FORMULA_SUM] = "+",    [FORMULA_PRODUCT] = "×", [FORMULA_QUOTIENT] = "/",
	    [FORMULA_NEGATE] = "−", [FORMULA_SYMBOL] = "=",  [FORMULA_NUMBER] = "=",
	};
	const struct formula *first = rule->n_args ? rule->args[0] : NULL;
	if (rule->kind == FORMULA_POWER)
		return pane_printf(d, "^%s", formula_text(d, rule->args[1], &d->symbols));
	if (rule->kind == FORMULA_SUM && first->kind == FORMULA_PRODUCT)
		return sign_text(d, SIGN_SUM);
	if (rule->kind == FORMULA_SUM && first->kind == FORMULA_POWER)
		return pane_printf(d, "%s^2", sign_text(d, SIGN_SUM));
	if (rule->kind == FORMULA_SUM && rule->n_args == 2 && rule->args[1]->kind == FORMULA_NEGATE)
		return pane_text(d, signs[FORMULA_NEGATE]);
	bool is_known = rule->kind < sizeof signs / sizeof *signs && signs[rule->kind];
	return is_known ? pane_text(d, signs[rule->kind]) : NULL;
}

const char *circuit_sign(struct drawing *d, const struct circuit_cell *cell)
{
	const struct op *op = cell->passes ? NULL : cell->node->op;
	if (!op)
		return "";
	if (op->family == OP_LOSS)
		return pane_text(d, _("loss"));
	const struct formula *rule = step_value_rule(d->arena, cell->node, cell->e);
	if (rule && rule->kind == FORMULA_CALL && rule->n_args > 1 &&
	    rule->args[0]->kind == FORMULA_SYMBOL)
		return rule->name;
	const char *sign = rule && op->family == OP_ARITHMETIC ? rule_sign(d, rule) : NULL;
	return sign ? sign : op->name;
}

int circuit_number(const struct drawing *d)
{
	return d->numbers.digits + NUMBER_EXTRA;
}

bool circuit_has_gradient(const struct circuit_cell *cell)
{
	return cell->node->kind == NODE_OP || cell->node->kind == NODE_PARAM;
}

/* Adds a cell. SIZE_MAX: there are too many. */
static size_t add_cell(struct circuit *c, const struct node *node, size_t e, int column,
		       bool passes)
{
	if (c->n_cells == CIRCUIT_CELLS || column >= CIRCUIT_COLUMNS)
		return SIZE_MAX;
	struct circuit_cell *cell = &c->cells[c->n_cells];
	*cell = (struct circuit_cell){
	    .node = node, .e = e, .column = column, .passes = passes, .stub = -1};
	cell->height = passes || !circuit_has_gradient(cell) ? 1 : ELEMENT_ROWS;
	if (column >= c->n_columns)
		c->n_columns = column + 1;
	return c->n_cells++;
}

static size_t find_cell(const struct circuit *c, const struct node *node, size_t e, int column,
			bool passes)
{
	for (size_t k = 0; k < c->n_cells; k++) {
		const struct circuit_cell *cell = &c->cells[k];
		if (cell->node == node && cell->e == e && cell->passes == passes &&
		    (column < 0 || cell->column == column))
			return k;
	}
	return SIZE_MAX;
}

/* The column of a gate: before those of all gates that it flows into and that have one. */
static int column_of(const struct circuit *c, struct element of)
{
	int column = 0;
	for (size_t k = 0; k < c->n_cells; k++) {
		const struct circuit_cell *cell = &c->cells[k];
		if (cell->column >= column && node_reads(cell->node, cell->e, of.node, of.e))
			column = cell->column + 1;
	}
	return column;
}

/* The gates, the last ones first: each after all that it flows into. */
static bool place_gates(struct circuit *c)
{
	bool added[CIRCUIT_ELEMENTS] = {false};
	for (;;) {
		size_t last = SIZE_MAX;
		for (size_t k = 0; k < c->n_elements; k++)
			if (!added[k] && c->elements[k].node->op &&
			    (last == SIZE_MAX ||
			     c->elements[k].node->index > c->elements[last].node->index))
				last = k;
		if (last == SIZE_MAX)
			return true;
		added[last] = true;
		const struct element *of = &c->elements[last];
		if (add_cell(c, of->node, of->e, column_of(c, *of), false) == SIZE_MAX)
			return false;
	}
}

static bool add_wire(struct circuit *c, size_t from, size_t to, enum lit lit)
{
	for (size_t k = 0; k < c->n_wires; k++) {
		struct circuit_wire *wire = &c->wires[k];
		if (wire->from != from || wire->to != to)
			continue;
		wire->lit = lit > wire->lit ? lit : wire->lit;
		return true;
	}
	if (c->n_wires == CIRCUIT_WIRES)
		return false;
	c->wires[c->n_wires++] = (struct circuit_wire){.from = from, .to = to, .lit = lit};
	return true;
}

/* From a gate past the columns between; from a leaf there is only the one before. */
static bool wire_edge(struct circuit *c, size_t to, const struct edge *edge)
{
	int next = c->cells[to].column + 1;
	bool is_leaf = !edge->input->op;
	enum lit lit = highlight_edge(&c->highlight, edge->node, edge->i, edge->slot, edge->j);
	size_t from = find_cell(c, edge->input, edge->j, is_leaf ? next : -1, false);
	if (from == SIZE_MAX)
		from = add_cell(c, edge->input, edge->j, next, false);
	while (from != SIZE_MAX && c->cells[from].column > next) {
		int column = c->cells[from].column - 1;
		size_t pass = find_cell(c, edge->input, edge->j, column, true);
		if (pass == SIZE_MAX)
			pass = add_cell(c, edge->input, edge->j, column, true);
		if (pass == SIZE_MAX || !add_wire(c, from, pass, lit))
			return false;
		from = pass;
	}
	return from != SIZE_MAX && add_wire(c, from, to, lit);
}

/* Cells and wires out of the elements. */
static bool connect(struct circuit *c)
{
	c->n_cells = c->n_wires = 0;
	c->n_columns = 0;
	if (!place_gates(c))
		return false;
	size_t n_gates = c->n_cells;
	for (size_t to = 0; to < n_gates; to++) {
		struct circuit_cell *cell = &c->cells[to];
		for (struct edge edge = edges_of(cell->node, cell->e); edge_next(&edge);) {
			if (!circuit_sees(c, (struct element){edge.input, edge.j}))
				cell->hides_inputs = true;
			else if (!wire_edge(c, to, &edge))
				return false;
		}
	}
	return true;
}

/* The mean of some number of the neighbours at one side; what is none: -1. */
static double neighbour_mean(const struct circuit *c, size_t at, bool right, bool of_order)
{
	double sum = 0.0;
	int n = 0;
	for (size_t k = 0; k < c->n_wires; k++) {
		const struct circuit_wire *wire = &c->wires[k];
		if ((right ? wire->from : wire->to) != at)
			continue;
		const struct circuit_cell *other = &c->cells[right ? wire->to : wire->from];
		sum += of_order ? other->order : other->row;
		n++;
	}
	return n ? sum / n : -1.0;
}

/* Where a cell belongs among those of its column: by the gates that it flows into, and by its place
 * among their inputs, of which the wires have the order. */
static double order_key(const struct circuit *c, size_t at)
{
	size_t first = 0;
	while (first < c->n_wires && c->wires[first].from != at)
		first++;
	return neighbour_mean(c, at, true, true) + (double)first / (CIRCUIT_WIRES * CIRCUIT_CELLS);
}

static void order_column(struct circuit *c, int at)
{
	struct circuit_column *column = &c->columns[at];
	double keys[CIRCUIT_CELLS];
	column->n_cells = 0;
	for (size_t k = 0; k < c->n_cells; k++) {
		if (c->cells[k].column != at)
			continue;
		double key = order_key(c, k);
		int place = column->n_cells++;
		for (; place > 0 && keys[place - 1] > key; place--) {
			keys[place] = keys[place - 1];
			column->cells[place] = column->cells[place - 1];
		}
		keys[place] = key;
		column->cells[place] = k;
	}
	for (int k = 0; k < column->n_cells; k++)
		c->cells[column->cells[k]].order = k;
}

static int column_rows(const struct circuit *c, const struct circuit_column *column, int gap)
{
	int rows = -gap;
	for (int k = 0; k < column->n_cells; k++)
		rows += c->cells[column->cells[k]].height + gap;
	return rows;
}

/* Each cell as near as it can be to its neighbours at one side. Leaves have none at their left:
 * they make room, and then come as near to their gates as there is room left. */
static void align_column(struct circuit *c, const struct circuit_column *column, bool right,
			 int gap)
{
	int least = 0, most = c->rows;
	for (int k = 0; k < column->n_cells; k++) {
		struct circuit_cell *cell = &c->cells[column->cells[k]];
		int wanted = (int)lround(neighbour_mean(c, column->cells[k], right, false));
		cell->row = wanted > least ? wanted : least;
		least = cell->row + cell->height + gap;
	}
	for (int k = column->n_cells; k-- > 0;) {
		struct circuit_cell *cell = &c->cells[column->cells[k]];
		int last = most - cell->height;
		bool is_leaf = !right && !cell->passes && !cell->node->op;
		int wanted = (int)lround(neighbour_mean(c, column->cells[k], true, false));
		if (is_leaf && wanted > cell->row)
			cell->row = wanted;
		cell->row = cell->row < last ? cell->row : last;
		most = cell->row - gap;
	}
}

static bool place_rows(struct circuit *c, int rows, int gap)
{
	c->rows = 1;
	for (int k = 0; k < c->n_columns; k++) {
		int needed = column_rows(c, &c->columns[k], gap);
		c->rows = needed > c->rows ? needed : c->rows;
	}
	if (c->rows > rows || c->rows > CIRCUIT_ROWS)
		return false;
	for (int k = 0; k < c->n_columns; k++) {
		struct circuit_column *column = &c->columns[k];
		for (int i = 0, row = 0; i < column->n_cells; i++) {
			c->cells[column->cells[i]].row = row;
			row += c->cells[column->cells[i]].height + gap;
		}
	}
	for (int sweep = 0; sweep < SWEEPS; sweep++)
		for (int k = 0; k < c->n_columns; k++)
			align_column(c, &c->columns[sweep % 2 ? c->n_columns - 1 - k : k],
				     sweep % 2 == 0, gap);
	return true;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* Columns of a cell's text: "z −12". */
static int text_columns_of(const struct circuit *c, const struct circuit_cell *cell)
{
	if (cell->passes)
		return 0;
	bool is_number = cell->node->kind == NODE_CONSTANT;
	return (is_number ? 0 : pane_columns(element_text(c->d, cell->node, cell->e)) + 1) +
	       circuit_number(c->d);
}

/* Where the columns begin, from the left; false: there is no room for them. */
static bool place_columns(struct circuit *c, int columns)
{
	int x = MARGIN;
	for (int k = c->n_columns; k-- > 0;) {
		struct circuit_column *column = &c->columns[k];
		column->sign = column->text = 0;
		for (int i = 0; i < column->n_cells; i++) {
			const struct circuit_cell *cell = &c->cells[column->cells[i]];
			column->sign = larger(column->sign, pane_columns(circuit_sign(c->d, cell)));
			column->text = larger(column->text, text_columns_of(c, cell));
		}
		column->x = x;
		x += column->sign + 1 + column->text + (k > 0 ? LANE + column->tracks : 0);
	}
	c->width = x + MARGIN;
	return c->width <= columns;
}

/* What is free goes to the lanes, and to both sides. */
static void spread_columns(struct circuit *c, int columns)
{
	enum { LANE_EXTRA = 6 };
	int lanes = c->n_columns - 1;
	int extra = lanes > 0 ? (columns - c->width) / lanes : 0;
	extra = extra < LANE_EXTRA ? extra : LANE_EXTRA;
	int shift = (columns - c->width - extra * lanes) / 2;
	for (int k = 0; k < c->n_columns; k++)
		c->columns[k].x += shift + extra * (c->n_columns - 1 - k);
}

bool circuit_place(struct circuit *c, int rows, int columns, int gap)
{
	if (!connect(c))
		return false;
	for (int k = 0; k < c->n_columns; k++)
		order_column(c, k);
	if (!place_rows(c, rows, gap) || !circuit_route(c) || !place_columns(c, columns))
		return false;
	spread_columns(c, columns);
	return true;
}
