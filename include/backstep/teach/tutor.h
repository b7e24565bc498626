/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor.h -- asks before it shows: which steps are asked, the open question, tries and hints.
 *
 * A question is open before its step: the walk has not reached it, so nothing that looks at the
 * walk knows its number. A right answer, or giving up, takes the step. */
#ifndef BACKSTEP_TEACH_TUTOR_H
#define BACKSTEP_TEACH_TUTOR_H

#include "backstep/session/address.h"
#include "backstep/teach/assess.h"
#include "backstep/teach/learner.h"
#include "backstep/teach/skill.h"

/* How far the steps are faded: nothing, one kind, the factors, the products, the whole chain, the
 * new weights. */
enum {
	LEVEL_NONE,
	LEVEL_KIND,
	LEVEL_FACTORS,
	LEVEL_PRODUCTS,
	LEVEL_CHAIN,
	LEVEL_UPDATE,
	N_LEVELS,
};
enum hint_rung { HINT_NONE, HINT_RULE, HINT_SYMBOLS, HINT_NUMBERS, HINT_VALUE };

/* What is asked, and how. */
struct tutor_rules {
	int level;             /* LEVEL_NONE: nothing, or what kinds says */
	bool kinds[N_SKILLS];  /* at LEVEL_NONE and LEVEL_KIND: these skills */
	size_t attempts;       /* then the value and the reason are told */
	size_t until;          /* right in a row that end the practice of a kind */
	bool has_hints, skips; /* skips: moving on past a question is allowed, and noted */
	bool asks_rule;        /* which one it was */
	bool tells_later;      /* verdicts are kept back until the end */
	bool hides;            /* a question rests on numbers that are not shown */
	/* Other parameters of a layer are asked too, while somebody has not the skill. */
	bool adapts;
	bool has_seed; /* the walk has fresh numbers, those of a seed */
	uint64_t seed;
	const struct lesson_train *lesson_at; /* parameters that are asked; NULL, or none: one
					       * weight of each layer */
};

/* "Which rule was it?", by number; right is the place of the right one. */
enum { N_RULES = 3 };
struct rule_question {
	bool is_open;
	enum skill options[N_RULES];
	size_t right;
	uint64_t at;  /* where the walk is; who moves on leaves it */
	size_t event; /* of the record: the right answer that it is about */
};

/* A part of the open question that is asked first; meanwhile the question itself waits here. */
struct part_question {
	bool is_wanted, is_open, was_asked;
	uint64_t index; /* of the step that computes it; 0: it is a piece of the formula */
	size_t tries;
	enum hint_rung hint;
	struct question whole;
	struct slips slips;
	struct rights rights;
};

enum { MOST_AGAIN = 8 };

/* Owns: the assessments, what was asked, the learner's record; the session is the caller's. */
struct tutor {
	struct session *session;
	const struct lesson *lesson; /* that the rest is about */
	struct tutor_rules rules;
	bool is_asking; /* anything, by these rules */
	/* The open question; NULL: none is. */
	struct assessment *open;
	uint64_t number;       /* of its step, through all updates */
	struct strbuf address; /* that opens it again */
	enum skill skill;
	size_t tries;
	struct missed missed; /* the last question that was not got */
	enum hint_rung hint;
	int64_t opened; /* when, in seconds */
	/* The last answer that was judged, or NULL: of a question that is closed, of a step that is
	 * shown, of a printed figure. */
	struct assessment *last;
	uint64_t *asked; /* [n_asked] what was asked already, as a sum over name and number */
	size_t n_asked, asked_capacity;
	struct learner learner;
	struct rule_question rule;
	struct part_question part;
	size_t n_unnamed; /* misses of which nothing could be said */
	/* Questions that were not got (the indices of their steps), asked once more with fresh
	 * numbers after the last of the update. */
	uint64_t again[MOST_AGAIN];
	size_t n_again;
	bool is_again;       /* one of them is being asked */
	uint64_t again_from; /* where the walk was */
	size_t draw;         /* of the walk's seed */
	/* Skills that one could do when this began: each is asked once in a lesson, then shown. */
	bool can[N_SKILLS], met[N_SKILLS];
	bool able[N_SKILLS]; /* the skills that one has by now */
	size_t n_lost;       /* questions in a row that were not got */
	bool was_proposed;   /* another level */
	/* The steps that an exam asks, in their order; n_sheet 0: it is none. Their numbers are
	 * told of no question. */
	const struct step *const *sheet;
	size_t n_sheet;
	/* Practice of one skill: each question has numbers of its own. */
	bool is_quiz;
	enum skill quiz_skill;
	uint64_t quiz_seed; /* of the numbers of the open question */
};

void tutor_init(struct tutor *tutor, struct session *session);
void tutor_free(struct tutor *tutor);
/* The assessment that the last answer was judged with: of the open question, where it was answered,
 * else the last one. NULL: there was none. */
const struct assessment *tutor_judged(const struct tutor *tutor);

/* What the lesson says of how it is asked; its level and kinds too. */
void tutor_lesson_rules(const struct lesson *lesson, struct tutor_rules *rules);
/* Asks these from here on; what is open is closed. */
void tutor_ask(struct tutor *tutor, const struct tutor_rules *rules);
void tutor_stop(struct tutor *tutor);
/* Goes to before one step (its index, from 1, in the current update) and asks it by the lesson's
 * rules, and nothing after it. Errors: STATUS_BAD_INPUT for a step without a number;
 * STATUS_NO_MEMORY. */
enum status tutor_ask_step(struct tutor *tutor, uint64_t index, enum address_ask how,
			   struct error *err);
/* After a command: before is the number of the step that was shown. Stops the walk before the first
 * step on the way that is to be asked, and opens it. *stopped tells whether the walk is not where
 * the command left it. Errors: STATUS_NO_MEMORY. */
enum status tutor_follow(struct tutor *tutor, uint64_t before, bool *stopped, struct error *err);
/* Gives the walk the numbers of the rules' seed, such that slips can be told apart; nothing where
 * the rules have none. Errors: as session_rebuild. */
enum status tutor_draw_walk(struct tutor *tutor, struct error *err);
/* How many questions the current update has, and which of them the open one is (from 1). */
size_t tutor_count(const struct tutor *tutor, size_t *place);

/* The level at hand: where kinds are asked it is the first; LEVEL_NONE: nothing is asked. */
int tutor_level(const struct tutor *tutor);
/* What a level asks, for lists, N_(). */
extern const char *const level_titles[N_LEVELS];
/* Another level, after a question has ended: the one above, once one has all skills of this one;
 * the one below, after two questions that were not got. Said once. Returns the level at hand where
 * there is none. */
int tutor_propose_level(struct tutor *tutor);

/* What came of an answer. */
enum outcome {
	OUTCOME_SHOWN,      /* no question was open: the step shown was judged, nothing is noted */
	OUTCOME_RIGHT,      /* the walk has taken the step */
	OUTCOME_AGAIN,      /* no attempt was spent */
	OUTCOME_WRONG,      /* there are attempts left */
	OUTCOME_GIVEN,      /* there were none left: the step is shown */
	OUTCOME_PART_RIGHT, /* a part of the question was asked; now the question is */
	OUTCOME_PART_GIVEN, /* the same, and the part's number was not found */
};
/* Judges the open question, or the step shown. Errors: STATUS_BAD_INPUT for what cannot be read, or
 * where no step is shown; STATUS_NO_MEMORY. */
enum status tutor_answer(struct tutor *tutor, const char *text, enum outcome *outcome,
			 struct error *err);
/* What was judged elsewhere (a printed figure) becomes the last verdict. Owns: a, allocated. */
void tutor_keep(struct tutor *tutor, struct assessment *a);
/* The next rung; at the last one the step is taken. Errors: STATUS_BAD_INPUT where nothing is
 * asked, or the rules have no hints. */
enum status tutor_hint(struct tutor *tutor, struct error *err);
/* Gives up: notes it, and takes the step. Errors: STATUS_BAD_INPUT where nothing is asked. */
enum status tutor_reveal(struct tutor *tutor, struct error *err);

/* Asks one skill, each time with fresh numbers; the lesson's own come back when it is opened anew,
 * or with tutor_stop and session_own_numbers. seed may be NULL. Errors: STATUS_BAD_INPUT where the
 * lesson has no such step; as session_rebuild. */
enum status tutor_quiz(struct tutor *tutor, enum skill skill, const uint64_t *seed,
		       struct error *err);
/* The next question, after one has ended; *is_done: the skill is there, and nothing is asked. */
enum status tutor_quiz_next(struct tutor *tutor, bool *is_done, struct error *err);
/* The skill of this lesson that most needs practice; first the slope. SKILL_NONE: it has none. */
enum skill tutor_weakest(const struct tutor *tutor);

/* Whether text picks one of the rules, where it is asked which it was. */
bool tutor_is_rule(const struct tutor *tutor, const char *text);
/* Takes what was picked, which tutor_is_rule, and notes it; whether it is the right one. Errors: as
 * learner_note. */
enum status tutor_take_rule(struct tutor *tutor, const char *text, bool *is_right,
			    struct error *err);
void tutor_print_rule(const struct tutor *tutor, struct strbuf *out);
/* Asks a part of the open question first; false where it has none, or it was asked already. */
bool tutor_open_part(struct tutor *tutor);
/* Back to the question itself; nothing where no part is asked. */
void tutor_close_part(struct tutor *tutor);

/* After a question has ended: where no other follows in this update, asks what was not got once
 * more, with fresh numbers; then the lesson's own are back. Errors: as session_renumber. */
enum status tutor_again(struct tutor *tutor, bool *asked, struct error *err);

/* Appends the question: which factor of what, in words; what is known. */
void tutor_print_question(const struct tutor *tutor, const struct formula_style *style,
			  struct strbuf *out);
/* Appends the open question's hint at a rung. */
void tutor_print_hint(const struct tutor *tutor, enum hint_rung rung,
		      const struct formula_style *style, struct strbuf *out);

#endif
