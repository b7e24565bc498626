/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric.h -- numbers that say how a network does, as rows made out of an evaluation.
 *
 * To add one: a row in metric.c; what it needs of the passes is summed up in evaluation.c. */
#ifndef BACKSTEP_ENGINE_METRIC_H
#define BACKSTEP_ENGINE_METRIC_H

#include "backstep/engine/evaluation.h"

/* What a metric has one number for. */
enum metric_scope {
	METRIC_OF_ROWS,    /* all rows together: k is 0 */
	METRIC_OF_CLASSES, /* each pair of classes: k is target * n_classes + answer */
	METRIC_OF_LAYER,   /* each layer of the evaluation: k counts from 0 */
};

struct metric {
	const char *name;    /* as tables and files call it */
	const char *title;   /* N_(), a column's head */
	const char *summary; /* N_() */
	const char *rule;    /* N_() */
	const char *source;
	enum metric_scope scope;
	bool is_share; /* between 0 and 1, shown in percent */
	/* Its number k; false where there is none. */
	bool (*value)(const struct evaluation *evaluation, size_t k, double *value);
};

/* Every metric, then a row whose name is NULL. */
extern const struct metric metric_registry[];

const struct metric *metric_find(const char *name);

#endif
