/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c -- opening lessons, keeping the current step, breakpoints. */
#include "backstep/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/paths.h"
#include "backstep/base/text.h"
#include "backstep/lesson/lesson_find.h"
#include "backstep/session/comparison.h"
#include "backstep/session/renumber.h"
#include "backstep/trace/value.h"

/* What a broken contract says of where it was: a place to walk to again. */
static void tell_scene(const void *ctx, char *buf, size_t size)
{
	const struct session *session = ctx;
	if (session->lesson)
		snprintf(buf, size, _("in lesson %s, update %llu, step %llu"), session->lesson_name,
			 (unsigned long long)stepper_updates(&session->stepper) + 1,
			 (unsigned long long)session->stepper.index);
}

enum status session_new(struct session **session, struct error *err)
{
	struct session *s = calloc(1, sizeof *s);
	struct arena *scratch = arena_new();
	struct setting_value *settings = setting_store_new();
	if (!s || !scratch || !settings) {
		free(s);
		free(settings);
		arena_free(scratch);
		return error_no_memory(err);
	}
	s->scratch = scratch;
	s->settings = settings;
	s->style = (struct formula_style){
	    .glyphs = (enum formula_glyphs)setting_value(s, "glyphs"),
	    .digits = (int)setting_value(s, "digits"),
	};
	curve_start(&s->validation, 0);
	*session = s;
	contract_set_scene(tell_scene, s);
	return STATUS_OK;
}

static void close_lesson(struct session *session)
{
	if (!session->lesson)
		return;
	rounding_end(session);
	stepper_save_free(&session->own_place);
	figures_free(&session->figures);
	stepper_free(&session->stepper);
	lesson_model_free(&session->built);
	lesson_free(session->lesson);
	free(session->lesson_name);
	free(session->lesson_file);
	session->lesson = NULL;
	session->lesson_name = session->lesson_file = NULL;
	session->has_step = false;
	session->n_breaks = session->n_bookmarks = session->n_watches = 0;
	session->has_fresh = session->has_valley = false;
	curve_start(&session->validation, 0);
	comparison_free(session->comparison);
	session->comparison = NULL;
	strbuf_clear(&session->record_before);
}

void session_free(struct session *session)
{
	if (!session)
		return;
	contract_clear_scene(session);
	close_lesson(session);
	strbuf_free(&session->record_before);
	journal_free(&session->journal);
	free(session->settings);
	free(session->script);
	arena_free(session->scratch);
	free(session);
}

static enum chain_form chain_of(const struct session *session)
{
	return (enum chain_form)setting_value(session, "chain");
}

/* Changes what the sitting wants otherwise than the lesson's file says. */
static enum status override(const struct session *session, struct lesson *lesson, struct error *err)
{
	size_t batch = setting_value(session, "batch"), seed = setting_value(session, "seed");
	if (batch != SETTING_NONE) /* no line of the file is to blame where it does not fit */
		lesson->training.batch = (struct source_count){.value = batch};
	return seed != SETTING_NONE ? lesson_set_seed(lesson, seed, err) : STATUS_OK;
}

enum status session_follow_script(struct session *session, const char *file, struct error *err)
{
	char *script = strdup(file);
	if (!script)
		return error_no_memory(err);
	free(session->script);
	session->script = script;
	return STATUS_OK;
}

/* A lesson as it was asked for. Owns: both; file is the whole path of a lesson that was asked for
 * by its path. */
struct request {
	const char *name;
	char *path, *file;
};

static void request_free(struct request *request)
{
	free(request->path);
	free(request->file);
}

/* Beside the script where it is there, else as it is found from here. */
static enum status request_find(const struct session *session, struct request *request,
				struct error *err)
{
	const char *name = request->name;
	bool may_be_beside = session->script && *name != '/' && lesson_may_be_path(name);
	char *beside = may_be_beside ? paths_beside(session->script, name) : NULL;
	bool is_beside = beside && access(beside, F_OK) == 0;
	enum status status = STATUS_OK;
	if (is_beside)
		request->path = beside;
	else
		status = lesson_find(name, &request->path, err);
	if (!is_beside)
		free(beside);
	if (!status && (is_beside || strcmp(request->path, name) == 0))
		request->file = realpath(request->path, NULL);
	return status;
}

/* Reads and builds the lesson of a file. */
static enum status load(const struct session *session, const char *path, struct lesson **lesson,
			struct lesson_model *built, struct error_list *errors)
{
	struct error err = {0};
	enum status status = lesson_read_file(path, lesson, errors);
	if (status)
		return status;
	status = override(session, *lesson, &err);
	if (status)
		error_list_add(errors, &err);
	else
		status = lesson_build(*lesson, built, errors);
	if (status)
		lesson_free(*lesson);
	return status;
}

/* Whether the model can be walked with the settings in force: a stepper cannot be moved, so it is
 * tried before the one in use is given up. Errors: as plan_init. */
static enum status try_walk(const struct session *session, const struct lesson_model *built,
			    const struct optimizer *optimizer, struct error *err)
{
	struct plan plan;
	enum status status = plan_init(&plan, built->model, optimizer, chain_of(session), err);
	if (!status)
		plan_free(&plan);
	return status;
}

/* What is wrong with figures is for `backstep check` to say: they are judged all the same. */
static enum status judge(const struct lesson *lesson, struct figures *figures, struct error *err)
{
	enum status status = figures_judge(lesson, figures, NULL);
	if (status == STATUS_INTERRUPTED)
		return error_set(err, status, _("interrupted"));
	return status == STATUS_NO_MEMORY ? error_no_memory(err) : STATUS_OK;
}

/* Does the example by hand if the lesson asks for it; where that is too long, it is not done. */
static enum status begin_rounding(struct session *session, struct error *err)
{
	const struct lesson_rounding *how = &session->lesson->rounding;
	enum status status = how->given ? rounding_begin(session, how, err) : STATUS_OK;
	return status == STATUS_BAD_INPUT ? STATUS_OK : status;
}

/* Puts a lesson that was read and built in the place of the one that is open; it becomes the
 * session's on success only. Errors: as session_open. */
static enum status adopt(struct session *session, struct request *request, struct lesson *lesson,
			 const struct lesson_model *built, struct error *err)
{
	struct figures figures = {0};
	char *kept = strdup(request->name);
	enum status status =
	    kept ? try_walk(session, built, &built->optimizer, err) : error_no_memory(err);
	if (!status)
		status = judge(lesson, &figures, err);
	if (!status) {
		close_lesson(session);
		setting_suggest(session, "chain", lesson->show.chain);
		setting_suggest(session, "digits", lesson->show.digits);
		setting_suggest(session, "notation", lesson->show.notation);
		status = stepper_init(&session->stepper, built->model, &built->optimizer,
				      &built->data, built->batch, chain_of(session), err);
	}
	if (status) {
		free(kept);
		figures_free(&figures);
		return status;
	}
	session->lesson = lesson;
	session->lesson_name = kept;
	session->lesson_file = request->file;
	request->file = NULL;
	session->built = *built;
	session->figures = figures;
	return STATUS_OK;
}

/* Finds, reads, builds and adopts. Errors: as session_open. */
static enum status open_request(struct session *session, struct request *request,
				struct error_list *errors)
{
	struct lesson *lesson;
	struct lesson_model built;
	struct error err = {0};
	enum status status = request_find(session, request, &err);
	if (status) {
		error_list_add(errors, &err);
		return status;
	}
	status = load(session, request->path, &lesson, &built, errors);
	if (status)
		return status;
	status = adopt(session, request, lesson, &built, &err);
	if (status) {
		error_list_add(errors, &err);
		lesson_model_free(&built);
		lesson_free(lesson);
	}
	return status;
}

static void note_opening(struct session *session)
{
	struct strbuf line = {0};
	strbuf_addf(&line, "lesson %s",
		    session->lesson_file ? session->lesson_file : session->lesson_name);
	journal_add(&session->journal, JOURNAL_OPENS, 0, strbuf_str(&session->record_before),
		    strbuf_str(&line));
	session->journal.failed |= line.failed;
	strbuf_free(&line);
}

enum status session_open(struct session *session, const char *name, struct error_list *errors)
{
	CONTRACT(name && errors);
	struct request request = {.name = name};
	struct error err = {0};
	enum status status = open_request(session, &request, errors);
	request_free(&request);
	if (status)
		return status;
	setting_write_all(session, &session->record_before);
	note_opening(session);
	status = begin_rounding(session, &err);
	if (!status)
		status = session_refresh(session, &err);
	if (status) {
		error_list_add(errors, &err);
		close_lesson(session);
	}
	return status;
}

/* Puts another model in the place of the one in use. Errors: STATUS_NO_MEMORY, and then the lesson
 * is closed. */
static enum status replace_model(struct session *session, const struct lesson_model *built,
				 const struct optimizer *optimizer, struct error *err)
{
	stepper_free(&session->stepper);
	lesson_model_free(&session->built);
	session->built = *built;
	enum status status = stepper_init(&session->stepper, built->model, optimizer, &built->data,
					  built->batch, chain_of(session), err);
	if (status) {
		session->stepper = (struct stepper){0};
		close_lesson(session);
	}
	return status;
}

enum status session_rebuild(struct session *session, struct error *err)
{
	CONTRACT(session->lesson);
	const struct lesson_rounding *how = rounding_how(session);
	const struct lesson_rounding kept = how ? *how : (struct lesson_rounding){0};
	struct optimizer optimizer = *stepper_optimizer(&session->stepper);
	struct lesson_model built;
	struct error_list errors = {0};
	enum status status = lesson_build(session->lesson, &built, &errors);
	error_list_end(&errors, err);
	if (status)
		return status;
	if (session->has_fresh &&
	    !renumber_draw(&built, session->lesson, session->fresh, session->fresh_attempt)) {
		lesson_model_free(&built);
		return error_no_memory(err);
	}
	optimizer.start = optimizer.start ? built.optimizer.start : NULL; /* the new model's own */
	status = try_walk(session, &built, &optimizer, err);
	if (status) {
		lesson_model_free(&built);
		return status;
	}
	rounding_end(session);
	status = replace_model(session, &built, &optimizer, err);
	if (!status && how)
		status = rounding_begin(session, &kept, err);
	return status ? status : session_refresh(session, err);
}

enum status session_refresh(struct session *session, struct error *err)
{
	arena_reset(session->scratch);
	if (session->lesson) /* some may have been set by hand */
		session->built.data = *stepper_data(&session->stepper);
	session->has_step = session->lesson && session->stepper.index > 0;
	enum status status = session->rounding ? rounding_follow(session, err) : STATUS_OK;
	if (!status && session->has_step)
		status = stepper_current(&session->stepper, session->scratch, &session->step, err);
	session->has_step = session->has_step && status == STATUS_OK;
	/* the step's place and the position are the same, either way */
	CONTRACT(!session->has_step || session->step.number == stepper_number(&session->stepper));
	return status;
}

const struct place *session_here(const struct session *session)
{
	return session->has_step ? &session->step.place : NULL;
}

size_t session_column(const struct session *session)
{
	return session->has_step ? session->step.place.example : 0;
}

size_t session_row(const struct session *session)
{
	if (!session->lesson)
		return 0;
	size_t n;
	const size_t *rows = stepper_rows(&session->stepper, &n);
	if (n > 1 && (!session->has_step || session->step.example == 0))
		return 0;
	return rows[session_column(session)] + 1;
}

const char *session_phase_note(const struct session *session)
{
	/* what a phase's note says of the rule is not what a stage beside the rule does */
	if (!session->has_step || session->step.place.class->is_beside)
		return NULL;
	return lesson_note_at(session->lesson, phase_names[session->step.place.phase],
			      language_current());
}

const char *session_note(const struct session *session)
{
	char matrix[LABEL_TEXT];
	if (!session->has_step)
		return NULL;
	struct step_source source = stepper_source(&session->stepper);
	const char *name = step_note(&source, &session->step);
	const char *note = lesson_note_at(session->lesson, name, language_current());
	/* a note at W_h is about each W_h[1,2] */
	snprintf(matrix, sizeof matrix, "%.*s", (int)strcspn(name, "["), name);
	if (!note)
		note = lesson_note_at(session->lesson, matrix, language_current());
	return note ? note : session_phase_note(session);
}
