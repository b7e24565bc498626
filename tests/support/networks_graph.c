/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks_graph.c -- computational graphs out of a seed.
 *
 * Nodes are taken from a pool: views of the inputs, constants, parameters (numbers, vectors, a
 * matrix), and the gates so far. A gate that refuses its arguments is left out. Arguments that are
 * gates pass through tanh first, so that no number grows out of hand, and what must be positive
 * through exp after it. */
#include "networks_private.h"
#include "witness.h"

enum { N_INPUTS = 3, N_GATES = 6, MAX_POOL = 128, N_TRIES = 100 };

struct maker {
	struct random random;
	struct network *net;
	struct node *pool[MAX_POOL];
	size_t n_pool;
	size_t n_made; /* gates, for their names */
	bool failed;
};

static void add(struct maker *m, struct node *node)
{
	if (!node || m->n_pool == MAX_POOL)
		m->failed = true;
	else
		m->pool[m->n_pool++] = node;
}

static void add_param(struct maker *m, size_t rows, size_t cols, const char *prefix)
{
	struct model *model = m->net->model;
	struct node *node = graph_add_param(&model->graph, rows, cols, NULL);
	if (node) {
		node->layer = 1;
		node->prefix = arena_printf(model->arena, "%s%zu_", prefix, m->n_pool);
	}
	add(m, node);
}

static void add_leaves(struct maker *m)
{
	struct model *model = m->net->model;
	add(m, graph_add_view(&model->graph, model->input, 0, 1));
	add(m, graph_add_view(&model->graph, model->input, 1, 2));
	for (size_t k = 0; !m->failed && k < m->n_pool; k++)
		m->pool[k]->prefix = k ? "v" : "x";
	add(m, graph_add_constant(&model->graph, 1.5));
	add_param(m, 1, 1, "a");
	add_param(m, 1, 1, "b");
	add_param(m, 2, 1, "c");
	add_param(m, 2, 2, "W");
}

/* The gate, or NULL where it does not fit. */
static struct node *make(struct maker *m, const struct op *op, struct node *const inputs[])
{
	struct model *model = m->net->model;
	struct node *node = NULL;
	if (graph_add_op(&model->graph, op, NULL, inputs, &node, NULL))
		return NULL;
	node->layer = 1;
	node->prefix = arena_printf(model->arena, "g%zu_", ++m->n_made);
	model->output = node;
	if (!node->prefix)
		m->failed = true;
	return node;
}

/* An argument for slot of op, tamed; what is not of the graph's own gates reads data only. */
static struct node *choose(struct maker *m, const struct op *op, size_t slot)
{
	struct node *in = m->pool[random_below(&m->random, m->n_pool)];
	bool is_positive = op->slots[slot].least < op->slots[slot].most;
	bool is_plain = op->family == OP_ARITHMETIC && op != &op_exp && !is_positive;
	if (in->kind == NODE_PARAM && in->cols > 1)
		return in;
	if (!is_plain && in->kind == NODE_PARAM)
		in = make(m, &op_spread, &in);
	if (in && (!is_plain || in->op))
		in = make(m, &op_tanh, &in);
	return in && is_positive ? make(m, &op_exp, &in) : in;
}

static void add_gate(struct maker *m, const struct op *op)
{
	struct node *inputs[OP_MAX_SLOTS] = {NULL};
	for (size_t slot = 0; slot < op->n_slots; slot++) {
		/* now and then the same input twice */
		bool has_domain = op->slots[slot].least < op->slots[slot].most;
		bool again = slot > 0 && !has_domain && one_in(&m->random, 4);
		inputs[slot] = again ? inputs[0] : choose(m, op, slot);
		bool reads_data = op->family != OP_ARITHMETIC;
		if (!inputs[slot] || (reads_data && inputs[slot]->kind == NODE_PARAM))
			return;
	}
	struct node *node = make(m, op, inputs);
	if (node)
		add(m, node);
}

static bool has_gate(const struct maker *m)
{
	return m->net->model->output->op != NULL;
}

static bool has_op(const struct maker *m, const struct op *op)
{
	for (size_t k = 0; k < m->n_pool; k++)
		if (m->pool[k]->op == op)
			return true;
	return false;
}

/* The last gate under a loss, or as a single number that is derived. */
static enum status finish(struct maker *m)
{
	struct model *model = m->net->model;
	bool has_loss = model->output->rows == m->net->data.n_targets;
	model->n_layers = 1;
	if (has_loss && one_in(&m->random, 2)) {
		bool is_huber = one_in(&m->random, 2) || m->net->data.n_targets == 1;
		return network_end(m->net, is_huber ? "huber" : "hinge", REDUCE_MEAN, "gd");
	}
	if (model->output->rows > 1 && !make(m, &op_norm2, &model->output))
		return STATUS_NO_MEMORY;
	enum status status = model_use_output(model, REDUCE_MEAN, NULL);
	return status ? status : model_finish(model, NULL);
}

static void fill(struct maker *m)
{
	struct network *net = m->net;
	for (size_t k = 0; k < net->data.n_rows * net->data.n_inputs; k++)
		net->x[k] = one_in(&m->random, 8) ? 0.0 : 2.0 * random_uniform(&m->random) - 1.0;
	for (size_t k = 0; k < net->data.n_rows * net->data.n_targets; k++)
		net->t[k] = random_uniform(&m->random);
	network_fit_targets(net);
	for (size_t p = 0; p < net->model->graph.n_params; p++)
		net->model->graph.theta[p] =
		    one_in(&m->random, 8) ? 0.0 : 2.0 * random_uniform(&m->random) - 1.0;
}

enum status network_random_graph_with(struct network *net, uint64_t seed, const struct op *wanted)
{
	struct maker m = {.net = net};
	random_seed(&m.random, seed);
	size_t n_rows = 1 + random_below(&m.random, 3), batch = 1 + random_below(&m.random, n_rows);
	enum status status =
	    network_begin(net, N_INPUTS, 1 + random_below(&m.random, 2), n_rows, batch);
	if (status)
		return status;
	add_leaves(&m);
	size_t n_gates = 1 + random_below(&m.random, N_GATES);
	/* what fits nothing may need a longer vector */
	for (size_t k = 0; wanted && !m.failed && !has_op(&m, wanted) && k < N_TRIES; k++)
		add_gate(&m, k % 2 ? &op_concat : wanted);
	for (size_t k = 0; !m.failed && (k < n_gates || !has_gate(&m)) && k < N_TRIES; k++)
		add_gate(&m, random_gate(&m.random));
	status = m.failed ? STATUS_NO_MEMORY : finish(&m);
	if (status) {
		network_free(net);
		return status;
	}
	fill(&m);
	network_random_optimizer(&m.random, net);
	net->maker = "network_random_graph";
	net->seed = seed;
	witness_see(net);
	return STATUS_OK;
}

enum status network_random_graph(struct network *net, uint64_t seed)
{
	return network_random_graph_with(net, seed, NULL);
}
