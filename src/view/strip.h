/* SPDX-License-Identifier: GPL-3.0-or-later */
/* strip.h -- the units of a layer as a strip of bars, one beside the other. Private to view/. */
#ifndef BACKSTEP_VIEW_STRIP_H
#define BACKSTEP_VIEW_STRIP_H

#include "pane.h"

/* Rows of a strip in so many columns, with its heading. */
int strip_rows(const struct node *node, int columns);
/* Draws it from row on; unit at (SIZE_MAX: none) is marked, and named in the heading. */
void strip_draw(struct drawing *d, const struct node *node, size_t at, struct rect where);

#endif
