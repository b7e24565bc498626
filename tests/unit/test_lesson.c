/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson.c -- what the reader makes of good lessons: the shipped ones, and small ones that
 * use every form a key has. What layers become is looked at in the model. */
#include <string.h>

#include "backstep/base/text.h"
#include "backstep/build/lesson_build.h"
#include "backstep/lesson/layer_kind.h"
#include "check.h"

static struct lesson *read_ok(const char *path)
{
	struct error_list errors = {0};
	struct lesson *lesson = NULL;
	enum status status = lesson_read_file(path, &lesson, &errors);
	for (size_t i = 0; i < errors.n_items; i++)
		print_error("%s:%zu: %s\n", errors.items[i].file, errors.items[i].line,
			    errors.items[i].message);
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(errors.n_items, 0);
	assert_non_null(lesson);
	error_list_free(&errors);
	return lesson;
}

static struct lesson *read_text_ok(const char *text)
{
	struct error_list errors = {0};
	struct lesson *lesson = NULL;
	enum status status = lesson_read_text("test.yaml", text, strlen(text), &lesson, &errors);
	for (size_t i = 0; i < errors.n_items; i++)
		print_error("%zu:%zu: %s\n", errors.items[i].line, errors.items[i].column,
			    errors.items[i].message);
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
	return lesson;
}

static struct lesson_model build_ok(const struct lesson *lesson)
{
	struct error_list errors = {0};
	struct lesson_model built;
	assert_int_equal(lesson_build(lesson, &built, &errors), STATUS_OK);
	assert_int_equal(errors.n_items, 0);
	return built;
}

/* The label called name, of data or of a parameter; NULL: there is none. */
static const struct label *label_of(const struct lesson_model *built, const char *name)
{
	const struct graph *graph = &built->model->graph;
	for (size_t i = 0; i < graph->n_nodes; i++) {
		const struct node *node = graph->nodes[i];
		size_t n = node->kind == NODE_PARAM ? node->rows * node->cols : node->rows;

		for (size_t e = 0; node->labels && e < n; e++)
			if (strcmp(node->labels[e].name, name) == 0)
				return &node->labels[e];
	}
	return NULL;
}

/* Parameter node k of a layer from 1: the weights before the biases. */
static const struct node *param_node(const struct lesson_model *built, size_t layer, size_t k)
{
	const struct graph *graph = &built->model->graph;
	for (size_t i = 0; i < graph->n_nodes; i++)
		if (graph->nodes[i]->kind == NODE_PARAM && graph->nodes[i]->layer == layer &&
		    k-- == 0)
			return graph->nodes[i];
	return NULL;
}

/* The place of its element e among all parameters. */
static size_t param_place(const struct lesson_model *built, size_t layer, size_t k, size_t e)
{
	const struct node *node = param_node(built, layer, k);
	return node->ids ? node->ids[e] : node->first + e;
}

static const char *weight_at(const struct lesson_model *built, size_t layer, size_t unit,
			     size_t input)
{
	const struct node *weights = param_node(built, layer, 0);
	return weights->labels[unit * weights->cols + input].name;
}

static const char *trained(const struct lesson *lesson, size_t i)
{
	return lesson->params[lesson->train.items[i].param].label.name;
}

static double value_of(const struct lesson *lesson, const char *name)
{
	for (size_t i = 0; i < lesson->n_params; i++)
		if (strcmp(lesson->params[i].label.name, name) == 0)
			return lesson->params[i].value;
	return NAN;
}

#define LESSONS BACKSTEP_SOURCE_DIR "/lessons/"

static void sigmoid_2_2_2(void **state)
{
	static const char *const order[] = {"w5", "w6", "w7", "w8", "w1",
					    "w2", "w3", "w4", "B1", "B2"};
	struct lesson *lesson = read_ok(LESSONS "18-sigmoid-2-2-2.yaml");
	struct lesson_model built = build_ok(lesson);
	(void)state;
	assert_string_equal(lesson->id.text, "sigmoid-2-2-2");
	assert_string_equal(lesson->source.author.text, "Blanca Vázquez, IIMAS-UNAM");
	assert_int_equal(lesson->n_inputs, 2);
	assert_int_equal(lesson->network.layers.n_items, 2);
	assert_int_equal(lesson->n_outputs, 2);
	assert_null(label_of(&built, "n2")->symbol);
	assert_non_null(label_of(&built, "sum_n1"));
	assert_string_equal(label_of(&built, "y1")->symbol, "ŷ₁");
	assert_string_equal(label_of(&built, "sum_y1")->symbol, "sum_ŷ₁");
	assert_null(label_of(&built, "xw_n1"));
	assert_ptr_equal(built.model->output->op, &op_sigmoid);
	/* The lecture's wiring: w2 leads from x1 to n2, w3 from x2 to n1. */
	assert_string_equal(weight_at(&built, 1, 0, 0), "w1");
	assert_string_equal(weight_at(&built, 1, 0, 1), "w3");
	assert_string_equal(weight_at(&built, 1, 1, 0), "w2");
	assert_string_equal(weight_at(&built, 1, 1, 1), "w4");
	assert_string_equal(weight_at(&built, 2, 0, 1), "w6");
	assert_string_equal(weight_at(&built, 2, 1, 0), "w7");
	assert_int_equal(param_node(&built, 1, 1)->rows, 1); /* one bias that both units share */
	assert_string_equal(param_node(&built, 1, 1)->labels[0].name, "B1");
	assert_int_equal(lesson->n_params, 10);
	assert_same_bits(value_of(lesson, "w7"), 0.7);
	assert_same_bits(value_of(lesson, "B2"), 0.35);
	assert_int_equal(lesson->train.n_items, 10);
	for (size_t i = 0; i < 10; i++)
		assert_string_equal(trained(lesson, i), order[i]);
	assert_string_equal(lesson->loss.kind.text, "half-squared-error");
	assert_string_equal(lesson->loss.terms.items[1].name, "E2");
	assert_string_equal(lesson->loss.targets.items[1].name, "t2");
	assert_string_equal(lesson->loss.total.name, "E");
	assert_int_equal(lesson->n_examples, 1);
	assert_same_bits(lesson->x[1], 0.5);
	assert_same_bits(lesson->targets[1], 0.95);
	assert_string_equal(lesson->training.optimizer.text, "gd");
	assert_same_bits(lesson->training.rate.value, 0.6);
	assert_null(lesson->training.rule.text);
	assert_int_equal(lesson->training.batch.value, 1);
	lesson_model_free(&built);
	lesson_free(lesson);
}

static void or_perceptron(void **state)
{
	static const double x[] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[] = {0, 1, 1, 1};
	struct lesson *lesson = read_ok(LESSONS "01-or-perceptron.yaml");
	struct lesson_model built = build_ok(lesson);
	(void)state;
	assert_int_equal(lesson->n_outputs, 1);
	assert_string_equal(param_node(&built, 1, 1)->labels[0].name, "b");
	assert_string_equal(built.model->output->inputs[0]->labels[0].name, "z");
	assert_same_bits(value_of(lesson, "b"), -0.5);
	/* With one output the term is the total. */
	assert_string_equal(lesson->loss.terms.items[0].name, "eps");
	assert_string_equal(lesson->loss.total.name, "eps");
	assert_string_equal(lesson->loss.total.symbol, "ε");
	assert_string_equal(lesson->loss.targets.items[0].name, "t");
	assert_string_equal(lesson->training.rule.text, "lecture");
	assert_int_equal(lesson->training.batch.value, 1);
	assert_int_equal(lesson->n_examples, 4);
	assert_memory_equal(lesson->x, x, sizeof x);
	assert_memory_equal(lesson->targets, targets, sizeof targets);
	assert_int_equal(lesson->train.n_items, 0);
	lesson_model_free(&built);
	lesson_free(lesson);
}

static void xor_relu(void **state)
{
	struct lesson *lesson = read_ok(LESSONS "24-xor-relu.yaml");
	struct lesson_model built = build_ok(lesson);
	(void)state;
	assert_non_null(label_of(&built, "XW2"));
	assert_non_null(label_of(&built, "z1"));
	assert_string_equal(weight_at(&built, 1, 0, 1), "W21");
	assert_int_equal(param_node(&built, 1, 1)->rows, 2);
	assert_same_bits(value_of(lesson, "c2"), -1.0);
	assert_int_not_equal(built.model->output->op->family, OP_ACTIVATION);
	assert_same_bits(value_of(lesson, "w2"), -2.0);
	assert_int_equal(lesson->loss.over.value, LESSON_OVER_MEAN);
	assert_string_equal(lesson->loss.total.name, "E");
	assert_string_equal(lesson->loss.batch.name, "J");
	assert_int_equal(lesson->training.batch.value, 4);
	lesson_model_free(&built);
	lesson_free(lesson);
}

static void xor_relu_learn(void **state)
{
	static const double values[] = {0.8, 0.7, -0.6, 0.9, 0.1, 0.2, 0.5, -0.4, 0.1};
	struct lesson *lesson = read_ok(LESSONS "25-xor-relu-learn.yaml");
	(void)state;
	assert_int_equal(lesson->n_params, 9);
	for (size_t i = 0; i < 9; i++)
		assert_same_bits(lesson->params[i].value, values[i]);
	assert_same_bits(lesson->training.rate.value, 0.1);
	assert_int_equal(lesson->training.batch.value, 4);
	lesson_free(lesson);
}

/* Every phase has its text in both languages, and so has what is to be tried. */
static void shipped_texts(void **state)
{
	static const char *const files[] = {
	    "01-or-perceptron",  "18-sigmoid-2-2-2", "24-xor-relu",           "25-xor-relu-learn",
	    "38-residual-block", "41-dropout",       "43-batch-normalisation"};
	static const char *const places[] = {"forward", "loss", "backward", "update", "commit"};
	char path[512];
	(void)state;
	for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
		struct lesson *lesson;

		snprintf(path, sizeof path, LESSONS "%s.yaml", files[f]);
		lesson = read_ok(path);
		assert_string_equal(lesson->id.text, files[f] + 3);
		for (int l = 0; l < N_LANGUAGES; l++) {
			assert_non_null(lesson->title.in[l].text);
			assert_true(strlen(lesson->text.in[l].text) > 200);
			for (size_t p = 0; p < sizeof places / sizeof *places; p++)
				assert_non_null(
				    lesson_note_at(lesson, places[p], (enum language)l));
		}
		assert_true(lesson->tries.n_items >= 2);
		lesson_free(lesson);
	}
}

#define HEAD "format: 1\nid: t\ntitle: {es: a, en: b}\ntext: {es: c, en: d}\n"
#define TAIL "training: {optimizer: gd, rate: 1e-3}\n...\n"

static void default_names(void **state)
{
	struct lesson *lesson = read_text_ok(
	    HEAD "network:\n"
		 "  inputs: [x1, x2]\n"
		 "  input_symbols: [χ₁, χ₂]\n"
		 "  layers:\n"
		 "    - {units: [n1, n2], symbols: [ν₁, ν₂], activation: tanh,\n"
		 "       weights: [[0.1, 0.2], [-.3, w=+4]], bias: 0.5, separate_bias: true}\n"
		 "    - {units: [y1, y2], weights: [[1, 2], [3, 4]], bias: [0.25, b=0.5]}\n"
		 "loss: {kind: half-squared-error, over: sum}\n"
		 "data: [{x: [1, 2], target: [3, 4]}, {x: [5, 6], target: [7, 8]}]\n" TAIL);
	struct lesson_model built = build_ok(lesson);
	(void)state;
	assert_string_equal(lesson->inputs[1].symbol, "χ₂");
	assert_string_equal(weight_at(&built, 1, 0, 1), "w_n1_x2");
	assert_string_equal(weight_at(&built, 1, 1, 0), "w_n2_x1");
	assert_string_equal(weight_at(&built, 1, 1, 1), "w");
	assert_same_bits(value_of(lesson, "w_n2_x1"), -0.3);
	assert_string_equal(param_node(&built, 1, 1)->labels[0].name, "b_1");
	assert_string_equal(label_of(&built, "xw_n1")->symbol, "xw_ν₁");
	assert_non_null(label_of(&built, "sum_n2"));
	assert_string_equal(param_node(&built, 2, 1)->labels[0].name, "b_y1");
	assert_string_equal(param_node(&built, 2, 1)->labels[1].name, "b");
	assert_string_equal(lesson->loss.targets.items[1].name, "t2");
	assert_string_equal(lesson->loss.terms.items[0].name, "E1");
	assert_string_equal(lesson->loss.total.name, "E");
	assert_string_equal(lesson->loss.batch.name, "J");
	assert_int_equal(lesson->loss.over.value, LESSON_OVER_SUM);
	assert_int_equal(lesson->training.batch.value, 2);
	assert_same_bits(lesson->x[3], 6.0);
	assert_same_bits(lesson->targets[2], 7.0);
	lesson_model_free(&built);
	lesson_free(lesson);
}

static void shared_parameters(void **state)
{
	struct lesson *lesson =
	    read_text_ok(HEAD "network:\n"
			      "  inputs: [x1, x2]\n"
			      "  layers:\n"
			      "    - {units: [n], weights: [[w=0.1, w]], bias: [b=2]}\n"
			      "    - {units: [y], weights: [[w]], bias: b}\n"
			      "loss: {kind: error, total: L}\n"
			      "data: [{x: [1, 2], target: [3]}]\n"
			      "train: all\n" TAIL);
	struct lesson_model built = build_ok(lesson);
	(void)state;
	assert_int_equal(lesson->n_params, 2);
	assert_int_equal(param_place(&built, 1, 0, 0), 0);
	assert_int_equal(param_place(&built, 1, 0, 1), 0);
	assert_int_equal(param_place(&built, 2, 0, 0), 0);
	assert_int_equal(param_place(&built, 2, 1, 0), 1);
	assert_string_equal(lesson->loss.terms.items[0].name, "L");
	assert_string_equal(lesson->loss.total.name, "L");
	assert_int_equal(lesson->train.n_items, 0);
	lesson_model_free(&built);
	lesson_free(lesson);
}

/* Windows line ends, a byte order mark and a document start change nothing but the bytes. */
static void other_editors(void **state)
{
	struct lesson *lesson =
	    read_text_ok("\xEF\xBB\xBF---\r\nformat: 1\r\nid: t\r\ntitle: {es: a, en: b}\r\n"
			 "text:\r\n  es: |\r\n    uno\r\n    dos\r\n  en: d\r\n"
			 "network: {inputs: [x], layers: [{units: [y], weights: [[w=1]]}]}\r\n"
			 "loss: {kind: error}\r\ndata: [{x: [1], target: [2]}]\r\n"
			 "training: {optimizer: gd, rate: 1, batch: all}\r\n...\r\n");
	(void)state;
	assert_string_equal(lesson->text.in[LANGUAGE_ES].text,
			    "uno dos"); /* lines of a paragraph are joined */
	assert_int_equal(lesson->id.mark.line, 3);
	assert_int_equal(lesson->id.mark.column, 5);
	lesson_free(lesson);
}

/* Places, in characters, that a later check can point at. */
static void marks(void **state)
{
	struct lesson *lesson = read_text_ok(
	    HEAD "network: {inputs: [x], layers: [{units: [y], symbols: [ŷ], activation: relu,\n"
		 "  weights: [[w=1]]}]}\n"
		 "loss: {kind: error}\n"
		 "data: [{x: [1], target: [2]}]\n"
		 "training: {optimizer: gd, rate: 1,  rule: descent}\n...\n");
	(void)state;
	assert_int_equal(lesson->network.layers.items[0]->units.items[0].mark.line, 5);
	assert_int_equal(lesson->network.layers.items[0]->units.items[0].mark.column, 42);
	assert_int_equal(lesson->params[0].label.mark.line, 6);
	assert_int_equal(lesson->params[0].label.mark.column, 14);
	assert_int_equal(lesson->loss.kind.mark.line, 7);
	assert_int_equal(lesson->loss.kind.mark.column, 14);
	assert_int_equal(lesson->training.optimizer.mark.line, 9);
	assert_int_equal(lesson->training.rule.mark.column, 43);
	assert_string_equal(lesson->file, "test.yaml");
	lesson_free(lesson);
}

static void notes(void **state)
{
	struct lesson *lesson = read_ok(LESSONS "18-sigmoid-2-2-2.yaml");
	(void)state;
	assert_non_null(
	    strstr(lesson_note_at(lesson, "commit", LANGUAGE_EN), "Only now do the new weights"));
	assert_non_null(strstr(lesson_note_at(lesson, "w1", LANGUAGE_ES), "dos salidas"));
	assert_null(lesson_note_at(lesson, "w2", LANGUAGE_EN));
	assert_null(lesson_note_at(lesson, "", LANGUAGE_EN));
	lesson_free(lesson);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sigmoid_2_2_2),
	    cmocka_unit_test(or_perceptron),
	    cmocka_unit_test(xor_relu),
	    cmocka_unit_test(xor_relu_learn),
	    cmocka_unit_test(shipped_texts),
	    cmocka_unit_test(default_names),
	    cmocka_unit_test(shared_parameters),
	    cmocka_unit_test(other_editors),
	    cmocka_unit_test(marks),
	    cmocka_unit_test(notes),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
