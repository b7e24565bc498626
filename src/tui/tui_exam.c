/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tui_exam.c -- an exam on the full screen: the list of its questions, below it the one that is
 * looked at. What is typed is a line of the exam (exam_line.h): a digit begins the answer to the
 * question at hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/command/exam_line.h"
#include "backstep/tui/tui.h"
#include "terminal.h"

enum { QUESTION_ROWS = 8, MARGIN = 1 };

static const struct style plain = {0, GRID_DEFAULT}, bold = {GRID_BOLD, GRID_DEFAULT},
			  chosen = {GRID_REVERSE, GRID_DEFAULT}, muted = {0, GRID_MUTED},
			  bad = {GRID_BOLD, GRID_BAD};

struct exam_screen {
	struct exam_sitting *sitting;
	struct strbuf message;
	bool is_error;
	size_t first; /* question on the list's first row, from 1 */
	int list_rows;
};

static size_t count_answered(const struct exam *exam)
{
	size_t n = 0;
	for (size_t i = 0; i < exam->n_questions; i++)
		n += exam->questions[i].typed != NULL;
	return n;
}

static void draw_head(const struct exam_screen *screen, struct grid *grid)
{
	const struct exam *exam = screen->sitting->exam;
	const struct lesson *lesson = exam->tutor.session->lesson;
	struct strbuf title = {0}, shown = {0}, count = {0};
	strbuf_addf(&count, _("  %zu of %zu answered "), count_answered(exam), exam->n_questions);
	int at = grid->columns - (int)text_columns(strbuf_str(&count));
	strbuf_addf(&title, "backstep  %s  %s", lesson->id.text,
		    lesson->title.in[language_current()].text);
	text_clip(&shown, strbuf_str(&title), at > MARGIN ? (size_t)(at - MARGIN) : 0, grid->ascii);
	grid_fill(grid, 0, 0, grid->columns, chosen, " ");
	grid_text(grid, 0, MARGIN, chosen, strbuf_str(&shown));
	grid_text(grid, 0, at, chosen, strbuf_str(&count));
	strbuf_free(&title);
	strbuf_free(&shown);
	strbuf_free(&count);
}

static void draw_list(struct exam_screen *screen, struct grid *grid)
{
	const struct exam_sitting *sitting = screen->sitting;
	size_t rows = screen->list_rows > 0 ? (size_t)screen->list_rows : 1;
	if (sitting->shown < screen->first)
		screen->first = sitting->shown;
	if (sitting->shown >= screen->first + rows)
		screen->first = sitting->shown - rows + 1;
	for (size_t i = 0; i < rows && screen->first + i <= sitting->exam->n_questions; i++) {
		struct strbuf line = {0};
		size_t n = screen->first + i;
		int row = 1 + (int)i;
		exam_print_line(sitting->exam, n, &line);
		if (n == sitting->shown)
			grid_fill(grid, row, 0, grid->columns, chosen, " ");
		grid_text(grid, row, 0, n == sitting->shown ? chosen : plain, strbuf_str(&line));
		strbuf_free(&line);
	}
}

/* Text being drawn, line after line. */
struct lines {
	struct grid *grid;
	int row;
	struct style style;
};

static void draw_line(void *ctx, const char *s, size_t len)
{
	struct lines *lines = ctx;
	grid_textf(lines->grid, lines->row++, MARGIN, lines->style, "%.*s", (int)len, s);
}

static void draw(void *ctx, struct grid *grid)
{
	struct exam_screen *screen = ctx;
	struct exam_sitting *sitting = screen->sitting;
	struct strbuf question = {0};
	int rule = grid->rows > QUESTION_ROWS + 3 ? grid->rows - QUESTION_ROWS - 1 : 2;
	screen->list_rows = rule - 1;
	draw_head(screen, grid);
	draw_list(screen, grid);
	grid_fill(grid, rule, 0, grid->columns, muted, grid->ascii ? "-" : "─");
	struct lines lines = {grid, rule + 1, bold};
	size_t width = grid->columns > 2 * MARGIN ? (size_t)(grid->columns - 2 * MARGIN) : 1;
	exam_print_question(sitting->exam, sitting->shown, &question);
	exam_print_given(sitting->exam, &question);
	text_wrap(strbuf_str(&question), width, draw_line, &lines);
	lines.row++;
	lines.style = screen->is_error ? bad : plain;
	text_wrap(strbuf_str(&screen->message), width, draw_line, &lines);
	grid_fill(grid, grid->rows - 1, 0, grid->columns, muted, " ");
	grid_text(
	    grid, grid->rows - 1, MARGIN, muted,
	    _("0-9 type a number  up down choose  : hand-in FILE  q leave, answers are kept"));
	strbuf_free(&question);
}

/* Its answer is the message: the first line of it. */
static void run_line(struct exam_screen *screen, const char *line)
{
	struct error err = {0};
	struct exam_sitting *sitting = screen->sitting;
	screen->is_error = exam_line_run(sitting, line, &err) != STATUS_OK;
	strbuf_clear(&screen->message);
	if (screen->is_error)
		error_print(&err, &screen->message);
	else if (!sitting->is_over) {
		const char *out = strbuf_str(&sitting->out);
		strbuf_add_len(&screen->message, out, strcspn(out, "\n"));
	}
	if (!sitting->is_over)
		strbuf_clear(&sitting->out);
}

static void move(struct exam_sitting *sitting, size_t to)
{
	size_t n = sitting->exam->n_questions;
	sitting->shown = to < 1 ? 1 : to > n ? n : to;
}

static void on_key(void *ctx, const char *key)
{
	struct exam_screen *screen = ctx;
	struct exam_sitting *sitting = screen->sitting;
	size_t page = screen->list_rows > 0 ? (size_t)screen->list_rows : 1, at = sitting->shown;
	const struct {
		const char *key;
		size_t to;
	} moves[] = {
	    {"up", at - 1},          {"k", at - 1},     {"down", at + 1},
	    {"j", at + 1},           {"enter", at + 1}, {"pageup", at > page ? at - page : 1},
	    {"pagedown", at + page}, {"home", 1},       {"end", SIZE_MAX}};
	char prefill[32];
	strbuf_clear(&screen->message);
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (strcmp(moves[i].key, key) == 0)
			move(sitting, moves[i].to);
	snprintf(prefill, sizeof prefill, "%zu: %.8s", at, key);
	if (strlen(key) == 1 && strchr("0123456789-.,", *key))
		terminal_prompt_open(prefill);
	else if (strcmp(key, ":") == 0)
		terminal_prompt_open("");
	else if (strcmp(key, "q") == 0)
		sitting->is_over = true;
}

static void on_line(void *ctx, const char *line)
{
	run_line(ctx, line);
}

/* Nothing is answered that nobody has looked at: without a prompt the first line is put there. */
static void on_paste(void *ctx, const char *text, bool is_at_prompt)
{
	struct exam_screen *screen = ctx;
	struct strbuf line = {0};
	char *whole;
	while (is_at_prompt && !screen->sitting->is_over &&
	       (whole = terminal_paste_line(&text)) != NULL) {
		run_line(screen, whole);
		free(whole);
	}
	strbuf_add_len(&line, text, strcspn(text, "\n"));
	if (line.len && !screen->sitting->is_over)
		terminal_prompt_open(strbuf_str(&line));
	strbuf_free(&line);
}

static char *on_complete(void *ctx, const char *line, size_t start, const char *word, int state)
{
	(void)ctx, (void)line, (void)start, (void)word, (void)state;
	return NULL;
}

static bool is_done(void *ctx)
{
	const struct exam_screen *screen = ctx;
	return screen->sitting->is_over;
}

enum status tui_exam_run(struct exam_sitting *sitting, bool colour, bool ascii, struct error *err)
{
	struct exam_screen screen = {.sitting = sitting, .first = 1};
	const struct terminal_options options = {colour, ascii, NULL};
	const struct terminal_app app = {.ctx = &screen,
					 .draw = draw,
					 .key = on_key,
					 .line = on_line,
					 .paste = on_paste,
					 .complete = on_complete,
					 .done = is_done};
	if (sitting->exam->n_of_another > 0)
		strbuf_add(&screen.message,
			   _("The lesson has changed since answers were given: look at them "
			     "again."));
	enum status status = terminal_run(&app, &options, err);
	strbuf_free(&screen.message);
	return status;
}
