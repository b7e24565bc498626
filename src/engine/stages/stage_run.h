/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_run.h -- running the stages in force, one after another. Private to engine/. */
#ifndef BACKSTEP_ENGINE_STAGE_RUN_H
#define BACKSTEP_ENGINE_STAGE_RUN_H

#include "backstep/engine/stage.h"

/* Gives the run, whose model and next are set, the arrays that stages need. Errors:
 * STATUS_NO_MEMORY. */
enum status stages_make(struct stage_run *run, const struct stages *stages, struct arena *arena,
			struct error *err);
/* Puts stages in force, for whose arrays stages_make has cared. changes [n_params]: the parameters
 * in ranges [n_ranges], which they may touch. */
void stages_start(struct stage_run *run, const struct stages *stages, const bool *changes,
		  const struct trainer_range *ranges, size_t n_ranges);
bool stages_equal(const struct stages *a, const struct stages *b);

/* In update k (from 0): the rate of the update, from the one set. */
double stages_run_rate(struct stage_run *run, uint64_t k, double rate);
/* Loss and gradient, after the passes. */
void stages_run_gradient(struct stage_run *run, uint64_t k);
/* New values, after the optimizer, which had this rate and theta [n_params]. */
void stages_run_values(struct stage_run *run, uint64_t k, double rate, const double *theta);
/* Whether all numbers of the stages are finite. */
bool stages_are_finite(const struct stage_run *run);

/* Joins the trained weights, trained [n_params], into weights [n_params + 1]. Returns how many
 * ranges there are. */
size_t stage_find_weights(const struct model *model, const bool *trained,
			  struct trainer_range *weights);
/* The penalties of the stages in force for the weights as they are in model->graph.theta: what the
 * loss grows by. */
double stages_penalty(const struct stages *stages, const struct model *model,
		      const struct trainer_range *weights, size_t n_weights);
/* Whether a penalty in force has a kink within h of w. */
bool stages_have_kink(const struct stages *stages, double w, double h);
/* Goes on to the next unit, from a zeroed one to the first. false after the last. */
bool stage_unit_next(const struct model *model, struct stage_unit *unit);

#endif
