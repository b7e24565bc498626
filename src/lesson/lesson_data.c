/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_data.c -- loss, examples, training and notes of a lesson. */
#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/engine/stage.h"
#include "lesson_resolve.h"

static bool is_graph(const struct resolver *r)
{
	return r->draft->graph.nodes.mark.line > 0;
}

/* A default name of the loss, such as E or t2, placed where the loss says its kind. */
static struct lesson_name default_name(struct resolver *r, const char *letters, size_t number,
				       const char *key)
{
	char digits[24] = "";
	struct lesson_name name = {.name = digits, .mark = r->draft->loss.kind.mark};
	if (name.mark.line == 0)
		name.mark = (struct source_mark){1, 1};
	if (number)
		snprintf(digits, sizeof digits, "%zu", number);
	return resolve_derived_name(r, letters, &name, key);
}

static struct lesson_name given_or_default(struct resolver *r, const struct source_text *given,
					   const char *letters, const char *key)
{
	if (!given->text)
		return default_name(r, letters, 0, key);
	name_add(&r->names, *given, NAME_IS_NO_PARAM);
	return (struct lesson_name){given->text, NULL, given->mark};
}

/* One name for each output: given, or letters with a number (without where there is one). */
static struct lesson_name *output_names(struct resolver *r, const struct draft_texts *given,
					const struct draft_texts *symbols, const char *letters,
					const char *key)
{
	size_t n = r->lesson->n_outputs;
	struct lesson_name *names;
	if (given->n_items) {
		resolve_count(r, given->mark, key, given->n_items, n);
		return resolve_names(r, given, symbols);
	}
	names = ARENA_ARRAY(r->lesson->arena, struct lesson_name, n);
	if (!report_has_memory(r->report, names))
		return NULL;
	if (symbols)
		resolve_count(r, symbols->mark, _("symbols"), symbols->n_items, n);
	for (size_t i = 0; i < n; i++) {
		names[i] = default_name(r, letters, n == 1 ? 0 : i + 1, key);
		if (symbols && i < symbols->n_items)
			names[i].symbol = symbols->items[i].text;
	}
	return names;
}

/* With one output its term is the total, so one name is enough. */
static void resolve_single_term(struct resolver *r)
{
	const struct draft_loss *draft = &r->draft->loss;
	struct lesson_loss *loss = &r->lesson->loss;
	struct draft_texts term = draft->terms;
	struct source_text total = draft->total;
	if (term.n_items == 1 && total.text && term.items[0].text &&
	    strcmp(term.items[0].text, total.text) != 0) {
		report_error(r->report, total.mark, _("with one output its term '%s' is the total"),
			     term.items[0].text);
		report_hint(r->report, "%s", _("give 'terms' or 'total'"));
	}
	if (term.n_items == 0 && total.text)
		term = (struct draft_texts){.items = &total, .n_items = 1, .mark = total.mark};
	loss->terms =
	    output_names(r, &term, &draft->symbols, "E", term.n_items ? "terms" : "total");
	if (loss->terms)
		loss->total = loss->terms[0];
}

/* As many names as were given may be fewer than needed, which was reported. */
static size_t count_targets(const struct draft_loss *draft, size_t n)
{
	return draft->targets.n_items ? draft->targets.n_items : n;
}

/* Smoothed targets are called after the targets. */
static void resolve_smoothing(struct resolver *r)
{
	const struct draft_loss *draft = &r->draft->loss;
	struct lesson_loss *loss = &r->lesson->loss;
	size_t n = r->lesson->n_outputs;
	loss->smoothing = draft->smoothing;
	loss->smoothing_form = lesson_smoothing_forms[draft->smoothing_form.value];
	if (!draft->smoothing.mark.line) {
		if (draft->smoothing_form.mark.line)
			report_error(r->report, draft->smoothing_form.mark, "%s",
				     _("'smoothing_form' needs 'smoothing'"));
		return;
	}
	loss->smoothed = ARENA_ARRAY(r->lesson->arena, struct lesson_name, n);
	if (!report_has_memory(r->report, loss->smoothed))
		return;
	for (size_t i = 0; loss->targets && i < n && i < count_targets(draft, n); i++)
		loss->smoothed[i] = resolve_derived_name(r, "s_", &loss->targets[i], "targets");
}

static void resolve_loss(struct resolver *r)
{
	const struct draft_loss *draft = &r->draft->loss;
	struct lesson_loss *loss = &r->lesson->loss;
	loss->kind = draft->kind;
	if (is_graph(r) && !draft->kind.text) { /* the last node is what is derived */
		loss->batch = default_name(r, "J", 0, "nodes");
		return;
	}
	loss->over = (enum lesson_over)draft->over.value;
	loss->with = draft->with.items;
	loss->n_with = draft->with.n_items;
	loss->targets = output_names(r, &draft->targets, NULL, "t", "targets");
	if (r->lesson->n_outputs == 1) {
		resolve_single_term(r);
	} else {
		loss->terms = output_names(r, &draft->terms, &draft->symbols, "E", "terms");
		loss->total = given_or_default(r, &draft->total, "E", "total");
	}
	loss->batch = given_or_default(r, &draft->batch, "J", "batch");
	resolve_smoothing(r);
}

static void copy_numbers(struct resolver *r, const struct draft_numbers *numbers, const char *what,
			 double *out, size_t n)
{
	resolve_numbers_count(r, numbers->mark, what, numbers->n_items, n);
	for (size_t i = 0; i < n && i < numbers->n_items; i++)
		out[i] = numbers->items[i].value;
}

/* A row has a target where there is a loss to compare it with. */
static void check_target(struct resolver *r, const struct draft_example *example, bool has_loss)
{
	bool given = example->target.mark.line > 0;
	if (!example->x.mark.line) /* an error that was reported */
		return;
	if (has_loss && !given)
		report_error(r->report, example->x.mark, _("the key '%s' is missing"), "target");
	else if (given && !has_loss)
		report_error(r->report, example->target.mark, "%s",
			     _("there is no loss that would compare it"));
}

static void resolve_examples(struct resolver *r)
{
	const struct draft_examples *draft = &r->draft->data;
	struct lesson *lesson = r->lesson;
	bool has_loss = !is_graph(r) || r->draft->loss.kind.mark.line > 0;
	if (lesson->data.mark.line || (draft->n_items == 0 && !is_graph(r)))
		return; /* the rows do not stand in the lesson, or what is wrong was reported */
	lesson->n_examples = draft->n_items;
	if (is_graph(r) && !draft->mark.line) {
		lesson->n_examples = 1; /* a row of no inputs */
		if (lesson->n_inputs || has_loss)
			report_error(r->report, r->draft->graph.nodes.mark,
				     _("the key '%s' is missing"), "data");
	} else if (is_graph(r) && lesson->n_inputs == 0) {
		report_error(r->report, draft->mark, "%s",
			     _("the graph has no inputs that the data could fill in"));
	}
	lesson->x = ARENA_ARRAY(lesson->arena, double, draft->n_items * lesson->n_inputs);
	lesson->targets = ARENA_ARRAY(lesson->arena, double, draft->n_items * lesson->n_outputs);
	if (!report_has_memory(r->report, lesson->x) ||
	    !report_has_memory(r->report, lesson->targets))
		return;
	for (size_t i = 0; i < draft->n_items; i++) {
		copy_numbers(r, &draft->items[i].x, _("numbers, one for each input"),
			     lesson->x + i * lesson->n_inputs, lesson->n_inputs);
		check_target(r, &draft->items[i], has_loss);
		copy_numbers(r, &draft->items[i].target, _("numbers, one for each output"),
			     lesson->targets + i * lesson->n_outputs, lesson->n_outputs);
	}
}

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

/* What a name says is trained; false, reported, where there is no such parameter. What is made is
 * looked at when it is made. */
static bool find_trained(struct resolver *r, const struct source_text *name, bool taken[],
			 struct lesson_trained *trained)
{
	const struct name_row *row = find_param(r, name->text);
	*trained = (struct lesson_trained){LESSON_MADE, *name};
	if (!row) {
		report_error(r->report, name->mark, _("no parameter is called '%s'"), name->text);
		name_hint(&r->names, name->text, true);
		return false;
	}
	if (row->param == NAME_IS_MATRIX)
		return true;
	if (r->lesson->params[row->param].frozen) {
		report_error(r->report, name->mark, _("'%s' belongs to a frozen layer"),
			     name->text);
		return false;
	}
	if (taken[row->param]) {
		report_error(r->report, name->mark, _("'%s' is listed twice"), name->text);
		return false;
	}
	taken[row->param] = true;
	trained->param = row->param;
	return true;
}

static void resolve_train(struct resolver *r)
{
	const struct draft_texts *draft = &r->draft->train;
	struct lesson *lesson = r->lesson;
	bool *taken = ARENA_ARRAY(lesson->arena, bool, lesson->n_params);
	lesson->train = ARENA_ARRAY(lesson->arena, struct lesson_trained, draft->n_items);
	if (!report_has_memory(r->report, taken) || !report_has_memory(r->report, lesson->train))
		return;
	for (size_t i = 0; i < draft->n_items; i++)
		if (draft->items[i].text &&
		    find_trained(r, &draft->items[i], taken, &lesson->train[lesson->n_train]))
			lesson->n_train++;
}

static void resolve_training(struct resolver *r)
{
	const struct draft_training *draft = &r->draft->training;
	struct lesson_training *training = &r->lesson->training;
	size_t n_examples = r->lesson->n_examples;
	training->optimizer = draft->optimizer;
	training->rate = draft->rate;
	training->rule = draft->rule;
	training->with = draft->with.items;
	training->n_with = draft->with.n_items;
	training->stages = draft->stages.items;
	training->n_stages = draft->stages.n_items;
	training->batch = draft->batch.value             ? draft->batch.value
			  : r->lesson->split.train > 0.0 ? 0
							 : n_examples;
	training->batch_mark = draft->batch.mark;
	training->shuffle = draft->shuffle;
	training->epochs = draft->epochs.value ? draft->epochs.value : LESSON_EPOCHS;
	training->patience = draft->early_stopping.patience.value;
	training->min_delta = draft->early_stopping.min_delta.value;
	if (training->min_delta < 0.0)
		report_error(r->report, draft->early_stopping.min_delta.mark,
			     _("min_delta is not negative"));
	if (n_examples && training->batch > n_examples)
		report_error(r->report, draft->batch.mark,
			     _("a batch of %zu is more than all rows (%zu)"), training->batch,
			     n_examples);
}

/* The first note at the same place as note i, or i. */
static size_t first_note_at(const struct draft_notes *notes, size_t i)
{
	size_t first = 0;
	while (first < i && (!notes->items[first].at.text ||
			     strcmp(notes->items[first].at.text, notes->items[i].at.text) != 0))
		first++;
	return first;
}

/* Whether a stage computes a number of that name: R2, norm, or the loss with penalties, E_reg. */
static bool is_stage_name(const struct resolver *r, const char *name)
{
	const char *losses[] = {r->lesson->loss.total.name, r->lesson->loss.batch.name};
	for (size_t i = 0; i < 2; i++) {
		size_t len = losses[i] ? strlen(losses[i]) : 0;
		if (len && strncmp(name, losses[i], len) == 0 && strcmp(name + len, "_reg") == 0)
			return true;
	}
	return stage_computes(name);
}

static void resolve_notes(struct resolver *r)
{
	const struct draft_notes *notes = &r->draft->notes;
	for (size_t i = 0; i < notes->n_items; i++) {
		const struct source_text *at = &notes->items[i].at;
		size_t first;

		if (!at->text)
			continue;
		first = first_note_at(notes, i);
		if (first < i) {
			report_error(r->report, at->mark,
				     _("there is a note at '%s' already (line %zu)"), at->text,
				     notes->items[first].at.mark.line);
		} else if (!name_find(&r->names, at->text) && !is_stage_name(r, at->text)) {
			report_error(r->report, at->mark, _("nothing is called '%s'"), at->text);
			name_hint(&r->names, at->text, false);
		}
	}
	r->lesson->notes = notes->items;
	r->lesson->n_notes = notes->n_items;
}

void lesson_resolve_data(struct resolver *r)
{
	resolve_loss(r);
	lesson_resolve_rows(r);
	resolve_examples(r);
	resolve_train(r);
	resolve_training(r);
	resolve_notes(r);
}
