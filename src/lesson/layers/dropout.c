/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dropout.c -- the dropout layer of lessons: some units are left out, others drawn anew for every
 * update. */
#include <stdint.h>

#include "backstep/base/i18n.h"
#include "backstep/engine/layer_dropout.h"
#include "layers.h"

struct dropout {
	struct lesson_layer layer;
	struct source_number rate;
	struct source_count seed;   /* mark.line 0: 1 */
	struct source_numbers mask; /* instead of seed */
	struct source_labels masks;
	double *kept; /* [units] of mask; NULL: drawn */
};

static const struct schema_key keys[] = {
    KIND_ROW("dropout"),
    NAMES_ROW("units", offsetof(struct dropout, layer.units),
	      N_("drop_ and the name of the unit before"),
	      N_("the names of the units after dropout"), "[r1, r2]"),
    SYMBOLS_ROW("[ρ₁, ρ₂]"),
    {.name = "rate",
     .required = true,
     .summary = N_("the probability with which a unit is dropped, 0 to 0.99"),
     .example = "0.5",
     .offset = offsetof(struct dropout, rate),
     .value = {.type = &schema_type_number}},
    {.name = "seed",
     .initial = "1",
     .summary = N_("a whole number: other masks for another one"),
     .example = "7",
     .offset = offsetof(struct dropout, seed),
     .value = {.type = &schema_type_count, .min = 1, .max = UINT32_MAX}},
    {.name = "mask",
     .instead_of = "seed",
     .initial = N_("none: it is drawn for every update"),
     .summary = N_("the mask of every update: 1 for a unit that is kept, 0 for one that is not"),
     .example = "[1, 0]",
     .offset = offsetof(struct dropout, mask),
     .value = NUMBERS},
    NAMES_ROW("masks", offsetof(struct dropout, masks), N_("m_ and the name of the unit before"),
	      N_("the names of the masks, 1 for a unit that is kept and 0 for one that is not"),
	      "[m1, m2]"),
};

/* One number for each unit, 0 or 1. */
static void resolve_mask(struct resolver *r, struct dropout *dropout)
{
	const struct source_numbers *mask = &dropout->mask;
	size_t n = dropout->layer.n_units;
	report_count_numbers(r->report, mask->mark, _("numbers, one for each unit"), mask->n_items,
			     n);
	dropout->kept = ARENA_ARRAY(r->lesson->arena, double, n);
	if (!report_has_memory(r->report, dropout->kept))
		return;
	for (size_t k = 0; k < n && k < mask->n_items; k++) {
		dropout->kept[k] = mask->items[k].value;
		if (dropout->kept[k] != 0.0 && dropout->kept[k] != 1.0)
			report_error(r->report, mask->items[k].mark, "%s",
				     _("a mask has 1 for what is kept and 0 for what is not"));
	}
}

static void resolve(struct resolver *r, struct lesson_layer *layer, const struct label *inputs)
{
	struct dropout *dropout = (struct dropout *)layer;
	resolve_same_units(r, layer, "drop_", inputs);
	resolve_labels(r, &dropout->masks, "m_", inputs, layer->n_inputs, "masks");
	if (dropout->mask.mark.line)
		resolve_mask(r, dropout);
	else
		r->lesson->has_masks = true;
}

/* Masks have a seed of 32 bits, from 1 on. */
static uint64_t seed_of(const struct lesson *lesson, const struct dropout *dropout)
{
	if (lesson->is_reseeded)
		return 1 + (lesson->seed.value - 1) % UINT32_MAX;
	return dropout->seed.mark.line ? dropout->seed.value : 1;
}

static void build(struct layer_builder *b, const struct lesson_layer *layer)
{
	const struct dropout *dropout = (const struct dropout *)layer;
	const struct layer_dropout made = {
	    .rate = dropout->rate.value,
	    .seed = seed_of(b->lesson, dropout),
	    .mask = dropout->kept,
	    .units = layer->units.items,
	    .masks = dropout->masks.items,
	    .prefix = "h",
	};
	struct error err = {0};
	if (layer_dropout_add(b->model, &made, &err))
		report_failure(b->report, dropout->rate.mark, &err);
}

const struct layer_kind layer_kind_dropout = {
    .map = {SCHEMA_KEYS(keys), .kind = "dropout", .size = sizeof(struct dropout)},
    .summary = N_("some units are 0 in each update, drawn at random"),
    .resolve = resolve,
    .build = build,
};
