/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_gates.c -- an expression becomes gates: one for each operation, inner ones first.
 *
 * The parser of formulas reads the expression; here its tree is walked once. Numbers among
 * themselves are computed at once, everything else is a gate. */
#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/formula/formula.h"
#include "lesson_gates.h"

struct source_mark gates_mark(const struct graph_reader *reader, size_t column)
{
	const struct lesson_expression *expression = reader->expression;
	struct source_mark mark = expression->text.mark;
	size_t at = column > mark.column ? column - mark.column : 0;
	if (!expression->columns)
		mark.column = column;
	else if (at <= strlen(expression->text.text))
		mark.column = expression->columns[at];
	return mark;
}

size_t gates_width(const struct graph_reader *reader, const struct lesson_argument *arg)
{
	if (arg->reads == LESSON_READS_INPUT)
		return reader->graph->inputs.items[arg->index].width;
	return arg->reads == LESSON_READS_GATE ? reader->graph->gates[arg->index].width : 0;
}

/* What is done to each number of a picture is a picture. */
static size_t kept_width(const struct graph_reader *reader, const struct lesson_gate *gate)
{
	const struct op *op = graph_op_find(gate->op);
	size_t width = 0;
	for (size_t k = 0; (op->value || op->value2) && k < gate->n_args && !width; k++)
		width = gates_width(reader, &gate->args[k]);
	return width;
}

struct operand gates_add(struct graph_reader *reader, size_t column, struct lesson_gate gate)
{
	struct lesson_graph *graph = reader->graph;
	struct report *report = reader->resolver->report;
	struct operand out = {.arg = {.reads = LESSON_READS_GATE, .index = graph->n_gates}};
	struct error err = {0};
	gate.mark = gates_mark(reader, column);
	if (graph->n_gates == LESSON_MAX_GATES) {
		report_error(report, gate.mark, _("the graph has more than %d operations"),
			     (int)LESSON_MAX_GATES);
		return out;
	}
	gate.width = gate.width ? gate.width : kept_width(reader, &gate);
	graph->gates[graph->n_gates] = gate;
	if (graph_nodes_add(&reader->nodes, graph, graph->n_gates, &err)) {
		report_error(report, gate.mark, "%s", err.message);
		return out;
	}
	graph->gates[graph->n_gates].rows = reader->nodes.gates[graph->n_gates]->rows;
	graph->n_gates++;
	out.is_good = true;
	return out;
}

struct operand gates_as_data(struct graph_reader *reader, struct operand in, size_t column)
{
	bool is_data = in.arg.reads == LESSON_READS_GATE || in.arg.reads == LESSON_READS_INPUT;
	if (is_data || !in.is_good)
		return in;
	return gates_add(reader, column,
			 (struct lesson_gate){.op = op_spread.name, .args = {in.arg}, .n_args = 1});
}

/* A transposed matrix is only there to be multiplied with a vector. */
static bool check_transposed(struct graph_reader *reader, size_t column, const struct op *op,
			     const struct operand *a, const struct operand *b)
{
	bool is_stray = (a->is_transposed && op != &op_matmul_transposed) ||
			(op->n_slots > 1 && b->is_transposed);
	if (is_stray)
		report_error(reader->resolver->report, gates_mark(reader, column),
			     _("transpose(W) is multiplied with a vector: transpose(W)*x"));
	return !is_stray;
}

struct operand gates_add_op(struct graph_reader *reader, size_t column, const struct op *op,
			    struct operand a, struct operand b)
{
	struct lesson_gate gate = {.op = op->name, .n_args = op->n_slots};
	if (!check_transposed(reader, column, op, &a, &b))
		return (struct operand){0};
	if (op->family != OP_ARITHMETIC)
		a = gates_as_data(reader, a, column);
	if (!a.is_good || (op->n_slots > 1 && !b.is_good))
		return (struct operand){0};
	gate.args[0] = a.arg;
	gate.args[1] = b.arg;
	return gates_add(reader, column, gate);
}

static struct operand convert_sum(struct graph_reader *reader, const struct formula *f)
{
	struct operand sum = gates_convert(reader, f->args[0]);
	for (size_t k = 1; k < f->n_args && sum.is_good; k++) {
		const struct formula *term = f->args[k];
		bool minus = term->kind == FORMULA_NEGATE;

		sum = gates_add_op(reader, term->column ? term->column : term->args[0]->column,
				   minus ? &op_subtract : &op_add, sum,
				   gates_convert(reader, minus ? term->args[0] : term));
	}
	return sum;
}

static struct operand multiply(struct graph_reader *reader, size_t column, struct operand a,
			       struct operand b)
{
	const struct op *op = a.is_transposed ? &op_matmul_transposed : &op_matmul;
	return gates_add_op(reader, column, a.is_matrix ? op : &op_multiply, a, b);
}

static struct operand convert_product(struct graph_reader *reader, const struct formula *f)
{
	struct operand product = gates_convert(reader, f->args[0]);
	for (size_t k = 1; k < f->n_args && product.is_good; k++)
		product = multiply(reader, f->args[k]->column, product,
				   gates_convert(reader, f->args[k]));
	return product;
}

static struct operand convert_quotient(struct graph_reader *reader, const struct formula *f)
{
	struct operand a = gates_convert(reader, f->args[0]);
	return gates_add_op(reader, f->args[1]->column, &op_divide, a,
			    gates_convert(reader, f->args[1]));
}

static struct operand convert_power(struct graph_reader *reader, const struct formula *f)
{
	struct operand base = gates_convert(reader, f->args[0]),
		       exponent = gates_convert(reader, f->args[1]);
	size_t column = f->args[1]->column;
	struct lesson_gate power = {.op = op_power.name, .n_args = 1, .n_attributes = 1};
	if (exponent.arg.reads != LESSON_READS_NUMBER)
		return gates_add_op(reader, column, &op_power_of, base, exponent);
	if (exponent.arg.number == 2.0)
		return gates_add_op(reader, column, &op_square, base, exponent);
	if (!base.is_good || !exponent.is_good)
		return (struct operand){0};
	power.args[0] = base.arg;
	power.attributes[0] = exponent.arg.number;
	return gates_add(reader, column, power);
}

static struct operand convert_negate(struct graph_reader *reader, const struct formula *f)
{
	struct operand a = gates_convert(reader, f->args[0]);
	return gates_add_op(reader, f->column ? f->column : f->args[0]->column, &op_negate, a, a);
}

/* The gate that reads element e. */
static struct operand add_element(struct graph_reader *reader, size_t column,
				  struct lesson_argument of, size_t e)
{
	return gates_add(reader, column,
			 (struct lesson_gate){.op = op_element.name,
					      .args = {of},
					      .n_args = 1,
					      .attributes = {(double)e + 1.0},
					      .n_attributes = 1});
}

/* p1, p[1] or W[2,3]: an element of a thing. It gets a gate once, and is then a thing itself. */
static struct operand convert_element(struct graph_reader *reader, const struct formula *f)
{
	size_t e = 0;
	struct graph_thing *of = graph_element_find(reader, f->name, &e), *known;
	struct operand out = {0};
	of->used = true;
	if (of->is_broken)
		return out;
	const char *name = graph_element_name(reader, of, e);
	if (!report_has_memory(reader->resolver->report, name))
		return out;
	known = graph_thing_find(reader, name);
	if (known)
		return (struct operand){.arg = known->is, .is_good = true};
	out = add_element(reader, f->column, of->is, e);
	if (out.is_good)
		graph_add_element(reader, name, gates_mark(reader, f->column), out.arg);
	return out;
}

static struct operand convert_symbol(struct graph_reader *reader, const struct formula *f)
{
	struct graph_thing *thing = graph_thing_find(reader, f->name);
	if (!thing)
		return convert_element(reader, f);
	thing->used = true;
	if (thing->element) { /* from now on it is its gate */
		struct operand out = add_element(reader, f->column, thing->is, thing->element - 1);

		thing->is = out.arg;
		thing->is_broken = !out.is_good;
		thing->element = 0;
	}
	return (struct operand){
	    .arg = thing->is, .is_good = !thing->is_broken, .is_matrix = thing->is_matrix};
}

static struct operand convert_compare(struct graph_reader *reader, const struct formula *f)
{
	report_error(reader->resolver->report, gates_mark(reader, f->args[0]->column),
		     _("a comparison is no number"));
	report_hint(reader->resolver->report, "%s", _("max(a, b) is the larger of two"));
	return (struct operand){0};
}

bool gates_is_number(const struct formula *f)
{
	if (f->kind == FORMULA_SYMBOL || f->kind == FORMULA_CALL || f->kind == FORMULA_COMPARE)
		return false;
	for (size_t k = 0; k < f->n_args; k++)
		if (!gates_is_number(f->args[k]))
			return false;
	return true;
}

static struct operand convert_number(struct graph_reader *reader, const struct formula *f)
{
	struct operand out = {.arg = {.reads = LESSON_READS_NUMBER, .number = formula_eval(f)},
			      .is_good = true};
	if (!isfinite(out.arg.number)) {
		report_error(reader->resolver->report, gates_mark(reader, f->column),
			     _("this is not a finite number"));
		out.is_good = false;
	}
	return out;
}

struct operand gates_convert(struct graph_reader *reader, const struct formula *f)
{
	static struct operand (*const kinds[])(struct graph_reader * reader,
					       const struct formula *f) = {
	    [FORMULA_SUM] = convert_sum,           [FORMULA_PRODUCT] = convert_product,
	    [FORMULA_QUOTIENT] = convert_quotient, [FORMULA_POWER] = convert_power,
	    [FORMULA_NEGATE] = convert_negate,     [FORMULA_CALL] = gates_convert_call,
	    [FORMULA_SYMBOL] = convert_symbol,     [FORMULA_COMPARE] = convert_compare,
	};
	return gates_is_number(f) ? convert_number(reader, f) : kinds[f->kind](reader, f);
}

static struct formula *bind_name(void *ctx, struct arena *arena, const char *name, size_t k)
{
	struct graph_reader *reader = ctx;
	(void)k;
	size_t e;
	if (graph_thing_find(reader, name) || graph_element_find(reader, name, &e))
		return formula_symbol(arena, name, name, 0.0);
	reader->unknown = name;
	return NULL;
}

static const char *function_name(void *ctx, size_t i)
{
	return ((const struct graph_reader *)ctx)->functions[i];
}

static const char *next_thing(void *ctx, size_t i)
{
	const struct graph_reader *reader = ctx;
	return i < reader->n_things ? reader->things[i].name.name : NULL;
}

/* The node of a later expression that has the unknown name, or NULL. */
static const struct label *given_later(const struct graph_reader *reader)
{
	const struct lesson_expressions *nodes = &reader->graph->nodes;
	for (size_t k = 0; k < nodes->n_items; k++) {
		const struct label *name = &nodes->items[k].name;

		if (name->name && strcmp(name->name, reader->unknown) == 0)
			return name;
	}
	return NULL;
}

/* What to do about a name that means nothing here. */
static void hint_unknown(struct graph_reader *reader)
{
	struct report *report = reader->resolver->report;
	const struct label *later = given_later(reader);
	const char *nearest = text_nearest(reader->unknown, next_thing, reader);
	size_t len = strlen(reader->unknown);
	if (reader->graph->steps.mark.line && reader->unknown[len - 1] == '0')
		report_hint(report,
			    _("the step before the first: %.*s[0] is an input, a parameter or a "
			      "node"),
			    (int)len - 1, reader->unknown);
	else if (later)
		report_hint(report, _("'%s' is given on line %zu: put it before"), later->name,
			    later->mark.line);
	else if (nearest)
		report_hint(report, _("did you mean '%s'?"), nearest);
	else
		report_hint(report, "%s", _(reader->known));
}

/* Whether the unknown name stands here, and not as that of a function. */
static bool is_unknown_here(const struct graph_reader *reader, const char *text)
{
	size_t len = reader->unknown ? strlen(reader->unknown) : 0;
	return len > 0 && strncmp(text, reader->unknown, len) == 0 &&
	       text[len + strspn(text + len, " ")] != '(';
}

static struct formula *parse(struct graph_reader *reader, const char *text)
{
	struct formula_binding binding = {.bind = bind_name,
					  .ctx = reader,
					  .column = reader->expression->text.mark.column,
					  .function = function_name};
	struct report *report = reader->resolver->report;
	struct formula *f = NULL;
	struct error err = {0};
	reader->unknown = NULL;
	if (!formula_parse(reader->formulas, text, &binding, &f, &err))
		return f;
	if (err.code == STATUS_NO_MEMORY) {
		report_has_memory(report, NULL);
		return NULL;
	}
	bool is_unknown = is_unknown_here(reader, text + err.column - binding.column);
	if (is_unknown && reader->resolver->is_broken && !given_later(reader))
		return NULL;
	report_error(report, gates_mark(reader, err.column), "%s", err.message);
	if (is_unknown)
		hint_unknown(reader);
	else if (err.hint[0] && !text[err.column - binding.column])
		report_hint(report,
			    _("%s; within [ ] a comma ends an expression: put it in quotes"),
			    err.hint);
	else if (err.hint[0])
		report_hint(report, "%s", err.hint);
	return NULL;
}

/* A name that nothing in the lesson has. */
static struct label make_name(struct graph_reader *reader, struct source_mark mark)
{
	const struct resolver *r = reader->resolver;
	const struct lesson_expressions *nodes = &reader->graph->nodes;
	struct label name = {.mark = mark};
	bool taken;
	do {
		name.name = arena_printf(r->lesson->arena, "u%zu", ++reader->n_made);
		if (!report_has_memory(r->report, name.name))
			return name;
		taken = name_find(&r->names, name.name) != NULL;
		for (size_t k = 0; k < nodes->n_items; k++)
			taken = taken || (nodes->items[k].name.name &&
					  strcmp(nodes->items[k].name.name, name.name) == 0);
	} while (taken);
	return name;
}

bool graph_read_expression(struct graph_reader *reader, const struct lesson_expression *expression)
{
	struct lesson_graph *graph = reader->graph;
	size_t first = graph->n_gates;
	struct formula *f;
	struct operand result = {0};
	reader->expression = expression;
	arena_reset(reader->formulas);
	f = parse(reader, expression->text.text);
	if (f)
		result = gates_convert(reader, f);
	/* only another name, or a number */
	if (result.is_good && graph->n_gates == first)
		result = gates_add(
		    reader, f->column,
		    (struct lesson_gate){.op = op_spread.name, .args = {result.arg}, .n_args = 1});
	for (size_t k = first; k < graph->n_gates && !reader->resolver->report->no_memory; k++) {
		struct lesson_gate *gate = &graph->gates[k];
		bool is_last = result.is_good && k + 1 == graph->n_gates;

		if (is_last && !expression->name.name)
			break;
		size_t width = gate->width ? gate->width : 1;
		gate->names = graph_element_names(
		    reader, is_last ? expression->name : make_name(reader, gate->mark),
		    gate->rows / width, width, is_last ? NAME_IS_NO_PARAM : GRAPH_MADE);
	}
	return result.is_good;
}
