/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_write.c -- a place in a training, written down. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/file.h"
#include "backstep/base/hash.h"
#include "backstep/session/setting.h"
#include "backstep/session/state_file.h"

static uint64_t hash_double(uint64_t hash, double value)
{
	uint64_t bits;
	memcpy(&bits, &value, sizeof bits);
	return hash_number(hash, bits);
}

static uint64_t hash_parts(uint64_t hash, const struct node *node)
{
	for (size_t row = 0; node->parts && row < node->rows; row++) {
		hash = hash_text(hash, node->parts[row].op->name);
		for (size_t k = 0; k < OP_MAX_ATTRIBUTES; k++)
			hash = hash_double(hash, node->parts[row].attributes[k]);
	}
	return hash;
}

static uint64_t hash_node(uint64_t hash, const struct node *node)
{
	hash = hash_number(hash, node->kind);
	hash = hash_text(hash, node->op ? node->op->name : "");
	hash = hash_number(hash, node->layer);
	hash = hash_number(hash, node->rows);
	hash = hash_number(hash, node->kind == NODE_MASK ? node->seed : 0);
	for (size_t k = 0; node->op && k < node->op->n_slots; k++)
		hash = hash_number(hash, node->inputs[k]->index);
	for (size_t k = 0; node->op && k < node->op->n_attributes; k++)
		hash = hash_double(hash, node->attributes[k]);
	hash = hash_parts(hash, node);
	for (size_t e = 0; node->kind == NODE_PARAM && e < node->rows * node->cols; e++)
		hash = hash_number(hash, node_param(node, e));
	return hash;
}

uint64_t state_structure(const struct session *session)
{
	const struct model *model = session->built.model;
	const struct dataset *data = &session->built.data;
	uint64_t hash = hash_number(HASH_START, model->graph.n_nodes);
	for (size_t k = 0; k < model->graph.n_nodes; k++)
		hash = hash_node(hash, model->graph.nodes[k]);
	hash = hash_text(hash, model->loss_class ? model->loss_class->name : "");
	hash = hash_number(hash, model->over);
	for (size_t k = 0; k < model->n_order; k++)
		hash = hash_number(hash, model->order[k]);
	size_t n_rows = data->n_rows + data->n_validation + data->n_test;
	hash = hash_number(hash, session->built.batch);
	hash = hash_number(hash, data->n_rows);
	hash = hash_number(hash, data->n_validation);
	hash = hash_number(hash, data->shuffling.on);
	hash = hash_number(hash, data->shuffling.on ? data->shuffling.seed : 0);
	for (size_t k = 0; k < n_rows * data->n_inputs; k++)
		hash = hash_double(hash, data->x[k]);
	for (size_t k = 0; k < n_rows * data->n_targets; k++)
		hash = hash_double(hash, data->t[k]);
	return hash;
}

const char *state_chain(const struct session *session)
{
	return chain_words[stepper_chain(&session->stepper)];
}

static void add_values(struct strbuf *out, const struct model *model, const char *what,
		       const double *values)
{
	char name[LABEL_TEXT];
	for (size_t p = 0; p < model->graph.n_params; p++)
		strbuf_addf(out, "%s %s %.17g\n", what, model_param_name(model, p, name),
			    values[p]);
}

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

/* What ops carry from update to update, as the graph's state has it. */
static void add_running(struct strbuf *out, const struct model *model, const double *values)
{
	char name[LABEL_TEXT];
	for (size_t k = 0; k < model->graph.n_nodes; k++) {
		const struct node *node = model->graph.nodes[k];
		for (size_t row = 0; node->state && row < node->rows; row++)
			strbuf_addf(out, "running %s %.17g\n",
				    node_name(node, row * node->stride, name),
				    values[node->state - model->graph.state + (ptrdiff_t)row]);
	}
}

static void add_state(struct strbuf *out, const struct session *session,
		      const struct stepper_save *save)
{
	const struct trainer_state *state = save->entries[0].state;
	const struct optimizer_form *form = optimizer_form(&state->optimizer);
	const struct model *model = session->built.model;
	const double *values = state->values;
	strbuf_addf(out, "%s%d\nlesson %s\nstructure %016" PRIx64 "\nchain %s\n", STATE_MAGIC,
		    STATE_VERSION, session->lesson->id.text, state_structure(session),
		    state_chain(session));
	strbuf_addf(out, "updates %" PRIu64 "\nstep %" PRIu64 "\noptimizer-updates %" PRIu64 "\n",
		    save->entries[0].update, save->index, state->t);
	add_optimizer(out, save);
	add_later(out, save);
	add_values(out, model, "weight", values);
	for (size_t k = 0; k < form->n_slots; k++) {
		char what[2 * LABEL_TEXT];
		if (!form->slots[k].kept)
			continue;
		snprintf(what, sizeof what, "slot %s", form->slots[k].name);
		add_values(out, model, what, values += model->graph.n_params);
	}
	add_running(out, model, values + model->graph.n_params);
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
