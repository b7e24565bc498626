/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_engine_rows.c -- made rows, first parameters and shuffled epochs against reference/rows.txt,
 * the statistics of initialisations, and going back over the end of a shuffled epoch. */
#include "../../src/engine/batches.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/engine/generator.h"
#include "backstep/engine/init.h"
#include "../../src/trace/history_private.h"
#include "support/networks.h"

/* What rows.py makes: seven rows with this noise, out of this seed. */
enum { N_ROWS = 7, SEED = 3, N_INIT = 8, N_ORDER = 10 };
static const double noise = 0.25;

/* Calls check with the words of every line of the kind. */
static int each_line(const char *kind, void (*check)(char *words[]))
{
	FILE *file = fopen(BACKSTEP_SOURCE_DIR "/tests/reference/rows.txt", "r");
	char line[512], *words[16];
	int n = 0;
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		size_t k = 0;

		for (char *word = strtok(line, " \n"); word && k < 16; word = strtok(NULL, " \n"))
			words[k++] = word;
		if (strcmp(words[0], kind) != 0)
			continue;
		check(words + 1);
		n++;
	}
	fclose(file);
	return n;
}

/* name, row, target, inputs */
static void check_row(char *words[])
{
	const struct generator *generator = generator_find(words[0]);
	double x[4 * N_ROWS], t[N_ROWS];
	size_t row = strtoul(words[1], NULL, 10);
	struct random random;
	assert_non_null(generator);
	random_stream(&random, SEED, "data", 0);
	generator_fill(generator, &random, N_ROWS, noise, generator->n_inputs, x, t, NULL);
	assert_near(t[row], strtod(words[2], NULL), 1e-15);
	for (size_t k = 0; k < generator->n_inputs; k++)
		assert_near(x[row * generator->n_inputs + k], strtod(words[3 + k], NULL), 1e-15);
}

static void test_generators(void **state)
{
	(void)state;
	assert_int_equal(each_line("row", check_row), 8 * N_ROWS);
}

/* name, numbers; nothing but + - * / and sqrt is in them, so their bits are the same */
static void check_init(char *words[])
{
	struct init init;
	struct random random;
	double values[N_INIT];
	assert_non_null(init_find(words[0]));
	init_begin(&init, init_find(words[0]), 3, 5);
	random_stream(&random, 1, "weights", 1);
	init_fill(&init, &random, values, N_INIT);
	for (size_t k = 0; k < N_INIT; k++)
		assert_same_bits(values[k], strtod(words[1 + k], NULL));
}

static void test_inits(void **state)
{
	int n = 0;
	(void)state;
	while (init_registry[n].name)
		n++;
	assert_int_equal(each_line("init", check_init), n);
}

/* Mean and deviation of 100,000 weights of a layer with 200 inputs and 500 units: sqrt(2/200) = 0.1
 * for He, sqrt(2/700) for Xavier; of a uniform one the largest is sqrt(3) times the deviation. */
static void test_statistics(void **state)
{
	enum { N = 100000 };
	static double values[N];
	static const struct {
		const char *name;
		double sd;
		bool uniform;
	} rows[] = {{"he-normal", 0.1, false},
		    {"he-uniform", 0.1, true},
		    {"xavier-normal", 0.053452248382484875, false},
		    {"xavier-uniform", 0.053452248382484875, true},
		    {"normal", 0.05, false},
		    {"uniform", 0.028867513459481287, true}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct init init;
		struct random random;
		double sum = 0, squares = 0, most = 0;

		init_begin(&init, init_find(rows[i].name), 200, 500);
		random_seed(&random, 1);
		init_fill(&init, &random, values, N);
		for (size_t k = 0; k < N; k++) {
			sum += values[k];
			squares += values[k] * values[k];
			most = fmax(most, fabs(values[k]));
		}
		/* four times what chance makes of it */
		assert_near(sum / N / rows[i].sd, 0, 4 / sqrt(N));
		assert_relative(sqrt(squares / N), rows[i].sd, 4 / sqrt(2.0 * N));
		assert_int_equal(most <= sqrt(3) * rows[i].sd, rows[i].uniform);
		assert_true(most > 1.7 * rows[i].sd);
	}
}

/* epoch, rows */
static void check_order(char *words[])
{
	struct batches batches;
	struct arena *arena = arena_new();
	uint64_t epoch = strtoull(words[0], NULL, 10);
	size_t rows[N_ORDER];
	assert_int_equal(
	    batches_init(&batches, arena, N_ORDER, N_ORDER, (struct shuffling){true, 7}, NULL),
	    STATUS_OK);
	assert_int_equal(batches_rows(&batches, epoch, rows), N_ORDER);
	for (size_t k = 0; k < N_ORDER; k++)
		assert_int_equal(rows[k], strtoul(words[1 + k], NULL, 10));
	arena_free(arena);
}

static void test_orders(void **state)
{
	(void)state;
	assert_int_equal(each_line("order", check_order), 4);
}

/* Each epoch has every row once, in batches of 3, 3, 1, whatever was asked for before. */
static void test_epochs_are_permutations(void **state)
{
	static const uint64_t epochs[] = {0, 5, 1, 5, 0, 123456789};
	struct arena *arena = arena_new();
	struct batches batches;
	size_t before[7] = {0};
	(void)state;
	batches_init(&batches, arena, 7, 3, (struct shuffling){true, 42}, NULL);
	assert_int_equal(batches_per_epoch(&batches), 3);
	for (size_t k = 0; k < sizeof epochs / sizeof *epochs; k++) {
		size_t all[7], rows[3], n = 0, seen[7] = {0};

		for (uint64_t u = 3 * epochs[k]; u < 3 * epochs[k] + 3; u++) {
			size_t size = batches_rows(&batches, u, rows);
			assert_int_equal(size, u % 3 == 2 ? 1 : 3);
			assert_int_equal(size, batches_size(&batches, u));
			memcpy(all + n, rows, size * sizeof *rows);
			n += size;
		}
		assert_int_equal(n, 7);
		for (size_t i = 0; i < 7; i++)
			assert_int_equal(seen[all[i]]++, 0);
		if (k == 0)
			memcpy(before, all, sizeof all);
		else
			assert_int_equal(memcmp(before, all, sizeof all) == 0, epochs[k] == 0);
	}
	arena_free(arena);
}

static void test_not_shuffled(void **state)
{
	struct batches batches;
	size_t rows[3];
	(void)state;
	batches_init(&batches, NULL, 7, 3, (struct shuffling){0}, NULL);
	assert_int_equal(batches_rows(&batches, 4, rows), 3);
	assert_int_equal(rows[0], 3);
	assert_int_equal(rows[2], 5);
	assert_int_equal(batches_rows(&batches, 5, rows), 1);
	assert_int_equal(rows[0], 6);
}

/* Forwards over three shuffled epochs, keeping every state and every batch; then back over all of
 * them, and to some of them at random: each is as it was, to the bit. */
static void test_back_over_epochs(void **state)
{
	enum { N_UPDATES = 9 };
	static const size_t sizes[] = {2, 3, 1};
	struct network net;
	struct stepper stepper;
	struct trainer_state *states[N_UPDATES + 1];
	size_t rows[N_UPDATES + 1][2], n[N_UPDATES + 1];
	(void)state;
	assert_int_equal(network_dense(&net, sizes, 3, &op_tanh, 5, 2), STATUS_OK);
	net.data.shuffling = (struct shuffling){true, 11};
	assert_int_equal(network_walk(&net, &stepper, CHAIN_AUTO), STATUS_OK);
	struct trainer *trainer = &stepper.trainer;
	for (size_t u = 0; u <= N_UPDATES; u++) {
		trainer_prepare(trainer);
		states[u] = trainer_save(trainer);
		n[u] = trainer->n_examples;
		memcpy(rows[u], trainer->rows, n[u] * sizeof **rows);
		assert_int_equal(stepper_update(&stepper, NULL), STATUS_OK);
		stepper_leave_commit(&stepper);
	}
	assert_memory_not_equal(rows[0], rows[3], sizeof *rows);
	static const size_t visits[] = {8, 7, 6, 5, 4, 3, 2, 1, 0, 7, 2, 5, 3, 9, 0};
	for (size_t k = 0; k < sizeof visits / sizeof *visits; k++) {
		size_t u = visits[k];
		history_go(&stepper.history, u);
		trainer_prepare(trainer);
		struct trainer_state *again = trainer_save(trainer);
		assert_true(trainer_state_equal(again, states[u]));
		assert_int_equal(trainer->n_examples, n[u]);
		assert_memory_equal(trainer->rows, rows[u], n[u] * sizeof **rows);
		free(again);
	}
	for (size_t u = 0; u <= N_UPDATES; u++)
		free(states[u]);
	stepper_free(&stepper);
	network_free(&net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_generators),
	    cmocka_unit_test(test_inits),
	    cmocka_unit_test(test_statistics),
	    cmocka_unit_test(test_orders),
	    cmocka_unit_test(test_epochs_are_permutations),
	    cmocka_unit_test(test_not_shuffled),
	    cmocka_unit_test(test_back_over_epochs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
