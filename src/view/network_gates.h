/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_gates.h -- a computational graph as a list of its gates, in the order in which they are
 * computed. Private to view/. */
#ifndef BACKSTEP_VIEW_NETWORK_GATES_H
#define BACKSTEP_VIEW_NETWORK_GATES_H

#include "pane.h"

/* Whether the lesson is a graph, which has no layers to be drawn. */
bool gates_are_shown(const struct drawing *d);
/* As the functions of struct view. */
void gates_want(struct drawing *d, int *least, int *most);
void gates_draw(struct drawing *d);

#endif
