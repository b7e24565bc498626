/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_private.h -- the rows of commands, and what their families share. */
#ifndef BACKSTEP_COMMAND_PRIVATE_H
#define BACKSTEP_COMMAND_PRIVATE_H

#include <string.h>

#include "backstep/command/command.h"
#include "backstep/session/address.h"
#include "backstep/trace/value.h"
#include "command_list.h"

enum {
	COMMAND_MAX_UPDATES = 1000000, /* in one command */
	COMMAND_COLUMNS = 79,          /* lessons' texts are wrapped there */
};

/* What a row's run and complete are; both are called with a lesson open where the row needs one. */
#define COMMAND(name)                                                                    \
	static enum status run_##name(struct command_context *context, const char *args, \
				      struct error *err)
#define COMPLETE(name)                                                                       \
	static void complete_##name(const struct command_context *context, const char *args, \
				    struct words *words)

#define DECLARE(name) extern const struct command command_##name;
COMMAND_LIST(DECLARE)
#undef DECLARE

/* What `show` can show: each appends to context->out. */
struct show {
	const char *name, *summary; /* summary N_() */
	const char *also;           /* another name, or NULL */
	bool needs_lesson;
	bool reveals; /* as of a command */
	bool whole;   /* only by its whole name: starts of it mean others */
	/* What cannot be shown is appended to the errors. */
	void (*print)(struct command_context *context);
};
#define DECLARE(name) extern const struct show show_##name;
SHOW_LIST(DECLARE)
#undef DECLARE
/* NULL at the end. */
extern const struct show *const show_registry[];

/* Appends what a row of `show` says. Errors: STATUS_BAD_INPUT while it would tell what is asked. */
enum status command_print_show(struct command_context *context, const struct show *row,
			       struct error *err);

/* show NAME: a number of the walk, with the step that computes it. Errors: as ref_parse. */
enum status command_show_number(struct command_context *context, const char *name,
				struct error *err);

/* The command that name means. Errors: STATUS_BAD_INPUT. */
enum status command_find(const char *name, const struct command **command, struct error *err);

/* Appends the current step (or where the walk is) to context->out, with the lesson's notes that
 * were not reported in this update yet. */
void command_report(struct command_context *context);
/* Shows where a move ended that returned status, also where it was stopped. Errors: status; as
 * session_refresh. */
enum status command_report_move(struct command_context *context, enum status status,
				struct error *err);
/* Reads the optional count of args; without it it is 1. Errors: STATUS_BAD_INPUT. */
enum status command_read_count(const char *args, size_t *n, struct error *err);
/* Whether text is a step's number. */
bool command_is_step_number(const char *text);
/* The number of the step (through all updates) at a place as goto takes it. The position stays.
 * Errors: STATUS_BAD_INPUT, there is none, or it has other numbers; as stepper_go. */
enum status command_find_place(struct command_context *context, const char *text, uint64_t *number,
			       struct error *err);
/* Errors: STATUS_BAD_INPUT, the address is about another lesson. */
enum status command_check_lesson(const struct session *session, const struct address *address,
				 struct error *err);
/* The step of the current update that name names; 0 where it names none. */
uint64_t command_find_step(const struct session *session, const char *name);
/* Adds the phases, the parameters and the bookmarks, where args is empty. */
void command_complete_place(const struct command_context *context, const char *args,
			    struct words *words);
/* The bookmark of this name, or NULL. */
const struct bookmark *command_find_bookmark(const struct session *session, const char *name);
/* set NAME = NUMBER. Errors: STATUS_BAD_INPUT; STATUS_NO_MEMORY. */
enum status command_set_number(struct command_context *context, const char *args,
			       struct error *err);
/* After a command: a line for each expression that is watched and has another number now. */
void command_report_watches(struct command_context *context);
/* Adds the names of numbers, where args is empty. */
void command_complete_number(const struct command_context *context, const char *args,
			     struct words *words);
/* back break. Errors: STATUS_BAD_INPUT where there is none before. */
enum status command_back_to_break(struct command_context *context, struct error *err);
/* goto ADDRESS. Errors: STATUS_BAD_INPUT; as address_enter. */
enum status command_goto_address(struct command_context *context, const char *text,
				 struct error *err);
/* Frees what bind has kept. */
void command_forget_bindings(struct command_context *context);
/* Lets every note be reported again, after a jump. */
void command_forget_notes(struct command_context *context);

/* Appends width cells, of which share (0 to 1) are filled; what is not is drawn where has_rest says
 * so. Anything above 0 shows. */
void progress_bar(double share, size_t width, bool has_rest, const struct formula_style *style,
		  struct strbuf *out);

/* "·" where a number has not been computed yet. */
const char *command_blank(const struct session *session);
/* The line that out is at leads on by a command, unless that is "". */
void command_add_link(struct command_context *context, const char *command);
/* Pads what was added since start to width columns. */
void command_pad_from(struct strbuf *out, size_t start, size_t width);

/* Appends a number of the walk: the blank mark where it is not known yet, ~ before one that belongs
 * to parameters that are not in force any more. */
void command_add_value(struct command_context *context, const struct ref *ref);
/* Appends how many more there are than were shown, if any. */
void command_add_more(struct command_context *context, size_t shown, size_t n);
/* Lines of numbers begin with their name in a column so wide, or as wide as the longest needs. */
enum { COMMAND_NAME_COLUMN = 12 };
static inline size_t command_name_column(const char *name, size_t width)
{
	size_t needed = strlen(name) + 3; /* two blanks before it and one after */
	return needed > width ? needed : width;
}
void command_begin_line(struct command_context *context, const char *name, size_t width);

/* Whether a question is open; then what tells later numbers has to wait. Errors: STATUS_BAD_INPUT.
 */
bool command_is_asked(const struct command_context *context);
enum status command_refuse_open(const struct command_context *context, struct error *err);
/* Who asks and judges; made when it is first needed. NULL on lack of memory. */
struct tutor *command_tutor(struct command_context *context, struct error *err);
/* Appends the open question, where steps are reported; where none is open, the step. */
void command_ask(struct command_context *context);
void command_ask_or_report(struct command_context *context);
/* Goes from practice back to the lesson's own numbers and says so; nothing where they are in force.
 * Errors: as session_own_numbers. */
enum status command_leave_practice(struct command_context *context, struct error *err);
/* After a command that may have moved: stops before a step that is to be asked. What was answered
 * from byte answered on is then taken back. Errors: STATUS_NO_MEMORY. */
enum status command_follow(struct command_context *context, uint64_t before, size_t answered,
			   struct error *err);
/* Adds to what failed the address of step index (from 1) of the current update; 0: nothing. */
void command_fail_at(const struct session *session, uint64_t index, struct error *err);
/* expect verdict = wanted. Errors: STATUS_FAILED. */
enum status command_expect_verdict(struct command_context *context, const char *wanted,
				   struct error *err);
/* Appends what the printed number means, where it differs, and the verdict line. */
void command_explain_figure(struct command_context *context, const struct figure *figure);
/* progress forget. */
enum status command_forget_progress(struct command_context *context, struct error *err);

/* After a command that did what it should: the lesson's task is done by it, or it is not. What is
 * to do next is appended where steps are reported. */
void command_follow_task(struct command_context *context, const struct command *command,
			 const char *args);

/* Opens the lesson anew, out of its file as it is now, and does again what was done with it.
 * Errors: as the commands, appended to the context's; then nothing has changed. */
enum status command_do_again(struct command_context *context, struct error *err);
/* Notes in the journal where the walk is, unless its last entry led there. */
void command_note_place(struct session *session);
/* After a lesson was opened: says where an earlier sitting with it was, and how to go there. */
void command_offer(struct command_context *context);
/* Notes which version of the lesson's file the sitting goes on with. */
void command_note_file(struct command_context *context);

/* Splits the first word off args: *word gets it (cut to size), the rest is returned. */
const char *command_word(const char *args, char *word, size_t size);
/* Appends text to context->out, wrapped, each line after margin. */
void command_add_text(struct command_context *context, const char *margin, const char *text);
/* Appends a line with what somebody typed in it, made safe for a terminal. Frees line. */
void command_add_safe(struct command_context *context, struct strbuf *line);
/* Whether the name of the lesson's file can stand on a line of a script. Errors: STATUS_BAD_INPUT.
 */
enum status command_check_name(const struct session *session, struct error *err);
/* Appends what the lecture prints of the current step, and its number by hand. */
void command_add_beside(struct command_context *context);
/* Errors: STATUS_BAD_INPUT, args is not empty. */
enum status command_no_args(const char *args, struct error *err);

#endif
