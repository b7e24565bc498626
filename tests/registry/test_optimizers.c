/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_optimizers.c -- what every optimizer of the registry promises, with no line for a
 * particular one: the rule that the steps show is the update that is made. */
#include "check.h"

#include <string.h>

#include "../../src/trace/bind.h"
#include "support/formulas.h"
#include "support/networks.h"

enum { N_SEEDS = 30, N_UPDATES = 4 };

static void check_hypers(const struct optimizer_class *class)
{
	struct optimizer optimizer;
	optimizer_init(&optimizer, class);
	assert_true(class->n_hypers <= OPTIMIZER_MAX_HYPERS);
	for (size_t k = 0; k < class->n_hypers; k++) {
		const struct hyper *hyper = &class->hypers[k];
		assert_true(hyper->name && *hyper->name && hyper->symbol && hyper->summary);
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
			assert_int_equal(optimizer_set_form(&optimizer, form->name, NULL), 0);
			assert_ptr_equal(optimizer_form(&optimizer), form);
		}
		assert_int_equal(optimizer_set_form(&optimizer, "no-such", NULL), STATUS_BAD_INPUT);
	}
	assert_null(optimizer_find("no such optimizer"));
}

/* Each parameter's rule, evaluated, is the new value that waits for the commit; what the rule
 * does not change, and what is not trained, keeps its bits. */
static void check_update(struct stepper *stepper, struct arena *arena)
{
	struct trainer *trainer = &stepper->trainer;
	const struct plan *plan = &stepper->plan;
	struct step_source source = {trainer, plan, &stepper->finder};
	const double *theta = trainer->model->graph.theta;
	for (size_t p = 0; p < trainer->model->graph.n_params; p++) {
		bool changes = optimizer_changes(&trainer->optimizer, trainer->model, p);
		if (plan->rank[p] == SIZE_MAX || !changes)
			assert_same_bits(trainer->next[p], theta[p]);
		if (plan->rank[p] == SIZE_MAX)
			continue;
		struct formula *f = bind_update(arena, &source, p);
		assert_non_null(f);
		double error = fabs(formula_eval(f) - trainer->next[p]);
		assert_true(error <= 1e-12 * formula_scale(f));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),
	    cmocka_unit_test(test_rules_give_the_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
