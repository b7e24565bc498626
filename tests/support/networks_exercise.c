/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks_exercise.c -- networks such as a sheet of exercises has: one or two hidden layers of two
 * or three units, one to three rows, numbers with one or two decimals. */
#include <math.h>

#include "networks_private.h"

static double decimal(struct random *r, double lo, double hi)
{
	double digits = one_in(r, 2) ? 10.0 : 100.0;
	double value = round(random_between(r, lo, hi) * digits) / digits;
	return value != 0.0 ? value : 1.0 / digits;
}

static const struct op *exercise_activation(struct random *r)
{
	static const struct op *const ops[] = {&op_sigmoid,    &op_sigmoid,  &op_tanh, &op_relu,
					       &op_leaky_relu, &op_softplus, &op_elu,  NULL};
	return ops[random_below(r, sizeof ops / sizeof *ops)];
}

/* A loss, and an activation of the last layer that fits it. */
static const char *exercise_loss(struct random *r, size_t n_outputs, const struct op **last)
{
	static const char *const losses[] = {"half-squared-error", "half-squared-error",
					     "mean-squared-error", "binary-cross-entropy",
					     "cross-entropy"};
	const char *loss = losses[random_below(r, n_outputs > 1 ? 5 : 4)];
	if (losses[3] == loss)
		*last = &op_sigmoid;
	else if (losses[4] == loss)
		*last = &op_softmax;
	else
		*last = exercise_activation(r);
	return loss;
}

static enum status add_layers(struct random *r, struct network *net, const size_t *sizes,
			      size_t n_layers, const struct op *last)
{
	for (size_t k = 1; k <= n_layers; k++) {
		struct layer_dense layer = {
		    .n_units = sizes[k],
		    .activation = k == n_layers ? last : exercise_activation(r),
		    .bias = (enum bias_kind)random_below(r, 3),
		    .prefix = arena_printf(net->model->arena, k == n_layers ? "y" : "h%zu_", k),
		};
		if (!layer.prefix || layer_dense_add(net->model, &layer, NULL))
			return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

static void fill(struct random *r, struct network *net, bool is_one_hot)
{
	const struct dataset *data = &net->data;
	for (size_t k = 0; k < data->n_rows * data->n_inputs; k++)
		net->x[k] = decimal(r, -1.0, 1.0);
	for (size_t row = 0; row < data->n_rows; row++) {
		size_t hot = random_below(r, data->n_targets);
		for (size_t k = 0; k < data->n_targets; k++)
			net->t[row * data->n_targets + k] =
			    is_one_hot ? k == hot : decimal(r, 0.05, 0.95);
	}
	for (size_t p = 0; p < net->model->graph.n_params; p++)
		net->model->graph.theta[p] = decimal(r, -1.0, 1.0);
}

enum status network_exercise(struct network *net, uint64_t seed)
{
	static const char *const optimizers[] = {"gd",       "gd",      "gd",      "momentum",
						 "nesterov", "adagrad", "rmsprop", "adam"};
	struct random r;
	const struct op *last;
	random_stream(&r, seed, "exercise", 0);
	size_t n_layers = 2 + random_below(&r, 2), sizes[4];
	for (size_t k = 0; k <= n_layers; k++)
		sizes[k] = 2 + random_below(&r, 2);
	size_t n_rows = 1 + random_below(&r, 3);
	const char *loss = exercise_loss(&r, sizes[n_layers], &last);
	enum status status =
	    network_begin(net, sizes[0], sizes[n_layers], n_rows, 1 + random_below(&r, n_rows));
	if (!status)
		status = add_layers(&r, net, sizes, n_layers, last);
	if (!status)
		status = network_end(net, loss, one_in(&r, 2) ? REDUCE_MEAN : REDUCE_SUM,
				     optimizers[random_below(&r, 8)]);
	if (status) {
		network_free(net);
		return status;
	}
	fill(&r, net, last == &op_softmax);
	return optimizer_set(&net->optimizer, "rate", decimal(&r, 0.05, 0.9), NULL);
}
