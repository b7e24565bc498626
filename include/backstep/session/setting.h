/* SPDX-License-Identifier: GPL-3.0-or-later */
/* setting.h -- what `set NAME VALUE` changes, as a table; the optimizer's own numbers (rate) are
 * settings as well, and the stages around it (l2, schedule).
 *
 * To add one: a row in setting.c. */
#ifndef BACKSTEP_SESSION_SETTING_H
#define BACKSTEP_SESSION_SETTING_H

#include "backstep/session/session.h"

enum { SETTING_NAME = STAGE_NAME };

struct setting {
	const char *name, *summary; /* N_() */
	bool needs_lesson;
	/* The words that may be set, NULL at the end; or NULL: any text that set accepts. */
	const char *(*choice)(const struct session *session, size_t i);
	void (*get)(const struct session *session, struct strbuf *out);
	enum status (*set)(struct session *session, const char *value, struct error *err);
};

/* Every setting, then a row whose name is NULL. */
extern const struct setting setting_table[];

/* Setting number i of those that exist now: the table's, then the optimizer's numbers, then the
 * stages'. Returns false at the end. */
bool setting_name(const struct session *session, size_t i, char name[SETTING_NAME]);
const struct setting *setting_find(const char *name);
/* Word i of those that a setting may be set to; NULL at the end, and where it takes numbers. */
const char *setting_choice(const struct session *session, const char *name, size_t i);
/* Whether a list of the settings has it: those of stages that are off are left out. */
bool setting_is_shown(const struct session *session, const char *name);
/* One line, N_(), or NULL. */
const char *setting_summary(const char *name);

/* Appends the value. Errors: STATUS_BAD_INPUT, no such setting. */
enum status setting_get(const struct session *session, const char *name, struct strbuf *out,
			struct error *err);
/* Sets and refreshes the current step. Errors: STATUS_BAD_INPUT, with everything left as it was. */
enum status setting_set(struct session *session, const char *name, const char *value,
			struct error *err);

#endif
