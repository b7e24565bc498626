/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h -- how fast/ runs the passes of a graph: quicker than its ops' pages, to the same bits.
 *
 * The plan lists what each pass calls: for an op that has a row here (fast_find) the row's
 * functions, for some small ops together one function (fused.h), for any other op its page. A
 * gradient is set by who writes it first where that is a row's function, so that it need not be
 * cleared before, and what nobody asks for is left out. Only those numbers are watched for infinity
 * and NaN in which every other's would show.
 *
 * A build without fast/ (cmake -DBACKSTEP_FAST=OFF) has off.c in its place, which makes no plan. */
#ifndef BACKSTEP_ENGINE_FAST_PLAN_H
#define BACKSTEP_ENGINE_FAST_PLAN_H

#include "../numbers.h"
#include "backstep/engine/optimizer.h"
#include "kernels.h"

struct fused;
struct fused_loss;
struct fused_passes;

typedef void fast_update(const struct optimizer *optimizer, const struct update *update);
typedef bool fast_checked_update(const struct optimizer *optimizer, const struct update *update);

/* What backward does with an input's gradient: add to what is there, set it, or leave it out. */
enum fast_grad { FAST_ADD, FAST_SET, FAST_SKIP };

/* An op of a graph, as a pass calls it. */
struct fast_step {
	struct node *node;
	const struct fast_op *row; /* NULL: its page runs */
	enum fast_grad grads[OP_MAX_SLOTS];
	const struct fused *fused; /* the small ops that it is one of, or NULL */
};

typedef void fast_run(const struct fast_step *step);

/* What some small ops do together: a pass, or both, and then with the loss, if it is theirs. */
enum fused_pass { FUSED_FORWARD, FUSED_BACKWARD, FUSED_BOTH, FUSED_PASSES };

/* Both passes of n terms of a loss, 1 or 2, from e on. p: the outputs. Returns their gradients
 * times slope, the activation's. Of a single term both numbers of a pair are the same. */
typedef kernels_pair fused_terms(const struct fused_loss *loss, size_t e, size_t n, kernels_pair p,
				 kernels_pair slope);

/* A call of a pass, run(step): of an op, or of some small ones together of which step is the first.
 */
struct fast_call {
	fast_run *run;
	const struct fast_step *step;
};

/* The quick functions of an op. */
struct fast_op {
	const struct op *op;
	fast_run *forward, *backward;     /* backward minds step->grads */
	const struct fused_passes *fused; /* of small layers with this activation, or NULL */
	fused_terms *terms;               /* of a loss of a small layer's outputs, or NULL */
	/* What makes looking at every number for infinity and NaN needless. If an element of an
	 * input is not finite, some output is not finite either. */
	bool shows_values;
	/* If an output's gradient is not finite, some gradient of slot 0 or of a parameter is not
	 * finite either. */
	bool shows_grads;
};

/* The row of an op, with functions for the processor in use; NULL: it has none. */
const struct fast_op *fast_find(const struct op *op);

/* A contiguous run of numbers. */
struct span {
	double *at;
	size_t n;
};

/* Owns: nothing; all of it lies in the graph's arena. */
struct fast_plan {
	/* What the passes call: forward up to backward, and from there up to end; and where one
	 * follows the other, both up to both_end, in which a small layer and its loss are one. */
	struct fast_call *forward, *backward, *end, *both, *both_end;
	struct span *watched;      /* [n_watched] the numbers that show whether all are finite */
	size_t n_watched, n_given; /* the first n_given are inputs and targets */
	/* Of what the fused layers of this forward pass added up: if it is finite, all of that is.
	 * NaN: nobody has looked. */
	double sum;
	/* Makes the plan for a backward pass from root, in graph->scope. */
	void (*plan_backward)(struct graph *graph, struct node *root, double scale);
	/* The same plan for another number of examples in the batch. */
	void (*plan_batch)(struct graph *graph);
	/* Both passes of the plan, in blocks of so many examples; 0: in one piece. What is watched
	 * is then that of one block. After each block it asks, if asks is true. Errors:
	 * STATUS_INTERRUPTED. */
	enum status (*run_blocks)(struct graph *graph, bool asks, struct error *err);
	size_t block;
	/* Calls of the plan, asking after some examples of each where that is possible. Errors:
	 * STATUS_INTERRUPTED. */
	enum status (*run_portions)(struct graph *graph, const struct fast_call *first,
				    const struct fast_call *end, struct error *err);
	/* What it was made for. */
	const struct node *root;
	enum graph_scope scope;
	double scale;
	/* What it is made of. */
	struct fast_step *steps; /* [n_steps] the graph's ops, in order */
	size_t n_steps;
	struct fast_step whole; /* for calls about the whole graph */
	struct node **gathered; /* [n_gathered] parameters that do not lie together in theta */
	size_t n_gathered;
	struct span *cleared; /* [n_cleared] gradients to which several ops add */
	size_t n_cleared;
	double *start; /* [n_params] what theta's gradient starts as, where not every place has
			* exactly one node that looks at it; else NULL */
	struct fused *fused;
	/* The small layer with whose loss the graph ends, or NULL. */
	const struct fast_step *last;
};

/* Makes the calls from first up to end. */
static inline void fast_run_calls(const struct fast_call *first, const struct fast_call *end)
{
	for (; first != end; first++)
		first->run(first->step);
}

static inline bool fast_are_finite(const struct span *spans, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (!numbers_are_finite(spans[k].n, spans[k].at))
			return false;
	return true;
}

/* Sets graph->fast, after its numbers have their places; NULL in a build without. Errors:
 * STATUS_NO_MEMORY. */
enum status fast_make(struct graph *graph, struct error *err);
/* Forgets what the plan was made for, so that the next backward pass makes it anew. */
void fast_forget(struct graph *graph);

/* Whether graphs and trainers made from now on use this folder: as a rule they do. Without it they
 * run as they are written, which tests compare. Not while another thread computes. */
void fast_turn(bool on);
bool fast_is_on(void);

/* The same work as the optimizer's own update, with the loops of the processor in use. */
fast_update *fast_find_update(const struct optimizer *optimizer);
/* An update that looks at its numbers while it computes them, and returns whether all are finite:
 * then those that it reads are too. NULL: there is none. */
fast_checked_update *fast_find_checked_update(const struct optimizer *optimizer);

#endif
