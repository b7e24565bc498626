/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_screens.c -- what the full screen shows, cell by cell.
 *
 * Each row of goldens is a position in a lesson; its screen stands in tests/screens/NAME.txt: the
 * text of each line and, below it, the line's attributes (grid_print_styled). With
 * BACKSTEP_UPDATE_GOLDEN=1 the files are written anew: look at them before they are committed. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/command/command.h"
#include "backstep/engine/layer_dense.h"
#include "backstep/view/view.h"

enum { MAX_COMMANDS = 3 };

/* Commands lead to the position. */
static const struct golden {
	const char *name, *lesson;
	const char *commands[MAX_COMMANDS];
	int rows, columns;
	enum language language;
	bool ascii;
	const char *message;
} goldens[] = {
    {"222-start-80x24-en", "sigmoid-2-2-2", {0}, 24, 80, LANGUAGE_EN, false, NULL},
    {"222-start-80x24-es", "sigmoid-2-2-2", {0}, 24, 80, LANGUAGE_ES, false, NULL},
    {"222-start-140x45-en", "sigmoid-2-2-2", {0}, 45, 140, LANGUAGE_EN, false, NULL},
    {"222-forward-80x24-en", "sigmoid-2-2-2", {"next 3"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"222-forward-140x45-es", "sigmoid-2-2-2", {"next 3"}, 45, 140, LANGUAGE_ES, false, NULL},
    {"222-loss-80x24-es", "sigmoid-2-2-2", {"goto E"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"222-loss-140x45-en", "sigmoid-2-2-2", {"goto E1"}, 45, 140, LANGUAGE_EN, false, NULL},
    {"222-w5-80x24-en", "sigmoid-2-2-2", {"goto w5", "next"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"222-w5-80x24-es", "sigmoid-2-2-2", {"goto w5", "next"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"222-w5-80x24-en-ascii",
     "sigmoid-2-2-2",
     {"goto w5", "next"},
     24,
     80,
     LANGUAGE_EN,
     true,
     NULL},
    {"222-w5-140x45-es-ascii",
     "sigmoid-2-2-2",
     {"goto w5", "next"},
     45,
     140,
     LANGUAGE_ES,
     true,
     NULL},
    {"222-w6-reused-80x24-en", "sigmoid-2-2-2", {"goto w6"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"222-w1-80x24-en", "sigmoid-2-2-2", {"goto w1", "next 8"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"222-w1-80x24-es", "sigmoid-2-2-2", {"goto w1", "next 8"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"222-w1-140x45-en", "sigmoid-2-2-2", {"goto w1", "next 8"}, 45, 140, LANGUAGE_EN, false, NULL},
    {"222-w1-60x20-es", "sigmoid-2-2-2", {"goto w1", "next 8"}, 20, 60, LANGUAGE_ES, false, NULL},
    {"222-w1-40x10-en", "sigmoid-2-2-2", {"goto w1", "next 8"}, 10, 40, LANGUAGE_EN, false, NULL},
    {"222-w1-39x9-es", "sigmoid-2-2-2", {"goto w1", "next 8"}, 9, 39, LANGUAGE_ES, false, NULL},
    {"222-w1-product-80x24-es",
     "sigmoid-2-2-2",
     {"goto w1", "next 11"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"222-w1-gradient-80x24-en",
     "sigmoid-2-2-2",
     {"goto w1", "next 12"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"222-b1-140x45-es", "sigmoid-2-2-2", {"goto B1", "chain"}, 45, 140, LANGUAGE_ES, false, NULL},
    {"222-delta-80x24-en",
     "sigmoid-2-2-2",
     {"set chain deltas", "goto backward", "next 5"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"222-figure-80x24-en", "sigmoid-2-2-2", {"goto update"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"222-figure-80x24-es-ascii", "sigmoid-2-2-2", {"goto E2"}, 24, 80, LANGUAGE_ES, true, NULL},
    {"222-figure-40x10-en", "sigmoid-2-2-2", {"goto update"}, 10, 40, LANGUAGE_EN, false, NULL},
    {"222-rounding-80x24-es",
     "sigmoid-2-2-2",
     {"set rounding 2", "goto y1"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"222-rounding-140x45-en",
     "sigmoid-2-2-2",
     {"set rounding 2 cut", "goto update"},
     45,
     140,
     LANGUAGE_EN,
     false,
     NULL},
    {"222-update-80x24-es",
     "sigmoid-2-2-2",
     {"goto update", "next 4"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"222-stage-80x24-es",
     "sigmoid-2-2-2",
     {"set l2 0.01", "set clip-norm 1", "goto g_w6"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"222-stage-unit-80x24-en-ascii",
     "sigmoid-2-2-2",
     {"set max-norm 0.75", "goto norm_sum_y1"},
     24,
     80,
     LANGUAGE_EN,
     true,
     NULL},
    {"222-update-80x24-es-ascii",
     "sigmoid-2-2-2",
     {"goto update", "next 4"},
     24,
     80,
     LANGUAGE_ES,
     true,
     NULL},
    {"222-commit-80x24-en", "sigmoid-2-2-2", {"update"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"222-commit-140x45-es", "sigmoid-2-2-2", {"update"}, 45, 140, LANGUAGE_ES, false, NULL},
    {"222-message-80x24-es",
     "sigmoid-2-2-2",
     {"next"},
     24,
     80,
     LANGUAGE_ES,
     false,
     "error: no existe el ajuste 'ratio'; ¿quizá 'rate'?"},
    {"222-message-40x10-en",
     "sigmoid-2-2-2",
     {"goto w5"},
     10,
     40,
     LANGUAGE_EN,
     false,
     "there is no setting 'ratio'"},
    {"222-digits-80x24-en",
     "sigmoid-2-2-2",
     {"set digits 9", "goto w5", "chain"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    /* the total stands between two terms that have a row each for their targets */
    {"paths-total-80x24-en", "sum-over-paths", {"goto E"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"missing-80x24-en",
     BACKSTEP_SOURCE_DIR "/tests/screens/missing.yaml",
     {"next 3"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"graph-start-80x24-es", "sigmoid-neuron-graph", {0}, 24, 80, LANGUAGE_ES, false, NULL},
    {"graph-w0-80x24-en",
     "sigmoid-neuron-graph",
     {"goto w0", "next 3"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"graph-x0-80x24-es", "sigmoid-neuron-graph", {"goto x0"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"graph-deltas-140x45-en",
     "sigmoid-neuron-graph",
     {"set chain deltas", "goto backward", "next 3"},
     45,
     140,
     LANGUAGE_EN,
     false,
     NULL},
    {"graph-svm-140x45-es",
     "svm-and-softmax",
     {"goto Wa1", "next 3"},
     45,
     140,
     LANGUAGE_ES,
     false,
     NULL},
    {"graph-v1-80x24-en-ascii",
     "graph-examples",
     {"goto v1", "next 6"},
     24,
     80,
     LANGUAGE_EN,
     true,
     NULL},
    {"graph-v1-40x10-es", "graph-examples", {"goto v1"}, 10, 40, LANGUAGE_ES, false, NULL},
    {"xor-start-80x24-es", "xor-relu", {0}, 24, 80, LANGUAGE_ES, false, NULL},
    {"xor-forward-80x24-en", "xor-relu", {"next 10"}, 24, 80, LANGUAGE_EN, false, NULL},
    {"xor-kink-80x24-es", "xor-relu", {"goto c2", "next 8"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"xor-kink-140x45-en", "xor-relu", {"goto c2", "next 8"}, 45, 140, LANGUAGE_EN, false, NULL},
    {"xor-loss-80x24-en-ascii",
     "xor-relu",
     {"goto backward", "back"},
     24,
     80,
     LANGUAGE_EN,
     true,
     NULL},
    {"xor-commit-80x24-es", "xor-relu", {"update"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"xor-learn-factor-80x24-en",
     "xor-relu-learn",
     {"goto W11", "next 6"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"xor-learn-batch-140x45-es",
     "xor-relu-learn",
     {"goto W11", "chain"},
     45,
     140,
     LANGUAGE_ES,
     false,
     NULL},
    {"xor-learn-update-80x24-es",
     "xor-relu-learn",
     {"goto update", "next 3"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"residual-w1-80x24-es",
     "residual-block",
     {"goto w1", "next 9"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"residual-sum-80x24-en-ascii", "residual-block", {"goto y"}, 24, 80, LANGUAGE_EN, true, NULL},
    {"dropout-140x45-es", "dropout", {"goto d2"}, 45, 140, LANGUAGE_ES, false, NULL},
    {"dropout-80x24-en-ascii", "dropout", {"goto y"}, 24, 80, LANGUAGE_EN, true, NULL},
    {"batch-normalisation-80x24-en",
     "batch-normalisation",
     {"goto var_z"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"batch-normalisation-delta-140x45-es",
     "batch-normalisation",
     {"goto backward", "next 12"},
     45,
     140,
     LANGUAGE_ES,
     false,
     NULL},
    {"batch-normalisation-carry-80x24-es",
     "batch-normalisation",
     {"goto run_var_z"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"xor-learn-infinite-80x24-en",
     "xor-relu-learn",
     {"set rate 1000000", "update 100"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"digits-factor-80x24-en",
     "digits-784",
     {"goto W_h[100,406]", "next 2"},
     24,
     80,
     LANGUAGE_EN,
     false,
     NULL},
    {"spirals-batch-80x24-es", "spirals", {"goto W_h[3,1]"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"or-start-80x24-en", "or-perceptron", {0}, 24, 80, LANGUAGE_EN, false, NULL},
    {"or-forward-80x24-es",
     "or-perceptron",
     {"update", "next 2"},
     24,
     80,
     LANGUAGE_ES,
     false,
     NULL},
    {"or-loss-140x45-en", "or-perceptron", {"update", "next 3"}, 45, 140, LANGUAGE_EN, false, NULL},
    {"or-update-80x24-es", "or-perceptron", {"update", "next 5"}, 24, 80, LANGUAGE_ES, false, NULL},
    {"or-update-80x24-en-ascii",
     "or-perceptron",
     {"update", "next 5"},
     24,
     80,
     LANGUAGE_EN,
     true,
     NULL},
    {"or-commit-140x45-es", "or-perceptron", {"update 2"}, 45, 140, LANGUAGE_ES, false, NULL},
};

enum { N_GOLDENS = sizeof goldens / sizeof *goldens };

/* The keys are the front end's; these stand for them. */
static const struct view_hint hints[] = {
    {"→", N_("next factor")}, {"←", N_("back")}, {":", N_("command")},
    {"?", N_("keys")},        {"q", N_("quit")},
};

/* A sitting and the screen it is drawn on. */
struct stage {
	struct session *session;
	struct command_context context;
	struct view_state state;
	struct grid grid;
};

static void stage_open(struct stage *stage, const char *lesson, int rows, int columns, bool ascii)
{
	struct error_list errors = {0};
	*stage = (struct stage){.state = {.hints = hints, .n_hints = sizeof hints / sizeof *hints}};
	assert_int_equal(session_new(&stage->session, NULL), STATUS_OK);
	stage->context.session = stage->session;
	if (ascii)
		stage->session->style.glyphs = GLYPHS_ASCII;
	if (lesson)
		assert_int_equal(session_open(stage->session, lesson, &errors), STATUS_OK);
	assert_int_equal(grid_init(&stage->grid, rows, columns, ascii, NULL), STATUS_OK);
}

static void stage_close(struct stage *stage)
{
	grid_free(&stage->grid);
	command_context_free(&stage->context);
	session_free(stage->session);
}

static void stage_resize(struct stage *stage, int rows, int columns)
{
	bool ascii = stage->grid.ascii;
	grid_free(&stage->grid);
	assert_int_equal(grid_init(&stage->grid, rows, columns, ascii, NULL), STATUS_OK);
}

static void stage_draw(struct stage *stage, struct strbuf *out)
{
	view_draw(stage->session, &stage->state, &stage->grid);
	strbuf_clear(out);
	grid_print(&stage->grid, out);
	assert_false(out->failed);
}

static bool shows(const struct strbuf *screen, const char *text)
{
	return strstr(strbuf_str(screen), text) != NULL;
}

/* Reads the whole file; the caller frees. NULL where it cannot be read. */
static char *read_all(const char *path)
{
	FILE *file = fopen(path, "r");
	struct strbuf text = {0};
	int c;
	if (!file)
		return NULL;
	while ((c = getc(file)) != EOF)
		strbuf_add_char(&text, (char)c);
	fclose(file);
	return text.data ? text.data : strdup("");
}

/* Compares with the golden file, or writes it. */
static void check_golden(const char *name, const struct grid *grid)
{
	struct strbuf path = {0}, got = {0};
	char *wanted;
	strbuf_addf(&path, "%s/tests/screens/%s.txt", BACKSTEP_SOURCE_DIR, name);
	grid_print_styled(grid, &got);
	if (getenv("BACKSTEP_UPDATE_GOLDEN")) {
		FILE *file = fopen(strbuf_str(&path), "w");
		assert_non_null(file);
		fputs(strbuf_str(&got), file);
		assert_int_equal(fclose(file), 0);
	}
	wanted = read_all(strbuf_str(&path));
	if (!wanted)
		fail_msg("%s cannot be read", strbuf_str(&path));
	if (strcmp(strbuf_str(&got), wanted) != 0)
		print_error("%s is now:\n%s", strbuf_str(&path), strbuf_str(&got));
	assert_true(strcmp(strbuf_str(&got), wanted) == 0);
	free(wanted);
	strbuf_free(&got);
	strbuf_free(&path);
}

static void test_golden(void **state)
{
	const struct golden *golden = *state;
	struct stage stage;
	language_set(golden->language);
	stage_open(&stage, golden->lesson, golden->rows, golden->columns, golden->ascii);
	stage.state.message = golden->message;
	stage.state.is_error = golden->message != NULL;
	for (size_t i = 0; i < MAX_COMMANDS && golden->commands[i]; i++) {
		enum status status = command_exec(&stage.context, golden->commands[i]);
		assert_true(status == STATUS_OK || status == STATUS_NUMERIC);
	}
	view_draw(stage.session, &stage.state, &stage.grid);
	check_golden(golden->name, &stage.grid);
	stage_close(&stage);
	language_set(LANGUAGE_EN);
}

static void test_choice(void **state)
{
	struct lesson_item items[] = {
	    {"or-perceptron", "", {"A perceptron learns", "Un perceptrón aprende"}},
	    {"sigmoid-2-2-2", "", {"Step by step", "Paso a paso"}},
	};
	struct stage stage;
	(void)state;
	stage_open(&stage, NULL, 24, 80, false);
	stage.state.lessons = items;
	stage.state.n_lessons = 2;
	stage.state.chosen = 1;
	view_draw(stage.session, &stage.state, &stage.grid);
	check_golden("choice-80x24-en", &stage.grid);
	stage_close(&stage);
}

/* The pager brings its first line into range and shows every line of the text. */
static void test_pager(void **state)
{
	struct stage stage;
	struct strbuf text = {0}, screen = {0};
	(void)state;
	for (int i = 1; i <= 50; i++)
		strbuf_addf(&text, "line %d\n", i);
	stage_open(&stage, "xor-relu", 24, 80, false);
	stage.state.pager = strbuf_str(&text);
	stage.state.pager_line = 1000;
	view_draw(stage.session, &stage.state, &stage.grid);
	check_golden("pager-80x24-en", &stage.grid);
	assert_int_equal(stage.state.pager_line, 30);
	stage.state.pager_line = 0;
	stage_draw(&stage, &screen);
	assert_true(shows(&screen, "line 1\n"));
	assert_false(shows(&screen, "line 21\n"));
	strbuf_free(&text);
	strbuf_free(&screen);
	stage_close(&stage);
}

static const char *const lessons[] = {"sigmoid-2-2-2", "xor-relu", "xor-relu-learn",
				      "or-perceptron"};

static const struct {
	int rows, columns;
} sizes[] = {{1, 1},   {1, 200}, {200, 1}, {2, 2},    {7, 80},  {24, 39},
	     {10, 40}, {23, 79}, {24, 80}, {11, 128}, {45, 140}};

/* Draws at every size, and again: the same comes out, and the sitting is as it was. */
static void draw_sizes(struct stage *stage)
{
	struct strbuf once = {0}, again = {0};
	uint64_t number = stepper_number(&stage->session->stepper);
	double value = stage->session->has_step ? stage->session->step.value : 0.0;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		stage_resize(stage, sizes[s].rows, sizes[s].columns);
		stage_draw(stage, &once);
		stage_draw(stage, &again);
		assert_string_equal(strbuf_str(&once), strbuf_str(&again));
	}
	assert_int_equal(stepper_number(&stage->session->stepper), number);
	assert_int_equal(session_refresh(stage->session, NULL), STATUS_OK);
	if (stage->session->has_step)
		assert_same_bits(stage->session->step.value, value);
	strbuf_free(&once);
	strbuf_free(&again);
}

static void test_every_size(void **state)
{
	const char *lesson = *state;
	struct stage stage;
	stage_open(&stage, lesson, 24, 80, false);
	draw_sizes(&stage);
	do {
		assert_int_equal(command_exec(&stage.context, "next"), STATUS_OK);
		draw_sizes(&stage);
	} while (!stepper_at_commit(&stage.session->stepper));
	stage_close(&stage);
}

/* Panes do not jump: the rules of the screen stay in their rows from step to step. The number of
 * what stands on them may change. */
static void test_nothing_jumps(void **state)
{
	const char *lesson = *state;
	struct stage stage;
	bool is_rule[24] = {0};
	for (enum language language = 0; language < N_LANGUAGES; language++) {
		language_set(language);
		stage_open(&stage, lesson, 24, 80, false);
		for (bool first = true; first || !stepper_at_commit(&stage.session->stepper);
		     first = false) {
			assert_int_equal(command_exec(&stage.context, "next"), STATUS_OK);
			view_draw(stage.session, &stage.state, &stage.grid);
			for (int row = 0; row < 24; row++) {
				bool rule = strcmp(grid_at(&stage.grid, row, 79)->text, "─") == 0;
				if (first)
					is_rule[row] = rule;
				assert_int_equal(rule, is_rule[row]);
			}
		}
		stage_close(&stage);
	}
	language_set(LANGUAGE_EN);
}

/* Both languages fit in 80 columns: the phases that have steps, and the step, are on the screen. */
static void test_languages_fit(void **state)
{
	const char *lesson = *state;
	struct stage stage;
	struct strbuf screen = {0};
	for (enum language language = 0; language < N_LANGUAGES; language++) {
		language_set(language);
		stage_open(&stage, lesson, 24, 80, false);
		do {
			assert_int_equal(command_exec(&stage.context, "next"), STATUS_OK);
			stage_draw(&stage, &screen);
			const struct stepper *stepper = &stage.session->stepper;
			for (enum phase phase = 0; phase < N_PHASES; phase++)
				if (place_phase_steps(&stepper->plan, stepper->trainer.n_examples,
						      phase))
					assert_true(shows(&screen, phase_title(phase)));
			assert_true(shows(&screen, _("step")));
		} while (!stepper_at_commit(&stage.session->stepper));
		stage_close(&stage);
	}
	language_set(LANGUAGE_EN);
	strbuf_free(&screen);
}

/* What is not computed yet is a blank mark, never 0, and what is computed is the step's number. */
static void test_unknown_is_blank(void **state)
{
	struct stage stage;
	struct strbuf screen = {0};
	(void)state;
	stage_open(&stage, "xor-relu", 24, 80, false);
	stage_draw(&stage, &screen);
	assert_true(shows(&screen, "h₁ · "));
	assert_true(shows(&screen, "▶y · "));
	assert_true(shows(&screen, "▶E ·"));
	assert_true(shows(&screen, "J ·"));
	assert_int_equal(command_exec(&stage.context, "goto backward"), STATUS_OK);
	assert_int_equal(command_exec(&stage.context, "back"), STATUS_OK);
	stage_draw(&stage, &screen);
	assert_true(shows(&screen, "▶y 0 "));
	assert_true(shows(&screen, "▶E 0"));
	assert_true(shows(&screen, "J 0"));
	stage_close(&stage);
	stage_open(&stage, "sigmoid-2-2-2", 24, 80, false);
	/* by hand: (1 / (1 + e^-1.01977) - 0.05) = 0.684929, times 0.734929 (1 - 0.734929) */
	assert_int_equal(command_exec(&stage.context, "goto w5"), STATUS_OK);
	stage_draw(&stage, &screen);
	assert_true(shows(&screen, "0.684929"));
	assert_false(shows(&screen, "0.194809"));
	assert_int_equal(command_exec(&stage.context, "next"), STATUS_OK);
	stage_draw(&stage, &screen);
	assert_true(shows(&screen, "0.684929 · 0.194809 = 0.13343"));
	stage_close(&stage);
	strbuf_free(&screen);
}

/* Behind the commit the new values are in force, and say so. */
static void test_commit_marks(void **state)
{
	struct stage stage;
	struct strbuf screen = {0};
	(void)state;
	stage_open(&stage, "sigmoid-2-2-2", 24, 80, false);
	assert_int_equal(command_exec(&stage.context, "update"), STATUS_OK);
	assert_int_equal(command_exec(&stage.context, "back"), STATUS_OK);
	stage_draw(&stage, &screen);
	assert_false(shows(&screen, "new ✓"));
	assert_true(shows(&screen, "w₅ 0.5─"));
	assert_int_equal(command_exec(&stage.context, "next"), STATUS_OK);
	stage_draw(&stage, &screen);
	assert_true(shows(&screen, "new ✓"));
	assert_true(shows(&screen, "w₅ 0.45188─"));
	stage_close(&stage);
	strbuf_free(&screen);
}

/* A network that no lesson has: layers of these sizes, 0 at the end. */
static const size_t networks[][16] = {
    {784, 128, 10},
    {1, 1},
    {3, 4, 2},
    {6, 6, 6},
    {1, 2, 2},
    {20, 12},
    {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1},
};

/* Puts the network in the place of the lesson's. x and t must hold the data. */
static void stage_network(struct stage *stage, const size_t *layers, double *x, double *t)
{
	struct session *session = stage->session;
	struct model *model;
	size_t n_layers = 1;
	while (layers[n_layers])
		n_layers++;
	assert_int_equal(model_new(layers[0], layers[n_layers - 1], 1, &model, NULL), STATUS_OK);
	for (size_t k = 1; k < n_layers; k++) {
		const char *prefix = arena_printf(model->arena, "%c", (char)('a' + k));
		struct layer_dense layer = {.n_units = layers[k],
					    .activation = &op_sigmoid,
					    .bias = BIAS_PER_UNIT,
					    .prefix = prefix};
		assert_int_equal(layer_dense_add(model, &layer, NULL), STATUS_OK);
	}
	assert_int_equal(model_add_loss(model, loss_find("half-squared-error"), REDUCE_MEAN, NULL),
			 STATUS_OK);
	assert_int_equal(model_finish(model, NULL), STATUS_OK);
	for (size_t p = 0; p < model->graph.n_params; p++)
		model->graph.theta[p] = (double)(p * 7 % 11) / 11.0 - 0.45;
	stepper_free(&session->stepper);
	lesson_model_free(&session->built);
	session->built.model = model;
	session->built.data = (struct dataset){
	    .x = x, .t = t, .n_rows = 1, .n_inputs = layers[0], .n_targets = layers[n_layers - 1]};
	optimizer_init(&session->built.optimizer, &optimizer_gd);
	assert_int_equal(stepper_init(&session->stepper, model, &session->built.optimizer,
				      &session->built.data, 1, CHAIN_AUTO, NULL),
			 STATUS_OK);
	assert_int_equal(session_refresh(session, NULL), STATUS_OK);
}

/* Goes to a step of the update and draws it. */
static void draw_at(struct stage *stage, uint64_t index)
{
	assert_int_equal(stepper_go_index(&stage->session->stepper, index, NULL), STATUS_OK);
	assert_int_equal(session_refresh(stage->session, NULL), STATUS_OK);
	draw_sizes(stage);
}

static void test_any_network(void **state)
{
	const size_t *layers = *state;
	static double x[784], t[16];
	struct stage stage;
	struct strbuf screen = {0};
	for (size_t k = 0; k < 784; k++)
		x[k] = (double)(k % 10) / 10.0;
	stage_open(&stage, "sigmoid-2-2-2", 24, 80, false);
	stage_network(&stage, layers, x, t);
	uint64_t n = stepper_n_steps(&stage.session->stepper);
	uint64_t stride = n / 40 + 1;
	for (uint64_t index = 0; index < n; index += stride)
		draw_at(&stage, index);
	draw_at(&stage, n);
	stage_resize(&stage, 24, 80);
	stage_draw(&stage, &screen);
	assert_true(layers[0] != 784 || shows(&screen, "784"));
	strbuf_free(&screen);
	stage_close(&stage);
}

/* Appends a test for each element of an array, which it gets as its state. */
#define ADD_EACH(array, function)                                                       \
	for (size_t i_ = 0; i_ < sizeof(array) / sizeof *(array); i_++)                 \
		tests[n_tests++] = (struct CMUnitTest)                                  \
		{                                                                       \
#function, function, NULL, NULL, (void *)(uintptr_t)EACH(array) \
		}
#define EACH(array) ((array)[i_])

int main(void)
{
	enum { N_LESSONS = sizeof lessons / sizeof *lessons };
	enum { N_NETWORKS = sizeof networks / sizeof *networks };
	enum { N_TESTS = N_GOLDENS + 3 * N_LESSONS + N_NETWORKS + 4 };
	struct CMUnitTest tests[N_TESTS] = {
	    cmocka_unit_test(test_choice),
	    cmocka_unit_test(test_pager),
	    cmocka_unit_test(test_unknown_is_blank),
	    cmocka_unit_test(test_commit_marks),
	};
	size_t n_tests = 4;
	text_locale_init();
	for (size_t i = 0; i < N_GOLDENS; i++)
		tests[n_tests++] = (struct CMUnitTest){goldens[i].name, test_golden, NULL, NULL,
						       (void *)(uintptr_t)&goldens[i]};
	ADD_EACH(lessons, test_every_size);
	ADD_EACH(lessons, test_nothing_jumps);
	ADD_EACH(lessons, test_languages_fit);
	ADD_EACH(networks, test_any_network);
	assert_int_equal(n_tests, N_TESTS);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
