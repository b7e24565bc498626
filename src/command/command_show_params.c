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

static void find_walked(const struct plan *plan, struct shown *shown)
{
	*shown = (struct shown){.n = 0};
	for (size_t k = 0; k < plan->n_order; k++)
		add_shown(shown, plan->order[k]);
}

static void find_untrained(const struct plan *plan, struct shown *shown)
{
	*shown = (struct shown){.n = 0};
	for (size_t p = 0; p < plan->model->graph.n_params; p++)
		if (plan->rank[p] == SIZE_MAX)
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

/* A line for each, of which print appends what stands behind the name. */
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

static void add_weight(struct command_context *context, size_t param)
{
	const struct stepper *stepper = &context->session->stepper;
	size_t start = context->out.len;
	command_add_number(context, stepper_param_value(stepper, param), true);
	if (stepper_at_commit(stepper) || !stepper_knows_new(stepper, param))
		return;
	command_pad_from(&context->out, start, NUMBER_COLUMN);
	strbuf_addf(&context->out, " %s ", _("will become"));
	command_add_number(context, stepper->trainer.next[param], true);
}

/* A number that no update computes, with what it is. */
static void add_remarked(struct command_context *context, double value, const char *remark)
{
	size_t start = context->out.len;
	command_add_number(context, value, true);
	command_pad_from(&context->out, start, NUMBER_COLUMN);
	strbuf_addf(&context->out, " (%s)", remark);
}

static void add_untrained(struct command_context *context, size_t param)
{
	add_remarked(context, context->session->built.model->graph.theta[param], _("not trained"));
}

static const char *carry_name(const struct node *node, size_t row, char name[2 * LABEL_TEXT])
{
	char label[LABEL_TEXT];
	snprintf(name, 2 * LABEL_TEXT, STEP_CARRY_PREFIX "%s",
		 node_name(node, row * node->stride, label));
	return name;
}

static size_t carries_width(const struct plan *plan, size_t width)
{
	char name[2 * LABEL_TEXT];
	for (size_t k = 0; k < plan->n_carriers; k++)
		for (size_t row = 0; row < plan->carriers[k]->rows; row++)
			width =
			    command_name_column(carry_name(plan->carriers[k], row, name), width);
	return width;
}

/* What the ops of the graph carry from update to update. */
static void add_carries(struct command_context *context, size_t width)
{
	const struct stepper *stepper = &context->session->stepper;
	const struct plan *plan = &stepper->plan;
	char name[2 * LABEL_TEXT];
	for (size_t k = 0; k < plan->n_carriers; k++) {
		const struct node *node = plan->carriers[k];
		for (size_t row = 0; row < node->rows; row++) {
			command_begin_line(context, carry_name(node, row, name), width);
			add_remarked(context, stepper_carried(stepper, node, row),
				     _("running statistic"));
			strbuf_add_char(&context->out, '\n');
		}
	}
}

static void print_weights(struct command_context *context)
{
	const struct plan *plan = &context->session->stepper.plan;
	struct shown walked, untrained;
	find_walked(plan, &walked);
	find_untrained(plan, &untrained);
	size_t width = carries_width(plan, COMMAND_NAME_COLUMN);
	width = names_width(plan->model, &walked, width);
	width = names_width(plan->model, &untrained, width);
	add_params(context, &walked, width, add_weight);
	add_params(context, &untrained, width, add_untrained);
	add_carries(context, width);
}

static void add_gradient(struct command_context *context, size_t param)
{
	const struct stepper *stepper = &context->session->stepper;
	size_t start = context->out.len,
	       last = stage_list_last(&stepper->plan.stages, STAGE_GRADIENT);
	command_add_number(context, stepper->trainer.model->graph.grad[param],
			   stepper_knows_gradient(stepper, param));
	if (last == SIZE_MAX || !stepper_knows_stage(stepper, last, stepper->plan.rank[param]))
		return;
	command_pad_from(&context->out, start, NUMBER_COLUMN);
	strbuf_addf(&context->out, " %s ", _("becomes"));
	command_add_number(context, stages_gradient(&stepper->trainer.stages)[param], true);
}

static void print_gradients(struct command_context *context)
{
	const struct plan *plan = &context->session->stepper.plan;
	struct shown walked;
	if (!plan->has_backward) {
		strbuf_add(&context->out,
			   _("this rule learns from the error: there are no gradients\n"));
		return;
	}
	find_walked(plan, &walked);
	add_params(context, &walked, names_width(plan->model, &walked, COMMAND_NAME_COLUMN),
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
