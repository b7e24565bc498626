/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stepper.h -- the position in the walk, moved forwards and back.
 *
 * The position is the number of updates completed (trainer.n_updates) and the number of
 * steps done in the current one. After an update's last step, its commit, the new values show as
 * in force; after a setting was changed there, the position is before the first step of the next
 * update. Moving never changes any number: n steps forward and n back are bit-identical. */
#ifndef BACKSTEP_TRACE_STEPPER_H
#define BACKSTEP_TRACE_STEPPER_H

#include "backstep/engine/evaluation.h"
#include "backstep/engine/gradcheck.h"
#include "backstep/trace/history.h"
#include "backstep/trace/numbering.h"
#include "backstep/trace/step.h"

struct names;
struct ref;

/* Owns: everything in it but the model and the data. Its parts point at one another: it must not be
 * copied or moved. */
struct stepper {
	struct trainer trainer;
	struct plan plan;
	struct walk full, last; /* of a full batch, of an epoch's last one */
	struct history history;
	struct numbering numbering;
	struct names *names; /* what its numbers are called: value.h */
	uint64_t index;      /* steps done in the current update */
	uint64_t asked; /* the step (its index, from 1) whose number somebody is asked; 0: none */
};

/* Starts before the first step, with theta as it is. Errors: as trainer_init and plan_init. */
enum status stepper_init(struct stepper *stepper, struct model *model,
			 const struct optimizer *optimizer, const struct dataset *data,
			 size_t batch, enum chain_form chain, struct error *err);
void stepper_free(struct stepper *stepper);

/* The layout of the current update. */
const struct walk *stepper_walk(const struct stepper *stepper);
/* Steps of all updates before update. */
uint64_t stepper_before(const struct stepper *stepper, uint64_t update);
/* Steps in the current update; the number (from 1) of the last step done, 0 at the start. */
uint64_t stepper_n_steps(const struct stepper *stepper);
uint64_t stepper_number(const struct stepper *stepper);
/* Whether the position is where the history begins; whether the last step done is the commit. */
bool stepper_at_start(const struct stepper *stepper);
bool stepper_at_commit(const struct stepper *stepper);

/* One step. Errors: STATUS_NUMERIC at a step that is NaN or infinite (which is entered, and not
 * left forwards); back, STATUS_BAD_INPUT from the start, and STATUS_INTERRUPTED as stepper_go. */
enum status stepper_next(struct stepper *stepper, struct error *err);
enum status stepper_back(struct stepper *stepper, struct error *err);

/* From after a commit to before the first step of the next update, which is the same moment;
 * elsewhere nothing happens. */
void stepper_leave_commit(struct stepper *stepper);
/* Computes the update that stepper_run left undone, where no other move did. */
void stepper_end_pass(struct stepper *stepper);
/* The same, asking whether to go on where it takes long. Errors: STATUS_INTERRUPTED. */
enum status stepper_try_end_pass(struct stepper *stepper, struct error *err);
/* After work that was stopped: the numbers of the position are there again, or where that takes
 * long, the position is before its update's first step. Returns whether they are there. */
bool stepper_be_whole(struct stepper *stepper);
/* To the commit of the current update, or of the next one where it is done already. */
enum status stepper_update(struct stepper *stepper, struct error *err);
/* The same in a run of many updates, of which only the last one is looked at. Of n that are left it
 * makes the last one, or some before it, at once: without the numbers that only a walk shows, and
 * the position is then before the first step of the next one, which is not computed yet. Fewer
 * states are kept on the way. After an error burst has those that were made before. */
enum status stepper_run(struct stepper *stepper, uint64_t n, struct burst *burst,
			struct error *err);
/* The run ends before its last update: to the commit of the one that was made, or where its numbers
 * take long, to before the first step of the next. */
void stepper_end_run(struct stepper *stepper);
/* To just after step number (0: the start). Errors: as stepper_next; STATUS_BAD_INPUT for a step
 * before the first that the history has; STATUS_INTERRUPTED, with the position as it was. */
enum status stepper_go(struct stepper *stepper, uint64_t number, struct error *err);
/* After step index (0 to stepper_n_steps) of the current update. Errors: as stepper_next. */
enum status stepper_go_index(struct stepper *stepper, uint64_t index, struct error *err);

/* To before the first step of an update (from 0), with the settings that are in force there. To
 * come back from a visit: visit the update where it began, then set index again. */
void stepper_visit(struct stepper *stepper, uint64_t update);
/* Before a visit that may be stopped: where an update takes long, from after a commit to before the
 * first step of the next one. */
void stepper_begin_visit(struct stepper *stepper);
/* Comes back from a visit to an update and index in it, whose numbers are there again; status is
 * the visit's, and is returned. Where it was stopped, or is now, and the numbers take long, the
 * position is before the update's first step. Errors: STATUS_INTERRUPTED. */
enum status stepper_return(struct stepper *stepper, uint64_t update, uint64_t index,
			   enum status status, struct error *err);

/* The last step done; stepper->index must not be 0, and the update must have been computed: it is
 * not after stepper_run. Errors: STATUS_NO_MEMORY. */
enum status stepper_current(const struct stepper *stepper, struct arena *arena, struct step *step,
			    struct error *err);
/* Any step of the current update, index from 1. */
enum status stepper_at(const struct stepper *stepper, uint64_t index, struct arena *arena,
		       struct step *step, struct error *err);
/* The same, its sums whole: with all terms that a person could add up. */
enum status stepper_at_whole(const struct stepper *stepper, uint64_t index, struct arena *arena,
			     struct step *step, struct error *err);
void stepper_place(const struct stepper *stepper, uint64_t index, struct place *place);
/* What the steps of the current update are made from. */
struct step_source stepper_source(const struct stepper *stepper);

/* Puts another optimizer or other settings in force, from the current update on (from the next one
 * after a commit). The position stays in its phase, and at its parameter. Errors: as trainer_init.
 */
enum status stepper_set_optimizer(struct stepper *stepper, const struct optimizer *optimizer,
				  struct error *err);
enum status stepper_set_chain(struct stepper *stepper, enum chain_form chain, struct error *err);

/* How a number is set: edit gets its kind and its place, and what it is now. false: it is worked
 * out, or is no parameter, input or target. */
bool stepper_edit(const struct stepper *stepper, const struct ref *ref, struct edit *edit);
/* Gives it another value, from the current update on (from the next one after a commit), which is
 * prepared anew; the position stays, and the way back before this update leads to the old numbers.
 * Errors: STATUS_NO_MEMORY, with the number as it was. */
enum status stepper_set(struct stepper *stepper, const struct edit *edit, struct error *err);
/* Gives every parameter another value likewise, [n_params], of a walk in which nothing was set;
 * rows that have other numbers now are read anew. Errors: STATUS_NO_MEMORY. */
enum status stepper_set_params(struct stepper *stepper, const double *theta, struct error *err);
/* Has look look at the current update, all of it computed, as it would be with another number; then
 * all is as it was. Errors: STATUS_NO_MEMORY. */
enum status stepper_try(struct stepper *stepper, const struct edit *edit, void (*look)(void *ctx),
			void *ctx, struct error *err);
/* What was set, of which n_in_force at the position. */
const struct edits *stepper_edits(const struct stepper *stepper);
/* The rows that are learnt from and measured on, as they are at the position. */
const struct dataset *stepper_data(const struct stepper *stepper);

/* Where a sitting was when it was saved: in the update of the first entry; the others wait.
 * Owns: all of it, until stepper_load takes it over. */
struct stepper_save {
	struct history_entry *entries; /* [n_entries] sorted by update */
	size_t n_entries;
	uint64_t index;
	uint64_t asked; /* the step (its index, from 1) whose number somebody is asked; 0: none */
	struct numbering numbering;
	struct edits edits; /* items alone */
};
void stepper_save_free(struct stepper_save *save);
/* Where the sitting is now. Errors: STATUS_NO_MEMORY, with an empty save. */
enum status stepper_save(const struct stepper *stepper, struct stepper_save *save,
			 struct error *err);
/* Adds an entry for numbers from elsewhere, which are 0. Errors: STATUS_NO_MEMORY. */
enum status stepper_save_add(const struct stepper *stepper, struct stepper_save *save,
			     uint64_t update, const struct optimizer *optimizer, struct error *err);
/* Adds what was set by hand. false: lack of memory. */
bool stepper_save_edit(struct stepper_save *save, const struct edit *edit);
/* Goes to a saved place in the same network; the history begins there. plan form and sizes must be
 * those of now. Errors: STATUS_BAD_INPUT where there is no such step, and as trainer_set_optimizer;
 * everything is left as it was. Owns: on success, what is in save. */
enum status stepper_load(struct stepper *stepper, struct stepper_save *save, struct error *err);

/* --- what is asked of a position ---
 * Numbers are asked by reference or by name: value.h. */

/* The network that is walked. */
const struct model *stepper_model(const struct stepper *stepper);
/* The optimizer in force, with its numbers and stages, and how gradients are taken apart. */
const struct optimizer *stepper_optimizer(const struct stepper *stepper);
/* Whether an update has stages beside the optimizer's rule. */
bool stepper_has_stages(const struct stepper *stepper);
enum chain_form stepper_chain(const struct stepper *stepper);
/* The parameters in force at the position, [n_params]: at a commit the new ones. */
const double *stepper_theta(const struct stepper *stepper);
/* The same for what the graph's ops carry from update to update, [n_state]. */
const double *stepper_state(const struct stepper *stepper);
/* A parameter as the steps of the update at hand read it, and as they leave it; the update must
 * have been computed, and its commit may be done or not. */
double stepper_param_before(const struct stepper *stepper, size_t param);
double stepper_param_after(const struct stepper *stepper, size_t param);
/* By how much the update at hand changes a parameter, be it computed yet or not. */
double stepper_change(const struct stepper *stepper, size_t param);

/* Whether the update changes a parameter. */
enum fate {
	FATE_CHANGES,
	FATE_NOT_TRAINED, /* no step is about it */
	FATE_KEPT,        /* the form of the rule in force leaves it as it is */
};
enum fate stepper_fate(const struct stepper *stepper, size_t param);

/* Paths from an example's loss to a parameter; 0 where they are not told apart. The chain of one of
 * them (from 0), in example (column) n; false on lack of memory. */
uint64_t stepper_paths(const struct stepper *stepper, size_t param);
bool stepper_path(const struct stepper *stepper, size_t param, size_t n, uint64_t path,
		  struct arena *arena, struct chain *chain);

/* Updates made with the form of the rule in force, that of a commit included. */
uint64_t stepper_updates_of_rule(const struct stepper *stepper);
/* A number that is another one wherever the numbers of the updates so far may be others: it stands
 * for the place where the walk begins, the settings in force at every update, and the form of
 * chains.
 */
uint64_t stepper_settings(const struct stepper *stepper);
/* The update (from 0) that the way back ends at. */
uint64_t stepper_first(const struct stepper *stepper);
/* The losses of the updates that were made so far; those after the position too, where one came
 * back from there. */
const struct curve *stepper_curve(const struct stepper *stepper);
/* State number k (from 0) of some on the way to the position (track.h): before which update (from
 * 0) it was, and its parameters, [n_params]. false at the end. */
bool stepper_passed(const struct stepper *stepper, size_t k, uint64_t *update,
		    const double **theta);
/* Updates completed before the current one; how many make an epoch. */
uint64_t stepper_updates(const struct stepper *stepper);
uint64_t stepper_epoch(const struct stepper *stepper);
/* The rows of the data (from 0) that the current update learns from, [*n]. */
const size_t *stepper_rows(const struct stepper *stepper, size_t *n);
/* Steps of a phase of the current update; 0: it has none. */
uint64_t stepper_phase_steps(const struct stepper *stepper, enum phase phase);
/* Whether some parameter has so many paths that every one of its steps takes time to find. */
bool stepper_has_many_paths(const struct stepper *stepper);

/* An evaluation of the walk's network on any rows; the walk does not notice. Errors:
 * STATUS_NO_MEMORY. */
enum status stepper_evaluation(struct stepper *stepper, struct evaluation *evaluation,
			       struct error *err);
/* Compares the gradient of the current update's loss, penalties included, with central differences,
 * for the trained parameters; where passes for all of them would take long, for some that are
 * spread evenly. Errors: as gradcheck_run. */
enum status stepper_check_gradient(struct stepper *stepper, struct gradcheck *result,
				   void (*each)(void *ctx, const struct gradcheck_param *param),
				   void *ctx, struct error *err);

#endif
