/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks_random.c -- networks out of a seed: small ones of every kind, and two big ones. */
#include <math.h>
#include <string.h>

#include "networks_private.h"

static double random_between(struct random *r, double lo, double hi)
{
	return lo + (hi - lo) * random_uniform(r);
}

/* True once in n. */
static bool one_in(struct random *r, size_t n)
{
	return random_below(r, n) == 0;
}

/* Any activation of the registry, or none. */
static const struct op *random_activation(struct random *r)
{
	const struct op *activations[64] = {NULL};
	size_t n = 1;
	for (const struct op *const *op = op_registry; *op; op++)
		if ((*op)->family == OP_ACTIVATION)
			activations[n++] = *op;
	return activations[random_below(r, n)];
}

/* What the last layer may be under a loss: anything, or outputs in the loss's domain (a softmax of
 * one unit is 1: at its end). */
static bool fits_loss(const struct op *activation, size_t n_units, const struct loss_class *loss)
{
	bool in_domain = activation == &op_sigmoid || (activation == &op_softmax && n_units > 1);
	return loss->term->least == loss->term->most || in_domain;
}

void network_random_optimizer(struct random *r, struct network *net)
{
	const struct optimizer_class *classes[64];
	size_t n = 0;
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++)
		if (!(*class)->signal)
			classes[n++] = *class;
	optimizer_init(&net->optimizer, classes[random_below(r, n)]);
	net->optimizer.form = random_below(r, net->optimizer.class->n_forms);
	optimizer_set(&net->optimizer, "rate", random_between(r, 0.01, 0.3), NULL);
}

static const struct loss_class *random_loss(struct random *r)
{
	size_t n = 0;
	while (loss_registry[n].name)
		n++;
	return &loss_registry[random_below(r, n)];
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

static enum status add_random_layer(struct random *r, struct model *model, size_t n_units,
				    const struct loss_class *loss)
{
	struct layer_dense layer = {
	    .n_units = n_units,
	    .activation = random_activation(r),
	    .bias = (enum bias_kind)random_below(r, 3),
	    .separate_bias = one_in(r, 2),
	    .prefix = arena_printf(model->arena, "h%zu_", model->n_layers + 1),
	};
	while (loss && !fits_loss(layer.activation, n_units, loss))
		layer.activation = random_activation(r);
	if (one_in(r, 4)) {
		layer.weight_ids = random_ids(r, model, layer_dense_sums(&layer) * model->output->rows);
		if (!layer.weight_ids)
			return STATUS_NO_MEMORY;
	}
	if (!layer.prefix)
		return STATUS_NO_MEMORY;
	return layer_dense_add(model, &layer, NULL);
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
	struct graph *graph = &net->model->graph;
	for (size_t p = 0; p < graph->n_params; p++)
		graph->theta[p] = random_between(r, -1.0, 1.0);
}

enum status network_random(struct network *net, uint64_t seed)
{
	struct random r;
	random_seed(&r, seed);
	size_t n_layers = 1 + random_below(&r, 4), sizes[5];
	for (size_t k = 0; k <= n_layers; k++)
		sizes[k] = 1 + random_below(&r, 6);
	size_t n_rows = 1 + random_below(&r, 5), batch = 1 + random_below(&r, n_rows);
	const struct loss_class *loss = random_loss(&r);
	enum status status = network_begin(net, sizes[0], sizes[n_layers], n_rows, batch);
	for (size_t k = 1; !status && k <= n_layers; k++)
		status = add_random_layer(&r, net->model, sizes[k], k == n_layers ? loss : NULL);
	enum reduction over = one_in(&r, 2) ? REDUCE_MEAN : REDUCE_SUM;
	if (!status && net->model->target->rows > 1 && one_in(&r, 2))
		status = model_smooth_targets(
		    net->model, one_in(&r, 2) ? &op_smoothing_others : &op_smoothing_all, 0.1, NULL);
	if (!status)
		status = network_end(net, loss->name, over, "gd");
	if (status) {
		network_free(net);
		return status;
	}
	random_order(&r, net->model);
	random_numbers(&r, net);
	network_random_optimizer(&r, net);
	return STATUS_OK;
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
