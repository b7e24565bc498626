/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hyper.c -- starting, finding and setting numbers by their rows. */
#include "hyper_private.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"

void hypers_start(const struct hyper *rows, size_t n, double *values)
{
	for (size_t k = 0; k < n; k++)
		values[k] = rows[k].initial;
}

size_t hypers_find(const struct hyper *rows, size_t n, const char *name)
{
	size_t k = 0;
	while (k < n && strcmp(rows[k].name, name) != 0)
		k++;
	return k;
}

enum status hyper_set(const struct hyper *row, const char *name, double number, double *value,
		      struct error *err)
{
	if (number >= row->min && number <= row->max) {
		*value = number;
		return STATUS_OK;
	}
	char min[NUMBER_TEXT], max[NUMBER_TEXT];
	return error_set(err, STATUS_BAD_INPUT, _("%s lies between %s and %s"), name,
			 number_format(min, row->min, 9), number_format(max, row->max, 9));
}
