/* SPDX-License-Identifier: GPL-3.0-or-later */
/* optimizer.c -- the table of optimizers, made from optimizer_list.h, and their settings. */
#include "backstep/engine/optimizer.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/unknown.h"
#include "hyper_private.h"
#include "backstep/base/real.h"
#include "stages/stage_run.h"

const struct optimizer_class *const optimizer_registry[] = {
#define OPTIMIZER(name) &optimizer_##name,
#include "backstep/engine/optimizer_list.h"
#undef OPTIMIZER
    NULL,
};

const struct optimizer_class *optimizer_find(const char *name)
{
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++)
		if (strcmp((*class)->name, name) == 0)
			return *class;
	return NULL;
}

void optimizer_init(struct optimizer *optimizer, const struct optimizer_class *class)
{
	*optimizer = (struct optimizer){.class = class};
	hypers_start(class->hypers, class->n_hypers, optimizer->hypers);
	stages_init(&optimizer->stages);
}

static const char *next_hyper(void *ctx, size_t i)
{
	const struct optimizer_class *class = ((const struct optimizer *)ctx)->class;
	return i < class->n_hypers ? class->hypers[i].name : NULL;
}

enum status optimizer_set(struct optimizer *optimizer, const char *hyper, double value,
			  struct error *err)
{
	const struct optimizer_class *class = optimizer->class;
	size_t k = hypers_find(class->hypers, class->n_hypers, hyper);
	if (k < class->n_hypers)
		return hyper_set(&class->hypers[k], hyper, value, &optimizer->hypers[k], err);
	error_set(err, STATUS_BAD_INPUT, _("the optimizer %s has no setting called '%s'"),
		  class->name, hyper);
	error_hint_known(err, hyper, next_hyper, optimizer);
	return STATUS_BAD_INPUT;
}

static const char *next_form(void *ctx, size_t i)
{
	const struct optimizer_class *class = ((const struct optimizer *)ctx)->class;
	return i < class->n_forms ? class->forms[i].name : NULL;
}

enum status optimizer_set_form(struct optimizer *optimizer, const char *form, struct error *err)
{
	for (size_t k = 0; k < optimizer->class->n_forms; k++) {
		if (strcmp(optimizer->class->forms[k].name, form) == 0) {
			optimizer->start = optimizer->form == k ? optimizer->start : NULL;
			optimizer->form = k;
			return STATUS_OK;
		}
	}
	error_set(err, STATUS_BAD_INPUT, _("the optimizer %s has no rule called '%s'"),
		  optimizer->class->name, form);
	error_hint_choice(err, next_form, optimizer);
	return STATUS_BAD_INPUT;
}

/* Whether a stage in force is about units. */
static bool limits_units(const struct optimizer *optimizer)
{
	struct stage_list list = stages_list(&optimizer->stages);
	for (size_t k = 0; k < list.n; k++)
		if (list.entries[k].row->scope == STAGE_UNIT)
			return true;
	return false;
}

enum status optimizer_fits(const struct optimizer *optimizer, const struct model *model,
			   struct error *err)
{
	const struct optimizer_class *class = optimizer->class;
	if (class->signal && stages_list(&optimizer->stages).has[STAGE_GRADIENT]) {
		error_set(err, STATUS_BAD_INPUT,
			  _("the rule %s learns from the error: it has no gradient to penalise or "
			    "to cut"),
			  class->name);
		error_hint(err, _("take l1, l2, clip-value and clip-norm off"));
		return STATUS_BAD_INPUT;
	}
	if (limits_units(optimizer) && stage_n_units(model) == 0) {
		error_set(err, STATUS_BAD_INPUT,
			  _("max-norm limits the weights that come into a unit, or the rows of a "
			    "matrix: there are none"));
		error_hint(err, _("take max-norm off"));
		return STATUS_BAD_INPUT;
	}
	return class->fits ? class->fits(model, err) : STATUS_OK;
}

enum status optimizer_takes_batch(const struct optimizer *optimizer, size_t batch,
				  struct error *err)
{
	if (!optimizer->class->signal || batch == 1)
		return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT,
			 _("the rule %s learns from one row at a time: use batch: 1"),
			 optimizer->class->name);
}

size_t optimizer_rate_index(const struct optimizer *optimizer)
{
	return hypers_find(optimizer->class->hypers, optimizer->class->n_hypers, "rate");
}

bool optimizer_same_steps(const struct optimizer *a, const struct optimizer *b)
{
	for (enum stage_id id = 0; id < N_STAGES; id++)
		if (a->stages.rows[id].in_force != b->stages.rows[id].in_force)
			return false;
	return optimizer_form(a) == optimizer_form(b);
}

bool optimizer_changes(const struct optimizer *optimizer, const struct model *model, size_t param)
{
	return !(optimizer_form(optimizer)->weights_only && model->is_bias[param]);
}

/* What the unit adds up is its input. */
double optimizer_error(const struct model *model, size_t param, size_t n, double *x, size_t *unit)
{
	const struct node *sum = model->output->inputs[0];
	for (size_t o = 0; o < sum->rows; o++)
		for (struct edge edge = edges_of(sum, o * sum->stride + n); edge_next(&edge);) {
			if (edge.input->kind != NODE_PARAM ||
			    node_param(edge.input, edge.j) != param)
				continue;
			*x = edge_partial(&edge);
			*unit = o;
			return model->terms->value[o * model->terms->stride + n];
		}
	return 0.0;
}
