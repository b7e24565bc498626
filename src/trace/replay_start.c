/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay_start.c -- what a replayed update starts from: the numbers that no step computes, and what
 * the update before left of them. */
#include <stdlib.h>

#include "backstep/base/work.h"
#include "replay_private.h"

/* A number that no step computes: its own, or what the update before left of it. */
static bool give(struct replay *replay, const struct ref *ref, double exact,
		 const struct replay_value *kept)
{
	struct replay_number number = {.ref = *ref, .exact = exact, .other.value = exact};
	if (kept)
		number.other = *kept;
	replay->use(replay->ctx, &number);
	return replay_put(replay, &number);
}

/* Inputs and targets, and the masks that were drawn for this update. */
static bool is_data(const struct node *node)
{
	return node->kind == NODE_INPUT || node->kind == NODE_TARGET || node->kind == NODE_MASK;
}

static bool give_data(struct replay *replay, const struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; is_data(node) && row < node->rows; row++) {
			for (size_t n = 0; n < trainer->n_examples; n++) {
				const struct ref ref = ref_unit(node, row * node->stride + n);
				if (!give(replay, &ref, node->value[ref.of.e], NULL))
					return false;
			}
		}
	}
	return true;
}

/* Calls visit with each number that one update hands to the next: parameters, the slots of each,
 * running statistics. i is its place in struct replay_state. false: visit failed. */
static bool visit_kept(const struct trainer *trainer,
		       bool (*visit)(void *ctx, size_t i, const struct ref *ref, double exact),
		       void *ctx)
{
	const struct graph *graph = &trainer->model->graph;
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	size_t n_params = graph->n_params, n_given = n_params + graph->n_state;
	bool good = true;
	for (size_t p = 0; good && p < n_params; p++) {
		const struct ref param = ref_param(REF_PARAM, p);
		struct ref slot = ref_param(REF_SLOT, p);
		good = visit(ctx, p, &param, trainer_theta(trainer)[p]);
		for (size_t s = 0; good && s < form->n_slots; slot.which = ++s)
			good = visit(ctx, n_given + s * n_params + p, &slot,
				     trainer_slot(trainer, s)[p]);
	}
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; good && node->state && row < node->rows; row++) {
			size_t i = (size_t)(node->state - graph->state) + row;
			const struct ref carried = {.kind = REF_CARRIED,
						    .of = {node, row * node->stride}};
			good = visit(ctx, n_params + i, &carried, graph->state[i]);
		}
	}
	return good;
}

/* What a replay starts from. */
struct start {
	struct replay *replay;
	const struct replay_state *state; /* NULL: the engine's numbers */
	size_t n_kept;                    /* of its numbers are those of now */
};

static bool give_kept(void *ctx, size_t i, const struct ref *ref, double exact)
{
	const struct start *start = ctx;
	return give(start->replay, ref, exact, i < start->n_kept ? &start->state->values[i] : NULL);
}

bool replay_give_start(struct replay *replay, const struct trainer *trainer,
		       const struct replay_state *state)
{
	const struct graph *graph = &trainer->model->graph;
	struct start start = {.replay = replay, .state = state};
	if (state) /* another rule has other slots */
		start.n_kept = state->form == optimizer_form(&trainer->optimizer)
				   ? SIZE_MAX
				   : graph->n_params + graph->n_state;
	return give_data(replay, trainer) && visit_kept(trainer, give_kept, &start);
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

static size_t count_kept(const struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	return graph->n_params * (optimizer_form(&trainer->optimizer)->n_slots + 1) +
	       graph->n_state;
}

struct saving {
	const struct replay *replay;
	struct replay_state *state;
};

/* The number as the next update takes it over: the new one, where there is one. */
static bool save_kept(void *ctx, size_t i, const struct ref *ref, double exact)
{
	const struct saving *saving = ctx;
	struct ref later = *ref;
	(void)exact;
	later.kind = ref->kind == REF_PARAM     ? REF_NEW
		     : ref->kind == REF_CARRIED ? REF_CARRIED_NEW
						: ref->kind;
	const struct replay_number *number = replay_find(saving->replay, &later);
	if (!number)
		number = replay_find(saving->replay, ref);
	if (number)
		saving->state->values[i] = number->other;
	return true;
}

struct replay_state *replay_save(const struct replay *replay, const struct stepper *stepper)
{
	const struct trainer *trainer = &stepper->trainer;
	size_t n = count_kept(trainer);
	struct replay_state *state = calloc(1, sizeof *state + n * sizeof *state->values);
	if (!state)
		return NULL;
	state->form = optimizer_form(&trainer->optimizer);
	visit_kept(trainer, save_kept, &(struct saving){replay, state});
	return state;
}

/* Where a state of the trainer has what visit_kept counts as number i; NULL: a slot that is not
 * kept. */
static double *find_kept(const struct trainer *trainer, struct trainer_state *state, size_t i)
{
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	const struct graph *graph = &trainer->model->graph;
	size_t n_params = graph->n_params, n_given = n_params + graph->n_state;
	if (i < n_params)
		return &state->values[i];
	if (i < n_given)
		return &state->values[state->n_values - n_given + i];
	size_t slot = (i - n_given) / n_params, n_before = 1;
	for (size_t s = 0; s < slot; s++)
		n_before += form->slots[s].kept;
	return form->slots[slot].kept
		   ? &state->values[n_before * n_params + (i - n_given) % n_params]
		   : NULL;
}

static enum status train_to(struct trainer *trainer, uint64_t update, struct error *err)
{
	enum status status = STATUS_OK;
	while (!status && trainer->n_updates < update) {
		status = trainer_try_commit(trainer, err);
		if (!status)
			status = work_ask(err);
	}
	return status;
}

/* From the numbers of state on, which becomes what they leave. */
static enum status train_from(struct replay_state *state, struct trainer *trainer,
			      struct trainer_state *other, uint64_t n, struct error *err)
{
	size_t source = 0, n_values = count_kept(trainer);
	for (size_t i = 0; i < n_values; i++) {
		double *kept = find_kept(trainer, other, i);
		source = source ? source : state->values[i].source;
		if (kept)
			*kept = state->values[i].value;
	}
	trainer_restore(trainer, other, trainer->n_updates);
	enum status status = train_to(trainer, trainer->n_updates + n, err);
	struct trainer_state *end = status ? NULL : trainer_save(trainer);
	if (!status && !end)
		status = error_no_memory(err);
	for (size_t i = 0; end && i < n_values; i++) {
		const double *kept = find_kept(trainer, end, i);
		if (kept)
			state->values[i].value = *kept;
		if (!state->values[i].source)
			state->values[i].source = source;
	}
	free(end);
	return status;
}

enum status replay_train(struct replay_state *state, struct stepper *stepper, uint64_t n,
			 struct error *err)
{
	struct trainer *trainer = &stepper->trainer;
	uint64_t update = trainer->n_updates;
	struct trainer_state *own = trainer_save(trainer), *other = trainer_save(trainer);
	enum status status =
	    own && other ? train_from(state, trainer, other, n, err) : error_no_memory(err);
	if (own && other)
		trainer_restore(trainer, own, update);
	free(own);
	free(other);
	return status;
}
