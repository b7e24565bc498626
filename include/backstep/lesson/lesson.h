/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson.h -- a lesson file, read and checked.
 *
 * A lesson is what the file says, in the file's order, with names resolved and sizes that fit. It
 * holds no op, optimizer or loss: their names are kept with their places, and whoever builds a
 * model out of the lesson looks them up and can report them there. */
#ifndef BACKSTEP_LESSON_LESSON_H
#define BACKSTEP_LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backstep/base/decimal.h"
#include "backstep/base/i18n.h"
#include "backstep/base/status.h"
#include "backstep/text/schema.h"

/* Limits of a lesson file; the reader refuses what is beyond them. */
enum {
	LESSON_FORMAT = 1,
	LESSON_MAX_BYTES = 1 << 20,
	LESSON_MAX_LAYERS = 64,
	LESSON_EPOCHS = 100, /* where the lesson does not say how many */
	LESSON_MAX_EPOCHS = 1000000,
	LESSON_MAX_WIDTH = 1024, /* inputs, units of a layer */
	LESSON_MAX_PARAMS = 1000000,
	LESSON_MAX_ROWS = 1000000,    /* of a data set */
	LESSON_MAX_NUMBERS = 1 << 24, /* in all its rows */
	LESSON_MAX_GATES = 500,       /* operations of a graph */
	LESSON_MAX_EXPRESSION = 4096, /* characters of one */
	LESSON_MAX_NAME = SCHEMA_MAX_NAME,
	LESSON_MAX_FIGURES = 500,
	LESSON_MAX_FORMULA = 80, /* bytes of what a figure is of */
	LESSON_MAX_FIGURE_UPDATE = 1000,
};

/* All keys of a lesson file. */
extern const struct schema_map lesson_schema;

/* One text in every language, never NULL in a lesson that was accepted. */
struct lesson_text {
	struct source_text in[N_LANGUAGES];
};

/* What formulas and commands call something. */
struct lesson_name {
	const char *name;   /* ASCII */
	const char *symbol; /* Unicode; NULL: made from the name */
	struct source_mark mark;
};

/* A number that training may change. */
struct lesson_parameter {
	const char *name;
	double value;
	bool frozen; /* the layer that declares it is not trained */
	struct source_mark mark;
};

/* A number that shapes an activation or an optimizer. */
struct lesson_setting {
	const char *name;
	double value;
	struct source_mark mark;
};

/* A setting as `set` takes it: a name, and a word or a number. */
struct lesson_assignment {
	const char *name, *value;
	struct source_mark mark;
};

/* How the parameters of a layer get their first numbers; kind.text NULL: they are given. */
struct lesson_init {
	struct source_text kind;
	struct lesson_setting *with; /* [n_with] */
	size_t n_with;
	struct source_count seed; /* mark.line 0: the lesson's */
};

enum lesson_layer_kind {
	LESSON_DENSE,
	LESSON_RESIDUAL,
	LESSON_DROPOUT,
	LESSON_BATCH_NORM,
	LESSON_LAYER_NORM,
};

struct lesson_layer {
	enum lesson_layer_kind kind;
	struct source_mark mark;
	bool frozen;
	const char *name;          /* what made parameters are called by; may be NULL */
	struct lesson_name *units; /* [n_units] */
	struct lesson_name *sums;  /* [n_sums] weighted sums; NULL where there is no activation */
	struct lesson_name *products; /* [n_sums] sums before + bias; NULL unless separate_bias */
	size_t n_units, n_inputs;
	size_t pieces, n_sums; /* maxout makes each unit out of pieces sums; else pieces is 1 */
	struct source_text activation; /* text NULL: the unit is the weighted sum itself */
	struct lesson_setting *with;   /* [n_with] of the activation */
	size_t n_with;
	size_t *weights; /* [n_sums][n_inputs] places in lesson->params, or NULL */
	size_t *biases;  /* [n_biases] places in lesson->params, or NULL */
	struct lesson_init init, bias_init; /* for those that are NULL */
	size_t n_biases;                    /* 0 (no bias), n_sums, or 1 where shared_bias */
	bool shared_bias;
	bool separate_bias;
	/* LESSON_RESIDUAL: what F(x) is made of; weights are those of the projection of x, or NULL
	 */
	struct lesson_layer *layers; /* [n_layers] */
	size_t n_layers;
	struct lesson_name *skips; /* [n_units] the projected x; NULL where there is none */
	/* LESSON_DROPOUT */
	struct lesson_name *masks; /* [n_units] */
	struct source_number rate;
	size_t seed;
	/* LESSON_BATCH_NORM, LESSON_LAYER_NORM: biases are the shifts; line 0: the usual number */
	struct lesson_name *normalised;        /* [n_units] */
	struct lesson_name *means, *variances; /* [n_units], or one of the layer */
	struct source_number epsilon, momentum;
	size_t *scales; /* [n_units] places in lesson->params */
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
	struct lesson_name *names; /* [rows * cols] */
	size_t rows, cols;         /* an input has one column */
	size_t first;              /* of its inputs, or of its places in lesson->params */
};

/* One operation of a graph. */
struct lesson_gate {
	const char *op;  /* its name in the registry */
	double exponent; /* of a power */
	struct lesson_argument args[2];
	size_t n_args;
	struct lesson_name *names; /* [rows] */
	size_t rows;
	struct source_mark mark;
};

/* Gates in the order in which they are computed; the last one is the output. */
struct lesson_graph {
	struct lesson_leaf *inputs, *params;
	size_t n_inputs, n_params;
	struct lesson_gate *gates; /* n_gates 0: the lesson has layers instead */
	size_t n_gates;
};

enum lesson_over { LESSON_OVER_MEAN, LESSON_OVER_SUM };

struct lesson_loss {
	struct source_text kind;
	struct lesson_name *targets; /* [n_outputs] the wanted outputs: t1, t2 */
	struct lesson_name *terms;   /* [n_outputs] the loss of each output: E1, E2 */
	struct lesson_name total;    /* of an example; with one output, that output's term */
	struct lesson_name batch;    /* of several examples */
	enum lesson_over over;       /* how the examples' losses become the batch's */
	struct lesson_setting *with; /* [n_with] of the loss */
	size_t n_with;
	struct source_number smoothing; /* of the targets; mark.line 0: none */
	const char *smoothing_form;     /* the name of its op */
	struct lesson_name *smoothed;   /* [n_outputs] the smoothed targets; NULL: none */
};

struct lesson_training {
	struct source_text optimizer;
	struct source_number rate;   /* above 0 */
	struct source_text rule;     /* text NULL: the optimizer's first */
	struct lesson_setting *with; /* [n_with] of the optimizer */
	size_t n_with;
	struct lesson_assignment *stages; /* [n_stages] */
	size_t n_stages;
	size_t batch; /* examples of one update; 0: all, where their number is not known */
	struct source_mark batch_mark;
	bool shuffle;
	size_t epochs;    /* that training takes, unless it is told otherwise */
	size_t patience;  /* epochs without improvement before it stops; 0: it does not */
	double min_delta; /* how much less loss is an improvement */
};

/* A column of a file, by its name in the header or by its number. */
struct lesson_column {
	const char *name; /* NULL: by number */
	size_t number;    /* from 1 */
	struct source_mark mark;
};

/* Rows to be made by a generator; name.text NULL: none. */
struct lesson_generate {
	struct source_text name;
	size_t rows;
	double noise;
	struct source_count seed; /* mark.line 0: the lesson's */
};

enum lesson_scaling { LESSON_AS_IS, LESSON_STANDARDISE, LESSON_MIN_MAX };

/* Where the rows come from that do not stand in the lesson: from a file, or made. */
struct lesson_data {
	struct source_mark mark; /* line 0: the rows stand in the lesson */
	struct lesson_generate generate;
	struct source_text file; /* text NULL: generated. A relative path starts at the lesson. */
	struct lesson_generate otherwise; /* what stands in where there is no such file */
	size_t max_rows;                  /* of the file; 0: all */
	bool header;
	char separator;
	struct lesson_column *inputs, *targets; /* n_inputs 0: all columns but the targets */
	size_t n_inputs, n_targets;
	bool one_hot;                /* words and classes become a column for each */
	struct source_text *classes; /* [n_classes] in the order of the outputs; 0: sorted */
	size_t n_classes;
	double *labels; /* [n_labels] what a single output is to say for each class */
	size_t n_labels;
	enum lesson_scaling scaling; /* of the inputs */
};

/* Parts of the rows; train 0: all of them are for training. */
struct lesson_split {
	double train, validation, test;
	bool in_order; /* not drawn: the first rows train, the last ones test */
	struct source_mark mark;
};

/* What is trained: a parameter of the lesson, by its place in params; or what an initialisation
 * makes, by its name: one place of a matrix, W_h[2,3], or all of it, W_h. */
struct lesson_trained {
	size_t param; /* LESSON_MADE: name says it */
	struct source_text name;
};
#define LESSON_MADE SIZE_MAX

/* Text that belongs to a phase or to a name. */
struct lesson_note {
	struct source_text at;
	struct lesson_text text;
};

/* Something to try: a command and what to watch. */
struct lesson_try {
	struct source_text command;
	struct lesson_text text;
};

/* What a printed number is to the exact run. */
enum figure_verdict {
	FIGURE_EXACT,   /* the same at its digits, rounded or cut */
	FIGURE_CARRIED, /* not that, but what the lecture's own numbers give */
	FIGURE_DIFFERS, /* neither: an erratum */
	N_FIGURE_VERDICTS,
};
/* What lessons call them. */
extern const char *const figure_verdict_words[];

/* A number that the lecture prints. */
struct lesson_figure {
	struct source_text of, printed, where; /* where: text NULL: left out */
	struct decimal number;                 /* what printed reads as */
	size_t update;                         /* from 1 */
	enum figure_verdict declared;
	struct source_mark declared_mark; /* of its number where the verdict is left out */
	struct lesson_text why;           /* text NULL: left out */
};

/* How the example is done by hand: places behind the point, kept after each number. */
struct lesson_rounding {
	bool given;
	int places;
	enum decimal_mode mode;
};
/* Lessons and `set rounding` call the modes so. */
extern const char *const rounding_words[];

/* Owns: the arena, in which all the rest lies. */
struct lesson {
	struct arena *arena;
	const char *file; /* its name as given to the reader */
	struct source_text id;
	struct lesson_text title, text;
	struct source_text document, author; /* text NULL: left out */
	struct lesson_note *notes;
	size_t n_notes;
	struct lesson_try *tries;
	size_t n_tries;
	struct lesson_name *inputs; /* [n_inputs] */
	size_t n_inputs;
	struct lesson_layer *layers;
	struct lesson_graph graph;
	size_t n_layers, n_outputs;      /* n_outputs 0: a graph without a loss */
	struct lesson_parameter *params; /* [n_params] in the order in which they are declared */
	size_t n_params;
	struct lesson_loss loss;
	uint64_t seed;
	struct lesson_data data;
	struct lesson_split split;
	double *x;       /* [n_examples][n_inputs] the rows that stand in the lesson */
	double *targets; /* [n_examples][n_outputs] */
	size_t n_examples;
	struct lesson_trained *train; /* [n_train] in the order of the walk */
	size_t n_train;               /* 0: all parameters */
	struct lesson_training training;
	struct lesson_figure *figures;
	size_t n_figures;
	struct lesson_rounding rounding;
};

/* Reads a lesson out of len bytes; file is what messages call it. Every error of the text is
 * appended to errors, in the order of the text.
 * Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY.
 * Owns: the caller, *lesson (lesson_free). */
enum status lesson_read_text(const char *file, const char *text, size_t len, struct lesson **lesson,
			     struct error_list *errors);
/* As lesson_read_text, out of a regular file. Errors: also STATUS_IO. */
enum status lesson_read_file(const char *path, struct lesson **lesson, struct error_list *errors);
void lesson_free(struct lesson *lesson);

/* Another seed for the lesson's random numbers, also for layers with a seed of their own; data with
 * one of their own stay. Errors: STATUS_BAD_INPUT where it draws none. */
enum status lesson_set_seed(struct lesson *lesson, uint64_t seed, struct error *err);

/* The text shown when the walk reaches place (a phase or a name), or NULL. */
const char *lesson_note_at(const struct lesson *lesson, const char *place, enum language language);

#endif
