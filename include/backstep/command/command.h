/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.h -- the language: one entry point for prompt, keys, scripts and a lesson's own actions.
 *
 * To add a command: a row, with its function, in a file of its own or of its family, and its name
 * in command_list.h. Help, completion, the manual, the check of the README's table and the tests
 * read the row. */
#ifndef BACKSTEP_COMMAND_COMMAND_H
#define BACKSTEP_COMMAND_COMMAND_H

#include "backstep/base/number.h"
#include "backstep/base/words.h"
#include "backstep/session/session.h"
#include "backstep/teach/student_file.h"
#include "backstep/teach/tutor.h"
#include "backstep/trace/value.h"

enum { COMMAND_NOTES = 32, COMMAND_LINKS = 64 };

struct command_front;
struct picture;

/* A line of an answer (from 0) from which one can go on, and the command that does. */
struct command_link {
	size_t line;
	char command[REF_TEXT];
};

/* How much of the screen a picture gets: a part, all, nothing; or the one after it is shown. */
enum view_size { VIEW_BESIDE, VIEW_ALONE, VIEW_NOT, VIEW_NEXT };

/* A key that somebody has given a command of their own. Owns: both. */
struct command_binding {
	char *key, *line;
};

/* One sitting's conversation: what commands act on and answer into.
 * Owns: out, errors, bindings and completion; the session belongs to the caller. */
struct command_context {
	struct session *session;
	const struct command_front *front; /* may be NULL */
	size_t columns;     /* of a narrow terminal, where texts are wrapped; 0: it is none */
	bool reports_steps; /* steps that are entered are answered as text (not on the full screen)
			     */
	struct strbuf out;  /* the answer; the front end shows it and clears it */
	struct error_list errors; /* what went wrong; shown and cleared in the same way */
	struct command_link links[COMMAND_LINKS]; /* of out; the front end clears them with it */
	size_t n_links;
	/* The lesson's notes reported last, which are not reported again in the same update. */
	const char *notes[COMMAND_NOTES];
	size_t n_notes;
	uint64_t notes_update;
	/* The number that the last `expect` would hold with, where it failed and there is one. */
	char fresh[NUMBER_TEXT];
	bool
	    only_told; /* the command told what there is, and changed nothing: it is not recorded */
	bool is_about_question; /* what stands in out was said of a question; the front end clears
				   it */
	const char *progress_path;       /* of the person's own progress; NULL: it is not kept */
	struct student_end progress_end; /* how it ended last */
	/* Where sittings are kept, so that they can be taken up again; NULL: they are not. */
	const char *sittings;
	uint64_t file_hash;  /* of the lesson's file as it was opened; 0: it has none */
	size_t mistake;      /* the line in it for which the last `reload` refused it; 0: none */
	size_t n_kept;       /* journal.n_changes when the sitting was kept last */
	struct tutor *tutor; /* owned; NULL: nothing was asked or answered yet */
	/* The lesson's tasks: whose they are, which is the next, and the command that was given in
	 * its place, or NULL. */
	const struct lesson *tasked;
	size_t task;
	const struct command *stray;
	struct command_binding *bindings; /* [n_bindings] */
	size_t n_bindings;
	struct words completion; /* of the word that is being completed */
	const char *completed;   /* the last of them that was given */
};

void command_context_free(struct command_context *context);

/* What a front end adds to the language. */
struct command_front {
	void *ctx;
	const struct command *const *commands; /* its own, by their exact names; NULL at the end */
	/* What `lesson` alone does, instead of listing them as text; may be NULL. */
	enum status (*choose_lesson)(void *ctx, struct error *err);
	/* Shows a picture, or does something with the one that is shown; NULL: text is printed. */
	enum status (*show_view)(void *ctx, const struct picture *picture, enum view_size size,
				 struct error *err);
	/* Gives the terminal back as programs find it while work goes on; NULL: it is so already.
	 */
	void (*leave_screen)(void *ctx, void (*work)(void *work_ctx), void *work_ctx);
	/* Shows what there is and waits so many seconds; false: somebody pressed a key. NULL:
	 * nobody waits. */
	bool (*pause)(void *ctx, double seconds);
	/* The key that types a command, or NULL; NULL: there are no keys. */
	const char *(*key_of)(void *ctx, const char *command);
};

/* A row. What is left out does not apply. */
struct command {
	const char *name;
	/* How many letters of the name are enough, whatever names come later: what people have
	 * learnt to type, and scripts hold. 0: as many as no other name begins with. */
	size_t enough;
	const char *aliases; /* other names, between spaces */
	const char *usage;   /* arguments */
	const char *summary; /* N_() */
	bool needs_lesson;
	bool recorded; /* leads somewhere: `save` writes it */
	bool moves;    /* recorded, and changes nothing but the position */
	bool retraces; /* comes to where the sitting was: nothing is asked on the way */
	bool reveals;  /* tells numbers that the walk has not reached: not while one is asked */
	/* args: what follows the name, without blanks around it, never NULL. */
	enum status (*run)(struct command_context *context, const char *args, struct error *err);
	/* Adds what the next word may be after args. */
	void (*complete)(const struct command_context *context, const char *args,
			 struct words *words);
	const char *more; /* N_(): what `help NAME` says beside the summary */
};

/* Every command, in the order in which help shows them; NULL at the end. */
extern const struct command *const command_registry[];

/* Runs a line: a command by its name, an alias or a unique start of its name, and arguments.
 * Empty lines and lines that start with # do nothing. A failure is appended to context->errors
 * too. Errors: as the command; STATUS_BAD_INPUT for an unknown or ambiguous name. */
enum status command_exec(struct command_context *context, const char *line);

/* Readline's generator: the completions of word, which starts at byte start of line, one a call;
 * state is 0 on the first call. Owns: the caller, the string (free). NULL at the end. */
char *command_complete(struct command_context *context, const char *line, size_t start,
		       const char *word, int state);

struct training_result;
/* Appends how a training of n_epochs passes, which returned status, has ended, in a line or two.
 * Errors: status; STATUS_INTERRUPTED. */
enum status command_report_training(struct command_context *context, enum status status,
				    const struct training_result *result, size_t n_epochs,
				    struct error *err);

/* Takes up the progress kept in a file, and keeps what is answered from here on there. path must
 * live as long as the context. Errors: STATUS_BAD_INPUT, STATUS_IO for a file that is damaged,
 * which is left as it is, or that cannot be written; then nothing is kept. */
enum status command_keep_progress(struct command_context *context, char *path, struct error *err);
/* Keeps the sittings of this context in the files of a folder, and offers the place where an
 * earlier one with the lesson that is open ended. folder must live as long as the context. */
void command_keep_sittings(struct command_context *context, const char *folder);
/* Brings the file of the sitting up to date; called where nobody waits. What cannot be written is
 * said once, and then no sitting is kept. */
void command_save_sitting(struct command_context *context);
/* The line that somebody has bound to a key, or NULL. */
const char *command_bound(const struct command_context *context, const char *key);
/* Appends the keys that are bound, a line each. */
void command_print_bindings(const struct command_context *context, struct strbuf *out);

/* Whether a line is an answer by itself, without the command: a question is open, and it begins as
 * a number does, or its first word is a formula. */
bool command_is_answer(const struct command_context *context, const char *line);

/* Appends the lesson's task at hand, after what was done in its place if something was; nothing
 * where the lesson has none. */
void command_print_task(struct command_context *context, struct strbuf *out);
/* Whether the tasks name commands; what does not is appended to errors, with its place. */
enum status command_check_tasks(const struct lesson *lesson, struct error_list *errors);
/* Whether the quiz names views that there are; the same. */
enum status command_check_views(const struct lesson *lesson, struct error_list *errors);
#endif
