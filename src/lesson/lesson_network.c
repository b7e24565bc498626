/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_network.c -- the inputs and the layers of a lesson. */
#include "backstep/base/i18n.h"
#include "layers/layers.h"

static const struct schema_value width_value = {
    .type = &schema_type_count, .min = 1, .max = LESSON_MAX_COUNTED};

static const struct schema_key network_keys[] = {
    {.name = "inputs",
     .required = true,
     .summary = N_("the names of the inputs, or how many there are: x1, x2, …"),
     .example = "[x1, x2]",
     .offset = offsetof(struct lesson_network, inputs),
     .value = NAMES,
     .other = &width_value,
     .other_offset = offsetof(struct lesson_network, n_inputs)},
    {.name = "input_symbols",
     .initial = N_("made from the names: x1 is x₁"),
     .summary = N_("how formulas write the inputs, at most 8 columns each"),
     .example = "[χ₁, χ₂]",
     .offset = offsetof(struct lesson_network, symbols),
     .value = SYMBOLS},
    {.name = "layers",
     .required = true,
     .summary = N_("the layers, from the inputs to the outputs"),
     .example = "[{units: [y], weights: [[w1=0.5, w2=-0.5]], bias: b=0}]",
     .offset = offsetof(struct lesson_network, layers),
     .value = {LIST_OF(layer_value, struct lesson_layer *), .max = LESSON_MAX_LAYERS}},
};
const struct schema_map lesson_schema_network = MAP(network_keys);

void lesson_resolve_network(struct resolver *r)
{
	struct lesson *lesson = r->lesson;
	struct lesson_network *network = &lesson->network;
	bool is_counted = network->n_inputs.value > 0;
	if (is_counted)
		network->inputs.items = labels_count(&r->names, "x", network->n_inputs);
	else
		labels_add(&r->names, &network->inputs, &network->symbols);
	lesson->inputs = network->inputs.items;
	lesson->n_inputs = is_counted ? network->n_inputs.value : network->inputs.n_items;
	lesson->n_outputs = lesson->n_inputs;
	resolve_layers(r, &network->layers, lesson->inputs, lesson->n_inputs);
	if (network->layers.n_items)
		lesson->outputs = layers_output(&network->layers, &lesson->n_outputs);
}
