/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_layers.c -- lessons with layers of every kind: their names, what is built of them,
 * what is trained, and numbers out of range. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <string.h>

#include "backstep/base/text.h"
#include "backstep/build/lesson_build.h"

#define HEAD                                                   \
	"format: 1\nid: t\ntitle: {es: a, en: b}\n"            \
	"text: {es: c, en: d}\nnetwork:\n  inputs: [x1, x2]\n" \
	"  layers:\n"
#define FIRST(more) "    - {units: [h1, h2], weights: [[w1=1, w2=2], [w3=3, w4=4]]" more "}\n"
#define LAST(more) "    - {units: [y], weights: [[u1=1, u2=1]]" more "}\n"
#define DATA                                           \
	"loss: {kind: half-squared-error}\n"           \
	"data: [{x: [1, 0], target: [0]}, {x: [0, 1]," \
	" target: [1]}, {x: [1, 1], target: [0]}]\n"
#define TRAINING(more) "training: {optimizer: gd, rate: 1" more "}\n...\n"

static enum status build(const char *text, struct lesson **lesson, struct lesson_model *built,
			 struct error_list *errors)
{
	enum status status = lesson_read_text("t", text, strlen(text), lesson, errors);
	if (!status)
		status = lesson_build(*lesson, built, errors);
	if (status)
		lesson_free(*lesson);
	return status;
}

static void build_good(const char *text, struct lesson **lesson, struct lesson_model *built)
{
	struct error_list errors = {0};
	enum status status = build(text, lesson, built, &errors);
	for (size_t i = 0; i < errors.n_items; i++)
		print_error("%zu: %s\n", errors.items[i].line, errors.items[i].message);
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
}

static void assert_refused(const char *text, const char *wanted)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	struct lesson_model built;
	assert_int_equal(build(text, &lesson, &built, &errors), STATUS_BAD_INPUT);
	assert_int_equal(errors.n_items, 1);
	assert_non_null(strstr(errors.items[0].message, wanted));
	assert_true(errors.items[0].line > 0);
	error_list_free(&errors);
}

/* The names of all ops' and masks' first rows, in order; of symbols the ones that are not made from
 * the names. */
static void assert_names(const struct model *model, const char *wanted)
{
	struct strbuf names = {0};
	char name[LABEL_TEXT];
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		if (node->kind != NODE_OP && node->kind != NODE_MASK)
			continue;
		const char *symbol = node_symbol(node, 0);
		strbuf_addf(&names, "%s%s", names.len ? " " : "", node_name(node, 0, name));
		if (symbol)
			strbuf_addf(&names, "/%s", symbol);
	}
	assert_string_equal(strbuf_str(&names), wanted);
	strbuf_free(&names);
}

static void test_names_are_made(void **state)
{
	struct lesson *lesson;
	struct lesson_model built;
	(void)state;
	build_good(
	    HEAD FIRST(
		", symbols: [η₁, η₂]") "    - {kind: batch-norm, gamma: [1, 2], beta: [0, 0.5]}\n"
				       "    - {kind: dropout, rate: 0.5}\n"
				       "    - {kind: layer-norm, gamma: [1, 1], beta: [0, 0], "
				       "units: [n1, n2]}\n" LAST("") DATA TRAINING(""),
	    &lesson, &built);
	assert_names(built.model,
		     "h1/η₁ mu_h1/μ_η₁ var_h1/σ²_η₁ hat_h1/η\u0302₁ norm_h1/norm_η₁ "
		     "m_norm_h1/m_norm_η₁ drop_norm_h1/drop_norm_η₁ mu_4/μ_4 var_4/σ²_4 "
		     "hat_drop_norm_h1/d\u0302rop_norm_η₁ n1 y E");
	size_t gamma, beta;
	assert_true(model_find_param(built.model, "gamma_norm_h2", &gamma));
	assert_true(model_find_param(built.model, "beta_norm_h2", &beta));
	assert_same_bits(built.model->graph.theta[gamma], 2.0);
	assert_same_bits(built.model->graph.theta[beta], 0.5);
	assert_false(built.model->is_bias[gamma]);
	assert_true(built.model->is_bias[beta]);
	assert_false(built.model->is_weight[gamma] || built.model->is_weight[beta]);
	assert_true(built.model->is_weight[0]);
	lesson_model_free(&built);
	lesson_free(lesson);
}

static void test_names_are_given(void **state)
{
	struct lesson *lesson;
	struct lesson_model built;
	(void)state;
	build_good(
	    HEAD FIRST(
		"") "    - {kind: batch-norm, units: [b1, b2], gamma: [g1=1, g2=2], beta: [s1=0, "
		    "s2=0],"
		    " means: [a1, a2], variances: [v1, v2], normalised: [k1, k2], momentum: 0.25}\n"
		    "    - kind: residual\n      units: [r]\n      sums: [q]\n      skips: [p]\n"
		    "      activation: leaky-relu\n      with: [slope=0.25]\n"
		    "      projection: [[p1=1, p2=1]]\n"
		    "      layers:\n"
		    "        - {kind: dropout, units: [d1, d2], masks: [m1, m2], rate: 0.25}\n"
		    "        - {units: [f], weights: [[f1=1, f2=1]]}\n" DATA TRAINING(""),
	    &lesson, &built);
	assert_names(built.model, "h1 a1 v1 k1 b1 m1 d1 f p q r E");
	const struct node *output = built.model->output;
	assert_ptr_equal(output->op, &op_leaky_relu);
	assert_same_bits(output->attributes[0], 0.25);
	assert_ptr_equal(output->inputs[0]->op, &op_residual);
	size_t param;
	assert_true(model_find_param(built.model, "p2", &param));
	lesson_model_free(&built);
	lesson_free(lesson);
}

#define APPLIES(more) "    - {units: [s1, s2], activation: softmax" more "}\n"

/* Without weights a layer only applies its activation; it has no sums and no parameters. */
static void test_layer_of_a_function(void **state)
{
	struct lesson *lesson;
	struct lesson_model built;
	(void)state;
	build_good(HEAD FIRST(", activation: sigmoid") APPLIES("") LAST("") DATA TRAINING(""),
		   &lesson, &built);
	assert_names(built.model, "sum_h1 h1 s1 y E");
	assert_int_equal(built.model->graph.n_params, 6);
	assert_int_equal(built.model->n_layers, 3);
	lesson_model_free(&built);
	lesson_free(lesson);
	assert_refused(HEAD FIRST("") APPLIES(", bias: b=1") LAST("") DATA TRAINING(""),
		       "'weights' is missing");
	assert_refused(HEAD FIRST("") "    - {units: [s1, s2]}\n" LAST("") DATA TRAINING(""),
		       "'weights' is missing");
	assert_refused(HEAD FIRST("") "    - {units: [s1], activation: tanh}\n"
				      "    - {units: [y], weights: [[u1=1]]}\n" DATA TRAINING(""),
		       "2 units come before");
}

/* One function for each unit, each with its own numbers. */
static void test_activation_of_each_unit(void **state)
{
	struct lesson *lesson;
	struct lesson_model built;
	(void)state;
	build_good(HEAD FIRST(", activation: [leaky-relu, tanh], with: [slope=0.25]") LAST("")
		       DATA TRAINING(""),
		   &lesson, &built);
	assert_names(built.model, "sum_h1 h1 y E");
	const struct op_part *parts = built.model->output->inputs[0]->parts;
	assert_ptr_equal(parts[0].op, &op_leaky_relu);
	assert_same_bits(parts[0].attributes[0], 0.25);
	assert_ptr_equal(parts[1].op, &op_tanh);
	lesson_model_free(&built);
	lesson_free(lesson);
	assert_refused(HEAD FIRST(", activation: [tanh]") LAST("") DATA TRAINING(""),
		       "activations, one for each unit: 1 given, 2 needed");
	assert_refused(HEAD FIRST(", activation: [tanh, softmax]") LAST("") DATA TRAINING(""),
		       "softmax takes all units of its layer");
	assert_refused(HEAD FIRST(", activation: [tanh, relo]") LAST("") DATA TRAINING(""),
		       "unknown activation 'relo'");
	assert_refused(HEAD FIRST(", activation: [tanh, relu], with: [slope=1]") LAST("")
			   DATA TRAINING(""),
		       "none of these functions has a 'slope'");
	assert_refused(HEAD FIRST(", activation: [tanh, leaky-relu], with: [slope=-2]") LAST("")
			   DATA TRAINING(""),
		       "slope lies between");
}

/* The usual numbers are those of the op's row. */
static void test_numbers(void **state)
{
	struct lesson *lesson;
	struct lesson_model built;
	(void)state;
	build_good(HEAD FIRST("") "    - {kind: batch-norm, gamma: [1, 1], beta: [0, 0], epsilon: "
				  "1e-8}\n" LAST("") DATA TRAINING(""),
		   &lesson, &built);
	assert_true(built.model->graph.is_coupled);
	for (size_t k = 0; k < built.model->graph.n_nodes; k++) {
		const struct node *node = built.model->graph.nodes[k];
		if (node->op == &op_batch_normalise)
			assert_same_bits(node->attributes[0], 1e-8);
		if (node->op == &op_batch_mean || node->op == &op_batch_variance)
			assert_same_bits(node->attributes[0], 0.1);
	}
	lesson_model_free(&built);
	lesson_free(lesson);
#define NORM(more) "    - {kind: batch-norm, gamma: [1, 1], beta: [0, 0]" more "}\n"
	assert_refused(HEAD FIRST("") NORM(", epsilon: 2") LAST("") DATA TRAINING(""),
		       "epsilon lies between 0 and 1");
	assert_refused(HEAD FIRST("") NORM(", momentum: -1") LAST("") DATA TRAINING(""),
		       "momentum lies between 0 and 1");
	assert_refused(HEAD FIRST("") "    - {kind: dropout, rate: 1}\n" LAST("") DATA TRAINING(""),
		       "rate lies between 0 and 0.99");
	assert_refused(HEAD FIRST("") NORM("") LAST("") DATA TRAINING(", batch: 1"),
		       "two rows or more");
	assert_refused(HEAD FIRST("") NORM("") LAST("") DATA TRAINING(", batch: 2"),
		       "two rows or more");
	assert_refused(
	    HEAD FIRST("") "    - {kind: residual, units: [r1, r2], activation: relo,"
			   " layers: [{units: [f1, f2], weights: [[1, 0], [0, 1]]}]}\n" LAST("")
			       DATA TRAINING(""),
	    "unknown activation 'relo'");
}

/* Scales and shifts that the lesson does not give are 1 and 0, in a counted layer too. */
static void test_scales_and_shifts_are_made(void **state)
{
	static const struct {
		const char *name;
		double value;
	} wanted[] = {{"gamma_norm_h1", 1.0}, {"gamma_norm_h100", 1.0}, {"beta_norm_h100", 0.0},
		      {"gamma_n1", 1.0},      {"gamma_n100", 1.0},      {"c1", 0.5},
		      {"beta_n1", 0.0}};
	struct lesson *lesson;
	struct lesson_model built;
	size_t param;
	(void)state;
	build_good(HEAD "    - {name: h, units: 100, init: he-normal}\n"
			"    - {kind: layer-norm}\n"
			"    - {name: k, units: 2, init: he-normal}\n"
			"    - {kind: batch-norm, units: [n1, n100], beta: [0, c1=0.5]}\n" LAST("")
			    DATA TRAINING(""),
		   &lesson, &built);
	for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
		assert_true(model_find_param(built.model, wanted[k].name, &param));
		assert_same_bits(built.model->graph.theta[param], wanted[k].value);
	}
	assert_int_equal(built.model->n_order, 2 * 100 + 2 * 100 + 100 * 2 + 2 + 1 + 2);
	lesson_model_free(&built);
	lesson_free(lesson);
	assert_refused(HEAD FIRST("") "    - {kind: batch-norm, gamma: [1]}\n" LAST("")
			   DATA TRAINING(""),
		       "gamma: 1 given, 2 needed");
}

/* What the lesson gives a name to has it; a made one moves, whichever comes first. */
static void test_made_names_give_way(void **state)
{
	struct lesson *lesson;
	struct lesson_model built;
	size_t param;
	(void)state;
	build_good(
	    HEAD FIRST(
		", activation: tanh") "    - {kind: batch-norm, units: [sum_h1, gamma_sum_h1]}\n"
				      "    - {units: [E], activation: tanh, weights: [[t=1, "
				      "J=2]]}\n" DATA TRAINING(""),
	    &lesson, &built);
	assert_names(built.model, "sum_h1_sums h1 mu_h1/μ_h₁ var_h1/σ²_h₁ hat_h1/h\u0302₁ sum_h1 "
				  "sum_E E E_total");
	assert_true(model_find_param(built.model, "gamma_sum_h1_gamma", &param));
	assert_string_equal(built.model->target->labels[0].name, "t_targets");
	assert_string_equal(built.model->batch_name, "J_batch");
	lesson_model_free(&built);
	lesson_free(lesson);
	/* two of them: the key says so */
	assert_refused(
	    HEAD FIRST(
		", activation: tanh") "    - {units: [sum_h1, sum_h1_sums], weights: [[u1=1, "
				      "u2=1], [u3=1, u4=1]]}\n"
				      "    - {units: [y], weights: [[u5=1, u6=1]]}\n" DATA TRAINING(
					  ""),
	    "the name 'sum_h1_sums' is taken");
}

/* The names of the trained parameters in their order. */
static void assert_trained(const char *text, const char *wanted)
{
	struct lesson *lesson;
	struct lesson_model built;
	struct strbuf names = {0};
	char name[LABEL_TEXT];
	build_good(text, &lesson, &built);
	for (size_t k = 0; k < built.model->n_order; k++)
		strbuf_addf(&names, "%s%s", k ? " " : "",
			    model_param_name(built.model, built.model->order[k], name));
	assert_string_equal(strbuf_str(&names), wanted);
	strbuf_free(&names);
	lesson_model_free(&built);
	lesson_free(lesson);
}

#define COUNTED(more) "    - {name: h, units: 2, init: he-normal, bias: zero" more "}\n"

/* Places of made matrices, and whole ones, row by row; beside parameters that are given. */
static void test_made_parameters_are_trained(void **state)
{
	(void)state;
	assert_trained(HEAD COUNTED("") LAST(", bias: c=0") DATA
		       "train: [c, \"W_h[2,1]\", u2, b_h]\n" TRAINING(""),
		       "c W_h[2,1] u2 b_h[1,1] b_h[2,1]");
	assert_trained(HEAD COUNTED("") LAST("") DATA "train:\n- b_h[2,1]\n- W_h\n" TRAINING(""),
		       "b_h[2,1] W_h[1,1] W_h[1,2] W_h[2,1] W_h[2,2]");
	assert_refused(HEAD COUNTED("") LAST("") DATA "train:\n- W_h[3,1]\n" TRAINING(""),
		       "no parameter is called 'W_h[3,1]'");
	assert_refused(HEAD COUNTED("") LAST("") DATA "train:\n- W_h[1,]\n" TRAINING(""),
		       "no parameter is called 'W_h[1,]'");
	assert_refused(HEAD COUNTED("") LAST("") DATA "train:\n- W_k[1,1]\n" TRAINING(""),
		       "no parameter is called 'W_k[1,1]'");
	assert_refused(HEAD COUNTED("") LAST("") DATA "train:\n- u1[1,1]\n" TRAINING(""),
		       "no parameter is called 'u1[1,1]'");
	assert_refused(HEAD COUNTED("") LAST("") DATA "train:\n- h1\n" TRAINING(""),
		       "no parameter is called 'h1'");
	assert_refused(HEAD COUNTED("") LAST("") DATA "train: [W_h, \"W_h[1,1]\"]\n" TRAINING(""),
		       "'W_h[1,1]' is listed twice");
	assert_refused(HEAD COUNTED(", frozen: true") LAST("") DATA "train: [W_h]\n" TRAINING(""),
		       "'W_h' belongs to a frozen layer");
}

/* Of each kind of bias, of frozen layers and of parameters that are used in two layers. */
static void test_what_is_trained(void **state)
{
	(void)state;
	assert_trained(HEAD FIRST(", bias: [b1=0, b2=0]") LAST(", bias: c=0") DATA TRAINING(""),
		       "u1 u2 c w1 w2 w3 w4 b1 b2");
	assert_trained(HEAD FIRST(", bias: b=0, frozen: true") LAST("") DATA TRAINING(""), "u1 u2");
	assert_trained(HEAD FIRST(", bias: b=0") LAST(", frozen: true") DATA TRAINING(""),
		       "w1 w2 w3 w4 b");
	assert_trained(HEAD FIRST("") LAST(", bias: c=0") DATA "train: [c, w2]\n" TRAINING(""),
		       "c w2");
	assert_trained(HEAD FIRST("") NORM(", frozen: true") LAST("") DATA TRAINING(""),
		       "u1 u2 w1 w2 w3 w4");
	/* all of a residual block */
	assert_trained(HEAD "    - {kind: residual, units: [r1, r2], frozen: true, layers:"
			    " [{units: [f1, f2], weights: [[1, 0], [0, 1]]}]}\n" LAST("")
				DATA TRAINING(""),
		       "u1 u2");
	assert_refused(HEAD FIRST(", frozen: true") LAST(", frozen: true") DATA TRAINING(""),
		       "every layer is frozen");
}

/* The gradient of a lesson's first batch, in the order of the parameters. */
static void first_gradient(const char *text, double *gradient, double *loss)
{
	static const size_t rows[] = {0, 1, 2};
	struct lesson *lesson;
	struct lesson_model built;
	build_good(text, &lesson, &built);
	struct model *model = built.model;
	model_load(model, built.data.x, built.data.t, rows, built.batch);
	model_forward(model);
	model_backward(model, GRAPH_ALL);
	memcpy(gradient, model->graph.grad, model->graph.n_params * sizeof *gradient);
	*loss = model->loss;
	lesson_model_free(&built);
	lesson_free(lesson);
}

#define TWO_OUTPUTS "    - {units: [y1, y2], weights: [[u1=1, u2=2], [u3=-1, u4=0.5]]}\n"
#define TWO_DATA(loss) "loss: {" loss "}\ndata: [{x: [1, 0.5], target: [0.25, 1]}]\n"

/* A mask that is given is the same in every update and row; nothing is drawn. */
static void test_given_mask(void **state)
{
	double gradient[6], loss;
	struct error err;
	struct lesson *lesson;
	struct lesson_model built;
	(void)state;
#define MASKED(mask) \
	HEAD FIRST("") "    - {kind: dropout, rate: 0.5, " mask "}\n" LAST("") DATA TRAINING("")
	first_gradient(MASKED("mask: [0, 1]"), gradient, &loss);
	/* y = 2 h2 of rows (1, 0), (0, 1), (1, 1): 6, 8, 14; less the targets 6, 7, 14 */
	assert_near(loss, 0.5 * (36.0 + 49.0 + 196.0) / 3.0, 1e-12);
	assert_near(gradient[0], 0.0, 0.0);                                     /* w1 */
	assert_near(gradient[2], (6.0 + 14.0) * 2.0 / 3.0, 1e-12);              /* w3 */
	assert_near(gradient[5], (6.0 * 6 + 7.0 * 8 + 14.0 * 14) / 3.0, 1e-12); /* u2 */
	build_good(MASKED("mask: [0, 1]"), &lesson, &built);
	assert_int_equal(lesson_set_seed(lesson, 2, &err), STATUS_BAD_INPUT);
	lesson_model_free(&built);
	lesson_free(lesson);
	assert_refused(MASKED("mask: [1]"), "numbers, one for each unit: 1 given, 2 needed");
	assert_refused(MASKED("mask: [1, 0.5]"), "1 for what is kept");
	assert_refused(MASKED("mask: [1, 0], seed: 2"), "give one of them");
}

/* A loss that the lesson writes itself is the same as the one of that kind. */
static void test_own_loss(void **state)
{
	double own[8], known[8], own_loss, known_loss;
	(void)state;
	first_gradient(HEAD FIRST(", activation: tanh") TWO_OUTPUTS TWO_DATA("kind: squared-error")
			   TRAINING(""),
		       known, &known_loss);
	first_gradient(HEAD FIRST(", activation: tanh")
			   TWO_OUTPUTS TWO_DATA("expression: sum((y - t)^2)") TRAINING(""),
		       own, &own_loss);
	assert_near(own_loss, known_loss, 1e-15);
	for (size_t k = 0; k < 8; k++)
		assert_near(own[k], known[k], 1e-15);
	first_gradient(HEAD FIRST("") TWO_OUTPUTS TWO_DATA("expression: y1*t2 - 3*y2") TRAINING(""),
		       own, &own_loss);
	assert_near(own[4], 2.0, 0.0);   /* t2 h1, h1 = 1 + 0.5*2 */
	assert_near(own[7], -15.0, 0.0); /* -3 h2, h2 = 3 + 0.5*4 */
#define OWN(words) HEAD FIRST("") TWO_OUTPUTS TWO_DATA(words) TRAINING("")
	assert_refused(OWN("expression: y - t"), "the loss is one number: there are 2");
	assert_refused(OWN("expression: sum(t)"), "does not read the outputs 'y'");
	assert_refused(OWN("expression: sum(y - z)"), "'z'");
	assert_refused(OWN("expression: sum(y), terms: [a, b]"), "is one number, its 'total'");
	assert_refused(OWN("expression: sum(y), kind: huber"), "give one of them");
	assert_refused(OWN("expression: sum(q)"), "unknown name 'q'");
}

/* The same by names of their own; a class that counts five times is a five in the formula. */
static void test_own_loss_of_named_outputs(void **state)
{
	double gradient[8], loss;
	(void)state;
#define CATS "    - {units: [cat, dog], weights: [[u1=1, u2=2], [u3=-1, u4=0.5]]}\n"
#define NAMED(words) HEAD FIRST("") CATS TWO_DATA(words) TRAINING("")
	first_gradient(NAMED("targets: [is_cat, is_dog], expression: cat*is_dog - 3*dog"), gradient,
		       &loss);
	assert_near(gradient[4], 2.0, 0.0);
	assert_near(gradient[7], -15.0, 0.0);
	/* cat = 2 + 2*5 = 12, dog = -2 + 0.5*5 = 0.5: (12 - 0.25)^2 + 5 (0.5 - 1)^2 */
	first_gradient(NAMED("expression: (cat - t1)^2 + 5*(dog - t2)^2"), gradient, &loss);
	assert_near(loss, 11.75 * 11.75 + 5 * 0.25, 1e-12);
	assert_near(gradient[4], 2 * 11.75 * 2, 1e-12);      /* times h1 = 2 */
	assert_near(gradient[7], 5 * 2 * -0.5 * 5.0, 1e-12); /* times h2 = 5 */
	first_gradient(NAMED("expression: \"sum((stack(cat, dog) - t)^2)\""), gradient, &loss);
	assert_near(loss, 11.75 * 11.75 + 0.25, 1e-12);
	assert_refused(NAMED("expression: sum(y - t)"), "unknown name 'y'");
	assert_refused(NAMED("expression: sum(t) + cat1"), "unknown name 'cat1'");
	assert_refused(NAMED("expression: sum(t)"), "does not read the outputs");
}

/* An autoencoder whose second matrix is the first one transposed: names used again in layers are
 * what transpose() is in a graph. Both numbers of a weight's two places are in its gradient. */
static void test_tied_weights(void **state)
{
	double layers[6], graph[6], layers_loss, graph_loss;
	(void)state;
#define TIED_DATA                            \
	"loss: {kind: half-squared-error}\n" \
	"data: [{x: [1, 0, 0.5], target: [1, 0, 0.5]}]\n" TRAINING("")
	first_gradient("format: 2\nid: t\nlanguage: en\ntitle: t\ntext: t\nnetwork:\n"
		       "  inputs: [x1, x2, x3]\n  layers:\n"
		       "    - {units: [h1, h2], activation: tanh,\n"
		       "       weights: [[a=0.1, b=0.2, c=0.3], [d=-0.4, e=0.5, f=0.6]]}\n"
		       "    - {units: [y1, y2, y3], weights: [[a, d], [b, e], [c, f]]}\n" TIED_DATA,
		       layers, &layers_loss);
	first_gradient("format: 2\nid: t\nlanguage: en\ntitle: t\ntext: t\ngraph:\n"
		       "  inputs: [x: 3]\n  parameters: [W: [[0.1, 0.2, 0.3], [-0.4, 0.5, 0.6]]]\n"
		       "  nodes: [h = tanh(W*x), y = transpose(W)*h]\n" TIED_DATA,
		       graph, &graph_loss);
	assert_near(layers_loss, graph_loss, 1e-15);
	for (size_t k = 0; k < 6; k++)
		assert_near(layers[k], graph[k], 1e-15);
	/* b: h1 = tanh(0.25), h2 = tanh(-0.1), and x2 = 0 leaves its second place alone:
	 * (b h1 + e h2 - 0) h1 */
	assert_near(layers[1], (0.2 * tanh(0.25) + 0.5 * tanh(-0.1)) * tanh(0.25), 1e-15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names_are_made),
	    cmocka_unit_test(test_names_are_given),
	    cmocka_unit_test(test_layer_of_a_function),
	    cmocka_unit_test(test_activation_of_each_unit),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_scales_and_shifts_are_made),
	    cmocka_unit_test(test_made_names_give_way),
	    cmocka_unit_test(test_made_parameters_are_trained),
	    cmocka_unit_test(test_what_is_trained),
	    cmocka_unit_test(test_given_mask),
	    cmocka_unit_test(test_own_loss),
	    cmocka_unit_test(test_own_loss_of_named_outputs),
	    cmocka_unit_test(test_tied_weights),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
