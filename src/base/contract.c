/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contract.c -- the end of a program whose own rules do not hold.
 *
 * It does not try to go on, and it does not judge input: what it says is for whoever mends the
 * program. */
#include "backstep/base/contract.h"

#include <stdio.h>
#include <stdlib.h>

#include "backstep/base/i18n.h"

enum { SCENE_TEXT = 512 };

/* A broken contract ends the process, so this belongs to the process. */
static struct {
	void (*leave)(void);
	void (*tell)(const void *ctx, char *buf, size_t size);
	const void *ctx;
} hooks;

void contract_on_broken(void (*leave)(void))
{
	hooks.leave = leave;
}

void contract_set_scene(void (*tell)(const void *ctx, char *buf, size_t size), const void *ctx)
{
	hooks.tell = tell;
	hooks.ctx = ctx;
}

void contract_clear_scene(const void *ctx)
{
	if (hooks.ctx != ctx)
		return;
	contract_set_scene(NULL, NULL);
}

/* Takes the hook away before it is called: it may stumble over the same fault. */
static void leave(void)
{
	void (*hook)(void) = hooks.leave;
	hooks.leave = NULL;
	if (hook)
		hook();
}

static void print_scene(void)
{
	char scene[SCENE_TEXT] = "";
	void (*tell)(const void *ctx, char *buf, size_t size) = hooks.tell;
	hooks.tell = NULL;
	if (tell)
		tell(hooks.ctx, scene, sizeof scene);
	if (*scene)
		fprintf(stderr, "  %s\n", scene);
}

void contract_broken(const char *condition, const char *file, int line, const char *function)
{
	leave();
	fflush(stdout);
	fprintf(stderr, "%s:%d: ", file, line);
	fprintf(stderr, _("error: broken contract in %s: %s"), function, condition);
	fputc('\n', stderr);
	print_scene();
	fprintf(stderr, "  %s\n", _("this is a fault of the program: please report these lines"));
	abort();
}
