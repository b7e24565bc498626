/* SPDX-License-Identifier: GPL-3.0-or-later */
/* carry.c -- the list of numbers that were missed. */
#include "carry.h"

#include <string.h>

#include "assess_private.h"

static size_t find(const struct carry *carry, const struct missed *missed)
{
	size_t i = 0;
	while (i < carry->n && (carry->missed[i].value != missed->value ||
				strcmp(carry->missed[i].name, missed->name) != 0))
		i++;
	return i;
}

void carry_miss(struct carry *carry, const struct missed *missed)
{
	size_t i = find(carry, missed);
	if (i == CARRY_MOST) {
		memmove(carry->missed, carry->missed + 1, (CARRY_MOST - 1) * sizeof *carry->missed);
		i--;
	}
	carry->n += i == carry->n;
	carry->missed[i] = *missed;
}

void carry_got(struct carry *carry, const struct missed *missed)
{
	size_t i = find(carry, missed);
	if (i < carry->n)
		carry->missed[i].name[0] = '\0';
}

bool carry_take(struct carry *carry, struct assessment *a, const char *text)
{
	bool is_read = false;
	for (size_t i = 0; i < carry->n; i++) {
		if (!*carry->missed[i].name)
			continue;
		is_read = is_read || assess_text(a, text, NULL) == STATUS_OK;
		if (!is_read || !assess_carried(a, text, &carry->missed[i]))
			continue;
		carry->missed[i].name[0] = '\0';
		return true;
	}
	return false;
}
