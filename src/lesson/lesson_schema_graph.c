/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_schema_graph.c -- the keys of `graph` and the types of its values: the rows.
 *
 * An expression is only cut at its '=' here; lesson_gates.c reads what stands after it. */
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "lesson_schema.h"
#include "backstep/text/schema_reader.h"

enum { MAX_LEAVES = 256 }; /* inputs, parameters: vectors and matrices count once */

/* h, or with a step h[t] and h[0]; *recurs where it is [t]. A number joins the name: h0. */
static bool read_step_name(struct schema_reader *reader, struct source_mark mark, const char *text,
			   struct label *name, bool *recurs)
{
	size_t len = strcspn(text, "["), n = 0;
	const char *step = text[len] ? text + len + 1 : "";
	*recurs = strcmp(step, "t]") == 0;
	if (!*recurs)
		n = strspn(step, SCHEMA_DIGITS);
	if (text[len] && !*recurs && (n == 0 || strcmp(step + n, "]") != 0)) {
		report_error(reader->report, mark, _("'%s' is not NAME, NAME[t] or NAME[0]"), text);
		*recurs = false;
		return false;
	}
	name->name = arena_printf(reader->arena, "%.*s%.*s", (int)len, text, (int)n, step);
	name->mark = mark;
	if (report_has_memory(reader->report, name->name) &&
	    schema_check_identifier(reader, mark, name->name, &schema_type_name))
		return true;
	name->name = NULL;
	*recurs = false;
	return false;
}

/* A name, or the only key of a map; its value is *value (NULL for a name alone). */
static bool read_name(struct schema_reader *reader, const struct tree_node *node,
		      const struct tree_node **value, struct label *name, bool *recurs)
{
	bool is_map = node->kind == TREE_MAP && node->n_items == 1;
	const struct tree_node *text = is_map ? node->first->key : node;
	*value = is_map ? node->first : NULL;
	if (text->kind != TREE_SCALAR || (!text->plain && !strchr(text->text, '[')))
		return false;
	read_step_name(reader, text->mark, text->text, name, recurs);
	return true;
}

/* x, x: 3, or x: [4, 4] */
static void input_read(struct schema_reader *reader, const struct tree_node *node,
		       const struct schema_value *value, void *out)
{
	static const struct schema_value size = {
	    .type = &schema_type_count, .min = 1, .max = LESSON_MAX_WIDTH};
	static const struct schema_value side = {
	    .type = &schema_type_count, .min = 1, .max = LESSON_MAX_SIDE};
	struct lesson_leaf *input = out;
	const struct tree_node *number;
	struct source_count count = {0}, columns = {0};
	bool good = read_name(reader, node, &number, &input->name, &input->recurs);
	bool is_picture = good && number && number->kind == TREE_LIST && number->n_items == 2;
	if (!good) {
		schema_report_type(reader, node, value);
	} else if (is_picture) {
		schema_read(reader, number->first, &side, &count);
		schema_read(reader, number->first->next, &side, &columns);
	} else if (number) {
		schema_read(reader, number, &size, &count);
	}
	if (number && (!count.mark.line || is_picture != (columns.mark.line > 0)))
		input->name.name = NULL; /* reported */
	input->width = columns.value;
	input->rows = (count.value ? count.value : 1) * (columns.value ? columns.value : 1);
	input->cols = 1;
}

static const struct schema_type input_type = {
    .name = N_("NAME, NAME: SIZE for a vector, or NAME: [ROWS, COLUMNS] for a picture"),
    .read = input_read};

static bool read_number(struct schema_reader *reader, const struct tree_node *node, double *out)
{
	struct source_number number = {0};
	schema_read(reader, node, &number_value, &number);
	*out = number.value;
	return number.mark.line > 0;
}

/* Reads a list of numbers as row of a parameter that has place for cols of them. */
static bool read_row(struct schema_reader *reader, const struct tree_node *list,
		     struct lesson_leaf *param, size_t row)
{
	double *out = param->values + row * param->cols;
	bool good = true;
	for (const struct tree_node *item = list->first; item; item = item->next)
		good = read_number(reader, item, out++) && good;
	return good;
}

/* A matrix: every row as long as the first one. */
static bool read_matrix(struct schema_reader *reader, const struct tree_node *list,
			struct lesson_leaf *param)
{
	bool good = true;
	size_t row = 0;
	for (const struct tree_node *item = list->first; item; item = item->next, row++) {
		if (item->kind != TREE_LIST || item->n_items != param->cols) {
			report_error(reader->report, item->mark,
				     _("each row of the matrix has %zu numbers"), param->cols);
			return false;
		}
		good = read_row(reader, item, param, row) && good;
	}
	return good;
}

/* [0.2, 0.4] or [[0.1, 0.5], [-0.3, 0.8]] */
static bool read_array(struct schema_reader *reader, const struct tree_node *list,
		       const struct schema_value *value, struct lesson_leaf *param)
{
	if (list->kind != TREE_LIST || list->n_items == 0 ||
	    (list->first->kind == TREE_LIST && list->first->n_items == 0)) {
		schema_report_type(reader, list, value);
		return false;
	}
	param->is_matrix = list->first->kind == TREE_LIST;
	param->rows = param->is_matrix ? list->n_items : 1;
	param->cols = param->is_matrix ? list->first->n_items : list->n_items;
	param->values = ARENA_ARRAY(reader->arena, double, param->rows * param->cols);
	if (!report_has_memory(reader->report, param->values))
		return false;
	if (param->is_matrix)
		return read_matrix(reader, list, param);
	param->rows = param->cols;
	param->cols = 1;
	for (const struct tree_node *item = list->first; item; item = item->next)
		if (item->kind == TREE_LIST) {
			report_error(reader->report, item->mark, "%s",
				     _("a matrix is a list of rows, a vector a list of numbers"));
			return false;
		}
	return read_row(reader, list, param, 0);
}

/* w=0.5, or a name with a vector or a matrix */
static void param_read(struct schema_reader *reader, const struct tree_node *node,
		       const struct schema_value *value, void *out)
{
	struct lesson_leaf param = {.rows = 1, .cols = 1};
	struct source_entry number = {0};
	const struct tree_node *list;
	bool recurs = false;
	if (node->kind == TREE_SCALAR) {
		schema_read(reader, node, &setting_value, &number);
		param.name = (struct label){.name = number.name, .mark = number.mark};
		param.values = ARENA_ARRAY(reader->arena, double, 1);
		if (!number.name || !report_has_memory(reader->report, param.values))
			return;
		param.values[0] = number.value;
	} else if (!read_name(reader, node, &list, &param.name, &recurs) || recurs) {
		schema_report_type(reader, node, value);
		return;
	} else if (!read_array(reader, list, value, &param)) {
		return;
	}
	memcpy(out, &param, sizeof param);
}

static const struct schema_type param_type = {
    .name = N_("NAME=NUMBER, NAME: [NUMBERS] or NAME: [[NUMBERS], ...]"), .read = param_read};

/* q = u + v */
static void expression_read(struct schema_reader *reader, const struct tree_node *node,
			    const struct schema_value *value, void *out)
{
	struct lesson_expression *expression = out;
	const char *equals = node->kind == TREE_SCALAR ? strchr(node->text, '=') : NULL;
	struct source_mark mark = node->mark;
	size_t len;
	char *name;
	if (!equals || strchr(node->text, '\n')) {
		schema_report_type(reader, node, value);
		return;
	}
	if (strlen(node->text) > LESSON_MAX_EXPRESSION) {
		report_error(reader->report, mark, _("the expression is longer than %d characters"),
			     (int)LESSON_MAX_EXPRESSION);
		report_hint(reader->report, "%s", _("cut it into several nodes"));
		return;
	}
	mark.column += !node->plain; /* the quote */
	len = (size_t)(equals - node->text);
	while (len > 0 && node->text[len - 1] == ' ')
		len--;
	name = arena_strndup(reader->arena, node->text, len);
	if (!report_has_memory(reader->report, name) ||
	    !read_step_name(reader, mark, name, &expression->name, &expression->recurs))
		return;
	mark.column += (size_t)(equals - node->text) + 1;
	expression->text = (struct source_text){equals + 1, mark};
}

static const struct schema_type expression_type = {.name = N_("NAME = EXPRESSION, on one line"),
						   .read = expression_read};

static const struct schema_value input_value = {.type = &input_type};
static const struct schema_value param_value = {.type = &param_type};
static const struct schema_value expression_value = {.type = &expression_type};

static const struct schema_key graph_keys[] = {
    {.name = "inputs",
     .initial = N_("none: all numbers are parameters"),
     .summary =
	 N_("what the data fill in: numbers, vectors with their size, pictures with their rows and "
	    "columns (the data have them row by row)"),
     .example = "[x: 2]",
     .offset = offsetof(struct lesson_graph, inputs),
     .value = {LIST_OF(input_value, struct lesson_leaf), .max = MAX_LEAVES}},
    {.name = "parameters",
     .required = true,
     .summary = N_("what the gradient is taken by: numbers, vectors, matrices"),
     .example = "[w1=2, w2=-1, W: [[0.1, 0.5], [-0.3, 0.8]]]",
     .offset = offsetof(struct lesson_graph, params),
     .value = {LIST_OF(param_value, struct lesson_leaf), .max = MAX_LEAVES}},
    {.name = "steps",
     .initial = N_("none: nothing recurs"),
     .summary = N_("how often what is written with [t] is there: h[t] = tanh(W*x[t] + U*h[t-1])"),
     .example = "3",
     .offset = offsetof(struct lesson_graph, steps),
     .value = {.type = &schema_type_count, .min = 1, .max = LESSON_MAX_STEPS}},
    {.name = "nodes",
     .required = true,
     .summary = N_("the expressions, each made of what stands before it; the last is the output"),
     .example = "[\"u[t] = W*x\", \"y = w1*u[3] + w2\"]",
     .offset = offsetof(struct lesson_graph, nodes),
     .value = {LIST_OF(expression_value, struct lesson_expression), .max = LESSON_MAX_GATES}},
};
const struct schema_map lesson_schema_graph = MAP(graph_keys);
