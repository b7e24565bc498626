/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h -- what a person can choose to look at, by name: pictures, and panes that are always
 * there. Each has a text form too, for lines and scripts.
 *
 * To add a picture: src/view/pictures/picture_NAME.c with its row, and a line in picture_list.h. */
#ifndef BACKSTEP_VIEW_PICTURE_H
#define BACKSTEP_VIEW_PICTURE_H

#include "backstep/session/session.h"

struct drawing;
struct view;
struct view_state;

/* The rows of a picture, of which one can be chosen. state: what the person looks at. */
struct picture_list {
	size_t (*count)(const struct session *session, struct view_state *state);
	/* The row that the walk is at; SIZE_MAX: none. NULL: the rows are no places. */
	size_t (*here)(const struct session *session);
	/* Appends what stands above them; NULL: nothing does. */
	void (*head)(const struct session *session, struct strbuf *out);
	/* Appends row i, one line. */
	void (*print)(const struct session *session, struct view_state *state, size_t i,
		      struct strbuf *out);
	/* Appends the command that is typed where it is opened; nothing: there is none. */
	void (*command)(const struct session *session, struct view_state *state, size_t i,
			struct strbuf *out);
};

/* A row. What is left out does not apply. */
struct picture {
	const char *name, *spanish; /* as commands take them, in any language */
	const char *summary;        /* N_() */
	/* A pane that is there without it: to be seen alone. Then there is no draw, and its text is
	 * what `show` says by the name in shown. */
	const struct view *pane;
	const char *shown;
	int rows; /* that are enough for it on a narrow screen, beside the network; 0: it takes the
		   * network's place there */
	const struct picture_list *list;
	/* Why there is nothing to see in this lesson, at this step, N_(); NULL: there is. */
	const char *(*missing)(const struct session *session);
	/* Appends the title: what is drawn, of which numbers. NULL: the summary. */
	void (*title)(const struct session *session, struct strbuf *out);
	/* Draws into the grid's clip rectangle. */
	void (*draw)(struct drawing *d);
	/* Says of what it is drawn, as `view NAME args` asks; NULL: of nothing else.
	 * Errors: STATUS_BAD_INPUT. */
	enum status (*choose)(struct session *session, const char *args, struct error *err);
	/* Appends the text form; the walk does not notice. */
	void (*print)(struct session *session, struct strbuf *out);
};

#define PICTURE(name) extern const struct picture picture_##name;
#include "backstep/view/picture_list.h"
#undef PICTURE

/* Every picture in the order of the keys; NULL at the end. */
extern const struct picture *const picture_registry[];

/* The one that a name means, or the start of one; NULL: none. */
const struct picture *picture_find(const char *name);
/* What it is called in the language in force. */
const char *picture_name(const struct picture *picture);
/* Whether the lesson closes it while a question is open. */
bool picture_is_closed(const struct picture *picture, const struct session *session);
/* Why there is nothing to see, N_(), or NULL. */
const char *picture_missing(const struct picture *picture, const struct session *session);
/* Appends the text form of a picture that draws: its title, and what it shows; or why there is
 * nothing to see. */
void picture_print(const struct picture *picture, struct session *session, struct strbuf *out);

#endif
