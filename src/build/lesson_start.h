/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_start.h -- parameters that an initialisation starts, while a model is being built. */
#ifndef BACKSTEP_BUILD_LESSON_START_H
#define BACKSTEP_BUILD_LESSON_START_H

#include "backstep/engine/graph.h"
#include "backstep/engine/init.h"
#include "backstep/lesson/lesson.h"

/* A matrix of made parameters. */
struct start {
	const struct node *node;
	struct init init;
	uint64_t seed;
	const char *purpose; /* of the random stream */
	size_t layer;        /* from 1 */
	bool frozen;         /* the layer is not trained */
};

/* Looks up what a layer asks for. Errors: STATUS_BAD_INPUT, with *at where in the lesson. */
enum status start_find(const struct lesson *lesson, const struct lesson_init *asked,
		       struct start *start, struct source_mark *at, struct error *err);
/* Writes the first numbers into theta. */
void start_fill(const struct start *start, double *theta);

#endif
