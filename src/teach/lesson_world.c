/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_world.c -- opening the lesson of an event, and putting numbers into it. */
#include "lesson_world.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "backstep/session/renumber.h"
#include "backstep/trace/place_name.h"
#include "tutor_private.h"

/* An event of a version before may have no address. */
static bool has_address(const struct event *event)
{
	return event->at && address_may_be(event->at);
}

static unsigned long long update_of(const struct event *event)
{
	unsigned long long update = 0;
	return sscanf(event->place, "update=%llu", &update) == 1 && update <= 1000 ? update : 0;
}

/* Opens the lesson with the settings of the event's address in force. */
static bool open_lesson(struct session *session, const char *lesson, const struct event *event)
{
	struct address address;
	struct error_list errors = {0};
	uint64_t index;
	bool failed = session_open(session, lesson, &errors);
	error_list_free(&errors);
	if (failed || !has_address(event) || !strchr(event->at, '?'))
		return !failed;
	if (address_read(&address, event->at, NULL))
		return false;
	failed = address.n_items > 0 && address_enter(session, &address, &index, NULL);
	address_free(&address);
	return !failed;
}

/* Where numbers are drawn the lesson's own are kept too, to draw others by. */
static bool keep_own_numbers(struct lesson_world *world)
{
	struct error_list errors = {0};
	bool failed = lesson_build(world->session->lesson, &world->own, &errors);
	error_list_free(&errors);
	if (failed)
		world->own.model = NULL;
	return !failed;
}

struct numbers numbers_of(const struct event *event)
{
	return (struct numbers){event->has_seed, event->has_seed ? event->seed : 0,
				event->has_seed ? event->attempt : 0};
}

uint64_t numbers_key(const struct numbers *numbers)
{
	uint64_t key = hash_number(HASH_START, numbers->are_drawn);
	return hash_number(hash_number(key, numbers->seed), numbers->attempt) | 1;
}

static bool draw(struct lesson_world *world, const struct numbers *numbers)
{
	struct session *session = world->session;
	if (!numbers->are_drawn)
		return !session_own_numbers(session, NULL);
	if (session->has_fresh) /* every board points into its nodes */
		return !session_renumber_again(session, &world->own, numbers->seed,
					       numbers->attempt, NULL);
	return !session_renumber(session, numbers->seed, numbers->attempt, NULL);
}

bool lesson_world_enter(struct lesson_world *world, const struct numbers *numbers)
{
	struct stepper *stepper = &world->session->stepper;
	uint64_t key = numbers_key(numbers);
	if (world->numbers == key)
		return true;
	world->numbers = 0;
	if (!draw(world, numbers) ||
	    stepper_go(stepper, stepper_before(stepper, world->update - 1), NULL))
		return false;
	stepper_leave_commit(stepper);
	stepper_end_pass(stepper);
	world->numbers = key;
	return true;
}

static bool open_all(struct lesson_world *world, const char *lesson, const struct event *event)
{
	if (world->update == 0 || session_new(&world->session, NULL)) {
		world->session = NULL;
		return false;
	}
	return open_lesson(world->session, lesson, event) &&
	       (!event->has_seed || keep_own_numbers(world)) &&
	       lesson_world_enter(world, &world->first) &&
	       !board_steps_make(&world->steps, &world->session->stepper, NULL);
}

void lesson_world_open(struct lesson_world *world, const char *lesson, const struct event *event)
{
	*world = (struct lesson_world){.update = update_of(event), .first = numbers_of(event)};
	if (!open_all(world, lesson, event))
		lesson_world_close(world);
}

void lesson_world_close(struct lesson_world *world)
{
	board_steps_free(&world->steps);
	if (world->own.model)
		lesson_model_free(&world->own);
	session_free(world->session);
	*world = (struct lesson_world){.session = NULL};
}

/* Adds the parts of an address's query that are settings. */
static uint64_t hash_settings(uint64_t key, const char *at)
{
	for (const char *item = at ? strchr(at, '?') : NULL; item; item = strchr(item, '&')) {
		size_t len = strcspn(++item, "&");
		bool is_number = strncmp(item, "fresh=", 6) == 0 || strncmp(item, "draw=", 5) == 0;
		for (size_t i = 0; !is_number && strncmp(item, "ask", 3) != 0 && i < len; i++)
			key = hash_number(key, (unsigned char)item[i]);
	}
	return key;
}

uint64_t lesson_world_key(const struct event *event)
{
	uint64_t key = hash_settings(hash_text(HASH_START, event->lesson), event->at);
	return hash_number(hash_number(key, event->has_seed), update_of(event)) | 1;
}

/* Which step a place names, by index; 0: none. */
static uint64_t find_place(const struct stepper *stepper, const char *place)
{
	const uint64_t last = stepper_n_steps(stepper);
	uint64_t found = 0;
	struct arena *scratch = arena_new();
	struct strbuf text = {0};
	for (uint64_t index = 1; scratch && !found && index <= last; index++) {
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

uint64_t lesson_world_step(const struct lesson_world *world, const struct event *event)
{
	const struct stepper *stepper = &world->session->stepper;
	const char *at = has_address(event) ? strchr(event->at, '@') + 1 : "";
	char name[2 * LABEL_TEXT];
	uint64_t index = 0;
	if (*at && place_name_update(at) == world->update) { /* which is quick */
		snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "?"), at);
		index = place_name_find(stepper, name);
	}
	return index ? index : find_place(stepper, event->place);
}

enum address_ask event_ask(const struct event *event)
{
	struct address address;
	if (!has_address(event) || address_read(&address, event->at, NULL))
		return ASK_STEP;
	enum address_ask ask = address.ask;
	address_free(&address);
	return ask;
}
