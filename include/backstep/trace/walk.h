/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk.h -- the layout of one update, for a number of examples, as nested segments; structure only,
 * no numbers.
 *
 * A segment is walked in rounds: over the examples of the batch, the rows of a node, parameters,
 * units, the paths of a parameter, the factors of a path, or once. In each round its children are
 * walked in order; a segment without children, a leaf, has one step of a kind in each. What the
 * rounds count are the coordinates of a step. How many steps there are, which step number k is, and
 * which number a step has all follow from the segments by routines that know no kind of step. No
 * step is ever listed: counting, finding and numbering cost the same in every network.
 *
 * With one example the walk goes unit by unit (its sum, then its activation), with a batch node by
 * node, as the matrices of the batch are computed. So a walk is made for a number of examples; an
 * epoch has at most two. */
#ifndef BACKSTEP_TRACE_WALK_H
#define BACKSTEP_TRACE_WALK_H

#include "backstep/trace/phase.h"
#include "backstep/trace/plan.h"
#include "backstep/trace/step_class.h"

#define WALK_NONE UINT64_MAX

/* What the rounds of a segment count. */
enum axis {
	AXIS_ONCE,
	AXIS_EXAMPLE, /* columns of the batch */
	AXIS_ROW,     /* of a node */
	AXIS_PARAM,   /* order[k] of the plan */
	AXIS_UNIT,    /* that have weights */
	AXIS_PATH,    /* of the parameter */
	AXIS_FACTOR,  /* of the path */
	N_AXES
};

/* A step of an update: of which leaf, and its coordinates. Everything counts from 0, and fields
 * that do not apply are 0. */
struct place {
	enum phase phase;
	const struct step_class *class;
	const struct node *node; /* what has the number, where it is an element of a node */
	size_t slot;             /* of the rule */
	size_t stage;            /* entry of plan->stages */
	union {
		size_t at[N_AXES];
		struct {
			size_t once, example, row, k, unit, path, factor;
		};
	};
	/* What follows from these: */
	bool whole_batch; /* about all examples together */
	bool has_param;   /* about parameter order[k] */
	size_t element, param;
	uint64_t n_paths; /* of the parameter */
	size_t n_factors; /* of the path that the place is on; 0: on none. factor n_factors is their
			   * product */
};

struct walk;

/* Rounds whose lengths differ: how many there are at a place, how many steps are before one of
 * them, and in which one step r is (NULL: found by bisection). */
struct uneven {
	size_t (*count)(const struct walk *walk, const struct place *place);
	uint64_t (*before)(const struct walk *walk, const struct place *place, size_t round);
	size_t (*find)(const struct walk *walk, const struct place *place, uint64_t r);
};

struct segment {
	enum axis axis;
	const struct step_class *class; /* of a leaf; else NULL */
	const struct node *node;        /* with class, what the leaf is known by */
	size_t slot, stage;
	bool whole_batch;
	size_t rounds;
	const struct uneven *uneven; /* NULL: rounds are alike */
	const struct segment *children;
	size_t n_children;
	bool varies;    /* how many steps there are depends on the coordinates further out */
	uint64_t steps; /* of all rounds, unless it varies */
};

/* Owns: segments. The plan must outlive it. */
struct walk {
	const struct plan *plan;
	size_t n_examples;
	struct segment
	    phases[N_PHASES];     /* no backward phase where the rule learns from the error */
	struct segment *segments; /* all others; these begin among them: */
	struct segment *forward, *loss, *backward, *update, *columns;
	size_t n_forward, n_loss, n_backward; /* that every optimizer has */
};

uint64_t walk_steps(const struct walk *walk);
/* The index of the first step of a phase, had it any; for N_PHASES how many steps there are. */
uint64_t walk_phase(const struct walk *walk, enum phase phase);
/* The index of the first step of a phase about parameter order[k]; for n_order that after the last
 * parameter. WALK_NONE where the phase has no parameters. */
uint64_t walk_param(const struct walk *walk, enum phase phase, size_t k);

/* Step index (less than walk_steps). */
void walk_place(const struct walk *walk, uint64_t index, struct place *place);
/* Its inverse, by class, node, slot, stage and the coordinates alone; WALK_NONE where no step is
 * so. */
uint64_t walk_index(const struct walk *walk, const struct place *place);

#endif
