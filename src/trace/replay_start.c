/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay_start.c -- what a replayed update starts from: the numbers that no step computes, and what
 * the update before left of them. */
#include "replay_start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay_table.h"

/* A number that no step computes: its own, or what the update before left of it. */
static bool give(struct replay *replay, const char *name, double exact,
		 const struct replay_value *kept)
{
	struct replay_number number = {.name = name, .exact = exact, .other.value = exact};
	if (kept)
		number.other = *kept;
	replay->use(replay->ctx, &number);
	return replay_table_put(replay, &number);
}

/* Inputs and targets, and the masks that were drawn for this update. */
static bool is_data(const struct node *node)
{
	return node->kind == NODE_INPUT || node->kind == NODE_TARGET || node->kind == NODE_MASK;
}

static bool give_data(struct replay *replay, const struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	char label[LABEL_TEXT], name[REPLAY_NAME];
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; is_data(node) && row < node->rows; row++) {
			for (size_t n = 0; n < trainer->n_examples; n++) {
				size_t e = row * node->stride + n;
				snprintf(name, sizeof name, "%s(%zu)", node_name(node, e, label),
					 trainer->rows[n] + 1);
				if (!give(replay, name, node->value[e], NULL))
					return false;
			}
		}
	}
	return true;
}

/* Where in the graph's state the running statistic of a row is. */
static size_t statistic_place(const struct node *node, size_t row)
{
	return (size_t)(node->state - node->graph->state) + row;
}

static char *statistic_name(const struct node *node, size_t row, char name[REPLAY_NAME])
{
	char label[LABEL_TEXT];
	snprintf(name, REPLAY_NAME, "run_%s", node_name(node, row * node->stride, label));
	return name;
}

static bool give_statistics(struct replay *replay, const struct graph *graph,
			    const struct replay_value *kept)
{
	char name[REPLAY_NAME];
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; node->state && row < node->rows; row++) {
			size_t place = statistic_place(node, row);
			if (!give(replay, statistic_name(node, row, name), graph->state[place],
				  kept ? &kept[place] : NULL))
				return false;
		}
	}
	return true;
}

static bool give_params(struct replay *replay, const struct trainer *trainer,
			const struct replay_state *state)
{
	const struct model *model = trainer->model;
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	size_t n_params = model->graph.n_params;
	char label[LABEL_TEXT], name[REPLAY_NAME];
	const struct replay_value *params = state ? state->values : NULL;
	const struct replay_value *slots = state && state->form == form ? state->slots : NULL;
	for (size_t p = 0; p < n_params; p++) {
		model_param_name(model, p, label);
		if (!give(replay, label, trainer->theta[p], params ? &params[p] : NULL))
			return false;
		for (size_t s = 0; s < form->n_slots; s++) {
			snprintf(name, sizeof name, "%s:%s", label, form->slots[s].name);
			if (!give(replay, name, trainer->slots[s][p],
				  slots ? &slots[s * n_params + p] : NULL))
				return false;
		}
	}
	return true;
}

bool replay_give_start(struct replay *replay, const struct trainer *trainer,
		       const struct replay_state *state)
{
	return give_data(replay, trainer) && give_params(replay, trainer, state) &&
	       give_statistics(replay, &trainer->model->graph, state ? state->statistics : NULL);
}

uint64_t replay_count(const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	const struct graph *graph = &trainer->model->graph;
	uint64_t columns = 0;
	for (size_t k = 0; k < graph->n_nodes; k++)
		columns += is_data(graph->nodes[k]) ? graph->nodes[k]->rows : 0;
	return stepper_n_steps(stepper) + graph->n_params + graph->n_state +
	       trainer_batch_size(trainer, trainer->n_updates) * columns;
}

/* The number called name as the next update takes it over. */
static struct replay_value kept_value(const struct replay *replay, const char *name)
{
	const struct replay_number *number = replay_table_find(replay, name);
	return number ? number->other : (struct replay_value){0};
}

static void save_params(const struct replay *replay, const struct model *model,
			struct replay_state *state)
{
	size_t n_params = model->graph.n_params;
	char label[LABEL_TEXT], name[REPLAY_NAME];
	for (size_t p = 0; p < n_params; p++) {
		model_param_name(model, p, label);
		snprintf(name, sizeof name, "%s'", label);
		bool is_new = replay_table_find(replay, name) != NULL;
		state->values[p] = kept_value(replay, is_new ? name : label);
		for (size_t s = 0; s < state->form->n_slots; s++) {
			snprintf(name, sizeof name, "%s:%s", label, state->form->slots[s].name);
			state->slots[s * n_params + p] = kept_value(replay, name);
		}
	}
}

static void save_statistics(const struct replay *replay, const struct graph *graph,
			    struct replay_state *state)
{
	char name[REPLAY_NAME];
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; node->state && row < node->rows; row++) {
			strcat(statistic_name(node, row, name), "'");
			state->statistics[statistic_place(node, row)] = kept_value(replay, name);
		}
	}
}

struct replay_state *replay_save(const struct replay *replay, const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	const struct graph *graph = &trainer->model->graph;
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	size_t n = graph->n_params * (form->n_slots + 1) + graph->n_state;
	struct replay_state *state = calloc(1, sizeof *state + n * sizeof *state->values);
	if (!state)
		return NULL;
	state->form = form;
	state->statistics = state->values + graph->n_params;
	state->slots = state->statistics + graph->n_state;
	save_params(replay, trainer->model, state);
	save_statistics(replay, graph, state);
	return state;
}
