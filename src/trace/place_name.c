/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_name.c -- a name is printed from the place of a step. It is read by trying the places that
 * its words allow, a few of each kind of step, and comparing what they are called. */
#include "backstep/trace/place_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "paths.h"
#include "steps.h"

static bool has_rows(const struct stepper *stepper, const struct place *place)
{
	return stepper->trainer.n_examples > 1 && !place->whole_batch;
}

/* l1.dR1, clip.norm.sum_n1: the stage, its number, the unit. */
static void print_stage(const struct stepper *stepper, const struct place *place,
			struct strbuf *out)
{
	const struct stage_entry *entry = &stepper->plan.stages.entries[place->stage];
	char label[LABEL_TEXT];
	strbuf_addf(out, ".%s.%s", stage_registry[entry->id]->name, entry->row->name);
	if (entry->row->scope != STAGE_UNIT)
		return;
	struct stage_unit at = stage_unit(stepper->trainer.model, place->unit);
	strbuf_addf(out, ".%s", node_name(at.node, at.row * at.node->stride, label));
}

static void print_place(const struct stepper *stepper, const struct place *place,
			struct strbuf *out)
{
	const struct model *model = stepper->trainer.model;
	enum ref_kind kind = place->class->computes;
	char label[LABEL_TEXT];
	strbuf_addf(out, "%llu", (unsigned long long)stepper->trainer.n_updates + 1);
	if (has_rows(stepper, place))
		strbuf_addf(out, ".row%zu", stepper->trainer.rows[place->example] + 1);
	strbuf_addf(out, ".%s", phase_names[place->phase]);
	if (place->has_param)
		strbuf_addf(out, ".%s", model_param_name(model, place->param, label));
	if (place->n_factors > 0)
		strbuf_addf(out, ".p%zu", place->path + 1);
	if (place->factor < place->n_factors)
		strbuf_addf(out, ".f%zu", place->factor + 1);
	if (kind == REF_STAGE)
		print_stage(stepper, place, out);
	else if (kind == REF_SLOT)
		strbuf_addf(out, ".%s", stepper->plan.rule->slots[place->slot].name);
	else if (place->node)
		strbuf_addf(out, ".%s", node_name(place->node, place->element, label));
	else if (kind == REF_LOSS)
		strbuf_addf(out, ".%s", model->batch_name);
	else if (kind == REF_NONE)
		strbuf_addf(out, ".%s", place->class->name);
}

void place_name_print(const struct stepper *stepper, uint64_t index, struct strbuf *out)
{
	struct place place;
	stepper_place(stepper, index, &place);
	print_place(stepper, &place, out);
}

uint64_t place_name_update(const char *name)
{
	char *end;
	bool is_number = *name >= '1' && *name <= '9';
	unsigned long long update = is_number ? strtoull(name, &end, 10) : 0;
	return update && *end == '.' ? update : 0;
}

/* A name being read. */
struct search {
	const struct stepper *stepper;
	const char *name;
	struct strbuf text;
	uint64_t found; /* from 1; 0: not yet */
};

/* Whether the path and the factor are there, so that they can be looked for. */
static bool has_path(const struct plan *plan, const struct place *place)
{
	if (plan->form != CHAIN_PATHS || plan_is_coupled(plan) || plan->n_order == 0 ||
	    place->path >= plan->paths[place->k])
		return false;
	return place->factor < paths_chain(plan, place->k, place->example, place->path)->n_links;
}

static void try_place(struct search *search, const struct place *place)
{
	const struct walk *walk = stepper_walk(search->stepper);
	enum ref_kind kind = place->class->computes;
	struct place whole;
	if (search->found ||
	    ((kind == REF_PARTIAL || kind == REF_PATH) && !has_path(walk->plan, place)))
		return;
	uint64_t index = walk_index(walk, place);
	if (index == WALK_NONE)
		return;
	walk_place(walk, index, &whole);
	strbuf_clear(&search->text);
	print_place(search->stepper, &whole, &search->text);
	if (strcmp(strbuf_str(&search->text), search->name) == 0)
		search->found = index + 1;
}

/* The kinds of step at a parameter or an element, each with all its slots, stages and units. */
static void try_kinds(struct search *search, struct place place)
{
	const struct plan *plan = &search->stepper->plan;
	for (size_t c = 0; step_classes[c] && !search->found; c++) {
		place.class = step_classes[c];
		place.slot = place.stage = place.unit = 0;
		size_t n_slots = place.class->computes == REF_SLOT ? plan->rule->n_slots : 1;
		for (; place.slot < n_slots; place.slot++) {
			size_t n = place.class->computes == REF_STAGE ? plan->stages.n : 1;
			for (place.stage = 0; place.stage < n; place.stage++)
				for (place.unit = 0; place.unit == 0 || place.unit < plan->n_units;
				     place.unit++)
					try_place(search, &place);
			place.stage = place.unit = 0;
		}
	}
}

/* The column of the batch that row number row of the data is; false: it is not there. */
static bool find_column(const struct stepper *stepper, size_t row, size_t *column)
{
	for (*column = 0; *column < stepper->trainer.n_examples; ++*column)
		if (stepper->trainer.rows[*column] + 1 == row)
			return true;
	return false;
}

/* What follows the phase: of a parameter, and of every unit that is called so. */
static void try_names(struct search *search, const char *name, struct place place)
{
	const struct stepper *stepper = search->stepper;
	const struct graph *graph = &stepper->trainer.model->graph;
	char first[LABEL_TEXT], label[LABEL_TEXT];
	struct named named;
	snprintf(first, sizeof first, "%.*s", (int)strcspn(name, "."), name);
	try_kinds(search, place);
	if (names_find(stepper->names, first, &named) && named.node->kind == NODE_PARAM) {
		struct place at = place;
		at.k = stepper->plan.rank[node_param(named.node, named.e)];
		sscanf(name + strlen(first), ".p%zu.f%zu", &at.path, &at.factor);
		at.path -= at.path > 0;
		at.factor -= at.factor > 0;
		if (at.k != SIZE_MAX)
			try_kinds(search, at);
	}
	for (size_t k = 0; k < graph->n_nodes && !search->found; k++) {
		place.node = graph->nodes[k];
		for (place.row = 0; place.node->op && place.row < place.node->rows; place.row++)
			if (strcmp(node_name(place.node, place.row * place.node->stride, label),
				   first) == 0)
				try_kinds(search, place);
	}
}

uint64_t place_name_find(const struct stepper *stepper, const char *name)
{
	struct search search = {.stepper = stepper, .name = name};
	struct place place = {0};
	size_t row;
	const char *rest = strchr(name, '.');
	if (rest && sscanf(rest, ".row%zu", &row) == 1) {
		if (!find_column(stepper, row, &place.example))
			return 0;
		rest = strchr(rest + 1, '.');
	}
	rest = rest ? strchr(rest + 1, '.') : NULL; /* after the phase */
	if (rest)
		try_names(&search, rest + 1, place);
	strbuf_free(&search.text);
	return search.found;
}
