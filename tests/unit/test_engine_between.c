/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_between.c -- what is done between updates leaves no trace in them, and whether all
 * numbers of an update are finite is what looking at each of them says.
 *
 * The plan of a pass is kept from one to the next. Evaluations, gradient checks, batches of other
 * sizes, optimizers put in force, states brought back and other variants of the kernels make a new
 * one in the middle of a training, of any network and optimizer. */
#include <stdlib.h>
#include <string.h>

#include "../../src/engine/stages/stage_run.h"
#include "../../src/engine/passes.h"
#include "../../src/engine/trainer_run.h"
#include "backstep/engine/evaluation.h"
#include "backstep/engine/gradcheck.h"
#include "check.h"
#include "support/networks.h"
#include "support/ways.h"

/* A training of a network that is made out of a seed. */
struct training {
	struct network net;
	struct trainer trainer;
	struct evaluation evaluation;
};

static void begin(struct training *training, uint64_t seed)
{
	struct network *net = &training->net;
	enum status status = seed % 4 ? network_random(net, seed) : network_random_graph(net, seed);
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(trainer_init(&training->trainer, net->model, &net->optimizer, &net->data,
				      net->batch, NULL),
			 STATUS_OK);
	assert_int_equal(evaluation_init(&training->evaluation, &training->trainer, NULL),
			 STATUS_OK);
}

static void end(struct training *training)
{
	evaluation_free(&training->evaluation);
	trainer_free(&training->trainer);
	network_free(&training->net);
}

static void evaluate(struct random *r, struct training *training)
{
	size_t n = 1 + random_below(r, training->net.data.n_rows);
	evaluation_run(&training->evaluation, trainer_theta(&training->trainer), 0, n,
		       random_below(r, 2), NULL);
}

/* Of the update that is prepared. */
static void check_gradient(struct training *training)
{
	struct gradcheck result;
	struct model *model = training->net.model;
	trainer_prepare(&training->trainer);
	assert_int_equal(gradcheck_run(model, NULL, model->graph.grad, &result, NULL, NULL, NULL),
			 STATUS_OK);
}

/* Some rows, the last one first, and a pass over them that nobody asks the trainer for. */
static void load_others(struct random *r, struct training *training)
{
	const struct dataset *data = &training->net.data;
	struct model *model = training->net.model;
	size_t rows[8], n = 1 + random_below(r, training->net.batch);
	trainer_commit(&training->trainer);
	for (size_t k = 0; k < n; k++)
		rows[k] = data->n_rows - 1 - k;
	model_load(model, data->x, data->t, rows, n);
	model_forward(model);
	if (random_below(r, 2))
		model_backward(model, GRAPH_ALL);
}

/* Goes on and comes back. */
static void come_back(struct training *training)
{
	struct trainer *trainer = &training->trainer;
	uint64_t n_updates = trainer->n_updates;
	struct trainer_state *state = trainer_save(trainer);
	assert_non_null(state);
	trainer_commit(trainer);
	trainer_commit(trainer);
	trainer_restore(trainer, state, n_updates);
	free(state);
}

static void choose_variant(struct random *r)
{
	size_t n = 0;
	while (ways_name(n + 1)) /* the last one, without a plan, is for what is made anew */
		n++;
	if (n > 0)
		ways_use(random_below(r, n));
}

static void interrupt(struct random *r, struct training *training)
{
	struct trainer *trainer = &training->trainer;
	uint64_t n_updates = trainer->n_updates;
	struct trainer_state *state;
	switch (random_below(r, 7)) {
	case 0:
		evaluate(r, training);
		break;
	case 1:
		check_gradient(training);
		break;
	case 2:
		state = trainer_save(trainer);
		assert_non_null(state);
		load_others(r, training);
		trainer_restore(trainer, state, n_updates);
		free(state);
		break;
	case 3:
		come_back(training);
		break;
	case 4:
		choose_variant(r);
		break;
	case 5:
		assert_int_equal(trainer_set_optimizer(trainer, &trainer->optimizer, NULL),
				 STATUS_OK);
		break;
	default:
		trainer_prepare(trainer);
	}
}

static bool are_finite(const double *numbers, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (!isfinite(numbers[k]))
			return false;
	return true;
}

/* Gradients that nobody asked for aside. */
static bool node_is_finite(const struct node *node)
{
	bool wanted = node->graph->scope == GRAPH_ALL || !node_is_given(node);
	for (size_t e = 0; e < node->rows * node->stride; e++)
		if (node_holds(node, e) &&
		    !(isfinite(node->value[e]) && (!wanted || isfinite(node->grad[e]))))
			return false;
	return true;
}

/* Whether every number of an update is finite: of one that is prepared, or committed unseen. */
static bool all_are_finite(const struct trainer *trainer)
{
	const struct graph *graph = &trainer->model->graph;
	const struct optimizer_form *form = optimizer_form(&trainer->optimizer);
	const size_t n = graph->n_params;
	const bool seen = trainer->prepared;
	double *const *slots = seen ? trainer->own->next_slots : trainer->own->slots;
	bool finite = isfinite(trainer->model->loss) && are_finite(graph->theta, n) &&
		      are_finite(graph->grad, n) &&
		      are_finite(trainer_next_state(trainer), graph->n_state) &&
		      are_finite(seen ? trainer_next(trainer) : trainer_theta(trainer), n) &&
		      stages_are_finite(&trainer->stages);
	for (size_t k = 0; k < graph->n_nodes; k++)
		finite = finite && node_is_finite(graph->nodes[k]);
	/* with stages around it every update is prepared */
	for (size_t s = 0; s < form->n_slots; s++)
		if (seen || trainer->stages.list.n > 0 || form->slots[s].kept)
			finite = finite && are_finite(slots[s], n);
	return finite;
}

static void assert_same(const struct trainer *a, const struct trainer *b)
{
	const struct graph *graph = &a->model->graph;
	const struct optimizer_form *form = optimizer_form(&a->optimizer);
	size_t size = graph->n_params * sizeof(double);
	assert_memory_equal(trainer_theta(a), trainer_theta(b), size);
	assert_memory_equal(graph->grad, b->model->graph.grad, size);
	assert_memory_equal(graph->state, b->model->graph.state, graph->n_state * sizeof(double));
	assert_same_bits(a->model->loss, b->model->loss);
	assert_int_equal(a->t, b->t);
	for (size_t s = 0; s < form->n_slots; s++)
		if (form->slots[s].kept)
			assert_memory_equal(trainer_slot(a, s), trainer_slot(b, s), size);
}

/* Both go on with another rule. */
static void change_optimizer(struct random *r, struct training *a, struct training *b)
{
	network_random_optimizer(r, &a->net);
	assert_int_equal(trainer_set_optimizer(&a->trainer, &a->net.optimizer, NULL), STATUS_OK);
	assert_int_equal(trainer_set_optimizer(&b->trainer, &a->net.optimizer, NULL), STATUS_OK);
}

static void test_nothing_left_behind(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 600; seed++) {
		struct training interrupted, quiet;
		struct random r;
		random_seed(&r, seed);
		begin(&interrupted, seed);
		begin(&quiet, seed);
		for (size_t update = 0; update < 8; update++) {
			if (random_below(&r, 3) > 0)
				interrupt(&r, &interrupted);
			if (random_below(&r, 4) == 0)
				change_optimizer(&r, &interrupted, &quiet);
			trainer_commit(&interrupted.trainer);
			trainer_commit(&quiet.trainer);
			assert_same(&interrupted.trainer, &quiet.trainer);
			assert_int_equal(interrupted.trainer.finite, quiet.trainer.finite);
		}
		end(&interrupted);
		end(&quiet);
	}
	ways_reset();
}

/* Makes some numbers so large that what they are multiplied by matters. */
static void enlarge(struct random *r, double *numbers, size_t n)
{
	static const double factors[] = {1e154, 1e300, 0x1.8p1023, -0x1.8p1023};
	size_t n_large = 1 + random_below(r, 3);
	for (size_t k = 0; k < n_large; k++)
		numbers[random_below(r, n)] *= factors[random_below(r, 4)];
}

/* An update in which some parameters, or inputs, are large, or were in an evaluation before. */
static void make_update(struct random *r, struct training *training)
{
	struct trainer *trainer = &training->trainer;
	const struct dataset *data = &training->net.data;
	bool of_theta = random_below(r, 3) > 0;
	double *numbers = of_theta ? trainer->own->theta : training->net.x;
	size_t n = of_theta ? training->net.model->graph.n_params : data->n_rows * data->n_inputs;
	double *before = malloc(n * sizeof *before);
	assert_non_null(before);
	for (uint64_t update = random_below(r, 4); update > 0; update--)
		trainer_commit(trainer);
	if (random_below(r, 2))
		evaluate(r, training);
	memcpy(before, numbers, n * sizeof *before);
	enlarge(r, numbers, n);
	trainer->loaded = 0; /* the rows are others */
	if (random_below(r, 2))
		evaluate(r, training);
	if (random_below(r, 3) == 0)
		memcpy(numbers, before, n * sizeof *before);
	trainer->loaded = 0;
	if (random_below(r, 2))
		trainer_prepare(trainer);
	else
		trainer_commit(trainer);
	free(before);
}

static void test_finite(void **state)
{
	(void)state;
	size_t n_finite = 0, n_others = 0;
	for (uint64_t seed = 1; seed <= 20000; seed++) {
		struct training training;
		struct random r;
		random_seed(&r, seed);
		begin(&training, 1 + seed % 699);
		make_update(&r, &training);
		bool finite = all_are_finite(&training.trainer);
		if (finite != training.trainer.finite)
			print_error("seed %d\n", (int)seed);
		assert_int_equal(training.trainer.finite, finite);
		n_finite += finite;
		n_others += !finite;
		end(&training);
	}
	assert_true(n_finite > 100 && n_others > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing_left_behind),
	    cmocka_unit_test(test_finite),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
