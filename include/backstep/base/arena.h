/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arena.h -- memory that is given back all at once.
 *
 * A model lives in one arena; a step's formulas live in another that is reset for each step. */
#ifndef BACKSTEP_BASE_ARENA_H
#define BACKSTEP_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"

struct arena;

/* NULL on lack of memory. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Zeroed memory, aligned to 64 bytes (a cache line, an AVX-512 register); never NULL for 0 bytes.
 * NULL on lack of memory or on overflow of count * size. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
char *arena_strdup(struct arena *arena, const char *s);
char *arena_strndup(struct arena *arena, const char *s, size_t len);
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *fmt, va_list args) PRINTF_LIKE(2, 0);

/* Whether memory was lacking since the start or the last reset: tells a NULL that means that from
 * one that means something else. */
bool arena_failed(const struct arena *arena);

/* Forgets everything allocated so far but keeps the memory for the next allocations (blocks above
 * 256 KiB are given back). */
void arena_reset(struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), (n), sizeof(type)))

#endif
