/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks.c -- the networks of the lectures, with their numbers. */
#include "networks.h"

#include <string.h>

#include "networks_private.h"
#include "witness.h"

enum status network_begin(struct network *net, size_t n_inputs, size_t n_targets, size_t n_rows,
			  size_t batch)
{
	*net = (struct network){.batch = batch, .maker = "network"};
	enum status status = model_new(n_inputs, n_targets, batch, &net->model, NULL);
	if (status)
		return status;
	net->x = ARENA_ARRAY(net->model->arena, double, n_rows *n_inputs);
	net->t = ARENA_ARRAY(net->model->arena, double, n_rows *n_targets);
	net->data = (struct dataset){.x = net->x,
				     .t = net->t,
				     .n_rows = n_rows,
				     .n_inputs = n_inputs,
				     .n_targets = n_targets};
	return net->x && net->t ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status network_end(struct network *net, const char *loss, enum reduction over,
			const char *optimizer)
{
	optimizer_init(&net->optimizer, optimizer_find(optimizer));
	enum status status = model_add_loss(net->model, loss_find(loss), over, NULL);
	return status ? status : model_finish(net->model, NULL);
}

static void fill(struct network *net, const double *x, const double *t, const double *theta)
{
	memcpy(net->x, x, net->data.n_rows * net->data.n_inputs * sizeof *x);
	memcpy(net->t, t, net->data.n_rows * net->data.n_targets * sizeof *t);
	memcpy(net->model->graph.theta, theta, net->model->graph.n_params * sizeof *theta);
}

void network_free(struct network *net)
{
	witness_dismiss(net);
	model_free(net->model);
	net->model = NULL;
}

enum status network_walk(const struct network *net, struct stepper *stepper, enum chain_form chain)
{
	witness_see(net);
	return stepper_init(stepper, net->model, &net->optimizer, &net->data, net->batch, chain,
			    NULL);
}

static enum status add_222_layers(struct model *model)
{
	static const struct label
	    n[] = {{.name = "n1"}, {.name = "n2"}},
	    sum_n[] = {{.name = "sum_n1"}, {.name = "sum_n2"}},
	    y[] = {{.name = "y1", .symbol = "ŷ₁"}, {.name = "y2", .symbol = "ŷ₂"}},
	    sum_y[] = {{.name = "sum_y1", .symbol = "sum_ŷ₁"},
		       {.name = "sum_y2", .symbol = "sum_ŷ₂"}},
	    w1[] = {{.name = "w1"}, {.name = "w3"}, {.name = "w2"}, {.name = "w4"}},
	    w5[] = {{.name = "w5"}, {.name = "w6"}, {.name = "w7"}, {.name = "w8"}},
	    b1 = {.name = "B1"}, b2 = {.name = "B2"};
	static const size_t ids1[] = {W1, W3, W2, W4}, ids5[] = {W5, W6, W7, W8}, id_b1[] = {B1},
			    id_b2[] = {B2};
	struct layer_dense hidden = {
	    .n_units = 2,
	    .activation = &op_sigmoid,
	    .bias = BIAS_SHARED,
	    .weight_ids = ids1,
	    .bias_ids = id_b1,
	    .units = n,
	    .sums = sum_n,
	    .weights = w1,
	    .biases = &b1,
	    .prefix = "n",
	};
	struct layer_dense output = {
	    .n_units = 2,
	    .activation = &op_sigmoid,
	    .bias = BIAS_SHARED,
	    .weight_ids = ids5,
	    .bias_ids = id_b2,
	    .units = y,
	    .sums = sum_y,
	    .weights = w5,
	    .biases = &b2,
	    .prefix = "y",
	};
	enum status status = layer_dense_add(model, &hidden, NULL);
	return status ? status : layer_dense_add(model, &output, NULL);
}

enum status network_222(struct network *net)
{
	static const double x[] = {0.1, 0.5}, t[] = {0.05, 0.95};
	static const double theta[] = {
	    [W1] = 0.1, [W2] = 0.2, [W3] = 0.3, [W4] = 0.4, [B1] = 0.25,
	    [W5] = 0.5, [W6] = 0.6, [W7] = 0.7, [W8] = 0.8, [B2] = 0.35,
	};
	static const size_t order[] = {W5, W6, W7, W8, W1, W2, W3, W4, B1, B2};
	enum status status = network_begin(net, 2, 2, 1, 1);
	if (!status)
		status = add_222_layers(net->model);
	if (!status)
		status = network_end(net, "half-squared-error", REDUCE_MEAN, "gd");
	if (!status)
		status = optimizer_set(&net->optimizer, "rate", 0.6, NULL);
	if (status) {
		network_free(net);
		return status;
	}
	fill(net, x, t, theta);
	memcpy(net->model->order, order, sizeof order);
	return STATUS_OK;
}

enum status network_xor(struct network *net)
{
	static const double x[] = {0, 0, 0, 1, 1, 0, 1, 1}, t[] = {0, 1, 1, 0};
	/* W row by row, c, w */
	static const double theta[] = {1, 1, 1, 1, 0, -1, 1, -2};
	struct layer_dense hidden = {.n_units = 2,
				     .activation = &op_relu,
				     .bias = BIAS_PER_UNIT,
				     .separate_bias = true,
				     .prefix = "h"};
	struct layer_dense output = {.n_units = 1, .bias = BIAS_NONE, .prefix = "y"};
	enum status status = network_begin(net, 2, 1, 4, 4);
	if (!status)
		status = layer_dense_add(net->model, &hidden, NULL);
	if (!status)
		status = layer_dense_add(net->model, &output, NULL);
	if (!status)
		status = network_end(net, "mean-squared-error", REDUCE_MEAN, "gd");
	if (status) {
		network_free(net);
		return status;
	}
	fill(net, x, t, theta);
	return STATUS_OK;
}

enum status network_or(struct network *net, const char *form)
{
	static const double x[] = {0, 0, 0, 1, 1, 0, 1, 1}, t[] = {0, 1, 1, 1};
	static const double theta[] = {0.5, 0.5, -0.5};
	struct layer_dense layer = {
	    .n_units = 1, .activation = &op_step, .bias = BIAS_PER_UNIT, .prefix = "y"};
	enum status status = network_begin(net, 2, 1, 4, 1);
	if (!status)
		status = layer_dense_add(net->model, &layer, NULL);
	if (!status)
		status = network_end(net, "error", REDUCE_MEAN, "perceptron");
	if (!status)
		status = optimizer_set_form(&net->optimizer, form, NULL);
	if (status) {
		network_free(net);
		return status;
	}
	fill(net, x, t, theta);
	return STATUS_OK;
}

enum status network_two_perceptrons(struct network *net)
{
	static const double x[] = {0, 0, 0, 1, 1, 0, 1, 1}, t[] = {0, 0, 0, 1, 0, 1, 1, 1};
	static const double theta[] = {0.5, -0.25, 0.75, 0.125, -0.5, 0.25};
	struct layer_dense layer = {
	    .n_units = 2, .activation = &op_step, .bias = BIAS_PER_UNIT, .prefix = "y"};
	enum status status = network_begin(net, 2, 2, 4, 1);
	if (!status)
		status = layer_dense_add(net->model, &layer, NULL);
	if (!status)
		status = network_end(net, "error", REDUCE_MEAN, "perceptron");
	if (status) {
		network_free(net);
		return status;
	}
	fill(net, x, t, theta);
	return STATUS_OK;
}
