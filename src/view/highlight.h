/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highlight.h -- what of the network the current step is about. Private to view/. */
#ifndef BACKSTEP_VIEW_HIGHLIGHT_H
#define BACKSTEP_VIEW_HIGHLIGHT_H

#include "backstep/session/session.h"

enum lit {
	LIT_NONE,
	LIT_PATH,   /* on the path, but the walk is not there yet */
	LIT_STRONG, /* what the step's number is made of; the path up to the current factor */
	LIT_HEAD,   /* the step's own unit or parameter */
};

/* Valid until the stepper is asked for another step: it looks at the chain found last. */
struct highlight {
	const struct stepper *stepper;
	const struct step *step; /* NULL: nothing is lit */
};

struct highlight highlight_make(struct session *session);

/* The edge into element i of to out of element j of its input slot. */
enum lit highlight_edge(const struct highlight *highlight, const struct node *to, size_t i,
			size_t slot, size_t j);
enum lit highlight_element(const struct highlight *highlight, const struct node *node, size_t e);
enum lit highlight_param(const struct highlight *highlight, size_t param);

#endif
