/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board_private.h -- what is done with a board. Private to teach/. */
#ifndef BACKSTEP_TEACH_BOARD_PRIVATE_H
#define BACKSTEP_TEACH_BOARD_PRIVATE_H

#include "backstep/formula/formula_place.h"
#include "backstep/teach/board.h"

/* What working the number of a step out takes. */
enum step_task task_of(const struct place *place);

/* The steps of an update, made once for the boards of all its questions, which point into them.
 * Owns: the arena. */
struct board_steps {
	struct arena *arena;
	struct step *items; /* [n] */
	uint64_t n;         /* 0: there are too many; each board makes those that it needs */
};
/* Makes those of the current update. Errors: STATUS_NO_MEMORY. */
enum status board_steps_make(struct board_steps *steps, const struct stepper *stepper,
			     struct error *err);
void board_steps_free(struct board_steps *steps);

/* Reads the board of step index (from 1) of the current update off its walk; of a large network
 * what is near the step. steps: those of the update, where they are made already, or NULL. The
 * position does not move.
 * Errors: STATUS_BAD_INPUT for a step that has no number; STATUS_NO_MEMORY. */
enum status board_init(struct board *board, const struct stepper *stepper,
		       const struct board_steps *steps, uint64_t index, struct error *err);
void board_free(struct board *board);
/* Who printed the number had those after it too: the next ones of the phase, up to four, are as
 * near as those before. */
void board_note_later(struct board *board);

/* Finds where the board's numbers come from, so that it can be renewed; the steps it was read off
 * stay as long as it does. false: it cannot. */
bool board_trace(struct board *board, const struct stepper *stepper,
		 const struct board_steps *steps);
/* Reads all numbers anew: the walk has others, and the same layout and nodes. false: with these it
 * would be another board, and must be made anew. */
bool board_renew(struct board *board, const struct stepper *stepper);

/* The entry called name that stands closest before the question, or NULL. */
struct entry *board_find(const struct board *board, const char *name);
/* The entry that a leaf of the board's formulas is of; NULL for what is no leaf. */
struct entry *board_entry(struct formula *leaf);
/* Gives every leaf its value in that world. */
void board_enter(const struct board *board, enum world world);
/* The question's number where what comes of an entry in its cone is worked out once more, from
 * what the leaves have now; board_restore then gives the cone its numbers of a world again. */
double board_work_after(struct board *board, const struct entry *entry);
void board_restore(const struct board *board, enum world world);
/* Fills others with what an entry may be taken for; returns how many there are. */
size_t board_confused(const struct board *board, const struct entry *entry,
		      enum confusion confusion, struct entry *others[BOARD_MAX_CONFUSED]);

/* --- what the files of the board share --- */

/* The entry with this name and number (to 12 digits); NULL: none. */
struct entry *board_look(const struct board *board, const char *name, double value);
/* The same, made where there is none, with a leaf that is written as f. NULL where memory ended;
 * then board->failed says so. */
struct entry *board_add(struct board *board, const struct formula *f, const char *name,
			double value);
/* The rule with the board's leaves in the place of its own. NULL: memory ended. */
struct formula *board_intern(struct board *board, struct formula *rule);

/* What a leaf is called: y1, dE1/dy1; buf is for those that are put together. */
const char *board_leaf_name(const struct formula *leaf, char buf[BOARD_NAME]);
/* What a step's number is called on the board. */
const char *board_step_name(const struct step *step, char buf[BOARD_NAME]);
/* The entry of a step's number; NULL: it is not on the board. */
struct entry *board_step_entry(const struct board *board, const struct step *step);
/* Reads one step: its entry, its formula, the roles of what is in it. */
void board_read_step(struct board *board, const struct stepper *stepper, const struct step *step,
		     uint64_t index);
/* Finds the weighted sums among what was read. */
void board_find_rows(struct board *board);
/* Whether every row of the data has a number of this name. */
bool board_is_of_row(const struct entry *entry);
/* Evaluates every formula with other numbers at the roots, and the question's. */
void board_shift(struct board *board);

#endif
