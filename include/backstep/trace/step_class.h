/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_class.h -- a kind of step is a constant row: what its number is, how it is written, what it
 * lights up, and what those who read steps ask of it.
 *
 * To add one: its row in a file of src/trace/steps/, a line in src/trace/step_list.h, and its place
 * in the layout of an update. */
#ifndef BACKSTEP_TRACE_STEP_CLASS_H
#define BACKSTEP_TRACE_STEP_CLASS_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/trace/ref.h"

struct arena;
struct link;
struct node;
struct place;
struct step;
struct step_source;

/* What a unit, an edge or a parameter is to a step. */
enum lit {
	LIT_NONE,
	LIT_PATH,   /* on the path, but the walk is not there yet */
	LIT_STRONG, /* what the step's number is made of; the path up to the current factor */
	LIT_HEAD,   /* the step's own unit or parameter */
};

struct step_class {
	const char *name; /* in the machine-readable trace */
	enum ref_kind computes;
	/* NULL: no number, as of the commit. */
	double (*value)(const struct step_source *source, const struct place *place);
	/* Fills in left, rule, why and what else is the kind's own; value is there. On lack of
	 * memory left or rule is NULL. */
	void (*make)(const struct step_source *source, struct arena *arena, struct step *step);
	/* What of the network the step is about: edge->node reads element edge->j of its input.
	 * NULL: no edge, or no element is lit. */
	enum lit (*edge)(const struct step_source *source, const struct step *step,
			 const struct link *edge);
	enum lit (*element)(const struct step_source *source, const struct step *step,
			    const struct node *node, size_t e);
	const char
	    *word;      /* what it is of its unit or parameter, N_(); NULL: its number has a name */
	bool assigns;   /* w <- ..., what was there is lost; else w = ... */
	bool is_beside; /* no part of what a lesson's note about the phase tells */
	bool reads_slots; /* its rule may name slots of its parameter */
};

/* Every kind, NULL at the end. */
extern const struct step_class *const step_classes[];

#endif
