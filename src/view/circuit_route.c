/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circuit_route.c -- the wires of a circuit between two columns.
 *
 * A wire goes straight out of its cell, down or up a track that it shares only with the others out
 * of that cell, and straight on to its pin, a row of the gate that it comes in at; from the pins
 * one line leads to the gate's sign. A pin is in no row that another cell's wire begins in, so that
 * no two wires ever share a line. */
#include "circuit.h"

#include <stdlib.h>

/* Rows of the lane before a column. */
struct lane {
	struct circuit *circuit;
	const struct circuit_cell *sources[CIRCUIT_ROWS]; /* whose wire begins in it */
	bool taken[CIRCUIT_ROWS];                         /* by a pin */
	int lo, hi;                                       /* rows that the gate at hand may use */
};

static bool is_free(const struct lane *lane, int row, const struct circuit_cell *source)
{
	return !lane->taken[row] && (!lane->sources[row] || lane->sources[row] == source);
}

/* The free row between two rows that is nearest to a gate's own; -1: there is none. */
static int nearest_row(const struct lane *lane, const struct circuit_cell *gate, int lo, int hi,
		       const struct circuit_cell *source)
{
	int nearest = -1;
	for (int row = lo; row <= hi; row++)
		if (is_free(lane, row, source) &&
		    (nearest < 0 || abs(row - gate->row) < abs(nearest - gate->row)))
			nearest = row;
	return nearest;
}

static bool take(struct lane *lane, struct circuit_cell *gate, int row)
{
	if (row < 0)
		return false;
	lane->taken[row] = true;
	gate->first = row < gate->first ? row : gate->first;
	gate->last = row > gate->last ? row : gate->last;
	return true;
}

/* The wire's own row where it can go straight, else one near the gate. lo: after the wires above
 * it; n_after: so many come below it. */
static int choose_pin(const struct lane *lane, const struct circuit_cell *gate,
		      const struct circuit_cell *source, int lo, int n_after)
{
	int hi = lane->hi - n_after;
	if (source->row >= lo && source->row <= hi && is_free(lane, source->row, source))
		return source->row;
	int row = nearest_row(lane, gate, lo, hi, source);
	return row >= 0 ? row : nearest_row(lane, gate, lane->lo, lane->hi, source);
}

/* The wires of a gate from top to bottom, in the order of what they come from. */
static size_t gate_wires(struct circuit *c, size_t at, struct circuit_wire *wires[])
{
	size_t n = 0;
	for (size_t k = 0; k < c->n_wires; k++) {
		struct circuit_wire *wire = &c->wires[k];
		size_t place = n;
		if (wire->to != at)
			continue;
		for (; place > 0 && c->cells[wires[place - 1]->from].row > c->cells[wire->from].row;
		     place--)
			wires[place] = wires[place - 1];
		wires[place] = wire;
		n++;
	}
	return n;
}

/* A pin for each wire, and one for the mark of what is left out. */
static bool choose_pins(struct lane *lane, size_t at)
{
	struct circuit *c = lane->circuit;
	struct circuit_cell *gate = &c->cells[at];
	struct circuit_wire *wires[CIRCUIT_WIRES];
	size_t n = gate_wires(c, at, wires);
	int lo = lane->lo;
	gate->first = gate->last = gate->row;
	for (size_t k = 0; k < n; k++) {
		int n_after = (int)(n - 1 - k) + gate->hides_inputs;
		wires[k]->pin = choose_pin(lane, gate, &c->cells[wires[k]->from], lo, n_after);
		if (!take(lane, gate, wires[k]->pin))
			return false;
		lo = wires[k]->pin + 1;
	}
	if (!gate->hides_inputs)
		return true;
	gate->stub = nearest_row(lane, gate, lane->lo, lane->hi, NULL);
	return take(lane, gate, gate->stub);
}

static bool route_pins(struct circuit *c, int at)
{
	struct lane lane = {.circuit = c, .lo = 0};
	const struct circuit_column *column = &c->columns[at], *before = column + 1;
	for (int k = 0; at + 1 < c->n_columns && k < before->n_cells; k++)
		lane.sources[c->cells[before->cells[k]].row] = &c->cells[before->cells[k]];
	for (int k = 0; k < column->n_cells; k++) {
		bool is_last = k + 1 == column->n_cells;
		lane.hi = is_last ? c->rows - 1 : c->cells[column->cells[k + 1]].row - 1;
		if (!choose_pins(&lane, column->cells[k]))
			return false;
		lane.lo = c->cells[column->cells[k]].last + 1;
	}
	return true;
}

/* The rows between which a cell's wires go up or down; false: they all go straight. */
static bool wire_rows(const struct circuit *c, size_t at, int *first, int *last)
{
	*first = *last = c->cells[at].row;
	for (size_t k = 0; k < c->n_wires; k++) {
		const struct circuit_wire *wire = &c->wires[k];
		if (wire->from != at)
			continue;
		*first = wire->pin < *first ? wire->pin : *first;
		*last = wire->pin > *last ? wire->pin : *last;
	}
	return *first < *last;
}

/* A track after those of the cells before it whose rows overlap. */
static int next_track(const struct circuit *c, const struct circuit_column *column,
		      const bool *has_track, size_t at)
{
	int first, last, other_first, other_last, track = 0;
	wire_rows(c, at, &first, &last);
	for (int k = 0; k < column->n_cells; k++) {
		size_t other = column->cells[k];
		if (!has_track[k] || !wire_rows(c, other, &other_first, &other_last) ||
		    other_last < first || last < other_first)
			continue;
		int after = c->cells[other].track + 1;
		track = after > track ? after : track;
	}
	return track;
}

/* Wires that go down come from the right of those below them, wires that go up from the left: then
 * they need not cross. */
static void route_tracks(struct circuit *c, struct circuit_column *column)
{
	bool has_track[CIRCUIT_CELLS] = {false};
	column->tracks = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < column->n_cells; i++) {
			int k = pass ? column->n_cells - 1 - i : i, first, last;
			struct circuit_cell *cell = &c->cells[column->cells[k]];
			bool goes_down;
			if (!wire_rows(c, column->cells[k], &first, &last)) {
				cell->track = -1;
				continue;
			}
			goes_down = last - cell->row > cell->row - first;
			if (has_track[k] || goes_down != (pass == 1))
				continue;
			cell->track = next_track(c, column, has_track, column->cells[k]);
			has_track[k] = true;
			if (cell->track >= column->tracks)
				column->tracks = cell->track + 1;
		}
	}
}

bool circuit_route(struct circuit *c)
{
	for (int k = 0; k < c->n_columns; k++)
		if (!route_pins(c, k))
			return false;
	for (int k = 0; k < c->n_columns; k++)
		route_tracks(c, &c->columns[k]);
	return true;
}
