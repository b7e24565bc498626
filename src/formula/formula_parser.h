/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_parser.h -- what the files of the parser share with one another. Private to formula/. */
#ifndef BACKSTEP_FORMULA_PARSER_H
#define BACKSTEP_FORMULA_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/formula/formula.h"
#include "formula_lexer.h"

struct parser {
	struct lexer lexer;
	struct arena *arena;
	const struct formula_binding *binding;
	size_t depth;
	bool in_sum;
	size_t term; /* of the enclosing sum() */
};

/* A growing array in the arena. */
struct parser_list {
	struct formula **items;
	size_t n, capacity;
};

/* Appends f. False where it is NULL, the failure having been told, or on lack of memory. */
bool parser_list_add(struct parser *p, struct parser_list *list, struct formula *f);
/* The node of kind with the list's arguments. */
struct formula *parser_list_node(struct parser *p, const struct parser_list *list,
				 enum formula_kind kind);
/* f, which a builder returned; its NULL becomes a failure for lack of memory. */
struct formula *parser_built(struct parser *p, struct formula *f);
/* The text of the token, in the arena. NULL, the failure having been told, on lack of memory. */
char *parser_token_text(struct parser *p);
/* Moves over the ')' of a '(' that stands at opened; fails where there is none. */
bool parser_close(struct parser *p, size_t opened);

/* The tree from the token on, or NULL, the failure having been told. */
struct formula *parse_expression(struct parser *p);
/* The token is a name: a variable, a function with its arguments, or a form. */
struct formula *parse_name(struct parser *p);
/* What the binding has for name, or NULL. */
struct formula *parser_bind(struct parser *p, const char *name);

#endif
