/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks_random.c -- networks out of a seed: small ones of every kind, and two big ones. */
#include <math.h>
#include <string.h>

#include "../../src/engine/layers/layer.h"
#include "backstep/engine/layer_dropout.h"
#include "backstep/engine/layer_norm.h"
#include "backstep/engine/layer_residual.h"
#include "networks_private.h"
#include "witness.h"

/* What the last layer may be under a loss: anything, or outputs in the loss's domain (a softmax of
 * one unit is 1: at its end). */
static bool fits_loss(const struct op *activation, size_t n_units, const struct loss_class *loss)
{
	bool in_domain = activation == &op_sigmoid || (activation == &op_softmax && n_units > 1);
	return loss->term->slots[0].least == loss->term->slots[0].most || in_domain;
}

/* Places for n parameters, of which about every third is one that exists already. */
static const size_t *random_ids(struct random *r, const struct model *model, size_t n)
{
	size_t next = model->graph.n_params;
	size_t *ids = ARENA_ARRAY(model->arena, size_t, n);
	for (size_t k = 0; ids && k < n; k++)
		ids[k] = next > 0 && one_in(r, 3) ? random_below(r, next) : next++;
	return ids;
}

/* Functions of the units of a layer that has one for each. */
static const struct op_part unit_parts[] = {{&op_tanh, {0}},          {&op_relu, {0}},
					    {&op_leaky_relu, {0.01}}, {&op_sigmoid, {0}},
					    {&op_identity, {0}},      {&op_softplus, {0}}};

/* wanted: NULL, or an activation to be taken; loss: NULL, or what the layer must be fit for. */
static enum status add_random_layer(struct random *r, struct model *model, size_t n_units,
				    const struct op *wanted, const struct loss_class *loss)
{
	struct layer_dense layer = {
	    .n_units = n_units,
	    .activation = random_activation(r),
	    .bias = (enum bias_kind)random_below(r, 3),
	    .separate_bias = one_in(r, 2),
	    .prefix = arena_printf(model->arena, "h%zu_", model->n_layers + 1),
	};
	if (wanted)
		layer.activation = wanted;
	if (wanted == &op_per_unit)
		layer.parts = unit_parts;
	while (loss && !fits_loss(layer.activation, n_units, loss))
		layer.activation = random_activation(r);
	if (one_in(r, 4)) {
		layer.weight_ids =
		    random_ids(r, model, layer_dense_sums(&layer) * model->output->rows);
		if (!layer.weight_ids)
			return STATUS_NO_MEMORY;
	}
	if (!layer.prefix)
		return STATUS_NO_MEMORY;
	return layer_dense_add(model, &layer, NULL);
}

static const char *next_prefix(const struct model *model)
{
	return arena_printf(model->arena, "h%zu_", model->n_layers + 1);
}

static enum status add_random_norm(struct random *r, struct model *model, enum norm_over over)
{
	struct layer_norm layer = {
	    .over = over,
	    .epsilon = random_between(r, 0.1, 1.0),
	    .momentum = random_between(r, 0.0, 1.0),
	    .prefix = next_prefix(model),
	};
	if (one_in(r, 4))
		layer.scale_ids = random_ids(r, model, model->output->rows);
	return layer.prefix ? layer_norm_add(model, &layer, NULL) : STATUS_NO_MEMORY;
}

static enum status add_random_dropout(struct random *r, struct model *model)
{
	struct layer_dropout layer = {
	    .rate = random_between(r, 0.0, 0.8),
	    .seed = 1 + random_next(r) % UINT32_MAX, /* what a lesson can say */
	    .prefix = next_prefix(model),
	};
	return layer.prefix ? layer_dropout_add(model, &layer, NULL) : STATUS_NO_MEMORY;
}

static enum status add_random_skip(struct random *r, struct model *model, struct node *x)
{
	struct layer_residual layer = {
	    .activation = random_activation(r),
	    .has_projection = x->rows != model->output->rows,
	    .prefix = next_prefix(model),
	};
	while (layer.activation && layer.activation->gathers) /* there are no pieces to gather */
		layer.activation = random_activation(r);
	return layer.prefix ? layer_residual_add(model, x, &layer, NULL) : STATUS_NO_MEMORY;
}

/* What may stand after a dense layer; the layer and it may make a residual block. */
static enum status add_random_rest(struct random *r, struct model *model, struct node *x,
				   bool needs_batch_norm)
{
	size_t choice = needs_batch_norm ? 0 : 1 + random_below(r, 6);
	enum status status = STATUS_OK;
	if (choice == 0)
		status = add_random_norm(r, model, NORM_BATCH);
	else if (choice == 1)
		status = add_random_norm(r, model, NORM_UNITS);
	else if (choice == 2)
		status = add_random_dropout(r, model);
	if (!status && one_in(r, 3))
		status = add_random_skip(r, model, x);
	return status;
}

/* The sizes of a random network, and what it has to have. */
struct draft {
	size_t n_layers, sizes[5]; /* inputs, then units */
	size_t n_rows, batch;
	bool coupled; /* batch normalisation, with two rows or more in every batch */
	const struct loss_class *loss;
	const struct op *wanted; /* activation of the first layer; NULL: any */
};

static struct draft random_draft(struct random *r, const struct op *wanted)
{
	struct draft draft = {.coupled = one_in(r, 4)};
	bool coupled = draft.coupled;
	draft.n_layers = 1 + coupled + random_below(r, 4 - coupled);
	for (size_t k = 0; k <= draft.n_layers; k++)
		draft.sizes[k] = 1 + random_below(r, 6);
	draft.n_rows = 1 + coupled + random_below(r, 5 - coupled);
	do
		draft.batch = 1 + random_below(r, draft.n_rows);
	while (coupled && (draft.batch == 1 || draft.n_rows % draft.batch == 1));
	draft.loss = random_loss(r);
	if (wanted && (wanted->family == OP_ACTIVATION || wanted == &op_per_unit))
		draft.wanted = wanted;
	for (const struct loss_class *loss = loss_registry; loss->name; loss++)
		if (loss->term == wanted)
			draft.loss = loss;
	if (wanted && draft.n_layers == 1) /* the last one may have to be another */
		draft.sizes[++draft.n_layers] = 2;
	bool has_classes =
	    draft.loss->targets == TARGETS_ONE || draft.loss->targets == TARGETS_PARTS;
	if (has_classes && draft.sizes[draft.n_layers] == 1)
		draft.sizes[draft.n_layers] = 2;
	return draft;
}

/* Dense layers, the last one fit for the loss; other layers between them. */
static enum status add_random_layers(struct random *r, struct model *model,
				     const struct draft *draft)
{
	enum status status = STATUS_OK;
	for (size_t k = 1; !status && k <= draft->n_layers; k++) {
		struct node *x = model->output;
		bool is_last = k == draft->n_layers;
		status = add_random_layer(r, model, draft->sizes[k], k == 1 ? draft->wanted : NULL,
					  is_last ? draft->loss : NULL);
		if (!status && !is_last)
			status = add_random_rest(r, model, x, draft->coupled && k == 1);
	}
	return status;
}

/* Now and then: another order of the walk, and not all parameters in it. */
static void random_order(struct random *r, struct model *model)
{
	if (!one_in(r, 4))
		return;
	for (size_t k = model->n_order; k-- > 1;) {
		size_t other = random_below(r, k + 1), p = model->order[k];
		model->order[k] = model->order[other];
		model->order[other] = p;
	}
	model->n_order = 1 + random_below(r, model->n_order);
}

/* Some inputs are 0, so that some units sit on their kink. */
static void random_numbers(struct random *r, struct network *net)
{
	const struct dataset *data = &net->data;
	for (size_t k = 0; k < data->n_rows * data->n_inputs; k++)
		net->x[k] = one_in(r, 8) ? 0.0 : random_between(r, -1.0, 1.0);
	for (size_t k = 0; k < data->n_rows * data->n_targets; k++)
		net->t[k] = random_between(r, 0.0, 1.0);
	network_fit_targets(net);
	struct graph *graph = &net->model->graph;
	for (size_t p = 0; p < graph->n_params; p++)
		graph->theta[p] = random_between(r, -1.0, 1.0);
}

static enum status make_random(struct network *net, struct random *r, const struct draft *draft)
{
	enum status status = network_begin(net, draft->sizes[0], draft->sizes[draft->n_layers],
					   draft->n_rows, draft->batch);
	if (!status)
		status = add_random_layers(r, net->model, draft);
	enum reduction over = one_in(r, 2) ? REDUCE_MEAN : REDUCE_SUM;
	if (!status && net->model->target->rows > 1 && draft->loss->targets != TARGETS_ONE &&
	    one_in(r, 2))
		status = model_smooth_targets(
		    net->model, one_in(r, 2) ? &op_smoothing_others : &op_smoothing_all, 0.1, NULL);
	if (!status)
		status = network_end(net, draft->loss->name, over, "gd");
	return status;
}

enum status network_random_with(struct network *net, uint64_t seed, const struct op *wanted)
{
	struct random r;
	random_seed(&r, seed);
	const struct draft draft = random_draft(&r, wanted);
	enum status status = make_random(net, &r, &draft);
	if (status) {
		network_free(net);
		return status;
	}
	random_order(&r, net->model);
	random_numbers(&r, net);
	network_random_optimizer(&r, net);
	net->maker = "network_random";
	net->seed = seed;
	witness_see(net);
	return STATUS_OK;
}

enum status network_random(struct network *net, uint64_t seed)
{
	return network_random_with(net, seed, NULL);
}

enum status network_dense(struct network *net, const size_t *sizes, size_t n_sizes,
			  const struct op *activation, size_t n_rows, size_t batch)
{
	struct random r;
	random_seed(&r, 1);
	enum status status = network_begin(net, sizes[0], sizes[n_sizes - 1], n_rows, batch);
	for (size_t k = 1; !status && k < n_sizes; k++) {
		struct layer_dense layer = {
		    .n_units = sizes[k],
		    .activation = activation,
		    .bias = BIAS_PER_UNIT,
		    .prefix = arena_printf(net->model->arena, "h%zu_", k),
		};
		status =
		    layer.prefix ? layer_dense_add(net->model, &layer, NULL) : STATUS_NO_MEMORY;
	}
	if (!status)
		status = network_end(net, "half-squared-error", REDUCE_MEAN, "gd");
	if (status) {
		network_free(net);
		return status;
	}
	random_numbers(&r, net);
	return STATUS_OK;
}

enum status network_784_128_10(struct network *net)
{
	static const size_t sizes[] = {784, 128, 10};
	return network_dense(net, sizes, 3, &op_sigmoid, 3, 1);
}

enum status network_deep(struct network *net)
{
	size_t sizes[21];
	for (size_t k = 0; k < 21; k++)
		sizes[k] = 16;
	return network_dense(net, sizes, 21, &op_sigmoid, 3, 1);
}
