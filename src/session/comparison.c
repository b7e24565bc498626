/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comparison.c -- training copies of the network with other optimizers. */
#include "backstep/session/comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/work.h"
#include "backstep/session/training.h"

void comparison_free(struct comparison *comparison)
{
	for (size_t k = 0; comparison && k < comparison->n_entries; k++)
		track_free(&comparison->entries[k].track);
	free(comparison);
}

static bool is_taken(const struct comparison *comparison, size_t k, char letter)
{
	while (k > 0)
		if (comparison->entries[--k].letter == letter)
			return true;
	return false;
}

static void choose_letters(struct comparison *comparison)
{
	for (size_t k = 0; k < comparison->n_entries; k++) {
		const char *name = comparison->entries[k].optimizer.class->name;
		while (*name && is_taken(comparison, k, *name))
			name++;
		comparison->entries[k].letter = *name ? *name : (char)('1' + k);
	}
}

static void choose_points(struct comparison *comparison, uint64_t n_updates)
{
	comparison->n_points = 0;
	comparison->points[comparison->n_points++] = 0;
	for (uint64_t n = 1; n < n_updates; n = training_next_milestone(n))
		comparison->points[comparison->n_points++] = n;
	if (n_updates)
		comparison->points[comparison->n_points++] = n_updates;
}

/* Trains on and takes the losses. Errors: STATUS_INTERRUPTED. */
static enum status run_entry(struct comparison *comparison, struct comparison_entry *entry,
			     struct trainer *trainer, struct evaluation *evaluation,
			     struct error *err)
{
	const uint64_t n = comparison->points[comparison->n_points - 1];
	const uint64_t before = (uint64_t)(entry - comparison->entries) * n;
	struct burst burst;
	uint64_t done = 0;
	enum status status = STATUS_OK;
	for (size_t k = 0; k < comparison->n_points; k++)
		entry->losses[k] = NAN;
	for (size_t k = 0; !status && k < comparison->n_points; k++) {
		while (!status && done < comparison->points[k]) {
			status = burst_make(&burst, trainer, comparison->points[k] - done,
					    &entry->curve, &entry->track, err);
			done += burst.n;
			if (!status && !trainer->finite)
				return STATUS_OK;
			if (!status)
				status = work_tell(N_("compare"), before + done,
						   comparison->n_entries * n, err);
		}
		if (!status)
			status = evaluation_run(evaluation, trainer_theta(trainer), 0,
						trainer->data.n_rows, false, err);
		entry->losses[k] = evaluation->loss;
	}
	return status;
}

/* A trainer of a network of its own that is where the session's is. Errors: as trainer_init. */
static enum status begin_entry(const struct session *session, struct comparison_entry *entry,
			       const struct lesson_model *built, struct trainer *trainer,
			       struct error *err)
{
	const struct stepper *stepper = &session->stepper;
	struct graph *graph = &built->model->graph;
	memcpy(graph->theta, stepper_theta(stepper), graph->n_params * sizeof(double));
	memcpy(graph->state, stepper_state(stepper), graph->n_state * sizeof(double));
	entry->status = trainer_init(trainer, built->model, &entry->optimizer, &built->data,
				     built->batch, &entry->err);
	if (entry->status == STATUS_NO_MEMORY)
		return error_no_memory(err);
	trainer->n_updates = stepper_updates(stepper) + stepper_at_commit(stepper);
	curve_start(&entry->curve, trainer->n_updates);
	track_start(&entry->track, graph->n_params, trainer->n_updates);
	track_add(&entry->track, trainer->n_updates, graph->theta);
	return STATUS_OK;
}

static enum status compare_entry(const struct session *session, struct comparison *comparison,
				 struct comparison_entry *entry, struct error *err)
{
	struct lesson_model built;
	struct trainer trainer;
	struct evaluation evaluation;
	struct error_list errors = {0};
	enum status status = lesson_build(session->lesson, &built, &errors);
	/* it was built before: only memory can be lacking, or somebody does not wait for it */
	error_list_end(&errors, err);
	if (status)
		return status;
	status = begin_entry(session, entry, &built, &trainer, err);
	if (!status && !entry->status) {
		status = evaluation_init(&evaluation, &trainer, err);
		if (!status) {
			status = run_entry(comparison, entry, &trainer, &evaluation, err);
			evaluation_free(&evaluation);
		}
		trainer_free(&trainer);
	}
	lesson_model_free(&built);
	return status;
}

/* A loss with a sign is no measure of how good a network is. */
static void mark_best(const struct session *session, struct comparison *comparison)
{
	struct comparison_entry *best = NULL;
	size_t last = comparison->n_points - 1;
	if (session->built.model->terms->op == &op_error)
		return;
	for (size_t k = 0; k < comparison->n_entries; k++) {
		struct comparison_entry *entry = &comparison->entries[k];
		if (entry->status || !isfinite(entry->losses[last]))
			continue;
		if (!best || entry->losses[last] < best->losses[last])
			best = entry;
	}
	for (size_t k = 0; best && k < comparison->n_entries; k++)
		comparison->entries[k].is_best =
		    !comparison->entries[k].status &&
		    comparison->entries[k].losses[last] == best->losses[last];
}

enum status comparison_run(const struct session *session, struct comparison *comparison,
			   uint64_t n_updates, struct error *err)
{
	CONTRACT(session->lesson && comparison->n_entries <= COMPARISON_MAX_ENTRIES);
	choose_points(comparison, n_updates);
	choose_letters(comparison);
	for (size_t k = 0; k < comparison->n_entries; k++) {
		enum status status =
		    compare_entry(session, comparison, &comparison->entries[k], err);
		if (status)
			return status;
	}
	mark_best(session, comparison);
	return STATUS_OK;
}
