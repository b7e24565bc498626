/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema_figures.c -- the keys of `figures` and of `rounding`: the rows.
 *
 * To add a key: a row, a field in lesson_draft.h. */
#include "backstep/base/i18n.h"
#include "lesson_schema.h"

const char *const figure_verdict_words[] = {
    [FIGURE_EXACT] = "exact", [FIGURE_CARRIED] = "carried", [FIGURE_DIFFERS] = "differs", NULL};
const char *const rounding_words[] = {
    [DECIMAL_HALF_UP] = "half-up", [DECIMAL_CUT] = "cut", [DECIMAL_HALF_EVEN] = "half-even", NULL};

static const struct schema_key figure_keys[] = {
    {.name = "of",
     .required = true,
     .summary = N_("what the number is of: a name as expect has it, or a formula of such names"),
     .example = "dE/dw1",
     .offset = offsetof(struct draft_figure, of),
     .value = {.type = &schema_type_line}},
    {.name = "update",
     .initial = N_("1"),
     .summary = N_("the update in which it is computed"),
     .example = "1",
     .offset = offsetof(struct draft_figure, update),
     .value = {.type = &schema_type_count, .min = 1, .max = LESSON_MAX_FIGURE_UPDATE}},
    {.name = "printed",
     .required = true,
     .summary = N_("the number with all its digits, in quotes, as the lecture prints it"),
     .example = "\"0.0188\"",
     .offset = offsetof(struct draft_figure, printed),
     .value = {.type = &schema_type_line}},
    {.name = "where",
     .initial = N_("none"),
     .summary = N_("where the lecture prints it"),
     .example = "\"The new w1\"",
     .offset = offsetof(struct draft_figure, where),
     .value = {.type = &schema_type_line}},
    {.name = "verdict",
     .initial = N_("exact"),
     .summary = N_("exact (rounded or cut), carried (from earlier printed numbers) or differs"),
     .example = "differs",
     .offset = offsetof(struct draft_figure, verdict),
     .value = {.type = &schema_type_choice, .choices = figure_verdict_words}},
    {.name = "es",
     .initial = N_("none; needed where it differs"),
     .summary = N_("why it differs, in Spanish: what follows 'porque'"),
     .example = "\"la clase resta dos veces.\"",
     .offset = offsetof(struct draft_figure, why.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .initial = N_("none; needed where it differs"),
     .summary = N_("why it differs, in English: what follows 'because'"),
     .example = "\"the lecture subtracts twice.\"",
     .offset = offsetof(struct draft_figure, why.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map figure_map = MAP(figure_keys);
const struct schema_value lesson_schema_figure = {.type = &schema_type_map, .map = &figure_map};

static const struct schema_key rounding_keys[] = {
    {.name = "digits",
     .required = true,
     .summary = N_("digits behind the point that are kept of each number"),
     .example = "2",
     .offset = offsetof(struct draft_rounding, digits),
     .value = {.type = &schema_type_count, .min = 0, .max = DECIMAL_MAX_PLACES}},
    {.name = "mode",
     .initial = N_("half-up"),
     .summary = N_("how the others are left out: half-up, cut or half-even"),
     .example = "cut",
     .offset = offsetof(struct draft_rounding, mode),
     .value = {.type = &schema_type_choice, .choices = rounding_words}},
};
const struct schema_map lesson_schema_rounding = MAP(rounding_keys);
