/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_show.c -- `show`: a table of what can be printed. */
#include <stdio.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/build/lesson_describe.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"

enum { SHOW_MAX_UNITS = 32, SHOW_MAX_PATHS = 64 };

const char *command_blank(const struct session *session)
{
	return session->style.glyphs == GLYPHS_ASCII ? "." : "·";
}

void command_add_value(struct command_context *context, const struct ref *ref)
{
	const struct value value = value_get(&context->session->stepper, ref);
	if (value.stale)
		strbuf_add_char(&context->out, '~');
	if (value.known)
		step_print_number(value.value, &context->session->style, &context->out);
	else
		strbuf_add(&context->out, value.open ? "?" : command_blank(context->session));
}

void command_pad_from(struct strbuf *out, size_t start, size_t width)
{
	size_t columns = text_columns(strbuf_str(out) + start);
	strbuf_repeat(out, " ", columns < width ? width - columns : 0);
}

void command_add_more(struct command_context *context, size_t shown, size_t n)
{
	if (n > shown)
		strbuf_addf(&context->out, _("  and %zu more\n"), n - shown);
}

void command_begin_line(struct command_context *context, const char *name, size_t width)
{
	size_t start = context->out.len;
	strbuf_addf(&context->out, "  %s ", name);
	command_pad_from(&context->out, start, width);
}

static void print_network(struct command_context *context)
{
	struct session *session = context->session;
	const struct model *model = session->built.model;
	struct arena *arena = arena_new();
	struct formula_style symbols = session->style;
	for (size_t k = 0; arena && k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		if (!node->op)
			continue;
		strbuf_addf(&context->out, "%s: %s\n", node->op->name, _(node->op->summary));
		for (size_t row = 0; row < node->rows && row < SHOW_MAX_UNITS; row++) {
			size_t e = row * node->stride;
			struct formula *left = step_element_symbol(arena, node, e, NULL);
			struct formula *rule = step_value_rule(arena, node, e);
			context->out.failed |= !left || !rule;
			if (context->out.failed)
				break;
			strbuf_add(&context->out, "  ");
			formula_print(left, &symbols, &context->out);
			strbuf_add(&context->out, " = ");
			formula_print(rule, &symbols, &context->out);
			strbuf_add_char(&context->out, '\n');
			arena_reset(arena);
		}
		command_add_more(context, SHOW_MAX_UNITS, node->rows);
	}
	arena_free(arena);
}

static void print_formula(struct command_context *context)
{
	const struct session *session = context->session;
	const struct step *step = &session->step;
	uint64_t n = session->has_step && step->place.has_param
			 ? stepper_paths(&session->stepper, step->place.param)
			 : 0;
	if (n == 0) {
		command_report(context);
		return;
	}
	struct arena *arena = arena_new();
	char total[LABEL_TEXT];
	strbuf_addf(&context->out, "d%s/d%s\n", node_name(session->built.model->total, 0, total),
		    step->param);
	for (uint64_t path = 0; arena && path < n && path < SHOW_MAX_PATHS; path++) {
		struct chain chain;
		strbuf_add(&context->out, path ? "  + " : "  = ");
		if (stepper_path(&session->stepper, step->place.param, session_column(session),
				 path, arena, &chain))
			formula_print(chain_product(&chain, chain.n_links, arena), &session->style,
				      &context->out);
		strbuf_add_char(&context->out, '\n');
		arena_reset(arena);
	}
	command_add_more(context, SHOW_MAX_PATHS, (size_t)n);
	arena_free(arena);
}

/* Rows of the data beside one another: what a line of 80 columns holds. */
enum { BLOCK_ROWS = 4, VALUE_COLUMNS = 15 };

/* The last row of the block that begins with first, and of n at most, past it. */
static size_t block_end(size_t first, size_t n)
{
	size_t end = first + BLOCK_ROWS < n ? first + BLOCK_ROWS : n;
	return end < SHOW_MAX_UNITS ? end : SHOW_MAX_UNITS;
}

/* One node: a line per unit, its name in a column of width, a column per row of the batch from
 * first on. */
static void add_values(struct command_context *context, const struct node *node, size_t width,
		       size_t first)
{
	char name[LABEL_TEXT];
	size_t end = block_end(first, node->cols);
	for (size_t row = 0; first < end && row < node->rows && row < SHOW_MAX_UNITS; row++) {
		command_begin_line(context, node_name(node, row * node->stride, name), width);
		for (size_t n = first; n < end; n++) {
			const struct ref ref = ref_unit(node, row * node->stride + n);
			size_t start = context->out.len;
			command_add_value(context, &ref);
			command_pad_from(&context->out, start, n + 1 < end ? VALUE_COLUMNS : 0);
		}
		strbuf_add_char(&context->out, '\n');
	}
	if (first == 0)
		command_add_more(context, SHOW_MAX_UNITS, node->rows);
}

static void add_rows_heading(struct command_context *context, size_t width, const size_t *rows,
			     size_t first, size_t end)
{
	command_begin_line(context, _("row"), width);
	for (size_t n = first; n < end; n++) {
		size_t start = context->out.len;
		strbuf_addf(&context->out, "%zu", rows[n] + 1);
		command_pad_from(&context->out, start, n + 1 < end ? VALUE_COLUMNS : 0);
	}
	strbuf_add_char(&context->out, '\n');
}

/* Whether a node's numbers are not shown elsewhere. */
static bool has_values(const struct node *node)
{
	return node->op || node->kind == NODE_INPUT || node->kind == NODE_TARGET;
}

/* The values of n nodes, the rows of the batch in blocks that fit a line. */
static void add_blocks(struct command_context *context, struct node *const *nodes, size_t n,
		       size_t width)
{
	size_t n_rows;
	const size_t *rows = stepper_rows(&context->session->stepper, &n_rows);
	for (size_t first = 0; first < n_rows && first < SHOW_MAX_UNITS; first += BLOCK_ROWS) {
		if (first > 0)
			strbuf_add_char(&context->out, '\n');
		if (context->session->built.data.n_rows > 1)
			add_rows_heading(context, width, rows, first, block_end(first, n_rows));
		for (size_t k = 0; k < n; k++)
			if (has_values(nodes[k]))
				add_values(context, nodes[k], width, first);
	}
}

static void print_values(struct command_context *context)
{
	const struct graph *graph = &context->session->built.model->graph;
	size_t width = COMMAND_NAME_COLUMN;
	char name[LABEL_TEXT];
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		size_t shown = node->rows < SHOW_MAX_UNITS ? node->rows : SHOW_MAX_UNITS;
		for (size_t row = 0; has_values(node) && row < shown; row++)
			width =
			    command_name_column(node_name(node, row * node->stride, name), width);
	}
	add_blocks(context, graph->nodes, graph->n_nodes, width);
}

/* A line "  J = 0.5  (what it is)". */
static void add_remarked(struct command_context *context, const struct ref *ref, const char *remark)
{
	char name[REF_TEXT];
	strbuf_addf(&context->out,
		    "  %s = ", ref_print(&context->session->stepper, ref, false, name));
	command_add_value(context, ref);
	strbuf_addf(&context->out, "  (%s)\n", remark);
}

/* The numbers that penalties add to the loss, and what comes of it. */
static void add_penalties(struct command_context *context)
{
	const struct optimizer *optimizer = stepper_optimizer(&context->session->stepper);
	const struct stage_list list = stages_list(&optimizer->stages);
	for (size_t k = 0; k < list.n; k++) {
		const struct stage_number *row = list.entries[k].row;
		const struct ref ref = {.kind = REF_STAGE, .which = k};
		if (row->in_loss_phase)
			add_remarked(context, &ref, tr(row->summary));
	}
}

static void print_loss(struct command_context *context)
{
	const struct session *session = context->session;
	const struct model *model = session->built.model;
	if (model->loss_class)
		strbuf_addf(&context->out, "%s: %s\n", model->loss_class->name,
			    _(model->loss_class->summary));
	struct node *const losses[] = {model->terms, model->total};
	add_blocks(context, losses, model->total == model->terms ? 1 : 2, COMMAND_NAME_COLUMN);
	const struct ref loss = {.kind = REF_LOSS};
	size_t n_rows;
	stepper_rows(&session->stepper, &n_rows);
	if (n_rows > 1)
		add_remarked(context, &loss,
			     model->over == REDUCE_MEAN ? _("mean of the rows")
							: _("sum of the rows"));
	add_penalties(context);
}

/* The whole of what is told at this step: a small screen has two lines of it. */
static void add_step_notes(struct command_context *context)
{
	const char *phase = session_phase_note(context->session);
	const char *own = session_note(context->session);
	if (!phase && !own)
		return;
	strbuf_addf(&context->out, "\n%s:\n", _("At this step"));
	if (phase)
		command_add_text(context, "    ", phase);
	if (own && own != phase)
		command_add_text(context, "    ", own);
}

static void print_lesson(struct command_context *context)
{
	const struct lesson *lesson = context->session->lesson;
	enum language language = language_current();
	strbuf_addf(&context->out, "%s\n%s\n", lesson->id.text,
		    lesson_text_in(&lesson->title, language));
	if (lesson->language.mark.line)
		strbuf_addf(&context->out, _("in %s only\n"),
			    language_codes[lesson->language.value]);
	const char *from, *words;
	for (size_t k = 0; (from = lesson_source_line(lesson, k, &words)); k++)
		strbuf_addf(&context->out, "%s %s\n", words, from);
	add_step_notes(context);
	strbuf_add_char(&context->out, '\n');
	command_add_text(context, "", lesson_text_in(&lesson->text, language));
	struct strbuf rows = {0};
	lesson_describe(lesson, &context->session->built.rows, &rows);
	if (rows.len > 0) {
		strbuf_add_char(&context->out, '\n');
		command_add_text(context, "", strbuf_str(&rows));
	}
	strbuf_free(&rows);
	for (size_t k = 0; k < lesson->tries.n_items; k++) {
		strbuf_addf(&context->out, "%s%s: %s\n", k ? "" : "\n", _("Try"),
			    lesson->tries.items[k].command.text);
		command_add_text(context, "    ",
				 lesson_text_in(&lesson->tries.items[k].text, language));
	}
}

#define ROW(name) &show_##name,
const struct show *const show_registry[] = {SHOW_LIST(ROW) NULL};
#undef ROW

/* The row that name is, or of which alone it is a start; NULL: none. */
static const struct show *find_show(const char *name)
{
	const struct show *found = NULL;
	size_t n_starting = 0;
	for (const struct show *const *at = show_registry, *row; (row = *at); at++) {
		if (strcmp(row->name, name) == 0 || (row->also && strcmp(row->also, name) == 0))
			return row;
		if (!row->whole && *name && strncmp(row->name, name, strlen(name)) == 0) {
			found = row;
			n_starting++;
		}
	}
	return n_starting == 1 ? found : NULL;
}

COMPLETE(show)
{
	(void)context;
	for (const struct show *const *at = show_registry; !*args && *at; at++)
		words_add(words, (*at)->name);
}

static const char *next_show(void *ctx, size_t i)
{
	(void)ctx;
	return show_registry[i] ? show_registry[i]->name : NULL;
}

enum status command_print_show(struct command_context *context, const struct show *row,
			       struct error *err)
{
	const size_t n_errors = context->errors.n_items;
	if (row->reveals && command_refuse_open(context, err))
		return STATUS_BAD_INPUT;
	row->print(context);
	return n_errors < context->errors.n_items ? context->errors.items[n_errors].code
						  : STATUS_OK;
}

COMMAND(show)
{
	const struct show *row = find_show(args);
	char shown[TEXT_EXCERPT];
	if (row && row->needs_lesson && !context->session->lesson) {
		error_set(err, STATUS_BAD_INPUT, _("no lesson is open"));
		error_hint(err, _("open one with: lesson NAME"));
		return STATUS_BAD_INPUT;
	}
	if (row)
		return command_print_show(context, row, err);
	struct ref ref;
	if (*args && context->session->lesson &&
	    !ref_parse(&context->session->stepper, session_here(context->session), args, &ref,
		       NULL))
		return command_show_number(context, args, err);
	if (*args)
		error_set(err, STATUS_BAD_INPUT, _("show what? '%s' is not one of them"),
			  text_excerpt(shown, args));
	else
		error_set(err, STATUS_BAD_INPUT, _("show what?"));
	if (!error_hint_nearest(err, args, next_show, NULL))
		error_hint_choice(err, next_show, NULL);
	return STATUS_BAD_INPUT;
}

static const char more[] = N_(
    "A dot is a number that has not been computed yet. ~ before a number: it was computed with the "
    "parameters before, which an update has replaced; with those in force it would be another.");

const struct command command_show = {
    .name = "show",
    .enough = 2,
    .aliases = "ver mostrar",
    .usage = N_("WHAT|NAME"),
    .summary = N_("print weights, metrics ..., or a number by its name; alone says what there is"),
    .run = run_show,
    .complete = complete_show,
    .more = more,
};

const struct show show_network = {
    .name = "network",
    .summary = N_("every unit's formula"),
    .needs_lesson = true,
    .print = print_network,
};

const struct show show_formula = {
    .name = "formula",
    .summary = N_("the whole chain of the current parameter"),
    .needs_lesson = true,
    .print = print_formula,
};

const struct show show_values = {
    .name = "values",
    .summary = N_("the numbers computed so far"),
    .needs_lesson = true,
    .print = print_values,
};

const struct show show_loss = {
    .name = "loss",
    .summary = N_("the loss and its terms"),
    .needs_lesson = true,
    .print = print_loss,
};

const struct show show_lesson = {
    .name = "lesson",
    .summary = N_("the lesson's text, and its notes at this step"),
    .needs_lesson = true,
    .print = print_lesson,
};
