/* SPDX-License-Identifier: GPL-3.0-or-later */
/* points.c -- whatever is printed can be typed: so the numbers on the screen are found by reading
 * it. A word in a cell is one where it is the name of a number and stands in mathematics: beside a
 * number or a sign. A pane that is added needs no line here. */
#include "points.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/text.h"
#include "backstep/trace/replay.h"

enum { MOST_POINTS = 512 };

/* Another than that of what the step is about. */
static const struct style style_pointed = {GRID_BOLD | GRID_REVERSE | GRID_UNDERLINE, GRID_DEFAULT};

struct point {
	int row, column, end; /* cells */
	struct ref ref;
	char name[REF_TEXT]; /* as it can be typed */
};

/* Owns: nothing. */
struct points {
	size_t n;
	struct point at[MOST_POINTS];
};

static uint32_t code_at(struct grid *grid, int row, int column)
{
	const struct cell *cell = grid_at(grid, row, column);
	uint32_t code = 0;
	if (cell && cell->text[0])
		utf8_decode(cell->text, strlen(cell->text), &code);
	return code;
}

/* What ends a word: blanks, wires, arrows, signs. */
static bool is_between(uint32_t code)
{
	bool is_drawn = code >= 0x2190 && code <= 0x25FF; /* arrows, signs of mathematics, lines */
	return code <= ' ' || (code < 0x80 && strchr("|+-=*>^~;:", (int)code)) ||
	       (is_drawn && code != 0x2202) || code == 0xB7 || code == 0x3A3 || code == 0x2026;
}

static bool is_digit(uint32_t code)
{
	return code >= '0' && code <= '9';
}

/* Whether what stands next to a word is mathematics: a number, or a sign. */
static bool is_mathematics(uint32_t code)
{
	return is_digit(code) || (code < 0x80 && code && strchr("=-~?*/+", (int)code)) ||
	       code == 0x2212 || code == 0xB7;
}

/* The first code that is no blank from a column on, in steps of by. */
static uint32_t neighbour(struct grid *grid, int row, int column, int by)
{
	while (column >= 0 && column < grid->columns && code_at(grid, row, column) == ' ')
		column += by;
	return column >= 0 && column < grid->columns ? code_at(grid, row, column) : 0;
}

static bool is_opening(uint32_t code)
{
	return code == '(' || code == '[';
}

/* Whether the bracket closes one of the formula around the word, as in (1 - y1). */
static bool closes_other(const char *name, size_t len, char bracket)
{
	return (bracket == ')' && !memchr(name, '(', len)) ||
	       (bracket == ']' && !memchr(name, '[', len));
}

/* Reads the word of cells column to end; a point is added where it is a number's name. */
static void read_word(struct drawing *d, struct points *points, int row, int column, int end)
{
	struct grid *grid = d->grid;
	struct point *point = &points->at[points->n];
	char name[REF_TEXT];
	size_t len = 0;
	while (column < end && is_opening(code_at(grid, row, column)))
		column++;
	for (int at = column; at < end; at++) {
		const char *text = grid_at(grid, row, at)->text;
		size_t n = strlen(text);
		if (len + n >= sizeof name)
			return;
		if (closes_other(name, len, *text)) {
			end = at;
			break;
		}
		memcpy(name + len, text, n);
		len += n;
	}
	name[len] = '\0';
	bool is_in_formula = is_mathematics(neighbour(grid, row, end, 1)) ||
			     is_mathematics(neighbour(grid, row, column - 1, -1));
	if (len == 0 || is_digit((unsigned char)*name) || points->n == MOST_POINTS ||
	    (!is_in_formula && !strchr(name, '/')) ||
	    ref_parse(&d->session->stepper, session_here(d->session), name, &point->ref, NULL))
		return;
	*point = (struct point){.row = row, .column = column, .end = end, .ref = point->ref};
	memcpy(point->name, name, len + 1);
	points->n++;
}

static void read_row(struct drawing *d, struct points *points, int row)
{
	int column = 0;
	while (column < d->grid->columns) {
		int end = column;
		while (end < d->grid->columns && !is_between(code_at(d->grid, row, end)))
			end++;
		if (end > column)
			read_word(d, points, row, column, end);
		column = end + 1;
	}
}

/* The number of the step that is shown, where it stands first; else the first of all. */
static size_t begin(const struct drawing *d, const struct points *points)
{
	const struct session *session = d->session;
	struct ref ref;
	if (!session->has_step || replay_step_ref(&session->stepper, &session->step, &ref))
		return 0;
	for (size_t k = 0; k < points->n; k++)
		if (ref_is_same(&points->at[k].ref, &ref))
			return k;
	return 0;
}

void points_find(struct drawing *d)
{
	struct view_state *state = d->state;
	if (!state->is_pointing || !d->session->lesson)
		return;
	if (!state->points)
		state->points = calloc(1, sizeof *state->points);
	struct points *points = state->points;
	if (!points)
		return;
	points->n = 0;
	for (int row = 0; row < d->grid->rows - 1; row++) /* the last one has the keys */
		read_row(d, points, row);
	if (state->point == SIZE_MAX)
		state->point = begin(d, points);
	if (state->point >= points->n)
		state->point = points->n ? points->n - 1 : 0;
	if (points->n == 0)
		return;
	const struct point *at = &points->at[state->point];
	grid_style(d->grid, at->row, at->column, at->end - at->column, style_pointed);
}

void points_free(struct view_state *state)
{
	free(state->points);
	state->points = NULL;
}

const char *view_pointed(const struct view_state *state)
{
	const struct points *points = state->points;
	return points && state->point < points->n ? points->at[state->point].name : NULL;
}

void view_point(struct view_state *state, long n)
{
	const size_t count = state->points ? state->points->n : 0, last = count ? count - 1 : 0;
	const size_t by = (size_t)(n < 0 ? -n : n);
	if (n < 0)
		state->point -= by < state->point ? by : state->point;
	else
		state->point += by < last - state->point ? by : last - state->point;
}

static int distance(const struct point *a, const struct point *b)
{
	return abs(a->column - b->column);
}

void view_point_row(struct view_state *state, bool down)
{
	const struct points *points = state->points;
	if (!points || state->point >= points->n)
		return;
	const struct point *here = &points->at[state->point], *best = NULL;
	for (size_t k = 0; k < points->n; k++) {
		const struct point *at = &points->at[k];
		bool is_beyond = down ? at->row > here->row : at->row < here->row;
		bool is_nearer = best && (down ? at->row < best->row : at->row > best->row);
		bool is_beside =
		    best && at->row == best->row && distance(at, here) < distance(best, here);
		if (is_beyond && (!best || is_nearer || is_beside))
			best = at;
	}
	if (best)
		state->point = (size_t)(best - points->at);
}
