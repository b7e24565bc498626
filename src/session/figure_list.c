/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_list.c -- the numbers that the lecture prints as a list, a line each. */
#include "backstep/session/figure_text.h"

#include <stdio.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "session_private.h"

enum { NAME_COLUMNS = 12, NAME_MOST = 34, NUMBER_COLUMNS = 13 };

static void add_cell(struct strbuf *out, const char *text, size_t columns)
{
	text_pad(out, text, columns - 1);
	strbuf_add_char(out, ' ');
}

const char *figures_unknown_title(const struct figures *figures)
{
	return figures->too_long ? _("too long a run to be checked") : _("nothing is called so");
}

/* The verdict; of an exact number that was not shortened as the others are, how it was. */
static void add_verdict(struct strbuf *out, const struct figures *figures,
			const struct figure *figure)
{
	if (!figure->known) {
		strbuf_add(out, figures_unknown_title(figures));
		return;
	}
	strbuf_add(out, figure_verdict_title(figure->verdict));
	if (figures_habit(figures, figure))
		strbuf_addf(out, " (%s)", figure->form == FIGURE_CUT ? _("cut off") : _("rounded"));
}

static void print_computed(const struct session *session, const struct figure *figure,
			   struct strbuf *out)
{
	if (figure->known)
		figure_print_number(session, figure, figure->exact, out);
	else
		strbuf_add(out, "-");
}

static void widen(size_t *columns, const char *text, size_t most)
{
	size_t needed = text_columns(text) + 2;
	if (needed > *columns && needed <= most)
		*columns = needed;
}

struct figure_columns figures_measure(const struct session *session)
{
	struct figure_columns columns = {NAME_COLUMNS, NUMBER_COLUMNS, NUMBER_COLUMNS};
	struct strbuf computed = {0};
	for (size_t i = 0; i < session->figures.n_items; i++, strbuf_clear(&computed)) {
		const struct figure *figure = &session->figures.items[i];
		print_computed(session, figure, &computed);
		widen(&columns.name, figure->said->of.text, NAME_MOST);
		widen(&columns.printed, figure->said->printed.text, NAME_MOST);
		widen(&columns.computed, strbuf_str(&computed), NAME_MOST);
	}
	strbuf_free(&computed);
	return columns;
}

void figures_print_heading(const struct figure_columns *columns, struct strbuf *out)
{
	strbuf_add(out, "  ");
	add_cell(out, _("of"), columns->name);
	add_cell(out, _("update"), text_columns(_("update")) + 2);
	add_cell(out, _("printed"), columns->printed);
	add_cell(out, _("computed"), columns->computed);
	strbuf_add(out, _("verdict"));
}

void figure_print_row(const struct session *session, const struct figure *figure,
		      const struct figure_columns *columns, struct strbuf *out)
{
	struct strbuf computed = {0};
	const struct lesson_figure *said = figure->said;
	char update[24];
	snprintf(update, sizeof update, "%zu", said->update.value);
	print_computed(session, figure, &computed);
	strbuf_add(out, "  ");
	add_cell(out, said->of.text, columns->name);
	add_cell(out, update, text_columns(_("update")) + 2);
	add_cell(out, said->printed.text, columns->printed);
	add_cell(out, strbuf_str(&computed), columns->computed);
	add_verdict(out, &session->figures, figure);
	strbuf_free(&computed);
}
