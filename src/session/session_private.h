/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session_private.h -- what the parts of a session ask of one another: the store of its settings,
 * other numbers, and the example done by hand. */
#ifndef BACKSTEP_SESSION_PRIVATE_H
#define BACKSTEP_SESSION_PRIVATE_H

#include "backstep/session/rounding.h"
#include "backstep/session/setting.h"

/* Every row with its initial value. NULL on lack of memory. Owns: the caller (free). */
struct setting_value *setting_store_new(void);

/* Appends a line `set NAME VALUE` for each row that needs no lesson and has been set. */
void setting_write_all(const struct session *session, struct strbuf *out);

/* Draws the numbers that a model starts with, and its rows, anew; attempt counts the draws of one
 * seed. Of many rows the numbers stay. Returns false on lack of memory. */
bool renumber_draw(struct lesson_model *built, const struct lesson *lesson, uint64_t seed,
		   size_t attempt);

/* Reads "2" or "2 cut". Errors: STATUS_BAD_INPUT. */
enum status rounding_parse(const char *value, struct lesson_rounding *how, struct error *err);

/* Starts at the current position, or with other places. Errors: STATUS_BAD_INPUT for updates that
 * are too long to be done by hand; then nothing changes. STATUS_NO_MEMORY. */
enum status rounding_begin(struct session *session, const struct lesson_rounding *how,
			   struct error *err);
void rounding_end(struct session *session);
/* Brings the replay to the current update. Errors: STATUS_NO_MEMORY. */
enum status rounding_follow(struct session *session, struct error *err);

/* Appends a setting's value as it is typed, without what is to be said of it. */
enum status setting_get_value(const struct session *session, const char *name, struct strbuf *out,
			      struct error *err);
/* What the value is where nobody has set it; nothing where that is not known any more. false: the
 * setting is about how numbers are shown. */
bool setting_own(const struct session *session, const char *name, struct strbuf *out);
/* What a lesson suggests that is about to be opened; where mark.line is 0, the row's own again. */
void setting_suggest(struct session *session, const char *name, struct source_count suggested);
/* Those that a sitting has without a lesson are, but for looks, as at its start. */
void setting_forget(struct session *session);

/* Reads a breakpoint as it is typed. Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY. */
enum status breakpoint_read(struct session *session, const char *text, struct breakpoint *at,
			    struct error *err);

/* Appends a number that the figure is compared with: with two digits more than it was printed
 * with, at least. */
void figure_print_number(const struct session *session, const struct figure *figure, double value,
			 struct strbuf *out);

#endif
