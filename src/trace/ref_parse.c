/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ref_parse.c -- from a name, as steps print it or as people type it, to what it names. */
#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "derivative.h"
#include "names.h"
#include "steps.h"
#include "backstep/trace/value.h"

/* A name being read. */
struct reading {
	const struct stepper *stepper;
	const struct place *here;
	const char *given; /* as it was typed */
	struct error *err;
};

/* Which row of the batch is meant. */
struct column {
	enum { COLUMN_NONE, COLUMN_IMPLIED, COLUMN_GIVEN } how;
	size_t n;
};

static const struct model *model_of(const struct reading *r)
{
	return r->stepper->trainer.model;
}

/* The names that a misspelt one is compared with. */
struct candidates {
	const struct stepper *stepper;
	struct arena *arena; /* they must last */
};

static const char *next_candidate(void *ctx, size_t i)
{
	struct candidates *candidates = ctx;
	char name[REF_TEXT];
	struct ref ref;
	if (!ref_nth(candidates->stepper, i, &ref))
		return NULL;
	return arena_strdup(candidates->arena, ref_print(candidates->stepper, &ref, false, name));
}

bool ref_nearest(const struct stepper *stepper, const char *text, char name[REF_TEXT])
{
	struct candidates candidates = {stepper, arena_new()};
	bool quick = candidates.arena && stepper->trainer.model->graph.n_params < 1000;
	const char *nearest = quick ? text_nearest(text, next_candidate, &candidates) : NULL;
	snprintf(name, REF_TEXT, "%s", nearest ? nearest : "");
	arena_free(candidates.arena);
	return nearest != NULL;
}

static enum status unknown(const struct reading *r)
{
	char shown[TEXT_EXCERPT], nearest[REF_TEXT];
	if (!r->err) /* nobody reads what there is instead */
		return STATUS_BAD_INPUT;
	error_set(r->err, STATUS_BAD_INPUT, _("there is no number called '%s'"),
		  text_excerpt(shown, r->given));
	if (ref_nearest(r->stepper, r->given, nearest))
		error_hint(r->err, _("did you mean '%s'?"), nearest);
	else
		error_hint(r->err, _("show values lists them"));
	return STATUS_BAD_INPUT;
}

static enum status find_column(const struct reading *r, const char *digits, struct column *column)
{
	const struct trainer *trainer = &r->stepper->trainer;
	size_t row;
	enum status status = number_parse_count(digits, 1, trainer->data.n_rows, &row, r->err);
	if (status)
		return status;
	for (size_t n = 0; n < trainer->n_examples; n++) {
		if (trainer->rows[n] + 1 != row)
			continue;
		*column = (struct column){COLUMN_GIVEN, n};
		return STATUS_OK;
	}
	return error_set(r->err, STATUS_BAD_INPUT, _("row %zu is not in the current batch"), row);
}

/* Takes "(ROW)" off the end of a name. A label may end so itself. */
static enum status take_row(const struct reading *r, char *name, struct column *column)
{
	struct named named;
	char *open = strchr(name, '('), *close = strchr(name, ')');
	bool one = r->stepper->trainer.n_examples == 1;
	bool implied = one || (r->here && !r->here->whole_batch);
	*column = (struct column){implied ? COLUMN_IMPLIED : COLUMN_NONE,
				  implied && r->here ? r->here->example : 0};
	if (!open || names_find(r->stepper->names, name, &named))
		return STATUS_OK;
	if (!close || close[1] != '\0')
		return error_set(r->err, STATUS_BAD_INPUT, _("a row is written NAME(ROW)"));
	*close = *open = '\0';
	return find_column(r, open + 1, column);
}

/* The element of named in the column meant. Errors: STATUS_BAD_INPUT, none is. */
static enum status choose_element(const struct reading *r, const struct named *named,
				  const struct column *column, struct element *element)
{
	if (!named->node->per_batch && column->how == COLUMN_NONE)
		return error_set(r->err, STATUS_BAD_INPUT, _("say of which row: %s(1)"), r->given);
	*element =
	    (struct element){named->node, named->e + (named->node->per_batch ? 0 : column->n)};
	return STATUS_OK;
}

static bool find_param(const struct reading *r, const char *name, size_t *param)
{
	struct named named;
	if (!names_find(r->stepper->names, name, &named) || named.node->kind != NODE_PARAM)
		return false;
	*param = node_param(named.node, named.e);
	return true;
}

static bool is_batch_loss(const struct reading *r, const char *name)
{
	return r->stepper->trainer.n_examples > 1 && strcmp(name, model_of(r)->batch_name) == 0;
}

/* The parameter of NAME_w5; the one that the place is about where it is NAME alone. */
static bool find_owner(const struct reading *r, const char *typed, const char *name,
		       const char *symbol, size_t *param)
{
	const struct place *here = r->here;
	bool is_here = here && here->phase == PHASE_UPDATE && here->has_param;
	if (is_here && names_match(typed, name, symbol)) {
		*param = here->param;
		return true;
	}
	for (const char *under = strchr(typed, '_'); under; under = strchr(under + 1, '_')) {
		char own[REF_TEXT];
		snprintf(own, sizeof own, "%.*s", (int)(under - typed), typed);
		if (names_match(own, name, symbol) && find_param(r, under + 1, param))
			return true;
	}
	return false;
}

/* The unit of NAME_sum_n1; the one that the place is about where it is NAME alone. */
static bool find_stage_unit(const struct reading *r, const char *typed, size_t entry, size_t *unit)
{
	const struct stage_number *row = r->stepper->plan.stages.entries[entry].row;
	const struct place *here = r->here;
	char label[LABEL_TEXT];
	if (here && here->class && here->class->computes == REF_STAGE && here->stage == entry &&
	    names_match(typed, row->name, row->symbol)) {
		*unit = here->unit;
		return true;
	}
	for (*unit = 0; *unit < r->stepper->plan.n_units; ++*unit) {
		step_stage_name(&r->stepper->trainer, entry, *unit, label);
		if (strcmp(label, typed) == 0)
			return true;
	}
	return false;
}

/* A number of stage entry. What it makes of a new value has no name of its own. */
static bool find_in_stage(const struct reading *r, const char *typed, size_t entry, struct ref *ref)
{
	const struct stage_number *row = r->stepper->plan.stages.entries[entry].row;
	char label[LABEL_TEXT];
	*ref = (struct ref){.kind = REF_STAGE, .which = entry};
	if (row->scope == STAGE_UNIT)
		return find_stage_unit(r, typed, entry, &ref->unit);
	if (row->scope == STAGE_PARAM)
		return row->subject != STAGE_VALUE && !row->slope_of &&
		       find_owner(r, typed, row->name, row->symbol, &ref->param);
	step_stage_name(&r->stepper->trainer, entry, 0, label);
	return names_match(typed, label, row->symbol);
}

/* A number of the stages in force: where several hand on a gradient, g_w5 is what the last one has
 * made of it so far; before any has, what the optimizer will get. */
static bool find_in_stages(const struct reading *r, const char *typed, struct ref *ref)
{
	struct ref last = {0};
	bool found = false;
	for (size_t entry = r->stepper->plan.stages.n; entry-- > 0;) {
		if (!find_in_stage(r, typed, entry, ref))
			continue;
		if (value_get(r->stepper, ref).known)
			return true;
		last = found ? last : *ref;
		found = true;
	}
	*ref = last;
	return found;
}

/* A number of the stages, a slot of the optimizer, or the point ahead. */
static bool find_in_update(const struct reading *r, const char *typed, struct ref *ref)
{
	const struct plan *plan = &r->stepper->plan;
	if (find_in_stages(r, typed, ref))
		return true;
	*ref = (struct ref){.kind = REF_SLOT};
	for (; ref->which < plan->rule->n_slots; ref->which++) {
		const struct optimizer_slot *slot = &plan->rule->slots[ref->which];
		if (find_owner(r, typed, slot->name, slot->symbol, &ref->param))
			return true;
	}
	*ref = (struct ref){.kind = REF_AHEAD};
	return plan->rule->ahead && find_owner(r, typed, "ahead", NULL, &ref->param);
}

/* run_NAME, run_NAME', or the symbol: a mark over the first letter. */
static bool find_carried(const struct reading *r, char *typed, bool is_new, struct ref *ref)
{
	struct named named;
	char plain[REF_TEXT];
	size_t len = strlen(STEP_CARRY_PREFIX), letter = strcspn(typed, "\xCC");
	bool has_prefix = strncmp(typed, STEP_CARRY_PREFIX, len) == 0;
	if (!has_prefix && strncmp(typed + letter, "\u0304", strlen("\u0304")) != 0)
		return false;
	if (has_prefix)
		snprintf(plain, sizeof plain, "%s", typed + len);
	else
		snprintf(plain, sizeof plain, "%.*s%s", (int)letter, typed,
			 typed + letter + strlen("\u0304"));
	*ref = (struct ref){.kind = is_new ? REF_CARRIED_NEW : REF_CARRIED};
	if (!names_find(r->stepper->names, plain, &named) || named.node->kind == NODE_PARAM ||
	    !named.node->state)
		return false;
	ref->of = (struct element){named.node, named.e};
	return true;
}

/* w5', run_mu': what the update leaves. */
static bool find_new(const struct reading *r, char *typed, struct ref *ref)
{
	size_t len = strlen(typed);
	if (len < 2 || typed[len - 1] != '\'')
		return false;
	typed[len - 1] = '\0';
	*ref = (struct ref){.kind = REF_NEW};
	bool found = find_param(r, typed, &ref->param) || find_carried(r, typed, true, ref);
	typed[len - 1] = '\'';
	return found;
}

/* path2, as the steps of a parameter with several paths say, in the language of now or in English.
 */
static bool find_path(const struct reading *r, const char *typed, struct ref *ref)
{
	const struct place *here = r->here;
	const char *words[] = {_("path"), "path"};
	size_t number = 0;
	if (!here || !here->has_param || here->whole_batch || here->phase != PHASE_BACKWARD)
		return false;
	for (size_t k = 0; number == 0 && k < 2; k++) {
		size_t len = strlen(words[k]);
		if (strncmp(typed, words[k], len) != 0 ||
		    number_parse_count(typed + len, 1, here->n_paths, &number, NULL))
			number = 0;
	}
	*ref = (struct ref){.kind = REF_PATH,
			    .of = {model_of(r)->total, here->example},
			    .param = here->param,
			    .which = number - 1};
	return number > 0;
}

/* Whatever is no derivative. */
static enum status parse_plain(const struct reading *r, char *typed, struct ref *ref)
{
	struct column column;
	struct named named;
	enum status status = take_row(r, typed, &column);
	if (status)
		return status;
	*ref = (struct ref){.kind = REF_PARAM};
	if (find_param(r, typed, &ref->param) || find_new(r, typed, ref))
		return STATUS_OK;
	*ref = (struct ref){.kind = REF_LOSS};
	if (is_batch_loss(r, typed))
		return STATUS_OK;
	if (names_find(r->stepper->names, typed, &named)) {
		*ref = (struct ref){.kind = REF_UNIT};
		return choose_element(r, &named, &column, &ref->of);
	}
	bool found = find_carried(r, typed, false, ref) || find_path(r, typed, ref) ||
		     find_in_update(r, typed, ref);
	return found ? STATUS_OK : unknown(r);
}

/* dR2/dw5, dE_reg/dw5: the slope of a penalty, or of the loss with the penalties. */
static bool find_slope(const struct reading *r, const char *of, size_t param, struct ref *ref)
{
	const struct stage_list *list = &r->stepper->plan.stages;
	size_t found = SIZE_MAX, penalty = SIZE_MAX;
	for (size_t e = 0; e < list->n; e++)
		if (list->entries[e].row->scope == STAGE_ONCE && find_in_stage(r, of, e, ref))
			penalty = e;
	if (penalty == SIZE_MAX)
		return false;
	const struct stage_entry *entry = &list->entries[penalty];
	bool is_loss = entry->row->replaces_subject && entry->row->subject == STAGE_LOSS;
	for (size_t e = 0; e < list->n; e++) {
		const struct stage_number *row = list->entries[e].row;
		bool is_slope = row->slope_of && strcmp(row->slope_of, entry->row->name) == 0;
		bool is_sum = is_loss && list->entries[e].id == entry->id &&
			      row->replaces_subject && row->subject == STAGE_GRADIENT;
		if (is_slope || is_sum)
			found = e;
	}
	*ref = (struct ref){.kind = REF_STAGE, .param = param, .which = found};
	return found != SIZE_MAX;
}

/* The two ends of a derivative. */
struct ends {
	char *of_text, *wrt_text;
	struct column column[2];
	struct named of, wrt;
	bool by_param;
};

/* A row that is given at one end is meant at the other too. */
static enum status take_rows(const struct reading *r, struct ends *ends)
{
	enum status status = take_row(r, ends->of_text, &ends->column[0]);
	if (!status)
		status = take_row(r, ends->wrt_text, &ends->column[1]);
	for (int k = 0; k < 2; k++)
		if (ends->column[k].how != COLUMN_GIVEN)
			ends->column[k] = ends->column[1 - k];
	return status;
}

/* What kind of derivative it is. Errors: STATUS_BAD_INPUT, none. */
static enum status choose_kind(const struct reading *r, const struct ends *ends, struct ref *ref)
{
	const struct model *model = model_of(r);
	bool is_example =
	    !model->graph.is_coupled &&
	    (ref->of.node == model->total || (ends->by_param && ref->of.node == model->terms));
	double value;
	ref->kind = ends->by_param ? REF_GRADIENT : REF_DELTA;
	bool is_local = ref->of.node->op && derivative_local(ref, &value);
	if (is_example && (ends->by_param || !is_local || r->stepper->plan.form == CHAIN_DELTAS))
		return STATUS_OK;
	ref->kind = is_local ? REF_PARTIAL : REF_TOTAL;
	/* what comes before but leads there by no path has the derivative 0 */
	bool comes_after = !ends->by_param && ref->wrt.node->index >= ref->of.node->index;
	return comes_after || !ref->of.node->op ? unknown(r) : STATUS_OK;
}

/* What the batch's loss, or any unit, is derived by. */
static enum status parse_ends(const struct reading *r, struct ends *ends, struct ref *ref)
{
	enum status status = STATUS_OK;
	bool of_batch = is_batch_loss(r, ends->of_text);
	if (!of_batch && (!names_find(r->stepper->names, ends->of_text, &ends->of) ||
			  ends->of.node->kind == NODE_PARAM))
		return unknown(r);
	if (!ends->by_param)
		status = choose_element(r, &ends->wrt, &ends->column[1], &ref->wrt);
	if (status)
		return status;
	if (of_batch) {
		ref->kind = ends->by_param ? REF_GRADIENT : REF_DELTA;
		return STATUS_OK;
	}
	status = choose_element(r, &ends->of, &ends->column[0], &ref->of);
	return status ? status : choose_kind(r, ends, ref);
}

static enum status parse_derivative(const struct reading *r, char *typed, char *slash,
				    struct ref *ref)
{
	struct ends ends = {.of_text = typed + 1, .wrt_text = slash + 2};
	*slash = '\0';
	enum status status = take_rows(r, &ends);
	if (status)
		return status;
	if (!names_find(r->stepper->names, ends.wrt_text, &ends.wrt))
		return unknown(r);
	ends.by_param = ends.wrt.node->kind == NODE_PARAM;
	size_t param = ends.by_param ? node_param(ends.wrt.node, ends.wrt.e) : 0;
	if (ends.by_param && find_slope(r, ends.of_text, param, ref))
		return STATUS_OK;
	*ref = (struct ref){.param = param};
	return parse_ends(r, &ends, ref);
}

enum status ref_parse(const struct stepper *stepper, const struct place *here, const char *text,
		      struct ref *ref, struct error *err)
{
	const struct reading r = {stepper, here, text, err};
	char typed[REF_TEXT];
	struct strbuf plain = {0};
	formula_name_from_symbol(text, &plain);
	int len = snprintf(typed, sizeof typed, "%s", strbuf_str(&plain));
	bool failed = plain.failed;
	strbuf_free(&plain);
	if (failed)
		return error_no_memory(err);
	if ((size_t)len >= sizeof typed)
		return unknown(&r);
	char *slash = strstr(typed, "/d");
	return *typed == 'd' && slash ? parse_derivative(&r, typed, slash, ref)
				      : parse_plain(&r, typed, ref);
}
