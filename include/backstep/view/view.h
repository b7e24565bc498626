/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.h -- draws a session into a grid: what the full screen shows.
 *
 * The screen is made of panes, each a constant row that says how to draw it and how much room it
 * wants; src/view/pane.h says how to add one. */
#ifndef BACKSTEP_VIEW_VIEW_H
#define BACKSTEP_VIEW_VIEW_H

#include "backstep/teach/course.h"
#include "backstep/session/session.h"
#include "backstep/view/grid.h"
#include "backstep/view/picture.h"

/* When a key stands on the last line. */
enum hint_when {
	HINT_NEVER,
	HINT_WHERE_ROOM,
	HINT_ALWAYS, /* others leave it the room */
	HINT_IF_CUT, /* where a text on the screen was cut; without words */
};

/* A key and what it does, for the last line. */
struct view_hint {
	const char *key, *text; /* text N_() */
	enum hint_when when;
};

struct answers;
struct points;
struct table_order;

/* What is on the screen beside the session: what the person is looking at. */
struct view_state {
	const struct view_hint *hints;
	size_t n_hints;
	const char *mode;     /* what is looked at, where it is no walk; NULL: it is one */
	const char *last_key; /* and the command that it typed; NULL: none */
	const char *message;  /* the outcome of the last command; NULL or "": none */
	int message_rows, message_columns; /* that it may have, as the last drawing left room */
	bool is_error;
	const char *task; /* what the lesson asks to do; NULL or "": nothing */
	const char *said; /* what was said of the last answer to a question; NULL: nothing */
	const struct picture *picture; /* what somebody chose to look at; NULL: the network */
	bool is_unfinished;            /* drawn again, the picture would be finer */
	struct answers *answers;       /* what pictures have computed so far; view_state_free */
	bool is_zoomed;                /* it has the screen for itself */
	bool is_choosing;              /* a row of what rows_picture says */
	size_t row;                    /* the one that is chosen; drawing brings it into range */
	bool is_pointing;              /* at one of the numbers on the screen */
	size_t point;                  /* which, as they are read; SIZE_MAX: that of the step */
	struct points *points;         /* that the last drawing found; view_state_free */
	int row_columns;               /* that its rows were drawn in last; 0: not yet */
	struct table_order *order;     /* of the table of parameters; NULL: the walk's */
	uint64_t stop, stop_before; /* the step drawn last, from 1, and the other one before it */
	struct strbuf cut; /* texts that were too long for their places, whole, a line each */
	const char *pager; /* text shown instead of the panes (help, show); NULL: none */
	size_t pager_line; /* its first visible line; drawing brings it into range */
	size_t pager_link; /* the line (from 1) that one goes on from, made of text; 0: none */
	const struct lesson_item *lessons; /* to choose from; NULL: the lesson that is open */
	const enum lesson_mark *marks;     /* [n_lessons] what is done of them; NULL: not known */
	size_t n_lessons, chosen;
};

/* Draws everything for the grid's size. Pictures may borrow the network to compute with, a slice of
 * their work each time; the walk does not notice. Lack of memory leaves the screen incomplete. */
void view_draw(struct session *session, struct view_state *state, struct grid *grid);

/* Whether a message can be read whole where the last drawing would have put it. */
bool view_fits_message(const struct view_state *state, const char *message);

/* The picture of which a row can be chosen where that is shown, or NULL. */
const struct picture *rows_picture(const struct view_state *state);

/* The name of the number that is pointed at, or NULL. */
const char *view_pointed(const struct view_state *state);
/* Points at the one n farther on (back: below 0), as they are read; at the nearest one below or
 * above. */
void view_point(struct view_state *state, long n);
void view_point_row(struct view_state *state, bool down);

/* Sorts the table of parameters by its next column; after the last one it is as it was, and false
 * is returned. */
bool view_sort_table(const struct session *session, struct view_state *state);
/* Keeps the table to the parameters whose names have a text in them; "": all. Returns how many. */
size_t view_filter_table(const struct session *session, struct view_state *state,
			 const char *wanted);

/* Frees what pictures have computed. */
void view_state_free(struct view_state *state);

#endif
