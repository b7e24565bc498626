/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_read.c -- a place in a training, read back.
 *
 * The file is first proved whole by its checksum. Then every line must be the one that is due, so
 * whatever a file could say wrong has one place where it is refused. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/file.h"
#include "backstep/base/hash.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/session/state_file.h"

enum {
	STATE_HEAD_BYTES = 1 << 20, /* room for all that are no values */
	STATE_VALUE_BYTES = 3 * LABEL_TEXT,
	STATE_MAX_WORD = 2 * LABEL_TEXT,
};
#define STATE_MAX_UPDATES ((size_t)1000000000000000)

/* Reading goes on in text, a line at a time. */
struct reader {
	const char *path;
	char *at;
	size_t line;
	struct error *err;
};

static enum status refuse(struct reader *reader, const char *message)
{
	error_set(reader->err, STATUS_BAD_INPUT, "%s", message);
	error_at(reader->err, reader->path, reader->line, 0);
	return STATUS_BAD_INPUT;
}

/* The rest of the next line, which must begin with the word due; NULL, refused, where it does not.
 */
static char *read_line(struct reader *reader, const char *due)
{
	size_t len = strlen(due);
	char *line = reader->at, *end = strchr(line, '\n');
	reader->line++;
	if (end && strncmp(line, due, len) == 0 && line[len] == ' ') {
		*end = '\0';
		reader->at = end + 1;
		return line + len + 1;
	}
	char message[TEXT_EXCERPT + LABEL_TEXT];
	snprintf(message, sizeof message, _("expected a line that begins with '%s'"), due);
	refuse(reader, message);
	return NULL;
}

/* Whether the next line begins with this word. */
static bool is_next(const struct reader *reader, const char *word)
{
	size_t len = strlen(word);
	return strncmp(reader->at, word, len) == 0 && reader->at[len] == ' ';
}

static enum status read_count(struct reader *reader, const char *due, uint64_t *count)
{
	size_t value;
	const char *text = read_line(reader, due);
	if (!text)
		return STATUS_BAD_INPUT;
	enum status status = number_parse_count(text, 0, STATE_MAX_UPDATES, &value, reader->err);
	if (status)
		error_at(reader->err, reader->path, reader->line, 0);
	else
		*count = value;
	return status;
}

static enum status read_number(void *context, const char *due, double *value)
{
	struct reader *reader = context;
	const char *text = read_line(reader, due);
	if (!text)
		return STATUS_BAD_INPUT;
	enum status status = number_parse(text, value, reader->err);
	if (status)
		error_at(reader->err, reader->path, reader->line, 0);
	return status;
}

/* That the file is one of these, and of this version. */
static enum status check_kind(struct reader *reader)
{
	const char *text = reader->at;
	size_t magic = strlen(STATE_MAGIC);
	if (strncmp(text, STATE_MAGIC, magic) != 0)
		return refuse(reader, _("this is no saved state"));
	if (text[magic] == '0' + STATE_VERSION && text[magic + 1] == '\n')
		return STATUS_OK;
	refuse(reader, _("this state is of another version of its format"));
	if (strncmp(text + magic, "2\n", 2) == 0)
		error_hint(reader->err, _("since then states hold what was set by hand too: train "
					  "again"));
	else if (strncmp(text + magic, "1\n", 2) == 0)
		error_hint(reader->err,
			   _("since then bare numbers beside named weights are constants, and "
			     "perceptron and adadelta stand for other rules: train again"));
	else
		error_hint(reader->err, _("another backstep has written it"));
	return STATUS_BAD_INPUT;
}

/* That it is whole too. */
static enum status check_whole(struct reader *reader, size_t size)
{
	const char *text = reader->at;
	char sum[STATE_CHECKSUM_LINE + 1];
	enum status status = check_kind(reader);
	if (status)
		return status;
	size_t body = size > STATE_CHECKSUM_LINE ? size - STATE_CHECKSUM_LINE : 0;
	for (size_t k = 0; k + 1 < size; k++)
		reader->line += text[k] == '\n';
	if (strncmp(text + body, STATE_CHECKSUM, strlen(STATE_CHECKSUM)) != 0 ||
	    text[size - 1] != '\n' || (body && text[body - 1] != '\n'))
		return refuse(reader, _("the file ends before its checksum: it was cut off"));
	snprintf(sum, sizeof sum, "%s%016" PRIx64 "\n", STATE_CHECKSUM,
		 hash_bytes(HASH_START, text, body));
	if (strcmp(text + body, sum) != 0)
		return refuse(reader,
			      _("the checksum does not match: the file is damaged or was edited"));
	reader->line = 0;
	return STATUS_OK;
}

/* That the state belongs to the lesson that is open. */
static enum status check_lesson(struct reader *reader, const struct session *session)
{
	char wanted[STATE_HEX + 1];
	const char *text = read_line(reader, "backstep-state");
	text = text ? read_line(reader, "lesson") : NULL;
	if (!text)
		return STATUS_BAD_INPUT;
	if (strcmp(text, session->lesson->id.text) != 0) {
		char shown[TEXT_EXCERPT], message[2 * TEXT_EXCERPT];
		snprintf(message, sizeof message, _("this state is of the lesson %s"),
			 text_excerpt(shown, text));
		refuse(reader, message);
		error_hint(reader->err, _("open that lesson first"));
		return STATUS_BAD_INPUT;
	}
	text = read_line(reader, "structure");
	if (!text)
		return STATUS_BAD_INPUT;
	snprintf(wanted, sizeof wanted, "%016" PRIx64, state_structure(session));
	if (strcmp(text, wanted) != 0)
		return refuse(reader, _("the lesson's network, batches or rows are not those that "
					"this state was saved with"));
	text = read_line(reader, "chain");
	if (text && strcmp(text, state_chain(session)) != 0) {
		refuse(reader, _("the state was saved with gradients taken apart in another way"));
		error_hint(reader->err, _("first: set chain %s"), text);
		return STATUS_BAD_INPUT;
	}
	return text ? STATUS_OK : STATUS_BAD_INPUT;
}

static enum status read_stage(struct reader *reader, struct stages *stages)
{
	char *name = read_line(reader, "stage");
	char *value = name ? strchr(name, ' ') : NULL;
	if (!name)
		return STATUS_BAD_INPUT;
	if (!value)
		return refuse(reader, _("this is no stage of this program"));
	*value++ = '\0';
	enum status status = stages_set(stages, name, value, reader->err);
	if (status)
		error_at(reader->err, reader->path, reader->line, 0);
	return status;
}

/* Whether an optimizer may begin at this update: the first counts from the start, and each other
 * one begins later than the one before. */
static bool is_in_order(const struct stepper_save *save, const struct numbering *numbering,
			uint64_t from)
{
	if (numbering->n_parts == 0)
		return from == 0;
	uint64_t before = numbering->parts[numbering->n_parts - 1].update;
	uint64_t entry = save->n_entries ? save->entries[save->n_entries - 1].update : 0;
	return from > before && from > entry;
}

/* One "from" line, and its stages. */
static enum status read_part(struct reader *reader, const struct stepper_save *save,
			     uint64_t *update, struct optimizer *optimizer)
{
	char word[STATE_MAX_WORD], class[STATE_MAX_WORD], form[STATE_MAX_WORD];
	const char *text = read_line(reader, "from");
	size_t from = 0;
	int used = 0;
	if (!text)
		return STATUS_BAD_INPUT;
	bool good = sscanf(text, "%127s %127s %127s%n", word, class, form, &used) == 3 &&
		    !text[used] && !number_parse_count(word, 0, STATE_MAX_UPDATES, &from, NULL) &&
		    optimizer_find(class);
	if (good) {
		optimizer_init(optimizer, optimizer_find(class));
		good = !optimizer_set_form(optimizer, form, NULL);
	}
	if (!good || !is_in_order(save, &save->numbering, from))
		return refuse(reader, _("this is no optimizer of this program"));
	enum status status = STATUS_OK;
	while (!status && is_next(reader, "stage"))
		status = read_stage(reader, &optimizer->stages);
	*update = from;
	return status;
}

static enum status read_hypers(struct reader *reader, struct optimizer *optimizer)
{
	enum status status = STATUS_OK;
	for (size_t k = 0; !status && k < optimizer->class->n_hypers; k++) {
		char due[STATE_MAX_WORD];
		const char *name = optimizer->class->hypers[k].name;
		double value;
		snprintf(due, sizeof due, "number %s", name);
		status = read_number(reader, due, &value);
		if (!status && optimizer_set(optimizer, name, value, reader->err)) {
			error_at(reader->err, reader->path, reader->line, 0);
			status = STATUS_BAD_INPUT;
		}
	}
	return status;
}

/* The optimizers up to the one in force, with the numbers of that one. */
static enum status read_optimizer(struct reader *reader, uint64_t n_updates,
				  struct stepper_save *save, struct optimizer *optimizer)
{
	enum status status = STATUS_OK;
	do {
		uint64_t from;
		status = read_part(reader, save, &from, optimizer);
		if (!status && from > n_updates)
			status = refuse(reader, _("this is no optimizer of this program"));
		if (!status)
			status = numbering_set(&save->numbering, from, optimizer, reader->err);
	} while (!status && is_next(reader, "from"));
	return status ? status : read_hypers(reader, optimizer);
}

/* The settings that come into force later on the way. */
static enum status read_later(struct reader *reader, const struct session *session,
			      struct stepper_save *save)
{
	enum status status = STATUS_OK;
	while (!status && is_next(reader, "from")) {
		struct optimizer optimizer;
		uint64_t from;
		status = read_part(reader, save, &from, &optimizer);
		if (!status)
			status = read_hypers(reader, &optimizer);
		if (!status)
			status = stepper_save_add(&session->stepper, save, from, &optimizer,
						  reader->err);
		if (!status)
			status = numbering_set(&save->numbering, from, &optimizer, reader->err);
	}
	return status;
}

static enum status read_marks(struct reader *reader, struct session *session,
			      struct state_marks *marks)
{
	enum status status = STATUS_OK;
	const char *word;
	for (size_t i = 0; (word = state_mark_word(i)); i++)
		while (!status && is_next(reader, word)) {
			const char *text = read_line(reader, word);
			status = text ? state_read_mark(i, marks, session, text, reader->err)
				      : STATUS_BAD_INPUT;
			if (status == STATUS_BAD_INPUT)
				error_at(reader->err, reader->path, reader->line, 0);
		}
	return status;
}

static enum status read_state(struct reader *reader, struct session *session,
			      struct state_marks *marks)
{
	struct stepper_save *save = marks->save;
	struct optimizer optimizer;
	uint64_t n_updates, t = 0;
	enum status status = check_lesson(reader, session);
	if (!status)
		status = read_count(reader, "updates", &n_updates);
	if (!status)
		status = read_count(reader, "step", &save->index);
	if (!status)
		status = read_count(reader, "optimizer-updates", &t);
	if (!status)
		status = read_optimizer(reader, n_updates, save, &optimizer);
	if (!status)
		status =
		    stepper_save_add(&session->stepper, save, n_updates, &optimizer, reader->err);
	if (status)
		return status;
	save->entries[0].state->t = t;
	status = read_later(reader, session, save);
	if (!status)
		status = read_marks(reader, session, marks);
	if (!status)
		status = state_numbers(session->built.model, save->entries[0].state, read_number,
				       reader);
	if (!status && !read_line(reader, "checksum"))
		status = STATUS_BAD_INPUT;
	return status;
}

/* What a file is that is larger than any state of this lesson: mostly it is of a larger one. That
 * it is too large stays the complaint where its first lines say nothing else. */
static void explain_size(struct reader *reader, const struct session *session)
{
	struct error size = *reader->err;
	if (check_kind(reader))
		return;
	reader->line = 0;
	if (!check_lesson(reader, session))
		*reader->err = size;
}

enum status state_file_read(struct session *session, const char *path, struct error *err)
{
	CONTRACT(session->lesson);
	struct error own;
	struct strbuf text = {0};
	struct stepper_save save = {0};
	struct state_marks marks = {.save = &save};
	const struct graph *graph = &session->built.model->graph;
	size_t values = graph->n_params * (1 + OPTIMIZER_MAX_SLOTS) + graph->n_state;
	struct reader reader = {.path = path, .line = 1, .err = err ? err : &own};
	enum status status =
	    file_read(path, STATE_HEAD_BYTES + values * STATE_VALUE_BYTES, &text, reader.err);
	reader.at = text.data;
	if (status == STATUS_BAD_INPUT)
		explain_size(&reader, session);
	if (status)
		goto out;
	if (text.len == 0 || strlen(text.data) != text.len) /* a NUL is in no line */
		status = refuse(&reader, _("this is no saved state"));
	if (!status)
		status = check_whole(&reader, text.len);
	if (!status)
		status = read_state(&reader, session, &marks);
	if (!status) {
		status = stepper_load(&session->stepper, &save, err);
		if (status)
			error_at(err, path, 0, 0);
		else
			status = session_refresh(session, err);
		if (!status)
			state_take_marks(&marks, session);
	}
out:
	stepper_save_free(&save);
	strbuf_free(&text);
	return status;
}
