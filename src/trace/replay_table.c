/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay_table.c -- the numbers of a replay by reference: a hash table that is cleared for each
 * update. */
#include <stdlib.h>
#include <string.h>

#include "backstep/base/hash.h"
#include "replay_private.h"

enum { FIRST_CAPACITY = 256 };

static uint64_t hash_element(uint64_t hash, const struct element *element)
{
	return hash_number(hash_number(hash, (uintptr_t)element->node), element->e);
}

/* The slot that holds ref, or the free one where it belongs. */
static size_t find_slot(const struct replay *replay, const struct ref *ref)
{
	uint64_t hash = hash_number(hash_number(HASH_START, ref->kind), ref->param);
	hash = hash_element(hash_element(hash_number(hash, ref->which), &ref->of), &ref->wrt);
	size_t mask = 2 * replay->capacity - 1, slot = (size_t)hash & mask;
	while (replay->slots[slot] &&
	       !ref_is_same(&replay->numbers[replay->slots[slot] - 1].ref, ref))
		slot = (slot + 1) & mask;
	return slot;
}

void replay_clear(struct replay *replay)
{
	if (replay->capacity)
		memset(replay->slots, 0, 2 * replay->capacity * sizeof *replay->slots);
	replay->n_numbers = 0;
}

const struct replay_number *replay_find(const struct replay *replay, const struct ref *ref)
{
	size_t number = replay->capacity ? replay->slots[find_slot(replay, ref)] : 0;
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
		slots[find_slot(replay, &numbers[i].ref)] = i + 1;
	return true;
}

bool replay_put(struct replay *replay, const struct replay_number *number)
{
	if (replay->n_numbers == replay->capacity && !grow(replay))
		return false;
	size_t *slot = &replay->slots[find_slot(replay, &number->ref)];
	if (*slot == 0)
		*slot = ++replay->n_numbers;
	replay->numbers[*slot - 1] = *number;
	return true;
}
