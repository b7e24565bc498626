/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_guide.h -- the lesson format explained, and a file to start from, both printed from the
 * rows of the schema, so that they cannot say anything else than what is read. */
#ifndef BACKSTEP_LESSON_LESSON_GUIDE_H
#define BACKSTEP_LESSON_LESSON_GUIDE_H

#include "backstep/base/strbuf.h"

/* One key, for whoever prints the guide. */
struct lesson_guide_key {
	const char *path;    /* "network.layers[].units" */
	const char *type;    /* "a list; each: a name", in the current language */
	const char *initial; /* what holds where it is left out, in it too; NULL: required */
	const char *summary; /* in it too */
	const char *example; /* as a file has it */
};

/* Calls each with every key, in the order of a file. */
void lesson_guide_each(void (*each)(void *ctx, const struct lesson_guide_key *key), void *ctx);

/* Appends the guide as text, in the current language. */
void lesson_guide_print(struct strbuf *out);

/* Appends what the guide says of the keys called name, a part of their paths or several on end
 * (rate, training.rate, layers, dropout, dropout.seed), and of those inside them. Returns whether
 * there is one. */
bool lesson_guide_print_key(const char *name, struct strbuf *out);

/* Appends a lesson that works, with every key explained and the optional ones commented out, in
 * the current language. */
void lesson_guide_starter(struct strbuf *out);

#endif
