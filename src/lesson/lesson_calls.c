/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_calls.c -- the functions of expressions: each op by its name, and some that are written
 * with several.
 *
 * To add one of these: a function that makes its gates, and a row in macros. */
#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "lesson_gates.h"

#define RMS_EPSILON 1e-5 /* under the root, as in layer normalisation */

/* Whether a call has so many arguments. */
static bool takes(struct graph_reader *reader, const struct formula *f, size_t n)
{
	if (f->n_args == n)
		return true;
	report_error(reader->resolver->report, gates_mark(reader, f->column),
		     n == 1 ? _("%s() takes one argument") : _("%s() takes two arguments"),
		     f->name);
	return false;
}

/* Wᵀ: what multiplies it takes its columns. */
static struct operand transpose(struct graph_reader *reader, const struct formula *f)
{
	struct operand w = {0};
	if (!takes(reader, f, 1))
		return w;
	w = gates_convert(reader, f->args[0]);
	if (w.is_good && !w.is_matrix) {
		report_error(reader->resolver->report, gates_mark(reader, f->column),
			     _("transpose() takes a matrix of parameters"));
		w.is_good = false;
	}
	w.is_transposed = !w.is_transposed;
	return w;
}

static struct operand number(double value)
{
	return (struct operand){.arg = {.reads = LESSON_READS_NUMBER, .number = value},
				.is_good = true};
}

/* x / sqrt(mean(x^2) + epsilon), each operation a gate. */
static struct operand rms_norm(struct graph_reader *reader, const struct formula *f)
{
	struct operand x = {0}, mean;
	if (!takes(reader, f, 1))
		return x;
	x = gates_convert(reader, f->args[0]);
	mean = gates_add_op(reader, f->column, &op_square, x, x);
	mean = gates_add_op(reader, f->column, &op_mean, mean, mean);
	mean = gates_add_op(reader, f->column, &op_add, mean, number(RMS_EPSILON));
	mean = gates_add_op(reader, f->column, &op_sqrt, mean, mean);
	return gates_add_op(reader, f->column, &op_divide, x, mean);
}

/* The largest of every so many numbers that stand side by side; of a picture, of every square. */
static struct operand max_pool(struct graph_reader *reader, const struct formula *f)
{
	const struct hyper *pieces = &op_maxout.attributes[0];
	struct operand x = {0};
	if (!takes(reader, f, 2))
		return x;
	double n = gates_is_number(f->args[1]) ? formula_eval(f->args[1]) : 0.0;
	if (!(n >= pieces->min && n <= pieces->max) || n != floor(n)) {
		report_error(reader->resolver->report, gates_mark(reader, f->args[1]->column),
			     _("how many numbers are a group is a whole number from 1 to %g"),
			     pieces->max);
		return x;
	}
	x = gates_as_data(reader, gates_convert(reader, f->args[0]), f->column);
	if (!x.is_good)
		return x;
	size_t width = gates_width(reader, &x.arg);
	return gates_add(reader, f->column,
			 (struct lesson_gate){.op = width ? op_max_pool_2d.name : op_maxout.name,
					      .args = {x.arg},
					      .n_args = 1,
					      .attributes = {n, (double)width},
					      .n_attributes = width ? 2 : 1,
					      .width = width / (size_t)n});
}

static struct operand conv_2d(struct graph_reader *reader, size_t column, struct operand w,
			      struct operand x)
{
	size_t width = gates_width(reader, &x.arg);
	const struct lesson_leaf *kernel = &reader->graph->params.items[w.arg.index];
	return gates_add(reader, column,
			 (struct lesson_gate){.op = op_conv_2d.name,
					      .args = {w.arg, x.arg},
					      .n_args = 2,
					      .attributes = {(double)width},
					      .n_attributes = 1,
					      .width = width + 1 - kernel->cols});
}

/* A kernel over a vector; a matrix over a picture. */
static struct operand conv(struct graph_reader *reader, const struct formula *f)
{
	struct operand w, x, bad = {0};
	if (!takes(reader, f, 2))
		return bad;
	w = gates_convert(reader, f->args[0]);
	x = gates_convert(reader, f->args[1]);
	if (!w.is_good || !x.is_good)
		return bad;
	bool is_picture = gates_width(reader, &x.arg) > 0;
	if (w.is_matrix == is_picture && !w.is_transposed)
		return is_picture ? conv_2d(reader, f->column, w, x)
				  : gates_add_op(reader, f->column, &op_conv, w, x);
	report_error(
	    reader->resolver->report, gates_mark(reader, f->column), "%s",
	    _("conv() takes a matrix of parameters and a picture, or a vector and a vector"));
	report_hint(reader->resolver->report, "%s",
		    _("a picture among the inputs is given its rows and columns: x: [4, 4]"));
	return bad;
}

/* f(a, b, c) is f(f(a, b), c). */
static struct operand fold(struct graph_reader *reader, const struct formula *f,
			   const struct op *op)
{
	struct operand result = gates_convert(reader, f->args[0]);
	for (size_t k = 1; k < f->n_args && result.is_good; k++)
		result =
		    gates_add_op(reader, f->column, op, result, gates_convert(reader, f->args[k]));
	return result;
}

static struct operand stack(struct graph_reader *reader, const struct formula *f)
{
	return fold(reader, f, &op_concat);
}

static const struct {
	const char *name, *summary; /* summary N_() */
	struct operand (*make)(struct graph_reader *reader, const struct formula *f);
} macros[] = {
    {"transpose", N_("transpose(W)*x: the matrix transposed times the vector"), transpose},
    {"stack", N_("vectors one after the other, as many as there are"), stack},
    {"rms_norm", N_("x over the root of the mean of its squares"), rms_norm},
    {"conv", N_("conv(w, x): the same kernel at each position of a vector; a matrix, of a picture"),
     conv},
    {"max_pool",
     N_("max_pool(x, 2): the larger of every two numbers side by side; of a picture, of each "
	"square of 2 by 2"),
     max_pool},
};

enum { N_MACROS = sizeof macros / sizeof *macros };

const char *graph_macro_at(size_t i, const char **summary)
{
	*summary = i < N_MACROS ? macros[i].summary : NULL;
	return i < N_MACROS ? macros[i].name : NULL;
}

/* Ops whose result is not of the kind of their arguments: there is no f(f(a, b), c) of them. */
static bool takes_two(const struct op *op)
{
	static const struct op *const ops[] = {
	    &op_matmul,
	    &op_matmul_transposed,
	    &op_dot,
	    &op_mix,
	};
	for (size_t k = 0; k < sizeof ops / sizeof *ops; k++)
		if (op == ops[k])
			return true;
	return false;
}

static struct operand convert_op(struct graph_reader *reader, const struct formula *f,
				 const struct op *op)
{
	/* of k[1..t] there may be one */
	size_t least = reader->expression->columns ? 1 : op->n_slots;
	struct operand a;
	if (op->n_slots == 1 || takes_two(op)) {
		if (!takes(reader, f, op->n_slots))
			return (struct operand){0};
		a = gates_convert(reader, f->args[0]);
		return gates_add_op(reader, f->column, op, a,
				    op->n_slots == 1 ? a : gates_convert(reader, f->args[1]));
	}
	if (f->n_args >= least)
		return fold(reader, f, op);
	report_error(reader->resolver->report, gates_mark(reader, f->column),
		     _("%s() takes two arguments or more"), f->name);
	return (struct operand){0};
}

/* The functions are the macros, then the ops; leaky_relu is leaky-relu. */
struct operand gates_convert_call(struct graph_reader *reader, const struct formula *f)
{
	size_t i = 0;
	while (strcmp(reader->functions[i], f->name) != 0)
		i++;
	return i < N_MACROS ? macros[i].make(reader, f)
			    : convert_op(reader, f, graph_op_at(i - N_MACROS));
}

bool graph_name_functions(struct graph_reader *reader, struct arena *arena)
{
	size_t n = 0;
	while (graph_op_at(n))
		n++;
	reader->functions = ARENA_ARRAY(arena, const char *, N_MACROS + n + 1);
	for (size_t i = 0; reader->functions && i < N_MACROS; i++)
		reader->functions[i] = macros[i].name;
	for (size_t i = 0; reader->functions && i < n; i++) {
		char *name = arena_strdup(arena, graph_op_at(i)->name);

		if (!name)
			return false;
		for (char *c = name; *c; c++)
			*c = *c == '-' ? '_' : *c;
		reader->functions[N_MACROS + i] = name;
	}
	return reader->functions != NULL;
}
