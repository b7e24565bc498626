/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_write.c -- a place in a training, written down. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "state_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/file.h"
#include "backstep/base/hash.h"
#include "backstep/session/state_file.h"

static void add_stages(struct strbuf *out, const struct stages *stages)
{
	struct stages usual;
	char name[STAGE_NAME], value[STAGE_NAME], usually[STAGE_NAME];
	stages_init(&usual);
	for (size_t k = 0; stage_setting_name(k, name); k++)
		if (stages_get(stages, name, value) && stages_get(&usual, name, usually) &&
		    strcmp(value, usually) != 0)
			strbuf_addf(out, "stage %s %s\n", name, value);
}

static void add_part(struct strbuf *out, uint64_t update, const struct optimizer *optimizer,
		     const struct stages *stages)
{
	strbuf_addf(out, "from %" PRIu64 " %s %s\n", update, optimizer->class->name,
		    optimizer_form(optimizer)->name);
	add_stages(out, stages);
}

static void add_hypers(struct strbuf *out, const struct optimizer *optimizer)
{
	for (size_t k = 0; k < optimizer->class->n_hypers; k++)
		strbuf_addf(out, "number %s %.17g\n", optimizer->class->hypers[k].name,
			    optimizer->hypers[k]);
}

/* The optimizers so far, with the numbers of the one in force. */
static void add_optimizer(struct strbuf *out, const struct stepper_save *save)
{
	const struct numbering *numbering = &save->numbering;
	const struct optimizer *optimizer = &save->entries[0].state->optimizer;
	size_t n = numbering->n_parts;
	while (n > 1 && numbering->parts[n - 1].update > save->entries[0].update)
		n--;
	for (size_t k = 0; k < n; k++) {
		const struct numbering_part *part = &numbering->parts[k];
		add_part(out, part->update, &part->optimizer,
			 k + 1 < n ? &part->optimizer.stages : &optimizer->stages);
	}
	add_hypers(out, optimizer);
}

/* The settings that come into force when the walk goes on from here: who changed one and went back
 * over that place meets it again. */
static void add_later(struct strbuf *out, const struct stepper_save *save)
{
	for (size_t k = 1; k < save->n_entries; k++) {
		const struct optimizer *optimizer = &save->entries[k].state->optimizer;
		add_part(out, save->entries[k].update, optimizer, &optimizer->stages);
		add_hypers(out, optimizer);
	}
}

static enum status add_number(void *out, const char *name, double *value)
{
	strbuf_addf(out, "%s %.17g\n", name, *value);
	return STATUS_OK;
}

static void add_state(struct strbuf *out, const struct session *session,
		      const struct stepper_save *save)
{
	struct trainer_state *state = save->entries[0].state;
	strbuf_addf(out, "%s%d\nlesson %s\nstructure %016" PRIx64 "\nchain %s\n", STATE_MAGIC,
		    STATE_VERSION, session->lesson->id.text, state_structure(session),
		    state_chain(session));
	strbuf_addf(out, "updates %" PRIu64 "\nstep %" PRIu64 "\noptimizer-updates %" PRIu64 "\n",
		    save->entries[0].update, save->index, state->t);
	add_optimizer(out, save);
	add_later(out, save);
	state_add_marks(session, save, out);
	state_numbers(session->built.model, state, add_number, out);
	strbuf_addf(out, "%s%016" PRIx64 "\n", STATE_CHECKSUM,
		    hash_bytes(HASH_START, strbuf_str(out), out->len));
}

enum status state_file_write(const struct session *session, const char *path, struct error *err)
{
	CONTRACT(session->lesson);
	struct strbuf text = {0};
	struct stepper_save save;
	enum status status = stepper_save(&session->stepper, &save, err);
	if (status)
		return status;
	add_state(&text, session, &save);
	status = text.failed ? error_no_memory(err) : file_replace(path, text.data, text.len, err);
	strbuf_free(&text);
	stepper_save_free(&save);
	return status;
}
