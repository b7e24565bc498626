/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number.h -- numbers from and to text, the same in every locale. */
#ifndef BACKSTEP_BASE_NUMBER_H
#define BACKSTEP_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "backstep/base/status.h"
#include "backstep/base/strbuf.h"

enum { NUMBER_TEXT = 32 }; /* bytes that hold any number printed here */

/* Reads a finite decimal number that fills the whole of s. Refused, with a hint: a decimal comma,
 * hexadecimal, nan, inf, empty text, anything after the number.
 * Errors: STATUS_BAD_INPUT. */
enum status number_parse(const char *s, double *value, struct error *err);

/* Appends text with what people and books write (−, ·10⁻⁵, x10^3) as number_parse reads it. */
void number_plain(const char *text, struct strbuf *out);

/* number_parse of what a person types at the prompt, which may be as it is printed: −6.7·10⁻⁵.
 * Errors: STATUS_BAD_INPUT, STATUS_NO_MEMORY. */
enum status number_parse_typed(const char *s, double *value, struct error *err);

/* Reads a whole number from least to most. Errors: STATUS_BAD_INPUT, value as it was. */
enum status number_parse_count(const char *s, size_t least, size_t most, size_t *value,
			       struct error *err);

/* Prints value with at most digits significant digits (1 to 17), trailing zeros dropped; -0 is
 * "0", every NaN is "nan". Returns buf. */
const char *number_format(char buf[NUMBER_TEXT], double value, int digits);

/* The shortest of 1 to 17 digits that reads back as exactly value. */
const char *number_format_exact(char buf[NUMBER_TEXT], double value);

#endif
