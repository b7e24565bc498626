/* SPDX-License-Identifier: GPL-3.0-or-later */
/* learner.h -- what somebody has answered, and what they can do by it: two right in a row, without
 * a hint that gives the numbers, with fresh numbers. */
#ifndef BACKSTEP_TEACH_LEARNER_H
#define BACKSTEP_TEACH_LEARNER_H

#include "backstep/teach/skill.h"
#include "backstep/teach/verdict.h"

enum { DIGEST_TEXT = 65 }; /* a SHA-256 in hexadecimal */

enum skill_state { STATE_UNSEEN, STATE_TRYING, STATE_ONCE, STATE_CAN };
/* How a state is drawn: . - + # (. is a middle dot where there are other glyphs). */
char skill_state_mark(enum skill_state state);

/* What happened at a question. */
enum event_kind {
	EVENT_ANSWER,
	EVENT_HINT,
	EVENT_REVEAL,
	EVENT_SKIP,
	EVENT_RULE,    /* which rule an answer was by; typed is the skill that was picked */
	EVENT_HAND_IN, /* of an exam; it is about no skill */
	N_EVENT_KINDS,
};
extern const char *const event_kind_names[N_EVENT_KINDS];

/* Owns: its texts. */
struct event {
	enum event_kind kind;
	int64_t time;     /* seconds since 1970 */
	char *lesson;     /* id */
	char version[17]; /* how the digest of the lesson's file begins; "": unknown */
	char *place;      /* what the question is of, never its number */
	char *typed;      /* as it stands; NULL where nothing was typed */
	char *at;         /* the address that opens exactly this question */
	enum skill skill;
	bool has_seed;
	uint64_t seed;             /* of the numbers */
	size_t attempt;            /* which draw of it they are */
	enum verdict_kind verdict; /* N_VERDICT_KINDS: it is kept back until the hand-in */
	bool is_part;   /* of the question that the address is about, or of one above it */
	bool is_edited; /* its line is not as the program wrote it */
	char slip[32];  /* the class that was named, or "" */
	size_t tries, hints;
	size_t seconds; /* since the question was opened, or answered last */
};

/* Whether it is an answer that was right; and whether a skill is told by it, which it is not by a
 * part of a question or by the name of a rule. */
bool event_is_right(const struct event *event);
bool event_counts(const struct event *event);

/* Owns: all of it. */
struct learner {
	char *code; /* who; NULL: nobody said */
	struct event *events;
	size_t n_events, capacity;
	/* Called with each event as it is noted; may be NULL. */
	enum status (*keep)(void *ctx, const struct event *event, struct error *err);
	void *ctx;
	int64_t (*now)(void); /* the clock; NULL: the system's */
};

void learner_free(struct learner *learner);
/* Notes an event; its texts are copied. Errors: STATUS_NO_MEMORY, and as keep. */
enum status learner_note(struct learner *learner, const struct event *event, struct error *err);
/* Drops all events; takes over those of another, which has none then. */
void learner_forget(struct learner *learner);
void learner_take(struct learner *learner, struct learner *from);

/* What the events say of a skill. */
struct skill_report {
	enum skill_state state;
	size_t n_row; /* right in a row, each with fresh numbers and without such a hint */
	size_t n_right, n_tried, n_revealed;
	/* The last five answers, oldest first: + right, x not, ? more digits. */
	char strip[8];
};
void learner_skill(const struct learner *learner, enum skill skill, struct skill_report *report);
/* How often the slip called name was named. */
size_t learner_slips(const struct learner *learner, const char *name);

#endif
