/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_losses.c -- what every loss of the registry promises, with no line for a particular one. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <string.h>

#include "backstep/engine/gradcheck.h"
#include "backstep/engine/layer_dense.h"

static void test_rows_are_complete(void **state)
{
	(void)state;
	for (const struct loss_class *loss = loss_registry; loss->name; loss++) {
		assert_true(*loss->name && loss->summary && *loss->summary);
		assert_int_equal(loss->term->family, OP_LOSS);
		assert_int_equal(loss->total->family, OP_REDUCTION);
		assert_int_equal(loss->term->n_slots, 2); /* the output and its target */
		assert_int_equal(loss->total->n_slots, 1);
		assert_ptr_equal(loss_find(loss->name), loss);
	}
	assert_null(loss_find("no such loss"));
}

/* Three sigmoid units on two inputs, n_examples rows, loss on top. */
static struct model *build(const struct loss_class *loss, size_t n_outputs, size_t n_examples,
			   enum reduction over)
{
	static const double x[] = {0.5, -1.0, 0.25, 2.0, -0.75, 1.5};
	static const double t[] = {0.25, 1.0, 0.5, 1.0, 0.25, 0.0, 0.75, 0.5, 1.0};
	static const size_t rows[] = {0, 1, 2};
	struct model *model;
	struct layer_dense layer = {
	    .n_units = n_outputs, .activation = &op_sigmoid, .bias = BIAS_PER_UNIT, .prefix = "y"};
	assert_int_equal(model_new(2, n_outputs, n_examples, &model, NULL), STATUS_OK);
	assert_int_equal(layer_dense_add(model, &layer, NULL), STATUS_OK);
	assert_int_equal(model_add_loss(model, loss, over, NULL), STATUS_OK);
	assert_int_equal(model_finish(model, NULL), STATUS_OK);
	for (size_t p = 0; p < model->graph.n_params; p++)
		model->graph.theta[p] = 0.3 * (double)p - 0.7;
	model_load(model, x, t, rows, n_examples);
	model_forward(model);
	model_backward(model, GRAPH_ALL);
	return model;
}

/* Whether one term holds all outputs. */
static bool is_joined(const struct loss_class *loss)
{
	struct model *model = build(loss, 3, 1, REDUCE_MEAN);
	bool joined = model->terms->rows == 1;
	model_free(model);
	return joined;
}

static void check_gradient(const struct loss_class *loss, size_t n_outputs, size_t n_examples,
			   enum reduction over)
{
	struct model *model = build(loss, n_outputs, n_examples, over);
	struct gradcheck result;
	double largest = 0.0;
	for (size_t p = 0; p < model->graph.n_params; p++)
		largest = fmax(largest, fabs(model->graph.grad[p]));
	/* there is something to check; a loss of shares has nothing to share with one output */
	assert_true(largest > 1e-3 || (n_outputs == 1 && is_joined(loss)));
	assert_int_equal(gradcheck_run(model, NULL, model->graph.grad, &result, NULL, NULL, NULL),
			 STATUS_OK);
	assert_int_equal(gradcheck_checked(&result), model->graph.n_params);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	model_free(model);
}

static void test_gradients(void **state)
{
	(void)state;
	for (const struct loss_class *loss = loss_registry; loss->name; loss++)
		for (size_t n_outputs = 1; n_outputs <= 3; n_outputs++)
			for (size_t n_examples = 1; n_examples <= 3; n_examples++) {
				check_gradient(loss, n_outputs, n_examples, REDUCE_MEAN);
				check_gradient(loss, n_outputs, n_examples, REDUCE_SUM);
			}
}

/* One output needs no total, nor does a loss that joins all; otherwise several outputs have one,
 * made of the terms. */
static void test_total(void **state)
{
	(void)state;
	for (const struct loss_class *loss = loss_registry; loss->name; loss++) {
		struct model *one = build(loss, 1, 1, REDUCE_MEAN);
		assert_ptr_equal(one->total, one->terms);
		assert_same_bits(one->loss, one->terms->value[0]);
		model_free(one);
		struct model *three = build(loss, 3, 1, REDUCE_MEAN);
		if (is_joined(loss)) {
			assert_ptr_equal(three->total, three->terms);
		} else {
			assert_ptr_equal(three->total->op, loss->total);
			assert_ptr_equal(three->total->inputs[0], three->terms);
		}
		assert_same_bits(three->loss, three->total->value[0]);
		model_free(three);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),
	    cmocka_unit_test(test_gradients),
	    cmocka_unit_test(test_total),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
