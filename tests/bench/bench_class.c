/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_class.c -- how long the report of a class takes, reading and judging, by how many questions
 * have numbers in common: all students', one student's, none.
 * Usage: backstep-bench-class [STUDENTS [EVENTS]]
 * Prints "NUMBERS READ JUDGED", seconds of the processor. The files stay nowhere. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "backstep/base/random.h"
#include "backstep/base/text.h"
#include "backstep/session/address.h"
#include "backstep/session/renumber.h"
#include "backstep/teach/report.h"
#include "../../src/teach/assess_private.h"
#include "../../src/teach/tutor_private.h"

enum { N_QUESTIONS = 10, TRIES = 3, PATH = 64 };

/* Whose numbers an answer is about. */
enum numbers { NUMBERS_OF_LESSON, NUMBERS_OF_STUDENT, NUMBERS_OF_QUESTION, N_NUMBERS };

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A step of the update with a number, another one for each k. */
static uint64_t pick_step(const struct stepper *stepper, uint64_t k, enum skill *skill)
{
	struct arena *scratch = arena_new();
	uint64_t n_steps = stepper_n_steps(stepper), index = k * n_steps / N_QUESTIONS + 1;
	while (index < n_steps && (*skill = skill_of_step(stepper, index, scratch)) == SKILL_NONE)
		index++;
	arena_free(scratch);
	return index;
}

/* What somebody types: the right number, one near it, or that of a slip. */
static void type(const struct assessment *a, struct random *r, char text[32])
{
	size_t kind = random_below(r, 3);
	double value = a->board.question.value;
	if (kind == 1)
		value *= 0.5 + random_uniform(r);
	if (kind == 2 && a->slips.n_items > 0)
		value = a->slips.items[random_below(r, a->slips.n_items)].value;
	snprintf(text, 32, "%.4g", value);
}

/* Notes the answers to one question. */
static void answer(struct learner *learner, struct session *session, uint64_t k, struct random *r)
{
	enum skill skill = SKILL_NONE;
	struct assessment a;
	struct strbuf at = {0}, place = {0}, lesson = {0};
	stepper_end_pass(&session->stepper);
	uint64_t index = pick_step(&session->stepper, k, &skill);
	if (assess_open(&a, &session->stepper, index, false, NULL))
		return;
	address_print(session, index, ASK_STEP, &at);
	strbuf_add(&lesson, session->lesson->id.text);
	tutor_print_place(&a.board.question.step, &place);
	for (size_t try = 1; try <= TRIES; try++) {
		char text[32];
		type(&a, r, text);
		struct event event = {.kind = EVENT_ANSWER,
				      .time = 1796033647 + 20 * (int64_t)learner->n_events,
				      .lesson = lesson.data,
				      .place = place.data,
				      .typed = text,
				      .at = at.data,
				      .skill = skill,
				      .has_seed = session->has_fresh,
				      .seed = session->fresh,
				      .verdict = VERDICT_NONE,
				      .tries = try,
				      .seconds = 20};
		learner_note(learner, &event, NULL);
	}
	assess_close(&a);
	strbuf_free(&at);
	strbuf_free(&place);
	strbuf_free(&lesson);
}

static void write_student(struct session *session, enum numbers numbers, size_t student,
			  size_t n_events, const char *path)
{
	char code[32];
	struct random r;
	struct learner learner = {.code = code};
	snprintf(code, sizeof code, "student-%zu", student);
	random_stream(&r, student, "answers", 0);
	for (uint64_t k = 0; learner.n_events < n_events; k++) {
		size_t seed = student * n_events + (numbers == NUMBERS_OF_QUESTION ? k : 0);
		if (numbers != NUMBERS_OF_LESSON)
			session_renumber(session, seed, 0, NULL);
		answer(&learner, session, k % N_QUESTIONS, &r);
	}
	student_write(path, &learner, NULL, NULL);
	learner_forget(&learner);
}

static void name_file(const char *folder, size_t student, char path[2 * PATH])
{
	snprintf(path, 2 * PATH, "%s/%zu.bsp", folder, student);
}

static void measure(const char *folder, size_t n_students, const char *title)
{
	struct class_report report = {0};
	struct strbuf out = {0};
	char path[2 * PATH];
	double start = seconds();
	for (size_t i = 0; i < n_students; i++) {
		name_file(folder, i, path);
		report_add(&report, path, NULL);
	}
	double read = seconds();
	report_regrade(&report, NULL);
	report_print(&report, REPORT_TEXT, &out);
	printf("%-20s %8.3f %8.3f\n", title, read - start, seconds() - read);
	strbuf_free(&out);
	report_free(&report);
}

static int run(enum numbers numbers, size_t n_students, size_t n_events)
{
	static const char *const titles[] = {"the lesson's own", "a student's own",
					     "a question's own"};
	struct session *session;
	struct error_list errors = {0};
	char folder[PATH] = "/tmp/backstep-class-XXXXXX", path[2 * PATH];
	if (!mkdtemp(folder) || session_new(&session, NULL))
		return 1;
	bool failed = session_open(session, "sigmoid-2-2-2", &errors);
	for (size_t i = 0; !failed && i < n_students; i++) {
		name_file(folder, i, path);
		write_student(session, numbers, i, n_events, path);
	}
	session_free(session);
	error_list_free(&errors);
	if (!failed)
		measure(folder, n_students, titles[numbers]);
	for (size_t i = 0; i < n_students; i++) {
		name_file(folder, i, path);
		unlink(path);
	}
	rmdir(folder);
	return failed;
}

int main(int argc, char **argv)
{
	size_t n_students = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
	size_t n_events = argc > 2 ? strtoul(argv[2], NULL, 10) : 300;
	int failed = 0;
	text_locale_init();
	printf("%-20s %8s %8s\n", "numbers", "read", "judged");
	for (int numbers = 0; numbers < N_NUMBERS; numbers++)
		failed |= run((enum numbers)numbers, n_students, n_events);
	return failed;
}
