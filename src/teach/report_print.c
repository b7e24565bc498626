/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_print.c -- the report as text for 80 columns, as Markdown, as CSV. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/teach/report.h"
#include "backstep/teach/slip.h"
#include "student_private.h"

enum {
	MAP_COLUMNS = 58, /* for students side by side, after the skills' names */
	NAME_LEAST = 3,   /* columns of a name in the map, or as many as tell all names apart */
	NAME_MOST = 10,
	MOST_SIDE = 60, /* more are counted by state */
	MOST_SLIPS = 6,
	N_STATES = STATE_CAN + 1,
};

/* The name in so many columns; what is longer is cut. */
static void add_name(const struct class_report *report, size_t student, size_t width,
		     struct strbuf *out)
{
	struct strbuf name = {0};
	report_name(report, student, &name);
	size_t fits = text_fit(strbuf_str(&name), width, NULL);
	strbuf_truncate(&name, fits);
	text_pad(out, strbuf_str(&name), width);
	strbuf_free(&name);
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

/* Who has come how far. */
struct rank {
	size_t student, score;
};

static int compare_ranks(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->student < y->student ? -1 : x->student > y->student;
}

/* Those who can most first, so that groups are seen. */
static void rank_students(const struct class_report *report, struct rank ranks[MOST_SIDE])
{
	for (size_t i = 0; i < report->n_students; i++) {
		ranks[i] = (struct rank){.student = i};
		for (size_t k = 0; k < N_SKILLS; k++)
			ranks[i].score += state_of(report, i, (enum skill)k);
	}
	qsort(ranks, report->n_students, sizeof *ranks, compare_ranks);
}

/* Whether names that are cut to so many columns are all different. */
static bool are_told_apart(const struct class_report *report, size_t width)
{
	bool apart = true;
	struct strbuf one = {0}, other = {0};
	for (size_t i = 0; apart && i < report->n_students; i++) {
		strbuf_clear(&one);
		add_name(report, i, width, &one);
		for (size_t k = 0; apart && k < i; k++) {
			strbuf_clear(&other);
			add_name(report, k, width, &other);
			apart = strcmp(strbuf_str(&one), strbuf_str(&other)) != 0;
		}
	}
	strbuf_free(&one);
	strbuf_free(&other);
	return apart;
}

static void add_block(const struct class_report *report, const struct rank *ranks, size_t n,
		      size_t width, struct strbuf *out)
{
	strbuf_repeat(out, " ", 22);
	for (size_t i = 0; i < n; i++) {
		strbuf_add_char(out, ' ');
		add_name(report, ranks[i].student, width, out);
	}
	strbuf_add_char(out, '\n');
	for (size_t k = 0; k < N_SKILLS; k++) {
		if (!is_met(report, (enum skill)k))
			continue;
		text_pad(out, tr(skill_table[k].title), 22);
		for (size_t i = 0; i < n; i++) {
			strbuf_addf(
			    out, "  %c",
			    skill_state_mark(state_of(report, ranks[i].student, (enum skill)k)));
			strbuf_repeat(out, " ", width - 2);
		}
		strbuf_add_char(out, '\n');
	}
}

static void add_map(const struct class_report *report, struct strbuf *out)
{
	struct rank ranks[MOST_SIDE];
	size_t width = NAME_LEAST;
	rank_students(report, ranks);
	while (width < NAME_MOST && !are_told_apart(report, width))
		width++;
	const size_t block = MAP_COLUMNS / (width + 1);
	for (size_t first = 0; first < report->n_students; first += block) {
		size_t left = report->n_students - first;
		add_block(report, ranks + first, left < block ? left : block, width, out);
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
	const struct event *example; /* the last of the last student */
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
			for (size_t e = 0; times && e < learner->n_events; e++)
				if (strcmp(learner->events[e].slip, count.class->name) == 0)
					count.example = &learner->events[e];
		}
		if (count.n_times > 0)
			counts[n++] = count;
	}
	qsort(counts, n, sizeof *counts, compare_counts);
	return n;
}

/* Up to three different answers that the slip gave. */
static void add_typical(const struct class_report *report, const struct slip_class *class,
			struct strbuf *out)
{
	const char *typed[3];
	size_t n = 0;
	for (size_t i = 0; i < report->n_students; i++) {
		const struct learner *learner = &report->students[i].learner;
		for (size_t e = 0; e < learner->n_events && n < 3; e++) {
			const struct event *event = &learner->events[e];
			bool is_new = strcmp(event->slip, class->name) == 0 && event->typed;
			for (size_t k = 0; is_new && k < n; k++)
				is_new = strcmp(typed[k], event->typed) != 0;
			if (is_new)
				typed[n++] = event->typed;
		}
	}
	for (size_t k = 0; k < n; k++) {
		strbuf_add(out, k ? ", " : " ");
		text_sanitize(out, typed[k], strlen(typed[k]));
	}
}

static void add_slips(const struct class_report *report, struct strbuf *out)
{
	struct slip_count counts[32];
	size_t n = count_slips(report, counts);
	if (n == 0)
		return;
	strbuf_addf(out, "\n%s\n",
		    _("Most frequent slips (students, times; answers; where to show it)"));
	for (size_t k = 0; k < n && k < MOST_SLIPS; k++) {
		const char *at = counts[k].example->at ? counts[k].example->at : "";
		strbuf_addf(out, "  %3zu %4zu  ", counts[k].n_students, counts[k].n_times);
		text_pad(out, tr(counts[k].class->title), 44);
		add_typical(report, counts[k].class, out);
		strbuf_add(out, "\n            ");
		text_sanitize(out, at, strlen(at));
		strbuf_add_char(out, '\n');
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

static int compare_sizes(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	return x < y ? -1 : x > y;
}

/* Of those who have begun, in minutes. */
static size_t median_minutes(const struct class_report *report)
{
	size_t n = 0, *seconds = calloc(report->n_students + 1, sizeof *seconds);
	for (size_t i = 0; seconds && i < report->n_students; i++)
		if (report->tallies[i][N_SKILLS].n_questions > 0)
			seconds[n++] = report->tallies[i][N_SKILLS].seconds;
	if (n > 0)
		qsort(seconds, n, sizeof *seconds, compare_sizes);
	size_t median = n > 0 ? (seconds[(n - 1) / 2] + seconds[n / 2]) / 2 : 0;
	free(seconds);
	return (median + 30) / 60;
}

static void add_effort(const struct class_report *report, struct strbuf *out)
{
	struct tally all = {0};
	for (size_t i = 0; i < report->n_students; i++) {
		const struct tally *one = &report->tallies[i][N_SKILLS];
		all.n_questions += one->n_questions;
		all.n_right += one->n_right;
		all.n_tried_first += one->n_tried_first;
		all.n_revealed += one->n_revealed;
		all.n_hints += one->n_hints;
		all.n_parts += one->n_parts;
		all.n_parts_right += one->n_parts_right;
		all.n_rules += one->n_rules;
		all.n_rules_right += one->n_rules_right;
	}
	strbuf_addf(out,
		    _("Questions %zu, right %zu, tried before revealed %zu, revealed %zu, "
		      "hints %zu, median %zu minutes.\n"),
		    all.n_questions, all.n_right, all.n_tried_first, all.n_revealed, all.n_hints,
		    median_minutes(report));
	if (all.n_parts + all.n_rules > 0)
		strbuf_addf(out,
			    _("Answers to parts of questions %zu, right %zu; rules named %zu, "
			      "right %zu.\n"),
			    all.n_parts, all.n_parts_right, all.n_rules, all.n_rules_right);
}

/* Each student in a line. */
static void add_table(const struct class_report *report, struct strbuf *out)
{
	strbuf_addf(
	    out, "\n%s\n",
	    _("student              right of     slips   hints  tried before revealed  minutes"));
	for (size_t i = 0; i < report->n_students; i++) {
		const struct tally *tally = &report->tallies[i][N_SKILLS];
		add_name(report, i, 19, out);
		strbuf_addf(out, "  %5zu %2zu  %8zu  %6zu  %21zu  %7zu\n", tally->n_right,
			    tally->n_questions, tally->n_slips, tally->n_hints,
			    tally->n_tried_first, (tally->seconds + 30) / 60);
	}
}

/* Who has a file and answered nothing. */
static void add_not_begun(const struct class_report *report, struct strbuf *out)
{
	size_t n = 0;
	for (size_t i = 0; i < report->n_students; i++) {
		if (report->students[i].learner.n_events > 0)
			continue;
		strbuf_add(out, n++ ? ", " : _("Not begun: "));
		report_name(report, i, out);
	}
	if (n > 0)
		strbuf_add(out, ".\n");
}

/* What a student can do at a skill; false: it was never asked. */
static bool look_at(const struct student *student, size_t k, struct skill_report *of_skill)
{
	learner_skill(&student->learner, (enum skill)k, of_skill);
	return of_skill->state != STATE_UNSEEN;
}

/* One student: the last answers of each skill as well. */
static void add_student(const struct class_report *report, struct strbuf *out)
{
	for (size_t k = 0; k < N_SKILLS; k++) {
		const struct tally *tally = &report->tallies[0][k];
		struct skill_report of_skill;
		if (!look_at(&report->students[0], k, &of_skill))
			continue;
		strbuf_addf(out, "%c ", skill_state_mark(of_skill.state));
		text_pad(out, tr(skill_table[k].title), 26);
		strbuf_addf(out, " %-6s ", of_skill.strip);
		strbuf_addf(
		    out, _("right %zu of %zu, tried before revealed %zu, slips %zu, hints %zu\n"),
		    of_skill.n_right, of_skill.n_tried, tally->n_tried_first, tally->n_slips,
		    tally->n_hints);
	}
}

static void print_text(const struct class_report *report, struct strbuf *out)
{
	strbuf_addf(out, tr_n("%zu student", "%zu students", report->n_students),
		    report->n_students);
	strbuf_add(out, ", ");
	strbuf_addf(out, tr_n("%zu file\n", "%zu files\n", report->n_files), report->n_files);
	add_not_begun(report, out);
	strbuf_addf(out, "%s\n\n", _("# can do it, + once, - trying, . not seen"));
	if (report->n_students == 1)
		add_student(report, out);
	else if (report->n_students > MOST_SIDE)
		add_counts(report, out);
	else
		add_map(report, out);
	if (report->n_students > 1 && report->n_students <= MOST_SIDE)
		add_table(report, out);
	add_slips(report, out);
	strbuf_add_char(out, '\n');
	add_nobody(report, out);
	add_effort(report, out);
	if (report->n_students == 1)
		report_add_next(&report->students[0].learner, out);
	report_add_signs(report, out);
}

/* A name in a table of Markdown, where a bar would end the cell. */
static void add_cell(const struct class_report *report, size_t student, struct strbuf *out)
{
	struct strbuf name = {0};
	report_name(report, student, &name);
	for (const char *at = strbuf_str(&name); *at; at++)
		strbuf_add(out, *at == '|' ? "\\|" : (char[]){*at, '\0'});
	strbuf_free(&name);
}

static const struct column {
	const char *title; /* N_() */
	size_t offset;
} columns[] = {
    {N_("questions"), offsetof(struct tally, n_questions)},
    {N_("right"), offsetof(struct tally, n_right)},
    {N_("slips"), offsetof(struct tally, n_slips)},
    {N_("hints"), offsetof(struct tally, n_hints)},
    {N_("tried before revealed"), offsetof(struct tally, n_tried_first)},
};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static size_t cell_of(const struct tally *tally, const struct column *column)
{
	return *(const size_t *)(const void *)((const char *)tally + column->offset);
}

static void add_markdown_table(const struct class_report *report, struct strbuf *out)
{
	strbuf_addf(out, "\n\n| %s |", _("student"));
	for (size_t k = 0; k < N_COLUMNS; k++)
		strbuf_addf(out, " %s |", tr(columns[k].title));
	strbuf_add(out, "\n| --- |");
	strbuf_repeat(out, " --: |", N_COLUMNS);
	for (size_t i = 0; i < report->n_students; i++) {
		strbuf_add(out, "\n| ");
		add_cell(report, i, out);
		strbuf_add(out, " |");
		for (size_t k = 0; k < N_COLUMNS; k++)
			strbuf_addf(out, " %zu |",
				    cell_of(&report->tallies[i][N_SKILLS], &columns[k]));
	}
}

static void print_markdown(const struct class_report *report, struct strbuf *out)
{
	struct slip_count counts[32];
	strbuf_addf(out, "| %s |", _("skill"));
	for (size_t i = 0; i < report->n_students; i++) {
		strbuf_add_char(out, ' ');
		add_cell(report, i, out);
		strbuf_add(out, " |");
	}
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
	add_markdown_table(report, out);
	size_t n = count_slips(report, counts);
	strbuf_addf(out, "\n\n| %s | %s | %s |\n| --- | --: | --: |\n", _("slip"), _("students"),
		    _("times"));
	for (size_t k = 0; k < n && k < MOST_SLIPS; k++)
		strbuf_addf(out, "| %s | %zu | %zu |\n", tr(counts[k].class->title),
			    counts[k].n_students, counts[k].n_times);
	strbuf_add_char(out, '\n');
	add_effort(report, out);
	report_add_signs(report, out);
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
	strbuf_add(out, "student,skill,state,tried,right,questions,tried_before_revealed,"
			"revealed,hints,slips,seconds,edited,parts,parts_right,rules,"
			"rules_right\n");
	for (size_t i = 0; i < report->n_students; i++)
		for (size_t k = 0; k < N_SKILLS; k++) {
			const struct tally *tally = &report->tallies[i][k];
			struct skill_report of_skill;
			struct strbuf name = {0};
			if (!look_at(&report->students[i], k, &of_skill))
				continue;
			report_name(report, i, &name);
			add_field(out, strbuf_str(&name));
			strbuf_addf(out, ",%s,%s,%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu,%zu,",
				    skill_table[k].name, states[of_skill.state], of_skill.n_tried,
				    of_skill.n_right, tally->n_questions, tally->n_tried_first,
				    tally->n_revealed, tally->n_hints, tally->n_slips,
				    tally->seconds, report->students[i].n_edited);
			strbuf_addf(out, "%zu,%zu,%zu,%zu\n", tally->n_parts, tally->n_parts_right,
				    tally->n_rules, tally->n_rules_right);
			strbuf_free(&name);
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
