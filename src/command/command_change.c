/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_change.c -- another number for a parameter, an input or a target, for good or for a look:
 * set NAME = NUMBER, what-if; and what differs between two places: diff. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"

enum {
	MOST_NAMES = 4000, /* numbers that are compared */
	MOST_LINES = 60,   /* and told */
	COLUMN = 14
};

/* What is to be another number, and how it is set. */
struct change {
	struct ref ref;
	struct edit edit; /* with the new value */
	double before;
};

/* Which number a name means. Errors: STATUS_BAD_INPUT, it cannot be set. */
static enum status find_number_to_set(const struct session *session, const char *name,
				      struct change *change, struct error *err)
{
	const struct stepper *stepper = &session->stepper;
	enum status status = ref_parse(stepper, session_here(session), name, &change->ref, err);
	if (status)
		return status;
	if (!stepper_edit(stepper, &change->ref, &change->edit)) {
		error_set(err, STATUS_BAD_INPUT, _("%s is worked out, or fixed: it cannot be set"),
			  name);
		error_hint(err, _("parameters, inputs and targets can"));
		return STATUS_BAD_INPUT;
	}
	change->before = change->edit.value;
	return STATUS_OK;
}

/* NAME = NUMBER, or NAME += NUMBER. Errors: STATUS_BAD_INPUT. */
static enum status read_change(const struct session *session, const char *args,
			       struct change *change, struct error *err)
{
	char name[REF_TEXT];
	const char *equals = strchr(args, '=');
	size_t len = equals ? (size_t)(equals - args) : 0;
	bool adds = len > 0 && args[len - 1] == '+';
	len -= adds;
	while (len && args[len - 1] == ' ')
		len--;
	snprintf(name, sizeof name, "%.*s", (int)len, args);
	if (!*name) {
		error_set(err, STATUS_BAD_INPUT, _("which number is to be another one?"));
		error_hint(err, _("for example: %s"), "w5 = 0.7");
		return STATUS_BAD_INPUT;
	}
	enum status status = find_number_to_set(session, name, change, err);
	if (!status)
		status = number_parse_typed(equals + 1 + strspn(equals + 1, " "),
					    &change->edit.value, err);
	if (!status && adds)
		change->edit.value += change->before;
	return status;
}

static void add_number(struct command_context *context, double value)
{
	step_print_number(value, &context->session->style, &context->out);
}

static const char *arrow(const struct session *session)
{
	return session->style.glyphs == GLYPHS_ASCII ? " -> " : " → ";
}

enum status command_set_number(struct command_context *context, const char *args, struct error *err)
{
	struct session *session = context->session;
	struct change change;
	char name[REF_TEXT];
	if (!session->lesson)
		return error_set(err, STATUS_BAD_INPUT, _("no lesson is open"));
	enum status status = command_refuse_open(context, err);
	if (!status)
		status = read_change(session, args, &change, err);
	if (status)
		return status;
	ref_print(&session->stepper, &change.ref, true, name);
	status = stepper_set(&session->stepper, &change.edit, err);
	if (!status)
		status = session_refresh(session, err);
	if (status)
		return status;
	strbuf_addf(&context->out, "%s ", name);
	add_number(context, change.before);
	strbuf_add(&context->out, arrow(session));
	add_number(context, change.edit.value);
	strbuf_add_char(&context->out, '\n');
	return STATUS_OK;
}

/* All numbers of an update that have names: other optimizers have others. Owns: items. */
struct numbers {
	const struct stepper *stepper;
	struct number {
		struct ref ref;
		double value; /* NaN: not known */
	} * items;            /* [n] */
	size_t n;
};

static bool numbers_make(struct numbers *numbers, const struct stepper *stepper)
{
	struct ref ref;
	*numbers = (struct numbers){.stepper = stepper};
	while (numbers->n < MOST_NAMES && ref_nth(stepper, numbers->n, &ref))
		numbers->n++;
	numbers->items = calloc(numbers->n + 1, sizeof *numbers->items);
	return numbers->items;
}

/* Takes them as they are at the position. */
static void take_numbers(void *ctx)
{
	struct numbers *numbers = ctx;
	for (size_t i = 0; i < numbers->n; i++) {
		struct number *number = &numbers->items[i];
		ref_nth(numbers->stepper, i, &number->ref);
		const struct value value = value_get(numbers->stepper, &number->ref);
		number->value = value.known && !value.open ? value.value : NAN;
	}
}

/* "  y1   0.7349   0.7402   +0.0053" */
static void add_difference(struct command_context *context, const struct ref *ref, double before,
			   double after)
{
	struct strbuf *out = &context->out;
	char name[REF_TEXT];
	command_begin_line(context, ref_print(&context->session->stepper, ref, false, name),
			   COMMAND_NAME_COLUMN);
	for (int k = 0; k < 3; k++) {
		size_t start = out->len;
		double number = k == 0 ? before : k == 1 ? after : after - before;
		if (isnan(number))
			strbuf_add(out, command_blank(context->session));
		else
			add_number(context, number);
		if (k < 2)
			command_pad_from(out, start, COLUMN);
	}
	strbuf_add_char(out, '\n');
}

static bool differ(double a, double b)
{
	return !(a == b || (isnan(a) && isnan(b)));
}

/* The same number there, which mostly stands at the same place; NULL: there is none. */
static const struct number *find_number(const struct numbers *numbers, const struct ref *ref,
					size_t i)
{
	if (i < numbers->n && ref_is_same(&numbers->items[i].ref, ref))
		return &numbers->items[i];
	for (i = 0; i < numbers->n; i++)
		if (ref_is_same(&numbers->items[i].ref, ref))
			return &numbers->items[i];
	return NULL;
}

/* The numbers of both that are others, before and after; how many they are. */
static size_t add_differences(struct command_context *context, const struct numbers *before,
			      const struct numbers *after)
{
	size_t n = 0;
	for (size_t i = 0; i < before->n; i++) {
		const struct number *was = &before->items[i];
		const struct number *is = find_number(after, &was->ref, i);
		if (is && differ(was->value, is->value) && n++ < MOST_LINES)
			add_difference(context, &was->ref, was->value, is->value);
	}
	command_add_more(context, MOST_LINES, n);
	return n;
}

/* What the loss's derivative by a number is called. Of targets it is one by the unit too. */
static struct ref slope_of(const struct stepper *stepper, const struct ref *ref)
{
	const struct ref loss = ref_loss(stepper);
	if (ref->kind == REF_PARAM)
		return ref_gradient(stepper, ref->param);
	return (struct ref){.kind = REF_DELTA, .of = loss.of, .wrt = ref->of};
}

/* The loss's difference over that of the number, beside the derivative. */
static void add_slope(struct command_context *context, const struct ref *ref, double slope,
		      double gradient)
{
	struct strbuf *out = &context->out;
	const struct session *session = context->session;
	const struct stepper *stepper = &session->stepper;
	const struct ref goal = ref_loss(stepper);
	char name[REF_TEXT], of[REF_TEXT];
	bool is_ascii = session->style.glyphs == GLYPHS_ASCII;
	ref_print(stepper, ref, true, name);
	ref_print(stepper, &goal, false, of);
	strbuf_addf(out, "%s%s/%s%s = ", is_ascii ? "D" : "Δ", of, is_ascii ? "D" : "Δ", name);
	add_number(context, slope);
	strbuf_addf(out, "   %s%s/%s%s = ", is_ascii ? "d" : "∂", of, is_ascii ? "d" : "∂", name);
	add_number(context, gradient);
	strbuf_add_char(out, '\n');
}

/* The loss and its derivative in an update that was computed. */
struct goal {
	struct numbers *numbers;
	struct ref slope;
	double loss, gradient;
};

static void look_at_goal(void *ctx)
{
	struct goal *goal = ctx;
	const struct stepper *stepper = goal->numbers->stepper;
	const struct ref loss = ref_loss(stepper);
	take_numbers(goal->numbers);
	goal->loss = value_get(stepper, &loss).value;
	goal->gradient = value_get(stepper, &goal->slope).value;
}

static enum status try_change(struct command_context *context, const struct change *change,
			      struct error *err)
{
	struct stepper *stepper = &context->session->stepper;
	struct numbers before, after = {0};
	struct edit same = change->edit;
	const double step = change->edit.value - change->before;
	same.value = change->before;
	bool has_memory = numbers_make(&before, stepper) && numbers_make(&after, stepper);
	struct goal was = {.numbers = &before, .slope = slope_of(stepper, &change->ref)};
	struct goal is = {.numbers = &after, .slope = was.slope};
	enum status status = has_memory ? STATUS_OK : error_no_memory(err);
	if (!status)
		status = stepper_try(stepper, &same, look_at_goal, &was, err);
	if (!status)
		status = stepper_try(stepper, &change->edit, look_at_goal, &is, err);
	if (!status && add_differences(context, &before, &after) == 0)
		strbuf_addf(&context->out, "%s\n", _("no number changes"));
	if (!status && step != 0.0 && !isnan(was.gradient))
		add_slope(context, &change->ref, (is.loss - was.loss) / step, was.gradient);
	free(before.items);
	free(after.items);
	return status;
}

COMMAND(what_if)
{
	struct session *session = context->session;
	struct change change;
	enum status status = read_change(session, args, &change, err);
	if (status)
		return status;
	if (stepper_at_commit(&session->stepper))
		return error_set(err, STATUS_BAD_INPUT,
				 _("at a commit nothing of the new weights is computed: next"));
	return try_change(context, &change, err);
}

static enum status take_at(struct stepper *stepper, uint64_t number, struct numbers *numbers,
			   struct error *err)
{
	enum status status = stepper_go(stepper, number, err);
	if (!status && !numbers_make(numbers, stepper))
		status = error_no_memory(err);
	if (!status)
		take_numbers(numbers);
	return status;
}

COMMAND(diff)
{
	struct stepper *stepper = &context->session->stepper;
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT];
	uint64_t first, second;
	const char *rest = command_word(args, from, sizeof from);
	rest = command_word(rest, to, sizeof to);
	if (!*from || !*to || *rest) {
		error_set(err, STATUS_BAD_INPUT, _("between which two places?"));
		error_hint(err, _("for example: %s"), "diff 100 228");
		return STATUS_BAD_INPUT;
	}
	enum status status = command_find_place(context, from, &first, err);
	if (!status)
		status = command_find_place(context, to, &second, err);
	if (status)
		return status;
	struct numbers before = {0}, after = {0};
	stepper_begin_visit(stepper);
	const uint64_t update = stepper_updates(stepper), index = stepper->index;
	status = take_at(stepper, first, &before, err);
	if (!status)
		status = take_at(stepper, second, &after, err);
	status = stepper_return(stepper, update, index, status, err);
	if (!status && add_differences(context, &before, &after) == 0)
		strbuf_addf(&context->out, "%s\n", _("no number differs"));
	free(before.items);
	free(after.items);
	return status;
}

const struct command command_what_if = {
    .name = "what-if",
    .aliases = "si",
    .usage = N_("NAME = NUMBER|NAME += NUMBER"),
    .summary = N_("which numbers of this update would be others, were one of them another"),
    .needs_lesson = true,
    .reveals = true,
    .run = run_what_if,
    .complete = command_complete_number,
    .more =
	N_("A parameter, an input or a target. Before, after, and the difference; at the end the "
	   "loss's difference over that of the number, beside the derivative. Nothing of the "
	   "sitting changes."),
};

const struct command command_diff = {
    .name = "diff",
    .aliases = "diferencia",
    .usage = N_("PLACE PLACE"),
    .summary = N_("which numbers differ between two places of the walk"),
    .needs_lesson = true,
    .reveals = true,
    .run = run_diff,
    .complete = command_complete_place,
};
