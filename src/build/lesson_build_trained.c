/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_build_trained.c -- which parameters of a lesson's model are trained, and in which order.
 */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/lesson/layer_kind.h"
#include "lesson_builder.h"

static bool is_frozen(const struct builder *b, size_t param)
{
	if (param < b->lesson->n_params)
		return b->lesson->params[param].frozen || b->lesson->params[param].is_constant;
	for (size_t k = 0; k < b->n_starts; k++) {
		const struct node *node = b->starts[k].node;
		if (param >= node->first && param < node->first + node->rows * node->cols)
			return b->starts[k].made->frozen;
	}
	return false;
}

static void leave_out_frozen(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	struct model *model = b->built->model;
	struct error err = {0};
	size_t n = 0;
	for (size_t k = 0; k < model->n_order; k++)
		if (!is_frozen(b, model->order[k]))
			model->order[n++] = model->order[k];
	model->n_order = n;
	if (n > 0 || model->graph.n_params == 0)
		return;
	error_set(&err, STATUS_BAD_INPUT, _("every layer is frozen: there is nothing to train"));
	report_failure(&b->report, layer_mark(lesson->network.layers.items[0]), &err);
}

/* The matrix that a name such as W_h or W_h[2,3] is about, and of its n parameters the first. NULL
 * where there is no such place in it; every matrix that is named has been made. */
static const struct start *find_made(const struct builder *b, const char *name, size_t *first,
				     size_t *n)
{
	size_t len = strcspn(name, "[");
	for (size_t k = 0; k < b->n_starts; k++) {
		const struct node *node = b->starts[k].node;
		const char *made = b->starts[k].made->name;
		if (strncmp(made, name, len) != 0 || made[len])
			continue;
		*first = node->first;
		*n = name[len] ? 1 : node->rows * node->cols;
		bool found = !name[len] || model_find_param(b->built->model, name, first);
		return found ? &b->starts[k] : NULL;
	}
	return NULL;
}

/* Adds what a name says. Errors: STATUS_BAD_INPUT. */
static enum status add_trained(struct builder *b, const struct lesson_trained *trained,
			       bool taken[], struct error *err)
{
	struct model *model = b->built->model;
	const char *name = trained->name.text;
	size_t first = trained->param, n = 1;
	if (first == LESSON_MADE) {
		const struct start *start = find_made(b, name, &first, &n);
		if (!start)
			return error_set(err, STATUS_BAD_INPUT, _("no parameter is called '%s'"),
					 name);
		if (start->made->frozen)
			return error_set(err, STATUS_BAD_INPUT, _("'%s' belongs to a frozen layer"),
					 name);
	}
	for (size_t p = first; p < first + n; p++) {
		if (taken[p])
			return error_set(err, STATUS_BAD_INPUT, _("'%s' is listed twice"), name);
		taken[p] = true;
		model->order[model->n_order++] = p;
	}
	return STATUS_OK;
}

void builder_choose_trained(struct builder *b)
{
	const struct lesson *lesson = b->lesson;
	struct model *model = b->built->model;
	struct error err = {0};
	if (lesson->train.n_items == 0) {
		leave_out_frozen(b);
		return;
	}
	bool *taken = ARENA_ARRAY(b->built->arena, bool, model->graph.n_params);
	if (!report_has_memory(&b->report, taken))
		return;
	model->n_order = 0;
	for (size_t k = 0; k < lesson->train.n_items; k++)
		if (add_trained(b, &lesson->train.items[k], taken, &err))
			report_failure(&b->report, lesson->train.items[k].name.mark, &err);
}
