/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_parse.c -- recursive descent from a rule's text to a tree.
 *
 * Each variable is bound while it is read, and sum() reads its argument once for each term, so
 * the tree holds terms with their own symbols and numbers. It does no algebra: what a rule says
 * is what is shown. What follows a name is read in formula_names.c. */
#include "formula_parser.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "formula_private.h"

enum { MAX_DEPTH = 64 };

static struct formula *parse_unary(struct parser *p);

struct formula *parser_built(struct parser *p, struct formula *f)
{
	if (!f)
		lexer_fail_memory(&p->lexer);
	return f;
}

bool parser_list_add(struct parser *p, struct parser_list *list, struct formula *f)
{
	if (!f)
		return false;
	if (list->n == list->capacity) {
		size_t capacity = list->capacity > 0 ? 2 * list->capacity : 4;
		struct formula **items = ARENA_ARRAY(p->arena, struct formula *, capacity);

		if (!items) {
			lexer_fail_memory(&p->lexer);
			return false;
		}
		if (list->n > 0)
			memcpy(items, list->items, list->n * sizeof *items);
		*list = (struct parser_list){items, list->n, capacity};
	}
	list->items[list->n++] = f;
	return true;
}

/* Says where f begins, unless a part of it that begins there was asked already. */
static struct formula *begins(const struct parser *p, struct formula *f, size_t at)
{
	if (f && !f->column)
		f->column = p->lexer.first_column + at; /* a rule that can be read is ASCII */
	return f;
}

/* Starts a list of kind: (a + b) + c is the sum of three, added in the same order. */
static bool list_start(struct parser *p, struct parser_list *list, enum formula_kind kind,
		       struct formula *first)
{
	if (first->kind != kind)
		return parser_list_add(p, list, first);
	for (size_t i = 0; i < first->n_args; i++)
		if (!parser_list_add(p, list, first->args[i]))
			return false;
	return true;
}

struct formula *parser_list_node(struct parser *p, const struct parser_list *list,
				 enum formula_kind kind)
{
	return parser_built(p, formula_node(p->arena, kind, list->n, list->items));
}

/* The node of one or two arguments, none of which may be NULL without a failure. */
static struct formula *node_of(struct parser *p, enum formula_kind kind, struct formula *a,
			       struct formula *b)
{
	if (!a || (kind != FORMULA_NEGATE && !b))
		return NULL;
	return parser_built(p, formula_node(p->arena, kind, kind == FORMULA_NEGATE ? 1 : 2,
					    (struct formula *[]){a, b}));
}

char *parser_token_text(struct parser *p)
{
	const struct token *token = &p->lexer.cursor.token;
	char *text = arena_strndup(p->arena, p->lexer.text + token->at, token->len), *to = text;
	if (!text)
		lexer_fail_memory(&p->lexer);
	for (const char *from = text; from && *from; from++) /* W[2, 1] is W[2,1] */
		if (*from != ' ')
			*to++ = *from;
	if (text)
		*to = '\0';
	return text;
}

bool parser_close(struct parser *p, size_t opened)
{
	const struct token *token = &p->lexer.cursor.token;
	if (lexer_accept(&p->lexer, ")"))
		return true;
	if (token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER)
		lexer_fail_token(&p->lexer);
	else if (lexer_fail(&p->lexer, token->at, _("expected '%s'"), ")"))
		error_hint(p->lexer.err, _("it closes the '(' in column %zu"),
			   lexer_column(&p->lexer, opened));
	return false;
}

static struct formula *parse_number(struct parser *p)
{
	struct lexer *lexer = &p->lexer;
	size_t at = lexer->cursor.token.at;
	const char *text = parser_token_text(p);
	double value;
	if (!text)
		return NULL;
	lexer->status = number_parse(text, &value, lexer->err);
	if (lexer->status != STATUS_OK) {
		error_at(lexer->err, NULL, 1, lexer_column(lexer, at));
		return NULL;
	}
	lexer_advance(lexer);
	return parser_built(p, formula_number(p->arena, value));
}

static struct formula *parse_primary(struct parser *p)
{
	const struct token *token = &p->lexer.cursor.token;
	size_t at = token->at;
	struct formula *f;
	if (token->kind == TOKEN_NUMBER)
		return parse_number(p);
	if (token->kind == TOKEN_NAME)
		return parse_name(p);
	if (!lexer_accept(&p->lexer, "(")) {
		bool is_failed =
		    lexer_fail(&p->lexer, at, "%s", _("expected a number, a name or '('"));
		if (is_failed && at > 0 && p->lexer.text[at - 1] == '*' &&
		    lexer_at_sign(&p->lexer, "*"))
			error_hint(p->lexer.err, "%s", _("a power is written with ^"));
		return NULL;
	}
	f = parse_expression(p);
	return f && parser_close(p, at) ? f : NULL;
}

static struct formula *parse_power(struct parser *p)
{
	struct formula *base, *exponent;
	if (lexer_at_name_before(&p->lexer, "e", '^') && !parser_bind(p, "e")) {
		lexer_advance(&p->lexer);
		lexer_advance(&p->lexer);
		exponent = parse_unary(p);
		return exponent ? parser_built(p, formula_call(p->arena, "exp", 1, &exponent))
				: NULL;
	}
	base = parse_primary(p);
	if (!base || !lexer_accept(&p->lexer, "^"))
		return base;
	return node_of(p, FORMULA_POWER, base, parse_unary(p));
}

static bool fail_depth(struct parser *p)
{
	return lexer_fail(&p->lexer, p->lexer.cursor.token.at,
			  _("the formula is nested more than %d deep"), MAX_DEPTH);
}

/* Every way to nest passes through here: parentheses, arguments, signs and exponents. */
static struct formula *parse_unary(struct parser *p)
{
	size_t at = p->lexer.cursor.token.at;
	struct formula *f;
	if (p->depth > MAX_DEPTH) {
		fail_depth(p);
		return NULL;
	}
	p->depth++;
	if (lexer_accept(&p->lexer, "-"))
		f = node_of(p, FORMULA_NEGATE, parse_unary(p), NULL);
	else
		f = parse_power(p);
	p->depth--;
	return begins(p, f, at);
}

/* Divides the product so far. Each division nests the tree once more, though not the text. */
static bool divide(struct parser *p, struct parser_list *factors, size_t n_divisions)
{
	struct formula *numerator, *quotient;
	if (n_divisions > MAX_DEPTH) {
		fail_depth(p);
		return false;
	}
	numerator = parser_list_node(p, factors, FORMULA_PRODUCT);
	quotient = node_of(p, FORMULA_QUOTIENT, numerator, parse_unary(p));
	*factors = (struct parser_list){0};
	return parser_list_add(p, factors, quotient);
}

static struct formula *parse_product(struct parser *p)
{
	struct lexer *lexer = &p->lexer;
	size_t at = lexer->cursor.token.at;
	struct formula *first = parse_unary(p);
	struct parser_list factors = {0};
	size_t n_divisions = 0;
	bool going = first && list_start(p, &factors, FORMULA_PRODUCT, first);
	while (going) {
		if (lexer_accept(lexer, "/"))
			going = divide(p, &factors, ++n_divisions);
		else if (lexer_accept(lexer, "*") || lexer_at_sign(lexer, "("))
			going = parser_list_add(p, &factors, parse_unary(p));
		else
			return begins(p, parser_list_node(p, &factors, FORMULA_PRODUCT), at);
	}
	return NULL;
}

static struct formula *parse_sum(struct parser *p)
{
	struct lexer *lexer = &p->lexer;
	size_t at = lexer->cursor.token.at;
	struct formula *first = parse_product(p);
	struct parser_list terms = {0};
	bool going = first && list_start(p, &terms, FORMULA_SUM, first);
	while (going) {
		if (lexer_accept(lexer, "+"))
			going = parser_list_add(p, &terms, parse_product(p));
		else if (lexer_accept(lexer, "-"))
			going = parser_list_add(p, &terms,
						node_of(p, FORMULA_NEGATE, parse_product(p), NULL));
		else
			return begins(p, parser_list_node(p, &terms, FORMULA_SUM), at);
	}
	return NULL;
}

struct formula *parse_expression(struct parser *p)
{
	struct formula *left = parse_sum(p), *right;
	const struct formula_comparison *comparison;
	comparison = formula_comparison_find(p->lexer.cursor.token.sign);
	if (!left || !comparison)
		return left;
	lexer_advance(&p->lexer);
	right = parse_sum(p);
	return right ? parser_built(p, formula_compare(p->arena, comparison->name, left, right))
		     : NULL;
}

enum status formula_parse(struct arena *arena, const char *rule,
			  const struct formula_binding *binding, struct formula **formula,
			  struct error *err)
{
	CONTRACT(rule);
	struct lexer lexer = {
	    .text = rule, .err = err, .first_column = binding->column > 0 ? binding->column : 1};
	struct parser p = {
	    .lexer = lexer, .arena = arena, .binding = binding, .term = FORMULA_OUTSIDE};
	struct formula *f;
	lexer_advance(&p.lexer);
	f = parse_expression(&p);
	if (f && p.lexer.cursor.token.kind != TOKEN_END)
		lexer_fail_token(&p.lexer);
	if (p.lexer.status == STATUS_OK)
		*formula = f;
	return p.lexer.status;
}
