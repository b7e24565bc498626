/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terms.h -- a weighted sum of many terms, told by its largest ones. Private to view/. */
#ifndef BACKSTEP_VIEW_TERMS_H
#define BACKSTEP_VIEW_TERMS_H

#include "pane.h"

enum { TERMS_MOST = 5, TERMS_LONG = 24 };

struct term {
	struct element x;
	size_t param;
	double product;
};

/* Of element e of a node. */
struct terms {
	struct term largest[TERMS_MOST]; /* the largest first; none is 0 */
	struct term first, last;
	size_t n_largest, n, n_nonzero;
	double others; /* the sum of those that are not among the largest, without the bias */
	bool has_bias;
	size_t bias; /* the parameter */
};

/* false: the element is no weighted sum, or its inputs are not known yet. most: of the largest, at
 * most TERMS_MOST. */
bool terms_find(const struct session *session, const struct node *node, size_t e, size_t most,
		struct terms *terms);

#endif
