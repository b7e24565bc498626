/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_rule.c -- "which rule was it?", after the first right number of a kind. No mark: what helps
 * is to put a name to what one has just done. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/session/setting.h"
#include "tutor_private.h"

void tutor_ask_rule(struct tutor *tutor, enum skill skill)
{
	struct skill_report report;
	learner_skill(&tutor->learner, skill, &report);
	if (report.n_right != 1 || tutor->rules.tells_later || !tutor->rules.asks_rule ||
	    setting_value(tutor->session, "ask-rule") == 0)
		return;
	size_t at = skill % N_RULES; /* not always in the same place */
	tutor->rule = (struct rule_question){.is_open = true,
					     .right = at,
					     .at = stepper_number(&tutor->session->stepper),
					     .event = tutor->learner.n_events - 1};
	tutor->rule.options[at] = skill;
	for (size_t i = 0; i + 1 < N_RULES; i++)
		tutor->rule.options[(at + 1 + i) % N_RULES] = skill_table[skill].near[i];
}

bool tutor_is_rule(const struct tutor *tutor, const char *text)
{
	return tutor->rule.is_open && text[0] >= '1' && text[0] < '1' + N_RULES &&
	       !text[1 + strspn(text + 1, " \t\r\n")];
}

enum status tutor_take_rule(struct tutor *tutor, const char *text, bool *is_right,
			    struct error *err)
{
	size_t picked = (size_t)(text[0] - '1');
	tutor->rule.is_open = false;
	*is_right = picked == tutor->rule.right;
	return tutor_note_rule(tutor, tutor->rule.options[picked], err);
}

void tutor_print_rule(const struct tutor *tutor, struct strbuf *out)
{
	strbuf_add(out, _("Which rule was it?"));
	for (size_t i = 0; i < N_RULES; i++)
		strbuf_addf(out, "%s %zu %s", i ? "," : "", i + 1,
			    tr(skill_table[tutor->rule.options[i]].title));
	strbuf_add(out, ".");
}
