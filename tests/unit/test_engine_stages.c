/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_stages.c -- stages around the optimizer: against numbers that another program made,
 * at their kinks and limits, and what they cost where they are not in force. */
#include "../../src/engine/stages/stage_run.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/engine/gradcheck.h"
#include "support/networks.h"

#define TOLERANCE 1e-12
enum { N_NUMBERS = 12 }; /* rate, loss, w1 .. w8, B1, B2 */

static const size_t order[] = {W1, W2, W3, W4, W5, W6, W7, W8, B1, B2};

/* The 2-2-2 network with "rate=0.6,l2=0.1,..." in force. */
static void start(struct network *net, struct trainer *trainer, const char *optimizer,
		  const char *settings)
{
	char text[512], *rest = text, *part;
	assert_int_equal(network_222(net), STATUS_OK);
	optimizer_init(&net->optimizer, optimizer_find(optimizer));
	snprintf(text, sizeof text, "%s", settings);
	while ((part = strtok_r(rest, ",", &rest))) {
		char *value = strchr(part, '=');
		assert_non_null(value);
		*value++ = '\0';
		enum status status = stages_set(&net->optimizer.stages, part, value, NULL);
		if (status && strcmp(part, "rule") == 0)
			status = optimizer_set_form(&net->optimizer, value, NULL);
		else if (status)
			status = optimizer_set(&net->optimizer, part, strtod(value, NULL), NULL);
		assert_int_equal(status, STATUS_OK);
	}
	assert_int_equal(
	    trainer_init(trainer, net->model, &net->optimizer, &net->data, net->batch, NULL),
	    STATUS_OK);
}

static void end(struct network *net, struct trainer *trainer)
{
	trainer_free(trainer);
	network_free(net);
}

/* The loss with the penalties of the stages in force. */
static double loss_of(const struct trainer *trainer)
{
	size_t last = stage_list_last(&trainer->stages.list, STAGE_LOSS);
	return last == SIZE_MAX ? trainer->model->loss : *stages_numbers(&trainer->stages, last);
}

static void check_update(struct trainer *trainer, const double *wanted)
{
	trainer_prepare(trainer);
	assert_near(trainer->now.hypers[optimizer_rate_index(&trainer->now)], wanted[0], TOLERANCE);
	assert_near(loss_of(trainer), wanted[1], TOLERANCE);
	trainer_commit(trainer);
	for (size_t k = 0; k < 10; k++)
		assert_near(trainer_theta(trainer)[order[k]], wanted[2 + k], TOLERANCE);
}

/* Which forms of which stages the file has. */
static void note_forms(const struct optimizer *optimizer, bool seen[N_STAGES][8])
{
	for (size_t id = 0; id < N_STAGES; id++)
		if (optimizer->stages.rows[id].in_force)
			seen[id][optimizer->stages.rows[id].form] = true;
}

static void test_reference(void **state)
{
	static const char path[] = BACKSTEP_SOURCE_DIR "/tests/reference/stages.txt";
	char line[1024], optimizer[32], settings[512];
	bool seen[N_STAGES][8] = {{false}};
	struct network net;
	struct trainer trainer;
	FILE *file = fopen(path, "r");
	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		int update, used;
		double wanted[N_NUMBERS];
		assert_int_equal(
		    sscanf(line, "%31s %511s %d%n", optimizer, settings, &update, &used), 3);
		char *rest = line + used;
		for (size_t k = 0; k < N_NUMBERS; k++)
			wanted[k] = strtod(rest, &rest);
		if (update == 1)
			start(&net, &trainer, optimizer, settings);
		note_forms(&trainer.optimizer, seen);
		check_update(&trainer, wanted);
		if (update == 3)
			end(&net, &trainer);
	}
	fclose(file);
	for (size_t id = 0; id < N_STAGES; id++)
		for (size_t form = 0; form < stage_registry[id]->n_forms; form++)
			assert_true(seen[id][form]);
}

/* The first update by hand. R2 = 0.01/2 (0.01 + 0.04 + 0.09 + 0.16 + 0.25 + 0.36 + 0.49 + 0.64)
 * = 0.005 * 2.04 = 0.0102; dR2/dw5 = 0.01 * 0.5 = 0.005. The biases are not penalised. */
static void test_by_hand(void **state)
{
	struct network net;
	struct trainer trainer;
	(void)state;
	start(&net, &trainer, "gd", "rate=0.6,l2=0.01");
	trainer_prepare(&trainer);
	const double *penalty = stages_numbers(&trainer.stages, 0),
		     *slope = stages_numbers(&trainer.stages, 2);
	assert_near(*penalty, 0.0102, 1e-15);
	assert_near(slope[W5], 0.005, 1e-15);
	assert_same_bits(slope[B2], 0.0);
	const double *grad = net.model->graph.grad;
	assert_same_bits(stages_gradient(&trainer.stages)[W5], grad[W5] + slope[W5]);
	assert_same_bits(stages_gradient(&trainer.stages)[B2], grad[B2]);
	assert_same_bits(trainer_next(&trainer)[W5], 0.5 - 0.6 * (grad[W5] + slope[W5]));
	end(&net, &trainer);
}

/* Half a wave of the cosine, where it can be known: 1, 1/2 + sqrt(2)/4, 1/2, 1/2 - sqrt(2)/4, 0. */
static void test_cosine(void **state)
{
	static const double wanted[] = {1.0, 0.75, 0.5, 0.25, 0.0, 0.0};
	struct network net;
	struct trainer trainer;
	(void)state;
	for (size_t k = 0; k < 6; k++) {
		start(&net, &trainer, "gd", "rate=1,schedule=cosine,schedule-updates=4");
		trainer.n_updates = k;
		trainer_prepare(&trainer);
		double rate = trainer.now.hypers[0];
		if (k == 1 || k == 3) /* cos(pi/4) = sqrt(1/2) */
			assert_near(rate, 0.5 + (k == 1 ? 0.5 : -0.5) * sqrt(0.5), 1e-15);
		else
			assert_near(rate, wanted[k], 1e-15);
		end(&net, &trainer);
	}
	/* against the C library, all along the wave */
	for (size_t k = 0; k <= 1000; k += 7) {
		start(&net, &trainer, "gd", "rate=2,schedule=cosine,schedule-updates=1000");
		trainer.n_updates = k;
		trainer_prepare(&trainer);
		assert_near(trainer.now.hypers[0], 1.0 + cos(acos(-1.0) * (double)k / 1000.0),
			    1e-15);
		end(&net, &trainer);
	}
}

/* The norm is cut to the limit; units that share a weight all keep to theirs. */
static void test_limits(void **state)
{
	struct network net;
	struct trainer trainer;
	(void)state;
	start(&net, &trainer, "gd", "rate=0.6,clip-norm=0.05");
	trainer_prepare(&trainer);
	double sum = 0.0;
	for (size_t k = 0; k < 10; k++)
		sum += stages_gradient(&trainer.stages)[order[k]] *
		       stages_gradient(&trainer.stages)[order[k]];
	assert_near(sqrt(sum), 0.05, 1e-15);
	end(&net, &trainer);
	for (uint64_t seed = 1; seed <= 100; seed++) {
		assert_int_equal(network_random(&net, seed), STATUS_OK);
		stages_init(&net.optimizer.stages);
		assert_int_equal(stages_set(&net.optimizer.stages, "max-norm", "0.5", NULL), 0);
		bool all = net.model->n_order == net.model->graph.n_params;
		assert_int_equal(
		    trainer_init(&trainer, net.model, &net.optimizer, &net.data, net.batch, NULL),
		    STATUS_OK);
		trainer_commit(&trainer);
		struct stage_unit unit = {0};
		while (all && stage_unit_next(net.model, &unit)) {
			double norm = 0.0;
			for (size_t q = 0; q < unit.range.count; q++) {
				size_t e = unit.range.first + q * unit.range.stride;
				size_t p = node_param(unit.weights, e);
				/* what serves as a bias or a scale elsewhere is left alone */
				norm += net.model->is_weight[p] ? trainer_theta(&trainer)[p] *
								      trainer_theta(&trainer)[p]
								: -(double)INFINITY;
			}
			assert_true(norm < 0.0 || sqrt(norm) <= 0.5 * (1.0 + 1e-15));
		}
		end(&net, &trainer);
	}
}

/* At 0 the slope of |w| is a convention, 0; the gradient check leaves the weight out, and finds a
 * penalty that is missing in the gradient. */
static void test_kink_and_check(void **state)
{
	struct network net;
	struct trainer trainer;
	struct gradcheck result;
	(void)state;
	start(&net, &trainer, "gd", "rate=0.6,l1=0.1,l2=0.3");
	net.model->graph.theta[W3] = 0.0;
	trainer_prepare(&trainer);
	assert_same_bits(stages_numbers(&trainer.stages, 2)[W3], 0.0);
	const struct stages *stages = &trainer.optimizer.stages;
	assert_int_equal(gradcheck_run(net.model, stages,
				       stages_penalised_gradient(&trainer.stages), &result, NULL,
				       NULL, NULL),
			 STATUS_OK);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	assert_int_equal(gradcheck_skipped(&result), 1);
	assert_int_equal(gradcheck_checked(&result), 9);
	assert_int_equal(
	    gradcheck_run(net.model, stages, net.model->graph.grad, &result, NULL, NULL, NULL),
	    STATUS_OK);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 7);
	end(&net, &trainer);
}

/* Where no stage is in force none has an array, and gradient and new values are the trainer's. */
static void test_nothing_in_force(void **state)
{
	struct network net;
	struct trainer trainer;
	(void)state;
	start(&net, &trainer, "gd", "rate=0.6");
	trainer_prepare(&trainer);
	assert_ptr_equal(stages_gradient(&trainer.stages), net.model->graph.grad);
	assert_ptr_equal(stages_proposed(&trainer.stages), trainer_next(&trainer));
	assert_null(trainer.stages.weights);
	for (size_t id = 0; id < N_STAGES; id++)
		for (size_t k = 0; k < STAGE_MAX_NUMBERS; k++)
			assert_null(trainer.stages.numbers[id][k]);
	end(&net, &trainer);
}

/* Stages come and go; the memory of the optimizer stays. */
static void test_keeps_the_memory(void **state)
{
	struct network net;
	struct trainer trainer;
	(void)state;
	start(&net, &trainer, "adam", "rate=0.1");
	trainer_commit(&trainer);
	double m = trainer_slot(&trainer, 0)[W5];
	struct optimizer optimizer = trainer.optimizer;
	assert_int_equal(stages_set(&optimizer.stages, "l2", "0.1", NULL), STATUS_OK);
	assert_int_equal(trainer_set_optimizer(&trainer, &optimizer, NULL), STATUS_OK);
	assert_int_equal(trainer.t, 1);
	assert_same_bits(trainer_slot(&trainer, 0)[W5], m);
	end(&net, &trainer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reference),        cmocka_unit_test(test_by_hand),
	    cmocka_unit_test(test_cosine),           cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_kink_and_check),   cmocka_unit_test(test_nothing_in_force),
	    cmocka_unit_test(test_keeps_the_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
