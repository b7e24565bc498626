/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_private.h -- what the files of the tutor share. */
#ifndef BACKSTEP_TEACH_TUTOR_PRIVATE_H
#define BACKSTEP_TEACH_TUTOR_PRIVATE_H

#include "backstep/teach/tutor.h"

/* What step index (from 1) of the current update asks. */
enum skill skill_of_step(const struct stepper *stepper, uint64_t index, struct arena *scratch);
/* Whether a level, from the factors on, asks a skill. */
bool level_asks(int level, enum skill skill);
/* Whether step index of the current update would be asked. */
bool tutor_wants(const struct tutor *tutor, uint64_t index);
/* Whether a step was asked already with these numbers; notes that it is now. */
bool tutor_was_asked(const struct tutor *tutor, const struct step *step);
bool tutor_note_asked(struct tutor *tutor, const struct step *step);
/* Whether two steps give the same number of the same name. */
bool tutor_is_same_step(const struct step *a, const struct step *b);
/* The parameter that is asked of each layer, or those that the rules name. */
bool tutor_asks_param(const struct tutor *tutor, size_t param);
/* The step (index from 1) before which a question of step index is opened: its own, or where the
 * whole chain is asked the first of the parameter's. */
uint64_t tutor_gate(const struct tutor *tutor, uint64_t index);

/* Opens the question of step index of the current update; the walk does not move. Errors:
 * STATUS_NO_MEMORY, STATUS_BAD_INPUT. */
enum status tutor_open(struct tutor *tutor, uint64_t index, struct error *err);
/* Whether the numbers that a question rests on are hidden, and what its address says of it. */
static inline bool tutor_hides(const struct tutor *tutor)
{
	return tutor->rules.level == LEVEL_CHAIN || tutor->rules.hides;
}
enum address_ask tutor_asks_how(const struct tutor *tutor);
/* Notes what happened at the open question, or at the part that is asked. Errors: as learner_note.
 */
enum status tutor_note(struct tutor *tutor, enum event_kind kind, const char *typed,
		       struct error *err);
/* Notes which rule was picked. Errors: as learner_note. */
enum status tutor_note_rule(struct tutor *tutor, enum skill picked, struct error *err);
/* Appends what a step is of, the same in every language: update=1 row=1 backward factor w5 ... */
void tutor_print_place(const struct step *step, struct strbuf *out);
/* Asks which rule it was, where a right number was the first of its kind. */
void tutor_ask_rule(struct tutor *tutor, enum skill skill);
/* What the open question is itself, while a part of it is asked too. */
const struct question *tutor_question(const struct tutor *tutor);
/* Whether an answer that was read, and is wrong for the part, is right for the question itself:
 * then the part is closed. */
bool tutor_answers_whole(struct tutor *tutor, const char *text);
/* What came of an answer to the part, which is noted. Errors: as learner_note. */
enum status tutor_answer_part(struct tutor *tutor, const char *text, enum outcome *outcome,
			      struct error *err);
/* The first step of the current update after index from, up to index to, that is to be asked; 0:
 * none is. */
uint64_t tutor_find_question(const struct tutor *tutor, uint64_t from, uint64_t to);
/* Takes the open question's step; of numbers that were drawn there was one question only. Errors:
 * as stepper_go. */
enum status tutor_take_step(struct tutor *tutor, struct error *err);
/* Closes and frees an assessment; *a is NULL then. */
void tutor_drop(struct assessment **a);
/* Closes the open question, which becomes the last one. */
void tutor_close(struct tutor *tutor);

#endif
