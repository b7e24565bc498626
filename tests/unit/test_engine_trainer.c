/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_trainer.c -- updates one after another: batches, the perceptron rule in both its
 * forms, settings, and coming back to a kept state. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "support/networks.h"

static void init(struct trainer *trainer, const struct network *net)
{
	assert_int_equal(
	    trainer_init(trainer, net->model, &net->optimizer, &net->data, net->batch, NULL),
	    STATUS_OK);
}

static void train(struct trainer *trainer, size_t n_updates)
{
	for (size_t k = 0; k < n_updates; k++)
		trainer_commit(trainer);
}

static void assert_theta(const struct network *net, size_t n, const double *wanted)
{
	for (size_t p = 0; p < n; p++)
		assert_same_bits(net->model->graph.theta[p], wanted[p]);
}

/* Whether the network answers every row of its data. */
static bool answers_all(const struct network *net)
{
	for (size_t row = 0; row < net->data.n_rows; row++) {
		model_load(net->model, net->data.x, net->data.t, &row, 1);
		model_forward(net->model);
		for (size_t o = 0; o < net->data.n_targets; o++) {
			const struct node *y = net->model->output;
			if (y->value[o * y->stride] != net->data.t[row * net->data.n_targets + o])
				return false;
		}
	}
	return true;
}

/* The lecture's perceptron: row (0,0) is right; row (0,1) sums up to exactly 0, so its answer is
 * wrong and both weights grow by .5; then everything is right. */
static void test_or_as_in_the_lecture(void **state)
{
	(void)state;
	struct network net;
	struct trainer trainer;
	assert_int_equal(network_or(&net, "lecture"), STATUS_OK);
	init(&trainer, &net);
	train(&trainer, 1);
	assert_theta(&net, 3, (double[]){0.5, 0.5, -0.5});
	assert_false(answers_all(&net));
	trainer.prepared = false;
	train(&trainer, 1);
	assert_theta(&net, 3, (double[]){1.0, 1.0, -0.5});
	assert_true(answers_all(&net));
	train(&trainer, 8);
	assert_theta(&net, 3, (double[]){1.0, 1.0, -0.5});
	trainer_free(&trainer);
	network_free(&net);
}

/* Rosenblatt's form: only the weight whose input is 1 moves, and the bias. (0,0) then sums up to 0,
 * which is not above 0; so all four are right. */
static void test_or_by_rosenblatt(void **state)
{
	(void)state;
	struct network net;
	struct trainer trainer;
	assert_int_equal(network_or(&net, "rosenblatt"), STATUS_OK);
	init(&trainer, &net);
	train(&trainer, 2);
	assert_theta(&net, 3, (double[]){0.5, 1.0, 0.0});
	train(&trainer, 8);
	assert_theta(&net, 3, (double[]){0.5, 1.0, 0.0});
	assert_true(answers_all(&net));
	trainer_free(&trainer);
	network_free(&net);
}

/* AND and OR side by side: Rosenblatt's rule finds an answer for each within some epochs. */
static void test_two_perceptrons(void **state)
{
	(void)state;
	struct network net;
	struct trainer trainer;
	assert_int_equal(network_two_perceptrons(&net), STATUS_OK);
	assert_int_equal(optimizer_set_form(&net.optimizer, "rosenblatt", NULL), STATUS_OK);
	init(&trainer, &net);
	assert_false(answers_all(&net));
	trainer.prepared = false;
	train(&trainer, 80);
	assert_true(answers_all(&net));
	trainer_free(&trainer);
	network_free(&net);
}

static void assert_unfit(const struct network *net, size_t batch, const char *message)
{
	struct trainer trainer;
	struct error err = {0};
	struct optimizer optimizer;
	optimizer_init(&optimizer, &optimizer_perceptron);
	assert_int_equal(trainer_init(&trainer, net->model, &optimizer, &net->data, batch, &err),
			 STATUS_BAD_INPUT);
	assert_string_equal(err.message, message);
	assert_null(trainer.arena);
}

static void test_what_the_perceptron_needs(void **state)
{
	(void)state;
	struct network net;
	struct model *model;
	struct layer_dense layer = {
	    .n_units = 2, .activation = &op_step, .bias = BIAS_SHARED, .prefix = "y"};
	assert_int_equal(network_or(&net, "lecture"), STATUS_OK);
	assert_unfit(&net, 4, "the rule perceptron learns from one row at a time: use batch: 1");
	network_free(&net);
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_unfit(
	    &net, 1,
	    "the perceptron rule needs one layer, activation step or sign, and loss error");
	network_free(&net);
	assert_int_equal(model_new(2, 2, 1, &model, NULL), STATUS_OK);
	assert_int_equal(layer_dense_add(model, &layer, NULL), STATUS_OK);
	assert_int_equal(model_add_loss(model, loss_find("error"), REDUCE_SUM, NULL), STATUS_OK);
	assert_int_equal(model_finish(model, NULL), STATUS_OK);
	net = (struct network){.model = model};
	assert_unfit(&net, 1,
		     "the perceptron rule needs weights and a bias of its own in each unit");
	network_free(&net);
}

/* Five rows in batches of two: 2, 2, 1, and from the first again. */
static void test_batches(void **state)
{
	(void)state;
	static const size_t sizes[] = {2, 1}, wanted[] = {2, 2, 1, 2, 2, 1, 2};
	struct network net;
	struct trainer trainer;
	assert_int_equal(network_dense(&net, sizes, 2, &op_sigmoid, 5, 2), STATUS_OK);
	init(&trainer, &net);
	assert_int_equal(trainer_batches(&trainer), 3);
	size_t row = 0;
	for (size_t update = 0; update < 7; update++) {
		trainer_prepare(&trainer);
		assert_int_equal(trainer_batch_size(&trainer, update), wanted[update]);
		assert_int_equal(trainer.n_examples, wanted[update]);
		assert_int_equal(net.model->input->cols, wanted[update]);
		for (size_t k = 0; k < trainer.n_examples; k++, row = (row + 1) % 5) {
			assert_int_equal(trainer.rows[k], row);
			assert_same_bits(net.model->input->value[k], net.x[2 * row]);
			assert_same_bits(net.model->target->value[k], net.t[row]);
		}
		trainer_commit(&trainer);
	}
	trainer_free(&trainer);
	network_free(&net);
}

/* y = w x with w = 1, rows (1, 2), (2, 0), (4, 8) in batches of two, mean of half squares, rate .5:
 * dJ/dw = ((1 - 2) 1 + (2 - 0) 2) / 2 = 1.5, w = .25; then (.25 * 4 - 8) 4 = -28, w = 14.25. */
static void test_update_by_hand(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 1};
	struct network net;
	struct trainer trainer;
	assert_int_equal(network_dense(&net, sizes, 2, NULL, 3, 2), STATUS_OK);
	memcpy(net.x, (double[]){1, 2, 4}, 3 * sizeof(double));
	memcpy(net.t, (double[]){2, 0, 8}, 3 * sizeof(double));
	memcpy(net.model->graph.theta, (double[]){1, 0}, 2 * sizeof(double));
	net.model->n_order = 1; /* the bias is not trained */
	assert_int_equal(net.model->order[0], 0);
	assert_int_equal(optimizer_set(&net.optimizer, "rate", 0.5, NULL), STATUS_OK);
	init(&trainer, &net);
	trainer_prepare(&trainer);
	assert_same_bits(net.model->graph.grad[0], 1.5);
	assert_same_bits(trainer_next(&trainer)[0], 0.25);
	assert_theta(&net, 2, (double[]){1, 0}); /* old until the commit */
	trainer_prepare(&trainer);               /* no second time */
	assert_same_bits(trainer_next(&trainer)[0], 0.25);
	trainer_commit(&trainer);
	assert_theta(&net, 2, (double[]){0.25, 0});
	trainer_commit(&trainer);
	assert_theta(&net, 2, (double[]){14.25, 0});
	assert_int_equal(trainer.n_updates, 2);
	trainer_free(&trainer);
	network_free(&net);
}

static void test_save_and_restore(void **state)
{
	(void)state;
	struct network net;
	struct trainer trainer;
	assert_int_equal(network_random(&net, 11), STATUS_OK);
	init(&trainer, &net);
	size_t size = net.model->graph.n_params * sizeof(double);
	double *theta9 = malloc(size);
	assert_non_null(theta9);
	train(&trainer, 5);
	struct trainer_state *state5 = trainer_save(&trainer);
	assert_non_null(state5);
	train(&trainer, 4);
	memcpy(theta9, net.model->graph.theta, size);
	double rate = trainer.optimizer.hypers[0];
	assert_int_equal(optimizer_set(&trainer.optimizer, "rate", 0.75, NULL), STATUS_OK);
	train(&trainer, 3);
	trainer_restore(&trainer, state5, 5);
	assert_int_equal(trainer.n_updates, 5);
	assert_same_bits(trainer.optimizer.hypers[0], rate);
	assert_false(trainer.prepared);
	train(&trainer, 4);
	assert_memory_equal(net.model->graph.theta, theta9, size);
	free(state5);
	free(theta9);
	trainer_free(&trainer);
	network_free(&net);
}

/* Other starting weights than the solution: XOR is learnt to under 1e-6. */
static void test_xor_is_learnt(void **state)
{
	(void)state;
	static const double theta[] = {1.25, 0.75, 0.875, 1.125, 0.125, -0.75, 0.75, -1.5};
	struct network net;
	struct trainer trainer;
	assert_int_equal(network_xor(&net), STATUS_OK);
	memcpy(net.model->graph.theta, theta, sizeof theta);
	init(&trainer, &net);
	trainer_prepare(&trainer);
	assert_true(net.model->loss > 1e-2);
	train(&trainer, 1000);
	trainer_prepare(&trainer);
	assert_true(trainer.finite);
	assert_true(net.model->loss < 1e-6);
	trainer_free(&trainer);
	network_free(&net);
}

static void test_settings_out_of_range(void **state)
{
	(void)state;
	struct optimizer optimizer;
	struct error err = {0};
	optimizer_init(&optimizer, &optimizer_gd);
	assert_int_equal(optimizer_set(&optimizer, "rate", -1.0, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "rate lies between 0 and 1000000");
	assert_int_equal(optimizer_set(&optimizer, "rate", 2e6, &err), STATUS_BAD_INPUT);
	assert_int_equal(optimizer_set(&optimizer, "momentum", 0.5, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "the optimizer gd has no setting called 'momentum'");
	assert_same_bits(optimizer.hypers[0], 0.1);
	assert_int_equal(optimizer_set_form(&optimizer, "lecture", &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "the optimizer gd has no rule called 'lecture'");
	assert_string_equal(err.hint, "choose one of: descent");
	optimizer_init(&optimizer, &optimizer_perceptron);
	assert_int_equal(optimizer_set_form(&optimizer, "delta", &err), STATUS_BAD_INPUT);
	assert_string_equal(err.hint, "choose one of: rosenblatt, lecture");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_or_as_in_the_lecture),
	    cmocka_unit_test(test_or_by_rosenblatt),
	    cmocka_unit_test(test_two_perceptrons),
	    cmocka_unit_test(test_what_the_perceptron_needs),
	    cmocka_unit_test(test_batches),
	    cmocka_unit_test(test_update_by_hand),
	    cmocka_unit_test(test_save_and_restore),
	    cmocka_unit_test(test_xor_is_learnt),
	    cmocka_unit_test(test_settings_out_of_range),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
