/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric.c -- the table of metrics. */
#include "backstep/engine/metric.h"

#include <string.h>

#include "backstep/base/i18n.h"

static bool loss_value(const struct evaluation *e, size_t k, double *value)
{
	*value = e->loss;
	return k == 0 && e->n_rows > 0;
}

static bool accuracy_value(const struct evaluation *e, size_t k, double *value)
{
	*value = e->n_rows ? (double)e->n_correct / (double)e->n_rows : 0.0;
	return k == 0 && e->n_rows > 0 && e->n_classes > 0;
}

static bool confusion_value(const struct evaluation *e, size_t k, double *value)
{
	if (k >= e->n_classes * e->n_classes)
		return false;
	*value = (double)e->confusion[k];
	return true;
}

static bool norm_value(const struct evaluation *e, size_t k, double *value)
{
	if (k >= e->n_layers || !e->has_gradient || !e->layers[k].n_params)
		return false;
	*value = e->layers[k].norm;
	return true;
}

static bool dead_value(const struct evaluation *e, size_t k, double *value)
{
	size_t n = 0, n_dead = 0;
	for (size_t u = 0; u < e->n_units; u++) {
		const struct evaluation_units *units = &e->units[u];
		for (size_t row = 0; units->layer == k && units->alive && row < units->node->rows;
		     row++) {
			n++;
			n_dead += !units->alive[row];
		}
	}
	*value = n ? (double)n_dead / (double)n : 0.0;
	return n > 0 && e->n_rows > 0;
}

static bool saturated_value(const struct evaluation *e, size_t k, double *value)
{
	size_t n = 0, n_saturated = 0;
	for (size_t u = 0; u < e->n_units; u++) {
		const struct evaluation_units *units = &e->units[u];
		if (units->layer != k || units->alive)
			continue;
		n += units->node->rows * e->n_rows;
		n_saturated += units->n_saturated;
	}
	*value = n ? (double)n_saturated / (double)n : 0.0;
	return n > 0;
}

const struct metric metric_registry[] = {
    {"loss", N_("loss"), N_("what training makes small"),
     N_("the rows' losses, their mean or their sum, as the lesson says"),
     "I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, 2016, section 8.1", METRIC_OF_ROWS,
     false, loss_value},
    {"accuracy", N_("accuracy"), N_("the share of the rows whose class is the right one"),
     N_("right rows / rows; of one output: from 0.5 on it says 1 (of a logit or of -1 and 1: from "
	"0 on); of several: the largest"),
     "T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006",
     METRIC_OF_ROWS, true, accuracy_value},
    {"confusion", N_("confusion"), N_("how often each class was taken for each"),
     N_("rows of one target and one answer"),
     "T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006",
     METRIC_OF_CLASSES, false, confusion_value},
    {"gradient_norm", N_("gradient norm"),
     N_("how much the layer learns: the length of its gradient"),
     N_("sqrt(sum((dJ/dw)^2)) over the layer's trained parameters, J over all these rows, "
	"as in training"),
     "R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training recurrent neural "
     "networks, ICML 2013",
     METRIC_OF_LAYER, false, norm_value},
    {"dead_relu", N_("dead ReLUs"), N_("the share of the ReLUs that are 0 in all rows"),
     N_("units with y = 0 in every row / units"),
     "L. Lu, Y. Shin, Y. Su, G. E. Karniadakis, Dying ReLU and Initialization, 2019",
     METRIC_OF_LAYER, true, dead_value},
    {"saturated", N_("saturated"),
     N_("the share of sigmoids and tanh whose slope is below a twentieth of the largest"),
     N_("units and rows with dy/dz < 0.05 max dy/dz / units and rows"),
     "X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural "
     "networks, AISTATS 2010 (the threshold is ours)",
     METRIC_OF_LAYER, true, saturated_value},
    {0},
};

const struct metric *metric_find(const char *name)
{
	for (const struct metric *row = metric_registry; row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}
