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
	assert_int_equal(gradcheck_checked(&result), net.model->graph.n_params);
	assert_int_equal(gradcheck_skipped(&result), 0);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	assert_true(result.worst.distance <= GRADCHECK_TOLERANCE / 4.0);
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

/* Each with the distance that it reaches at least. */
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
		assert_true(result.n_of[GRADCHECK_DIFFERS] > 0);
		assert_false(result.worst.distance < bugs[k].at_least);
		assert_int_equal(gradcheck_checked(&result), n_params);
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
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], N_WEIGHTS);
	assert_true(isnan(result.worst.distance));
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
	seen->skipped[param->param] = param->verdict == GRADCHECK_AT_KINK;
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
	assert_int_equal(gradcheck_skipped(&result), 4);
	assert_int_equal(gradcheck_checked(&result), 4);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
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
		assert_int_equal(gradcheck_skipped(&result), cases[k].skipped ? 2 : 0);
		assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
		network_free(&net);
	}
}

/* 3-3-2 sigmoid units on 1372 rows, summed, with targets so far away that the loss is large: each
 * of the many sums rounds. */
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

/* A right gradient is not called wrong for what rounding does, nor a wrong one right. */
static void test_rounding_of_large_sums_is_allowed_for(void **state)
{
	(void)state;
	struct network net;
	double grad[MAX_PARAMS];
	start_large(&net, 1.0);
	struct gradcheck result = check(&net, net.model->graph.grad);
	assert_true(net.model->loss > 1000.0);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	assert_int_equal(result.n_of[GRADCHECK_CANNOT_TELL], 0);
	memcpy(grad, net.model->graph.grad, net.model->graph.n_params * sizeof *grad);
	scale_1e6(grad);
	assert_int_equal(check(&net, grad).n_of[GRADCHECK_DIFFERS], N_WEIGHTS);
	network_free(&net);
	start_large(&net, 1000.0);
	assert_true(net.model->loss > 1e9);
	assert_int_equal(check(&net, net.model->graph.grad).n_of[GRADCHECK_DIFFERS], 0);
	network_free(&net);
}

/* E = (w - 1)^2 / 2 + 1e9, as a row that no parameter moves adds it: the loss has no digit beyond
 * 1e-7, and a slope of 2e-3 is not known to a millionth. One that is wrong by half of it differs
 * nevertheless. */
static void test_what_rounding_hides_cannot_be_told(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 1}, rows[] = {0, 1};
	struct network net;
	assert_int_equal(network_dense(&net, sizes, 2, &op_identity, 2, 2), STATUS_OK);
	net.model->over = REDUCE_SUM;
	net.model->n_order = 1; /* the weight alone, whose input is 0 in the second row */
	net.x[0] = 1.0;
	net.x[1] = 0.0;
	net.t[0] = 1.0;
	net.t[1] = sqrt(2e9);
	net.model->graph.theta[0] = 1.002;
	net.model->graph.theta[1] = 0.0;
	model_load(net.model, net.data.x, net.data.t, rows, 2);
	model_forward(net.model);
	model_backward(net.model, GRAPH_ALL);
	double grad[2] = {net.model->graph.grad[0]};
	assert_near(grad[0], 0.002, 1e-12);
	assert_int_equal(check(&net, grad).n_of[GRADCHECK_CANNOT_TELL], 1);
	grad[0] *= 1.5;
	assert_int_equal(check(&net, grad).n_of[GRADCHECK_DIFFERS], 1);
	network_free(&net);
}

/* A gradient that moves no digit of the loss is as good as 0, and agrees. */
static void test_a_gradient_of_nothing_agrees(void **state)
{
	(void)state;
	struct network net;
	double grad[MAX_PARAMS];
	start(&net);
	for (size_t p = 0; p < net.model->graph.n_params; p++)
		net.model->graph.theta[p] *= p < N_WEIGHTS ? 400.0 : 1.0; /* saturated */
	model_forward(net.model);
	model_backward(net.model, GRAPH_ALL);
	memcpy(grad, net.model->graph.grad, net.model->graph.n_params * sizeof *grad);
	struct gradcheck result = check(&net, grad);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	assert_true(result.n_of[GRADCHECK_AGREES] > 0);
	network_free(&net);
}

/* What a check said of each parameter. */
struct verdicts {
	enum gradcheck_verdict of[512];
};

static void keep_verdict(void *ctx, const struct gradcheck_param *param)
{
	struct verdicts *verdicts = ctx;
	verdicts->of[param->param] = param->verdict;
}

/* Checks grad times 1 + error. */
static void check_scaled(struct network *net, double error, struct verdicts *verdicts)
{
	struct gradcheck result;
	double grad[512];
	size_t n = net->model->graph.n_params;
	assert_true(n <= 512);
	for (size_t p = 0; p < n; p++)
		grad[p] = net->model->graph.grad[p] * (1.0 + error);
	assert_int_equal(
	    gradcheck_run(net->model, NULL, grad, &result, keep_verdict, verdicts, NULL),
	    STATUS_OK);
}

/* Whatever a network is made of: its gradient never differs, and where the check can tell, a
 * millionth more does. It can tell of nearly all. */
static void test_random_networks(void **state)
{
	enum { N_NETWORKS = 300 };
	size_t n_told = 0, n_untold = 0;
	(void)state;
	for (uint64_t seed = 1; seed <= N_NETWORKS; seed++) {
		struct network net;
		struct verdicts right = {0}, wrong = {0};
		size_t rows[8] = {0, 1, 2, 3, 4, 5, 6, 7};
		assert_int_equal(network_random(&net, seed), STATUS_OK);
		model_load(net.model, net.data.x, net.data.t, rows, net.batch);
		model_forward(net.model);
		model_backward(net.model, GRAPH_ALL);
		check_scaled(&net, 0.0, &right);
		check_scaled(&net, 1e-6, &wrong);
		for (size_t k = 0; k < net.model->n_order; k++) {
			size_t p = net.model->order[k];
			bool is_zero = fabs(net.model->graph.grad[p]) < 1e-12;

			if (right.of[p] == GRADCHECK_DIFFERS ||
			    (right.of[p] == GRADCHECK_AGREES && !is_zero &&
			     wrong.of[p] != GRADCHECK_DIFFERS))
				fail_msg("seed %d, parameter %zu", (int)seed, p);
			n_told += right.of[p] == GRADCHECK_AGREES;
			n_untold += right.of[p] == GRADCHECK_CANNOT_TELL;
		}
		network_free(&net);
	}
	assert_true(n_told > 100 * n_untold);
}

/* Only what is trained is checked. */
static void test_checks_what_is_trained(void **state)
{
	(void)state;
	struct network net;
	start(&net);
	net.model->n_order = 5;
	struct gradcheck result = check(&net, net.model->graph.grad);
	assert_int_equal(gradcheck_checked(&result), 5);
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
	    cmocka_unit_test(test_what_rounding_hides_cannot_be_told),
	    cmocka_unit_test(test_a_gradient_of_nothing_agrees),
	    cmocka_unit_test(test_random_networks),
	    cmocka_unit_test(test_checks_what_is_trained),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
