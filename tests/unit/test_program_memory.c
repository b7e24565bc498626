/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_program_memory.c -- memory that ends is never exit status 0 with something missing. Each
 * program is run again and again, and each time another of its calls for memory is refused, or that
 * one and all after it: it ends with status 1 or 2 and says why, or all of its output and files is
 * there. Nothing is left of files, and nothing of memory.
 *
 * Some calls of each are tried; BACKSTEP_EVERY_POINT tries all, some tens of thousands of runs. */
#include "program.h"
#include "temporary.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

enum {
	SAMPLE = 16,
	FIRST = 205, /* the calls before are those of the libraries, of the locale and of getopt */
};

static const struct {
	const char *args, *input;
} rows[] = {
    {"--help", NULL},
    {"help manual", NULL},
    {"list", NULL},
    {"new lesson.yaml", NULL},
    {"check sigmoid-2-2-2", NULL},
    {"check --quiz or-perceptron", NULL},
    {"check --junit report.xml or-perceptron", NULL},
    {"trace or-perceptron", NULL},
    {"trace --format jsonl --updates 2 sigmoid-2-2-2", NULL},
    {"train --epochs 5 or-perceptron", NULL},
    {"train --epochs 5 --metrics metrics.csv xor-relu-learn", NULL},
    {"exam or-perceptron", "1: -0.5\nlist\nhelp\n"},
    {"run -", "lesson sigmoid-2-2-2\nupdate 2\nexpect x1 = 0.1\nfigures\n"},
    {"--console sigmoid-2-2-2", "update 3\nsave walk.script\nsave-state walk.state\nback 9\n"},
    {"--console sigmoid-2-2-2", "update\nset x1 = 0.3\nwhat-if t1 += 0.1\nwatch y1\nbreak y1\n"
				"play 9\nsave-state walk.state\nback 9\nload-state walk.state\n"},
    {"--console sigmoid-2-2-2", "help\nhelp save\nset\nlesson\nshow lesson\nshow formula\n"},
    {"--console sigmoid-2-2-2", "update\nshow values\nshow loss\nshow metrics\nshow weights\n"},
    {"--console or-perceptron", "predict sum\nnext\nlog\n"},
    {"--console xor-relu-learn", "compare gd adam --updates 5\ncheck\ntrain 5\nfigures\n"},
};

/* What a run has left. Owns: all of it. */
struct outcome {
	struct program program;
	struct strbuf files; /* their names and contents */
	unsigned long n_calls;
	long n_live;
};

static void outcome_free(struct outcome *outcome)
{
	program_free(&outcome->program);
	strbuf_free(&outcome->files);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Takes in the files of a folder, and removes them. */
static void take_files(const char *folder, struct strbuf *files)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_visible, alphasort);
	assert_true(n >= 0);
	for (int k = 0; k < n; k++) {
		char path[512], bytes[4096];
		size_t size;
		snprintf(path, sizeof path, "%s/%s", folder, entries[k]->d_name);
		strbuf_addf(files, "%s\n", entries[k]->d_name);
		FILE *file = fopen(path, "r");
		assert_non_null(file);
		while ((size = fread(bytes, 1, sizeof bytes, file)) > 0)
			strbuf_add_len(files, bytes, size);
		fclose(file);
		unlink(path);
		free(entries[k]);
	}
	free(entries);
}

/* Runs a row with call n refused (0: none), and all after it. */
static struct outcome run(size_t row, const char *folder, unsigned long n, bool all_after)
{
	struct outcome outcome = {0};
	char at[64], report[128], path[96];
	snprintf(at, sizeof at, "BACKSTEP_FAIL_AT=%lu", n);
	snprintf(path, sizeof path, "%s/.report", folder);
	snprintf(report, sizeof report, "BACKSTEP_FAIL_REPORT=%s", path);
	outcome.program = program_run(&(struct program_options){
	    .args = rows[row].args,
	    .input = rows[row].input,
	    .folder = folder,
	    .variables = {"LD_PRELOAD=" BACKSTEP_FAILING_MEMORY, at, report,
			  all_after ? "BACKSTEP_FAIL_ON=1" : NULL}});
	FILE *file = fopen(path, "r");
	if (!file || fscanf(file, "%lu %ld", &outcome.n_calls, &outcome.n_live) != 2)
		fail_msg("'%s' without call %lu: it did not come to its end, status %d",
			 rows[row].args, n, outcome.program.status);
	fclose(file);
	unlink(path);
	take_files(folder, &outcome.files);
	return outcome;
}

static bool says_why(const struct outcome *outcome)
{
	return strstr(program_err(&outcome->program), "error: ") ||
	       strstr(program_out(&outcome->program), "out of memory");
}

static bool is_whole(const struct outcome *outcome, const struct outcome *wanted)
{
	return outcome->program.status == 0 &&
	       strcmp(program_out(&outcome->program), program_out(&wanted->program)) == 0 &&
	       strcmp(strbuf_str(&outcome->files), strbuf_str(&wanted->files)) == 0;
}

/* Whether what was left is as it has to be; what the libraries keep to the end is in wanted too. */
static void check_outcome(size_t row, unsigned long n, bool all_after,
			  const struct outcome *outcome, const struct outcome *wanted)
{
	int status = outcome->program.status;
	bool is_refused = (status == 1 || status == 2) && says_why(outcome);
	if ((is_refused || is_whole(outcome, wanted)) && outcome->n_live <= wanted->n_live)
		return;
	fprintf(stderr, "%s\noutput:\n%s\nerrors:\n%s\nfiles:\n%s\n", rows[row].args,
		program_out(&outcome->program), program_err(&outcome->program),
		strbuf_str(&outcome->files));
	fail_msg("without call %lu%s: status %d, %ld pieces of memory left, usually %ld", n,
		 all_after ? " and all after it" : "", status, outcome->n_live, wanted->n_live);
}

static void what_is_missing_is_said(void **state)
{
	const bool every = getenv("BACKSTEP_EVERY_POINT") != NULL;
	char folder[TEMPORARY_PATH];
	unsigned long n_runs = 0;
	(void)state;
	temporary_folder(folder);
	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
		struct outcome wanted = run(row, folder, 0, false);
		if (wanted.program.status != 0)
			fail_msg("%s: %s", rows[row].args, program_err(&wanted.program));
		unsigned long step = every ? 1 : 1 + wanted.n_calls / SAMPLE;
		for (unsigned long n = FIRST; n <= wanted.n_calls; n += step) {
			for (int all_after = 0; all_after < 2; all_after++) {
				struct outcome outcome = run(row, folder, n, all_after);
				check_outcome(row, n, all_after, &outcome, &wanted);
				outcome_free(&outcome);
				n_runs++;
			}
		}
		outcome_free(&wanted);
	}
	print_message("%lu runs\n", n_runs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_missing_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
