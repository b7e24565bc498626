/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_figures.c -- what stands beside the exact run: the numbers that the lecture prints, and
 * the example done by hand. */
#include <stdio.h>
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "backstep/base/word.h"
#include "backstep/session/figure_text.h"
#include "backstep/session/rounding.h"

enum { NAME_COLUMNS = 12, NUMBER_COLUMNS = 13, MAX_PARAMS = 200 };

static void add_text(struct strbuf *out, const char *text, size_t columns)
{
	size_t used = text_columns(text);
	strbuf_addf(out, "%s ", text);
	strbuf_repeat(out, " ", used + 1 < columns ? columns - used - 1 : 0);
}

static void add_number(struct command_context *context, double value, size_t columns)
{
	struct strbuf number = {0};
	step_print_number(value, &context->session->style, &number);
	add_text(&context->out, strbuf_str(&number), columns);
	strbuf_free(&number);
}

void command_add_beside(struct command_context *context)
{
	const struct session *session = context->session;
	const struct figure *figure;
	struct strbuf text = {0};
	double value;
	for (size_t i = 0; (figure = figure_of_step(session, &i)); strbuf_clear(&text)) {
		figure_print_here(session, figure, &text);
		command_add_text(context, "     = ", strbuf_str(&text));
	}
	if (rounding_step_value(session, &value)) {
		rounding_print_step(session, value, &text);
		command_add_text(context, "     ~ ", strbuf_str(&text));
	}
	strbuf_free(&text);
}

static void list_figures(struct command_context *context)
{
	const struct session *session = context->session;
	const struct figures *figures = &session->figures;
	const struct figure_columns columns = figures_measure(session);
	figures_print_heading(&columns, &context->out);
	strbuf_add_char(&context->out, '\n');
	for (size_t i = 0; i < figures->n_items; i++) {
		figure_print_row(session, &figures->items[i], &columns, &context->out);
		strbuf_add_char(&context->out, '\n');
	}
	strbuf_addf(&context->out, tr_n("%zu figure: ", "%zu figures: ", figures->n_items),
		    figures->n_items);
	figures_print_counts(figures, &context->out);
	strbuf_add_char(&context->out, '\n');
}

/* All that is known of one figure. */
static void tell_figure(struct command_context *context, const struct figure *figure)
{
	struct strbuf text = {0};
	const char *where = figure->said->where.text;
	strbuf_addf(&context->out, _("%s, update %zu: %s"), figure->said->of.text,
		    figure->said->update.value,
		    figure->known ? figure_verdict_title(figure->verdict)
				  : figures_unknown_title(&context->session->figures));
	strbuf_add_char(&context->out, '\n');
	if (where) { /* the lecture's own words, in its language */
		strbuf_addf(&text, _("in the lecture: \"%s\""), where);
		command_add_text(context, "    ", strbuf_str(&text));
		strbuf_clear(&text);
	}
	if (figure->known) {
		figure_print(context->session, figure, &text);
		command_add_text(context, "    ", strbuf_str(&text));
	}
	strbuf_clear(&text);
	figure_print_address(context->session, figure, &text);
	if (text.len > 0) {
		strbuf_add(&context->out, "place: ");
		command_add_safe(context, &text);
		strbuf_add_char(&context->out, '\n');
	}
	strbuf_free(&text);
	if (figure->known)
		command_explain_figure(context, figure);
}

static const char *next_figure(void *ctx, size_t i)
{
	const struct figures *figures = ctx;
	return i < figures->n_items ? figures->items[i].said->of.text : NULL;
}

/* Whether a figure is called so, as it is typed or as it is printed. */
static bool is_called(const struct figure *figure, const char *name)
{
	struct strbuf own = {0}, typed = {0};
	formula_name_from_symbol(figure->said->of.text, &own);
	formula_name_from_symbol(name, &typed);
	bool is_same = strcmp(strbuf_str(&own), strbuf_str(&typed)) == 0;
	strbuf_free(&own);
	strbuf_free(&typed);
	return is_same;
}

COMMAND(figures)
{
	struct figures *figures = &context->session->figures;
	char shown[TEXT_EXCERPT];
	size_t told = 0;
	if (figures->n_items == 0) {
		strbuf_addf(&context->out, "%s\n", _("this lesson lists no printed figures"));
		return STATUS_OK;
	}
	if (!*args) {
		list_figures(context);
		return STATUS_OK;
	}
	for (size_t i = 0; i < figures->n_items; i++) {
		if (!is_called(&figures->items[i], args))
			continue;
		tell_figure(context, &figures->items[i]);
		told++;
	}
	if (told)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("no figure of '%s' is printed"),
		  text_excerpt(shown, args));
	if (!error_hint_nearest(err, args, next_figure, figures))
		error_hint(err, _("figures lists them"));
	return STATUS_BAD_INPUT;
}

COMPLETE(figure)
{
	const struct figures *figures = &context->session->figures;
	for (size_t i = 0; !*args && i < figures->n_items; i++)
		words_add(words, figures->items[i].said->of.text);
}

/* One line: exact, by hand, and how far apart. */
static void add_pair(struct command_context *context, const char *name, double exact,
		     double by_hand, bool known)
{
	const struct session *session = context->session;
	struct strbuf number = {0};
	strbuf_add(&context->out, "  ");
	add_text(&context->out, name, NAME_COLUMNS);
	if (known) {
		add_number(context, exact, NUMBER_COLUMNS);
		rounding_print(session, by_hand, &number);
		add_text(&context->out, strbuf_str(&number), NUMBER_COLUMNS);
		step_print_number(by_hand - exact, &session->style, &context->out);
	} else {
		strbuf_add(&context->out, session->style.glyphs == GLYPHS_ASCII ? "." : "·");
	}
	strbuf_add_char(&context->out, '\n');
	strbuf_free(&number);
}

/* The number as name, where it is done by hand. */
static void add_by_hand(struct command_context *context, const char *name, const struct ref *ref)
{
	const struct session *session = context->session;
	const struct replay_number *number = rounding_find(session, ref);
	if (number)
		add_pair(context, name, number->exact, number->other.value,
			 value_get(&session->stepper, ref).known);
}

/* Those in force, or at a commit those that have just come into force. */
static void add_params(struct command_context *context)
{
	const struct model *model = context->session->built.model;
	bool committed = stepper_at_commit(&context->session->stepper);
	for (size_t k = 0; k < model->n_order && k < MAX_PARAMS; k++) {
		const struct ref ref = ref_param(committed ? REF_NEW : REF_PARAM, model->order[k]);
		char label[LABEL_TEXT];
		add_by_hand(context, model_param_name(model, model->order[k], label), &ref);
	}
}

static void add_loss(struct command_context *context)
{
	const struct stepper *stepper = &context->session->stepper;
	const struct ref ref = ref_loss(stepper);
	char name[REF_TEXT];
	add_by_hand(context, ref_print(stepper, &ref, false, name), &ref);
}

static void print_rounding(struct command_context *context)
{
	struct strbuf *out = &context->out;
	const struct session *session = context->session;
	const struct lesson_rounding *how = rounding_how(session);
	if (!how) {
		strbuf_addf(out, "%s\n", _("rounding is off; for example: set rounding 2 cut"));
		return;
	}
	if (stepper_updates(&session->stepper) >= rounding_last_update(session)) {
		strbuf_addf(out, _("nothing is done by hand after update %llu\n"),
			    (unsigned long long)rounding_last_update(session));
		return;
	}
	strbuf_addf(out,
		    tr_n("by hand with %d decimal (%s), update %llu\n",
			 "by hand with %d decimals (%s), update %llu\n", (size_t)how->places),
		    how->places, word_shown(rounding_words[how->mode]),
		    (unsigned long long)stepper_updates(&session->stepper) + 1);
	strbuf_add(out, "  ");
	add_text(out, "", NAME_COLUMNS);
	add_text(out, _("exact"), NUMBER_COLUMNS);
	add_text(out, _("by hand"), NUMBER_COLUMNS);
	strbuf_addf(out, "%s\n", _("by hand - exact"));
	add_params(context);
	add_loss(context);
}

const struct command command_figures = {
    .name = "figures",
    .enough = 1,
    .aliases = "cifras",
    .usage = N_("[NAME]"),
    .summary = N_("the numbers that the lecture prints, and what is wrong with them"),
    .needs_lesson = true,
    .reveals = true,
    .run = run_figures,
    .complete = complete_figure,
};

const struct show show_rounding = {
    .name = "rounding",
    .summary = N_("parameters and loss, exact and by hand"),
    .needs_lesson = true,
    .print = print_rounding,
};
