/* SPDX-License-Identifier: GPL-3.0-or-later */
/* points.h -- the numbers on the screen that can be pointed at. Private to view/. */
#ifndef BACKSTEP_VIEW_POINTS_H
#define BACKSTEP_VIEW_POINTS_H

#include "pane.h"

/* Reads off the cells that were drawn which of them are names of numbers, and marks the one that
 * the state points at. */
void points_find(struct drawing *d);
void points_free(struct view_state *state);

#endif
