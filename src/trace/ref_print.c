/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ref_print.c -- from what a name names to the name: of a reference, of each reference there is. */
#include <stdio.h>
#include <string.h>

#include "backstep/trace/value.h"
#include "steps.h"

/* The name of an element, and where rows is set and the batch has several, its row. */
static void print_element(const struct stepper *stepper, const struct element *element, bool rows,
			  char text[REF_TEXT])
{
	const struct trainer *trainer = &stepper->trainer;
	char label[LABEL_TEXT];
	if (!element->node) {
		snprintf(text, REF_TEXT, "%s", trainer->model->batch_name);
		return;
	}
	node_name(element->node, element->e, label);
	if (rows && trainer->n_examples > 1 && !element->node->per_batch)
		snprintf(text, REF_TEXT, "%s(%zu)", label,
			 trainer->rows[node_col(element->node, element->e)] + 1);
	else
		snprintf(text, REF_TEXT, "%s", label);
}

static void print_derivative(const struct stepper *stepper, const struct ref *ref, bool rows,
			     char text[REF_TEXT])
{
	char of[REF_TEXT], wrt[REF_TEXT];
	print_element(stepper, &ref->of, rows, of);
	if (ref->wrt.node)
		print_element(stepper, &ref->wrt, rows, wrt);
	else
		model_param_name(stepper->trainer.model, ref->param, wrt);
	snprintf(text, REF_TEXT, "d%.*s/d%.*s", LABEL_TEXT + 24, of, LABEL_TEXT + 24, wrt);
}

/* g_w5, dR2/dw5, w5' of what stages do to new values; norm_sum_n1. */
static void print_stage(const struct stepper *stepper, const struct ref *ref, char text[REF_TEXT])
{
	const struct stage_number *row = stepper->plan.stages.entries[ref->which].row;
	char param[LABEL_TEXT], label[LABEL_TEXT];
	if (row->scope != STAGE_PARAM) {
		step_stage_name(&stepper->trainer, ref->which, ref->unit, label);
		snprintf(text, REF_TEXT, "%s", label);
		return;
	}
	model_param_name(stepper->trainer.model, ref->param, param);
	if (row->slope_of)
		snprintf(text, REF_TEXT, "d%s/d%s", row->slope_of, param);
	else if (row->subject == STAGE_VALUE)
		snprintf(text, REF_TEXT, "%s'", param);
	else
		snprintf(text, REF_TEXT, "%s_%s", row->name, param);
}

/* Of a parameter: what stands before its name and after it. */
static void print_param(const struct stepper *stepper, const struct ref *ref, char text[REF_TEXT])
{
	const struct optimizer_slot *slots = stepper->plan.rule->slots;
	char param[LABEL_TEXT];
	bool is_slot = ref->kind == REF_SLOT || ref->kind == REF_KEPT;
	model_param_name(stepper->trainer.model, ref->param, param);
	snprintf(text, REF_TEXT, "%s%s%s%s",
		 is_slot                  ? slots[ref->which].name
		 : ref->kind == REF_AHEAD ? "ahead"
					  : "",
		 is_slot || ref->kind == REF_AHEAD ? "_" : "", param,
		 ref->kind == REF_NEW ? "'" : "");
}

const char *ref_print(const struct stepper *stepper, const struct ref *ref, bool rows,
		      char text[REF_TEXT])
{
	char label[REF_TEXT];
	if (ref->kind == REF_UNIT || ref->kind == REF_LOSS) {
		print_element(stepper, &ref->of, rows, text);
	} else if (ref->kind == REF_CARRIED || ref->kind == REF_CARRIED_NEW) {
		print_element(stepper, &ref->of, false, label);
		snprintf(text, REF_TEXT, STEP_CARRY_PREFIX "%.*s%s", LABEL_TEXT, label,
			 ref->kind == REF_CARRIED_NEW ? "'" : "");
	} else if (ref->kind == REF_PATH) {
		snprintf(text, REF_TEXT, "path%zu", ref->which + 1);
	} else if (ref->kind == REF_STAGE) {
		print_stage(stepper, ref, text);
	} else if (ref->kind == REF_GRADIENT || ref->kind == REF_DELTA ||
		   ref->kind == REF_PARTIAL || ref->kind == REF_TOTAL) {
		print_derivative(stepper, ref, rows, text);
	} else {
		print_param(stepper, ref, text);
	}
	return text;
}

/* Each nth_ function makes reference *i of one sort, or takes their number off *i. */
static bool nth_of_nodes(const struct stepper *stepper, bool ops, size_t *i, struct ref *ref)
{
	const struct graph *graph = &stepper->trainer.model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		bool is_data = node->kind == NODE_INPUT || node->kind == NODE_TARGET ||
			       node->kind == NODE_MASK;
		if (ops ? !node->op : !is_data)
			continue;
		if (*i < node->rows) {
			*ref = ref_unit(node, *i * node->stride);
			return true;
		}
		*i -= node->rows;
	}
	return false;
}

static bool nth_unit(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	return nth_of_nodes(stepper, true, i, ref);
}

static bool nth_datum(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	return nth_of_nodes(stepper, false, i, ref);
}

/* The walked parameter number *i, or their number is taken off. */
static bool nth_walked(const struct stepper *stepper, size_t *i, enum ref_kind kind,
		       struct ref *ref)
{
	if (*i < stepper->plan.n_order) {
		*ref = ref_param(kind, stepper->plan.order[*i]);
		return true;
	}
	*i -= stepper->plan.n_order;
	return false;
}

static bool nth_param(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	return nth_walked(stepper, i, REF_PARAM, ref);
}

static bool nth_new(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	return nth_walked(stepper, i, REF_NEW, ref);
}

static bool nth_gradient(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	if (!stepper->plan.has_backward || !nth_walked(stepper, i, REF_GRADIENT, ref))
		return false;
	*ref = ref_gradient(stepper, ref->param);
	return true;
}

static bool nth_slot(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	for (size_t slot = 0; slot < stepper->plan.rule->n_slots; slot++) {
		if (!nth_walked(stepper, i, REF_SLOT, ref))
			continue;
		ref->which = slot;
		return true;
	}
	return stepper->plan.rule->ahead && nth_walked(stepper, i, REF_AHEAD, ref);
}

static bool nth_in_stages(const struct stepper *stepper, bool of_params, size_t *i, struct ref *ref)
{
	const struct plan *plan = &stepper->plan;
	for (size_t entry = 0; entry < plan->stages.n; entry++) {
		const struct stage_number *row = plan->stages.entries[entry].row;
		size_t n = row->scope == STAGE_ONCE ? 1 : plan->n_units;
		*ref = (struct ref){.kind = REF_STAGE, .which = entry, .unit = *i};
		if ((row->scope == STAGE_PARAM) != of_params || row->subject == STAGE_VALUE)
			continue;
		if (of_params && nth_walked(stepper, i, REF_STAGE, ref)) {
			ref->which = entry;
			return true;
		}
		if (!of_params && *i < n)
			return true;
		*i -= of_params ? 0 : n;
	}
	return false;
}

static bool nth_stage(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	return nth_in_stages(stepper, false, i, ref);
}

static bool nth_of_stage(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	return nth_in_stages(stepper, true, i, ref);
}

static bool nth_carried(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	const struct plan *plan = &stepper->plan;
	for (size_t k = 0; k < plan->n_carriers; k++) {
		const struct node *node = plan->carriers[k];
		if (*i < node->rows) {
			*ref = (struct ref){.kind = REF_CARRIED, .of = {node, *i * node->stride}};
			return true;
		}
		*i -= node->rows;
	}
	return false;
}

/* The edges out of one unit, but to numbers. */
static bool nth_edge(const struct node *node, size_t e, size_t *i, struct ref *ref)
{
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *input = node->inputs[slot];
		struct range range = node->op->inputs(node, e, slot);
		if (input->kind == NODE_CONSTANT || input->kind == NODE_VIEW)
			continue;
		if (*i >= range.count) {
			*i -= range.count;
			continue;
		}
		size_t j = range_at(range, *i);
		*ref = (struct ref){.kind = REF_PARTIAL, .of = {node, e}};
		if (input->kind == NODE_PARAM)
			ref->param = node_param(input, j);
		else
			ref->wrt = (struct element){input, j};
		return true;
	}
	return false;
}

static bool nth_partial(const struct stepper *stepper, size_t *i, struct ref *ref)
{
	const struct graph *graph = &stepper->trainer.model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++)
		for (size_t row = 0; graph->nodes[k]->op && row < graph->nodes[k]->rows; row++)
			if (nth_edge(graph->nodes[k], row * graph->nodes[k]->stride, i, ref))
				return true;
	return false;
}

bool ref_nth(const struct stepper *stepper, size_t i, struct ref *ref)
{
	static bool (*const sorts[])(const struct stepper *stepper, size_t *i, struct ref *ref) = {
	    nth_unit, nth_param, nth_gradient, nth_stage,   nth_datum,
	    nth_new,  nth_slot,  nth_of_stage, nth_carried, nth_partial,
	};
	for (size_t k = 0; k < sizeof sorts / sizeof *sorts; k++)
		if (sorts[k](stepper, &i, ref))
			return true;
	return false;
}
