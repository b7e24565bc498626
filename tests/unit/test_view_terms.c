/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_view_terms.c -- a sum of 784 terms told by its largest: they and all others make the sum,
 * and none of the others is larger. */
#include "sitting.h"

#include "../../src/view/terms.h"

static void check_sum(const struct session *session, size_t most)
{
	const struct step *step = &session->step;
	const struct node *node = step->place.node;
	struct terms terms;
	assert_true(terms_find(session, node, step->place.element, most, &terms));
	assert_int_equal(terms.n, node->inputs[0]->rows);
	assert_in_range(terms.n_largest, 1, most);
	double sum = terms.others + node->inputs[2]->value[node_row(node, step->place.element)];
	size_t n_as_large = 0, n_nonzero = 0;
	for (size_t k = 0; k < terms.n_largest; k++) {
		assert_true(k == 0 ||
			    fabs(terms.largest[k].product) <= fabs(terms.largest[k - 1].product));
		sum += terms.largest[k].product;
	}
	assert_relative(sum, step->value, 1e-12);
	/* looked through again, by the weights' names */
	const double *w = stepper_theta(&session->stepper);
	size_t first = node->inputs[1]->first + node_row(node, step->place.element) * terms.n;
	for (size_t j = 0; j < terms.n; j++) {
		const struct node *x = node->inputs[0];
		double product =
		    x->value[node_element(x, j, session_column(session))] * w[first + j];
		n_nonzero += product != 0.0;
		n_as_large += fabs(product) >= fabs(terms.largest[terms.n_largest - 1].product);
	}
	assert_int_equal(n_as_large, terms.n_largest);
	assert_int_equal(n_nonzero, terms.n_nonzero);
}

static void test_terms(void **state)
{
	struct sitting sitting;
	struct terms terms;
	(void)state;
	sitting_open(&sitting, "digits-784");
	type_good(&sitting, "goto sum_h2");
	for (size_t most = 1; most <= TERMS_MOST; most++)
		check_sum(sitting.session, most);
	type_good(&sitting, "goto y3");
	check_sum(sitting.session, TERMS_MOST);
	/* no sum; and one whose inputs the walk has not come to */
	type_good(&sitting, "goto h2");
	const struct place *place = &sitting.session->step.place;
	assert_false(terms_find(sitting.session, place->node, place->element, 1, &terms));
	const struct node *output = sitting.session->built.model->output;
	assert_false(terms_find(sitting.session, output, 0, 1, &terms));
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_terms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
