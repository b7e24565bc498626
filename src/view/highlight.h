/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highlight.h -- what of the network the current step is about. Private to view/. */
#ifndef BACKSTEP_VIEW_HIGHLIGHT_H
#define BACKSTEP_VIEW_HIGHLIGHT_H

#include "backstep/session/session.h"

struct highlight {
	const struct stepper *stepper;
	const struct step *step; /* NULL: nothing is lit */
};

struct highlight highlight_make(const struct session *session);

/* The edge into element i of to out of element j of its input slot. */
enum lit highlight_edge(const struct highlight *highlight, const struct node *to, size_t i,
			size_t slot, size_t j);
enum lit highlight_element(const struct highlight *highlight, const struct node *node, size_t e);
enum lit highlight_param(const struct highlight *highlight, size_t param);

#endif
