/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics_file.h -- metrics after each epoch, as comma-separated values.
 *
 * The first line names the columns: epoch, updates, then every metric that the lesson has a number
 * for; those of the validation rows begin with validation_, those of a layer end with its number.
 */
#ifndef BACKSTEP_CONSOLE_METRICS_FILE_H
#define BACKSTEP_CONSOLE_METRICS_FILE_H

#include "backstep/base/file.h"
#include "backstep/session/training.h"

/* Owns: everything but the session. */
struct metrics_file {
	struct session *session;
	struct file_writer writer;
	struct evaluation training, validation;
	struct strbuf text;
};

/* Opens it and writes the first line and that of epoch 0, the start.
 * Errors: STATUS_IO, STATUS_NO_MEMORY. */
enum status metrics_file_open(struct metrics_file *file, struct session *session, const char *path,
			      struct error *err);
/* A line for the parameters that an epoch led to. Errors: STATUS_NO_MEMORY. */
enum status metrics_file_add(struct metrics_file *file, const struct training_progress *progress,
			     const double *theta, struct error *err);
/* Puts the file in its place. Errors: STATUS_IO, with the one that was there still there. */
enum status metrics_file_finish(struct metrics_file *file, struct error *err);

#endif
