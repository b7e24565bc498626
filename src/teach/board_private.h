/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board_private.h -- what the files of the board share. */
#ifndef BACKSTEP_TEACH_BOARD_PRIVATE_H
#define BACKSTEP_TEACH_BOARD_PRIVATE_H

#include "backstep/formula/formula_place.h"
#include "backstep/teach/board.h"

/* The entry with this name and number (to 12 digits); NULL: none. */
struct entry *board_look(const struct board *board, const char *name, double value);
/* The same, made where there is none, with a leaf that is written as f. NULL where memory ended;
 * then board->failed says so. */
struct entry *board_add(struct board *board, const struct formula *f, const char *name,
			double value);
/* The rule with the board's leaves in the place of its own. NULL: memory ended. */
struct formula *board_intern(struct board *board, struct formula *rule);

/* Reads one step: its entry, its formula, the roles of what is in it. */
void board_read_step(struct board *board, const struct stepper *stepper, const struct step *step,
		     uint64_t index);
/* Finds the weighted sums among what was read. */
void board_find_rows(struct board *board);
/* Evaluates every formula with other numbers at the roots, and the question's. */
void board_shift(struct board *board);

#endif
