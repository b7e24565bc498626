/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_show_optimizer.c -- `show optimizer`: the form in force, its rules as formulas, its
 * numbers, and what it keeps for each parameter. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { MAX_PARAMS = 200, COLUMN = 13 };

/* The names in a rule, of no parameter in particular. */
static struct formula *bind_name(void *ctx, struct arena *arena, const char *name, size_t k)
{
	const struct optimizer *optimizer = ctx;
	const struct optimizer_form *form = optimizer_form(optimizer);
	(void)k;
	for (size_t s = 0; s < form->n_slots; s++)
		if (strcmp(name, form->slots[s].name) == 0)
			return formula_symbol(arena, name, form->slots[s].symbol, 0.0);
	size_t h = hypers_find(optimizer->class->hypers, optimizer->class->n_hypers, name);
	bool is_hyper = h < optimizer->class->n_hypers;
	return formula_symbol(arena, name, is_hyper ? optimizer->class->hypers[h].symbol : NULL,
			      0.0);
}

/* "  v = m v - eta g": what a rule computes, and the rule. */
static void add_rule(struct command_context *context, struct arena *arena, const char *name,
		     const char *symbol, const char *rule, const char *why)
{
	const struct formula_style *style = &context->session->style;
	struct optimizer optimizer = *stepper_optimizer(&context->session->stepper);
	struct formula_binding binding = {.bind = bind_name, .ctx = &optimizer};
	struct formula *formula;
	struct strbuf *out = &context->out;
	size_t start = out->len;
	if (formula_parse(arena, rule, &binding, &formula, NULL))
		return;
	strbuf_add(out, "  ");
	formula_print(formula_symbol(arena, name, symbol, 0.0), style, out);
	strbuf_add(out, style->glyphs == GLYPHS_UNICODE ? " ← " : " <- ");
	formula_print(formula, style, out);
	command_pad_from(out, start, 44);
	strbuf_addf(out, " %s\n", why);
}

static void add_rules(struct command_context *context)
{
	const struct optimizer_form *form =
	    optimizer_form(stepper_optimizer(&context->session->stepper));
	struct arena *arena = arena_new();
	if (!arena)
		return;
	if (form->ahead)
		add_rule(context, arena, "w", NULL, form->ahead, _("the point ahead"));
	for (size_t k = 0; k < form->n_slots; k++)
		add_rule(context, arena, form->slots[k].name, form->slots[k].symbol,
			 form->slots[k].rule, _(form->slots[k].summary));
	add_rule(context, arena, "w", NULL, form->rule,
		 form->weights_only ? _("the new weight; biases stay") : _("the new value"));
	arena_free(arena);
}

static void add_hypers(struct command_context *context)
{
	const struct optimizer *optimizer = stepper_optimizer(&context->session->stepper);
	const struct formula_style *style = &context->session->style;
	struct arena *arena = arena_new();
	struct strbuf *out = &context->out;
	for (size_t k = 0; arena && k < optimizer->class->n_hypers; k++) {
		const struct hyper *hyper = &optimizer->class->hypers[k];
		size_t start = out->len;
		strbuf_addf(out, "  %s", hyper->name);
		if (style->glyphs == GLYPHS_UNICODE) {
			strbuf_add_char(out, ' ');
			formula_print(formula_symbol(arena, hyper->name, hyper->symbol, 0.0), style,
				      out);
		}
		strbuf_add(out, " = ");
		step_print_number(optimizer->hypers[k], style, out);
		command_pad_from(out, start, 24);
		strbuf_addf(out, " %s\n", _(hyper->summary));
	}
	arena_free(arena);
}

/* A slot's number: the new one once its step is done, before that the one of the last update where
 * the rule keeps it. */
static void add_slot(struct command_context *context, size_t param, size_t slot)
{
	const struct stepper *stepper = &context->session->stepper;
	struct ref ref = {.kind = REF_SLOT, .param = param, .which = slot};
	if (!value_get(stepper, &ref).known)
		ref.kind = REF_KEPT;
	command_add_value(context, &ref);
}

/* The slots' names above their columns. */
static void add_slot_heads(struct command_context *context, const struct optimizer_form *form)
{
	struct arena *arena = arena_new();
	struct strbuf *out = &context->out;
	size_t start = out->len;
	for (size_t slot = 0; arena && slot < form->n_slots; slot++) {
		command_pad_from(out, start, (slot + 1) * COLUMN);
		formula_print(
		    formula_symbol(arena, form->slots[slot].name, form->slots[slot].symbol, 0.0),
		    &context->session->style, out);
	}
	strbuf_add_char(out, '\n');
	arena_free(arena);
}

static void add_slots(struct command_context *context)
{
	const struct model *model = context->session->built.model;
	const struct optimizer_form *form =
	    optimizer_form(stepper_optimizer(&context->session->stepper));
	struct strbuf *out = &context->out;
	char name[LABEL_TEXT];
	if (form->n_slots == 0) {
		strbuf_add(out, _("it keeps nothing from one update to the next\n"));
		return;
	}
	add_slot_heads(context, form);
	for (size_t k = 0; k < model->n_order && k < MAX_PARAMS; k++) {
		size_t start = out->len;
		strbuf_addf(out, "  %s", model_param_name(model, model->order[k], name));
		for (size_t slot = 0; slot < form->n_slots; slot++) {
			command_pad_from(out, start, (slot + 1) * COLUMN);
			add_slot(context, model->order[k], slot);
		}
		strbuf_add_char(out, '\n');
	}
	command_add_more(context, MAX_PARAMS, model->n_order);
}

static void print_optimizer(struct command_context *context)
{
	const struct stepper *stepper = &context->session->stepper;
	const struct optimizer *optimizer = stepper_optimizer(stepper);
	const struct optimizer_form *form = optimizer_form(optimizer);
	strbuf_addf(&context->out, "%s: %s\n%s: %s (%s)\n", optimizer->class->name,
		    _(optimizer->class->summary), form->name, _(form->summary), form->source);
	add_rules(context);
	add_hypers(context);
	size_t n = (size_t)stepper_updates_of_rule(stepper);
	strbuf_addf(&context->out,
		    tr_n("%zu update with it so far\n", "%zu updates with it so far\n", n), n);
	add_slots(context);
}

const struct show show_optimizer = {
    .name = "optimizer",
    .summary = N_("the rule in force: formulas, numbers, slots of each weight"),
    .needs_lesson = true,
    .print = print_optimizer,
};
