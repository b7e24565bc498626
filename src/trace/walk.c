/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk.c -- counting, finding and numbering steps: division by the lengths of segments. */
#include "walk_private.h"

#include "backstep/base/contract.h"
#include "paths.h"

/* Steps of all rounds; of one of them, where they are alike. place has the coordinates further out,
 * which some lengths depend on. */
static uint64_t all_steps(const struct walk *walk, const struct segment *segment,
			  const struct place *place);

static uint64_t round_steps(const struct walk *walk, const struct segment *segment,
			    const struct place *place)
{
	uint64_t steps = segment->class != NULL;
	if (!segment->varies)
		return segment->rounds ? segment->steps / segment->rounds : 0;
	for (size_t c = 0; c < segment->n_children; c++)
		steps += all_steps(walk, &segment->children[c], place);
	return steps;
}

static size_t count_rounds(const struct walk *walk, const struct segment *segment,
			   const struct place *place)
{
	return segment->uneven ? segment->uneven->count(walk, place) : segment->rounds;
}

static uint64_t steps_before(const struct walk *walk, const struct segment *segment,
			     const struct place *place, size_t round)
{
	if (segment->uneven)
		return segment->uneven->before(walk, place, round);
	return round ? round * round_steps(walk, segment, place) : 0;
}

static uint64_t all_steps(const struct walk *walk, const struct segment *segment,
			  const struct place *place)
{
	if (!segment->varies)
		return segment->steps;
	return steps_before(walk, segment, place, count_rounds(walk, segment, place));
}

/* The last round with no more than r steps before it. */
static size_t bisect(const struct walk *walk, const struct segment *segment,
		     const struct place *place, uint64_t r)
{
	size_t lo = 0, hi = segment->uneven->count(walk, place);
	while (hi - lo > 1) {
		size_t middle = lo + (hi - lo) / 2;
		*(segment->uneven->before(walk, place, middle) <= r ? &lo : &hi) = middle;
	}
	return lo;
}

/* The round that step *r of the segment is in; *r becomes its number there. */
static size_t find_round(const struct walk *walk, const struct segment *segment,
			 const struct place *place, uint64_t *r)
{
	size_t round;
	if (!segment->uneven)
		round = (size_t)(*r / round_steps(walk, segment, place));
	else if (segment->uneven->find)
		round = segment->uneven->find(walk, place, *r);
	else
		round = bisect(walk, segment, place, *r);
	*r -= steps_before(walk, segment, place, round);
	return round;
}

/* What follows from the leaf and the coordinates. */
static void complete(const struct walk *walk, const struct segment *leaf, bool on_path,
		     struct place *place)
{
	const struct plan *plan = walk->plan;
	place->class = leaf->class;
	place->node = leaf->node;
	place->slot = leaf->slot;
	place->stage = leaf->stage;
	place->whole_batch = leaf->whole_batch;
	if (leaf->node)
		place->element = node_element(leaf->node, place->row, place->example);
	if (place->has_param)
		place->param = plan->order[place->k];
	if (place->has_param && place->phase == PHASE_BACKWARD && !plan_is_coupled(plan))
		place->n_paths = plan->paths[place->k];
	if (on_path)
		place->n_factors =
		    paths_chain(plan, place->k, place->example, place->path)->n_links;
	if (leaf->axis != AXIS_FACTOR)
		place->factor = place->n_factors;
}

void walk_place(const struct walk *walk, uint64_t index, struct place *place)
{
	const struct segment *segment = walk->phases;
	const uint64_t number = index;
	bool on_path = false;
	CONTRACT(index < walk_steps(walk));
	*place = (struct place){0};
	for (; index >= segment->steps; segment++)
		index -= segment->steps;
	place->phase = (enum phase)(segment - walk->phases);
	for (;;) {
		place->at[segment->axis] = find_round(walk, segment, place, &index);
		place->has_param |= segment->axis == AXIS_PARAM;
		on_path |= segment->axis == AXIS_PATH;
		if (segment->class)
			break;
		uint64_t steps;
		for (segment = segment->children;
		     index >= (steps = all_steps(walk, segment, place)); segment++)
			index -= steps;
	}
	complete(walk, segment, on_path, place);
	CONTRACT(walk_index(walk, place) == number);
}

/* The number of place in the segment; WALK_NONE where the segment does not have it. */
static uint64_t index_in_segment(const struct walk *walk, const struct segment *segment,
				 const struct place *place)
{
	bool found = segment->class == place->class && segment->node == place->node &&
		     segment->slot == place->slot && segment->stage == place->stage;
	uint64_t inner = 0;
	size_t c = 0, round = place->at[segment->axis];
	for (; !found && c < segment->n_children; c++) {
		inner = index_in_segment(walk, &segment->children[c], place);
		found = inner != WALK_NONE;
	}
	if (!found || round >= count_rounds(walk, segment, place))
		return WALK_NONE;
	while (c-- > 1)
		inner += all_steps(walk, &segment->children[c - 1], place);
	return steps_before(walk, segment, place, round) + inner;
}

uint64_t walk_index(const struct walk *walk, const struct place *place)
{
	CONTRACT(place->class);
	for (enum phase phase = 0; phase < N_PHASES; phase++) {
		uint64_t index = index_in_segment(walk, &walk->phases[phase], place);
		if (index != WALK_NONE)
			return walk_phase(walk, phase) + index;
	}
	return WALK_NONE;
}

uint64_t walk_steps(const struct walk *walk)
{
	return walk_phase(walk, N_PHASES);
}

uint64_t walk_phase(const struct walk *walk, enum phase phase)
{
	uint64_t index = 0;
	for (enum phase before = 0; before < phase; before++)
		index += walk->phases[before].steps;
	return index;
}

uint64_t walk_param(const struct walk *walk, enum phase phase, size_t k)
{
	const struct segment *part = &walk->phases[phase];
	uint64_t index = walk_phase(walk, phase);
	CONTRACT(k <= walk->plan->n_order);
	for (size_t c = 0; part->steps > 0 && c < part->n_children; c++) {
		if (part->children[c].axis == AXIS_PARAM)
			return index +
			       steps_before(walk, &part->children[c], &(struct place){0}, k);
		index += part->children[c].steps;
	}
	return WALK_NONE;
}

/* The entry of another list that is the same number of the same stage; SIZE_MAX: none. */
static size_t same_entry(const struct stage_list *list, size_t entry,
			 const struct stage_list *other)
{
	const struct stage_entry *wanted = &list->entries[entry];
	for (size_t k = 0; k < other->n; k++)
		if (other->entries[k].id == wanted->id &&
		    other->entries[k].number == wanted->number)
			return k;
	return SIZE_MAX;
}

/* The place itself in another walk. */
static uint64_t index_of_same(const struct walk *walk, const struct plan *before,
			      const struct place *place)
{
	const struct plan *plan = walk->plan;
	struct place same = *place;
	bool same_form = plan->form == before->form && plan->has_backward == before->has_backward;
	if (place->phase == PHASE_BACKWARD && !same_form)
		return WALK_NONE;
	if (place->class->computes == REF_SLOT && plan->rule != before->rule)
		return WALK_NONE;
	if (place->class->computes == REF_STAGE)
		same.stage = same_entry(&before->stages, place->stage, &plan->stages);
	return walk_index(walk, &same);
}

uint64_t walk_nearest(const struct walk *walk, const struct plan *before, const struct place *place)
{
	enum phase phase = place->phase;
	uint64_t index = index_of_same(walk, before, place);
	if (phase == PHASE_BACKWARD && walk->phases[phase].steps == 0)
		phase = PHASE_UPDATE;
	if (index == WALK_NONE && place->has_param)
		index = walk_param(walk, phase, place->k);
	if (index == WALK_NONE && phase == PHASE_LOSS)
		index = walk_phase(walk, phase + 1) - 1;
	return index == WALK_NONE ? walk_phase(walk, phase) : index;
}
