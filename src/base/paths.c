/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paths.c -- the XDG base directory specification: a relative path in a variable is ignored. */
#include "backstep/base/paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}
