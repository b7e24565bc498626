/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_resolve.h -- from a draft to a lesson: names get their meaning, sizes are compared.
 *
 * Whatever is missing in the draft has been reported by the schema; resolving goes on around it,
 * so that one pass finds all errors, and a lesson with errors is never used. */
#ifndef BACKSTEP_LESSON_LESSON_RESOLVE_H
#define BACKSTEP_LESSON_LESSON_RESOLVE_H

#include "lesson_draft.h"
#include "lesson_names.h"
#include "backstep/text/report.h"

struct resolver {
	struct lesson *lesson;
	const struct lesson_draft *draft;
	struct report *report;
	struct name_table names;
	size_t params_capacity; /* of lesson->params, while layers add to them */
	size_t n_made;          /* parameters that initialisations make */
	size_t n_layers;        /* begun so far, those in residual blocks too */
	bool is_frozen;         /* the layer being resolved is not trained */
};

/* Inputs, layers and parameters. */
void lesson_resolve_network(struct resolver *r);
/* Seed, split, and rows that do not stand in the lesson. */
void lesson_resolve_rows(struct resolver *r);
/* Inputs, parameters and gates of a graph, which stands in for a network. */
void lesson_resolve_graph(struct resolver *r);
/* Loss, data, training, notes. After the network or the graph. */
void lesson_resolve_data(struct resolver *r);
/* Printed figures and rounding. */
void lesson_resolve_figures(struct resolver *r);

/* Adds the names and gives them their symbols; NULL where there are none. */
struct lesson_name *resolve_names(struct resolver *r, const struct draft_texts *names,
				  const struct draft_texts *symbols);
/* A name made of prefix and another name, reported there where it is too long or taken. key is
 * what gives it another name. */
struct lesson_name resolve_derived_name(struct resolver *r, const char *prefix,
					const struct lesson_name *name, const char *key);
/* Takes the name of a matrix that is made: notes can be placed at it, and it can be trained. */
void resolve_matrix_name(struct resolver *r, const char *prefix, const struct lesson_name *layer);
/* The names of counted units: prefix1, prefix2, ... */
struct lesson_name *resolve_counted(struct resolver *r, const char *prefix,
				    struct source_count count);
/* A layer's name; reported where it is missing and the layer numbers anything. */
void resolve_layer_name(struct resolver *r, const struct draft_layer *draft,
			struct lesson_layer *layer);
/* Whether an initialisation makes the biases, one for each unit. */
bool resolve_bias_init(struct resolver *r, const struct draft_layer *draft,
		       struct lesson_layer *layer);
/* The parameters that are made, of a layer whose sizes are known: not too many in all. */
void resolve_made(struct resolver *r, const struct draft_layer *draft, struct lesson_layer *layer);

/* n such names. */
struct lesson_name *resolve_derived_names(struct resolver *r, const char *prefix,
					  const struct lesson_name *names, size_t n,
					  const char *key);
/* Whether there are as many as needed; reports at mark where not. Unknown (0) sizes fit. */
bool resolve_count(struct resolver *r, struct source_mark mark, const char *what, size_t given,
		   size_t needed);
/* As resolve_count, for numbers: more than needed may come of a decimal comma. */
bool resolve_numbers_count(struct resolver *r, struct source_mark mark, const char *what,
			   size_t given, size_t needed);

#endif
