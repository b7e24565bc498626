/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_lexer.c -- cuts a rule into numbers, names and signs.
 *
 * It knows no grammar. A new sign is one more character of one_char_signs, or row of
 * two_char_signs. */
#include "formula_lexer.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

static const char one_char_signs[] = "+-*/^(),<>=";
static const char two_char_signs[][3] = {">=", "<="};

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

size_t lexer_column(const struct lexer *lexer, size_t at)
{
	size_t column = lexer->first_column;
	for (size_t i = 0; i < at; i++)
		column += ((unsigned char)lexer->text[i] & 0xC0) != 0x80;
	return column;
}

bool lexer_fail(struct lexer *lexer, size_t at, const char *fmt, ...)
{
	va_list args;
	if (lexer->status != STATUS_OK)
		return false;
	va_start(args, fmt);
	lexer->status = error_vset(lexer->err, STATUS_BAD_INPUT, fmt, args);
	va_end(args);
	error_at(lexer->err, NULL, 1, lexer_column(lexer, at));
	return true;
}

void lexer_fail_memory(struct lexer *lexer)
{
	if (lexer->status == STATUS_OK)
		lexer->status = error_no_memory(lexer->err);
}

/* A mathematical sign or letter that has an ASCII spelling: says which. */
static void hint_spelling(struct lexer *lexer, const char *character)
{
	struct strbuf ascii = {0};
	text_ascii(&ascii, character);
	if ((unsigned char)character[0] >= 0x80 && ascii.len > 0 && ascii.data[0] != '?')
		error_hint(lexer->err, _("formulas are written in ASCII: %s"), ascii.data);
	strbuf_free(&ascii);
}

static void fail_character(struct lexer *lexer, size_t at)
{
	const char *s = lexer->text + at;
	char character[5] = {0}, excerpt[TEXT_EXCERPT];
	uint32_t code;
	size_t len = utf8_decode(s, strlen(s), &code);
	memcpy(character, s, len > 0 ? len : 1);
	if (lexer_fail(lexer, at, _("unexpected '%s'"), text_excerpt(excerpt, character)))
		hint_spelling(lexer, character);
}

void lexer_fail_token(struct lexer *lexer)
{
	const struct cursor *cursor = &lexer->cursor;
	char text[64], excerpt[TEXT_EXCERPT];
	size_t len = cursor->token.len < sizeof text ? cursor->token.len : sizeof text - 1;
	memcpy(text, lexer->text + cursor->token.at, len);
	text[len] = '\0';
	if (!lexer_fail(lexer, cursor->token.at, _("unexpected '%s'"), text_excerpt(excerpt, text)))
		return;
	if (cursor->previous == TOKEN_NUMBER && lexer_at_sign(lexer, ","))
		error_hint(lexer->err, "%s", _("write the decimal point as '.'"));
	if (cursor->token.kind == TOKEN_NAME || cursor->token.kind == TOKEN_NUMBER)
		error_hint(lexer->err, "%s", _("a product is written with *"));
}

/* Digits, a point and digits, an exponent; number_parse judges what it is. */
static size_t number_len(const char *s)
{
	size_t len = strspn(s, DIGITS ".");
	if (s[len] == 'e' || s[len] == 'E') {
		size_t exponent = len + 1 + (s[len + 1] == '+' || s[len + 1] == '-');
		size_t digits = strspn(s + exponent, DIGITS);

		if (digits > 0)
			len = exponent + digits;
	}
	return len;
}

/* Letters, digits and _, then perhaps [2,13] or [2, 13]. */
static size_t name_len(const char *s)
{
	size_t len = strspn(s, LETTERS DIGITS), index;
	if (s[len] != '[')
		return len;
	index = strspn(s + len + 1, DIGITS ", ");
	return index > 0 && s[len + 1 + index] == ']' ? len + index + 2 : len;
}

static size_t sign_len(const char *s)
{
	for (size_t i = 0; i < sizeof two_char_signs / sizeof *two_char_signs; i++)
		if (strncmp(s, two_char_signs[i], 2) == 0)
			return 2;
	return strchr(one_char_signs, *s) ? 1 : 0;
}

void lexer_advance(struct lexer *lexer)
{
	struct cursor *cursor = &lexer->cursor;
	size_t at = cursor->next + strspn(lexer->text + cursor->next, " \t\r\n");
	const char *s = lexer->text + at;
	struct token token = {.kind = TOKEN_END, .at = at};
	if (lexer->status != STATUS_OK || *s == '\0') {
		token.len = 0;
	} else if (strchr(DIGITS ".", *s)) {
		token.kind = TOKEN_NUMBER;
		token.len = number_len(s);
	} else if (strchr(LETTERS, *s)) {
		token.kind = TOKEN_NAME;
		token.len = name_len(s);
	} else if (sign_len(s) > 0) {
		token.kind = TOKEN_SIGN;
		token.len = sign_len(s);
		memcpy(token.sign, s, token.len);
	} else {
		fail_character(lexer, at);
	}
	*cursor = (struct cursor){token, cursor->token.kind, at + token.len};
}

bool lexer_at_sign(const struct lexer *lexer, const char *sign)
{
	return strcmp(lexer->cursor.token.sign, sign) == 0;
}

bool lexer_accept(struct lexer *lexer, const char *sign)
{
	if (!lexer_at_sign(lexer, sign))
		return false;
	lexer_advance(lexer);
	return true;
}

bool lexer_at_name_before(const struct lexer *lexer, const char *name, char sign)
{
	const struct token *token = &lexer->cursor.token;
	const char *next = lexer->text + lexer->cursor.next;
	return token->kind == TOKEN_NAME && token->len == strlen(name) &&
	       memcmp(lexer->text + token->at, name, token->len) == 0 &&
	       next[strspn(next, " \t\r\n")] == sign;
}
