/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_draft.h -- a lesson as its file has it, before names are resolved and sizes compared.
 *
 * Only between the schema, which fills it, and lesson_network.c, lesson_graph.c and lesson_data.c,
 * which turn it into a struct lesson. */
#ifndef BACKSTEP_LESSON_LESSON_DRAFT_H
#define BACKSTEP_LESSON_LESSON_DRAFT_H

#include "backstep/lesson/lesson.h"
#include "backstep/text/schema.h"

/* One weight or bias: NAME=NUMBER, NAME (value_given false) or NUMBER (name NULL). */
struct draft_entry {
	const char *name;
	bool value_given;
	double value;
	struct source_mark mark;
};

/* The words of smoothing_form: the names of ops. */
extern const char *const lesson_smoothing_forms[];

extern const struct schema_type schema_type_entry;      /* struct draft_entry */
extern const struct schema_type schema_type_setting;    /* struct lesson_setting */
extern const struct schema_type schema_type_assignment; /* struct lesson_assignment */

SCHEMA_LIST_OF(draft_texts, struct source_text);
SCHEMA_LIST_OF(draft_numbers, struct source_number);
SCHEMA_LIST_OF(draft_entries, struct draft_entry);
SCHEMA_LIST_OF(draft_settings, struct lesson_setting);
SCHEMA_LIST_OF(draft_assignments, struct lesson_assignment);
SCHEMA_LIST_OF(draft_rows, struct draft_entries);
SCHEMA_LIST_OF(draft_notes, struct lesson_note);
SCHEMA_LIST_OF(draft_tries, struct lesson_try);

/* The seed counts from 0, and line 0 says that none was given. */
struct draft_init {
	struct source_text kind;
	struct draft_settings with;
	struct source_count seed;
};

struct draft_layer;
SCHEMA_LIST_OF(draft_layers, struct draft_layer);

struct draft_layer {
	struct source_count kind; /* enum lesson_layer_kind */
	struct source_text name;
	struct draft_texts units, symbols, sums, products;
	struct source_count n_units; /* instead of units */
	struct source_text activation;
	struct draft_settings with;
	struct draft_rows weights;
	struct draft_entries bias;
	struct draft_init init, bias_init; /* instead of weights, of bias */
	bool separate_bias, frozen;
	/* of layers of other kinds */
	struct draft_layers layers;
	struct draft_rows projection;
	struct draft_texts skips, masks, means, variances, normalised;
	struct source_number rate, epsilon, momentum;
	struct source_count seed;
	struct draft_entries gamma, beta;
};

struct draft_network {
	struct draft_texts inputs, symbols;
	struct source_count n_inputs; /* instead of inputs */
	struct draft_layers layers;
};

/* An input of a graph: NAME, or NAME: SIZE for a vector. */
struct draft_graph_input {
	struct source_text name;
	size_t size; /* 0: a number */
};

/* A parameter of a graph: NAME=NUMBER, NAME: [numbers] or NAME: [[numbers], ...]. */
struct draft_graph_param {
	struct source_text name;
	double *values; /* [rows * cols] */
	size_t rows, cols;
	enum { DRAFT_NUMBER, DRAFT_VECTOR, DRAFT_MATRIX } kind;
};

/* NAME = EXPRESSION. */
struct draft_expression {
	struct source_text name, text;
};

extern const struct schema_type schema_type_graph_input, schema_type_graph_param,
    schema_type_expression;

SCHEMA_LIST_OF(draft_graph_inputs, struct draft_graph_input);
SCHEMA_LIST_OF(draft_graph_params, struct draft_graph_param);
SCHEMA_LIST_OF(draft_expressions, struct draft_expression);

struct draft_graph {
	struct draft_graph_inputs inputs;
	struct draft_graph_params params;
	struct draft_expressions nodes;
};

struct draft_loss {
	struct source_text kind, total, batch;
	struct draft_texts targets, terms, symbols;
	struct source_count over;
	struct draft_settings with;
	struct source_number smoothing; /* mark.line 0: none */
	struct source_count smoothing_form;
};

struct draft_example {
	struct draft_numbers x, target;
};

SCHEMA_LIST_OF(draft_examples, struct draft_example);

extern const struct schema_type schema_type_column; /* struct lesson_column */

SCHEMA_LIST_OF(draft_columns, struct lesson_column);

struct draft_generate {
	struct source_text name;
	struct source_count rows, seed;
	struct source_number noise;
};

/* The map that `data` may be instead of a list. */
struct draft_data {
	struct draft_generate generate, otherwise;
	struct source_text file, separator;
	bool header, one_hot, standardise, min_max;
	struct draft_columns inputs, target;
	struct draft_texts classes;
	struct draft_numbers labels;
};

struct draft_split {
	struct source_number train, validation, test;
	bool in_order;
};

struct draft_early_stopping {
	struct source_count patience;
	struct source_number min_delta;
};

struct draft_training {
	struct source_text optimizer, rule;
	struct source_number rate;
	struct draft_settings with;
	struct draft_assignments stages;
	struct source_count batch; /* 0: all */
	bool shuffle;
	struct source_count epochs;                 /* 0: left out */
	struct draft_early_stopping early_stopping; /* patience 0: left out */
};

struct draft_source {
	struct source_text document, author;
};

struct draft_figure {
	struct source_text of, printed, where;
	struct source_count update, verdict;
	struct lesson_text why;
};

SCHEMA_LIST_OF(draft_figures, struct draft_figure);

struct draft_rounding {
	struct source_count digits, mode;
};

struct lesson_draft {
	struct source_count format;
	struct source_text id;
	struct lesson_text title, text;
	struct draft_source source;
	struct draft_notes notes;
	struct draft_network network;
	struct draft_graph graph;
	struct draft_loss loss;
	struct source_count seed;
	struct draft_examples data;
	struct draft_data made_data; /* instead of data */
	struct draft_split split;
	struct draft_texts train; /* empty: all */
	struct draft_training training;
	struct draft_tries tries;
	struct draft_figures figures;
	struct draft_rounding rounding;
};

#endif
