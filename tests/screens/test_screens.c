/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_screens.c -- what the full screen shows, cell by cell.
 *
 * Each row of goldens is a position in a lesson; its screen stands in tests/screens/NAME.txt: the
 * text of each line and, below it, the line's attributes (grid_print_styled). With
 * BACKSTEP_UPDATE_GOLDEN=1 the files are written anew: look at them before they are committed. */
#include "check.h"
#include "grid_print.h"

#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/command/command.h"
#include "backstep/engine/layer_dense.h"
#include "backstep/view/view.h"
#include "../../src/view/pane.h"

enum { MAX_COMMANDS = 4 };

/* Commands lead to the position. */
static const struct golden {
	const char *name, *lesson;
	const char *commands[MAX_COMMANDS];
	int rows, columns;
	enum language language;
	bool ascii;
	const char *message;
	const struct view *pane; /* beside those of panes[] */
	const struct picture *picture;
	bool is_zoomed, is_choosing;
	size_t row; /* that is chosen */
} goldens[] = {
    {.name = "222-start-80x24-en", .lesson = "sigmoid-2-2-2", .rows = 24, .columns = 80},
    {.name = "222-start-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-start-140x45-en", .lesson = "sigmoid-2-2-2", .rows = 45, .columns = 140},
    {.name = "222-forward-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"next 3"},
     .rows = 24,
     .columns = 80},
    {.name = "222-forward-140x45-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"next 3"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "222-loss-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto E"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-watch-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"watch y1 - t1", "watch dE/dw5", "watch (y1 - t1)^2 + (y2 - t2)^2", "goto w6"},
     .rows = 24,
     .columns = 80,
     .pane = &view_watch},
    {.name = "222-loss-140x45-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto E1"},
     .rows = 45,
     .columns = 140},
    {.name = "222-w5-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 24,
     .columns = 80},
    {.name = "222-w5-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-projector-60x20-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set layout projector", "goto w5", "next 2"},
     .rows = 20,
     .columns = 60,
     .language = LANGUAGE_ES},
    {.name = "222-w5-80x24-en-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 24,
     .columns = 80,
     .ascii = true},
    {.name = "222-w5-140x45-es-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .ascii = true},
    {.name = "222-question-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "predict slope", "next", "answer 0.2703"},
     .rows = 24,
     .columns = 80,
     .pane = &view_question},
    {.name = "222-question-140x45-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "predict slope", "next", "answer 0.2703"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .pane = &view_question},
    /* d₁ is 0: the gradient is its single path's product, 1.5 · 0, and is not written twice */
    {.name = "dropout-gradient-80x24-en",
     .lesson = "dropout",
     .commands = {"goto backward", "chain"},
     .rows = 24,
     .columns = 80},
    {.name = "222-w6-reused-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w6"},
     .rows = 24,
     .columns = 80},
    {.name = "222-w1-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 8"},
     .rows = 24,
     .columns = 80},
    {.name = "222-w1-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 8"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-w1-140x45-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 8"},
     .rows = 45,
     .columns = 140},
    {.name = "222-w1-60x20-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 8"},
     .rows = 20,
     .columns = 60,
     .language = LANGUAGE_ES},
    {.name = "222-w1-40x10-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 8"},
     .rows = 10,
     .columns = 40},
    {.name = "222-w1-39x9-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 8"},
     .rows = 9,
     .columns = 39,
     .language = LANGUAGE_ES},
    {.name = "222-w1-product-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 11"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-w1-gradient-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1", "next 12"},
     .rows = 24,
     .columns = 80},
    {.name = "222-b1-140x45-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto B1", "chain"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "222-delta-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set chain deltas", "goto backward", "next 5"},
     .rows = 24,
     .columns = 80},
    {.name = "222-figure-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto update"},
     .rows = 24,
     .columns = 80},
    {.name = "222-figure-80x24-es-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto E2"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .ascii = true},
    {.name = "222-figure-40x10-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto update"},
     .rows = 10,
     .columns = 40},
    {.name = "222-rounding-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set rounding 2", "goto y1"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-rounding-140x45-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set rounding 2 cut", "goto update"},
     .rows = 45,
     .columns = 140},
    {.name = "222-update-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto update", "next 4"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-stage-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set l2 0.01", "set clip-norm 1", "goto g_w6"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "222-stage-unit-80x24-en-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set max-norm 0.75", "goto norm_sum_y1"},
     .rows = 24,
     .columns = 80,
     .ascii = true},
    {.name = "222-update-80x24-es-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto update", "next 4"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .ascii = true},
    {.name = "222-commit-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"update"},
     .rows = 24,
     .columns = 80},
    {.name = "222-commit-140x45-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"update"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "222-message-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"next"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .message = "error: no existe el ajuste 'ratio'; ¿quizá 'rate'?"},
    {.name = "222-message-40x10-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5"},
     .rows = 10,
     .columns = 40,
     .message = "there is no setting 'ratio'"},
    {.name = "222-digits-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set digits 9", "goto w5", "chain"},
     .rows = 24,
     .columns = 80},
    {.name = "paths-total-80x24-en",
     .lesson = "sum-over-paths",
     .commands = {"goto E"},
     .rows = 24,
     .columns = 80},
    {.name = "missing-80x24-en",
     .lesson = BACKSTEP_SOURCE_DIR "/tests/screens/missing.yaml",
     .commands = {"next 3"},
     .rows = 24,
     .columns = 80},
    {.name = "graph-start-80x24-es",
     .lesson = "sigmoid-neuron-graph",
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "graph-w0-80x24-en",
     .lesson = "sigmoid-neuron-graph",
     .commands = {"goto w0", "next 3"},
     .rows = 24,
     .columns = 80},
    {.name = "graph-x0-80x24-es",
     .lesson = "sigmoid-neuron-graph",
     .commands = {"goto x0"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "graph-deltas-140x45-en",
     .lesson = "sigmoid-neuron-graph",
     .commands = {"set chain deltas", "goto backward", "next 3"},
     .rows = 45,
     .columns = 140},
    {.name = "graph-svm-140x45-es",
     .lesson = "svm-and-softmax",
     .commands = {"goto Wa1", "next 3"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "graph-v1-80x24-en-ascii",
     .lesson = "graph-examples",
     .commands = {"goto v1", "next 6"},
     .rows = 24,
     .columns = 80,
     .ascii = true},
    {.name = "graph-attention-80x24-en",
     .lesson = "attention-by-hand",
     .commands = {"goto Q11", "next 3"},
     .rows = 24,
     .columns = 80},
    /* ∂f₂/∂s₁ = −f₁ f₂ = −0.665241 · 0.244728: an edge between two units of one layer */
    {.name = "softmax-edge-80x24-en",
     .lesson = "softmax-cross-entropy",
     .commands = {"goto w11", "next 5"},
     .rows = 24,
     .columns = 80},
    {.name = "graph-v1-40x10-es",
     .lesson = "graph-examples",
     .commands = {"goto v1"},
     .rows = 10,
     .columns = 40,
     .language = LANGUAGE_ES},
    {.name = "xor-start-80x24-es",
     .lesson = "xor-relu",
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "xor-forward-80x24-en",
     .lesson = "xor-relu",
     .commands = {"next 10"},
     .rows = 24,
     .columns = 80},
    {.name = "xor-kink-80x24-es",
     .lesson = "xor-relu",
     .commands = {"goto c2", "next 8"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "xor-kink-140x45-en",
     .lesson = "xor-relu",
     .commands = {"goto c2", "next 8"},
     .rows = 45,
     .columns = 140},
    {.name = "xor-loss-80x24-en-ascii",
     .lesson = "xor-relu",
     .commands = {"goto backward", "back"},
     .rows = 24,
     .columns = 80,
     .ascii = true},
    {.name = "xor-commit-80x24-es",
     .lesson = "xor-relu",
     .commands = {"update"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "xor-learn-factor-80x24-en",
     .lesson = "xor-relu-learn",
     .commands = {"goto W11", "next 6"},
     .rows = 24,
     .columns = 80},
    {.name = "xor-learn-batch-140x45-es",
     .lesson = "xor-relu-learn",
     .commands = {"goto W11", "chain"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "xor-learn-update-80x24-es",
     .lesson = "xor-relu-learn",
     .commands = {"goto update", "next 3"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "residual-w1-80x24-es",
     .lesson = "residual-block",
     .commands = {"goto w1", "next 9"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "residual-sum-80x24-en-ascii",
     .lesson = "residual-block",
     .commands = {"goto y"},
     .rows = 24,
     .columns = 80,
     .ascii = true},
    {.name = "dropout-140x45-es",
     .lesson = "dropout",
     .commands = {"goto d2"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "dropout-80x24-en-ascii",
     .lesson = "dropout",
     .commands = {"goto y"},
     .rows = 24,
     .columns = 80,
     .ascii = true},
    {.name = "batch-normalisation-80x24-en",
     .lesson = "batch-normalisation",
     .commands = {"goto var_z"},
     .rows = 24,
     .columns = 80},
    {.name = "batch-normalisation-delta-140x45-es",
     .lesson = "batch-normalisation",
     .commands = {"goto backward", "next 12"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "batch-normalisation-carry-80x24-es",
     .lesson = "batch-normalisation",
     .commands = {"goto run_var_z"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "xor-learn-infinite-80x24-en",
     .lesson = "xor-relu-learn",
     .commands = {"set rate 1000000", "update 100"},
     .rows = 24,
     .columns = 80},
    {.name = "digits-factor-80x24-en",
     .lesson = "digits-784",
     .commands = {"goto W_h[100,406]", "next 2"},
     .rows = 24,
     .columns = 80},
    {.name = "spirals-batch-80x24-es",
     .lesson = "spirals",
     .commands = {"goto W_h[3,1]"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "or-start-80x24-en", .lesson = "or-perceptron", .rows = 24, .columns = 80},
    {.name = "or-forward-80x24-es",
     .lesson = "or-perceptron",
     .commands = {"update", "next 2"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "or-loss-140x45-en",
     .lesson = "or-perceptron",
     .commands = {"update", "next 3"},
     .rows = 45,
     .columns = 140},
    {.name = "or-update-80x24-es",
     .lesson = "or-perceptron",
     .commands = {"update", "next 5"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
    {.name = "or-update-80x24-en-ascii",
     .lesson = "or-perceptron",
     .commands = {"update", "next 5"},
     .rows = 24,
     .columns = 80,
     .ascii = true},
    {.name = "or-commit-140x45-es",
     .lesson = "or-perceptron",
     .commands = {"update 2"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES},
    {.name = "view-loss-80x24-en",
     .lesson = "xor-relu-learn",
     .commands = {"train 1000"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_loss},
    {.name = "view-loss-80x24-es-ascii",
     .lesson = "xor-relu-learn",
     .commands = {"train 1000"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .ascii = true,
     .picture = &picture_loss},
    /* braille, beside the network */
    {.name = "view-loss-140x45-es",
     .lesson = "xor-relu-learn",
     .commands = {"train 1000", "set plot braille"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .picture = &picture_loss},
    /* the first update's loss is 0.24909, that of the twelfth 0.113435; goto E leads to the
       thirteenth */
    {.name = "view-loss-zoom-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"update 12", "goto E"},
     .rows = 24,
     .columns = 80,
     .is_zoomed = true,
     .picture = &picture_loss},
    /* the slope at y1 = 0.734929 is 0.734929 (1 - 0.734929) = 0.194809; the largest is 1/4 */
    {.name = "view-slope-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_slope},
    {.name = "view-slope-80x24-es-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .ascii = true,
     .picture = &picture_slope},
    /* the parabola (y - 0.05)^2/2: at 0.734929 it is 0.234564, its slope 0.684929 */
    {.name = "view-slope-loss-140x45-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .picture = &picture_slope},
    /* ReLU and its corner */
    {.name = "view-slope-kink-80x24-en",
     .lesson = "xor-relu",
     .commands = {"goto W11", "next 2"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_slope},
    {.name = "view-slope-none-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto sum_n1"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_slope},
    {.name = "view-map-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_map},
    {.name = "view-map-140x45-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w1"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .picture = &picture_map},
    {.name = "view-map-zoom-80x24-en-ascii",
     .lesson = "xor-relu",
     .commands = {"goto update", "next 3"},
     .rows = 24,
     .columns = 80,
     .ascii = true,
     .is_zoomed = true,
     .picture = &picture_map},
    {.name = "view-network-zoom-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .is_zoomed = true,
     .picture = &picture_network},
    {.name = "view-plane-80x24-en",
     .lesson = "xor-relu-learn",
     .commands = {"train 1000"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_plane},
    {.name = "view-plane-140x45-es",
     .lesson = "xor-relu-learn",
     .commands = {"train 1000"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .picture = &picture_plane},
    /* (1, 0) is answered 0.376 where 1 is right: it is marked */
    {.name = "view-plane-zoom-80x24-es-ascii",
     .lesson = "xor-relu-learn",
     .commands = {"train 300"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .ascii = true,
     .is_zoomed = true,
     .picture = &picture_plane},
    {.name = "view-plane-curve-80x24-en",
     .lesson = "mini-batches",
     .commands = {"train 20"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_plane},
    {.name = "view-image-140x45-en",
     .lesson = "digits-784",
     .commands = {"goto sum_h2"},
     .rows = 45,
     .columns = 140,
     .picture = &picture_image},
    {.name = "view-image-zoom-80x24-es-ascii",
     .lesson = "digits-784",
     .commands = {"goto sum_h2"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .ascii = true,
     .is_zoomed = true,
     .picture = &picture_image},
    /* after the fourth row the rule has learnt OR */
    {.name = "view-data-80x24-es",
     .lesson = "or-perceptron",
     .commands = {"epoch"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .picture = &picture_data},
    {.name = "view-data-zoom-80x24-en",
     .lesson = "digits",
     .commands = {"goto loss"},
     .rows = 24,
     .columns = 80,
     .is_zoomed = true,
     .picture = &picture_data},
    {.name = "view-flow-80x24-en",
     .lesson = "vanishing-gradient",
     .commands = {"goto update"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_flow},
    {.name = "view-flow-140x45-es-ascii",
     .lesson = "vanishing-gradient",
     .commands = {"goto update"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .ascii = true,
     .picture = &picture_flow},
    {.name = "view-flow-none-80x24-es",
     .lesson = "or-perceptron",
     .commands = {"next"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .picture = &picture_flow},
    /* the path of three updates through the valley of f, and its numbers in views.script */
    {.name = "view-valley-zoom-80x24-en",
     .lesson = "optimizer-tour",
     .commands = {"update", "update", "update", "update"},
     .rows = 24,
     .columns = 80,
     .is_zoomed = true,
     .picture = &picture_valley},
    /* dE/dw7 = -0.0292911 · 0.601088 = -0.0176065, an entry of δ nᵀ; w₈'s is not known yet */
    {.name = "222-matrix-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"set notation matrix", "goto w7", "next 4"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .pane = &view_matrix},
    {.name = "digits-matrix-140x45-en-ascii",
     .lesson = "digits-784",
     .commands = {"set notation matrix", "next"},
     .rows = 45,
     .columns = 140,
     .ascii = true,
     .pane = &view_matrix},
    {.name = "view-steps-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_steps},
    {.name = "view-steps-140x45-es",
     .lesson = "xor-relu-learn",
     .commands = {"goto loss"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .picture = &picture_steps},
    {.name = "view-figures-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .picture = &picture_figures,
     .is_zoomed = true,
     .is_choosing = true,
     .row = 12},
    {.name = "view-lesson-80x24-es",
     .lesson = "sigmoid-2-2-2",
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES,
     .picture = &picture_lesson,
     .is_zoomed = true},
    {.name = "view-log-80x24-en-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next 2", "set rate 1", "undo"},
     .rows = 24,
     .columns = 80,
     .ascii = true,
     .picture = &picture_log,
     .is_choosing = true,
     .row = 1},
    {.name = "view-map-choosing-80x24-en",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5", "next"},
     .rows = 24,
     .columns = 80,
     .picture = &picture_map,
     .is_choosing = true,
     .row = 9},
    {.name = "view-table-choosing-140x45-es",
     .lesson = "sigmoid-2-2-2",
     .commands = {"goto w5"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .picture = &picture_table,
     .is_choosing = true,
     .row = 2},
    {.name = "view-valley-140x45-es-ascii",
     .lesson = "sigmoid-2-2-2",
     .commands = {"update", "update", "goto w5"},
     .rows = 45,
     .columns = 140,
     .language = LANGUAGE_ES,
     .ascii = true,
     .picture = &picture_valley},
    /* a sum of 784 terms does not hide its result */
    {.name = "digits-784-sum-80x24-es",
     .lesson = "digits-784",
     .commands = {"goto sum_h2"},
     .rows = 24,
     .columns = 80,
     .language = LANGUAGE_ES},
};

/* The panes of the golden screens and of what is looked for in some of them: a list of their own,
 * so that a pane that is added changes none of them. It has golden screens of its own. */
static const struct view *const panes[] = {
    &view_header,     &view_network, &view_chain, &view_trail,
    &view_parameters, &view_lesson,  &view_note,  &view_pager,
    &view_choice,     &view_hints,   NULL,
};

enum { N_GOLDENS = sizeof goldens / sizeof *goldens };

/* The keys are the front end's; these stand for them. */
static const struct view_hint hints[] = {
    {"→", N_("next factor"), HINT_WHERE_ROOM}, {"←", N_("back"), HINT_WHERE_ROOM},
    {":", N_("command"), HINT_WHERE_ROOM},     {"?", N_("keys"), HINT_WHERE_ROOM},
    {"q", N_("quit"), HINT_WHERE_ROOM},
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
	view_state_free(&stage->state);
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

static bool is_one_of_panes(const struct view *pane)
{
	for (size_t i = 0; panes[i]; i++)
		if (panes[i] == pane)
			return true;
	return false;
}

/* Draws panes[], and pane if it is not NULL, in the order of the registry. */
static void stage_draw_with(struct stage *stage, const struct view *pane)
{
	const struct view *drawn[64] = {NULL};
	size_t n = 0;
	for (size_t i = 0; view_registry[i]; i++)
		if (is_one_of_panes(view_registry[i]) || view_registry[i] == pane)
			drawn[n++] = view_registry[i];
	view_draw_panes(stage->session, &stage->state, &stage->grid, drawn);
}

static void stage_draw(struct stage *stage, struct strbuf *out)
{
	stage_draw_with(stage, NULL);
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
		stage.session = stage.context.session; /* undo has another one */
	}
	stage.state.picture = golden->picture;
	stage.state.is_zoomed = golden->is_zoomed;
	stage.state.is_choosing = golden->is_choosing;
	stage.state.row = golden->row;
	stage_draw_with(&stage, golden->picture ? &view_picture : golden->pane);
	check_golden(golden->name, &stage.grid);
	stage_close(&stage);
	language_set(LANGUAGE_EN);
}

static void test_choice(void **state)
{
	struct lesson_item items[] = {
	    {.id = "or-perceptron", .title = {"A perceptron learns", ""}, .topic = TOPIC_NEURONS},
	    {.id = "delta-rule", .title = {"A linear unit", ""}, .topic = TOPIC_NEURONS},
	    {.id = "sigmoid-2-2-2", .title = {"Step by step", ""}, .topic = TOPIC_NETWORKS},
	    {.id = "mine", .title = {"Without a topic", ""}, .topic = TOPIC_NONE},
	};
	static const enum lesson_mark marks[] = {LESSON_DONE, LESSON_BEGUN, LESSON_NEXT,
						 LESSON_NEW};
	struct stage stage;
	(void)state;
	stage_open(&stage, NULL, 24, 80, false);
	stage.state.lessons = items;
	stage.state.n_lessons = 4;
	stage.state.marks = marks;
	stage.state.chosen = 2;
	stage_draw_with(&stage, NULL);
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
	stage_draw_with(&stage, NULL);
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

/* The page of an origin: sum_y1 of the second update is 0.597145 · 0.451878 + 0.611404 · 0.550734 +
 * 0.287517 = 0.269837 + 0.336721 + 0.287517; its weights lead to the steps of the first that made
 * them. The line that one goes on from is marked. */
static void test_origin(void **state)
{
	struct stage stage;
	(void)state;
	stage_open(&stage, "sigmoid-2-2-2", 24, 80, false);
	assert_int_equal(command_exec(&stage.context, "goto 133"), STATUS_OK);
	strbuf_clear(&stage.context.out);
	assert_int_equal(command_exec(&stage.context, "from sum_y1"), STATUS_OK);
	stage.state.pager = strbuf_str(&stage.context.out);
	stage.state.pager_link = stage.context.links[1].line + 1;
	stage_draw_with(&stage, NULL);
	check_golden("origin-80x24-en", &stage.grid);
	stage.state.pager = NULL;
	stage_close(&stage);
}

/* Each pane has its own priority, or it would be left out; and each is seen in a golden screen. */
static void test_panes(void **state)
{
	(void)state;
	for (size_t i = 0; view_registry[i]; i++) {
		const struct view *pane = view_registry[i];
		bool has_golden = is_one_of_panes(pane);
		assert_true(pane->screens && pane->want && pane->draw);
		for (size_t k = 0; k < i; k++)
			if (view_registry[k]->screens & pane->screens)
				assert_int_not_equal(view_registry[k]->priority, pane->priority);
		for (size_t k = 0; k < N_GOLDENS; k++)
			has_golden |= goldens[k].pane == pane ||
				      (goldens[k].picture && pane == &view_picture);
		if (!has_golden)
			fail_msg("pane number %zu of view_list.h is in no golden screen", i + 1);
	}
}

static const char *const lessons[] = {"sigmoid-2-2-2", "xor-relu", "xor-relu-learn",
				      "or-perceptron"};

static const struct {
	int rows, columns;
} sizes[] = {{1, 1},   {1, 200}, {200, 1}, {2, 2},    {7, 80},  {24, 39},
	     {10, 40}, {23, 79}, {24, 80}, {11, 128}, {45, 140}};

static void stage_draw_all(struct stage *stage, struct strbuf *out)
{
	view_draw(stage->session, &stage->state, &stage->grid);
	strbuf_clear(out);
	grid_print(&stage->grid, out);
	assert_false(out->failed);
}

/* Draws at every size, and again: the same comes out, and the sitting is as it was. */
static void draw_sizes(struct stage *stage)
{
	struct strbuf once = {0}, again = {0};
	uint64_t number = stepper_number(&stage->session->stepper);
	double value = stage->session->has_step ? stage->session->step.value : 0.0;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		stage_resize(stage, sizes[s].rows, sizes[s].columns);
		stage_draw_all(stage, &once);
		stage_draw_all(stage, &again);
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
				if (stepper_walk(stepper)->phases[phase].steps)
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
	assert_true(shows(&screen, "w₅ 0.4518…─"));
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
	enum { N_TESTS = N_GOLDENS + 3 * N_LESSONS + N_NETWORKS + 6 };
	struct CMUnitTest tests[N_TESTS] = {
	    cmocka_unit_test(test_choice),       cmocka_unit_test(test_pager),
	    cmocka_unit_test(test_origin),       cmocka_unit_test(test_unknown_is_blank),
	    cmocka_unit_test(test_commit_marks), cmocka_unit_test(test_panes),
	};
	size_t n_tests = 6;
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
