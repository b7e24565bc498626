/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure_formula.c -- formulas over the numbers of a replay.
 *
 * dE/dw5 is the name of one number here, where the formula parser would see a quotient: so each
 * name of a number is replaced by a name of its own before the text is parsed. */
#include "backstep/build/figure_formula.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "backstep/base/strbuf.h"
#include "backstep/trace/value.h"

enum { MAX_NUMBERS = 32 };

/* The numbers of a formula: number k is called q_k in the text that is parsed. */
struct quantities {
	const struct figure_numbers *from;
	struct replay_number numbers[MAX_NUMBERS];
	size_t n_numbers;
	bool is_exact; /* which of their values is meant */
};

/* A letter, or a byte of one that has no ASCII name, as the mark in m̂. */
static bool is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Bytes of a letter, then letters, digits and _, then perhaps an index. */
static size_t plain_name(const char *s)
{
	size_t len = 0;
	if (!is_letter(*s))
		return 0;
	while (is_letter(s[len]) || isdigit((unsigned char)s[len]) || s[len] == '_')
		len++;
	size_t index = s[len] == '[' ? strspn(s + len + 1, "0123456789,") : 0;
	return index && s[len + 1 + index] == ']' ? len + index + 2 : len;
}

/* Bytes of "(12)" or "'". */
static size_t suffix(const char *s)
{
	size_t digits = *s == '(' ? strspn(s + 1, "0123456789") : 0;
	if (digits && s[1 + digits] == ')')
		return digits + 2;
	return *s == '\'';
}

/* Adds the number called name. false: nothing is called so. */
static bool add_number(struct quantities *q, const char *name)
{
	const struct replay *replay = q->from->replay;
	struct replay_number *number = &q->numbers[q->n_numbers];
	struct ref ref;
	const struct stepper *stepper = q->from->stepper ? q->from->stepper : replay->stepper;
	if (!stepper || ref_parse(stepper, NULL, name, &ref, NULL))
		return false;
	const struct replay_number *found = replay_find(replay, &ref);
	struct value value = {0};
	if (!found && q->from->stepper)
		value = value_get(q->from->stepper, &ref);
	if (found) {
		*number = *found;
	} else if (value.known) {
		*number = (struct replay_number){
		    .ref.kind = REF_NONE, .exact = value.value, .other.value = NAN};
	} else {
		return false;
	}
	q->n_numbers++;
	return true;
}

/* Takes the longest name of a number that s begins with; returns its bytes, 0 where it begins with
 * none. */
static size_t take_number(struct quantities *q, const char *s)
{
	size_t plain = plain_name(s), lens[4], n = 0;
	size_t under =
	    *s == 'd' && s[plain] == '/' && s[plain + 1] == 'd' ? plain_name(s + plain + 1) : 0;
	if (under) {
		lens[n++] = plain + 1 + under + suffix(s + plain + 1 + under);
		lens[n++] = plain + 1 + under;
	}
	lens[n++] = plain + suffix(s + plain);
	lens[n++] = plain;
	for (size_t k = 0; k < n && plain && q->n_numbers < MAX_NUMBERS; k++) {
		char name[REF_TEXT];
		if (lens[k] >= sizeof name)
			continue;
		snprintf(name, sizeof name, "%.*s", (int)lens[k], s);
		if (add_number(q, name))
			return lens[k];
	}
	return 0;
}

/* The text with names that the parser takes. */
static void rename_numbers(struct quantities *q, const char *text, struct strbuf *out)
{
	while (*text) {
		size_t number = take_number(q, text), plain = plain_name(text);
		if (number)
			strbuf_addf(out, "q_%zu", q->n_numbers - 1);
		else if (strncmp(text, "q_", 2) == 0) /* names nothing, and must not seem to */
			strbuf_add_len(out, "?", 1);
		else
			strbuf_add_len(out, text, plain ? plain : 1);
		text += number ? number : plain ? plain : 1;
	}
}

static struct formula *bind_number(void *ctx, struct arena *arena, const char *name, size_t k)
{
	const struct quantities *q = ctx;
	size_t number;
	int end = 0;
	(void)k;
	if (sscanf(name, "q_%zu%n", &number, &end) != 1 || name[end] || number >= q->n_numbers)
		return NULL;
	return formula_number(arena, q->is_exact ? q->numbers[number].exact
						 : q->numbers[number].other.value);
}

static enum status eval(struct arena *arena, const char *text, struct quantities *q, bool is_exact,
			double *value, struct error *err)
{
	struct formula_binding binding = {.bind = bind_number, .ctx = q};
	struct formula *f = NULL;
	q->is_exact = is_exact;
	enum status status = formula_parse(arena, text, &binding, &f, err);
	if (!status)
		*value = formula_eval(f);
	return status;
}

/* The formula as it is typed: names in ASCII, * for the signs of a product. */
static void write_plain(const char *text, struct strbuf *out)
{
	static const char *const signs[] = {"·", "×"};
	struct strbuf typed = {0};
	formula_name_from_symbol(text, &typed);
	for (const char *s = strbuf_str(&typed); *s;) {
		size_t sign = 0;
		for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
			if (strncmp(s, signs[i], strlen(signs[i])) == 0)
				sign = strlen(signs[i]);
		strbuf_add_char(out, sign ? '*' : *s);
		s += sign ? sign : 1;
	}
	out->failed |= typed.failed;
	strbuf_free(&typed);
}

enum status figure_formula_eval(const struct figure_numbers *numbers, const char *text,
				struct replay_number *number, struct error *err)
{
	struct quantities q = {.from = numbers};
	struct strbuf plain = {0}, renamed = {0};
	struct arena *arena = arena_new();
	*number = (struct replay_number){.ref.kind = REF_NONE};
	write_plain(text, &plain);
	rename_numbers(&q, strbuf_str(&plain), &renamed);
	enum status status = arena && !plain.failed && !renamed.failed
				 ? eval(arena, strbuf_str(&renamed), &q, true, &number->exact, err)
				 : error_no_memory(err);
	if (!status)
		status = eval(arena, strbuf_str(&renamed), &q, false, &number->other.value, err);
	for (size_t k = 0; k < q.n_numbers; k++) {
		const struct replay_number *part = &q.numbers[k];
		bool is_later = number->ref.kind == REF_NONE || part->index >= number->index;
		if (part->ref.kind != REF_NONE && is_later) {
			number->ref = part->ref;
			number->index = part->index;
		}
		if (!number->other.source)
			number->other.source = part->other.source;
	}
	arena_free(arena);
	strbuf_free(&plain);
	strbuf_free(&renamed);
	return status;
}
