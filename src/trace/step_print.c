/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_print.c -- a step as one line: left = rule = numbers = value; and as a few lines of text, in
 * the current language. */
#include "backstep/trace/step.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"

void step_print_number(double value, const struct formula_style *style, struct strbuf *out)
{
	struct formula number = {.kind = FORMULA_NUMBER, .value = value};
	formula_print(&number, style, out);
}

static const char *const arrows[N_GLYPHS] = {
    [GLYPHS_UNICODE] = " ← ",
    [GLYPHS_ASCII] = " <- ",
    [GLYPHS_WORDS] = N_(" becomes "),
    [GLYPHS_LATEX] = " \\leftarrow ",
};
static const char *const equals[N_GLYPHS] = {
    [GLYPHS_UNICODE] = " = ",
    [GLYPHS_ASCII] = " = ",
    [GLYPHS_WORDS] = N_(" equals "),
    [GLYPHS_LATEX] = " = ",
};
/* Between the parts of a heading. */
static const char *const separators[N_GLYPHS] = {
    [GLYPHS_UNICODE] = " · ",
    [GLYPHS_ASCII] = " - ",
    [GLYPHS_WORDS] = ", ",
    [GLYPHS_LATEX] = " - ",
};

/* Appends " = text" unless text is what was printed last. last keeps text. */
static void add_side(const struct formula_style *style, struct strbuf *out, struct strbuf *last,
		     struct strbuf *text)
{
	if (strcmp(strbuf_str(last), strbuf_str(text)) != 0) {
		strbuf_add(out, tr(equals[style->glyphs]));
		strbuf_add(out, strbuf_str(text));
	}
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
		add_side(style, out, last, &text);
		formula_print(rule, &numbers, &text);
		add_side(style, out, last, &text);
	}
	step_print_number(value, style, &text);
	add_side(style, out, last, &text);
	strbuf_free(&text);
}

void step_print(const struct step *step, const struct formula_style *style, struct strbuf *out)
{
	if (!step->left) {
		strbuf_add(out, tr(step->why));
		return;
	}
	struct formula_style symbols = *style;
	symbols.numbers = false;
	struct strbuf last = {0}, sides = {0};
	formula_print(step->left, &symbols, out);
	if (!step->assigns)
		formula_print(step->left, &symbols, &last);
	add_sides(step->rule, step->value, style, &sides, &last);
	const char *text = strbuf_str(&sides);
	if (step->assigns && *text) {
		strbuf_add(out, tr(arrows[style->glyphs]));
		text += strlen(tr(equals[style->glyphs]));
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
	strbuf_add(out, tr(equals[style->glyphs]));
	step_print_number(step->so_far_value, &numbers, out);
}

/* Appends a part of the heading, unless it is empty; after the first a dot stands before it. */
static void add_part(const struct formula_style *style, size_t start, const char *part,
		     struct strbuf *out)
{
	if (!*part)
		return;
	if (out->len > start)
		strbuf_add(out, separators[style->glyphs]);
	strbuf_add(out, part);
}

void step_print_subject(const struct step *step, const char *param,
			const struct formula_style *style, struct strbuf *out)
{
	const struct place *place = &step->place;
	const char *word = place->class->word;
	char path[LABEL_TEXT] = "", factor[LABEL_TEXT] = "";
	size_t start = out->len;
	if (place->n_factors > 0 && place->n_paths > 1)
		snprintf(path, sizeof path, _("path %llu of %llu"),
			 (unsigned long long)place->path + 1, (unsigned long long)place->n_paths);
	if (place->factor < place->n_factors)
		snprintf(factor, sizeof factor, _("factor %zu of %zu"), place->factor + 1,
			 place->n_factors);
	add_part(style, start, place->has_param ? param : "", out);
	add_part(style, start, path, out);
	add_part(style, start, factor, out);
	add_part(style, start, step->stage ? step->stage : "", out);
	add_part(style, start, word && place->has_param ? "" : step->name, out);
	add_part(style, start, word ? tr(word) : "", out);
}

/* backward · w5 · path 1 of 2 · factor 2 of 5 */
static void print_heading(const struct step *step, const struct formula_style *style,
			  struct strbuf *out)
{
	struct strbuf subject = {0};
	char row[LABEL_TEXT] = "";
	size_t start = out->len;
	if (step->example && step->n_rows > 1)
		snprintf(row, sizeof row, _("row %zu"), step->example);
	step_print_subject(step, step->param, style, &subject);
	add_part(style, start, phase_title(step->place.phase), out);
	add_part(style, start, row, out);
	add_part(style, start, strbuf_str(&subject), out);
	strbuf_free(&subject);
}

void step_print_report(const struct step *step, const struct formula_style *style,
		       struct strbuf *out)
{
	strbuf_addf(out, "[%llu] ", (unsigned long long)step->number);
	print_heading(step, style, out);
	strbuf_add(out, "\n     ");
	step_print(step, style, out);
	if (step->so_far) {
		strbuf_addf(out, "\n     %s ", _("so far"));
		step_print_so_far(step, style, out);
	}
	if (step->reused)
		strbuf_addf(out, "\n     (%s)", _("computed before in this update"));
	if (step->at_kink)
		strbuf_addf(out, "\n     (%s)",
			    _("exactly at the kink: there is no slope here, this is a convention"));
	if (step->form) {
		strbuf_add(out, "\n     (");
		strbuf_addf(out, _("rule %s: %s"), step->form, tr(step->why));
		strbuf_add_char(out, ')');
	}
	if (step->idle)
		strbuf_addf(out, "\n     (%s)", tr(step->why));
	if (!step->finite)
		strbuf_addf(out, "\n     (%s)", _("not a finite number"));
	strbuf_add_char(out, '\n');
}
