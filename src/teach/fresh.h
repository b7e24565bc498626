/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fresh.h -- numbers drawn for a question, such that slips can be told apart by them. */
#ifndef BACKSTEP_TEACH_FRESH_H
#define BACKSTEP_TEACH_FRESH_H

#include "backstep/teach/slip.h"

/* How many of the likely slips of a question cannot be told from the right number, or from a slip
 * of another class, by four digits. 0: the question is clean. */
size_t fresh_collisions(const struct slips *slips);
/* The same of step index of the current update; SIZE_MAX where it cannot be asked. */
size_t fresh_collisions_at(const struct stepper *stepper, uint64_t index);
/* Whether the numbers suit the units that have a kink: some on, some off, none close to it. */
bool fresh_suits_kinks(const struct stepper *stepper);

#endif
