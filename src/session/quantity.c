/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quantity.c -- finding the number that a name stands for, if it has been computed yet. */
#include "backstep/session/quantity.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "quantity_stage.h"

/* A name taken apart: dOF/dWRT or NAME, with or without (ROW). */
struct reference {
	char name[2 * LABEL_TEXT + 4]; /* as given, without the row */
	char of[LABEL_TEXT], wrt[LABEL_TEXT];
	bool is_derivative;
	size_t column;
	bool has_column;
};

static enum status not_computed(const char *name, struct error *err)
{
	error_set(err, STATUS_BAD_INPUT, _("%s has not been computed yet"), name);
	error_hint(err, _("step on first: next, phase or update"));
	return STATUS_BAD_INPUT;
}

/* The names that a misspelt one is compared with. */
struct names {
	const struct session *session;
	struct arena *arena; /* they must last */
};

static const char *next_name(void *ctx, size_t i)
{
	struct names *names = ctx;
	char name[2 * LABEL_TEXT + 4];
	return quantity_name(names->session, i, name) ? arena_strdup(names->arena, name) : NULL;
}

static enum status unknown_name(struct session *session, const char *name, struct error *err)
{
	char shown[TEXT_EXCERPT];
	error_set(err, STATUS_BAD_INPUT, _("there is no number called '%s'"),
		  text_excerpt(shown, name));
	struct names names = {session, arena_new()};
	/* only where looking through all names is quick */
	bool quick = names.arena && session->built.model->graph.n_params < 1000;
	const char *nearest = quick ? text_nearest(name, next_name, &names) : NULL;
	if (nearest)
		error_hint(err, _("did you mean '%s'?"), nearest);
	else
		error_hint(err, _("show values lists them"));
	arena_free(names.arena);
	return STATUS_BAD_INPUT;
}

/* Reads "(ROW)" off the end of the name. */
static enum status take_row(struct session *session, struct reference *ref, struct error *err)
{
	const struct trainer *trainer = &session->stepper.trainer;
	char *open = strchr(ref->name, '('), *close = strchr(ref->name, ')');
	if (!open) {
		ref->has_column = trainer->n_examples == 1 || session_row(session) > 0;
		ref->column = session_column(session);
		return STATUS_OK;
	}
	size_t row;
	if (!close || close[1] != '\0')
		return error_set(err, STATUS_BAD_INPUT, _("a row is written NAME(ROW)"));
	*close = *open = '\0';
	enum status status = number_parse_count(open + 1, trainer->data.n_rows, &row, err);
	if (status)
		return status;
	for (size_t n = 0; n < trainer->n_examples; n++) {
		if (trainer->rows[n] + 1 != row)
			continue;
		ref->column = n;
		ref->has_column = true;
		return STATUS_OK;
	}
	return error_set(err, STATUS_BAD_INPUT, _("row %zu is not in the current batch"), row);
}

static enum status parse_reference(struct session *session, const char *name, struct reference *ref,
				   struct error *err)
{
	*ref = (struct reference){0};
	if (strlen(name) >= sizeof ref->name)
		return unknown_name(session, name, err);
	strcpy(ref->name, name);
	enum status status = take_row(session, ref, err);
	if (status)
		return status;
	const char *slash = strchr(ref->name, '/');
	if (!slash)
		return STATUS_OK;
	size_t len = (size_t)(slash - ref->name);
	if (ref->name[0] != 'd' || slash[1] != 'd' || len > LABEL_TEXT ||
	    strlen(slash) > LABEL_TEXT)
		return unknown_name(session, name, err);
	memcpy(ref->of, ref->name + 1, len - 1);
	strcpy(ref->wrt, slash + 2);
	ref->is_derivative = true;
	return STATUS_OK;
}

/* The data node and row called name; NULL where there is none. */
static const struct node *find_node(const struct model *model, const char *name, size_t *row)
{
	char label[LABEL_TEXT];
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		if (node->kind == NODE_PARAM)
			continue;
		for (*row = 0; *row < node->rows; ++*row)
			if (strcmp(node_name(node, *row * node->stride, label), name) == 0)
				return node;
	}
	return NULL;
}

static enum status need_row(const struct reference *ref, struct error *err)
{
	if (ref->has_column)
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("say of which row: %s(1)"), ref->name);
}

/* A running statistic in force, run_NAME. */
static bool find_state(const struct session *session, const char *name, double *value)
{
	size_t row, len = strlen(STEP_CARRY_PREFIX);
	const struct node *node = strncmp(name, STEP_CARRY_PREFIX, len) == 0
				      ? find_node(session->built.model, name + len, &row)
				      : NULL;
	if (!node || !node->state)
		return false;
	*value = stepper_carried(&session->stepper, node, row);
	return true;
}

static enum status find_value(struct session *session, const struct reference *ref, double *value,
			      struct error *err)
{
	struct stepper *stepper = &session->stepper;
	const struct model *model = session->built.model;
	size_t param, row = 0;
	char name[LABEL_TEXT];
	if (model_find_param(model, ref->name, &param)) {
		*value = stepper_param_value(stepper, param);
		return STATUS_OK;
	}
	size_t len = strlen(ref->name);
	if (len > 1 && len <= LABEL_TEXT && ref->name[len - 1] == '\'') {
		snprintf(name, sizeof name, "%.*s", (int)(len - 1), ref->name);
		if (!model_find_param(model, name, &param))
			return unknown_name(session, ref->name, err);
		*value = stepper->trainer.next[param];
		return stepper_knows_new(stepper, param) ? STATUS_OK : not_computed(ref->name, err);
	}
	if (strcmp(ref->name, model->batch_name) == 0 && stepper->trainer.n_examples > 1) {
		*value = model->loss;
		return stepper_knows_batch_loss(stepper) ? STATUS_OK : not_computed(ref->name, err);
	}
	if (find_state(session, ref->name, value))
		return STATUS_OK;
	const struct node *node = find_node(model, ref->name, &row);
	bool known;
	if (!node && quantity_stage_value(session, ref->name, value, &known))
		return known ? STATUS_OK : not_computed(ref->name, err);
	if (!node)
		return unknown_name(session, ref->name, err);
	size_t e = node_element(node, row, ref->column);
	*value = node->value[e];
	if (node->op && !stepper_knows_value(stepper, node, e) &&
	    (ref->has_column || node->per_batch))
		return not_computed(ref->name, err);
	return node->per_batch ? STATUS_OK : need_row(ref, err);
}

static bool has_partials(const struct session *session)
{
	return session->has_step && session->step.place.phase >= PHASE_BACKWARD;
}

/* The local partial of a unit by a parameter that it reads itself: in all places where it does. */
static enum status find_param_partial(struct session *session, const struct reference *ref,
				      const struct node *of, size_t row, size_t param,
				      double *value, struct error *err)
{
	size_t i = node_element(of, row, ref->column), n_places = 0;
	*value = 0.0;
	for (size_t slot = 0; of->op && slot < of->op->n_slots; slot++) {
		const struct node *input = of->inputs[slot];
		struct range range = of->op->inputs(of, i, slot);
		for (size_t k = 0; input->kind == NODE_PARAM && k < range.count; k++) {
			size_t j = range.first + k * range.stride;
			if (node_param(input, j) != param)
				continue;
			*value += of->op->partial(of, i, slot, j);
			n_places++;
		}
	}
	if (n_places == 0)
		return unknown_name(session, ref->name, err);
	if (!has_partials(session))
		return not_computed(ref->name, err);
	return of->per_batch ? STATUS_OK : need_row(ref, err);
}

/* The gradient of the batch's, an example's or a loss term's number by a parameter; of another unit
 * its local partial. */
static enum status find_param_gradient(struct session *session, const struct reference *ref,
				       size_t param, double *value, struct error *err)
{
	struct stepper *stepper = &session->stepper;
	const struct model *model = session->built.model;
	size_t n = stepper->trainer.n_examples, row = 0, k = stepper->plan.rank[param];
	const struct node *node = find_node(model, ref->of, &row);
	bool known;
	if (node && node != model->terms && node != model->total)
		return find_param_partial(session, ref, node, row, param, value, err);
	if (quantity_stage_slope(session, ref->of, param, value, &known))
		return known ? STATUS_OK : not_computed(ref->name, err);
	if (!stepper_knows_gradient(stepper, param))
		return not_computed(ref->name, err);
	if (n > 1 && strcmp(ref->of, model->batch_name) == 0) {
		*value = model->graph.grad[param];
		return STATUS_OK;
	}
	if (!node || plan_is_coupled(&stepper->plan))
		return unknown_name(session, ref->name, err);
	enum status status = need_row(ref, err);
	if (status)
		return status;
	if (node == model->total)
		*value = n == 1 ? model->graph.grad[param]
				: step_example_gradient(model, param, ref->column);
	else if (stepper->plan.paths[k] <= PLAN_PATHS_MAX)
		*value = step_term_gradient(&stepper->plan, k, row, ref->column);
	else
		return unknown_name(session, ref->name, err);
	return STATUS_OK;
}

/* The partial of of's element i by row wrt_row of wrt, in all places where it is read, by itself or
 * as a part of it. Returns whether there is one. */
static bool add_partials(const struct node *of, size_t i, const struct node *wrt, size_t wrt_row,
			 size_t column, double *value)
{
	bool found = false;
	*value = 0.0;
	for (size_t slot = 0; slot < of->op->n_slots; slot++) {
		const struct node *input = of->inputs[slot];
		bool is_part = input->kind == NODE_VIEW && input->of == wrt;
		size_t first = is_part ? input->first : 0;
		if ((!is_part && input != wrt) || wrt_row < first || wrt_row >= first + input->rows)
			continue;
		*value +=
		    of->op->partial(of, i, slot, node_element(input, wrt_row - first, column));
		found = true;
	}
	return found;
}

/* A local partial between two units, or the gradient of a unit. */
static enum status find_unit_gradient(struct session *session, const struct reference *ref,
				      double *value, struct error *err)
{
	const struct model *model = session->built.model;
	size_t of_row = 0, wrt_row = 0;
	const struct node *of = find_node(model, ref->of, &of_row);
	const struct node *wrt = find_node(model, ref->wrt, &wrt_row);
	bool is_batch_loss = model->graph.is_coupled && strcmp(ref->of, model->batch_name) == 0;
	if (!wrt || (!is_batch_loss && (!of || !of->op)))
		return unknown_name(session, ref->name, err);
	enum status status =
	    wrt->per_batch && (is_batch_loss || of->per_batch) ? STATUS_OK : need_row(ref, err);
	if (status)
		return status;
	if (!has_partials(session))
		return not_computed(ref->name, err);
	size_t j = node_element(wrt, wrt_row, ref->column);
	if (is_batch_loss) {
		*value = wrt->grad[j];
		return STATUS_OK;
	}
	size_t i = node_element(of, of_row, ref->column);
	if (add_partials(of, i, wrt, wrt_row, ref->column, value))
		return STATUS_OK;
	if (of != model->total || model->graph.is_coupled)
		return unknown_name(session, ref->name, err);
	*value = wrt->grad[j];
	return STATUS_OK;
}

enum status quantity_find(struct session *session, const char *name, double *value,
			  struct error *err)
{
	struct reference ref;
	size_t param;
	enum status status = parse_reference(session, name, &ref, err);
	if (status)
		return status;
	if (!ref.is_derivative)
		return find_value(session, &ref, value, err);
	if (model_find_param(session->built.model, ref.wrt, &param))
		return find_param_gradient(session, &ref, param, value, err);
	return find_unit_gradient(session, &ref, value, err);
}

bool quantity_name(const struct session *session, size_t i, char name[2 * LABEL_TEXT + 4])
{
	const struct model *model = session->built.model;
	char label[LABEL_TEXT], total[LABEL_TEXT];
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		if (!node->op)
			continue;
		if (i < node->rows) {
			snprintf(name, LABEL_TEXT, "%s", node_name(node, i * node->stride, label));
			return true;
		}
		i -= node->rows;
	}
	bool is_gradient = i >= model->n_order;
	i -= is_gradient ? model->n_order : 0;
	if (i >= model->n_order)
		return quantity_stage_name(session, i - model->n_order, name);
	model_param_name(model, model->order[i], label);
	node_name(model->total, 0, total);
	if (session->stepper.trainer.n_examples > 1)
		snprintf(total, sizeof total, "%s", model->batch_name);
	if (is_gradient)
		snprintf(name, 2 * LABEL_TEXT + 4, "d%s/d%s", total, label);
	else
		snprintf(name, LABEL_TEXT, "%s", label);
	return true;
}
