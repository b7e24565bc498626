/* SPDX-License-Identifier: GPL-3.0-or-later */
/* setting.h -- what `set NAME VALUE` changes, as rows; the optimizer's own numbers (rate) are
 * settings as well, and the stages around it (l2, schedule).
 *
 * A row says what may be set. Its value lives in the session's store, where setting_value() reads
 * it; only what belongs to something else (the optimizer in force) is asked of that, by get and
 * set. To add one: a row in setting_rows.c, and the Spanish of its words in base/word.c. */
#ifndef BACKSTEP_SESSION_SETTING_H
#define BACKSTEP_SESSION_SETTING_H

#include "backstep/base/notation.h"
#include "backstep/session/session.h"

enum { SETTING_NAME = STAGE_NAME };
#define SETTING_NONE SIZE_MAX /* of a count that is left to the lesson */

enum setting_kind {
	SETTING_CHOICE, /* one of words; its value is the word's number */
	SETTING_COUNT,  /* a whole number from least to most */
	SETTING_OTHER,  /* lives elsewhere; a text that set reads */
};

/* What is left out does not apply. */
struct setting {
	const char *name, *summary; /* summary N_() */
	enum setting_kind kind;
	bool needs_lesson;
	bool is_rare;             /* listed only once it was set */
	bool is_look;             /* how numbers are shown: none becomes another */
	const char *const *words; /* NULL at the end */
	size_t least, most;
	const char *none; /* the word for SETTING_NONE, where a count may have that */
	size_t initial;

	/* Puts a value in force, before the store has it. Errors: with everything as it was. */
	enum status (*apply)(struct session *session, size_t value, struct error *err);
	/* Appends what goes without saying, to be shown after the value. */
	void (*remark)(const struct session *session, struct strbuf *out);

	/* Of SETTING_OTHER; choice where the words are those of a registry. */
	const char *(*choice)(const struct session *session, size_t i);
	void (*get)(const struct session *session, struct strbuf *out);
	enum status (*set)(struct session *session, const char *value, struct error *err);
};

/* Every row, then one whose name is NULL. */
extern const struct setting setting_table[];

/* How curves are drawn (the setting plot). */
enum plot_glyphs { PLOT_BLOCKS, PLOT_BRAILLE };
/* How much the full screen shows (the setting layout). */
enum layout { LAYOUT_FULL, LAYOUT_PROJECTOR };

/* A row's value in a session, and whether somebody has set it, here or on the command line. */
struct setting_value {
	size_t value;
	size_t own; /* before anybody sets it: the row's, or what the lesson suggests */
	bool is_set;
};

/* The value of a row that is no SETTING_OTHER: a word's number, a count or SETTING_NONE. */
size_t setting_value(const struct session *session, const char *name);
/* Another value than the row's at the start, before anybody has set it. */
void setting_begin_with(struct session *session, const char *name, size_t value);
/* Setting number i of those that exist now: the table's, then the optimizer's numbers, then the
 * stages'. Returns false at the end. */
bool setting_name(const struct session *session, size_t i, char name[SETTING_NAME]);
const struct setting *setting_find(const char *name);
/* Word i of those that a setting may be set to; NULL at the end, and where it takes numbers. */
const char *setting_choice(const struct session *session, const char *name, size_t i);
/* Whether a list of the settings has it: those of stages that are off, and rare ones that nobody
 * has set, are left out. */
bool setting_is_shown(const struct session *session, const char *name);
/* One line, N_(), or NULL. */
const char *setting_summary(const char *name);

/* Appends the value as a person reads it, with what is to be said of it. Errors: STATUS_BAD_INPUT,
 * no such setting. */
enum status setting_get(const struct session *session, const char *name, struct strbuf *out,
			struct error *err);
/* Sets and refreshes the current step. Errors: STATUS_BAD_INPUT, with everything left as it was. */
enum status setting_set(struct session *session, const char *name, const char *value,
			struct error *err);

#endif
