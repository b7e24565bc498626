/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema.c -- the keys of a lesson file, and those of its texts: the rows. Other files have
 * the keys inside of `network`, `graph`, `loss`, `data`, `training` and `figures`, each with what
 * they mean together.
 *
 * The rows stand in the order in which a lesson has them. Examples are those of one lesson, so
 * that together they make one. To add a key: a row, and a field in lesson.h. */
#include "lesson_schema.h"

#include "backstep/trace/plan.h"
#include "backstep/base/i18n.h"
#include "backstep/lesson/lesson_topic.h"

static const struct schema_key title_keys[] = {
    {.name = "es",
     .required = true,
     .unless = "en",
     .summary = N_("the title in Spanish"),
     .example = "\"Mi primera red\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_ES]),
     .value = {.type = &schema_type_line}},
    {.name = "en",
     .required = true,
     .unless = "es",
     .summary = N_("the title in English"),
     .example = "\"My first network\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_EN]),
     .value = {.type = &schema_type_line}},
};
static const struct schema_map title_map = MAP(title_keys);

static const struct schema_key text_keys[] = {
    {.name = "es",
     .required = true,
     .unless = "en",
     .summary = N_("the text in Spanish"),
     .example = "\"Una red con una sola neurona.\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .unless = "es",
     .summary = N_("the text in English"),
     .example = "\"A network of a single neuron.\"",
     .offset = offsetof(struct lesson_text, in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map text_map = MAP(text_keys);

static const struct schema_key source_keys[] = {
    {.name = "document",
     .initial = N_("none"),
     .summary = N_("the lecture or book that the example is from"),
     .example = "\"Neural networks, lecture 3\"",
     .offset = offsetof(struct lesson_source, document),
     .value = {.type = &schema_type_line}},
    {.name = "author",
     .initial = N_("none"),
     .summary = N_("who wrote it"),
     .example = "\"A. Teacher\"",
     .shown = N_("after"),
     .offset = offsetof(struct lesson_source, author),
     .value = {.type = &schema_type_line}},
};
static const struct schema_map source_map = MAP(source_keys);

const char *lesson_source_line(const struct lesson *lesson, size_t i, const char **words)
{
	for (size_t k = 0; k < source_map.n_keys; k++) {
		const struct source_text *text =
		    (const void *)((const char *)&lesson->source + source_keys[k].offset);

		if (!source_keys[k].shown || !text->text || i-- > 0)
			continue;
		*words = _(source_keys[k].shown);
		return text->text;
	}
	return NULL;
}

static const struct schema_key try_keys[] = {
    {.name = "do",
     .required = true,
     .summary = N_("a command"),
     .example = "\"goto w1\"",
     .offset = offsetof(struct lesson_try, command),
     .value = {.type = &schema_type_line}},
    {.name = "es",
     .required = true,
     .unless = "en",
     .summary = N_("what to watch, in Spanish"),
     .example = "\"¿Cuántos caminos hay?\"",
     .offset = offsetof(struct lesson_try, text.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .unless = "es",
     .summary = N_("what to watch, in English"),
     .example = "\"How many paths are there?\"",
     .offset = offsetof(struct lesson_try, text.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map try_map = MAP(try_keys);
static const struct schema_value try_value = {.type = &schema_type_map, .map = &try_map};

static const struct schema_key task_keys[] = {
    {.name = "do",
     .initial = N_("none: nothing is left to do"),
     .summary = N_("the command that does the task, by its key or typed"),
     .example = "next",
     .offset = offsetof(struct lesson_try, command),
     .value = {.type = &schema_type_line}},
    {.name = "es",
     .required = true,
     .unless = "en",
     .summary = N_("the task in Spanish; {next} stands for the key of the command next"),
     .example = "\"{next} da un paso.\"",
     .offset = offsetof(struct lesson_try, text.in[LANGUAGE_ES]),
     .value = {.type = &schema_type_text}},
    {.name = "en",
     .required = true,
     .unless = "es",
     .summary = N_("the task in English; {next} stands for the key of the command next"),
     .example = "\"{next} takes a step.\"",
     .offset = offsetof(struct lesson_try, text.in[LANGUAGE_EN]),
     .value = {.type = &schema_type_text}},
};
static const struct schema_map task_map = MAP(task_keys);
static const struct schema_value task_value = {.type = &schema_type_map, .map = &task_map};

static const struct schema_key show_keys[] = {
    {.name = "view",
     .initial = N_("none: the network alone"),
     .summary = N_("what the full screen shows beside the walk, as the command view calls it"),
     .example = "slope",
     .offset = offsetof(struct lesson_show, view),
     .value = {.type = &schema_type_word}},
    {.name = "chain",
     .initial = N_("auto"),
     .summary = N_("how gradients are taken apart, as with set chain"),
     .example = "deltas",
     .offset = offsetof(struct lesson_show, chain),
     .value = {.type = &schema_type_choice, .choices = chain_words}},
    {.name = "digits",
     .initial = "6",
     .summary = N_("significant digits of the numbers, as with set digits"),
     .example = "4",
     .offset = offsetof(struct lesson_show, digits),
     .value = {.type = &schema_type_count, .min = 1, .max = 17}},
};
static const struct schema_map show_map = MAP(show_keys);

static const struct schema_value data_value = {.type = &schema_type_map,
					       .map = &lesson_schema_data};

/* What stands for a text in each language: one, in the lesson's. */
static const struct schema_value plain_line = {.type = &schema_type_line};
static const struct schema_value plain_text = {.type = &schema_type_text};

static const struct schema_key lesson_keys[] = {
    {.name = "format",
     .required = true,
     .summary = N_("the version of the lesson format"),
     .example = "2",
     .offset = offsetof(struct lesson, format),
     .value = {.type = &schema_type_count, .min = 1, .max = LESSON_FORMAT}},
    {.name = "id",
     .required = true,
     .summary = N_("what commands call the lesson"),
     .example = "my-first-network",
     .offset = offsetof(struct lesson, id),
     .value = {.type = &schema_type_id}},
    {.name = "topic",
     .initial = N_("none: it is listed last"),
     .summary = N_("the heading in the list of lessons"),
     .example = "networks",
     .offset = offsetof(struct lesson, topic),
     .value = {.type = &schema_type_choice, .choices = lesson_topic_words}},
    {.name = "language",
     .initial = N_("both, or that of the texts"),
     .summary = N_("the language of texts that stand without es and en: es or en"),
     .example = "es",
     .offset = offsetof(struct lesson, language),
     .value = {.type = &schema_type_choice, .choices = language_codes}},
    {.name = "title",
     .required = true,
     .summary = N_("the title: a text, or one in each language"),
     .example = "{es: \"Mi primera red\", en: \"My first network\"}",
     .offset = offsetof(struct lesson, title),
     .value = {.type = &schema_type_map, .map = &title_map},
     .other = &plain_line,
     .other_offset = offsetof(struct lesson, title.in[LANGUAGE_EN])},
    {.name = "source",
     .initial = N_("none"),
     .summary = N_("where the example is from"),
     .example = "{document: \"Neural networks, lecture 3\", author: \"A. Teacher\"}",
     .offset = offsetof(struct lesson, source),
     .value = {.type = &schema_type_map, .map = &source_map}},
    {.name = "text",
     .required = true,
     .summary = N_("the purpose: a text, or one in each language; shown when the lesson opens"),
     .example = "{es: \"Una sola neurona.\", en: \"A single neuron.\"}",
     .offset = offsetof(struct lesson, text),
     .value = {.type = &schema_type_map, .map = &text_map},
     .other = &plain_text,
     .other_offset = offsetof(struct lesson, text.in[LANGUAGE_EN])},
    {.name = "notes",
     .initial = N_("none"),
     .summary = N_("texts shown when the walk reaches a place"),
     .example = "[{at: w1, es: \"El primer peso.\", en: \"The first weight.\"}]",
     .offset = offsetof(struct lesson, notes),
     .value = {.type = &schema_type_list,
	       .item = &lesson_schema_note,
	       .size = sizeof(struct lesson_note)}},
    {.name = "network",
     .required = true,
     .unless = "graph",
     .summary = N_("inputs and layers, with their starting weights"),
     .example = "{inputs: [x1, x2], layers: [{units: [y], weights: [[w1=0.5, w2=-0.5]]}]}",
     .offset = offsetof(struct lesson, network),
     .value = {.type = &schema_type_map, .map = &lesson_schema_network}},
    {.name = "graph",
     .initial = N_("none: there are layers"),
     .summary = N_("a computational graph, in place of a network"),
     .example = "{parameters: [w1=2, w2=3], nodes: [\"f = w1*w2\"]}",
     .offset = offsetof(struct lesson, graph),
     .value = {.type = &schema_type_map, .map = &lesson_schema_graph}},
    {.name = "loss",
     .required = true,
     .unless = "graph",
     .summary = N_("what training makes small"),
     .example = "{kind: half-squared-error}",
     .offset = offsetof(struct lesson, loss),
     .value = {.type = &schema_type_map, .map = &lesson_schema_loss}},
    {.name = "seed",
     .initial = "1",
     .summary = N_("what all random numbers of the lesson are made of"),
     .example = "7",
     .offset = offsetof(struct lesson, seed),
     .value = {.type = &schema_type_count, .max = SIZE_MAX}},
    {.name = "data",
     .required = true,
     .unless = "graph",
     .summary = N_("the rows, at least one; or where they come from"),
     .example = "[{x: [0.1, 0.5], target: [0.05]}]",
     .offset = offsetof(struct lesson, examples),
     .value = {LIST_OF(lesson_schema_example, struct lesson_example)},
     .other = &data_value,
     .other_offset = offsetof(struct lesson, data)},
    {.name = "split",
     .initial = N_("all rows are for training"),
     .summary = N_("the parts of the rows to train, validate and test with"),
     .example = "{train: 0.7, validation: 0.15, test: 0.15}",
     .offset = offsetof(struct lesson, split),
     .value = {.type = &schema_type_map, .map = &lesson_schema_split}},
    {.name = "train",
     .initial = N_("all, the last layer's first"),
     .summary = N_("the parameters that are trained, in the order in which they are walked"),
     .example = "[w1, w2]",
     .offset = offsetof(struct lesson, train),
     .value = {LIST_OF(lesson_schema_trained, struct lesson_trained), .word = "all"}},
    {.name = "training",
     .required = true,
     .summary = N_("how the parameters are updated"),
     .example = "{optimizer: gd, rate: 0.6}",
     .offset = offsetof(struct lesson, training),
     .value = {.type = &schema_type_map, .map = &lesson_schema_training}},
    {.name = "try",
     .initial = N_("none"),
     .summary = N_("commands to try, with what to watch"),
     .example = "[{do: \"goto w1\", es: \"¿Cuántos caminos hay?\", en: \"How many paths?\"}]",
     .offset = offsetof(struct lesson, tries),
     .value = {.type = &schema_type_list, .item = &try_value, .size = sizeof(struct lesson_try)}},
    {.name = "tasks",
     .initial = N_("none"),
     .summary = N_("what is done one after the other, each by a command"),
     .example = "[{do: next, es: \"{next} da un paso.\", en: \"{next} takes a step.\"}]",
     .offset = offsetof(struct lesson, tasks),
     .value = {.type = &schema_type_list, .item = &task_value, .size = sizeof(struct lesson_try)}},
    {.name = "figures",
     .initial = N_("none"),
     .summary = N_("the numbers that the lecture prints, each with its verdict"),
     .example = "[{of: y, printed: \"0.05\"}]",
     .offset = offsetof(struct lesson, figures),
     .value = {.type = &schema_type_list,
	       .item = &lesson_schema_figure,
	       .size = sizeof(struct lesson_figure),
	       .max = LESSON_MAX_FIGURES}},
    {.name = "quiz",
     .initial = N_("as predict has it"),
     .summary = N_("what predict and an exam ask, and how"),
     .example = "{level: 2, at: [w5, w1], attempts: 2}",
     .offset = offsetof(struct lesson, quiz),
     .value = {.type = &schema_type_map, .map = &lesson_schema_quiz}},
    {.name = "show",
     .initial = N_("as usual"),
     .summary = N_("how the lesson is looked at, until somebody sets it otherwise"),
     .example = "{view: slope, chain: deltas, digits: 4}",
     .offset = offsetof(struct lesson, show),
     .value = {.type = &schema_type_map, .map = &show_map}},
    {.name = "rounding",
     .initial = N_("none"),
     .summary = N_("the example done by hand beside the exact run, as with set rounding"),
     .example = "{digits: 2, mode: cut}",
     .offset = offsetof(struct lesson, by_hand),
     .value = {.type = &schema_type_map, .map = &lesson_schema_rounding}},
};

const struct schema_map lesson_schema = MAP(lesson_keys);
