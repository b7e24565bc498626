/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_file.c -- files are replaced as a whole or not at all; checksums see every byte. */
#include "temporary.h"

#include <dirent.h>
#include <sys/stat.h>

#include "backstep/base/file.h"
#include "backstep/base/hash.h"
#include "backstep/base/paths.h"

static void assert_holds(const char *path, const char *text)
{
	struct strbuf read = {0};
	assert_int_equal(file_read(path, 1000, &read, NULL), STATUS_OK);
	assert_string_equal(strbuf_str(&read), text);
	strbuf_free(&read);
}

static size_t count_entries(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;
	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2; /* itself and its parent */
}

/* A folder of its own, with one file in it. */
struct place {
	char folder[TEMPORARY_PATH], path[96];
};

static void place_make(struct place *place, const char *text)
{
	FILE *file;
	temporary_folder(place->folder);
	snprintf(place->path, sizeof place->path, "%s/file", place->folder);
	file = fopen(place->path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void replacing_keeps_the_permissions(void **state)
{
	struct place place;
	struct stat info;
	struct strbuf text = {0};
	(void)state;
	place_make(&place, "old");
	assert_int_equal(chmod(place.path, 0640), 0);
	strbuf_add(&text, "new\n");
	assert_int_equal(file_replace(place.path, text.data, text.len, NULL), STATUS_OK);
	assert_holds(place.path, "new\n");
	assert_int_equal(stat(place.path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0640);
	assert_int_equal(count_entries(place.folder), 1);
	strbuf_free(&text);
}

static void a_link_stays_a_link(void **state)
{
	struct place place;
	struct stat info;
	struct strbuf text = {0};
	char other[96];
	(void)state;
	place_make(&place, "old");
	snprintf(other, sizeof other, "%s/link", place.folder);
	assert_int_equal(symlink("file", other), 0);
	strbuf_add(&text, "new");
	assert_int_equal(file_replace(other, text.data, text.len, NULL), STATUS_OK);
	assert_int_equal(lstat(other, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	assert_holds(place.path, "new");
	strbuf_free(&text);
}

static void what_is_abandoned_leaves_nothing(void **state)
{
	struct place place;
	struct file_writer writer;
	(void)state;
	place_make(&place, "old");
	assert_int_equal(file_writer_open(&writer, place.path, NULL), STATUS_OK);
	file_writer_add(&writer, "half", 4);
	assert_holds(place.path, "old");
	assert_int_equal(count_entries(place.folder), 2);
	file_writer_abandon(&writer);
	assert_holds(place.path, "old");
	assert_int_equal(count_entries(place.folder), 1);
}

/* A write that fails: the descriptor cannot be written to. */
static void a_failed_write_leaves_the_old_file(void **state)
{
	struct place place;
	struct file_writer writer;
	struct error err = {0};
	(void)state;
	place_make(&place, "old");
	assert_int_equal(file_writer_open(&writer, place.path, NULL), STATUS_OK);
	close(writer.fd);
	writer.fd = -1;
	file_writer_add(&writer, "half", 4);
	assert_int_equal(file_writer_finish(&writer, &err), STATUS_IO);
	assert_non_null(strstr(err.message, "cannot be written"));
	assert_holds(place.path, "old");
	assert_int_equal(count_entries(place.folder), 1);
}

static void what_cannot_be_written_is_refused(void **state)
{
	static const struct {
		const char *path, *message;
	} rows[] = {
	    {"/tmp", "this is a folder"},
	    {"/dev/null", "this is not a regular file"},
	    {"/dev/null/file", "/dev/null/file cannot be written: there is no such folder"},
	    {"/tmp/no-such/file", "/tmp/no-such/file cannot be written: there is no such folder"},
	    {"", "a file's name is missing"},
	};
	struct strbuf text = {0};
	struct error err;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(file_replace(rows[i].path, "", 0, &err), STATUS_IO);
		assert_string_equal(err.message, rows[i].message);
	}
	assert_int_equal(file_create("/tmp/no-such/file", "", 0, &err), STATUS_IO);
	assert_string_equal(err.message, rows[3].message);
	assert_int_equal(file_read("/dev/null/file", 10, &text, &err), STATUS_IO);
	assert_int_equal(file_read("/tmp", 10, &text, &err), STATUS_IO);
	assert_int_equal(file_read("/dev/zero", 10, &text, &err), STATUS_IO);
	strbuf_free(&text);
}

static void a_large_file_is_refused(void **state)
{
	struct place place;
	struct strbuf text = {0};
	struct error err = {0};
	(void)state;
	place_make(&place, "0123456789");
	assert_int_equal(file_read(place.path, 9, &text, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "the file is larger than 9 bytes");
	strbuf_clear(&text);
	assert_int_equal(file_read(place.path, 10, &text, &err), STATUS_OK);
	assert_string_equal(strbuf_str(&text), "0123456789");
	strbuf_free(&text);
}

/* The sums that the authors of FNV publish for "" and "a". */
static void checksums_are_those_of_fnv(void **state)
{
	(void)state;
	assert_true(hash_bytes(HASH_START, "", 0) == UINT64_C(0xcbf29ce484222325));
	assert_true(hash_bytes(HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(hash_bytes(HASH_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
	assert_true(hash_text(HASH_START, "a") == hash_bytes(HASH_START, "a", 2));
	assert_true(hash_number(HASH_START, 0x6261) == hash_bytes(HASH_START, "ab\0\0\0\0\0", 8));
}

static void folders_are_made(void **state)
{
	char folder[TEMPORARY_PATH], path[96];
	struct stat info;
	(void)state;
	temporary_folder(folder);
	snprintf(path, sizeof path, "%s/one/two/file", folder);
	paths_make_folders(path);
	assert_int_equal(stat(path, &info), -1);
	snprintf(path, sizeof path, "%s/one/two", folder);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(replacing_keeps_the_permissions),
	    cmocka_unit_test(a_link_stays_a_link),
	    cmocka_unit_test(what_is_abandoned_leaves_nothing),
	    cmocka_unit_test(a_failed_write_leaves_the_old_file),
	    cmocka_unit_test(what_cannot_be_written_is_refused),
	    cmocka_unit_test(a_large_file_is_refused),
	    cmocka_unit_test(checksums_are_those_of_fnv),
	    cmocka_unit_test(folders_are_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
