/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer_text.c -- one character after another, so that a complaint can name the one it is about.
 */
#include "answer_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "board_private.h"
#include "backstep/base/text.h"

static void add(struct plain_text *plain, const char *s, size_t len, size_t column)
{
	for (size_t i = 0; i < len && plain->len + 1 < PLAIN_MAX; i++) {
		plain->column[plain->len] = (unsigned short)column;
		plain->text[plain->len++] = s[i];
	}
	plain->text[plain->len] = '\0';
}

/* What is typed for "divided by" and "times" beside / and *. */
static const char *sign_of(const char *s, size_t len)
{
	static const struct {
		const char *typed, *plain;
	} signs[] = {{":", "/"}, {"÷", "/"}, {"×", "*"}, {"⋅", "*"}, {"∙", "*"}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strlen(signs[i].typed) == len && memcmp(signs[i].typed, s, len) == 0)
			return signs[i].plain;
	return NULL;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A comma between digits is a decimal point. Names with two indices, W1[2,13], keep theirs. */
static bool is_decimal_comma(const char *text, size_t at, bool in_index)
{
	return text[at] == ',' && !in_index && is_digit(text[at + 1]) &&
	       (at == 0 || is_digit(text[at - 1]) || strchr(" (*+-/", text[at - 1]));
}

/* *in_power: the character before was an exponent's, whose ^ stands there already. */
static void add_character(struct plain_text *plain, const char *s, size_t len, size_t column,
			  bool *in_power)
{
	struct strbuf ascii = {0};
	const char *sign = sign_of(s, len);
	char one[8] = "";
	memcpy(one, s, len < sizeof one ? len : sizeof one - 1);
	if (sign)
		strbuf_add(&ascii, sign);
	else
		text_ascii(&ascii, one);
	bool is_power = ascii.len > 1 && ascii.data[0] == '^';
	size_t skipped = is_power && *in_power;
	add(plain, strbuf_str(&ascii) + skipped, ascii.len - skipped, column);
	*in_power = is_power;
	strbuf_free(&ascii);
}

/* A number with a second point or comma: 1.234,5. */
static enum status check_separators(const struct plain_text *plain, struct error *err)
{
	size_t points = 0;
	for (size_t i = 0; i < plain->len; i++) {
		bool in_number = is_digit(plain->text[i]) || plain->text[i] == '.';
		points = in_number ? points + (plain->text[i] == '.') : 0;
		if (points < 2)
			continue;
		error_set(err, STATUS_BAD_INPUT,
			  _("character %d: a number has one decimal point or comma"),
			  plain->column[i]);
		error_at(err, NULL, 0, plain->column[i]);
		error_hint(err, _("nothing goes between thousands: 1234.5"));
		return STATUS_BAD_INPUT;
	}
	return STATUS_OK;
}

static enum status make_ascii(struct plain_text *plain, const char *text, struct error *err)
{
	size_t column = 0, len = strlen(text);
	bool in_index = false, in_power = false;
	for (size_t at = 0, n; at < len; at += n) {
		uint32_t code;
		n = utf8_decode(text + at, len - at, &code);
		column++;
		if (n == 0) {
			error_set(err, STATUS_BAD_INPUT, _("character %zu is not UTF-8"), column);
			error_at(err, NULL, 0, column);
			return STATUS_BAD_INPUT;
		}
		in_index = text[at] == '[' || (in_index && text[at] != ']');
		if (is_decimal_comma(text, at, in_index))
			add(plain, ".", 1, column);
		else
			add_character(plain, text + at, n, column, &in_power);
	}
	return check_separators(plain, err);
}

static bool is_name_character(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("_[],()'", c));
}

/* The longest derivative of the board that is written at s; *len gets how much of it that is. */
static struct entry *derivative_at(const struct board *board, const char *s, size_t *len)
{
	char name[BOARD_NAME];
	const char *slash = strstr(s, "/d");
	if (*s != 'd' || !slash)
		return NULL;
	size_t n = (size_t)(slash - s) + 2;
	while (is_name_character(s[n]))
		n++;
	for (; n > (size_t)(slash - s) + 2; n--) {
		if (n >= sizeof name)
			continue;
		memcpy(name, s, n);
		name[n] = '\0';
		struct entry *entry = board_find(board, name);
		if (entry && entry->role == ROLE_DERIVATIVE) {
			*len = n;
			return entry;
		}
	}
	return NULL;
}

/* The number of a row that is written at s, E(2), which would read as a product; *len gets how much
 * of it that is. */
static struct entry *row_number_at(const struct board *board, const char *s, size_t *len)
{
	char name[LABEL_TEXT];
	size_t word = strcspn(s, "("), n = word + strcspn(s + word, ")") + 1;
	for (size_t i = 0; i < word; i++)
		if (!is_name_character(s[i]))
			return NULL;
	if (word == 0 || !s[word] || !s[n - 1] || n >= sizeof name)
		return NULL;
	memcpy(name, s, n);
	name[n] = '\0';
	*len = n;
	return board_find(board, name);
}

/* Names derivatives anew, and numbers of a row: dE1/dy1 is D_0. */
static void name_derivatives(struct plain_text *plain, const struct board *board)
{
	struct plain_text from = *plain;
	plain->len = 0;
	for (size_t at = 0, n; at < from.len; at += n) {
		struct entry *entry = NULL;
		char name[8];
		n = 1;
		bool is_start =
		    at == 0 || !is_name_character(from.text[at - 1]) || from.text[at - 1] == '(';
		if (is_start && plain->n_derivatives < PLAIN_DERIVATIVES)
			entry = derivative_at(board, from.text + at, &n);
		if (!entry && is_start && plain->n_derivatives < PLAIN_DERIVATIVES)
			entry = row_number_at(board, from.text + at, &n);
		n = entry ? n : 1;
		if (entry) {
			snprintf(name, sizeof name, "D_%zu", plain->n_derivatives);
			plain->derivatives[plain->n_derivatives++] = entry;
		}
		add(plain, entry ? name : from.text + at, entry ? strlen(name) : 1,
		    from.column[at]);
	}
}

enum status plain_text_make(struct plain_text *plain, const struct board *board, const char *text,
			    struct error *err)
{
	*plain = (struct plain_text){.len = 0};
	while (*text == ' ' || *text == '\t')
		text++;
	if (*text == '\0')
		return error_set(err, STATUS_BAD_INPUT, _("there is no number"));
	if (strlen(text) > ANSWER_MAX_TEXT)
		return error_set(err, STATUS_BAD_INPUT, _("an answer has at most %d characters"),
				 ANSWER_MAX_TEXT);
	enum status status = make_ascii(plain, text, err);
	if (!status)
		name_derivatives(plain, board);
	return status;
}
