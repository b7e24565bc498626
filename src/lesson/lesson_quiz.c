/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_quiz.c -- what a lesson asks, and how: the keys. Whether kinds and classes exist is looked
 * at where they are known, by `backstep check --quiz`. */
#include "lesson_schema.h"

#include "backstep/base/i18n.h"

static const char *const reveal_words[] = {"now", "end", NULL};

static const struct schema_value word_value = {.type = &schema_type_word};

static const struct schema_key slip_keys[] = {
    {.name = "class",
     .required = true,
     .summary = N_("a class of slips, as verdicts name it"),
     .example = "new-weight",
     .offset = offsetof(struct lesson_slip, class),
     .value = {.type = &schema_type_word}},
    {.name = "es",
     .required = true,
     .unless = "en",
     .summary = N_("what is said of it, in Spanish"),
     .example = "\"se usa un peso ya actualizado\"",
     .offset = offsetof(struct lesson_slip, says.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .unless = "es",
     .summary = N_("what is said of it, in English"),
     .example = "\"a weight is used that is already updated\"",
     .offset = offsetof(struct lesson_slip, says.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map slip_map = MAP(slip_keys);
static const struct schema_value slip_value = {.type = &schema_type_map, .map = &slip_map};

static const struct schema_key quiz_keys[] = {
    {.name = "level",
     .initial = "2",
     .summary = N_("1 one kind, 2 the factors, 3 the products, 4 the whole chain, 5 new weights"),
     .example = "3",
     .offset = offsetof(struct lesson_quiz, level),
     .value = {.type = &schema_type_count, .min = 1, .max = 5}},
    {.name = "kinds",
     .initial = N_("those of the level"),
     .summary = N_("kinds of step that are asked in place of a level"),
     .example = "[slope, product]",
     .offset = offsetof(struct lesson_quiz, kinds),
     .value = {LIST_OF(word_value, struct source_text)}},
    {.name = "at",
     .initial = N_("one weight of each layer"),
     .summary = N_("the parameters that are asked"),
     .example = "[w5, w1]",
     .offset = offsetof(struct lesson_quiz, at),
     .value = {LIST_OF(lesson_schema_trained, struct lesson_trained)}},
    {.name = "attempts",
     .initial = "3",
     .summary = N_("tries at a question; then its value is told"),
     .example = "2",
     .offset = offsetof(struct lesson_quiz, attempts),
     .value = {.type = &schema_type_count, .min = 1, .max = 9}},
    {.name = "no_hints",
     .initial = N_("false"),
     .summary = N_("whether there are no hints"),
     .example = "true",
     .offset = offsetof(struct lesson_quiz, no_hints),
     .value = {.type = &schema_type_boolean}},
    {.name = "skip",
     .initial = N_("false"),
     .summary = N_("whether one may go on past a question, which is noted"),
     .example = "true",
     .offset = offsetof(struct lesson_quiz, skip),
     .value = {.type = &schema_type_boolean}},
    {.name = "reveal",
     .initial = "now",
     .summary = N_("when verdicts are told: now, or at the end of an exam"),
     .example = "end",
     .offset = offsetof(struct lesson_quiz, reveal),
     .value = {.type = &schema_type_choice, .choices = reveal_words}},
    {.name = "slips",
     .initial = N_("the program's own words"),
     .summary = N_("words of a teacher's own for classes of slips"),
     .example = "[{class: sign, es: \"el signo está al revés\", en: \"the sign is turned\"}]",
     .offset = offsetof(struct lesson_quiz, slips),
     .value = {LIST_OF(slip_value, struct lesson_slip)}},
};
const struct schema_map lesson_schema_quiz = MAP(quiz_keys);
