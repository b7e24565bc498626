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
enum { MOST_STEPS = 500 };

/* What is being walked. */
struct tour {
	struct stepper *stepper;
	struct arena *arena;
	const char *lesson;
	size_t n_numbers, n_parts;
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
	assert_true(tour.n_numbers > 8000 && tour.n_parts > 20000);
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

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_number_of_every_lesson),
	    cmocka_unit_test(derivatives_without_a_step),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
