/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_same.c -- training gives the same bits in every variant of the kernels and as it is
 * written, with an update prepared or not, and on every machine: the parameters' hashes are
 * constants. Linked a second time, with src/engine/fast/off.c, it proves the build without fast/.
 *
 * The data is rounded to multiples of 2^-30 before training, for the sines that make it come from
 * the C library, whose last bits are no part of the promise. */
#include <string.h>

#include "../../src/engine/fast/plan.h"
#include "../../src/engine/passes.h"
#include "backstep/base/real.h"
#include "check.h"
#include "support/networks.h"
#include "support/ways.h"
#include "support/workloads.h"

static const struct {
	const char *name;
	size_t n_updates;
	uint64_t hash;
} trainings[] = {
    {"W1", 2000, 0xa9ba6e7d230a0e57}, {"W2", 1000, 0x9818f90bc9a47153},
    {"W3", 100, 0x2a747ac90a86d7cb},  {"W4", 6, 0xbfb5ac09681937f5},
    {"W5", 40, 0x46479614b3562f11},   {"W6", 100, 0xe359b8d6f57b9c9d},
    {"W7", 3, 0x91e682c6d34a4a22},
};

/* FNV-1a over the bits. */
static uint64_t hash_numbers(const double *numbers, size_t n)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (size_t k = 0; k < n; k++)
		for (int byte = 0; byte < 8; byte++)
			hash =
			    (hash ^ (real_bits(numbers[k]) >> (8 * byte) & 0xff)) * 0x100000001b3;
	return hash;
}

static void round_numbers(double *numbers, size_t n)
{
	const double shift = 0x1.8p52 * 0x1p-30;
	for (size_t k = 0; k < n; k++)
		numbers[k] = (numbers[k] + shift) - shift;
}

static void start(struct workload *w, const char *name)
{
	assert_int_equal(workload_start(w, workload_find(name)), STATUS_OK);
	const struct dataset *data = &w->trainer.data;
	round_numbers(w->x, data->n_rows * data->n_inputs);
	round_numbers(w->theta, w->n_params);
	workload_restart(w);
}

static bool has_hash(const char *name, size_t n_updates, uint64_t wanted, const char *way)
{
	struct workload w;
	start(&w, name);
	workload_train(&w, n_updates);
	uint64_t hash = hash_numbers(w.model->graph.theta, w.n_params);
	bool same = hash == wanted && w.trainer.finite;
	if (!same)
		print_error("%s %s: 0x%016llx\n", name, way, (unsigned long long)hash);
	workload_free(&w);
	return same;
}

static void test_same_in_every_way(void **state)
{
	(void)state;
	bool same = true;
	for (size_t t = 0; t < sizeof trainings / sizeof *trainings; t++)
		for (size_t k = 0; ways_name(k); k++) {
			ways_use(k);
			same = has_hash(trainings[t].name, trainings[t].n_updates,
					trainings[t].hash, ways_name(k)) &&
			       same;
		}
	ways_reset();
	assert_true(same);
}

/* Whether an update was prepared, to be looked at, or committed straight away, makes no bit of
 * difference, for any optimizer, network, loss or batch. */
static void test_same_when_looked_at(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct network a, b;
		struct trainer looked, blind;
		assert_int_equal(network_random(&a, seed), STATUS_OK);
		assert_int_equal(network_random(&b, seed), STATUS_OK);
		assert_int_equal(
		    trainer_init(&looked, a.model, &a.optimizer, &a.data, a.batch, NULL),
		    STATUS_OK);
		assert_int_equal(
		    trainer_init(&blind, b.model, &b.optimizer, &b.data, b.batch, NULL), STATUS_OK);
		size_t size = a.model->graph.n_params * sizeof(double);
		for (size_t update = 0; update < 6; update++) {
			trainer_prepare(&looked);
			bool finite = looked.finite;
			trainer_commit(&looked);
			trainer_commit(&blind);
			assert_memory_equal(trainer_theta(&looked), trainer_theta(&blind), size);
			assert_memory_equal(a.model->graph.grad, b.model->graph.grad, size);
			assert_same_bits(a.model->loss, b.model->loss);
			assert_int_equal(blind.finite, finite);
		}
		const struct optimizer_form *form = optimizer_form(&a.optimizer);
		for (size_t k = 0; k < form->n_slots; k++)
			if (form->slots[k].kept)
				assert_memory_equal(trainer_slot(&looked, k),
						    trainer_slot(&blind, k), size);
		trainer_free(&looked);
		trainer_free(&blind);
		network_free(&a);
		network_free(&b);
	}
}

/* Asserts that two nodes have the same numbers, bit for bit, where a pass has computed them. */
static void check_node(const struct node *a, const struct node *b)
{
	for (size_t e = 0; e < a->rows * a->stride; e++) {
		if (!node_holds(a, e))
			continue;
		assert_same_bits(a->value[e], b->value[e]);
		if (!node_is_given(a))
			assert_same_bits(a->grad[e], b->grad[e]);
	}
}

/* A network in the usual way and the same one as it is written. */
static void check_written(enum status (*make)(struct network *net, uint64_t seed), uint64_t seed)
{
	struct network a, b;
	struct trainer usual, written;
	assert_int_equal(make(&a, seed), STATUS_OK);
	assert_int_equal(trainer_init(&usual, a.model, &a.optimizer, &a.data, a.batch, NULL),
			 STATUS_OK);
	assert_true(ways_use_name("written"));
	assert_int_equal(make(&b, seed), STATUS_OK);
	assert_int_equal(trainer_init(&written, b.model, &b.optimizer, &b.data, b.batch, NULL),
			 STATUS_OK);
	assert_null(b.model->graph.fast);
	ways_reset();
	for (size_t update = 0; update < 6; update++) {
		const struct graph *graph = &a.model->graph;
		bool looked = update % 3 == 2;
		if (looked) {
			trainer_prepare(&usual);
			trainer_prepare(&written);
		}
		trainer_commit(&usual);
		trainer_commit(&written);
		assert_int_equal(usual.finite, written.finite);
		if (!usual.finite)
			break; /* the bits of a NaN are not promised */
		for (size_t p = 0; p < graph->n_params; p++) {
			assert_same_bits(trainer_theta(&usual)[p], trainer_theta(&written)[p]);
			assert_same_bits(graph->grad[p], b.model->graph.grad[p]);
		}
		const bool in_blocks = !looked && graph->fast && graph->fast->block > 0;
		for (size_t k = 0; !in_blocks && k < graph->n_nodes; k++)
			check_node(graph->nodes[k], b.model->graph.nodes[k]);
		assert_same_bits(a.model->loss, b.model->loss);
	}
	trainer_free(&usual);
	trainer_free(&written);
	network_free(&a);
	network_free(&b);
}

/* Every number of a network, whatever its layers, loss, batch and optimizer are. */
static void test_same_as_written(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		check_written(network_random, seed);
		check_written(network_random_graph, seed);
	}
}

/* Networks and batches so large that the passes go through them block by block. */
static enum status make_wide(struct network *net, uint64_t seed)
{
	static const struct op *const activations[] = {&op_sigmoid, &op_relu, &op_softmax, NULL};
	struct random r;
	random_seed(&r, seed);
	const size_t sizes[] = {1 + random_below(&r, 9), 30 + random_below(&r, 30),
				1 + random_below(&r, 20)};
	const size_t n_rows = 1500 + random_below(&r, 300);
	return network_dense(net, sizes, 3, activations[seed % 4], n_rows, n_rows);
}

static void test_same_in_blocks(void **state)
{
	(void)state;
	struct workload w;
	start(&w, "W7");
	workload_train(&w, 1);
	if (w.model->graph.fast)
		assert_true(w.model->graph.fast->block > 0);
	workload_free(&w);
	for (uint64_t seed = 1; seed <= 8; seed++)
		check_written(make_wide, seed);
}

/* A sum that is infinite in one example of the first block, whose numbers those of the blocks after
 * it would replace; its tanh is an innocent 1. */
static void test_infinity_in_blocks(void **state)
{
	(void)state;
	struct workload w;
	start(&w, "W7");
	const struct node *sum = w.model->graph.nodes[0];
	while (!sum->op)
		sum = w.model->graph.nodes[sum->index + 1];
	for (size_t row = 0; row < w.trainer.data.n_rows; row++)
		w.x[4 * row] = w.x[4 * row + 1] = row == 3;
	workload_train(&w, 1);
	assert_true(w.trainer.finite);
	for (size_t k = 0; k < 2; k++)
		w.model->graph.theta[node_param(sum->inputs[1], k)] = 1.7e308;
	workload_train(&w, 1);
	assert_false(w.trainer.finite);
	assert_true(isfinite(w.model->loss));
	assert_same_bits(sum->value[3], HUGE_VAL);
	workload_free(&w);
}

/* A committed update leaves the gradients of inputs and targets alone: they cost a fifth of it. */
static void test_unasked_gradients(void **state)
{
	(void)state;
	static const char *const names[] = {"W1", "W4", "W5"};
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		struct workload w;
		start(&w, names[k]);
		const struct node *given[] = {w.model->input, w.model->target};
		workload_train(&w, 1);
		for (size_t i = 0; w.model->graph.fast && i < 2; i++) {
			given[i]->grad[0] = 777.0;
			workload_train(&w, 1);
			assert_same_bits(given[i]->grad[0], 777.0);
		}
		workload_free(&w);
	}
}

/* Two weights of the first output that only together are too large: its sum is infinite, and the
 * sigmoid of it an innocent 1. In the first update the forward pass is made before there is a plan.
 */
static void check_hidden_infinity(struct trainer *trainer, bool first, bool looked)
{
	const struct model *model = trainer->model;
	if (!first)
		trainer_commit(trainer);
	assert_true(trainer->finite);
	const struct node *sum = model->output->inputs[0], *w = sum->inputs[1];
	for (size_t k = 0; k < 2; k++)
		model->graph.theta[node_param(w, k)] = 1.7e308;
	if (looked)
		trainer_prepare(trainer);
	else
		trainer_commit(trainer);
	assert_same_bits(sum->value[0], HUGE_VAL);
	assert_same_bits(model->output->value[0], 1.0);
	assert_true(isfinite(model->loss));
	assert_false(trainer->finite);
}

/* With the passes of small layers, and in a network whose parameters have to be gathered. */
static void test_hidden_infinity(void **state)
{
	(void)state;
	for (int k = 0; k < 4; k++) {
		const bool first = k & 1, looked = k & 2;
		struct workload small;
		struct network net;
		struct trainer trainer;
		start(&small, "W1");
		check_hidden_infinity(&small.trainer, first, looked);
		workload_free(&small);
		assert_int_equal(network_222(&net), STATUS_OK);
		assert_int_equal(
		    trainer_init(&trainer, net.model, &net.optimizer, &net.data, net.batch, NULL),
		    STATUS_OK);
		check_hidden_infinity(&trainer, first, looked);
		trainer_free(&trainer);
		network_free(&net);
	}
}

/* The losses that other engines reach, too; to the digits that they agree on. */
static void test_losses_of_workloads(void **state)
{
	(void)state;
	static const char *const names[] = {"W1", "W2", "W3", "W4", "W5", "W6", "W7"};
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		struct workload w;
		assert_int_equal(workload_start(&w, workload_find(names[k])), STATUS_OK);
		workload_train(&w, w.row->n_check - w.row->n_mean);
		assert_relative(workload_train(&w, w.row->n_mean), w.row->loss_to_reproduce, 5e-12);
		workload_free(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_same_in_every_way), cmocka_unit_test(test_same_when_looked_at),
	    cmocka_unit_test(test_same_as_written),   cmocka_unit_test(test_hidden_infinity),
	    cmocka_unit_test(test_same_in_blocks),    cmocka_unit_test(test_infinity_in_blocks),
	    cmocka_unit_test(test_unasked_gradients), cmocka_unit_test(test_losses_of_workloads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
