/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_resolve.h -- what the keys of a lesson mean together: names get their meaning, sizes are
 * compared. Private to lesson/.
 *
 * Whatever is missing has been reported by the schema; resolving goes on around it, so that one
 * pass finds all errors, and a lesson with errors is never used. */
#ifndef BACKSTEP_LESSON_LESSON_RESOLVE_H
#define BACKSTEP_LESSON_LESSON_RESOLVE_H

#include "backstep/lesson/lesson.h"
#include "backstep/text/report.h"
#include "lesson_names.h"

struct resolver {
	struct lesson *lesson;
	struct report *report;
	struct name_table names;
	size_t params_capacity;        /* of lesson->params, while layers add to them */
	struct lesson_made *last_made; /* of lesson->made */
	size_t n_made_params;          /* parameters that initialisations make */
	size_t n_layers;               /* begun so far, those in residual blocks too */
	bool is_frozen;                /* the layer being resolved is not trained */
	bool is_broken; /* keys that give names were refused: an unknown name may come of that */
	bool is_data_broken; /* a key of data was */
};

/* In this order; the graph stands in for the network. */
void lesson_resolve_network(struct resolver *r);
void lesson_resolve_graph(struct resolver *r);
void lesson_resolve_loss(struct resolver *r);
/* Reads loss.expression into loss.own. */
void lesson_resolve_own_loss(struct resolver *r);
void lesson_resolve_data(struct resolver *r);
void lesson_resolve_training(struct resolver *r);
void lesson_resolve_notes(struct resolver *r);
void lesson_resolve_figures(struct resolver *r);

static inline bool lesson_has_loss(const struct lesson *lesson)
{
	return lesson->loss.kind.mark.line > 0 || lesson->loss.expression.mark.line > 0;
}

static inline bool lesson_is_graph(const struct lesson *lesson)
{
	return lesson->graph.nodes.mark.line > 0;
}

/* What names an entry that has no name of its own, letters_unit or letters_unit_input; key is what
 * gives it another one. unit NULL: the entry is left alone. is_constant: others of its matrix have
 * names, so it is only a number. */
struct default_name {
	const char *letters, *unit, *input, *key;
	bool is_constant;
};

/* The place in lesson->params of the parameter that an entry declares or uses. */
size_t resolve_entry(struct resolver *r, const struct source_entry *entry,
		     const struct default_name *fallback);
/* The labels of parameters; NULL for none. */
struct label *resolve_param_labels(struct resolver *r, const size_t *params, size_t n);

#endif
