/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_terminfo.c -- whether this terminal can show a full screen, and how to leave it.
 *
 * The only file that includes term.h: its macros (lines, columns ...) are too common words to
 * have anywhere else. initscr() and newterm() are content with a terminal that has no cursor
 * addressing and draw garbage on it, hence the check. */
#include "terminal_terminfo.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "backstep/base/i18n.h"

/* In the order in which they are sent. */
static const char *const farewell_capabilities[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};

static const char *capability(const char *name)
{
	const char *value = tigetstr(name);
	return value == (const char *)-1 ? NULL : value;
}

/* tputs, which takes padding out, has no room for a context: there is one terminal. */
static struct terminal_farewell collected;

static int collect(int byte)
{
	if (collected.len < sizeof collected.bytes)
		collected.bytes[collected.len++] = (char)byte;
	return byte;
}

static void farewell_fill(struct terminal_farewell *farewell)
{
	size_t n = sizeof farewell_capabilities / sizeof *farewell_capabilities;
	collected.len = 0;
	for (const char *c = TERMINAL_PASTE_UNMARKED; *c; c++)
		collect(*c);
	for (size_t i = 0; i < n; i++) {
		const char *value = capability(farewell_capabilities[i]);

		if (value)
			tputs(value, 1, collect);
	}
	/* Without a screen to go back to, what follows starts on a line of its own. */
	if (!capability("rmcup")) {
		collect('\r');
		collect('\n');
	}
	*farewell = collected;
}

static enum status terminfo_read(struct terminal_farewell *farewell, struct error *err)
{
	const char *term = getenv("TERM");
	bool can_address;
	int answer;
	if (!isatty(STDIN_FILENO))
		return error_set(err, STATUS_IO, _("the input is not a terminal"));
	if (!isatty(STDOUT_FILENO))
		return error_set(err, STATUS_IO, _("the output is not a terminal"));
	if (!term || !*term)
		return error_set(err, STATUS_IO, _("TERM is not set"));
	if (setupterm(term, STDOUT_FILENO, &answer) != OK)
		return error_set(err, STATUS_IO, _("TERM=%s is not a terminal known here"), term);
	can_address = capability("cup") != NULL;
	farewell_fill(farewell);
	del_curterm(cur_term);
	if (!can_address)
		return error_set(err, STATUS_IO, _("TERM=%s has no cursor addressing"), term);
	return STATUS_OK;
}

enum status terminal_terminfo_read(struct terminal_farewell *farewell, struct error *err)
{
	enum status status = terminfo_read(farewell, err);
	if (status != STATUS_OK)
		error_hint(err, _("use --console"));
	return status;
}
