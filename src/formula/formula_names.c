/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_names.c -- the part of the parser that reads names: variables, functions and forms.
 *
 * A form has a grammar of its own. To add one: a row of forms. */
#include "formula_parser.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "formula_private.h"

/* (a, b, ...) */
static bool parse_args(struct parser *p, struct parser_list *args)
{
	size_t opened = p->lexer.cursor.token.at;
	lexer_advance(&p->lexer);
	do {
		if (!parser_list_add(p, args, parse_expression(p)))
			return false;
	} while (lexer_accept(&p->lexer, ","));
	return parser_close(p, opened);
}

/* if(comparison, then, otherwise); at is where the name stands, the token is its '('. */
static struct formula *parse_if(struct parser *p, size_t at)
{
	struct parser_list args = {0};
	if (!parse_args(p, &args))
		return NULL;
	if (args.n != 3 || args.items[0]->kind != FORMULA_COMPARE) {
		lexer_fail(&p->lexer, at, "%s",
			   _("if() takes a comparison and two results: if(x > 0, 1, 0)"));
		return NULL;
	}
	return parser_built(
	    p, formula_node(p->arena, FORMULA_CASES, 3,
			    (struct formula *[]){args.items[1], args.items[0], args.items[2]}));
}

/* Reads sum()'s argument, which starts at start, as term k. */
static bool parse_term(struct parser *p, const struct cursor *start, size_t k,
		       struct parser_list *terms)
{
	p->lexer.cursor = *start;
	p->term = k;
	return parser_list_add(p, terms, parse_expression(p));
}

static bool parse_terms(struct parser *p, size_t n, struct parser_list *terms)
{
	struct cursor start = p->lexer.cursor;
	size_t max = p->binding->max_terms, n_first = max > 0 && n > max ? max - 1 : n;
	for (size_t k = 0; k < n_first; k++)
		if (!parse_term(p, &start, k, terms))
			return false;
	if (n_first == n)
		return true;
	return parser_list_add(
		   p, terms, parser_built(p, formula_node(p->arena, FORMULA_ELLIPSIS, 0, NULL))) &&
	       parse_term(p, &start, n - 1, terms);
}

/* (expr), read once for each term of the binding; at is where the name stands, the token is its
 * '('. */
static bool parse_all_terms(struct parser *p, size_t at, struct parser_list *terms)
{
	const struct formula_binding *binding = p->binding;
	size_t n = binding->n_terms ? binding->n_terms(binding->ctx) : 0;
	size_t opened = p->lexer.cursor.token.at;
	bool read;
	if (p->in_sum || n == 0) {
		lexer_fail(&p->lexer, at, "%s",
			   p->in_sum ? _("sum() cannot stand inside sum()")
				     : _("there is nothing that sum() could add up here"));
		return false;
	}
	lexer_advance(&p->lexer);
	p->in_sum = true;
	read = parse_terms(p, n, terms);
	p->in_sum = false;
	p->term = FORMULA_OUTSIDE;
	return read && parser_close(p, opened);
}

/* sum(expr) */
static struct formula *parse_sum_of_terms(struct parser *p, size_t at)
{
	struct parser_list terms = {0};
	return parse_all_terms(p, at, &terms) ? parser_list_node(p, &terms, FORMULA_SUM) : NULL;
}

/* largest(expr) is max() of all terms. */
static struct formula *parse_largest_of_terms(struct parser *p, size_t at)
{
	struct parser_list terms = {0};
	if (!parse_all_terms(p, at, &terms))
		return NULL;
	return terms.n == 1 ? terms.items[0]
			    : parser_built(p, formula_call(p->arena, "max", terms.n, terms.items));
}

static const struct form {
	const char *name;
	struct formula *(*parse)(struct parser *p, size_t at);
} forms[] = {
    {"if", parse_if},
    {"sum", parse_sum_of_terms},
    {"largest", parse_largest_of_terms},
};

enum { N_FORMS = sizeof forms / sizeof *forms };

static const struct form *form_find(const char *name)
{
	for (size_t i = 0; i < N_FORMS; i++)
		if (strcmp(forms[i].name, name) == 0)
			return &forms[i];
	return NULL;
}

/* The names of forms, then of functions; or those that the binding has instead. */
static const char *callable_name(void *ctx, size_t i)
{
	const struct formula_binding *binding = ((const struct parser *)ctx)->binding;
	if (binding->function)
		return binding->function(binding->ctx, i);
	return i < N_FORMS ? forms[i].name : formula_function_name(i - N_FORMS);
}

static bool is_callable(struct parser *p, const char *name)
{
	const char *callable;
	for (size_t i = 0; (callable = callable_name(p, i)); i++)
		if (strcmp(callable, name) == 0)
			return true;
	return false;
}

static void hint_callables(struct parser *p)
{
	struct strbuf names = {0};
	const char *name;
	for (size_t i = 0; (name = callable_name(p, i)); i++)
		strbuf_addf(&names, "%s%s", i > 0 ? ", " : "", name);
	error_hint(p->lexer.err, _("the functions are %s"), strbuf_str(&names));
	strbuf_free(&names);
}

/* The token is the one after name. */
static void fail_name(struct parser *p, const char *name, size_t at)
{
	const char *nearest = text_nearest(name, callable_name, p);
	char excerpt[TEXT_EXCERPT];
	if (is_callable(p, name)) {
		lexer_fail(&p->lexer, p->lexer.cursor.token.at, _("expected '(' after '%s'"), name);
		return;
	}
	if (!lexer_fail(&p->lexer, at, _("unknown name '%s'"), text_excerpt(excerpt, name)))
		return;
	if (nearest)
		error_hint(p->lexer.err, _("did you mean '%s'?"), nearest);
	else if (lexer_at_sign(&p->lexer, "("))
		hint_callables(p);
}

static struct formula *parse_call(struct parser *p, const struct formula_function *function,
				  size_t at)
{
	struct parser_list args = {0};
	if (!parse_args(p, &args))
		return NULL;
	if (!formula_function_takes(function, args.n)) {
		lexer_fail(&p->lexer, at,
			   function->unary ? _("%s() takes one argument")
					   : _("%s() takes two arguments or more"),
			   function->name);
		return NULL;
	}
	return parser_built(p, formula_call(p->arena, function->name, args.n, args.items));
}

/* A function of the binding's own, of any number of arguments. */
static struct formula *parse_own_call(struct parser *p, const char *name)
{
	struct parser_list args = {0};
	if (!parse_args(p, &args))
		return NULL;
	return parser_built(p, formula_call_any(p->arena, name, args.n, args.items));
}

struct formula *parser_bind(struct parser *p, const char *name)
{
	return p->binding->bind(p->binding->ctx, p->arena, name, p->term);
}

struct formula *parse_name(struct parser *p)
{
	size_t at = p->lexer.cursor.token.at;
	const char *name = parser_token_text(p);
	struct formula *f;
	if (!name)
		return NULL;
	lexer_advance(&p->lexer);
	if (p->binding->function && lexer_at_sign(&p->lexer, "(")) {
		if (is_callable(p, name))
			return parse_own_call(p, name);
	} else if (lexer_at_sign(&p->lexer, "(")) {
		const struct formula_function *function = formula_function_find(name);
		const struct form *form = form_find(name);

		if (form)
			return form->parse(p, at);
		if (function)
			return parse_call(p, function, at);
	}
	f = parser_bind(p, name);
	if (!f && arena_failed(p->arena))
		lexer_fail_memory(&p->lexer);
	else if (!f)
		fail_name(p, name, at);
	return f;
}
