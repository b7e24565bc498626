/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.c -- runs a fuzz target over a corpus without a fuzzer: every file of the folders given,
 * and for each some damaged copies, always the same ones. Usage: TARGET COPIES FOLDER... */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"

#include "backstep/base/random.h"
#include "backstep/base/strbuf.h"

/* In a block of its own, so that a sanitizer sees the first byte that is read after it. */
static void run(const char *data, size_t size)
{
	unsigned char *copy = malloc(size ? size : 1);
	if (!copy)
		exit(2);
	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

/* Changes, takes out or doubles a few bytes. */
static void damage(struct strbuf *text, struct random *random)
{
	for (uint64_t n = random_below(random, 4) + 1; n > 0 && text->len > 1; n--) {
		size_t at = random_below(random, text->len);
		size_t some = random_below(random, text->len - at < 16 ? text->len - at : 16) + 1;
		switch (random_below(random, 3)) {
		case 0:
			text->data[at] = (char)random_below(random, 256);
			break;
		case 1:
			memmove(text->data + at, text->data + at + some, text->len - at - some);
			strbuf_truncate(text, text->len - some);
			break;
		default:
			strbuf_add_len(text, "################", some);
			memmove(text->data + at + some, text->data + at, text->len - some - at);
			break;
		}
	}
}

static size_t run_file(const char *path, unsigned long n_copies)
{
	struct strbuf text = {0};
	struct random random;
	char chunk[4096];
	FILE *file = fopen(path, "rb");
	if (!file)
		return 0;
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
		strbuf_add_len(&text, chunk, n);
	fclose(file);
	run(strbuf_str(&text), text.len);
	random_seed(&random, text.len);
	for (unsigned long k = 0; k < n_copies; k++) {
		struct strbuf copy = {0};
		strbuf_add_len(&copy, strbuf_str(&text), text.len);
		damage(&copy, &random);
		run(strbuf_str(&copy), copy.len);
		strbuf_free(&copy);
	}
	strbuf_free(&text);
	return n_copies + 1;
}

int main(int argc, char **argv)
{
	size_t n = 0;
	LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 2; i < argc; i++) {
		struct dirent **entries;
		int n_entries = scandir(argv[i], &entries, NULL, alphasort);
		for (int k = 0; k < n_entries; k++) {
			struct strbuf path = {0};
			strbuf_addf(&path, "%s/%s", argv[i], entries[k]->d_name);
			if (entries[k]->d_name[0] != '.')
				n += run_file(strbuf_str(&path), strtoul(argv[1], NULL, 10));
			strbuf_free(&path);
			free(entries[k]);
		}
		if (n_entries >= 0)
			free(entries);
	}
	printf("%zu inputs\n", n);
	return n ? 0 : 1;
}
