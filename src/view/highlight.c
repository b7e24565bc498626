/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highlight.c -- what the row of the step's kind lights up. */
#include "highlight.h"

struct highlight highlight_make(const struct session *session)
{
	return (struct highlight){&session->stepper, session->has_step ? &session->step : NULL};
}

enum lit highlight_edge(const struct highlight *h, const struct node *to, size_t i, size_t slot,
			size_t j)
{
	struct step_source source = stepper_source(h->stepper);
	return h->step ? step_lights_edge(&source, h->step, &(struct link){to, i, slot, j})
		       : LIT_NONE;
}

enum lit highlight_element(const struct highlight *h, const struct node *node, size_t e)
{
	struct step_source source = stepper_source(h->stepper);
	return h->step ? step_lights_element(&source, h->step, node, e) : LIT_NONE;
}

enum lit highlight_param(const struct highlight *h, size_t param)
{
	return h->step ? step_lights_param(h->step, param) : LIT_NONE;
}
