/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verdict.c -- weighing. The settings were chosen on random networks (bench_verdicts prints what
 * they come to): a low weight of "something else" names chance hits, a high one names nothing. */
#include "backstep/teach/verdict.h"

#include <math.h>
#include <string.h>

#include "backstep/base/decimal.h"
#include "backstep/base/number.h"
#include "backstep/formula/formula_place.h"
#include "board_private.h"
#include "verdict_private.h"

const char *const verdict_kind_names[N_VERDICT_KINDS] = {
    [VERDICT_RIGHT] = "right",   [VERDICT_REMARK] = "remark", [VERDICT_NAMED] = "named",
    [VERDICT_LISTED] = "listed", [VERDICT_NONE] = "none",     [VERDICT_MORE_DIGITS] = "more-digits",
};

#define WEIGHT_RIGHT 150.0 /* beside the classes' priors, 2 to 10 each */
#define WEIGHT_OTHER 600.0 /* something else, uniform over three decades and two signs */
#define NAME_AT 0.6        /* a class is named at this probability */
#define RIVAL_AT 0.15      /* but not where another one is as likely as this */
#define LIST_AT 0.8        /* up to three are listed at this sum, of what is not "right" */
#define LIST_SUM 0.5       /* and this sum of all */
#define LIST_FIRST 0.2     /* and this of the first */
#define HAND_SHARE 0.1     /* how often numbers are worked out with rounded numbers */
#define HAND_SPREAD 0.004  /* relative spread of such numbers */
#define FARTHEST 1500.0    /* e to minus half of this is 0 */
#define SHOWN_SHARE 0.25   /* of a slip below, where the numbers below are shown */
#define CLOSE 0.01         /* so near to right is right */

/* A number as it was typed. */
struct typed_number {
	double value, unit;
};

/* Whether t is s rounded or cut to t's digits. */
static bool fits(struct typed_number t, double s)
{
	double beyond = copysign(1.0, t.value) * s - fabs(t.value);
	double unit = fmax(t.unit, fabs(t.value) * 1e-9 + 1e-300);
	return beyond >= -0.5000001 * unit && beyond < 0.9999999 * unit;
}

/* Whether t is s to the digits that are shown: 0.57 is what 0.5700000002 looks like. */
static bool is_exact(struct typed_number t, double s)
{
	return fabs(t.value - s) <= 5e-7 * fabs(t.value) + 1e-15;
}

/* How likely t is where s was meant; base: spreads are of the difference to it. */
static double density(struct typed_number t, double s, double base)
{
	double unit = fmax(t.unit, fabs(t.value) * 1e-9 + 1e-300);
	double digits = fits(t, s) ? 1.0 / (1.5 * unit) : 0.0;
	/* a short number (0.5) that is just s counts as if it had four digits */
	double as_if = fmin(unit, fmax(fabs(t.value), 1e-12) * 1e-3);
	if (is_exact(t, s))
		digits = fmax(digits, 1.0 / (1.5 * as_if));
	double spread = fmax(HAND_SPREAD * fabs(s - base), 0.6 * unit);
	double away = (t.value - s) / spread;
	double height = away * away > FARTHEST ? 0.0 : exp(-0.5 * away * away);
	double hand = height / (spread * 2.5066282746310002);
	return (1.0 - HAND_SHARE) * digits + HAND_SHARE * hand;
}

/* A class with the likeliest of its slips. */
struct weighed {
	const struct slip *slip;
	double weight, best;
};

enum { MAX_CLASSES = 64 };

struct weighing {
	struct weighed classes[MAX_CLASSES]; /* sorted, likeliest first */
	size_t n_classes;
	double right, other; /* probabilities */
};

static struct weighed *class_of(struct weighing *w, const struct slip *slip)
{
	for (size_t i = 0; i < w->n_classes; i++)
		if (w->classes[i].slip->class == slip->class)
			return &w->classes[i];
	if (w->n_classes == MAX_CLASSES)
		return NULL;
	w->classes[w->n_classes] = (struct weighed){.slip = slip, .best = -1.0};
	return &w->classes[w->n_classes++];
}

static size_t count_places(const struct slips *slips, const struct slip_class *class)
{
	size_t n = 0;
	for (size_t i = 0; i < slips->n_items; i++)
		n += slips->items[i].class == class;
	return n;
}

/* How likely a slip is where the numbers that it is made in stand on the board; at an update the
 * whole gradient does. */
static double share_of(const struct slips *slips, const struct slip *slip)
{
	enum step_task task = task_of(&slips->board->question.step.place);
	bool is_late = task == TASK_UPDATE || task == TASK_MEMORY;
	if (slips->hides || slip->scope == SLIP_HERE || slip->scope == SLIP_SHOWN)
		return 1.0;
	return slip->scope == SLIP_DEEP || is_late ? SHOWN_SHARE : 1.0;
}

static void weigh_slips(struct weighing *w, const struct slips *slips, struct typed_number t,
			double base)
{
	for (size_t i = 0; i < slips->n_items; i++) {
		const struct slip *slip = &slips->items[i];
		struct weighed *class = class_of(w, slip);
		double d = density(t, slip->value, base);
		if (!class)
			continue;
		d *= share_of(slips, slip);
		class->weight += d * slip->class->prior;
		if (d > class->best) {
			class->best = d;
			class->slip = slip;
		}
	}
	for (size_t i = 0; i < w->n_classes; i++)
		w->classes[i].weight /= (double)count_places(slips, w->classes[i].slip->class);
}

/* By weight; classes that weigh the same stay in the order of the catalogue. */
static void sort_classes(struct weighing *w)
{
	for (size_t i = 1; i < w->n_classes; i++)
		for (size_t k = i; k > 0 && w->classes[k].weight > w->classes[k - 1].weight; k--) {
			struct weighed swap = w->classes[k];
			w->classes[k] = w->classes[k - 1];
			w->classes[k - 1] = swap;
		}
}

static void weigh(struct weighing *w, const struct slips *slips, struct typed_number t)
{
	const struct question *question = &slips->board->question;
	double size = fmax(fabs(t.value), fabs(question->value) * 1e-3 + 1e-12);
	*w = (struct weighing){.n_classes = 0};
	weigh_slips(w, slips, t, question->base);
	w->right = WEIGHT_RIGHT * density(t, question->value, question->base);
	w->other = WEIGHT_OTHER / (2.0 * 3.0 * 2.302585092994046 * size);
	double total = w->right + w->other;
	for (size_t i = 0; i < w->n_classes; i++)
		total += w->classes[i].weight;
	for (size_t i = 0; i < w->n_classes; i++)
		w->classes[i].weight /= total;
	w->right /= total;
	w->other /= total;
	sort_classes(w);
}

static double class_weight(const struct weighing *w, size_t i)
{
	return i < w->n_classes ? w->classes[i].weight : 0.0;
}

/* What the weights alone say. */
static enum verdict_kind say(const struct weighing *w)
{
	double first = class_weight(w, 0);
	double sum = first + class_weight(w, 1) + class_weight(w, 2);
	bool is_listed =
	    sum >= LIST_AT * (1.0 - w->right) && sum >= LIST_SUM && first >= LIST_FIRST;
	if (w->right >= 0.5 || (w->right >= first && w->right > w->other))
		return VERDICT_RIGHT;
	if (first >= NAME_AT && class_weight(w, 1) < RIVAL_AT)
		return VERDICT_NAMED;
	return is_listed ? VERDICT_LISTED : VERDICT_NONE;
}

/* Right to the last digit typed, or within 1 % (of the change, for a new weight). */
static bool is_close(const struct question *question, const struct rights *rights,
		     struct typed_number t)
{
	double allowed = CLOSE * fabs(question->value - question->base);
	if (fits(t, question->value) || fabs(t.value - question->value) <= allowed)
		return true;
	for (size_t i = 0; i < rights->n; i++)
		if (fits(t, rights->values[i]))
			return true;
	return false;
}

/* Too few digits to judge by: under three or what is asked for, unless the value is that short; or
 * so few that the old weight and the new one look alike. */
static bool is_coarse(const struct question *question, const struct rights *rights,
		      struct typed_number t)
{
	double enough = pow(10.0, (double)rights_digits(rights) - 1.0) - 0.5;
	if (t.unit == 0.0 || is_exact(t, question->value))
		return false;
	bool is_near = fits(t, question->value) || fabs(t.value - question->value) <= t.unit;
	return is_near && (fabs(t.value) < enough * t.unit ||
			   t.unit > 0.5 * fabs(question->value - question->base));
}

static void note_slips(struct verdict *verdict, const struct weighing *w)
{
	bool is_one = verdict->kind == VERDICT_NAMED || verdict->kind == VERDICT_REMARK;
	size_t n = is_one ? 1 : verdict->kind == VERDICT_LISTED ? VERDICT_MAX_SLIPS : 0;
	verdict->probability = class_weight(w, 0);
	for (size_t i = 0; i < n && i < w->n_classes; i++)
		if (i < 2 || class_weight(w, i) >= 0.05) /* a list of two, unless a third counts */
			verdict->slips[verdict->n_slips++] = w->classes[i].slip;
}

void verdict_of_number(struct verdict *verdict, const struct slips *slips,
		       const struct rights *rights, double typed, double unit)
{
	struct typed_number t = {typed, unit};
	const struct question *question = &slips->board->question;
	struct weighing w;
	weigh(&w, slips, t);
	enum verdict_kind said = say(&w);
	bool is_named = class_weight(&w, 0) >= NAME_AT;
	if (is_close(question, rights, t))
		said = is_named ? VERDICT_REMARK : VERDICT_RIGHT;
	else if (said == VERDICT_RIGHT) /* likely meant so, and still not right */
		said = VERDICT_NONE;
	bool is_open = said == VERDICT_RIGHT || said == VERDICT_NONE || said == VERDICT_REMARK;
	if (is_open && is_coarse(question, rights, t))
		said = VERDICT_MORE_DIGITS;
	*verdict = (struct verdict){.kind = said};
	note_slips(verdict, &w);
}

static bool is_same(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(fmax(fabs(a), fabs(b)), 1e-12);
}

static void keep_largest(void *ctx, struct formula *leaf)
{
	double *largest = ctx;
	*largest = fmax(*largest, fabs(leaf->value));
}

/* Whether two ways to work a number out agree: to what rounding leaves of its terms, of which the
 * largest may be much larger than the number. */
static bool agree(double a, double b, double largest)
{
	return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b)) + 1e-15 * largest;
}

/* A formula with names is what it is with any numbers. */
static void judge_formula(struct verdict *verdict, const struct slips *slips,
			  const struct reading *reading)
{
	const struct question *question = &slips->board->question;
	double largest = 0.0;
	formula_visit(question->tree, keep_largest, &largest);
	bool is_here = agree(reading->value, question->value, largest);
	*verdict = (struct verdict){.kind = VERDICT_NONE};
	if (is_here && agree(reading->shifted, question->shifted, largest)) {
		verdict->kind = VERDICT_RIGHT;
		return;
	}
	for (size_t i = 0; i < slips->n_items; i++) {
		const struct slip *slip = &slips->items[i];
		if (!agree(reading->value, slip->value, largest) ||
		    !agree(reading->shifted, slip->shifted, largest))
			continue;
		verdict->kind = VERDICT_NAMED;
		verdict->slips[0] = slip;
		verdict->n_slips = 1;
		verdict->probability = 1.0;
		return;
	}
	verdict->is_wrong_form = is_here;
}

/* How much sense a reading makes: the lower, the more. */
static int sense(const struct verdict *verdict)
{
	static const int order[N_VERDICT_KINDS] = {
	    [VERDICT_RIGHT] = 0,  [VERDICT_REMARK] = 1,      [VERDICT_NAMED] = 2,
	    [VERDICT_LISTED] = 3, [VERDICT_MORE_DIGITS] = 4, [VERDICT_NONE] = 5,
	};
	return order[verdict->kind];
}

void verdict_of_answer(struct verdict *verdict, const struct slips *slips,
		       const struct rights *rights, const struct answer *answer)
{
	*verdict = (struct verdict){.kind = VERDICT_NONE};
	for (size_t i = 0; i < answer->n_readings; i++) {
		const struct reading *reading = &answer->readings[i];
		struct verdict other;
		if (answer->has_names)
			judge_formula(&other, slips, reading);
		else
			verdict_of_number(&other, slips, rights, reading->value, answer->unit);
		bool is_better =
		    sense(&other) < sense(verdict) ||
		    (sense(&other) == sense(verdict) && other.probability > verdict->probability);
		if (i == 0 || is_better)
			*verdict = other;
	}
}

/* Significant digits, ties away from 0, as a person rounds. */
static double round_digits(double value, int digits)
{
	if (value == 0.0 || !isfinite(value))
		return value;
	int places = digits - 1 - (int)floor(log10(fabs(value)));
	return decimal_round(value, places, DECIMAL_HALF_UP);
}

static void shorten_leaf(void *ctx, struct formula *leaf)
{
	const int *digits = ctx;
	leaf->value = round_digits(board_entry(leaf)->value, *digits);
}

void rights_add_shown(struct rights *rights, struct board *board, int digits)
{
	if (rights->n == sizeof rights->values / sizeof *rights->values)
		return;
	formula_visit(board->question.tree, shorten_leaf, &digits);
	double value = formula_eval(board->question.tree);
	board_enter(board, WORLD_REAL);
	if (isfinite(value))
		rights->values[rights->n++] = value;
}

/* Whether a number is 0, 1, or stands in the question anyway. */
static bool is_trivial(const struct board *board, const struct entry *own, double typed)
{
	if (is_same(typed, 0.0) || is_same(typed, 1.0))
		return true;
	for (size_t i = 0; i < board->n_entries; i++) {
		const struct entry *entry = board->entries[i];
		if (entry != own && entry->in_cone && is_same(entry->value, typed))
			return true;
	}
	return false;
}

double verdict_carried_value(struct board *board, const struct missed *missed)
{
	struct entry *entry = board_look(board, missed->name, missed->value);
	double typed = missed->typed;
	if (!entry || !entry->in_cone || is_trivial(board, entry, typed))
		return NAN;
	double ratio = fabs(typed / entry->value);
	if (!(ratio >= 0.1 && ratio <= 10.0))
		return NAN;
	entry->leaf.value = typed;
	double value = board_work_after(board, entry);
	board_enter(board, WORLD_REAL);
	return value;
}

void verdict_print_line(const struct verdict *verdict, struct strbuf *out)
{
	bool is_remark = verdict->kind == VERDICT_REMARK;
	strbuf_add(out, is_remark ? "right remark" : verdict_kind_names[verdict->kind]);
	for (size_t i = 0; i < verdict->n_slips; i++)
		strbuf_addf(out, " %s", verdict->slips[i]->class->name);
}
