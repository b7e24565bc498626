/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_counts.c -- what a lesson says by number: units that are only counted, and parameters that
 * an initialisation starts.
 *
 * Counted units get names; parameters that are made have none: there may be a million of them, and
 * the engine makes a name of the layer's name and the place in its matrix when one is shown. */
#include "lesson_resolve.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"

struct lesson_name *resolve_counted(struct resolver *r, const char *prefix,
				    struct source_count count)
{
	struct lesson_name *names = ARENA_ARRAY(r->lesson->arena, struct lesson_name, count.value);
	if (!report_has_memory(r->report, names))
		return NULL;
	for (size_t i = 0; i < count.value && !r->report->no_memory; i++) {
		char digits[24];
		struct lesson_name number = {.name = digits, .mark = count.mark};

		snprintf(digits, sizeof digits, "%zu", i + 1);
		names[i] = resolve_derived_name(r, prefix, &number, "name");
	}
	return names;
}

void resolve_layer_name(struct resolver *r, const struct draft_layer *draft,
			struct lesson_layer *layer)
{
	struct source_mark needs = draft->n_units.mark;
	if (!needs.line && draft->init.kind.text)
		needs = draft->init.kind.mark;
	if (!needs.line && draft->bias_init.kind.text)
		needs = draft->bias_init.kind.mark;
	layer->name = draft->name.text;
	if (!needs.line || layer->name)
		return;
	report_error(r->report, needs, "%s", _("this layer needs a 'name'"));
	report_hint(r->report, "%s",
		    _("name: h makes the units h1, h2, … and the weights W_h[1,1], …"));
}

static struct lesson_init read_init(const struct draft_init *draft)
{
	return (struct lesson_init){draft->kind, draft->with.items, draft->with.n_items,
				    draft->seed};
}

/* `bias: zero` reads like the name of a parameter given before. */
static bool is_zero(struct resolver *r, const struct draft_entries *bias)
{
	const struct draft_entry *entry = bias->items;
	return bias->bare && bias->n_items == 1 && entry->name && !entry->value_given &&
	       strcmp(entry->name, "zero") == 0 && !name_find(&r->names, "zero");
}

bool resolve_bias_init(struct resolver *r, const struct draft_layer *draft,
		       struct lesson_layer *layer)
{
	layer->bias_init = read_init(&draft->bias_init);
	if (is_zero(r, &draft->bias)) {
		layer->bias_init.kind = (struct source_text){"zero", draft->bias.mark};
		if (!layer->name)
			report_error(r->report, draft->bias.mark, "%s",
				     _("this layer needs a 'name'"));
	}
	if (!layer->bias_init.kind.text)
		return false;
	layer->n_biases = layer->n_units;
	return true;
}

void resolve_made(struct resolver *r, const struct draft_layer *draft, struct lesson_layer *layer)
{
	struct lesson_name name = {.name = layer->name};
	size_t made = 0;
	layer->init = read_init(&draft->init);
	if (layer->init.kind.text) {
		made = layer->n_units * layer->n_inputs;
		name.mark = layer->init.kind.mark;
		resolve_matrix_name(r, "W_", &name);
	}
	if (layer->bias_init.kind.text) {
		made += layer->n_units;
		name.mark = layer->bias_init.kind.mark;
		resolve_matrix_name(r, "b_", &name);
	}
	r->n_made += made;
	if (made == 0 || r->n_made <= LESSON_MAX_PARAMS || r->n_made - made > LESSON_MAX_PARAMS)
		return;
	report_error(r->report, draft->n_units.mark.line ? draft->n_units.mark : draft->units.mark,
		     _("with this layer the network has %zu parameters, more than %d"), r->n_made,
		     (int)LESSON_MAX_PARAMS);
	report_hint(r->report, "%s", _("make its layers smaller"));
}
