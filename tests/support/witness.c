/* SPDX-License-Identifier: GPL-3.0-or-later */
/* witness.c -- keeps what has to be told of a network for the case that its test fails.
 *
 * What a test builds lies on its stack, which is gone when the program ends; so the network is kept
 * by value here, and its parameters, which training changes, in a copy. The model itself stays: a
 * test that fails does not free it. */
#include "witness.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network_lesson.h"

enum { MAX_SEEN = 8 };

static struct seen {
	struct network net; /* net.model NULL: free */
	double *theta;
} seen[MAX_SEEN];

static struct seen *find(const struct model *model)
{
	for (size_t k = 0; k < MAX_SEEN; k++)
		if (seen[k].net.model == model)
			return &seen[k];
	return NULL;
}

/* Returns whether the lesson stands in the file. */
static bool write_lesson(const struct seen *at, const char *path)
{
	struct strbuf text = {0};
	network_print_lesson(&at->net, at->theta, &text);
	FILE *file = text.failed ? NULL : fopen(path, "w");
	bool good = file && fputs(strbuf_str(&text), file) >= 0;
	good = file && fclose(file) == 0 && good;
	strbuf_free(&text);
	return good;
}

/* Takes each away before it is told: that may stumble over the same fault. */
static void tell(void)
{
	for (size_t k = 0; k < MAX_SEEN; k++) {
		struct seen at = seen[k];
		char path[128];
		seen[k].net.model = NULL;
		if (!at.net.model)
			continue;
		snprintf(path, sizeof path, "failed-%s-%llu.yaml", at.net.maker,
			 (unsigned long long)at.net.seed);
		fprintf(stderr, "failed at %s, seed %llu\n", at.net.maker,
			(unsigned long long)at.net.seed);
		char *whole = write_lesson(&at, path) ? realpath(path, NULL) : NULL;
		if (whole)
			fprintf(stderr, "the same numbers step by step: backstep %s\n", whole);
		free(whole);
	}
}

static void on_abort(int signal_number)
{
	(void)signal_number;
	tell();
}

#ifdef __SANITIZE_ADDRESS__
void __sanitizer_set_death_callback(void (*callback)(void));
#endif

static void begin(void)
{
	static bool begun;
	if (begun)
		return;
	begun = true;
	atexit(tell);
	signal(SIGABRT, on_abort);
#ifdef __SANITIZE_ADDRESS__
	__sanitizer_set_death_callback(tell);
#endif
}

void witness_see(const struct network *net)
{
	struct seen *at = find(net->model);
	size_t size = net->model->graph.n_params * sizeof(double);
	begin();
	if (!at)
		at = find(NULL);
	double *theta = at ? realloc(at->theta, size ? size : 1) : NULL;
	if (!theta)
		return;
	memcpy(theta, net->model->graph.theta, size);
	*at = (struct seen){*net, theta};
}

void witness_dismiss(const struct network *net)
{
	struct seen *at = net->model ? find(net->model) : NULL;
	if (!at)
		return;
	free(at->theta);
	*at = (struct seen){0};
}
