/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_lexer.h -- the tokens of a rule, and where an error in it is. Private to formula/. */
#ifndef BACKSTEP_FORMULA_LEXER_H
#define BACKSTEP_FORMULA_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_SIGN };

struct token {
	enum token_kind kind;
	size_t at, len; /* bytes of the rule */
	char sign[3];   /* SIGN: what it is, else empty */
};

/* A place in the rule: the token there, the kind of the one before, and where the next starts.
 * Assigning a cursor goes back to it. */
struct cursor {
	struct token token;
	enum token_kind previous;
	size_t next;
};

/* The first failure stays: what is found after it follows from it. */
struct lexer {
	const char *text;
	size_t first_column; /* of its first character */
	struct cursor cursor;
	enum status status;
	struct error *err;
};

/* Moves on to the next token. After a failure it is an END. */
void lexer_advance(struct lexer *lexer);
/* Moves on if the token is sign. */
bool lexer_accept(struct lexer *lexer, const char *sign);
bool lexer_at_sign(const struct lexer *lexer, const char *sign);
/* Whether the token is name and the one after it is sign. */
bool lexer_at_name_before(const struct lexer *lexer, const char *name, char sign);
/* The column of the byte at, in characters from 1. */
size_t lexer_column(const struct lexer *lexer, size_t at);

/* Fails at a byte of the rule. Returns whether this is the first failure, to which a hint may be
 * added. */
bool lexer_fail(struct lexer *lexer, size_t at, const char *fmt, ...) PRINTF_LIKE(3, 4);
void lexer_fail_memory(struct lexer *lexer);
/* Fails because of the token, which cannot stand where it does. */
void lexer_fail_token(struct lexer *lexer);

#endif
