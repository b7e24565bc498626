/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source_check.h -- the characters of a text file that somebody else wrote: a lesson, before and
 * after the YAML parser, or a script. */
#ifndef BACKSTEP_TEXT_SOURCE_CHECK_H
#define BACKSTEP_TEXT_SOURCE_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"

struct report;

/* Bytes of the byte order mark that the text begins with. */
size_t source_bom(const char *text, size_t len);

/* Reports the first byte that is not UTF-8 or character that no text file holds; false where
 * there is one. (libyaml would tell its byte offset only.) */
bool source_check(const char *text, size_t len, struct report *report);

/* Whether a reader sees all of a line that was typed. Errors: STATUS_BAD_INPUT. */
enum status source_check_line(const char *line, struct error *err);

#endif
