/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rates.c -- makes slips and counts verdicts. */
#include "rates.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/formula/formula_place.h"

double rates_typed(double value, int digits, double *unit)
{
	char text[64];
	*unit = pow(10.0, -digits);
	if (value == 0.0 || !isfinite(value))
		return 0.0;
	snprintf(text, sizeof text, "%.*e", digits - 1, value);
	double typed = strtod(text, NULL);
	int exponent = atoi(strchr(text, 'e') + 1) - (digits - 1);
	/* short as it is: 0.5 is typed 0.5, not 0.5000 */
	for (const char *c = strchr(text, 'e') - 1;
	     fabs(typed - value) <= 1e-12 * fabs(value) && c > text && *c == '0'; c--)
		exponent++;
	*unit = pow(10.0, exponent);
	return typed;
}

static bool has_class(const struct verdict *verdict, const struct slip_class *class)
{
	for (size_t i = 0; i < verdict->n_slips; i++)
		if (verdict->slips[i]->class == class)
			return true;
	return false;
}

static void count_slip(struct rate *rate, const struct verdict *verdict,
		       const struct slip_class *class, double weight)
{
	bool is_own = has_class(verdict, class);
	bool is_told = verdict->kind == VERDICT_NAMED || verdict->kind == VERDICT_LISTED;
	rate->made += weight;
	rate->named += weight * (is_own && verdict->kind == VERDICT_NAMED);
	rate->listed += weight * (is_own && verdict->kind == VERDICT_LISTED);
	rate->remarked += weight * (is_own && verdict->kind == VERDICT_REMARK);
	rate->other += weight * (!is_own && is_told);
	rate->passed += weight * (verdict->kind == VERDICT_RIGHT);
}

static size_t class_number(const struct slip_class *class)
{
	size_t i = 0;
	while (slip_registry[i] != class)
		i++;
	return i;
}

static bool is_same(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

/* More than 1 % off, of the change where it is an update, and by more than the last digit. */
static bool is_far(const struct question *question, double typed, double unit)
{
	double allowed = 0.01 * fabs(question->value - question->base);
	return fabs(typed - question->value) > fmax(allowed, unit);
}

static void count_slips(struct rates *rates, struct rate *skill, const struct slips *slips,
			const struct rights *rights)
{
	size_t n_places[RATES_CLASSES] = {0};
	for (size_t i = 0; i < slips->n_items; i++)
		n_places[class_number(slips->items[i].class)] += slips->items[i].scope != SLIP_DEEP;
	for (size_t i = 0; i < slips->n_items; i++) {
		const struct slip *slip = &slips->items[i];
		size_t class = class_number(slip->class);
		double unit, weight = slip->class->prior / (double)n_places[class];
		double typed = rates_typed(slip->value, 4, &unit);
		struct verdict verdict;
		if (slip->scope == SLIP_DEEP) /* what lies below is shown here */
			continue;
		if (is_same(slip->value, slips->board->question.value)) {
			rates->n_hidden++;
			continue;
		}
		verdict_of_number(&verdict, slips, rights, typed, unit);
		count_slip(&rates->classes[class], &verdict, slip->class, weight);
		count_slip(skill, &verdict, slip->class, weight);
		count_slip(&rates->all, &verdict, slip->class, weight);
		rates->n_passed_far +=
		    verdict.kind == VERDICT_RIGHT && is_far(&slips->board->question, typed, unit);
	}
}

static bool is_slip(const struct verdict *verdict)
{
	return verdict->kind == VERDICT_NAMED || verdict->kind == VERDICT_LISTED;
}

/* Numbers up to a decade around the right one, either sign. */
static void count_random(struct rates *rates, const struct slips *slips,
			 const struct rights *rights, struct random *r)
{
	double value = slips->board->question.value;
	for (size_t i = 0; i < 40; i++) {
		double unit, size = value != 0.0 ? value : 1.0;
		double away = pow(10.0, 2.0 * random_uniform(r) - 1.0);
		double sign = random_below(r, 2) ? 1.0 : -1.0;
		double typed = rates_typed(sign * size * away, 4, &unit);
		struct verdict verdict;
		verdict_of_number(&verdict, slips, rights, typed, unit);
		rates->n_random++;
		rates->random_named += verdict.kind == VERDICT_NAMED;
	}
}

static void round_leaf(void *ctx, struct formula *leaf)
{
	double unit;
	leaf->value = rates_typed(board_entry(leaf)->value, *(const int *)ctx, &unit);
}

static void count_hand(struct rates *rates, const struct slips *slips, const struct rights *rights)
{
	struct board *board = slips->board;
	for (int k = 0; k < RATES_HANDS; k++) {
		int digits = 3 + k;
		double unit;
		struct verdict verdict;
		formula_visit(board->question.tree, round_leaf, &digits);
		double typed = rates_typed(formula_eval(board->question.tree), digits, &unit);
		board_enter(board, WORLD_REAL);
		if (!isfinite(typed))
			continue;
		verdict_of_number(&verdict, slips, rights, typed, unit);
		bool is_right = verdict.kind == VERDICT_RIGHT || verdict.kind == VERDICT_REMARK;
		rates->n_hand[k]++;
		rates->hand_right[k] += is_right;
		rates->hand_more[k] += verdict.kind == VERDICT_MORE_DIGITS;
		rates->hand_slip[k] += is_slip(&verdict);
	}
}

static void count_exact(struct rates *rates, const struct slips *slips, const struct rights *rights)
{
	for (int digits = 3; digits <= 15; digits++) {
		double unit, typed = rates_typed(slips->board->question.value, digits, &unit);
		struct verdict verdict;
		verdict_of_number(&verdict, slips, rights, typed, unit);
		rates->n_exact++;
		rates->exact_slip += is_slip(&verdict) || verdict.kind == VERDICT_NONE;
	}
}

static void count_board(struct rates *rates, struct board *board, enum skill skill,
			struct random *r)
{
	struct slips slips;
	struct rights rights = {.n = 0};
	if (slips_find(&slips, board, false, NULL))
		return;
	rights_add_shown(&rights, board, 6);
	rates->n_boards++;
	rates->skills[skill].n_questions++;
	count_slips(rates, &rates->skills[skill], &slips, &rights);
	count_random(rates, &slips, &rights, r);
	count_hand(rates, &slips, &rights);
	count_exact(rates, &slips, &rights);
}

void rates_count(struct rates *rates, const struct stepper *stepper, uint64_t index,
		 enum skill skill, struct random *r)
{
	struct board board;
	if (board_init(&board, stepper, NULL, index, NULL))
		return;
	/* of a number that is 0 most slips give 0 as well: there is nothing to tell apart */
	if (isfinite(formula_eval(board.question.tree)) && board.question.value != 0.0)
		count_board(rates, &board, skill, r);
	board_free(&board);
}

/* Whether somebody would ask it: not what was asked already, nor what is given by its rule. */
static bool is_asked(const struct step *step, enum skill skill)
{
	bool is_copied =
	    formula_is_leaf(step->rule) && skill != SKILL_INPUT && skill != SKILL_WEIGHT;
	return !step->reused && !step->idle && !is_copied && step->rule->kind != FORMULA_NUMBER;
}

void rates_count_update(struct rates *rates, const struct stepper *stepper, size_t most,
			struct random *r)
{
	size_t n_of[N_SKILLS + 1] = {0};
	uint64_t n_steps = stepper_n_steps(stepper);
	uint64_t start = random_below(r, (size_t)n_steps);
	struct arena *arena = arena_new();
	struct step step;
	for (uint64_t k = 0; arena && k < n_steps && k < 2000; k++) {
		uint64_t index = (start + k) % n_steps + 1;
		arena_reset(arena);
		enum skill skill = skill_of_step(stepper, index, arena);
		if (skill == SKILL_NONE || n_of[skill] == most ||
		    stepper_at(stepper, index, arena, &step, NULL) || !is_asked(&step, skill))
			continue;
		n_of[skill]++;
		rates_count(rates, stepper, index, skill, r);
	}
	arena_free(arena);
}

static double percent(double part, double whole)
{
	return whole > 0.0 ? 100.0 * part / whole : 0.0;
}

double rate_told(const struct rate *rate)
{
	return percent(rate->named + rate->listed + rate->remarked, rate->made);
}

double rate_other(const struct rate *rate)
{
	return percent(rate->other, rate->made);
}

static void print_rate(const char *name, const struct rate *rate, FILE *out)
{
	if (rate->made > 0.0)
		fprintf(out, "%-16s %8.1f %8.1f %8.1f %8.1f %8.2f %8.1f %8zu\n", name,
			percent(rate->named, rate->made), percent(rate->listed, rate->made),
			percent(rate->remarked, rate->made), rate_told(rate), rate_other(rate),
			percent(rate->passed, rate->made), rate->n_questions);
}

void rates_print(const struct rates *rates, FILE *out)
{
	fprintf(out, "%-16s %8s %8s %8s %8s %8s %8s %8s\n", "", "named", "listed", "remark", "told",
		"other", "right", "n");
	for (size_t i = 0; i < N_SKILLS; i++)
		print_rate(skill_table[i].name, &rates->skills[i], out);
	fprintf(out, "\n");
	for (size_t i = 0; slip_registry[i]; i++)
		print_rate(slip_registry[i]->name, &rates->classes[i], out);
	fprintf(out, "\n");
	print_rate("all", &rates->all, out);
	fprintf(out, "slips that give the right number here: %zu\n", rates->n_hidden);
	fprintf(out, "slips taken for right, more than 1 %% off: %zu\n", rates->n_passed_far);
	fprintf(out, "random numbers named %.3f %% of %.0f\n",
		percent(rates->random_named, rates->n_random), rates->n_random);
	for (size_t k = 0; k < RATES_HANDS; k++)
		fprintf(out,
			"right, worked with %zu digits: right %.2f %%, more digits %.2f %%, "
			"a slip %.3f %%\n",
			k + 3, percent(rates->hand_right[k], rates->n_hand[k]),
			percent(rates->hand_more[k], rates->n_hand[k]),
			percent(rates->hand_slip[k], rates->n_hand[k]));
	fprintf(out, "the exact value called wrong: %.0f of %.0f\n", rates->exact_slip,
		rates->n_exact);
}
