/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_view_circuit.c -- graphs drawn as graphs: at every step of every lesson that is one, at
 * every size, the gate at hand is seen with what flows into it; texts do not overlap, and no two
 * wires share a line. */
#include "sitting.h"

#include "../../src/view/circuit.h"

enum { STRIDE = 7, LEAST_INPUTS = 2 };

static const char *const lessons[] = {
    "gate-patterns",   "sigmoid-neuron-graph", "graph-examples", "squared-norm-of-wx",
    "svm-and-softmax", "rnn-three-steps",      "lstm-cell",      "attention-by-hand",
    "convolution",     "linear-algebra",       "optimizer-tour", "activations",
};

static const struct {
	int rows, columns;
} sizes[] = {{8, 40}, {8, 80}, {16, 140}, {30, 200}};

/* A drawing as view.c makes it. */
struct stand {
	struct sitting sitting;
	struct view_state state;
	struct grid grid;
	struct drawing d;
};

static void stand_open(struct stand *stand, const char *lesson, int rows, int columns)
{
	*stand = (struct stand){.state = {.hints = NULL}};
	sitting_open(&stand->sitting, lesson);
	assert_int_equal(grid_init(&stand->grid, rows, columns, false, NULL), STATUS_OK);
	struct session *session = stand->sitting.session;
	stand->d = (struct drawing){.session = session,
				    .lent = session,
				    .state = &stand->state,
				    .grid = &stand->grid,
				    .symbols = session->style,
				    .numbers = session->style};
	stand->d.numbers.numbers = true;
}

static void stand_close(struct stand *stand)
{
	grid_free(&stand->grid);
	view_state_free(&stand->state);
	sitting_end(&stand->sitting);
}

/* Cells of a column stand below one another; the gate's pins are in rows of their own. */
static void check_column(const struct circuit *c, const struct circuit_column *column)
{
	for (int k = 0; k + 1 < column->n_cells; k++) {
		const struct circuit_cell *cell = &c->cells[column->cells[k]];
		const struct circuit_cell *below = &c->cells[column->cells[k + 1]];
		assert_true(cell->row + cell->height <= below->row);
		assert_true(cell->last < below->first);
	}
	for (int k = 0; k < column->n_cells; k++) {
		const struct circuit_cell *cell = &c->cells[column->cells[k]];
		assert_in_range(cell->row, 0, c->rows - cell->height);
		assert_true(cell->first <= cell->row && cell->last >= cell->row);
	}
}

/* No wire comes in at a row that the wire of another cell begins in, and none has another's pin. */
static void check_wires(const struct circuit *c)
{
	for (size_t k = 0; k < c->n_wires; k++) {
		const struct circuit_wire *wire = &c->wires[k];
		const struct circuit_cell *to = &c->cells[wire->to];
		assert_int_equal(c->cells[wire->from].column, to->column + 1);
		for (size_t other = 0; other < c->n_cells; other++)
			if (c->cells[other].column == to->column + 1 && other != wire->from)
				assert_int_not_equal(c->cells[other].row, wire->pin);
		for (size_t other = k + 1; other < c->n_wires; other++)
			if (c->cells[c->wires[other].to].column == to->column)
				assert_int_not_equal(c->wires[other].pin, wire->pin);
	}
}

/* What the gate at hand is made of is seen: all of it, or where there is no room, some. */
static void check_focus(const struct circuit *c, int columns)
{
	const struct element here = c->elements[0];
	size_t n_inputs = 0, n_seen = 0;
	assert_true(here.node->op || c->is_whole);
	for (struct edge edge = edges_of(here.node, here.e); edge_next(&edge); n_inputs++)
		n_seen += circuit_sees(c, (struct element){edge.input, edge.j});
	assert_true(n_seen == n_inputs || n_seen >= LEAST_INPUTS || columns < 80);
}

static void check_step(struct stand *stand)
{
	stand->d.arena = arena_new();
	assert_non_null(stand->d.arena);
	int rows = stand->grid.rows, columns = stand->grid.columns;
	struct circuit *c = circuit_make(&stand->d, rows, columns);
	assert_non_null(c);
	assert_in_range(c->rows, 1, rows);
	assert_in_range(c->width, 1, columns);
	for (int k = 0; k < c->n_columns; k++)
		check_column(c, &c->columns[k]);
	check_wires(c);
	check_focus(c, columns);
	arena_free(stand->d.arena);
}

static void test_circuits(void **state)
{
	(void)state;
	for (size_t l = 0; l < sizeof lessons / sizeof *lessons; l++) {
		for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			struct stand stand;
			stand_open(&stand, lessons[l], sizes[s].rows, sizes[s].columns);
			struct session *session = stand.sitting.session;
			assert_true(circuit_is_shown(&stand.d));
			uint64_t n = stepper_n_steps(&session->stepper);
			for (uint64_t k = 0; k <= n; k += 1 + n / STRIDE) {
				assert_int_equal(stepper_go_index(&session->stepper, k, NULL),
						 STATUS_OK);
				assert_int_equal(session_refresh(session, NULL), STATUS_OK);
				check_step(&stand);
			}
			stand_close(&stand);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_circuits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
