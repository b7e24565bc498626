/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fused.h -- some ops of few numbers as one: a dense layer of a few units with its activation, and
 * of the last one also the loss and its total, over one example or the four of a truth table.
 *
 * Here a call for each op and a loop that copes with any shape would cost more than the arithmetic:
 * the weighted sums and the function on top of them are one pass, whose loops over examples have
 * lengths that the compiler knows. Every sum has the order of the ops', so the bits are theirs, and
 * every number lies where the ops would put it. What the loss reads and hands back stays in
 * registers, for the whole update waits for it, and would wait as long again for each way through
 * memory. The passes are in variants/layer.h and loss.h. */
#ifndef BACKSTEP_ENGINE_FAST_FUSED_H
#define BACKSTEP_ENGINE_FAST_FUSED_H

#include "plan.h"

/* A layer z = W x + b, y = f(z), and where its numbers are. Without f, y is z. Shapes: W [units]
 * [inputs], b [units], [1] or none; x [inputs], z and y [units], each times the examples. */
struct fused_layer {
	size_t n_units, n_inputs, n_examples;
	size_t b_step; /* from a unit's bias to the next one's: 1, or 0 where they share it */
	const double *w, *b, *x; /* b: without biases, -0.0, the identity of addition */
	double *z, *y;
	double *dw, *db, *dx, *dz; /* db: NULL without biases; dx: where nobody asks for it */
	const double *dy, *attributes;
	double *sum; /* += every z: y might not show that one is not finite */
};

/* The terms E = loss(p, t) of a layer's outputs, and their total, the sum times share. Of a single
 * output total is NULL, and dtotal is dterms. Shapes: total, dtotal [examples], the others
 * [outputs] [examples]. */
struct fused_loss {
	fused_terms *run; /* NULL: there is none */
	size_t n_outputs, n_examples;
	double share;
	const double *t, *attributes;
	double *terms, *total;
	double *dterms, *dp, *dt; /* dt: NULL where nobody asks for it */
	const double *dtotal;
};

/* Some ops that follow one another, as one. */
struct fused {
	struct fused_layer layer;
	const struct fused_passes *passes;
	size_t n_ops;
	struct fused_loss loss; /* of the layer's outputs; no part of n_ops */
};

/* What an activation's layers run: [fused_pass][two inputs?][four examples?], as the compiler knows
 * those; else any number of inputs, and one example. */
struct fused_passes {
	fast_run *runs[FUSED_PASSES][2][2];
};

/* Finds the ops of the plan that have such passes. */
void fused_plan(struct graph *graph);
/* What the ops of which step is the first run. */
fast_run *fused_run(const struct fast_step *step, enum fused_pass pass);

#endif
