/* SPDX-License-Identifier: GPL-3.0-or-later */
/* training.h -- many updates at once: passes over all rows, watched, and ended early where the
 * lesson says so.
 *
 * It moves the session's own walk, so afterwards one can step through the next update, and back
 * through the last ones. */
#ifndef BACKSTEP_SESSION_TRAINING_H
#define BACKSTEP_SESSION_TRAINING_H

#include "backstep/engine/evaluation.h"
#include "backstep/session/session.h"

/* How far a training is. */
struct training_progress {
	size_t epoch, n_epochs; /* passes that are complete; wanted */
	uint64_t n_updates;     /* since it began */
	uint64_t n_rows;        /* learnt from since then */
	uint64_t updates_left;
	const char *goal; /* as training_goal */
	double loss;      /* of the pass, or its part so far: each batch before its update */
};

/* Who looks on; each function may be NULL. */
struct training_watch {
	void *ctx;
	/* Every now and then after an update; the position is its commit, or after it. */
	void (*update)(void *ctx, const struct training_progress *progress);
	/* After each pass, or only the last and those of which the number is a milestone, with the
	 * parameters that it led to. Errors: they end the training. */
	bool at_milestones;
	enum status (*epoch)(void *ctx, const struct training_progress *progress,
			     const double *theta, struct error *err);
};

enum training_end {
	TRAINING_COMPLETE,
	TRAINING_EARLY,       /* no better for as many passes as the lesson waits */
	TRAINING_INTERRUPTED, /* the person wanted it */
};

struct training_result {
	enum training_end end;
	size_t epochs; /* complete passes */
	uint64_t updates;
	/* Of the training rows, at the start and at the end; where it was interrupted, that of the
	 * pass it was in, which is known without looking at all rows again. */
	double loss_before, loss;
	/* Where the lesson has early stopping: the pass with the best loss, which the position is
	 * at unless the training was interrupted; on rows that it did not learn from if there are
	 * any. */
	size_t best_epoch; /* 0: it has not, or no pass was complete */
	double best_loss;
	double least_loss; /* less by no more than min_delta is no better, but may have been seen */
	bool on_validation;
};

/* Trains to the end of n_epochs passes; the first one may have begun already. The position is then
 * after the commit of the last update, or of the best pass. Where it is interrupted it ends after
 * an update. Errors: STATUS_NUMERIC at a number that is not finite, where the position then is;
 * STATUS_NO_MEMORY; STATUS_INTERRUPTED while a loss is measured; as watch->epoch. */
enum status training_run(struct session *session, size_t n_epochs,
			 const struct training_watch *watch, struct training_result *result,
			 struct error *err);

/* What training makes small, in words: the loss, or by its name the output of a graph that has
 * none. name is room for it. */
const char *training_goal(const struct model *model, char name[LABEL_TEXT]);

/* Whether n is one of 1, 2, 5, 10, 20, 50, 100 ...: where a long run is reported, so that the lines
 * stay few. */
bool training_is_milestone(uint64_t n);
/* The first that is greater than n. */
uint64_t training_next_milestone(uint64_t n);

/* The rows of one part of the data. */
enum training_part { PART_TRAINING, PART_VALIDATION, PART_TEST, N_PARTS };
/* What a part is called, N_(). */
extern const char *const training_part_titles[N_PARTS];
/* Its first row and how many it has. */
void training_part_rows(const struct dataset *data, enum training_part part, size_t *first,
			size_t *n);

#endif
