/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yaml_problem.c -- the YAML parser's complaints in the words of this program.
 *
 * libyaml speaks English and of "flow sequences". A complaint that it does not list is shown as it
 * is; to give it better words, add a row to problems. */
#include "yaml_problem.h"

#include <stdbool.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/text/report.h"
#include "source_part.h"

/* How libyaml's words begin, and what is said instead. at_start: the place is that of the thing
 * that went wrong, not the one where this was noticed. */
struct problem {
	const char *problem, *message, *hint;
	bool at_start;
};

static const struct problem problems[] = {
    {.problem = "could not find expected ':'",
     .message = N_("this line is not 'key: value'"),
     .hint = N_("is a ':' missing, or a space after it, or is the file cut off?"),
     .at_start = true},
    {.problem = "mapping values are not allowed in this context",
     .message = N_("a ':' does not belong here"),
     .hint = N_("check the indentation; put a text that contains ': ' in quotes")},
    {.problem = "block sequence entries are not allowed in this context",
     .message = N_("a '-' does not belong here"),
     .hint = N_("a list of '- ' lines begins on the line below its key")},
    {.problem = "block mapping keys are not allowed",
     .message = N_("a key does not belong here"),
     .hint = N_("check the indentation")},
    {.problem = "mapping keys are not allowed in this context",
     .message = N_("a key does not belong here"),
     .hint = N_("check the indentation")},
    {.problem = "found character that cannot start any token",
     .message = N_("this character cannot start a value"),
     .hint = N_("put the text in quotes")},
    {.problem = "found unexpected end of stream",
     .message = N_("the file ends inside a quoted text"),
     .hint = N_("is a quote missing, or is the file cut off?")},
    {.problem = "found unexpected document indicator",
     .message = N_("the file ends inside a quoted text"),
     .hint = N_("is a quote missing, or is the file cut off?")},
    {.problem = "did not find expected ',' or ']'",
     .message = N_("a list lacks a ',' or its ']'"),
     .hint = N_("is the file cut off? an entry with brackets of its own needs quotes: \"x[1]\"")},
    {.problem = "did not find expected ',' or '}'",
     .message = N_("a '{' lacks a ',' or its '}'"),
     .hint = N_("is the file cut off?")},
    {.problem = "did not find expected key",
     .message = N_("expected a key here"),
     .hint = N_("the keys of one map stand in one column; a text in quotes ends at its quote")},
    {.problem = "did not find expected '-' indicator",
     .message = N_("expected '- ' here"),
     .hint = N_("the items of one list stand in one column")},
    {.problem = "did not find expected node content", .message = N_("a value is missing here")},
    {.problem = "did not find expected <document start>",
     .message = N_("something follows the end mark '...'"),
     .hint = N_("one file holds one lesson")},
    {.problem = "found unknown escape character",
     .message = N_("unknown escape after a '\\'"),
     .hint = N_("in 'single quotes' a '\\' is an ordinary character")},
};

/* Some complaints have no place of their own, only that of what they are part of. */
static struct source_mark problem_mark(const yaml_parser_t *parser, bool at_start)
{
	yaml_mark_t mark = parser->problem_mark;
	if (parser->context && (at_start || (mark.line == 0 && mark.column == 0)))
		mark = parser->context_mark;
	return (struct source_mark){mark.line + 1, mark.column + 1};
}

static void report_problem(const yaml_parser_t *parser, struct report *report)
{
	const char *problem = parser->problem ? parser->problem : "";
	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
		if (strncmp(problem, problems[i].problem, strlen(problems[i].problem)) != 0)
			continue;
		report_error(report, problem_mark(parser, problems[i].at_start), "%s",
			     tr(problems[i].message));
		if (problems[i].hint)
			report_hint(report, "%s", tr(problems[i].hint));
		return;
	}
	report_error(report, problem_mark(parser, false), _("this is not valid YAML: %s"), problem);
}

void yaml_problem_report(const yaml_parser_t *parser, const char *text, size_t len,
			 struct report *report)
{
	const size_t line = parser->problem_mark.line + 1;
	struct source_mark tab, odd;
	uint32_t code;
	if (parser->error == YAML_MEMORY_ERROR) {
		report->no_memory = true;
		return;
	}
	if (!source_find_tab(text, len, line, &tab)) {
		report_problem(parser, report);
		if (source_find_odd(text, len, line > 2 ? line - 2 : 1, line, &odd, &code))
			report_hint(report,
				    _("the character \\u{%04X} at %zu:%zu is no blank: put one "
				      "there, or nothing"),
				    (unsigned)code, odd.line, odd.column);
		return;
	}
	report_error(report, tab, "%s", _("a tab cannot indent a line"));
	report_hint(report, "%s", _("use spaces"));
}
