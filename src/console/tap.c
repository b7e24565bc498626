/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tap.c -- prints results as TAP and as JUnit's XML. */
#include "console_private.h"
#include "tap.h"

#include <stdio.h>
#include <string.h>

#include "backstep/base/file.h"
#include "backstep/base/text.h"

void tap_begin(struct tap *tap, const struct options *options)
{
	*tap = (struct tap){.options = options};
	options_print(options, "TAP version 13\n");
}

/* Appends each line of text after "# ". */
static void add_diagnostic(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		strbuf_add(out, "# ");
		text_sanitize(out, text, len);
		strbuf_add_char(out, '\n');
		text += len + (text[len] == '\n');
	}
}

/* What XML allows: the safe text, its signs as entities. */
static void add_xml(struct strbuf *out, const char *text)
{
	static const struct {
		char sign;
		const char *entity;
	} entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
	struct strbuf safe = {0};
	text_sanitize(&safe, text, strlen(text));
	for (const char *c = strbuf_str(&safe); *c; c++) {
		const char *entity = NULL;
		for (size_t k = 0; k < sizeof entities / sizeof *entities; k++)
			entity = entities[k].sign == *c ? entities[k].entity : entity;
		if (entity)
			strbuf_add(out, entity);
		else
			strbuf_add_char(out, *c);
	}
	strbuf_free(&safe);
}

static void add_xml_case(struct strbuf *xml, const struct tap_case *one)
{
	strbuf_add(xml, "  <testcase classname=\"");
	add_xml(xml, one->file);
	strbuf_add(xml, "\" name=\"");
	add_xml(xml, one->name);
	if (one->result == TAP_GOOD) {
		strbuf_add(xml, "\"/>\n");
		return;
	}
	strbuf_addf(xml, "\">\n    <%s message=\"",
		    one->result == TAP_FAILED ? "failure" : "skipped");
	add_xml(xml, one->detail);
	strbuf_add(xml, one->result == TAP_FAILED ? "\">" : "\"/>\n");
	if (one->result == TAP_FAILED) {
		add_xml(xml, one->diagnostic);
		strbuf_add(xml, "</failure>\n");
	}
	strbuf_add(xml, "  </testcase>\n");
}

void tap_add(struct tap *tap, const struct tap_case *one)
{
	struct strbuf line = {0};
	tap->n_cases++;
	tap->n_failed += one->result == TAP_FAILED;
	tap->n_skipped += one->result == TAP_SKIPPED;
	strbuf_addf(&line, "%sok %zu - ", one->result == TAP_FAILED ? "not " : "", tap->n_cases);
	text_sanitize(&line, one->file, strlen(one->file));
	strbuf_addf(&line, ": %s", one->name);
	if (one->result == TAP_SKIPPED)
		strbuf_addf(&line, " # SKIP %s", one->detail);
	else if (*one->detail)
		strbuf_addf(&line, ", %s", one->detail);
	strbuf_add_char(&line, '\n');
	if (!one->is_known)
		add_diagnostic(&line, one->diagnostic);
	options_print(tap->options, strbuf_str(&line));
	strbuf_free(&line);
	add_xml_case(&tap->xml, one);
}

void tap_note(const struct tap *tap, const char *text)
{
	struct strbuf lines = {0};
	add_diagnostic(&lines, text);
	options_print(tap->options, strbuf_str(&lines));
	strbuf_free(&lines);
}

static int write_xml(const struct tap *tap, const char *suite)
{
	struct strbuf all = {0};
	struct error err = {0};
	strbuf_addf(&all,
		    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<testsuite name=\"%s\" tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\">\n",
		    suite, tap->n_cases, tap->n_failed, tap->n_skipped);
	strbuf_add(&all, strbuf_str(&tap->xml));
	strbuf_add(&all, "</testsuite>\n");
	enum status status = all.failed || tap->xml.failed
				 ? error_no_memory(&err)
				 : file_replace(tap->options->junit, all.data, all.len, &err);
	strbuf_free(&all);
	return status ? options_fail(tap->options, &err) : EXIT_GOOD;
}

int tap_end(struct tap *tap, const char *suite, int code)
{
	char plan[32];
	snprintf(plan, sizeof plan, "1..%zu\n", tap->n_cases);
	options_print(tap->options, plan);
	int written = tap->options->junit ? write_xml(tap, suite) : EXIT_GOOD;
	strbuf_free(&tap->xml);
	return written > code ? written : code;
}
