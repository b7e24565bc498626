/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text_nearest.c -- "did you mean": the candidate that is the fewest slips of the finger away.
 *
 * A slip is a byte too many, missing, wrong, or swapped with its neighbour; case does not count.
 * Source: F. Damerau, "A technique for computer detection and correction of spelling errors",
 * CACM 7 (1964), in the form where no part is edited twice. */
#include "backstep/base/text.h"

#include <string.h>

#include "usual_words.h"

enum { WORD_MAX = 64 }; /* bytes; a longer word is no slip of the finger */

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Both at most WORD_MAX bytes. rows[i % 3][j] is the distance of the first i bytes of a from the
 * first j of b. */
static size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][WORD_MAX + 1];
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t differ = lower(a[i - 1]) != lower(b[j - 1]);

			row[j] = smaller(above[j - 1] + differ, smaller(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = smaller(row[j], above2[j - 2] + 1);
		}
	}
	return rows[a_len % 3][b_len];
}

const char *text_nearest(const char *word, const char *(*next)(void *ctx, size_t i), void *ctx)
{
	size_t len = strlen(word), best = len / 3 > 1 ? len / 3 : 1;
	const char *nearest = NULL, *candidate;
	/* With every byte changed, any word is as near as any other. */
	if (len < 2 || len > WORD_MAX)
		return NULL;
	for (size_t i = 0; (candidate = next(ctx, i)); i++) {
		if (text_is_usual(word, candidate))
			return candidate;
		size_t candidate_len = strlen(candidate), distance;

		if (candidate_len > WORD_MAX)
			continue;
		distance = edit_distance(word, len, candidate, candidate_len);
		if (distance < best || (distance == best && !nearest)) {
			best = distance;
			nearest = candidate;
		}
	}
	return nearest;
}
