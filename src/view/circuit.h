/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circuit.h -- a computational graph drawn as one: the gate at hand with what flows into it at its
 * left and what it flows into at its right, as far as there is room. Private to view/.
 *
 * circuit.c chooses the elements that are seen, circuit_place.c puts them into columns and rows,
 * circuit_route.c the wires between them, circuit_draw.c draws. */
#ifndef BACKSTEP_VIEW_CIRCUIT_H
#define BACKSTEP_VIEW_CIRCUIT_H

#include "highlight.h"
#include "pane.h"

enum {
	CIRCUIT_ELEMENTS = 40, /* that are seen at most */
	CIRCUIT_CELLS = 96,    /* what is read in two columns is drawn in each */
	CIRCUIT_WIRES = 192,
	CIRCUIT_COLUMNS = 16,
	CIRCUIT_ROWS = 64,
};

/* An element in its column, or lines on their way past it. */
struct circuit_cell {
	const struct node *node;
	size_t e;
	bool passes;
	int column;        /* from the right */
	int order;         /* in its column */
	int height, row;   /* row: of its wire, from the top; its gradient is below */
	int first, last;   /* rows where wires come in */
	bool hides_inputs; /* some are not seen */
	int stub;          /* the row of the mark for them */
	int track;         /* -1: its wires all go straight */
	int text_end;
};

/* From a cell to one in the next column at its right. */
struct circuit_wire {
	size_t from, to;
	enum lit lit;
	int pin; /* the row that it comes in at */
};

struct circuit_column {
	size_t cells[CIRCUIT_CELLS]; /* from top to bottom */
	int n_cells;
	int x, sign, text; /* where it begins; columns of the gates' signs and of the texts */
	int tracks;        /* of the wires out of it */
};

/* Lies in the drawing's arena. */
struct circuit {
	struct drawing *d;
	struct highlight highlight;
	size_t example; /* whose values are shown: column of the data */
	struct element elements[CIRCUIT_ELEMENTS];
	bool is_after[CIRCUIT_ELEMENTS]; /* the gate at hand flows into it */
	size_t n_elements;
	bool is_whole; /* nothing is left out */
	struct circuit_cell cells[CIRCUIT_CELLS];
	size_t n_cells;
	struct circuit_wire wires[CIRCUIT_WIRES];
	size_t n_wires;
	struct circuit_column columns[CIRCUIT_COLUMNS];
	int n_columns;
	int rows, width; /* that it takes */
};

/* Whether the lesson is a graph, which has no layers to be drawn. */
bool circuit_is_shown(const struct drawing *d);
/* As the functions of struct view. */
void circuit_want(struct drawing *d, int columns, int *least, int *most);
void circuit_draw(struct drawing *d);

/* What fits in rows x columns around the step. NULL on lack of memory. */
struct circuit *circuit_make(struct drawing *d, int rows, int columns);
/* Puts the elements into columns and rows, with gap rows between them. false: they do not fit. */
bool circuit_place(struct circuit *circuit, int rows, int columns, int gap);
/* Says where wires go, once cells have their rows. false: there is no way. */
bool circuit_route(struct circuit *circuit);

bool circuit_sees(const struct circuit *circuit, struct element of);
/* What the gate does, as the lecture draws it: ×, +, max, σ. "": it is no gate. */
const char *circuit_sign(struct drawing *d, const struct circuit_cell *cell);
/* Columns for the number of an element. */
int circuit_number(const struct drawing *d);
/* Whether the loss is derived by the element. */
bool circuit_has_gradient(const struct circuit_cell *cell);

#endif
