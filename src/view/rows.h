/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h -- lists and tables of which a row can be chosen, and Enter types the command of it.
 *
 * A picture that has rows says in its row of picture_registry how many there are and what they are;
 * what is chosen is the person's, and stands in the view_state. */
#ifndef BACKSTEP_VIEW_ROWS_H
#define BACKSTEP_VIEW_ROWS_H

#include "pane.h"

/* Draws the rows of the picture that is shown, a line each, around the one that is chosen, or else
 * the one that the walk is at. */
void rows_draw(struct drawing *d);
/* The row that `n` visible ones begin with, of count, so that row at is among them. */
size_t rows_first(size_t count, size_t n, size_t at);
/* The row of a picture that is chosen; SIZE_MAX: none is. */
size_t rows_chosen(const struct drawing *d, const struct picture *picture);

#endif
