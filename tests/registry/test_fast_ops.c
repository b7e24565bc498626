/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_fast_ops.c -- for every op that src/engine/fast/ has functions for: they give, in every
 * variant of the kernels, the bits that its page gives, whether they add to gradients or set them,
 * and leave alone what is not asked for. And so do the loops of the optimizers. */
#include <string.h>

#include "../../src/engine/fast/kernels.h"
#include "../../src/engine/fast/plan.h"
#include "../../src/engine/passes.h"
#include "backstep/base/real.h"
#include "check.h"
#include "support/trial.h"

enum { ROOM = 64 };
#define BEFORE 777.0 /* where nothing may be written, or everything has to be */

/* A NaN's bits are not promised, that it is one is. */
static void assert_same_number(double got, double wanted)
{
	if (isnan(wanted))
		assert_true(isnan(got));
	else
		assert_same_bits(got, wanted);
}

static void fill(const struct node *node, double *numbers, double value)
{
	for (size_t e = 0; e < node->rows * node->stride; e++)
		numbers[e] = value;
}

static void check_numbers(const struct node *node, const double *got, const double *wanted)
{
	for (size_t e = 0; e < node->rows * node->stride; e++)
		assert_same_number(got[e], node_holds(node, e) ? wanted[e] : BEFORE);
}

static void check_forward(const struct fast_step *step)
{
	double wanted[ROOM];
	struct node *node = step->node;
	node->op->forward(node);
	assert_true(node->rows * node->stride <= ROOM);
	memcpy(wanted, node->value, node->rows * node->stride * sizeof *wanted);
	fill(node, node->value, BEFORE);
	step->row->forward(step);
	check_numbers(node, node->value, wanted);
}

/* Backward with every input's gradient treated alike. Gradients start as start; where they are set,
 * the page's start as -0.0. */
static void check_backward(struct fast_step *step, enum fast_grad grad, double start)
{
	double wanted[OP_MAX_SLOTS][ROOM];
	struct node *node = step->node;
	for (size_t slot = 0; slot < node->op->n_slots; slot++)
		fill(node->inputs[slot], node->inputs[slot]->grad, start);
	node->op->backward(node);
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *in = node->inputs[slot];
		assert_true(in->rows * in->stride <= ROOM);
		memcpy(wanted[slot], in->grad, in->rows * in->stride * sizeof(double));
		fill(in, in->grad, BEFORE);
		for (size_t e = 0; grad == FAST_ADD && e < in->rows * in->stride; e++)
			if (node_holds(in, e))
				in->grad[e] = start;
		step->grads[slot] = grad;
	}
	step->row->backward(step);
	for (size_t slot = 0; slot < node->op->n_slots; slot++)
		check_numbers(node->inputs[slot], node->inputs[slot]->grad, wanted[slot]);
}

/* Parameters are always asked for. */
static void check_skip(struct fast_step *step)
{
	struct node *node = step->node;
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		bool is_param = node->inputs[slot]->kind == NODE_PARAM;
		step->grads[slot] = is_param ? FAST_SET : FAST_SKIP;
		fill(node->inputs[slot], node->inputs[slot]->grad, BEFORE);
	}
	step->row->backward(step);
	for (size_t slot = 0; slot < node->op->n_slots; slot++) {
		const struct node *in = node->inputs[slot];
		for (size_t e = 0; step->grads[slot] == FAST_SKIP && e < in->rows * in->stride; e++)
			assert_same_bits(in->grad[e], BEFORE);
	}
}

static void check_step(struct node *node)
{
	struct fast_step step = {.node = node, .row = fast_find(node->op)};
	if (!step.row)
		return;
	assert_ptr_equal(step.row->op, node->op);
	check_forward(&step);
	check_backward(&step, FAST_SET, -0.0);
	check_backward(&step, FAST_ADD, 0.25);
	check_skip(&step);
}

static void check_trial(struct trial *trial)
{
	for (const struct kernels *const *k = kernels_all(); *k; k++) {
		kernels_use((*k)->name);
		check_step(trial->node);
	}
	kernels_use(NULL);
}

static void test_every_op(void **state)
{
	(void)state;
	for (const struct op *const *op = op_registry; *op; op++)
		for (uint64_t seed = 17; seed < 20; seed++)
			assert_true(trial_each(*op, seed, check_trial) > 0);
}

/* Numbers of all magnitudes, and some that are none. */
static double any_number(struct random *r)
{
	if (random_below(r, 4) == 0)
		return real_from_bits(random_next(r));
	return (2.0 * random_uniform(r) - 1.0) * (random_below(r, 2) ? 1000.0 : 1.0);
}

/* An elementwise op alone on n examples: as long as vectors are, and longer. */
static void check_length(const struct op *op, size_t n)
{
	struct graph graph;
	struct random r;
	struct node *inputs[OP_MAX_SLOTS], *node;
	struct arena *arena = arena_new();
	random_seed(&r, n);
	graph_init(&graph, arena, n);
	for (size_t slot = 0; slot < op->n_slots; slot++)
		inputs[slot] = graph_add_data(&graph, NODE_INPUT, 1);
	assert_int_equal(graph_add_op(&graph, op, NULL, inputs, &node, NULL), STATUS_OK);
	assert_int_equal(graph_allocate(&graph, NULL), STATUS_OK);
	for (const struct kernels *const *k = kernels_all(); *k; k++) {
		kernels_use((*k)->name);
		for (size_t e = 0; e < n; e++) {
			node->grad[e] = any_number(&r);
			for (size_t slot = 0; slot < op->n_slots; slot++)
				inputs[slot]->value[e] = any_number(&r);
		}
		check_step(node);
	}
	kernels_use(NULL);
	arena_free(arena);
}

static void test_every_length(void **state)
{
	(void)state;
	size_t n_ops = 0;
	for (const struct op *const *op = op_registry; *op; op++) {
		bool is_elementwise = (*op)->value || (*op)->value2;
		for (size_t n = 1; is_elementwise && fast_find(*op) && n < 48; n++)
			check_length(*op, n);
		n_ops += is_elementwise && fast_find(*op);
	}
	assert_true(n_ops >= 15);
}

/* A checked update computes what the optimizer's own does, and finds a parameter that is not finite
 * wherever it stands, among few and among many. */
static void check_checked(const struct optimizer *optimizer, size_t n, size_t at)
{
	enum { N = 40 };
	static const double bad[] = {HUGE_VAL, -HUGE_VAL, (double)NAN};
	double theta[N], plain[N], signal[N];
	struct update checked = {.theta = theta, .signal = signal, .t = 1, .hi = n}, own = checked;
	own.theta = plain;
	for (size_t p = 0; p < n; p++)
		theta[p] = plain[p] = signal[p] = p == at ? bad[at % 3] : 0.125 * (double)p;
	theta[at < n ? at : 0] = plain[at < n ? at : 0] = 1.0;
	optimizer->class->update(optimizer, &own);
	assert_int_equal(fast_find_checked_update(optimizer)(optimizer, &checked), at == n);
	for (size_t p = 0; p < n; p++)
		assert_same_number(theta[p], plain[p]);
}

/* The arrays of an update on N parameters. */
enum { N_PARAMS = 40 };
struct arrays {
	double theta[N_PARAMS], signal[N_PARAMS], slots[OPTIMIZER_MAX_SLOTS][N_PARAMS];
};

static void fill_arrays(struct random *r, struct arrays *arrays)
{
	for (size_t p = 0; p < N_PARAMS; p++) {
		arrays->theta[p] = any_number(r);
		arrays->signal[p] = random_below(r, 8) ? any_number(r) : 0.0;
		for (size_t s = 0; s < OPTIMIZER_MAX_SLOTS; s++)
			arrays->slots[s][p] = fabs(any_number(r));
	}
}

static struct update update_of(const struct optimizer_form *form, struct arrays *arrays, bool shows,
			       uint64_t t)
{
	struct update u = {.theta = arrays->theta, .signal = arrays->signal, .t = t};
	for (size_t s = 0; s < form->n_slots; s++)
		u.slots[s] = form->slots[s].kept || shows ? arrays->slots[s] : NULL;
	u.lo = t % 3;
	u.hi = N_PARAMS - t % 5;
	return u;
}

/* The loops of every variant give the bits of the page's own, whether slots that are not kept are
 * looked at or not, and leave other parameters alone. */
static void check_update(const struct optimizer *optimizer, fast_update *update, uint64_t t)
{
	struct random r;
	struct arrays own, quick;
	const struct optimizer_form *form = optimizer_form(optimizer);
	random_seed(&r, t);
	fill_arrays(&r, &own);
	quick = own;
	struct update of_own = update_of(form, &own, true, t);
	struct update of_quick = update_of(form, &quick, t % 2, t);
	optimizer->class->update(optimizer, &of_own);
	update(optimizer, &of_quick);
	for (size_t p = 0; p < N_PARAMS; p++) {
		assert_same_number(quick.theta[p], own.theta[p]);
		for (size_t s = 0; s < form->n_slots; s++)
			if (of_quick.slots[s])
				assert_same_number(quick.slots[s][p], own.slots[s][p]);
	}
}

/* Calls visit for every form of every optimizer. */
static void each_form(void (*visit)(const struct optimizer *optimizer))
{
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++)
		for (size_t form = 0; form < (*class)->n_forms; form++) {
			struct optimizer optimizer;
			optimizer_init(&optimizer, *class);
			optimizer.form = form;
			visit(&optimizer);
		}
}

static void check_updates(const struct optimizer *optimizer)
{
	for (const struct kernels *const *k = kernels_all(); *k; k++) {
		kernels_use((*k)->name);
		for (uint64_t t = 1; t <= 20; t++)
			check_update(optimizer, fast_find_update(optimizer), t);
	}
	kernels_use(NULL);
}

static void test_updates(void **state)
{
	(void)state;
	each_form(check_updates);
}

static size_t n_checked;

static void check_if_checked(const struct optimizer *optimizer)
{
	if (!fast_find_checked_update(optimizer))
		return;
	n_checked++;
	for (size_t n = 1; n <= 40; n++)
		for (size_t at = 0; at <= n; at++)
			check_checked(optimizer, n, at);
}

static void test_checked_updates(void **state)
{
	(void)state;
	each_form(check_if_checked);
	assert_true(n_checked > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_op),
	    cmocka_unit_test(test_every_length),
	    cmocka_unit_test(test_updates),
	    cmocka_unit_test(test_checked_updates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
