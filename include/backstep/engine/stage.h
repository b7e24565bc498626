/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage.h -- what an update does beside the optimizer's rule: schedules of the rate, penalties,
 * clipping, weight decay, limits of weights.
 *
 * A stage class is a constant registry row, as an optimizer's is. The stages in force run in the
 * order of stage_list.h. Each takes the rate, the loss, the gradient or the new values as the
 * stages before left them, and hands on what it makes of them; all its numbers are steps. The
 * names in its rules:
 *   rate, loss, g, u  what it takes: the rate, the loss, a parameter's gradient, its new value
 *   w  the parameter: for a penalty where the gradient is taken, else its value in force
 *   k  updates made before this one, since the start        pi  the circle's number
 *   a hyperparameter's, or an earlier number's of the same stage
 * sum() runs over the trained weights for w, over all trained parameters for g, and over the
 * weights that come into a unit for u.
 *
 * To add one: its row in a file of src/engine/stages/ and a line in stage_list.h. */
#ifndef BACKSTEP_ENGINE_STAGE_H
#define BACKSTEP_ENGINE_STAGE_H

#include <stdint.h>

#include "backstep/engine/model.h"

enum {
	STAGE_MAX_HYPERS = 5,
	STAGE_MAX_NUMBERS = 4,
	STAGE_MAX_ENTRIES = 32, /* numbers of all stages together */
	STAGE_NAME = 40,        /* bytes of a setting's name */
};

enum stage_id {
#define STAGE(name) STAGE_ID_##name,
#include "backstep/engine/stage_list.h"
#undef STAGE
	N_STAGES,
};

/* What a stage takes and hands on. */
enum stage_subject { STAGE_RATE, STAGE_LOSS, STAGE_GRADIENT, STAGE_VALUE, N_STAGE_SUBJECTS };
/* A number once in an update, for each unit that has weights, or for each parameter. */
enum stage_scope { STAGE_ONCE, STAGE_UNIT, STAGE_PARAM };

/* A number that a stage computes, in order. */
struct stage_number {
	const char *name, *symbol, *rule, *summary; /* summary N_() */
	enum stage_scope scope;
	bool in_loss_phase;         /* else in the update phase */
	bool replaces_subject;      /* later stages see this value */
	enum stage_subject subject; /* only where replaces_subject */
	const char *slope_of;       /* the stage's number whose derivative by w it is, or NULL */
	const char *idle;           /* summary where it hands on what it took, N_(), or NULL */
};

/* One form of a stage, where the literature disagrees. */
struct stage_form {
	const char *name, *summary, *source;
	const struct stage_number *numbers;
	size_t n_numbers;
};

struct stage_settings;
struct stage_work;
struct trainer_range;

struct stage_class {
	const char *name, *summary;
	enum stage_subject subject;
	const struct hyper *hypers; /* `set NAME NUMBER` sets the first, unless chosen_by_form */
	size_t n_hypers;
	const struct stage_form *forms; /* the first is the default */
	size_t n_forms;
	const char *off;     /* the word that takes it out of force */
	bool chosen_by_form; /* `set NAME FORM` puts it in force */
	bool weights_only;   /* biases and scales are left alone */
	void (*run)(const struct stage_settings *stage, const struct stage_work *work);
	/* Penalties: the first of their numbers, and where w has a kink within h. */
	double (*penalty)(const struct stage_settings *stage, const double *theta,
			  const struct trainer_range *weights, size_t n_weights);
	bool (*has_kink)(double w, double h); /* NULL: nowhere */
};

#define STAGE(name) extern const struct stage_class stage_##name;
#include "backstep/engine/stage_list.h"
#undef STAGE

/* Every stage, by its id. */
extern const struct stage_class *const stage_registry[N_STAGES];

/* Whether a stage computes a number called name. */
bool stage_computes(const char *name);

/* A stage's settings. No padding: states are compared byte by byte. */
struct stage_settings {
	uint32_t in_force, form;
	double hypers[STAGE_MAX_HYPERS];
};

struct stages {
	struct stage_settings rows[N_STAGES];
};

/* None in force, every number at its usual value. */
void stages_init(struct stages *stages);
static inline const struct stage_form *stage_form(const struct stages *stages, enum stage_id id)
{
	return &stage_registry[id]->forms[stages->rows[id].form];
}

/* Settings by name: a stage's own (l2, schedule), its form (l2-form) and its other numbers
 * (schedule-gamma). The name of setting i into buf; NULL at the end. */
const char *stage_setting_name(size_t i, char buf[STAGE_NAME]);
/* The value as a word or a number, into buf. false where there is no such setting. */
bool stages_get(const struct stages *stages, const char *setting, char buf[STAGE_NAME]);
/* Word i of those that may be set; NULL at the end, and where numbers may. */
const char *stage_setting_word(const char *setting, size_t i);
/* One line, N_(); NULL where there is no such setting. */
const char *stage_setting_summary(const char *setting);
/* Whether it is the setting of a stage in force. */
bool stages_use(const struct stages *stages, const char *setting);
/* Errors: STATUS_BAD_INPUT, no such setting, or no value for it. */
enum status stages_set(struct stages *stages, const char *setting, const char *value,
		       struct error *err);

/* A number of a stage in force. */
struct stage_entry {
	enum stage_id id;
	size_t number; /* of the stage's form */
	const struct stage_number *row;
};

/* The numbers of all stages in force, in the order in which they are computed. */
struct stage_list {
	struct stage_entry entries[STAGE_MAX_ENTRIES];
	size_t n;
	bool has[N_STAGE_SUBJECTS]; /* whether a stage hands this on */
};

struct stage_list stages_list(const struct stages *stages);
/* The entry before entry which handed subject on last; SIZE_MAX: none did. */
size_t stage_list_before(const struct stage_list *list, size_t entry, enum stage_subject subject);
/* The entry that hands subject on to the optimizer, or is the new value; SIZE_MAX: none. */
size_t stage_list_last(const struct stage_list *list, enum stage_subject subject);

/* The stages in force, ready to run. Owns: nothing; arrays lie in the arena of who runs them. */
struct stage_run {
	const struct model *model;
	struct stages stages; /* the settings in force */
	struct stage_list list;
	size_t n_units;
	/* The numbers of stages that are or were in force: [1], [n_units] or [n_params]; else NULL.
	 * The last to hand on new values writes to next instead. */
	double *numbers[N_STAGES][STAGE_MAX_NUMBERS];
	double *proposed; /* [n_params] the optimizer's new values before stages change them */
	double *next;     /* [n_params] the new values */
	/* What stages may touch; and of it, [n_params + 1], what those for weights only may. */
	const struct trainer_range *ranges;
	struct trainer_range *weights;
	size_t n_ranges, n_weights;
};

/* The gradient [n_params] that stages hand to the optimizer, and that of the loss with the
 * penalties: where there are none, the backward pass's. */
const double *stages_gradient(const struct stage_run *run);
const double *stages_penalised_gradient(const struct stage_run *run);
/* Where the optimizer writes its new values [n_params]: next, unless stages change them. */
double *stages_proposed(const struct stage_run *run);
/* The numbers of an entry of the list. */
const double *stages_numbers(const struct stage_run *run, size_t entry);

/* Units with weights of their own: the rows of the nodes that multiply by weights. */
struct stage_unit {
	const struct node *node; /* whose row it is */
	size_t row;
	const struct node *weights; /* whose elements come into it */
	struct range range;
};

size_t stage_n_units(const struct model *model);
struct stage_unit stage_unit(const struct model *model, size_t number);
/* Of the units that param comes into, the one whose norm is largest; SIZE_MAX: it comes into none.
 */
size_t stage_unit_of(const struct model *model, size_t param, const double *norms);

#endif
