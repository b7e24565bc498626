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

#include "backstep/base/i18n.h"
#include "backstep/base/status.h"
#include "backstep/lesson/source.h"

/* Limits of a lesson file; the reader refuses what is beyond them. */
enum {
	LESSON_FORMAT = 1,
	LESSON_MAX_BYTES = 1 << 20,
	LESSON_MAX_DEPTH = 16,    /* lists and maps inside one another */
	LESSON_MAX_NODES = 20000, /* keys, values, lists and maps */
	LESSON_MAX_LAYERS = 16,
	LESSON_EPOCHS = 100,      /* where the lesson does not say how many */
	LESSON_MAX_EPOCHS = 1000000,
	LESSON_MAX_WIDTH = 1024, /* inputs, units of a layer */
	LESSON_MAX_NAME = 31,    /* bytes */
	LESSON_MAX_SYMBOL = 8,   /* columns */
};

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
	struct source_mark mark;
};

/* A number that shapes an activation or an optimizer. */
struct lesson_setting {
	const char *name;
	double value;
	struct source_mark mark;
};

struct lesson_layer {
	struct lesson_name *units; /* [n_units] */
	struct lesson_name *sums;  /* [n_units] weighted sums; NULL where there is no activation */
	struct lesson_name *products; /* [n_units] sums before + bias; NULL unless separate_bias */
	size_t n_units, n_inputs;
	struct source_text activation; /* text NULL: the unit is the weighted sum itself */
	struct lesson_setting *with;   /* [n_with] of the activation */
	size_t n_with;
	size_t *weights;               /* [n_units][n_inputs] places in lesson->params */
	size_t *biases;                /* [n_biases] places in lesson->params */
	size_t n_biases;               /* 0 (no bias), n_units, or 1 where shared_bias */
	bool shared_bias;
	bool separate_bias;
};

enum lesson_over { LESSON_OVER_MEAN, LESSON_OVER_SUM };

struct lesson_loss {
	struct source_text kind;
	struct lesson_name *targets; /* [n_outputs] the wanted outputs: t1, t2 */
	struct lesson_name *terms;   /* [n_outputs] the loss of each output: E1, E2 */
	struct lesson_name total;    /* of an example; with one output, that output's term */
	struct lesson_name batch;    /* of several examples */
	enum lesson_over over;       /* how the examples' losses become the batch's */
};

struct lesson_training {
	struct source_text optimizer;
	struct source_number rate; /* above 0 */
	struct source_text rule;   /* text NULL: the optimizer's first */
	struct lesson_setting *with; /* [n_with] of the optimizer */
	size_t n_with;
	size_t batch;              /* examples of one update, at most n_examples */
	size_t epochs;             /* that training takes, unless it is told otherwise */
	size_t patience;           /* epochs without improvement before it stops; 0: it does not */
	double min_delta;          /* how much less loss is an improvement */
};

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
	size_t n_layers, n_outputs;
	struct lesson_parameter *params; /* [n_params] in the order in which they are declared */
	size_t n_params;
	struct lesson_loss loss;
	double *x;       /* [n_examples][n_inputs] */
	double *targets; /* [n_examples][n_outputs] */
	size_t n_examples;
	size_t *train;  /* [n_train] places in params, in the order of the walk */
	size_t n_train; /* 0: all parameters */
	struct lesson_training training;
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

/* Another seed for the lesson's random numbers. Errors: STATUS_BAD_INPUT where it draws none. */
enum status lesson_set_seed(struct lesson *lesson, uint64_t seed, struct error *err);

/* The text shown when the walk reaches place (a phase or a name), or NULL. */
const char *lesson_note_at(const struct lesson *lesson, const char *place, enum language language);

#endif
