/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_print.c -- a step as one line: left = rule = numbers = value. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/trace/step.h"

void step_print_number(double value, const struct formula_style *style, struct strbuf *out)
{
	struct formula number = {.kind = FORMULA_NUMBER, .value = value};
	formula_print(&number, style, out);
}

/* Appends " = text" unless text is what was printed last. last keeps text. */
static void add_side(struct strbuf *out, struct strbuf *last, struct strbuf *text)
{
	if (strcmp(strbuf_str(last), strbuf_str(text)) != 0)
		strbuf_addf(out, " = %s", strbuf_str(text));
	strbuf_clear(last);
	strbuf_add(last, strbuf_str(text));
	strbuf_clear(text);
}

static void add_sides(const struct formula *rule, double value, const struct formula_style *style,
		      struct strbuf *out, struct strbuf *last)
{
	struct strbuf text = {0};
	struct formula_style symbols = *style, numbers = *style;
	symbols.numbers = false;
	numbers.numbers = true;
	if (rule) {
		formula_print(rule, &symbols, &text);
		add_side(out, last, &text);
		formula_print(rule, &numbers, &text);
		add_side(out, last, &text);
	}
	step_print_number(value, style, &text);
	add_side(out, last, &text);
	strbuf_free(&text);
}

void step_print(const struct step *step, const struct formula_style *style, struct strbuf *out)
{
	static const char *const arrows[N_GLYPHS] = {" ← ", " <- ", " \\leftarrow "};
	if (step->place.kind == STEP_COMMIT) {
		strbuf_add(out, _(step->why));
		return;
	}
	struct formula_style symbols = *style;
	symbols.numbers = false;
	struct strbuf last = {0}, sides = {0};
	formula_print(step->left, &symbols, out);
	add_sides(step->rule, step->value, style, &sides, &last);
	const char *text = strbuf_str(&sides);
	if (step_is_assignment(step) && *text) {
		strbuf_add(out, arrows[style->glyphs]);
		text += strlen(" = ");
	}
	strbuf_add(out, text);
	strbuf_free(&last);
	strbuf_free(&sides);
}

void step_print_so_far(const struct step *step, const struct formula_style *style,
		       struct strbuf *out)
{
	struct formula_style numbers = *style;
	numbers.numbers = true;
	formula_print(step->so_far, &numbers, out);
	strbuf_add(out, " = ");
	step_print_number(step->so_far_value, &numbers, out);
}
