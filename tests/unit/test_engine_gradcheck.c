/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_gradcheck.c -- the gradient check passes what is right, skips kinks and says so, and
 * catches what is wrong: every planted bug here must fail. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <string.h>

#include "backstep/engine/gradcheck.h"
#include "support/networks.h"

enum { N_INPUTS = 3, N_HIDDEN = 3, MAX_PARAMS = 64, N_WEIGHTS = N_INPUTS * N_HIDDEN };

/* 3-3-2 sigmoid units on five rows in one batch, summed, with gradients of the order of 1. The
 * places of theta: hidden weights [3][3], hidden biases [3], output weights [2][3], biases [2]. */
static void start(struct network *net)
{
	static const size_t sizes[] = {N_INPUTS, N_HIDDEN, 2};
	static const size_t rows[] = {0, 1, 2, 3, 4};
	assert_int_equal(network_dense(net, sizes, 3, &op_sigmoid, 5, 5), STATUS_OK);
	net->model->over = REDUCE_SUM;
	for (size_t k = 0; k < 5 * N_INPUTS; k++)
		net->x[k] *= 4.0;
	for (size_t k = 0; k < 5 * 2; k++)
		net->t[k] -= 4.0;
	model_load(net->model, net->data.x, net->data.t, rows, 5);
	model_forward(net->model);
	model_backward(net->model, GRAPH_ALL);
}

static struct gradcheck check(struct network *net, const double *grad)
{
	struct gradcheck result;
	assert_int_equal(gradcheck_run(net->model, NULL, grad, &result, NULL, NULL, NULL),
			 STATUS_OK);
	return result;
}

static void test_right_gradient_passes(void **state)
{
	(void)state;
	struct network net;
	double loss;
	start(&net);
	loss = net.model->loss;
	struct gradcheck result = check(&net, net.model->graph.grad);
	assert_int_equal(result.n_checked, net.model->graph.n_params);
	assert_int_equal(result.n_skipped, 0);
	assert_int_equal(result.n_failed, 0);
	assert_true(result.worst.metric <= GRADCHECK_TOLERANCE);
	assert_same_bits(net.model->loss, loss); /* everything is put back */
	network_free(&net);
}

static void zero_biases(double *grad)
{
	memset(grad + N_WEIGHTS, 0, N_HIDDEN * sizeof *grad);
}

static void transpose(double *grad)
{
	for (size_t r = 0; r < N_HIDDEN; r++)
		for (size_t c = 0; c < r; c++) {
			double kept = grad[r * N_INPUTS + c];
			grad[r * N_INPUTS + c] = grad[c * N_INPUTS + r];
			grad[c * N_INPUTS + r] = kept;
		}
}

static void flip_sign(double *grad)
{
	for (size_t p = 0; p < N_WEIGHTS; p++)
		grad[p] = -grad[p];
}

static void scale(double *grad, double by)
{
	for (size_t p = 0; p < N_WEIGHTS; p++)
		grad[p] *= by;
}

static void scale_1e4(double *grad)
{
	scale(grad, 1.0 + 1e-4);
}

static void scale_1e6(double *grad)
{
	scale(grad, 1.0 + 1e-6);
}

static void one_nan(double *grad)
{
	grad[2] = (double)NAN;
}

/* Each with the metric that it reaches at least: what was measured leaves a factor of 30 to the
 * tolerance for the faintest. */
static void test_planted_bugs_fail(void **state)
{
	(void)state;
	static const struct {
		void (*plant)(double *grad);
		double at_least;
	} bugs[] = {
	    {zero_biases, 0.1}, {transpose, 0.1},  {flip_sign, 0.5},
	    {scale_1e4, 3e-5},  {scale_1e6, 3e-7}, {one_nan, 0.0},
	};
	for (size_t k = 0; k < sizeof bugs / sizeof *bugs; k++) {
		struct network net;
		double grad[MAX_PARAMS];
		start(&net);
		size_t n_params = net.model->graph.n_params;
		assert_true(n_params <= MAX_PARAMS);
		memcpy(grad, net.model->graph.grad, n_params * sizeof *grad);
		bugs[k].plant(grad);
		struct gradcheck result = check(&net, grad);
		assert_true(result.n_failed > 0);
		assert_false(result.worst.metric < bugs[k].at_least);
		assert_int_equal(result.n_checked, n_params);
		network_free(&net);
	}
}

static void test_nan_is_the_worst(void **state)
{
	(void)state;
	struct network net;
	double grad[MAX_PARAMS];
	start(&net);
	memcpy(grad, net.model->graph.grad, net.model->graph.n_params * sizeof *grad);
	flip_sign(grad);
	one_nan(grad);
	struct gradcheck result = check(&net, grad);
	assert_int_equal(result.n_failed, N_WEIGHTS);
	assert_true(isnan(result.worst.metric));
	assert_int_equal(result.worst.param, 2);
	network_free(&net);
}

struct seen {
	size_t n;
	bool skipped[8];
	size_t params[8];
};

static void see(void *ctx, const struct gradcheck_param *param)
{
	struct seen *seen = ctx;
	seen->params[seen->n] = param->param;
	seen->skipped[param->param] = param->skipped;
	seen->n++;
}

/* The solution of XOR sits on kinks: h1 in row (0,0), h2 in rows (0,1) and (1,0). Moving W[1,.]
 * leaves h1 of row (0,0) where it is, for its inputs are 0; moving W[2,1], W[2,2], c1 or c2
 * crosses a kink. */
static void test_kinks_are_skipped(void **state)
{
	(void)state;
	static const size_t rows[] = {0, 1, 2, 3};
	static const bool skipped[] = {false, false, true, true, true, true, false, false};
	struct network net;
	struct gradcheck result;
	struct seen seen = {0};
	assert_int_equal(network_xor(&net), STATUS_OK);
	model_load(net.model, net.data.x, net.data.t, rows, 4);
	model_forward(net.model);
	model_backward(net.model, GRAPH_ALL);
	assert_int_equal(
	    gradcheck_run(net.model, NULL, net.model->graph.grad, &result, see, &seen, NULL),
	    STATUS_OK);
	assert_int_equal(result.n_skipped, 4);
	assert_int_equal(result.n_checked, 4);
	assert_int_equal(result.n_failed, 0);
	assert_int_equal(seen.n, 8);
	for (size_t k = 0; k < 8; k++) {
		assert_true(seen.skipped[k] == skipped[k]);
		assert_int_equal(seen.params[k], net.model->order[k]); /* in the walk's order */
	}
	network_free(&net);
}

/* A unit that is near its kink, but not within h of it, is checked. */
static void test_near_a_kink(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 1}, rows[] = {0};
	static const struct {
		double weight;
		bool skipped;
	} cases[] = {{2e-5, false}, {0.5e-5, true}, {-0.5e-5, true}, {-2e-5, false}};
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct network net;
		assert_int_equal(network_dense(&net, sizes, 2, &op_relu, 1, 1), STATUS_OK);
		net.x[0] = 1.0;
		net.model->graph.theta[0] = cases[k].weight;
		net.model->graph.theta[1] = 0.0;
		model_load(net.model, net.data.x, net.data.t, rows, 1);
		model_forward(net.model);
		model_backward(net.model, GRAPH_ALL);
		struct gradcheck result = check(&net, net.model->graph.grad);
		assert_int_equal(result.n_skipped, cases[k].skipped ? 2 : 0);
		assert_int_equal(result.n_failed, 0);
		network_free(&net);
	}
}

/* 3-3-2 sigmoid units on 1372 rows, summed, with targets so far away that the loss is large: each
 * of the many sums rounds. Below GRADCHECK_TOLERANCE a right gradient would be called wrong. */
static void start_large(struct network *net, double far)
{
	enum { N_ROWS = 1372 };
	static const size_t sizes[] = {N_INPUTS, N_HIDDEN, 2};
	size_t rows[N_ROWS];
	assert_int_equal(network_dense(net, sizes, 3, &op_sigmoid, N_ROWS, N_ROWS), STATUS_OK);
	net->model->over = REDUCE_SUM;
	for (size_t k = 0; k < N_ROWS; k++)
		rows[k] = k;
	for (size_t k = 0; k < 2 * N_ROWS; k++)
		net->t[k] += k % 2 ? far : -far;
	model_load(net->model, net->data.x, net->data.t, rows, N_ROWS);
	model_forward(net->model);
	model_backward(net->model, GRAPH_ALL);
}

static void test_rounding_of_large_sums_is_allowed_for(void **state)
{
	(void)state;
	struct network net;
	double grad[MAX_PARAMS];
	start_large(&net, 1.0);
	size_t n_params = net.model->graph.n_params;
	struct gradcheck result = check(&net, net.model->graph.grad);
	assert_true(net.model->loss > 1000.0);
	assert_int_equal(result.n_failed, 0);
	/* and no more than for it: a fault of 1e-6 is found in the gradients above 1 */
	memcpy(grad, net.model->graph.grad, n_params * sizeof *grad);
	scale_1e6(grad);
	assert_true(check(&net, grad).n_failed > 0);
	network_free(&net);
	/* where rounding hides more than half of such a fault, nothing is called right for that */
	start_large(&net, 1000.0);
	result = check(&net, net.model->graph.grad);
	assert_true(net.model->loss > 1e9);
	assert_true(result.worst.tolerance <= GRADCHECK_MOST);
	memcpy(grad, net.model->graph.grad, n_params * sizeof *grad);
	scale_1e6(grad);
	assert_true(check(&net, grad).n_failed > 0);
	network_free(&net);
}

/* eps S sqrt(n + 16) / h of one row with E = (3 - 1)^2 / 2 = 2: the tolerance as by hand. */
static void test_the_tolerance_is_that_of_the_derivation(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 1}, rows[] = {0};
	struct network net;
	assert_int_equal(network_dense(&net, sizes, 2, &op_identity, 1, 1), STATUS_OK);
	net.x[0] = 1.0;
	net.t[0] = 1.0;
	net.model->graph.theta[0] = 3.0;
	net.model->graph.theta[1] = 0.0;
	model_load(net.model, net.data.x, net.data.t, rows, 1);
	model_forward(net.model);
	model_backward(net.model, GRAPH_ALL);
	struct gradcheck result = check(&net, net.model->graph.grad);
	/* the gradient is 2, by which the metric and so the tolerance are divided */
	assert_relative(result.worst.tolerance - 1e-8, 0x1p-52 * 2.0 * sqrt(17.0) / 1e-5 / 2.0,
			1e-6);
	network_free(&net);
}

/* Only what is trained is checked. */
static void test_checks_what_is_trained(void **state)
{
	(void)state;
	struct network net;
	start(&net);
	net.model->n_order = 5;
	assert_int_equal(check(&net, net.model->graph.grad).n_checked, 5);
	network_free(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_right_gradient_passes),
	    cmocka_unit_test(test_planted_bugs_fail),
	    cmocka_unit_test(test_nan_is_the_worst),
	    cmocka_unit_test(test_kinks_are_skipped),
	    cmocka_unit_test(test_near_a_kink),
	    cmocka_unit_test(test_rounding_of_large_sums_is_allowed_for),
	    cmocka_unit_test(test_the_tolerance_is_that_of_the_derivation),
	    cmocka_unit_test(test_checks_what_is_trained),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
