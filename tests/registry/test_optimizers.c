/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_optimizers.c -- what every optimizer of the registry promises, with no line for a
 * particular one: the rule that the steps show is the update that is made. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "../../src/trace/bind.h"
#include "support/formulas.h"
#include "support/networks.h"
#include "support/snapshot.h"
#include "support/values.h"

enum { N_SEEDS = 20, N_UPDATES = 6 };

static void check_hypers(const struct optimizer_class *class)
{
	struct optimizer optimizer;
	optimizer_init(&optimizer, class);
	assert_true(class->n_hypers <= OPTIMIZER_MAX_HYPERS);
	for (size_t k = 0; k < class->n_hypers; k++) {
		const struct hyper *hyper = &class->hypers[k];
		assert_true(hyper->name && *hyper->name && hyper->summary && *hyper->summary);
		assert_same_bits(optimizer.hypers[k], hyper->initial);
		assert_int_equal(optimizer_set(&optimizer, hyper->name, hyper->min, NULL), 0);
		assert_int_equal(optimizer_set(&optimizer, hyper->name, hyper->max, NULL), 0);
		assert_int_equal(optimizer_set(&optimizer, hyper->name, hyper->initial, NULL), 0);
		double beyond[] = {nextafter(hyper->min, -INFINITY),
				   nextafter(hyper->max, INFINITY), (double)NAN};
		for (size_t q = 0; q < sizeof beyond / sizeof *beyond; q++) {
			struct error err = {0};
			assert_int_equal(optimizer_set(&optimizer, hyper->name, beyond[q], &err),
					 STATUS_BAD_INPUT);
			assert_non_null(strstr(err.message, hyper->name));
			assert_same_bits(optimizer.hypers[k], hyper->initial);
		}
	}
	assert_int_equal(optimizer_set(&optimizer, "no-such", 1.0, NULL), STATUS_BAD_INPUT);
}

static void test_rows_are_complete(void **state)
{
	(void)state;
	for (const struct optimizer_class *const *row = optimizer_registry; *row; row++) {
		const struct optimizer_class *class = *row;
		struct optimizer optimizer;
		assert_true(class->name && *class->name && class->summary && *class->summary);
		assert_ptr_equal(optimizer_find(class->name), class);
		assert_non_null(class->update);
		check_hypers(class);
		optimizer_init(&optimizer, class);
		assert_ptr_equal(optimizer_form(&optimizer), class->forms);
		assert_true(class->n_forms >= 1);
		for (size_t k = 0; k < class->n_forms; k++) {
			const struct optimizer_form *form = &class->forms[k];
			assert_true(form->summary && form->source && form->rule);
			assert_true(!form->ahead || class->look_ahead);
			assert_true(form->n_slots <= OPTIMIZER_MAX_SLOTS);
			for (size_t s = 0; s < form->n_slots; s++)
				assert_true(form->slots[s].name && form->slots[s].rule &&
					    form->slots[s].summary);
			assert_int_equal(optimizer_set_form(&optimizer, form->name, NULL), 0);
			assert_ptr_equal(optimizer_form(&optimizer), form);
		}
		assert_int_equal(optimizer_set_form(&optimizer, "no-such", NULL), STATUS_BAD_INPUT);
	}
	assert_null(optimizer_find("no such optimizer"));
}

static void check_rule(const struct formula *f, double value)
{
	assert_non_null(f);
	assert_true(fabs(formula_eval(f) - value) <= 1e-12 * formula_scale(f));
}

/* Each parameter's rules, evaluated, are the point ahead, the slots and the new value that wait for
 * the commit; what the rule does not change, and what is not trained, keeps its bits. */
static void check_update(struct stepper *stepper, struct arena *arena)
{
	struct trainer *trainer = &stepper->trainer;
	const struct plan *plan = &stepper->plan;
	struct step_source source = {.trainer = trainer, .plan = plan};
	for (size_t p = 0; p < trainer->model->graph.n_params; p++) {
		bool changes = optimizer_changes(&trainer->optimizer, trainer->model, p);
		if (plan->rank[p] == SIZE_MAX || !changes)
			assert_same_bits(trainer_next(trainer)[p], trainer_theta(trainer)[p]);
		if (plan->rank[p] == SIZE_MAX)
			continue;
		check_rule(bind_update(arena, &source, p), trainer_next(trainer)[p]);
		for (size_t s = 0; s < plan->rule->n_slots; s++)
			check_rule(bind_slot(arena, &source, p, s),
				   trainer_next_slot(trainer, s)[p]);
		if (plan->rule->ahead)
			check_rule(bind_ahead(arena, &source, p), trainer->model->graph.theta[p]);
	}
	arena_reset(arena);
}

/* Returns whether the optimizer fits the network. */
static bool check_network(struct network *net, const struct optimizer_class *class, size_t form)
{
	double rates[] = {0.5, 0.01};
	struct stepper stepper;
	optimizer_init(&net->optimizer, class);
	net->optimizer.form = form;
	if (network_walk(net, &stepper, CHAIN_AUTO))
		return false;
	struct arena *arena = arena_new();
	assert_non_null(arena);
	for (size_t k = 0; k < N_UPDATES; k++) {
		struct optimizer optimizer = stepper.trainer.optimizer;
		optimizer_set(&optimizer, "rate", rates[k % 2], NULL);
		assert_int_equal(stepper_set_optimizer(&stepper, &optimizer, NULL), STATUS_OK);
		check_update(&stepper, arena);
		assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
	}
	arena_free(arena);
	stepper_free(&stepper);
	return true;
}

/* Network number k: those of the lectures, then random ones. */
static enum status make_network(struct network *net, size_t k)
{
	if (k == 0)
		return network_222(net);
	if (k == 1)
		return network_xor(net);
	if (k == 2)
		return network_or(net, "lecture");
	return k == 3 ? network_two_perceptrons(net) : network_random(net, k);
}

static void test_rules_give_the_numbers(void **state)
{
	(void)state;
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++) {
		for (size_t form = 0; form < (*class)->n_forms; form++) {
			size_t n_fitting = 0;
			for (size_t k = 0; k < 4 + N_SEEDS; k++) {
				struct network net;
				assert_int_equal(make_network(&net, k), STATUS_OK);
				n_fitting += check_network(&net, *class, form);
				network_free(&net);
			}
			assert_true(n_fitting > 0);
		}
	}
}

/* One parameter, whose signal is given, through n updates; returns its value. */
static double update_alone(const struct optimizer *optimizer, double signal, size_t n)
{
	double theta = 0.5, slots[OPTIMIZER_MAX_SLOTS] = {0};
	struct update update = {.theta = &theta, .signal = &signal, .lo = 0, .hi = 1};
	for (size_t s = 0; s < OPTIMIZER_MAX_SLOTS; s++)
		update.slots[s] = &slots[s];
	for (update.t = 1; update.t <= n; update.t++)
		optimizer->class->update(optimizer, &update);
	return theta;
}

/* The same gradient for ever keeps every number finite; a NaN, as in any op, stays one. */
static void test_signals(void **state)
{
	(void)state;
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++) {
		for (size_t form = 0; form < (*class)->n_forms; form++) {
			struct optimizer optimizer;
			optimizer_init(&optimizer, *class);
			optimizer.form = form;
			for (int k = 1; k <= 50; k++)
				assert_true(isfinite(update_alone(&optimizer, 0.007 * k, 500)));
			assert_true(isnan(update_alone(&optimizer, (double)NAN, 1)));
			assert_true(isnan(update_alone(&optimizer, (double)NAN, 3)));
		}
	}
}

/* Runs visit with the 2-2-2 network, or for rules that learn from the error two perceptrons, once
 * for every form of every optimizer. */
static void each_form(void (*visit)(struct stepper *stepper))
{
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++) {
		for (size_t form = 0; form < (*class)->n_forms; form++) {
			struct network net;
			struct stepper stepper;
			enum status status =
			    (*class)->signal ? network_two_perceptrons(&net) : network_222(&net);
			assert_int_equal(status, STATUS_OK);
			optimizer_init(&net.optimizer, *class);
			net.optimizer.form = form;
			assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
			visit(&stepper);
			stepper_free(&stepper);
			network_free(&net);
		}
	}
}

static void assert_same_state(const struct trainer *trainer, const struct trainer_state *wanted)
{
	struct trainer_state *now = trainer_save(trainer);
	assert_non_null(now);
	assert_true(trainer_state_equal(now, wanted));
	free(now);
}

/* Back to the state after 3 updates, the same 4 updates lead to the same bits, also where other
 * optimizers were in force in between. */
static void restore_and_repeat(struct stepper *stepper)
{
	struct trainer *trainer = &stepper->trainer;
	struct trainer_state *states[2];
	for (size_t k = 0; k < 2; k++) {
		for (size_t update = 0; update < 3 + k; update++)
			trainer_commit(trainer);
		states[k] = trainer_save(trainer);
		assert_non_null(states[k]);
	}
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++) {
		struct optimizer other;
		optimizer_init(&other, *class);
		if (trainer_set_optimizer(trainer, &other, NULL) == STATUS_OK)
			trainer_commit(trainer);
		trainer_restore(trainer, states[0], 3);
		assert_same_state(trainer, states[0]);
		for (size_t update = 0; update < 4; update++)
			trainer_commit(trainer);
		assert_same_state(trainer, states[1]);
	}
	free(states[0]);
	free(states[1]);
}

static void test_states_come_back(void **state)
{
	(void)state;
	each_form(restore_and_repeat);
}

/* Each step has a number of its own, and each number leads to its step. */
static void check_place(struct stepper *stepper)
{
	const struct walk *walk = stepper_walk(stepper);
	struct place place;
	stepper_place(stepper, stepper->index, &place);
	uint64_t index = stepper->index - 1;
	assert_int_equal(walk_index(walk, &place), index);
	if (place_is(&place, "ahead"))
		assert_int_equal(place.k, index);
	else if (place_is(&place, "slot"))
		assert_int_equal(walk_param(walk, PHASE_UPDATE, place.k) + place.slot, index);
	else if (place_is(&place, "weight"))
		assert_int_equal(walk_param(walk, PHASE_UPDATE, place.k + 1) - 1, index);
	else if (place_is(&place, "commit"))
		assert_int_equal(walk_steps(walk) - 1, index);
	if (place_is(&place, "slot"))
		assert_true(knows(
		    stepper,
		    (struct ref){.kind = REF_SLOT, .param = place.param, .which = place.slot}));
	if (place_is(&place, "weight"))
		assert_true(knows(stepper, ref_param(REF_NEW, place.param)));
}

/* Forwards step by step over 4 updates, then back: every position has the bits it had. */
static void there_and_back(struct stepper *stepper)
{
	struct snapshot shots[1000], now;
	size_t n = 0;
	assert_true(snapshot_take(&shots[n], stepper));
	while (stepper->trainer.n_updates < 4) {
		assert_int_equal(stepper_next(stepper, NULL), STATUS_OK);
		assert_in_range(++n, 1, 999);
		assert_int_equal(stepper_number(stepper), n);
		check_place(stepper);
		assert_true(snapshot_take(&shots[n], stepper));
	}
	for (size_t k = n; k > 0; k--) {
		assert_int_equal(stepper_back(stepper, NULL), STATUS_OK);
		assert_int_equal(stepper_number(stepper), k - 1);
		assert_true(snapshot_take(&now, stepper));
		assert_true(snapshot_equal(&now, &shots[k - 1]));
		snapshot_free(&now);
	}
	for (size_t k = n; k > 0; k -= k < 7 ? 1 : 7) {
		assert_int_equal(stepper_go(stepper, k, NULL), STATUS_OK);
		assert_true(snapshot_take(&now, stepper));
		assert_true(snapshot_equal(&now, &shots[k]));
		snapshot_free(&now);
	}
	for (size_t k = 0; k <= n; k++)
		snapshot_free(&shots[k]);
}

static void test_there_and_back(void **state)
{
	(void)state;
	each_form(there_and_back);
}

/* In the middle of each phase, to every other optimizer: the position stays in its phase and at its
 * parameter, and numbers keep their meaning over the change. */
static void change_at(struct stepper *stepper, uint64_t index, const struct optimizer_class *class)
{
	struct optimizer other, kept = stepper->trainer.optimizer;
	struct place before, after;
	optimizer_init(&other, class);
	assert_int_equal(stepper_go_index(stepper, index, NULL), STATUS_OK);
	uint64_t start = stepper_number(stepper) - index;
	stepper_place(stepper, stepper->index, &before);
	if (stepper_set_optimizer(stepper, &other, NULL))
		return;
	stepper_place(stepper, stepper->index, &after);
	assert_int_equal(after.phase, before.phase);
	if (before.phase == PHASE_BACKWARD || before.phase == PHASE_UPDATE)
		assert_int_equal(after.param, before.param);
	assert_int_equal(stepper_number(stepper) - stepper->index, start);
	assert_int_equal(stepper_update(stepper, NULL), STATUS_OK);
	uint64_t behind = stepper_number(stepper);
	assert_int_equal(stepper_next(stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_number(stepper), behind + 1);
	assert_int_equal(stepper_go(stepper, start, NULL), STATUS_OK);
	assert_int_equal(stepper_number(stepper), start);
	assert_int_equal(stepper_go(stepper, behind, NULL), STATUS_OK);
	assert_true(stepper_at_commit(stepper));
	assert_int_equal(stepper_number(stepper), behind);
	assert_int_equal(stepper_go(stepper, start + 1, NULL), STATUS_OK);
	assert_int_equal(stepper_set_optimizer(stepper, &kept, NULL), STATUS_OK);
}

static void change_everywhere(struct stepper *stepper)
{
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++) {
		assert_int_equal(stepper_update(stepper, NULL), STATUS_OK);
		assert_int_equal(stepper_next(stepper, NULL), STATUS_OK);
		uint64_t n_steps = stepper_n_steps(stepper);
		for (uint64_t index = 1; index < n_steps; index += 5)
			change_at(stepper, index, *class);
	}
}

static void test_change_on_the_way(void **state)
{
	(void)state;
	each_form(change_everywhere);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete), cmocka_unit_test(test_rules_give_the_numbers),
	    cmocka_unit_test(test_signals),           cmocka_unit_test(test_states_come_back),
	    cmocka_unit_test(test_there_and_back),    cmocka_unit_test(test_change_on_the_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
