/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_graph.c -- expressions of a lesson become gates: which ones, what they are called,
 * and what gradients come out, worked out by hand. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <string.h>

#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"
#include "backstep/engine/gradcheck.h"
#include "backstep/build/lesson_build.h"

/* A lesson with its passes computed. */
struct built {
	struct lesson *lesson;
	struct lesson_model model;
};

/* Reads and builds a lesson whose graph, loss and data are given. */
static enum status build(struct built *built, const char *keys, struct error_list *errors)
{
	static const size_t rows[] = {0, 1, 2};
	struct strbuf text = {0};
	strbuf_addf(
	    &text,
	    "format: 1\nid: g\ntitle: {es: \"g\", en: \"g\"}\ntext: {es: \"g\", en: \"g\"}\n"
	    "%s\ntraining: {optimizer: gd, rate: 0.1}\n...\n",
	    keys);
	*built = (struct built){0};
	enum status status =
	    lesson_read_text("g", strbuf_str(&text), text.len, &built->lesson, errors);
	strbuf_free(&text);
	if (!status)
		status = lesson_build(built->lesson, &built->model, errors);
	if (status)
		return status;
	struct model *model = built->model.model;
	model_load(model, built->model.data.x, built->model.data.t, rows, built->model.batch);
	model_forward(model);
	model_backward(model, GRAPH_ALL);
	return STATUS_OK;
}

static void built_free(struct built *built)
{
	if (built->model.model)
		lesson_model_free(&built->model);
	lesson_free(built->lesson);
}

static void open_graph(struct built *built, const char *keys)
{
	struct error_list errors = {0};
	enum status status = build(built, keys, &errors);
	for (size_t k = 0; k < errors.n_items; k++)
		print_error("%zu:%zu: %s\n", errors.items[k].line, errors.items[k].column,
			    errors.items[k].message);
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
}

static double gradient(const struct built *built, const char *param)
{
	size_t p;
	assert_true(model_find_param(built->model.model, param, &p));
	return built->model.model->graph.grad[p];
}

/* The gates in order, as "u1=negate u2=exp f=divide". */
static void assert_gates(const struct built *built, const char *wanted)
{
	struct strbuf got = {0};
	const struct graph *graph = &built->model.model->graph;
	char name[LABEL_TEXT];
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		if (node->op)
			strbuf_addf(&got, "%s%s=%s", got.len ? " " : "", node_name(node, 0, name),
				    node->op->name);
	}
	assert_string_equal(strbuf_str(&got), wanted);
	strbuf_free(&got);
}

static void check_differences(const struct built *built)
{
	struct model *model = built->model.model;
	struct gradcheck result;
	assert_int_equal(gradcheck_run(model, NULL, model->graph.grad, &result, NULL, NULL, NULL),
			 STATUS_OK);
	assert_int_equal(result.n_of[GRADCHECK_DIFFERS], 0);
	assert_int_equal(gradcheck_checked(&result), model->n_order);
}

/* Every operation is a gate; inner ones come first and have made names, which keep clear of given
 * ones. */
static void test_operations(void **state)
{
	static const struct {
		const char *expression, *gates;
		double value, slope; /* at w = 2, and of w */
	} rows[] = {
	    {"1/(1 + exp(-w))", "u1=negate u2=exp u3=add f=divide", 1 / (1 + 0.13533528323661270),
	     0.10499358540350652},
	    {"w*w*w", "u1=multiply f=multiply", 8, 12},
	    {"w^2 + w^3", "u1=square u2=power f=add", 12, 16},
	    {"2^w", "f=power-of", 4, 4 * 0.69314718055994531},
	    {"w^w", "f=power-of", 4, 4 * (1 + 0.69314718055994531)},
	    {"w^-1", "f=power", 0.5, -0.25},
	    {"1 - w - 2*w", "u1=subtract u2=multiply f=subtract", -5, -3},
	    {"-w^2", "u1=square f=negate", -4, -4},
	    {"max(w, 1, 3)", "u1=max f=max", 3, 0},
	    {"max(w, 1)*3", "u1=max f=multiply", 6, 3},
	    {"sqrt(w) + log(w)", "u1=sqrt u2=log f=add", 1.4142135623730951 + 0.69314718055994531,
	     0.35355339059327379 + 0.5},
	    {"w/4", "f=divide", 0.5, 0.25},
	    {"1/2*w", "f=multiply", 1, 0.5},
	    {"relu(w) + leaky_relu(-w)", "u1=spread u2=relu u3=negate u4=leaky-relu f=add", 1.8,
	     0.9},
	    {"w", "f=spread", 2, 1},
	    {"(w + 1)(w - 1)", "u1=add u2=subtract f=multiply", 3, 4},
	};
	(void)state;
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		struct built built;
		struct strbuf keys = {0};
		strbuf_addf(&keys, "graph: {parameters: [w=2], nodes: [\"f = %s\"]}",
			    rows[k].expression);
		open_graph(&built, strbuf_str(&keys));
		assert_gates(&built, rows[k].gates);
		assert_near(built.model.model->loss, rows[k].value, 1e-15);
		assert_near(gradient(&built, "w"), rows[k].slope, 1e-15);
		built_free(&built);
		strbuf_free(&keys);
	}
}

/* A made name is never one that the lesson gives, before or after. */
static void test_made_names(void **state)
{
	struct built built;
	(void)state;
	open_graph(&built, "graph: {parameters: [u1=2, w: [1, 2]], "
			   "nodes: [\"a = u1*2 + 1\", \"u3 = a*a - 1\", \"f = sum(w*u3 + w)\"]}");
	assert_gates(&built,
		     "u2=multiply a=add u4=multiply u3=subtract u5_1=multiply u6_1=add f=sum");
	/* a = 5, u3 = 24, f = 3 * 24 + 3; df/du1 = 3 * 2a * 2 */
	assert_near(built.model.model->loss, 75.0, 1e-15);
	assert_near(gradient(&built, "u1"), 60.0, 1e-15);
	assert_near(gradient(&built, "w2"), 25.0, 1e-15);
	built_free(&built);
}

/* |W x|^2 = 0.116: df/dW = 2 y x', df/dx = 2 W'y. */
static void test_matrix(void **state)
{
	struct built built;
	(void)state;
	open_graph(&built, "graph: {parameters: [W: [[0.1, 0.5], [-0.3, 0.8]], x: [0.2, 0.4]], "
			   "nodes: [f = norm2(W*x)]}");
	assert_near(built.model.model->loss, 0.116, 1e-15);
	assert_near(gradient(&built, "W12"), 0.176, 1e-15);
	assert_near(gradient(&built, "W21"), 0.104, 1e-15);
	assert_near(gradient(&built, "x1"), -0.112, 1e-15);
	assert_near(gradient(&built, "x2"), 0.636, 1e-15);
	check_differences(&built);
	built_free(&built);
}

/* u = (3, 7); f = u1 u2 + W12 + W21 = 21 + 2 + 3, so dW = [[7 1, 7 1 + 1], [3 1 + 1, 3 1]]. */
static void test_elements(void **state)
{
	static const double wanted[] = {7, 8, 4, 3};
	struct built built;
	(void)state;
	open_graph(&built, "graph: {inputs: [v: 2, spare], parameters: [W: [[1, 2], [3, 4]]], "
			   "nodes: [u = W*v, \"f = u1*u[2] + W12 + W[2,1] + 0*u2\"]}\n"
			   "data: [{x: [1, 1, 5]}]");
	struct model *model = built.model.model;
	assert_same_bits(model->output->value[0], 26);
	for (size_t p = 0; p < 4; p++)
		assert_same_bits(model->graph.grad[p], wanted[p]);
	check_differences(&built);
	assert_gates(&built,
		     "u1=matmul u3=element u4=element u5=multiply u6=element u7=add u8=element "
		     "u9=add u10=multiply f=add");
	assert_true(built.lesson->graph.inputs.items[1].is_unused);
	built_free(&built);
}

/* Parameters serve every row of the batch, and the mean of the rows is what is derived: with
 * f = (a x1 + c)^2 and x1 = 1, 2, 3, a = 2, c = 1: 3, 5, 7; df/da = mean of 2 f x1 = 2 (3 + 10 +
 * 21) / 3. */
/* Sums of products by hand: v = (1, 2), W = (1 2; 3 4), s is the stack of (1, 2) and (5, 6). Each
 * vector's last number is taken, and w is 1. */
static void test_products(void **state)
{
	static const struct {
		const char *expression, *last;
		double value;
	} rows[] = {
	    {"dot(v, s)*w", "q[2]", 1 * 5 + 2 * 6},
	    {"mix(v, s)*w", "q[2]", 1 * 2 + 2 * 6},
	    {"transpose(W)*v*w", "q[2]", 2 * 1 + 4 * 2},
	    {"transpose(transpose(W))*v*w", "q[2]", 3 * 1 + 4 * 2},
	    {"matmul_transposed(W, v)*w", "q[2]", 10},
	    {"conv(v, s)*w", "q[3]", 1 * 5 + 2 * 6},
	    {"max_pool(s, 2)*w", "q[2]", 6},
	    {"max_pool(s, 4)*w", "q", 6},
	    {"stack(s, v, 3)*w", "q[7]", 3},
	    {"rms_norm(v)*w", "q[2]", 1.264908534252813}, /* 2 / sqrt(2.5 + 1e-5) */
	};
	(void)state;
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		struct built built;
		struct strbuf keys = {0};
		strbuf_addf(&keys,
			    "graph: {inputs: [v: 2], parameters: [w=1, W: [[1, 2], [3, 4]], s: [1, "
			    "2, 5, 6]], nodes: [\"z = 0*sum(s) + 0*norm2(W)\", \"q = %s\", "
			    "\"f = %s + z\"]}\ndata: [{x: [1, 2]}]",
			    rows[k].expression, rows[k].last);
		open_graph(&built, strbuf_str(&keys));
		assert_near(built.model.model->loss, rows[k].value, 1e-12);
		assert_near(gradient(&built, "w"), rows[k].value, 1e-12);
		check_differences(&built);
		built_free(&built);
		strbuf_free(&keys);
	}
}

/* J = 3(a + bc), where J, t and E are the lesson's; and a node that has the name of an element. */
static void test_given_names(void **state)
{
	struct built built;
	char name[LABEL_TEXT];
	(void)state;
	open_graph(&built, "graph: {parameters: [a=5, b=3, c=2], nodes: [\"J = 3(a + b*c)\"]}");
	assert_gates(&built, "u1=multiply u2=add J=multiply");
	assert_near(built.model.model->loss, 33, 0.0);
	assert_near(gradient(&built, "b"), 6, 0.0);
	assert_string_equal(built.model.model->batch_name, "J_batch");
	built_free(&built);
	open_graph(&built, "graph: {inputs: [v: 2, t], parameters: [a=5], nodes: [\"q = v*a\", "
			   "\"q1 = q[1] + q2\", \"E = q1*t\"]}\nloss: {kind: half-squared-error}\n"
			   "data: [{x: [1, 2, 3], target: [40]}]");
	assert_gates(&built, "q[1]=multiply u1=element u2=element q1=add E=multiply E_total=half"
			     "-squared-error");
	assert_string_equal(node_name(built.model.model->target, 0, name), "t_targets");
	assert_near(gradient(&built, "a"), (45 - 40) * 9, 0.0);
	built_free(&built);
}

static void test_batch(void **state)
{
	struct built built;
	(void)state;
	open_graph(&built, "graph: {inputs: [x, v: 2], parameters: [a=2, c=1, W: [[1, 2, 4]]], "
			   "nodes: [s = (a*x + c)^2, \"f = s + W*concat(v, x)\"]}\n"
			   "data: [{x: [1, 0, 1]}, {x: [2, 0, 1]}, {x: [3, 3, 1]}]");
	/* W (v1, v2, x) = 6, 10, 17 */
	assert_near(built.model.model->loss, (9.0 + 25 + 49 + 6 + 10 + 17) / 3, 1e-15);
	assert_near(gradient(&built, "a"), 2.0 * (3 + 10 + 21) / 3, 1e-15);
	assert_near(gradient(&built, "c"), 2.0 * (3 + 5 + 7) / 3, 1e-15);
	assert_near(gradient(&built, "W1"), 1.0, 1e-15);
	assert_near(gradient(&built, "W3"), 2.0, 1e-15);
	check_differences(&built);
	built_free(&built);
}

/* A graph under a loss: scores W x + b of three classes and the hinge. With delta = 2 the margins
 * are 1 - 0.5 + 2 and -1 - 0.5 + 2. */
static void test_loss(void **state)
{
	struct built built;
	(void)state;
	open_graph(&built,
		   "graph: {inputs: [x], parameters: [W: [[1], [2], [0]], b: [-0.5, -1, -1]], "
		   "nodes: [s = W*x + b]}\n"
		   "loss: {kind: hinge, with: [delta=2]}\n"
		   "data: [{x: [1], target: [1, 0, 0]}]");
	assert_near(built.model.model->loss, 2.5 + 0.5, 1e-15);
	assert_near(gradient(&built, "b1"), -2.0, 1e-15);
	assert_near(gradient(&built, "b3"), 1.0, 1e-15);
	check_differences(&built);
	built_free(&built);
}

/* The lecture's example: of five classes the third, epsilon = 0.01. */
static void test_smoothing(void **state)
{
	static const struct {
		const char *form;
		double right, other;
	} rows[] = {{"others", 0.99, 0.0025}, {"all", 0.992, 0.002}};
	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct built built;
		struct strbuf keys = {0};
		strbuf_addf(&keys,
			    "graph: {inputs: [x], parameters: [b: [1, 2, 3, 4, 5]], "
			    "nodes: [y = b*x]}\n"
			    "loss: {kind: softmax-cross-entropy, smoothing: 0.01, "
			    "smoothing_form: %s}\n"
			    "data: [{x: [1], target: [0, 0, 1, 0, 0]}]",
			    rows[k].form);
		open_graph(&built, strbuf_str(&keys));
		const struct node *smoothed = built.model.model->goal;
		for (size_t row = 0; row < 5; row++)
			assert_near(smoothed->value[row * smoothed->stride],
				    row == 2 ? rows[k].right : rows[k].other, 1e-15);
		check_differences(&built);
		built_free(&built);
		strbuf_free(&keys);
	}
}

/* What only the builder can know. */
static void test_refused(void **state)
{
	static const struct {
		const char *keys, *message;
	} rows[] = {
	    {"graph: {parameters: [w: [1, 2]], nodes: [f = w*2]}", "only a single number"},
	    {"graph: {inputs: [x], parameters: [w=1], nodes: [f = w*x]}\n"
	     "loss: {kind: huber, with: [epsilon=2]}\ndata: [{x: [1], target: [1]}]",
	     "huber has no setting called 'epsilon'"},
	    {"graph: {inputs: [x], parameters: [w=1], nodes: [f = w*x]}\n"
	     "loss: {kind: huber, smoothing: 0.1}\ndata: [{x: [1], target: [1]}]",
	     "there is only one"},
	    {"graph: {inputs: [x], parameters: [b: [1, 2]], nodes: [f = b*x]}\n"
	     "loss: {kind: mean-squared-error, smoothing: 2}\ndata: [{x: [1], target: [1, 0]}]",
	     "epsilon lies between 0 and 1"},
	};
	(void)state;
	for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
		struct error_list errors = {0};
		struct built built;
		assert_int_equal(build(&built, rows[k].keys, &errors), STATUS_BAD_INPUT);
		assert_int_equal(errors.n_items, 1);
		assert_non_null(strstr(errors.items[0].message, rows[k].message));
		assert_true(errors.items[0].line >= 5);
		built_free(&built);
		error_list_free(&errors);
	}
}

/* The limit on operations, from both sides. */
static void test_limit(void **state)
{
	(void)state;
	for (size_t n = LESSON_MAX_GATES; n <= LESSON_MAX_GATES + 1; n++) {
		struct error_list errors = {0};
		struct strbuf keys = {0};
		struct built built;
		strbuf_add(&keys, "graph: {parameters: [w=1], nodes: [f = w");
		for (size_t k = 0; k < n; k++)
			strbuf_add(&keys, " + w");
		strbuf_add(&keys, "]}");
		enum status status = build(&built, strbuf_str(&keys), &errors);
		assert_int_equal(status, n > LESSON_MAX_GATES ? STATUS_BAD_INPUT : STATUS_OK);
		if (!status)
			assert_near(gradient(&built, "w"), (double)n + 1, 1e-15);
		else
			assert_non_null(
			    strstr(errors.items[0].message, "more than 500 operations"));
		built_free(&built);
		error_list_free(&errors);
		strbuf_free(&keys);
	}
}

static void test_long_expression(void **state)
{
	(void)state;
	for (size_t len = LESSON_MAX_EXPRESSION; len <= LESSON_MAX_EXPRESSION + 1; len++) {
		struct error_list errors = {0};
		struct strbuf keys = {0};
		struct built built;
		strbuf_add(&keys, "graph: {parameters: [w=1], nodes: [\"f =");
		strbuf_repeat(&keys, " ", len - strlen("f =w"));
		strbuf_add(&keys, "w\"]}");
		enum status status = build(&built, strbuf_str(&keys), &errors);
		assert_int_equal(status,
				 len > LESSON_MAX_EXPRESSION ? STATUS_BAD_INPUT : STATUS_OK);
		if (status)
			assert_non_null(strstr(errors.items[0].message, "longer than 4096"));
		built_free(&built);
		error_list_free(&errors);
		strbuf_free(&keys);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_operations), cmocka_unit_test(test_made_names),
	    cmocka_unit_test(test_matrix),     cmocka_unit_test(test_elements),
	    cmocka_unit_test(test_products),   cmocka_unit_test(test_given_names),
	    cmocka_unit_test(test_batch),      cmocka_unit_test(test_loss),
	    cmocka_unit_test(test_smoothing),  cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_limit),      cmocka_unit_test(test_long_expression),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
