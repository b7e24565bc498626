/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_base_paths.c -- what a file is called as seen from another one. */
#include "check.h"
#include "temporary.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstep/base/file.h"
#include "backstep/base/paths.h"

static void assert_text(char *got, const char *wanted)
{
	assert_non_null(got);
	assert_string_equal(got, wanted);
	free(got);
}

static void a_name_beside_a_file(void **state)
{
	(void)state;
	assert_text(paths_beside("/a/b/walk.script", "net.yaml"), "/a/b/net.yaml");
	assert_text(paths_beside("b/walk.script", "../net.yaml"), "b/../net.yaml");
	assert_text(paths_beside("walk.script", "net.yaml"), "net.yaml");
	assert_text(paths_beside("/walk.script", "net.yaml"), "/net.yaml");
}

/* FOLDER/net.yaml, FOLDER/one/net.yaml, FOLDER/one-more/. */
static void a_file_seen_from_a_folder(void **state)
{
	char folder[TEMPORARY_PATH], from_root[96];
	(void)state;
	temporary_folder(folder);
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("one", 0700), 0);
	assert_int_equal(mkdir("one-more", 0700), 0);
	assert_int_equal(file_create("net.yaml", "", 0, NULL), STATUS_OK);
	assert_int_equal(file_create("one/net.yaml", "", 0, NULL), STATUS_OK);
	assert_text(paths_relative("walk.script", "net.yaml"), "net.yaml");
	assert_text(paths_relative("one/walk.script", "net.yaml"), "../net.yaml");
	assert_text(paths_relative("walk.script", "one/net.yaml"), "one/net.yaml");
	assert_text(paths_relative("one/walk.script", "one-more/../one/net.yaml"), "net.yaml");
	assert_text(paths_relative("one-more/walk.script", "one/net.yaml"), "../one/net.yaml");
	snprintf(from_root, sizeof from_root, "%s/net.yaml", folder + 1);
	assert_text(paths_relative("/walk.script", "net.yaml"), from_root);
	assert_null(paths_relative("nowhere/walk.script", "net.yaml"));
	assert_null(paths_relative("walk.script", "nothing.yaml"));
	assert_int_equal(chdir("/"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_beside_a_file),
	    cmocka_unit_test(a_file_seen_from_a_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
