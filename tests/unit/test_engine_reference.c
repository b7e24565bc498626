/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_reference.c -- the engine against numbers that other programs made: every optimizer
 * and form on the 2-2-2 network, every activation and loss on fixed inputs, whole trainings.
 *
 * tests/reference has the numbers and the scripts that make them, out of the papers' formulas and,
 * in torch_*.txt, by PyTorch where it has the form. A row that is added needs its lines in the
 * former: that none is missing is tested too. */
#include "../../src/engine/passes.h"
#include "../../src/engine/trainer_run.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "support/networks.h"

#define TOLERANCE 1e-12
enum { MAX_NUMBERS = 16, MAX_WORDS = 3 };

/* A line of a reference: words, then numbers. */
struct line {
	char words[MAX_WORDS][64];
	double numbers[MAX_NUMBERS];
	size_t n_numbers;
};

static FILE *open_reference(const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/tests/reference/%s", BACKSTEP_SOURCE_DIR, name);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	return file;
}

static bool read_line(FILE *file, size_t n_words, struct line *line)
{
	char text[4096], *rest = text, *part;
	*line = (struct line){0};
	if (!fgets(text, sizeof text, file))
		return false;
	for (size_t k = 0; (part = strtok_r(rest, " \n", &rest)); k++) {
		if (k < n_words) {
			snprintf(line->words[k], sizeof line->words[k], "%s", part);
			continue;
		}
		assert_true(line->n_numbers < MAX_NUMBERS);
		line->numbers[line->n_numbers++] = strtod(part, NULL);
	}
	return true;
}

static void check_all(const double *got, size_t stride, const double *wanted, size_t n)
{
	for (size_t k = 0; k < n; k++)
		assert_near(got[k * stride], wanted[k], TOLERANCE);
}

static const size_t order_222[] = {W1, W2, W3, W4, W5, W6, W7, W8, B1, B2};

static void use_form(struct network *net, const char *class, const char *form)
{
	assert_non_null(optimizer_find(class));
	optimizer_init(&net->optimizer, optimizer_find(class));
	assert_int_equal(optimizer_set_form(&net->optimizer, form, NULL), STATUS_OK);
}

/* Line is the first one of a form, and file has the others: updates 1, 2, 3. */
static void check_form(FILE *file, struct line *line)
{
	struct network net;
	struct trainer trainer;
	struct line first = *line;
	assert_int_equal(network_222(&net), STATUS_OK);
	use_form(&net, first.words[0], first.words[1]);
	assert_int_equal(
	    trainer_init(&trainer, net.model, &net.optimizer, &net.data, net.batch, NULL),
	    STATUS_OK);
	for (int update = 1; update <= 3; update++) {
		assert_true(update == 1 || read_line(file, 2, line));
		assert_string_equal(line->words[0], first.words[0]);
		assert_string_equal(line->words[1], first.words[1]);
		assert_same_bits(line->numbers[0], (double)update);
		assert_int_equal(line->n_numbers, 11);
		trainer_commit(&trainer);
		for (size_t k = 0; k < 10; k++)
			assert_near(trainer_theta(&trainer)[order_222[k]], line->numbers[1 + k],
				    TOLERANCE);
	}
	trainer_free(&trainer);
	network_free(&net);
}

static void check_forms(const char *name)
{
	FILE *file = open_reference(name);
	struct line line;
	while (read_line(file, 2, &line))
		check_form(file, &line);
	fclose(file);
}

/* Lines of the reference that begin with the words. */
static size_t count_lines(const char *name, const char *first, const char *second)
{
	FILE *file = open_reference(name);
	struct line line;
	size_t n = 0;
	while (read_line(file, 2, &line))
		n += strcmp(line.words[0], first) == 0 && strcmp(line.words[1], second) == 0;
	fclose(file);
	return n;
}

/* None is missing but the rules that learn from the error. */
static void test_optimizers(void **state)
{
	(void)state;
	check_forms("optimizers.txt");
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++)
		for (size_t form = 0; !(*class)->signal && form < (*class)->n_forms; form++)
			if (count_lines("optimizers.txt", (*class)->name,
					(*class)->forms[form].name) != 3)
				fail_msg("reference/optimizers.txt has no %s %s", (*class)->name,
					 (*class)->forms[form].name);
}

/* One node of op on inputs of three rows and one example, with outputs' gradients put in. An op
 * that gathers makes one output of all three. */
static void check_activation(const struct op *op, const struct line *line)
{
	static const double upstream[] = {1.0, -2.0, 0.5};
	struct arena *arena = arena_new();
	struct graph graph;
	struct node *x, *y;
	assert_non_null(arena);
	graph_init(&graph, arena, 1);
	x = graph_add_data(&graph, NODE_INPUT, 3);
	assert_non_null(x);
	static const double three = 3.0;
	assert_int_equal(graph_add_op(&graph, op, op->gathers ? &three : NULL, &x, &y, NULL),
			 STATUS_OK);
	assert_int_equal(graph_allocate(&graph, NULL), STATUS_OK);
	assert_int_equal(line->n_numbers, 6 + y->rows);
	memcpy(x->value, line->numbers, 3 * sizeof(double));
	memcpy(y->grad, upstream, y->rows * sizeof *upstream);
	graph_forward(&graph);
	op->backward(y);
	check_all(y->value, y->stride, line->numbers + 3, y->rows);
	check_all(x->grad, x->stride, line->numbers + 3 + y->rows, 3);
	arena_free(arena);
}

/* A network without layers: its inputs are the outputs that the loss compares. */
static void check_loss(const struct loss_class *loss, const struct line *line)
{
	static const size_t row = 0;
	struct model *model;
	assert_int_equal(model_new(3, 3, 1, &model, NULL), STATUS_OK);
	assert_int_equal(model_add_loss(model, loss, REDUCE_MEAN, NULL), STATUS_OK);
	assert_int_equal(model_finish(model, NULL), STATUS_OK);
	model_load(model, line->numbers, line->numbers + 3, &row, 1);
	model_forward(model);
	model_backward(model, GRAPH_ALL);
	assert_near(model->loss, line->numbers[6], TOLERANCE);
	check_all(model->input->grad, model->input->stride, line->numbers + 7, 3);
	model_free(model);
}

static void check_functions(const char *name)
{
	FILE *file = open_reference(name);
	struct line line;
	while (read_line(file, 2, &line)) {
		if (strcmp(line.words[0], "loss") == 0) {
			assert_non_null(loss_find(line.words[1]));
			assert_int_equal(line.n_numbers, 10);
			check_loss(loss_find(line.words[1]), &line);
		} else {
			assert_non_null(op_find(OP_ACTIVATION, line.words[1]));
			check_activation(op_find(OP_ACTIVATION, line.words[1]), &line);
		}
	}
	fclose(file);
}

static void check_count(const char *kind, const char *name, size_t least)
{
	size_t n = count_lines("functions.txt", kind, name);
	if (n < least)
		fail_msg("reference/functions.txt has %zu lines of %s %s, not %zu", n, kind, name,
			 least);
}

static void test_functions(void **state)
{
	(void)state;
	check_functions("functions.txt");
	for (const struct op *const *op = op_registry; *op; op++)
		if ((*op)->family == OP_ACTIVATION)
			check_count("activation", (*op)->name, 3);
	for (const struct loss_class *loss = loss_registry; loss->name; loss++)
		check_count("loss", loss->name, 4);
}

static void test_torch_functions(void **state)
{
	(void)state;
	check_functions("torch_functions.txt");
}

static void test_torch_optimizers(void **state)
{
	(void)state;
	check_forms("torch_optimizers.txt");
}

/* A line: network, optimizer, form; updates, the loss of the last one, the parameters after it. */
static void check_training(const struct line *line)
{
	static const size_t order_xor[] = {0, 1, 2, 3, 4, 5, 6, 7};
	static const double xor_start[] = {0.8, 0.7, -0.6, 0.9, 0.1, 0.2, 0.5, -0.4};
	bool is_222 = strcmp(line->words[0], "2-2-2") == 0;
	const size_t *order = is_222 ? order_222 : order_xor;
	struct network net;
	struct trainer trainer;
	assert_int_equal(is_222 ? network_222(&net) : network_xor(&net), STATUS_OK);
	use_form(&net, line->words[1], line->words[2]);
	assert_int_equal(
	    trainer_init(&trainer, net.model, &net.optimizer, &net.data, net.batch, NULL),
	    STATUS_OK);
	if (!is_222)
		memcpy(trainer.own->theta, xor_start, sizeof xor_start);
	for (double t = 0.0; t < line->numbers[0]; t++)
		trainer_commit(&trainer);
	assert_near(net.model->loss, line->numbers[1], TOLERANCE);
	for (size_t k = 0; k < line->n_numbers - 2; k++)
		assert_near(trainer_theta(&trainer)[order[k]], line->numbers[2 + k], TOLERANCE);
	trainer_free(&trainer);
	network_free(&net);
}

static void test_torch_training(void **state)
{
	(void)state;
	FILE *file = open_reference("torch_training.txt");
	struct line line;
	size_t n = 0;
	for (; read_line(file, 3, &line); n++)
		check_training(&line);
	assert_int_equal(n, 24);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_optimizers),      cmocka_unit_test(test_functions),
	    cmocka_unit_test(test_torch_functions), cmocka_unit_test(test_torch_optimizers),
	    cmocka_unit_test(test_torch_training),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
