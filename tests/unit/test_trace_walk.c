/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_walk.c -- the layout of an update: numbers and places of every step of random networks
 * and graphs, by paths and by deltas, with every optimizer and every stage, for all batch sizes;
 * of a network too big to be listed; and what no step is. */
#include "check.h"

#include "../../src/trace/steps.h"
#include "support/layout.h"
#include "support/networks.h"

enum {
#ifdef __SANITIZE_ADDRESS__
	N_NETWORKS = 60,
#else
	N_NETWORKS = 300,
#endif
	MOST = 2000, /* steps looked at of a walk */
};

/* Both walks of an epoch. */
static void check_layouts(const struct stepper *stepper)
{
	layout_check(&stepper->full, MOST);
	layout_check(&stepper->last, MOST);
}

static void check_form(struct network *net, enum chain_form form)
{
	struct stepper stepper;
	if (network_walk(net, &stepper, form))
		return; /* paths of a coupled network */
	check_layouts(&stepper);
	stepper_free(&stepper);
}

static void test_random(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= N_NETWORKS; seed++) {
		struct network net;
		assert_int_equal(seed % 3 ? network_random(&net, seed)
					  : network_random_graph(&net, seed),
				 STATUS_OK);
		check_form(&net, CHAIN_PATHS);
		check_form(&net, CHAIN_DELTAS);
		network_free(&net);
	}
}

/* Puts each optimizer in each of its forms in force on the way. Returns how many fit the network.
 */
static size_t check_optimizers(struct network *net)
{
	struct stepper stepper;
	size_t n = 0;
	assert_int_equal(network_walk(net, &stepper, CHAIN_AUTO), STATUS_OK);
	for (size_t i = 0; optimizer_registry[i]; i++) {
		for (size_t form = 0; form < optimizer_registry[i]->n_forms; form++) {
			struct optimizer optimizer;
			optimizer_init(&optimizer, optimizer_registry[i]);
			optimizer.form = form;
			if (stepper_set_optimizer(&stepper, &optimizer, NULL))
				continue;
			check_layouts(&stepper);
			n++;
		}
	}
	stepper_free(&stepper);
	return n;
}

static void test_optimizers(void **state)
{
	(void)state;
	struct network net;
	size_t n_forms = 0;
	for (size_t i = 0; optimizer_registry[i]; i++)
		n_forms += optimizer_registry[i]->n_forms;
	assert_int_equal(network_222(&net), STATUS_OK);
	size_t n = check_optimizers(&net);
	network_free(&net);
	assert_int_equal(network_or(&net, "lecture"), STATUS_OK);
	n += check_optimizers(&net);
	network_free(&net);
	assert_true(n >= n_forms);
}

static void test_stages(void **state)
{
	(void)state;
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		struct network net;
		assert_int_equal(network_random_stage(&net, 1, id), STATUS_OK);
		check_form(&net, CHAIN_DELTAS);
		network_free(&net);
	}
}

static void test_big(void **state)
{
	(void)state;
	enum status (*const networks[])(struct network * net) = {network_784_128_10, network_deep};
	for (size_t i = 0; i < 2; i++) {
		struct network net;
		assert_int_equal(networks[i](&net), STATUS_OK);
		check_form(&net, CHAIN_AUTO);
		network_free(&net);
	}
}

static uint64_t index_of(const struct stepper *stepper, enum ref_kind kind, struct place place)
{
	place.class = step_class_of(kind);
	return walk_index(stepper_walk(stepper), &place);
}

/* What no step computes has no number. */
static void test_no_step(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_PATHS), STATUS_OK);
	size_t n = stepper.plan.n_order;
	const struct node *output = net.model->output;
	const struct node *input = net.model->graph.nodes[0];
	assert_null(input->op);
	assert_true(index_of(&stepper, REF_UNIT, (struct place){.node = output, .row = 1}) <
		    walk_phase(&stepper.full, PHASE_LOSS));
	assert_true(index_of(&stepper, REF_UNIT, (struct place){.node = output, .row = 2}) ==
		    WALK_NONE);
	assert_true(index_of(&stepper, REF_UNIT, (struct place){.node = input}) == WALK_NONE);
	assert_true(index_of(&stepper, REF_LOSS, (struct place){0}) == WALK_NONE);
	assert_true(index_of(&stepper, REF_DELTA, (struct place){.node = output}) == WALK_NONE);
	assert_true(index_of(&stepper, REF_GRADIENT, (struct place){.k = n - 1}) <
		    walk_phase(&stepper.full, PHASE_UPDATE));
	assert_true(index_of(&stepper, REF_GRADIENT, (struct place){.k = n}) == WALK_NONE);
	assert_true(index_of(&stepper, REF_SLOT, (struct place){0}) == WALK_NONE);
	assert_true(index_of(&stepper, REF_STAGE, (struct place){0}) == WALK_NONE);
	assert_true(walk_param(&stepper.full, PHASE_FORWARD, 0) == WALK_NONE);
	assert_int_equal(walk_param(&stepper.full, PHASE_BACKWARD, n),
			 walk_phase(&stepper.full, PHASE_UPDATE));
	stepper_free(&stepper);
	network_free(&net);
}

/* A chain is kept: another one does not change it, nor what steps come to. */
static void test_chains_are_kept(void **state)
{
	(void)state;
	struct network net;
	struct stepper stepper;
	struct arena *arena = arena_new();
	assert_int_equal(network_222(&net), STATUS_OK);
	assert_int_equal(network_walk(&net, &stepper, CHAIN_PATHS), STATUS_OK);
	const struct plan *plan = &stepper.plan;
	/* w1 is read below both outputs: its second path begins at E2 */
	struct chain first, second, again;
	size_t k = plan->rank[W1];
	assert_true(chain_make(plan, k, 0, 0, arena, &first));
	assert_true(chain_make(plan, k, 0, 1, arena, &second));
	assert_true(chain_make(plan, plan->rank[W8], 0, 0, arena, &again));
	assert_int_equal(first.n_links, second.n_links);
	assert_int_equal(node_row(first.links[0].node, first.links[0].i), 0);
	assert_int_equal(node_row(second.links[0].node, second.links[0].i), 1);
	assert_true(chain_make(plan, k, 0, 0, arena, &again));
	assert_memory_equal(again.links, first.links, first.n_links * sizeof *first.links);
	/* the gradient is the sum of both */
	double sum = chain_value(&first, first.n_links) + chain_value(&second, second.n_links);
	assert_near(sum, net.model->graph.grad[W1], 1e-15);
	arena_free(arena);
	stepper_free(&stepper);
	network_free(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_random),  cmocka_unit_test(test_optimizers),
	    cmocka_unit_test(test_stages),  cmocka_unit_test(test_big),
	    cmocka_unit_test(test_no_step), cmocka_unit_test(test_chains_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
