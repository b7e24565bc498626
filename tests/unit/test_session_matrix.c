/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_session_matrix.c -- a step as an entry of a product of matrices: the product is worked out
 * here, from the entries that are shown, and is the number that the walk has. */
#include "sitting.h"

#include "backstep/session/matrix.h"

/* Entry row, col of the fact's right side; false where one of its numbers is not known yet. */
static bool work_out(const struct session *session, const struct matrix_fact *fact, size_t row,
		     size_t col, double *sum)
{
	const struct matrix *a = &fact->factors[0], *b = &fact->factors[1];
	if (fact->is_update) {
		const struct value old = matrix_value(session, a, row, col);
		const struct value by = matrix_value(session, b, row, col);
		*sum = old.value + (fact->has_rate ? -fact->rate : 1.0) * by.value;
		return old.known && by.known;
	}
	*sum = 0.0;
	assert_int_equal(a->cols, b->rows);
	for (size_t k = 0; k < a->cols; k++) {
		const struct value x = matrix_value(session, a, row, k);
		const struct value y = matrix_value(session, b, k, col);
		if (!x.known || !y.known)
			return false;
		*sum += x.value * y.value;
	}
	if (*fact->scale) {
		assert_memory_equal(fact->scale, "1/", 2);
		*sum /= atof(fact->scale + 2);
	}
	if (fact->n_factors < 3)
		return true;
	const struct value bias = matrix_value(session, &fact->factors[2], row, 0);
	*sum += bias.value;
	return bias.known;
}

/* Returns whether the step's entry could be compared. */
static bool check_step(const struct session *session)
{
	struct matrix_fact fact;
	double sum;
	if (!matrix_fact_find(session, &fact))
		return false;
	assert_true(fact.left.row < fact.left.rows && fact.left.col < fact.left.cols);
	assert_int_equal(fact.left.rows, fact.factors[0].rows);
	assert_int_equal(fact.left.cols, fact.factors[1].cols);
	assert_true(!fact.is_update || fact.left.cols == fact.factors[0].cols);
	const struct value left = matrix_value(session, &fact.left, fact.left.row, fact.left.col);
	if (!left.known || !work_out(session, &fact, fact.left.row, fact.left.col, &sum))
		return false;
	assert_relative(left.value, sum, 1e-12);
	return true;
}

/* One update of each lesson, in paths and in deltas, single rows and batches of both reductions. */
static void entries_are_the_walks_numbers(void **state)
{
	static const char *const lessons[] = {"sigmoid-2-2-2", "xor-relu-learn",
					      "xor-relu",      "softmax-cross-entropy",
					      "linear-2-2-1",  "vanishing-gradient-tanh"};
	static const char *const chains[] = {"set chain paths", "set chain deltas"};
	(void)state;
	for (size_t k = 0; k < 2 * sizeof lessons / sizeof *lessons; k++) {
		struct sitting sitting;
		size_t n = 0;
		sitting_open(&sitting, lessons[k / 2]);
		type_good(&sitting, chains[k % 2]);
		uint64_t steps = stepper_n_steps(&sitting.session->stepper);
		for (uint64_t i = 0; i < steps && i < 3000; i++) {
			type_good(&sitting, "next");
			n += check_step(sitting.session);
		}
		if (n < 4)
			fail_msg("%s, %s: %zu steps were compared", lessons[k / 2], chains[k % 2],
				 n);
		sitting_end(&sitting);
	}
}

/* sum_n1 = 0.1 · 0.1 + 0.5 · 0.3 + 0.25 = 0.41; dE/dw5 = 0.13343 · 0.601088 = 0.0802031. What the
 * walk has not come to is a dot. */
static void facts_are_told(void **state)
{
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "set notation matrix");
	sitting.context.reports_steps = true;
	type_good(&sitting, "next");
	assert_contains(answer(&sitting),
			"sum_n = W x + b, 2×1 = 2×2 2×1 + 2×1; W: w₁ .. w₄; b: B₁");
	assert_contains(answer(&sitting), "│[0.41]│ = │[0.1][0.3]│ │[0.1]│ + │[0.25]│");
	assert_contains(answer(&sitting), "│ ·    │   │ 0.2  0.4 │ │[0.5]│   │ 0.25 │");
	type_good(&sitting, "goto w5");
	assert_null(strstr(answer(&sitting), "ᵀ"));
	type_good(&sitting, "next 4");
	assert_contains(answer(&sitting), "∂E/∂W = δ nᵀ, 2×2 = 2×1 1×2; δ = ∂E/∂sum_y");
	assert_contains(answer(&sitting), "│[0.0802031] · │ = │[0.13343]│ │[0.601088] 0.615384 │");
	assert_contains(answer(&sitting), "lies on its side");
	type_good(&sitting, "set glyphs ascii");
	type_good(&sitting, "next 5");
	assert_contains(answer(&sitting), "dE/dW = delta n^T, 2*2 = 2*1 1*2");
	type_good(&sitting, "set glyphs unicode");
	/* 0.5 - 0.6 * 0.0802031 = 0.451878 */
	type_good(&sitting, "goto update");
	assert_contains(answer(&sitting), "W ← W − η ∂E/∂W, 2×2; W: w₅ .. w₈");
	assert_contains(answer(&sitting),
			"│[0.451878] · │ ← │[0.5] 0.6 │ − 0.6 │[0.0802031]  0.0821106  │");
	/* the units share B2: 1 * 0.13343 + 1 * (-0.0292911) = 0.104139 */
	type_good(&sitting, "goto dE/dB2");
	assert_contains(answer(&sitting), "∂E/∂b = 1ᵀ δ, 1×1 = 1×2 2×1; δ = ∂E/∂sum_y");
	assert_contains(answer(&sitting), "│[0.104139]│ = │[1][1]│ │[0.13343]   │");
	type_good(&sitting, "set optimizer momentum");
	type_good(&sitting, "goto w5'");
	assert_contains(answer(&sitting), "W ← W + ΔW, 2×2");
	/* a layer of 784 inputs: the entry at hand and those around it */
	type_good(&sitting, "lesson digits-784");
	type_good(&sitting, "set notation matrix");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "128×10 = 128×784 784×10 + 128×1");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(entries_are_the_walks_numbers),
	    cmocka_unit_test(facts_are_told),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
