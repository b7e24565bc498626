/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_teach_open.c -- with a question open no reader gives its number away: not one of `show`, no
 * view in words or on the screen, no file that is written. A new one is in the test by its row.
 *
 * A number that stands on the board anyway (w5 as dsum_y1/dn1) is no secret: what the same sitting
 * shows at the same place where nobody asks. */
#include "sitting.h"

#include <stdio.h>
#include <unistd.h>

#include "../../src/command/command_private.h"
#include "backstep/base/file.h"
#include "backstep/view/picture.h"
#include "backstep/view/view.h"
#include "grid_print.h"
#include "temporary.h"

enum { MOST_QUESTIONS = 6 }; /* of a lesson, of each kind */

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

static void assert_hidden(struct sitting *asked, struct sitting *told)
{
	const struct tutor *tutor = asked->context.tutor;
	const struct step *step = &tutor->open->board.question.step;
	struct strbuf text = {0}, known = {0};
	char line[64], number[32], reader[80], name[2 * LABEL_TEXT + 8];
	if (step->place.class->assigns)
		snprintf(name, sizeof name, "%s'", step->param);
	else
		snprintf(name, sizeof name, *step->of ? "d%s/d%s" : "%s%s",
			 *step->of ? step->of : step->name, *step->of ? step->wrt : "");
	snprintf(line, sizeof line, "goto %llu", (unsigned long long)tutor->number - 1);
	type_good(told, line);
	double value = tutor->open->board.question.value;
	uint64_t place = stepper_number(&asked->session->stepper);
	read_all(asked, name, &text);
	add_screens(told, &known);
	add_answer(told, "show values", &known);
	add_answer(told, "show weights", &known);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_no_reader_tells_an_open_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
