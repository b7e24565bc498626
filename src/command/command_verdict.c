/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_verdict.c -- verdicts as scripts read and expect them, and that of a number which the
 * lecture prints. */
#include <string.h>

#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/session/figure_text.h"
#include "backstep/teach/figure_slip.h"

/* The line for scripts; a is NULL where nothing was answered. */
static void print_line(const struct assessment *a, struct strbuf *out)
{
	if (a)
		verdict_print_line(&a->verdict, out);
	else
		strbuf_add(out, "-");
}

static void print_verdict_of(struct command_context *context, const struct assessment *a)
{
	strbuf_add(&context->out, "verdict: ");
	print_line(a, &context->out);
	strbuf_add_char(&context->out, '\n');
}

void command_explain_figure(struct command_context *context, const struct figure *figure)
{
	struct tutor *tutor = command_tutor(context, NULL);
	struct assessment *a = NULL;
	struct strbuf text = {0}, printed = {0};
	if (!tutor || figure_assess(context->session->lesson, figure, &a, NULL) || !a)
		return;
	figure_print_printed(context->session, figure, &printed);
	if (a->verdict.kind == VERDICT_NAMED && figure->verdict == FIGURE_DIFFERS) {
		strbuf_addf(&text, _("%s comes out when "), strbuf_str(&printed));
		slip_tell(a->verdict.slips[0], &context->session->style, &text);
		strbuf_add(&text, ": ");
		slip_show(&a->slips, a->verdict.slips[0], &context->session->style, &text);
		command_add_text(context, "    ", strbuf_str(&text));
	} else if (a->verdict.kind == VERDICT_LISTED && figure->verdict == FIGURE_DIFFERS) {
		strbuf_addf(&text, _("%s comes out when one of these holds:\n"),
			    strbuf_str(&printed));
		assess_show(a, &context->session->style, &text);
		command_add_text(context, "    ", strbuf_str(&text));
	}
	strbuf_free(&text);
	strbuf_free(&printed);
	tutor_keep(tutor, a);
	print_verdict_of(context, a);
}

static void print_verdict(struct command_context *context)
{
	print_verdict_of(context, context->tutor ? tutor_judged(context->tutor) : NULL);
}

const struct show show_verdict = {
    .name = "verdict",
    .also = "veredicto",
    .summary = N_("what the last answer was, in a line for scripts"),
    .needs_lesson = true,
    .whole = true,
    .print = print_verdict,
};

enum status command_expect_verdict(struct command_context *context, const char *wanted,
				   struct error *err)
{
	const struct assessment *a = context->tutor ? tutor_judged(context->tutor) : NULL;
	struct session *session = context->session;
	struct strbuf got = {0}, safe = {0};
	enum status status = STATUS_OK;
	session->n_expected++;
	print_line(a, &got);
	text_sanitize(&safe, wanted, strlen(wanted));
	if (strcmp(strbuf_str(&got), wanted) == 0)
		strbuf_addf(&context->out, _("ok: %s = %s\n"), "verdict", strbuf_str(&got));
	else
		status = error_set(err, STATUS_FAILED, _("verdict: got %s, wanted %s"),
				   strbuf_str(&got), strbuf_str(&safe));
	if (status && a && a->board.question.step.update == stepper_updates(&session->stepper) + 1)
		command_fail_at(session, a->board.question.index, err);
	session->n_failed += status == STATUS_FAILED;
	strbuf_free(&got);
	strbuf_free(&safe);
	return status;
}
