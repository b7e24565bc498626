/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_random.c -- every step of two updates of 500 random networks and graphs, half of them
 * along their paths (where they have such), half by their deltas: factors multiply to products,
 * products add up to gradients, gradients are those of the engine and pass the gradient check,
 * every formula gives the number beside it, and the way back is exact. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/engine/gradcheck.h"
#include "support/formulas.h"
#include "support/networks.h"
#include "support/values.h"
#include "support/snapshot.h"

enum {
#ifdef __SANITIZE_ADDRESS__
	N_NETWORKS = 125, /* in each form; ten times as slow there */
#else
	N_NETWORKS = 250, /* in each form, a third of them graphs */
#endif
	N_OWN = 20, /* of each op and stage that those do not have */
	N_UPDATES = 2,
	MAX_STEPS = 400, /* of an update: longer walks are skipped */
};

/* What has been added up on the way through one update. */
struct sums {
	double product;                /* of the factors of this path */
	double example, example_scale; /* of the paths of this example; of their absolute values */
	double batch, batch_scale;     /* of the examples of this batch */
	uint64_t n_products;
};

/* One trip. */
struct trip {
	struct network net;
	struct stepper stepper;
	struct arena *arena;
	struct sums sums;
	struct link *seen; /* [n_seen] links of this update */
	size_t n_seen;
	size_t n_steps[16], n_kinks; /* of all walks; steps of each row of checks */
	size_t n_ops[128];           /* in all networks, in the registry's order */
	size_t n_checked;            /* parameters, against differences */
	size_t n_stages[N_STAGES];   /* steps of each in all walks */
};

static void assert_close(double got, double wanted, double scale)
{
	if (fabs(got - wanted) <= 1e-12 * scale)
		return;
	fail_msg("got %.17g, wanted %.17g (scale %g)", got, wanted, scale);
}

/* Whether link stood in an earlier chain of this update, by looking at all of them. */
static bool see_link(struct trip *trip, const struct link *link)
{
	for (size_t k = 0; k < trip->n_seen; k++) {
		const struct link *other = &trip->seen[k];
		if (other->node == link->node && other->i == link->i && other->slot == link->slot &&
		    other->j == link->j)
			return true;
	}
	assert_true(trip->n_seen < MAX_STEPS);
	trip->seen[trip->n_seen++] = *link;
	return false;
}

static void check_factor(struct trip *trip, const struct step *step)
{
	const struct link *link = &step->chain.links[step->place.factor];
	struct sums *sums = &trip->sums;
	if (step->place.factor == 0)
		sums->product = step->value;
	else
		sums->product *= step->value;
	assert_true((step->so_far != NULL) == (step->place.factor > 0));
	if (step->so_far) {
		assert_same_bits(step->so_far_value, sums->product);
		assert_same_bits(formula_eval(step->so_far), sums->product);
	}
	assert_same_bits(step->value, link_value(link));
	assert_int_equal(node_col(link->node, link->i), step->place.example);
	/* the chain hangs together, from the loss to the parameter */
	bool last = step->place.factor + 1 == step->place.n_factors;
	const struct node *input = link->node->inputs[link->slot];
	assert_true((input->kind == NODE_PARAM) == last);
	if (last)
		assert_int_equal(node_param(input, link->j), step->place.param);
	else
		assert_true(link[1].node == input && link[1].i == link->j);
	assert_true(step->reused == see_link(trip, link));
	assert_true(step->at_kink == op_is_at_kink(link->node, link->i));
}

static void check_product(struct trip *trip, const struct step *step)
{
	struct sums *sums = &trip->sums;
	assert_int_equal(step->place.factor, step->place.n_factors);
	assert_int_equal(step->place.path, sums->n_products++);
	assert_same_bits(step->value, sums->product);
	if (step->left->kind == FORMULA_DERIVATIVE) /* not of what the chain does not begin at */
		assert_string_equal(step->left->args[0]->name, step->of);
	sums->example += step->value;
	sums->example_scale += fabs(step->value);
}

/* The sum over all edges that lead to the parameter: upstream times partial. */
static void add_edges(const struct model *model, size_t param, double *sum, double *scale)
{
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *to = model->graph.nodes[k];
		for (size_t slot = 0; to->op && slot < to->op->n_slots; slot++) {
			const struct node *from = to->inputs[slot];
			size_t n = from->kind == NODE_PARAM ? from->rows * from->cols : 0;
			for (size_t e = 0; e < n * to->rows * to->stride; e++) {
				size_t i = e / n, j = e % n;
				if (!node_holds(to, i) || node_param(from, j) != param)
					continue;
				double term = to->grad[i] * to->op->partial(to, i, slot, j);
				*sum += term;
				*scale += fabs(term);
			}
		}
	}
}

/* Where examples depend on one another: one step for all of them. */
static void check_coupled_gradient(struct trip *trip, const struct step *step)
{
	const struct model *model = trip->stepper.trainer.model;
	double sum = 0.0, scale = 0.0;
	assert_true(step->place.whole_batch);
	assert_int_equal(step->example, 0);
	assert_same_bits(step->value, model->graph.grad[step->place.param]);
	add_edges(model, step->place.param, &sum, &scale);
	assert_close(step->value, sum, scale);
}

/* One example's gradient, then that of the batch; both are the engine's. */
static void check_gradient(struct trip *trip, const struct step *step)
{
	const struct trainer *trainer = &trip->stepper.trainer;
	const struct model *model = trainer->model;
	struct sums *sums = &trip->sums;
	if (model->graph.is_coupled) {
		check_coupled_gradient(trip, step);
		return;
	}
	if (!step->place.whole_batch) {
		if (trip->stepper.plan.form == CHAIN_DELTAS) {
			sums->example = formula_eval(step->rule);
			sums->example_scale = formula_scale(step->rule);
		} else {
			assert_int_equal(sums->n_products, step->place.n_paths);
		}
		assert_close(step->value, sums->example, sums->example_scale);
		sums->batch += sums->example;
		sums->batch_scale += sums->example_scale;
		sums->example = sums->example_scale = 0.0;
		sums->n_products = 0;
	}
	if (step->place.whole_batch || trainer->n_examples == 1) {
		double n = model->over == REDUCE_MEAN ? (double)trainer->n_examples : 1.0;
		assert_same_bits(step->value, model->graph.grad[step->place.param]);
		assert_close(step->value, sums->batch / n, sums->batch_scale / n);
		sums->batch = sums->batch_scale = 0.0;
	}
}

static void check_value(struct trip *trip, const struct step *step)
{
	const struct trainer *trainer = &trip->stepper.trainer;
	const struct place *place = &step->place;
	if (!place->node) {
		assert_true(place->whole_batch);
		assert_same_bits(step->value, trainer->model->loss);
		return;
	}
	assert_same_bits(step->value, place->node->value[place->element]);
	assert_int_equal(node_col(place->node, place->element), place->example);
}

/* Each unit of each example once. */
static void check_delta(struct trip *trip, const struct step *step)
{
	const struct place *place = &step->place;
	struct link unit = {.node = place->node, .i = place->element};
	assert_false(see_link(trip, &unit));
	assert_int_equal(node_col(place->node, place->element), place->example);
	assert_same_bits(step->value, place->node->grad[place->element]);
}

static void check_weight(struct trip *trip, const struct step *step)
{
	const struct trainer *trainer = &trip->stepper.trainer;
	assert_same_bits(step->value, stages_proposed(&trainer->stages)[step->place.param]);
}

/* A stage's number stands where the plan says; what the last one hands on is what is used. */
static void check_stage(struct trip *trip, const struct step *step)
{
	const struct stepper *stepper = &trip->stepper;
	const struct trainer *trainer = &stepper->trainer;
	const struct place *place = &step->place;
	const struct stage_entry *entry = &trainer->stages.list.entries[place->stage];
	assert_true(knows(stepper, (struct ref){.kind = REF_STAGE,
						.param = place->param,
						.unit = place->unit,
						.which = place->stage}));
	assert_int_equal(step->place.phase, entry->row->in_loss_phase ? PHASE_LOSS : PHASE_UPDATE);
	if (place->stage == stage_list_last(&trainer->stages.list, STAGE_VALUE))
		assert_same_bits(step->value, trainer_next(trainer)[place->param]);
	if (place->stage == stage_list_last(&trainer->stages.list, STAGE_RATE))
		assert_same_bits(step->value,
				 trainer->now.hypers[optimizer_rate_index(&trainer->now)]);
	trip->n_stages[entry->id]++;
}

static void check_slot(struct trip *trip, const struct step *step)
{
	const struct place *place = &step->place;
	assert_true(place->slot < trip->stepper.plan.rule->n_slots);
	assert_same_bits(step->value,
			 trainer_next_slot(&trip->stepper.trainer, place->slot)[place->param]);
}

/* The point ahead is where the network is computed, beside the values in force. */
static void check_ahead(struct trip *trip, const struct step *step)
{
	const struct trainer *trainer = &trip->stepper.trainer;
	assert_non_null(trip->stepper.plan.rule->ahead);
	assert_ptr_not_equal(trainer_theta(trainer), trainer->model->graph.theta);
	assert_same_bits(step->value, trainer->model->graph.theta[step->place.param]);
	assert_int_equal(step->place.k, trip->stepper.index - 1);
}

/* A running statistic moves towards that of the batch, by the share of its momentum. */
static void check_carry(struct trip *trip, const struct step *step)
{
	const struct place *place = &step->place;
	const struct graph *graph = &trip->stepper.trainer.model->graph;
	const double *state = place->node->state + place->element;
	assert_same_bits(step->value,
			 trainer_next_state(&trip->stepper.trainer)[state - graph->state]);
	if (place->node->op == &op_batch_mean)
		assert_near(step->value - *state,
			    place->node->attributes[0] *
				(place->node->value[place->element] - *state),
			    1e-12);
}

static void check_nothing(struct trip *trip, const struct step *step)
{
	(void)trip, (void)step;
}

static const struct {
	const char *kind;
	void (*check)(struct trip *trip, const struct step *step);
} checks[] = {
    {"value", check_value},    {"factor", check_factor},     {"product", check_product},
    {"delta", check_delta},    {"gradient", check_gradient}, {"weight", check_weight},
    {"commit", check_nothing}, {"slot", check_slot},         {"ahead", check_ahead},
    {"carry", check_carry},    {"stage", check_stage},
};
enum { N_CHECKS = sizeof checks / sizeof *checks };

/* Every step is checked as one of its kind. */
static void check_kind(struct trip *trip, const struct step *step)
{
	for (size_t c = 0; c < N_CHECKS; c++) {
		if (!place_is(&step->place, checks[c].kind))
			continue;
		checks[c].check(trip, step);
		trip->n_steps[c]++;
		return;
	}
	fail_msg("nothing is checked of a step of the kind %s", step->place.class->name);
}

/* A step can be written in plain ASCII. */
static void check_ascii(const struct step *step)
{
	static const struct formula_style ascii = {GLYPHS_ASCII, false, 6};
	struct strbuf line = {0};
	step_print(step, &ascii, &line);
	assert_true(line.len > 0 && !line.failed);
	for (size_t k = 0; k < line.len; k++)
		assert_in_range(line.data[k], ' ', '~');
	strbuf_free(&line);
}

/* The sum over the examples may be of gradients that are nothing but what was left when paths
 * cancelled (a bias that all units of a softmax share): then those paths set the scale. */
static double scale_of_rule(const struct trip *trip, const struct step *step)
{
	double scale = formula_scale(step->rule);
	bool is_sum = step->place.class->computes == REF_GRADIENT && step->place.whole_batch;
	return is_sum ? fmax(scale, trip->sums.batch_scale) : scale;
}

/* Formula and number of a step agree. */
static void check_formulas(const struct trip *trip, const struct step *step)
{
	assert_true(isfinite(step->value));
	assert_non_null(step->why);
	if (!step->place.class->value)
		return;
	if (!formula_is_shortened(step->rule))
		assert_close(formula_eval(step->rule), step->value, scale_of_rule(trip, step));
	/* the left side of these is the old value */
	bool is_new = step->assigns && !place_is(&step->place, "ahead");
	if (!is_new)
		assert_same_bits(formula_eval(step->left), step->value);
}

/* The first step of each phase and of each parameter is where the plan says. */
static void check_landmarks(const struct trip *trip, const struct step *step,
			    const struct step *before)
{
	const struct plan *plan = &trip->stepper.plan;
	uint64_t index = trip->stepper.index - 1;
	const struct walk *walk = stepper_walk(&trip->stepper);
	assert_int_equal(walk_index(walk, &step->place), index);
	if (step->place.phase != before->place.phase) {
		assert_true(step->place.phase > before->place.phase);
		assert_int_equal(walk_phase(walk, step->place.phase), index);
	}
	bool is_first = step->place.phase == PHASE_BACKWARD && *step->param &&
			strcmp(step->param, before->param) != 0;
	if (is_first) {
		assert_int_equal(walk_param(walk, PHASE_BACKWARD, step->place.k), index);
		assert_int_equal(plan->rank[step->place.param], step->place.k);
		assert_int_equal(plan->order[step->place.k], step->place.param);
	}
}

static void walk_update(struct trip *trip)
{
	struct step before = {0};
	uint64_t n_steps = 0;
	trip->n_seen = 0;
	do {
		struct step step;
		arena_reset(trip->arena);
		assert_int_equal(stepper_next(&trip->stepper, NULL), STATUS_OK);
		assert_int_equal(stepper_current(&trip->stepper, trip->arena, &step, NULL),
				 STATUS_OK);
		check_formulas(trip, &step);
		if (step.update == 1)
			check_ascii(&step);
		check_landmarks(trip, &step, &before);
		check_kind(trip, &step);
		trip->n_kinks += step.at_kink;
		before = step;
		n_steps++;
	} while (!stepper_at_commit(&trip->stepper));
	assert_int_equal(n_steps, stepper_n_steps(&trip->stepper));
}

static void check_against_differences(struct trip *trip)
{
	struct model *model = trip->net.model;
	struct gradcheck result;
	const struct trainer *trainer = &trip->stepper.trainer;
	assert_int_equal(gradcheck_run(model, &trainer->optimizer.stages,
				       stages_penalised_gradient(&trainer->stages), &result, NULL,
				       NULL, NULL),
			 STATUS_OK);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	assert_int_equal(gradcheck_checked(&result) + gradcheck_skipped(&result) +
			     result.n_of[GRADCHECK_CANNOT_TELL],
			 model->n_order);
	trip->n_checked += gradcheck_checked(&result);
}

/* A step after another back to the start, where all numbers are those of before. */
static void check_way_back(struct trip *trip, const struct snapshot *start)
{
	struct snapshot end;
	while (!stepper_at_start(&trip->stepper))
		assert_int_equal(stepper_back(&trip->stepper, NULL), STATUS_OK);
	stepper_place(&trip->stepper, 1, &(struct place){0}); /* computes the update again */
	assert_true(snapshot_take(&end, &trip->stepper));
	assert_true(snapshot_equal(start, &end));
	snapshot_free(&end);
}

static void count_ops(struct trip *trip)
{
	const struct graph *graph = &trip->net.model->graph;
	for (size_t k = 0; op_registry[k]; k++)
		for (size_t q = 0; q < graph->n_nodes; q++)
			trip->n_ops[k] += graph->nodes[q]->op == op_registry[k];
}

/* Walks trip->net and frees it. Returns whether it was walked. */
static bool walk_network(struct trip *trip, enum chain_form form)
{
	bool walked = false;
	struct snapshot start;
	if (trip->net.model->graph.is_coupled && form == CHAIN_PATHS) {
		assert_int_equal(network_walk(&trip->net, &trip->stepper, form), STATUS_BAD_INPUT);
		form = CHAIN_AUTO;
	}
	if (network_walk(&trip->net, &trip->stepper, form) == STATUS_OK) {
		walked = stepper_n_steps(&trip->stepper) <= MAX_STEPS;
		assert_true(snapshot_take(&start, &trip->stepper));
		for (size_t k = 0; walked && k < N_UPDATES; k++) {
			walk_update(trip);
			check_against_differences(trip);
		}
		if (walked)
			check_way_back(trip, &start);
		snapshot_free(&start);
		stepper_free(&trip->stepper);
	}
	if (walked)
		count_ops(trip);
	network_free(&trip->net);
	return walked;
}

/* What no seed has met gets networks of its own: a row that is added is walked through too. */
static void walk_unmet(struct trip *trip, enum chain_form form)
{
	for (size_t k = 0; op_registry[k]; k++) {
		const struct op *op = op_registry[k];
		bool is_gate = op->family == OP_ARITHMETIC || op->family == OP_REDUCTION;
		bool unmet = trip->n_ops[k] == 0;
		for (uint64_t seed = 1; unmet && seed <= N_OWN; seed++) {
			assert_int_equal(is_gate ? network_random_graph_with(&trip->net, seed, op)
						 : network_random_with(&trip->net, seed, op),
					 STATUS_OK);
			walk_network(trip, form);
		}
	}
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		bool unmet = trip->n_stages[id] == 0;
		for (uint64_t seed = 1; unmet && seed <= N_OWN; seed++) {
			assert_int_equal(network_random_stage(&trip->net, seed, id), STATUS_OK);
			walk_network(trip, form);
		}
	}
}

static void walk_all(enum chain_form form)
{
	struct trip trip = {.arena = arena_new(), .seen = calloc(MAX_STEPS, sizeof *trip.seen)};
	assert_true(trip.arena && trip.seen);
	size_t n_walked = 0;
	for (uint64_t seed = 1; n_walked < N_NETWORKS; seed++) {
		assert_int_equal(seed % 3 ? network_random(&trip.net, seed)
					  : network_random_graph(&trip.net, seed),
				 STATUS_OK);
		n_walked += walk_network(&trip, form);
	}
	walk_unmet(&trip, form);
	/* of every kind; but there are no chains where all gradients are taken by deltas */
	for (size_t c = 0; c < N_CHECKS; c++) {
		bool on_chain =
		    strcmp(checks[c].kind, "factor") == 0 || strcmp(checks[c].kind, "product") == 0;
		assert_int_equal(trip.n_steps[c] > 0, !on_chain || form == CHAIN_PATHS);
	}
	for (size_t k = 0; op_registry[k]; k++)
		if (trip.n_ops[k] == 0)
			fail_msg("no network has the op %s", op_registry[k]->name);
	for (size_t id = 0; id < N_STAGES; id++)
		assert_true(trip.n_stages[id] > 0);
	assert_true(trip.n_kinks > 0);
	assert_true(trip.n_checked > 10 * N_NETWORKS);
	free(trip.seen);
	arena_free(trip.arena);
}

static void test_paths(void **state)
{
	(void)state;
	walk_all(CHAIN_PATHS);
}

static void test_deltas(void **state)
{
	(void)state;
	walk_all(CHAIN_DELTAS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_paths),
	    cmocka_unit_test(test_deltas),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
