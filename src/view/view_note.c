/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_note.c -- what the lesson, or else the rule, has to say about the current step; its last
 * line is lent to the outcome of the last command. */
#include "pane.h"

enum { LEAST = 2, MOST = 3, MARGIN = 1 };

static void want(struct drawing *d, int columns, int *least, int *most)
{
	(void)d, (void)columns;
	*least = LEAST;
	*most = MOST;
}

static void head(struct drawing *d)
{
	pane_rule(d, NULL, NULL);
}

/* How many steps the update takes, phase by phase. */
static const char *outlook_text(struct drawing *d)
{
	const struct plan *plan = &d->session->stepper.plan;
	size_t n = d->session->stepper.trainer.n_examples;

	return pane_printf(
	    d,
	    _("%llu steps make this update: forward %llu, loss %llu, backward %llu, update %llu."),
	    (unsigned long long)plan_steps(plan, n),
	    (unsigned long long)plan_forward_steps(plan, n),
	    (unsigned long long)plan_loss_steps(plan, n),
	    (unsigned long long)plan_backward_steps(plan, n),
	    (unsigned long long)plan_update_steps(plan));
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	struct rect where = {0, MARGIN, clip->rows, clip->columns - 2 * MARGIN};
	const char *message = d->state->message, *text = session_note(d->session);

	if (message && *message) {
		pane_draw(d, --where.rows, MARGIN, where.columns, pane_message_style(d), message);
	}
	if (!text)
		text = d->session->has_step ? tr(d->session->step.why) : outlook_text(d);
	if (where.rows > 0)
		pane_wrap(d, where, style_plain, text);
}

const struct view view_note = {
    .place = VIEW_BOTTOM, .priority = 4, .want = want, .head = head, .draw = draw};
