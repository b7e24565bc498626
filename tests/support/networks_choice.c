/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks_choice.c -- what random networks are made of.
 *
 * The lists are the tests' own, not the registries: a seed gives the same network whatever rows the
 * program gets. What is not listed here gets networks of its own, which network_random_with and
 * network_random_stage make for any row; tests/unit/test_trace_random.c walks through them. */
#include <string.h>

#include "networks_private.h"

static const struct op *const activations[] = {
    NULL,           &op_identity, &op_step,     &op_sign, &op_sigmoid, &op_tanh,    &op_relu,
    &op_leaky_relu, &op_elu,      &op_softplus, &op_silu, &op_gelu,    &op_softmax, &op_maxout,
};

static const struct op *const gates[] = {
    &op_sum,    &op_mean,   &op_add,    &op_subtract, &op_multiply, &op_divide,
    &op_negate, &op_square, &op_power,  &op_power_of, &op_sqrt,     &op_exp,
    &op_log,    &op_max,    &op_matmul, &op_norm2,    &op_concat,   &op_spread,
};

static const char *const losses[] = {
    "half-squared-error",
    "mean-squared-error",
    "absolute-error",
    "huber",
    "binary-cross-entropy",
    "binary-cross-entropy-logits",
    "cross-entropy",
    "softmax-cross-entropy",
    "hinge",
    "error",
};

/* A row with so many forms, from its first on. */
struct forms {
	const char *name;
	size_t n;
};

/* Those that learn from the gradient. */
static const struct forms optimizers[] = {
    {"gd", 1},   {"momentum", 2}, {"nesterov", 2}, {"adagrad", 2}, {"adadelta", 2}, {"rmsprop", 3},
    {"adam", 3}, {"adamw", 1},    {"adamax", 2},   {"nadam", 1},   {"amsgrad", 2},  {"rprop", 1},
};

static const struct forms stages[] = {
    {"schedule", 3},   {"warmup", 1},    {"l1", 2},           {"l2", 2},
    {"clip-value", 1}, {"clip-norm", 2}, {"weight-decay", 1}, {"max-norm", 1},
};

enum {
	N_ACTIVATIONS = sizeof activations / sizeof *activations,
	N_GATES = sizeof gates / sizeof *gates,
	N_LOSSES = sizeof losses / sizeof *losses,
	N_OPTIMIZERS = sizeof optimizers / sizeof *optimizers,
	N_LISTED_STAGES = sizeof stages / sizeof *stages,
};

const struct op *random_activation(struct random *r)
{
	return activations[random_below(r, N_ACTIVATIONS)];
}

const struct op *random_gate(struct random *r)
{
	return gates[random_below(r, N_GATES)];
}

const struct loss_class *random_loss(struct random *r)
{
	return loss_find(losses[random_below(r, N_LOSSES)]);
}

static enum stage_id find_stage(const char *name)
{
	enum stage_id id = 0;
	while (strcmp(stage_registry[id]->name, name) != 0)
		id++;
	return id;
}

/* In force, with a form and with numbers that matter. */
static void draw_stage(struct random *r, size_t n_forms, const struct stage_class *class,
		       struct stage_settings *stage)
{
	stage->form = (uint32_t)random_below(r, n_forms);
	for (size_t k = 0; k < class->n_hypers; k++) {
		double lo = class->hypers[k].min, hi = class->hypers[k].max;
		stage->hypers[k] = random_between(r, lo, hi < lo + 1.0 ? hi : lo + 1.0);
	}
}

/* About half of the networks have stages in force. */
static void random_stages(struct random *r, struct optimizer *optimizer)
{
	if (one_in(r, 2))
		return;
	for (size_t k = 0; k < N_LISTED_STAGES; k++) {
		enum stage_id id = find_stage(stages[k].name);
		struct stage_settings *stage = &optimizer->stages.rows[id];
		stage->in_force = one_in(r, 3);
		draw_stage(r, stages[k].n, stage_registry[id], stage);
	}
}

void network_fit_targets(struct network *net)
{
	const struct loss_class *loss = net->model->loss_class;
	size_t n = net->data.n_targets;
	for (size_t row = 0; loss && n > 1 && row < net->data.n_rows; row++) {
		double *t = net->t + row * n, sum = 0.0;
		size_t most = 0;
		for (size_t k = 0; k < n; k++) {
			sum += t[k];
			most = t[k] > t[most] ? k : most;
		}
		for (size_t k = 0; k < n; k++)
			t[k] = loss->targets == TARGETS_ONE     ? k == most
			       : loss->targets == TARGETS_PARTS ? t[k] / sum
								: t[k];
	}
}

void network_random_optimizer(struct random *r, struct network *net)
{
	const struct forms *choice = &optimizers[random_below(r, N_OPTIMIZERS)];
	optimizer_init(&net->optimizer, optimizer_find(choice->name));
	net->optimizer.form = random_below(r, choice->n);
	optimizer_set(&net->optimizer, "rate", random_between(r, 0.01, 0.3), NULL);
	random_stages(r, &net->optimizer);
	if (stage_n_units(net->model) == 0) /* nothing that it could limit: refused */
		net->optimizer.stages.rows[find_stage("max-norm")].in_force = false;
}

enum status network_random_stage(struct network *net, uint64_t seed, enum stage_id id)
{
	struct random r;
	enum status status = network_random(net, seed);
	if (status)
		return status;
	random_seed(&r, seed);
	const struct stage_class *class = stage_registry[id];
	net->optimizer.stages.rows[id].in_force = true;
	draw_stage(&r, class->n_forms, class, &net->optimizer.stages.rows[id]);
	return STATUS_OK;
}
