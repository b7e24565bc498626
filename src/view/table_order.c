/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_order.c -- which parameters the table has, and in which order.
 *
 * In the walk's order rows are found as they are asked for. Sorted or filtered they are listed, and
 * the list is kept until a number can have changed. */
#include "table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"

/* Owns: params. */
struct table_order {
	int column; /* N_COLUMNS: as they are walked */
	char wanted[LABEL_TEXT];
	size_t *params; /* [n] those that are wanted, in order; NULL: to be made */
	size_t n;
	uint64_t moment; /* that they were made in */
};

/* A parameter on its way to its place. */
struct keyed {
	double key; /* amount; -1: not known yet */
	size_t place, param;
};

static struct table_order *order_of(struct view_state *state)
{
	if (!state->order) {
		state->order = calloc(1, sizeof *state->order);
		if (state->order)
			state->order->column = N_COLUMNS;
	}
	return state->order;
}

static bool is_changed(const struct table_order *order)
{
	return order && (order->column < N_COLUMNS || *order->wanted);
}

static void order_forget(struct table_order *order)
{
	free(order->params);
	order->params = NULL;
}

void table_order_free(struct view_state *state)
{
	if (state->order)
		order_forget(state->order);
	free(state->order);
	state->order = NULL;
}

int table_sorted_by(const struct view_state *state)
{
	return state->order ? state->order->column : N_COLUMNS;
}

/* In the walk's order: those of the walk, then those that are not trained. */
static void walk_rows(const struct session *session, size_t first, size_t n, size_t *params)
{
	const struct model *model = session->built.model;
	size_t row = model->n_order, k = 0;
	for (size_t r = first; k < n && r < model->n_order; r++)
		params[k++] = model->order[r];
	for (size_t param = 0; k < n && param < model->graph.n_params; param++)
		if (stepper_fate(&session->stepper, param) == FATE_NOT_TRAINED && row++ >= first)
			params[k++] = param;
}

static int compare(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* The amount of a number: what is not known, or not a number, comes last. */
static double amount(const struct session *session, int column, size_t param)
{
	if (!table_has(session, column))
		return 0.0;
	const struct value value = table_columns[column].get(&session->stepper, param);
	return value.known && !isnan(value.value) ? fabs(value.value) : -1.0;
}

static bool is_wanted(const struct session *session, const struct table_order *order, size_t param)
{
	char name[LABEL_TEXT];
	return strcasestr(model_param_name(session->built.model, param, name), order->wanted);
}

/* Changes with every number of the table. */
static uint64_t moment_of(const struct session *session)
{
	const struct stepper *stepper = &session->stepper;
	const struct model *model = session->built.model;
	const uint64_t place[] = {stepper_number(stepper), stepper_settings(stepper),
				  stepper->asked, (uint64_t)(uintptr_t)model};
	uint64_t hash = hash_bytes(HASH_START, place, sizeof place);
	return hash_bytes(hash, stepper_theta(stepper), model->graph.n_params * sizeof(double));
}

static void order_make(const struct session *session, struct table_order *order)
{
	size_t n = session->built.model->graph.n_params;
	uint64_t moment = moment_of(session);
	if (order->params && order->moment == moment)
		return;
	order_forget(order);
	struct keyed *all = calloc(n + 1, sizeof *all);
	order->params = calloc(n + 1, sizeof *order->params);
	order->moment = moment;
	order->n = 0;
	if (all && order->params)
		walk_rows(session, 0, n, order->params);
	for (size_t k = 0; all && order->params && k < n; k++) {
		size_t param = order->params[k];
		if (is_wanted(session, order, param))
			all[order->n++] =
			    (struct keyed){amount(session, order->column, param), k, param};
	}
	if (all)
		qsort(all, order->n, sizeof *all, compare);
	for (size_t k = 0; k < order->n; k++)
		order->params[k] = all[k].param;
	free(all);
}

size_t table_count(const struct session *session, struct view_state *state)
{
	if (!is_changed(state->order))
		return session->built.model->graph.n_params;
	order_make(session, state->order);
	return state->order->n;
}

void table_rows(const struct session *session, struct view_state *state, size_t first, size_t n,
		size_t *params)
{
	if (!is_changed(state->order)) {
		walk_rows(session, first, n, params);
		return;
	}
	order_make(session, state->order);
	for (size_t k = 0; k < n && first + k < state->order->n; k++)
		params[k] = state->order->params[first + k];
}

size_t table_row_of(const struct session *session, struct view_state *state, size_t k)
{
	if (!is_changed(state->order))
		return k;
	order_make(session, state->order);
	for (size_t row = 0; row < state->order->n; row++)
		if (state->order->params[row] == session->built.model->order[k])
			return row;
	return SIZE_MAX;
}

bool view_sort_table(const struct session *session, struct view_state *state)
{
	struct table_order *order = order_of(state);
	if (!order)
		return false;
	do
		order->column = order->column == N_COLUMNS ? 0 : order->column + 1;
	while (order->column < N_COLUMNS && !table_has(session, order->column));
	order_forget(order);
	return order->column < N_COLUMNS;
}

size_t view_filter_table(const struct session *session, struct view_state *state,
			 const char *wanted)
{
	struct table_order *order = order_of(state);
	if (!order)
		return 0;
	strncpy(order->wanted, wanted, sizeof order->wanted - 1);
	order_forget(order);
	return table_count(session, state);
}

static void print_row(const struct session *session, struct view_state *state, size_t i,
		      struct strbuf *out)
{
	char name[LABEL_TEXT];
	size_t param = 0;
	table_rows(session, state, i, 1, &param);
	strbuf_add(out, model_param_name(session->built.model, param, name));
}

static void print_command(const struct session *session, struct view_state *state, size_t i,
			  struct strbuf *out)
{
	size_t param = 0;
	table_rows(session, state, i, 1, &param);
	if (stepper_fate(&session->stepper, param) == FATE_NOT_TRAINED)
		return;
	strbuf_add(out, "goto ");
	print_row(session, state, i, out);
}

const struct picture_list table_list = {
    .count = table_count,
    .print = print_row,
    .command = print_command,
};
