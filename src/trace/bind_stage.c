/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bind_stage.c -- what the names in a stage's rule stand for. */
#include <string.h>

#include "bind.h"
#include "steps.h"

/* A number of a stage, for one parameter or unit. */
struct stage_context {
	const struct step_source *source;
	const struct trainer *trainer;
	const struct stage_entry *entry;
	const struct stage_class *class;
	size_t index;           /* of entry */
	size_t param;           /* scope PARAM */
	struct stage_unit unit; /* scope UNIT */
};

static struct stage_context context_of(const struct step_source *source, const struct place *place)
{
	const struct trainer *trainer = source->trainer;
	const struct stage_entry *entry = &trainer->stages.list.entries[place->stage];
	struct stage_context c = {
	    .source = source,
	    .trainer = trainer,
	    .entry = entry,
	    .class = stage_registry[entry->id],
	    .index = place->stage,
	    .param = place->param,
	};
	if (entry->row->scope == STAGE_UNIT)
		c.unit = stage_unit(trainer->model, place->unit);
	return c;
}

size_t bind_stage_element(const struct step_source *source, const struct place *place)
{
	enum stage_scope scope = source->trainer->stages.list.entries[place->stage].row->scope;
	return scope == STAGE_UNIT ? place->unit : scope == STAGE_PARAM ? place->param : 0;
}

/* The entry that hands on what this stage takes; SIZE_MAX: none. */
static size_t taken_entry(const struct stage_context *c, enum stage_subject subject)
{
	return stage_list_before(&c->trainer->stages.list, c->index, subject);
}

double bind_stage_taken(const struct step_source *source, const struct place *place)
{
	struct stage_context c = context_of(source, place);
	size_t before = taken_entry(&c, c.entry->row->subject);
	size_t e = bind_stage_element(source, place);
	if (before != SIZE_MAX)
		return stages_numbers(&c.trainer->stages, before)[e];
	switch (c.entry->row->subject) {
	case STAGE_RATE:
		return c.trainer->optimizer.hypers[optimizer_rate_index(&c.trainer->optimizer)];
	case STAGE_LOSS:
		return c.trainer->model->loss;
	case STAGE_GRADIENT:
		return c.trainer->model->graph.grad[e];
	default:
		return stages_proposed(&c.trainer->stages)[e];
	}
}

/* What the names in a rule stand for; of term k, where sum() runs over them. */
static struct formula *name_rate(struct arena *arena, const struct stage_context *c, size_t k)
{
	(void)k;
	const struct optimizer *optimizer = &c->trainer->optimizer;
	size_t index = optimizer_rate_index(optimizer), before = taken_entry(c, STAGE_RATE);
	if (before != SIZE_MAX)
		return formula_symbol(arena, "rate", "η",
				      *stages_numbers(&c->trainer->stages, before));
	if (c->class->subject == STAGE_RATE)
		return formula_symbol(arena, "rate0", "η₀", optimizer->hypers[index]);
	return formula_symbol(arena, "rate", "η", optimizer->hypers[index]);
}

/* The loss with the penalties of entry and those before: E_reg. */
static struct formula *bind_reg(struct arena *arena, const struct trainer *trainer, size_t entry,
				double value)
{
	char name[LABEL_TEXT];
	step_stage_name(trainer, entry, 0, name);
	return formula_symbol(arena, name, NULL, value);
}

struct formula *bind_loss(struct arena *arena, const struct trainer *trainer)
{
	return trainer->n_examples > 1 ? bind_batch_loss(arena, trainer->model)
				       : step_element_symbol(arena, trainer->model->total, 0, NULL);
}

static struct formula *name_loss(struct arena *arena, const struct stage_context *c, size_t k)
{
	(void)k;
	size_t before = taken_entry(c, STAGE_LOSS);
	return before == SIZE_MAX ? bind_loss(arena, c->trainer)
				  : bind_reg(arena, c->trainer, before,
					     *stages_numbers(&c->trainer->stages, before));
}

/* The parameters that sum() runs over where the stage is not about one unit. */
static const struct trainer_range *sum_ranges(const struct stage_context *c, size_t *n)
{
	const struct trainer *trainer = c->trainer;
	*n = c->class->weights_only ? trainer->stages.n_weights : trainer->n_ranges;
	return c->class->weights_only ? trainer->stages.weights : trainer->ranges;
}

static size_t count_terms(void *ctx)
{
	const struct stage_context *c = ctx;
	size_t n_ranges, n = 0;
	const struct trainer_range *ranges = sum_ranges(c, &n_ranges);
	if (c->entry->row->scope == STAGE_UNIT)
		return c->unit.range.count;
	for (size_t k = 0; k < n_ranges; k++)
		n += ranges[k].hi - ranges[k].lo;
	return n;
}

/* The parameter of term k of sum(), or the one that the number is about. */
static size_t term_param(const struct stage_context *c, size_t k)
{
	if (k == FORMULA_OUTSIDE)
		return c->param;
	if (c->entry->row->scope == STAGE_UNIT)
		return node_param(c->unit.weights, c->unit.range.first + k * c->unit.range.stride);
	size_t n;
	const struct trainer_range *range = sum_ranges(c, &n);
	for (; k >= range->hi - range->lo; range++)
		k -= range->hi - range->lo;
	return range->lo + k;
}

/* The gradient as the stage takes it. Where sum() runs over the gradients each has its own name. */
static struct formula *name_gradient(struct arena *arena, const struct stage_context *c, size_t k)
{
	size_t before = taken_entry(c, STAGE_GRADIENT), param = term_param(c, k);
	char name[LABEL_TEXT];
	if (before == SIZE_MAX)
		return bind_raw_gradient(arena, c->trainer, param);
	double value = stages_numbers(&c->trainer->stages, before)[param];
	if (k == FORMULA_OUTSIDE)
		return formula_symbol(arena, "g", NULL, value);
	model_param_name(c->trainer->model, param, name);
	char *own = arena_printf(arena, "g_%s", name);
	return own ? formula_symbol(arena, own, NULL, value) : NULL;
}

/* w5': the new value as the stage takes it. */
static struct formula *name_new(struct arena *arena, const struct stage_context *c, size_t k)
{
	size_t before = taken_entry(c, STAGE_VALUE), param = term_param(c, k);
	const double *values = before == SIZE_MAX ? stages_proposed(&c->trainer->stages)
						  : stages_numbers(&c->trainer->stages, before);
	struct formula *old = step_param_symbol(arena, c->trainer->model, param, NULL);
	char *name = old ? arena_printf(arena, "%s'", old->name) : NULL;
	char *symbol = old ? arena_printf(arena, "%s′", old->symbol) : NULL;
	return name && symbol ? formula_symbol(arena, name, symbol, values[param]) : NULL;
}

/* An earlier number of the same stage. */
static struct formula *bind_number(struct arena *arena, const struct stage_context *c, size_t q)
{
	const struct trainer *trainer = c->trainer;
	size_t index = c->index - c->entry->number + q;
	const struct stage_number *row = trainer->stages.list.entries[index].row;
	const double *numbers = stages_numbers(&trainer->stages, index);
	struct place place = {.stage = index, .param = c->param};
	if (row->scope == STAGE_PARAM)
		return bind_stage_left(arena, c->source, &place, numbers[c->param]);
	size_t unit =
	    row->scope == STAGE_UNIT ? stage_unit_of(trainer->model, c->param, numbers) : 0;
	return formula_symbol(arena, row->name, row->symbol, numbers[unit]);
}

/* A hyperparameter or an earlier number of the stage, or NULL. */
static struct formula *bind_own(struct arena *arena, const struct stage_context *c,
				const char *name)
{
	const struct optimizer *optimizer = &c->trainer->optimizer;
	const struct stage_form *form = stage_form(&optimizer->stages, c->entry->id);
	size_t hyper = hypers_find(c->class->hypers, c->class->n_hypers, name);
	if (hyper < c->class->n_hypers)
		return formula_symbol(arena, name, c->class->hypers[hyper].symbol,
				      optimizer->stages.rows[c->entry->id].hypers[hyper]);
	for (size_t q = 0; q < c->entry->number; q++)
		if (strcmp(name, form->numbers[q].name) == 0)
			return bind_number(arena, c, q);
	return NULL;
}

static struct formula *name_param(struct arena *arena, const struct stage_context *c, size_t k)
{
	size_t param = term_param(c, k);
	return c->class->subject == STAGE_VALUE
		   ? bind_old(arena, c->trainer, param)
		   : step_param_symbol(arena, c->trainer->model, param, NULL);
}

static struct formula *name_updates(struct arena *arena, const struct stage_context *c, size_t k)
{
	(void)k;
	return formula_symbol(arena, "k", NULL, (double)c->trainer->n_updates);
}

static struct formula *name_pi(struct arena *arena, const struct stage_context *c, size_t k)
{
	(void)c, (void)k;
	return formula_symbol(arena, "pi", "π", 3.14159265358979323846);
}

static struct formula *bind_name(void *ctx, struct arena *arena, const char *name, size_t k)
{
	static const struct {
		const char *name;
		struct formula *(*bind)(struct arena *arena, const struct stage_context *c,
					size_t k);
	} names[] = {
	    {"rate", name_rate}, {"loss", name_loss}, {"g", name_gradient}, {"u", name_new},
	    {"w", name_param},   {"k", name_updates}, {"pi", name_pi},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].bind(arena, ctx, k);
	return bind_own(arena, ctx, name);
}

/* A stage for weights only does nothing to a bias or a scale, and one that is about units nothing
 * to what comes into none. */
static bool leaves_alone(const struct stage_context *c)
{
	const struct stage_number *row = c->entry->row;
	const struct trainer *trainer = c->trainer;
	bool is_own_work = !row->replaces_subject || row->subject == STAGE_VALUE;
	if (row->scope != STAGE_PARAM || !c->class->weights_only || !is_own_work)
		return false;
	if (!trainer->model->is_weight[c->param])
		return true;
	for (size_t q = 1; q <= c->entry->number; q++)
		if ((c->entry - q)->row->scope == STAGE_UNIT)
			return stage_unit_of(trainer->model, c->param,
					     stages_numbers(&trainer->stages, c->index - q)) ==
			       SIZE_MAX;
	return false;
}

bool bind_stage_leaves_alone(const struct step_source *source, const struct place *place)
{
	struct stage_context c = context_of(source, place);
	return leaves_alone(&c);
}

struct formula *bind_stage(struct arena *arena, const struct step_source *source,
			   const struct place *place)
{
	struct stage_context c = context_of(source, place);
	struct formula_binding binding = {
	    .bind = bind_name, .n_terms = count_terms, .ctx = &c, .max_terms = BIND_MAX_TERMS};
	const struct stage_number *row = c.entry->row;
	if (leaves_alone(&c) && row->replaces_subject)
		return name_new(arena, &c, FORMULA_OUTSIDE);
	bool is_sum_of_nothing =
	    row->scope == STAGE_ONCE && !row->replaces_subject && count_terms(&c) == 0;
	if (is_sum_of_nothing || leaves_alone(&c))
		return formula_number(arena, 0.0);
	return bind_parse(arena, row->rule, &binding);
}

struct formula *bind_stage_left(struct arena *arena, const struct step_source *source,
				const struct place *place, double value)
{
	struct stage_context c = context_of(source, place);
	const struct stage_number *row = c.entry->row;
	const struct stage_form *form = stage_form(&c.trainer->optimizer.stages, c.entry->id);
	const struct model *model = c.trainer->model;
	if (row->replaces_subject && row->subject == STAGE_LOSS)
		return bind_reg(arena, c.trainer, place->stage, value);
	if (row->replaces_subject && row->subject == STAGE_VALUE)
		return step_param_symbol(arena, model, c.param, NULL);
	for (size_t q = 0; row->slope_of && q < form->n_numbers; q++)
		if (strcmp(form->numbers[q].name, row->slope_of) == 0)
			return bind_derivative(
			    arena,
			    formula_symbol(arena, row->slope_of, form->numbers[q].symbol, 0.0),
			    step_param_symbol(arena, model, c.param, NULL), value);
	return formula_symbol(arena, row->name, row->symbol, value);
}
