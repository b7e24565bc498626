/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_targets.c -- targets that cannot be: what the loss compares with, what outputs can reach.
 */
#include "lesson_targets.h"

#include <math.h>

#include "backstep/engine/model.h"

/* How far parts may be from making 1: they are written with few digits. */
#define PARTS_SLACK 1e-3

/* Of a single output there is nothing to compare, be it what it may. */
static bool needs_classes(const struct loss_class *loss)
{
	return loss->targets == TARGETS_ONE || loss->term == &op_softmax_cross_entropy;
}

/* What is wrong with the targets of one row; false where nothing is. */
static bool is_wrong(const struct loss_class *loss, const double *t, size_t n, struct error *err)
{
	double sum = 0.0, most = 0.0;
	for (size_t k = 0; k < n; k++) {
		if (t[k] < 0.0 || t[k] > 1.0) {
			error_set(
			    err, STATUS_BAD_INPUT,
			    _("the target %g cannot be: %s compares with numbers from 0 to 1"),
			    t[k], loss->name);
			error_hint(err, "%s",
				   _("0 or 1 for no or yes; labels: says it for the classes of a "
				     "file"));
			return true;
		}
		sum += t[k];
		most = t[k] > most ? t[k] : most;
	}
	if (loss->targets == TARGETS_PROBABILITIES ||
	    (fabs(sum - 1.0) <= PARTS_SLACK && (loss->targets == TARGETS_PARTS || most == 1.0)))
		return false;
	if (loss->targets == TARGETS_ONE)
		error_set(err, STATUS_BAD_INPUT, _("%s compares with one 1 and else 0"),
			  loss->name);
	else
		error_set(err, STATUS_BAD_INPUT,
			  _("the targets make %g together; %s compares with parts of 1"), sum,
			  loss->name);
	error_hint(err, "%s",
		   n == 1 ? _("of a single output binary-cross-entropy takes 0 and 1")
			  : _("1 for the right class, 0 for each other one"));
	return true;
}

/* A row that stands in the lesson has a place of its own. */
static void set_place(const struct lesson *lesson, size_t row, struct error *err)
{
	struct source_mark mark = lesson_data_mark(lesson);
	if (!mark.line && row < lesson->examples.n_items)
		mark = lesson->examples.items[row].target.mark;
	error_at(err, lesson->file, mark.line, mark.column);
}

enum status targets_check(const struct lesson *lesson, const double *t, size_t n_rows,
			  struct error *err)
{
	const struct loss_class *loss = lesson->loss.class;
	size_t n = lesson->n_outputs;
	if (!loss || loss->targets == TARGETS_ANY)
		return STATUS_OK;
	if (n == 1 && needs_classes(loss)) {
		error_set(err, STATUS_BAD_INPUT,
			  _("%s compares the outputs of classes: there is only one"), loss->name);
		error_hint(err, "%s",
			   _("one output for each class; a single one: binary-cross-entropy"));
		error_at(err, lesson->file, lesson->loss.kind.mark.line,
			 lesson->loss.kind.mark.column);
		return STATUS_BAD_INPUT;
	}
	for (size_t row = 0; row < n_rows; row++) {
		if (!is_wrong(loss, t + row * n, n, err))
			continue;
		set_place(lesson, row, err);
		return STATUS_BAD_INPUT;
	}
	return STATUS_OK;
}

/* Activations whose outputs lie between two numbers, or are one of them. */
static const struct {
	const struct op *op;
	double least, most;
	bool is_either;
} bounded[] = {
    {&op_sigmoid, 0.0, 1.0, false}, {&op_softmax, 0.0, 1.0, false}, {&op_tanh, -1.0, 1.0, false},
    {&op_step, 0.0, 1.0, true},     {&op_sign, -1.0, 1.0, true},
};

enum status targets_reach(const struct model *model, const double *t, size_t n, struct error *err)
{
	for (size_t i = 0; i < sizeof bounded / sizeof *bounded; i++) {
		double least = bounded[i].least, most = bounded[i].most;
		if (model->output->op != bounded[i].op)
			continue;
		for (size_t k = 0; k < n; k++) {
			if (bounded[i].is_either ? t[k] == least || t[k] == most
						 : t[k] >= least && t[k] <= most)
				continue;
			error_set(
			    err, STATUS_BAD_INPUT,
			    bounded[i].is_either
				? _("the target %g cannot be: %s gives %g or %g")
				: _("the target %g cannot be: %s gives numbers from %g to %g"),
			    t[k], bounded[i].op->name, least, most);
			error_hint(
			    err, "%s",
			    _("with one_hot: true and labels: the lesson says what each class "
			      "is"));
			return STATUS_BAD_INPUT;
		}
	}
	return STATUS_OK;
}
