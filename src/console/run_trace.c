/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_trace.c -- `backstep trace`: every step, as text or as one JSON object a line, streamed.
 *
 * The commit computes no number, so it has no line in JSON. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "console_private.h"
#include "subcommand_list.h"

#include "backstep/session/matrix.h"
#include "backstep/base/i18n.h"
#include "backstep/session/figure_text.h"
#include "backstep/session/rounding.h"

static void json_string(struct strbuf *out, const char *s)
{
	strbuf_add_char(out, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '"' || c == '\\')
			strbuf_addf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			strbuf_addf(out, "\\u%04x", c);
		else
			strbuf_add_char(out, (char)c);
	}
	strbuf_add_char(out, '"');
}

/* ,"key":"value" unless value is empty. */
static void json_field(struct strbuf *out, const char *key, const char *value)
{
	if (!*value)
		return;
	strbuf_addf(out, ",\"%s\":", key);
	json_string(out, value);
}

/* What the lecture prints of the step, and its number by hand. */
static void json_beside(const struct session *session, struct strbuf *out)
{
	const struct figure *figure = figure_to_tell(session);
	double value;
	if (figure) {
		json_field(out, "printed", figure->said->printed.text);
		json_field(out, "verdict", figure_verdict_words[figure->verdict]);
	}
	if (rounding_step_value(session, &value) && isfinite(value))
		strbuf_addf(out, ",\"by_hand\":%.17g", value);
}

static void print_json(const struct session *session, struct strbuf *out)
{
	const struct step *step = &session->step;
	const struct place *place = &step->place;
	if (!place->class->value)
		return;
	strbuf_addf(out,
		    "{\"step\":%llu,\"update\":%llu,\"example\":", (unsigned long long)step->number,
		    (unsigned long long)step->update);
	if (step->example)
		strbuf_addf(out, "%zu", step->example);
	else
		strbuf_add(out, "null"); /* about the whole batch */
	json_field(out, "phase", phase_names[place->phase]);
	json_field(out, "kind", place->class->name);
	if (step->stage)
		json_field(out, "stage", step->stage);
	json_field(out, "name", step->name);
	json_field(out, "param", step->param);
	if (place->n_factors > 0)
		strbuf_addf(out, ",\"path\":%llu", (unsigned long long)place->path + 1);
	json_field(out, "of", step->of);
	json_field(out, "wrt", step->wrt);
	if (isfinite(step->value))
		strbuf_addf(out, ",\"value\":%.17g", step->value);
	else
		strbuf_add(out, ",\"value\":null");
	struct strbuf text = {0};
	step_print(step, &session->style, &text);
	json_field(out, "text", strbuf_str(&text));
	strbuf_free(&text);
	json_beside(session, out);
	strbuf_add(out, "}\n");
}

static void print_text(const struct session *session, struct strbuf *out)
{
	step_print_report(&session->step, &session->style, out);
	matrix_print(session, out);
}

/* Prints all steps of the current update. Errors: STATUS_NUMERIC at a step that is not finite,
 * which is printed; STATUS_NO_MEMORY. */
static enum status print_update(const struct options *options, struct session *session,
				struct error *err)
{
	static void (*const printers[])(const struct session *session,
					struct strbuf *out) = {print_text, print_json};
	struct stepper *stepper = &session->stepper;
	struct strbuf line = {0};
	enum status status = STATUS_OK;
	uint64_t n = stepper_n_steps(stepper);
	for (uint64_t index = 1; !status && index <= n; index++) {
		status = stepper_go_index(stepper, index, err);
		if (session_refresh(session, status ? NULL : err))
			break;
		strbuf_clear(&line);
		printers[options->format](session, &line);
		options_print(options, strbuf_str(&line));
	}
	strbuf_free(&line);
	return status;
}

static int run(const struct options *options, char **args, int n_args)
{
	(void)n_args;
	struct session *session;
	struct error err = {0};
	struct error_list errors = {0};
	if (options->format != OUTPUT_TEXT && options->format != OUTPUT_JSONL) {
		error_set(&err, STATUS_BAD_INPUT, _("a trace is text or jsonl"));
		return options_fail(options, &err);
	}
	if (options_session(options, &session, &err))
		return options_fail(options, &err);
	enum status status = options_open(options, session, args[0], &errors);
	for (uint64_t u = 0; !status && u < options->updates && !ferror(stdout); u++) {
		status = print_update(options, session, &err);
		if (!status)
			stepper_leave_commit(&session->stepper);
	}
	options_print_errors(options, &errors);
	session_free(session);
	if (status && err.code)
		options_fail(options, &err);
	if (status == STATUS_NUMERIC)
		return EXIT_CHECK_FAILED;
	return status ? EXIT_MISUSE : EXIT_GOOD;
}

const struct subcommand subcommand_trace = {
    .name = "trace",
    .usage = "[--format text|jsonl] [--updates N] [--chain paths|deltas] LESSON",
    .summary = N_("print every step"),
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
