/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opt_perceptron.c -- the perceptron rule: a single layer of step or sign units learns from its
 * error e = target - output, not from a gradient (the step's slope is 0 wherever it exists).
 *
 * Rosenblatt's form adds rate * e * x and trains the bias as a weight whose input is 1. The
 * lecture's form adds rate * e to every weight, whatever its input, and leaves the bias alone. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "../passes.h"
#include "optimizer_rows.h"

enum { RATE };
enum { FORM_ROSENBLATT, FORM_LECTURE };

/* The node that sums up inputs and bias: what the step's input is. */
static const struct node *sum_of(const struct model *model)
{
	return model->output->inputs[0];
}

/* Whether some parameter feeds more than one unit, or one unit twice: the rule says what one error
 * and one input do to it. */
static bool shares_params(const struct node *sum)
{
	const struct node *w = sum->inputs[1], *b = sum->op == &op_affine ? sum->inputs[2] : NULL;
	size_t n_weights = w->rows * w->cols, n = n_weights + (b ? b->rows : 0);
	if (b && b->rows < sum->rows)
		return true;
	for (size_t k = 0; k < n; k++) {
		size_t p = k < n_weights ? node_param(w, k) : node_param(b, k - n_weights);
		for (size_t e = 0; e < k; e++)
			if (p == (e < n_weights ? node_param(w, e) : node_param(b, e - n_weights)))
				return true;
	}
	return false;
}

static enum status perceptron_fits(const struct model *model, struct error *err)
{
	bool one_layer = model->n_layers == 1 &&
			 (model->output->op == &op_step || model->output->op == &op_sign) &&
			 (sum_of(model)->op == &op_affine || sum_of(model)->op == &op_product);
	if (!one_layer || model->terms->op != &op_error)
		error_set(err, STATUS_BAD_INPUT,
			  _("the perceptron rule needs one layer, activation step or sign, and "
			    "loss error"));
	else if (shares_params(sum_of(model)))
		error_set(
		    err, STATUS_BAD_INPUT,
		    _("the perceptron rule needs weights and a bias of its own in each unit"));
	else
		return STATUS_OK;
	error_hint(err, _("use the optimizer gd for this network"));
	return STATUS_BAD_INPUT;
}

/* Adds e times x (or times 1, where the form leaves x out) for every unit and example. */
static void perceptron_signal(const struct optimizer *optimizer, const struct model *model,
			      double *signal)
{
	const struct node *sum = sum_of(model);
	memset(signal, 0, model->graph.n_params * sizeof *signal);
	for (size_t i = 0; i < sum->rows * sum->stride; i++) {
		struct edge edge = edges_of(sum, i);
		while (node_holds(sum, i) && edge_next(&edge)) {
			if (edge.input->kind != NODE_PARAM)
				continue;
			double x = optimizer->form == FORM_LECTURE ? 1.0 : edge_partial(&edge);
			signal[node_param(edge.input, edge.j)] += model->terms->value[i] * x;
		}
	}
}

static void perceptron_update(const struct optimizer *optimizer, const struct update *u)
{
	double rate = optimizer->hypers[RATE];
	for (size_t p = u->lo; p < u->hi; p++)
		u->theta[p] += rate * u->signal[p];
}

static const struct hyper hypers[] = {
    [RATE] = {"rate", "η", N_("learning rate"), 0.5, 0.0, 1e6},
};

static const struct optimizer_form forms[] = {
    [FORM_ROSENBLATT] = {.name = "rosenblatt",
			 .summary = N_("the error times the input; the bias learns too"),
			 .source = "F. Rosenblatt, Psychological Review 65 (1958)",
			 .rule = "w + rate*e*x"},
    [FORM_LECTURE] = {.name = "lecture",
		      .summary = N_("every weight moves by rate times the error; the bias stays"),
		      .source = "F. Sobrino, Redes Neuronales 2.0, 2021",
		      .rule = "w + rate*e",
		      .weights_only = true},
};

const struct optimizer_class ROW(optimizer_perceptron) = {
    .name = "perceptron",
    .summary = N_("the perceptron rule"),
    .hypers = hypers,
    .n_hypers = sizeof hypers / sizeof *hypers,
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .signal = perceptron_signal,
    .fits = perceptron_fits,
    .update = perceptron_update,
};
