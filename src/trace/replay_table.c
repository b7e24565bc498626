/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay_table.c -- the numbers of a replay by name: a hash table that is cleared for each update.
 */
#include "replay_table.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"

enum { FIRST_CAPACITY = 256 };

/* The slot that holds name, or the free one where it belongs. */
static size_t find_slot(const struct replay *replay, const char *name)
{
	size_t mask = 2 * replay->capacity - 1, slot = (size_t)hash_text(HASH_START, name) & mask;
	while (replay->slots[slot] &&
	       strcmp(replay->numbers[replay->slots[slot] - 1].name, name) != 0)
		slot = (slot + 1) & mask;
	return slot;
}

void replay_table_clear(struct replay *replay)
{
	arena_reset(replay->arena);
	if (replay->capacity)
		memset(replay->slots, 0, 2 * replay->capacity * sizeof *replay->slots);
	replay->n_numbers = 0;
}

const struct replay_number *replay_table_find(const struct replay *replay, const char *name)
{
	size_t number = replay->capacity ? replay->slots[find_slot(replay, name)] : 0;
	return number ? &replay->numbers[number - 1] : NULL;
}

/* The slots are at most half full, so that find_slot ends soon. */
static bool grow(struct replay *replay)
{
	size_t capacity = replay->capacity ? 2 * replay->capacity : FIRST_CAPACITY;
	struct replay_number *numbers = realloc(replay->numbers, capacity * sizeof *numbers);
	if (!numbers)
		return false;
	replay->numbers = numbers;
	size_t *slots = calloc(2 * capacity, sizeof *slots);
	if (!slots)
		return false;
	free(replay->slots);
	replay->slots = slots;
	replay->capacity = capacity;
	for (size_t i = 0; i < replay->n_numbers; i++)
		slots[find_slot(replay, numbers[i].name)] = i + 1;
	return true;
}

bool replay_table_put(struct replay *replay, const struct replay_number *number)
{
	if (replay->n_numbers == replay->capacity && !grow(replay))
		return false;
	size_t slot = find_slot(replay, number->name);
	bool is_new = replay->slots[slot] == 0;
	if (is_new)
		replay->slots[slot] = ++replay->n_numbers;
	struct replay_number *filed = &replay->numbers[replay->slots[slot] - 1];
	const char *name = is_new ? arena_strdup(replay->arena, number->name) : filed->name;
	if (!name) { /* nothing may be filed without a name */
		replay->slots[slot] = 0;
		replay->n_numbers--;
		return false;
	}
	*filed = *number;
	filed->name = name;
	return true;
}
