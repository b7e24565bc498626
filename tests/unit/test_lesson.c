/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson.c -- what the reader makes of good lessons: the shipped ones, and small ones that
 * use every form a key has. */
#include <string.h>

#include "backstep/base/text.h"
#include "backstep/lesson/lesson.h"
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

static const char *param_at(const struct lesson *lesson, size_t layer, size_t unit, size_t input)
{
	const struct lesson_layer *l = &lesson->layers[layer];
	return lesson->params[l->weights[unit * l->n_inputs + input]].name;
}

static const char *trained(const struct lesson *lesson, size_t i)
{
	return lesson->params[lesson->train[i].param].name;
}

static double value_of(const struct lesson *lesson, const char *name)
{
	for (size_t i = 0; i < lesson->n_params; i++)
		if (strcmp(lesson->params[i].name, name) == 0)
			return lesson->params[i].value;
	return NAN;
}

#define LESSONS BACKSTEP_SOURCE_DIR "/lessons/"

static void sigmoid_2_2_2(void **state)
{
	static const char *const order[] = {"w5", "w6", "w7", "w8", "w1",
					    "w2", "w3", "w4", "B1", "B2"};
	struct lesson *lesson = read_ok(LESSONS "18-sigmoid-2-2-2.yaml");
	const struct lesson_layer *hidden = &lesson->layers[0], *output = &lesson->layers[1];
	(void)state;
	assert_string_equal(lesson->id.text, "sigmoid-2-2-2");
	assert_string_equal(lesson->author.text, "Blanca Vázquez, IIMAS-UNAM");
	assert_int_equal(lesson->n_inputs, 2);
	assert_int_equal(lesson->n_layers, 2);
	assert_int_equal(lesson->n_outputs, 2);
	assert_string_equal(hidden->units[1].name, "n2");
	assert_null(hidden->units[1].symbol);
	assert_string_equal(hidden->sums[0].name, "sum_n1");
	assert_string_equal(output->units[0].symbol, "ŷ₁");
	assert_string_equal(output->sums[0].name, "sum_y1");
	assert_string_equal(output->sums[0].symbol, "sum_ŷ₁");
	assert_null(hidden->products);
	assert_string_equal(hidden->activation.text, "sigmoid");
	/* The lecture's wiring: w2 leads from x1 to n2, w3 from x2 to n1. */
	assert_string_equal(param_at(lesson, 0, 0, 0), "w1");
	assert_string_equal(param_at(lesson, 0, 0, 1), "w3");
	assert_string_equal(param_at(lesson, 0, 1, 0), "w2");
	assert_string_equal(param_at(lesson, 0, 1, 1), "w4");
	assert_string_equal(param_at(lesson, 1, 0, 1), "w6");
	assert_string_equal(param_at(lesson, 1, 1, 0), "w7");
	assert_true(hidden->shared_bias);
	assert_int_equal(hidden->n_biases, 1);
	assert_string_equal(lesson->params[hidden->biases[0]].name, "B1");
	assert_int_equal(lesson->n_params, 10);
	assert_same_bits(value_of(lesson, "w7"), 0.7);
	assert_same_bits(value_of(lesson, "B2"), 0.35);
	assert_int_equal(lesson->n_train, 10);
	for (size_t i = 0; i < 10; i++)
		assert_string_equal(trained(lesson, i), order[i]);
	assert_string_equal(lesson->loss.kind.text, "half-squared-error");
	assert_string_equal(lesson->loss.terms[1].name, "E2");
	assert_string_equal(lesson->loss.targets[1].name, "t2");
	assert_string_equal(lesson->loss.total.name, "E");
	assert_int_equal(lesson->n_examples, 1);
	assert_same_bits(lesson->x[1], 0.5);
	assert_same_bits(lesson->targets[1], 0.95);
	assert_string_equal(lesson->training.optimizer.text, "gd");
	assert_same_bits(lesson->training.rate.value, 0.6);
	assert_null(lesson->training.rule.text);
	assert_int_equal(lesson->training.batch, 1);
	lesson_free(lesson);
}

static void or_perceptron(void **state)
{
	static const double x[] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[] = {0, 1, 1, 1};
	struct lesson *lesson = read_ok(LESSONS "01-or-perceptron.yaml");
	(void)state;
	assert_int_equal(lesson->n_outputs, 1);
	assert_false(lesson->layers[0].shared_bias);
	assert_int_equal(lesson->layers[0].n_biases, 1);
	assert_string_equal(lesson->layers[0].sums[0].name, "z");
	assert_same_bits(value_of(lesson, "b"), -0.5);
	/* With one output the term is the total. */
	assert_string_equal(lesson->loss.terms[0].name, "eps");
	assert_string_equal(lesson->loss.total.name, "eps");
	assert_string_equal(lesson->loss.total.symbol, "ε");
	assert_string_equal(lesson->loss.targets[0].name, "t");
	assert_string_equal(lesson->training.rule.text, "lecture");
	assert_int_equal(lesson->training.batch, 1);
	assert_int_equal(lesson->n_examples, 4);
	assert_memory_equal(lesson->x, x, sizeof x);
	assert_memory_equal(lesson->targets, targets, sizeof targets);
	assert_int_equal(lesson->n_train, 0);
	lesson_free(lesson);
}

static void xor_relu(void **state)
{
	struct lesson *lesson = read_ok(LESSONS "24-xor-relu.yaml");
	const struct lesson_layer *hidden = &lesson->layers[0], *output = &lesson->layers[1];
	(void)state;
	assert_true(hidden->separate_bias);
	assert_string_equal(hidden->products[1].name, "XW2");
	assert_string_equal(hidden->sums[0].name, "z1");
	assert_string_equal(param_at(lesson, 0, 0, 1), "W21");
	assert_int_equal(hidden->n_biases, 2);
	assert_same_bits(value_of(lesson, "c2"), -1.0);
	assert_null(output->activation.text);
	assert_null(output->sums);
	assert_same_bits(value_of(lesson, "w2"), -2.0);
	assert_int_equal(lesson->loss.over, LESSON_OVER_MEAN);
	assert_string_equal(lesson->loss.total.name, "E");
	assert_string_equal(lesson->loss.batch.name, "J");
	assert_int_equal(lesson->training.batch, 4);
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
	assert_int_equal(lesson->training.batch, 4);
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
		assert_true(lesson->n_tries >= 2);
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
	const struct lesson_layer *hidden = &lesson->layers[0], *output = &lesson->layers[1];
	(void)state;
	assert_string_equal(lesson->inputs[1].symbol, "χ₂");
	assert_string_equal(param_at(lesson, 0, 0, 1), "w_n1_x2");
	assert_string_equal(param_at(lesson, 0, 1, 0), "w_n2_x1");
	assert_string_equal(param_at(lesson, 0, 1, 1), "w");
	assert_same_bits(value_of(lesson, "w_n2_x1"), -0.3);
	assert_string_equal(lesson->params[hidden->biases[0]].name, "b_1");
	assert_string_equal(hidden->products[0].name, "xw_n1");
	assert_string_equal(hidden->products[0].symbol, "xw_ν₁");
	assert_string_equal(hidden->sums[1].name, "sum_n2");
	assert_string_equal(lesson->params[output->biases[0]].name, "b_y1");
	assert_string_equal(lesson->params[output->biases[1]].name, "b");
	assert_string_equal(lesson->loss.targets[1].name, "t2");
	assert_string_equal(lesson->loss.terms[0].name, "E1");
	assert_string_equal(lesson->loss.total.name, "E");
	assert_string_equal(lesson->loss.batch.name, "J");
	assert_int_equal(lesson->loss.over, LESSON_OVER_SUM);
	assert_int_equal(lesson->training.batch, 2);
	assert_same_bits(lesson->x[3], 6.0);
	assert_same_bits(lesson->targets[2], 7.0);
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
	(void)state;
	assert_int_equal(lesson->n_params, 2);
	assert_int_equal(lesson->layers[0].weights[0], 0);
	assert_int_equal(lesson->layers[0].weights[1], 0);
	assert_int_equal(lesson->layers[1].weights[0], 0);
	assert_int_equal(lesson->layers[1].biases[0], 1);
	assert_string_equal(lesson->loss.terms[0].name, "L");
	assert_string_equal(lesson->loss.total.name, "L");
	assert_int_equal(lesson->n_train, 0);
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
	    HEAD "network: {inputs: [x], layers: [{units: [y], symbols: [ŷ], activation: relux,\n"
		 "  weights: [[w=1]]}]}\n"
		 "loss: {kind: lost}\n"
		 "data: [{x: [1], target: [2]}]\n"
		 "training: {optimizer: sgd, rate: 1, rule: none}\n...\n");
	(void)state;
	assert_int_equal(lesson->layers[0].activation.mark.line, 5);
	assert_int_equal(lesson->layers[0].activation.mark.column, 72);
	assert_int_equal(lesson->params[0].mark.line, 6);
	assert_int_equal(lesson->params[0].mark.column, 14);
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
