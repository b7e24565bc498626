/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper_set.c -- a number is set by hand, for good or for a look; or all parameters are. */
#include <stdlib.h>
#include <string.h>

#include "backstep/trace/value.h"
#include "edit_private.h"
#include "history_private.h"

bool stepper_edit(const struct stepper *stepper, const struct ref *ref, struct edit *edit)
{
	const struct trainer *trainer = &stepper->trainer;
	const struct node *node = ref->of.node;
	size_t e = ref->of.e;
	*edit = (struct edit){.kind = EDIT_PARAM, .at = ref->param};
	if (ref->kind == REF_PARAM) {
		edit->value = stepper_theta(stepper)[ref->param];
		return true;
	}
	if (ref->kind != REF_UNIT)
		return false;
	if (node->kind == NODE_VIEW) {
		e += node->first * node->stride;
		node = node->of;
	}
	edit->kind = node->kind == NODE_INPUT ? EDIT_INPUT : EDIT_TARGET;
	edit->at = trainer->rows[node_col(node, e)] * node->rows + node_row(node, e);
	edit->value = node->value[e];
	return node->kind == NODE_INPUT || node->kind == NODE_TARGET;
}

/* The trainer's state with the edit, where that is about a parameter. NULL on lack of memory. */
static struct trainer_state *changed_state(const struct trainer *trainer, const struct edit *edit)
{
	struct trainer_state *state = trainer_save(trainer);
	if (state && edit->kind == EDIT_PARAM)
		state->values[edit->at] = edit->value;
	return state;
}

/* The trainer has this state from here on, and history keeps it; else it stays as it was. */
static enum status adopt(struct stepper *stepper, const struct trainer_state *state,
			 struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	struct trainer_state *before = trainer_save(trainer);
	if (!before)
		return error_no_memory(err);
	trainer_restore(trainer, state, trainer->n_updates);
	enum status status = history_pin(&stepper->history, err);
	if (status)
		trainer_restore(trainer, before, trainer->n_updates);
	free(before);
	return status;
}

enum status stepper_set(struct stepper *stepper, const struct edit *edit, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	struct history *history = &stepper->history;
	struct edit own = *edit;
	stepper_leave_commit(stepper);
	own.update = trainer->n_updates;
	struct trainer_state *changed = changed_state(trainer, edit);
	enum status status = changed && edits_reserve(&history->edits, &trainer->data, edit->kind)
				 ? STATUS_OK
				 : error_no_memory(err);
	if (!status) {
		edits_add(&history->edits, &own);
		history->n_set++;
		status = adopt(stepper, changed, err);
		history->edits.n -= status != STATUS_OK;
		history_settle(history);
	}
	stepper_end_pass(stepper);
	free(changed);
	return status;
}

/* The update has to be loaded and computed anew: a row of it is another one now. */
static void forget_update(struct trainer *trainer)
{
	trainer->loaded = 0;
	trainer->prepared = false;
}

enum status stepper_set_params(struct stepper *stepper, const double *theta, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	stepper_leave_commit(stepper);
	struct trainer_state *changed = trainer_save(trainer);
	enum status status = changed ? STATUS_OK : error_no_memory(err);
	if (!status) {
		memcpy(changed->values, theta, trainer->model->graph.n_params * sizeof *theta);
		status = adopt(stepper, changed, err);
	}
	forget_update(trainer);
	stepper_end_pass(stepper);
	free(changed);
	return status;
}

/* Has look look at the update, all of it computed and nothing replaced. */
static void show_update(struct stepper *stepper, void (*look)(void *ctx), void *ctx)
{
	const uint64_t index = stepper->index;
	stepper_end_pass(stepper);
	stepper->index = stepper_n_steps(stepper) - 1;
	look(ctx);
	stepper->index = index;
}

enum status stepper_try(struct stepper *stepper, const struct edit *edit, void (*look)(void *ctx),
			void *ctx, struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	struct edits *edits = &stepper->history.edits;
	struct trainer_state *before = trainer_save(trainer);
	struct trainer_state *changed = changed_state(trainer, edit);
	enum status status = before && changed && edits_reserve(edits, &trainer->data, edit->kind)
				 ? STATUS_OK
				 : error_no_memory(err);
	if (!status) {
		double *row = edits->rows[edit->kind];
		const double old = row ? row[edit->at] : 0.0;
		if (row)
			row[edit->at] = edit->value;
		trainer_restore(trainer, changed, trainer->n_updates);
		forget_update(trainer);
		show_update(stepper, look, ctx);
		if (row)
			row[edit->at] = old;
		trainer_restore(trainer, before, trainer->n_updates);
		forget_update(trainer);
		stepper_end_pass(stepper);
	}
	free(before);
	free(changed);
	return status;
}
