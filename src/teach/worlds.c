/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worlds.c -- a class answers the same questions, and one student many with the same numbers: what
 * was opened is kept, and the oldest gives way. */
#include "worlds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/session/address.h"
#include "backstep/session/renumber.h"
#include "backstep/trace/place_name.h"
#include "assess_private.h"
#include "board_private.h"
#include "student_private.h"
#include "tutor_private.h"

enum { N_WORLDS = 16, N_QUESTIONS = 32, N_LESSONS = 16, N_KNOWN = 512 };

struct kept_question {
	uint64_t key;
	struct assessment *a; /* NULL: it cannot be found */
};

struct kept_world {
	uint64_t key; /* 0: free */
	struct board_steps steps;
	struct kept_question questions[N_QUESTIONS];
	size_t next_question;
};

/* A lesson that is a file of its own. */
struct own_lesson {
	char *id, *path;
};

struct worlds {
	struct session *session;
	char *lesson;      /* that is open, by its id */
	bool has_settings; /* others than the lesson's own */
	uint64_t entered;  /* the key of the world that the session is in; 0: none */
	char versioned[LABEL_TEXT], version[17]; /* the lesson whose version is known */
	struct own_lesson lessons[N_LESSONS];
	size_t n_lessons;
	uint64_t known[N_KNOWN]; /* where a place was found last: most often it is there again */
	struct kept_world worlds[N_WORLDS];
	size_t next_world;
};

struct worlds *worlds_new(void)
{
	struct worlds *w = calloc(1, sizeof *w);
	if (w && session_new(&w->session, NULL)) {
		free(w);
		return NULL;
	}
	return w;
}

static void forget_question(struct kept_question *question)
{
	assess_free(question->a);
	*question = (struct kept_question){.key = 0};
}

static void forget_world(struct kept_world *world)
{
	for (size_t i = 0; i < N_QUESTIONS; i++)
		forget_question(&world->questions[i]);
	if (world->key)
		board_steps_free(&world->steps);
	world->key = 0;
	world->next_question = 0;
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
	session_free(w->session);
	free(w->lesson);
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
}

/* The lesson with this id as it is found. */
static const char *lesson_called(const struct worlds *w, const char *id)
{
	for (size_t i = 0; i < w->n_lessons; i++)
		if (strcmp(w->lessons[i].id, id) == 0)
			return w->lessons[i].path;
	return id;
}

/* Opens a lesson with its own settings. */
static bool open_lesson(struct worlds *w, const char *id)
{
	struct error_list errors = {0};
	if (w->lesson && strcmp(w->lesson, id) == 0 && !w->has_settings)
		return true;
	free(w->lesson);
	w->lesson = NULL;
	if (w->has_settings) { /* they would outlast the lesson */
		session_free(w->session);
		w->session = NULL;
	}
	w->has_settings = false;
	if (!w->session && session_new(&w->session, NULL))
		return false;
	bool failed = session_open(w->session, lesson_called(w, id), &errors);
	error_list_free(&errors);
	w->lesson = failed ? NULL : strdup(id);
	return w->lesson;
}

/* An event of a version before may have no address. */
static bool has_address(const struct event *event)
{
	return event->at && address_may_be(event->at);
}

/* Puts the settings of the event's address in force, which has no other numbers than the event. */
static bool enter_settings(struct worlds *w, const struct event *event)
{
	struct address address;
	uint64_t index;
	if (!has_address(event) || !strchr(event->at, '?'))
		return true;
	if (address_read(&address, event->at, NULL))
		return false;
	bool has = address.n_items > 0;
	bool is_entered = !has || !address_enter(w->session, &address, &index, NULL);
	address_free(&address);
	w->has_settings = has;
	return is_entered;
}

static bool draw_numbers(struct session *session, const struct event *event)
{
	bool is_same = session->has_fresh && session->fresh == event->seed &&
		       session->fresh_attempt == event->attempt;
	if (!event->has_seed)
		return !session_own_numbers(session, NULL);
	return is_same || !session_renumber(session, event->seed, event->attempt, NULL);
}

static unsigned long long update_of(const struct event *event)
{
	unsigned long long update = 0;
	return sscanf(event->place, "update=%llu", &update) == 1 && update <= 1000 ? update : 0;
}

/* Settings and numbers of its address; how it is asked stands last. */
static uint64_t hash_query(uint64_t key, const struct event *event)
{
	char query[512];
	const char *start = event->at ? strchr(event->at, '?') : NULL;
	snprintf(query, sizeof query, "%s", start ? start : "");
	char *last = strrchr(query, '&') ? strrchr(query, '&') : query;
	if (*last && strncmp(last + 1, "ask", 3) == 0)
		*last = '\0';
	return hash_text(key, query);
}

static uint64_t world_key(const struct event *event)
{
	uint64_t key = hash_query(hash_text(HASH_START, event->lesson), event);
	key = hash_number(key, event->has_seed ? event->seed + 1 : 0);
	return hash_number(hash_number(key, event->attempt), update_of(event)) | 1;
}

/* Brings the session to before the first step of the event's update, with its settings and numbers.
 */
static bool enter(struct worlds *w, const struct event *event, uint64_t key)
{
	if (w->entered == key)
		return true;
	w->entered = 0;
	if (update_of(event) == 0 || !open_lesson(w, event->lesson) || !enter_settings(w, event) ||
	    !draw_numbers(w->session, event))
		return false;
	struct stepper *stepper = &w->session->stepper; /* it may be another session now */
	if (stepper_go(stepper, stepper_before(stepper, update_of(event) - 1), NULL))
		return false;
	stepper_leave_commit(stepper);
	stepper_end_pass(stepper);
	w->entered = key;
	return true;
}

/* Which of the steps first to last the event's place names, by index; 0: none. */
static uint64_t find_place(const struct stepper *stepper, uint64_t first, uint64_t last,
			   const char *place)
{
	uint64_t found = 0;
	struct arena *scratch = arena_new();
	struct strbuf text = {0};
	for (uint64_t index = first; scratch && !found && index <= last; index++) {
		struct step step;
		arena_reset(scratch);
		strbuf_clear(&text);
		if (stepper_at(stepper, index, scratch, &step, NULL) || !step.left)
			continue;
		tutor_print_place(&step, &text);
		found = strcmp(strbuf_str(&text), place) == 0 ? index : 0;
	}
	strbuf_free(&text);
	arena_free(scratch);
	return found;
}

/* By its address, which is quick; else by what it is of. */
static uint64_t search_step(const struct stepper *stepper, const struct event *event)
{
	const char *at = has_address(event) ? strchr(event->at, '@') + 1 : "";
	char name[2 * LABEL_TEXT];
	uint64_t index = 0;
	if (*at && place_name_update(at) == update_of(event)) {
		snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "?"), at);
		index = place_name_find(stepper, name);
	}
	return index ? index : find_place(stepper, 1, stepper_n_steps(stepper), event->place);
}

/* The index of the event's step; 0: there is none. */
static uint64_t find_step(struct worlds *w, const struct event *event)
{
	const struct stepper *stepper = &w->session->stepper;
	uint64_t key = hash_text(hash_text(HASH_START, event->lesson), event->place);
	uint64_t *known = &w->known[key % N_KNOWN];
	bool is_there = *known > 0 && *known <= stepper_n_steps(stepper) &&
			find_place(stepper, *known, *known, event->place);
	if (!is_there)
		*known = search_step(stepper, event);
	return *known;
}

static struct kept_world *find_world(struct worlds *w, const struct event *event)
{
	uint64_t key = world_key(event);
	for (size_t i = 0; i < N_WORLDS; i++)
		if (w->worlds[i].key == key)
			return &w->worlds[i];
	struct kept_world *world = &w->worlds[w->next_world % N_WORLDS];
	if (!enter(w, event, key))
		return NULL;
	forget_world(world);
	if (board_steps_make(&world->steps, &w->session->stepper, NULL))
		return NULL;
	world->key = key;
	w->next_world++;
	return world;
}

/* How the event's address asks it. */
static enum address_ask ask_of(const struct event *event)
{
	struct address address;
	if (!has_address(event) || address_read(&address, event->at, NULL))
		return ASK_STEP;
	enum address_ask ask = address.ask;
	address_free(&address);
	return ask;
}

static struct assessment *open_question(struct worlds *w, struct kept_world *world,
					const struct event *event)
{
	const struct stepper *stepper = &w->session->stepper;
	enum address_ask ask = ask_of(event);
	int digits = w->session->style.digits;
	uint64_t index = enter(w, event, world->key) ? find_step(w, event) : 0;
	struct assessment *a = index ? calloc(1, sizeof *a) : NULL;
	if (!a)
		return NULL;
	if (assess_open_with(a, stepper, &world->steps, index, ask == ASK_CHAIN, NULL)) {
		free(a);
		return NULL;
	}
	assess_take_lesson(a, w->session->lesson);
	assess_allow_shown(a, digits);
	if (ask != ASK_PART || assess_ask_piece(a, digits))
		return a;
	assess_free(a);
	return NULL;
}

struct assessment *worlds_question(struct worlds *w, const struct event *event)
{
	uint64_t key = hash_text(HASH_START, event->place);
	key = hash_text(key, event->at ? event->at : "") | 1;
	struct kept_world *world = find_world(w, event);
	if (!world)
		return NULL;
	for (size_t i = 0; i < N_QUESTIONS; i++)
		if (world->questions[i].key == key)
			return world->questions[i].a;
	struct kept_question *question = &world->questions[world->next_question++ % N_QUESTIONS];
	forget_question(question);
	question->key = key;
	question->a = open_question(w, world, event);
	return question->a;
}

const char *worlds_version(struct worlds *w, const struct event *event)
{
	if (strcmp(w->versioned, event->lesson) != 0) {
		snprintf(w->versioned, sizeof w->versioned, "%s", event->lesson);
		digest_lesson(lesson_called(w, event->lesson), w->version);
	}
	return w->version;
}
