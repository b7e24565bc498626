/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_show_params.c -- `show weights` and `show gradients`: a line for each parameter. */
#include <stdint.h>
#include <stdio.h>

#include "command_private.h"

#include "backstep/base/i18n.h"

enum { MAX_PARAMS = 200, NUMBER_COLUMN = 12 };

/* The first n of n_all parameters. */
struct shown {
	size_t params[MAX_PARAMS];
	size_t n, n_all;
};

static void add_shown(struct shown *shown, size_t param)
{
	if (shown->n_all++ < MAX_PARAMS)
		shown->params[shown->n++] = param;
}

static void find_walked(const struct model *model, struct shown *shown)
{
	*shown = (struct shown){.n = 0};
	for (size_t k = 0; k < model->n_order; k++)
		add_shown(shown, model->order[k]);
}

static void find_untrained(const struct session *session, struct shown *shown)
{
	*shown = (struct shown){.n = 0};
	for (size_t p = 0; p < session->built.model->graph.n_params; p++)
		if (stepper_fate(&session->stepper, p) == FATE_NOT_TRAINED)
			add_shown(shown, p);
}

/* The width of the names' column, where others need width. */
static size_t names_width(const struct model *model, const struct shown *shown, size_t width)
{
	char name[LABEL_TEXT];
	for (size_t k = 0; k < shown->n; k++)
		width = command_name_column(model_param_name(model, shown->params[k], name), width);
	return width;
}

/* A line for each, of which print appends what stands after the name. */
static void add_params(struct command_context *context, const struct shown *shown, size_t width,
		       void (*print)(struct command_context *context, size_t param))
{
	const struct model *model = context->session->built.model;
	char name[LABEL_TEXT];
	for (size_t k = 0; k < shown->n; k++) {
		size_t param = shown->params[k];
		command_begin_line(context, model_param_name(model, param, name), width);
		print(context, param);
		strbuf_add_char(&context->out, '\n');
	}
	command_add_more(context, shown->n, shown->n_all);
}

/* Another number of the same line. */
static void add_second(struct command_context *context, size_t start, const char *word,
		       const struct ref *ref)
{
	command_pad_from(&context->out, start, NUMBER_COLUMN);
	strbuf_addf(&context->out, " %s ", word);
	command_add_value(context, ref);
}

static void add_weight(struct command_context *context, size_t param)
{
	const struct stepper *stepper = &context->session->stepper;
	const struct ref now = ref_param(REF_PARAM, param), next = ref_param(REF_NEW, param);
	size_t start = context->out.len;
	command_add_value(context, &now);
	if (!stepper_at_commit(stepper) && value_get(stepper, &next).known)
		add_second(context, start, _("will become"), &next);
}

/* A number that no update computes, with what it is. */
static void add_remarked(struct command_context *context, const struct ref *ref, const char *remark)
{
	size_t start = context->out.len;
	command_add_value(context, ref);
	command_pad_from(&context->out, start, NUMBER_COLUMN);
	strbuf_addf(&context->out, " (%s)", remark);
}

static void add_untrained(struct command_context *context, size_t param)
{
	const struct ref ref = ref_param(REF_PARAM, param);
	add_remarked(context, &ref, _("not trained"));
}

/* Calls visit for each number that the ops of the graph carry from update to update. */
static void visit_carried(struct command_context *context, size_t *width,
			  void (*visit)(struct command_context *context, const struct ref *ref,
					size_t *width))
{
	const struct graph *graph = &context->session->built.model->graph;
	for (size_t k = 0; k < graph->n_nodes; k++) {
		const struct node *node = graph->nodes[k];
		for (size_t row = 0; node->state && row < node->rows; row++) {
			const struct ref ref = {.kind = REF_CARRIED,
						.of = {node, row * node->stride}};
			visit(context, &ref, width);
		}
	}
}

static void widen(struct command_context *context, const struct ref *ref, size_t *width)
{
	char name[REF_TEXT];
	*width =
	    command_name_column(ref_print(&context->session->stepper, ref, false, name), *width);
}

static void add_carried(struct command_context *context, const struct ref *ref, size_t *width)
{
	char name[REF_TEXT];
	command_begin_line(context, ref_print(&context->session->stepper, ref, false, name),
			   *width);
	add_remarked(context, ref, _("running statistic"));
	strbuf_add_char(&context->out, '\n');
}

static void print_weights(struct command_context *context)
{
	const struct model *model = context->session->built.model;
	struct shown walked, untrained;
	size_t width = COMMAND_NAME_COLUMN;
	find_walked(model, &walked);
	find_untrained(context->session, &untrained);
	visit_carried(context, &width, widen);
	width = names_width(model, &walked, width);
	width = names_width(model, &untrained, width);
	add_params(context, &walked, width, add_weight);
	add_params(context, &untrained, width, add_untrained);
	visit_carried(context, &width, add_carried);
}

static void add_gradient(struct command_context *context, size_t param)
{
	const struct stepper *stepper = &context->session->stepper;
	const struct ref gradient = ref_gradient(stepper, param);
	struct ref handed;
	size_t start = context->out.len;
	command_add_value(context, &gradient);
	if (ref_handed(stepper, param, &handed) && value_get(stepper, &handed).known)
		add_second(context, start, _("becomes"), &handed);
}

static void print_gradients(struct command_context *context)
{
	const struct model *model = context->session->built.model;
	struct shown walked;
	if (!stepper_phase_steps(&context->session->stepper, PHASE_BACKWARD)) {
		strbuf_add(&context->out,
			   _("this rule learns from the error: there are no gradients\n"));
		return;
	}
	find_walked(model, &walked);
	add_params(context, &walked, names_width(model, &walked, COMMAND_NAME_COLUMN),
		   add_gradient);
}

const struct show show_weights = {
    .name = "weights",
    .summary = N_("the parameters in force, and what they will become"),
    .needs_lesson = true,
    .print = print_weights,
};

const struct show show_gradients = {
    .name = "gradients",
    .summary = N_("the gradients computed so far"),
    .needs_lesson = true,
    .print = print_gradients,
};
