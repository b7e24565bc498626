/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_file.h -- a place in a training as a file: parameters, the optimizer with its numbers and
 * slots, update and step, to the bit.
 *
 * It is a text, a fact a line, always in this order:
 *   backstep-state 3            the version of this format
 *   lesson ID
 *   structure HEX               a sum over the network, its order of training, its rows and seeds
 *   chain paths|deltas          how steps are counted
 *   updates N                   done so far; with the rows this says which batch comes next
 *   step N                      of the current update; 0: none is done
 *   optimizer-updates N         of the updates, those since the optimizer was chosen
 *   from UPDATE CLASS FORM      which optimizer was in force from there on; the last one still is
 *   stage NAME VALUE            after each of them: the settings of stages that are not the usual
 *   number NAME VALUE           the numbers of the optimizer in force
 *   from, stage, number         the same of each that comes into force later on the way
 *   set UPDATE KIND PLACE VALUE every number that was set by hand, in order: weight, input or
 *                               target, and which of them
 *   watch EXPRESSION, bookmark NAME STEP, break WHAT
 *   weight NAME VALUE           every parameter in force
 *   slot SLOT NAME VALUE        every number that the optimizer keeps
 *   running NAME VALUE          every running statistic
 *   checksum HEX                over all bytes before this line
 * Numbers have 17 significant digits: they read back as the same bits. */
#ifndef BACKSTEP_SESSION_STATE_FILE_H
#define BACKSTEP_SESSION_STATE_FILE_H

#include "backstep/session/session.h"

/* Writes the place of an open lesson; a file that is there is replaced at once or stays.
 * Errors: STATUS_IO, STATUS_NO_MEMORY. */
enum status state_file_write(const struct session *session, const char *path, struct error *err);

/* Goes to the place that a file holds; the way back begins there. Errors, with file and line, and
 * with nothing changed: STATUS_BAD_INPUT for a file that is damaged, cut off, or of another lesson;
 * STATUS_IO; STATUS_NO_MEMORY. */
enum status state_file_read(struct session *session, const char *path, struct error *err);

#endif
