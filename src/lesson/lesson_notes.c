/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_notes.c -- texts that a lesson shows when the walk reaches a place: the keys, and the
 * places. */
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/engine/stage.h"
#include "lesson_resolve.h"
#include "lesson_schema.h"

static const struct schema_key note_keys[] = {
    {.name = "at",
     .required = true,
     .summary = N_("where the text is shown: forward, loss, backward, update, commit, or a name"),
     .example = "w1",
     .offset = offsetof(struct lesson_note, at),
     .value = {.type = &schema_type_name}},
    {.name = "es",
     .required = true,
     .unless = "en",
     .summary = N_("the text in Spanish"),
     .example = "\"El primer peso.\"",
     .offset = offsetof(struct lesson_note, text.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .unless = "es",
     .summary = N_("the text in English"),
     .example = "\"The first weight.\"",
     .offset = offsetof(struct lesson_note, text.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map note_map = MAP(note_keys);
const struct schema_value lesson_schema_note = {.type = &schema_type_map, .map = &note_map};

/* The first note at the same place as note i, or i. */
static size_t first_note_at(const struct lesson_notes *notes, size_t i)
{
	size_t first = 0;
	while (first < i && (!notes->items[first].at.text ||
			     strcmp(notes->items[first].at.text, notes->items[i].at.text) != 0))
		first++;
	return first;
}

/* Whether a stage computes a number of that name: R2, norm, or the loss with penalties, E_reg. */
static bool is_stage_name(const struct resolver *r, const char *name)
{
	const char *losses[] = {r->lesson->loss.total.name, r->lesson->loss.batch.name};
	for (size_t i = 0; i < 2; i++) {
		size_t len = losses[i] ? strlen(losses[i]) : 0;
		if (len && strncmp(name, losses[i], len) == 0 && strcmp(name + len, "_reg") == 0)
			return true;
	}
	return stage_computes(name);
}

void lesson_resolve_notes(struct resolver *r)
{
	const struct lesson_notes *notes = &r->lesson->notes;
	for (size_t i = 0; i < notes->n_items; i++) {
		const struct source_text *at = &notes->items[i].at;
		size_t first;

		if (!at->text)
			continue;
		first = first_note_at(notes, i);
		if (first < i) {
			report_error(r->report, at->mark,
				     _("there is a note at '%s' already (line %zu)"), at->text,
				     notes->items[first].at.mark.line);
		} else if (!name_find(&r->names, at->text) && !is_stage_name(r, at->text) &&
			   !r->is_broken) {
			report_error(r->report, at->mark, _("nothing is called '%s'"), at->text);
			name_hint(&r->names, at->text, false);
		}
	}
}

const char *lesson_text_in(const struct lesson_text *text, enum language language)
{
	for (size_t i = 0; i < N_LANGUAGES && !text->in[language].text; i++)
		language = (language + 1) % N_LANGUAGES;
	return text->in[language].text;
}

const char *lesson_note_at(const struct lesson *lesson, const char *place, enum language language)
{
	CONTRACT(place && language < N_LANGUAGES);
	for (size_t i = 0; i < lesson->notes.n_items; i++)
		if (strcmp(lesson->notes.items[i].at.text, place) == 0)
			return lesson_text_in(&lesson->notes.items[i].text, language);
	return NULL;
}
