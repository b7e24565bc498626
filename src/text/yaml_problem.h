/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yaml_problem.h -- the YAML parser's complaints in the words of this program. */
#ifndef BACKSTEP_TEXT_YAML_PROBLEM_H
#define BACKSTEP_TEXT_YAML_PROBLEM_H

#include <stddef.h>

#include <yaml.h>

struct report;

/* Reports why the parser stopped reading text. */
void yaml_problem_report(const yaml_parser_t *parser, const char *text, size_t len,
			 struct report *report);

#endif
