/* SPDX-License-Identifier: GPL-3.0-or-later */
/* setting_rows.c -- the table of settings: what each may be, and who has to be told.
 *
 * To add one whose value lives in the session's store: a row. Whoever needs the value asks
 * setting_value(session, "name"). */
#include <string.h>

#include "session_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/theme.h"
#include "backstep/base/word.h"
#include "backstep/base/words.h"

static const char *const switch_words[] = {"off", "on", NULL};

static const char *const glyph_words[] = {
    [GLYPHS_UNICODE] = "unicode", [GLYPHS_ASCII] = "ascii", [GLYPHS_WORDS] = "words", NULL};

static const char *const plot_words[] = {
    [PLOT_BLOCKS] = "blocks", [PLOT_BRAILLE] = "braille", NULL};

static const char *const layout_words[] = {
    [LAYOUT_FULL] = "full", [LAYOUT_PROJECTOR] = "projector", NULL};

static const char *const theme_words[] = {
    [THEME_AUTO] = "auto",         [THEME_DARK] = "dark", [THEME_LIGHT] = "light",
    [THEME_CONTRAST] = "contrast", [THEME_MONO] = "mono", NULL};

static enum status apply_chain(struct session *session, size_t value, struct error *err)
{
	enum chain_form form = (enum chain_form)value;
	return session->lesson ? stepper_set_chain(&session->stepper, form, err) : STATUS_OK;
}

static void remark_chain(const struct session *session, struct strbuf *out)
{
	if (session->lesson && setting_value(session, "chain") == CHAIN_AUTO)
		strbuf_addf(out, " (%s)",
			    word_shown(chain_words[stepper_chain(&session->stepper)]));
}

static enum status apply_digits(struct session *session, size_t value, struct error *err)
{
	(void)err;
	session->style.digits = (int)value;
	return STATUS_OK;
}

static enum status apply_glyphs(struct session *session, size_t value, struct error *err)
{
	(void)err;
	session->style.glyphs = (enum formula_glyphs)value;
	return STATUS_OK;
}

/* The program has one language, whoever sits at it. */
static void get_language(const struct session *session, struct strbuf *out)
{
	(void)session;
	strbuf_add(out, language_codes[language_current()]);
}

static enum status set_language(struct session *session, const char *value, struct error *err)
{
	(void)session, (void)err;
	enum language language = language_current();
	language_parse(value, &language);
	language_set(language);
	return STATUS_OK;
}

/* The rows of an update follow from its number: those of the updates done would become others. */
static enum status check_at_start(const struct session *session, const char *name,
				  struct error *err)
{
	if (stepper_number(&session->stepper) == 0)
		return STATUS_OK;
	error_set(err, STATUS_BAD_INPUT, _("%s can be set at the start only"), name);
	error_hint(err, _("go there with: restart"));
	return STATUS_BAD_INPUT;
}

/* The model anew, after the lesson's training was changed; else the training as before. */
static enum status rebuild_or_undo(struct session *session, const struct lesson_training *before,
				   struct error *err)
{
	enum status status = session_rebuild(session, err);
	if (status && session->lesson)
		session->lesson->training = *before;
	return status;
}

static enum status apply_batch(struct session *session, size_t value, struct error *err)
{
	if (!session->lesson || value == SETTING_NONE)
		return STATUS_OK;
	const struct lesson_training before = session->lesson->training;
	enum status status = check_at_start(session, "batch", err);
	if (status)
		return status;
	session->lesson->training.batch = (struct source_count){.value = value};
	return rebuild_or_undo(session, &before, err);
}

static enum status apply_seed(struct session *session, size_t value, struct error *err)
{
	if (!session->lesson || value == SETTING_NONE)
		return STATUS_OK;
	enum status status = check_at_start(session, "seed", err);
	if (!status)
		status = lesson_set_seed(session->lesson, value, err);
	return status ? status : session_rebuild(session, err);
}

static const char *rule_choice(const struct session *session, size_t i)
{
	const struct optimizer_class *class = stepper_optimizer(&session->stepper)->class;
	return i < class->n_forms ? class->forms[i].name : NULL;
}

static void get_rule(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, optimizer_form(stepper_optimizer(&session->stepper))->name);
}

static enum status set_rule(struct session *session, const char *value, struct error *err)
{
	struct optimizer optimizer = *stepper_optimizer(&session->stepper);
	enum status status = optimizer_set_form(&optimizer, value, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

static const char *optimizer_choice(const struct session *session, size_t i)
{
	(void)session;
	return optimizer_registry[i] ? optimizer_registry[i]->name : NULL;
}

static void get_optimizer(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, stepper_optimizer(&session->stepper)->class->name);
}

static enum status set_optimizer(struct session *session, const char *value, struct error *err)
{
	struct optimizer optimizer;
	const struct optimizer_class *class = optimizer_find(value);
	optimizer_init(&optimizer, class);
	optimizer.stages = stepper_optimizer(&session->stepper)->stages;
	/* refused before the stepper moves on from a commit */
	enum status status = optimizer_fits(&optimizer, session->built.model, err);
	return status ? status : stepper_set_optimizer(&session->stepper, &optimizer, err);
}

static void get_rounding(const struct session *session, struct strbuf *out)
{
	const struct lesson_rounding *how = rounding_how(session);
	if (how)
		strbuf_addf(out, "%d %s", how->places, rounding_words[how->mode]);
	else
		strbuf_add(out, "off");
}

static enum status set_rounding(struct session *session, const char *value, struct error *err)
{
	struct lesson_rounding how;
	if (word_is(value, "off")) {
		rounding_end(session);
		return STATUS_OK;
	}
	enum status status = rounding_parse(value, &how, err);
	if (!status)
		status = rounding_begin(session, &how, err);
	if (status)
		session_refresh(session, NULL); /* the chain of the current step again */
	return status;
}

static void get_shuffle(const struct session *session, struct strbuf *out)
{
	strbuf_add(out, truth_word(session->lesson->training.shuffle));
}

static enum status set_shuffle(struct session *session, const char *value, struct error *err)
{
	const struct lesson_training before = session->lesson->training;
	enum status status = check_at_start(session, "shuffle", err);
	if (status)
		return status;
	session->lesson->training.shuffle = word_is(value, truth_word(true));
	if (session->lesson->training.shuffle == before.shuffle)
		return STATUS_OK;
	return rebuild_or_undo(session, &before, err);
}

const struct setting setting_table[] = {
    {
	.name = "ask-rule",
	.summary = N_("ask which rule it was, after the first right number of a kind"),
	.kind = SETTING_CHOICE,
	.words = switch_words,
	.initial = 1,
    },
    {
	.name = "batch",
	.summary = N_("rows in a batch, at the start; also of lessons opened later"),
	.kind = SETTING_COUNT,
	.is_rare = true,
	.least = 1,
	.most = 1000000000,
	.none = "lesson",
	.initial = SETTING_NONE,
	.apply = apply_batch,
    },
    {
	.name = "chain",
	.summary = N_("how a gradient is taken apart: along each path, or by each unit's delta"),
	.kind = SETTING_CHOICE,
	.words = chain_words,
	.initial = CHAIN_AUTO,
	.apply = apply_chain,
	.remark = remark_chain,
    },
    {
	.name = "clicker",
	.is_look = true,
	.summary = N_("PgDn and PgUp, a presenter's remote, are next and back"),
	.kind = SETTING_CHOICE,
	.words = switch_words,
    },
    {
	.name = "digits",
	.is_look = true,
	.summary = N_("significant digits shown, 1 to 17"),
	.kind = SETTING_COUNT,
	.least = 1,
	.most = 17,
	.initial = 6,
	.apply = apply_digits,
    },
    {
	.name = "glyphs",
	.is_look = true,
	.summary = N_("how formulas are written"),
	.kind = SETTING_CHOICE,
	.words = glyph_words,
	.initial = GLYPHS_UNICODE,
	.apply = apply_glyphs,
    },
    {
	.name = "language",
	.is_look = true,
	.summary = N_("the language of the program and of its lessons"),
	.kind = SETTING_OTHER,
	.words = language_codes,
	.get = get_language,
	.set = set_language,
    },
    {
	.name = "layout",
	.is_look = true,
	.summary = N_("what the full screen shows: all, or what is seen from the last row"),
	.kind = SETTING_CHOICE,
	.words = layout_words,
	.initial = LAYOUT_FULL,
    },
    {
	.name = "notation",
	.is_look = true,
	.summary = N_("each step by itself, or also as an entry of a product of matrices"),
	.kind = SETTING_CHOICE,
	.words = notation_words,
	.initial = NOTATION_SCALAR,
    },
    {
	.name = "optimizer",
	.summary = N_("how parameters are updated; its numbers start at their usual values"),
	.kind = SETTING_OTHER,
	.needs_lesson = true,
	.choice = optimizer_choice,
	.get = get_optimizer,
	.set = set_optimizer,
    },
    {
	.name = "plot",
	.is_look = true,
	.summary = N_("how curves are drawn: in blocks, or in braille where the terminal has it"),
	.kind = SETTING_CHOICE,
	.words = plot_words,
	.initial = PLOT_BLOCKS,
    },
    {
	.name = "rounding",
	.is_look = true,
	.summary = N_("the example done by hand as well: digits kept of each number"),
	.kind = SETTING_OTHER,
	.needs_lesson = true,
	.get = get_rounding,
	.set = set_rounding,
    },
    {
	.name = "rule",
	.summary = N_("the form of the optimizer's update rule"),
	.kind = SETTING_OTHER,
	.needs_lesson = true,
	.choice = rule_choice,
	.get = get_rule,
	.set = set_rule,
    },
    {
	.name = "seed",
	.summary = N_("the lesson's random numbers, at the start; also of lessons opened later"),
	.kind = SETTING_COUNT,
	.is_rare = true,
	.most = SIZE_MAX - 1,
	.none = "lesson",
	.initial = SETTING_NONE,
	.apply = apply_seed,
    },
    {
	.name = "shuffle",
	.summary = N_("whether each epoch takes the rows in another order"),
	.kind = SETTING_OTHER,
	.needs_lesson = true,
	.words = truth_words,
	.get = get_shuffle,
	.set = set_shuffle,
    },
    {
	.name = "theme",
	.is_look = true,
	.summary = N_("colours of the full screen; auto: as the terminal says"),
	.kind = SETTING_CHOICE,
	.words = theme_words,
	.initial = THEME_AUTO,
    },
    {.name = NULL},
};
