/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_report.c -- a step as a few lines of text, in the current language. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/trace/step.h"

/* Other names of the phases, each between bars. A script works in every language. */
static const char *const phase_aliases[N_PHASES] = {
    [PHASE_FORWARD] = "|adelante|hacia adelante|hacia delante|propagacion|",
    [PHASE_LOSS] = "|perdida|",
    [PHASE_BACKWARD] = "|atras|hacia atras|retropropagacion|",
    [PHASE_UPDATE] = "|actualizacion|",
};

bool phase_find(const char *name, enum phase *phase)
{
	struct strbuf plain = {0}, key = {0};
	bool found = false;
	text_ascii(&plain, name);
	strbuf_addf(&key, "|%s|", strbuf_str(&plain));
	for (*phase = 0; *phase < N_PHASES; ++*phase) {
		found = strcmp(phase_names[*phase], name) == 0 ||
			(*name && !strchr(name, '|') &&
			 strstr(phase_aliases[*phase], strbuf_str(&key)));
		if (found)
			break;
	}
	strbuf_free(&plain);
	strbuf_free(&key);
	return found;
}

const char *phase_title(enum phase phase)
{
	static const char *const titles[N_PHASES] = {N_("forward"), N_("loss"), N_("backward"),
						     N_("update")};
	return tr(titles[phase]);
}

/* What stands behind the phase in the heading of each kind. */
static void add_value(const struct step *step, const char *dot, struct strbuf *out)
{
	strbuf_addf(out, "%s%s", dot, step->name);
}

static void add_path(const struct step *step, const char *dot, struct strbuf *out)
{
	const struct place *place = &step->place;
	strbuf_addf(out, "%s%s", dot, step->param);
	if (place->n_paths < 2)
		return;
	strbuf_add(out, dot);
	strbuf_addf(out, _("path %llu of %llu"), (unsigned long long)place->path + 1,
		    (unsigned long long)place->n_paths);
}

static void add_factor(const struct step *step, const char *dot, struct strbuf *out)
{
	add_path(step, dot, out);
	strbuf_add(out, dot);
	strbuf_addf(out, _("factor %zu of %zu"), step->place.factor + 1, step->place.n_factors);
}

static void add_product(const struct step *step, const char *dot, struct strbuf *out)
{
	add_path(step, dot, out);
	strbuf_addf(out, "%s%s", dot, _("product"));
}

static void add_delta(const struct step *step, const char *dot, struct strbuf *out)
{
	strbuf_addf(out, "%s%s%s%s", dot, step->name, dot, _("delta"));
}

static void add_gradient(const struct step *step, const char *dot, struct strbuf *out)
{
	strbuf_addf(out, "%s%s%s%s", dot, step->param, dot,
		    step->place.whole_batch ? _("gradient of the batch") : _("gradient"));
}

static void add_weight(const struct step *step, const char *dot, struct strbuf *out)
{
	strbuf_addf(out, "%s%s", dot, step->param);
}

static void add_slot(const struct step *step, const char *dot, struct strbuf *out)
{
	strbuf_addf(out, "%s%s%s%s", dot, step->param, dot, step->name);
}

static void add_stage(const struct step *step, const char *dot, struct strbuf *out)
{
	if (*step->param)
		strbuf_addf(out, "%s%s", dot, step->param);
	strbuf_addf(out, "%s%s%s%s", dot, step->stage, dot, step->name);
}

static void add_ahead(const struct step *step, const char *dot, struct strbuf *out)
{
	strbuf_addf(out, "%s%s%s%s", dot, step->param, dot, _("the point ahead"));
}

static void add_carry(const struct step *step, const char *dot, struct strbuf *out)
{
	strbuf_addf(out, "%s%s", dot, step->name);
}

static void add_commit(const struct step *step, const char *dot, struct strbuf *out)
{
	(void)step;
	strbuf_addf(out, "%s%s", dot, _("commit"));
}

void step_print_heading(const struct step *step, const struct formula_style *style,
			struct strbuf *out)
{
	static void (*const rest[N_STEP_KINDS])(const struct step *step, const char *dot,
						struct strbuf *out) = {
	    [STEP_VALUE] = add_value, [STEP_FACTOR] = add_factor,     [STEP_PRODUCT] = add_product,
	    [STEP_DELTA] = add_delta, [STEP_GRADIENT] = add_gradient, [STEP_AHEAD] = add_ahead,
	    [STEP_STAGE] = add_stage, [STEP_SLOT] = add_slot,         [STEP_WEIGHT] = add_weight,
	    [STEP_CARRY] = add_carry, [STEP_COMMIT] = add_commit,
	};
	const char *dot = style->glyphs == GLYPHS_UNICODE ? " · " : " - ";
	strbuf_add(out, phase_title(step->place.phase));
	if (step->example && step->n_rows > 1) {
		strbuf_add(out, dot);
		strbuf_addf(out, _("row %zu"), step->example);
	}
	rest[step->place.kind](step, dot, out);
}

void step_print_report(const struct step *step, const struct formula_style *style,
		       struct strbuf *out)
{
	strbuf_addf(out, "[%llu] ", (unsigned long long)step->number);
	step_print_heading(step, style, out);
	strbuf_add(out, "\n     ");
	step_print(step, style, out);
	if (step->so_far) {
		strbuf_addf(out, "\n     %s ", _("so far"));
		step_print_so_far(step, style, out);
	}
	if (step->reused)
		strbuf_addf(out, "\n     (%s)", _("computed before in this update"));
	if (step->at_kink)
		strbuf_addf(out, "\n     (%s)",
			    _("exactly at the kink: there is no slope here, this is a convention"));
	if (step->idle)
		strbuf_addf(out, "\n     (%s)", tr(step->why));
	if (!step->finite)
		strbuf_addf(out, "\n     (%s)", _("not a finite number"));
	strbuf_add_char(out, '\n');
}
