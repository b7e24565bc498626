/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exam_print.c -- an exam in words, for lines and for the full screen. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/teach/exam.h"
#include "backstep/trace/value.h"
#include "tutor_private.h"

enum { MOST_GIVEN = 60 };

static const struct formula_style *style_of(const struct exam *exam)
{
	return &exam->tutor.session->style;
}

static void add_typed(const struct exam_question *question, struct strbuf *out)
{
	if (question->typed)
		text_sanitize(out, question->typed, strlen(question->typed));
	else
		strbuf_add(out, "-");
}

void exam_print_question(struct exam *exam, size_t n, struct strbuf *out)
{
	const struct exam_question *question = &exam->questions[n - 1];
	exam->tutor.open = question->a;
	tutor_print_question(&exam->tutor, style_of(exam), out);
	strbuf_addf(out, "%s ", _("Your answer:"));
	add_typed(question, out);
	if (question->typed && !exam->tutor.rules.tells_later) {
		strbuf_add(out, ". ");
		assess_tell(question->a, style_of(exam), out);
	}
	strbuf_add_char(out, '\n');
}

void exam_print_line(const struct exam *exam, size_t n, struct strbuf *out)
{
	const struct exam_question *question = &exam->questions[n - 1];
	const struct step *step = &question->a->board.question.step;
	struct formula_style symbols = *style_of(exam);
	struct strbuf name = {0};
	symbols.numbers = false;
	formula_print(step->left, &symbols, &name);
	if (question->a->board.question.is_update)
		strbuf_add(&name, symbols.glyphs == GLYPHS_UNICODE ? "′" : "'");
	strbuf_addf(out, "%3zu  ", n);
	text_pad(out, strbuf_str(&name), 20);
	strbuf_add(out, "  ");
	strbuf_clear(&name);
	step_print_subject(step, step->param, &symbols, &name);
	text_pad(out, strbuf_str(&name), 34);
	strbuf_add(out, "  ");
	add_typed(question, out);
	strbuf_free(&name);
}

static bool is_asked(const struct exam *exam, uint64_t index)
{
	for (size_t i = 0; i < exam->n_questions; i++)
		if (exam->sheet[i] == index)
			return true;
	return false;
}

/* A number that the walk has before it is asked anything: data, parameters, the forward pass. */
static bool add_given(const struct exam *exam, const struct ref *ref, size_t n, struct strbuf *out)
{
	const struct stepper *stepper = &exam->tutor.session->stepper;
	const struct value value = value_get(stepper, ref);
	char name[REF_TEXT];
	bool is_given = ref->kind == REF_UNIT || ref->kind == REF_PARAM;
	if (!is_given || !value.known || (value.where && is_asked(exam, value.where)))
		return false;
	strbuf_addf(out, "%s %s = ", n == 0 ? _("Known:") : ",",
		    ref_print(stepper, ref, true, name));
	step_print_number(value.value, style_of(exam), out);
	return true;
}

void exam_print_given(const struct exam *exam, struct strbuf *out)
{
	struct stepper *stepper = &exam->tutor.session->stepper;
	struct ref ref;
	size_t n = 0, n_rows;
	stepper_rows(stepper, &n_rows);
	if (!tutor_hides(&exam->tutor) ||
	    stepper_go_index(stepper, walk_phase(stepper_walk(stepper), PHASE_LOSS), NULL))
		return;
	for (size_t i = 0; n < MOST_GIVEN && ref_nth(stepper, i, &ref); i++) {
		size_t columns = ref.kind == REF_UNIT && !ref.of.node->per_batch ? n_rows : 1;
		for (size_t column = 0; column < columns; column++, ref.of.e++)
			n += add_given(exam, &ref, n, out);
	}
	if (n > 0)
		strbuf_add(out, ".\n");
}

void exam_print_result(struct exam *exam, struct strbuf *out)
{
	size_t n = exam_grade(exam);
	for (size_t i = 0; i < exam->n_questions; i++) {
		const struct exam_question *question = &exam->questions[i];
		exam_print_line(exam, i + 1, out);
		strbuf_add(out, "\n     ");
		if (question->typed) {
			assess_tell(question->a, style_of(exam), out);
			strbuf_add_char(out, ' ');
		}
		if (!question->typed || !assess_is_right(question->a)) {
			strbuf_add(out, _("It is "));
			step_print_number(question->a->board.question.value, style_of(exam), out);
			strbuf_add(out, ".");
		}
		strbuf_add_char(out, '\n');
	}
	strbuf_addf(out, _("%zu of %zu right.\n"), n, exam->n_questions);
}
