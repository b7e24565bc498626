/* SPDX-License-Identifier: GPL-3.0-or-later */
/* temporary.h -- files and folders that a test writes, and lessons to put into them. They are in
 * one folder of the process, which goes when it ends, whether its tests passed or not. */
#ifndef BACKSTEP_TESTS_TEMPORARY_H
#define BACKSTEP_TESTS_TEMPORARY_H

#include "check.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backstep/base/strbuf.h"

enum { TEMPORARY_PATH = 64 };

static inline int temporary_remove_one(const char *path, const struct stat *stat, int type,
				       struct FTW *ftw)
{
	(void)stat, (void)type, (void)ftw;
	return remove(path);
}

static struct {
	char path[sizeof "/tmp/backstep-test-XXXXXX"];
	pid_t owner; /* children of the test leave it alone */
} temporary_home;

static inline void temporary_remove_home(void)
{
	if (getpid() == temporary_home.owner)
		nftw(temporary_home.path, temporary_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static inline const char *temporary_in(void)
{
	if (!temporary_home.owner) {
		strcpy(temporary_home.path, "/tmp/backstep-test-XXXXXX");
		assert_non_null(mkdtemp(temporary_home.path));
		temporary_home.owner = getpid();
		assert_int_equal(atexit(temporary_remove_home), 0);
	}
	return temporary_home.path;
}

/* Makes a new folder; path gets its name. */
static inline void temporary_folder(char path[TEMPORARY_PATH])
{
	snprintf(path, TEMPORARY_PATH, "%s/XXXXXX", temporary_in());
	assert_non_null(mkdtemp(path));
}

/* Writes bytes to a new file whose name ends in suffix; path gets its name. */
static inline void temporary_write_bytes(char path[TEMPORARY_PATH], const char *suffix,
					 const char *bytes, size_t size)
{
	int fd;
	snprintf(path, TEMPORARY_PATH, "%s/XXXXXX%s", temporary_in(), suffix);
	fd = mkstemps(path, (int)strlen(suffix));
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), (ssize_t)size);
	assert_int_equal(close(fd), 0);
}

static inline void temporary_write(char path[TEMPORARY_PATH], const char *suffix, const char *text)
{
	temporary_write_bytes(path, suffix, text, strlen(text));
}

/* The name of a file that does not exist. */
static inline void temporary_name(char path[TEMPORARY_PATH], const char *suffix)
{
	temporary_write(path, suffix, "");
	assert_int_equal(unlink(path), 0);
}

/* Writes a lesson with this network and what follows it. */
static inline void temporary_lesson(char path[TEMPORARY_PATH], const char *network)
{
	struct strbuf text = {0};
	strbuf_addf(&text,
		    "format: 1\nid: temporary\ntitle: {es: \"Prueba\", en: \"Test\"}\n"
		    "text: {es: \"Texto.\", en: \"Text.\"}\n%s...\n",
		    network);
	temporary_write(path, ".yaml", strbuf_str(&text));
	strbuf_free(&text);
}

/* y = w x + b with w = 2, b = 1, x = 3: E = (t - y)^2 / 2 with t = 5 is 2, dE/dw = 6, dE/db = 2.
 * Only w is trained. */
static const char *const lesson_line =
    "network: {inputs: [x], layers: [{units: [y], weights: [[w=2]], bias: b=1}]}\n"
    "loss: {kind: half-squared-error, total: E}\n"
    "data: [{x: [3], target: [5]}]\n"
    "train: [w]\n"
    "training: {optimizer: gd, rate: 0.5}\n";

/* The same line with numbers that leave the range of a double in the first loss. */
static const char *const lesson_overflow =
    "network: {inputs: [x], layers: [{units: [y], weights: [[w=1e200]], bias: b=1}]}\n"
    "loss: {kind: half-squared-error, total: E}\n"
    "data: [{x: [3], target: [5]}]\n"
    "training: {optimizer: gd, rate: 0.5}\n";

/* A lesson with 6 layers of 8 units: 8^5 paths and more to each of the first weights, which are
 * too many to be walked one by one. */
static inline void temporary_deep_lesson(char path[TEMPORARY_PATH])
{
	struct strbuf text = {0};
	int n = 0;
	strbuf_add(&text, "network:\n  inputs: [x]\n  layers:\n");
	for (int layer = 0; layer < 7; layer++) {
		strbuf_add(&text, "    - {activation: sigmoid, units: [");
		for (int unit = 0; unit < 8; unit++)
			strbuf_addf(&text, "%sh%d_%d", unit ? ", " : "", layer, unit);
		strbuf_add(&text, "], weights: [");
		for (int unit = 0; unit < 8; unit++) {
			strbuf_add(&text, unit ? ", [" : "[");
			for (int input = 0; input < (layer ? 8 : 1); input++)
				strbuf_addf(&text, "%sw%d=0.1", input ? ", " : "", n++);
			strbuf_add(&text, "]");
		}
		strbuf_add(&text, "]}\n");
	}
	strbuf_add(&text, "loss: {kind: half-squared-error, total: E}\n"
			  "data: [{x: [3], target: [0, 0, 0, 0, 0, 0, 0, 0]}]\n"
			  "training: {optimizer: gd, rate: 0.5}\n");
	temporary_lesson(path, strbuf_str(&text));
	strbuf_free(&text);
}

#endif
