/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_support_witness.c -- what the tests say of a random network that they failed at is true: the
 * lesson that they write of it can be read, and trains to the same bits.
 *
 * Called with a word, this program is such a test, and fails in the way that the word says. */
#include "program.h"

#include "backstep/base/contract.h"
#include "backstep/base/text.h"
#include "backstep/build/lesson_build.h"
#include "support/network_lesson.h"
#include "temporary.h"

enum { N_SEEDS = 300, N_UPDATES = 4, FAILING_SEED = 5 };

static void print_errors(const struct error_list *errors, const char *text)
{
	struct strbuf line = {0};
	for (size_t k = 0; k < errors->n_items; k++) {
		strbuf_clear(&line);
		error_print(&errors->items[k], &line);
		print_error("%s\n", strbuf_str(&line));
	}
	print_error("%s", text);
	strbuf_free(&line);
}

/* Reads and builds the lesson of net. Returns the lesson, whose numbers built has. */
static struct lesson *build(const struct network *net, struct lesson_model *built)
{
	struct strbuf text = {0};
	struct error_list errors = {0};
	struct lesson *lesson = NULL;
	network_print_lesson(net, net->model->graph.theta, &text);
	assert_false(text.failed);
	enum status status =
	    lesson_read_text("network.yaml", strbuf_str(&text), text.len, &lesson, &errors);
	if (!status)
		status = lesson_build(lesson, built, &errors);
	if (status)
		print_errors(&errors, strbuf_str(&text));
	assert_int_equal(status, STATUS_OK);
	strbuf_free(&text);
	return lesson;
}

/* Place p of a network is called p and its number; a graph's parameters keep their places. */
static void assert_same_param(const struct trainer *got, const struct trainer *wanted, size_t p,
			      bool is_graph)
{
	char name[LABEL_TEXT];
	size_t place = p;
	snprintf(name, sizeof name, "p%zu", p);
	assert_true(is_graph || model_find_param(got->model, name, &place));
	if (!isnan(trainer_theta(wanted)[p]) || !isnan(trainer_theta(got)[place]))
		assert_same_bits(trainer_theta(got)[place], trainer_theta(wanted)[p]);
}

static void assert_same_training(struct network *net, struct lesson_model *built, bool is_graph)
{
	struct trainer wanted, got;
	assert_int_equal(
	    trainer_init(&wanted, net->model, &net->optimizer, &net->data, net->batch, NULL),
	    STATUS_OK);
	assert_int_equal(
	    trainer_init(&got, built->model, &built->optimizer, &built->data, built->batch, NULL),
	    STATUS_OK);
	assert_int_equal(built->model->graph.n_params, net->model->graph.n_params);
	for (size_t update = 0; update < N_UPDATES; update++) {
		trainer_commit(&wanted);
		trainer_commit(&got);
		if (!isnan(net->model->loss) || !isnan(built->model->loss))
			assert_same_bits(built->model->loss, net->model->loss);
		for (size_t p = 0; p < net->model->graph.n_params; p++)
			assert_same_param(&got, &wanted, p, is_graph);
	}
	trainer_free(&wanted);
	trainer_free(&got);
}

static void lessons_train_as_networks_do(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= N_SEEDS; seed++) {
		struct network net;
		struct lesson_model built;
		bool is_graph = seed % 3 == 0;
		assert_int_equal(is_graph ? network_random_graph(&net, seed)
					  : network_random(&net, seed),
				 STATUS_OK);
		struct lesson *lesson = build(&net, &built);
		assert_same_training(&net, &built, is_graph);
		lesson_model_free(&built);
		lesson_free(lesson);
		network_free(&net);
	}
}

/* Runs the program below in a folder of its own: it names the seed and a lesson, which is good. */
static void check_failure(const char *word, const char *said)
{
	char folder[TEMPORARY_PATH], lesson[2 * TEMPORARY_PATH];
	struct lesson *read = NULL;
	struct error_list errors = {0};
	temporary_folder(folder);
	struct program program = program_run(
	    &(struct program_options){.program = "/proc/self/exe", .args = word, .folder = folder});
	assert_int_not_equal(program.status, 0);
	assert_non_null(strstr(program_err(&program), said));
	snprintf(lesson, sizeof lesson, "%s/failed-network_random-%d.yaml", folder, FAILING_SEED);
	assert_non_null(strstr(program_err(&program), "failed at network_random, seed 5\n"));
	assert_non_null(strstr(program_err(&program), lesson));
	assert_int_equal(lesson_read_file(lesson, &read, &errors), STATUS_OK);
	lesson_free(read);
	program_free(&program);
}

static void failures_name_their_network(void **state)
{
	(void)state;
	check_failure("assertion", "FAILED");
	check_failure("contract", "broken contract");
}

static void fail_assertion(void **state)
{
	struct network net;
	(void)state;
	assert_int_equal(network_random(&net, FAILING_SEED), STATUS_OK);
	assert_true(net.model->graph.n_params == 0);
	network_free(&net);
}

static void break_contract(void **state)
{
	struct network net;
	(void)state;
	assert_int_equal(network_random(&net, FAILING_SEED), STATUS_OK);
	contract_broken("a condition", __FILE__, __LINE__, __func__);
}

int main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lessons_train_as_networks_do),
	    cmocka_unit_test(failures_name_their_network),
	};
	const struct CMUnitTest failing[] = {cmocka_unit_test(fail_assertion)};
	const struct CMUnitTest breaking[] = {cmocka_unit_test(break_contract)};
	text_locale_init();
	if (argc == 1)
		return cmocka_run_group_tests(tests, NULL, NULL);
	return strcmp(argv[1], "contract") == 0 ? cmocka_run_group_tests(breaking, NULL, NULL)
						: cmocka_run_group_tests(failing, NULL, NULL);
}
