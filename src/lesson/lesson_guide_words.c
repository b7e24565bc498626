/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_guide_words.c -- the rows of the registries whose names lessons use.
 *
 * To add a registry: a function that tells its row number i, and a line in kinds. */
#include "lesson_guide_words.h"

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/engine/generator.h"
#include "backstep/engine/init.h"
#include "backstep/lesson/layer_kind.h"
#include "lesson_graph.h"

/* "name (part, part)": parts are added one by one. */
static void add_part(struct strbuf *out, size_t k, const char *part)
{
	strbuf_addf(out, "%s%s", k ? ", " : " (", part);
}

static void end_parts(struct strbuf *out, size_t n)
{
	strbuf_add(out, n ? ")" : "");
}

static void add_op(struct strbuf *out, const char *name, const struct op *op)
{
	strbuf_add(out, name);
	for (size_t k = 0; k < op->n_attributes; k++)
		add_part(out, k, op->attributes[k].name);
	end_parts(out, op->n_attributes);
}

static const char *activation_word(size_t i, struct strbuf *out)
{
	for (const struct op *const *op = op_registry; *op; op++) {
		if ((*op)->family != OP_ACTIVATION || i-- != 0)
			continue;
		add_op(out, (*op)->name, *op);
		return (*op)->summary;
	}
	return NULL;
}

static const char *layer_word(size_t i, struct strbuf *out)
{
	if (!layer_kind_maps[i])
		return NULL;
	strbuf_add(out, layer_kind_maps[i]->kind);
	return layer_kind_of(layer_kind_maps[i])->summary;
}

static const char *loss_word(size_t i, struct strbuf *out)
{
	if (loss_registry[i].name)
		add_op(out, loss_registry[i].name, loss_registry[i].term);
	return loss_registry[i].summary;
}

static const char *function_word(size_t i, struct strbuf *out)
{
	const char *summary, *name = graph_macro_at(i, &summary);
	size_t n = 0;
	const struct op *op;
	if (name) {
		strbuf_add(out, name);
		return summary;
	}
	while (graph_macro_at(n, &summary))
		n++;
	op = graph_op_at(i - n);
	if (!op)
		return NULL;
	for (const char *c = op->name; *c; c++)
		strbuf_add_char(out, *c == '-' ? '_' : *c);
	return op->summary;
}

static const char *optimizer_word(size_t i, struct strbuf *out)
{
	const struct optimizer_class *class = optimizer_registry[i];
	if (!class)
		return NULL;
	strbuf_add(out, class->name);
	for (size_t k = 0; k < class->n_forms; k++)
		add_part(out, k, class->forms[k].name);
	for (size_t k = 0; k < class->n_hypers; k++) {
		char number[NUMBER_TEXT];

		strbuf_addf(out, "%s %s=%s", k ? "," : ";", class->hypers[k].name,
			    number_format(number, class->hypers[k].initial, 6));
	}
	end_parts(out, class->n_forms);
	return class->summary;
}

static const char *stage_word(size_t i, struct strbuf *out)
{
	if (i == N_STAGES)
		return NULL;
	const struct stage_class *class = stage_registry[i];
	strbuf_add(out, class->name);
	for (size_t k = 0; k < class->n_forms; k++)
		add_part(out, k, class->forms[k].name);
	end_parts(out, class->n_forms);
	return class->summary;
}

static const char *init_word(size_t i, struct strbuf *out)
{
	const struct init_class *class = &init_registry[i];
	if (!class->name)
		return NULL;
	strbuf_add(out, class->name);
	for (size_t k = 0; k < class->n_numbers; k++)
		add_part(out, k, class->numbers[k].name);
	end_parts(out, class->n_numbers);
	return class->summary;
}

static const char *generator_word(size_t i, struct strbuf *out)
{
	if (!generator_registry[i])
		return NULL;
	strbuf_add(out, generator_registry[i]->name);
	return generator_registry[i]->summary;
}

static const struct {
	const char *title; /* N_() */
	/* Adds the name of row i, with what belongs to it. Returns its summary; NULL after the
	 * last. */
	const char *(*word)(size_t i, struct strbuf *out);
} kinds[] = {
    {N_("Kinds of layers:"), layer_word},
    {N_("Activations, with the numbers that shape them:"), activation_word},
    {N_("Losses, with the numbers that shape them:"), loss_word},
    {N_("Functions in the expressions of graphs:"), function_word},
    {N_("Optimizers, with the forms of their rules and their numbers:"), optimizer_word},
    {N_("Stages around the optimizer, with the forms of their rules:"), stage_word},
    {N_("Initialisations, with their numbers:"), init_word},
    {N_("Generators of data:"), generator_word},
};

void lesson_guide_words(struct strbuf *out)
{
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
		struct strbuf name = {0};
		const char *summary;
		strbuf_addf(out, "%s\n", _(kinds[kind].title));
		for (size_t i = 0; (summary = kinds[kind].word(i, &name)); i++) {
			strbuf_addf(out, "    %s: %s\n", strbuf_str(&name), _(summary));
			strbuf_clear(&name);
		}
		strbuf_add_char(out, '\n');
		strbuf_free(&name);
	}
}
