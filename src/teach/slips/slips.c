/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slips.c -- all slips of a question: made by the rows, measured in both worlds, each kept once. */
#include "backstep/teach/slip.h"

#include <math.h>

#include "../verdict_private.h"
#include "slip_make.h"

const struct slip_class *const slip_registry[] = {
#define SLIP(name) &slip_##name,
#include "backstep/teach/slip_list.h"
#undef SLIP
    NULL,
};

static struct slip_site site_of_question(const struct question *question)
{
	const struct place *place = &question->step.place;
	return (struct slip_site){.tree = question->tree,
				  .task = task_of(place),
				  .phase = place->phase,
				  .of = question->of,
				  .wrt = question->wrt,
				  .is_update = question->is_update,
				  .is_slope = question->is_slope,
				  .is_derivative = question->is_derivative,
				  .is_mean = place->whole_batch};
}

static struct slip_site site_of_entry(const struct entry *entry)
{
	return (struct slip_site){.tree = entry->tree,
				  .task = entry->task,
				  .phase = entry->phase,
				  .of = entry->of,
				  .wrt = entry->wrt,
				  .is_update = entry->task == TASK_UPDATE,
				  .is_slope = is_slope_entry(entry),
				  .is_derivative =
				      entry->task == TASK_FACTOR || entry->task == TASK_DELTA};
}

static void make_here(struct slips *slips)
{
	slips->site = site_of_question(&slips->board->question);
	for (const struct slip_class *const *class = slip_registry; *class; class ++) {
		slips->class = *class;
		slips->scope = (*class)->is_shown ? SLIP_SHOWN : SLIP_HERE;
		(*class)->make(slips);
	}
}

enum {
	DEEP_LEVELS = 2, /* so many formulas below the asked one */
	DEEP_MOST = 40,  /* so many formulas in all */
};

/* The formulas that the question rests on, each once. */
struct depths {
	struct slips *slips;
	struct entry *entries[DEEP_MOST];
	size_t n, level;
};

static bool is_listed(const struct depths *depths, const struct entry *entry)
{
	for (size_t i = 0; i < depths->n; i++)
		if (depths->entries[i] == entry)
			return true;
	return false;
}

static void list_below(void *ctx, struct formula *leaf)
{
	struct depths *depths = ctx;
	struct entry *entry = board_entry(leaf);
	const struct question *question = &depths->slips->board->question;
	if (!entry->tree || entry->index >= question->index ||
	    entry->phase != question->step.place.phase)
		return;
	bool is_copy = formula_is_leaf(entry->tree); /* the same number under another name */
	if (!is_copy && (depths->n == DEEP_MOST || is_listed(depths, entry)))
		return;
	if (!is_copy)
		depths->entries[depths->n++] = entry;
	if (!is_copy && depths->level + 1 == DEEP_LEVELS)
		return;
	depths->level += !is_copy;
	formula_visit(entry->tree, list_below, depths);
	depths->level -= !is_copy;
}

static void make_below(struct slips *slips, struct entry *entry)
{
	slips->below = entry;
	slips->site = site_of_entry(entry);
	for (const struct slip_class *const *class = slip_registry; *class; class ++) {
		slips->class = *class;
		slips->scope = SLIP_DEEP;
		if ((*class)->is_deep)
			(*class)->make(slips);
	}
	slips->below = NULL;
}

static void make_deep(struct slips *slips)
{
	struct depths depths = {.slips = slips};
	formula_visit(slips->board->question.tree, list_below, &depths);
	for (size_t i = 0; i < depths.n; i++)
		make_below(slips, depths.entries[i]);
}

/* The formulas of one way to make the mistake everywhere; NULL: no site has it. */
static struct formula **make_trees(struct slips *slips, size_t variant)
{
	const struct board *board = slips->board;
	struct formula **trees = ARENA_ARRAY(slips->arena, struct formula *, board->n_cone + 1);
	bool has_any = false;
	slips->failed |= !trees;
	for (size_t i = 0; trees && i <= board->n_cone; i++) {
		struct slip_site site = i < board->n_cone ? site_of_entry(board->cone[i])
							  : site_of_question(&board->question);
		trees[i] = slips->class->everywhere(slips, &site, variant);
		has_any |= trees[i] != NULL;
	}
	return has_any ? trees : NULL;
}

static void make_everywhere(struct slips *slips)
{
	slips->scope = SLIP_EVERYWHERE;
	for (const struct slip_class *const *class = slip_registry; *class; class ++)
		for (size_t k = 0; k < (*class)->n_everywhere; k++) {
			slips->class = *class;
			struct formula **trees = make_trees(slips, k);
			struct slip *slip = trees ? slip_add(slips) : NULL;
			if (slip)
				slip->trees = trees;
			slips->meant = slips->taken = NULL;
		}
}

/* Puts the number of the rewritten formula below on the board, and all that comes of it. */
static double work_below(const struct slips *slips, const struct slip *slip)
{
	slip->below->leaf.value = formula_eval(slip->tree);
	return board_work_after(slips->board, slip->below);
}

/* The asked formula as somebody has it who makes the mistake everywhere. */
static struct formula *asked_tree(const struct slips *slips, const struct slip *slip)
{
	const struct board *board = slips->board;
	struct formula *f = slip->trees ? slip->trees[board->n_cone] : NULL;
	return f ? f : board->question.tree;
}

/* Works through all that the question rests on, with the mistake made at every site. Leaves the
 * numbers that come of it on the board. */
static double work_everywhere(const struct slips *slips, const struct slip *slip)
{
	const struct board *board = slips->board;
	size_t i = 0;
	while (i < board->n_cone && !slip->trees[i]) /* those before the first stay */
		i++;
	for (; i < board->n_cone; i++) {
		struct entry *entry = board->cone[i];
		entry->leaf.value = formula_eval(slip->trees[i] ? slip->trees[i] : entry->tree);
	}
	return formula_eval(asked_tree(slips, slip));
}

static double measure(const struct slips *slips, const struct slip *slip, enum world world)
{
	if (slip->scope == SLIP_HERE || slip->scope == SLIP_SHOWN)
		return formula_eval(slip->tree);
	double value =
	    slip->scope == SLIP_DEEP ? work_below(slips, slip) : work_everywhere(slips, slip);
	board_restore(slips->board, world);
	return value;
}

static bool is_same(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(fmax(fabs(a), fabs(b)), 1e-12);
}

/* Whether the slip makes a difference, and one that can be seen. */
static bool is_slip(const struct question *question, const struct slip *slip)
{
	if (!isfinite(slip->value) || !isfinite(slip->shifted))
		return false;
	return !is_same(slip->value, question->value) || !is_same(slip->shifted, question->shifted);
}

/* Of two slips that agree in both worlds: whether the new one says it better. */
static bool is_better(const struct slip *new, const struct slip *old)
{
	bool is_below = new->scope == SLIP_DEEP || new->scope == SLIP_EVERYWHERE;
	return !is_below && new->class->prior > old->class->prior;
}

static void keep(struct slips *slips, const struct slip *slip)
{
	for (size_t i = 0; i < slips->n_items; i++) {
		struct slip *old = &slips->items[i];
		if (!is_same(old->value, slip->value) || !is_same(old->shifted, slip->shifted))
			continue;
		if (is_better(slip, old))
			*old = *slip;
		return;
	}
	slips->items[slips->n_items++] = *slip;
}

enum status slips_measure(struct slips *slips, struct error *err)
{
	struct board *board = slips->board;
	for (enum world world = WORLD_REAL; world <= WORLD_SHIFTED; world++) {
		board_enter(board, world);
		for (size_t i = 0; i < slips->n_made; i++) {
			struct slip *slip = &slips->made[i];
			double value = measure(slips, slip, world);
			*(world == WORLD_REAL ? &slip->value : &slip->shifted) = value;
		}
	}
	board_enter(board, WORLD_REAL);
	slips->n_items = 0;
	for (size_t i = 0; i < slips->n_made; i++)
		if (is_slip(&board->question, &slips->made[i]))
			keep(slips, &slips->made[i]);
	return slips->failed ? error_no_memory(err) : STATUS_OK;
}

enum status slips_find(struct slips *slips, struct board *board, bool hides, struct error *err)
{
	*slips = (struct slips){.arena = board->arena, .board = board, .hides = hides};
	make_here(slips);
	make_everywhere(slips);
	make_deep(slips);
	slips->items = ARENA_ARRAY(slips->arena, struct slip, slips->n_made);
	slips->failed |= !slips->items;
	return slips->failed ? error_no_memory(err) : slips_measure(slips, err);
}

void slip_tell(const struct slip *slip, const struct formula_style *style, struct strbuf *out)
{
	struct formula_style symbols = *style;
	symbols.numbers = false;
	strbuf_add(out, slip->words ? lesson_text_in(slip->words, language_current())
				    : tr(slip->class->says));
	if (!slip->meant || !slip->taken)
		return;
	strbuf_add(out, " (");
	formula_print(&slip->taken->leaf, &symbols, out);
	strbuf_addf(out, " %s ", _("in place of"));
	formula_print(&slip->meant->leaf, &symbols, out);
	strbuf_add(out, ")");
}

void slip_show(const struct slips *slips, const struct slip *slip,
	       const struct formula_style *style, struct strbuf *out)
{
	struct formula_style numbers = *style;
	struct formula *shown = slip->tree;
	if (slip->scope == SLIP_DEEP) {
		work_below(slips, slip);
		shown = slips->board->question.tree;
	} else if (slip->scope == SLIP_EVERYWHERE) {
		work_everywhere(slips, slip);
		shown = asked_tree(slips, slip);
	}
	numbers.numbers = !formula_is_leaf(shown); /* a number alone by its name */
	if (shown->kind != FORMULA_NUMBER) {
		formula_print(shown, &numbers, out);
		strbuf_add(out, " = ");
	}
	board_enter(slips->board, WORLD_REAL);
	step_print_number(slip->value, style, out);
}
