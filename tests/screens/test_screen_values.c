/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_screen_values.c -- the numbers that the screen shows of parameters are those of the
 * training: with every optimizer in every form, before, in and after a commit. What they must be
 * comes from the engine's trainer alone, which makes the same updates in a loop. */
#include "sitting.h"
#include "grid_print.h"

#include "backstep/view/view.h"

enum { ROWS = 50, COLUMNS = 140, N_UPDATES = 3, MAX_PARAMS = 16 };

/* What the training leads to, beside the sitting whose screen is looked at. */
struct stand {
	struct sitting sitting;
	struct grid grid;
	size_t n_params;
	double theta[N_UPDATES + 1][MAX_PARAMS]; /* before each update */
	size_t n_checked;
};

/* Trains a network of its own with the optimizer that is in force in the sitting. */
static void train_apart(struct stand *stand)
{
	const struct session *session = stand->sitting.session;
	struct lesson_model built;
	struct trainer trainer;
	struct error_list errors = {0};
	assert_int_equal(lesson_build(session->lesson, &built, &errors), STATUS_OK);
	assert_int_equal(trainer_init(&trainer, built.model, stepper_optimizer(&session->stepper),
				      &built.data, built.batch, NULL),
			 STATUS_OK);
	stand->n_params = built.model->graph.n_params;
	assert_in_range(stand->n_params, 1, MAX_PARAMS);
	for (size_t k = 0; k <= N_UPDATES; k++) {
		memcpy(stand->theta[k], trainer_theta(&trainer), stand->n_params * sizeof(double));
		trainer_commit(&trainer);
	}
	trainer_free(&trainer);
	lesson_model_free(&built);
}

/* A number as it is shown; more: its last digit's place, where it was cut there. */
struct shown {
	double value, more;
};

static double last_place(const char *from, const char *to)
{
	const char *point = memchr(from, '.', (size_t)(to - from));
	return point ? pow(10.0, -(double)(to - point - 1)) : 1.0;
}

/* The number at s, where blanks come first; NaN: there is none. *end is after it. */
static struct shown read_number(const char *s, const char **end)
{
	static const char minus[] = "−", cut[] = "~";
	s += strspn(s, " ~");
	bool negative = strncmp(s, minus, strlen(minus)) == 0;
	s += negative ? strlen(minus) : 0;
	char *after;
	double value = strtod(s, &after), more = 0.0;
	bool is_cut = after > s && strncmp(after, cut, strlen(cut)) == 0;
	if (is_cut)
		more = last_place(s, after);
	*end = after + (is_cut ? strlen(cut) : 0);
	if (after == s) /* the blank sign, as a rule */
		*end = s + strcspn(s, " ");
	return (struct shown){after == s ? NAN : negative ? -value : value, more};
}

static void check_number(const struct stand *stand, const char *line, struct shown shown,
			 double wanted)
{
	double got = shown.value;
	if (fabs(got - wanted) <= 1e-4 * fmax(fabs(wanted), 0.01) + shown.more)
		return;
	print_error("%s\n%s (%s), step %llu: %.9g instead of %.9g\n", line,
		    stepper_optimizer(&stand->sitting.session->stepper)->class->name,
		    optimizer_form(stepper_optimizer(&stand->sitting.session->stepper))->name,
		    (unsigned long long)stepper_number(&stand->sitting.session->stepper), got,
		    wanted);
	fail();
}

/* "w5 0.5 · · ·" in the table: the old number, and where they are known, the new one and how far it
 * is from the old; between them stand gradients. */
static void check_row(struct stand *stand, const char *line, const char *numbers, double old,
		      double next)
{
	struct shown columns[8];
	size_t n = 0;
	for (const char *at = numbers; n < 8 && at[strspn(at, " ")]; n++)
		columns[n] = read_number(at, &at);
	assert_in_range(n, 2, 7);
	check_number(stand, line, columns[0], old);
	if (!isnan(columns[n - 1].value)) {
		check_number(stand, line, columns[n - 1], next);
		check_number(stand, line, columns[n - 2], next - old);
	}
	stand->n_checked++;
}

/* Every place of a line where the parameter stands with a number: on an edge of the network it is
 * the one in force, after the bar it is a row of the table. */
static void check_line(struct stand *stand, const char *line, const char *name, double old,
		       double next)
{
	bool committed = stepper_at_commit(&stand->sitting.session->stepper);
	const char *bar = strrchr(line, '|'), *end;
	for (const char *at = line; (at = strstr(at, name)); at += strlen(name)) {
		const char *after = at + strlen(name);
		if (at > line && at[-1] != ' ' && at[-1] != '-')
			continue;
		if (*after != ' ')
			continue;
		if (bar && at > bar && at - bar < 4)
			check_row(stand, line, after, old, next);
		else if (!isnan(read_number(after, &end).value) && (!bar || at < bar))
			check_number(stand, line, read_number(after, &end), committed ? next : old);
	}
}

static void check_screen(struct stand *stand)
{
	struct session *session = stand->sitting.session;
	const struct model *model = session->built.model;
	size_t update = (size_t)stepper_updates(&session->stepper);
	struct view_state state = {0};
	struct strbuf text = {0};
	char name[LABEL_TEXT], *rest;
	assert_int_equal(session_refresh(session, NULL), STATUS_OK);
	view_draw(session, &state, &stand->grid);
	grid_print(&stand->grid, &text);
	strtok_r(text.data, "\n", &rest); /* where the walk is: w5 1/10 */
	strtok_r(NULL, "\n", &rest);
	for (char *line; (line = strtok_r(NULL, "\n", &rest));)
		for (size_t p = 0; p < stand->n_params; p++)
			check_line(stand, line, model_param_name(model, p, name),
				   stand->theta[update][p], stand->theta[update + 1][p]);
	strbuf_free(&text);
	view_state_free(&state);
}

/* Every step of some updates, of longer ones every eighth and those around each commit. */
static void check_walk(struct stand *stand)
{
	struct stepper *stepper = &stand->sitting.session->stepper;
	for (size_t update = 0; update < N_UPDATES; update++) {
		uint64_t n = stepper_n_steps(stepper);
		for (uint64_t index = 0; index <= n; index++) {
			if (n > 40 && index % 8 && index + 2 < n)
				continue;
			if (stepper_go_index(stepper, index, NULL))
				return; /* no longer finite */
			check_screen(stand);
		}
		stepper_leave_commit(stepper);
	}
}

static void check_lesson(const char *lesson)
{
	for (size_t k = 0; optimizer_registry[k]; k++) {
		const struct optimizer_class *class = optimizer_registry[k];
		for (size_t form = 0; form < class->n_forms; form++) {
			struct stand stand = {.n_checked = 0};
			char line[128];
			sitting_open(&stand.sitting, lesson);
			type_good(&stand.sitting, "set glyphs ascii");
			snprintf(line, sizeof line, "set optimizer %s", class->name);
			if (type(&stand.sitting, line) == STATUS_OK) {
				snprintf(line, sizeof line, "set rule %s", class->forms[form].name);
				type_good(&stand.sitting, line);
				assert_int_equal(grid_init(&stand.grid, ROWS, COLUMNS, true, NULL),
						 STATUS_OK);
				train_apart(&stand);
				check_walk(&stand);
				assert_true(stand.n_checked > 50);
				grid_free(&stand.grid);
			}
			sitting_end(&stand.sitting);
		}
	}
}

static void test_optimizer_tour(void **state)
{
	(void)state;
	check_lesson("optimizer-tour");
}

static void test_sigmoid(void **state)
{
	(void)state;
	check_lesson("sigmoid-2-2-2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_optimizer_tour),
	    cmocka_unit_test(test_sigmoid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
