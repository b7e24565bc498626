/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_sequences.c -- lessons of architectures against numbers that a plain Python program
 * made (tests/reference/sequences.py): every value that it prints, and every gradient. And what is
 * written with [t]: its names, its order, what is refused. */
#include "../../src/engine/passes.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"
#include "backstep/build/lesson_build.h"

#define TOLERANCE 1e-12

/* A lesson with the passes of its first batch computed. */
struct built {
	struct lesson *lesson;
	struct lesson_model model;
};

static void compute(struct built *built)
{
	static const size_t rows[] = {0};
	struct model *model = built->model.model;
	assert_int_equal(built->model.batch, 1);
	model_load(model, built->model.data.x, built->model.data.t, rows, 1);
	model_forward(model);
	model_backward(model, GRAPH_ALL);
}

static void print_errors(const struct error_list *errors)
{
	for (size_t k = 0; k < errors->n_items; k++)
		print_error("%zu:%zu: %s\n", errors->items[k].line, errors->items[k].column,
			    errors->items[k].message);
}

static void built_free(struct built *built)
{
	lesson_model_free(&built->model);
	lesson_free(built->lesson);
}

/* The lesson in lessons/ whose file is called NN-name.yaml, NN from 50 on. */
static void open_lesson(struct built *built, const char *name)
{
	struct error_list errors = {0};
	enum status status = STATUS_IO;
	char path[512];
	for (int number = 50; status == STATUS_IO && number < 100; number++) {
		error_list_free(&errors);
		errors = (struct error_list){0};
		snprintf(path, sizeof path, "%s/lessons/%d-%s.yaml", BACKSTEP_SOURCE_DIR, number,
			 name);
		status = lesson_read_file(path, &built->lesson, &errors);
	}
	if (!status)
		status = lesson_build(built->lesson, &built->model, &errors);
	print_errors(&errors);
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
	compute(built);
}

/* The number that the program has under the name: a value, the loss, or after d a gradient. */
static double number_of(const struct built *built, const char *name)
{
	const struct model *model = built->model.model;
	char text[LABEL_TEXT];
	size_t param;
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		for (size_t row = 0; node->op && row < node->rows; row++)
			if (strcmp(node_name(node, row * node->stride, text), name) == 0)
				return node->value[row * node->stride];
	}
	if (*name == 'd' && model_find_param(model, name + 1, &param))
		return model->graph.grad[param];
	fail_msg("the lesson %s has no %s", built->lesson->id.text, name);
	return 0.0;
}

static void test_reference(void **state)
{
	FILE *file = fopen(BACKSTEP_SOURCE_DIR "/tests/reference/sequences.txt", "r");
	struct built built = {0};
	char lesson[64], name[64];
	double wanted;
	size_t n_gradients = 0, n_params = 0;
	(void)state;
	assert_non_null(file);
	while (fscanf(file, "%63s %63s %lf", lesson, name, &wanted) == 3) {
		if (!built.lesson || strcmp(built.lesson->id.text, lesson) != 0) {
			if (built.lesson)
				built_free(&built);
			open_lesson(&built, lesson);
			n_params += built.model.model->graph.n_params;
		}
		n_gradients += *name == 'd';
		assert_near(number_of(&built, name), wanted, TOLERANCE);
	}
	assert_int_equal(n_gradients, n_params); /* all of them */
	assert_true(n_params > 0);
	built_free(&built);
	fclose(file);
}

static enum status build(struct built *built, const char *keys, struct error_list *errors)
{
	struct strbuf text = {0};
	strbuf_addf(&text,
		    "format: 2\nid: g\ntitle: {en: g}\ntext: {en: g}\n%s\n"
		    "training: {optimizer: gd, rate: 0.1}\n...\n",
		    keys);
	enum status status =
	    lesson_read_text("g", strbuf_str(&text), text.len, &built->lesson, errors);
	strbuf_free(&text);
	if (!status)
		status = lesson_build(built->lesson, &built->model, errors);
	if (status) {
		lesson_free(built->lesson);
		return status;
	}
	compute(built);
	return STATUS_OK;
}

static void open_text(struct built *built, const char *keys)
{
	struct error_list errors = {0};
	enum status status = build(built, keys, &errors);
	print_errors(&errors);
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
}

static void assert_refused(const char *keys, const char *wanted, size_t column)
{
	struct error_list errors = {0};
	struct built built;
	assert_int_equal(build(&built, keys, &errors), STATUS_BAD_INPUT);
	print_errors(&errors);
	assert_int_equal(errors.n_items, 1);
	assert_non_null(strstr(errors.items[0].message, wanted));
	assert_int_equal(errors.items[0].column, column);
	error_list_free(&errors);
}

/* h1 = 2 * 1, h2 = 2 * 1 + h1 * 2 (t is 2), h3 = 2 * 1 + h2 * 3; and all of them in a list. */
static void test_steps(void **state)
{
	struct built built;
	(void)state;
	open_text(&built,
		  "graph:\n  inputs:\n    - x[t]\n    - h[0]\n  parameters: [w=2]\n  steps: 3\n"
		  "  nodes:\n    - h[t] = w*x[t] + h[t-1]*t\n    - s[t] = max(h[1..t])\n"
		  "    - f = h[3] + s[ 2 ]\ndata: [{x: [1, 1, 1, 0]}]");
	assert_near(number_of(&built, "h1"), 2, 0.0);
	assert_near(number_of(&built, "h2"), 6, 0.0);
	assert_near(number_of(&built, "h3"), 20, 0.0);
	assert_near(number_of(&built, "s2"), 6, 0.0);
	assert_near(number_of(&built, "f"), 26, 0.0);
	assert_near(number_of(&built, "dw"), 13, 0.0); /* 26 = 13 w */
	built_free(&built);
}

#define RECURS(steps, nodes)                                                     \
	"graph:\n  inputs:\n    - x[t]\n    - h[0]\n  parameters: [w=2]\n" steps \
	"  nodes:\n" nodes "    - f = h[1] + 1\ndata: [{x: [1, 1, 0]}]"
#define STEPS "  steps: 2\n"

static void test_refused(void **state)
{
	(void)state;
	assert_refused(RECURS(STEPS, "    - h[t] = w*x[t] + h[t-2]\n"), "there is no h[-1]", 23);
	assert_refused(RECURS(STEPS, "    - h[t] = w*x[t] + h[t-1] + h[3]\n"), "there is no h[3]",
		       32);
	assert_refused(RECURS(STEPS, "    - h[t] = w*x[t] + h[t+q]\n"), "h is written with [t]",
		       23);
	assert_refused(RECURS(STEPS, "    - h[t] = w*x[1..t] + h[t-1]\n"), "unexpected", 16);
	assert_refused(RECURS(STEPS, "    - h[t] = w*x[t] + q + h[t-1]\n"), "unknown name 'q'", 23);
	assert_refused(RECURS(STEPS, "    - h[t] = w*x[t] + h[t-1] + 1/0\n"), "not a finite number",
		       32);
	assert_refused(RECURS(STEPS, "    - h[t] = w*x[t] + h[99999999999999999999]\n"),
		       "there is no h[100]", 23);
	assert_refused(RECURS(STEPS, "    - h[q] = w*x[t]\n"), "is not NAME, NAME[t] or NAME[0]",
		       7);
	assert_refused("graph: {parameters: [w=2], steps: 2, nodes: [\"f = w*w\"]}",
		       "nothing is written with [t]", 35);
	assert_refused("graph: {parameters: [w=2], nodes: [\"f[t] = w*w\"]}", "needs 'steps'", 37);
}

/* Of the picture 1 2 3, 4 5 6 a kernel of 1 by 2 makes 5 8, 14 17, and one of 2 by 1 13 19 25; what
 * is done to each number keeps the rows. Two of one row are named as a vector's are. */
static void test_pictures(void **state)
{
	struct built built;
	(void)state;
	open_text(&built,
		  "graph:\n  inputs:\n    - x[t]: [2, 3]\n    - z: [1, 2]\n"
		  "  parameters: [v: [[1, 2]], w: [[1], [3]]]\n  steps: 2\n  nodes:\n"
		  "    - c[t] = conv(v, x[t])\n    - d = c1*c2 + 1\n    - e = conv(w, x1)\n"
		  "    - m = max_pool(d, 2)\n    - q = c1_12 + d[2,1] + e3 + x1_21 + z2\n"
		  "    - f = q + m\ndata: [{x: [1, 2, 3, 4, 5, 6, 1, 0, 0, 1, 0, 1, 7, 9]}]");
	assert_near(number_of(&built, "c1_11"), 5, 0.0);
	assert_near(number_of(&built, "c1_22"), 17, 0.0);
	assert_near(number_of(&built, "c2_22"), 2, 0.0);
	assert_near(number_of(&built, "d22"), 35, 0.0);
	assert_near(number_of(&built, "e1"), 13, 0.0);
	assert_near(number_of(&built, "e3"), 21, 0.0);
	assert_near(number_of(&built, "m"), 35, 0.0);
	assert_near(number_of(&built, "q"), 8 + 15 + 21 + 4 + 9, 0.0);
	assert_near(number_of(&built, "f"), 92, 0.0);
	built_free(&built);
}

#define PICTURE_OF(size, node, x)                                                                 \
	"graph:\n  inputs: [x: " size ", v: 4]\n  parameters: [w: [[1, 2], [3, 4]], k: [1, 2]]\n" \
	"  nodes:\n    - a = sum(conv(w, x)) + sum(x) + sum(v)\n    - f = a + " node              \
	"\ndata: [{x: [" x "0, 0, 0, 0]}]"

#define PICTURE(size, node) PICTURE_OF(size, node, "0, 0, 0, 0, 0, 0, 0, 0, 0, ")

static void test_pictures_refused(void **state)
{
	(void)state;
	assert_refused(PICTURE("[3, 3]", "sum(conv(k, x))"), "takes a matrix of parameters", 19);
	assert_refused(PICTURE("[3, 3]", "sum(conv(w, v))"), "takes a matrix of parameters", 19);
	assert_refused(PICTURE("[3, 3]", "sum(conv(transpose(w), x))"), "takes a matrix", 19);
	assert_refused(PICTURE("[3, 3]", "sum(max_pool(x, 2))"), "3 by 3 is not cut into squares",
		       19);
	assert_refused(PICTURE("[3, 3]", "sum(max_pool(x, 1.5))"), "a whole number from 1", 31);
	assert_refused(PICTURE_OF("[1, 4]", "sum(k)", "0, 0, 0, 0, "),
		       "2 by 2 is larger than the picture of 1 by 4", 15);
	assert_refused(PICTURE("[3, 0]", "sum(k)"), "found '0'", 19);
	assert_refused(PICTURE("[3, 3, 3]", "sum(k)"), "expected a whole number", 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reference),        cmocka_unit_test(test_steps),
	    cmocka_unit_test(test_refused),          cmocka_unit_test(test_pictures),
	    cmocka_unit_test(test_pictures_refused),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
