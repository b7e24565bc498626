/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arena.c -- chunks of memory that are filled from the front and given back together.
 *
 * Small requests share chunks that double from 16 KiB to 1 MiB and are kept by arena_reset; a
 * large request has a chunk of its own, so that no shared chunk ends half empty because of it, and
 * leaves it to the system to clear what is used of it. */
#include "backstep/base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/status.h"

enum {
	ALIGNMENT = 64,
	FIRST_CHUNK = 16 * 1024,
	LAST_CHUNK = 1024 * 1024,
	LARGE = LAST_CHUNK / 4, /* requests above this have their own chunk */
};

/* The header takes ALIGNMENT bytes, so that what follows it is aligned. */
struct chunk {
	struct chunk *next;
	void *memory;      /* in which it lies */
	size_t size, used; /* bytes after the header */
};

/* Owns: both lists. Chunks before current are full or were too small; those after it are empty. */
struct arena {
	struct chunk *first, *current;
	struct chunk *large;
	size_t next_size;
	bool failed;
};

static struct chunk *chunk_new(size_t size, bool cleared)
{
	size_t total;
	if (__builtin_add_overflow(size, (size_t)2 * ALIGNMENT, &total))
		return NULL;
	char *memory = cleared ? calloc(1, total) : malloc(total);
	if (!memory)
		return NULL;
	struct chunk *chunk = (struct chunk *)(memory + ALIGNMENT - (uintptr_t)memory % ALIGNMENT);
	*chunk = (struct chunk){.memory = memory, .size = size};
	return chunk;
}

static void chunks_free(struct chunk *chunk)
{
	while (chunk) {
		struct chunk *next = chunk->next;

		free(chunk->memory);
		chunk = next;
	}
}

/* Takes size bytes, a multiple of ALIGNMENT, from a chunk that has them. */
static void *chunk_take(struct chunk *chunk, size_t size)
{
	char *start = (char *)chunk + ALIGNMENT + chunk->used;
	chunk->used += size;
	return start;
}

static void *alloc_large(struct arena *arena, size_t size)
{
	struct chunk *chunk = chunk_new(size, true);
	if (!chunk)
		return NULL;
	chunk->next = arena->large;
	arena->large = chunk;
	return chunk_take(chunk, size);
}

/* Moves to the next chunk with size bytes free, a new one where there is none. */
static bool arena_advance(struct arena *arena, size_t size)
{
	struct chunk *chunk, *last = arena->current;
	while (last && last->next) {
		last = last->next;
		if (last->size >= size) {
			arena->current = last;
			return true;
		}
	}
	chunk = chunk_new(size > arena->next_size ? size : arena->next_size, false);
	if (!chunk)
		return false;
	if (arena->next_size < LAST_CHUNK)
		arena->next_size *= 2;
	if (last)
		last->next = chunk;
	else
		arena->first = chunk;
	arena->current = chunk;
	return true;
}

struct arena *arena_new(void)
{
	struct arena *arena = calloc(1, sizeof *arena);
	if (arena)
		arena->next_size = FIRST_CHUNK;
	else
		error_note_no_memory();
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	chunks_free(arena->first);
	chunks_free(arena->large);
	free(arena);
}

static void *alloc(struct arena *arena, size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total) || total > SIZE_MAX - 2 * ALIGNMENT)
		return NULL;
	/* An empty array still has an address of its own. */
	if (total == 0)
		total = 1;
	total = (total + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (total > LARGE)
		return alloc_large(arena, total);
	if (!arena->current || arena->current->size - arena->current->used < total)
		if (!arena_advance(arena, total))
			return NULL;
	return memset(chunk_take(arena->current, total), 0, total);
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
	CONTRACT(arena);
	void *start = alloc(arena, count, size);
	if (!start) {
		arena->failed = true;
		error_note_no_memory();
	}
	return start;
}

bool arena_failed(const struct arena *arena)
{
	return arena->failed;
}

char *arena_strndup(struct arena *arena, const char *s, size_t len)
{
	char *copy;
	if (len == SIZE_MAX)
		return NULL;
	copy = arena_alloc(arena, len + 1, 1);
	if (copy)
		memcpy(copy, s, len);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *s)
{
	return arena_strndup(arena, s, strlen(s));
}

char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1, 1);
	if (text)
		vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *text = arena_vprintf(arena, fmt, args);
	va_end(args);
	return text;
}

void arena_reset(struct arena *arena)
{
	for (struct chunk *chunk = arena->first; chunk; chunk = chunk->next)
		chunk->used = 0;
	arena->current = arena->first;
	chunks_free(arena->large);
	arena->large = NULL;
	arena->failed = false;
}
