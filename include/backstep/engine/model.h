/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.h -- a network with its loss: a graph, which of its nodes mean what, flat theta and grad.
 *
 * Built in order: model_new, layers (layers/layer_dense.h) or ops, model_add_loss or
 * model_use_output, model_finish; then the parameters get their values in theta. */
#ifndef BACKSTEP_ENGINE_MODEL_H
#define BACKSTEP_ENGINE_MODEL_H

#include "backstep/engine/graph.h"

/* How the losses of a batch's examples become one number. */
enum reduction { REDUCE_MEAN, REDUCE_SUM };

/* What a loss can compare with: any numbers; each from 0 to 1; parts of 1; one 1 and else 0. */
enum loss_targets { TARGETS_ANY, TARGETS_PROBABILITIES, TARGETS_PARTS, TARGETS_ONE };

/* A loss: an op for each output's term, and one that makes an example's total of them. */
struct loss_class {
	const char *name, *summary;
	const struct op *term, *total;
	enum loss_targets targets;
};
/* Every loss, then a row whose name is NULL. */
extern const struct loss_class loss_registry[];
const struct loss_class *loss_find(const char *name);
/* One that is put together out of gates; it has no ops of its own. */
extern const struct loss_class loss_own;

/* Owns: the arena, in which all the rest lies. */
struct model {
	struct arena *arena;
	struct graph graph;
	struct node *input, *target;
	struct node *output; /* the last layer's units */
	struct node *goal;   /* the targets, smoothed if asked */
	struct node *terms;  /* the loss of each output: E1, E2 */
	struct node *total;  /* an example's loss: E; the same node as terms for a single output */
	const struct loss_class *loss_class; /* NULL: the output itself is what is derived */
	const char *batch_name;              /* what the loss of a batch is called: J */
	enum reduction over;
	double loss; /* of the current batch */
	/* The parameters that are trained, in the order in which they are walked. */
	size_t *order;
	size_t n_order;
	bool *is_bias;   /* [n_params] */
	bool *is_weight; /* [n_params] neither a bias nor a scale, wherever it is used */
	/* [n_params] numbers that stand for themselves: never trained, and where they are 0 nothing
	 * is connected; NULL: there are none. The builder's to fill. */
	const bool *is_constant;
	size_t *rows; /* [max_examples] the data's rows in the current batch */
	size_t n_layers;
	uint64_t n_loads; /* of batches, so far: who loaded one sees if others did since */
};

/* Errors: STATUS_NO_MEMORY. */
enum status model_new(size_t n_inputs, size_t n_targets, size_t max_examples, struct model **model,
		      struct error *err);
void model_free(struct model *model);

/* Before the loss: it compares with targets smoothed by op (of OP_TARGET). Errors:
 * STATUS_BAD_INPUT where there is only one target. */
enum status model_smooth_targets(struct model *model, const struct op *op, double epsilon,
				 struct error *err);
/* Puts the loss on top of model->output. Errors: STATUS_BAD_INPUT where outputs and targets
 * differ in number. */
enum status model_add_loss(struct model *model, const struct loss_class *loss, enum reduction over,
			   struct error *err);
/* Takes a node of one row, which reads outputs and targets, as the loss. */
void model_use_loss(struct model *model, struct node *loss, enum reduction over);
/* Instead of a loss: the gradient is that of model->output. Errors: STATUS_BAD_INPUT where it has
 * several units. */
enum status model_use_output(struct model *model, enum reduction over, struct error *err);
/* Allocates the numbers. All parameters are trained, the last layer's first. */
enum status model_finish(struct model *model, struct error *err);

/* The place in theta of the parameter called name; false where there is none. */
bool model_find_param(const struct model *model, const char *name, size_t *param);
/* The parameter's ASCII name (into buf) and symbol (NULL: made from the name). */
const char *model_param_name(const struct model *model, size_t param, char buf[LABEL_TEXT]);
const char *model_param_symbol(const struct model *model, size_t param);

#endif
