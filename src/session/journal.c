/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.c -- the list of commands, and its file. */
#include "backstep/session/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"

/* The first line of a file. A file of another version is not offered. */
#define JOURNAL_MAGIC "backstep-sitting 1\n"

enum { MOST_SITTINGS = 4 }; /* with one lesson that a file keeps */

static const char *const kind_words[N_JOURNAL_KINDS] = {
    [JOURNAL_OPENS] = "open",
    [JOURNAL_MOVES] = "move",
    [JOURNAL_DOES] = "do",
};
/* Of the lines before one that opens: a setting that was in force. */
static const char setting_word[] = "with";

static void drop_from(struct journal *journal, size_t first)
{
	for (size_t i = first; i < journal->n_entries; i++) {
		free(journal->entries[i].line);
		free(journal->entries[i].settings);
	}
	journal->n_entries = first;
}

void journal_free(struct journal *journal)
{
	drop_from(journal, 0);
	free(journal->entries);
	*journal = (struct journal){0};
}

static bool reserve(struct journal *journal, size_t n)
{
	if (n <= journal->capacity)
		return true;
	size_t capacity = n < 2 * journal->capacity ? 2 * journal->capacity : n + 16;
	struct journal_entry *entries = realloc(journal->entries, capacity * sizeof *entries);
	if (!entries)
		return false;
	journal->entries = entries;
	journal->capacity = capacity;
	return true;
}

void journal_add(struct journal *journal, enum journal_kind kind, uint64_t number,
		 const char *settings, const char *line)
{
	drop_from(journal, journal->n_done);
	struct journal_entry entry = {.kind = kind, .number = number, .line = strdup(line)};
	entry.settings = settings ? strdup(settings) : NULL;
	journal->n_changes++;
	if (!entry.line || (settings && !entry.settings) ||
	    !reserve(journal, journal->n_entries + 1)) {
		free(entry.line);
		free(entry.settings);
		journal->failed = true;
		error_note_no_memory();
		return;
	}
	journal->entries[journal->n_entries++] = entry;
	journal->n_done = journal->n_entries;
}

void journal_drop_last(struct journal *journal)
{
	if (!journal->failed && journal->n_entries > 0)
		drop_from(journal, journal->n_entries - 1);
	journal->n_done = journal->n_entries;
}

void journal_insert(struct journal *journal, size_t at, struct journal *from)
{
	CONTRACT(at < journal->n_done);
	size_t n = from->n_entries;
	if (!reserve(journal, journal->n_entries + n)) {
		journal->failed = true;
		journal_free(from);
		return;
	}
	memmove(journal->entries + at + n, journal->entries + at,
		(journal->n_entries - at) * sizeof *journal->entries);
	if (n)
		memcpy(journal->entries + at, from->entries, n * sizeof *from->entries);
	journal->n_entries += n;
	journal->n_done += n;
	from->n_entries = 0;
	journal_free(from);
}

void journal_set_done(struct journal *journal, size_t n)
{
	CONTRACT(n <= journal->n_entries);
	journal->n_done = n;
	journal->n_changes++;
}

bool journal_opening(const struct journal *journal, size_t n, size_t *at)
{
	CONTRACT(n <= journal->n_entries);
	while (n > 0 && journal->entries[n - 1].kind != JOURNAL_OPENS)
		n--;
	*at = n - 1;
	return n > 0;
}

bool journal_only_moves(const struct journal *journal, size_t from, size_t end)
{
	while (from < end && journal->entries[from].kind == JOURNAL_MOVES)
		from++;
	return from >= end;
}

void journal_script(const struct journal *journal, struct strbuf *out)
{
	size_t at;
	size_t first = journal_opening(journal, journal->n_done, &at) ? at + 1 : 0;
	for (size_t i = first; i < journal->n_done; i++)
		strbuf_addf(out, "%s\n", journal->entries[i].line);
	out->failed |= journal->failed;
}

static void write_entry(const struct journal_entry *entry, struct strbuf *out)
{
	const char *setting = entry->settings ? entry->settings : "";
	while (*setting) {
		int len = (int)strcspn(setting, "\n");
		strbuf_addf(out, "0 %s %.*s\n", setting_word, len, setting);
		setting += len + (setting[len] == '\n');
	}
	strbuf_addf(out, "%" PRIu64 " %s %s\n", entry->number, kind_words[entry->kind],
		    entry->line);
}

/* Where the sittings with the lesson that entry at opens begin, those right before it. */
static size_t first_sitting(const struct journal *journal, size_t at)
{
	size_t first = at, before;
	for (int n = 1; n < MOST_SITTINGS && journal_opening(journal, first, &before) &&
			strcmp(journal->entries[before].line, journal->entries[at].line) == 0;
	     n++)
		first = before;
	return first;
}

void journal_write(const struct journal *journal, struct strbuf *out)
{
	size_t at, end = journal->n_done;
	if (!journal_opening(journal, end, &at) || at + 1 == end)
		return;
	strbuf_add(out, JOURNAL_MAGIC);
	for (size_t i = first_sitting(journal, at); i < end; i++) {
		const struct journal_entry *entry = &journal->entries[i];
		bool is_left = i + 1 < end && entry[1].kind == JOURNAL_OPENS;
		if (entry->kind != JOURNAL_OPENS || !is_left) /* nothing was done there */
			write_entry(entry, out);
	}
	out->failed |= journal->failed;
}

/* Reads NUMBER and KIND; false: they are not there. is_setting: the kind is that of a setting. */
static bool read_entry(const char **at, uint64_t *number, enum journal_kind *kind, bool *is_setting)
{
	char *end, word[8];
	int len;
	if (**at < '0' || **at > '9')
		return false;
	*number = strtoull(*at, &end, 10);
	if (*end != ' ' || sscanf(end, " %7[a-z]%n", word, &len) != 1 || end[len] != ' ')
		return false;
	*at = end + len + 1;
	*is_setting = strcmp(word, setting_word) == 0;
	*kind = JOURNAL_OPENS;
	while (*kind < N_JOURNAL_KINDS && strcmp(word, kind_words[*kind]) != 0)
		++*kind;
	return *is_setting || *kind < N_JOURNAL_KINDS;
}

static enum status damaged(size_t line, struct error *err)
{
	error_set(err, STATUS_BAD_INPUT, _("this is no sitting that can be taken up again"));
	error_at(err, "", line, 0);
	return STATUS_BAD_INPUT;
}

enum status journal_read(struct journal *journal, const char *text, struct error *err)
{
	struct strbuf settings = {0}, line = {0};
	size_t number = 1;
	bool is_good = strncmp(text, JOURNAL_MAGIC, strlen(JOURNAL_MAGIC)) == 0;
	text += is_good ? strlen(JOURNAL_MAGIC) : 0;
	for (; is_good && *text; number++) {
		uint64_t step;
		enum journal_kind kind;
		bool is_setting;
		is_good = read_entry(&text, &step, &kind, &is_setting);
		size_t len = strcspn(text, "\n");
		strbuf_clear(&line);
		strbuf_add_len(&line, text, len);
		is_good = is_good && text[len] == '\n' &&
			  (journal->n_entries > 0 || is_setting || kind == JOURNAL_OPENS);
		text += len + (text[len] == '\n');
		if (is_good && is_setting)
			strbuf_addf(&settings, "%s\n", strbuf_str(&line));
		else if (is_good)
			journal_add(journal, kind, step,
				    kind == JOURNAL_OPENS ? strbuf_str(&settings) : NULL,
				    strbuf_str(&line));
		if (is_good && !is_setting)
			strbuf_clear(&settings);
	}
	bool failed = settings.failed || line.failed || journal->failed;
	strbuf_free(&settings);
	strbuf_free(&line);
	if (failed)
		return error_no_memory(err);
	return is_good ? STATUS_OK : damaged(number, err);
}
