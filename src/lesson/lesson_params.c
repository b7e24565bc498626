/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_params.c -- the parameters that layers declare.
 *
 * They are numbered as they are declared, layer by layer, weights before biases. An entry that is
 * only a name uses one declared before it. A number without a name is a parameter with a made name,
 * unless others of its matrix have names: then it is a constant, as the 0 of a missing connection.
 */
#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "lesson_resolve.h"

enum { FIRST_PARAMS = 64, SYMBOL_DIGITS = 6 };

/* Makes room for one more parameter. */
static bool make_room(struct resolver *r)
{
	struct lesson *lesson = r->lesson;
	size_t capacity = r->params_capacity ? 2 * r->params_capacity : FIRST_PARAMS;
	struct lesson_parameter *params;
	if (lesson->n_params < r->params_capacity)
		return true;
	params = ARENA_ARRAY(lesson->arena, struct lesson_parameter, capacity);
	if (!report_has_memory(r->report, params))
		return false;
	if (lesson->n_params)
		memcpy(params, lesson->params, lesson->n_params * sizeof *params);
	lesson->params = params;
	r->params_capacity = capacity;
	return true;
}

/* A number as formulas write it among symbols. NULL: no memory. */
static const char *number_symbol(struct resolver *r, double value)
{
	char digits[NUMBER_TEXT];
	const char *symbol = arena_printf(r->lesson->arena, value < 0.0 ? "(−%s)" : "%s",
					  number_format(digits, fabs(value), SYMBOL_DIGITS));
	report_has_memory(r->report, symbol);
	return symbol;
}

/* Declares a parameter; returns its place. */
static size_t add_param(struct resolver *r, const struct source_entry *entry,
			const struct default_name *fallback)
{
	struct lesson *lesson = r->lesson;
	size_t param = lesson->n_params;
	const char *name = entry->name;
	const char *input = fallback->input;
	if (!name)
		name = arena_printf(lesson->arena, "%s_%s%s%s", fallback->letters, fallback->unit,
				    input ? "_" : "", input ? input : "");
	if (!report_has_memory(r->report, name) || !make_room(r))
		return 0;
	lesson->params[lesson->n_params++] = (struct lesson_parameter){
	    .label = {.name = name, .mark = entry->mark},
	    .value = entry->value,
	    .frozen = r->is_frozen,
	    .is_made = !entry->name,
	    .is_constant = !entry->name && fallback->is_constant,
	};
	if (!entry->name && fallback->is_constant)
		lesson->params[param].label.symbol = number_symbol(r, entry->value);
	if (entry->name)
		name_add(&r->names, name, entry->mark, param);
	else
		name = name_add_made(&r->names, name, entry->mark, fallback->key, param);
	if (name) /* which a made one may not have got */
		lesson->params[param].label.name = name;
	return param;
}

size_t resolve_entry(struct resolver *r, const struct source_entry *entry,
		     const struct default_name *fallback)
{
	const struct name_row *row;
	if (entry->name && !entry->has_value) {
		row = name_find(&r->names, entry->name);
		if (name_is_param(row) || r->is_broken)
			return name_is_param(row) ? row->param : 0;
		report_error(r->report, entry->mark,
			     _("no parameter before this one is called '%s'"), entry->name);
		report_hint(r->report, _("give it a value: %s=0.5"), entry->name);
		name_hint(&r->names, entry->name, true);
		return 0;
	}
	if (!entry->has_value || (!entry->name && !fallback->unit))
		return 0;
	return add_param(r, entry, fallback);
}

struct label *resolve_param_labels(struct resolver *r, const size_t *params, size_t n)
{
	struct label *labels = params ? ARENA_ARRAY(r->lesson->arena, struct label, n) : NULL;
	if (params && !report_has_memory(r->report, labels))
		return NULL;
	for (size_t i = 0; labels && i < n; i++)
		if (params[i] < r->lesson->n_params)
			labels[i] = r->lesson->params[params[i]].label;
	return labels;
}
