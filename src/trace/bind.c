/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bind.c -- what the names in a rule stand for. */
#include "bind.h"

#include <math.h>
#include <string.h>

#include "backstep/base/contract.h"

/* A number that no step computes: an attribute, a hyperparameter, the count of updates. */
static struct formula *setting_symbol(struct arena *arena, const char *name, const char *symbol,
				      double value)
{
	struct formula *f = formula_symbol(arena, name, symbol, value);
	if (f)
		f->is_setting = true;
	return f;
}

struct formula *bind_derivative(struct arena *arena, struct formula *of, struct formula *wrt,
				double value)
{
	struct formula *f = formula_derivative(arena, of, wrt);
	if (f)
		f->value = value;
	return f;
}

struct formula *bind_link(struct arena *arena, const struct link *link)
{
	const struct node *input = link->node->inputs[link->slot];
	return bind_derivative(arena, step_element_symbol(arena, link->node, link->i, NULL),
			       step_element_symbol(arena, input, link->j, NULL), link_value(link));
}

struct formula *bind_batch_loss(struct arena *arena, const struct model *model)
{
	return formula_symbol(arena, model->batch_name, NULL, model->loss);
}

/* Marks a symbol by a sign over its first letter. */
static char *add_bar(struct arena *arena, const char *symbol)
{
	int len = 1;
	while (((unsigned char)symbol[len] & 0xc0) == 0x80)
		len++;
	return arena_printf(arena, "%.*s\u0304%s", len, symbol, symbol + len);
}

struct formula *bind_state(struct arena *arena, const struct node *node, size_t e)
{
	struct formula *f = step_unit_symbol(arena, node, e, NULL);
	char *ascii = f ? arena_printf(arena, STEP_CARRY_PREFIX "%s", f->name) : NULL;
	char *symbol = f ? add_bar(arena, f->symbol) : NULL;
	return ascii && symbol ? formula_symbol(arena, ascii, symbol, node->state[e]) : NULL;
}

/* The names in an op's rule: y, the slots, n, r. */
struct op_context {
	const struct node *node;
	size_t i,
	    position; /* output element; which term of the slots' ranges stands outside sum() */
	size_t j;     /* the element that is derived by */
};

static struct formula *bind_op_name(void *ctx, struct arena *arena, const char *name, size_t k)
{
	const struct op_context *c = ctx;
	const struct node own = node_as_part(c->node, c->i);
	const struct op *op = own.op;
	if (strcmp(name, "y") == 0)
		return step_element_symbol(arena, c->node, c->i, NULL);
	if (strcmp(name, "q") == 0)
		return step_element_symbol(arena, c->node, c->j, NULL);
	if (strcmp(name, "s") == 0 && op->cases && op->cases->chosen)
		return step_element_symbol(arena, c->node->inputs[0],
					   op->cases->chosen(c->node, c->i), NULL);
	if (strcmp(name, "n") == 0)
		return formula_number(arena, (double)op->inputs(c->node, c->i, 0).count);
	if (strcmp(name, "r") == 0 && c->node->state)
		return bind_state(arena, c->node, c->i);
	size_t a = hypers_find(op->attributes, op->n_attributes, name);
	if (a < op->n_attributes)
		return op->attributes[a].symbol
			   ? setting_symbol(arena, name, op->attributes[a].symbol,
					    own.attributes[a])
			   : formula_number(arena, own.attributes[a]);
	for (size_t slot = 0; slot < op->n_slots; slot++) {
		if (strcmp(name, op->slots[slot].name) != 0)
			continue;
		struct range range = op->inputs(c->node, c->i, slot);
		size_t term = range.count == 1 ? 0 : k == FORMULA_OUTSIDE ? c->position : k;
		return step_element_symbol(arena, c->node->inputs[slot], range_at(range, term),
					   NULL);
	}
	return NULL;
}

static size_t count_op_terms(void *ctx)
{
	const struct op_context *c = ctx;
	return c->node->op->inputs(c->node, c->i, 0).count;
}

struct formula *bind_parse(struct arena *arena, const char *rule,
			   const struct formula_binding *binding)
{
	struct formula *f = NULL;
	enum status status = formula_parse(arena, rule, binding, &f, NULL);
	CONTRACT(status != STATUS_BAD_INPUT);
	return status == STATUS_BAD_INPUT ? formula_symbol(arena, rule, rule, NAN) : f;
}

static struct formula *bind_op_rule(struct arena *arena, const char *rule,
				    struct op_context *context, size_t max_terms)
{
	struct formula_binding binding = {.bind = bind_op_name,
					  .n_terms = count_op_terms,
					  .ctx = context,
					  .max_terms = max_terms};
	return bind_parse(arena, rule, &binding);
}

struct formula *bind_value(struct arena *arena, const struct node *node, size_t i, size_t max_terms)
{
	struct op_context context = {node, i, node_row(node, i), 0};
	return bind_op_rule(arena, op_rule(node, i), &context, max_terms);
}

struct formula *step_value_rule(struct arena *arena, const struct node *node, size_t i)
{
	return bind_value(arena, node, i, BIND_MAX_TERMS);
}

struct formula *bind_carry(struct arena *arena, const struct node *node, size_t e)
{
	struct op_context context = {node, e, node_row(node, e), 0};
	return bind_op_rule(arena, node->op->carry->rule, &context, BIND_MAX_TERMS);
}

struct formula *bind_partial(struct arena *arena, const struct link *link)
{
	const struct op *op = link->node->op;
	struct range range = op->inputs(link->node, link->i, link->slot);
	struct op_context context = {link->node, link->i, range_position(range, link->j), link->j};
	const char *rule = op_partial_rule(link->node, link->i, link->slot, link->j);
	return bind_op_rule(arena, rule, &context, BIND_MAX_TERMS);
}

/* The names in an optimizer's rule: w, g, e, x, the hyperparameters. */
struct update_context {
	const struct step_source *source;
	size_t param;
	size_t n_done; /* slots that have their new values */
};

/* What a rule that learns from the error multiplies: an input, or 1 for a bias. */
static struct formula *bind_error_name(struct arena *arena, const struct model *model, size_t param,
				       bool want_error)
{
	double x = 0.0;
	size_t unit = 0;
	optimizer_error(model, param, 0, &x, &unit);
	if (want_error)
		return step_element_symbol(arena, model->terms, unit * model->terms->stride, NULL);
	if (model->is_bias[param])
		return formula_number(arena, 1.0);
	const struct node *sum = model->output->inputs[0];
	struct range weights = sum->op->inputs(sum, unit * sum->stride, 1);
	struct range inputs = sum->op->inputs(sum, unit * sum->stride, 0);
	for (size_t q = 0; q < weights.count; q++)
		if (node_param(sum->inputs[1], range_at(weights, q)) == param)
			return step_element_symbol(arena, sum->inputs[0], range_at(inputs, q),
						   NULL);
	return formula_number(arena, x);
}

struct formula *bind_raw_gradient(struct arena *arena, const struct trainer *trainer, size_t param)
{
	const struct model *model = trainer->model;
	return bind_derivative(arena, bind_loss(arena, trainer),
			       step_param_symbol(arena, model, param, NULL),
			       model->graph.grad[param]);
}

/* What the rule learns from: the gradient, as stages leave it. */
static struct formula *bind_gradient(struct arena *arena, const struct trainer *trainer,
				     size_t param)
{
	if (!trainer->stages.list.has[STAGE_GRADIENT])
		return bind_raw_gradient(arena, trainer, param);
	return formula_symbol(arena, "g", NULL, stages_gradient(&trainer->stages)[param]);
}

struct formula *bind_old(struct arena *arena, const struct trainer *trainer, size_t param)
{
	struct formula *f = step_param_symbol(arena, trainer->model, param, NULL);
	if (f)
		f->value = trainer_theta(trainer)[param];
	return f;
}

/* A slot or a hyperparameter, or NULL. */
static struct formula *bind_setting(struct arena *arena, const struct update_context *c,
				    const char *name)
{
	const struct trainer *trainer = c->source->trainer;
	const struct optimizer *optimizer = &trainer->now;
	const struct optimizer_form *form = optimizer_form(optimizer);
	for (size_t s = 0; s < form->n_slots; s++)
		if (strcmp(name, form->slots[s].name) == 0)
			return formula_symbol(arena, name, form->slots[s].symbol,
					      s < c->n_done
						  ? trainer_next_slot(trainer, s)[c->param]
						  : trainer_slot(trainer, s)[c->param]);
	size_t hyper = hypers_find(optimizer->class->hypers, optimizer->class->n_hypers, name);
	return hyper == optimizer->class->n_hypers
		   ? NULL
		   : setting_symbol(arena, name, optimizer->class->hypers[hyper].symbol,
				    optimizer->hypers[hyper]);
}

static struct formula *bind_update_name(void *ctx, struct arena *arena, const char *name, size_t k)
{
	(void)k;
	const struct update_context *c = ctx;
	const struct trainer *trainer = c->source->trainer;
	if (strcmp(name, "w") == 0)
		return bind_old(arena, trainer, c->param);
	if (strcmp(name, "g") == 0)
		return bind_gradient(arena, trainer, c->param);
	if (strcmp(name, "t") == 0)
		return setting_symbol(arena, "t", NULL, (double)trainer->t + 1.0);
	if (trainer->optimizer.class->signal && (strcmp(name, "e") == 0 || strcmp(name, "x") == 0))
		return bind_error_name(arena, trainer->model, c->param, *name == 'e');
	return bind_setting(arena, c, name);
}

static struct formula *bind_rule(struct arena *arena, const struct step_source *source,
				 size_t param, size_t n_done, const char *rule)
{
	struct update_context context = {source, param, n_done};
	struct formula_binding binding = {.bind = bind_update_name, .ctx = &context};
	const struct trainer *trainer = source->trainer;
	if (!optimizer_changes(&trainer->optimizer, trainer->model, param))
		return bind_old(arena, trainer, param);
	return bind_parse(arena, rule, &binding);
}

struct formula *bind_update(struct arena *arena, const struct step_source *source, size_t param)
{
	const struct optimizer_form *form = optimizer_form(&source->trainer->optimizer);
	return bind_rule(arena, source, param, form->n_slots, form->rule);
}

struct formula *bind_slot(struct arena *arena, const struct step_source *source, size_t param,
			  size_t slot)
{
	const struct optimizer_form *form = optimizer_form(&source->trainer->optimizer);
	return bind_rule(arena, source, param, slot, form->slots[slot].rule);
}

struct formula *bind_ahead(struct arena *arena, const struct step_source *source, size_t param)
{
	return bind_rule(arena, source, param, 0,
			 optimizer_form(&source->trainer->optimizer)->ahead);
}
