/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_proofs.c -- what proves that steps are facts calls no right network wrong, and finds a
 * gradient that is not what its terms come to. */
#include "sitting.h"
#include "temporary.h"

#include "backstep/trace/verify.h"
#include "support/networks.h"

static enum status verify(const struct stepper *stepper, struct error *err)
{
	uint64_t n = 0;
	enum status status = verify_update(stepper, &n, err);
	assert_true(n > 0);
	return status;
}

/* The seed's network, walked in this form; false where it is not walked so. */
static bool start(struct network *net, struct stepper *stepper, uint64_t seed, enum chain_form form)
{
	assert_int_equal(seed % 3 ? network_random(net, seed) : network_random_graph(net, seed),
			 STATUS_OK);
	if (network_walk(net, stepper, form) == STATUS_OK) {
		if (stepper_n_steps(stepper) <= 20000)
			return true;
		stepper_free(stepper);
	}
	network_free(net);
	return false;
}

static void random_networks_are_proved(void **state)
{
	enum { N_SEEDS = 150 };
	size_t n_walked = 0;
	(void)state;
	for (enum chain_form form = CHAIN_PATHS; form <= CHAIN_DELTAS; form++)
		for (uint64_t seed = 1; seed <= N_SEEDS; seed++) {
			struct network net;
			struct stepper stepper;
			struct error err = {0};
			if (!start(&net, &stepper, seed, form))
				continue;
			if (verify(&stepper, &err))
				fail_msg("seed %d: %s", (int)seed, err.message);
			stepper_free(&stepper);
			network_free(&net);
			n_walked++;
		}
	assert_true(n_walked > N_SEEDS);
}

/* One gradient of the backward pass is wrong by a thousand millionth. */
static void a_wrong_gradient_is_found(void **state)
{
	enum { N_SEEDS = 40 };
	size_t n_wrong = 0;
	(void)state;
	for (uint64_t seed = 1; seed <= N_SEEDS; seed++) {
		struct network net;
		struct stepper stepper;
		if (!start(&net, &stepper, seed, CHAIN_DELTAS))
			continue;
		const struct model *model = net.model;
		for (size_t k = 0; k < model->n_order; k++) {
			double *grad = &model->graph.grad[model->order[k]], kept = *grad;
			bool is_walked = stepper.plan.has_backward;

			if (!is_walked || fabs(kept) < 1e-3)
				continue;
			*grad *= 1.0 + 1e-9;
			assert_int_equal(verify(&stepper, NULL), STATUS_FAILED);
			*grad = kept;
			n_wrong++;
		}
		stepper_free(&stepper);
		network_free(&net);
	}
	assert_true(n_wrong > N_SEEDS);
}

/* Lessons that are right, each in a place where numbers cancel or leave the range. */
static void lessons_at_the_edge_are_proved(void **state)
{
	static const char *const lessons[] = {
	    /* a bias that all units of a softmax share: its paths cancel, its gradient is 0 */
	    "network:\n  inputs: [x1, x2]\n  layers:\n"
	    "    - {units: [h1, h2], activation: tanh, weights: [[a=0.3, b=-0.7], [c=0.11, d=0.5]],"
	    " bias: B0=0.2}\n"
	    "    - {units: [f1, f2, f3], activation: softmax, weights: [[w1=0.2, w2=0.4],"
	    " [w3=0.43, w4=-0.2], [w5=-0.21, w6=-0.4]], bias: B=0.1}\n"
	    "loss: {kind: cross-entropy}\n"
	    "data: [{x: [1, 2], target: [0, 1, 0]}, {x: [1.3, -2], target: [1, 0, 0]}]\n"
	    "training: {optimizer: gd, rate: 0.1}\n",
	    /* e^800 is out of range, log(1 + e^800) is 800 */
	    "network:\n  inputs: [x1]\n  layers:\n"
	    "    - {units: [h1, h2], activation: softplus, weights: [[a=800], [c=-800]]}\n"
	    "    - {units: [y], weights: [[w1=1, w2=0.4]], bias: B=0.1}\n"
	    "loss: {kind: binary-cross-entropy-logits}\n"
	    "data: [{x: [1], target: [1]}, {x: [1.3], target: [0]}]\n"
	    "training: {optimizer: gd, rate: 0.1}\n",
	    /* shares of e^681 and e^1185 */
	    "network:\n  inputs: [x1]\n  layers:\n"
	    "    - {units: [y1, y2], activation: softmax, weights: [[a=681], [b=1185]]}\n"
	    "loss: {kind: half-squared-error}\n"
	    "data: [{x: [1], target: [0, 1]}]\n"
	    "training: {optimizer: gd, rate: 0.1}\n",
	    /* answers that are right with all certainty: 0 log 0 is 0, and nothing is left to learn
	     */
	    "network:\n  inputs: [x1]\n  layers:\n"
	    "    - {units: [y], activation: sigmoid, weights: [[w=900]]}\n"
	    "loss: {kind: binary-cross-entropy}\n"
	    "data: [{x: [1], target: [1]}, {x: [-1], target: [0]}]\n"
	    "training: {optimizer: gd, rate: 0.1}\n",
	    /* normalised, where the batch's deviation is 0.01: the loss bends within 0.01 */
	    "network:\n  inputs: [x1, x2]\n  layers:\n"
	    "    - {units: [z1, z2], weights: [[w1=0.01, w2=0.02], [w3=0.001, w4=0.003]],"
	    " bias: [b1=0.1, b2=0.2]}\n"
	    "    - {kind: batch-norm, units: [n1, n2], epsilon: 1e-8}\n"
	    "    - {units: [y], activation: tanh, weights: [[v1=1, v2=2]]}\n"
	    "loss: {kind: half-squared-error}\n"
	    "data: [{x: [1, 2], target: [0]}, {x: [1.3, -2], target: [1]},"
	    " {x: [0.7, 1], target: [0.5]}]\n"
	    "training: {optimizer: gd, rate: 0.1, batch: 3}\n",
	};
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++)
		for (enum chain_form form = CHAIN_PATHS; form <= CHAIN_DELTAS; form++) {
			struct sitting sitting;
			struct error err = {0};
			char path[TEMPORARY_PATH];
			temporary_lesson(path, lessons[i]);
			sitting_open(&sitting, path);
			struct stepper *stepper = &sitting.session->stepper;
			bool is_coupled = sitting.session->built.model->graph.is_coupled;
			assert_int_equal(stepper_set_chain(stepper, form, NULL),
					 is_coupled && form == CHAIN_PATHS ? STATUS_BAD_INPUT
									   : STATUS_OK);
			type_good(&sitting, "next");
			type_good(&sitting, "check");
			if (verify(stepper, &err))
				fail_msg("lesson %zu: %s", i + 1, err.message);
			sitting_end(&sitting);
			unlink(path);
		}
}

/* A walk stops with what to do about its cause: only what updates have made
 * grow asks for a smaller rate. */
static void a_stop_names_its_cause(void **state)
{
	static const char *const rows[][2] = {
	    {"network:\n  inputs: [x1]\n  layers:\n"
	     "    - {units: [y], activation: sigmoid, weights: [[w=-900]]}\n"
	     "loss: {kind: binary-cross-entropy}\ndata: [{x: [1], target: [1]}]\n"
	     "training: {optimizer: gd, rate: 0.1}\n",
	     "the loss binary-cross-entropy has no number for an output of 0: take "
	     "binary-cross-entropy-logits"},
	    {"graph:\n  parameters: [x=-2, n=3]\n  nodes: [\"f = x^n\"]\n"
	     "training: {optimizer: gd, rate: 0.1}\n",
	     "power-of has no slope at -2"},
	    {"graph:\n  parameters: [x=1, y=0]\n  nodes: [\"f = x/y\"]\n"
	     "training: {optimizer: gd, rate: 0.1}\n",
	     "divide has no number at 0"},
	    {"graph:\n  parameters: [x=2]\n  nodes: [\"f = x^8\"]\n"
	     "training: {optimizer: gd, rate: 1000000}\n",
	     "start again with a smaller rate"},
	    {"graph:\n  parameters: [x=800]\n  nodes: [\"f = exp(x)\"]\n"
	     "training: {optimizer: gd, rate: 0.1}\n",
	     "start with smaller numbers: no rate has been used yet"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sitting sitting;
		char path[TEMPORARY_PATH];
		temporary_lesson(path, rows[i][0]);
		sitting_open(&sitting, path);
		assert_int_equal(type(&sitting, "update 3"), STATUS_NUMERIC);
		assert_contains(complaint(&sitting), rows[i][1]);
		sitting_end(&sitting);
		unlink(path);
	}
}

/* (-2)^3 = -8 and its slope by x, 3 * 4 = 12; 0^0 is 1. */
static void powers_take_whole_exponents_of_any_base(void **state)
{
	struct sitting sitting;
	char path[TEMPORARY_PATH];
	(void)state;
	temporary_lesson(path, "graph:\n  parameters: [x=-2, n=3, z=0, m=0]\n"
			       "  nodes: [\"f = x^n\", \"g = z^m\", \"h = f + g\"]\n"
			       "train: [x]\ntraining: {optimizer: gd, rate: 0.1}\n");
	sitting_open(&sitting, path);
	type_good(&sitting, "goto f");
	type_good(&sitting, "expect f = -8");
	type_good(&sitting, "goto g");
	type_good(&sitting, "expect g = 1");
	sitting_end(&sitting);
}

/* x^0 is 1 for every x, and 0^n is 0 for every n above 0: flat, with a rule that says so. */
static void a_flat_power_has_the_slope_0(void **state)
{
	static const char *const nodes[] = {"parameters: [x=0]\n  nodes: [\"f = x^0\"]",
					    "parameters: [x=0, n=2]\n  nodes: [\"f = x^n\"]"};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct strbuf text = {0};
		struct sitting sitting;
		char path[TEMPORARY_PATH];
		strbuf_addf(&text, "graph:\n  %s\ntraining: {optimizer: gd, rate: 0.1}\n",
			    nodes[i]);
		temporary_lesson(path, strbuf_str(&text));
		sitting_open(&sitting, path);
		type_good(&sitting, "update");
		type_good(&sitting, i ? "expect df/dn = 0" : "expect df/dx = 0");
		type_good(&sitting, i ? "goto n" : "goto x");
		assert_contains(answer(&sitting), i ? "∂f/∂n = 0\n" : "∂f/∂x = 0\n");
		type_good(&sitting, "check");
		sitting_end(&sitting);
		strbuf_free(&text);
		unlink(path);
	}
}

/* At the prompt as in `backstep check`: of a large network some parameters, and it says so. */
static void a_large_network_is_sampled(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "digits-784");
	type_good(&sitting, "check");
	assert_contains(answer(&sitting), "\n264 of 101770 parameters were looked at\n");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_networks_are_proved),
	    cmocka_unit_test(a_wrong_gradient_is_found),
	    cmocka_unit_test(lessons_at_the_edge_are_proved),
	    cmocka_unit_test(a_stop_names_its_cause),
	    cmocka_unit_test(a_large_network_is_sampled),
	    cmocka_unit_test(powers_take_whole_exponents_of_any_base),
	    cmocka_unit_test(a_flat_power_has_the_slope_0),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
