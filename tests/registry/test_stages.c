/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_stages.c -- what every stage of the registry promises, with no line for a particular one:
 * its settings can be read and set, its rules are the numbers that are computed, a penalty's slope
 * is that of the penalty, and the way back is exact wherever it is put in force. */
#include "../../src/engine/stages/stage_run.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/engine/gradcheck.h"
#include "support/formulas.h"
#include "support/networks.h"
#include "support/snapshot.h"

enum { N_SEEDS = 20, N_UPDATES = 4 };

static void assert_translated(const char *msgid)
{
	assert_non_null(msgid);
	language_set(LANGUAGE_ES);
	if (strcmp(tr(msgid), msgid) == 0)
		print_error("no Spanish: %s\n", msgid);
	assert_string_not_equal(tr(msgid), msgid);
	language_set(LANGUAGE_EN);
}

static void check_number(const struct stage_form *form, size_t k)
{
	const struct stage_number *row = &form->numbers[k];
	assert_true(row->name && *row->name && row->rule && *row->rule);
	assert_true(strlen(row->name) < 16);
	assert_translated(row->summary);
	if (row->idle)
		assert_translated(row->idle);
	bool is_slope_of_earlier = !row->slope_of;
	for (size_t q = 0; q < k; q++) {
		assert_string_not_equal(form->numbers[q].name, row->name);
		is_slope_of_earlier |=
		    row->slope_of && strcmp(form->numbers[q].name, row->slope_of) == 0;
	}
	assert_true(is_slope_of_earlier);
	if (row->in_loss_phase)
		assert_int_equal(row->scope, STAGE_ONCE);
	if (row->replaces_subject)
		assert_int_equal(row->scope,
				 row->subject == STAGE_GRADIENT || row->subject == STAGE_VALUE
				     ? STAGE_PARAM
				     : STAGE_ONCE);
}

/* All forms of a stage compute numbers of the same kinds; the last is what the stage is for. */
static void test_rows_are_complete(void **state)
{
	size_t n_numbers = 0;
	(void)state;
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		const struct stage_class *class = stage_registry[id];
		size_t most = 0;
		assert_true(class->name && *class->name && class->off && class->run);
		assert_translated(class->summary);
		assert_true(class->n_forms >= 1 && class->n_hypers <= STAGE_MAX_HYPERS);
		assert_true(!class->penalty == (class->subject != STAGE_LOSS));
		for (size_t f = 0; f < class->n_forms; f++) {
			const struct stage_form *form = &class->forms[f];
			assert_true(form->name && form->source && *form->source);
			assert_translated(form->summary);
			assert_in_range(form->n_numbers, 1, STAGE_MAX_NUMBERS);
			assert_int_equal(form->n_numbers, class->forms[0].n_numbers);
			for (size_t k = 0; k < form->n_numbers; k++) {
				check_number(form, k);
				assert_int_equal(form->numbers[k].scope,
						 class->forms[0].numbers[k].scope);
			}
			assert_true(form->numbers[form->n_numbers - 1].replaces_subject);
			most = form->n_numbers > most ? form->n_numbers : most;
		}
		for (size_t k = 0; k < class->n_hypers; k++)
			assert_translated(class->hypers[k].summary);
		n_numbers += most;
	}
	assert_true(n_numbers <= STAGE_MAX_ENTRIES);
}

/* A setting that takes words takes each of them; one that takes numbers those in its range. */
static void check_setting(const char *name)
{
	struct stages stages, before;
	struct error err;
	char value[STAGE_NAME], again[STAGE_NAME];
	stages_init(&stages);
	assert_translated(stage_setting_summary(name));
	assert_true(stages_get(&stages, name, value));
	assert_int_equal(stages_set(&stages, name, value, NULL), STATUS_OK);
	for (size_t i = 0; stage_setting_word(name, i); i++) {
		snprintf(value, sizeof value, "%s", stage_setting_word(name, i));
		assert_int_equal(stages_set(&stages, name, value, NULL), STATUS_OK);
		assert_true(stages_get(&stages, name, again));
		assert_string_equal(again, value);
	}
	before = stages;
	static const char *const bad[] = {"no-such", "nan", "-1", "1e300", ""};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		err = (struct error){0};
		assert_int_equal(stages_set(&stages, name, bad[i], &err), STATUS_BAD_INPUT);
		assert_true(strlen(err.message) > 0);
		assert_true(stages_equal(&stages, &before));
	}
}

static void test_settings(void **state)
{
	char name[STAGE_NAME];
	struct stages stages;
	struct error err = {0};
	size_t n = 0;
	(void)state;
	for (; stage_setting_name(n, name); n++)
		check_setting(name);
	assert_true(n >= N_STAGES);
	stages_init(&stages);
	assert_int_equal(stages_set(&stages, "no-such", "1", &err), STATUS_BAD_INPUT);
	assert_non_null(strstr(err.hint, "l2"));
	assert_int_equal(stages_list(&stages).n, 0);
}

/* Puts one form of a stage in force, with numbers under which it has something to do. */
static void put_in_force(struct stages *stages, enum stage_id id, size_t form)
{
	struct stage_settings *stage = &stages->rows[id];
	stages_init(stages);
	stage->in_force = true;
	stage->form = (uint32_t)form;
	for (size_t k = 0; k < stage_registry[id]->n_hypers; k++) {
		const struct hyper *hyper = &stage_registry[id]->hypers[k];
		stage->hypers[k] = hyper->min == 0.0 ? 0.25 : hyper->min * 2.0;
	}
}

/* Runs visit with a walk of the networks of the lectures and of random ones, for each form of each
 * stage and then for all stages together. */
static void each_form(void (*visit)(struct stepper *stepper, enum stage_id id))
{
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		for (size_t form = 0; form < stage_registry[id]->n_forms; form++) {
			for (uint64_t seed = 0; seed < N_SEEDS; seed++) {
				struct network net;
				struct stepper stepper;
				assert_int_equal(seed ? network_random(&net, seed)
						      : network_222(&net),
						 STATUS_OK);
				put_in_force(&net.optimizer.stages, id, form);
				if (network_walk(&net, &stepper, CHAIN_AUTO) == STATUS_OK) {
					visit(&stepper, id);
					stepper_free(&stepper);
				}
				network_free(&net);
			}
		}
	}
}

static size_t n_changed[N_STAGES], n_idle[N_STAGES];

/* Every step of a stage: its rule gives its number. */
static void check_rules(struct stepper *stepper, enum stage_id id)
{
	struct arena *arena = arena_new();
	assert_non_null(arena);
	while (stepper->trainer.n_updates < N_UPDATES && stepper->trainer.finite) {
		for (uint64_t index = 1; index <= stepper_n_steps(stepper); index++) {
			struct step step;
			struct place place;
			stepper_place(stepper, index, &place);
			if (!place_is(&place, "stage"))
				continue;
			arena_reset(arena);
			assert_int_equal(stepper_at(stepper, index, arena, &step, NULL), STATUS_OK);
			assert_string_equal(step.stage, stage_registry[id]->name);
			n_idle[id] += step.idle;
			n_changed[id] += !step.idle;
			if (!formula_is_shortened(step.rule))
				assert_true(fabs(formula_eval(step.rule) - step.value) <=
					    1e-12 * formula_scale(step.rule));
		}
		assert_int_equal(stepper_update(stepper, NULL), STATUS_OK);
		stepper_leave_commit(stepper);
	}
	arena_free(arena);
}

static void test_rules_give_the_numbers(void **state)
{
	(void)state;
	each_form(check_rules);
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		assert_true(n_changed[id] > 0);
		/* what leaves biases alone, or says that it is within its limit, has been seen to
		 */
		bool may_idle = stage_registry[id]->weights_only;
		for (size_t k = 0; k < stage_registry[id]->forms[0].n_numbers; k++)
			may_idle |= stage_registry[id]->forms[0].numbers[k].idle != NULL;
		assert_int_equal(n_idle[id] > 0, may_idle);
	}
}

/* The gradient that penalties hand on is the slope of the loss that they hand on. */
static void check_slopes(struct stepper *stepper, enum stage_id id)
{
	struct trainer *trainer = &stepper->trainer;
	struct gradcheck result;
	trainer_prepare(trainer);
	if (!stage_registry[id]->penalty)
		return;
	assert_int_equal(gradcheck_run(trainer->model, &trainer->optimizer.stages,
				       stages_penalised_gradient(&trainer->stages), &result, NULL,
				       NULL, NULL),
			 STATUS_OK);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	assert_true(gradcheck_checked(&result) > 0 ||
		    trainer->model->n_order == gradcheck_skipped(&result));
}

static void test_slopes(void **state)
{
	(void)state;
	each_form(check_slopes);
}

/* Forwards over 3 updates and back: every position has the bits it had. */
static void there_and_back(struct stepper *stepper, enum stage_id id)
{
	enum { MOST = 700 };
	struct snapshot shots[MOST + 1], now;
	size_t n = 0;
	(void)id;
	if (stepper_n_steps(stepper) > MOST / 4)
		return;
	assert_true(snapshot_take(&shots[n], stepper));
	while (stepper->trainer.n_updates < 3 && n < MOST && !stepper_next(stepper, NULL)) {
		assert_int_equal(stepper_number(stepper), ++n);
		assert_true(snapshot_take(&shots[n], stepper));
	}
	for (size_t k = n; k > 0; k--) {
		assert_int_equal(stepper_back(stepper, NULL), STATUS_OK);
		assert_true(snapshot_take(&now, stepper));
		assert_true(snapshot_equal(&now, &shots[k - 1]));
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

/* On the way, to every other stage and back to none: the position stays in its phase and at its
 * parameter, and numbers keep their meaning over the change. */
static void change_at(struct stepper *stepper, uint64_t index, const struct optimizer *other)
{
	struct place before, after;
	assert_int_equal(stepper_go_index(stepper, index, NULL), STATUS_OK);
	uint64_t first = stepper_number(stepper) - index;
	stepper_place(stepper, stepper->index, &before);
	assert_int_equal(stepper_set_optimizer(stepper, other, NULL), STATUS_OK);
	stepper_place(stepper, stepper->index, &after);
	assert_int_equal(after.phase, before.phase);
	if (before.phase == PHASE_BACKWARD || place_is(&before, "weight"))
		assert_int_equal(after.param, before.param);
	assert_int_equal(stepper_number(stepper) - stepper->index, first);
	assert_int_equal(stepper_update(stepper, NULL), STATUS_OK);
	uint64_t behind = stepper_number(stepper);
	assert_int_equal(stepper_next(stepper, NULL), STATUS_OK);
	assert_int_equal(stepper_number(stepper), behind + 1);
	assert_int_equal(stepper_go(stepper, first + 1, NULL), STATUS_OK);
	assert_int_equal(stepper_number(stepper), first + 1);
	assert_int_equal(stepper_go(stepper, behind, NULL), STATUS_OK);
	assert_true(stepper_at_commit(stepper));
	assert_int_equal(stepper_go(stepper, first + 1, NULL), STATUS_OK);
}

static void test_change_on_the_way(void **state)
{
	(void)state;
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		struct network net;
		struct stepper stepper;
		assert_int_equal(network_222(&net), STATUS_OK);
		struct optimizer none = net.optimizer;
		put_in_force(&net.optimizer.stages, id, 0);
		assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
		assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
		assert_int_equal(stepper_next(&stepper, NULL), STATUS_OK);
		for (enum stage_id to = 0; to < N_STAGES; to++) {
			struct optimizer other = none;
			put_in_force(&other.stages, to, 0);
			for (uint64_t index = 1; index < stepper_n_steps(&stepper); index += 3) {
				change_at(&stepper, index, &other);
				assert_int_equal(
				    stepper_set_optimizer(&stepper, &net.optimizer, NULL),
				    STATUS_OK);
			}
		}
		for (uint64_t index = 1; index < stepper_n_steps(&stepper); index++) {
			change_at(&stepper, index, &none);
			assert_int_equal(stepper_set_optimizer(&stepper, &net.optimizer, NULL),
					 STATUS_OK);
		}
		stepper_free(&stepper);
		network_free(&net);
	}
}

/* States between updates carry the stages: back there, the same updates lead to the same bits. */
static void test_states_come_back(void **state)
{
	(void)state;
	for (enum stage_id id = 0; id < N_STAGES; id++) {
		struct network net;
		struct trainer trainer;
		assert_int_equal(network_222(&net), STATUS_OK);
		struct optimizer none = net.optimizer;
		put_in_force(&net.optimizer.stages, id, 0);
		assert_int_equal(
		    trainer_init(&trainer, net.model, &net.optimizer, &net.data, net.batch, NULL),
		    STATUS_OK);
		trainer_commit(&trainer);
		struct trainer_state *first = trainer_save(&trainer);
		trainer_commit(&trainer);
		struct trainer_state *second = trainer_save(&trainer);
		assert_int_equal(trainer_set_optimizer(&trainer, &none, NULL), STATUS_OK);
		trainer_commit(&trainer);
		trainer_restore(&trainer, first, 1);
		trainer_commit(&trainer);
		struct trainer_state *again = trainer_save(&trainer);
		assert_true(trainer_state_equal(second, again));
		assert_false(trainer_state_equal(first, again));
		free(first);
		free(second);
		free(again);
		trainer_free(&trainer);
		network_free(&net);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_are_complete),      cmocka_unit_test(test_settings),
	    cmocka_unit_test(test_rules_give_the_numbers), cmocka_unit_test(test_slopes),
	    cmocka_unit_test(test_there_and_back),         cmocka_unit_test(test_change_on_the_way),
	    cmocka_unit_test(test_states_come_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
