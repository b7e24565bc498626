/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_slip.c -- a walk of its own to the figure's step, so that the sitting does not move. */
#include "backstep/teach/figure_slip.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess_private.h"

/* The index of the step of the current update whose number the figure is of; 0: none. */
static uint64_t find_step(const struct stepper *stepper, const struct figure *figure)
{
	uint64_t n_steps = stepper_n_steps(stepper), found = 0;
	struct arena *scratch = arena_new();
	for (uint64_t index = 1; scratch && !found && index <= n_steps; index++) {
		struct step step;
		struct ref ref;
		char name[REF_TEXT];
		arena_reset(scratch);
		if (!stepper_at(stepper, index, scratch, &step, NULL) &&
		    !replay_step_ref(stepper, &step, &ref) &&
		    strcmp(ref_print(stepper, &ref, true, name), figure->at) == 0 &&
		    step.value == figure->exact)
			found = index;
	}
	arena_free(scratch);
	return found;
}

static enum status judge(struct stepper *stepper, const struct figure *figure,
			 struct assessment **a, struct error *err)
{
	uint64_t update = figure->said->update.value;
	stepper_visit(stepper, update > 1 ? update - 1 : 0);
	stepper_end_pass(stepper);
	uint64_t index = find_step(stepper, figure);
	if (index == 0)
		return STATUS_OK;
	*a = calloc(1, sizeof **a);
	if (!*a)
		return error_no_memory(err);
	enum status status = assess_open_printed(*a, stepper, index, err);
	if (status) {
		free(*a);
		*a = NULL;
		return status;
	}
	if (figure->verdict == FIGURE_CARRIED)
		assess_allow(*a, figure->carried);
	const struct decimal *printed = &figure->said->number;
	assess_number(*a, printed->value, pow(10.0, -printed->places));
	return STATUS_OK;
}

enum status figure_assess(const struct lesson *lesson, const struct figure *figure,
			  struct assessment **a, struct error *err)
{
	struct lesson_model built;
	struct stepper stepper;
	struct error_list errors = {0};
	*a = NULL;
	if (!figure->known)
		return STATUS_OK;
	enum status status = lesson_build(lesson, &built, &errors);
	error_list_free(&errors);
	if (status)
		return STATUS_OK; /* what is wrong with the lesson is said elsewhere */
	status = stepper_init(&stepper, built.model, &built.optimizer, &built.data, built.batch,
			      CHAIN_AUTO, err);
	if (!status) {
		status = judge(&stepper, figure, a, err);
		stepper_free(&stepper);
	}
	lesson_model_free(&built);
	return status;
}
