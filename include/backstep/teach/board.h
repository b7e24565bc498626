/* SPDX-License-Identifier: GPL-3.0-or-later */
/* board.h -- what stands on the board when a step is asked: numbers by name, and the formulas that
 * they came from.
 *
 * The board is read off the steps of the walk (left side, rule, value), so a new kind of step needs
 * no line here. Every name with the same number is one entry with one leaf, which all formulas of
 * the board share: where the leaf's value is changed, all of them are evaluated with it. That is
 * how a slip is carried through, and how the board is looked at with other numbers at its roots: in
 * a world of its own two formulas that agree by chance differ. */
#ifndef BACKSTEP_TEACH_BOARD_H
#define BACKSTEP_TEACH_BOARD_H

#include "backstep/trace/value.h"

/* What working a step's number out takes. */
enum step_task {
	TASK_NONE,     /* there is no number */
	TASK_VALUE,    /* a unit, a loss */
	TASK_FACTOR,   /* a local partial */
	TASK_PRODUCT,  /* the factors of a path */
	TASK_DELTA,    /* the gradient of a unit */
	TASK_GRADIENT, /* the sum over paths, or over rows */
	TASK_STAGE,    /* what is done beside the rule */
	TASK_MEMORY,   /* what is kept for the next update */
	TASK_UPDATE,   /* a parameter's new value */
};

/* What a number is in the network. */
enum role {
	ROLE_OTHER,
	ROLE_INPUT,
	ROLE_TARGET,
	ROLE_WEIGHT,
	ROLE_BIAS,
	ROLE_SUM,
	ROLE_UNIT, /* what an activation makes of a sum */
	ROLE_LOSS,
	ROLE_DERIVATIVE,
	ROLE_SETTING,
	ROLE_NEW, /* a parameter's value after the update */
};

/* Owns: nothing; it lies in the board's arena. */
struct entry {
	struct formula leaf; /* SYMBOL or DERIVATIVE; its value is that of the world in force */
	const char *name;    /* ASCII: y1, dE1/dy1, w5' */
	double value;
	double shifted;       /* in the world where the roots are others */
	struct formula *tree; /* NULL: it was given, or its formula is too long to be shown */
	uint64_t index;       /* of the step that computes it, from 1; 0: none on the board does */
	enum step_task task;  /* of that step */
	enum phase phase;
	enum role role;
	struct entry *of, *wrt;   /* of a derivative, where they are on the board */
	struct entry *sum, *unit; /* of a unit its sum; of a sum its unit */
	struct entry *fresh;      /* of a parameter its new value */
	bool in_cone;             /* the asked number depends on it */
	bool is_moved;            /* it depends on the formula in which a slip is tried */
	bool is_output;           /* a loss is computed from it */
	struct entry *next;       /* in its hash chain */
	/* Where its number comes from, and the next entry of the same name: where the board is one
	 * that gets other numbers. */
	struct number_source *sources;
	struct entry *twin;
};

/* Where a number of the walk is read: of a step, or where step is NULL by a reference. */
struct number_source {
	const struct step *step;
	bool is_of_chain; /* a factor of the step's chain, or the product */
	struct ref ref;
	struct number_source *next; /* the same number too */
};

/* A unit's weighted sum: x[0] w[0] + x[1] w[1] + ... + bias. */
struct dense_row {
	struct entry *sum, *bias; /* bias: NULL where it has none */
	struct entry **x, **w;
	size_t n;
};

/* How one number is taken for another. */
enum confusion {
	CONFUSED_NEIGHBOUR,  /* of another unit of the layer */
	CONFUSED_TRANSPOSED, /* a weight of the matrix transposed: w_ji for w_ij */
	CONFUSED_COLUMN,     /* a weight of the same source into another unit */
	CONFUSED_SOURCE,     /* a weight of another source into the same unit */
	CONFUSED_ROW,        /* the same of another row of the data: E(2) for E(1) */
	CONFUSED_NAMESAKE,   /* the same, where each row's has one name */
	CONFUSED_UPDATED,    /* a parameter's new value */
	CONFUSED_SUM,        /* a unit's sum */
	CONFUSED_UNIT,       /* a sum's unit */
};
enum {
	BOARD_MAX_CONFUSED = 12,
	BOARD_CHAINS = 1024,
	BOARD_MOST_RECENT = 8,
	BOARD_NAME = 2 * LABEL_TEXT + 8, /* bytes of a name: dE1/dy1 */
};

/* What is asked: one step. */
struct question {
	struct step step;
	struct formula *tree; /* its rule, of the board's leaves */
	double value, shifted;
	uint64_t index; /* of the step in its update, from 1 */
	uint64_t from;  /* the first step whose number is not known when it is asked */
	double base;    /* what an update starts from: spreads are of the change. 0 elsewhere */
	struct entry *of, *wrt;
	bool is_update; /* a parameter's new value */
	bool is_slope;  /* of an activation */
	bool is_derivative;
};

enum world { WORLD_REAL, WORLD_SHIFTED };

/* Owns: its arena and all that lies in it. */
struct board {
	struct arena *arena;
	struct entry **entries; /* [n_entries] as they were met */
	size_t n_entries, capacity;
	struct entry **chains;   /* [BOARD_CHAINS] entries whose names have the same hash */
	struct entry **computed; /* [n_computed] those with a tree, each after what it needs */
	size_t n_computed;
	struct entry **cone; /* [n_cone] of these the ones that the asked number depends on */
	size_t n_cone;
	struct dense_row *rows;
	size_t n_rows, rows_capacity;
	const struct entry *moved_by; /* whose dependents is_moved marks; NULL: none are marked */
	struct question question;
	/* The numbers computed last before, and of what is printed already also the next ones. */
	struct entry *recent[BOARD_MOST_RECENT];
	size_t n_recent;
	bool failed; /* memory ended */
};

#endif
