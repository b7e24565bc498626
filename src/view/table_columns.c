/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table_columns.c -- the columns of the table of parameters.
 *
 * To add a column: a row of table_columns, and its name in table.h. */
#include "table.h"

static const char *head_old(struct drawing *d)
{
	(void)d;
	return _("old");
}

static struct value get_old(const struct stepper *stepper, size_t param)
{
	const struct ref ref = ref_param(REF_OLD, param);
	return value_get(stepper, &ref);
}

static bool has_gradient(const struct stepper *stepper)
{
	return stepper_phase_steps(stepper, PHASE_BACKWARD) > 0;
}

static const char *head_gradient(struct drawing *d)
{
	const struct ref ref = ref_gradient(&d->session->stepper, 0);
	struct formula *loss =
	    ref.of.node ? step_element_symbol(d->arena, ref.of.node, 0, NULL)
			: formula_symbol(d->arena, d->session->built.model->batch_name, NULL, 0.0);
	struct formula *any = formula_symbol(d->arena, ".", "·", 0.0);
	return formula_text(d, formula_derivative(d->arena, loss, any), &d->symbols);
}

static struct value get_gradient(const struct stepper *stepper, size_t param)
{
	const struct ref ref = ref_gradient(stepper, param);
	return value_get(stepper, &ref);
}

/* The gradient as the stages hand it to the optimizer. */
static bool has_handed(const struct stepper *stepper)
{
	struct ref ref;
	return ref_handed(stepper, 0, &ref);
}

static const char *head_handed(struct drawing *d)
{
	(void)d;
	return "g";
}

static struct value get_handed(const struct stepper *stepper, size_t param)
{
	struct ref ref;
	ref_handed(stepper, param, &ref);
	return value_get(stepper, &ref);
}

static const char *head_new(struct drawing *d)
{
	if (!stepper_at_commit(&d->session->stepper))
		return _("new");
	return pane_printf(d, "%s %s", _("new"), sign_text(d, SIGN_DONE));
}

static struct value get_new(const struct stepper *stepper, size_t param)
{
	const struct ref ref = ref_param(REF_NEW, param);
	return value_get(stepper, &ref);
}

static const char *head_change(struct drawing *d)
{
	(void)d;
	return _("change");
}

static struct value get_change(const struct stepper *stepper, size_t param)
{
	struct value change = get_new(stepper, param);
	change.value -= get_old(stepper, param).value;
	return change;
}

const struct table_column table_columns[N_COLUMNS] = {
    [COLUMN_OLD] = {.head = head_old, .get = get_old},
    [COLUMN_GRADIENT] = {.is_there = has_gradient, .head = head_gradient, .get = get_gradient},
    [COLUMN_HANDED] = {.is_there = has_handed, .head = head_handed, .get = get_handed},
    [COLUMN_CHANGE] = {.head = head_change, .get = get_change},
    [COLUMN_NEW] = {.head = head_new, .get = get_new},
};

bool table_has(const struct session *session, int column)
{
	return column < N_COLUMNS && (!table_columns[column].is_there ||
				      table_columns[column].is_there(&session->stepper));
}
