/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout.c -- from numbers to places and back, and where phases and parameters begin. */
#include "layout.h"

#include <string.h>

#include "../check.h"

/* From the number to the place and back, by what the place is known by. */
static struct place check_step(const struct walk *walk, uint64_t index)
{
	struct place place, known = {0};
	walk_place(walk, index, &place);
	known.class = place.class;
	known.node = place.node;
	known.slot = place.slot;
	known.stage = place.stage;
	memcpy(known.at, place.at, sizeof place.at);
	if (walk_index(walk, &known) != index)
		fail_msg("step %llu, a %s, is found at %llu", (unsigned long long)index,
			 place.class->name, (unsigned long long)walk_index(walk, &known));
	assert_in_range(index, walk_phase(walk, place.phase),
			walk_phase(walk, place.phase + 1) - 1);
	return place;
}

/* The first step about a parameter, in a phase that has parameters, comes after another one. */
static void check_param(const struct walk *walk, enum phase phase, size_t k)
{
	uint64_t first = walk_param(walk, phase, k);
	struct place place = check_step(walk, first), before;
	assert_int_equal(place.phase, phase);
	assert_true(place.has_param);
	assert_int_equal(place.k, k);
	assert_int_equal(place.param, walk->plan->order[k]);
	if (first == 0)
		return;
	before = check_step(walk, first - 1);
	assert_true(before.phase < phase || !before.has_param || before.k == k - 1);
	/* a parameter's chains stand together, and end with its gradient */
	uint64_t end = walk_param(walk, phase, k + 1);
	place = check_step(walk, end - 1);
	assert_int_equal(place.k, k);
	if (phase == PHASE_BACKWARD)
		assert_int_equal(place.class->computes, REF_GRADIENT);
}

void layout_check(const struct walk *walk, uint64_t most)
{
	uint64_t n = walk_steps(walk), stride = 1 + n / most;
	size_t n_order = walk->plan->n_order;
	struct place last = {0};
	for (uint64_t index = 0; index < n; index += stride) {
		struct place place = check_step(walk, index);
		assert_true(place.phase >= last.phase);
		last = place;
	}
	assert_int_equal(check_step(walk, n - 1).class->computes, REF_NONE); /* the commit */
	for (enum phase phase = 0; phase < N_PHASES; phase++) {
		if (walk->phases[phase].steps > 0)
			assert_int_equal(check_step(walk, walk_phase(walk, phase)).phase, phase);
		bool has_params = walk_param(walk, phase, 0) != WALK_NONE;
		stride = 1 + n_order / most;
		for (size_t k = 0; has_params && k < n_order; k += stride)
			check_param(walk, phase, k);
		if (has_params && n_order > 0)
			check_param(walk, phase, n_order - 1);
	}
}
