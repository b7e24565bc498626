/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exam_line.c -- the lines of an exam, as rows. */
#include "backstep/command/exam_line.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"

static enum status show(struct exam_sitting *sitting, size_t n, struct error *err)
{
	if (n < 1 || n > sitting->exam->n_questions)
		return error_set(err, STATUS_BAD_INPUT, _("the questions are 1 to %zu"),
				 sitting->exam->n_questions);
	sitting->shown = n;
	exam_print_question(sitting->exam, n, &sitting->out);
	return STATUS_OK;
}

static enum status list(struct exam_sitting *sitting, const char *args, struct error *err)
{
	(void)args, (void)err;
	exam_print_given(sitting->exam, &sitting->out);
	for (size_t n = 1; n <= sitting->exam->n_questions; n++) {
		exam_print_line(sitting->exam, n, &sitting->out);
		strbuf_add_char(&sitting->out, '\n');
	}
	return STATUS_OK;
}

static enum status hand_in(struct exam_sitting *sitting, const char *args, struct error *err)
{
	struct strbuf line = {0};
	if (!*args) {
		error_set(err, STATUS_BAD_INPUT, _("which file?"));
		error_hint(err, _("for example: hand-in NAME.bsp"));
		return STATUS_BAD_INPUT;
	}
	enum status status = exam_hand_in(sitting->exam, args, err);
	if (status && !sitting->exam->is_handed_in)
		return status;
	strbuf_addf(&line, _("handed in: %s\n"), args);
	text_sanitize(&sitting->out, strbuf_str(&line), line.len);
	strbuf_free(&line);
	exam_print_result(sitting->exam, &sitting->out);
	sitting->is_over = true;
	return status;
}

static enum status quit(struct exam_sitting *sitting, const char *args, struct error *err)
{
	(void)args, (void)err;
	sitting->is_over = true;
	return STATUS_OK;
}

static void add_help(struct exam_sitting *sitting)
{
	strbuf_addf(&sitting->out, "%s\n",
		    _("3: 0.1948 answers question 3, 3 alone shows it, list shows all; hand-in "
		      "FILE ends the exam, quit leaves it."));
}

static enum status help(struct exam_sitting *sitting, const char *args, struct error *err)
{
	(void)args, (void)err;
	add_help(sitting);
	return STATUS_OK;
}

static const struct exam_word {
	const char *names; /* each between bars */
	enum status (*run)(struct exam_sitting *sitting, const char *args, struct error *err);
} words[] = {
    {"|list|lista|", list},
    {"|hand-in|entregar|", hand_in},
    {"|quit|q|exit|salir|", quit},
    {"|help|h|?|ayuda|", help},
};

static enum status run_word(struct exam_sitting *sitting, const char *line, struct error *err)
{
	char shown[TEXT_EXCERPT];
	size_t len = strcspn(line, " \t");
	struct strbuf key = {0};
	strbuf_addf(&key, "|%.*s|", (int)len, line);
	const struct exam_word *found = NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (len > 0 && !memchr(line, '|', len) && strstr(words[i].names, strbuf_str(&key)))
			found = &words[i];
	strbuf_free(&key);
	if (found)
		return found->run(sitting, line + len + strspn(line + len, " \t"), err);
	error_set(err, STATUS_BAD_INPUT, _("'%s' is nothing that an exam knows"),
		  text_excerpt(shown, line));
	error_hint(err, _("N: NUMBER answers question N; help says the rest"));
	return STATUS_BAD_INPUT;
}

static enum status answer(struct exam_sitting *sitting, size_t n, const char *text,
			  struct error *err)
{
	bool is_told = false;
	struct exam *exam = sitting->exam;
	enum status status = exam_answer(exam, n, text, &is_told, err);
	if (status == STATUS_BAD_INPUT)
		return status;
	sitting->shown = n;
	strbuf_addf(&sitting->out, "%zu: ", n);
	if (is_told)
		assess_tell(exam->questions[n - 1].a, &exam->tutor.session->style, &sitting->out);
	else
		strbuf_add(&sitting->out, _("noted."));
	strbuf_add_char(&sitting->out, '\n');
	return status;
}

/* Reads "3" or "3: 0.1948"; false: the line does not begin with a question's number. */
static bool read_number(const char *line, char number[8], const char **rest)
{
	size_t len = strspn(line, "0123456789");
	*rest = line + len + strspn(line + len, " \t");
	if (len == 0 || len > 7 || (**rest && **rest != ':'))
		return false;
	memcpy(number, line, len);
	number[len] = '\0';
	return true;
}

static enum status run(struct exam_sitting *sitting, const char *line, struct error *err)
{
	char number[8];
	size_t n;
	const char *rest;
	if (!read_number(line, number, &rest))
		return run_word(sitting, line, err);
	enum status status = number_parse_count(number, 1, 1000000, &n, err);
	if (status)
		return status;
	return *rest ? answer(sitting, n, rest + 1 + strspn(rest + 1, " \t"), err)
		     : show(sitting, n, err);
}

enum status exam_line_run(struct exam_sitting *sitting, const char *line, struct error *err)
{
	line += strspn(line, " \t\r\n");
	if (*line == '\0' || *line == '#')
		return STATUS_OK;
	char *trimmed = strdup(line);
	if (!trimmed)
		return error_no_memory(err);
	size_t len = strlen(trimmed);
	while (len > 0 && strchr(" \t\r\n", trimmed[len - 1]))
		trimmed[--len] = '\0';
	enum status status = run(sitting, trimmed, err);
	free(trimmed);
	return status;
}

void exam_line_begin(struct exam_sitting *sitting)
{
	struct exam *exam = sitting->exam;
	const struct lesson *lesson = exam->tutor.session->lesson;
	const char *code = exam->tutor.learner.code;
	strbuf_addf(&sitting->out, "%s: %s\n", lesson->id.text,
		    lesson->title.in[language_current()].text);
	strbuf_addf(&sitting->out, _("Exam of %zu questions"), exam->n_questions);
	if (*code) {
		strbuf_addf(&sitting->out, _(", with the numbers of "));
		text_sanitize(&sitting->out, code, strlen(code));
	}
	strbuf_add(&sitting->out, ".\n");
	if (exam->n_of_another > 0)
		strbuf_addf(&sitting->out,
			    _("The lesson has changed since %zu of the answers were given: look at "
			      "them again.\n"),
			    exam->n_of_another);
	if (exam->is_handed_in) {
		strbuf_addf(&sitting->out, "%s\n", _("It was handed in."));
		exam_print_result(exam, &sitting->out);
		return;
	}
	strbuf_addf(&sitting->out, "%s\n",
		    exam->tutor.rules.tells_later
			? _("Answers can be changed until the hand-in; then it is told which are "
			    "right.")
			: _("Each answer is judged at once."));
	add_help(sitting);
	list(sitting, "", NULL);
}
