/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_open.c -- with a question open no reader gives its number away: no command, not one of
 * `show`, no view in words or on the screen, no file that is written. A new one is in the test by
 * its row: each command is typed alone, with the words that its completion offers, with the asked
 * number's name, with a file. Only reveal gives the number, and the last of the hints.
 *
 * A number that stands on the board anyway (w5 as dsum_y1/dn1) is no secret: what the same sitting
 * shows at the same place where nobody asks. `backstep trace` is a walk of its own, in another
 * process, in which nobody asks: it tells a lesson's own numbers. Those of an exam with a code are
 * told by no process (unit.teach_exam). */
#include "sitting.h"

#include <stdio.h>
#include <unistd.h>

#include "../../src/command/command_private.h"
#include "backstep/base/file.h"
#include "backstep/view/picture.h"
#include "backstep/view/view.h"
#include "grid_print.h"
#include "temporary.h"

enum {
	MOST_QUESTIONS = 6, /* of a lesson, of each kind */
	MOST_LEFT = 2,
	ASKED_NAME = 2 * LABEL_TEXT + 8,
};

static void add_answer(struct sitting *sitting, const char *line, struct strbuf *out)
{
	type(sitting, line);
	strbuf_addf(out, "\n> %s\n%s%s", line, answer(sitting), complaint(sitting));
}

static void add_screens(struct sitting *sitting, struct strbuf *out)
{
	static const int sizes[][2] = {{24, 80}, {45, 140}, {60, 200}};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (size_t k = 0; k == 0 || picture_registry[k - 1]; k++) {
			struct view_state state = {.picture = k ? picture_registry[k - 1] : NULL};
			struct grid grid;
			assert_int_equal(grid_init(&grid, sizes[i][0], sizes[i][1], true, NULL), 0);
			view_draw(sitting->session, &state, &grid);
			strbuf_addf(out, "\n(screen %d x %d, view %zu)\n", sizes[i][0], sizes[i][1],
				    k);
			grid_print(&grid, out);
			grid_free(&grid);
			view_state_free(&state);
		}
	}
}

static void add_file(struct sitting *sitting, const char *command, struct strbuf *out)
{
	char path[TEMPORARY_PATH], line[TEMPORARY_PATH + 32];
	temporary_name(path, ".out");
	snprintf(line, sizeof line, "%s %s", command, path);
	type(sitting, line);
	strbuf_addf(out, "\n(file of %s)\n", command);
	file_read(path, 1 << 22, out, NULL);
	unlink(path);
}

/* All that can be read at this place without moving. */
static void read_all(struct sitting *sitting, const char *name, struct strbuf *out)
{
	static const char *const about[] = {"figures", "show", "view", "expect",
					    "print",   "from", "to"};
	char line[512];
	for (size_t i = 0; show_registry[i]; i++) {
		snprintf(line, sizeof line, "show %s", show_registry[i]->name);
		add_answer(sitting, line, out);
	}
	for (size_t i = 0; picture_registry[i]; i++) {
		snprintf(line, sizeof line, "view %s", picture_name(picture_registry[i]));
		add_answer(sitting, line, out);
	}
	for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
		snprintf(line, sizeof line, "%s %s%s", about[i], name,
			 strcmp(about[i], "expect") == 0 ? " = 0.5" : "");
		add_answer(sitting, line, out);
	}
	if (sitting->context.tutor) {
		snprintf(line, sizeof line, "from %llu",
			 (unsigned long long)sitting->context.tutor->number);
		add_answer(sitting, line, out);
	}
	add_answer(sitting, "where", out);
	add_answer(sitting, "figures", out);
	add_answer(sitting, "check", out);
	add_answer(sitting, "progress", out);
	add_file(sitting, "save", out);
	add_file(sitting, "save-state", out);
	add_screens(sitting, out);
}

/* Where one of the roundings of the number stands, in four digits or more; NULL: nowhere. */
static const char *find_number(const struct strbuf *text, double value, char number[32])
{
	for (int digits = 4; digits <= 17; digits++) {
		snprintf(number, 32, "%.*g", digits, value < 0.0 ? -value : value);
		const char *found = strlen(number) >= 6 ? strstr(strbuf_str(text), number) : NULL;
		if (found)
			return found;
	}
	return NULL;
}

/* The name of the last reader before a place in the text. */
static const char *reader_of(const struct strbuf *text, const char *at, char name[80])
{
	const char *start = strbuf_str(text), *line = start;
	for (const char *p = start; p < at; p++)
		if (*p == '\n' && (p[1] == '>' || p[1] == '('))
			line = p + 1;
	snprintf(name, 80, "%.*s", (int)strcspn(line, "\n"), line);
	return name;
}

/* What is seen just before step number where nobody asks. */
static void read_board(struct sitting *told, uint64_t number, struct strbuf *known)
{
	char line[64];
	snprintf(line, sizeof line, "goto %llu", (unsigned long long)number - 1);
	type_good(told, line);
	add_screens(told, known);
	add_answer(told, "show values", known);
	add_answer(told, "show weights", known);
}

/* The asked number's name as one types it. */
static void name_asked(const struct tutor *tutor, char name[ASKED_NAME])
{
	const struct step *step = &tutor->open->board.question.step;
	if (step->place.class->assigns)
		snprintf(name, ASKED_NAME, "%s'", step->param);
	else
		snprintf(name, ASKED_NAME, *step->of ? "d%s/d%s" : "%s%s",
			 *step->of ? step->of : step->name, *step->of ? step->wrt : "");
}

static void assert_hidden(struct sitting *asked, struct sitting *told)
{
	const struct tutor *tutor = asked->context.tutor;
	struct strbuf text = {0}, known = {0};
	char number[32], reader[80], name[ASKED_NAME];
	name_asked(tutor, name);
	double value = tutor->open->board.question.value;
	uint64_t place = stepper_number(&asked->session->stepper);
	read_all(asked, name, &text);
	read_board(told, tutor->number, &known);
	const char *found = find_number(&text, value, number);
	if (found && !find_number(&known, value, number))
		fail_msg("%s, step %llu: %s is in %s", asked->session->lesson->id.text,
			 (unsigned long long)tutor->number, number,
			 reader_of(&text, found, reader));
	assert_non_null(tutor->open);
	assert_int_equal(stepper_number(&asked->session->stepper), place);
	strbuf_free(&text);
	strbuf_free(&known);
}

static void test_no_reader_tells_an_open_number(void **state)
{
	static const char *const lessons[] = {"sigmoid-2-2-2",         "xor-relu",
					      "softmax-cross-entropy", "two-tanh",
					      "rmsprop-and-adam",      "sigmoid-neuron-graph"};
	static const char *const kinds[] = {"slope", "product", "paths", "new-weight",
					    "loss-slope"};
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			struct sitting asked, told;
			char line[64];
			sitting_open(&asked, lessons[i]);
			sitting_open(&told, lessons[i]);
			snprintf(line, sizeof line, "predict %s", kinds[k]);
			type_good(&asked, line);
			type(&asked, "update");
			for (size_t n = 0; n < MOST_QUESTIONS && asked.context.tutor->open; n++) {
				assert_hidden(&asked, &told);
				type_good(&asked, "reveal");
				type(&asked, "update");
			}
			sitting_end(&asked);
			sitting_end(&told);
		}
	}
}

/* A question, and how to come to it. */
struct asking {
	struct sitting sitting;
	const char *lesson, *kind;
	size_t n; /* how many are given up before it */
	double value;
	uint64_t number, place; /* of its step; where the walk is */
	struct strbuf known;    /* what is seen there where nobody asks */
};

/* false: the lesson has no such question. */
static bool come_to(struct asking *asking)
{
	struct sitting *sitting = &asking->sitting;
	char line[64];
	sitting_open(sitting, asking->lesson);
	snprintf(line, sizeof line, "predict %s", asking->kind);
	type_good(sitting, line);
	type(sitting, "update");
	for (size_t i = 0; i < asking->n && sitting->context.tutor->open; i++) {
		type_good(sitting, "reveal");
		type(sitting, "update");
	}
	const struct tutor *tutor = sitting->context.tutor;
	if (!tutor->open) {
		sitting_end(sitting);
		return false;
	}
	asking->value = tutor->open->board.question.value;
	asking->number = tutor->number;
	asking->place = stepper_number(&sitting->session->stepper);
	return true;
}

static bool is_still_asked(const struct asking *asking)
{
	const struct session *session = asking->sitting.session;
	const struct tutor *tutor = asking->sitting.context.tutor;
	return session->lesson && tutor->open && tutor->number == asking->number &&
	       !session->has_fresh && strcmp(session->lesson->id.text, asking->lesson) == 0 &&
	       stepper_number(&session->stepper) == asking->place;
}

/* Types a line, looks through what it answered and through a file that it may have written, and
 * comes back to the question. Returns whether it was left. */
static bool try_line(struct asking *asking, const char *line, const char *path)
{
	struct strbuf text = {0};
	char number[32];
	bool is_left;
	add_answer(&asking->sitting, line, &text);
	file_read(path, 1 << 22, &text, NULL);
	unlink(path);
	if (find_number(&text, asking->value, number) &&
	    !find_number(&asking->known, asking->value, number))
		fail_msg("%s, step %llu: %s is told by: %s\n%s", asking->lesson,
			 (unsigned long long)asking->number, number, line, strbuf_str(&text));
	strbuf_free(&text);
	is_left = !is_still_asked(asking);
	if (is_left) {
		sitting_end(&asking->sitting);
		assert_true(come_to(asking));
	}
	return is_left;
}

/* A command with each word that its completion offers; where it has left the question a few times
 * the others do too. */
static void try_words(struct asking *asking, const struct command *row, const char *path)
{
	struct words words = {0};
	char line[512];
	size_t n_left = 0;
	if (!row->complete)
		return;
	row->complete(&asking->sitting.context, "", &words);
	for (const char *word = NULL; n_left < MOST_LEFT && (word = words_next(&words, word));) {
		snprintf(line, sizeof line, "%s %s", row->name, word);
		n_left += try_line(asking, line, path);
	}
	words_free(&words);
}

static void try_command(struct asking *asking, const struct command *row)
{
	char name[ASKED_NAME], path[TEMPORARY_PATH], line[512];
	name_asked(asking->sitting.context.tutor, name);
	temporary_name(path, ".out");
	const char *const arguments[] = {"", name, "1", "0.5", path, "2 within 3"};
	for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
		snprintf(line, sizeof line, "%s %s", row->name, arguments[i]);
		try_line(asking, line, path);
	}
	snprintf(line, sizeof line, "%s %s = 0.5", row->name, name);
	try_line(asking, line, path);
	snprintf(line, sizeof line, "%s %s * 1", row->name, name);
	try_line(asking, line, path);
	try_words(asking, row, path);
}

static void test_no_command_tells_an_open_number(void **state)
{
	static const struct {
		const char *lesson, *kind;
		size_t n;
	} rows[] = {
	    {"sigmoid-2-2-2", "slope", 0},      {"sigmoid-2-2-2", "paths", 0},
	    {"sigmoid-2-2-2", "new-weight", 0}, {"sigmoid-2-2-1", "loss-slope", 0},
	    {"linear-2-2-1", "product", 0},     {"rmsprop-and-adam", "new-weight", 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct asking asking = {
		    .lesson = rows[i].lesson, .kind = rows[i].kind, .n = rows[i].n};
		struct sitting told;
		if (!come_to(&asking))
			fail_msg("%s asks no %s", asking.lesson, asking.kind);
		sitting_open(&told, asking.lesson);
		read_board(&told, asking.number, &asking.known);
		sitting_end(&told);
		for (size_t k = 0; command_registry[k]; k++)
			if (command_registry[k] != &command_reveal)
				try_command(&asking, command_registry[k]);
		sitting_end(&asking.sitting);
		strbuf_free(&asking.known);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_no_reader_tells_an_open_number),
	    cmocka_unit_test(test_no_command_tells_an_open_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
