/* SPDX-License-Identifier: GPL-3.0-or-later */
/* optimizer.h -- update rules: how parameters change, given what they learn from.
 *
 * An optimizer class is a constant registry row; where the literature disagrees it has several
 * forms, each with its source. A form's rules are what the steps show. Their names:
 *   w  the parameter          g  its gradient           t  updates since the optimizer started
 *   a hyperparameter's or a slot's name; a slot is its value of the last update until the rule that
 *   computes it, from there on the new one
 *   e  the error of the unit that the parameter feeds, x  what it multiplies (only where the class
 *   learns from the error)
 *
 * To add one: one file in src/engine/optimizers/ and one line in optimizer_list.h. */
#ifndef BACKSTEP_ENGINE_OPTIMIZER_H
#define BACKSTEP_ENGINE_OPTIMIZER_H

#include <stdint.h>

#include "backstep/engine/stage.h"

enum { OPTIMIZER_MAX_HYPERS = 6, OPTIMIZER_MAX_SLOTS = 6 };

/* A number for each parameter that a form computes, in order, before the new value. */
struct optimizer_slot {
	const char *name, *symbol, *rule, *summary; /* summary N_() */
	bool kept; /* the next update needs it; else it is computed only to be shown */
};

/* One form of an update rule. */
struct optimizer_form {
	const char *name, *summary, *source;
	const struct optimizer_slot *slots;
	size_t n_slots;
	const char
	    *ahead; /* the point where the gradient is taken; NULL: where the parameters are */
	const char *rule;  /* the new parameter */
	bool weights_only; /* biases keep their values */
};

/* The work of one update on parameters lo to hi. Shapes: each array [n_params]. A slot that is not
 * kept may be NULL: then nobody looks at it. */
struct update {
	double *theta;        /* old values in, new ones out */
	const double *signal; /* what is learnt from: the gradient, as a rule */
	double *slots[OPTIMIZER_MAX_SLOTS];
	uint64_t t; /* 1 in the first update */
	size_t lo, hi;
};

struct optimizer;

struct optimizer_class {
	const char *name, *summary;
	const struct hyper *hypers;
	size_t n_hypers;
	const struct optimizer_form *forms; /* the first is the default */
	size_t n_forms;
	/* NULL: the rule learns from the gradient. Otherwise writes what it learns from instead,
	 * signal [n_params], from the values of the forward pass. */
	void (*signal)(const struct optimizer *optimizer, const struct model *model,
		       double *signal);
	/* What such a rule needs of a network. Errors: STATUS_BAD_INPUT. */
	enum status (*fits)(const struct model *model, struct error *err);
	/* Forms with ahead: point[lo..hi) from theta and the kept slots. */
	void (*look_ahead)(const struct optimizer *optimizer, const struct update *update,
			   double *point);
	void (*update)(const struct optimizer *optimizer, const struct update *update);
};

/* Every optimizer, in the order of optimizer_list.h, then NULL. */
extern const struct optimizer_class *const optimizer_registry[];

#define OPTIMIZER(name) extern const struct optimizer_class optimizer_##name;
#include "backstep/engine/optimizer_list.h"
#undef OPTIMIZER

const struct optimizer_class *optimizer_find(const char *name);

/* Where an optimizer begins that has made updates before. */
struct optimizer_start {
	uint64_t t;
	double *slots[OPTIMIZER_MAX_SLOTS]; /* [n_params] of the form's, or NULL: 0 */
};

/* A class with its settings, and the stages around it. */
struct optimizer {
	const struct optimizer_class *class;
	double hypers[OPTIMIZER_MAX_HYPERS];
	size_t form;
	const struct optimizer_start *start; /* of that form; NULL: t and slots begin with 0 */
	struct stages stages;
};

/* Initial settings, the default form, and no stages. */
void optimizer_init(struct optimizer *optimizer, const struct optimizer_class *class);
/* Errors: STATUS_BAD_INPUT for a value outside the hyperparameter's range, an unknown name. */
enum status optimizer_set(struct optimizer *optimizer, const char *hyper, double value,
			  struct error *err);
enum status optimizer_set_form(struct optimizer *optimizer, const char *form, struct error *err);
static inline const struct optimizer_form *optimizer_form(const struct optimizer *optimizer)
{
	return &optimizer->class->forms[optimizer->form];
}
/* Whether the rule and the stages around it can train the model. Errors: STATUS_BAD_INPUT. */
enum status optimizer_fits(const struct optimizer *optimizer, const struct model *model,
			   struct error *err);
/* Whether the rule learns from batches of so many rows. Errors: STATUS_BAD_INPUT. */
enum status optimizer_takes_batch(const struct optimizer *optimizer, size_t batch,
				  struct error *err);
/* Which hyperparameter is the learning rate: every class has one. */
size_t optimizer_rate_index(const struct optimizer *optimizer);
/* Whether two have the same rule and numbers in an update: the same steps. */
bool optimizer_same_steps(const struct optimizer *a, const struct optimizer *b);
/* Whether the form in force changes this parameter. */
bool optimizer_changes(const struct optimizer *optimizer, const struct model *model, size_t param);

/* For rules that learn from the error: the unit (element of model->terms, from which its error is
 * read) that the parameter feeds in example n, and the number it multiplies. */
double optimizer_error(const struct model *model, size_t param, size_t n, double *x, size_t *unit);

#endif
