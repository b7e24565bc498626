/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_training.c -- how a lesson's parameters are trained, and which: the keys, and what they
 * mean together. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/unknown.h"
#include "backstep/text/schema_reader.h"
#include "lesson_resolve.h"
#include "lesson_schema.h"

static const struct schema_value assignment_value = {.type = &schema_type_assignment};

static const struct schema_key early_stopping_keys[] = {
    {.name = "patience",
     .required = true,
     .summary = N_("how many epochs without improvement end the training"),
     .example = "5",
     .offset = offsetof(struct lesson_early_stopping, patience),
     .value = {.type = &schema_type_count, .min = 1, .max = LESSON_MAX_EPOCHS}},
    {.name = "min_delta",
     .initial = "0",
     .summary = N_("how much less loss counts as an improvement"),
     .example = "0.001",
     .offset = offsetof(struct lesson_early_stopping, min_delta),
     .value = {.type = &schema_type_number}},
};
static const struct schema_map early_stopping_map = MAP(early_stopping_keys);

static const struct schema_key training_keys[] = {
    {.name = "optimizer",
     .required = true,
     .summary = N_("the update rule"),
     .example = "momentum",
     .offset = offsetof(struct lesson_training, optimizer),
     .value = {.type = &schema_type_word}},
    {.name = "rate",
     .required = true,
     .summary = N_("the learning rate, above 0"),
     .example = "0.6",
     .offset = offsetof(struct lesson_training, rate),
     .value = {.type = &schema_type_number, .positive = true}},
    {.name = "rule",
     .initial = N_("the optimizer's first"),
     .summary = N_("the form of the update rule, where it has several"),
     .example = "pytorch",
     .offset = offsetof(struct lesson_training, rule),
     .value = {.type = &schema_type_word}},
    {.name = "with",
     .initial = N_("their usual values"),
     .summary = N_("the optimizer's other numbers"),
     .example = "[momentum=0.8]",
     .offset = offsetof(struct lesson_training, with),
     .value = SETTINGS},
    {.name = "stages",
     .initial = N_("none"),
     .summary = N_("penalties, clipping, decay, limits and schedules around the update rule"),
     .example = "[l2=0.01, l2-form=full, clip-norm=1, schedule=step, schedule-every=5]",
     .offset = offsetof(struct lesson_training, stages),
     .value = {LIST_OF(assignment_value, struct source_assignment), .bare = true}},
    {.name = "slots",
     .initial = N_("0 each"),
     .summary = N_("what the optimizer has kept from updates before: m_w1, v_w1"),
     .example = "[v_w1=0.01]",
     .offset = offsetof(struct lesson_training, slots),
     .value = SETTINGS},
    {.name = "updates",
     .initial = "0",
     .summary = N_("how many updates the optimizer has made before: t is one more in the first"),
     .example = "9",
     .offset = offsetof(struct lesson_training, made),
     .value = {.type = &schema_type_count, .max = LESSON_MAX_FIGURE_UPDATE}},
    {.name = "batch",
     .initial = N_("all"),
     .summary = N_("how many rows make one update"),
     .example = "1",
     .offset = offsetof(struct lesson_training, batch),
     .value = {.type = &schema_type_count, .min = 1, .max = TABLE_MAX_ROWS, .word = "all"}},
    {.name = "shuffle",
     .initial = N_("false"),
     .summary = N_("whether each epoch takes the rows in another order"),
     .example = "true",
     .offset = offsetof(struct lesson_training, shuffle),
     .value = {.type = &schema_type_boolean}},
    {.name = "epochs",
     .initial = "100",
     .summary = N_("how many passes over the rows training takes"),
     .example = "500",
     .offset = offsetof(struct lesson_training, epochs),
     .value = {.type = &schema_type_count, .min = 1, .max = LESSON_MAX_EPOCHS}},
    {.name = "early_stopping",
     .initial = N_("none"),
     .summary = N_("when training ends before its last epoch"),
     .example = "{patience: 5, min_delta: 0.001}",
     .offset = offsetof(struct lesson_training, early_stopping),
     .value = {.type = &schema_type_map, .map = &early_stopping_map}},
};
const struct schema_map lesson_schema_training = MAP(training_keys);

/* A parameter, also one that is made. */
static const struct schema_charset trained_charset = {
    .first = SCHEMA_LETTERS,
    .rest = SCHEMA_LETTERS SCHEMA_DIGITS "_[,]",
    .max = 2 * SCHEMA_MAX_NAME,
    .hint = N_("in layers that are counted: \"W_h[2,3]\", or W_h for the whole matrix"),
};

static const struct schema_type trained_type = {
    .name = N_("a parameter's name"), .read = schema_read_identifier, .charset = &trained_charset};
const struct schema_value lesson_schema_trained = {.type = &trained_type};

/* The row of a name, or of the matrix that it is a place of: W_h for W_h[2,3]. */
static const struct name_row *find_param(struct resolver *r, const char *name)
{
	size_t len = strcspn(name, "[");
	const char *matrix =
	    name[len] ? arena_printf(r->lesson->arena, "%.*s", (int)len, name) : name;
	const struct name_row *row;
	if (!report_has_memory(r->report, matrix))
		return NULL;
	row = name_find(&r->names, matrix);
	if (row && row->param == NAME_IS_MATRIX)
		return row;
	return name_is_param(row) && !name[len] ? row : NULL;
}

/* What a name says is trained; what is made is looked at when it is made. */
static void find_trained(struct resolver *r, struct lesson_trained *trained, bool taken[])
{
	const struct source_text *name = &trained->name;
	const struct name_row *row = find_param(r, name->text);
	trained->param = LESSON_MADE;
	if (!row && r->is_broken)
		return;
	if (!row) {
		report_error(r->report, name->mark, _("no parameter is called '%s'"), name->text);
		name_hint(&r->names, name->text, true);
	} else if (row->param != NAME_IS_MATRIX) {
		if (r->lesson->params[row->param].is_constant) {
			report_error(r->report, name->mark, _("'%s' is a constant"), name->text);
			report_hint(r->report, _("give the number a name: %s=%g"), name->text,
				    r->lesson->params[row->param].value);
		} else if (r->lesson->params[row->param].frozen)
			report_error(r->report, name->mark, _("'%s' belongs to a frozen layer"),
				     name->text);
		else if (taken[row->param])
			report_error(r->report, name->mark, _("'%s' is listed twice"), name->text);
		taken[row->param] = true;
		trained->param = row->param;
	}
}

static void resolve_train(struct resolver *r)
{
	struct lesson_train *train = &r->lesson->train;
	bool *taken = ARENA_ARRAY(r->lesson->arena, bool, r->lesson->n_params);
	if (!report_has_memory(r->report, taken))
		return;
	for (size_t i = 0; i < train->n_items; i++)
		if (train->items[i].name.text)
			find_trained(r, &train->items[i], taken);
}

static const char *next_optimizer(void *ctx, size_t i)
{
	(void)ctx;
	return optimizer_registry[i] ? optimizer_registry[i]->name : NULL;
}

/* The optimizer's numbers, its form, and the stages around it. */
static void set_optimizer(struct resolver *r, struct lesson_training *training)
{
	struct optimizer *optimizer = &training->chosen;
	struct error err;
	if (training->rate.mark.line &&
	    optimizer_set(optimizer, "rate", training->rate.value, &err))
		report_failure(r->report, training->rate.mark, &err);
	for (size_t k = 0; k < training->with.n_items; k++) {
		const struct source_entry *with = &training->with.items[k];
		if (with->name && optimizer_set(optimizer, with->name, with->value, &err))
			report_failure(r->report, with->mark, &err);
	}
	for (size_t k = 0; k < training->stages.n_items; k++) {
		const struct source_assignment *stage = &training->stages.items[k];
		if (stage->name && stages_set(&optimizer->stages, stage->name, stage->value, &err))
			report_failure(r->report, stage->mark, &err);
	}
	if (training->rule.text && optimizer_set_form(optimizer, training->rule.text, &err))
		report_failure(r->report, training->rule.mark, &err);
}

static void choose_optimizer(struct resolver *r, struct lesson_training *training)
{
	const struct source_text *name = &training->optimizer;
	const struct optimizer_class *class = name->text ? optimizer_find(name->text) : NULL;
	struct error err;
	if (class) {
		optimizer_init(&training->chosen, class);
		set_optimizer(r, training);
	} else if (name->text) {
		error_unknown(&err, _("optimizer"), name->text, next_optimizer);
		report_failure(r->report, name->mark, &err);
	}
}

/* The parameter that name stands before in text, after its slot's name: w1 of m_w1. */
static const char *after_slot(const char *text, const char *slot)
{
	size_t len = strlen(slot);
	return strncmp(text, slot, len) == 0 && text[len] == '_' ? text + len + 1 : NULL;
}

/* What the optimizer in force keeps, told after an unknown name. */
static void hint_slots(struct resolver *r, const struct optimizer_form *form)
{
	struct strbuf kept = {0};
	for (size_t k = 0; k < form->n_slots; k++)
		if (form->slots[k].kept)
			strbuf_addf(&kept, "%s%s_", kept.len ? ", " : "", form->slots[k].name);
	if (kept.len)
		report_hint(r->report, _("one of %s and a parameter's name"), strbuf_str(&kept));
	else
		report_hint(r->report, "%s", _("this optimizer keeps nothing"));
	strbuf_free(&kept);
}

/* Which of the optimizer's kept slots, and of which parameter, an entry is of. */
static void find_slot(struct resolver *r, const struct source_entry *entry)
{
	struct lesson_training *training = &r->lesson->training;
	const struct optimizer_form *form = optimizer_form(&training->chosen);
	for (size_t k = 0; k < form->n_slots; k++) {
		const char *param = after_slot(entry->name, form->slots[k].name);
		const struct name_row *row =
		    param && form->slots[k].kept ? name_find(&r->names, param) : NULL;

		if (!name_is_param(row))
			continue;
		training->starts[training->n_starts++] =
		    (struct lesson_slot){k, row->param, entry->value};
		return;
	}
	report_error(r->report, entry->mark, _("the optimizer %s keeps no '%s'"),
		     training->chosen.class->name, entry->name);
	hint_slots(r, form);
}

/* Where the optimizer starts that has made updates before. */
static void resolve_slots(struct resolver *r)
{
	struct lesson_training *training = &r->lesson->training;
	size_t n = training->slots.n_items;
	if (n == 0 || !training->chosen.class || r->is_broken)
		return;
	training->starts = ARENA_ARRAY(r->lesson->arena, struct lesson_slot, n);
	if (!report_has_memory(r->report, training->starts))
		return;
	for (size_t k = 0; k < n; k++)
		if (training->slots.items[k].name)
			find_slot(r, &training->slots.items[k]);
}

void lesson_resolve_training(struct resolver *r)
{
	struct lesson_training *training = &r->lesson->training;
	size_t n_examples = r->lesson->n_examples;
	choose_optimizer(r, training);
	resolve_train(r);
	resolve_slots(r);
	if (!training->batch.value && !r->lesson->split.train.mark.line)
		training->batch.value = n_examples;
	if (!training->epochs.value)
		training->epochs.value = LESSON_EPOCHS;
	if (training->early_stopping.min_delta.value < 0.0)
		report_error(r->report, training->early_stopping.min_delta.mark,
			     _("min_delta is not negative"));
	if (n_examples && training->batch.value > n_examples)
		report_error(r->report, training->batch.mark,
			     _("a batch of %zu is more than all rows (%zu)"), training->batch.value,
			     n_examples);
}
