/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_loss.c -- the loss of a lesson: its keys, and the names that it makes. */
#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/unknown.h"
#include "lesson_resolve.h"
#include "lesson_schema.h"

static const char *const over_words[] = {
    [LESSON_OVER_MEAN] = "mean", [LESSON_OVER_SUM] = "sum", NULL};

/* The names of the ops. */
const char *const lesson_smoothing_forms[] = {"others", "all", NULL};

static const struct schema_key loss_keys[] = {
    {.name = "kind",
     .required = true,
     .summary = N_("the loss of one output"),
     .example = "half-squared-error",
     .offset = offsetof(struct lesson_loss, kind),
     .value = {.type = &schema_type_word}},
    {.name = "expression",
     .instead_of = "kind",
     .initial = N_("none: the loss is of a kind"),
     .summary = N_("a loss of the lesson's own: a formula over the outputs and the targets"),
     .example = "\"sum((y - t)^4)\"",
     .offset = offsetof(struct lesson_loss, expression),
     .value = {.type = &schema_type_text}},
    {.name = "targets",
     .initial = N_("t1, t2, …; with one output: t"),
     .summary = N_("the names of the wanted outputs"),
     .example = "[t1, t2]",
     .offset = offsetof(struct lesson_loss, targets),
     .value = NAMES},
    {.name = "terms",
     .initial = N_("E1, E2, …; with one output: the name of the total"),
     .summary = N_("the names of the losses of the outputs"),
     .example = "[E1, E2]",
     .offset = offsetof(struct lesson_loss, terms),
     .value = NAMES},
    {.name = "symbols",
     .initial = N_("made from the names: E1 is E₁"),
     .summary = N_("how formulas write the terms, at most 8 columns each"),
     .example = "[ε₁, ε₂]",
     .offset = offsetof(struct lesson_loss, symbols),
     .value = SYMBOLS},
    {.name = "total",
     .initial = N_("E; with one output: the name of its term"),
     .summary = N_("the name of a row's loss"),
     .example = "E",
     .offset = offsetof(struct lesson_loss, total),
     .value = {.type = &schema_type_label}},
    {.name = "over",
     .initial = N_("mean"),
     .summary = N_("how the losses of a batch's rows become one: mean or sum"),
     .example = "mean",
     .offset = offsetof(struct lesson_loss, over),
     .value = {.type = &schema_type_choice, .choices = over_words}},
    {.name = "batch",
     .initial = N_("J"),
     .summary = N_("the name of a batch's loss"),
     .example = "J",
     .offset = offsetof(struct lesson_loss, batch),
     .value = {.type = &schema_type_label}},
    {.name = "with",
     .initial = N_("their usual values"),
     .summary = N_("the numbers that shape the loss"),
     .example = "[delta=1]",
     .offset = offsetof(struct lesson_loss, with),
     .value = SETTINGS},
    {.name = "smoothing",
     .initial = N_("none"),
     .summary = N_("label smoothing: how much is taken from the right class"),
     .example = "0.1",
     .offset = offsetof(struct lesson_loss, smoothing),
     .value = {.type = &schema_type_number, .positive = true}},
    {.name = "smoothing_form",
     .initial = N_("others"),
     .summary = N_("who gets it: the others, or all classes with the right one"),
     .example = "others",
     .offset = offsetof(struct lesson_loss, smoothing_form),
     .value = {.type = &schema_type_choice, .choices = lesson_smoothing_forms}},
};
const struct schema_map lesson_schema_loss = MAP(loss_keys);

/* A default name of the loss, such as E or t2, placed where the loss says its kind. */
static struct label default_name(struct resolver *r, const char *letters, size_t number,
				 const char *key)
{
	char digits[24] = "";
	struct label name = {.name = digits, .mark = r->lesson->loss.kind.mark};
	if (name.mark.line == 0)
		name.mark = (struct source_mark){1, 1};
	if (number)
		snprintf(digits, sizeof digits, "%zu", number);
	return label_derive(&r->names, letters, &name, key);
}

static void given_or_default(struct resolver *r, struct label *given, const char *letters,
			     const char *key)
{
	if (given->name)
		name_add(&r->names, given->name, given->mark, NAME_IS_NO_PARAM);
	else
		*given = default_name(r, letters, 0, key);
}

/* One name for each output: given, or letters with a number (without where there is one). */
static void output_names(struct resolver *r, struct source_labels *given,
			 const struct source_texts *symbols, const char *letters, const char *key)
{
	size_t n = r->lesson->n_outputs;
	if (given->n_items) {
		report_count(r->report, given->mark, key, given->n_items, n);
		labels_add(&r->names, given, symbols);
		return;
	}
	given->items = ARENA_ARRAY(r->lesson->arena, struct label, n);
	if (!report_has_memory(r->report, given->items))
		return;
	given->n_items = n;
	if (symbols)
		report_count(r->report, symbols->mark, _("symbols"), symbols->n_items, n);
	for (size_t i = 0; i < n; i++) {
		given->items[i] = default_name(r, letters, n == 1 ? 0 : i + 1, key);
		if (symbols && i < symbols->n_items)
			given->items[i].symbol = symbols->items[i].text;
	}
}

/* With one output its term is the total, so one name is enough. */
static void resolve_single_term(struct resolver *r)
{
	struct lesson_loss *loss = &r->lesson->loss;
	struct source_labels *terms = &loss->terms;
	bool is_term = terms->n_items > 0;
	if (terms->n_items == 1 && loss->total.name && terms->items[0].name &&
	    strcmp(terms->items[0].name, loss->total.name) != 0) {
		report_error(r->report, loss->total.mark,
			     _("with one output its term '%s' is the total"), terms->items[0].name);
		report_hint(r->report, "%s", _("give 'terms' or 'total'"));
	}
	if (!is_term && loss->total.name)
		*terms = (struct source_labels){&loss->total, 1, loss->total.mark, false};
	output_names(r, terms, &loss->symbols, "E", terms->n_items ? "terms" : "total");
	if (terms->n_items)
		loss->total = terms->items[0];
}

/* Smoothed targets are called after the targets. */
static void resolve_smoothing(struct resolver *r)
{
	struct lesson_loss *loss = &r->lesson->loss;
	size_t n = r->lesson->n_outputs;
	if (!loss->smoothing.mark.line) {
		if (loss->smoothing_form.mark.line)
			report_error(r->report, loss->smoothing_form.mark, "%s",
				     _("'smoothing_form' needs 'smoothing'"));
		return;
	}
	loss->smoothed = ARENA_ARRAY(r->lesson->arena, struct label, n);
	if (!report_has_memory(r->report, loss->smoothed))
		return;
	for (size_t i = 0; i < n && i < loss->targets.n_items; i++)
		loss->smoothed[i] =
		    label_derive(&r->names, "s_", &loss->targets.items[i], "targets");
}

static const char *next_loss(void *ctx, size_t i)
{
	(void)ctx;
	return loss_registry[i].name;
}

/* What shapes the loss of a kind has no place in a formula. */
static void check_own(struct resolver *r, const struct lesson_loss *loss)
{
	const struct source_mark marks[] = {loss->terms.mark, loss->symbols.mark, loss->with.mark};
	for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
		if (marks[k].line)
			report_error(r->report, marks[k],
				     _("a loss of the lesson's own is one number, its 'total'"));
}

static void find_class(struct resolver *r, struct lesson_loss *loss)
{
	struct error err;
	if (loss->expression.text) {
		loss->class = &loss_own;
		loss->kind = (struct source_text){loss_own.name, loss->expression.mark};
		check_own(r, loss);
		return;
	}
	loss->class = loss->kind.text ? loss_find(loss->kind.text) : NULL;
	if (!loss->kind.text || loss->class)
		return;
	error_unknown(&err, _("loss"), loss->kind.text, next_loss);
	report_failure(r->report, loss->kind.mark, &err);
}

void lesson_resolve_loss(struct resolver *r)
{
	struct lesson_loss *loss = &r->lesson->loss;
	find_class(r, loss);
	if (lesson_is_graph(r->lesson) &&
	    !lesson_has_loss(r->lesson)) { /* the last node is derived */
		loss->batch = default_name(r, "J", 0, "batch");
		return;
	}
	output_names(r, &loss->targets, NULL, "t", "targets");
	if (loss->expression.text) {
		given_or_default(r, &loss->total, "E", "total");
		lesson_resolve_own_loss(r);
	} else if (r->lesson->n_outputs == 1) {
		resolve_single_term(r);
	} else {
		output_names(r, &loss->terms, &loss->symbols, "E", "terms");
		given_or_default(r, &loss->total, "E", "total");
	}
	given_or_default(r, &loss->batch, "J", "batch");
	resolve_smoothing(r);
}
