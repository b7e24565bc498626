/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worlds.c -- a class answers the same questions, each student with other numbers: what was opened
 * is kept, gets the numbers that are asked for, and the oldest gives way. */
#include "worlds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "assess_private.h"
#include "lesson_world.h"
#include "student_private.h"
#include "verdict_private.h"

enum { N_WORLDS = 16, N_QUESTIONS = 32, N_LESSONS = 16 };

struct kept_question {
	uint64_t key;         /* 0: free */
	uint64_t index;       /* of its step; 0: it cannot be found */
	struct assessment *a; /* made with the world's first numbers */
	bool renews;          /* it can have other numbers */
	/* The same question made for numbers that a cannot have; or NULL. */
	struct assessment *alone;
	uint64_t numbers;        /* the key of those that it was asked for last; 0: of none */
	struct assessment *last; /* which of both has them */
};

struct kept_world {
	uint64_t key; /* 0: free */
	struct lesson_world world;
	struct kept_question questions[N_QUESTIONS];
	size_t next_question;
};

/* A lesson that is a file of its own. */
struct own_lesson {
	char *id, *path;
};

struct worlds {
	char versioned[LABEL_TEXT], version[17]; /* the lesson whose version is known */
	struct own_lesson lessons[N_LESSONS];
	size_t n_lessons;
	struct kept_world worlds[N_WORLDS];
	size_t next_world;
	uint64_t key; /* of the event before; 0: there was none */
	struct assessment *last;
};

struct worlds *worlds_new(void)
{
	return calloc(1, sizeof(struct worlds));
}

static void drop(struct assessment **a)
{
	assess_free(*a);
	*a = NULL;
}

static void forget_question(struct kept_question *question)
{
	drop(&question->a);
	drop(&question->alone);
	*question = (struct kept_question){.key = 0};
}

static void forget_world(struct kept_world *kept)
{
	for (size_t i = 0; i < N_QUESTIONS; i++)
		forget_question(&kept->questions[i]);
	lesson_world_close(&kept->world);
	kept->key = 0;
	kept->next_question = 0;
}

void worlds_free(struct worlds *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < N_WORLDS; i++)
		forget_world(&w->worlds[i]);
	for (size_t i = 0; i < w->n_lessons; i++) {
		free(w->lessons[i].id);
		free(w->lessons[i].path);
	}
	free(w);
}

void worlds_add_lesson(struct worlds *w, const char *path)
{
	struct lesson *lesson;
	struct error_list errors = {0};
	if (w->n_lessons == N_LESSONS || lesson_read_file(path, &lesson, &errors)) {
		error_list_free(&errors);
		return;
	}
	struct own_lesson own = {strdup(lesson->id.text), strdup(path)};
	lesson_free(lesson);
	if (own.id && own.path) {
		w->lessons[w->n_lessons++] = own;
		return;
	}
	free(own.id);
	free(own.path);
	error_note_no_memory();
}

/* The lesson with this id as it is found. */
static const char *lesson_called(const struct worlds *w, const char *id)
{
	for (size_t i = 0; i < w->n_lessons; i++)
		if (strcmp(w->lessons[i].id, id) == 0)
			return w->lessons[i].path;
	return id;
}

static struct kept_world *find_world(struct worlds *w, const struct event *event)
{
	uint64_t key = lesson_world_key(event);
	for (size_t i = 0; i < N_WORLDS; i++)
		if (w->worlds[i].key == key)
			return &w->worlds[i];
	struct kept_world *kept = &w->worlds[w->next_world++ % N_WORLDS];
	forget_world(kept);
	lesson_world_open(&kept->world, lesson_called(w, event->lesson), event);
	kept->key = key;
	return kept;
}

/* What is judged with beside the board, as the tutor has it. */
static void equip(struct assessment *a, const struct session *session)
{
	a->rights.n = 0;
	assess_take_lesson(a, session->lesson);
	assess_allow_shown(a, session->style.digits);
}

/* Opens the question of a step with the numbers at hand; steps: those of the update, or NULL. */
static struct assessment *open_step(const struct session *session, const struct board_steps *steps,
				    uint64_t index, enum address_ask ask)
{
	struct assessment *a = index ? calloc(1, sizeof *a) : NULL;
	if (!a) {
		if (index) /* the question is there, and is not to be taken for one that is not */
			error_note_no_memory();
		return NULL;
	}
	if (assess_open_with(a, &session->stepper, steps, index, ask == ASK_CHAIN, NULL)) {
		free(a);
		return NULL;
	}
	equip(a, session);
	if (ask == ASK_PART && !assess_ask_piece(a, session->style.digits))
		drop(&a);
	return a;
}

/* The question at an index with the world's first numbers. Of a part the formula is not that of a
 * step: it has no others. */
static void open_first(struct lesson_world *world, struct kept_question *question,
		       enum address_ask ask)
{
	if (!lesson_world_enter(world, &world->first))
		return;
	const struct session *session = world->session;
	question->a = open_step(session, &world->steps, question->index, ask);
	question->renews = question->a && world->first.are_drawn && ask != ASK_PART &&
			   board_trace(&question->a->board, &session->stepper, &world->steps);
	question->last = question->a;
	question->numbers = numbers_key(&world->first);
}

static struct kept_question *find_question(struct kept_world *kept, const struct event *event)
{
	enum address_ask ask = event_ask(event);
	uint64_t key = hash_number(hash_text(HASH_START, event->place), ask) | 1;
	for (size_t i = 0; i < N_QUESTIONS; i++)
		if (kept->questions[i].key == key)
			return &kept->questions[i];
	struct kept_question *question = &kept->questions[kept->next_question++ % N_QUESTIONS];
	forget_question(question);
	question->key = key;
	question->index = lesson_world_step(&kept->world, event);
	open_first(&kept->world, question, ask);
	return question;
}

/* Puts the numbers at hand into a question; false: it cannot have them. */
static bool renew(const struct lesson_world *world, const struct kept_question *question)
{
	struct assessment *a = question->a;
	if (!question->renews || !board_renew(&a->board, &world->session->stepper) ||
	    slips_measure(&a->slips, NULL))
		return false;
	equip(a, world->session);
	return true;
}

static struct assessment *open_event(struct worlds *w, const struct event *event)
{
	struct kept_world *kept = find_world(w, event);
	struct lesson_world *world = &kept->world;
	const struct numbers wanted = numbers_of(event);
	uint64_t key = numbers_key(&wanted);
	struct kept_question *question = world->session ? find_question(kept, event) : NULL;
	if (!question || question->numbers == key)
		return question ? question->last : NULL;
	if (!lesson_world_enter(world, &wanted))
		return NULL;
	drop(&question->alone);
	question->numbers = key;
	if (renew(world, question))
		return question->last = question->a;
	question->alone = open_step(world->session, NULL, question->index, event_ask(event));
	return question->last = question->alone;
}

struct assessment *worlds_question(struct worlds *w, const struct event *event)
{
	uint64_t key = hash_text(question_key(event), event->at ? event->at : "") | 1;
	if (key != w->key) /* else the same is answered once more */
		w->last = open_event(w, event);
	w->key = key;
	return w->last;
}

const char *worlds_version(struct worlds *w, const struct event *event)
{
	if (strcmp(w->versioned, event->lesson) != 0) {
		snprintf(w->versioned, sizeof w->versioned, "%s", event->lesson);
		digest_lesson(lesson_called(w, event->lesson), w->version);
	}
	return w->version;
}
