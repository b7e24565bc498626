/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_view.c -- `view`: what is to be looked at. The full screen shows it; elsewhere its text
 * is the answer. */
#include "command_private.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/base/unknown.h"
#include "backstep/base/word.h"
#include "backstep/view/picture.h"

enum { NAME_COLUMN = 13 };

static const char *next_name(void *ctx, size_t i)
{
	(void)ctx;
	return picture_registry[i] ? picture_name(picture_registry[i]) : NULL;
}

static void list_pictures(struct command_context *context)
{
	for (const struct picture *const *at = picture_registry; *at; at++) {
		size_t start = context->out.len;
		strbuf_addf(&context->out, "  %s", picture_name(*at));
		command_pad_from(&context->out, start, NAME_COLUMN);
		strbuf_addf(&context->out, "  %s\n", tr((*at)->summary));
	}
}

/* What the second word says: how much of the screen it gets. Errors: STATUS_BAD_INPUT. */
static enum status parse_size(const char *word, enum view_size *size, struct error *err)
{
	static const struct {
		const char *word;
		enum view_size size;
	} words[] = {{"", VIEW_BESIDE}, {"zoom", VIEW_ALONE}, {"off", VIEW_NOT}};
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		if (word_is(word, words[k].word)) {
			*size = words[k].size;
			return STATUS_OK;
		}
	}
	error_set(err, STATUS_BAD_INPUT, _("a view is shown with zoom, off or neither"));
	return STATUS_BAD_INPUT;
}

/* The text form; of what has none of its own, what `show` or a command says by the name in shown.
 */
static enum status print_text(struct command_context *context, const struct picture *picture,
			      struct error *err)
{
	if (picture->print || (picture->missing && picture->missing(context->session))) {
		picture_print(picture, context->session, &context->out);
		return STATUS_OK;
	}
	for (const struct show *const *at = show_registry; *at; at++)
		if (strcmp((*at)->name, picture->shown) == 0)
			return command_print_show(context, *at, err);
	for (const struct command *const *at = command_registry; *at; at++)
		if (strcmp((*at)->name, picture->shown) == 0)
			return (*at)->run(context, "", err);
	return STATUS_OK;
}

/* zoom, off and next are about the view that is on the screen. */
static enum status change_shown(struct command_context *context, enum view_size size,
				struct error *err)
{
	const struct command_front *front = context->front;
	if (front && front->show_view)
		return front->show_view(front->ctx, NULL, size, err);
	strbuf_addf(&context->out, "%s\n",
		    _("only on the full screen there is a view that stays: name the one to print"));
	return STATUS_OK;
}

COMMAND(view)
{
	char name[LABEL_TEXT], shown[TEXT_EXCERPT];
	enum view_size size = VIEW_BESIDE;
	const struct command_front *front = context->front;
	const char *rest = command_word(args, name, sizeof name);
	bool moves = front && front->show_view, is_next;
	if (!*args) {
		list_pictures(context);
		return STATUS_OK;
	}
	const struct picture *picture = picture_find(name);
	is_next = word_is(name, "next");
	if (!*rest && !picture && (is_next || !parse_size(name, &size, NULL)))
		return change_shown(context, is_next ? VIEW_NEXT : size, err);
	if (!picture) {
		error_set(err, STATUS_BAD_INPUT, _("there is no view called '%s'"),
			  text_excerpt(shown, name));
		if (!error_hint_nearest(err, name, next_name, NULL))
			error_hint_choice(err, next_name, NULL);
		return STATUS_BAD_INPUT;
	}
	bool chooses = picture->choose && *rest && parse_size(rest, &size, NULL);
	enum status status =
	    chooses ? picture->choose(context->session, rest, err) : parse_size(rest, &size, err);
	if (status)
		return status;
	if (picture_is_closed(picture, context->session))
		return error_set(err, STATUS_BAD_INPUT, "%s",
				 picture_missing(picture, context->session));
	return moves ? front->show_view(front->ctx, picture, size, err)
		     : print_text(context, picture, err);
}

/* Reports a word in a lesson that is no view's name. */
static enum status check_view(const struct lesson *lesson, const struct source_text *word,
			      struct error_list *errors)
{
	char shown[TEXT_EXCERPT];
	struct error err = {0};
	if (!word->text || picture_find(word->text))
		return STATUS_OK;
	error_set(&err, STATUS_BAD_INPUT, _("there is no view called '%s'"),
		  text_excerpt(shown, word->text));
	error_hint_known(&err, word->text, next_name, NULL);
	error_at(&err, lesson->file, word->mark.line, word->mark.column);
	error_list_add(errors, &err);
	return STATUS_BAD_INPUT;
}

enum status command_check_views(const struct lesson *lesson, struct error_list *errors)
{
	const struct source_texts *views = &lesson->quiz.views;
	enum status status = check_view(lesson, &lesson->show.view, errors);
	for (size_t i = 0; i < views->n_items; i++)
		if (check_view(lesson, &views->items[i], errors))
			status = STATUS_BAD_INPUT;
	return status;
}

COMPLETE(view)
{
	(void)context;
	for (size_t k = 0; !*args && next_name(NULL, k); k++)
		words_add(words, next_name(NULL, k));
	if (*args) {
		words_add(words, word_shown("zoom"));
		words_add(words, word_shown("off"));
	}
}

static const char more[] =
    N_("On the full screen it is shown beside the network where there is room, else in its place; "
       "zoom gives it the whole screen, off takes it away, next shows the one after it. Elsewhere "
       "its numbers are printed. view valley w1 w5: over these two parameters; view valley here: "
       "over those of the walk.");

const struct command command_view = {
    .name = "view",
    .aliases = "vista",
    .usage = N_("[NAME] [zoom|off|W W]"),
    .summary = N_("look at a picture: loss, slope ...; without one: all of them"),
    .needs_lesson = true,
    .run = run_view,
    .complete = complete_view,
    .more = more,
};
