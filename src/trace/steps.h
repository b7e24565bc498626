/* SPDX-License-Identifier: GPL-3.0-or-later */
/* steps.h -- the rows of step_list.h, and what several of them share. Private to trace/. */
#ifndef BACKSTEP_TRACE_STEPS_H
#define BACKSTEP_TRACE_STEPS_H

#include "backstep/trace/step.h"

#define STEP(name) extern const struct step_class step_class_##name;
#include "step_list.h"
#undef STEP

/* The kind that computes such numbers; NULL: none does. */
const struct step_class *step_class_of(enum ref_kind kind);
/* The whole step. number and update are the caller's to fill. Errors: STATUS_NO_MEMORY. */
enum status step_make(const struct step_source *source, const struct place *place,
		      struct arena *arena, struct step *step, struct error *err);

/* E⁽ⁿ⁾ for row number row of the data (from 1). */
struct formula *step_example_symbol(struct arena *arena, const struct model *model, size_t row,
				    double value);
/* What a stage's number is called: norm, E_reg, norm_sum_n1 (of a unit). */
void step_stage_name(const struct trainer *trainer, size_t entry, size_t unit,
		     char name[LABEL_TEXT]);
/* The step's own unit. */
enum lit steps_own_element(const struct step_source *source, const struct step *step,
			   const struct node *node, size_t e);
/* Where the step's parameter is read. */
enum lit steps_param_edge(const struct step_source *source, const struct step *step,
			  const struct link *edge);

#endif
