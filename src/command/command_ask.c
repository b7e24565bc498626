/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_ask.c -- questions to the program: print, from, to, and the numbers that `show` knows by
 * their names. Nothing of the sitting changes. */
#include <math.h>
#include <stdio.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/trace/expression.h"
#include "backstep/trace/origin.h"

enum {
	MOST_ROWS = 32,    /* of a matrix */
	MOST_COLUMNS = 6,  /* of it, in 79 columns of the screen */
	MOST_USES = 5000,  /* steps that `to` looks through */
	MATRIX_COLUMN = 11 /* columns of the screen */
};

/* Why a number is not there. */
static void add_reason(struct command_context *context, const struct value *value)
{
	struct strbuf *out = &context->out;
	const struct session *session = context->session;
	strbuf_add(out, value->open ? "?" : command_blank(session));
	if (value->open)
		strbuf_addf(out, "  %s", _("it waits for the question that is open"));
	else if (value->where)
		strbuf_addf(
		    out, _("  not computed yet: step %llu computes it"),
		    (unsigned long long)(stepper_before(&session->stepper,
							stepper_updates(&session->stepper)) +
					 value->where));
	else
		strbuf_addf(out, "  %s", _("not computed yet"));
}

/* "NAME = 0.5", or what stands in the place of a number that is not there. */
static void add_equation(struct command_context *context, const char *text,
			 const struct value *value)
{
	struct strbuf name = {0};
	strbuf_addf(&name, "%s = %s", text, value->stale ? "~" : "");
	command_add_safe(context, &name);
	if (value->known && !value->open)
		step_print_number(value->value, &context->session->style, &context->out);
	else
		add_reason(context, value);
	strbuf_add_char(&context->out, '\n');
}

/* The node whose elements are called NAME1, NAME2 or NAME[1,2]; NULL: none is. */
static const struct node *find_matrix(const struct model *model, const char *name)
{
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		if (node->kind != NODE_VIEW && node->prefix && strcmp(node->prefix, name) == 0)
			return node;
	}
	return NULL;
}

static struct ref ref_of_element(const struct node *node, size_t e)
{
	return node->kind == NODE_PARAM ? ref_param(REF_PARAM, node_param(node, e))
					: ref_unit(node, e);
}

/* Its rows and shape. Of data a column is a row of the batch. */
static void print_matrix(struct command_context *context, const char *name, const struct node *node)
{
	struct strbuf *out = &context->out;
	strbuf_addf(out, "%s  [%zu x %zu]\n", name, node->rows, node->cols);
	for (size_t row = 0; row < node->rows && row < MOST_ROWS; row++) {
		for (size_t col = 0; col < node->cols && col < MOST_COLUMNS; col++) {
			const struct ref ref = ref_of_element(node, row * node->stride + col);
			size_t start = out->len;
			strbuf_add(out, "  ");
			command_add_value(context, &ref);
			if (col + 1 < node->cols && col + 1 < MOST_COLUMNS)
				command_pad_from(out, start, MATRIX_COLUMN + 2);
		}
		strbuf_add(out, node->cols > MOST_COLUMNS ? " ...\n" : "\n");
	}
	command_add_more(context, MOST_ROWS, node->rows);
}

/* E < 0.2: its sides, and whether it holds. */
static void print_condition(struct command_context *context, const char *text,
			    const struct formula *tree, const struct value *value)
{
	struct strbuf line = {0};
	strbuf_addf(&line, "%s: %s (", text, value->value != 0.0 ? _("yes") : _("no"));
	step_print_number(formula_eval(tree->args[0]), &context->session->style, &line);
	strbuf_addf(&line, " %s ", tree->name);
	step_print_number(formula_eval(tree->args[1]), &context->session->style, &line);
	strbuf_add(&line, ")\n");
	command_add_safe(context, &line);
}

static enum status refuse_empty(const char *args, const char *example, struct error *err)
{
	if (*args)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("of which number?"));
	error_hint(err, _("for example: %s"), example);
	return STATUS_BAD_INPUT;
}

COMMAND(print)
{
	struct session *session = context->session;
	struct expression expression;
	struct arena *arena = arena_new();
	struct ref ref;
	bool is_number = !ref_parse(&session->stepper, session_here(session), args, &ref, NULL);
	const struct node *matrix = is_number ? NULL : find_matrix(session->built.model, args);
	enum status status = arena ? STATUS_OK : error_no_memory(err);
	if (!status)
		status = refuse_empty(args, "print (y1 - t1)^2", err);
	if (!status && matrix) {
		print_matrix(context, args, matrix);
	} else if (!status) {
		status = expression_read(&expression, &session->stepper, session_here(session),
					 args, arena, err);
		const struct value value =
		    status ? (struct value){0} : expression_value(&expression, &session->stepper);
		if (!status && value.known && expression.tree->kind == FORMULA_COMPARE)
			print_condition(context, args, expression.tree, &value);
		else if (!status)
			add_equation(context, args, &value);
	}
	arena_free(arena);
	return status;
}

void command_complete_number(const struct command_context *context, const char *args,
			     struct words *words)
{
	const struct stepper *stepper = &context->session->stepper;
	char name[REF_TEXT];
	struct ref ref;
	for (size_t i = 0; !*args && ref_nth(stepper, i, &ref); i++)
		words_add(words, ref_print(stepper, &ref, false, name));
}

/* The formula of a number that no step computes. */
static void add_rule(struct command_context *context, const char *name, const struct origin *origin)
{
	struct formula_style style = context->session->style;
	struct strbuf *out = &context->out;
	strbuf_addf(out, "     %s = ", name);
	formula_print(origin->rule, &style, out);
	style.numbers = true;
	strbuf_add(out, " = ");
	formula_print(origin->rule, &style, out);
	strbuf_add(out, " = ");
	step_print_number(origin->value, &style, out);
	strbuf_add_char(out, '\n');
}

/* How it was worked out, or that it was given. */
static void add_origin(struct command_context *context, const char *name,
		       const struct origin *origin)
{
	uint64_t now = stepper_updates(&context->session->stepper);
	if (origin->kind == ORIGIN_GIVEN)
		strbuf_addf(&context->out, "     %s\n", _("it was given: no step computes it"));
	if (origin->kind == ORIGIN_STEP && origin->update < now)
		strbuf_addf(&context->out, _("     update %llu made it:\n"),
			    (unsigned long long)origin->update + 1);
	if (origin->kind == ORIGIN_STEP)
		step_print_report(&origin->step, &context->session->style, &context->out);
	if (origin->kind == ORIGIN_FORMULA)
		add_rule(context, name, origin);
}

enum status command_show_number(struct command_context *context, const char *name,
				struct error *err)
{
	struct session *session = context->session;
	struct arena *arena = arena_new();
	struct origin origin;
	struct ref ref;
	if (!arena)
		return error_no_memory(err);
	enum status status = ref_parse(&session->stepper, session_here(session), name, &ref, err);
	if (!status) {
		const struct value value = value_get(&session->stepper, &ref);
		add_equation(context, name, &value);
		if (value.known && !value.open) {
			status = origin_find(&session->stepper, &ref, arena, &origin, err);
			if (!status)
				add_origin(context, name, &origin);
		}
	}
	arena_free(arena);
	return status;
}

/* What is typed to go on from a part; "": it is an end. */
static void print_follow(const struct stepper *stepper, const struct origin_part *part,
			 struct strbuf *out)
{
	char name[REF_TEXT];
	if (part->number)
		strbuf_addf(out, _("from %llu"), (unsigned long long)part->number);
	else if (part->has_ref && origin_has_formula(&part->ref))
		strbuf_addf(out, _("from %s"), ref_print(stepper, &part->ref, true, name));
}

void command_add_link(struct command_context *context, const char *command)
{
	if (!*command || context->n_links == COMMAND_LINKS)
		return;
	struct command_link *link = &context->links[context->n_links++];
	*link = (struct command_link){0};
	for (const char *c = strbuf_str(&context->out); *c; c++)
		link->line += *c == '\n';
	snprintf(link->command, sizeof link->command, "%s", command);
}

/* "  sum_y1   1.01977   from 4" */
static void add_part(struct command_context *context, const struct origin_part *part, size_t width)
{
	struct formula_style style = context->session->style;
	struct strbuf *out = &context->out, follow = {0};
	size_t start = out->len;
	strbuf_add(out, "  ");
	style.numbers = false;
	formula_print(part->leaf, &style, out);
	command_pad_from(out, start, width);
	start = out->len;
	step_print_number(part->leaf->value, &style, out);
	command_pad_from(out, start, (size_t)style.digits + 8);
	print_follow(&context->session->stepper, part, &follow);
	command_add_link(context, strbuf_str(&follow));
	strbuf_add(out, follow.len ? strbuf_str(&follow) : part->has_ref ? _("given") : _("set"));
	strbuf_add_char(out, '\n');
	strbuf_free(&follow);
}

/* The numbers in its formula, a line each, one below the other. */
static void add_parts(struct command_context *context, const struct origin *origin)
{
	struct formula_style style = context->session->style;
	size_t width = 0, n = 0;
	style.numbers = false;
	while (n < origin->n_parts && n < ORIGIN_MOST_FOLLOWED) {
		struct strbuf name = {0};
		formula_print(origin->parts[n++].leaf, &style, &name);
		size_t needed = text_columns(strbuf_str(&name)) + 4;
		width = needed > width ? needed : width;
		strbuf_free(&name);
	}
	for (size_t k = 0; k < n; k++)
		add_part(context, &origin->parts[k], width);
	command_add_more(context, n, origin->n_parts);
}

/* A step by its place. Errors: STATUS_BAD_INPUT, there is none, or it comes after the position. */
static enum status read_step(struct command_context *context, const char *args, uint64_t *number,
			     struct error *err)
{
	enum status status = command_find_place(context, args, number, err);
	if (status)
		return status;
	if (*number == 0)
		return error_set(err, STATUS_BAD_INPUT,
				 _("at the start nothing has been computed"));
	if (*number <= stepper_number(&context->session->stepper))
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("step %llu is not done yet"),
		  (unsigned long long)*number);
	error_hint(err, _("step on first: next, phase or update"));
	return STATUS_BAD_INPUT;
}

static enum status print_step_origin(struct command_context *context, const char *args,
				     struct arena *arena, struct error *err)
{
	struct origin origin;
	uint64_t number;
	enum status status = read_step(context, args, &number, err);
	if (!status)
		status = origin_find_step(&context->session->stepper, number, arena, &origin, err);
	if (status)
		return status;
	add_origin(context, "", &origin);
	add_parts(context, &origin);
	return STATUS_OK;
}

static enum status print_origin(struct command_context *context, const char *args,
				struct arena *arena, struct error *err)
{
	struct session *session = context->session;
	struct origin origin;
	struct value value;
	struct ref ref;
	enum status status =
	    value_find(&session->stepper, session_here(session), args, &ref, &value, err);
	if (!status)
		status = origin_find(&session->stepper, &ref, arena, &origin, err);
	if (status)
		return status;
	add_equation(context, args, &value);
	add_origin(context, args, &origin);
	add_parts(context, &origin);
	return STATUS_OK;
}

/* Whether it is a place: what is no number's name but that of a step. */
static bool is_place(const struct session *session, const char *args)
{
	struct ref ref;
	if (command_is_step_number(args) || address_may_be(args))
		return true;
	return ref_parse(&session->stepper, session_here(session), args, &ref, NULL) &&
	       (command_find_bookmark(session, args) || command_find_step(session, args));
}

COMMAND(from)
{
	struct arena *arena = arena_new();
	const struct stepper *stepper = &context->session->stepper;
	char here[NUMBER_TEXT];
	enum status status = arena ? STATUS_OK : error_no_memory(err);
	if (!*args && stepper->index > 0) { /* of the step that is shown */
		snprintf(here, sizeof here, "%llu", (unsigned long long)stepper_number(stepper));
		args = here;
	}
	if (!status)
		status = refuse_empty(args, "from E", err);
	context->n_links = 0;
	if (!status)
		status = is_place(context->session, args)
			     ? print_step_origin(context, args, arena, err)
			     : print_origin(context, args, arena, err);
	arena_free(arena);
	return status;
}

static void add_use(struct command_context *context, const char *name, const struct step *step,
		    size_t n_before)
{
	struct formula_style style = context->session->style;
	struct strbuf line = {0};
	if (n_before == 0)
		strbuf_addf(&line, _("%s goes into\n"), name);
	command_add_safe(context, &line);
	size_t start = context->out.len;
	strbuf_add(&context->out, "  ");
	formula_print(step->left, &style, &context->out);
	command_pad_from(&context->out, start, 2 * MATRIX_COLUMN);
	strbuf_addf(&context->out, _("step %llu\n"), (unsigned long long)step->number);
}

/* The steps of this update that read it; where there are many, the first ones. */
static enum status print_uses(struct command_context *context, const char *name,
			      const struct ref *ref, struct arena *arena, struct error *err)
{
	struct stepper *stepper = &context->session->stepper;
	const uint64_t n = stepper_n_steps(stepper), first = value_get(stepper, ref).where + 1;
	uint64_t at = first;
	size_t n_uses = 0;
	struct origin origin;
	struct strbuf line = {0};
	stepper_end_pass(stepper);
	enum status status = origin_make(stepper, ref, arena, &origin, err);
	for (; !status && at < n && at < first + MOST_USES && n_uses < MOST_ROWS; at++) {
		struct step step;
		bool reads = false;
		arena_reset(arena);
		status = origin_reads(stepper, at, ref, origin.value, arena, &step, &reads, err);
		if (!status && reads && !step.reused)
			add_use(context, name, &step, n_uses++);
	}
	if (!status && n_uses == 0)
		strbuf_addf(&line, _("%s goes into nothing in this update\n"), name);
	if (!status && at < n)
		strbuf_addf(&line, _("  the steps after step %llu were not looked at\n"),
			    (unsigned long long)(stepper_before(stepper, stepper_updates(stepper)) +
						 at - 1));
	command_add_safe(context, &line);
	return status;
}

COMMAND(to)
{
	struct session *session = context->session;
	struct arena *arena = arena_new();
	struct ref ref;
	enum status status = arena ? refuse_empty(args, "to w5", err) : error_no_memory(err);
	if (!status)
		status = ref_parse(&session->stepper, session_here(session), args, &ref, err);
	if (!status)
		status = print_uses(context, args, &ref, arena, err);
	arena_free(arena);
	return status;
}

const struct command command_print = {
    .name = "print",
    .aliases = "imprimir",
    .usage = N_("EXPRESSION"),
    .summary = N_("a number of the walk, or what is worked out of several"),
    .needs_lesson = true,
    .run = run_print,
    .complete = command_complete_number,
    .more = N_("Names are those on the screen, as w5, dE/dw5, y(2); signs and functions those of "
	       "formulas, as (y1 - t1)^2 or max(0, z). E < 0.2 says whether it holds. The name of "
	       "a matrix prints its rows."),
};

const struct command command_from = {
    .name = "from",
    .aliases = "origen",
    .usage = N_("[NAME|PLACE]"),
    .summary =
	N_("where a number, or that of this step, comes from: its formula, and the numbers in it"),
    .needs_lesson = true,
    .run = run_from,
    .complete = command_complete_number,
    .more = N_("Each number in the formula says what to type to go on from there, down to those "
	       "that were given. A parameter leads to the update that made it what it is. A place "
	       "is what goto takes."),
};

const struct command command_to = {
    .name = "to",
    .aliases = "destino",
    .usage = N_("NAME"),
    .summary = N_("which numbers of this update are worked out of it"),
    .needs_lesson = true,
    .run = run_to,
    .complete = command_complete_number,
};
