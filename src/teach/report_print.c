/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_print.c -- the report as text for 80 columns, as Markdown, as CSV. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/teach/report.h"
#include "backstep/teach/slip.h"
#include "student_private.h"

enum {
	BLOCK = 14,     /* students side by side */
	MOST_SIDE = 60, /* more are counted by state */
	MOST_SLIPS = 6,
	N_STATES = STATE_CAN + 1,
};

/* What a student is called: the code, or a number. */
static const char *name_of(const struct class_report *report, size_t i, char buf[32])
{
	const char *code = report->students[i].code;
	if (report->is_anonymous || !*code)
		snprintf(buf, 32, "%zu", i + 1);
	else
		snprintf(buf, 32, "%s", code);
	return buf;
}

static enum skill_state state_of(const struct class_report *report, size_t i, enum skill skill)
{
	struct skill_report of_skill;
	learner_skill(&report->students[i].learner, skill, &of_skill);
	return of_skill.state;
}

/* Whether anybody met it. */
static bool is_met(const struct class_report *report, enum skill skill)
{
	for (size_t i = 0; i < report->n_students; i++)
		if (state_of(report, i, skill) != STATE_UNSEEN)
			return true;
	return false;
}

static void add_block(const struct class_report *report, size_t first, struct strbuf *out)
{
	size_t end = first + BLOCK < report->n_students ? first + BLOCK : report->n_students;
	char buf[32];
	strbuf_repeat(out, " ", 22);
	for (size_t i = first; i < end; i++)
		strbuf_addf(out, " %-3.3s", name_of(report, i, buf));
	strbuf_add_char(out, '\n');
	for (size_t k = 0; k < N_SKILLS; k++) {
		if (!is_met(report, (enum skill)k))
			continue;
		text_pad(out, tr(skill_table[k].title), 22);
		for (size_t i = first; i < end; i++)
			strbuf_addf(out, "  %c ",
				    skill_state_mark(state_of(report, i, (enum skill)k)));
		strbuf_add_char(out, '\n');
	}
}

/* Of many students how many are in each state. */
static void add_counts(const struct class_report *report, struct strbuf *out)
{
	strbuf_repeat(out, " ", 22);
	strbuf_add(out, "    #    +    -    .\n");
	for (size_t k = 0; k < N_SKILLS; k++) {
		size_t n[N_STATES] = {0};
		if (!is_met(report, (enum skill)k))
			continue;
		for (size_t i = 0; i < report->n_students; i++)
			n[state_of(report, i, (enum skill)k)]++;
		text_pad(out, tr(skill_table[k].title), 22);
		for (size_t s = N_STATES; s-- > 0;)
			strbuf_addf(out, " %4zu", n[s]);
		strbuf_add_char(out, '\n');
	}
}

/* A class of slips in the whole class. */
struct slip_count {
	const struct slip_class *class;
	size_t n_students, n_times;
	const struct event *example;
};

static int compare_counts(const void *a, const void *b)
{
	const struct slip_count *x = a, *y = b;
	if (x->n_students != y->n_students)
		return x->n_students < y->n_students ? 1 : -1;
	return x->n_times < y->n_times ? 1 : x->n_times > y->n_times ? -1 : 0;
}

static size_t count_slips(const struct class_report *report, struct slip_count counts[32])
{
	size_t n = 0;
	for (size_t k = 0; slip_registry[k] && n < 32; k++) {
		struct slip_count count = {.class = slip_registry[k]};
		for (size_t i = 0; i < report->n_students; i++) {
			const struct learner *learner = &report->students[i].learner;
			size_t times = learner_slips(learner, count.class->name);
			count.n_students += times > 0;
			count.n_times += times;
			for (size_t e = 0; !count.example && times && e < learner->n_events; e++)
				if (strcmp(learner->events[e].slip, count.class->name) == 0)
					count.example = &learner->events[e];
		}
		if (count.n_times > 0)
			counts[n++] = count;
	}
	qsort(counts, n, sizeof *counts, compare_counts);
	return n;
}

static void add_slips(const struct class_report *report, struct strbuf *out)
{
	struct slip_count counts[32];
	size_t n = count_slips(report, counts);
	if (n == 0)
		return;
	strbuf_addf(out, "\n%s\n", _("Most frequent slips (students, times; for instance, where)"));
	for (size_t k = 0; k < n && k < MOST_SLIPS; k++) {
		struct strbuf typed = {0};
		text_sanitize(&typed, counts[k].example->typed, strlen(counts[k].example->typed));
		strbuf_addf(out, "  %3zu %4zu  ", counts[k].n_students, counts[k].n_times);
		text_pad(out, tr(counts[k].class->title), 44);
		strbuf_addf(out, " %s  %s\n", strbuf_str(&typed),
			    counts[k].example->at ? counts[k].example->at : "");
		strbuf_free(&typed);
	}
}

/* What nobody got right. */
static void add_nobody(const struct class_report *report, struct strbuf *out)
{
	size_t n = 0;
	for (size_t k = 0; k < N_SKILLS; k++) {
		bool is_got = !is_met(report, (enum skill)k);
		for (size_t i = 0; !is_got && i < report->n_students; i++) {
			struct skill_report of_skill;
			learner_skill(&report->students[i].learner, (enum skill)k, &of_skill);
			is_got = of_skill.n_right > 0;
		}
		if (!is_got)
			strbuf_addf(out, "%s %s", n++ ? "," : _("Nobody got:"),
				    tr(skill_table[k].title));
	}
	if (n > 0)
		strbuf_add(out, ".\n");
}

static void add_up(struct effort *to, const struct effort *from)
{
	to->n_questions += from->n_questions;
	to->n_tried_first += from->n_tried_first;
	to->n_revealed += from->n_revealed;
	to->n_hints += from->n_hints;
	to->seconds += from->seconds;
}

static void add_effort(const struct class_report *report, struct strbuf *out)
{
	struct effort all = {0}, one;
	for (size_t i = 0; i < report->n_students; i++)
		for (size_t k = 0; k < N_SKILLS; k++) {
			report_effort(&report->students[i], (enum skill)k, &one);
			add_up(&all, &one);
		}
	strbuf_addf(out,
		    _("Questions %zu, tried before revealed %zu, revealed %zu, hints %zu, "
		      "minutes %zu.\n"),
		    all.n_questions, all.n_tried_first, all.n_revealed, all.n_hints,
		    (all.seconds + 30) / 60);
}

/* What is odd about the files. */
static void add_remarks(const struct class_report *report, struct strbuf *out)
{
	char buf[32];
	for (size_t i = 0; i < report->n_students; i++) {
		const struct student *student = &report->students[i];
		if (student->n_edited > 0)
			strbuf_addf(out, _("%s: edited by hand, from line %zu on\n"),
				    name_of(report, i, buf), student->first_edited);
		if (student->is_cut)
			strbuf_addf(out, _("%s: the last line is cut off\n"),
				    name_of(report, i, buf));
	}
	if (report->n_changed > 0)
		strbuf_addf(out, _("%zu answers were given to another version of their lesson\n"),
			    report->n_changed);
	if (report->n_lost > 0)
		strbuf_addf(out,
			    _("%zu answers are about questions that are not in the lessons any "
			      "more; they keep the verdicts that they had\n"),
			    report->n_lost);
}

/* One student: the last answers of each skill as well. */
static void add_student(const struct student *student, struct strbuf *out)
{
	for (size_t k = 0; k < N_SKILLS; k++) {
		struct skill_report of_skill;
		struct effort effort;
		learner_skill(&student->learner, (enum skill)k, &of_skill);
		report_effort(student, (enum skill)k, &effort);
		if (of_skill.state == STATE_UNSEEN)
			continue;
		strbuf_addf(out, "%c ", skill_state_mark(of_skill.state));
		text_pad(out, tr(skill_table[k].title), 26);
		strbuf_addf(out, " %-6s ", of_skill.strip);
		strbuf_addf(out, _("right %zu of %zu, tried before revealed %zu, hints %zu\n"),
			    of_skill.n_right, of_skill.n_tried, effort.n_tried_first,
			    effort.n_hints);
	}
}

static void print_text(const struct class_report *report, struct strbuf *out)
{
	strbuf_addf(
	    out, tr_n("%zu student, %zu files\n", "%zu students, %zu files\n", report->n_students),
	    report->n_students, report->n_files);
	strbuf_addf(out, "%s\n\n", _("# can do it, + once, - trying, . not seen"));
	if (report->n_students == 1)
		add_student(&report->students[0], out);
	else if (report->n_students > MOST_SIDE)
		add_counts(report, out);
	else
		for (size_t first = 0; first < report->n_students; first += BLOCK)
			add_block(report, first, out);
	add_slips(report, out);
	strbuf_add_char(out, '\n');
	add_nobody(report, out);
	add_effort(report, out);
	add_remarks(report, out);
}

static void print_markdown(const struct class_report *report, struct strbuf *out)
{
	char buf[32];
	struct slip_count counts[32];
	strbuf_addf(out, "| %s |", _("skill"));
	for (size_t i = 0; i < report->n_students; i++)
		strbuf_addf(out, " %s |", name_of(report, i, buf));
	strbuf_add(out, "\n| --- |");
	strbuf_repeat(out, " :-: |", report->n_students);
	for (size_t k = 0; k < N_SKILLS; k++) {
		if (!is_met(report, (enum skill)k))
			continue;
		strbuf_addf(out, "\n| %s |", tr(skill_table[k].title));
		for (size_t i = 0; i < report->n_students; i++)
			strbuf_addf(out, " %c |",
				    skill_state_mark(state_of(report, i, (enum skill)k)));
	}
	size_t n = count_slips(report, counts);
	strbuf_addf(out, "\n\n| %s | %s | %s |\n| --- | --: | --: |\n", _("slip"), _("students"),
		    _("times"));
	for (size_t k = 0; k < n && k < MOST_SLIPS; k++)
		strbuf_addf(out, "| %s | %zu | %zu |\n", tr(counts[k].class->title),
			    counts[k].n_students, counts[k].n_times);
	strbuf_add_char(out, '\n');
	add_effort(report, out);
	add_remarks(report, out);
}

/* A field of CSV; quotes are doubled, and nothing begins like a formula of a spreadsheet. */
static void add_field(struct strbuf *out, const char *text)
{
	bool is_formula = *text && strchr("=+-@", *text);
	strbuf_add(out, is_formula ? "\"'" : "\"");
	for (; *text; text++)
		strbuf_add(out, *text == '"' ? "\"\"" : (char[]){*text, '\0'});
	strbuf_add(out, "\"");
}

static void print_csv(const struct class_report *report, struct strbuf *out)
{
	static const char *const states[] = {"unseen", "trying", "once", "can"};
	char buf[32];
	strbuf_add(out, "student,skill,state,tried,right,questions,tried_before_revealed,"
			"revealed,hints,seconds,edited\n");
	for (size_t i = 0; i < report->n_students; i++)
		for (size_t k = 0; k < N_SKILLS; k++) {
			const struct student *student = &report->students[i];
			struct skill_report of_skill;
			struct effort effort;
			learner_skill(&student->learner, (enum skill)k, &of_skill);
			report_effort(student, (enum skill)k, &effort);
			if (of_skill.state == STATE_UNSEEN)
				continue;
			add_field(out, name_of(report, i, buf));
			strbuf_addf(out, ",%s,%s,%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu\n",
				    skill_table[k].name, states[of_skill.state], of_skill.n_tried,
				    of_skill.n_right, effort.n_questions, effort.n_tried_first,
				    effort.n_revealed, effort.n_hints, effort.seconds,
				    student->n_edited);
		}
}

void report_print(const struct class_report *report, enum report_format format, struct strbuf *out)
{
	static void (*const printers[])(const struct class_report *, struct strbuf *) = {
	    [REPORT_TEXT] = print_text,
	    [REPORT_MARKDOWN] = print_markdown,
	    [REPORT_CSV] = print_csv,
	};
	printers[format](report, out);
}
