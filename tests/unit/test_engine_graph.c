/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_graph.c -- the two passes on numbers that are exact in binary, worked out by hand. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <string.h>

#include "backstep/engine/graph.h"

/* Two inputs, two units, two examples: x [2][2], W [2][2], b [2]. */
struct affine {
	struct arena *arena;
	struct graph graph;
	struct node *x, *w, *b, *y;
};

static void build_affine(struct affine *a, size_t n_biases)
{
	static const double x[] = {1.0, -2.0, 0.5, 4.0}, w[] = {0.5, -1.0, 2.0, 0.25};
	a->arena = arena_new();
	graph_init(&a->graph, a->arena, 2);
	a->x = graph_add_data(&a->graph, NODE_INPUT, 2);
	a->w = graph_add_param(&a->graph, 2, 2, NULL);
	a->b = graph_add_param(&a->graph, n_biases, 1, NULL);
	struct node *inputs[] = {a->x, a->w, a->b};
	assert_int_equal(graph_add_op(&a->graph, &op_affine, NULL, inputs, &a->y, NULL), STATUS_OK);
	assert_int_equal(graph_allocate(&a->graph, NULL), STATUS_OK);
	memcpy(a->x->value, x, sizeof x);
	memcpy(a->w->value, w, sizeof w);
	a->b->value[0] = 0.125;
	if (n_biases == 2)
		a->b->value[1] = -3.0;
}

static void assert_values(const double *got, size_t n, const double *wanted)
{
	for (size_t k = 0; k < n; k++)
		assert_same_bits(got[k], wanted[k]);
}

/* y1 = .5 x1 - x2 + .125, y2 = 2 x1 + .25 x2 - 3, of (1, .5) and (-2, 4); the gradient of the sum
 * of all four: dx = column sums of W, dW = row sums of x in each row, db = 2 each. */
static void test_affine(void **state)
{
	(void)state;
	struct affine a;
	build_affine(&a, 2);
	graph_forward(&a.graph);
	assert_values(a.y->value, 4, (double[]){0.125, -4.875, -0.875, -6.0});
	graph_backward(&a.graph, a.y, 1.0, GRAPH_ALL);
	assert_values(a.x->grad, 4, (double[]){2.5, 2.5, -0.75, -0.75});
	assert_values(a.graph.grad, 6, (double[]){-1.0, 4.5, -1.0, 4.5, 2.0, 2.0});
	arena_free(a.arena);
}

/* A bias that both units share learns from both. */
static void test_shared_bias(void **state)
{
	(void)state;
	struct affine a;
	build_affine(&a, 1);
	graph_forward(&a.graph);
	assert_values(a.y->value, 4, (double[]){0.125, -4.875, 2.25, -2.875});
	graph_backward(&a.graph, a.y, 1.0, GRAPH_ALL);
	assert_int_equal(a.graph.n_params, 5);
	assert_same_bits(a.graph.grad[4], 4.0);
	arena_free(a.arena);
}

/* Fewer examples than there is room for: the second column is not there. */
static void test_smaller_batch(void **state)
{
	(void)state;
	struct affine a;
	build_affine(&a, 2);
	graph_forward(&a.graph);
	graph_set_examples(&a.graph, 1);
	a.x->value[1] = a.x->value[3] = 1e9;
	graph_forward(&a.graph);
	assert_same_bits(a.y->value[1], -4.875); /* what was there before */
	graph_backward(&a.graph, a.y, 1.0, GRAPH_ALL);
	assert_values(a.graph.grad, 6, (double[]){1.0, 0.5, 1.0, 0.5, 1.0, 1.0});
	arena_free(a.arena);
}

/* y = W V x where W = [[p1, p1], [p0, p2]] borrows from V = [[p0, p1], [p2, p3]]. With x = (1.5,
 * -1): h = (2.75, 5.75), dW = [h, h], dh = (-1.5, 2), dV = dh x; each parameter gets the sum. */
static void test_shared_parameters(void **state)
{
	(void)state;
	static const size_t ids[] = {1, 1, 0, 2};
	static const double theta[] = {0.5, -2.0, 4.0, 0.25};
	struct arena *arena = arena_new();
	struct graph graph;
	graph_init(&graph, arena, 1);
	struct node *x = graph_add_data(&graph, NODE_INPUT, 2);
	struct node *v = graph_add_param(&graph, 2, 2, NULL), *h;
	struct node *w = graph_add_param(&graph, 2, 2, ids), *y;
	struct node *first[] = {x, v};
	assert_int_equal(graph_add_op(&graph, &op_product, NULL, first, &h, NULL), STATUS_OK);
	struct node *second[] = {h, w};
	assert_int_equal(graph_add_op(&graph, &op_product, NULL, second, &y, NULL), STATUS_OK);
	assert_int_equal(graph_allocate(&graph, NULL), STATUS_OK);
	assert_int_equal(graph.n_params, 4);
	memcpy(graph.theta, theta, sizeof theta);
	x->value[0] = 1.5;
	x->value[1] = -1.0;
	graph_forward(&graph);
	assert_values(y->value, 2, (double[]){-17.0, 24.375});
	graph_backward(&graph, y, 1.0, GRAPH_ALL);
	assert_values(graph.grad, 4, (double[]){-2.25 + 2.75, 1.5 + 2.75 + 5.75, 3.0 + 5.75, -2.0});
	graph_backward(&graph, y, 1.0, GRAPH_ALL); /* begins at 0 again */
	assert_values(graph.grad, 4, (double[]){0.5, 10.0, 8.75, -2.0});
	arena_free(arena);
}

/* One op on one input of one row and five examples. */
static void assert_op(const struct op *op, const double x[5], const double y[5],
		      const double slope[5])
{
	struct arena *arena = arena_new();
	struct graph graph;
	struct node *in, *out;
	graph_init(&graph, arena, 5);
	in = graph_add_data(&graph, NODE_INPUT, 1);
	assert_int_equal(graph_add_op(&graph, op, NULL, &in, &out, NULL), STATUS_OK);
	assert_int_equal(graph_allocate(&graph, NULL), STATUS_OK);
	memcpy(in->value, x, 5 * sizeof *x);
	graph_forward(&graph);
	assert_values(out->value, 5, y);
	graph_backward(&graph, out, 1.0, GRAPH_ALL);
	assert_values(in->grad, 5, slope);
	arena_free(arena);
}

static void test_activations(void **state)
{
	(void)state;
	static const double x[] = {-2.5, -0.0, 0.0, 0.5, 3.0};
	static const double zeros[5] = {0}, ones[] = {1, 1, 1, 1, 1};
	assert_op(&op_identity, x, x, ones);
	assert_op(&op_relu, x, (double[]){0, -0.0, 0, 0.5, 3}, (double[]){0, 0, 0, 1, 1});
	assert_op(&op_step, x, (double[]){0, 0, 0, 1, 1}, zeros);
	/* far out the sigmoid is exactly 0 or 1, never a NaN */
	assert_op(&op_sigmoid, (double[]){0, -800, 800, -INFINITY, INFINITY},
		  (double[]){0.5, 0, 1, 0, 1}, (double[]){0.25, 0, 0, 0, 0});
}

/* A loss of two outputs in two examples, and its reduction. */
static void assert_loss(const struct op *term, const struct op *total, const double terms[4],
			const double totals[2], const double grad[4])
{
	static const double p[] = {0.5, 2.0, -1.0, 0.0}, t[] = {1.0, 2.0, 1.0, -3.0};
	struct arena *arena = arena_new();
	struct graph graph;
	struct node *inputs[2], *loss, *sum;
	graph_init(&graph, arena, 2);
	inputs[0] = graph_add_data(&graph, NODE_INPUT, 2);
	inputs[1] = graph_add_data(&graph, NODE_TARGET, 2);
	assert_int_equal(graph_add_op(&graph, term, NULL, inputs, &loss, NULL), STATUS_OK);
	assert_int_equal(graph_add_op(&graph, total, NULL, &loss, &sum, NULL), STATUS_OK);
	assert_int_equal(graph_allocate(&graph, NULL), STATUS_OK);
	memcpy(inputs[0]->value, p, sizeof p);
	memcpy(inputs[1]->value, t, sizeof t);
	graph_forward(&graph);
	assert_values(loss->value, 4, terms);
	assert_values(sum->value, 2, totals);
	graph_backward(&graph, sum, 1.0, GRAPH_ALL);
	assert_values(inputs[0]->grad, 4, grad);
	arena_free(arena);
}

static void test_losses(void **state)
{
	(void)state;
	/* p - t is (-.5, 0) and (-2, 3) */
	assert_loss(&op_half_squared_error, &op_sum, (double[]){0.125, 0, 2, 4.5},
		    (double[]){2.125, 4.5}, (double[]){-0.5, 0, -2, 3});
	assert_loss(&op_squared_error, &op_mean, (double[]){0.25, 0, 4, 9}, (double[]){2.125, 4.5},
		    (double[]){-0.5, 0, -2, 3});
	assert_loss(&op_error, &op_sum, (double[]){0.5, 0, 2, -3}, (double[]){2.5, -3},
		    (double[]){-1, -1, -1, -1});
}

static void assert_refused(const struct op *op, struct node *const inputs[], struct graph *graph,
			   const char *message)
{
	struct error err = {0};
	struct node *node = NULL;
	size_t n_nodes = graph->n_nodes;
	assert_int_equal(graph_add_op(graph, op, NULL, inputs, &node, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, message);
	assert_null(node);
	assert_int_equal(graph->n_nodes, n_nodes);
}

static void test_shapes_that_do_not_fit(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct graph graph;
	graph_init(&graph, arena, 4);
	struct node *x = graph_add_data(&graph, NODE_INPUT, 3);
	struct node *t = graph_add_data(&graph, NODE_TARGET, 2);
	struct node *w = graph_add_param(&graph, 2, 3, NULL);
	struct node *narrow = graph_add_param(&graph, 2, 2, NULL);
	struct node *b = graph_add_param(&graph, 3, 1, NULL);
	assert_refused(&op_product, (struct node *[]){x, narrow}, &graph,
		       "a weight matrix with 2 columns cannot take 3 inputs");
	assert_refused(&op_affine, (struct node *[]){x, narrow, b}, &graph,
		       "a weight matrix with 2 columns cannot take 3 inputs");
	assert_refused(&op_affine, (struct node *[]){x, w, b}, &graph,
		       "3 biases do not fit 2 units");
	assert_refused(&op_bias, (struct node *[]){t, b}, &graph, "3 biases do not fit 2 units");
	assert_refused(&op_error, (struct node *[]){x, t}, &graph,
		       "error: 3 and 2 elements do not fit together");
	arena_free(arena);
}

static void test_names(void **state)
{
	(void)state;
	static const struct label labels[] = {{.name = "u", .symbol = "û"}, {.name = "v"}};
	struct affine a;
	char buf[LABEL_TEXT];
	build_affine(&a, 2);
	a.y->prefix = "h";
	a.w->prefix = "W";
	assert_string_equal(node_name(a.y, 3, buf), "h2"); /* row 1, example 1 */
	assert_string_equal(node_name(a.w, 2, buf), "W[2,1]");
	assert_null(node_symbol(a.y, 0));
	a.y->labels = labels;
	assert_string_equal(node_name(a.y, 1, buf), "u");
	assert_string_equal(node_name(a.y, 2, buf), "v");
	assert_string_equal(node_symbol(a.y, 1), "û");
	assert_null(node_symbol(a.y, 2));
	arena_free(a.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_affine),
	    cmocka_unit_test(test_shared_bias),
	    cmocka_unit_test(test_smaller_batch),
	    cmocka_unit_test(test_shared_parameters),
	    cmocka_unit_test(test_activations),
	    cmocka_unit_test(test_losses),
	    cmocka_unit_test(test_shapes_that_do_not_fit),
	    cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
