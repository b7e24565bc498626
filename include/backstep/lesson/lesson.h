/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson.h -- a lesson file, read and checked.
 *
 * A lesson is what the file says, in the file's order, with names resolved and sizes that fit. Its
 * keys are read straight into these structs, by the rows of the schema. It holds no optimizer or
 * loss: their names are kept with their places, and whoever builds a model out of the lesson looks
 * them up and can report them there.
 *
 * To add a key: a row in src/lesson/lesson_schema*.c and a field here. */
#ifndef BACKSTEP_LESSON_LESSON_H
#define BACKSTEP_LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backstep/base/decimal.h"
#include "backstep/base/i18n.h"
#include "backstep/base/status.h"
#include "backstep/engine/model.h"
#include "backstep/engine/optimizer.h"
#include "backstep/text/table.h"
#include "backstep/text/text_file.h"

/* Limits of a lesson file; the reader refuses what is beyond them. */
enum {
	LESSON_FORMAT = 2, /* 1: bare numbers beside named ones, and some rules, meant otherwise */
	LESSON_MAX_BYTES = 1 << 20,
	LESSON_MAX_LAYERS = 64,
	LESSON_EPOCHS = 100, /* where the lesson does not say how many */
	LESSON_MAX_EPOCHS = 1000000,
	LESSON_MAX_WIDTH = 1024,      /* what a list names */
	LESSON_MAX_SIDE = 32,         /* of a picture */
	LESSON_MAX_COUNTED = 1 << 14, /* inputs of which the file says how many: each gets names */
	LESSON_MAX_PARAMS = 1000000,
	LESSON_MAX_GATES = 500,       /* operations of a graph */
	LESSON_MAX_EXPRESSION = 4096, /* characters of one */
	LESSON_MAX_STEPS = 99,        /* of a recurrence */
	LESSON_MAX_FIGURES = 500,
	LESSON_MAX_FORMULA = 80, /* bytes of what a figure is of */
	LESSON_MAX_FIGURE_UPDATE = 1000000000,
};

/* All keys of a lesson file. */
extern const struct schema_map lesson_schema;

/* A text in every language, or in one; lesson_text_in reads it. */
struct lesson_text {
	struct source_text in[N_LANGUAGES];
};

struct lesson_source {
	struct source_text document, author;
};

/* Text that belongs to a phase or to a name. */
struct lesson_note {
	struct source_text at;
	struct lesson_text text;
};
SCHEMA_LIST_OF(lesson_notes, struct lesson_note);

/* Something to try: a command and what to watch. */
struct lesson_try {
	struct source_text command;
	struct lesson_text text;
};
SCHEMA_LIST_OF(lesson_tries, struct lesson_try);

/* A number that training may change. */
struct lesson_parameter {
	struct label label;
	double value;
	bool frozen;      /* the layer that declares it is not trained */
	bool is_made;     /* its name: the file gives none */
	bool is_constant; /* a number without a name beside named ones: it is not trained */
};

/* How the parameters of a layer get their first numbers; kind.text NULL: they are given. */
struct lesson_init {
	struct source_text kind;
	struct source_entries with;
	struct source_count seed; /* mark.line 0: the lesson's */
};

/* A matrix of parameters that an initialisation makes: of weights W_h, or of biases b_h. */
struct lesson_made {
	const char *name, *layer; /* W_h, h */
	bool is_bias, frozen;
	const struct lesson_init *init;
	size_t n_inputs, n_units; /* of the layer */
	struct lesson_made *next;
};

/* The layers of a network, each as its kind has it (layer_kind.h). */
struct lesson_layer;
SCHEMA_LIST_OF(lesson_layers, struct lesson_layer *);

struct lesson_network {
	struct source_labels inputs;
	struct source_count n_inputs; /* instead of inputs */
	struct source_texts symbols;
	struct lesson_layers layers;
};

/* What a gate of a graph reads. */
enum lesson_reads {
	LESSON_READS_INPUT,
	LESSON_READS_PARAM,
	LESSON_READS_GATE,
	LESSON_READS_NUMBER
};

struct lesson_argument {
	enum lesson_reads reads;
	size_t index;  /* in the graph's inputs, params or gates */
	double number; /* LESSON_READS_NUMBER */
};

/* A number, a vector or a matrix among the inputs or parameters of a graph. */
struct lesson_leaf {
	struct label name;
	size_t rows, cols; /* an input has one column */
	size_t width;      /* of an input that is a picture: numbers of one of its rows; else 0 */
	bool is_matrix;
	double *values;      /* [rows * cols] of a parameter */
	struct label *names; /* [rows * cols] */
	size_t first;        /* of its inputs, or of its places in lesson->params */
	bool is_unused;      /* an input that leads nowhere */
	bool recurs;         /* written with [t]: one for each step; not once it is unrolled */
};
SCHEMA_LIST_OF(lesson_leaves, struct lesson_leaf);

/* NAME = EXPRESSION. */
struct lesson_expression {
	struct label name;
	struct source_text text;
	bool recurs;           /* written with [t], as an input may be */
	const size_t *columns; /* of each character, where the text is not the file's; else NULL */
};
SCHEMA_LIST_OF(lesson_expressions, struct lesson_expression);

/* One operation of a graph. */
struct lesson_gate {
	const char *op; /* its name in the registry */
	/* the exponent of a power, the index of an element; n 0: the op's own */
	double attributes[OP_MAX_ATTRIBUTES];
	size_t n_attributes;
	struct lesson_argument args[2];
	size_t n_args;
	struct label *names; /* [rows] */
	size_t rows, width;  /* width: of a picture, numbers of one of its rows; else 0 */
	struct source_mark mark;
};

/* Gates in the order in which they are computed; the last one is the output. */
struct lesson_graph {
	struct source_count steps; /* mark.line 0: nothing recurs */
	struct lesson_leaves inputs, params;
	struct lesson_expressions nodes;
	struct lesson_gate *gates; /* n_gates 0: the lesson has layers instead */
	size_t n_gates;
};

enum lesson_over { LESSON_OVER_MEAN, LESSON_OVER_SUM };

struct lesson_loss {
	struct source_text kind;
	struct source_text expression;  /* instead of kind */
	const struct loss_class *class; /* NULL: there is no loss */
	struct lesson_graph *own;       /* what the expression becomes; else NULL */
	struct source_labels targets;   /* [n_outputs] the wanted outputs: t1, t2 */
	struct source_labels terms;     /* [n_outputs] the loss of each output: E1, E2 */
	struct source_texts symbols;    /* of the terms */
	struct label total;             /* of an example; with one output, that output's term */
	struct label batch;             /* of several examples */
	struct source_count over;       /* enum lesson_over: how they become the batch's */
	struct source_entries with;
	struct source_number smoothing;     /* of the targets; mark.line 0: none */
	struct source_count smoothing_form; /* lesson_smoothing_forms */
	struct label *smoothed;             /* [n_outputs] the smoothed targets; NULL: none */
};
/* The words of smoothing_form: the names of ops. */
extern const char *const lesson_smoothing_forms[];

struct lesson_example {
	struct source_numbers x, target;
};
SCHEMA_LIST_OF(lesson_examples, struct lesson_example);

/* Rows to be made by a generator; name.text NULL: none. */
struct lesson_generate {
	struct source_text name;
	struct source_count rows, seed; /* seed.mark.line 0: the lesson's */
	struct source_number noise;
};

/* Where the rows come from that do not stand in the lesson: from a file, or made. */
struct lesson_data {
	struct lesson_generate generate;
	struct table_request table;            /* A relative path starts at the lesson. */
	struct source_text test_file;          /* of rows to test with, like the table's */
	struct source_text separator, decimal; /* as the lesson says it */
	struct source_count missing;           /* enum table_missing - 1 */
	struct lesson_generate otherwise;      /* what stands in where there is no such file */
	struct source_numbers labels;          /* what a single output is to say for each class */
	bool standardise, min_max;             /* the inputs */
	struct source_number scale; /* the inputs are divided by; mark.line 0: by nothing */
};

/* Parts of the rows; train.mark.line 0: all of them are for training. */
struct lesson_split {
	struct source_number train, validation, test;
	bool in_order; /* not drawn: the first rows train, the last ones test */
};

/* What is trained: a parameter of the lesson, by its place in params; or what an initialisation
 * makes, by its name: one place of a matrix, W_h[2,3], or all of it, W_h. */
struct lesson_trained {
	struct source_text name;
	size_t param; /* LESSON_MADE: name says it */
};
#define LESSON_MADE SIZE_MAX
SCHEMA_LIST_OF(lesson_train, struct lesson_trained);

struct lesson_early_stopping {
	struct source_count patience; /* epochs without improvement; 0: there is none */
	struct source_number min_delta;
};

/* A number that the optimizer has kept: slot number `slot` of its form, of a parameter. */
struct lesson_slot {
	size_t slot, param;
	double value;
};

struct lesson_training {
	struct source_text optimizer;
	struct source_number rate; /* above 0 */
	struct source_text rule;   /* text NULL: the optimizer's first */
	struct source_entries with;
	struct source_assignments stages;
	struct source_entries slots; /* m_w1=0.1: numbers that the optimizer has kept */
	struct source_count made;    /* updates that it has made before */
	struct optimizer chosen;     /* what these five say */
	struct lesson_slot *starts;  /* [n_starts] what slots says */
	size_t n_starts;
	struct source_count
	    batch; /* examples of one update; 0: all, where their number is not known */
	bool shuffle;
	struct source_count epochs; /* that training takes, unless it is told otherwise */
	struct lesson_early_stopping early_stopping;
};

/* What a printed number is to the exact run. */
enum figure_verdict {
	FIGURE_EXACT,      /* the same at its digits, rounded or cut */
	FIGURE_CARRIED,    /* not that, but what the lecture's own numbers give */
	FIGURE_LAST_DIGIT, /* neither, but for one in the last place */
	FIGURE_DIFFERS,    /* an erratum */
	N_FIGURE_VERDICTS,
};
/* What lessons call them. */
extern const char *const figure_verdict_words[];

/* A number that the lecture prints. */
struct lesson_figure {
	struct source_text of, printed, where; /* where: text NULL: left out */
	struct decimal number;                 /* what printed reads as */
	struct source_count update;            /* from 1 */
	struct source_count declared;          /* enum figure_verdict */
	struct lesson_text why;                /* text NULL: left out */
};
SCHEMA_LIST_OF(lesson_figures, struct lesson_figure);

/* How the example is done by hand: places after the point, kept after each number. */
struct lesson_rounding {
	bool given;
	int places;
	enum decimal_mode mode;
};
/* The same as a lesson says it. */
struct lesson_by_hand {
	struct source_count digits, mode;
};
/* How the lesson likes to be looked at, until somebody sets it otherwise; mark.line 0: as usual. */
struct lesson_show {
	struct source_count chain, digits, notation; /* enum chain_form, enum notation */
	struct source_text view;
};
/* A teacher's words for a class of slips. */
struct lesson_slip {
	struct source_text class;
	struct lesson_text says;
};
SCHEMA_LIST_OF(lesson_slips, struct lesson_slip);
/* How fresh numbers are drawn. */
struct lesson_variants {
	struct source_count decimals;
};
/* What is asked, and how; mark.line 0 in a count: not said. */
struct lesson_quiz {
	struct source_count level, attempts, until, digits, seed;
	struct source_count reveal;          /* 1: at the end */
	struct source_count hints, ask_rule; /* as in truth_words: 1 is no */
	struct source_texts kinds, views;
	struct lesson_train at;
	bool skip;
	struct lesson_variants variants;
	struct lesson_slips slips;
};
/* Lessons and `set rounding` call the modes so. */
extern const char *const rounding_words[];

/* Owns: the arena, in which all the rest lies. */
struct lesson {
	struct arena *arena;
	const char *file; /* its name as given to the reader */
	struct source_count format;
	struct source_text id;
	struct source_count language; /* of what stands without one; mark.line 0: not said */
	struct lesson_text title, text;
	struct source_count topic; /* enum lesson_topic; mark.line 0: none */
	struct lesson_source source;
	struct lesson_notes notes;
	struct lesson_tries tries;
	struct lesson_tries tasks; /* command.text NULL: nothing is left to do */
	struct lesson_network network;
	struct lesson_graph graph;
	struct lesson_loss loss;
	struct source_count seed;
	struct lesson_examples examples;
	struct lesson_data data; /* instead of examples */
	struct lesson_split split;
	struct lesson_train train; /* in the order of the walk; none: all parameters */
	struct lesson_training training;
	struct lesson_figures figures;
	struct lesson_by_hand by_hand;
	struct lesson_show show;
	struct lesson_quiz quiz;

	/* What the keys make together. */
	struct label *inputs;            /* [n_inputs] */
	const struct label *outputs;     /* [n_outputs] */
	size_t n_inputs, n_outputs;      /* n_outputs 0: a graph without a loss */
	struct lesson_parameter *params; /* [n_params] in the order in which they are declared */
	size_t n_params;
	struct lesson_made *made; /* the first, in the order of the layers */
	double *x;                /* [n_examples][n_inputs] the rows that stand in the lesson */
	double *targets;          /* [n_examples][n_outputs] */
	size_t n_examples;
	struct lesson_rounding rounding;
	bool has_masks;   /* a layer drops units at random */
	bool is_reseeded; /* layers' own seeds do not count */
};

/* Reads a lesson out of len bytes; file is what messages call it. Every error of the text is
 * appended to errors, in the order of the text.
 * Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY.
 * Owns: the caller, *lesson (lesson_free). */
enum status lesson_read_text(const char *file, const char *text, size_t len, struct lesson **lesson,
			     struct error_list *errors);
/* The path of a lesson on standard input. */
#define LESSON_ON_INPUT TEXT_FILE_INPUT
/* As lesson_read_text, out of a regular file, or standard input. Errors: also STATUS_IO. */
enum status lesson_read_file(const char *path, struct lesson **lesson, struct error_list *errors);
/* Appends the bytes that lesson_read_file reads. Errors: STATUS_IO, STATUS_NO_MEMORY. */
enum status lesson_read_bytes(const char *path, struct strbuf *out, struct error *err);
void lesson_free(struct lesson *lesson);

/* Another seed for the lesson's random numbers, also for layers with a seed of their own; data with
 * one of their own stay. Errors: STATUS_BAD_INPUT where it draws none. */
enum status lesson_set_seed(struct lesson *lesson, uint64_t seed, struct error *err);

/* Where the lesson says that its rows are made or in a file; line 0: they stand in the lesson. */
struct source_mark lesson_data_mark(const struct lesson *lesson);

/* Line i of what is told of where the lesson is from, and the words before it, in the current
 * language; NULL after the last. */
const char *lesson_source_line(const struct lesson *lesson, size_t i, const char **words);

/* The text in language; where there is none, in the other one; NULL where it was left out. */
const char *lesson_text_in(const struct lesson_text *text, enum language language);

/* The text shown when the walk reaches place (a phase or a name), or NULL. */
const char *lesson_note_at(const struct lesson *lesson, const char *place, enum language language);

#endif
