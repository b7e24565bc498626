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

/* A key and what it does, for the last line. */
struct view_hint {
	const char *key, *text; /* text N_() */
};

struct answers;

/* What is on the screen beside the session: what the person is looking at. */
struct view_state {
	const struct view_hint *hints;
	size_t n_hints;
	const char *mode;     /* what is looked at, where it is no walk; NULL: it is one */
	const char *last_key; /* and the command that it typed; NULL: none */
	const char *message;  /* the outcome of the last command, one line; NULL or "": none */
	bool is_error;
	const char *task; /* what the lesson asks to do; NULL or "": nothing */
	const char *said; /* what was said of the last answer to a question; NULL: nothing */
	const struct picture *picture; /* what somebody chose to look at; NULL: the network */
	bool is_unfinished;            /* drawn again, the picture would be finer */
	struct answers *answers;       /* what pictures have computed so far; view_state_free */
	bool is_zoomed;                /* it has the screen for itself */
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

/* Frees what pictures have computed. */
void view_state_free(struct view_state *state);

#endif
