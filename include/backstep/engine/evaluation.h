/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluation.h -- what a network does on any rows: the sums that metrics (metric.h) are made of.
 *
 * It borrows the trainer's model, and afterwards the prepared update is computed again, to the same
 * bits: a walk does not notice. */
#ifndef BACKSTEP_ENGINE_EVALUATION_H
#define BACKSTEP_ENGINE_EVALUATION_H

#include "backstep/engine/trainer.h"

/* A unit counts as saturated where its slope is below this part of the largest one. */
#define EVALUATION_SATURATED 0.05

/* Units of one activation. */
struct evaluation_units {
	const struct node *node;
	size_t layer;         /* its place in layers */
	double largest_slope; /* 0: one that can die instead */
	bool *alive;          /* [rows] above 0 in some row; NULL where it cannot die */
	size_t n_saturated;   /* units, counted in each row */
};

/* Parameters of one layer. What has neither parameters nor units that are watched, a residual sum
 * or dropout, is no layer here: there is nothing to measure of it. */
struct evaluation_layer {
	bool *has;       /* [n_params of the graph] whether a place of theta is one of them */
	size_t n_params; /* of those, how many are trained */
	double norm;     /* of their gradient */
};

/* How outputs and targets say which class a row is of. */
enum evaluation_classes {
	CLASSES_NONE,    /* the targets are no classes */
	CLASSES_ONE,     /* one output, 0 or 1: yes from the threshold on */
	CLASSES_SIGN,    /* one output, -1 or 1 */
	CLASSES_LARGEST, /* several outputs, the largest one */
};

/* Owns: its arena, in which its arrays lie. */
struct evaluation {
	struct arena *arena;
	struct trainer *trainer;
	size_t *rows;         /* [batch] */
	double *theta, *grad; /* [n_params] */
	double *state;        /* [n_state] */
	enum graph_mode mode; /* theta, state, mode: the model's, while it is borrowed */
	double model_loss;    /* the same */
	bool replaces_theta;  /* then; else it is the model's own that is evaluated */
	bool has_modes;       /* the network computes otherwise when it is trained */
	struct evaluation_units *units;
	size_t n_units;
	struct evaluation_layer *layers; /* [n_layers] */
	size_t n_layers;
	enum evaluation_classes classes;
	double threshold;
	size_t n_classes;
	/* Of the rows evaluated last. */
	size_t n_rows, n_correct;
	double loss; /* of the data, reduced as the model says */
	bool has_gradient;
	size_t *confusion; /* [n_classes target][n_classes answer] */
};

/* Errors: STATUS_NO_MEMORY. */
enum status evaluation_init(struct evaluation *evaluation, struct trainer *trainer,
			    struct error *err);
void evaluation_free(struct evaluation *evaluation);

/* Evaluates rows first to first + n of the data set with these parameters, and where they are the
 * trainer's next ones, with what its ops then carry. The network is used and not trained: nothing
 * is dropped out, running statistics normalise. With_gradient asks for the gradient too, where the
 * rule learns from one; it is the one that the rows would be trained with.
 * Errors: STATUS_INTERRUPTED; then a trainer whose passes are long is no longer prepared. */
enum status evaluation_run(struct evaluation *evaluation, const double *theta, size_t first,
			   size_t n, bool with_gradient, struct error *err);

/* What the network in use answers to other inputs: its first output for each.
 * Shapes: x [n][n_inputs], t [n][n_targets] (any numbers: their loss is not looked at), y [n].
 * Errors: STATUS_INTERRUPTED, as evaluation_run. */
enum status evaluation_outputs(struct evaluation *evaluation, const double *theta, const double *x,
			       const double *t, size_t n, double *y, struct error *err);

/* All outputs for one row. Shapes: x [n_inputs], t [n_targets], y [n_outputs]. */
void evaluation_row(struct evaluation *evaluation, const double *theta, const double *x,
		    const double *t, double *y);

/* The answers to rows first to first + n of the data set. Shapes: y [n][n_outputs]. Errors:
 * STATUS_INTERRUPTED, as evaluation_run. */
enum status evaluation_answers(struct evaluation *evaluation, const double *theta, size_t first,
			       size_t n, double *y, struct error *err);

#endif
