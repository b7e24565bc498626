/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_private.h -- what the full screen is made of: its state, and the commands that are its own.
 */
#ifndef BACKSTEP_TUI_PRIVATE_H
#define BACKSTEP_TUI_PRIVATE_H

#include "backstep/command/command.h"
#include "backstep/command/progress.h"
#include "tui_keys.h"

enum { TUI_MAX_HINTS = 12 };

/* Owns: everything but the session. */
struct tui {
	struct command_context context;
	struct view_state state;
	struct view_hint hints[TUI_MAX_HINTS];
	bool ascii;
	struct strbuf message, page, said, task;
	struct lesson_list lessons;
	enum lesson_mark *marks;  /* of the lessons */
	bool was_stopped;         /* by a Ctrl-C that is still to come as a key */
	struct progress progress; /* of a training on its way */
	struct progress work;     /* of any work */
	int columns;              /* of the screen drawn last */
	size_t count;             /* typed before a key; 0: none */
	struct strbuf wanted;     /* what is searched for */
	struct strbuf prefill;    /* of the prompt */
	struct strbuf kept_view;  /* what the file says of the view */
	struct strbuf pasted;     /* lines that the page asks about; empty: none */
	struct strbuf last_key;   /* and the command that it typed */
	struct strbuf asked;      /* the command whose page leads on from its lines; empty: none */
	struct strbuf trail;      /* those of the pages that led to it, a line each */
	size_t link;              /* of context.links, the one that is chosen */
};

enum tui_mode tui_mode(const struct tui *tui);

/* Runs a line of the language, as keys and the prompt type it, and shows what it answers. */
void tui_run_line(struct tui *tui, const char *line);

/* The two halves of it: runs the line; turns what was said into the message line, or into a page
 * where it is longer. */
void tui_exec_line(struct tui *tui, const char *line);
void tui_take_answer(struct tui *tui);

/* The link that is chosen is marked on the page; where the answer has none, nothing is. */
void tui_mark_link(struct tui *tui);

/* A text was pasted (terminal.h). */
void tui_paste(struct tui *tui, const char *text, bool is_at_prompt);

/* Says something on the message line. Frees line. */
void tui_say(struct tui *tui, struct strbuf *line);

/* The page of text that lies over the screen. */
void tui_open_page(struct tui *tui);
void tui_close_page(struct tui *tui);
/* Shows the lessons to choose from. */
enum status tui_choose_lesson(void *tui, struct error *err);

/* Shows the view that the lesson likes; where it names none, what is there stays. */
void tui_take_lesson_view(struct tui *tui);
/* Shows a picture, or does with the one that is shown what size says. */
enum status tui_show_view(void *tui, const struct picture *picture, enum view_size size,
			  struct error *err);

/* Takes up the view of the last time; keeps the one of now for the next time. */
void tui_recall_view(struct tui *tui);
void tui_keep_view(struct tui *tui);

extern const struct command command_pasted, command_find_text;
struct tui *tui_of_context(const struct command_context *context);
/* The rows to choose from, while one is being chosen, and how many there are; else NULL. */
const struct picture_list *tui_list_at_hand(const struct tui *tui);
size_t tui_count_rows(struct tui *tui, const struct picture_list *list);
/* The commands that only the screen has, by their exact names; NULL at the end. */
extern const struct command *const tui_commands[];
/* Whether a line is one of them. */
bool tui_command_is_own(const char *line);

#endif
