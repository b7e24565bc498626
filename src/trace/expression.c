/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expression.c -- names are looked up before the formula is parsed, for dE/dw5 and y(3) would read
 * as a quotient and a product: each is replaced by a plain word of its own. */
#include "backstep/trace/expression.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

enum { MAX_ENDS = 8 };

/* What a formula has names of; what stands for a name of other characters begins so. */
#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"
#define WORD "_number_"

struct reader {
	struct expression *expression;
	const struct stepper *stepper;
	const struct place *here;
	const char *text; /* all of it */
	struct arena *arena;
	struct strbuf plain;                         /* what the parser gets */
	unsigned short columns[EXPRESSION_TEXT * 2]; /* of text, from 1, for each byte of plain */
};

/* A sign that is not ASCII ends a name; letters and marks that are not may be of one. */
static bool is_sign(const char *s)
{
	static const char *const signs[] = {"·", "×", "⋅", "∙", "÷", "−", "≤", "≥"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(s, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

static bool is_word_character(const char *s)
{
	unsigned char c = (unsigned char)*s;
	return isalnum(c) || c == '_' || c == '\'' || (c >= 0x80 && !is_sign(s));
}

static size_t word_length(const char *s)
{
	size_t len = 0;
	while (is_word_character(s + len))
		len++;
	return len;
}

/* The length of [2,13] or (2) at s; 0: there is none. */
static size_t bracket_length(const char *s, char open, char close)
{
	size_t len = 1;
	if (*s != open)
		return 0;
	len += strspn(s + 1, "0123456789,");
	return len > 1 && s[len] == close ? len + 1 : 0;
}

/* Where a name that begins at s may end, longest last: a word, its index, its row, a prime. */
static size_t find_ends(const char *s, size_t from, size_t ends[MAX_ENDS], size_t n)
{
	size_t len = from + word_length(s + from);
	ends[n++] = len;
	size_t index = bracket_length(s + len, '[', ']');
	if (index) {
		len += index + word_length(s + len + index);
		ends[n++] = len;
	}
	size_t row = bracket_length(s + len, '(', ')');
	if (row)
		ends[n++] = len + row;
	return n;
}

/* The bytes of /d or /∂ at s. */
static size_t slash_length(const char *s)
{
	static const char *const slashes[] = {"/d", "/∂"};
	for (size_t i = 0; i < sizeof slashes / sizeof *slashes; i++)
		if (strncmp(s, slashes[i], strlen(slashes[i])) == 0)
			return strlen(slashes[i]);
	return 0;
}

/* The number that the longest name at s names; *len gets its bytes. Errors: STATUS_BAD_INPUT, of
 * the longest that could be one. */
static enum status find_name(const struct reader *reader, const char *s,
			     struct expression_name *name, size_t *len, struct error *err)
{
	size_t ends[MAX_ENDS], n = find_ends(s, 0, ends, 0);
	enum status status = STATUS_BAD_INPUT;
	struct error own = {0};
	bool is_derivative = *s == 'd' || strncmp(s, "∂", strlen("∂")) == 0;
	size_t slash = is_derivative ? slash_length(s + ends[n - 1]) : 0;
	if (slash)
		n = find_ends(s, ends[n - 1] + slash, ends, n);
	for (size_t k = n; status == STATUS_BAD_INPUT && k-- > 0;) {
		if (ends[k] >= sizeof name->text)
			continue;
		snprintf(name->text, sizeof name->text, "%.*s", (int)ends[k], s);
		status = ref_parse(reader->stepper, reader->here, name->text, &name->ref,
				   k + 1 == n ? err : &own);
		*len = ends[k];
	}
	return status;
}

/* Adds what the parser gets for what stands at byte at. */
static void add_plain(struct reader *reader, size_t at, const char *plain)
{
	size_t column = 1, most = sizeof reader->columns / sizeof *reader->columns;
	for (size_t i = 0; i < at; i++)
		column += ((unsigned char)reader->text[i] & 0xC0) != 0x80;
	for (size_t i = 0; plain[i] && reader->plain.len < most; i++) {
		reader->columns[reader->plain.len] = (unsigned short)column;
		strbuf_add_char(&reader->plain, plain[i]);
	}
}

/* Errors: STATUS_BAD_INPUT, nothing is called so and no function. */
static enum status add_name(struct reader *reader, size_t at, size_t *len, struct error *err)
{
	struct expression *expression = reader->expression;
	char plain[LABEL_TEXT];
	const char *s = reader->text + at;
	size_t word = word_length(s);
	if (expression->n_names == EXPRESSION_MAX_NAMES)
		return error_set(err, STATUS_BAD_INPUT, _("at most %d names at once"),
				 EXPRESSION_MAX_NAMES);
	struct expression_name *name = &expression->names[expression->n_names];
	enum status status = find_name(reader, s, name, len, err);
	if (!status) {
		bool is_plain = strspn(name->text, PLAIN) == strlen(name->text);
		name->leaf = formula_symbol(reader->arena, name->text, NULL, NAN);
		snprintf(plain, sizeof plain, WORD "%zu", expression->n_names++);
		add_plain(reader, at, is_plain ? name->text : plain);
		return name->leaf ? STATUS_OK : error_no_memory(err);
	}
	bool is_function = s[word] == '(' || (word == 1 && *s == 'e' && s[1] == '^');
	if (status != STATUS_BAD_INPUT || !is_function || word >= sizeof plain)
		return status;
	*len = word;
	snprintf(plain, sizeof plain, "%.*s", (int)word, s);
	add_plain(reader, at, plain);
	return STATUS_OK;
}

/* A number with its exponent, whose e is no name, or any sign. */
static void add_other(struct reader *reader, size_t at, size_t *len)
{
	const char *s = reader->text + at;
	struct strbuf ascii = {0};
	char one[EXPRESSION_TEXT + 1];
	*len = strspn(s, "0123456789.");
	size_t exponent = *len && (s[*len] == 'e' || s[*len] == 'E') ? 1 : 0;
	exponent += exponent && s[*len + 1] && strchr("+-", s[*len + 1]) ? 1 : 0;
	size_t digits = exponent ? strspn(s + *len + exponent, "0123456789") : 0;
	*len += digits ? exponent + digits : 0;
	while (*len == 0 || ((unsigned char)s[*len] & 0xC0) == 0x80)
		++*len;
	snprintf(one, sizeof one, "%.*s", (int)*len, s);
	text_ascii(&ascii, one);
	add_plain(reader, at, strbuf_str(&ascii));
	strbuf_free(&ascii);
}

static enum status make_plain(struct reader *reader, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t at = 0, len = 0; !status && reader->text[at]; at += len) {
		const char *s = reader->text + at;
		if (is_word_character(s) && !isdigit((unsigned char)*s))
			status = add_name(reader, at, &len, err);
		else
			add_other(reader, at, &len);
	}
	return status;
}

static struct formula *bind(void *ctx, struct arena *arena, const char *name, size_t k)
{
	const struct reader *reader = ctx;
	(void)arena, (void)k;
	bool is_word = strncmp(name, WORD, strlen(WORD)) == 0;
	size_t which = is_word ? strtoul(name + strlen(WORD), NULL, 10) : SIZE_MAX;
	for (size_t i = 0; i < reader->expression->n_names; i++) {
		const struct expression_name *own = &reader->expression->names[i];
		if (i == which || strcmp(own->text, name) == 0)
			return own->leaf;
	}
	return NULL;
}

/* The parser's complaint, at the character that was typed. */
static enum status complain(const struct reader *reader, const struct error *own, struct error *err)
{
	size_t at = own->column > 0 ? own->column - 1 : 0;
	size_t column =
	    at < reader->plain.len ? reader->columns[at] : text_columns(reader->text) + 1;
	error_set(err, own->code, _("character %zu: %s"), column, own->message);
	error_hint(err, "%s", *own->hint ? own->hint : _("for example: print (y1 - t1)^2"));
	return own->code;
}

enum status expression_read(struct expression *expression, const struct stepper *stepper,
			    const struct place *here, const char *text, struct arena *arena,
			    struct error *err)
{
	struct reader reader = {expression, stepper, here, text, arena, {0}, {0}};
	struct formula_binding binding = {.bind = bind, .ctx = &reader};
	struct error own = {0};
	*expression = (struct expression){.n_names = 0};
	if (strlen(text) > EXPRESSION_TEXT)
		return error_set(err, STATUS_BAD_INPUT, _("at most %d characters"),
				 EXPRESSION_TEXT);
	enum status status = make_plain(&reader, err);
	if (!status)
		status = formula_parse(arena, strbuf_str(&reader.plain), &binding,
				       &expression->tree, &own);
	if (own.code)
		status = complain(&reader, &own, err);
	strbuf_free(&reader.plain);
	return status;
}

enum status expression_read_condition(struct expression *expression, const struct stepper *stepper,
				      const struct place *here, const char *text,
				      struct arena *arena, struct error *err)
{
	enum status status = expression_read(expression, stepper, here, text, arena, err);
	if (status || expression->tree->kind == FORMULA_COMPARE)
		return status;
	error_set(err, STATUS_BAD_INPUT, _("that compares nothing"));
	error_hint(err, _("for example: E < 0.1"));
	return STATUS_BAD_INPUT;
}

struct value expression_value(struct expression *expression, const struct stepper *stepper)
{
	struct value all = {.known = true};
	for (size_t k = 0; k < expression->n_names; k++) {
		struct expression_name *name = &expression->names[k];
		const struct value value = value_get(stepper, &name->ref);
		name->leaf->value = value.value;
		all.known &= value.known && !value.open;
		all.stale |= value.stale;
		all.open |= value.open;
		all.where = value.where > all.where ? value.where : all.where;
	}
	all.value = all.known ? formula_eval(expression->tree) : NAN;
	return all;
}
