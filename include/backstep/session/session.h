/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.h -- the state of one sitting: lesson, model, position, settings, breakpoints, record.
 *
 * It has no verbs (command/) and draws nothing (view/): both look at it. */
#ifndef BACKSTEP_SESSION_SESSION_H
#define BACKSTEP_SESSION_SESSION_H

#include <stdbool.h>

#include "backstep/build/figures.h"
#include "backstep/session/journal.h"
#include "backstep/trace/expression.h"
#include "backstep/trace/stepper.h"

enum { SESSION_MAX_BREAKS = 32 };

struct comparison;
enum breakpoint_kind { BREAK_AT, BREAK_IF, BREAK_CHANGE, BREAK_NAN, N_BREAKPOINT_KINDS };

enum { BREAKPOINT_TEXT = EXPRESSION_TEXT + 32 };

/* Where `continue` stops (breakpoint.h). */
struct breakpoint {
	enum breakpoint_kind kind;
	char text[BREAKPOINT_TEXT];     /* as it can be typed */
	char what[EXPRESSION_TEXT + 1]; /* the place, the condition, the number that changes */
	double more;                    /* it changes by more than this */
};

/* A place that has a name. */
struct bookmark {
	char name[LABEL_TEXT];
	uint64_t number; /* of its step */
};

/* An expression that is looked at, and the number that was said of it last. */
struct watch {
	char text[EXPRESSION_TEXT + 1];
	bool was_known;
	double said;
};
enum { SESSION_MAX_BOOKMARKS = 32, SESSION_MAX_WATCHES = 8 };

struct setting_value;
struct training_watch;
struct tutor;

/* Owns: everything in it. Its parts point at one another: it must not be copied or moved. */
struct session {
	struct lesson *lesson; /* NULL: none is open */
	char *lesson_name;     /* as it was asked for: an id or a path */
	char *lesson_file;     /* its file, where it was asked for by its path; else NULL */
	char *script;          /* relative lessons are looked for beside this file; may be NULL */
	struct lesson_model built;
	struct stepper stepper;
	struct figures figures;    /* what the lecture prints, judged when the lesson was opened */
	struct rounding *rounding; /* the example done by hand (rounding.h); NULL: it is not */
	/* The last step done; has_step is false before the first one of an update. */
	struct arena *scratch;
	struct step step;
	bool has_step;
	struct setting_value *settings; /* of each row of setting_table (setting.h) */
	struct formula_style style;     /* how formulas and numbers are shown, made of them */
	struct breakpoint breaks[SESSION_MAX_BREAKS];
	size_t n_breaks;
	struct bookmark bookmarks[SESSION_MAX_BOOKMARKS];
	size_t n_bookmarks;
	struct watch watches[SESSION_MAX_WATCHES];
	size_t n_watches;
	struct strbuf record_before; /* the settings in force when the lesson was opened */
	struct journal journal;      /* the commands, also those of lessons before */
	size_t n_expected, n_failed;
	bool quit;
	struct curve validation;       /* losses of the validation rows after epochs (from 0) */
	struct comparison *comparison; /* the last one, of this lesson; NULL: none */
	size_t valley[2];              /* the parameters that its view is over, of n_params */
	bool has_valley;               /* somebody chose them; else they follow the walk */
	const struct training_watch *watch; /* looks on while training; may be NULL */
	const struct tutor *tutor;          /* asks before steps are shown; may be NULL */
	/* The lesson's numbers are not its own, but drawn from a seed. */
	bool has_fresh;
	uint64_t fresh;
	size_t fresh_attempt;
	struct stepper_save own_place; /* where the walk was with the lesson's own */
	enum chain_form own_chain;     /* and how its updates were laid out */
	size_t own_batch;
};

/* A sitting without a lesson. Errors: STATUS_NO_MEMORY. */
enum status session_new(struct session **session, struct error *err);
void session_free(struct session *session);

/* From now on the path of a lesson is looked for beside this script first. Errors:
 * STATUS_NO_MEMORY. */
enum status session_follow_script(struct session *session, const char *file, struct error *err);

/* Opens a lesson by id or path; the one before is closed only when this one is good. Every error
 * is appended to errors. Errors: STATUS_BAD_INPUT, STATUS_IO; STATUS_NO_MEMORY, and where memory
 * ends after that no lesson is open. */
enum status session_open(struct session *session, const char *name, struct error_list *errors);

/* Builds the model of the lesson anew, after something of the lesson was changed, and goes to the
 * start; the settings stay. Errors: as session_open, with the model as it was; where memory ends on
 * the way the lesson is closed. */
enum status session_rebuild(struct session *session, struct error *err);

/* Makes step and has_step anew, after the position or a setting has changed.
 * Errors: STATUS_NO_MEMORY. */
enum status session_refresh(struct session *session, struct error *err);

/* Where the current step is; NULL before the first one of an update. */
const struct place *session_here(const struct session *session);
/* The row of the data (from 1) that values are shown of: the step's own; 0 where the step is
 * about a batch of several, or nothing is open. */
size_t session_row(const struct session *session);
/* The column of the batch that values are shown of (that of session_row, else the first). */
size_t session_column(const struct session *session);

/* The lesson's note for the current step in the current language, or NULL. A name's note goes
 * before its phase's; a parameter's is about its chain, not about its update. */
const char *session_note(const struct session *session);
/* The lesson's note for the current step's phase, or NULL; at a commit and a stage's step none. */
const char *session_phase_note(const struct session *session);

#endif
