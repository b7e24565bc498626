/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_figures.c -- printed figures and rounding of a lesson: the keys, and what can be judged of
 * them without computing anything. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "lesson_resolve.h"
#include "lesson_schema.h"

const char *const figure_verdict_words[] = {
    [FIGURE_EXACT] = "exact",
    [FIGURE_CARRIED] = "carried",
    [FIGURE_LAST_DIGIT] = "last-digit",
    [FIGURE_DIFFERS] = "differs",
    NULL,
};
const char *const rounding_words[] = {
    [DECIMAL_HALF_UP] = "half-up", [DECIMAL_CUT] = "cut", [DECIMAL_HALF_EVEN] = "half-even", NULL};

static const struct schema_key figure_keys[] = {
    {.name = "of",
     .required = true,
     .summary = N_("what the number is of: a name as expect has it, or a formula of such names"),
     .example = "dE/dw1",
     .offset = offsetof(struct lesson_figure, of),
     .value = {.type = &schema_type_line}},
    {.name = "update",
     .initial = N_("1"),
     .summary = N_("the update in which it is computed"),
     .example = "1",
     .offset = offsetof(struct lesson_figure, update),
     .value = {.type = &schema_type_count, .min = 1, .max = LESSON_MAX_FIGURE_UPDATE}},
    {.name = "printed",
     .required = true,
     .summary = N_("the number with all its digits, in quotes, as the lecture prints it"),
     .example = "\"0.0188\"",
     .offset = offsetof(struct lesson_figure, printed),
     .value = {.type = &schema_type_line}},
    {.name = "where",
     .initial = N_("none"),
     .summary = N_("where the lecture prints it"),
     .example = "\"The new w1\"",
     .offset = offsetof(struct lesson_figure, where),
     .value = {.type = &schema_type_line}},
    {.name = "verdict",
     .initial = N_("exact"),
     .summary = N_("exact (rounded or cut), carried (from earlier printed numbers), last-digit "
		   "(one off in the last place) or differs"),
     .example = "differs",
     .offset = offsetof(struct lesson_figure, declared),
     .value = {.type = &schema_type_choice, .choices = figure_verdict_words}},
    {.name = "es",
     .initial = N_("none; needed where it differs"),
     .summary = N_("why it differs, in Spanish: what follows 'porque'"),
     .example = "\"la clase resta dos veces.\"",
     .offset = offsetof(struct lesson_figure, why.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .initial = N_("none; needed where it differs"),
     .summary = N_("why it differs, in English: what follows 'because'"),
     .example = "\"the lecture subtracts twice.\"",
     .offset = offsetof(struct lesson_figure, why.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map figure_map = MAP(figure_keys);
const struct schema_value lesson_schema_figure = {.type = &schema_type_map, .map = &figure_map};

static const struct schema_key rounding_keys[] = {
    {.name = "digits",
     .required = true,
     .summary = N_("digits after the point that are kept of each number"),
     .example = "2",
     .offset = offsetof(struct lesson_by_hand, digits),
     .value = {.type = &schema_type_count, .min = 0, .max = DECIMAL_MAX_PLACES}},
    {.name = "mode",
     .initial = N_("half-up"),
     .summary = N_("how the others are left out: half-up, cut or half-even"),
     .example = "cut",
     .offset = offsetof(struct lesson_by_hand, mode),
     .value = {.type = &schema_type_choice, .choices = rounding_words}},
};
const struct schema_map lesson_schema_rounding = MAP(rounding_keys);

/* A figure that differs needs a text. */
static void check_texts(struct resolver *r, const struct lesson_figure *figure)
{
	if (lesson_text_in(&figure->why, LANGUAGE_EN) || figure->declared.value != FIGURE_DIFFERS)
		return;
	report_error(r->report, figure->declared.mark,
		     _("a figure that differs has a text that says why"));
	report_hint(r->report, "%s", _("add es, en or both: what follows 'because'"));
}

static void resolve_figure(struct resolver *r, struct lesson_figure *figure)
{
	struct error err;
	if (!figure->update.value)
		figure->update.value = 1;
	if (!figure->declared.mark.line)
		figure->declared.mark = figure->printed.mark;
	if (!figure->of.text || !figure->printed.text)
		return;
	if (decimal_parse(figure->printed.text, &figure->number, &err))
		report_failure(r->report, figure->printed.mark, &err);
	if (strlen(figure->of.text) > LESSON_MAX_FORMULA)
		report_error(r->report, figure->of.mark, _("a formula is longer than %d bytes"),
			     (int)LESSON_MAX_FORMULA);
	check_texts(r, figure);
}

void lesson_resolve_figures(struct resolver *r)
{
	struct lesson *lesson = r->lesson;
	lesson->rounding = (struct lesson_rounding){
	    .given = lesson->by_hand.digits.mark.line > 0,
	    .places = (int)lesson->by_hand.digits.value,
	    .mode = (enum decimal_mode)lesson->by_hand.mode.value,
	};
	for (size_t i = 0; i < lesson->figures.n_items; i++)
		resolve_figure(r, &lesson->figures.items[i]);
}
