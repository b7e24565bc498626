/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_measure.c -- how wide the visible columns of a network are. Names are measured once for
 * a form; the rest is arithmetic. */
#include "network.h"

enum {
	DATA_WIDTH = 6, /* of inputs and targets where there are too many to measure */
	DATA_MEASURED = 256,
};

bool net_is_terms(const struct net *net, const struct net_column *column)
{
	const struct model *model = net->model;
	/* a loss that joins all outputs has no term beside each of them */
	return column->to && column->to == model->terms &&
	       model->terms->rows == model->target->rows;
}

bool net_is_total(const struct net *net, const struct net_column *column)
{
	const struct model *model = net->model;
	return column->to && column->to == model->total && model->total != model->terms;
}

int net_trunks(const struct net *net, const struct net_column *column)
{
	bool is_shared = net->form.is_bus || column->joins || net_is_total(net, column);
	return is_shared ? 1 : (int)column[-1].shown;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* Columns of the widest input, of all rows of the data so that it is the same for each of them. */
static int data_width(struct drawing *d)
{
	const struct dataset *data = &d->session->built.data;
	size_t n = data->n_rows * data->n_inputs;
	int widest = 1;
	if (n > DATA_MEASURED)
		return DATA_WIDTH;
	for (size_t k = 0; k < n; k++)
		widest = larger(widest, pane_columns(number_text(d, data->x[k])));
	return widest;
}

/* Columns of the widest name in the column of visible units. */
static int names_width(const struct net *net, struct drawing *d, const struct net_column *column,
		       const struct node *node)
{
	int widest = 0;
	for (size_t k = 0; k < column->shown && column->first + k < node->rows; k++) {
		size_t e = net_element(net, node, column->first + k);
		widest = larger(widest, pane_columns(element_text(d, node, e)));
	}
	return widest;
}

static void measure_label(struct drawing *d, struct net_column *column, const struct net_edge *edge)
{
	if (edge->has_param)
		column->label_name =
		    larger(column->label_name, pane_columns(param_text(d, edge->param)));
}

/* Without details only lit edges have labels: the names at the corners stand for all. */
static void measure_labels(const struct net *net, struct drawing *d, size_t c)
{
	struct net_column *column = &net->columns[c];
	const struct net_column *before = column - 1;
	size_t step = net->form.detailed || column->shown < 3 ? 1 : column->shown - 1;
	size_t step_before = net->form.detailed || before->shown < 3 ? 1 : before->shown - 1;
	const struct node *skip;
	struct net_edge edge;
	size_t e;
	for (size_t k = 0; k < column->shown; k += step) {
		for (size_t s = 0; s < before->shown; s += step_before)
			if (net_find_edge(net, c, column->first + k, before->first + s, &edge))
				measure_label(d, column, &edge);
		if (net_find_bias(net, c, column->first + k, &edge))
			measure_label(d, column, &edge);
		if (net_find_skip(net, c, column->first + k, &skip, &e))
			column->label_name =
			    larger(column->label_name, pane_columns(element_text(d, skip, e)));
	}
}

void net_measure_names(struct net *net, struct drawing *d)
{
	for (size_t c = 0; c < net->n_columns; c++) {
		struct net_column *column = &net->columns[c];

		column->unit_name = names_width(net, d, column, column->unit);
		column->part_name = column->label_name = 0;
		for (size_t p = 0; p < column->n_parts; p++)
			column->part_name = larger(column->part_name,
						   names_width(net, d, column, column->parts[p]));
		if (c > 0)
			measure_labels(net, d, c);
	}
	net->columns[0].number_width = data_width(d);
}

int net_label_number(const struct net *net)
{
	return net->form.roomy ? net->form.number : net->form.number - 1;
}

static int label_columns(const struct net *net, const struct net_column *column)
{
	return column->label_name + (net->form.has_values ? 1 + net_label_number(net) : 0);
}

/* From the text of one column to that of the next: a blank, the trunks and the label with dashes
 * around them, where the edges meet, and the arrow. */
static int lane_columns(const struct net *net, const struct net_column *column)
{
	int lane = 2 + 1 + net->form.roomy;
	if (net_is_terms(net, column))
		return lane + net->form.roomy;
	if (net_is_total(net, column))
		return lane + 1;
	lane += net_trunks(net, column) + net->form.detailed;
	if (net->form.has_labels && column->label_name > 0)
		lane += 2 + label_columns(net, column) + 2 * net->form.roomy;
	return lane;
}

int net_measure_width(struct net *net)
{
	net->width = NET_MARGIN;
	for (size_t c = net->first; c < net->end; c++) {
		struct net_column *column = &net->columns[c];

		if (c > 0)
			column->number_width = net->form.number;
		column->name_width = column->unit_name;
		if (net->form.has_parts || net_is_terms(net, column))
			column->name_width = larger(column->name_width, column->part_name);
		column->lane = c > net->first ? lane_columns(net, column) : 0;
		net->width += column->lane + column->name_width + 1 + column->number_width;
	}
	return net->width;
}
