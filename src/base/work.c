/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work.c -- asking the one that watches. */
#include "backstep/base/work.h"

#include <stddef.h>

#include "backstep/base/i18n.h"

static const struct work_watch *watching;

void work_set_watch(const struct work_watch *watch)
{
	watching = watch;
}

enum status work_ask(struct error *err)
{
	return watching ? work_tell(NULL, 0, 0, err) : STATUS_OK;
}

static enum status tell(struct work work, struct error *err)
{
	if (!watching || watching->goes_on(watching->ctx, &work))
		return STATUS_OK;
	return error_set(err, STATUS_INTERRUPTED, _("interrupted"));
}

enum status work_tell(const char *what, uint64_t done, uint64_t all, struct error *err)
{
	return tell((struct work){what, done, all, false}, err);
}

enum status work_tell_part(const char *what, uint64_t done, uint64_t all, struct error *err)
{
	return tell((struct work){what, done, all, true}, err);
}
