/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pane.h -- what the panes share: the drawing at hand, styles, signs, text and numbers that fit.
 * Private to view/.
 *
 * To add a pane: a file view_NAME.c with its row, and a line in view_list.h. */
#ifndef BACKSTEP_VIEW_PANE_H
#define BACKSTEP_VIEW_PANE_H

#include "backstep/base/i18n.h"
#include "backstep/trace/value.h"
#include "backstep/view/picture.h"
#include "backstep/view/view.h"

/* One drawing of the screen. */
struct drawing {
	const struct session *session;
	struct session *lent; /* the same, for who computes with its network */
	struct view_state *state;
	struct grid *grid;
	const struct view *const *panes;
	struct arena *arena; /* for this drawing only */
	struct formula_style symbols, numbers;
	bool ascii;           /* drawings and formulas; grid->ascii is about every text */
	bool has_lesson_text; /* a pane of its own shows it */
	bool has_message;     /* a pane that the message is shown in */
	bool has_chain;       /* the pane that the step is shown in */
	bool is_wide;         /* left and right panes stand side by side */
	int rows;             /* of the pane being drawn, for its head */
};

/* Where a pane stands: panes of one place are stacked in the table's order. On a narrow screen
 * the left and the right ones make one stack. */
enum view_place { VIEW_TOP, VIEW_LEFT, VIEW_RIGHT, VIEW_BOTTOM, N_VIEW_PLACES };

/* What a pane is a part of: a walk, a text to read, the choice of a lesson. */
enum view_screen { SCREEN_WALK = 1, SCREEN_PAGER = 2, SCREEN_CHOICE = 4 };

/* One pane. Heights are rows of the pane without the rule above it. */
struct view {
	unsigned screens; /* of enum view_screen */
	enum view_place place;
	int priority;   /* its own; when there is no room, the highest number is left out first */
	bool alone;     /* also beside a view that has the screen for itself */
	bool projected; /* also where only what is seen from afar is shown */
	int growth;     /* rows that it takes of those to spare, before others take one; 0: it is
			 * one of these */
	bool spare;     /* only shown when all others have all they want */
	/* What the pane wants at least and at most, the same at every step of a lesson so that
	 * nothing jumps; 0 and 0: nothing to show. */
	void (*want)(struct drawing *d, int columns, int *least, int *most);
	/* Draws on the rule above the pane; NULL: there is none. */
	void (*head)(struct drawing *d);
	/* Draws into the grid's clip rectangle. */
	void (*draw)(struct drawing *d);
};

#define VIEW(name) extern const struct view view_##name;
#include "view_list.h"
#undef VIEW

/* Every pane, from top to bottom, then NULL. */
extern const struct view *const view_registry[];

/* As view_draw, with these panes and no others; they end with NULL. */
void view_draw_panes(struct session *session, struct view_state *state, struct grid *grid,
		     const struct view *const *panes);

/* Signs that a drawing is made of. */
enum sign {
	SIGN_BLANK,   /* a number that has not been computed yet */
	SIGN_ASKED,   /* one that somebody is being asked */
	SIGN_STALE,   /* before one that belongs to the parameters before */
	SIGN_CURRENT, /* before the current row */
	SIGN_PHASE,   /* before the current phase */
	SIGN_POINTER, /* below the current factor */
	SIGN_ARROW,   /* the end of an edge */
	SIGN_SUM,     /* where terms are added up */
	SIGN_HERE,    /* the point of a curve that the walk is at */
	SIGN_JOINT,   /* lines that meet, where they would seem to cross */
	SIGN_RULE,
	SIGN_BAR,     /* between the left and the right panes */
	SIGN_BAR_TOP, /* where it begins and ends */
	SIGN_BAR_END,
	SIGN_BAR_LEFT, /* where a rule meets it from the left, the right, both */
	SIGN_BAR_RIGHT,
	SIGN_BAR_BOTH,
	SIGN_MORE, /* rows left out */
	SIGN_CUT,  /* the rest of a line left out */
	SIGN_DOT,  /* between two remarks */
	SIGN_THEN, /* between two phases */
	SIGN_BECOMES,
	SIGN_TO, /* in a range */
	SIGN_DONE,
	SIGN_FALLS, /* after what rows are sorted by, the largest first */
	SIGN_OFF,   /* the end of an edge into a unit that was dropped */
	SIGN_SLOPE, /* before the gradient of what stands above */
	N_SIGNS,
};
const char *sign_text(const struct drawing *d, enum sign sign);

extern const struct style style_plain, style_muted, style_bold, style_lit, style_current,
    style_weight, style_input, style_bad;

/* Whether a question is open: then it has the place of the note and of the parameters. */
bool pane_is_asked(const struct drawing *d);
/* Whether panes must do with little: on low screens, and where matrices are asked for too. */
bool pane_is_crowded(const struct drawing *d);
/* How the outcome of the last command looks. */
struct style pane_message_style(const struct drawing *d);
/* The step's number, after its name where that fits in width columns, where no pane shows the step;
 * "": one does, or there is none. */
const char *pane_result(struct drawing *d, int width);
/* Rows that the outcome of the last command takes in so many columns; 0: there is none. */
int pane_message_rows(struct drawing *d, int columns);
/* Writes it at the bottom of where, and takes its rows away from there. */
void pane_message(struct drawing *d, struct rect *where);

/* Texts live in the drawing's arena and are never NULL: on lack of memory they are "". */
const char *pane_printf(struct drawing *d, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The text as the grid will show it, so that its columns can be counted. */
const char *pane_text(struct drawing *d, const char *s);
/* The start of s that fits in width columns, with a mark where it was cut. */
const char *pane_clip(struct drawing *d, const char *s, int width);
int pane_columns(const char *s);

const char *formula_text(struct drawing *d, const struct formula *f,
			 const struct formula_style *style);
/* Symbols of an element of a node, without its row, and of a parameter. */
const char *element_text(struct drawing *d, const struct node *node, size_t e);
const char *param_text(struct drawing *d, size_t param);
const char *number_text(struct drawing *d, double value);
/* Where it does not fit in width columns, its first digits and a mark. */
const char *number_fit(struct drawing *d, double value, int width);
/* A number of the walk: the blank sign where it is not known yet, a sign before one that belongs to
 * parameters that are not in force any more. */
const char *value_text(struct drawing *d, const struct value *value, int width);
/* How it looks, where style is how it would look otherwise: dim where it is stale, underlined where
 * it has been computed since the stop before. */
struct style value_style(const struct drawing *d, const struct value *value, struct style style);
/* The same of a parameter in force, which only a commit replaces. */
struct style param_style(const struct drawing *d, struct style style);

/* The same of a unit, kept in arena, for who has no drawing; never NULL. */
const char *unit_name(const struct session *session, struct arena *arena, const struct node *node,
		      size_t e);

/* Draws text in width columns from column on, at its left or its right end. Returns the column
 * after it, or where it begins. */
int pane_draw(struct drawing *d, int row, int column, int width, struct style style, const char *s);
int pane_draw_right(struct drawing *d, int row, int end, int width, struct style style,
		    const char *s);
/* Draws text in at most rows rows, broken at spaces; a mark shows where it was cut. Returns the
 * rows used; rows 0 draws nothing and returns the rows that the whole text needs. */
int pane_wrap(struct drawing *d, struct rect where, struct style style, const char *s);

/* A rule with text on it: title at the left, remark at the right; either may be NULL. */
void pane_rule(struct drawing *d, const char *title, const char *remark);

#endif
