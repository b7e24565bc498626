/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_gpt.c -- a GPT of 4,192 parameters as the graph of a lesson: the loss, every gradient
 * and every weight after Adam's first update are those of a plain Python program
 * (tests/reference/gpt.py). */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/strbuf.h"
#include "backstep/base/text.h"
#include "backstep/build/lesson_build.h"

enum { CHARACTERS = 27, WIDTH = 16, POSITIONS = 16, STEPS = 5, N_PARAMS = 4192 };
#define TOLERANCE 1e-10

static const size_t word[STEPS + 1] = {0, 5, 13, 13, 1, 0}; /* "emma" between two ends */

/* Writes a matrix; weight k starts as the Python program has it. */
static void add_matrix(struct strbuf *text, const char *name, size_t rows, size_t cols, size_t *k)
{
	strbuf_addf(text, "    - %s: [", name);
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < cols; j++, ++*k)
			strbuf_addf(text, "%s%.17g%s",
				    j   ? ", "
				    : i ? ", ["
					: "[",
				    ((double)((7919 * *k + 13) % 1000) - 500.0) / 2500.0,
				    j + 1 < cols ? "" : "]");
	strbuf_add(text, "]\n");
}

static void add_parameters(struct strbuf *text)
{
	size_t k = 0;
	char name[8];
	strbuf_add(text, "  parameters:\n");
	add_matrix(text, "wte", CHARACTERS, WIDTH, &k);
	add_matrix(text, "wpe", POSITIONS, WIDTH, &k);
	add_matrix(text, "head", CHARACTERS, WIDTH, &k);
	for (char letter = 'A'; letter <= 'D'; letter++)
		for (const char *kind = "QKV"; *kind; kind++) {
			snprintf(name, sizeof name, "%c%c", *kind, letter);
			add_matrix(text, name, WIDTH / 4, WIDTH, &k);
		}
	add_matrix(text, "wo", WIDTH, WIDTH, &k);
	add_matrix(text, "up", 4 * WIDTH, WIDTH, &k);
	add_matrix(text, "down", WIDTH, 4 * WIDTH, &k);
	assert_int_equal(k, N_PARAMS);
}

/* One head: what it asks, its keys and values up to here, and their mixture. */
static void add_head(struct strbuf *text, char letter)
{
	strbuf_addf(text,
		    "    - q%c[t] = Q%c*n[t]\n    - k%c[t] = K%c*n[t]\n    - v%c[t] = V%c*n[t]\n"
		    "    - o%c[t] = mix(softmax(dot(q%c[t], stack(k%c[1..t]))/2), "
		    "stack(v%c[1..t]))\n",
		    letter, letter, letter, letter, letter, letter, letter, letter, letter, letter);
}

static void add_nodes(struct strbuf *text)
{
	strbuf_add(text, "  steps: 5\n  nodes:\n"
			 "    - h[t] = rms_norm(transpose(wte)*x[t] + transpose(wpe)*p[t])\n"
			 "    - n[t] = rms_norm(h[t])\n");
	for (char letter = 'A'; letter <= 'D'; letter++)
		add_head(text, letter);
	strbuf_add(text, "    - r[t] = h[t] + wo*stack(oA[t], oB[t], oC[t], oD[t])\n"
			 "    - m[t] = r[t] + down*relu(up*rms_norm(r[t]))\n"
			 "    - l[t] = -log(dot(y[t], softmax(head*m[t])))\n"
			 "    - f = (l[1] + l[2] + l[3] + l[4] + l[5])/5\n");
}

static void add_one_hot(struct strbuf *text, size_t which, size_t n)
{
	for (size_t k = 0; k < n; k++)
		strbuf_addf(text, "%d, ", k == which);
}

static void add_data(struct strbuf *text)
{
	strbuf_add(text, "data:\n  - x: [");
	for (size_t t = 0; t < STEPS; t++)
		add_one_hot(text, word[t], CHARACTERS);
	for (size_t t = 0; t < STEPS; t++)
		add_one_hot(text, t, POSITIONS);
	for (size_t t = 0; t < STEPS; t++)
		add_one_hot(text, word[t + 1], CHARACTERS);
	strbuf_truncate(text, text->len - 2);
	strbuf_add(text, "]\n");
}

static void write_lesson(struct strbuf *text)
{
	strbuf_add(text,
		   "format: 2\nid: gpt\ntitle: {en: GPT}\ntext: {en: GPT}\ngraph:\n  inputs:\n"
		   "    - x[t]: 27\n    - p[t]: 16\n    - y[t]: 27\n");
	add_parameters(text);
	add_nodes(text);
	add_data(text);
	strbuf_add(text, "training: {optimizer: adam, rate: 0.01}\n...\n");
	assert_false(text->failed);
}

static void open_lesson(struct lesson **lesson, struct lesson_model *built)
{
	struct strbuf text = {0};
	struct error_list errors = {0};
	write_lesson(&text);
	enum status status = lesson_read_text("gpt", strbuf_str(&text), text.len, lesson, &errors);
	if (!status)
		status = lesson_build(*lesson, built, &errors);
	for (size_t k = 0; k < errors.n_items; k++)
		print_error("%zu:%zu: %s\n", errors.items[k].line, errors.items[k].column,
			    errors.items[k].message);
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
	strbuf_free(&text);
}

static void test_first_update(void **state)
{
	FILE *file = fopen(BACKSTEP_SOURCE_DIR "/tests/reference/gpt.txt", "r");
	struct lesson *lesson;
	struct lesson_model built;
	struct trainer trainer;
	double loss, gradient, updated;
	(void)state;
	assert_non_null(file);
	open_lesson(&lesson, &built);
	assert_int_equal(
	    trainer_init(&trainer, built.model, &built.optimizer, &built.data, built.batch, NULL),
	    STATUS_OK);
	trainer_prepare(&trainer);
	assert_int_equal(fscanf(file, "%lf", &loss), 1);
	assert_near(built.model->loss, loss, TOLERANCE);
	assert_int_equal(built.model->graph.n_params, N_PARAMS);
	for (size_t p = 0; p < N_PARAMS; p++) {
		assert_int_equal(fscanf(file, "%lf %lf", &gradient, &updated), 2);
		assert_near(built.model->graph.grad[p], gradient, TOLERANCE);
		/* Adam divides by the gradient's size: where that is tiny its rounding shows */
		if (gradient == 0.0 || gradient * gradient > 1e-8)
			assert_near(trainer_next(&trainer)[p], updated, TOLERANCE);
	}
	assert_int_equal(fscanf(file, "%lf", &loss), EOF);
	trainer_free(&trainer);
	lesson_model_free(&built);
	lesson_free(lesson);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_first_update)};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
