/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_prompt.c -- readline as a line editor that draws into a grid.
 *
 * Readline gets whole characters from a queue, never the terminal, and its own output goes
 * nowhere; what it would show is read from its variables. So curses and readline do not meet. A
 * user's ~/.inputrc applies, but for variable_rows and unbound_commands. */
#include "terminal_prompt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "terminal_candidates.h"
#include "terminal_history.h"

/* What would ask, beep, page or draw on a terminal that readline does not have. */
static const char *const variable_rows[][2] = {
    {"bell-style", "none"},         {"blink-matching-paren", "off"},
    {"convert-meta", "off"},        {"enable-bracketed-paste", "off"},
    {"input-meta", "on"},           {"output-meta", "on"},
    {"page-completions", "off"},    {"show-all-if-ambiguous", "on"},
    {"show-mode-in-prompt", "off"},
};

/* Keys that readline takes from the terminal database only when it draws on a terminal itself. */
static const struct key_row {
	const char *sequence;
	rl_command_func_t *function;
} key_rows[] = {
    {"\033[3~", rl_delete},      {"\033[1~", rl_beg_of_line}, {"\033[4~", rl_end_of_line},
    {"\033[7~", rl_beg_of_line}, {"\033[8~", rl_end_of_line},
};

/* Commands that crash readline 8.2 when it is fed key by key: searches that are not incremental
 * and the next-line command free undo lists of edited history lines twice, a macro can call
 * itself. Changing to vi keys is for ~/.inputrc, not for Alt-Enter. */
static rl_command_func_t *const unbound_commands[] = {
    rl_noninc_forward_search,
    rl_noninc_reverse_search,
    rl_noninc_forward_search_again,
    rl_noninc_reverse_search_again,
    rl_vi_search,
    rl_vi_search_again,
    rl_operate_and_get_next,
    rl_start_kbd_macro,
    rl_end_kbd_macro,
    rl_call_last_kbd_macro,
    rl_vi_editing_mode,
};

/* A key is not complete without the next one. */
static const unsigned long unfinished_states =
    RL_STATE_NUMERICARG | RL_STATE_MULTIKEY | RL_STATE_METANEXT;

/* Readline is one per process, and so is this. */
static struct {
	const struct terminal_app *app;
	FILE *sink; /* where readline's own output goes */
	bool is_open;
	const char *input; /* what readline reads next */
	bool line_ended;
	char *line;        /* the line that was entered; NULL at the end of input */
	size_t word_start; /* of the word being completed */
	struct terminal_candidates candidates;
	int scrolled; /* columns of the line that are out of sight on the left */
} prompt;

static int input_waits(void)
{
	return *prompt.input != '\0';
}

static int input_read(FILE *unused)
{
	(void)unused;
	return *prompt.input ? (unsigned char)*prompt.input++ : EOF;
}

/* Drawing waits for the end of all events. */
static void redisplay(void)
{
}

static char *candidate_next(const char *word, int state)
{
	return prompt.app->complete(prompt.app->ctx, rl_line_buffer, prompt.word_start, word,
				    state);
}

static char **complete_word(const char *word, int start, int end)
{
	char **matches;
	(void)end;
	rl_attempted_completion_over = 1; /* never file names of readline's own */
	prompt.word_start = (size_t)start;
	matches = rl_completion_matches(word, candidate_next);
	if (matches && !matches[1] && *matches[0])
		rl_completion_suppress_append = matches[0][strlen(matches[0]) - 1] == '/';
	return matches;
}

/* matches[0] is what all of them start with. */
static void candidates_show(char **matches, int n, int columns)
{
	(void)columns;
	for (int i = 1; i <= n; i++)
		terminal_candidates_add(&prompt.candidates, matches[i]);
}

static void line_end(char *line)
{
	rl_callback_handler_remove();
	prompt.line_ended = true;
	prompt.line = line;
}

static void commands_unbind(void)
{
	const Keymap maps[] = {emacs_standard_keymap, emacs_meta_keymap, emacs_ctlx_keymap,
			       vi_insertion_keymap, vi_movement_keymap};
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		for (size_t j = 0; j < sizeof unbound_commands / sizeof *unbound_commands; j++)
			rl_unbind_function_in_map(unbound_commands[j], maps[i]);
}

static void readline_prepare(void)
{
	rl_readline_name = "backstep"; /* for $if in ~/.inputrc */
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0; /* curses would not see a new size */
	rl_prep_term_function = NULL;
	rl_deprep_term_function = NULL;
	rl_outstream = prompt.sink;
	rl_getc_function = input_read;
	rl_input_available_hook = input_waits;
	rl_redisplay_function = redisplay;
	rl_completer_word_break_characters = " \t";
	rl_attempted_completion_function = complete_word;
	rl_completion_display_matches_hook = candidates_show;
	rl_completion_query_items = -1;
	rl_initialize();
	text_locale_again(); /* rl_initialize() has set it from the environment */
	for (size_t i = 0; i < sizeof variable_rows / sizeof *variable_rows; i++)
		rl_variable_bind(variable_rows[i][0], variable_rows[i][1]);
	for (size_t i = 0; i < sizeof key_rows / sizeof *key_rows; i++)
		rl_bind_keyseq_if_unbound(key_rows[i].sequence, key_rows[i].function);
	commands_unbind();
}

enum status terminal_prompt_start(const struct terminal_app *app, const char *history_file,
				  struct error *err)
{
	prompt.app = app;
	prompt.input = "";
	prompt.sink = fopen("/dev/null", "we");
	if (!prompt.sink)
		return error_set(err, STATUS_IO, _("/dev/null: %s"), error_reason(errno));
	readline_prepare();
	terminal_history_open(history_file);
	return STATUS_OK;
}

void terminal_prompt_stop(void)
{
	if (!prompt.sink)
		return;
	terminal_prompt_close();
	terminal_history_close();
	terminal_candidates_free(&prompt.candidates);
	rl_outstream = stdout;
	fclose(prompt.sink);
	prompt.sink = NULL;
}

bool terminal_prompt_is_open(void)
{
	return prompt.is_open;
}

void terminal_prompt_open(const char *prefill)
{
	if (!prompt.is_open) {
		rl_callback_handler_install(":", line_end);
		text_locale_again();
		using_history(); /* the newest line is the one before this */
		prompt.is_open = true;
		prompt.scrolled = 0;
	}
	rl_replace_line(prefill, 1);
	rl_point = rl_end;
}

void terminal_prompt_close(void)
{
	if (!prompt.is_open)
		return;
	rl_callback_sigcleanup(); /* leaves a search or an unfinished key sequence */
	rl_free_line_state();
	rl_callback_handler_remove();
	terminal_candidates_clear(&prompt.candidates);
	prompt.is_open = false;
}

/* What is left to do when readline has returned from the key that ended the line. */
static void line_deliver(void)
{
	char *line = prompt.line;
	prompt.is_open = false;
	prompt.line_ended = false;
	prompt.line = NULL;
	if (line && line[strspn(line, " \t")]) {
		terminal_history_add(line);
		prompt.app->line(prompt.app->ctx, line);
	}
	free(line);
}

/* Keys that close the prompt when there is nothing on it. */
static bool key_leaves(const struct terminal_key *key)
{
	return rl_end == 0 && !RL_ISSTATE(RL_STATE_ISEARCH | unfinished_states) &&
	       (strcmp(key->name, "escape") == 0 || strcmp(key->name, "backspace") == 0);
}

/* What readline reads for a key, or NULL where it has no use for it. */
static const char *key_input(const struct terminal_key *key)
{
	int type = ISFUNC;
	bool is_bound = rl_function_of_keyseq(key->bytes, NULL, &type) != NULL;
	/* Enter ends the line whatever is unfinished: readline would lose it. */
	if (strcmp(key->name, "enter") == 0)
		return RL_ISSTATE(unfinished_states) ? "\a\r" : "\r";
	if (key->is_function && !is_bound)
		return NULL;
	/* Readline 8.2 crashes on the start of a sequence (Ctrl-X) in a search. */
	if (RL_ISSTATE(RL_STATE_ISEARCH) && type == ISKMAP && key->bytes[0] != '\033')
		return "";
	return key->bytes;
}

bool terminal_prompt_key(const struct terminal_key *key)
{
	const char *input;
	if (!prompt.is_open)
		return false;
	if (key_leaves(key)) {
		terminal_prompt_close();
		return true;
	}
	input = key_input(key);
	if (!input)
		return false;
	terminal_candidates_clear(&prompt.candidates);
	prompt.input = input;
	while (input_waits() && !prompt.line_ended)
		rl_callback_read_char();
	prompt.input = "";
	if (prompt.line_ended)
		line_deliver();
	return true;
}

/* Whole lines can be recalled as if they had been typed. */
static void lines_remember(const char *text)
{
	for (char *line; (line = terminal_paste_line(&text)) != NULL; free(line))
		if (*line)
			terminal_history_add(line);
}

bool terminal_prompt_paste(struct strbuf *text)
{
	struct strbuf whole = {0};
	rl_callback_sigcleanup(); /* leaves a search or an unfinished key sequence */
	terminal_candidates_clear(&prompt.candidates);
	if (!strchr(strbuf_str(text), '\n')) {
		rl_insert_text(strbuf_str(text));
		return false;
	}
	strbuf_add_len(&whole, rl_line_buffer, (size_t)rl_point);
	strbuf_add(&whole, strbuf_str(text));
	strbuf_add(&whole, rl_line_buffer + rl_point);
	terminal_prompt_close();
	strbuf_free(text);
	*text = whole;
	lines_remember(strbuf_str(text));
	return true;
}

void terminal_prompt_resize(int rows, int columns)
{
	rl_set_screen_size(rows, columns);
}

/* Appends a part of the line as it is shown. */
static void line_show(struct strbuf *out, const char *s, int len, bool ascii)
{
	struct strbuf safe = {0};
	text_sanitize(&safe, s, (size_t)len);
	if (ascii)
		text_ascii(out, strbuf_str(&safe));
	else
		strbuf_add(out, strbuf_str(&safe));
	strbuf_free(&safe);
}

/* Scrolls so that the cursor, which is cursor columns into a line of columns, is among the room
 * columns in sight, and not under the mark for what is cut off on the left. */
static void line_scroll(int cursor, int columns, int room)
{
	if (columns < room)
		prompt.scrolled = 0;
	else if (cursor - prompt.scrolled >= room)
		prompt.scrolled = cursor - room + 1;
	else if (prompt.scrolled > 0 && cursor <= prompt.scrolled)
		prompt.scrolled = cursor > 0 ? cursor - 1 : 0;
}

/* Draws the line right of column and puts the cursor in it. */
static void line_draw(struct grid *grid, int column, struct style style)
{
	struct strbuf text = {0};
	int cursor, row = grid->rows - 1, room = grid->columns - column;
	line_show(&text, rl_line_buffer, rl_point, grid->ascii);
	cursor = (int)text_columns(strbuf_str(&text));
	line_show(&text, rl_line_buffer + rl_point, rl_end - rl_point, grid->ascii);
	line_scroll(cursor, (int)text_columns(strbuf_str(&text)), room);
	grid_clip(grid, (struct rect){row, column, 1, room});
	grid_text(grid, 0, -prompt.scrolled, style, strbuf_str(&text));
	if (prompt.scrolled > 0)
		grid_fill(grid, 0, 0, 1, style, grid->ascii ? "<" : "…");
	grid->cursor_row = row;
	grid->cursor_column = column + cursor - prompt.scrolled;
	strbuf_free(&text);
}

void terminal_prompt_draw(struct grid *grid)
{
	static const struct style plain = {0, GRID_DEFAULT}, accent = {0, GRID_ACCENT};
	struct rect whole = {0, 0, grid->rows, grid->columns};
	struct strbuf shown = {0};
	int column;
	if (!prompt.is_open)
		return;
	grid_clip(grid, whole);
	terminal_candidates_draw(&prompt.candidates, grid);
	grid_fill(grid, grid->rows - 1, 0, grid->columns, plain, " ");
	line_show(&shown, rl_display_prompt, (int)strlen(rl_display_prompt), false);
	column = grid_text(grid, grid->rows - 1, 0, accent, strbuf_str(&shown));
	strbuf_free(&shown);
	if (column > grid->columns - 1)
		column = grid->columns - 1;
	line_draw(grid, column, plain);
	grid_clip(grid, whole);
}
