/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_layers.c -- residual blocks, dropout and normalisation: against numbers that PyTorch
 * made (tests/reference/layers.py), and what training and evaluation promise of them. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/engine/layer_dropout.h"
#include "backstep/engine/layer_norm.h"
#include "backstep/engine/layer_residual.h"
#include "support/networks.h"

enum { N_UNITS = 3, N_ROWS = 4, N = N_UNITS * N_ROWS };
#define TOLERANCE 1e-12

static const double x[N] = {0.5, -1.0, 2.0, 1.5, 0.25, -0.75, -2.0, 1.0, 0.5, 0.125, 3.0, 1.0};
static const double t[N] = {0.0, 1.0, 0.5, 1.0, -1.0, 0.25, 0.5, 0.5, -1.0, -0.5, 0.0, 1.0};
static const double scale[] = {1.5, 0.75, -1.0}, shift[] = {0.5, -0.25, 0.0};
static const size_t rows[] = {0, 1, 2, 3};

static FILE *open_reference(void)
{
	FILE *file = fopen(BACKSTEP_SOURCE_DIR "/tests/reference/layers.txt", "r");
	assert_non_null(file);
	return file;
}

/* The next line of the reference: its name and n numbers. */
static void read_numbers(FILE *file, const char *name, double *numbers, size_t n)
{
	char word[64];
	assert_int_equal(fscanf(file, "%63s", word), 1);
	assert_string_equal(word, name);
	for (size_t k = 0; k < n; k++)
		assert_int_equal(fscanf(file, "%lf", &numbers[k]), 1);
}

static void check_line(FILE *file, const char *name, const double *got, size_t n)
{
	double wanted[N];
	read_numbers(file, name, wanted, n);
	for (size_t k = 0; k < n; k++)
		assert_near(got[k], wanted[k], TOLERANCE);
}

/* A data node, which has a row for each unit: the file has one for each example. */
static void check_data(FILE *file, const char *name, const struct node *node, const double *numbers,
		       double times)
{
	double got[N];
	for (size_t k = 0; k < N; k++)
		got[k] = numbers[k % N_UNITS * node->stride + k / N_UNITS] * times;
	check_line(file, name, got, N);
}

static struct model *new_model(size_t max_examples)
{
	struct model *model;
	assert_int_equal(model_new(N_UNITS, N_UNITS, max_examples, &model, NULL), STATUS_OK);
	return model;
}

static void finish(struct model *model)
{
	assert_int_equal(model_add_loss(model, loss_find("half-squared-error"), REDUCE_MEAN, NULL),
			 STATUS_OK);
	assert_int_equal(model_finish(model, NULL), STATUS_OK);
}

static struct model *norm_model(enum norm_over over, size_t max_examples)
{
	struct model *model = new_model(max_examples);
	struct layer_norm layer = {.over = over, .epsilon = 1e-5, .momentum = 0.1, .prefix = "h"};
	assert_int_equal(layer_norm_add(model, &layer, NULL), STATUS_OK);
	finish(model);
	memcpy(model->graph.theta, scale, sizeof scale);
	memcpy(model->graph.theta + N_UNITS, shift, sizeof shift);
	return model;
}

static void start_training(struct trainer *trainer, struct model *model, size_t batch)
{
	struct optimizer optimizer;
	struct dataset data = {
	    .x = x, .t = t, .n_rows = N_ROWS, .n_inputs = N_UNITS, .n_targets = N_UNITS};
	optimizer_init(&optimizer, optimizer_find("gd"));
	assert_int_equal(optimizer_set(&optimizer, "rate", 0.5, NULL), STATUS_OK);
	assert_int_equal(trainer_init(trainer, model, &optimizer, &data, batch, NULL), STATUS_OK);
}

/* Values of a data node in evaluation. */
static void evaluate(struct model *model)
{
	model->graph.mode = GRAPH_EVALUATE;
	model_load(model, x, t, rows, N_ROWS);
	model_forward(model);
}

/* Three updates, then the layer as it is used. In a graph that is not coupled the gradients of data
 * are those of each example's own loss: N_ROWS times those of the mean. */
static void check_norm(FILE *file, enum norm_over over, const char *const names[8])
{
	struct model *model = norm_model(over, N_ROWS);
	const struct graph *graph = &model->graph;
	struct trainer trainer;
	start_training(&trainer, model, N_ROWS);
	for (int update = 0; update < 3; update++) {
		trainer_prepare(&trainer);
		check_data(file, names[0], model->output, model->output->value, 1.0);
		check_line(file, names[1], &model->loss, 1);
		check_data(file, names[2], model->input, model->input->grad,
			   graph->is_coupled ? 1.0 : 1.0 / N_ROWS);
		check_line(file, names[3], graph->grad, N_UNITS);
		check_line(file, names[4], graph->grad + N_UNITS, N_UNITS);
		trainer_commit(&trainer);
		if (over == NORM_BATCH) {
			check_line(file, names[5], graph->state, N_UNITS);
			check_line(file, names[6], graph->state + N_UNITS, N_UNITS);
		}
	}
	evaluate(model);
	check_data(file, names[7], model->output, model->output->value, 1.0);
	trainer_free(&trainer);
	model_free(model);
}

/* relu(x + V tanh(W x + b)), or with W' x for x. */
static void check_residual(FILE *file, bool projected, const char *const names[5])
{
	static const double theta[] = {0.5,  -0.25, 1.0,  0.75, 0.5,   -1.0, 0.125, -0.5,
				       1.0,  -0.5,  0.25, 2.0,  -1.0,  0.5,  1.0,   0.5,
				       -0.5, 0.0,   1.0,  0.25, -0.25, 0.0,  1.0};
	struct model *model = new_model(N_ROWS);
	struct node *input = model->output;
	struct layer_dense inner = {
	    .n_units = 2, .activation = &op_tanh, .bias = BIAS_PER_UNIT, .prefix = "a"};
	struct layer_dense outer = {.n_units = N_UNITS, .bias = BIAS_NONE, .prefix = "f"};
	struct layer_residual layer = {
	    .activation = &op_relu, .has_projection = projected, .prefix = "y"};
	assert_int_equal(layer_dense_add(model, &inner, NULL), STATUS_OK);
	assert_int_equal(layer_dense_add(model, &outer, NULL), STATUS_OK);
	assert_int_equal(layer_residual_add(model, input, &layer, NULL), STATUS_OK);
	finish(model);
	struct graph *graph = &model->graph;
	double grad[23] = {0};
	assert_int_equal(graph->n_params, projected ? 23 : 14);
	memcpy(graph->theta, theta, graph->n_params * sizeof *theta);
	model_load(model, x, t, rows, N_ROWS);
	model_forward(model);
	model_backward(model, GRAPH_ALL);
	memcpy(grad, graph->grad, graph->n_params * sizeof *grad);
	check_data(file, names[0], model->output, model->output->value, 1.0);
	check_line(file, names[1], grad, 6);
	check_line(file, names[2], grad + 6, 2);
	check_line(file, names[3], grad + 8, 6);
	check_line(file, names[4], grad + 14, 9);
	model_free(model);
}

static void test_reference(void **state)
{
	static const char *const batch[] = {
	    "batch.y",      "batch.loss",         "batch.dx",          "batch.dscale",
	    "batch.dshift", "batch.running_mean", "batch.running_var", "batch.evaluated"};
	static const char *const layer[] = {"layer.y",      "layer.loss",     "layer.dx",
					    "layer.dscale", "layer.dshift",   NULL,
					    NULL,           "layer.evaluated"};
	static const char *const residual[] = {"residual.y", "residual.dw", "residual.db",
					       "residual.dv", "residual.dp"};
	static const char *const projected[] = {"projected.y", "projected.dw", "projected.db",
						"projected.dv", "projected.dp"};
	FILE *file = open_reference();
	char rest;
	(void)state;
	check_norm(file, NORM_BATCH, batch);
	check_norm(file, NORM_UNITS, layer);
	check_residual(file, false, residual);
	check_residual(file, true, projected);
	assert_int_equal(fscanf(file, " %c", &rest), EOF);
	fclose(file);
}

/* By hand: three updates with means 6 move the running mean to 6 (1 - 0.9^3), and the state of an
 * earlier update brings its statistics back. */
static void test_statistics_are_state(void **state)
{
	static const double same[] = {1.0, 7.0, 7.0, 9.0}, none[] = {0.0, 0.0, 0.0, 0.0};
	struct dataset data = {.x = same, .t = none, .n_rows = 4, .n_inputs = 1, .n_targets = 1};
	struct layer_norm layer = {
	    .over = NORM_BATCH, .epsilon = 0.0, .momentum = 0.1, .prefix = "h"};
	struct model *model;
	struct optimizer optimizer;
	struct trainer trainer;
	(void)state;
	assert_int_equal(model_new(1, 1, 4, &model, NULL), STATUS_OK);
	assert_int_equal(layer_norm_add(model, &layer, NULL), STATUS_OK);
	finish(model);
	optimizer_init(&optimizer, optimizer_find("gd"));
	assert_int_equal(trainer_init(&trainer, model, &optimizer, &data, 4, NULL), STATUS_OK);
	struct trainer_state *start = trainer_save(&trainer);
	assert_non_null(start);
	for (int update = 0; update < 3; update++)
		trainer_commit(&trainer);
	assert_near(model->graph.state[0], 6.0 * (1.0 - 0.729), TOLERANCE);
	assert_near(model->graph.state[1], 0.729 + 12.0 * (1.0 - 0.729), TOLERANCE);
	struct trainer_state *end = trainer_save(&trainer);
	assert_non_null(end);
	assert_false(trainer_state_equal(start, end));
	trainer_restore(&trainer, start, 0);
	assert_same_bits(model->graph.state[0], 0.0);
	assert_same_bits(model->graph.state[1], 1.0);
	trainer_restore(&trainer, end, 3);
	struct trainer_state *again = trainer_save(&trainer);
	assert_true(again && trainer_state_equal(again, end));
	free(start);
	free(end);
	free(again);
	trainer_free(&trainer);
	model_free(model);
}

/* A batch of one row has no variance: also where only the last batch of an epoch would be one. */
static void test_batches_of_one_are_refused(void **state)
{
	struct model *model = norm_model(NORM_BATCH, 8), *other = norm_model(NORM_UNITS, 8);
	struct error err = {0};
	(void)state;
	assert_int_equal(trainer_check_batch(model, 4, 4, &err), STATUS_OK);
	assert_int_equal(trainer_check_batch(model, 5, 3, &err), STATUS_OK);
	assert_int_equal(trainer_check_batch(model, 5, 4, &err), STATUS_BAD_INPUT);
	assert_non_null(strstr(err.message, "two rows"));
	assert_int_equal(trainer_check_batch(model, 4, 1, &err), STATUS_BAD_INPUT);
	assert_int_equal(trainer_check_batch(other, 5, 1, &err), STATUS_OK);
	model_free(model);
	model_free(other);
}

static struct model *dropout_model(double rate, uint64_t seed, size_t n_layers)
{
	struct model *model = new_model(N_ROWS);
	for (size_t k = 0; k < n_layers; k++) {
		struct layer_dropout layer = {.rate = rate, .seed = seed, .prefix = "d"};
		assert_int_equal(layer_dropout_add(model, &layer, NULL), STATUS_OK);
	}
	finish(model);
	return model;
}

/* The masks of one layer for one update, a bit each. */
static unsigned masks_of(struct model *model, size_t layer, uint64_t update)
{
	unsigned bits = 0;
	model->graph.mode = GRAPH_TRAIN;
	model->graph.update = update;
	model_load(model, x, t, rows, N_ROWS);
	model_forward(model);
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		for (size_t e = 0; node->kind == NODE_MASK && node->layer == layer && e < N; e++)
			bits |= (node->value[e] != 0.0) << e;
	}
	return bits;
}

/* Seed, update, layer and column decide on the mask, and nothing else does. */
static void test_masks(void **state)
{
	struct model *model = dropout_model(0.5, 7, 2), *same = dropout_model(0.5, 7, 2);
	struct model *other = dropout_model(0.5, 8, 2);
	size_t n_kept = 0, n_equal = 0;
	(void)state;
	for (uint64_t update = 0; update < 1000; update++) {
		unsigned bits = masks_of(model, 1, update);
		assert_int_equal(masks_of(same, 1, update), bits);
		n_equal += masks_of(other, 1, update) == bits;
		n_equal += masks_of(model, 2, update) == bits;
		n_equal += masks_of(model, 1, update + 1) == bits;
		n_equal += (bits & 0x333) == (bits >> 2 & 0x333); /* columns 0, 1 and 2, 3 */
		n_kept += (size_t)__builtin_popcount(bits);
	}
	/* of 12 bits each: 3/4096 by chance, and 1/64 for the columns */
	assert_true(n_equal < 40);
	/* 12000 of probability 1/2: the standard deviation is 55 */
	assert_in_range(n_kept, 6000 - 275, 6000 + 275);
	assert_int_equal(masks_of(model, 1, 3), masks_of(same, 1, 3));
	model_free(model);
	model_free(same);
	model_free(other);
}

/* What is kept is scaled up; where the network is used, all pass as they are. */
static void test_dropout_is_for_training(void **state)
{
	struct model *model = dropout_model(0.75, 1, 1);
	const struct node *in = model->input, *out = model->output;
	(void)state;
	unsigned bits = masks_of(model, 1, 0);
	for (size_t e = 0; e < N; e++)
		assert_same_bits(out->value[e], (bits >> e & 1 ? 4.0 : 0.0) * in->value[e]);
	evaluate(model);
	for (size_t e = 0; e < N; e++)
		assert_same_bits(out->value[e], in->value[e]);
	model_free(model);
}

static void test_bad_numbers_are_refused(void **state)
{
	struct model *model = new_model(N_ROWS);
	struct layer_dropout dropout = {.rate = 1.0, .prefix = "d"};
	struct layer_norm norm = {.over = NORM_BATCH, .epsilon = -1.0, .prefix = "n"};
	struct layer_dense narrow = {.n_units = 2, .prefix = "h"};
	struct layer_residual residual = {.prefix = "r"};
	struct error err = {0};
	(void)state;
	assert_int_equal(layer_dropout_add(model, &dropout, &err), STATUS_BAD_INPUT);
	assert_non_null(strstr(err.message, "rate"));
	assert_int_equal(layer_norm_add(model, &norm, &err), STATUS_BAD_INPUT);
	assert_non_null(strstr(err.message, "epsilon"));
	assert_int_equal(layer_dense_add(model, &narrow, NULL), STATUS_OK);
	assert_int_equal(layer_residual_add(model, model->input, &residual, &err),
			 STATUS_BAD_INPUT);
	assert_non_null(strstr(err.message, "residual"));
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reference),
	    cmocka_unit_test(test_statistics_are_state),
	    cmocka_unit_test(test_batches_of_one_are_refused),
	    cmocka_unit_test(test_masks),
	    cmocka_unit_test(test_dropout_is_for_training),
	    cmocka_unit_test(test_bad_numbers_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
