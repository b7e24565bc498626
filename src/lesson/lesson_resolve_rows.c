/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_resolve_rows.c -- what a lesson says of its rows where they do not stand in it: the keys
 * fit each other. The rows themselves are read or made when the model is built (lesson_rows.c). */
#include "lesson_resolve.h"

#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"

enum { ROWS_USUAL = 200 };

/* A number that the schema lets be anything must not be negative. */
static double not_negative(struct resolver *r, const struct source_number *number)
{
	if (number->value < 0.0)
		report_error(r->report, number->mark, "%s", _("this number cannot be negative"));
	return number->value;
}

static struct lesson_generate read_generate(struct resolver *r, const struct draft_generate *draft)
{
	return (struct lesson_generate){
	    .name = draft->name,
	    .rows = draft->rows.value ? draft->rows.value : ROWS_USUAL,
	    .noise = not_negative(r, &draft->noise),
	    .seed = draft->seed,
	};
}

/* One character out of a few, or the word tab. */
static char read_separator(struct resolver *r, const struct source_text *given)
{
	if (!given->text)
		return ',';
	if (strcmp(given->text, "tab") == 0)
		return '\t';
	if (strlen(given->text) == 1 && strchr(",;:|", given->text[0]))
		return given->text[0];
	report_error(r->report, given->mark, "%s", _("this cannot separate columns"));
	report_hint(r->report, "%s", _("one of , ; : | or the word tab"));
	return ',';
}

/* Keys that only a file has. */
static void refuse_for_generated(struct resolver *r, const struct draft_data *draft)
{
	const struct {
		const char *key;
		struct source_mark mark;
	} keys[] = {
	    {"otherwise", draft->otherwise.name.mark},
	    {"separator", draft->separator.mark},
	    {"inputs", draft->inputs.mark},
	    {"target", draft->target.mark},
	    {"classes", draft->classes.mark},
	};

	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
		if (keys[k].mark.line)
			report_error(r->report, keys[k].mark, _("'%s' is for a file"), keys[k].key);
}

static void check_columns(struct resolver *r, const struct draft_columns *columns, bool header)
{
	for (size_t k = 0; k < columns->n_items; k++) {
		const struct lesson_column *column = &columns->items[k];

		if (column->name && !header) {
			report_error(r->report, column->mark,
				     _("column '%s': without a header columns have numbers only"),
				     column->name);
			report_hint(r->report, "%s", _("say header: true, or count from 1"));
		}
	}
}

static void read_labels(struct resolver *r, const struct draft_numbers *draft,
			struct lesson_data *data)
{
	data->labels = ARENA_ARRAY(r->lesson->arena, double, draft->n_items);
	if (!report_has_memory(r->report, data->labels))
		return;
	data->n_labels = draft->n_items;
	for (size_t k = 0; k < draft->n_items; k++)
		data->labels[k] = draft->items[k].value;
	if (draft->n_items && r->lesson->n_outputs > 1)
		report_error(r->report, draft->mark, "%s",
			     _("labels are for a network with one output"));
}

static void resolve_file(struct resolver *r, const struct draft_data *draft,
			 struct lesson_data *data)
{
	data->mark = draft->file.mark;
	data->max_rows = draft->generate.rows.value;
	check_columns(r, &draft->inputs, draft->header);
	check_columns(r, &draft->target, draft->header);
	if (draft->target.n_items > 1 && draft->target.n_items != r->lesson->n_outputs)
		resolve_count(r, draft->target.mark, _("columns, one for each output"),
			      draft->target.n_items, r->lesson->n_outputs);
	if (draft->target.n_items > 1 && draft->one_hot)
		report_error(r->report, draft->target.mark, "%s",
			     _("with one_hot there is one target column"));
	if (draft->classes.n_items && !draft->one_hot)
		report_error(r->report, draft->classes.mark, "%s",
			     _("classes need 'one_hot: true'"));
}

static void resolve_made_data(struct resolver *r)
{
	const struct draft_data *draft = &r->draft->made_data;
	struct lesson_data *data = &r->lesson->data;
	if (!draft->generate.name.text && !draft->file.text)
		return;
	*data = (struct lesson_data){
	    .mark = draft->generate.name.mark,
	    .generate = read_generate(r, &draft->generate),
	    .file = draft->file,
	    .otherwise = read_generate(r, &draft->otherwise),
	    .header = draft->header,
	    .separator = read_separator(r, &draft->separator),
	    .inputs = draft->inputs.items,
	    .n_inputs = draft->inputs.n_items,
	    .targets = draft->target.items,
	    .n_targets = draft->target.n_items,
	    .one_hot = draft->one_hot,
	    .classes = draft->classes.items,
	    .n_classes = draft->classes.n_items,
	    .scaling = draft->standardise ? LESSON_STANDARDISE
		       : draft->min_max   ? LESSON_MIN_MAX
					  : LESSON_AS_IS,
	};
	read_labels(r, &draft->labels, data);
	if (draft->file.text)
		resolve_file(r, draft, data);
	else
		refuse_for_generated(r, draft);
}

static void resolve_split(struct resolver *r)
{
	const struct draft_split *draft = &r->draft->split;
	struct lesson_split *split = &r->lesson->split;
	double sum;
	if (!draft->train.mark.line)
		return;
	split->mark = draft->train.mark;
	split->train = draft->train.value;
	split->validation = not_negative(r, &draft->validation);
	split->test = not_negative(r, &draft->test);
	split->in_order = draft->in_order;
	sum = split->train + split->validation + split->test;
	if (fabs(sum - 1.0) > 1e-9)
		report_error(r->report, draft->train.mark,
			     _("the parts make %g together; they must make 1"), sum);
}

void lesson_resolve_rows(struct resolver *r)
{
	r->lesson->seed = r->draft->seed.mark.line ? r->draft->seed.value : 1;
	resolve_made_data(r);
	resolve_split(r);
}
