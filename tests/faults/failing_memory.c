/* SPDX-License-Identifier: GPL-3.0-or-later */
/* failing_memory.c -- loaded before the program (LD_PRELOAD), it refuses memory: to the call number
 * BACKSTEP_FAIL_AT, and where BACKSTEP_FAIL_ON is set to all after it. At the end it writes how
 * many calls there were, and how many pieces were not given back, into the file
 * BACKSTEP_FAIL_REPORT. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* glibc's own, under their other names. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *old);

static unsigned long n_calls, fail_at;
static long n_live;
static bool is_ready, goes_on;

static bool fails(void)
{
	if (!is_ready) {
		const char *at = getenv("BACKSTEP_FAIL_AT");
		is_ready = true;
		fail_at = at ? strtoul(at, NULL, 10) : 0;
		goes_on = getenv("BACKSTEP_FAIL_ON") != NULL;
	}
	n_calls++;
	if (fail_at == 0 || (goes_on ? n_calls < fail_at : n_calls != fail_at))
		return false;
	errno = ENOMEM;
	return true;
}

static void *give(void *piece)
{
	n_live += piece != NULL;
	return piece;
}

void *malloc(size_t size)
{
	return fails() ? NULL : give(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : give(__libc_calloc(n, size));
}

void *realloc(void *old, size_t size)
{
	if (fails())
		return NULL;
	return old ? __libc_realloc(old, size) : give(__libc_realloc(NULL, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return fails() ? NULL : give(__libc_memalign(alignment, size));
}

void free(void *old)
{
	n_live -= old != NULL;
	__libc_free(old);
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("BACKSTEP_FAIL_REPORT");
	unsigned long calls = n_calls;
	long live = n_live;
	FILE *file;
	fail_at = 0;
	if (!path || !(file = fopen(path, "w")))
		return;
	fprintf(file, "%lu %ld\n", calls, live);
	fclose(file);
}
