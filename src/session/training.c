/* SPDX-License-Identifier: GPL-3.0-or-later */
/* training.c -- running passes over all rows, and looking for the best one. */
#include "backstep/session/training.h"

#include <math.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/work.h"

const char *const training_part_titles[N_PARTS] = {N_("training"), N_("validation"), N_("test")};

void training_part_rows(const struct dataset *data, enum training_part part, size_t *first,
			size_t *n)
{
	const size_t sizes[N_PARTS] = {data->n_rows, data->n_validation, data->n_test};
	*first = 0;
	for (enum training_part before = 0; before < part; before++)
		*first += sizes[before];
	*n = sizes[part];
}

const char *training_goal(const struct model *model, char name[LABEL_TEXT])
{
	return model->loss_class ? _("loss") : node_name(model->total, 0, name);
}

bool training_is_milestone(uint64_t n)
{
	while (n >= 10 && n % 10 == 0)
		n /= 10;
	return n == 1 || n == 2 || n == 5;
}

uint64_t training_next_milestone(uint64_t n)
{
	uint64_t unit = 1;
	while (n >= 10 * unit)
		unit *= 10;
	return n < unit ? unit : n < 2 * unit ? 2 * unit : n < 5 * unit ? 5 * unit : 10 * unit;
}

/* One training on its way. Owns: evaluation. */
struct run {
	struct session *session;
	const struct training_watch *watch;
	struct training_result *result;
	struct training_progress progress;
	struct evaluation evaluation;
	size_t patience, n_waited;
	uint64_t batches;      /* of a pass */
	uint64_t left_in_pass; /* updates; 0: it has ended */
	double sum;            /* of this pass's losses so far */
	uint64_t n_summed;     /* rows */
	size_t look;           /* the pass at the end of which somebody looks */
	char goal[LABEL_TEXT];
	uint64_t best_number; /* the step after which the best pass ends */
};

/* Errors: STATUS_INTERRUPTED. */
static enum status measure(struct run *run, enum training_part part, const double *theta,
			   double *loss, struct error *err)
{
	size_t first, n;
	training_part_rows(&run->session->built.data, part, &first, &n);
	enum status status = evaluation_run(&run->evaluation, theta, first, n, false, err);
	*loss = run->evaluation.loss;
	return status;
}

/* Takes note of an update. */
static void count_update(struct run *run, double loss, bool is_mean)
{
	const struct lesson_model *built = &run->session->built;
	size_t n = built->batch;
	if (run->left_in_pass == 0) {
		run->left_in_pass = run->batches;
		run->sum = 0.0;
		run->n_summed = 0;
	}
	if (--run->left_in_pass == 0)
		n = built->data.n_rows - (run->batches - 1) * n;
	run->sum += loss * (is_mean ? (double)n : 1.0);
	run->n_summed += n;
	run->progress.n_rows += n;
	run->progress.epoch += run->left_in_pass == 0;
}

/* And of those that were made at once. */
static void count_updates(struct run *run, const struct burst *burst)
{
	struct training_progress *progress = &run->progress;
	const bool is_mean = run->session->built.model->over == REDUCE_MEAN;
	if (burst->n == 0)
		return;
	for (size_t k = 0; k < burst->n; k++)
		count_update(run, burst->losses[k], is_mean);
	progress->n_updates += burst->n;
	progress->updates_left -= burst->n;
	progress->loss = is_mean ? run->sum / (double)run->n_summed : run->sum;
	if (run->watch->update)
		run->watch->update(run->watch->ctx, progress);
}

/* Takes note of the validation rows' loss after a pass. Where passes were made without training,
 * step by step, nothing is known of theirs. */
static void note_validation(struct session *session, double loss)
{
	const struct stepper *stepper = &session->stepper;
	struct curve *curve = &session->validation;
	uint64_t made = stepper_updates(stepper) + stepper_at_commit(stepper);
	uint64_t epoch = made / stepper_epoch(stepper) - 1;
	if (epoch < curve->first || epoch > curve->next)
		curve_start(curve, epoch);
	curve_cut(curve, epoch);
	curve_add(curve, epoch, &loss, 1);
}

/* Compares the pass that was made last with the best one. */
static enum status look_for_best(struct run *run, struct error *err)
{
	const struct stepper *stepper = &run->session->stepper;
	struct training_result *result = run->result;
	double min_delta = run->session->lesson->training.early_stopping.min_delta.value;
	enum training_part part = result->on_validation ? PART_VALIDATION : PART_TRAINING;
	double loss;
	enum status status = measure(run, part, stepper_theta(stepper), &loss, err);
	if (status)
		return status;
	if (result->on_validation)
		note_validation(run->session, loss);
	run->n_waited++;
	if (!result->best_epoch || loss < result->least_loss)
		result->least_loss = loss;
	if (result->best_epoch && !(loss < result->best_loss - min_delta))
		return STATUS_OK;
	result->best_epoch = run->progress.epoch;
	result->best_loss = loss;
	run->best_number = stepper_number(stepper);
	run->n_waited = 0;
	return STATUS_OK;
}

/* For who looks on, where nobody waits for the best pass. */
static enum status look_at_validation(struct run *run, struct error *err)
{
	double loss;
	if (!run->watch->update || !run->result->on_validation)
		return STATUS_OK;
	enum status status =
	    measure(run, PART_VALIDATION, stepper_theta(&run->session->stepper), &loss, err);
	if (!status)
		note_validation(run->session, loss);
	return status;
}

/* Sets the next pass at the end of which somebody looks. */
static void find_look(struct run *run)
{
	const struct training_watch *watch = run->watch;
	const size_t epoch = run->progress.epoch, last = run->progress.n_epochs;
	const bool each = run->patience || (watch->epoch && !watch->at_milestones) ||
			  (watch->update && run->result->on_validation);
	const uint64_t look = each           ? epoch + 1
			      : watch->epoch ? training_next_milestone(epoch)
					     : last;
	run->look = look < last ? (size_t)look : last;
}

static enum status end_epoch(struct run *run, struct error *err)
{
	const struct stepper *stepper = &run->session->stepper;
	find_look(run);
	enum status status = run->patience ? look_for_best(run, err) : look_at_validation(run, err);
	if (status || !run->watch->epoch)
		return status;
	return run->watch->epoch(run->watch->ctx, &run->progress, stepper_theta(stepper), err);
}

/* Updates up to the next place where somebody looks on, or may want to stop, and what follows them.
 * *done says whether the last one was among them. */
static enum status train_some(struct run *run, bool *done, struct error *err)
{
	struct stepper *stepper = &run->session->stepper;
	struct burst burst;
	const uint64_t after_look = (run->progress.n_epochs - run->look) * run->batches;
	const uint64_t n = run->progress.updates_left - after_look + (after_look > 0);
	enum status status = stepper_run(stepper, n, &burst, err);
	count_updates(run, &burst);
	*done = run->progress.updates_left == 0;
	if (!status && run->progress.epoch == run->look)
		status = end_epoch(run, err);
	if (!status && !*done)
		status = work_ask(err);
	if (status == STATUS_INTERRUPTED) {
		run->result->end = TRAINING_INTERRUPTED;
		*done = true;
		stepper_end_run(stepper);
		status = STATUS_OK;
	} else if (run->patience && run->n_waited >= run->patience) {
		run->result->end = TRAINING_EARLY;
		*done = true;
	}
	return status;
}

/* The lesson wants the parameters of the best pass: they are those of its last update, to which
 * the walk goes back. */
static enum status go_to_best(struct run *run, struct error *err)
{
	const struct training_result *result = run->result;
	if (result->best_epoch == 0 || result->end == TRAINING_INTERRUPTED)
		return STATUS_OK;
	return stepper_go(&run->session->stepper, run->best_number, err);
}

/* Errors: STATUS_INTERRUPTED. */
static enum status start(struct run *run, size_t n_epochs, struct error *err)
{
	const struct stepper *stepper = &run->session->stepper;
	uint64_t batches = run->batches = stepper_epoch(stepper);
	uint64_t done = stepper_updates(stepper) + stepper_at_commit(stepper);
	run->progress.goal = training_goal(run->session->built.model, run->goal);
	run->progress.n_epochs = n_epochs;
	run->progress.updates_left = n_epochs * batches - done % batches;
	run->left_in_pass = batches - done % batches;
	run->patience = run->session->lesson->training.early_stopping.patience.value;
	run->result->on_validation = run->session->built.data.n_validation > 0;
	find_look(run);
	return measure(run, PART_TRAINING, stepper_theta(stepper), &run->result->loss_before, err);
}

enum status training_run(struct session *session, size_t n_epochs,
			 const struct training_watch *watch, struct training_result *result,
			 struct error *err)
{
	CONTRACT(session->lesson && n_epochs > 0);
	static const struct training_watch nobody = {0};
	struct stepper *stepper = &session->stepper;
	struct run run = {.session = session, .watch = watch ? watch : &nobody, .result = result};
	*result = (struct training_result){0};
	enum status status = stepper_evaluation(stepper, &run.evaluation, err);
	if (status)
		return status;
	status = start(&run, n_epochs, err);
	for (bool done = false; !status && !done;)
		status = train_some(&run, &done, err);
	if (!status)
		status = go_to_best(&run, err);
	stepper_be_whole(stepper);
	result->epochs = run.progress.epoch;
	result->updates = run.progress.n_updates;
	result->loss = run.progress.n_updates ? run.progress.loss : result->loss_before;
	if (!status && result->end != TRAINING_INTERRUPTED)
		status = measure(&run, PART_TRAINING, stepper_theta(stepper), &result->loss, err);
	if (status == STATUS_INTERRUPTED)
		stepper_be_whole(stepper);
	evaluation_free(&run.evaluation);
	return status;
}
