/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fused.h -- some ops of few numbers as one: a dense layer of a few units with its activation, the
 * loss of a few outputs with its total, over one example or the four of a truth table.
 *
 * Here a call for each op and a loop that copes with any shape would cost more than the arithmetic:
 * the weighted sums and the function on top of them are one pass, whose loops over examples have
 * lengths that the compiler knows. Every sum has the order of the ops', so the bits are theirs, and
 * every number lies where the ops would put it. The passes are in variants/layer.h and pair.h. */
#ifndef BACKSTEP_ENGINE_FAST_FUSED_H
#define BACKSTEP_ENGINE_FAST_FUSED_H

#include "plan.h"

/* A layer z = W x + b, y = f(z), and where its numbers are. Without f, y is z. Shapes: W [units]
 * [inputs], b [units], [1] or none; x [inputs], z and y [units], each times the examples. */
struct fused_layer {
	size_t n_units, n_inputs;
	size_t b_step; /* from a unit's bias to the next one's: 1, or 0 where they share it */
	const double *w, *b, *x; /* b: without biases, -0.0, the identity of addition */
	double *z, *y;
	double *dw, *db, *dx, *dz; /* db: NULL without biases; dx: where nobody asks for it */
	const double *dy, *attributes;
	double *sum; /* += every z: y might not show that one is not finite */
};

/* The terms E = loss(p, t) of some outputs, and their total, the sum times share. Of a single one
 * total is NULL, and dtotal is dterms. Shapes: total [examples], the others [outputs][examples]. */
struct fused_loss {
	size_t n_outputs;
	double share;
	const double *p, *t, *attributes;
	double *terms, *total;
	double *dterms, *dp, *dt; /* dt: NULL where nobody asks for it */
	const double *dtotal;
};

/* Some ops that follow one another, as one. */
struct fused {
	union {
		struct fused_layer layer;
		struct fused_loss loss;
	};
	const struct fused_passes *passes;
	size_t n_ops;
};

/* Indexed by what the compiler knows: [two inputs?][four examples?]; else any number of inputs, and
 * one example. Of a step whose fused ops they are. */
struct fused_passes {
	fast_run *forward[2][2], *backward[2][2];
};

/* Finds the ops of the plan that have such passes. */
void fused_plan(struct graph *graph);
/* The pass, forward or backward, of the ops of which step is the first. */
fast_run *fused_run(const struct fast_step *step, bool is_backward);

#endif
