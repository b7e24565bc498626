/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network.h -- the graph as columns of units, and where on the screen each of them goes. Private
 * to view/.
 *
 * A column is a layer: its units, and what is computed on the way to them. Columns are the input,
 * the layers, the loss terms, and the total where it is not the only term. */
#ifndef BACKSTEP_VIEW_NETWORK_H
#define BACKSTEP_VIEW_NETWORK_H

#include "highlight.h"
#include "pane.h"

enum { NET_PARTS = 3, NET_MARGIN = 1 };

struct net_column {
	const struct node *unit;             /* what the column's elements are called after */
	const struct node *parts[NET_PARTS]; /* computed on the way, or the targets */
	size_t n_parts;
	const struct node *to; /* the last op that reads the column before; NULL for the input */
	bool joins;            /* each unit reads all of the column before, as softmax does */
	size_t count;          /* units there are */
	/* What is visible: shown units from first on, each with its text in row[k]. */
	size_t first, shown;
	int *row, *text_end; /* and where the lines out of it begin */
	int column, name_width, number_width;
	/* Columns of the names: units, their parts, the parameters on the edges into the column. */
	int unit_name, part_name, label_name;
	int lane; /* columns between the column before and this one */
};

/* How much is drawn of it all. */
struct net_form {
	bool detailed;   /* each edge has a row of its own, with its parameter */
	bool has_parts;  /* weighted sums are shown below their units */
	bool is_beside;  /* the total has a column of its own */
	bool has_values; /* parameters on edges show their numbers */
	bool has_labels; /* parameters on edges show at all */
	bool roomy;      /* blanks around labels */
	bool is_bus;     /* the lines of a layer share one trunk */
	int number;      /* columns for a unit's number */
};

/* Which choice of units has been measured. */
enum net_selection { NET_NOTHING, NET_DETAILED, NET_SUMMARY };

/* Lies in the drawing's arena. */
struct net {
	struct net_column *columns;
	size_t n_columns, first, end;   /* visible: first .. end - 1 */
	const struct net_column *total; /* drawn below the terms; NULL: none, or a column */
	const struct model *model;
	struct highlight highlight;
	struct net_form form;
	enum net_selection selection;
	size_t example;   /* whose values are shown: column of the data */
	int rows, width;  /* that it takes */
	int top;          /* the row where units begin */
	bool has_caption; /* in the row above all */
	int total_row;    /* of the total below the terms */
};

/* One edge: it leads from element j of the column before to element i of node. */
struct net_edge {
	const struct node *node;
	size_t i;
	bool has_source, has_param;
	size_t slot, j; /* where it has a source */
	/* where it has a parameter: of element param_i of an op of the column */
	const struct node *param_node;
	size_t param_i, param_slot, param_e;
	size_t param;
};

/* Reads the graph. n_columns is 0 on lack of memory. */
struct net net_make(struct drawing *d);
/* The edge from unit source of the column before to a unit of column c, if there is one. */
bool net_find_edge(const struct net *net, size_t c, size_t unit, size_t source,
		   struct net_edge *edge);
/* The bias of a unit, if it has one: an edge without a source. */
bool net_find_bias(const struct net *net, size_t c, size_t unit, struct net_edge *edge);
/* The element that a residual block adds to a unit of column c, past the columns between. */
bool net_find_skip(const struct net *net, size_t c, size_t unit, const struct node **node,
		   size_t *e);
/* Whether a unit was dropped in this update. */
bool net_is_off(const struct net *net, const struct net_column *column, size_t unit);
enum lit net_edge_lit(const struct net *net, const struct net_edge *edge);
/* The unit of column c that the current step is about; SIZE_MAX: none. */
size_t net_focus(const struct net *net, const struct drawing *d, size_t c);

static inline size_t net_element(const struct net *net, const struct node *node, size_t unit)
{
	return node_element(node, unit, net->example);
}

/* Draws "n₁ 0.601088" in a row, from column x on: an element of a column, or one of its units,
 * which is lit where what is computed on the way to it is. */
void net_draw_element(const struct net *net, struct drawing *d, const struct net_column *column,
		      const struct node *node, size_t unit, int row, int x);
void net_draw_unit(const struct net *net, struct drawing *d, const struct net_column *column,
		   size_t unit, int row);

/* Whether a column is that of the loss terms, one for each output, or of their total. A loss that
 * joins all outputs is a column as any other. */
bool net_is_terms(const struct net *net, const struct net_column *column);
bool net_is_total(const struct net *net, const struct net_column *column);
/* The vertical lines of the edges into a column: one for each unit before, or one for all. */
int net_trunks(const struct net *net, const struct net_column *column);

/* Measures the names of what is visible; then the width of everything, which it returns. */
void net_measure_names(struct net *net, struct drawing *d);
int net_measure_width(struct net *net);
/* Columns for the number of a parameter on an edge. */
int net_label_number(const struct net *net);

/* Rows with all details, without and with air between units; 0: there are too many units. */
int net_rows_least(const struct net *net);
/* The least, with a row for the total where the terms leave it none. */
int net_rows_compact(const struct net *net);
int net_rows_most(const struct net *net);
/* Chooses what to draw in rows x columns, and where. false where nothing fits. */
bool net_fit(struct net *net, struct drawing *d, int rows, int columns);
/* The first and the one after the last row of the edges into visible unit k of column c. */
void net_block(const struct net *net, size_t c, size_t k, int *first, int *end);

#endif
