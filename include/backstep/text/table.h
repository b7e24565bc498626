/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h -- the columns of a CSV file that somebody asks for, as numbers and categories. */
#ifndef BACKSTEP_TEXT_TABLE_H
#define BACKSTEP_TEXT_TABLE_H

#include "backstep/base/arena.h"
#include "backstep/base/status.h"
#include "backstep/text/schema.h"

enum {
	TABLE_MAX_ROWS = 1000000,
	TABLE_MAX_NUMBERS = 1 << 24, /* in all rows */
};

/* What becomes of an empty field, or one with a mark such as ? and NA. */
enum table_missing {
	TABLE_MISSING_REFUSED,
	TABLE_MISSING_DROP, /* its row is left out */
	TABLE_MISSING_MEAN, /* an input gets the mean of its column's other values */
};

/* What the rows of a file say of a chosen column, for another file of such rows. */
struct table_learnt {
	const char *name;
	const char **words; /* [n_words] in order, of a category; else NULL */
	size_t n_words;
	double mean; /* of the numbers that are there */
};

/* What is asked of a file of rows. */
struct table_request {
	struct source_text file;
	bool header;                           /* the first line names the columns */
	char separator;                        /* of columns; 0: what the file says, else ',' */
	char decimal;                          /* the decimal point: '.' or ',' */
	enum table_missing missing;            /* what becomes of marks of missing values */
	size_t max_rows;                       /* 0: all */
	struct source_columns inputs, targets; /* none: all but the targets; the last column */
	const struct label *names;             /* [n_names] of what the inputs are for */
	const struct label *outputs;           /* [n_outputs] of what the targets are for */
	size_t n_names, n_outputs;
	bool one_hot;                  /* words and classes become a column for each */
	struct source_texts classes;   /* in the order of the outputs; none: by name, else sorted */
	const struct table_rows *like; /* a file whose words and means hold here too, or NULL */
};

/* Owns: nothing; all of it lies in the arena. */
struct table_rows {
	size_t n_rows, n_inputs;
	double *x; /* [n_rows][n_inputs] */
	double *t; /* [n_rows][n_targets] */
	size_t n_targets;
	size_t n_classes;            /* above 0: the one target is the number of a class */
	const char **class_names;    /* [n_classes], or NULL */
	const char **input_names;    /* [n_inputs], or NULL */
	const bool *is_category;     /* [n_inputs] which are not scaled, or NULL */
	size_t n_dropped;            /* rows with missing values that were left out */
	size_t n_filled;             /* missing values for which the column's mean stands */
	bool has_numbers;            /* the header's names are numbers: it may be a row */
	struct table_learnt *learnt; /* [n_learnt] */
	size_t n_learnt;
};

/* Reads the file at path as the request says, which stands in the file asker. Errors:
 * STATUS_BAD_INPUT, STATUS_IO, STATUS_NO_MEMORY, with their place in one of them.
 *
 * Where a header has all names of the request, columns and inputs meet by name, and other columns
 * are left out unless they are asked for; else they meet by position, but never a name and a column
 * that has the name of another. So do outputs with target columns, or with classes. */
enum status table_read(const struct table_request *request, const char *asker, const char *path,
		       struct arena *arena, struct table_rows *rows, struct error *err);

#endif
