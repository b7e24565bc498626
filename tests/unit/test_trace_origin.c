/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_trace_origin.c -- where numbers come from: of every number of every shipped lesson the parts
 * give the value again, and each part was given or is a number of a step before it, so that every
 * way ends in given numbers. */
#include "sitting.h"

#include <math.h>
#include <stdio.h>

#include "backstep/lesson/lesson_find.h"
#include "backstep/trace/origin.h"
#include "backstep/trace/replay.h"

/* Of an update with more steps so many are looked at, spread evenly. */
enum { MOST_STEPS = 500, MOST_NAMES = 200 };

/* What is being walked. */
struct tour {
	struct stepper *stepper;
	struct arena *arena;
	const char *lesson;
	size_t n_numbers, n_parts, n_names;
	size_t seen[4]; /* how many of each */
};

static void fail_number(const struct tour *tour, const struct ref *ref, const char *what)
{
	char name[REF_TEXT];
	fail_msg("%s, update %llu: %s %s", tour->lesson,
		 (unsigned long long)stepper_updates(tour->stepper) + 1,
		 ref_print(tour->stepper, ref, true, name), what);
}

static void fail_part(const struct tour *tour, const struct ref *of, const struct origin_part *part,
		      const char *what)
{
	static const struct formula_style style = {.glyphs = GLYPHS_ASCII, .digits = 9};
	struct strbuf text = {0};
	formula_print(part->leaf, &style, &text);
	strbuf_addf(&text, " in it (kind %d): %s", part->ref.kind, what);
	fail_number(tour, of, strbuf_str(&text));
}

/* A number is the same as the origin's, but for the rounding of sums in another order. */
static bool is_same(double a, double b, double size)
{
	return fabs(a - b) <= 1e-12 * fmax(size, fabs(b));
}

static void check_parts(struct tour *tour, const struct ref *ref, const struct origin *origin,
			uint64_t before);

/* A part is known before the step that reads it, and has the number that stands there. */
static void check_part(struct tour *tour, const struct ref *of, const struct origin_part *part,
		       uint64_t before)
{
	struct origin own;
	tour->n_parts++;
	if (!part->has_ref) {
		if (!part->leaf->is_setting)
			fail_part(tour, of, part, "is called by no name");
		return;
	}
	assert_int_equal(origin_make(tour->stepper, &part->ref, tour->arena, &own, NULL), 0);
	tour->seen[own.kind]++;
	if (own.kind == ORIGIN_STEP && own.index >= before)
		fail_part(tour, of, part, "comes after it");
	if (own.kind == ORIGIN_FORMULA)
		check_parts(tour, &part->ref, &own, before);
	if (!is_same(own.value, part->leaf->value, 0.0))
		fail_part(tour, of, part, "is another number in its origin");
}

static void check_parts(struct tour *tour, const struct ref *ref, const struct origin *origin,
			uint64_t before)
{
	double size, value = formula_eval_sized(origin->rule, &size);
	tour->n_numbers++;
	if (!is_same(value, origin->value, size))
		fail_number(tour, ref, "is not what its parts give");
	for (size_t k = 0; k < origin->n_parts; k++)
		check_part(tour, ref, &origin->parts[k], before);
}

/* The number of the step by its name, if it has one, and its way back. */
static void check_step(struct tour *tour, uint64_t index)
{
	struct step step;
	struct ref ref;
	struct origin origin;
	struct stepper *stepper = tour->stepper;
	arena_reset(tour->arena);
	assert_int_equal(stepper_at(stepper, index, tour->arena, &step, NULL), STATUS_OK);
	if (replay_step_ref(stepper, &step, &ref))
		return;
	assert_int_equal(origin_make(stepper, &ref, tour->arena, &origin, NULL), STATUS_OK);
	if (origin.kind != ORIGIN_STEP)
		fail_number(tour, &ref, "is not found by its step");
	assert_true(origin.value == step.value);
	check_parts(tour, &ref, &origin, origin.index);
}

static void check_update(struct tour *tour)
{
	uint64_t n = stepper_n_steps(tour->stepper), stride = 1 + n / MOST_STEPS;
	for (uint64_t index = 1; index < n; index += stride)
		check_step(tour, index);
}

/* What the first update begins with was given; later ones begin with what the one before left. */
static void check_start(struct tour *tour, bool is_first)
{
	const struct model *model = stepper_model(tour->stepper);
	for (size_t param = 0; param < model->graph.n_params; param++) {
		struct ref ref = ref_param(REF_PARAM, param);
		struct origin origin;
		arena_reset(tour->arena);
		assert_int_equal(origin_make(tour->stepper, &ref, tour->arena, &origin, NULL), 0);
		bool is_left = !is_first && stepper_fate(tour->stepper, param) != FATE_NOT_TRAINED;
		assert_int_equal(origin.kind, is_left ? ORIGIN_EARLIER : ORIGIN_GIVEN);
		assert_same_bits(origin.value, stepper_theta(tour->stepper)[param]);
	}
}

/* Every number that has a name of its own, those too that no step is about. */
static void check_names(struct tour *tour)
{
	struct stepper *stepper = tour->stepper;
	struct ref ref;
	size_t n = 0;
	while (ref_nth(stepper, n, &ref))
		n++;
	stepper->index = stepper_n_steps(stepper) - 1;
	for (size_t i = 0; i < n; i += 1 + n / MOST_NAMES) {
		struct origin origin;
		ref_nth(stepper, i, &ref);
		arena_reset(tour->arena);
		const struct value value = value_get(stepper, &ref);
		assert_int_equal(origin_make(stepper, &ref, tour->arena, &origin, NULL), 0);
		tour->n_names++;
		if (value.known && !is_same(origin.value, value.value, 0.0))
			fail_number(tour, &ref, "has another origin's number");
		if (origin.kind == ORIGIN_FORMULA)
			check_parts(tour, &ref, &origin, UINT64_MAX);
	}
	stepper->index = 0;
}

static void check_lesson(struct tour *tour, const char *lesson)
{
	struct sitting sitting;
	sitting_open(&sitting, lesson);
	tour->stepper = &sitting.session->stepper;
	tour->lesson = lesson;
	for (int update = 0; update < 2; update++) {
		stepper_end_pass(tour->stepper);
		check_start(tour, update == 0);
		check_update(tour);
		check_names(tour);
		type_good(&sitting, "update");
		type_good(&sitting, "next");
	}
	sitting_end(&sitting);
}

static void every_number_of_every_lesson(void **state)
{
	struct lesson_list lessons;
	struct tour tour = {.arena = arena_new()};
	(void)state;
	text_locale_init();
	assert_int_equal(lesson_list_read(&lessons, NULL), STATUS_OK);
	for (size_t i = 0; i < lessons.n_items; i++)
		check_lesson(&tour, lessons.items[i].id);
	assert_true(tour.n_numbers > 18000 && tour.n_parts > 50000 && tour.n_names > 7000);
	assert_true(tour.seen[ORIGIN_STEP] > 0 && tour.seen[ORIGIN_EARLIER] > 0 &&
		    tour.seen[ORIGIN_GIVEN] > 0);
	lesson_list_free(&lessons);
	check_lesson(&tour, BACKSTEP_SOURCE_DIR "/tests/published/sum-times.yaml");
	check_lesson(&tour, BACKSTEP_SOURCE_DIR "/tests/support/straight.yaml");
	arena_free(tour.arena);
}

/* Derivatives that no step is about: over all paths, of a unit, a local one where no chain is
 * walked. */
static void derivatives_without_a_step(void **state)
{
	static const char *const names[] = {"dE/dsum_y1", "dE/dn1",  "dE1/dw1", "dE1/dn1",
					    "dy1/dw1",    "dy1/dn1", "dy1/dx1", "dy1/dsum_y1"};
	struct tour tour = {.arena = arena_new(), .lesson = "sigmoid-2-2-2"};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, tour.lesson);
	tour.stepper = &sitting.session->stepper;
	for (int deltas = 0; deltas < 2; deltas++) {
		type_good(&sitting, deltas ? "set chain deltas" : "set chain paths");
		for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
			struct origin origin;
			struct ref ref;
			arena_reset(tour.arena);
			assert_int_equal(ref_parse(tour.stepper, NULL, names[k], &ref, NULL), 0);
			assert_int_equal(origin_make(tour.stepper, &ref, tour.arena, &origin, NULL),
					 0);
			tour.seen[origin.kind]++;
			check_parts(&tour, &ref, &origin, UINT64_MAX);
		}
	}
	assert_true(tour.seen[ORIGIN_FORMULA] >= 10);
	sitting_end(&sitting);
	arena_free(tour.arena);
}

enum { MOST_PAGES = 4000 };

/* The pages that `from` showed, by the commands that led to them. */
struct pages {
	char commands[MOST_PAGES][REF_TEXT];
	size_t n;
};

static void add_page(struct pages *pages, const char *command)
{
	for (size_t k = 0; k < pages->n; k++)
		if (strcmp(pages->commands[k], command) == 0)
			return;
	assert_true(pages->n < MOST_PAGES);
	snprintf(pages->commands[pages->n++], REF_TEXT, "%s", command);
}

/* The step that a command leads to; of a name that no step is about 0. */
static unsigned long step_of(const char *command)
{
	return strtoul(command + strlen("from "), NULL, 10);
}

/* Whoever goes on from every number on every page comes to given numbers alone: each step that a
 * page leads to is an earlier one, over updates too. */
static void every_path_ends_in_given_numbers(void **state)
{
	static const char *const lessons[][2] = {{"sigmoid-2-2-2", "from E"},
						 {"xor-relu-learn", "from J"},
						 {"rmsprop-and-adam", "from w1"},
						 {"lstm-cell", "from E"},
						 {"convolution", "from E"}};
	static struct pages pages;
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct sitting sitting;
		size_t n_ends = 0;
		sitting_open(&sitting, lessons[i][0]);
		sitting.context.reports_steps = false;
		type_good(&sitting, "update 3");
		pages.n = 0;
		add_page(&pages, lessons[i][1]);
		for (size_t at = 0; at < pages.n; at++) {
			const unsigned long from = step_of(pages.commands[at]);
			const struct command_context *context = &sitting.context;
			type_good(&sitting, pages.commands[at]);
			n_ends += context->n_links == 0;
			for (size_t k = 0; k < context->n_links; k++) {
				const unsigned long to = step_of(context->links[k].command);
				if (from && to >= from)
					fail_msg("%s: step %lu leads to %lu", lessons[i][0], from,
						 to);
				add_page(&pages, context->links[k].command);
			}
		}
		if (pages.n < 20 || n_ends == 0)
			fail_msg("%s: %zu pages, %zu ends", lessons[i][0], pages.n, n_ends);
		sitting_end(&sitting);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_number_of_every_lesson),
	    cmocka_unit_test(derivatives_without_a_step),
	    cmocka_unit_test(every_path_ends_in_given_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
