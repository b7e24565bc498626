/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_paste.c -- text that was pasted: at the prompt its lines are run one by one; elsewhere it is
 * shown first, for a key that runs it is pressed on purpose. */
#include <stdlib.h>
#include <string.h>

#include "tui_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "terminal.h"

static size_t count_lines(const char *text)
{
	size_t n = 0;
	while ((text = strchr(text, '\n')) != NULL) {
		n++;
		text++;
	}
	return n;
}

/* What several lines answered, each below its line; and why one failed. */
static void add_answer(struct strbuf *answers, const char *line,
		       const struct command_context *context)
{
	strbuf_add_char(answers, ':');
	text_sanitize(answers, line, strlen(line));
	strbuf_add_char(answers, '\n');
	strbuf_add(answers, strbuf_str(&context->out));
	for (size_t i = 0; i < context->errors.n_items; i++) {
		error_print(&context->errors.items[i], answers);
		strbuf_add_char(answers, '\n');
	}
}

/* Runs the lines of text that end; what follows them stays to be edited. One that fails is the
 * last. */
static void run_lines(struct tui *tui, const char *text)
{
	struct command_context *context = &tui->context;
	struct strbuf answers = {0};
	size_t n_run = 0;
	bool is_said = false;
	char *line;
	while (!context->session->quit && context->errors.n_items == 0 &&
	       (line = terminal_paste_line(&text)) != NULL) {
		tui_exec_line(tui, line);
		add_answer(&answers, line, context);
		is_said |= context->out.len > 0;
		strbuf_clear(&context->out);
		n_run += *line != '\0';
		free(line);
	}
	size_t n_left = count_lines(text);
	if (n_left > 0)
		strbuf_addf(&answers, _("lines that were not run: %zu\n"), n_left);
	if (is_said || n_left > 0)
		strbuf_add(&context->out, strbuf_str(&answers));
	else if (context->errors.n_items == 0)
		strbuf_addf(&context->out, _("lines that were run: %zu\n"), n_run);
	strbuf_free(&answers);
	bool goes_on = context->errors.n_items == 0 && !context->session->quit;
	tui_take_answer(tui);
	if (goes_on && *text)
		terminal_prompt_open(text);
}

void tui_paste(struct tui *tui, const char *text, bool is_at_prompt)
{
	const char *end = strchr(text, '\n');
	if (is_at_prompt) {
		run_lines(tui, text);
		return;
	}
	strbuf_clear(&tui->prefill);
	strbuf_add_len(&tui->prefill, text, strcspn(text, "\n"));
	if (!end || !end[1]) {
		terminal_prompt_open(strbuf_str(&tui->prefill));
		return;
	}
	strbuf_clear(&tui->pasted);
	strbuf_add(&tui->pasted, text);
	if (text[strlen(text) - 1] != '\n')
		strbuf_add_char(&tui->pasted, '\n');
	strbuf_clear(&tui->message);
	strbuf_clear(&tui->page);
	strbuf_addf(
	    &tui->page,
	    _("Lines that were pasted: %zu. Enter runs them one by one, q leaves them.\n\n"),
	    count_lines(strbuf_str(&tui->pasted)));
	text_sanitize(&tui->page, strbuf_str(&tui->pasted), tui->pasted.len);
	tui_open_page(tui);
}

static enum status run_pasted(struct command_context *context, const char *args, struct error *err)
{
	struct tui *tui = context->front->ctx;
	struct strbuf text = tui->pasted;
	(void)args, (void)err;
	tui->pasted = (struct strbuf){0};
	tui_close_page(tui);
	run_lines(tui, strbuf_str(&text));
	strbuf_free(&text);
	return STATUS_OK;
}

const struct command command_pasted = {
    .name = "pasted",
    .summary = N_("run the lines that were pasted"),
    .run = run_pasted,
};
