/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_command_work.c -- long work asks often, and where it is stopped the sitting is as it was
 * before, and one line says so. */
#include "sitting.h"

#include <stdlib.h>

#include "../../src/engine/passes.h"
#include "temporary.h"

/* What a person may wait for, and how often it asks at least. */
struct wait {
	const char *lesson, *before, *line;
	size_t least;
};

static const struct wait waits[] = {
    /* three losses or more for each of the 14 parameters, and once for each number of the graph */
    {"sigmoid-2-2-2", "update 3", "check", 3 * 14},
    {"digits-784", "next", "check", 264 * 3},
    /* up to each of the updates 1, 2, 5, 10, 20 and 40 at once, and then the loss */
    {"xor-relu-learn", "update 5", "compare gd adam momentum --updates 40", 3 * 2 * 6},
    /* 30,000 of 236 steps each lead into update 172: from 128, which is kept, 44 are made again */
    {"xor-relu-learn", "update 300", "back 30000", 44},
    {"xor-relu-learn", "update 300", "goto 1000", 4},
    {"xor-relu-learn", "update 3", "goto 50000", 200},
    /* a row at a time */
    {"sigmoid-2-2-2", "next 3", "lesson digits-784", 300},
    {"sigmoid-2-2-2", "next 3", "lesson banknotes", 1372},
    {"banknotes", "update 3", "show metrics", 4},
};

static void open_before(const struct wait *wait, struct sitting *sitting)
{
	sitting_open(sitting, wait->lesson);
	type_good(sitting, wait->before);
}

/* In a sitting of its own: what was computed on the way is kept, and asks no more. */
static void stop_at(const struct wait *wait, size_t n, const char *wanted)
{
	struct sitting sitting;
	struct moment before, after;
	enum status status;
	open_before(wait, &sitting);
	moment_take(&sitting, &before);
	assert_int_equal(type_stopped(&sitting, wait->line, n, &status), n);
	if (status != STATUS_INTERRUPTED)
		print_error("'%s' was not stopped at question %zu\n", wait->line, n);
	assert_int_equal(status, STATUS_INTERRUPTED);
	assert_string_equal(answer(&sitting), "");
	assert_contains(complaint(&sitting), "interrupted");
	assert_ptr_equal(strchr(complaint(&sitting), '\n') + 1,
			 complaint(&sitting) + sitting.errors.len);
	moment_take(&sitting, &after);
	assert_same_moment(&after, &before);
	/* and then it does what it would have done */
	type_good(&sitting, wait->line);
	assert_string_equal(answer(&sitting), wanted);
	moment_free(&before);
	moment_free(&after);
	sitting_end(&sitting);
}

/* At the first question, at the last, and at some between them. */
static void what_is_stopped_leaves_all_as_it_was(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof waits / sizeof *waits; k++) {
		const struct wait *wait = &waits[k];
		struct sitting whole;
		enum status status;
		open_before(wait, &whole);
		size_t n = type_stopped(&whole, wait->line, 0, &status);
		assert_int_equal(status, STATUS_OK);
		if (n < wait->least)
			print_error("'%s' asks %zu times\n", wait->line, n);
		assert_true(n >= wait->least);
		for (size_t at = 1; at < n; at += 1 + n / 3)
			stop_at(wait, at, answer(&whole));
		stop_at(wait, n, answer(&whole));
		sitting_end(&whole);
	}
}

/* The lesson with all 240 rows in one batch, after an update: its passes take long. */
static void open_long(struct sitting *sitting)
{
	sitting_open(sitting, "digits-784");
	type_good(sitting, "set batch 240");
	type_good(sitting, "update");
}

/* How far a line goes is stopped in the middle of an update, too: then nothing of that update is
 * there, and the parameters are those that it begins with. */
static void one_long_update_is_stopped(void **state)
{
	static const char *const lines[] = {"next", "update", "chain", "update 3",
					    "goto 1300000000"};
	struct sitting whole, sitting;
	struct moment wanted, got;
	(void)state;
	open_long(&whole);
	type_good(&whole, "update");
	moment_take(&whole, &wanted);
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		enum status status;
		open_long(&sitting);
		const struct stepper *stepper = &sitting.session->stepper;
		uint64_t number = stepper_number(stepper);
		/* forwards and backwards through each of the ops, or through blocks of rows */
		assert_int_equal(type_stopped(&sitting, lines[k], 3, &status), 3);
		assert_int_equal(status, STATUS_INTERRUPTED);
		assert_contains(complaint(&sitting), "interrupted; the numbers of update 2 wait");
		assert_int_equal(stepper_number(stepper), number);
		assert_int_equal(stepper->index, 0);
		type_good(&sitting, "update");
		moment_take(&sitting, &got);
		assert_true(trainer_state_equal(got.state, wanted.state));
		assert_int_equal(got.index, wanted.index);
		moment_free(&got);
		sitting_end(&sitting);
	}
	moment_free(&wanted);
	sitting_end(&whole);
}

/* Work that uses the network for other passes, and is stopped in one of them. */
static void a_long_look_is_stopped(void **state)
{
	static const char *const lines[] = {"check", "show metrics", "history J", "compare gd adam",
					    "goto 1231400000"};
	(void)state;
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		struct sitting sitting;
		enum status status;
		open_long(&sitting);
		type_good(&sitting, "update 2");
		double before = stepper_theta(&sitting.session->stepper)[0];
		type_stopped(&sitting, lines[k], 2, &status);
		assert_int_equal(status, STATUS_INTERRUPTED);
		assert_true(before == stepper_theta(&sitting.session->stepper)[0]);
		type_good(&sitting, "check");
		sitting_end(&sitting);
	}
}

/* What the network answers all over its inputs, in batches of ten. */
static void a_map_is_stopped(void **state)
{
	struct sitting sitting;
	enum status status;
	(void)state;
	sitting_open(&sitting, "spirals");
	assert_true(type_stopped(&sitting, "show boundary", 0, &status) > 40);
	assert_contains(answer(&sitting), "upwards");
	for (size_t at = 1; at < 40; at += 19) {
		assert_int_equal(type_stopped(&sitting, "show boundary", at, &status), at);
		assert_string_equal(answer(&sitting), "");
		assert_contains(complaint(&sitting), "interrupted");
	}
	type_good(&sitting, "next");
	sitting_end(&sitting);
}

/* Weights that look at the same places, a bias that units share, batch normalisation. */
static const char *const lesson_undivided =
    "network:\n  inputs: [x1, x2]\n  layers:\n"
    "    - {units: [h1, h2, h3], activation: tanh, bias: B=0.1,\n"
    "       weights: [[a=0.3, b=-0.2], [b, c=0.5], [d=0.1, a]]}\n"
    "    - {kind: batch-norm, units: [n1, n2, n3]}\n"
    "    - {units: [y], activation: tanh, bias: e=0.1, weights: [[u=0.4, v=-0.3, w=0.2]]}\n"
    "loss: {kind: half-squared-error, total: E, over: mean}\n"
    "data: {generate: circle, rows: 600, seed: 1, labels: [-1, 1]}\n"
    "training: {optimizer: gd, rate: 0.1, batch: 600}\n";

/* Both passes, as if they took long, stopped at question at (0: never). Returns how often they
 * asked. */
static size_t pass_asked(struct model *model, size_t at, enum status wanted)
{
	struct work_stop stop = {.at = at};
	const struct work_watch watch = {&stop, work_stop_ask};
	model->graph.is_long = true;
	work_set_watch(&watch);
	assert_int_equal(model_pass(model, GRAPH_ALL, true, NULL), wanted);
	work_set_watch(NULL);
	model->graph.is_long = false;
	return stop.asked;
}

static void assert_same_passes(const struct graph *graph, const double *numbers)
{
	const size_t size = graph->n_params * sizeof(double);
	assert_memory_equal(graph->grad, numbers, size);
	numbers += graph->n_params;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		const size_t n = node->rows * node->stride;
		assert_memory_equal(node->value, numbers, n * sizeof(double));
		assert_memory_equal(node->grad, numbers + n, n * sizeof(double));
		numbers += 2 * n;
	}
}

static double *copy_passes(const struct graph *graph)
{
	size_t n = graph->n_params;
	for (size_t k = 0; k < graph->n_nodes; k++)
		n += 2 * graph->nodes[k]->rows * graph->nodes[k]->stride;
	double *numbers = malloc(n * sizeof *numbers), *at = numbers + graph->n_params;
	assert_non_null(numbers);
	memcpy(numbers, graph->grad, graph->n_params * sizeof *numbers);
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		const size_t rows = node->rows * node->stride;
		memcpy(at, node->value, rows * sizeof *at);
		memcpy(at + rows, node->grad, rows * sizeof *at);
		at += 2 * rows;
	}
	return numbers;
}

/* An op that computes each example by itself asks on its way through a large batch, whatever else
 * is in the graph, and wherever it is stopped the next pass has the bits of one in one piece. */
static void an_op_over_a_large_batch_asks(void **state)
{
	char path[TEMPORARY_PATH];
	struct sitting sitting;
	(void)state;
	temporary_lesson(path, lesson_undivided);
	sitting_open(&sitting, path);
	struct model *model = sitting.session->built.model;
	assert_int_equal(model_pass(model, GRAPH_ALL, false, NULL), STATUS_OK);
	double *numbers = copy_passes(&model->graph);
	const size_t n = pass_asked(model, 0, STATUS_OK);
	assert_same_passes(&model->graph, numbers);
	/* 256 rows at a time: 3 questions in each of both weighted sums, their tanh and the loss,
	 * forwards and backwards */
	assert_true(n >= 2 * 3 * 5 || !model->graph.fast);
	for (size_t at = 1; at <= n; at++) {
		assert_int_equal(pass_asked(model, at, STATUS_INTERRUPTED), at);
		assert_int_equal(pass_asked(model, 0, STATUS_OK), n);
		assert_same_passes(&model->graph, numbers);
	}
	free(numbers);
	unlink(path);
	sitting_end(&sitting);
}

/* What it reached stays, as far as the last update. */
static void training_stays_where_it_was_stopped(void **state)
{
	struct sitting sitting;
	enum status status;
	(void)state;
	sitting_open(&sitting, "digits");
	/* 400 rows in batches of 10: the loss at the start asks 40 times, then 64 updates once */
	type_stopped(&sitting, "train 3", 40 + 1, &status);
	assert_int_equal(status, STATUS_INTERRUPTED);
	assert_contains(complaint(&sitting), "interrupted after epoch 1 of 3: loss ");
	assert_int_equal(sitting.session->stepper.trainer.n_updates, 63);
	assert_true(stepper_at_commit(&sitting.session->stepper));
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_stopped_leaves_all_as_it_was),
	    cmocka_unit_test(one_long_update_is_stopped),
	    cmocka_unit_test(a_long_look_is_stopped),
	    cmocka_unit_test(a_map_is_stopped),
	    cmocka_unit_test(an_op_over_a_large_batch_asks),
	    cmocka_unit_test(training_stays_where_it_was_stopped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
