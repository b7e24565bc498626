/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.h -- what the layers are put together with. Private to layers/. */
#ifndef BACKSTEP_ENGINE_LAYER_H
#define BACKSTEP_ENGINE_LAYER_H

#include "backstep/engine/layer_dense.h"

/* Adds an op to the current layer and makes it the model's output. Errors: as graph_add_op. */
enum status layer_add_op(struct model *model, const struct op *op, struct node *const inputs[],
			 const struct label *labels, const char *prefix, struct error *err);
/* The same with the op's attributes (NULL: the usual ones). */
enum status layer_add_op_with(struct model *model, const struct op *op, const double *attributes,
			      struct node *const inputs[], const struct label *labels,
			      const char *prefix, struct error *err);
/* The weighted sums of a dense layer: as many as units, or several for each. */
size_t layer_dense_sums(const struct layer_dense *layer);
/* Adds parameters of the current layer. NULL on lack of memory. */
struct node *layer_add_param(struct model *model, size_t rows, size_t cols, const size_t *ids,
			     const struct label *labels, const char *prefix);
/* "letters_prefix" in the model's arena. NULL on lack of memory. */
const char *layer_prefix(struct model *model, const char *letters, const char *prefix);

#endif
