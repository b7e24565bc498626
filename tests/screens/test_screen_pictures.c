/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_screen_pictures.c -- what holds of every picture, at every size, in every language and with
 * both sets of signs, on networks of every kind: it stays in its place, it is drawn in plain signs
 * where these are asked for, it tells no number that is being asked, drawing it again changes
 * nothing, and the walk does not notice. */
#include "check.h"
#include "grid_print.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/command/command.h"
#include "backstep/view/view.h"

enum { MOST_SLICES = 20000 };

static const char *const lessons[] = {"sigmoid-2-2-2", "softmax-cross-entropy",
				      "batch-normalisation", "graph-examples", "digits-784"};

static const struct {
	int rows, columns;
} sizes[] = {{10, 40}, {24, 80}, {43, 132}, {60, 200}};

/* Where each of the lessons is looked at: before, in the middle, at the end of an update. */
static const char *const places[] = {"restart", "goto loss", "goto backward", "next 2", "update"};

static const struct view_hint hints[] = {{"?", N_("keys"), HINT_WHERE_ROOM}};

struct stand {
	struct session *session;
	struct command_context context;
	struct view_state state;
	struct grid grid;
};

static void stand_open(struct stand *stand, const char *lesson)
{
	struct error_list errors = {0};
	*stand = (struct stand){.state = {.hints = hints, .n_hints = 1}};
	assert_int_equal(session_new(&stand->session, NULL), STATUS_OK);
	stand->context.session = stand->session;
	assert_int_equal(session_open(stand->session, lesson, &errors), STATUS_OK);
}

static void stand_close(struct stand *stand)
{
	view_state_free(&stand->state);
	command_context_free(&stand->context);
	session_free(stand->session);
}

/* Draws until nothing is left to be refined. */
static void draw_whole(struct stand *stand, struct strbuf *out)
{
	int slices = 0;
	do
		view_draw(stand->session, &stand->state, &stand->grid);
	while (stand->state.is_unfinished && ++slices < MOST_SLICES);
	assert_true(slices < MOST_SLICES);
	strbuf_clear(out);
	grid_print(&stand->grid, out);
	assert_false(out->failed);
}

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text > 0x7E)
			return false;
	return true;
}

/* The header and the keys are where they always are. */
static void check_frame(struct stand *stand)
{
	const char *name = "backstep";
	for (int k = 0; name[k]; k++)
		assert_int_equal(grid_at(&stand->grid, 0, 1 + k)->text[0], name[k]);
	assert_string_equal(grid_at(&stand->grid, stand->grid.rows - 1, 1)->text, "?");
}

static void check_drawing(struct stand *stand, int rows, int columns, bool ascii)
{
	struct strbuf once = {0}, again = {0};
	uint64_t number = stepper_number(&stand->session->stepper);
	double value = stand->session->has_step ? stand->session->step.value : 0.0;
	stand->session->style.glyphs = ascii ? GLYPHS_ASCII : GLYPHS_UNICODE;
	assert_int_equal(grid_init(&stand->grid, rows, columns, ascii, NULL), STATUS_OK);
	draw_whole(stand, &once);
	draw_whole(stand, &again);
	assert_string_equal(strbuf_str(&once), strbuf_str(&again));
	assert_true(!ascii || is_ascii(strbuf_str(&once)));
	check_frame(stand);
	assert_int_equal(stepper_number(&stand->session->stepper), number);
	assert_int_equal(session_refresh(stand->session, NULL), STATUS_OK);
	if (stand->session->has_step)
		assert_same_bits(stand->session->step.value, value);
	grid_free(&stand->grid);
	strbuf_free(&once);
	strbuf_free(&again);
}

/* The text form is there, or says why not, and the walk does not notice it either. */
static void check_text(struct stand *stand, const struct picture *picture)
{
	struct strbuf text = {0};
	uint64_t number = stepper_number(&stand->session->stepper);
	if (!picture->print)
		return;
	picture_print(picture, stand->session, &text);
	assert_false(text.failed);
	assert_true(text.len > 1 && text.data[text.len - 1] == '\n');
	assert_int_equal(stepper_number(&stand->session->stepper), number);
	strbuf_free(&text);
}

static void check_place(struct stand *stand)
{
	for (const struct picture *const *at = picture_registry; *at; at++) {
		stand->state.picture = *at;
		for (size_t k = 0; k < 4 * sizeof sizes / sizeof *sizes; k++) {
			stand->state.is_zoomed = k & 1;
			/* the row after the last one is brought into range */
			stand->state.is_choosing = (*at)->list && k & 4;
			stand->state.row = SIZE_MAX;
			check_drawing(stand, sizes[k / 4].rows, sizes[k / 4].columns, k & 2);
		}
		check_text(stand, *at);
	}
}

static void test_every_picture(void **state)
{
	struct stand stand;
	for (enum language language = 0; language < N_LANGUAGES; language++) {
		language_set(language);
		stand_open(&stand, *state);
		for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
			command_exec(&stand.context, places[k]);
			check_place(&stand);
		}
		stand_close(&stand);
	}
	language_set(LANGUAGE_EN);
}

static void check_result(struct stand *stand, int rows, int columns)
{
	struct strbuf screen = {0}, number = {0};
	assert_int_equal(grid_init(&stand->grid, rows, columns, false, NULL), STATUS_OK);
	view_draw(stand->session, &stand->state, &stand->grid);
	grid_print(&stand->grid, &screen);
	step_print_number(stand->session->step.value, &stand->session->style, &number);
	if (!strstr(strbuf_str(&screen), strbuf_str(&number))) {
		print_error("%s is not on the screen:\n%s\n", strbuf_str(&number),
			    strbuf_str(&screen));
		fail();
	}
	grid_free(&stand->grid);
	strbuf_free(&screen);
	strbuf_free(&number);
}

/* With no picture, and with some of every sort beside the network and alone. */
static void check_results(struct stand *stand, int rows, int columns)
{
	static const struct picture *const pictures[] = {&picture_network, &picture_table,
							 &picture_slope, &picture_steps};
	stand->state.picture = NULL;
	stand->state.is_zoomed = false;
	check_result(stand, rows, columns);
	for (size_t k = 0; k < sizeof pictures / sizeof *pictures; k++) {
		stand->state.picture = pictures[k];
		for (int zoomed = 0; zoomed < 2; zoomed++) {
			stand->state.is_zoomed = zoomed;
			check_result(stand, rows, columns);
		}
	}
}

/* The number of a step stands on the screen at every size, in every layout, in every view, however
 * long its equation is: the sum of 784 terms has a row for it. */
static void test_result_is_shown(void **state)
{
	static const char *const commands[] = {"next", "next 8", "goto backward", "next 2",
					       "goto update"};
	static const char *const layouts[] = {"set layout full", "set layout projector"};
	(void)state;
	for (size_t l = 0; l < sizeof lessons / sizeof *lessons; l++) {
		struct stand stand;
		stand_open(&stand, lessons[l]);
		for (size_t c = 0; c < sizeof commands / sizeof *commands; c++) {
			assert_int_equal(command_exec(&stand.context, commands[c]), STATUS_OK);
			for (size_t k = 0; k < 2 * sizeof sizes / sizeof *sizes; k++) {
				assert_int_equal(command_exec(&stand.context, layouts[k & 1]),
						 STATUS_OK);
				check_results(&stand, sizes[k / 2].rows, sizes[k / 2].columns);
			}
		}
		stand_close(&stand);
	}
}

/* What is asked is not to be read off a picture: 0.194809 is the slope, 0.734929 what it is of. */
static void test_pictures_keep_secrets(void **state)
{
	struct stand stand;
	struct strbuf text = {0};
	(void)state;
	stand_open(&stand, "sigmoid-2-2-2");
	assert_int_equal(command_exec(&stand.context, "goto w5"), STATUS_OK);
	assert_int_equal(command_exec(&stand.context, "predict slope"), STATUS_OK);
	assert_int_equal(command_exec(&stand.context, "next"), STATUS_OK);
	assert_int_not_equal(stand.session->stepper.asked, 0);
	for (const struct picture *const *at = picture_registry; *at; at++)
		if ((*at)->print)
			picture_print(*at, stand.session, &text);
	assert_null(strstr(strbuf_str(&text), "0.194809"));
	strbuf_free(&text);
	stand_close(&stand);
}

/* A plane that is computed in slices is the one that is computed at once. */
static void test_slices_are_the_whole(void **state)
{
	struct stand stand;
	struct strbuf sliced = {0}, again = {0};
	(void)state;
	stand_open(&stand, "early-stopping");
	stand.state.picture = &picture_plane;
	stand.state.is_zoomed = true;
	assert_int_equal(grid_init(&stand.grid, 60, 200, false, NULL), STATUS_OK);
	view_draw(stand.session, &stand.state, &stand.grid);
	assert_true(stand.state.is_unfinished);
	draw_whole(&stand, &sliced);
	draw_whole(&stand, &again);
	assert_string_equal(strbuf_str(&sliced), strbuf_str(&again));
	grid_free(&stand.grid);
	strbuf_free(&sliced);
	strbuf_free(&again);
	stand_close(&stand);
}

int main(void)
{
	struct CMUnitTest tests[sizeof lessons / sizeof *lessons + 3] = {
	    cmocka_unit_test(test_result_is_shown),
	    cmocka_unit_test(test_pictures_keep_secrets),
	    cmocka_unit_test(test_slices_are_the_whole),
	};
	text_locale_init();
	for (size_t k = 0; k < sizeof lessons / sizeof *lessons; k++)
		tests[3 + k] = (struct CMUnitTest){lessons[k], test_every_picture, NULL, NULL,
						   (void *)(uintptr_t)lessons[k]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
