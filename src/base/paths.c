/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.c -- the XDG base directory specification, where a relative path in a variable is ignored;
 * paths seen from elsewhere. */
#include "backstep/base/paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "backstep/base/contract.h"
#include "backstep/base/strbuf.h"

char *paths_xdg(const char *variable, const char *fallback, const char *name)
{
	struct strbuf path = {0};
	const char *folder = getenv(variable), *home = getenv("HOME");
	if (folder && *folder == '/')
		strbuf_addf(&path, "%s/backstep/%s", folder, name);
	else if (home && *home == '/')
		strbuf_addf(&path, "%s/%s/backstep/%s", home, fallback, name);
	if (path.failed) {
		strbuf_free(&path);
		return NULL;
	}
	return path.data;
}

void paths_make_folders(char *path)
{
	CONTRACT(*path);
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

char *paths_state(const char *name)
{
	char *path = paths_xdg("XDG_STATE_HOME", ".local/state", name);
	if (path)
		paths_make_folders(path);
	return path;
}

/* Bytes of the folder's name in a path, its slash included. */
static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The text of sb, which ends with it; NULL where memory was lacking. */
static char *take_text(struct strbuf *sb)
{
	if (!sb->failed)
		return sb->data;
	strbuf_free(sb);
	return NULL;
}

char *paths_beside(const char *file, const char *name)
{
	struct strbuf path = {0};
	strbuf_add_len(&path, file, folder_length(file));
	strbuf_add(&path, name);
	return take_text(&path);
}

/* Both are whole paths without links; folder has no slash at its end. */
static char *relative_to(const char *folder, const char *file)
{
	struct strbuf path = {0};
	size_t len = strlen(folder), same = 0; /* both begin with so many bytes, to a slash */
	for (size_t k = 0; k <= len && (k == len ? file[k] == '/' : file[k] == folder[k]); k++)
		if (file[k] == '/')
			same = k + 1;
	for (size_t k = same; k < len; k++)
		if (k == same || folder[k] == '/')
			strbuf_add(&path, "../");
	strbuf_add(&path, file + same);
	return take_text(&path);
}

char *paths_relative(const char *from, const char *file)
{
	char *beside = paths_beside(from, "."), *relative = NULL;
	char *folder = beside ? realpath(beside, NULL) : NULL;
	char *whole = realpath(file, NULL);
	if (folder && whole)
		relative = relative_to(strcmp(folder, "/") == 0 ? "" : folder, whole);
	free(beside);
	free(folder);
	free(whole);
	return relative;
}
