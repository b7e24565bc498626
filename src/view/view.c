/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c -- which panes there are, and how they share the screen.
 *
 * Panes are admitted in the order of their priority as long as their least rows fit, then they
 * grow in turns to what they want, those that grow by several rows first, then spare panes take
 * what is left. A wide screen has a
 * right column beside the left one; a narrow one has both in one stack. */
#include "points.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/text.h"
#include "backstep/session/setting.h"

enum {
	LEAST_ROWS = 10, /* smaller screens get a notice */
	LEAST_COLUMNS = 40,
	WIDE_COLUMNS = 128, /* from here on there are two columns of panes */
	RIGHT_PERCENT = 40,
	RIGHT_MAX = 72,
	ZOOMED_LEAST = 5,
	MESSAGE_ROWS = 4, /* what is longer has a page of its own */
};

enum {
#define VIEW(name) VIEW_ID_##name,
#include "view_list.h"
#undef VIEW
	N_VIEWS,
};

const struct view *const view_registry[] = {
#define VIEW(name) &view_##name,
#include "view_list.h"
#undef VIEW
    NULL,
};

enum {
	PLACE_TOP = 1u << VIEW_TOP,
	PLACE_LEFT = 1u << VIEW_LEFT,
	PLACE_RIGHT = 1u << VIEW_RIGHT,
	PLACE_BOTTOM = 1u << VIEW_BOTTOM,
};

/* A pane on its way to the screen. */
struct slot {
	const struct view *view;
	int least, most;
	int rows; /* without its rule; 0: left out */
};

/* Panes that share a height. */
struct stack {
	struct slot slots[N_VIEWS];
	int n_slots;
};

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int rule_rows(const struct slot *slot)
{
	return slot->view->head != NULL;
}

static bool is_projected(const struct session *session)
{
	return setting_value(session, "layout") == LAYOUT_PROJECTOR;
}

/* Whether a pane is left out: only some are seen from afar; or a picture has its place: that of the
 * network where there is no room for both, everybody's where it has the screen for itself. */
static bool gives_way(const struct drawing *d, const struct view *view)
{
	const struct picture *picture = d->state->picture;
	if (picture && d->state->is_zoomed)
		return !view->alone && view != picture->pane;
	if (is_projected(d->session) && !view->projected)
		return true;
	if (!picture)
		return false;
	return view == &view_network && picture->draw && !picture->rows && !d->is_wide;
}

static bool is_zoomed_pane(const struct drawing *d, const struct view *view)
{
	return d->state->picture && d->state->is_zoomed && view == d->state->picture->pane &&
	       view != &view_chain;
}

/* Adds the panes of the screen and of some places. */
static void stack_add(struct drawing *d, struct stack *stack, enum view_screen screen,
		      unsigned places, int columns)
{
	for (const struct view *const *views = d->panes; *views; views++) {
		struct slot *slot = &stack->slots[stack->n_slots];
		if (!((*views)->screens & screen) || !(places & 1u << (*views)->place) ||
		    (screen == SCREEN_WALK && gives_way(d, *views)))
			continue;
		*slot = (struct slot){.view = *views};
		(*views)->want(d, columns, &slot->least, &slot->most);
		/* alone it leaves a row for the result, and has all others */
		if (screen == SCREEN_WALK && is_zoomed_pane(d, *views)) {
			slot->least = smaller(slot->least, ZOOMED_LEAST);
			slot->most = GRID_SIZE_MAX;
		}
		stack->n_slots++;
	}
}

/* The slot with the lowest priority above after that is spare or not; NULL at the end. */
static struct slot *next_slot(struct stack *stack, int after, bool spare)
{
	struct slot *next = NULL;
	for (int i = 0; i < stack->n_slots; i++) {
		struct slot *slot = &stack->slots[i];
		int priority = slot->view->priority;

		if (slot->view->spare == spare && priority > after && slot->most > 0 &&
		    (!next || priority < next->view->priority))
			next = slot;
	}
	return next;
}

/* One turn: each slot that wants more rows gets as many as it grows by. Returns what is left. */
static int stack_grow(struct stack *stack, int left, bool spare, bool eager)
{
	for (struct slot *s = next_slot(stack, -1, spare); s && left > 0;
	     s = next_slot(stack, s->view->priority, spare)) {
		int growth = s->view->growth > 0 ? s->view->growth : 1;
		if (s->rows == 0 || s->rows >= s->most || (s->view->growth > 0) != eager)
			continue;
		growth = smaller(growth, smaller(left, s->most - s->rows));
		s->rows += growth;
		left -= growth;
	}
	return left;
}

/* Gives the slots their rows out of left; returns what is left then. */
static int stack_share(struct stack *stack, int left, bool spare)
{
	bool grown = true;
	for (struct slot *s = next_slot(stack, -1, spare); s;
	     s = next_slot(stack, s->view->priority, spare)) {
		if (s->least + rule_rows(s) > left)
			continue;
		s->rows = s->least;
		left -= s->least + rule_rows(s);
	}
	while (grown && left > 0) {
		int before = left;
		left = stack_grow(stack, left, spare, true);
		left = stack_grow(stack, left, spare, false);
		grown = left < before;
	}
	return left;
}

static void stack_fit(struct drawing *d, struct stack *stack, int rows)
{
	stack_share(stack, stack_share(stack, rows, false), true);
	for (int i = 0; i < stack->n_slots; i++) {
		const struct slot *slot = &stack->slots[i];

		d->has_lesson_text |= slot->view == &view_lesson && slot->rows > 0;
		d->has_chain |= slot->view == &view_chain && slot->rows > 0;
		bool has_message = slot->view == &view_note || slot->view == &view_question ||
				   slot->view == &view_choice;
		d->has_message |= has_message && slot->rows > 0;
	}
}

static int stack_rows(const struct stack *stack, unsigned places)
{
	int rows = 0;
	for (int i = 0; i < stack->n_slots; i++) {
		const struct slot *slot = &stack->slots[i];
		if (places & 1u << slot->view->place && slot->rows > 0)
			rows += slot->rows + rule_rows(slot);
	}
	return rows;
}

/* Draws the panes of some places downwards from row on; returns the row below them. */
static int stack_draw(struct drawing *d, const struct stack *stack, unsigned places,
		      struct rect where)
{
	int row = where.row;
	for (int i = 0; i < stack->n_slots; i++) {
		const struct slot *slot = &stack->slots[i];

		if (!(places & 1u << slot->view->place) || slot->rows == 0)
			continue;
		d->rows = slot->rows;
		if (slot->view->head) {
			grid_clip(d->grid, (struct rect){row, where.column, 1, where.columns});
			slot->view->head(d);
			row++;
		}
		grid_clip(d->grid, (struct rect){row, where.column, slot->rows, where.columns});
		slot->view->draw(d);
		row += slot->rows;
	}
	return row;
}

static bool is_rule(const struct drawing *d, int row, int column)
{
	const struct cell *cell = grid_at(d->grid, row, column);
	return cell && strcmp(cell->text, sign_text(d, SIGN_RULE)) == 0;
}

/* Draws the bar between the left and the right panes, joined to the rules that meet it. */
static void draw_bar(struct drawing *d, int first, int end, int column)
{
	grid_clip(d->grid, (struct rect){0, 0, d->grid->rows, d->grid->columns});
	for (int row = first; row < end; row++) {
		bool left = is_rule(d, row, column - 1), right = is_rule(d, row, column + 1);
		enum sign sign = row == first    ? SIGN_BAR_TOP
				 : left && right ? SIGN_BAR_BOTH
				 : left          ? SIGN_BAR_LEFT
				 : right         ? SIGN_BAR_RIGHT
						 : SIGN_BAR;
		grid_text(d->grid, row, column, style_muted, sign_text(d, sign));
	}
	if (is_rule(d, end, column))
		grid_text(d->grid, end, column, style_muted, sign_text(d, SIGN_BAR_END));
}

/* One stack of everything; what stands at the bottom is drawn from the bottom up. */
static void draw_narrow(struct drawing *d, enum view_screen screen)
{
	struct stack stack = {0};
	struct rect where = {0, 0, d->grid->rows, d->grid->columns};
	stack_add(d, &stack, screen, PLACE_TOP | PLACE_LEFT | PLACE_RIGHT | PLACE_BOTTOM,
		  where.columns);
	stack_fit(d, &stack, where.rows);
	stack_draw(d, &stack, PLACE_TOP | PLACE_LEFT | PLACE_RIGHT, where);
	where.row = where.rows - stack_rows(&stack, PLACE_BOTTOM);
	stack_draw(d, &stack, PLACE_BOTTOM, where);
}

/* Top and bottom over the whole width, between them a left and a right column. */
static void draw_wide(struct drawing *d, enum view_screen screen)
{
	struct stack stack = {0}, right = {0};
	struct rect where = {0, 0, d->grid->rows, d->grid->columns};
	int right_columns = where.columns * RIGHT_PERCENT / 100, bar, bottom;
	right_columns = right_columns < RIGHT_MAX ? right_columns : RIGHT_MAX;
	bar = where.columns - right_columns - 1;
	stack_add(d, &stack, screen, PLACE_TOP, where.columns);
	stack_add(d, &stack, screen, PLACE_LEFT, bar);
	stack_add(d, &stack, screen, PLACE_BOTTOM, where.columns);
	stack_add(d, &right, screen, PLACE_RIGHT, right_columns);
	stack_fit(d, &stack, where.rows);
	bottom = where.rows - stack_rows(&stack, PLACE_BOTTOM);
	stack_fit(d, &right, bottom - stack_rows(&stack, PLACE_TOP));
	where.row = stack_draw(d, &stack, PLACE_TOP, where);
	int middle = where.row;
	where.columns = bar;
	stack_draw(d, &stack, PLACE_LEFT, where);
	where.column = bar + 1;
	where.columns = right_columns;
	stack_draw(d, &right, PLACE_RIGHT, where);
	where = (struct rect){bottom, 0, d->grid->rows, d->grid->columns};
	stack_draw(d, &stack, PLACE_BOTTOM, where);
	draw_bar(d, middle, bottom, bar);
}

/* What fits in a window that no pane fits in: which step it is. */
static void draw_notice(struct drawing *d)
{
	const struct session *session = d->session;
	struct rect where = {0, 0, d->grid->rows, d->grid->columns};
	struct strbuf text = {0};
	int row = 0;
	if (session->lesson) {
		strbuf_addf(&text, _("step %llu"),
			    (unsigned long long)stepper_number(&session->stepper));
		if (session->has_step) {
			strbuf_add(&text, ": ");
			step_print(&session->step, &d->symbols, &text);
		}
		where.rows = where.rows > 1 ? where.rows - 1 : 1;
		row = pane_wrap(d, where, style_bold, strbuf_str(&text));
	}
	if (row < d->grid->rows)
		pane_draw(d, row, 0, where.columns, style_muted, _("the window is too small"));
	strbuf_free(&text);
}

static void draw_all(struct drawing *d)
{
	const struct grid *grid = d->grid;
	if (grid->rows < LEAST_ROWS || grid->columns < LEAST_COLUMNS)
		draw_notice(d);
	else if (d->state->pager)
		draw_narrow(d, SCREEN_PAGER);
	else if (d->state->lessons || !d->session->lesson)
		draw_narrow(d, SCREEN_CHOICE);
	else if (d->is_wide && !d->state->is_zoomed)
		draw_wide(d, SCREEN_WALK);
	else
		draw_narrow(d, SCREEN_WALK);
}

/* Remembers from where the walk came to where it is drawn now. */
static void note_stop(struct view_state *state, const struct session *session)
{
	uint64_t stop = session->lesson ? stepper_number(&session->stepper) + 1 : 0;
	if (stop == state->stop)
		return;
	state->stop_before = state->stop;
	state->stop = stop;
}

void view_draw_panes(struct session *session, struct view_state *state, struct grid *grid,
		     const struct view *const *panes)
{
	struct drawing d = {
	    .panes = panes,
	    .session = session,
	    .lent = session,
	    .state = state,
	    .grid = grid,
	    .arena = arena_new(),
	    .symbols = session->style,
	    .is_wide = grid->columns >= WIDE_COLUMNS && !is_projected(session),
	};
	note_stop(state, session);
	grid_clear(grid);
	state->is_unfinished = false;
	strbuf_clear(&state->cut);
	if (!d.arena)
		return;
	if (grid->ascii)
		d.symbols.glyphs = GLYPHS_ASCII;
	else if (d.symbols.glyphs == GLYPHS_WORDS) /* which are for lines: a picture has no room */
		d.symbols.glyphs = GLYPHS_UNICODE;
	d.ascii = d.symbols.glyphs == GLYPHS_ASCII;
	d.symbols.numbers = false;
	d.numbers = d.symbols;
	d.numbers.numbers = true;
	draw_all(&d);
	state->message_rows = d.has_message ? MESSAGE_ROWS : 1;
	state->message_columns = grid->columns - 2;
	grid_clip(grid, (struct rect){0, 0, grid->rows, grid->columns});
	points_find(&d);
	arena_free(d.arena);
}

static void count_line(void *ctx, const char *s, size_t len)
{
	(void)s, (void)len;
	++*(int *)ctx;
}

bool view_fits_message(const struct view_state *state, const char *message)
{
	int rows = 0;
	if (state->message_columns <= 0)
		return false;
	text_wrap(message, (size_t)state->message_columns, count_line, &rows);
	return rows <= state->message_rows;
}

void view_draw(struct session *session, struct view_state *state, struct grid *grid)
{
	CONTRACT(state->n_lessons == 0 || state->chosen < state->n_lessons);
	CONTRACT(grid->cells);
	view_draw_panes(session, state, grid, view_registry);
}
