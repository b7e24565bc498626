/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_model.c -- building networks, batches and their losses, parameters by name. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <string.h>

#include "support/networks.h"

static double gradient(const struct network *net, size_t param)
{
	return net->model->graph.grad[param];
}

static void run_batch(struct network *net, const size_t *rows, size_t n)
{
	model_load(net->model, net->data.x, net->data.t, rows, n);
	model_forward(net->model);
	model_backward(net->model, GRAPH_ALL);
}

/* The weights that solve XOR: no loss, so no gradient either. */
static void test_xor_is_solved(void **state)
{
	(void)state;
	static const size_t rows[] = {0, 1, 2, 3};
	static const double y[] = {0, 1, 1, 0};
	struct network net;
	assert_int_equal(network_xor(&net), STATUS_OK);
	run_batch(&net, rows, 4);
	assert_memory_equal(net.model->output->value, y, sizeof y);
	assert_same_bits(net.model->loss, 0.0);
	for (size_t p = 0; p < net.model->graph.n_params; p++)
		assert_true(gradient(&net, p) == 0.0);
	network_free(&net);
}

/* y = w x + b on (1, 3), (2, -1), (3, 0.5) with w = 2, b = -1: errors -2, 4, 4.5. */
static void build_line(struct network *net, const char *loss, enum reduction over, double x[3],
		       double t[3])
{
	struct layer_dense layer = {.n_units = 1, .bias = BIAS_PER_UNIT, .prefix = "y"};
	struct dataset data = {.x = x, .t = t, .n_rows = 3, .n_inputs = 1, .n_targets = 1};
	*net = (struct network){.x = x, .t = t, .data = data, .batch = 3};
	assert_int_equal(model_new(1, 1, 3, &net->model, NULL), STATUS_OK);
	assert_int_equal(layer_dense_add(net->model, &layer, NULL), STATUS_OK);
	assert_int_equal(model_add_loss(net->model, loss_find(loss), over, NULL), STATUS_OK);
	assert_int_equal(model_finish(net->model, NULL), STATUS_OK);
	net->model->graph.theta[0] = 2.0;
	net->model->graph.theta[1] = -1.0;
}

static void assert_line(const char *loss, enum reduction over, size_t n, double total, double dw,
			double db)
{
	static const size_t rows[] = {0, 1, 2};
	double x[] = {1.0, 2.0, 3.0}, t[] = {3.0, -1.0, 0.5};
	struct network net;
	build_line(&net, loss, over, x, t);
	run_batch(&net, rows, n);
	assert_near(net.model->loss, total, 1e-15);
	assert_near(gradient(&net, 0), dw, 1e-15);
	assert_near(gradient(&net, 1), db, 1e-15);
	/* a node's gradient is that of each example's own loss */
	assert_same_bits(net.model->total->grad[0], 1.0);
	network_free(&net);
}

static void test_reductions(void **state)
{
	(void)state;
	double squares = 4.0 + 16.0 + 20.25, dw = -2.0 * 1 + 4.0 * 2 + 4.5 * 3, db = 6.5;
	assert_line("half-squared-error", REDUCE_SUM, 3, squares / 2, dw, db);
	assert_line("half-squared-error", REDUCE_MEAN, 3, squares / 6, dw / 3, db / 3);
	assert_line("mean-squared-error", REDUCE_SUM, 3, squares, 2 * dw, 2 * db);
	assert_line("mean-squared-error", REDUCE_MEAN, 3, squares / 3, 2 * dw / 3, 2 * db / 3);
	assert_line("mean-squared-error", REDUCE_MEAN, 2, 10.0, 6.0, 2.0);
	assert_line("mean-squared-error", REDUCE_MEAN, 1, 4.0, -4.0, -4.0);
	assert_line("error", REDUCE_SUM, 3, -6.5, -6.0, -3.0);
}

/* The rows of a batch are those that are asked for, in that order. */
static void test_load(void **state)
{
	(void)state;
	static const size_t rows[] = {3, 0, 2};
	struct network net;
	assert_int_equal(network_xor(&net), STATUS_OK);
	model_load(net.model, net.data.x, net.data.t, rows, 3);
	const struct node *x = net.model->input;
	assert_int_equal(x->cols, 3);
	assert_int_equal(x->stride, 4);
	static const double first[] = {1, 0, 1}, second[] = {1, 0, 0}, targets[] = {0, 0, 1};
	assert_memory_equal(x->value, first, sizeof first);
	assert_memory_equal(x->value + x->stride, second, sizeof second);
	assert_memory_equal(net.model->target->value, targets, sizeof targets);
	network_free(&net);
}

static void assert_param(const struct model *model, const char *name, size_t wanted)
{
	char buf[LABEL_TEXT];
	size_t param = SIZE_MAX;
	assert_true(model_find_param(model, name, &param));
	assert_int_equal(param, wanted);
	assert_string_equal(model_param_name(model, param, buf), name);
}

static void test_parameters_by_name(void **state)
{
	(void)state;
	static const char *const unknown[] = {
	    "", "w", "w9", "W_h[0,1]", "W_h[1,3]", "W_h[3,1]", "W_h[1,1", "W_h[1,1]x", "h1", "b_h"};
	struct network net;
	size_t param;
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_param(net.model, "w1", W1);
	assert_param(net.model, "w3", W3);
	assert_param(net.model, "B1", B1);
	assert_param(net.model, "w8", W8);
	assert_false(model_find_param(net.model, "n1", &param));
	assert_null(model_param_symbol(net.model, W1));
	network_free(&net);
	assert_int_equal(network_xor(&net), STATUS_OK);
	assert_param(net.model, "W_h[1,2]", 1);
	assert_param(net.model, "W_h[2,1]", 2);
	assert_param(net.model, "b_h[2,1]", 5);
	assert_param(net.model, "W_y[1,2]", 7);
	for (size_t k = 0; k < sizeof unknown / sizeof *unknown; k++)
		assert_false(model_find_param(net.model, unknown[k], &param));
	network_free(&net);
}

/* Without a lesson's order: the last layer first, weights before biases; shared ones once. */
static void test_order_and_biases(void **state)
{
	(void)state;
	static const size_t wanted[] = {6, 7, 0, 1, 2, 3, 4, 5};
	struct network net;
	assert_int_equal(network_xor(&net), STATUS_OK);
	assert_int_equal(net.model->n_order, 8);
	assert_memory_equal(net.model->order, wanted, sizeof wanted);
	for (size_t p = 0; p < 8; p++)
		assert_true(net.model->is_bias[p] == (p == 4 || p == 5));
	network_free(&net);
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_int_equal(net.model->n_order, 10);
	for (size_t p = 0; p < 10; p++)
		assert_true(net.model->is_bias[p] == (p == B1 || p == B2));
	network_free(&net);
}

static void test_is_finite(void **state)
{
	(void)state;
	static const size_t rows[] = {0, 1, 2, 3};
	struct network net;
	assert_int_equal(network_xor(&net), STATUS_OK);
	run_batch(&net, rows, 4);
	assert_true(model_is_finite(net.model));
	net.x[7] = (double)NAN;
	run_batch(&net, rows, 4);
	assert_false(model_is_finite(net.model));
	run_batch(&net, rows, 3); /* that row is not in the batch: no trace of it stays */
	assert_true(model_is_finite(net.model));
	net.model->graph.theta[0] = INFINITY;
	run_batch(&net, rows, 1);
	assert_false(model_is_finite(net.model));
	network_free(&net);
	/* both hidden sums are finite, and so is all that follows; only their sum is not */
	assert_int_equal(network_222(&net), STATUS_OK);
	net.model->graph.theta[B1] = 1.5e308;
	run_batch(&net, rows, 1);
	run_batch(&net, rows, 1); /* now by the plan */
	assert_true(model_is_finite(net.model));
	network_free(&net);
}

static void test_outputs_and_targets_differ(void **state)
{
	(void)state;
	struct model *model;
	struct error err = {0};
	struct layer_dense layer = {.n_units = 3, .activation = &op_relu, .prefix = "y"};
	assert_int_equal(model_new(2, 2, 1, &model, NULL), STATUS_OK);
	assert_int_equal(layer_dense_add(model, &layer, NULL), STATUS_OK);
	assert_int_equal(model_add_loss(model, loss_find("half-squared-error"), REDUCE_SUM, &err),
			 STATUS_BAD_INPUT);
	assert_string_equal(err.message,
			    "half-squared-error: 3 and 2 elements do not fit together");
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_xor_is_solved),
	    cmocka_unit_test(test_reductions),
	    cmocka_unit_test(test_load),
	    cmocka_unit_test(test_parameters_by_name),
	    cmocka_unit_test(test_order_and_biases),
	    cmocka_unit_test(test_is_finite),
	    cmocka_unit_test(test_outputs_and_targets_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
