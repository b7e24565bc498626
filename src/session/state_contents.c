/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_contents.c -- what a state belongs to, and the numbers that it holds, in the order of its
 * file. */
#include <stdio.h>
#include <string.h>

#include "state_private.h"

#include "backstep/base/hash.h"
#include "backstep/session/setting.h"

static uint64_t hash_double(uint64_t hash, double value)
{
	uint64_t bits;
	memcpy(&bits, &value, sizeof bits);
	return hash_number(hash, bits);
}

static uint64_t hash_parts(uint64_t hash, const struct node *node)
{
	for (size_t row = 0; node->parts && row < node->rows; row++) {
		hash = hash_text(hash, node->parts[row].op->name);
		for (size_t k = 0; k < OP_MAX_ATTRIBUTES; k++)
			hash = hash_double(hash, node->parts[row].attributes[k]);
	}
	return hash;
}

static uint64_t hash_node(uint64_t hash, const struct node *node)
{
	hash = hash_number(hash, node->kind);
	hash = hash_text(hash, node->op ? node->op->name : "");
	hash = hash_number(hash, node->layer);
	hash = hash_number(hash, node->rows);
	hash = hash_number(hash, node->kind == NODE_MASK ? node->seed : 0);
	for (size_t k = 0; node->op && k < node->op->n_slots; k++)
		hash = hash_number(hash, node->inputs[k]->index);
	for (size_t k = 0; node->op && k < node->op->n_attributes; k++)
		hash = hash_double(hash, node->attributes[k]);
	hash = hash_parts(hash, node);
	for (size_t row = 0; node->given && row < node->rows; row++)
		hash = hash_double(hash, node->given[row]);
	for (size_t e = 0; node->kind == NODE_PARAM && e < node->rows * node->cols; e++)
		hash = hash_number(hash, node_param(node, e));
	return hash;
}

uint64_t state_structure(const struct session *session)
{
	const struct model *model = session->built.model;
	const struct dataset given =
	    edits_given(stepper_edits(&session->stepper), stepper_data(&session->stepper));
	const struct dataset *data = &given;
	uint64_t hash = hash_number(HASH_START, model->graph.n_nodes);
	for (size_t k = 0; k < model->graph.n_nodes; k++)
		hash = hash_node(hash, model->graph.nodes[k]);
	hash = hash_text(hash, model->loss_class ? model->loss_class->name : "");
	hash = hash_number(hash, model->over);
	for (size_t k = 0; k < model->n_order; k++)
		hash = hash_number(hash, model->order[k]);
	size_t n_rows = data->n_rows + data->n_validation + data->n_test;
	hash = hash_number(hash, session->built.batch);
	hash = hash_number(hash, data->n_rows);
	hash = hash_number(hash, data->n_validation);
	hash = hash_number(hash, data->shuffling.on);
	hash = hash_number(hash, data->shuffling.on ? data->shuffling.seed : 0);
	for (size_t k = 0; k < n_rows * data->n_inputs; k++)
		hash = hash_double(hash, data->x[k]);
	for (size_t k = 0; k < n_rows * data->n_targets; k++)
		hash = hash_double(hash, data->t[k]);
	return hash;
}

const char *state_chain(const struct session *session)
{
	return chain_words[stepper_chain(&session->stepper)];
}

static enum status params_each(const struct model *model, const char *what, double *values,
			       state_visit visit, void *context)
{
	char name[LABEL_TEXT], line[STATE_MAX_NAME];
	enum status status = STATUS_OK;
	for (size_t p = 0; !status && p < model->graph.n_params; p++) {
		snprintf(line, sizeof line, "%s %s", what, model_param_name(model, p, name));
		status = visit(context, line, &values[p]);
	}
	return status;
}

/* What ops carry from update to update, as the graph's state has it. */
static enum status running_each(const struct model *model, double *values, state_visit visit,
				void *context)
{
	char name[LABEL_TEXT], line[STATE_MAX_NAME];
	enum status status = STATUS_OK;
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		double *own = node->state ? values + (node->state - model->graph.state) : NULL;
		for (size_t row = 0; own && !status && row < node->rows; row++) {
			snprintf(line, sizeof line, "running %s",
				 node_name(node, row * node->stride, name));
			status = visit(context, line, &own[row]);
		}
	}
	return status;
}

enum status state_numbers(const struct model *model, struct trainer_state *state, state_visit visit,
			  void *context)
{
	const struct optimizer_form *form = optimizer_form(&state->optimizer);
	double *values = state->values;
	enum status status = params_each(model, "weight", values, visit, context);
	for (size_t k = 0; !status && k < form->n_slots; k++) {
		char what[LABEL_TEXT];
		if (!form->slots[k].kept)
			continue;
		snprintf(what, sizeof what, "slot %s", form->slots[k].name);
		values += model->graph.n_params;
		status = params_each(model, what, values, visit, context);
	}
	values += model->graph.n_params;
	return status ? status : running_each(model, values, visit, context);
}
