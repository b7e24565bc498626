/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verify.c -- adds up what the steps say and compares it with what they say it comes to. */
#include "backstep/trace/verify.h"

#include <float.h>
#include <math.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "terms.h"

/* A sum under way, and the size of what went into it. */
struct tally {
	double sum, size;
};

struct verifier {
	const struct stepper *stepper;
	double product;      /* of the factors of the current path */
	struct tally paths;  /* of the current row */
	struct tally rows;   /* of the current parameter */
	struct arena *arena; /* of the current step */
	uint64_t n_steps;    /* checked */
	struct error *err;
};

static void tally_add(struct tally *tally, double value)
{
	tally->sum += value;
	tally->size += fabs(value);
}

/* Whether two numbers that are made of others of this size are the same. What is out of the range
 * of normal numbers has lost digits. */
static bool is_near(double a, double b, double size)
{
	return fabs(a - b) <= VERIFY_TOLERANCE * size + DBL_MIN;
}

static enum status differ(struct verifier *v, const struct step *step, const char *what,
			  double wanted)
{
	char got_text[NUMBER_TEXT], wanted_text[NUMBER_TEXT];
	return error_set(v->err, STATUS_FAILED, _("step %llu: %s is %s, the step says %s"),
			 (unsigned long long)step->number, what,
			 number_format_exact(wanted_text, wanted),
			 number_format_exact(got_text, step->value));
}

static enum status compare(struct verifier *v, const struct step *step, const char *what,
			   struct tally wanted)
{
	if (is_near(step->value, wanted.sum, fmax(wanted.size, fabs(step->value))))
		return STATUS_OK;
	return differ(v, step, what, wanted.sum);
}

static enum status check_factor(struct verifier *v, const struct step *step)
{
	v->product = step->place.factor ? v->product * step->value : step->value;
	return STATUS_OK;
}

static enum status check_product(struct verifier *v, const struct step *step)
{
	struct tally product = {v->product, fabs(v->product)};
	tally_add(&v->paths, step->value);
	return compare(v, step, _("the product of the factors"), product);
}

/* What a gradient is the sum of: one example's of its paths, the batch's of its examples. Its size
 * is that of what was added up, also where the paths were not walked. */
static struct tally gradient_terms(const struct verifier *v, const struct step *step)
{
	const struct trainer *trainer = &v->stepper->trainer;
	bool is_coupled = plan_is_coupled(&v->stepper->plan);
	struct tally sum = step->place.whole_batch ? v->rows : v->paths;
	if (!step->place.whole_batch || is_coupled)
		sum.size = fmax(sum.size, step_gradient_size(trainer->model, step->place.param,
							     is_coupled ? STEP_ALL_EXAMPLES
									: step->place.example));
	else if (trainer->model->over == REDUCE_MEAN)
		sum = (struct tally){sum.sum / (double)trainer->n_examples,
				     sum.size / (double)trainer->n_examples};
	return sum;
}

/* An example's gradient, or the batch's. Both end a sum. */
static enum status check_gradient(struct verifier *v, const struct step *step, struct tally terms)
{
	const struct trainer *trainer = &v->stepper->trainer;
	const struct place *place = &step->place;
	double engine = trainer->model->graph.grad[place->param];
	bool is_last = place->whole_batch || trainer->n_examples == 1;
	bool has_sum = (place->whole_batch && !plan_is_coupled(&v->stepper->plan)) ||
		       v->stepper->plan.form == CHAIN_PATHS;
	v->rows = is_last ? (struct tally){0}
			  : (struct tally){v->rows.sum + step->value, v->rows.size + terms.size};
	v->paths = (struct tally){0};
	enum status status =
	    has_sum ? compare(v, step, _("the sum of the terms"), terms) : STATUS_OK;
	if (status || !is_last)
		return status;
	struct tally exact = {engine, fmax(terms.size, fabs(engine))};
	return compare(v, step, _("the backward pass's gradient"), exact);
}

/* A long sum is shown with an ellipsis, and cannot be evaluated. size: of what the step's number
 * is made of, as far as it is more than what the formula shows. */
static enum status check_formula(struct verifier *v, const struct step *step, double size)
{
	double shown, value = step->rule ? formula_eval_sized(step->rule, &shown) : NAN;
	size = fmax(size, step->rule && isfinite(shown) ? shown : fabs(step->value));
	if (isnan(value) || is_near(step->value, value, size))
		return STATUS_OK;
	return differ(v, step, _("the formula's value"), value);
}

/* The step's formula, and what the steps of a chain and of a sum come to. */
static enum status check_step(struct verifier *v, const struct step *step)
{
	const struct place *place = &step->place;
	bool is_gradient = place->class->computes == REF_GRADIENT && place->n_factors == 0;
	struct tally terms = is_gradient ? gradient_terms(v, step) : (struct tally){0};
	if (!step->finite)
		return error_set(v->err, STATUS_NUMERIC, _("step %llu is not a finite number"),
				 (unsigned long long)step->number);
	enum status status = check_formula(v, step, terms.size);
	if (status)
		return status;
	if (place->n_factors > 0)
		return place->factor < place->n_factors ? check_factor(v, step)
							: check_product(v, step);
	return is_gradient ? check_gradient(v, step, terms) : STATUS_OK;
}

/* Checks every stride-th step after first, up to last. */
static enum status check_range(struct verifier *v, uint64_t first, uint64_t last, uint64_t stride)
{
	enum status status = STATUS_OK;
	for (uint64_t index = first + 1; !status && index <= last; index += stride) {
		struct step step;
		arena_reset(v->arena);
		status = stepper_at(v->stepper, index, v->arena, &step, v->err);
		if (!status)
			status = check_step(v, &step);
		v->n_steps++;
	}
	return status;
}

/* At most about a quarter of VERIFY_MAX_STEPS out of a range. */
static enum status check_some(struct verifier *v, uint64_t first, uint64_t last)
{
	return check_range(v, first, last, 1 + (last - first) / (VERIFY_MAX_STEPS / 4));
}

/* Values here and there; parameters whole, for their steps add up. */
static enum status check_sample(struct verifier *v)
{
	const struct stepper *stepper = v->stepper;
	const struct plan *plan = &stepper->plan;
	const struct walk *walk = stepper_walk(stepper);
	uint64_t updates = walk_phase(walk, PHASE_UPDATE);
	uint64_t params = plan->has_backward ? walk_param(walk, PHASE_BACKWARD, 0) : updates;
	uint64_t stride = 1 + (updates - params) / (VERIFY_MAX_STEPS / 2);
	enum status status = check_some(v, 0, params);
	for (uint64_t k = 0; !status && params < updates && k < plan->n_order; k += stride)
		status = check_range(v, walk_param(walk, PHASE_BACKWARD, (size_t)k),
				     walk_param(walk, PHASE_BACKWARD, (size_t)k + 1), 1);
	return status ? status : check_some(v, updates, stepper_n_steps(stepper));
}

enum status verify_update(const struct stepper *stepper, uint64_t *n_steps, struct error *err)
{
	struct verifier v = {.stepper = stepper, .arena = arena_new(), .err = err};
	uint64_t n = stepper_n_steps(stepper);
	enum status status = !v.arena                ? error_no_memory(err)
			     : n <= VERIFY_MAX_STEPS ? check_range(&v, 0, n, 1)
						     : check_sample(&v);
	*n_steps += v.n_steps;
	arena_free(v.arena);
	return status;
}
