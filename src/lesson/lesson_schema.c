/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema.c -- every key of a lesson file: the rows.
 *
 * The rows stand in the order in which a lesson has them. Examples are those of one lesson, so
 * that together they make one. To add a key: a row, a field in lesson_draft.h. */
#include "backstep/base/i18n.h"
#include "lesson_draft.h"

#define MAP(rows)                                                       \
	{                                                               \
		.keys = (rows), .n_keys = sizeof(rows) / sizeof *(rows) \
	}

static const struct schema_value name_value = {.type = &schema_type_name};
static const struct schema_value symbol_value = {.type = &schema_type_symbol};
static const struct schema_value number_value = {.type = &schema_type_number};
static const struct schema_value entry_value = {.type = &schema_type_entry};

#define NAMES                                                                         \
	{                                                                             \
		.type = &schema_type_list, .item = &name_value,                       \
		.size = sizeof(struct source_text), .min = 1, .max = LESSON_MAX_WIDTH \
	}
#define SYMBOLS                                                                       \
	{                                                                             \
		.type = &schema_type_list, .item = &symbol_value,                     \
		.size = sizeof(struct source_text), .min = 1, .max = LESSON_MAX_WIDTH \
	}
#define NUMBERS                                                                         \
	{                                                                               \
		.type = &schema_type_list, .item = &number_value,                       \
		.size = sizeof(struct source_number), .min = 1, .max = LESSON_MAX_WIDTH \
	}

static const struct schema_key title_keys[] = {
    {.name = "es",
     .required = true,
     .summary = N_("the title in Spanish"),
     .example = "\"Mi primera red\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_ES]),
     .value = {.type = &schema_type_line}},
    {.name = "en",
     .required = true,
     .summary = N_("the title in English"),
     .example = "\"My first network\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_EN]),
     .value = {.type = &schema_type_line}},
};
static const struct schema_map title_map = MAP(title_keys);

static const struct schema_key text_keys[] = {
    {.name = "es",
     .required = true,
     .summary = N_("the text in Spanish"),
     .example = "\"Una red con una sola neurona.\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .summary = N_("the text in English"),
     .example = "\"A network of a single neuron.\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map text_map = MAP(text_keys);

static const struct schema_key source_keys[] = {
    {.name = "document",
     .initial = N_("none"),
     .summary = N_("the lecture or book that the example is from"),
     .example = "\"Neural networks, lecture 3\"",
     .offset = offsetof(struct draft_source, document),
     .value = {.type = &schema_type_line}},
    {.name = "author",
     .initial = N_("none"),
     .summary = N_("who wrote it"),
     .example = "\"A. Teacher\"",
     .offset = offsetof(struct draft_source, author),
     .value = {.type = &schema_type_line}},
};
static const struct schema_map source_map = MAP(source_keys);

static const struct schema_key note_keys[] = {
    {.name = "at",
     .required = true,
     .summary = N_("where the text is shown: forward, loss, backward, update, commit, or a name"),
     .example = "w1",
     .offset = offsetof(struct lesson_note, at),
     .value = {.type = &schema_type_name}},
    {.name = "es",
     .required = true,
     .summary = N_("the text in Spanish"),
     .example = "\"El primer peso.\"",
     .offset = offsetof(struct lesson_note, text.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .summary = N_("the text in English"),
     .example = "\"The first weight.\"",
     .offset = offsetof(struct lesson_note, text.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map note_map = MAP(note_keys);
static const struct schema_value note_value = {.type = &schema_type_map, .map = &note_map};

static const struct schema_value row_value = {
    .type = &schema_type_list, .item = &entry_value, .size = sizeof(struct draft_entry), .min = 1};

static const struct schema_key layer_keys[] = {
    {.name = "units",
     .required = true,
     .summary = N_("the names of the layer's units"),
     .example = "[n1, n2]",
     .offset = offsetof(struct draft_layer, units),
     .value = NAMES},
    {.name = "symbols",
     .initial = N_("made from the names: n1 is n₁"),
     .summary = N_("how formulas write the units, at most 8 columns each"),
     .example = "[η₁, η₂]",
     .offset = offsetof(struct draft_layer, symbols),
     .value = SYMBOLS},
    {.name = "sums",
     .initial = N_("sum_ and the unit's name"),
     .summary = N_("the names of the weighted sums that the activation is applied to"),
     .example = "[z1, z2]",
     .offset = offsetof(struct draft_layer, sums),
     .value = NAMES},
    {.name = "activation",
     .initial = N_("none: a unit is its weighted sum"),
     .summary = N_("the function that makes a unit out of its weighted sum"),
     .example = "sigmoid",
     .offset = offsetof(struct draft_layer, activation),
     .value = {.type = &schema_type_word}},
    {.name = "weights",
     .required = true,
     .summary = N_("one row for each unit, one entry for each input of the layer"),
     .example = "[[w1=0.1, w3=0.3], [w2=0.2, w4=0.4]]",
     .offset = offsetof(struct draft_layer, weights),
     .value = {.type = &schema_type_list,
	       .item = &row_value,
	       .size = sizeof(struct draft_entries),
	       .min = 1}},
    {.name = "bias",
     .initial = N_("none"),
     .summary = N_("a list with one entry for each unit, or one entry that all units share"),
     .example = "B1=0.25",
     .offset = offsetof(struct draft_layer, bias),
     .value = {.type = &schema_type_list,
	       .item = &entry_value,
	       .size = sizeof(struct draft_entry),
	       .min = 1,
	       .bare = true}},
    {.name = "separate_bias",
     .initial = N_("false"),
     .summary = N_("whether adding the bias is a step of its own"),
     .example = "true",
     .offset = offsetof(struct draft_layer, separate_bias),
     .value = {.type = &schema_type_boolean}},
    {.name = "products",
     .initial = N_("xw_ and the unit's name"),
     .summary = N_("the names of the sums before the bias, with separate_bias: true"),
     .example = "[xw1, xw2]",
     .offset = offsetof(struct draft_layer, products),
     .value = NAMES},
};
static const struct schema_map layer_map = MAP(layer_keys);
static const struct schema_value layer_value = {.type = &schema_type_map, .map = &layer_map};

static const struct schema_key network_keys[] = {
    {.name = "inputs",
     .required = true,
     .summary = N_("the names of the inputs"),
     .example = "[x1, x2]",
     .offset = offsetof(struct draft_network, inputs),
     .value = NAMES},
    {.name = "input_symbols",
     .initial = N_("made from the names: x1 is x₁"),
     .summary = N_("how formulas write the inputs, at most 8 columns each"),
     .example = "[χ₁, χ₂]",
     .offset = offsetof(struct draft_network, symbols),
     .value = SYMBOLS},
    {.name = "layers",
     .required = true,
     .summary = N_("the layers, from the inputs to the outputs"),
     .example = "[{units: [y], weights: [[w1=0.5, w2=-0.5]], bias: b=0}]",
     .offset = offsetof(struct draft_network, layers),
     .value = {.type = &schema_type_list,
	       .item = &layer_value,
	       .size = sizeof(struct draft_layer),
	       .min = 1,
	       .max = LESSON_MAX_LAYERS}},
};
static const struct schema_map network_map = MAP(network_keys);

static const char *const over_words[] = {
    [LESSON_OVER_MEAN] = "mean", [LESSON_OVER_SUM] = "sum", NULL};

static const struct schema_key loss_keys[] = {
    {.name = "kind",
     .required = true,
     .summary = N_("the loss of one output"),
     .example = "half-squared-error",
     .offset = offsetof(struct draft_loss, kind),
     .value = {.type = &schema_type_word}},
    {.name = "targets",
     .initial = N_("t1, t2, …; with one output: t"),
     .summary = N_("the names of the wanted outputs"),
     .example = "[t1, t2]",
     .offset = offsetof(struct draft_loss, targets),
     .value = NAMES},
    {.name = "terms",
     .initial = N_("E1, E2, …; with one output: the name of the total"),
     .summary = N_("the names of the losses of the outputs"),
     .example = "[E1, E2]",
     .offset = offsetof(struct draft_loss, terms),
     .value = NAMES},
    {.name = "symbols",
     .initial = N_("made from the names: E1 is E₁"),
     .summary = N_("how formulas write the terms, at most 8 columns each"),
     .example = "[ε₁, ε₂]",
     .offset = offsetof(struct draft_loss, symbols),
     .value = SYMBOLS},
    {.name = "total",
     .initial = N_("E; with one output: the name of its term"),
     .summary = N_("the name of an example's loss"),
     .example = "E",
     .offset = offsetof(struct draft_loss, total),
     .value = {.type = &schema_type_name}},
    {.name = "over",
     .initial = N_("mean"),
     .summary = N_("how the losses of a batch's examples become one: mean or sum"),
     .example = "mean",
     .offset = offsetof(struct draft_loss, over),
     .value = {.type = &schema_type_choice, .choices = over_words}},
    {.name = "batch",
     .initial = N_("J"),
     .summary = N_("the name of a batch's loss"),
     .example = "J",
     .offset = offsetof(struct draft_loss, batch),
     .value = {.type = &schema_type_name}},
};
static const struct schema_map loss_map = MAP(loss_keys);

static const struct schema_key example_keys[] = {
    {.name = "x",
     .required = true,
     .summary = N_("one number for each input"),
     .example = "[0.1, 0.5]",
     .offset = offsetof(struct draft_example, x),
     .value = NUMBERS},
    {.name = "target",
     .required = true,
     .summary = N_("one number for each output"),
     .example = "[0.05, 0.95]",
     .offset = offsetof(struct draft_example, target),
     .value = NUMBERS},
};
static const struct schema_map example_map = MAP(example_keys);
static const struct schema_value example_value = {.type = &schema_type_map, .map = &example_map};

static const struct schema_key training_keys[] = {
    {.name = "optimizer",
     .required = true,
     .summary = N_("the update rule"),
     .example = "gd",
     .offset = offsetof(struct draft_training, optimizer),
     .value = {.type = &schema_type_word}},
    {.name = "rate",
     .required = true,
     .summary = N_("the learning rate, above 0"),
     .example = "0.6",
     .offset = offsetof(struct draft_training, rate),
     .value = {.type = &schema_type_number, .positive = true}},
    {.name = "rule",
     .initial = N_("the optimizer's first"),
     .summary = N_("the form of the update rule, where it has several"),
     .example = "rosenblatt",
     .offset = offsetof(struct draft_training, rule),
     .value = {.type = &schema_type_word}},
    {.name = "batch",
     .initial = N_("all"),
     .summary = N_("how many examples make one update"),
     .example = "1",
     .offset = offsetof(struct draft_training, batch),
     .value = {.type = &schema_type_count, .min = 1, .max = LESSON_MAX_NODES, .word = "all"}},
};
static const struct schema_map training_map = MAP(training_keys);

static const struct schema_key try_keys[] = {
    {.name = "do",
     .required = true,
     .summary = N_("a command"),
     .example = "\"goto w1\"",
     .offset = offsetof(struct lesson_try, command),
     .value = {.type = &schema_type_line}},
    {.name = "es",
     .required = true,
     .summary = N_("what to watch, in Spanish"),
     .example = "\"¿Cuántos caminos hay?\"",
     .offset = offsetof(struct lesson_try, text.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .summary = N_("what to watch, in English"),
     .example = "\"How many paths are there?\"",
     .offset = offsetof(struct lesson_try, text.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map try_map = MAP(try_keys);
static const struct schema_value try_value = {.type = &schema_type_map, .map = &try_map};

static const struct schema_key lesson_keys[] = {
    {.name = "format",
     .required = true,
     .summary = N_("the version of the lesson format"),
     .example = "1",
     .offset = offsetof(struct lesson_draft, format),
     .value = {.type = &schema_type_count, .min = LESSON_FORMAT, .max = LESSON_FORMAT}},
    {.name = "id",
     .required = true,
     .summary = N_("what commands call the lesson"),
     .example = "my-first-network",
     .offset = offsetof(struct lesson_draft, id),
     .value = {.type = &schema_type_id}},
    {.name = "title",
     .required = true,
     .summary = N_("the title"),
     .example = "{es: \"Mi primera red\", en: \"My first network\"}",
     .offset = offsetof(struct lesson_draft, title),
     .value = {.type = &schema_type_map, .map = &title_map}},
    {.name = "source",
     .initial = N_("none"),
     .summary = N_("where the example is from"),
     .example = "{document: \"Neural networks, lecture 3\", author: \"A. Teacher\"}",
     .offset = offsetof(struct lesson_draft, source),
     .value = {.type = &schema_type_map, .map = &source_map}},
    {.name = "text",
     .required = true,
     .summary = N_("the purpose; shown when the lesson opens"),
     .example = "{es: \"Una sola neurona.\", en: \"A single neuron.\"}",
     .offset = offsetof(struct lesson_draft, text),
     .value = {.type = &schema_type_map, .map = &text_map}},
    {.name = "notes",
     .initial = N_("none"),
     .summary = N_("texts shown when the walk reaches a place"),
     .example = "[{at: w1, es: \"El primer peso.\", en: \"The first weight.\"}]",
     .offset = offsetof(struct lesson_draft, notes),
     .value = {.type = &schema_type_list, .item = &note_value, .size = sizeof(struct lesson_note)}},
    {.name = "network",
     .required = true,
     .summary = N_("inputs and layers, with their starting weights"),
     .example = "{inputs: [x1, x2], layers: [{units: [y], weights: [[w1=0.5, w2=-0.5]]}]}",
     .offset = offsetof(struct lesson_draft, network),
     .value = {.type = &schema_type_map, .map = &network_map}},
    {.name = "loss",
     .required = true,
     .summary = N_("what training makes small"),
     .example = "{kind: half-squared-error}",
     .offset = offsetof(struct lesson_draft, loss),
     .value = {.type = &schema_type_map, .map = &loss_map}},
    {.name = "data",
     .required = true,
     .summary = N_("the examples, at least one"),
     .example = "[{x: [0.1, 0.5], target: [0.05]}]",
     .offset = offsetof(struct lesson_draft, data),
     .value = {.type = &schema_type_list,
	       .item = &example_value,
	       .size = sizeof(struct draft_example),
	       .min = 1}},
    {.name = "train",
     .initial = N_("all, the last layer's first"),
     .summary = N_("the parameters that are trained, in the order in which they are walked"),
     .example = "[w1, w2]",
     .offset = offsetof(struct lesson_draft, train),
     .value = {.type = &schema_type_list,
	       .item = &name_value,
	       .size = sizeof(struct source_text),
	       .min = 1,
	       .word = "all"}},
    {.name = "training",
     .required = true,
     .summary = N_("how the parameters are updated"),
     .example = "{optimizer: gd, rate: 0.6}",
     .offset = offsetof(struct lesson_draft, training),
     .value = {.type = &schema_type_map, .map = &training_map}},
    {.name = "try",
     .initial = N_("none"),
     .summary = N_("commands to try, with what to watch"),
     .example = "[{do: \"goto w1\", es: \"¿Cuántos caminos hay?\", en: \"How many paths?\"}]",
     .offset = offsetof(struct lesson_draft, tries),
     .value = {.type = &schema_type_list, .item = &try_value, .size = sizeof(struct lesson_try)}},
};

const struct schema_map lesson_schema = MAP(lesson_keys);
