/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_steps.c -- recurrence: what a graph writes once with [t] is there for each step.
 *
 * h[t] = tanh(W*x[t] + U*h[t-1]) with three steps is h1, h2 and h3, which read the same W and U.
 * Expressions with [t] that follow one another are taken through step 1, then through step 2, and
 * so on. In their text k[1..t] is all of them up to the step, and t its number. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "lesson_graph.h"

struct unrolling {
	struct resolver *resolver;
	const struct lesson_graph *from; /* as the file has it */
	size_t n_steps;
};

bool graph_recurs(const struct lesson_graph *graph, const char *name, size_t len)
{
	for (size_t k = 0; k < graph->nodes.n_items; k++) {
		const struct lesson_expression *node = &graph->nodes.items[k];
		if (node->recurs && strlen(node->name.name) == len &&
		    strncmp(node->name.name, name, len) == 0)
			return true;
	}
	for (size_t k = 0; k < graph->inputs.n_items; k++) {
		const struct lesson_leaf *input = &graph->inputs.items[k];
		if (input->recurs && strlen(input->name.name) == len &&
		    strncmp(input->name.name, name, len) == 0)
			return true;
	}
	return false;
}

static struct label step_label(struct unrolling *u, struct label label, size_t step)
{
	label.name = arena_printf(u->resolver->lesson->arena, "%s%zu", label.name, step);
	report_has_memory(u->resolver->report, label.name);
	return label;
}

/* Reads a number, t, t-1 or t+1: its value in the step. Returns what comes after it, or NULL where
 * it is none. */
static const char *read_index(const char *at, size_t step, long *index)
{
	bool is_relative = *at == 't';
	*index = is_relative ? (long)step : 0;
	at += is_relative;
	at += strspn(at, " ");
	bool has_sign = is_relative && (*at == '-' || *at == '+'), minus = *at == '-';
	if (is_relative && !has_sign)
		return at;
	at += has_sign;
	at += strspn(at, " ");
	if (!isdigit((unsigned char)*at))
		return NULL;
	char *end;
	long number = strtol(at, &end, 10);
	number = number > LESSON_MAX_STEPS ? LESSON_MAX_STEPS + 1 : number; /* which is none */
	*index += minus ? -number : number;
	return end + strspn(end, " ");
}

/* What stands in brackets after a name: one index, or all from one to another as in k[1..t].
 * Returns what comes after the brackets, or NULL. */
static const char *read_indices(const char *at, size_t step, long *first, long *last)
{
	at = read_index(at + strspn(at, " "), step, first);
	*last = *first;
	if (at && strncmp(at, "..", 2) == 0)
		at = read_index(at + 2 + strspn(at + 2, " "), step, last);
	return at && *at == ']' ? at + 1 : NULL;
}

/* The text of an expression in a step, being written: first only measured, then with its columns.
 */
struct step_text {
	struct unrolling *u;
	const struct lesson_expression *of;
	size_t step;
	char *text;      /* NULL: it is measured */
	size_t *columns; /* of each character, in the file */
	size_t len;
};

static void put(struct step_text *out, const char *bytes, size_t n, const char *from)
{
	for (size_t k = 0; out->text && k < n; k++) {
		out->text[out->len + k] = bytes[k];
		out->columns[out->len + k] =
		    out->of->text.mark.column + (size_t)(from - out->of->text.text);
	}
	out->len += n;
}

/* Writes what the name [len] with the index after it is called in the step: k[1..t] as k1, k2.
 * Returns what comes after the index; NULL, reported, where there is no such step. */
static const char *put_steps(struct step_text *out, const char *name, size_t len)
{
	struct report *report = out->u->resolver->report;
	long first, last, most = (long)out->u->n_steps;
	const char *after = read_indices(name + len + 1, out->step, &first, &last);
	struct source_mark mark = out->of->text.mark;
	mark.column += (size_t)(name - out->of->text.text);
	if (!after) {
		report_error(report, mark, _("%.*s is written with [t], [t-1], [1] or [1..t]"),
			     (int)len, name);
		return NULL;
	}
	bool is_known = out->u->resolver->lesson->graph.steps.mark.line > 0;
	if ((first < 0 || last > most || last < first) && !is_known)
		return NULL;
	if (first < 0 || last > most || last < first) {
		report_error(
		    report, mark,
		    _("there is no %.*s[%ld]: the steps are 1 to %ld, and 0 is before them"),
		    (int)len, name, first < 0 ? first : last, most);
		return NULL;
	}
	for (long k = first; k <= last; k++) {
		char digits[24];
		put(out, ", ", k > first ? 2 : 0, name);
		put(out, name, len, name);
		put(out, digits, (size_t)snprintf(digits, sizeof digits, "%ld", k), name);
	}
	return after;
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Writes what is at `at`: a name, t, or one other character. Returns what comes after it. */
static const char *put_part(struct step_text *out, const char *at)
{
	size_t len = 0;
	while (is_name_char(at[len]))
		len++;
	if (len && at[len] == '[' && graph_recurs(out->u->from, at, len))
		return put_steps(out, at, len);
	if (len == 1 && *at == 't' && out->of->recurs) {
		char digits[24];
		put(out, digits, (size_t)snprintf(digits, sizeof digits, "%zu", out->step), at);
		return at + 1;
	}
	len = len ? len : 1;
	for (size_t k = 0; k < len; k++)
		put(out, at + k, 1, at + k);
	return at + len;
}

static bool put_all(struct step_text *out)
{
	const char *at = out->of->text.text;
	out->len = 0;
	while (at && *at)
		at = put_part(out, at);
	return at;
}

/* Gives an expression its text in a step; false, reported, where it has none. */
static bool set_text(struct unrolling *u, struct lesson_expression *expression, size_t step)
{
	const struct lesson_expression of = *expression;
	struct step_text out = {.u = u, .of = &of, .step = step};
	struct arena *arena = u->resolver->lesson->arena;
	if (!put_all(&out))
		return false;
	out.text = ARENA_ARRAY(arena, char, out.len + 1);
	out.columns = ARENA_ARRAY(arena, size_t, out.len + 1);
	if (!report_has_memory(u->resolver->report, out.text) ||
	    !report_has_memory(u->resolver->report, out.columns))
		return false;
	put_all(&out);
	out.columns[out.len] = of.text.mark.column + strlen(of.text.text);
	expression->text.text = out.text;
	expression->columns = out.columns;
	return true;
}

/* n_before: where the same expression of the step before stands; 0: it is the first. What has
 * errors is reported once, and has no text. */
static void add_expression(struct unrolling *u, struct lesson_expressions *to,
			   const struct lesson_expression *of, size_t step, size_t n_before)
{
	struct lesson_expression *added = &to->items[to->n_items++];
	*added = *of;
	if (!of->text.text)
		return;
	if ((n_before && !added[-(ptrdiff_t)n_before].text.text) || !set_text(u, added, step))
		added->text.text = NULL;
	if (of->recurs)
		added->name = step_label(u, of->name, step);
	added->recurs = false;
}

/* The expressions from first on that are written once for all steps: after the last of them. */
static size_t run_end(const struct lesson_expressions *nodes, size_t first)
{
	size_t end = first;
	while (end < nodes->n_items && nodes->items[end].recurs)
		end++;
	return end;
}

static void unroll_nodes(struct unrolling *u, struct lesson_expressions *to)
{
	const struct lesson_expressions *from = &u->from->nodes;
	size_t k = 0;
	while (k < from->n_items) {
		size_t end = run_end(from, k);
		for (size_t step = 1; end > k && step <= u->n_steps; step++)
			for (size_t i = k; i < end; i++)
				add_expression(u, to, &from->items[i], step,
					       step > 1 ? end - k : 0);
		if (end == k)
			add_expression(u, to, &from->items[end++], 0, 0);
		k = end;
	}
}

static void unroll_inputs(struct unrolling *u, struct lesson_leaves *to)
{
	const struct lesson_leaves *from = &u->from->inputs;
	for (size_t k = 0; k < from->n_items; k++) {
		size_t n = from->items[k].recurs ? u->n_steps : 1;
		for (size_t step = 1; step <= n; step++) {
			struct lesson_leaf *added = &to->items[to->n_items++];
			*added = from->items[k];
			if (added->recurs)
				added->name = step_label(u, added->name, step);
			added->recurs = false;
		}
	}
}

/* Reports steps without anything that recurs, and what recurs without steps; whether it does. */
static bool check_steps(struct resolver *r, const struct lesson_graph *graph)
{
	struct source_mark recurs = {0}, steps = graph->steps.mark;
	for (size_t k = graph->inputs.n_items; k-- > 0;)
		if (graph->inputs.items[k].recurs)
			recurs = graph->inputs.items[k].name.mark;
	for (size_t k = graph->nodes.n_items; k-- > 0;)
		if (graph->nodes.items[k].recurs)
			recurs = graph->nodes.items[k].name.mark;
	if (recurs.line && !steps.line && !r->is_broken) {
		report_error(r->report, recurs, "%s", _("what is written with [t] needs 'steps'"));
		report_hint(r->report, "%s", _("steps: 3 makes it for t = 1, 2 and 3"));
	} else if (steps.line && !recurs.line) {
		report_error(r->report, steps, "%s", _("nothing is written with [t]"));
	}
	return recurs.line > 0;
}

void graph_unroll(struct resolver *r, struct lesson_graph *graph)
{
	const struct lesson_graph from = *graph;
	struct unrolling u = {r, &from, graph->steps.value ? graph->steps.value : 1};
	struct arena *arena = r->lesson->arena;
	if (!check_steps(r, graph))
		return;
	graph->inputs.items =
	    ARENA_ARRAY(arena, struct lesson_leaf, u.n_steps * from.inputs.n_items);
	graph->nodes.items =
	    ARENA_ARRAY(arena, struct lesson_expression, u.n_steps * from.nodes.n_items);
	graph->inputs.n_items = graph->nodes.n_items = 0;
	if (!report_has_memory(r->report, graph->inputs.items) ||
	    !report_has_memory(r->report, graph->nodes.items))
		return;
	unroll_inputs(&u, &graph->inputs);
	unroll_nodes(&u, &graph->nodes);
}
